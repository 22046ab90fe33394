/** What a month avoided costs, and the price of an unpaid day at which two regimes cost the same. */

import { combined, mean, rowMeans, type Matrix } from "./matrix.js";
import { measureWorlds } from "./worlds.js";

const NORMAL_95 = 1.96;

/** What a programme cost and avoided against no programme, means over worlds. */
export interface Bill {
  /** Extra pounds in cash, trusts included. */
  readonly cash: number;
  /** Days delivered that nobody paid for. */
  readonly unpaidDays: number;
  /** Council-months inadequate avoided, and the standard error. */
  readonly avoided: number;
  readonly avoidedError: number;
}

/** One regime's bill, from matrices of its runs; worlds that missed the parity do not count. */
export function billOf(
  cash: Matrix,
  unpaidDays: Matrix,
  avoided: Matrix,
  weights: Float64Array,
  counts?: readonly boolean[],
): Bill {
  const met = counts === undefined ? weights : weights.map((weight, set) => (counts[set] ? weight : 0));
  const known = (matrix: Matrix): number => mean(rowMeans(matrix), met);
  const worlds = measureWorlds(avoided, weights, counts);
  return { cash: known(cash), unpaidDays: known(unpaidDays), avoided: worlds.mean, avoidedError: worlds.meanError };
}

/** The sum of two matrices. */
export function plus(one: Matrix, other: Matrix): Matrix {
  return combined(one, other, (a, b) => a + b);
}

/** The cost in pounds of a month avoided when an unpaid day is worth so much; NaN where none was avoided. */
export function costPerMonth(bill: Bill, price: number): number {
  return bill.avoided > 0 ? (bill.cash + price * bill.unpaidDays) / bill.avoided : NaN;
}

/** The same at the ends of the 95% interval of the months avoided; infinite where that reaches nought. */
export function costInterval(bill: Bill, price: number): [number, number] {
  const cost = bill.cash + price * bill.unpaidDays;
  const fewest = bill.avoided - NORMAL_95 * bill.avoidedError;
  const most = bill.avoided + NORMAL_95 * bill.avoidedError;
  return [cost / most, fewest > 0 ? cost / fewest : Number.isNaN(fewest) ? NaN : Infinity];
}

/** The price of an unpaid day at which one regime costs as much for a month avoided as the other; NaN where none. */
export function breakEvenPrice(peers: Bill, partners: Bill): number {
  if (!(peers.avoided > 0 && partners.avoided > 0)) return NaN;
  const extraDays = peers.unpaidDays / peers.avoided - partners.unpaidDays / partners.avoided;
  const spareCash = partners.cash / partners.avoided - peers.cash / peers.avoided;
  return extraDays ? spareCash / extraDays : NaN;
}
