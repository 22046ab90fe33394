/** The view "What moves it": a sweep of one thing or two, and what the last study found. */

import { render } from "preact";
import { useEffect, useState } from "preact/hooks";

import { arranged } from "../app/deploy.js";
import type { Store } from "../app/store.js";
import { measureOf, titleOf, wordsOf } from "../compare/findings.js";
import { handOver } from "../charts/files.js";
import { unitWords } from "../compare/words.js";
import { startOf } from "../engine/setting.js";
import { parityWords } from "../text/names.js";
import { plain } from "../text/numbers.js";
import { Chooser, useChosen } from "./choose.js";
import { sweepCommand, sweepFiles } from "./command.js";
import { SweptMap } from "./heat.js";
import { SweptLines, turnWords } from "./line.js";
import { pointsText } from "./points.js";
import { Studies } from "./studies.js";
import type { Design, Swept } from "./sweep.js";
import { useSweep, type Making } from "./watch.js";

export function moves(root: HTMLElement, store: Store): () => void {
  render(<Moves store={store} />, root);
  return () => render(null, root);
}

function Moves({ store }: { store: Store }) {
  const [, renew] = useState(0);
  useEffect(() => store.listen(() => renew((count) => count + 1)), [store]);
  const chosen = useChosen(store);
  const { design } = chosen;
  const key = JSON.stringify([
    design.setting,
    design.regime,
    design.varied.map(({ thing, values }) => [thing.name, values]),
    design.draws,
    design.replicates,
  ]);
  const making = useSweep(store, design, key);
  return (
    <div class="moves">
      <h2>What moves the answer</h2>
      <p class="small">
        One thing is varied, or two; all else stands as it is set, and every point meets the same worlds and the same
        luck. Of all England, whatever region is counted elsewhere.
      </p>
      <Chooser store={store} chosen={chosen} />
      <SweepProgress making={making} design={design} />
      {making.swept && <Found store={store} making={making} />}
      <Again store={store} design={design} swept={making.swept} />
      <Studies data={store.data} />
    </div>
  );
}

function SweepProgress({ making, design }: { making: ReturnType<typeof useSweep>; design: Design }) {
  const { done, wanted, state, reason, swept, stop, again } = making;
  const made = swept?.design.replicates === design.replicates ? swept.replicates : 0;
  return (
    <div class="progress">
      <p role="status">
        {state === "failed"
          ? `The runs stopped: ${reason}.`
          : made < 2
            ? "The first runs are being made."
            : `${design.draws} worlds at each point, ${made} runs of luck in each.`}
      </p>
      {state === "running" ? (
        <>
          <progress aria-label="Runs made" max={Math.max(wanted, 1)} value={done} />
          <span class="count">{`${plain(done, 0)} of ${plain(wanted, 0)}`}</span>
          <button type="button" onClick={stop}>
            Stop
          </button>
        </>
      ) : (
        state !== "done" && (
          <button type="button" onClick={again}>
            Begin again
          </button>
        )
      )}
    </div>
  );
}

function Found({ store, making }: { store: Store; making: Making }) {
  const { swept } = making;
  if (swept === undefined) return null;
  const { design } = swept;
  const { data } = store;
  const [regime, reference] = [design.regime, design.reference].map((name) => arranged(data, design.setting, name)) as [
    ReturnType<typeof arranged>,
    ReturnType<typeof arranged>,
  ];
  const measure = measureOf(data, { ...design.setting, region: "" }, startOf(data, design.setting.start));
  const title = `${titleOf(regime)} less ${wordsOf(reference)}, at ${parityWords(design.setting.parity)}`;
  const ways =
    measure.better === "lower"
      ? ["better", "worse"]
      : measure.better === "higher"
        ? ["worse", "better"]
        : ["less", "more"];
  const [below, above] = ways.map(
    (way) => `${wordsOf(regime)} ${way === "less" || way === "more" ? `has ${way}` : `does ${way}`}`,
  ) as [string, string];
  return (
    <section class={making.state === "running" ? "found stale" : "found"} aria-label="What the sweep found">
      <h3>{title}</h3>
      {design.varied.length > 1 ? (
        <SweptMap swept={swept} title="Where the answer turns" unit={unitWords(measure)} below={below} above={above} />
      ) : (
        <>
          <p class="turned">{`${turnWords(swept)} Below nought ${below}, above it ${above}.`}</p>
          <SweptLines swept={swept} title={title} unit={unitWords(measure)} />
        </>
      )}
    </section>
  );
}

function Again({ store, design, swept }: { store: Store; design: Design; swept: Swept | undefined }) {
  const files = sweepFiles(store.data, design);
  return (
    <section class="again" aria-labelledby="again">
      <h3 id="again">The same numbers by the command line</h3>
      <pre id="sweep-command" tabIndex={0}>
        {sweepCommand(store.data, design)}
      </pre>
      {swept && (
        <p class="actions">
          <button type="button" onClick={() => handOver("points.csv", pointsText(swept), "text/csv")}>
            All points (CSV)
          </button>
        </p>
      )}
      {files.map(({ name, content }) => (
        <details>
          <summary>{`It takes ${name}`}</summary>
          <pre tabIndex={0}>{content}</pre>
        </details>
      ))}
    </section>
  );
}
