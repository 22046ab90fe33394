/** The view of a finished comparison: its verdicts, differences, paths, regret and claims as they are. */

import { render } from "preact";
import { useState } from "preact/hooks";

import type { PathInfo } from "../engine/data.js";
import { Choice } from "../app/choice.js";
import { Table } from "../charts/figure.js";
import { asWords, parityWords } from "../text/names.js";
import { plain, shareWords, withError } from "../text/numbers.js";
import { PURPOSE } from "../compare/words.js";
import { DifferenceRows } from "./differences.js";
import { PathFans } from "./paths.js";
import { numberIn, type Row, type ShownResults } from "./results.js";

const MAIN = "inadequate_months";

/** Draw the results into an empty element; return what ends it. */
export function showResults(root: HTMLElement, results: ShownResults, paths: readonly PathInfo[]): () => void {
  render(<Folder results={results} paths={paths} />, root);
  return () => render(null, root);
}

function Folder({ results, paths }: { results: ShownResults; paths: readonly PathInfo[] }) {
  const { tables, parities, regimes } = results;
  const rows = tables.comparison ?? [];
  const [outcome, setOutcome] = useState(MAIN);
  const [parity, setParity] = useState(results.parity);
  const [baseline, setBaseline] = useState(
    rows.some((row) => row["baseline"] === "partners_in_practice") ? "partners_in_practice" : "none",
  );
  const shown = rows.filter(
    (row) => row["outcome"] === outcome && row["parity"] === parity && row["baseline"] === baseline,
  );
  const title = (name: unknown): string => regimes.find((one) => one.name === name)?.title ?? String(name);
  const unit = String(shown[0]?.["unit"] ?? "");
  return (
    <>
      <section class="card" aria-labelledby="folder">
        <h2 id="folder">{`The comparison in ${results.name}`}</h2>
        <p>
          {`${plain(results.councils, 0)} councils from ${results.period}; ${results.sets} parameter sets, ${results.replicates} replicates, seed ${results.seed}; fingerprint ${results.fingerprint.slice(0, 16)}. Nothing is run here: these are its tables. ${PURPOSE}`}
        </p>
        <div class="choices">
          <Choice
            name="folder-outcome"
            label="Measure"
            value={outcome}
            choices={distinct(rows, "outcome").map((one) => [one, asWords(one)])}
            choose={setOutcome}
          />
          <Choice
            name="folder-parity"
            label="Compared at"
            value={parity}
            choices={parities.map((one) => [one, parityWords(one)])}
            choose={setParity}
          />
          <Choice
            name="folder-baseline"
            label="Against"
            value={baseline}
            choices={distinct(rows, "baseline").map((one) => [one, title(one)])}
            choose={setBaseline}
          />
        </div>
        <Table
          caption={`${asWords(outcome)}, in ${unit}, less that under ${title(baseline)}. ± is one standard error.`}
          head={["Regime", "verdict", "worlds in which it does better", "difference", "what matters"]}
          rows={shown.map((row) => [
            title(row["regime"]),
            String(row["verdict"]),
            shareWords({ value: numberIn(row, "share"), error: numberIn(row, "share_error") }),
            withError(numberIn(row, "difference"), numberIn(row, "difference_error")),
            plain(numberIn(row, "matters")),
          ])}
        />
      </section>
      <DifferenceRows rows={shown} title={title} what={`${asWords(outcome)}, ${unit}`} baseline={title(baseline)} />
      <PathFans results={results} known={paths} />
      <Regret rows={(tables.regret ?? []).filter((row) => row["parity"] === parity)} title={title} />
      {tables.claims && <Claims rows={tables.claims} />}
    </>
  );
}

function Regret({ rows, title }: { rows: readonly Row[]; title: (name: unknown) => string }) {
  return (
    <section class="card" aria-labelledby="folder-regret">
      <h2 id="folder-regret">Which choice is regretted least</h2>
      <Table
        caption="What is lost in a world against its best regime, in council-months inadequate"
        head={["Choice", "mean regret", "standard error", "worst tenth of worlds"]}
        rows={rows.map((row) => [
          row["least"] === true ? `${title(row["regime"])} (least)` : title(row["regime"]),
          ...["mean", "mean_error", "worst_tenth"].map((name) => plain(numberIn(row, name))),
        ])}
      />
    </section>
  );
}

function Claims({ rows }: { rows: readonly Row[] }) {
  return (
    <section class="card" aria-labelledby="folder-claims">
      <h2 id="folder-claims">What the sector claims</h2>
      <Table
        caption="Claims as they were tested in this comparison"
        head={["Claim", "verdict", "in a sentence"]}
        rows={rows.map((row) => [`${row["claim"]}. ${row["short"]}`, String(row["verdict"]), String(row["sentence"])])}
      />
    </section>
  );
}

function distinct(rows: readonly Row[], name: string): string[] {
  return [...new Set(rows.map((row) => String(row[name])))];
}
