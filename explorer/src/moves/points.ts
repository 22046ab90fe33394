/** The points of a sweep as a table with all figures, headings as in `points.csv` of the command line. */

import { csvOf } from "../charts/files.js";
import type { Swept } from "./sweep.js";

export function pointsText({ design, points }: Swept): string {
  const head = [
    "point",
    ...design.varied.map(({ thing }) => thing.name),
    "mean",
    "luck_error",
    "luck_low",
    "luck_high",
    "sets_low",
    "sets_high",
    "verdict",
  ];
  const rows = points.map((point, number) => [
    number, ...point.values, point.mean, point.error, point.low, point.high, point.setsLow, point.setsHigh, point.verdict,
  ]); // prettier-ignore
  return csvOf(head, rows);
}
