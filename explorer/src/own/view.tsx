/** The view "Your own": councils and regimes that the user hands in, checked, and compared at once. */

import { render } from "preact";
import { useState } from "preact/hooks";

import { Drop, type Handed } from "../app/drop.js";
import type { Store } from "../app/store.js";
import { handOver } from "../charts/files.js";
import { Table } from "../charts/figure.js";
import type { ExplorerData } from "../engine/data.js";
import { monthWords } from "../text/names.js";
import { plain, sentence } from "../text/numbers.js";
import { InputProblem } from "../text/sentences.js";
import { takeFile, withEngland, withoutRegime, type Held } from "./take.js";

export function own(root: HTMLElement, store: Store): () => void {
  render(<Own store={store} />, root);
  return () => render(null, root);
}

function Own({ store }: { store: Store }) {
  const [problem, say] = useState("");
  const { data, setting } = store;
  const take = (files: readonly Handed[]): void => {
    try {
      const taken = files.reduce<Held>(takeFile, { data, setting });
      store.takeIn(taken.data, taken.setting);
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      say(error.message);
    }
  };
  return (
    <div class="own">
      <h2>Your own councils and regimes</h2>
      <p class="small">
        A table of councils (CSV) or a regime (TOML), as the command line takes them. They are read in this page and go
        nowhere.
      </p>
      <Drop name="own-files" label="Drop a file here, or choose one" accept=".csv,.toml" take={take} />
      {problem !== "" && (
        <p class="trouble" role="alert">
          {problem}
        </p>
      )}
      <Taken store={store} />
      <Columns data={data} />
      <Levers data={data} />
    </div>
  );
}

/** What was handed in and is run now. */
function Taken({ store }: { store: Store }) {
  const { data, setting } = store;
  const { councils, regimes } = data.brought;
  const [start] = data.starts;
  const go = ({ data: next, setting: set }: Held): void => store.takeIn(next, set);
  if (councils === "" && Object.keys(regimes).length === 0) return null;
  return (
    <section class="taken" aria-labelledby="taken">
      <h3 id="taken">What is run now</h3>
      <ul role="status">
        {councils !== "" && start && (
          <li>
            {`${councils}: ${plain(start.code.length, 0)} councils in ${start.regions.length === 1 ? "one region" : `${start.regions.length} regions`}, from ${monthWords(start.month)}. All views run them now. `}
            <button type="button" onClick={() => go(withEngland({ data, setting }))}>
              England’s councils again
            </button>
          </li>
        )}
        {Object.entries(regimes).map(([name, file]) => (
          <li>
            {`${file}: ${data.regimes.find((one) => one.name === name)?.title ?? name}. It stands among the regimes that can be compared. `}
            <button type="button" onClick={() => go(withoutRegime({ data, setting }, name))}>
              {`Leave out ${name}`}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Columns({ data }: { data: ExplorerData }) {
  const { columns } = data.own;
  return (
    <section aria-labelledby="columns">
      <h3 id="columns">A table of councils</h3>
      <p class="small">
        {"One row a council, 3 to 5,000 of them. "}
        <code>sli councils --export</code>
        {" prints England’s as a table to start from."}
      </p>
      <p class="actions">
        <button
          type="button"
          onClick={() => handOver("councils.csv", `${columns.map(({ name }) => name).join(",")}\n`, "text/csv")}
        >
          An empty table (CSV)
        </button>
      </p>
      <details>
        <summary>Its columns</summary>
        <Table
          caption="Columns of a table of councils"
          head={["Column", "what it is", "a cell is", "if it is blank"]}
          rows={columns.map((one) => [
            one.name,
            sentence(one.meaning),
            one.expected,
            one.required ? "not allowed" : one.default,
          ])}
        />
      </details>
    </section>
  );
}

function Levers({ data }: { data: ExplorerData }) {
  const { lever_defaults } = data.own;
  const limits = ({ kind, choices, low, high }: ExplorerData["levers"][number]): string => {
    if (kind === "switch") return "true or false";
    const numbers =
      kind === "choice"
        ? []
        : [
            `${kind === "count" ? "a whole number" : kind === "range" ? "two numbers" : "a number"} from ${low} to ${high}`,
          ];
    return [...numbers, ...choices].join(", ");
  };
  return (
    <section aria-labelledby="levers">
      <h3 id="levers">A regime</h3>
      <p class="small">
        {"A title, and one or more arms of support, each under a heading "}
        <code>[[arm]]</code>
        {" with its levers. Move a lever beside and take the regime away as a file to start from."}
      </p>
      <details>
        <summary>Its levers</summary>
        <Table
          caption="Levers of an arm"
          head={["Lever", "what it is", "a value is", "if it is left out"]}
          rows={data.levers.map((one) => [
            one.name,
            sentence(one.meaning),
            limits(one),
            one.name in lever_defaults ? String(lever_defaults[one.name] ?? "no range") : "not allowed",
          ])}
        />
      </details>
    </section>
  );
}
