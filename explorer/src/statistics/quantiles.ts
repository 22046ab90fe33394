/** Quantiles, as `experiments/statistics/quantiles.py` has them. */

/** Shares between which nine tenths lie. */
export const NINE_TENTHS = [0.05, 0.95] as const;

/**
 * Quantiles of the finite values with weights; NaN where there is none. Values in rising order fill a line, each as long
 * as its weight; the quantile q is the mean of that line over a window of length 1 from q (W - 1).
 */
export function quantiles(values: ArrayLike<number>, weights: ArrayLike<number>, shares: readonly number[]): number[] {
  const order = Array.from({ length: values.length }, (_, place) => place).filter((k) => Number.isFinite(values[k]));
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const whole = order.reduce((sum, place) => sum + (weights[place] ?? 0), 0);
  return shares.map((share) => windowMean(values, weights, order, Math.max(share * (whole - 1), 0)));
}

/** Quantiles by linear interpolation between neighbours, each value counting once. */
export function plainQuantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const rising = Float64Array.from(values).filter(Number.isFinite).sort();
  const last = rising.length - 1;
  if (last < 0) return shares.map(() => NaN);
  return shares.map((share) => {
    const at = share * last;
    const below = rising[Math.floor(at)] ?? NaN;
    const above = rising[Math.min(Math.floor(at) + 1, last)] ?? NaN;
    return below + (above - below) * (at - Math.floor(at));
  });
}

/** 5% and 95% quantiles of one value a world; NaN with fewer than two worlds, or where one is unknown. */
export function worldRange(values: Float64Array, weights: Float64Array): [number, number] {
  if (values.length < 2 || !values.every(Number.isFinite)) return [NaN, NaN];
  const equal = weights.every((weight) => weight === weights[0]);
  const [low = NaN, high = NaN] = equal ? plainQuantiles(values, NINE_TENTHS) : quantiles(values, weights, NINE_TENTHS);
  return [low, high];
}

function windowMean(
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
  order: readonly number[],
  begin: number,
): number {
  let end = 0;
  let length = 0;
  let sum = 0;
  for (const place of order) {
    const start = end;
    end += weights[place] ?? 0;
    if (end <= begin) continue;
    const inside = Math.min(end, begin + 1) - Math.max(start, begin);
    if (inside <= 0) break;
    length += inside;
    sum += inside * (values[place] ?? NaN);
  }
  return length > 0 ? sum / length : NaN;
}
