/** What is set, in words: so that a reader of a brief knows what it rests on. */

import type { Setting } from "../app/setting.js";
import { defaultSetting } from "../app/setting.js";
import type { ExplorerData } from "../engine/data.js";
import { asWords, parityWords, periodWords } from "../text/names.js";
import { listing, pounds, sentence } from "../text/numbers.js";

/** A sentence each. */
export function settingWords(data: ExplorerData, setting: Setting): string[] {
  const usual = defaultSetting(data);
  const held = Object.entries(setting.held).map(([name, value]) => {
    const info = data.parameters.find((one) => one.name === name);
    return `${info?.meaning ?? asWords(name)} held at ${value} ${info?.unit ?? ""}`.trim();
  });
  const levers = Object.entries(setting.levers).map(([key, value]) => {
    const [regime = "", , lever = ""] = key.split(".");
    return `${asWords(lever)} of ${data.regimes.find(({ name }) => name === regime)?.words ?? regime} at ${value}`;
  });
  const world = Object.entries(setting.scenario).filter(
    ([name, value]) => value !== usual.scenario[name as keyof typeof usual.scenario],
  );
  return [
    `${setting.region === "" ? "All councils of England" : `The councils of ${setting.region}, in a run of all England`}, from ${periodWords(setting.start, setting.months)}, at ${parityWords(setting.parity)}; an unpaid day counts ${pounds(setting.price)}.`,
    levers.length > 0
      ? `Levers moved: ${listing(levers)}.`
      : "Levers as the regimes state them, or drawn from their ranges.",
    held.length > 0
      ? `${sentence(listing(held))}; every other uncertain number is drawn.`
      : "Every uncertain number is drawn from what the evidence does not rule out.",
    ...world.map(([name, value]) => `${sentence(asWords(name))}: ${value}.`),
  ];
}
