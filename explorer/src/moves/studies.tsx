/** What the last study found, from the files of its folder that are dropped onto the page. */

import { useState } from "preact/hooks";

import { Drop } from "../app/drop.js";
import type { ExplorerData } from "../engine/data.js";
import { Boxes } from "./boxes.js";
import { Indices } from "./indices.js";
import { NO_TABLES, tablesOf } from "./tables.js";

export function Studies({ data }: { data: ExplorerData }) {
  const [tables, put] = useState(NO_TABLES);
  return (
    <section class="studies" aria-labelledby="studies">
      <h2 id="studies">What a study on the command line found</h2>
      <p class="small">
        {"Which of the uncertain numbers decide ("}
        <code>sli sensitivity</code>
        {"), and in which worlds a regime loses ("}
        <code>sli discover</code>
        {"): drop the tables of the study’s folder. They stay in this page."}
      </p>
      <Drop
        name="study"
        label="indices.csv, or boxes.csv and limits.csv"
        accept=".csv"
        take={(files) => put((before) => tablesOf(files, before))}
      />
      {tables.problems.map((problem) => (
        <p class="trouble" role="alert">
          {problem}
        </p>
      ))}
      {tables.indices.length > 0 && <Indices data={data} rows={tables.indices} />}
      {tables.boxes.length > 0 && <Boxes data={data} boxes={tables.boxes} limits={tables.limits} />}
    </section>
  );
}
