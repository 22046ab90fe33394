/** `node statistics_in_node.mjs CASES`: print what the page's statistics say of each case that Python asks for. */

import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";

import type { Better, VerdictRule } from "../src/engine/data.js";
import type { Matrix } from "../src/statistics/matrix.js";
import { billOf, breakEvenPrice, costInterval, costPerMonth } from "../src/statistics/prices.js";
import { regrets } from "../src/statistics/regret.js";
import { spreads } from "../src/statistics/spreads.js";
import { findTurns } from "../src/statistics/turns.js";
import { pairedEffect } from "../src/statistics/verdicts.js";
import { revived } from "./equal.js";

type Rows = readonly (readonly number[])[];

interface Case {
  readonly differences: Rows;
  readonly others: Rows;
  readonly weights: readonly number[];
  readonly counts: readonly boolean[] | null;
  readonly better: Better;
  readonly matters: number;
  readonly numbers: Readonly<Record<string, readonly number[]>>;
}

interface Asked {
  readonly rule: VerdictRule;
  readonly cases: readonly Case[];
}

function matrix(rows: Rows): Matrix {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, values: Float64Array.from(rows.flat()) };
}

function told(rule: VerdictRule, one: Case) {
  const [own, other] = [matrix(one.differences), matrix(one.others)];
  const weights = Float64Array.from(one.weights);
  const counts = one.counts ?? undefined;
  const { spread: _, ...effect } = pairedEffect(rule, own, one.better, one.matters, weights, counts);
  const nothing = { ...own, values: own.values.map((value) => (Number.isFinite(value) ? 0 : NaN)) };
  const every = counts ?? one.weights.map(() => true);
  const bills = [billOf(own, other, other, weights, counts), billOf(other, own, own, weights, counts)] as const;
  const paths = one.differences.map((row) => row.map((value) => Float64Array.of(value, 2 * value)));
  const numbers = new Map(Object.entries(one.numbers).map(([name, values]) => [name, Float64Array.from(values)]));
  return {
    effect,
    regrets: regrets([nothing, own, other], one.better === "lower", weights, every),
    bills: bills.map((bill) => ({ ...bill, cost: costPerMonth(bill, 600), interval: costInterval(bill, 600) })),
    breakEven: breakEvenPrice(...bills),
    spreads: spreads(paths, 2, weights),
    turns: findTurns(own, one.better, numbers, weights, counts),
  };
}

/** JSON has no NaN and no infinity: they are written as words. */
function asWord(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

const asked = JSON.parse(readFileSync(argv[2] ?? "", "utf8"), revived) as Asked;
stdout.write(
  JSON.stringify(
    asked.cases.map((one) => told(asked.rule, one)),
    asWord,
  ),
);
