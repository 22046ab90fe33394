/** The paths of a finished comparison, as its table of quantiles has them. */

import { useMemo, useState } from "preact/hooks";

import { Choice } from "../app/choice.js";
import { Strokes } from "../charts/strokes.js";
import { FanFigure, type Fan } from "../compare/fan-figure.js";
import type { PathInfo } from "../engine/data.js";
import { asWords, parityWords } from "../text/names.js";
import { numberIn, type Row, type ShownResults } from "./results.js";

/** Regimes that are told apart in one picture. */
const MOST = 4;

export function PathFans({ results, known }: { results: ShownResults; known: readonly PathInfo[] }) {
  const rows = results.tables.paths ?? [];
  const paths = useMemo(() => [...new Set(rows.map((row) => String(row["path"])))], [rows]);
  const [path, setPath] = useState("inadequate");
  const fans = useMemo(() => fansOf(results, rows, path), [results, rows, path]);
  const unit = known.find(({ name }) => name === path)?.unit ?? "";
  if (paths.length === 0) return null;
  return (
    <section class="card" aria-labelledby="folder-paths">
      <h2 id="folder-paths">{`Month by month, at ${parityWords(results.parity)}`}</h2>
      <div class="choices">
        <Choice
          name="folder-path"
          label="Path"
          value={path}
          choices={paths.map((one) => [one, asWords(one)])}
          choose={setPath}
        />
      </div>
      <p class="sentence">The line is the middle; nine tenths lie between the thin lines.</p>
      <Strokes titles={fans} />
      <div class="side-by-side">
        <FanFigure
          kind="luck"
          title="Luck: how single runs differ"
          name={asWords(path)}
          unit={unit}
          fans={fans}
          start={results.start}
        />
        <FanFigure
          kind="sets"
          title="Not known: how the worlds differ"
          name={asWords(path)}
          unit={unit}
          fans={fans}
          start={results.start}
        />
      </div>
    </section>
  );
}

function fansOf(results: ShownResults, rows: readonly Row[], path: string): Fan[] {
  return results.regimes.slice(0, MOST).map(({ name, title }, place) => {
    const mine = rows.filter((row) => row["path"] === path && row["regime"] === name);
    const of = (kind: string): Row[] => mine.filter((row) => row["kind"] === kind);
    const sets = of("sets");
    const months = of("luck").map((luck, month) => ({
      month,
      mean: numberIn(luck, "q50"),
      luck: quantilesOf(luck),
      sets: quantilesOf(sets[month] ?? {}),
    }));
    return { title, place, months };
  });
}

function quantilesOf(row: Row): number[] {
  return [numberIn(row, "q05"), NaN, numberIn(row, "q50"), NaN, numberIn(row, "q95")];
}
