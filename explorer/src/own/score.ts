/** Normal scores of ranks, bit for bit as `simulation/rules/maths.py` gives them, with its coefficients. */

import type { ScoreFacts } from "../engine/data.js";

type Quotient = readonly [readonly number[], readonly number[]];

/** Normal scores of deprivation: of (average rank − 0.5) / N. */
export function deprivationScores(scores: readonly number[], facts: ScoreFacts): number[] {
  return averageRanks(scores).map((rank) => normalScore((rank - 0.5) / scores.length, facts));
}

/** The score with this share of a standard normal below it. */
export function normalScore(share: number, facts: ScoreFacts): number {
  const q = share - 0.5;
  if (Math.abs(q) <= 0.425) return q * quotient(facts.middle, 0.180625 - q * q);
  const r = Math.sqrt(-logarithm(q < 0 ? share : 1 - share, facts));
  const score = r <= 5 ? quotient(facts.tail, r - 1.6) : quotient(facts.far, r - 5);
  return q < 0 ? -score : score;
}

/** The fifth of each council by its score, from 1 (lowest) to 5; equal ones rank by code. */
export function fifthsOf(scores: readonly number[]): number[] {
  const order = scores
    .map((_, place) => place)
    .sort((one, other) => (scores[one] ?? 0) - (scores[other] ?? 0) || one - other);
  const fifths = new Array<number>(scores.length).fill(0);
  order.forEach((council, place) => (fifths[council] = 1 + Math.floor((5 * place) / scores.length)));
  return fifths;
}

/** Ranks from 1; equal scores share the mean of their ranks. */
function averageRanks(scores: readonly number[]): number[] {
  const places = new Map<number, [number, number]>();
  [...scores]
    .sort((one, other) => one - other)
    .forEach((score, place) => {
      const [first] = places.get(score) ?? [place + 1];
      places.set(score, [first, place + 1]);
    });
  return scores.map((score) => {
    const [first, last] = places.get(score) ?? [NaN, NaN];
    return (first + last) / 2;
  });
}

function logarithm(x: number, { ln2, log_first, log_series }: ScoreFacts): number {
  let exponent = 0;
  let value = x;
  for (let step = 512; step >= 1; step /= 2) {
    const power = 2 ** step;
    if (value >= power) {
      value *= 1 / power;
      exponent += step;
    } else if (value < 2 * (1 / power)) {
      value *= power;
      exponent -= step;
    }
  }
  if (value > Math.SQRT2) {
    value *= 0.5;
    exponent += 1;
  }
  const f = value - 1;
  const s = f / (2 + f);
  const z = s * s;
  const half = 0.5 * f * f;
  let [rest, power] = [z * log_first, z * z];
  for (const [even, odd] of log_series) {
    rest += power * (even + z * odd);
    power *= z * z;
  }
  return exponent * ln2[0] - (half - (s * (half + rest) + exponent * ln2[1]) - f);
}

function quotient([above, below]: Quotient, x: number): number {
  return polynomial(above, x) / polynomial(below, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((value, coefficient) => value * x + coefficient, 0);
}
