/** What may be varied: uncertain numbers, and levers of the regimes that are compared. */

import { arranged, regimeOf } from "../app/deploy.js";
import { withNumber, type Setting } from "../app/setting.js";
import type { ExplorerData } from "../engine/data.js";
import { sentence } from "../text/numbers.js";

/** One thing that is varied: its name as the command line has it, its plausible range, its limits. */
export interface Thing {
  readonly name: string;
  readonly label: string;
  readonly group: string;
  readonly unit: string;
  readonly low: number;
  readonly high: number;
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  /** The setting with this thing at a value. */
  readonly at: (setting: Setting, value: number) => Setting;
}

const LEVERS: Readonly<Record<string, string>> = {
  days_per_giver: "days per giver",
  days_per_receiver: "days per receiver",
  givers: "number of givers",
};
/** Plausible numbers of givers; a share of what a regime states where it has no range of days. */
const GIVERS = [5, 60] as const;
const AROUND = [0.5, 1.5] as const;

/** All that may be varied in a comparison of these regimes. */
export function thingsOf(data: ExplorerData, setting: Setting, regimes: readonly string[]): readonly Thing[] {
  return [...regimes.flatMap((name) => leversOf(data, setting, name)), ...numbersOf(data)];
}

/** Values from one end to the other, as many figures as a reader can use; whole where the thing is counted. */
export function valuesOf({ whole }: Thing, low: number, high: number, number: number): readonly number[] {
  const values = Array.from({ length: number }, (_, k) => low + ((high - low) * k) / (number - 1));
  return [...new Set(values.map((value) => (whole ? Math.round(value) : Number(value.toPrecision(4)))))];
}

function numbersOf(data: ExplorerData): Thing[] {
  return data.parameters.map((info) => ({
    name: info.name,
    label: sentence(info.meaning),
    group: sentence(info.group),
    unit: info.unit,
    low: info.low,
    high: info.high,
    least: info.hard_low,
    most: info.hard_high,
    whole: false,
    at: (setting, value) => ({ ...setting, held: withNumber(setting.held, info.name, value) }),
  }));
}

function leversOf(data: ExplorerData, setting: Setting, name: string): Thing[] {
  const regime = regimeOf(data, name);
  if (regime.by_calendar) return [];
  return regime.arms.flatMap((arm, place) =>
    Object.entries(LEVERS).flatMap(([lever, words]): Thing[] => {
      const info = data.levers.find((one) => one.name === lever);
      const stated = arm[lever];
      if (info === undefined || (typeof stated !== "number" && lever !== "givers")) return [];
      const range = arm[`${lever}_range`] as readonly [number, number] | null | undefined;
      const around: readonly [number, number] = [AROUND[0] * Number(stated), AROUND[1] * Number(stated)];
      const [low, high] = lever === "givers" ? GIVERS : (range ?? around);
      const part = regime.arms.length > 1 ? `.${place + 1}` : "";
      return [{
        name: `${arranged(data, setting, name).name}${part}.${lever}`,
        label: `${regime.title}${part && `, part ${place + 1}`}: ${words}`,
        group: "Levers",
        unit: info.unit,
        low,
        high,
        least: info.low,
        most: info.high,
        whole: info.kind === "count",
        at: (before, value) => ({ ...before, levers: withNumber(before.levers, `${name}.${place}.${lever}`, value) }),
      }]; // prettier-ignore
    }),
  );
}
