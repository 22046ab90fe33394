/** One thing varied: the mean difference with luck's interval, and, in a picture of its own, the range over the worlds. */

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";

import { GREY, GRID, INK, LUCK, SETS } from "../charts/colours.js";
import { Figure, type Rows } from "../charts/figure.js";
import { digits, listing, plain, withSign } from "../text/numbers.js";
import { turnsOf, type Swept } from "./sweep.js";
import type { Thing } from "./things.js";

interface LinesProps {
  readonly swept: Swept;
  /** What the difference is of, and its unit. */
  readonly title: string;
  readonly unit: string;
}

const KINDS = [
  ["luck", "Luck: how far the mean is known"],
  ["sets", "Not known: how far the worlds lie apart"],
] as const;
type Kind = (typeof KINDS)[number][0];

export function SweptLines(props: LinesProps) {
  return (
    <div class="side-by-side">
      {KINDS.map(([kind, head]) => (
        <SweptLine kind={kind} head={head} {...props} />
      ))}
    </div>
  );
}

/** Where the answer turns, in a sentence. */
export function turnWords(swept: Swept): string {
  const [varied] = swept.design.varied;
  if (varied === undefined) return "";
  const { thing } = varied;
  const turns = turnsOf(swept).map((value) => plain(value, digits(thing.high - thing.low) + 1));
  if (turns.length === 0) return "The sign of the mean difference does not change over these values.";
  return `The sign of the mean difference changes at about ${listing(turns)} ${thing.unit}.`;
}

function SweptLine({ kind, head, swept, title, unit }: LinesProps & { kind: Kind; head: string }) {
  const draw = useCallback((width: number) => picture(kind, swept, width), [kind, swept]);
  const [first, last] = [swept.points[0], swept.points.at(-1)];
  const from = swept.design.varied[0]?.thing;
  const places = digits(first?.mean ?? NaN, last?.mean ?? NaN);
  const said =
    kind === "luck"
      ? `${turnWords(swept)} Bars are 95% intervals from luck, with the worlds as they are.`
      : "Nine tenths of the worlds lie between the broken lines; only evidence brings them together.";
  return (
    <Figure
      name={`sweep-${kind}`}
      title={head}
      sentence={`${title}, in ${unit}: ${withSign(first?.mean ?? NaN, places)} at ${plain(first?.values[0] ?? NaN)} and ${withSign(last?.mean ?? NaN, places)} at ${plain(last?.values[0] ?? NaN)} ${from?.unit ?? ""}. ${said}`}
      draw={draw}
      table={sweepTable(swept, unit, head)}
    >
      <ul class="key">
        {kind === "luck" ? (
          <li class="key-luck">95% interval of the mean, from luck</li>
        ) : (
          <li class="key-range">nine tenths of the worlds</li>
        )}
        <li class="key-matters">smaller than matters</li>
      </ul>
    </Figure>
  );
}

/** The points of a sweep as a table: what is varied, then what is known. */
export function sweepTable({ design, points }: Swept, unit: string, caption: string): Rows {
  const places = digits(...points.map(({ mean }) => mean));
  return {
    caption: `${caption}: paired difference in ${unit}`,
    head: [...design.varied.map(({ thing }) => thing.label), "mean", "luck from", "to", "worlds from", "to", "verdict"],
    rows: points.map(({ values, mean, low, high, setsLow, setsHigh, verdict }) => [
      ...values.map(String),
      ...[mean, low, high, setsLow, setsHigh].map((value) => withSign(value, places)),
      verdict,
    ]),
  };
}

function picture(kind: Kind, { design, points }: Swept, width: number) {
  const thing = design.varied[0]?.thing as Thing;
  const rows = points.map((point) => ({ ...point, x: point.values[0] ?? NaN }));
  const matters = points[0]?.matters ?? 0;
  const turns = turnsOf({ design, points, replicates: 0 });
  const luck = [
    Plot.lineY(rows, { x: "x", y: "mean", stroke: INK, strokeWidth: 2 }),
    Plot.ruleX(rows, { x: "x", y1: "low", y2: "high", stroke: LUCK, strokeWidth: 4 }),
    Plot.dot(rows, { x: "x", y: "mean", r: 4, fill: "#fff", stroke: INK, strokeWidth: 1.8 }),
    Plot.ruleX(turns, { stroke: INK, strokeDasharray: "2 3" }),
  ];
  const sets = [
    Plot.areaY(rows, { x: "x", y1: "setsLow", y2: "setsHigh", fill: SETS, fillOpacity: 0.14 }),
    Plot.lineY(rows, { x: "x", y: "setsLow", stroke: SETS, strokeDasharray: "6 3", strokeWidth: 1.6 }),
    Plot.lineY(rows, { x: "x", y: "setsHigh", stroke: SETS, strokeDasharray: "6 3", strokeWidth: 1.6 }),
    Plot.lineY(rows, { x: "x", y: "mean", stroke: INK, strokeWidth: 2 }),
  ];
  return Plot.plot({
    width,
    height: 280,
    marginLeft: 48,
    marginRight: 14,
    marginTop: 22,
    marginBottom: 38,
    style: { fontSize: "12px", background: "transparent" },
    x: { label: thing.unit, labelOffset: 34, ticks: width < 420 ? 4 : 7, nice: false },
    y: { label: "difference", grid: true, nice: true, tickFormat: (value: number) => withSign(value) },
    marks: [
      Plot.rectY([0], {
        x1: Math.min(...rows.map(({ x }) => x)),
        x2: Math.max(...rows.map(({ x }) => x)),
        y1: -matters,
        y2: matters,
        fill: GRID,
        fillOpacity: 0.6,
      }),
      Plot.ruleY([0], { stroke: GREY }),
      ...(kind === "luck" ? luck : sets),
    ],
  });
}
