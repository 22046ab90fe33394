/** The view "Compare": the answer, its picture, paths, regret and money, renewed as the setting changes. */

import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";

import { runsOf } from "../app/setting.js";
import type { Store } from "../app/store.js";
import { Table } from "../charts/figure.js";
import { plain } from "../text/numbers.js";
import { Answer } from "./answer.js";
import { Difference } from "./difference.js";
import { Fans } from "./fans.js";
import { findingsOf, type Findings } from "./findings.js";
import { Money } from "./money.js";
import { ProgressLine } from "./progress.js";
import { Study } from "./study.js";
import { regretWords, unitWords } from "./words.js";

export function compare(root: HTMLElement, store: Store): () => void {
  render(<Compare store={store} />, root);
  return () => render(null, root);
}

function Compare({ store }: { store: Store }) {
  const [study, setStudy] = useState<Study>();
  const [, renew] = useState(0);
  useEffect(() => {
    const made = new Study(store, () => renew((count) => count + 1));
    setStudy(made);
    return () => made.end();
  }, [store]);
  const { look } = study ?? {};
  const { setting } = store;
  // What has the same runs is told anew at once; else what was told last stands until the first runs are there.
  const same = look !== undefined && runsOf(look.setting) === runsOf(setting);
  const shown = same ? setting : look?.setting;
  const findings = useMemo(
    () => look && shown && findingsOf(store.data, look, shown),
    [look, shown && JSON.stringify(shown)],
  );
  return (
    <div class={same ? "compare" : "compare stale"}>
      <ProgressLine study={study} findings={findings} />
      {findings && <Answer data={store.data} findings={findings} />}
      {findings && <Difference findings={findings} />}
      {findings && <Fans store={store} findings={findings} />}
      {findings && <Regrets findings={findings} />}
      {findings && <Money findings={findings} prices={store.data.prices} />}
    </div>
  );
}

function Regrets({ findings }: { findings: Findings }) {
  const words = regretWords(findings);
  const known = findings.choices.filter(({ regret }) => Number.isFinite(regret.mean));
  if (known.length === 0) return null;
  return (
    <section aria-labelledby="regret">
      <h2 id="regret">Which choice is regretted least</h2>
      <p>{words}</p>
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
