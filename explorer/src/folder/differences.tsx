/** The differences of a finished comparison: the interval of the mean, and how far the worlds lie apart. */

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";

import { GRID, INK, LUCK } from "../charts/colours.js";
import { Figure } from "../charts/figure.js";
import { spreadMarks } from "../charts/spreads.js";
import { digits, withSign } from "../text/numbers.js";
import { numberIn, type Row } from "./results.js";

const NORMAL_95 = 1.96;
const ROW = 46;

interface DifferenceRowsProps {
  readonly rows: readonly Row[];
  readonly title: (name: unknown) => string;
  readonly what: string;
  readonly baseline: string;
}

export function DifferenceRows({ rows, title, what, baseline }: DifferenceRowsProps) {
  const bars = rows
    .filter((row) => Number.isFinite(numberIn(row, "difference")))
    .map((row, place) => barOf(row, title(row["regime"]), place));
  const draw = useCallback((width: number) => picture(bars, numberIn(rows[0] ?? {}, "matters"), width), [rows]);
  if (bars.length === 0) return null;
  const told = bars.map(
    ({ name, mean, low, high }) => `${name}: ${withSign(mean)}, worlds from ${withSign(low)} to ${withSign(high)}.`,
  );
  return (
    <Figure
      name="differences"
      title={`The difference from ${baseline}`}
      sentence={`In ${what}. ${told.join(" ")}`}
      draw={draw}
      table={{
        caption: `Difference from ${baseline} in ${what}`,
        head: ["Regime", "mean", "95% interval", "5% of worlds below", "95% below"],
        rows: bars.map((bar) => [
          bar.name,
          withSign(bar.mean),
          `${withSign(bar.luckLow)} to ${withSign(bar.luckHigh)}`,
          withSign(bar.low),
          withSign(bar.high),
        ]),
      }}
    >
      <ul class="key">
        <li class="key-luck">mean with its 95% interval: more runs shrink it</li>
        <li class="key-sets">dashed line: nine tenths of the worlds; only evidence shrinks it</li>
        <li class="key-matters">smaller than matters</li>
      </ul>
    </Figure>
  );
}

function barOf(row: Row, name: string, place: number) {
  const mean = numberIn(row, "difference");
  const half = NORMAL_95 * numberIn(row, "difference_error");
  return {
    name,
    mean,
    luckLow: mean - half,
    luckHigh: mean + half,
    low: numberIn(row, "worlds_low"),
    high: numberIn(row, "worlds_high"),
    label: place + 0.28,
    luck: place + 0.58,
    range: place + 0.78,
  };
}

function picture(bars: readonly ReturnType<typeof barOf>[], matters: number, width: number) {
  const all = [
    ...bars.flatMap((bar) => [bar.luckLow, bar.luckHigh, bar.low, bar.high, bar.mean]),
    -1.2 * matters,
    1.2 * matters,
  ];
  const reach = all.filter(Number.isFinite);
  const [low, high] = [Math.min(...reach), Math.max(...reach)];
  return Plot.plot({
    width,
    height: bars.length * ROW + 50,
    marginLeft: 14,
    marginRight: 14,
    style: { fontSize: "12px", background: "transparent" },
    x: {
      domain: [low, high],
      nice: true,
      label: null,
      ticks: width < 500 ? 5 : 9,
      tickFormat: (one: number) => withSign(one, digits(low, high)),
    },
    y: { axis: null, domain: [0, bars.length], reverse: true },
    marks: [
      Plot.rect([0], { x1: -matters, x2: matters, y1: 0, y2: bars.length, fill: GRID }),
      Plot.ruleX([0], { stroke: INK, strokeWidth: 1.2 }),
      ...spreadMarks(bars),
      Plot.dot(bars, { x: "mean", y: "luck", r: 5, fill: "#fff", stroke: LUCK, strokeWidth: 2.5 }),
      Plot.text(bars, {
        x: () => low,
        y: "label",
        text: "name",
        textAnchor: "start",
        fontWeight: 600,
        fill: INK,
        stroke: "#fff",
        strokeWidth: 4,
      }),
    ],
  });
}
