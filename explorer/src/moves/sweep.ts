/** A sweep: the paired difference of two regimes at every point of what is varied, all with the same sets and luck. */

import { arranged, NOTHING } from "../app/deploy.js";
import type { Setting } from "../app/setting.js";
import type { Store } from "../app/store.js";
import { MADE_EQUAL, measureOf } from "../compare/findings.js";
import { firstDraws } from "../compare/study.js";
import { deployedOf, startOf } from "../engine/setting.js";
import type { Cell } from "../engine/types.js";
import { luckOfMean, type LuckyMean } from "../statistics/luck.js";
import { less, mapped, rowMeans, type Matrix } from "../statistics/matrix.js";
import { pairedEffect } from "../statistics/verdicts.js";
import { measureWorlds } from "../statistics/worlds.js";
import type { Thing } from "./things.js";

/** What is swept; the regime is set against the reference. */
export interface Design {
  readonly setting: Setting;
  readonly regime: string;
  readonly reference: string;
  /** One thing or two, each with its values. */
  readonly varied: readonly { readonly thing: Thing; readonly values: readonly number[] }[];
  readonly draws: number;
  readonly replicates: number;
}

/** What is known at a point: the mean difference, luck's interval of it, and the range over the sets. */
export interface Point extends LuckyMean {
  readonly values: readonly number[];
  readonly setsLow: number;
  readonly setsHigh: number;
  readonly verdict: string;
  readonly matters: number;
}

export interface Swept {
  readonly design: Design;
  readonly points: readonly Point[];
  /** Replicates that are made. */
  readonly replicates: number;
}

/** Runs of which the outcomes stand by point, regime (the compared one first), set and replicate. */
interface Runs {
  readonly outcomes: Float64Array;
  readonly sets: number;
  readonly columns: readonly string[];
  replicates: number;
}

/** Every combination of the values, the first thing's moving last. */
export function pointsOf({ varied }: Pick<Design, "varied">): readonly (readonly number[])[] {
  const [first, second] = varied;
  const across = first?.values ?? [];
  return second === undefined
    ? across.map((value) => [value])
    : second.values.flatMap((up) => across.map((value) => [value, up]));
}

/** How many runs a sweep takes; that of no programme, with which some outcomes are paired, is made once a cell. */
export function runsOfSweep(store: Store, design: Design): number {
  const [sets] = firstDraws(store.data.sets, design.draws);
  return pointsOf(design).length * sets.length * design.replicates * regimesOf(design).length;
}

/** Make a sweep's runs, replicate by replicate, and tell what is known after each from the second on. */
export async function makeSweep(
  store: Store,
  design: Design,
  {
    signal,
    onProgress,
    onSwept,
  }: { signal: AbortSignal; onProgress: (done: number, wanted: number) => void; onSwept: (swept: Swept) => void },
): Promise<void> {
  // prettier-ignore
  const { data, pool } = store;
  const [sets, weights] = firstDraws(data.sets, design.draws);
  const points = pointsOf(design);
  const regimes = regimesOf(design);
  const columns = data.engine.outcomes;
  const runs: Runs = {
    outcomes: new Float64Array(points.length * regimes.length * sets.length * design.replicates * columns.length).fill(NaN),
    sets: sets.length, columns, replicates: 0,
  }; // prettier-ignore
  const settings = points.map((values) => settingAt(design, values));
  const deployed = settings.map((setting) =>
    regimes.map((name) => deployedOf(data, arranged(data, setting, name).regime, setting.start, setting.parity)),
  );
  const wanted = points.length * sets.length * design.replicates;
  let done = 0;
  for (let replicate = 0; replicate < design.replicates; replicate++) {
    const cells = sets.flatMap((set, place) =>
      points.map((_, point): Cell => ({
        number: point * sets.length + place,
        parameters: { ...set.parameters, ...settings[point]?.held },
        replicate,
        regimes: deployed[point] ?? [],
      })),
    );
    await pool.run({ world: store.world(), seed: data.seed, paths: [], councils: false }, cells, {
      signal,
      onResult: ({ number, outcomes }) => {
        keep(runs, design, number, replicate, outcomes, regimes.length);
        done += 1;
        onProgress(done, wanted);
      },
    });
    runs.replicates = replicate + 1;
    if (replicate > 0) onSwept(sweptOf(store, design, runs, weights));
  }
}

