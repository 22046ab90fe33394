/** From a setting to what the engine runs: regimes with their levers, and cells with held numbers. */

import type { Arm, ExplorerData, ParameterSet, RegimeInfo } from "../engine/data.js";
import { deployedOf } from "../engine/setting.js";
import type { Cell, Deployed } from "../engine/types.js";
import { USUAL_PRICE, type Setting } from "./setting.js";

export const NOTHING = "none";
export const PARTNERS = "partners_in_practice";
/** Ends the name of a regime whose levers the user has moved, which is another regime than the one of that name. */
export const MOVED = "_moved";

const SWEPT: Readonly<Record<string, string>> = {
  days_per_giver: "days_per_giver_range",
  days_per_receiver: "days_per_receiver_range",
};

/** A regime of the setting: its name among the runs, and how it is run. */
export interface Arranged {
  readonly name: string;
  readonly regime: RegimeInfo;
  readonly moved: boolean;
}

export function regimeOf(data: ExplorerData, name: string): RegimeInfo {
  const regime = data.regimes.find((one) => one.name === name);
  if (regime === undefined) throw new Error(`there is no regime ${name}`);
  return regime;
}

/** A regime of the setting with its levers as the user has them. */
export function arranged(data: ExplorerData, setting: Setting, name: string): Arranged {
  const regime = regimeOf(data, name);
  const arms = regime.arms.map((arm, place) => armAsSet(setting, name, arm, place));
  const moved = JSON.stringify(arms) !== JSON.stringify(regime.arms);
  return moved
    ? { name: name + MOVED, regime: { ...regime, name: name + MOVED, arms }, moved }
    : { name, regime, moved };
}

/** The regimes that are run: no programme, the partners as they are, and those of the setting. */
export function arrangement(data: ExplorerData, setting: Setting): readonly Arranged[] {
  const own = setting.regimes.map((name) => arranged(data, setting, name));
  const baselines = data.baselines.map((name) => ({ name, regime: regimeOf(data, name), moved: false }));
  return [...baselines, ...own.filter(({ name }) => !data.baselines.includes(name))];
}

/** The runs of one set under one replicate's luck. */
export function cellOf(
  data: ExplorerData,
  setting: Setting,
  regimes: readonly Arranged[],
  set: ParameterSet,
  replicate: number,
  number = 0,
): Cell {
  return {
    number,
    parameters: { ...set.parameters, ...setting.held },
    replicate,
    regimes: regimes.map((one) => deployed(data, setting, one, set)),
  };
}

/** A regime as the engine runs it in a set. */
export function deployed(data: ExplorerData, setting: Setting, one: Arranged, set: ParameterSet): Deployed {
  return deployedOf(data, one.regime, setting.start, setting.parity, set);
}

/** An arm with the user's levers; one that is held is not swept. */
function armAsSet(setting: Setting, regime: string, arm: Arm, place: number): Arm {
  const changed: Record<string, Arm[string]> = {};
  for (const [key, value] of Object.entries(setting.levers)) {
    const [of, at, lever] = key.split(".");
    if (of !== regime || Number(at) !== place || lever === undefined) continue;
    changed[lever] = value;
    const range = SWEPT[lever];
    if (range !== undefined) changed[range] = null;
    if (lever === "givers") changed["givers_follow"] = false;
  }
  if (isUnpaid(arm) && setting.price !== USUAL_PRICE) changed["shadow_price_per_day"] = setting.price;
  return { ...arm, ...changed };
}

/** Whether nobody is paid for an arm's days. */
export function isUnpaid(arm: Arm): boolean {
  return Number(arm["shadow_price_per_day"]) > 0;
}
