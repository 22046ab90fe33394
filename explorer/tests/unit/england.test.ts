/** What is told of a council, worked out by hand from a run of four months and three councils. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Start } from "../../src/engine/data.js";
import type { FollowedMonth } from "../../src/engine/types.js";
import { happenings, supportSpells, tenures } from "../../src/england/events.js";
import { callerOf } from "../../src/england/list.js";
import type { Scene } from "../../src/england/scene.js";
import { layoutOf } from "../../src/england/tiles.js";

const GRADES = ["inadequate", "requires_improvement", "good", "outstanding"];
const START = {
  own: true, regions: ["East", "West"], code: ["A", "B", "C"], name: ["Ash", "Birch", "Cedar"], region: ["West", "East", "West"],
  facts: { grade: [1, 2, 2], first_month: [-1, -1, -1] },
} as unknown as Start; // prettier-ignore

interface Told {
  readonly grade: number[];
  readonly seat: number[];
  readonly due?: number[];
  readonly given?: number[];
  readonly received?: number[];
  readonly council: number[];
  readonly status?: number[];
  readonly trust?: number[];
  readonly links?: readonly (readonly [number, number])[];
}

function sceneOf(months: readonly Told[], dismissals: number[], exits: number[]): Scene {
  const list = (values: readonly number[] | undefined, usual: number): Float64Array =>
    Float64Array.from(values ?? [usual, usual, usual]);
  const seen = months.map(({ grade, seat, due, given, received, council, status, trust, links = [] }, month): FollowedMonth => ({
    month,
    councils: {
      grade: list(grade, 0), seat: list(seat, 0), next_judgement: list(due, -1), days_given: list(given, 0),
      days_received: list(received, 0), trust_from: list(trust, -1),
    },
    directors: {
      council: list(council, 0), status: list(status ?? council.map(() => 0), 0), months_in_post: list(council.map(() => month + 5), 0),
    },
    links: {
      giver: Float64Array.from(links, ([giver]) => giver), receiver: Float64Array.from(links, ([, receiver]) => receiver),
      arm: new Float64Array(links.length), days: new Float64Array(links.length).fill(4),
    },
  })); // prettier-ignore
  return { start: START, run: { months: seen }, dismissals, exits } as unknown as Scene;
}

const called = callerOf(START, true);
const told = (scene: Scene, council: number): string[] =>
  happenings(scene, council, GRADES, called).map(({ month, words }) => `${month}: ${words}`);

test("a judgement is told with its way, and one that changes nothing is told too", () => {
  const steady = { seat: [0, 1, 2], council: [0, 1, 2] };
  const scene = sceneOf(
    [
      { ...steady, grade: [1, 2, 2], due: [1, 2, -1] },
      { ...steady, grade: [0, 2, 2], due: [30, 2, -1] },
      { ...steady, grade: [0, 2, 2], due: [30, 40, -1] },
    ],
    [0, 0, 0],
    [0, 0, 0],
  );
  assert.deepEqual(told(scene, 0), ["1: judged inadequate, down from requires improvement"]);
  assert.deepEqual(told(scene, 1), ["2: judged good again"]);
  assert.deepEqual(told(scene, 2), []);
});

test("why a director left is said where it is known, and not where it is not", () => {
  const before: Told = { grade: [1, 2, 2], seat: [0, 1, 2], council: [0, 1, 2] };
  const left = (dismissals: number, exits: number, trust?: number[]): string[] =>
    told(
      sceneOf(
        [before, { ...before, seat: [-1, 1, 2], council: [-1, 1, 2], status: [2, 0, 0], ...(trust && { trust }) }],
        [0, dismissals],
        [0, exits],
      ),
      0,
    );
  assert.deepEqual(left(1, 0), ["1: the director was dismissed; an interim took charge"]);
  assert.deepEqual(left(0, 1), ["1: the director left by choice; an interim took charge"]);
  assert.match(left(1, 1)[0] ?? "", /by choice or dismissed/);
  assert.match(left(0, 1, [1, -1, -1])[0] ?? "", /went to a trust/);
});

test("a director who moves is told in both councils", () => {
  const before: Told = { grade: [1, 2, 2], seat: [0, 1, 2], council: [0, 1, 2] };
  const scene = sceneOf(
    [before, { ...before, seat: [1, -2, 2], council: [-1, 0, 2], status: [3, 0, 0] }],
    [0, 1],
    [0, 0],
  );
  assert.deepEqual(told(scene, 0), ["1: the director was dismissed; a director came from Birch"]);
  assert.deepEqual(told(scene, 1), ["1: the director moved to Ash"]);
  assert.deepEqual(tenures(scene, 0), [
    { first: 0, last: 0, seat: 0, served: 5 },
    { first: 1, last: 1, seat: 1, served: 6 },
  ]);
});

test("support is told from its first month, with everybody who gave it", () => {
  const month: Told = {
    grade: [1, 2, 2],
    seat: [0, 1, 2],
    council: [0, 1, 2],
    received: [4, 0, 0],
    given: [0, 4, 0],
    links: [[1, 0]],
  };
  const other: Told = { ...month, received: [2, 0, 0], links: [[2, 0]], given: [0, 0, 2] };
  const scene = sceneOf([month, other], [0, 0], [0, 0]);
  assert.deepEqual(supportSpells(scene, 0), [{ first: 0, last: 1, way: "receives", partners: [1, 2], days: 3 }]);
  assert.deepEqual(told(scene, 2), ["1: began to give support to Ash, 2.0 days a month on average"]);
});

test("names are hidden as region and number", () => {
  const hidden = callerOf(START, false);
  assert.deepEqual([0, 1, 2].map(hidden), ["West, council 1", "East, council 1", "West, council 2"]);
});

test("a user's own councils stand in blocks, no two in one place", () => {
  const regions = ["East", "Middle", "North", "West"];
  const region = Array.from({ length: 300 }, (_, council) => regions[council % 7 === 0 ? 0 : council % 4] ?? "");
  const layout = layoutOf({ ...START, regions, region, code: region.map((_, council) => `C${council}`) });
  assert.equal(new Set(layout.tiles.map(String)).size, 300);
  assert.ok(layout.tiles.every(([column, row]) => column >= 0 && column < layout.columns && row < layout.rows));
  assert.deepEqual(
    layout.labels.map(({ lines }) => lines[0]),
    regions,
  );
});
