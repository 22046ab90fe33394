/** Luck alone: how far the mean of a few replicates may lie from that of very many; as `experiments/statistics/luck.py`. */

import { mean, rowMeans, someRows, type Matrix } from "./matrix.js";

/** Student's t at 97.5%, from one degree of freedom on. */
const T_QUANTILES: readonly number[] = [
  12.706204736174694, 4.302652729749462, 3.1824463052837078, 2.7764451051977934, 2.5705818356363146, 2.4469118511449786,
  2.364624251592784, 2.306004135204166, 2.262157162798205, 2.228138851986274, 2.200985160091639, 2.1788128296672284,
  2.1603686564627913, 2.144786687917804, 2.131449545559776,
]; // prettier-ignore
/** The most replicates of which an interval is made. */
export const MOST_REPLICATES = T_QUANTILES.length + 1;

/** A mean over sets and replicates with what luck leaves open of it: its 95% interval; NaN where it cannot be known. */
export interface LuckyMean {
  readonly mean: number;
  readonly error: number;
  readonly low: number;
  readonly high: number;
}

/** The mean of runs and its interval from luck, the sets held. */
export function luckOfMean(values: Matrix, weights: Float64Array): LuckyMean {
  const rows = Array.from({ length: values.rows }, (_, row) => row);
  const there = rows.map((row) =>
    values.values.subarray(row * values.columns, (row + 1) * values.columns).some(Number.isFinite),
  );
  const known = someRows(values, there);
  const counts = weights.filter((_, row) => there[row]);
  const means = rowMeans(known);
  const centre = mean(means, counts);
  const rest = Array.from({ length: known.columns }, (_, column) => {
    const apart = means.map((one, row) => (known.values[row * known.columns + column] ?? NaN) - one);
    return mean(apart, counts);
  }).filter(Number.isFinite);
  const quantile = T_QUANTILES[rest.length - 2];
  if (quantile === undefined) return { mean: centre, error: NaN, low: NaN, high: NaN };
  const middle = mean(rest);
  const variance = rest.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (rest.length - 1);
  const error = Math.sqrt(variance / rest.length);
  return { mean: centre, error, low: centre - quantile * error, high: centre + quantile * error };
}
