/** A path of every regime, with luck and what is not known in pictures of their own. */

import { useMemo, useState } from "preact/hooks";

import { arranged } from "../app/deploy.js";
import type { Store } from "../app/store.js";
import { Strokes } from "../charts/strokes.js";
import { spreads } from "../statistics/spreads.js";
import { asWords } from "../text/names.js";
import { sentence as capital } from "../text/numbers.js";
import { FanFigure, type Fan } from "./fan-figure.js";
import { titleOf, type Findings } from "./findings.js";

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
