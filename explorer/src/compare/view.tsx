/** The view "Compare": the answer, its picture, what turns it, paths, regret and money, renewed as the setting changes. */

import { render } from "preact";
import { useRef } from "preact/hooks";

import type { Store } from "../app/store.js";
import { Table } from "../charts/figure.js";
import { plain } from "../text/numbers.js";
import { Answer, InWords } from "./answer.js";
import { Difference } from "./difference.js";
import { Fans } from "./fans.js";
import type { Findings } from "./findings.js";
import { Money } from "./money.js";
import { ProgressLine } from "./progress.js";
import { useFindings } from "./watch.js";
import { limitWords, regretWords, turnWords, unitWords } from "./words.js";

export function compare(root: HTMLElement, store: Store): () => void {
  render(<Compare store={store} />, root);
  return () => render(null, root);
}

function Compare({ store }: { store: Store }) {
  const { study, findings, current } = useFindings(store);
  // While a hand moves, only what is seen first is drawn anew; the rest follows when it rests.
  const rested = useRef(findings);
  if (!store.moving || rested.current === undefined) rested.current = findings;
  const rest = rested.current;
  return (
    <div class={current ? "compare" : "compare stale"}>
      <ProgressLine study={study} findings={findings} />
      {findings && (
        <>
          <Answer findings={findings} />
          <Difference findings={findings} />
          <InWords data={store.data} findings={findings} />
        </>
      )}
      {rest && (
        <div class={rest === findings ? "rest" : "rest behind"}>
          <Deciding store={store} findings={rest} />
          <Fans store={store} findings={rest} />
          <Regrets findings={rest} />
          <Money findings={rest} prices={store.data.prices} />
          <Limits />
        </div>
      )}
    </div>
  );
}

function Deciding({ store, findings }: { store: Store; findings: Findings }) {
  return (
    <section class="card" aria-labelledby="turns">
      <h2 id="turns">What turns the answer round</h2>
      {findings.pairs.map((pair) => (
        <>
          {findings.pairs.length > 1 && <h3>{pair.title}</h3>}
          <ul>
            {turnWords(store.data, findings, pair).map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </>
      ))}
    </section>
  );
}

function Regrets({ findings }: { findings: Findings }) {
  const known = findings.choices.filter(({ regret }) => Number.isFinite(regret.mean));
  if (known.length === 0) return null;
  return (
    <section class="card" aria-labelledby="regret">
      <h2 id="regret">Which choice is regretted least</h2>
      <p>{regretWords(findings)}</p>
      <Table
        caption={`What is lost in a world against its best regime, in ${unitWords(findings.measure)}`}
        head={["Choice", "mean regret", "standard error", "worst tenth of worlds"]}
        rows={known.map(({ title, regret, least }) => [
          least ? `${title} (least)` : title,
          plain(regret.mean),
          plain(regret.error),
          plain(regret.worstTenth),
        ])}
      />
    </section>
  );
}

function Limits() {
  return (
    <section class="card" aria-labelledby="limits">
      <h2 id="limits">What it cannot say</h2>
      <ul>
        {limitWords().map((one) => (
          <li>{one}</li>
        ))}
      </ul>
    </section>
  );
}
