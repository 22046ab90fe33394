/** How many worlds an answer rests on, and how far the runs are. */

import { plain, shareWords, withError } from "../text/numbers.js";
import type { Findings, Pair } from "./findings.js";
import { LOOKS, type Study } from "./study.js";
import { markOf } from "./words.js";

/** The answer on one line, which stays in sight on a telephone while a slider moves. */
function shortWords({ effect, title }: Pair): string {
  return `${markOf(effect.verdict)} ${title}: ${effect.verdict}, ${shareWords(effect.share)}, ${withError(effect.difference, effect.error)}`;
}

export function ProgressLine({ study, findings }: { study: Study; findings: Findings | undefined }) {
  const { done, wanted, state, reason } = study.progress;
  const last = LOOKS.at(-1);
  const extent = findings?.look.extent;
  const error = findings?.pairs[0]?.effect.share.error ?? NaN;
  return (
    <div class="progress">
      <p class="in-short">{findings?.pairs.map(shortWords).join("; ")}</p>
      <p role="status">
        {extent === undefined
          ? "The first runs are being made."
          : `${extent.draws} worlds, ${extent.replicates} runs of luck in each; ` +
            (Number.isFinite(error)
              ? `error of the share ${(100 * error).toFixed(0)} points.`
              : "too few for an error.")}
        {state === "failed" && ` The runs stopped: ${reason}.`}
      </p>
      {state === "running" && (
        <>
          <progress aria-label="Runs made" max={Math.max(wanted, 1)} value={done} />
          <span class="count">{`${plain(done, 0)} of ${plain(wanted, 0)}`}</span>
          <button type="button" onClick={() => study.stop()}>
            Stop
          </button>
        </>
      )}
      {state === "stopped" && (
        <button type="button" onClick={() => study.goOn()}>
          {`Go on to ${last?.draws ?? 0} worlds`}
        </button>
      )}
    </div>
  );
}
