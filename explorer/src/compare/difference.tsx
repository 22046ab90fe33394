/** The picture of the differences: luck's interval of the mean, and how far the worlds lie apart, never in one band. */

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";

import { GRID, INK, LUCK, SETS } from "../charts/colours.js";
import { Figure, type Rows } from "../charts/figure.js";
import { spreadMarks } from "../charts/spreads.js";
import { digits, plain, shareWords, withSign } from "../text/numbers.js";
import type { Findings, Pair } from "./findings.js";
import { unitWords } from "./words.js";

const NORMAL_95 = 1.96;
/** Pixels: height of a regime's row, and of a world's dot. */
const ROW = 112;
const DOT = 5;
/** Where in a row, of its height, its parts stand. */
const AT = { title: 0.1, worlds: 0.7, range: 0.76, luck: 0.9 } as const;

export function Difference({ findings }: { findings: Findings }) {
  const draw = useCallback((width: number) => picture(findings, width), [findings]);
  const { reference, pairs, measure } = findings;
  const told = pairs.filter(({ effect }) => Number.isFinite(effect.low)).map(toldOf);
  return (
    <Figure
      name="difference"
      title={`The difference from ${reference.words}`}
      sentence={`In ${unitWords(measure)}. ${told.join(" ")}`}
      draw={draw}
      table={tableOf(findings)}
    >
      <ul class="key">
        <li class="key-luck">mean with its 95% interval, from luck and the draw: more runs shrink it</li>
        <li class="key-sets">a dot a world, nine tenths within the line: only evidence shrinks it</li>
        <li class="key-matters">smaller than matters</li>
      </ul>
    </Figure>
  );
}

function toldOf({ title, effect }: Pair): string {
  const places = digits(effect.difference, effect.low, effect.high);
  const [mean, low, high] = [effect.difference, effect.low, effect.high].map((one) => withSign(one, places));
  return `${title}: ${mean ?? ""} on average, and ${low ?? ""} to ${high ?? ""} over nine tenths of the worlds.`;
}

function picture(findings: Findings, width: number): SVGSVGElement | HTMLElement {
  const { pairs, measure } = findings;
  const bars = pairs.map(barOf);
  const matters = pairs[0]?.effect.matters ?? 0;
  const [low, high] = reachOf(bars, pairs, matters);
  const dots = pairs.flatMap((pair, row) => pileOf(pair, row, (high - low) / (width / DOT)));
  const [left, right] =
    measure.better === "lower"
      ? ["← better", "worse →"]
      : measure.better === "higher"
        ? ["← worse", "better →"]
        : ["← less", "more →"];
  return Plot.plot({
    width,
    height: pairs.length * ROW + 58,
    marginLeft: 14,
    marginRight: 14,
    marginTop: 18,
    marginBottom: 40,
    style: { fontSize: "12px", background: "transparent", overflow: "visible" },
    x: {
      domain: [low, high],
      label: null,
      ticks: width < 500 ? 5 : 9,
      tickFormat: (one: number) => withSign(one, digits(low, high)),
    },
    y: { axis: null, domain: [0, pairs.length], reverse: true },
    marks: [
      Plot.rect([0], { x1: -matters, x2: matters, y1: 0, y2: pairs.length, fill: GRID }),
      Plot.ruleX([0], { stroke: INK, strokeWidth: 1.2 }),
      Plot.dot(dots, { x: "x", y: "y", r: DOT / 2, fill: SETS, fillOpacity: 0.75 }),
      ...spreadMarks(bars),
      Plot.dot(bars, { x: "mean", y: "luck", r: 5.5, fill: "#fff", stroke: LUCK, strokeWidth: 2.5 }),
      Plot.text(bars, {
        x: () => low,
        y: "top",
        text: "title",
        textAnchor: "start",
        fontWeight: 600,
        fontSize: 13,
        fill: INK,
        stroke: "#fff",
        strokeWidth: 4,
      }),
      Plot.text([left], { frameAnchor: "bottom-left", dy: 36, text: [left], textAnchor: "start", fill: INK }),
      Plot.text([right], { frameAnchor: "bottom-right", dy: 36, text: [right], textAnchor: "end", fill: INK }),
      Plot.text([0], { frameAnchor: "bottom", dy: 36, text: [width < 500 ? "" : unitWords(measure)], fill: INK }),
    ],
  });
}

function barOf({ title, effect }: Pair, row: number) {
  const half = NORMAL_95 * effect.error;
  const { difference: mean, low, high } = effect;
  return {
    title,
    mean,
    low,
    high,
    luckLow: mean - half,
    luckHigh: mean + half,
    top: row + AT.title,
    range: row + AT.range,
    luck: row + AT.luck,
  };
}

/** From where to where the scale goes: all worlds and bars, and what matters. */
function reachOf(bars: readonly ReturnType<typeof barOf>[], pairs: readonly Pair[], matters: number): [number, number] {
  const ends = bars.flatMap(({ luckLow, luckHigh }) => [luckLow, luckHigh]);
  const worlds = pairs.flatMap(({ effect }) => Array.from(effect.spread.values));
  const all = [...ends, ...worlds, -1.3 * matters, 1.3 * matters].filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const air = (high - low) * 0.03;
  return [low - air, high + air];
}

/** The worlds of a pair as dots, piled up where they would lie on each other; a world drawn twice is two dots. */
function pileOf({ effect }: Pair, row: number, bin: number) {
  const heights = new Map<number, number>();
  const { values, weights } = effect.spread;
  const places = Array.from(values).flatMap((x, world) => new Array<number>(weights[world] ?? 1).fill(x));
  const placed = places.map((x) => {
    const column = Math.round(x / bin);
    const height = heights.get(column) ?? 0;
    heights.set(column, height + 1);
    return { x: column * bin, height };
  });
  const tallest = Math.max(1, ...heights.values());
  const step = Math.min(DOT / ROW, (AT.worlds - AT.title - 0.1) / tallest);
  return placed.map(({ x, height }) => ({ x, y: row + AT.worlds - height * step }));
}

function tableOf({ pairs, reference, measure }: Findings): Rows {
  const head = [
    "Regime",
    "verdict",
    "worlds in which it does better",
    "mean difference",
    "standard error",
    "5% of worlds below",
    "95% below",
    "what matters",
  ];
  const rows = pairs.map(({ title, effect }) => [
    title,
    effect.verdict,
    shareWords(effect.share),
    withSign(effect.difference),
    plain(effect.error),
    withSign(effect.low),
    withSign(effect.high),
    plain(effect.matters),
  ]);
  return { caption: `Difference from ${reference.words} in ${unitWords(measure)}`, head, rows };
}
