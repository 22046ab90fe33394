/**
 * Worlds: parameter sets with luck averaged out, and what their paired differences say of all worlds. The same as
 * `experiments/statistics/worlds.py`, where it is explained; a test holds the two together.
 */

import { effectiveSets, mean, rowMeans, rowOf, someRows, total, type Matrix } from "./matrix.js";
import { normalShare } from "./normal.js";
import { worldRange } from "./quantiles.js";

/** A share of worlds and its standard error: over sets, and for the luck that all worlds share. */
export interface Share {
  readonly value: number;
  readonly error: number;
}

/** How worlds with a difference are spread: their mean, the variance of their means, and that without luck. */
interface Law {
  readonly centre: number;
  readonly means: number;
  readonly worlds: number;
}

/** Chance that a normal number lies one standard error or more below its mean. */
const ONE_ERROR = 0.16;
const UNKNOWN: Share = { value: NaN, error: NaN };

/** The worlds that count, and what luck leaves open of them. */
export class Worlds {
  readonly mean: number;
  /** Standard error of the mean over sets and replicates together; NaN with one set or one replicate. */
  readonly meanError: number;
  readonly size: number;
  readonly #law: Law;

  constructor(
    /** Mean difference of each world over its replicates. */
    readonly means: Float64Array,
    /** Variance of each mean from the luck of its own runs; NaN with one replicate. */
    readonly luck: Float64Array,
    readonly weights: Float64Array,
    /** Which worlds have no difference in any run. */
    readonly same: readonly boolean[],
    /** Variance of all means together from the luck that all worlds share; NaN with one replicate. */
    readonly sharedLuck: number,
    /** Share of the worlds that do not count. */
    readonly leftOut: number,
    readonly replicates: number,
  ) {
    this.mean = mean(means, weights);
    this.size = means.length > 0 ? effectiveSets(weights) : 0;
    this.meanError = means.length < 2 ? NaN : Math.sqrt(spread(means, weights, this.mean) / this.size + sharedLuck);
    this.#law = this.#measuredLaw();
  }

  get number(): number {
    return this.means.length;
  }

  /** Share of worlds that have no difference in any run. */
  get sameShare(): number {
    return mean(this.same.map(Number), this.weights);
  }

  /** Whether there are worlds, and no run of any has a difference. */
  get alike(): boolean {
    return this.number > 0 && this.same.every(Boolean);
  }

  /** Share of worlds whose true difference is above a value (way 1) or below it (-1); NaN where luck is not known. */
  shareBeyond(value: number, way: number): number {
    return this.#measurable ? this.#meanChance(value, way, this.#law) : NaN;
  }

  /** The same with its error. */
  share(way: number, value = 0): Share {
    if (!this.#measurable) return UNKNOWN;
    const chances = this.#chances(value, way, this.#law);
    const share = mean(chances, this.weights);
    const byLaw = this.#influenceOfLaw(value, way);
    let squares = 0;
    chances.forEach((chance, k) => (squares += ((this.weights[k] ?? 0) * (chance - share + (byLaw[k] ?? 0))) ** 2));
    const variance = (squares / total(this.weights) ** 2) * (this.size > 1 ? this.size / (this.size - 1) : 1);
    const step = Math.sqrt(this.sharedLuck);
    const shift = step ? (this.shareBeyond(value + step, way) - this.shareBeyond(value - step, way)) / 2 : 0;
    const least = 1 - ONE_ERROR ** (1 / (this.size + 1));
    return { value: share, error: Math.max(Math.hypot(Math.sqrt(variance), shift), least) };
  }

  /** What is best guessed of each world's true difference: its mean, drawn to all worlds' mean. */
  bestGuesses(): Float64Array {
    const law = this.#law;
    if (!Number.isFinite(law.worlds)) return this.means;
    return this.means.map((one, k) => (this.same[k] ? 0 : law.centre + this.#trust(law, k) * (one - law.centre)));
  }

  /** The worlds' differences drawn together until they spread as without luck. */
  withoutLuck(): Float64Array {
    const { centre, means, worlds } = this.#law;
    const pull = means > 0 ? Math.sqrt(worlds / means) : 0;
    return this.means.map((one, k) => (this.same[k] ? 0 : centre + pull * (one - centre)));
  }

  /** 5% and 95% quantiles of the worlds, luck taken out; NaN with fewer than two worlds. */
  interval(): [number, number] {
    return worldRange(this.withoutLuck(), this.weights);
  }

  get #measurable(): boolean {
    return this.number >= 2 && (this.alike || Number.isFinite(this.#law.worlds));
  }

  #measuredLaw(): Law {
    const live = (_: number, place: number): boolean => !this.same[place];
    const means = this.means.filter(live);
    const weights = this.weights.filter(live);
    const centre = mean(means, weights);
    const spreadOfMeans = means.length >= 2 ? spread(means, weights, centre) : NaN;
    const ownSpread = spreadOfMeans - mean(this.luck.filter(live), weights);
    return { centre, means: spreadOfMeans, worlds: Number.isFinite(ownSpread) ? Math.max(ownSpread, 0) : NaN };
  }

  /** Which part of a mean's distance from the centre is the world's own. */
  #trust(law: Law, world: number): number {
    const whole = law.worlds + (this.luck[world] ?? 0);
    return whole > 0 ? law.worlds / whole : 1;
  }

  #meanChance(value: number, way: number, law: Law): number {
    return mean(this.#chances(value, way, law), this.weights);
  }

  /** Each world's chance that its true difference is above a value, or below it with way -1. */
  #chances(value: number, way: number, law: Law): Float64Array {
    return this.means.map((one, world) => {
      if (this.same[world]) return way * value < 0 ? 1 : 0;
      const trust = this.#trust(law, world);
      const centre = law.centre + trust * (one - law.centre);
      let open = law.worlds * (1 - trust) + this.sharedLuck;
      open += ((1 - trust) ** 2 * law.means) / Math.max(this.size, 1);
      const gap = way * (centre - value);
      if (open > 0) return normalShare(gap / Math.sqrt(open));
      return gap > 0 ? 1 : 0;
    });
  }

  /** How far each world moves a share by moving the mean and the spread that all are drawn towards. */
  #influenceOfLaw(value: number, way: number): Float64Array {
    const law = this.#law;
    const influence = new Float64Array(this.number);
    const live = this.weights.filter((_, place) => !this.same[place]);
    if (live.length === 0 || !(law.worlds > 0)) return influence;
    const part = total(this.weights) / total(live);
    const step = Math.sqrt(law.means) / 100;
    const wide = law.worlds / 100;
    const moved = (centre: number, worlds: number): number =>
      this.#meanChance(value, way, { ...law, centre: law.centre + centre, worlds: law.worlds + worlds });
    const byCentre = (moved(step, 0) - moved(-step, 0)) / (2 * step);
    const bySpread = (moved(0, wide) - moved(0, -wide)) / (2 * wide);
    return influence.map((_, place) => {
      if (this.same[place]) return 0;
      const apart = (this.means[place] ?? NaN) - law.centre;
      return part * (byCentre * apart + bySpread * (apart ** 2 - law.means));
    });
  }
}

