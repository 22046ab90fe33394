/** Bars of a sensitivity study: which numbers decide, each with its interval, or that it cannot be told. */

import * as Plot from "@observablehq/plot";
import { useCallback, useState } from "preact/hooks";

import { Choice } from "../app/choice.js";
import { GREY, INK, SETS } from "../charts/colours.js";
import { Figure } from "../charts/figure.js";
import type { ExplorerData } from "../engine/data.js";
import { asWords } from "../text/names.js";
import { percent, plain, sentence } from "../text/numbers.js";
import { isTrue, measureOfRow, numberIn, type Row } from "./tables.js";

export const NOT_TOLD = "cannot be told";
const LONGEST = 44;

interface Bar {
  readonly label: string;
  readonly first: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly told: boolean;
}

export function Indices({ data, rows }: { data: ExplorerData; rows: readonly Row[] }) {
  const measures = new Map(rows.map((row) => [measureOfRow(row), measureWords(data, row)]));
  const [wanted, choose] = useState("");
  const measure = measures.has(wanted) ? wanted : ([...measures.keys()][0] ?? "");
  const own = rows.filter((row) => measureOfRow(row) === measure);
  const bars = own
    .map((row) => barOf(data, row))
    .sort((one, other) => Number(other.told) - Number(one.told) || other.value - one.value);
  const draw = useCallback((width: number) => picture(bars, width), [rows, measure]);
  const told = bars.filter((bar) => bar.told);
  const luck = numberIn(own[0] ?? {}, "luck");
  const most = told[0];
  return (
    <>
      {measures.size > 1 && (
        <Choice name="indices-of" label="Indices of" value={measure} choices={[...measures]} choose={choose} />
      )}
      <Figure
        name="indices"
        title={`Which numbers decide: ${measures.get(measure) ?? ""}`}
        sentence={`Total Sobol indices with 95% intervals: the share of what is not luck that would be left if all other numbers were known. ${most ? `The largest is ${plain(most.value, 2)}, of ${most.label}.` : "None can be told."} ${bars.length - told.length} of ${bars.length} ${NOT_TOLD}. Of a single run, luck is ${percent(luck)} of the variance.`}
        draw={draw}
        table={{
          caption: "Sobol indices",
          head: ["Number", "first index", "total index", "from", "to"],
          rows: bars.map((bar) => [
            bar.label,
            bar.first,
            ...(bar.told ? [bar.value, bar.low, bar.high].map((value) => plain(value, 2)) : [NOT_TOLD, "", ""]),
          ]),
        }}
      />
    </>
  );
}

/** What an uncertain number is, in words. */
export function numberWords(data: ExplorerData, name: string): string {
  const info = data.parameters.find((one) => one.name === name);
  if (info !== undefined) return sentence(info.meaning);
  const lever = /^(receiver|giver)_quantile$/.exec(name)?.[1];
  return lever === undefined ? sentence(asWords(name)) : `Days per ${lever}, as a place in each regime’s range`;
}

function barOf(data: ExplorerData, row: Row): Bar {
  const told = isTrue(row, "total_told");
  const first = isTrue(row, "first_told") ? plain(numberIn(row, "first"), 2) : NOT_TOLD;
  const [value, low, high] = ["total", "total_low", "total_high"].map((column) => numberIn(row, column)) as [
    number,
    number,
    number,
  ];
  return { label: numberWords(data, row["name"] ?? ""), first, value, low, high, told };
}

function measureWords(data: ExplorerData, row: Row): string {
  const title = (name: string): string => data.regimes.find((one) => one.name === name)?.title ?? asWords(name);
  const [regime = "", baseline = "", outcome = ""] = ["regime", "baseline", "outcome"].map((column) => row[column]);
  const pair = baseline === "" ? title(regime) : `${title(regime)} against ${title(baseline)}`;
  return `${asWords(row["of"] ?? "")} ${asWords(outcome)}, ${pair}`.trim();
}

function picture(bars: readonly Bar[], width: number) {
  const narrow = width < 520;
  const short = ({ label }: Bar): string => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label);
  const rows = bars.map((bar, place) => ({ ...bar, y: place, text: short(bar) }));
  const told = rows.filter((bar) => bar.told);
  return Plot.plot({
    width,
    height: rows.length * (narrow ? 40 : 26) + 58,
    marginLeft: narrow ? 12 : 300,
    marginRight: 20,
    marginTop: 10,
    marginBottom: 40,
    style: { fontSize: "12px", background: "transparent", overflow: "visible" },
    x: {
      label: "total index",
      labelOffset: 34,
      domain: [0, Math.max(1, ...told.map(({ high }) => high))],
      grid: true,
      ticks: 5,
    },
    y: { axis: null, domain: [-0.6, rows.length - 0.4], reverse: true },
    marks: [
      Plot.rect(told, {
        x1: 0,
        x2: "value",
        y1: (bar: { y: number }) => bar.y - 0.2,
        y2: (bar: { y: number }) => bar.y + 0.3,
        fill: SETS,
        fillOpacity: 0.7,
      }),
      Plot.link(told, { x1: "low", x2: "high", y1: "y", y2: "y", stroke: INK, strokeWidth: 2 }),
      Plot.text(
        rows.filter((bar) => !bar.told),
        { x: 0, y: "y", text: () => NOT_TOLD, textAnchor: "start", dx: 4, fill: GREY, fontStyle: "italic" },
      ),
      Plot.text(
        rows,
        narrow
          ? { x: 0, y: "y", text: "text", textAnchor: "start", dy: -14, fill: INK }
          : { x: 0, y: "y", text: "text", textAnchor: "end", dx: -8, fill: INK },
      ),
    ],
  });
}
