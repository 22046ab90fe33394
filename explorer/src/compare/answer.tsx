/** The answer: a verdict for each regime, how likely, how much, what matters. */

import type { ExplorerData } from "../engine/data.js";
import { wayOf } from "../statistics/verdicts.js";
import { parityWords } from "../text/names.js";
import { plain, sentence, shareWords, withError } from "../text/numbers.js";
import type { Findings, Pair } from "./findings.js";
import { amountWords, likelyWords, markOf, scaleWords, unitWords, WORLD } from "./words.js";

export function Answer({ findings }: { findings: Findings }) {
  return (
    <section class="answer" aria-labelledby="answer">
      <h2 id="answer" class="visually-hidden">
        The answer
      </h2>
      <div class="verdicts">
        {findings.pairs.map((pair) => (
          <Verdict findings={findings} pair={pair} />
        ))}
      </div>
    </section>
  );
}

function Verdict({ findings, pair }: { findings: Findings; pair: Pair }) {
  const { effect } = pair;
  const tone = wayOf(effect.verdict) || "none";
  return (
    <article class="verdict" data-way={tone}>
      <h3>{`${pair.title} against ${findings.reference.words}, at ${parityWords(findings.setting.parity)}`}</h3>
      <p class="word">
        <span aria-hidden="true">{markOf(effect.verdict)} </span>
        {sentence(effect.verdict)}
      </p>
      <dl class="figures">
        <div>
          <dt>{findings.measure.better === "neither" ? "has more in" : "does better in"}</dt>
          <dd>{shareWords(effect.share)}</dd>
          <dd class="unit">of the worlds</dd>
        </div>
        <div>
          <dt>on average</dt>
          <dd>{withError(effect.difference, effect.error)}</dd>
          <dd class="unit">{unitWords(findings.measure)}</dd>
        </div>
        <div>
          <dt>what matters</dt>
          <dd>{plain(effect.matters)}</dd>
          <dd class="unit">or more, either way</dd>
        </div>
      </dl>
    </article>
  );
}

/** The answer in sentences, and how its words are to be read. */
export function InWords({ data, findings }: { data: ExplorerData; findings: Findings }) {
  return (
    <section class="card" aria-labelledby="in-words">
      <h2 id="in-words">In words</h2>
      {findings.pairs.map((pair) => (
        <p>{`${likelyWords(data, findings, pair)} ${amountWords(findings, pair)}`}</p>
      ))}
      <p class="small">{`${WORLD} ${scaleWords(data)}`}</p>
    </section>
  );
}
