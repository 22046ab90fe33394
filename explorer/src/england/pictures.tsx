/** Pictures of a council's story: what happened when, and one number against its range over luck. */

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";

import { GREY, INK, LUCK } from "../charts/colours.js";
import { Figure, type Rows } from "../charts/figure.js";
import { plainQuantiles } from "../statistics/quantiles.js";
import { asWords, monthAfter, monthWords } from "../text/names.js";
import { digits, plain } from "../text/numbers.js";
import { gradeSpells, supportSpells, tenures, type Spell } from "./events.js";
import type { Others, Ranged, Scene } from "./scene.js";
import { gradeFill, gradeMark } from "./shades.js";

const ROWS = ["Grade", "Director", "Receives", "Gives"] as const;
const TINTS = ["#C9D9E6", "#E9EEF3"] as const;

interface Bar extends Spell {
  readonly row: (typeof ROWS)[number];
  readonly fill: string;
  readonly mark: string;
  readonly ink: string;
  readonly words: string;
}

export function LifeFigure({ scene, council, grades }: { scene: Scene; council: number; grades: readonly string[] }) {
  const bars = barsOf(scene, council, grades);
  const draw = useCallback((width: number) => life(scene, bars, width), [scene, council]);
  const { start } = scene.setting;
  const count = (row: Bar["row"]): number => bars.filter((bar) => bar.row === row).length;
  return (
    <Figure
      name="life"
      title="Grade, director and support"
      sentence={`Letters are grades (I inadequate, R requires improvement, G good, O outstanding); a bar a director, × an interim or nobody. ${spells(count("Director"))} in charge, ${spells(count("Receives"))} of receiving and ${spells(count("Gives"))} of giving support.`}
      draw={draw}
      table={{
        caption: "Spells",
        head: ["What", "which", "from", "to"],
        rows: bars.map((bar) => [
          bar.row,
          bar.words,
          ...[bar.first, bar.last].map((month) => monthWords(monthAfter(start, month))),
        ]),
      }}
    />
  );
}

/** How many councils hold each grade, month by month, with the month that is shown. */
export function NationFigure({ scene, month, grades }: { scene: Scene; month: number; grades: readonly string[] }) {
  const draw = useCallback((width: number) => nation(scene, month, grades, width), [scene, month]);
  const { start, months } = scene.setting;
  const counts = (at: number): number[] => {
    const held = Array.from(scene.run.months[at]?.councils["grade"] ?? []);
    return grades.map((_, grade) => held.filter((one) => one === grade).length);
  };
  const yearly = Array.from({ length: months }, (_, at) => at).filter((at) => at % 12 === 11 || at === months - 1);
  const [first = 0, last = 0] = [counts(0)[0], counts(months - 1)[0]];
  return (
    <Figure
      name="grades"
      title="Councils by grade in this run"
      sentence={`Inadequate: ${first} in the first month, ${last} in the last. The line is the month that the map shows.`}
      draw={draw}
      table={{
        caption: "Councils by grade",
        head: ["Month", ...grades.map(asWords)],
        rows: yearly.map((at) => [monthWords(monthAfter(start, at)), ...counts(at).map(String)]),
      }}
    />
  );
}

interface RangeProps {
  readonly scene: Scene;
  readonly others: Others;
  readonly council: number;
  readonly ranged: Ranged;
  readonly title: string;
  readonly unit: string;
}

export function RangeFigure({ scene, others, council, ranged, title, unit }: RangeProps) {
  const months = rangeOf(scene, others, council, ranged);
  const draw = useCallback((width: number) => range(scene, months, unit, width), [scene, others, council, ranged]);
  const end = months.at(-1);
  const places = digits(end?.low ?? NaN, end?.high ?? NaN);
  return (
    <Figure
      name={`story-${ranged}`}
      title={title}
      sentence={`The line is this run; nine tenths of ${others.replicates} runs that differ by luck alone lie in the band. At the end ${plain(end?.own ?? NaN, places)} ${unit}, band ${plain(end?.low ?? NaN, places)} to ${plain(end?.high ?? NaN, places)}.`}
      draw={draw}
      table={rangeTable(scene, months, title)}
    />
  );
}

function spells(count: number): string {
  return count === 1 ? "one spell" : `${count} spells`;
}

function barsOf(scene: Scene, council: number, grades: readonly string[]): Bar[] {
  return [
    ...gradeSpells(scene, council).map(({ grade, ...spell }): Bar => ({
      ...spell, row: "Grade", fill: gradeFill(grade), mark: gradeMark(grade), ink: grade === 3 ? "#fff" : INK,
      words: asWords(grades[grade] ?? ""),
    })),
    ...tenures(scene, council).map(({ seat, ...spell }, k): Bar => ({
      ...spell, row: "Director", fill: seat < 0 ? "#fff" : (TINTS[k % 2] ?? ""), mark: seat < 0 ? "×" : "", ink: INK,
      words: seat >= 0 ? "a director" : seat === -1 ? "an interim" : "nobody yet",
    })),
    ...supportSpells(scene, council).map(({ way, days, first, last }): Bar => ({
      first, last, row: way === "gives" ? "Gives" : "Receives", fill: way === "gives" ? "#7FB89F" : "#CFA2BD", mark: "", ink: INK,
      words: `${plain(days, 1)} days a month`,
    })),
  ]; // prettier-ignore
}

