/** A path of several regimes in one picture: the spread of luck, or that of what is not known. */

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";

import { INK, strokeOf } from "../charts/colours.js";
import { Figure, type Rows } from "../charts/figure.js";
import type { MonthSpread } from "../statistics/spreads.js";
import { monthAfter, monthWords } from "../text/names.js";
import { plain, sentence as capital } from "../text/numbers.js";

const LAST = 4;

export interface Fan {
  readonly title: string;
  readonly place: number;
  readonly months: readonly MonthSpread[];
}

interface FanFigureProps {
  readonly kind: "luck" | "sets";
  readonly title: string;
  readonly name: string;
  readonly unit: string;
  readonly fans: readonly Fan[];
  readonly start: string;
}

export function FanFigure({ kind, title, name, unit, fans, start }: FanFigureProps) {
  const draw = useCallback((width: number) => picture(kind, fans, unit, start, width), [kind, fans, unit, start]);
  const last = (fan: Fan): MonthSpread | undefined => fan.months.at(-1);
  const told = fans.map((fan) => {
    const end = last(fan);
    const [low = NaN, , , , high = NaN] = end?.[kind] ?? [];
    return `${fan.title}: ${plain(end?.mean ?? NaN)}, nine tenths from ${plain(low)} to ${plain(high)}.`;
  });
  return (
    <Figure
      name={`path-${kind}`}
      title={title}
      sentence={`${capital(name)}, in ${unit}, in the last month. ${told.join(" ")}`}
      draw={draw}
      table={tableOf(kind, fans, start)}
    />
  );
}

function picture(kind: "luck" | "sets", fans: readonly Fan[], unit: string, start: string, width: number) {
  const rows = fans.flatMap(({ title, place, months }) =>
    months.map((one) => ({
      title,
      place,
      date: dateOf(start, one.month),
      mean: one.mean,
      low: one[kind][0],
      high: one[kind][LAST],
    })),
  );
  const strokes = fans.map(({ place }) => strokeOf(place));
  return Plot.plot({
    width,
    height: 260,
    marginLeft: 46,
    marginRight: 12,
    marginTop: 22,
    style: { fontSize: "12px", background: "transparent" },
    x: { label: null, type: "utc", ticks: width < 420 ? 4 : 6 },
    y: { label: unit, grid: true, nice: true },
    marks: fans.flatMap(({ title }, k) => {
      const mine = rows.filter((row) => row.title === title);
      const { colour, dash } = strokes[k] ?? { colour: INK, dash: "" };
      return [
        Plot.areaY(mine, {
          x: "date",
          y1: "low",
          y2: "high",
          fill: colour,
          fillOpacity: fans.length > 2 ? 0.05 : 0.12,
        }),
        Plot.lineY(mine, { x: "date", y: "low", stroke: colour, strokeWidth: 0.7, strokeDasharray: dash }),
        Plot.lineY(mine, { x: "date", y: "high", stroke: colour, strokeWidth: 0.7, strokeDasharray: dash }),
        Plot.lineY(mine, { x: "date", y: "mean", stroke: colour, strokeWidth: 2.2, strokeDasharray: dash }),
      ];
    }),
  });
}

function dateOf(start: string, month: number): Date {
  return new Date(`${monthAfter(start, month)}-01T00:00:00Z`);
}

/** Once a year: a table of every month would hide what it says. */
function tableOf(kind: "luck" | "sets", fans: readonly Fan[], start: string): Rows {
  const head = ["Month", ...fans.flatMap(({ title }) => [`${title}: mean`, "5%", "95%"])];
  const months = (fans[0]?.months ?? []).filter(
    ({ month }, place, all) => month % 12 === 11 || place === all.length - 1,
  );
  const rows = months.map(({ month }) => [
    monthWords(monthAfter(start, month)),
    ...fans.flatMap((fan) => {
      const one = fan.months[month];
      return [plain(one?.mean ?? NaN), plain(one?.[kind][0] ?? NaN), plain(one?.[kind][LAST] ?? NaN)];
    }),
  ]);
  return { caption: kind === "luck" ? "Single runs round the mean of all worlds" : "Means of the worlds", head, rows };
}
