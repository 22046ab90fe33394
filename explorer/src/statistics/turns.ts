/**
 * Which uncertain numbers decide a paired difference, and where its sign turns: as `experiments/statistics/turning.py`, but
 * for the shuffles that a number is held against, which are drawn by another generator.
 */

import type { Better } from "../engine/data.js";
import { mean, rowOf, someRows, total, type Matrix } from "./matrix.js";
import { quantiles } from "./quantiles.js";
import { measureWorlds, type Share } from "./worlds.js";

/** A number that decides, and where it parts the worlds. */
export interface Turn {
  readonly name: string;
  /** Share of the worlds' ranks that goes with it, 0 to 1. */
  readonly explained: number;
  /** Where the mean difference changes its sign; else the middle of the number's worlds. */
  readonly value: number;
  readonly turns: boolean;
  /** Shares of the worlds at or below the value, and above it, in which the regime does better. */
  readonly below: Share;
  readonly above: Share;
}

/** Worlds below which nothing can be told of what decides. */
export const FEWEST_WORLDS = 40;
const MOST_TURNS = 3;
const SHUFFLES = 400;
const LEVEL = 0.95;
const LEAST_SIDE = 0.1;

/** The numbers that decide most, the first most; none with too few worlds. `numbers` has a value a set. */
export function findTurns(
  differences: Matrix,
  better: Better,
  numbers: ReadonlyMap<string, Float64Array>,
  weights: Float64Array,
  counts?: readonly boolean[],
): Turn[] {
  const worlds = measureWorlds(differences, weights, counts);
  const known = worlds.withoutLuck();
  if (worlds.number < FEWEST_WORLDS || !known.every(Number.isFinite) || isLevel(known)) return [];
  const there = countedRows(differences, counts);
  const here = new Map([...numbers].map(([name, values]) => [name, values.filter((_, set) => there[set])] as const));
  const rows = [...here].filter(([, values]) => !isLevel(values));
  const scores = rows.map(([, values]) => standard(ranks(values), worlds.weights));
  const mine = standard(ranks(known), worlds.weights);
  const correlations = scores.map((row) => correlation(row, mine, worlds.weights));
  const bar = shuffledBar(scores, ranks(known), worlds.weights);
  const counted = someRows(differences, there);
  return rows
    .map(([name, values], k) => ({ name, values, correlation: correlations[k] ?? 0 }))
    .filter((one) => one.correlation ** 2 > bar)
    .sort((one, other) => other.correlation ** 2 - one.correlation ** 2)
    .slice(0, MOST_TURNS)
    .map(({ name, values, correlation: r }) => {
      const [value, turns] = parting(worlds.means, values, worlds.weights);
      const side = (above: boolean): Share => {
        const mine = Array.from(values, (one) => one > value === above);
        const chosen = worlds.weights.filter((_, world) => mine[world]);
        return measureWorlds(someRows(counted, mine), chosen).share(better === "lower" ? -1 : 1);
      };
      return { name, explained: r ** 2, value, turns, below: side(false), above: side(true) };
    });
}

function countedRows(differences: Matrix, counts?: readonly boolean[]): boolean[] {
  return Array.from({ length: differences.rows }, (_, row) => {
    return rowOf(differences, row).some(Number.isFinite) && (counts?.[row] ?? true);
  });
}

/** Where the line through the differences crosses zero, if a tenth of the worlds lie on either side; else the middle. */
function parting(means: Float64Array, values: Float64Array, weights: Float64Array): [number, boolean] {
  const crossing = crossingOf(means, values, weights);
  const below = total(weights.filter((_, world) => (values[world] ?? NaN) <= crossing)) / total(weights);
  if (below >= LEAST_SIDE && below <= 1 - LEAST_SIDE) return [crossing, true];
  return [quantiles(values, weights, [0.5])[0] ?? NaN, false];
}

function crossingOf(means: Float64Array, values: Float64Array, weights: Float64Array): number {
  const centre = mean(values, weights);
  const middle = mean(means, weights);
  const slope = mean(
    values.map((value, world) => (value - centre) * ((means[world] ?? NaN) - middle)),
    weights,
  );
  const square = mean(
    values.map((value) => (value - centre) ** 2),
    weights,
  );
  return slope ? centre - (middle * square) / slope : Infinity;
}

/** What the best of all numbers does in 19 of 20 shuffles of the worlds. */
function shuffledBar(scores: readonly Float64Array[], mine: Float64Array, weights: Float64Array): number {
  const random = generator(2018);
  const best = Float64Array.from({ length: SHUFFLES }, () => {
    const shuffled = standard(permuted(mine, random), weights);
    return Math.max(0, ...scores.map((row) => correlation(row, shuffled, weights) ** 2));
  }).sort();
  return best[Math.floor(LEVEL * (SHUFFLES - 1))] ?? 1;
}

function isLevel(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

/** Ranks from 0, the same for equal values: the mean of theirs. */
function ranks(values: Float64Array): Float64Array {
  const order = Array.from(values, (_, place) => place).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const found = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    let after = first + 1;
    while (after < order.length && values[order[after] ?? 0] === values[order[first] ?? 0]) after++;
    for (let place = first; place < after; place++) found[order[place] ?? 0] = (first + after - 1) / 2;
    first = after;
  }
  return found;
}

/** Values less their mean, in standard deviations. */
function standard(values: Float64Array, weights: Float64Array): Float64Array {
  const centre = mean(values, weights);
  const size = Math.sqrt(
    mean(
      values.map((value) => (value - centre) ** 2),
      weights,
    ),
  );
  return values.map((value) => (size > 0 ? (value - centre) / size : 0));
}

function correlation(one: Float64Array, other: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let whole = 0;
  for (let place = 0; place < one.length; place++) {
    const weight = weights[place] ?? 0;
    sum += (one[place] ?? 0) * (other[place] ?? 0) * weight;
    whole += weight;
  }
  return sum / whole;
}

function permuted(values: Float64Array, random: () => number): Float64Array {
  const shuffled = values.slice();
  for (let last = shuffled.length - 1; last > 0; last--) {
    const place = Math.floor(random() * (last + 1));
    const held = shuffled[last] ?? 0;
    shuffled[last] = shuffled[place] ?? 0;
    shuffled[place] = held;
  }
  return shuffled;
}

/** A generator of numbers from 0 to 1 (Mulberry32), the same from the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
