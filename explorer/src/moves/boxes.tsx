/** Boxes of a discovery: in which worlds a regime loses, with the limits of each and how much it holds. */

import * as Plot from "@observablehq/plot";
import { useCallback } from "preact/hooks";

import { GREY, INK, SETS } from "../charts/colours.js";
import { Figure } from "../charts/figure.js";
import type { ExplorerData } from "../engine/data.js";
import { asWords, parityWords } from "../text/names.js";
import { digits, listing, percent, plain } from "../text/numbers.js";
import { numberWords } from "./indices.js";
import { isTrue, numberIn, type Row } from "./tables.js";

interface BoxesProps {
  readonly data: ExplorerData;
  readonly boxes: readonly Row[];
  readonly limits: readonly Row[];
}

export function Boxes({ data, boxes, limits }: BoxesProps) {
  return (
    <>
      {boxes.map((box) => {
        const own = limits.filter((limit) => limit["box"] === box["box"]);
        return isTrue(box, "better_than_none") && own.length > 0 ? (
          <Box data={data} box={box} limits={own} />
        ) : (
          <NoBox data={data} box={box} limits={own} />
        );
      })}
    </>
  );
}

function Box({ data, box, limits }: { data: ExplorerData; box: Row; limits: readonly Row[] }) {
  const draw = useCallback((width: number) => picture(data, limits, width), [data, limits]);
  const share = (column: string): string => percent(numberIn(box, column));
  const where = listing(
    limits.map((limit) => `${numberWords(data, limit["number"] ?? "").toLowerCase()} is ${between(limit)}`),
  );
  return (
    <Figure
      name={`box-${box["box"] ?? ""}`}
      title={`Box ${box["box"] ?? ""}: where ${pairWords(data, box)}`}
      sentence={`Where ${where}. There it does worse in ${share("density")} of the replicates (the density), against ${share("base")} in all worlds; the box holds ${share("mass")} of the worlds and ${share("coverage")} of all losses (the coverage). Counted in worlds that the box was not found in.`}
      draw={draw}
      table={{
        caption: "Limits of the box",
        head: ["Number", "unit", "from", "band", "to", "band", "limited in so many samples"],
        rows: limits.map((limit) => [
          numberWords(data, limit["number"] ?? ""),
          limit["unit"] ?? "",
          ...endCells(limit, "low"),
          ...endCells(limit, "high"),
          percent(numberIn(limit, "reproduced")),
        ]),
      }}
    />
  );
}

function NoBox({ data, box, limits }: { data: ExplorerData; box: Row; limits: readonly Row[] }) {
  const better = isTrue(box, "better_than_none");
  return (
    <p class="small">
      {better && limits.length === 0
        ? `Box ${box["box"] ?? ""}, where ${pairWords(data, box)}: its limits are in limits.csv, which is still to be dropped.`
        : `No box is better than none: in which worlds ${pairWords(data, box)} cannot be told.`}
    </p>
  );
}

function pairWords(data: ExplorerData, box: Row): string {
  const words = (name: string): string => data.regimes.find((one) => one.name === name)?.words ?? asWords(name);
  return `${words(box["regime"] ?? "")} loses to ${words(box["baseline"] ?? "")}, at ${parityWords(box["parity"] ?? "")}`;
}

function between(limit: Row): string {
  const [low, high] = [endWords(limit, "low"), endWords(limit, "high")];
  const unit = limit["unit"] ?? "";
  return `${low && high ? `between ${low} and ${high}` : low ? `at least ${low}` : `at most ${high}`} ${unit}`;
}

function endWords(limit: Row, end: "low" | "high"): string {
  const value = numberIn(limit, end);
  return Number.isFinite(value) ? plain(value, placesOf(limit)) : "";
}

function endCells(limit: Row, end: "low" | "high"): [string, string] {
  const [from, to] = ["5", "95"].map((quantile) => plain(numberIn(limit, `${end}_${quantile}`), placesOf(limit)));
  return endWords(limit, end) === "" ? ["no limit", ""] : [endWords(limit, end), `${from ?? ""} to ${to ?? ""}`];
}

function placesOf(limit: Row): number {
  return digits(numberIn(limit, "most") - numberIn(limit, "least"));
}

/** Each limited number as a line from the least to the most that was run, with the box on it and the bands of its ends. */
function picture(data: ExplorerData, limits: readonly Row[], width: number) {
  const rows = limits.map((limit, y) => {
    const [least, most] = [numberIn(limit, "least"), numberIn(limit, "most")];
    const place = (column: string, usual: number): number => {
      const value = numberIn(limit, column);
      return Number.isFinite(value) ? (value - least) / (most - least) : usual;
    };
    return {
      y, low: place("low", 0), high: place("high", 1),
      ends: (["low", "high"] as const).flatMap((end) => (endWords(limit, end) === "" ? [] : [{ y, from: place(`${end}_5`, NaN), to: place(`${end}_95`, NaN), at: place(end, NaN), text: endWords(limit, end) }])),
      label: `${numberWords(data, limit["number"] ?? "")} (${limit["unit"] ?? ""})`, least: plain(least, placesOf(limit)), most: plain(most, placesOf(limit)),
    };
  }); // prettier-ignore
  const ends = rows.flatMap((row) => row.ends);
  return Plot.plot({
    width,
    height: rows.length * 62 + 20,
    marginLeft: 12,
    marginRight: 20,
    marginTop: 6,
    style: { fontSize: "12px", background: "transparent", overflow: "visible" },
    x: { axis: null, domain: [0, 1] },
    y: { axis: null, domain: [-0.7, rows.length - 0.3], reverse: true },
    marks: [
      Plot.link(rows, { x1: 0, x2: 1, y1: "y", y2: "y", stroke: GREY, strokeWidth: 2 }),
      Plot.link(rows, { x1: "low", x2: "high", y1: "y", y2: "y", stroke: SETS, strokeWidth: 9, strokeLinecap: "butt" }),
      Plot.link(ends, { x1: "from", x2: "to", y1: "y", y2: "y", stroke: INK, strokeWidth: 2 }),
      Plot.dot(ends, { x: "at", y: "y", r: 4, fill: "#fff", stroke: INK, strokeWidth: 1.8 }),
      Plot.text(ends, { x: "at", y: "y", text: "text", dy: 16, fontWeight: 600 }),
      Plot.text(rows, { x: 0, y: "y", text: "label", textAnchor: "start", dy: -18, fill: INK }),
      Plot.text(rows, { x: 0, y: "y", text: "least", textAnchor: "start", dy: 16, fill: GREY }),
      Plot.text(rows, { x: 1, y: "y", text: "most", textAnchor: "end", dy: 16, fill: GREY }),
    ],
  });
}
