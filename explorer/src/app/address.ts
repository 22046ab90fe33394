/** The setting as the address carries it after `#`: versioned, short, and checked when it is read. */

import type { ExplorerData, LeverInfo } from "../engine/data.js";
import type { Scenario } from "../engine/setting.js";
import type { Numbers } from "../engine/types.js";
import { regimeOf } from "./deploy.js";
import { FEWEST_REGIMES, MOST_PRICE, MOST_REGIMES, defaultSetting, type Setting } from "./setting.js";

export const VERSION = "1";
/** Letters that an address may have. */
export const LONGEST = 2000;

/** What an address says: a setting and a view, or why it is not followed. */
export interface Heard {
  readonly setting: Setting;
  readonly view: string;
  /** Empty where all is well. */
  readonly problem: string;
}

/** The fragment of a setting and a view: what is as usual is left out. */
export function addressOf(data: ExplorerData, setting: Setting, view: string): string {
  const usual = defaultSetting(data);
  const fields = new URLSearchParams({ v: VERSION, view });
  const say = (name: string, value: string, default_: string): void => {
    if (value !== default_) fields.set(name, value);
  };
  say("regimes", setting.regimes.join(","), usual.regimes.join(","));
  for (const name of PLAIN) say(name, String(setting[name]), String(usual[name]));
  for (const name of SCENARIO) say(name, String(setting.scenario[name]), String(usual.scenario[name]));
  say("levers", numbersText(setting.levers), "");
  say("held", numbersText(setting.held), "");
  return `#${fields.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

/** What a fragment says; the usual setting, with a problem, where it cannot be followed. */
export function heardOf(data: ExplorerData, fragment: string, views: readonly string[]): Heard {
  const usual = { setting: defaultSetting(data), view: views[0] ?? "", problem: "" };
  if (fragment.replace("#", "") === "") return usual;
  try {
    return { ...read(data, fragment.replace("#", ""), views), problem: "" };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...usual, problem: `The link cannot be followed, so this is the usual setting: ${reason}.` };
  }
}

const PLAIN = ["start", "months", "region", "parity", "measure", "path", "price"] as const;
const SCENARIO = ["funding", "poverty_tilt", "pause", "headline"] as const;

function read(data: ExplorerData, text: string, views: readonly string[]): { setting: Setting; view: string } {
  if (text.length > LONGEST) throw new Error(`it has ${text.length} letters, and at most ${LONGEST} are read`);
  const fields = new URLSearchParams(text);
  const known = ["v", "view", "regimes", "levers", "held", ...PLAIN, ...SCENARIO];
  for (const name of fields.keys()) if (!known.includes(name)) throw new Error(`there is nothing called ${name}`);
  if (fields.get("v") !== VERSION)
    throw new Error(`it is of version ${fields.get("v") ?? "none"}, and this page reads ${VERSION}`);
  const usual = defaultSetting(data);
  const said = (name: string, default_: string): string => fields.get(name) ?? default_;
  const { start, months, region, parity, measure, path, price } = usual;
  const setting: Setting = {
    regimes: regimesOf(data, said("regimes", usual.regimes.join(","))),
    levers: leversRead(data, said("levers", "")),
    held: heldRead(data, said("held", "")),
    start: oneOf("start", said("start", start), data.start_months),
    months: within("months", said("months", String(months)), 1, data.months.most, true),
    region: oneOf("region", said("region", region), ["", ...regionsOf(data)]),
    parity: oneOf("parity", said("parity", parity), data.parities),
    measure: oneOf("measure", said("measure", measure), [
      ...data.outcomes.map(({ name }) => name),
      "days_given",
      "days_received",
    ]),
    path: oneOf(
      "path",
      said("path", path),
      data.paths.map(({ name }) => name),
    ),
    price: within("price", said("price", String(price)), 1, MOST_PRICE),
    scenario: scenarioOf(data, fields, usual.scenario),
  };
  return { setting, view: oneOf("view", said("view", views[0] ?? ""), views) };
}

export function regionsOf(data: ExplorerData): readonly string[] {
  return data.starts.at(-1)?.regions ?? [];
}

function regimesOf(data: ExplorerData, text: string): string[] {
  const names = text.split(",");
  for (const name of names)
    oneOf(
      "regimes",
      name,
      data.regimes.map((one) => one.name),
    );
  const different = new Set(names).size === names.length;
  if (!different || names.length < FEWEST_REGIMES || names.length > MOST_REGIMES)
    throw new Error(`regimes: expected ${FEWEST_REGIMES} to ${MOST_REGIMES} different ones, got ${text}`);
  return names;
}

function scenarioOf(data: ExplorerData, fields: URLSearchParams, usual: Scenario): Scenario {
  const choice = (name: "funding" | "pause" | "headline"): string => {
    const choices = data.scenarios.find((one) => one.name === name)?.choices ?? [];
    return oneOf(name, fields.get(name) ?? usual[name], choices);
  };
  return {
    funding: choice("funding"),
    poverty_tilt: within("poverty_tilt", fields.get("poverty_tilt") ?? String(usual.poverty_tilt), 0, 10),
    pause: choice("pause"),
    headline: choice("headline"),
  };
}

function heldRead(data: ExplorerData, text: string): Numbers {
  return numbersRead(text, (name, value) => {
    const info = data.parameters.find((one) => one.name === name);
    if (info === undefined) throw new Error(`held: there is no uncertain number ${name}`);
    within(name, value, info.hard_low, info.hard_high);
  });
}

function leversRead(data: ExplorerData, text: string): Numbers {
  return numbersRead(text, (key, value) => {
    const [regime = "", arm = "", name = ""] = key.split(".");
    oneOf(
      "levers",
      regime,
      data.regimes.map((one) => one.name),
    );
    const info = data.levers.find((one) => one.name === name);
    if (info === undefined || !isMovable(info) || regimeOf(data, regime).arms[Number(arm)] === undefined)
      throw new Error(`levers: there is no ${key} to move`);
    within(key, value, info.low, info.high, info.kind === "count");
  });
}

/** Whether the page moves a lever. */
export function isMovable({ name }: LeverInfo): boolean {
  return ["days_per_giver", "days_per_receiver", "givers"].includes(name);
}

function numbersText(numbers: Numbers): string {
  return Object.entries(numbers)
    .map(([name, value]) => `${name}:${value}`)
    .join(",");
}

function numbersRead(text: string, check: (name: string, value: string) => void): Numbers {
  if (text === "") return {};
  const pairs = text.split(",").map((part): [string, number] => {
    const [name = "", value = ""] = part.split(":");
    check(name, value);
    return [name, Number(value)];
  });
  return Object.fromEntries(pairs);
}

function oneOf(what: string, value: string, choices: readonly string[]): string {
  if (!choices.includes(value))
    throw new Error(`${what}: expected one of ${choices.length} that there are, got “${value.slice(0, 40)}”`);
  return value;
}

function within(what: string, text: string, low: number, high: number, whole = false): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= low && value <= high) || (whole && !Number.isInteger(value)))
    throw new Error(
      `${what}: expected a ${whole ? "whole " : ""}number from ${low} to ${high}, got “${text.slice(0, 40)}”`,
    );
  return value;
}