function life({ setting }: Scene, bars: readonly Bar[], width: number) {
  const dated = bars.map((bar) => ({
    ...bar,
    from: dateOf(setting.start, bar.first),
    to: dateOf(setting.start, bar.last + 1),
  }));
  const wide = (bar: Bar): boolean => ((bar.last - bar.first + 1) / setting.months) * width > 16;
  return Plot.plot({
    width,
    height: 172,
    marginLeft: 66,
    marginRight: 10,
    marginTop: 6,
    style: { fontSize: "12px", background: "transparent" },
    x: {
      label: null,
      type: "utc",
      ticks: width < 420 ? 4 : 6,
      domain: [dateOf(setting.start, 0), dateOf(setting.start, setting.months)],
    },
    y: { label: null, domain: [...ROWS], padding: 0.25, tickSize: 0 },
    marks: [
      Plot.barX(dated, { y: "row", x1: "from", x2: "to", fill: "fill", stroke: GREY, strokeWidth: 0.6 }),
      Plot.text(dated.filter(wide), {
        y: "row",
        x: (bar: { from: Date; to: Date }) => (Number(bar.from) + Number(bar.to)) / 2,
        text: "mark",
        fill: "ink",
        fontWeight: 600,
      }),
    ],
  });
}

function nation({ setting, run }: Scene, shown: number, grades: readonly string[], width: number) {
  const rows = run.months.flatMap(({ month, councils }) => {
    const held = Array.from(councils["grade"] ?? []);
    return grades.map((_, grade) => ({
      date: dateOf(setting.start, month),
      grade,
      count: held.filter((one) => one === grade).length,
    }));
  });
  const ends = rows.slice(-grades.length);
  const middles = ends.map(({ grade, count }) => ({
    grade,
    at: count / 2 + ends.slice(0, grade).reduce((sum, one) => sum + one.count, 0),
  }));
  return Plot.plot({
    width,
    height: 300,
    marginLeft: 36,
    marginRight: 24,
    marginTop: 8,
    style: { fontSize: "12px", background: "transparent", overflow: "visible" },
    x: { label: null, type: "utc", ticks: width < 420 ? 4 : 6 },
    y: { label: null },
    marks: [
      Plot.areaY(rows, {
        x: "date",
        y: "count",
        z: "grade",
        order: "grade",
        fill: ({ grade }: { grade: number }) => gradeFill(grade),
      }),
      Plot.text(middles, {
        x: () => dateOf(setting.start, setting.months - 1),
        y: "at",
        dx: 12,
        text: ({ grade }: { grade: number }) => gradeMark(grade),
        fontWeight: 600,
      }),
      Plot.ruleX([dateOf(setting.start, shown)], { stroke: INK, strokeWidth: 2 }),
    ],
  });
}

interface MonthRange {
  readonly month: number;
  readonly own: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

function rangeOf({ run }: Scene, others: Others, council: number, ranged: Ranged): MonthRange[] {
  return run.months.map(({ month, councils }) => {
    const size = councils[ranged]?.length ?? 0;
    const all = others.months[ranged].map((values) => values[month * size + council] ?? NaN);
    const [low = NaN, middle = NaN, high = NaN] = plainQuantiles(all, [0.05, 0.5, 0.95]);
    return { month, own: councils[ranged]?.[council] ?? NaN, low, middle, high };
  });
}

function range({ setting }: Scene, months: readonly MonthRange[], unit: string, width: number) {
  const rows = months.map((one) => ({ ...one, date: dateOf(setting.start, one.month) }));
  return Plot.plot({
    width,
    height: 170,
    marginLeft: 46,
    marginRight: 10,
    marginTop: 20,
    style: { fontSize: "12px", background: "transparent" },
    x: { label: null, type: "utc", ticks: width < 420 ? 4 : 6 },
    y: { label: unit, grid: true, nice: true, ticks: 4 },
    marks: [
      Plot.areaY(rows, { x: "date", y1: "low", y2: "high", fill: LUCK, fillOpacity: 0.18 }),
      Plot.lineY(rows, { x: "date", y: "middle", stroke: LUCK, strokeWidth: 1.2, strokeDasharray: "5 3" }),
      Plot.lineY(rows, { x: "date", y: "own", stroke: INK, strokeWidth: 2 }),
    ],
  });
}

function rangeTable({ setting }: Scene, months: readonly MonthRange[], title: string): Rows {
  const yearly = months.filter(({ month }) => month % 12 === 11 || month === months.length - 1);
  const places = digits(...yearly.flatMap(({ low, high }) => [low, high]));
  return {
    caption: title,
    head: ["Month", "this run", "5%", "middle", "95%"],
    rows: yearly.map(({ month, own, low, middle, high }) => [
      monthWords(monthAfter(setting.start, month)),
      ...[own, low, middle, high].map((value) => plain(value, places)),
    ]),
  };
}

function dateOf(start: string, month: number): Date {
  return new Date(`${monthAfter(start, month)}-01T00:00:00Z`);
}
