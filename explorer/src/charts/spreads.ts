/** The two uncertainties of a difference, luck and worlds: two marks, never one band. */

import * as Plot from "@observablehq/plot";

import { LUCK, SETS } from "./colours.js";

/** A difference's interval from luck and its range over worlds, and at which heights the two are drawn. */
export interface Spread {
  readonly low: number;
  readonly high: number;
  readonly range: number;
  readonly luckLow: number;
  readonly luckHigh: number;
  readonly luck: number;
}

/** A broken line for the range over worlds, and a thick bar for the 95% interval of the mean. */
export function spreadMarks(bars: readonly Spread[]): Plot.Markish[] {
  return [
    Plot.link(bars, {
      x1: "low",
      x2: "high",
      y1: "range",
      y2: "range",
      stroke: SETS,
      strokeWidth: 2,
      strokeDasharray: "6 3",
    }),
    Plot.link(bars, {
      x1: "luckLow",
      x2: "luckHigh",
      y1: "luck",
      y2: "luck",
      stroke: LUCK,
      strokeWidth: 6,
      strokeLinecap: "butt",
    }),
  ];
}
