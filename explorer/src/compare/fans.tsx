/** A path of every regime, with luck and what is not known in pictures of their own. */

import * as Plot from "@observablehq/plot";
import { useCallback, useMemo, useState } from "preact/hooks";

import { INK, strokeOf } from "../charts/colours.js";
import { Figure, type Rows } from "../charts/figure.js";
import { Strokes } from "../charts/strokes.js";
import { arranged } from "../app/deploy.js";
import type { Store } from "../app/store.js";
import { spreads, type MonthSpread } from "../statistics/spreads.js";
import { asWords, monthAfter, monthWords } from "../text/names.js";
import { plain, sentence as capital } from "../text/numbers.js";
import { titleOf, type Findings } from "./findings.js";

const LAST = 4;

interface Fan {
  readonly title: string;
  readonly place: number;
  readonly months: readonly MonthSpread[];
}

export function Fans({ store, findings }: { store: Store; findings: Findings }) {
  const { look } = findings;
  const [apart, setApart] = useState(false);
  const fans = useMemo(() => fansOf(store, findings, apart), [look, apart]);
  const path = store.data.paths.find(({ name }) => name === look.setting.path);
  const unit = path?.unit ?? "";
  const what = asWords(look.setting.path);
  const name = apart ? `${what} less that under ${findings.reference.words}` : what;
  return (
    <section class="card fans" aria-labelledby="paths">
      <h2 id="paths">Month by month</h2>
      <div class="choices">
        <label>
          <span class="visually-hidden">What is drawn month by month</span>
          <select value={store.setting.path} onChange={(event) => store.change({ path: event.currentTarget.value })}>
            {store.data.paths.map((one) => (
              <option value={one.name}>{`${capital(asWords(one.name))} (${one.unit})`}</option>
            ))}
          </select>
        </label>
        <label>
          <input type="checkbox" checked={apart} onChange={(event) => setApart(event.currentTarget.checked)} />
          {` as a difference from ${findings.reference.words}`}
        </label>
      </div>
      <p class="sentence">{`${capital(path?.meaning ?? what)}. The line is the mean; nine tenths lie between the thin lines.`}</p>
      <Strokes titles={fans} />
      <div class="side-by-side">
        <FanFigure
          kind="luck"
          title="Luck: how single runs differ"
          name={name}
          unit={unit}
          fans={fans}
          start={look.setting.start}
        />
        <FanFigure
          kind="sets"
          title="Not known: how the worlds differ"
          name={name}
          unit={unit}
          fans={fans}
          start={look.setting.start}
        />
      </div>
    </section>
  );
}

interface FanFigureProps {
  readonly kind: "luck" | "sets";
  readonly title: string;
  readonly name: string;
  readonly unit: string;
  readonly fans: readonly Fan[];
  readonly start: string;
}

function FanFigure({ kind, title, name, unit, fans, start }: FanFigureProps) {
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

/** The fans of the regimes, or of their differences from the first, run by run. */
function fansOf(store: Store, { look }: Findings, apart: boolean): Fan[] {
  const runs = look.setting.regimes.map((name) => {
    const one = arranged(store.data, look.setting, name);
    return { title: titleOf(one), runs: look.gathered.paths(one.name, look.sets.length, look.extent) };
  });
  const reference = runs[0]?.runs ?? [];
  const drawn = runs.map(({ title, runs: own }, place) => ({
    title,
    place,
    runs: apart ? lessRuns(own, reference) : own,
  }));
  return drawn
    .slice(apart ? 1 : 0)
    .map(({ title, place, runs: own }) => ({ title, place, months: spreads(own, look.setting.months, look.weights) }));
}

type PathRuns = readonly (readonly (Float64Array | undefined)[])[];

function lessRuns(own: PathRuns, reference: PathRuns): PathRuns {
  return own.map((row, set) =>
    row.map((run, replicate) => {
      const other = reference[set]?.[replicate];
      return other && run?.map((value, month) => value - (other[month] ?? NaN));
    }),
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
