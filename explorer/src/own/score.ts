/** Ranks of councils by deprivation, as `simulation/councils.py` has them; the engine scores them. */

/** Gives the normal scores of some shares: a pool's, or a session's. */
export type Scorer = (shares: Float64Array) => Float64Array | Promise<Float64Array>;

/** Normal scores of deprivation: of (average rank − 0.5) / N. */
export async function deprivationScores(scores: readonly number[], score: Scorer): Promise<number[]> {
  const shares = averageRanks(scores).map((rank) => (rank - 0.5) / scores.length);
  return [...(await score(Float64Array.from(shares)))];
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
