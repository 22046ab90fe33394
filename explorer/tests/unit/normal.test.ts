import assert from "node:assert/strict";
import { test } from "node:test";

import { normalShare } from "../../src/statistics/normal.js";

/** Shares below, as tables have them. */
const KNOWN: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [1, 0.8413447460685429],
  [-1.96, 0.0249978951482204],
  [-5, 2.866515718791939e-7],
  [-8, 6.220960574271785e-16],
];

test("shares of the normal distribution are exact to two parts in ten to the fifteen", () => {
  for (const [value, share] of KNOWN) assert.ok(Math.abs(normalShare(value) - share) < 2e-15, `${value}`);
  assert.deepEqual([normalShare(50), normalShare(-50)], [1, 0]);
});
