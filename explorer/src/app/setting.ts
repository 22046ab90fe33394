/** All that a user has set: what is compared, for whom, and under which numbers. */

import type { ExplorerData } from "../engine/data.js";
import { usualScenario, type Scenario } from "../engine/setting.js";
import type { Numbers } from "../engine/types.js";

export interface Setting {
  /** Two to four regimes; the first is what the others are set against. */
  readonly regimes: readonly string[];
  /** Levers at values of the user's own, by `regime.arm.lever`: `peer_support.0.days_per_giver`. */
  readonly levers: Numbers;
  /** Uncertain numbers that are held; the others are drawn. */
  readonly held: Numbers;
  /** Calendar month of month 0, as YYYY-MM. */
  readonly start: string;
  readonly months: number;
  /** Name of a region; empty for all of England. */
  readonly region: string;
  readonly parity: string;
  /** The outcome that is compared. */
  readonly measure: string;
  /** The path whose fans are drawn. */
  readonly path: string;
  /** Pounds that an unpaid day is worth. */
  readonly price: number;
  readonly scenario: Scenario;
}

export const MOST_REGIMES = 4;
export const FEWEST_REGIMES = 2;
/** What an unpaid day is worth in the regimes' files. */
export const USUAL_PRICE = 600;
export const MOST_PRICE = 1500;
export const HORIZONS: readonly number[] = [60, 120, 180, 240];
/** Of the parities that a comparison takes, the first at which the two usual regimes can be compared fairly. */
const USUAL_PARITY = "days";
export const MAIN_MEASURE = "inadequate_months";

export function defaultSetting(data: ExplorerData): Setting {
  return {
    regimes: ["partners_in_practice", "peer_support"],
    levers: {},
    held: {},
    start: data.default_start,
    months: data.months.usual,
    region: "",
    parity: USUAL_PARITY,
    measure: MAIN_MEASURE,
    path: "inadequate",
    price: USUAL_PRICE,
    scenario: usualScenario(data),
  };
}

/** The setting with some numbers by name put in place or, where undefined, taken away. */
export function withNumber(numbers: Numbers, name: string, value: number | undefined): Numbers {
  const { [name]: _, ...others } = numbers;
  return value === undefined ? others : { ...others, [name]: value };
}

/** The part of a setting on which runs depend: two settings with the same part have the same runs. */
export function runsOf(setting: Setting): string {
  const { regimes, levers, held, start, months, parity, price, path, scenario } = setting;
  return JSON.stringify([regimes, sorted(levers), sorted(held), start, months, parity, price, path, scenario]);
}

function sorted(numbers: Numbers): [string, number][] {
  return Object.entries(numbers).sort(([one], [other]) => (one < other ? -1 : 1));
}
