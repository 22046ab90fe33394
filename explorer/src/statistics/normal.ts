/** The normal distribution: the share of it below a value (G. West, 2005, after J. F. Hart, 1968; exact to about 1e-15). */

const ABOVE = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
];
const BELOW = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];
const FAR = 7.07106781186547;
const ROOT_TWO_PI = 2.506628274631;

export function normalShare(value: number): number {
  const size = Math.abs(value);
  const density = Math.exp((-size * size) / 2);
  const tail = size < FAR ? (density * polynomial(ABOVE, size)) / polynomial(BELOW, size) : density / farTail(size);
  return value > 0 ? 1 - tail : tail;
}

function polynomial(coefficients: readonly number[], at: number): number {
  return coefficients.reduce((sum, coefficient) => sum * at + coefficient, 0);
}

function farTail(size: number): number {
  return [4, 3, 2, 1].reduce((sum, part) => size + part / sum, size + 0.65) * ROOT_TWO_PI;
}
