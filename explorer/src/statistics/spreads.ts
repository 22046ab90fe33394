/** How far paths spread from luck and from ignorance, never in one number: as `experiments/statistics/spreads.py`. */

import { mean } from "./matrix.js";
import { quantiles } from "./quantiles.js";

export const PATH_QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** A month's middle and quantiles: of single runs round the mean of all sets, and of the sets' means. */
export interface MonthSpread {
  readonly month: number;
  readonly mean: number;
  readonly luck: readonly number[];
  readonly sets: readonly number[];
}

/**
 * The spreads of a path, month by month.
 *
 * @param runs each run's path, by set and replicate; undefined where there is none (yet)
 */
export function spreads(
  runs: readonly (readonly (Float64Array | undefined)[])[],
  months: number,
  weights: Float64Array,
): MonthSpread[] {
  return Array.from({ length: months }, (_, month) => {
    const rows = runs.map((row) => row.map((run) => run?.[month] ?? NaN));
    const means = rows.map((row) => mean(row));
    const grand = mean(means, weights);
    const single: number[] = [];
    const counts: number[] = [];
    rows.forEach((row, set) => {
      const known = row.filter(Number.isFinite);
      const widening = known.length > 1 ? Math.sqrt(known.length / (known.length - 1)) : 1;
      for (const value of known) {
        single.push((value - (means[set] ?? NaN)) * widening + grand);
        counts.push(weights[set] ?? 0);
      }
    });
    return {
      month,
      mean: grand,
      luck: quantiles(single, counts, PATH_QUANTILES),
      sets: quantiles(means, weights, PATH_QUANTILES),
    };
  });
}
