import assert from "node:assert/strict";
import { test } from "node:test";

import { monthAfter, periodWords } from "../../src/text/names.js";
import {
  atStep,
  digits,
  listing,
  percent,
  plain,
  pounds,
  shareWords,
  withError,
  withSign,
} from "../../src/text/numbers.js";

test("numbers are written as the command line writes them", () => {
  assert.deepEqual([digits(214), digits(2.34, -0.1), digits(0.034)], [0, 1, 3]);
  assert.deepEqual(
    [plain(18240), plain(1234567.891, 2), plain(0.25, 2), plain(-3), plain(NaN), plain(-0.001, 1)],
    ["18,240", "1,234,567.89", "0.25", "−3.0", "–", "0.0"],
  );
  assert.deepEqual([withSign(12), withSign(0), withSign(-12)], ["+12", "0", "−12"]);
  assert.deepEqual([percent(0.853), percent(NaN)], ["85%", "–"]);
  assert.deepEqual(
    [pounds(4032000), pounds(12400), pounds(640), pounds(-0.2)],
    ["£4.03 million", "£12,400", "£640", "£0"],
  );
  assert.equal(shareWords({ value: 0.853, error: 0.024 }), "85% ±2");
  assert.equal(shareWords({ value: NaN, error: NaN }), "–");
  assert.deepEqual([withError(-21.5, 5.3), withError(-21.5, NaN)], ["−22 ±5", "−22"]);
  assert.deepEqual([atStep(0.35, 0.01), atStep(30, 1)], ["0.35", "30"]);
  assert.equal(listing(["a", "b", "c"]), "a, b and c");
});

test("months are counted over the turn of a year", () => {
  assert.deepEqual([monthAfter("2018-04", 119), monthAfter("2018-12", 1)], ["2028-03", "2019-01"]);
  assert.equal(periodWords("2018-04", 120), "April 2018 to March 2028");
});
