/** The view "Take it away": a link, the command, the data, and a brief that prints on A4. */

import { render, type ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { addressOf } from "../app/address.js";
import type { Store } from "../app/store.js";
import { handOver } from "../charts/files.js";
import { ProgressLine } from "../compare/progress.js";
import { useFindings } from "../compare/watch.js";
import { Brief } from "./brief.js";
import { aboutCommand, commandsOf, filesOf, pythonOf } from "./commands.js";
import { comparisonCsv, runsCsv } from "./tables.js";

export function take(root: HTMLElement, store: Store): () => void {
  render(<Take store={store} />, root);
  return () => render(null, root);
}

function Take({ store }: { store: Store }) {
  const { study, findings, current } = useFindings(store);
  const { data, setting } = store;
  const link = location.href.split("#")[0] + addressOf(data, setting, "compare");
  return (
    <div class={current ? "take" : "take stale"}>
      <ProgressLine study={study} findings={findings} />
      <section class="card no-print" aria-labelledby="link">
        <h2 id="link">A link to this setting</h2>
        <p>It carries all that is set. Who follows it needs the same file, or the place where you have put it.</p>
        <Copied name="link" text={link} />
      </section>
      <section class="card no-print" aria-labelledby="command">
        <h2 id="command">The same numbers from the command line</h2>
        <p>{aboutCommand(data, setting)}</p>
        {filesOf(data, setting).map(({ name, content }) => (
          <Copied name={name} text={content}>
            <button type="button" onClick={() => handOver(name, content)}>{`Save ${name}`}</button>
          </Copied>
        ))}
        <Copied name="command" text={commandsOf(data, setting).join("\n")} />
        <h3>In Python</h3>
        <Copied name="python" text={pythonOf(data, setting)} />
      </section>
      {findings && (
        <section class="card no-print" aria-labelledby="tables">
          <h2 id="tables">Data</h2>
          <p>Pictures are taken away where they stand, in the view “Compare”.</p>
          <p class="actions-left">
            <button type="button" onClick={() => handOver("comparison.csv", comparisonCsv(findings), "text/csv")}>
              The comparison (CSV)
            </button>
            <button type="button" onClick={() => handOver("runs.csv", runsCsv(store, findings), "text/csv")}>
              Every run (CSV)
            </button>
          </p>
        </section>
      )}
      {findings && <Brief store={store} findings={findings} link={addressOf(data, setting, "compare")} />}
    </div>
  );
}

/** A text that can be copied. */
function Copied({ name, text, children }: { name: string; text: string; children?: ComponentChildren }) {
  const [said, say] = useState("");
  const copy = (): void => {
    navigator.clipboard
      .writeText(text)
      .then(() => say("Copied."))
      .catch(() => say("This browser does not let the page copy: mark the text and copy it."));
  };
  return (
    <div class="copied">
      <pre tabIndex={0} aria-label={name} id={`text-${name}`}>
        {text}
      </pre>
      <p class="actions-left">
        <button type="button" aria-label={`Copy ${name}`} onClick={copy}>
          Copy
        </button>
        {children}
        <span role="status">{said}</span>
      </p>
    </div>
  );
}
