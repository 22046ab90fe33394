import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { env } from "node:process";
import { test } from "node:test";

import { addressOf, heardOf, LONGEST } from "../../src/app/address.js";
import { defaultSetting, runsOf, type Setting } from "../../src/app/setting.js";
import { Turns } from "../../src/app/turns.js";
import { unpackData, type PackedData } from "../../src/engine/data.js";

const data = await unpackData(JSON.parse(readFileSync(env["EXPLORER_DATA"] ?? "", "utf8")) as PackedData);
const usual = defaultSetting(data);
const VIEWS = ["compare", "take"];

function back(setting: Setting, view = "compare"): Setting {
  const heard = heardOf(data, addressOf(data, setting, view), VIEWS);
  assert.equal(heard.problem, "");
  assert.equal(heard.view, view);
  return heard.setting;
}

test("every setting comes back from its address", () => {
  assert.deepEqual(back(usual, "take"), usual);
  const other: Setting = {
    regimes: ["none", "hybrid", "peer_support", "gold_dust"],
    levers: { "hybrid.1.days_per_giver": 7.5, "peer_support.0.givers": 40 },
    held: { transfer_rate: 0.2, attention_shift_peers: -0.05 },
    start: "2018-04",
    months: 240,
    region: "Yorkshire and the Humber",
    parity: "director_days",
    measure: "days_given",
    path: "press_climate",
    price: 350,
    scenario: { funding: "half", poverty_tilt: 1, pause: "none", headline: "kept" },
  };
  const known = data.starts.at(-1)?.regions ?? [];
  const region = known.find((name) => name.startsWith("Yorkshire")) ?? "";
  assert.deepEqual(back({ ...other, region }), { ...other, region });
});

test("an address with every number held is short enough to be sent", () => {
  const held = Object.fromEntries(data.parameters.map((info) => [info.name, info.high]));
  assert.ok(addressOf(data, { ...usual, held }, "compare").length < LONGEST);
  assert.deepEqual(back({ ...usual, held }).held, held);
});

test("runs are the same where only what is counted differs", () => {
  assert.equal(runsOf({ ...usual, region: "London", measure: "falls" }), runsOf(usual));
  assert.equal(runsOf({ ...usual, held: { a: 1, b: 2 } }), runsOf({ ...usual, held: { b: 2, a: 1 } }));
  assert.notEqual(runsOf({ ...usual, months: 60 }), runsOf(usual));
});

test("where the answer turns in a number stays known while the number is held, and no longer than the rest is as it was", () => {
  const turns = new Turns();
  turns.note(usual, new Map([["best_gap", 1.7]]));
  const held = { ...usual, held: { best_gap: 1.2 } };
  assert.equal(turns.of(held, "best_gap"), 1.7);
  turns.note(held, new Map());
  assert.equal(turns.of(held, "best_gap"), 1.7);
  assert.equal(turns.of({ ...held, months: 60 }, "best_gap"), undefined);
  turns.note(usual, new Map());
  assert.equal(turns.of(usual, "best_gap"), undefined);
});
