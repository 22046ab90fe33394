/** Regret: what is lost in a world by one choice instead of the best there, as `experiments/statistics/regret.py`. */

import { effectiveSets, mean, rowOf, someRows, total, type Matrix } from "./matrix.js";
import { measureWorlds } from "./worlds.js";

/** What is lost by one choice, in the outcome's unit; NaN where no world counts. */
export interface Regret {
  readonly mean: number;
  readonly error: number;
  /** Mean over the worst tenth of worlds. */
  readonly worstTenth: number;
  readonly worlds: number;
}

export const NO_REGRET: Regret = { mean: NaN, error: NaN, worstTenth: NaN, worlds: 0 };
const WORST = 0.1;

/**
 * The regret of each choice.
 *
 * @param differences of each choice from a common reference; nought for the reference
 * @param counts sets in which every choice can be compared
 */
export function regrets(
  differences: readonly Matrix[],
  lowerIsBetter: boolean,
  weights: Float64Array,
  counts: readonly boolean[],
): Regret[] {
  const usable = counts.map((is, row) => is && differences.every((one) => rowOf(one, row).some(Number.isFinite)));
  if (!usable.some(Boolean)) return differences.map(() => NO_REGRET);
  const some = weights.filter((_, row) => usable[row]);
  const guesses = differences.map((choice) => measureWorlds(someRows(choice, usable), some).bestGuesses());
  const sign = lowerIsBetter ? 1 : -1;
  const best = some.map((_, world) => Math.min(...guesses.map((choice) => sign * (choice[world] ?? NaN))));
  return guesses.map((choice) =>
    regretOf(
      choice.map((one, world) => sign * one - (best[world] ?? NaN)),
      some,
    ),
  );
}

function regretOf(losses: Float64Array, weights: Float64Array): Regret {
  const size = effectiveSets(weights);
  const centre = mean(losses, weights);
  const spread = mean(
    losses.map((loss) => (loss - centre) ** 2),
    weights,
  );
  return {
    mean: centre,
    error: size > 1 ? Math.sqrt(spread / (size - 1)) : NaN,
    worstTenth: worst(losses, weights),
    worlds: losses.length,
  };
}

/** The mean over the worst tenth of the weight: of the world at its edge, the part that is needed. */
function worst(losses: Float64Array, weights: Float64Array): number {
  const order = Array.from(losses, (_, world) => world).sort((a, b) => (losses[b] ?? 0) - (losses[a] ?? 0));
  const whole = WORST * total(weights);
  let left = whole;
  let sum = 0;
  for (const world of order) {
    const taken = Math.min(left, weights[world] ?? 0);
    sum += taken * (losses[world] ?? NaN);
    left -= taken;
    if (left <= 0) break;
  }
  return sum / whole;
}