/**
 * The worlds of paired differences, and how much luck there is in them.
 *
 * @param counts which sets count: those that met the parity; one without a number never does
 */
export function measureWorlds(differences: Matrix, weights: Float64Array, counts?: readonly boolean[]): Worlds {
  const known = Array.from({ length: differences.rows }, (_, row) => rowOf(differences, row).some(Number.isFinite));
  const there = known.map((is, row) => is && (counts?.[row] ?? true));
  const values = someRows(differences, there);
  const some = weights.filter((_, row) => there[row]);
  const same = Array.from({ length: values.rows }, (_, row) =>
    rowOf(values, row).every((value) => value === 0 || !Number.isFinite(value)),
  );
  const live = same.map((is) => !is);
  const liveWeights = some.filter((_, row) => live[row]);
  const [luck, sharedLuck] = measuredLuck(someRows(values, live), liveWeights);
  const runs = Array.from({ length: values.rows }, (_, row) => rowOf(values, row).filter(Number.isFinite).length);
  const columns = Array.from({ length: values.columns }, (_, column) => column);
  const seen = columns.filter((column) =>
    runs.some((_, row) => Number.isFinite(values.values[row * values.columns + column])),
  );
  return new Worlds(
    rowMeans(values),
    Float64Array.from(same, (is, row) => (is ? 0 : luck / Math.max(runs[row] ?? 0, 1))),
    some,
    same,
    sharedLuck * (some.length > 0 ? (total(liveWeights) / total(some)) ** 2 : 1),
    1 - total(some) / total(weights),
    seen.length,
  );
}

/** Variance of one run's own luck in its world, and that of a mean from the luck that worlds share. */
function measuredLuck(values: Matrix, weights: Float64Array): [number, number] {
  const { rows, columns } = values;
  if (rows === 0) return [0, 0];
  if (columns < 2) return [NaN, NaN];
  const means = rowMeans(values);
  const deviations = values.values.map((value, place) => value - (means[Math.floor(place / columns)] ?? NaN));
  const weightAt = (place: number): number => weights[Math.floor(place / columns)] ?? 0;
  const shared = Float64Array.from({ length: columns }, (_, column) => {
    const own = deviations.filter((_d, place) => place % columns === column);
    return mean(own, weights);
  });
  const there = shared.filter(Number.isFinite);
  if (rows < 2 || there.length < 2) return [NaN, NaN];
  let known = 0;
  let counts = 0;
  let squares = 0;
  deviations.forEach((deviation, place) => {
    if (!Number.isFinite(deviation)) return;
    known += 1;
    counts += weightAt(place);
    squares += weightAt(place) * (deviation - (shared[place % columns] ?? NaN)) ** 2;
  });
  const freedom = known - rows - columns + 1;
  const own = freedom > 0 ? ((squares / counts) * known) / freedom : NaN;
  const between = variance(there) - own / effectiveSets(weights);
  return [own, Math.max(between, 0) / there.length];
}

/** Variance of worlds' means, freedom by their effective number; 0 where one weighs it all. */
function spread(means: Float64Array, weights: Float64Array, centre: number): number {
  const size = effectiveSets(weights);
  const squares = means.map((one) => (one - centre) ** 2);
  return size > 1 ? (mean(squares, weights) * size) / (size - 1) : 0;
}

function variance(values: Float64Array): number {
  const centre = mean(values);
  return total(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
}