/** Where the sign of the mean changes along one thing: by a straight line between neighbours. */
export function turnsOf({ points }: Swept): readonly number[] {
  return points.slice(1).flatMap((point, k) => {
    const before = points[k] as Point;
    if (!(before.mean * point.mean < 0)) return [];
    const [from = NaN, to = NaN] = [before.values[0], point.values[0]];
    return [from + ((to - from) * before.mean) / (before.mean - point.mean)];
  });
}

function regimesOf({ regime, reference }: Design): readonly string[] {
  return [regime, reference];
}

function settingAt({ setting, varied }: Design, values: readonly number[]): Setting {
  return varied.reduce((before, { thing }, k) => thing.at(before, values[k] ?? NaN), setting);
}

function keep(
  runs: Runs,
  design: Design,
  number: number,
  replicate: number,
  outcomes: Float64Array,
  regimes: number,
): void {
  const width = runs.columns.length;
  const point = Math.floor(number / runs.sets);
  const set = number % runs.sets;
  for (let regime = 0; regime < regimes; regime++) {
    const row = ((point * regimes + regime) * runs.sets + set) * design.replicates + replicate;
    runs.outcomes.set(outcomes.subarray(regime * width, (regime + 1) * width), row * width);
  }
}

function sweptOf(store: Store, design: Design, runs: Runs, weights: Float64Array): Swept {
  const { data } = store;
  const { setting } = design;
  const measure = measureOf(data, { ...setting, region: "" }, startOf(data, setting.start));
  const equal = MADE_EQUAL[setting.parity];
  const paired = regimesOf(design).includes(NOTHING) || equal === undefined;
  const points = pointsOf(design).map((values, point): Point => {
    const [own, other] = [0, 1].map((place) =>
      outcomeOf(runs, design, point, place, measure.name, measure.info.paired),
    ) as [Matrix, Matrix];
    const differences = less(own, other);
    const counts = paired
      ? undefined
      : within(
          ...([0, 1].map((place) => outcomeOf(runs, design, point, place, equal)) as [Matrix, Matrix]),
          data.verdicts.parity_tolerance,
        );
    const effect = pairedEffect(data.verdicts, differences, measure.better, measure.matters, weights, counts);
    const [setsLow, setsHigh] = measureWorlds(differences, weights).interval();
    return {
      ...luckOfMean(differences, weights),
      values,
      setsLow,
      setsHigh,
      verdict: effect.verdict,
      matters: measure.matters,
    };
  });
  return { design, points, replicates: runs.replicates };
}

/** An outcome at a point, by set and the replicates that are made; of no programme, nought where it is paired with itself. */
function outcomeOf(runs: Runs, design: Design, point: number, place: number, name: string, isPaired = false): Matrix {
  const column = runs.columns.indexOf(name);
  const names = regimesOf(design);
  const values = new Float64Array(runs.sets * runs.replicates);
  for (let set = 0; set < runs.sets; set++) {
    for (let replicate = 0; replicate < runs.replicates; replicate++) {
      const row = ((point * names.length + place) * runs.sets + set) * design.replicates + replicate;
      values[set * runs.replicates + replicate] = runs.outcomes[row * runs.columns.length + column] ?? NaN;
    }
  }
  const found = { rows: runs.sets, columns: runs.replicates, values };
  return isPaired && names[place] === NOTHING ? mapped(found, () => 0) : found;
}

/** Which sets realised the same under both, within a tenth. */
function within(own: Matrix, other: Matrix, tolerance: number): boolean[] {
  const reference = rowMeans(other);
  return Array.from(
    rowMeans(own),
    (one, set) => Math.abs(one - (reference[set] ?? NaN)) <= tolerance * Math.abs(reference[set] ?? NaN) + 1e-9,
  );
}
