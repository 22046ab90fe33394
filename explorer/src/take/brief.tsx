/** The brief for a setting, in the order and the words of the command line's: answer, how likely, turns, limits. */

import { NOTHING } from "../app/deploy.js";
import type { Store } from "../app/store.js";
import { Table } from "../charts/figure.js";
import { Difference } from "../compare/difference.js";
import type { Findings } from "../compare/findings.js";
import { LOOKS } from "../compare/study.js";
import type { ExplorerData } from "../engine/data.js";
import {
  amountWords,
  likelyWords,
  limitWords,
  moneyWords,
  PURPOSE,
  regretWords,
  scaleWords,
  turnWords,
  unitWords,
  WORLD,
} from "../compare/words.js";
import { parityWords, periodWords } from "../text/names.js";
import { listing, plain, shareWords, withError } from "../text/numbers.js";
import { commandsOf } from "./commands.js";
import { settingWords } from "./setting-words.js";

interface BriefProps {
  readonly store: Store;
  readonly findings: Findings;
  readonly link: string;
}

export function Brief({ store, findings, link }: BriefProps) {
  const { data } = store;
  const { pairs, reference, setting } = findings;
  return (
    <article class="brief" aria-labelledby="brief">
      <p class="actions-left no-print">
        <button type="button" onClick={() => print()}>
          Print this brief
        </button>
      </p>
      <p class="kicker">{`Improvement support for children’s services: a brief of a simulation. ${PURPOSE}`}</p>
      <h2 id="brief">{question(findings)}</h2>
      <h3>The answer</h3>
      {pairs.map((pair) => (
        <div class="brief-answer">
          <p class="verdict-line">{`${pair.title} against ${reference.words}, at ${parityWords(setting.parity)}: ${pair.effect.verdict}`}</p>
          <p>{likelyWords(data, findings, pair)}</p>
          <p>{amountWords(findings, pair)}</p>
        </div>
      ))}
      <p class="small">{`${WORLD} ${scaleWords(data)}`}</p>
      <Difference findings={findings} />
      <p>{regretWords(findings)}</p>
      <Table {...regimesTable(findings)} />
      <h3>What it costs</h3>
      <p>{moneyWords(findings).join(" ")}</p>
      <h3>What turns the answer round</h3>
      <ul>
        {pairs
          .flatMap((pair) => turnWords(data, findings, pair))
          .map((one) => (
            <li>{one}</li>
          ))}
      </ul>
      <h3>What it cannot say</h3>
      <ul>
        {limitWords().map((one) => (
          <li>{one}</li>
        ))}
      </ul>
      <h3>What was set, and how to repeat it</h3>
      <ul>
        {settingWords(data, setting).map((one) => (
          <li>{one}</li>
        ))}
      </ul>
      <p>{madeWith(data, findings)}</p>
      <p>
        <code>{commandsOf(data, setting).join("; ")}</code>
      </p>
      <p>
        {"In the explorer: "}
        <code>{link}</code>
      </p>
    </article>
  );
}

/** What the numbers were made with, and whether the command makes finer ones. */
function madeWith({ project, seed }: ExplorerData, { look }: Findings): string {
  const { draws, replicates } = look.extent;
  const made = `Version ${project.version}, model ${project.model.slice(0, 12)}: ${draws} draws of the plausible sets, ${replicates} replicates, seed ${seed}.`;
  const finest = LOOKS.at(-1)?.draws ?? draws;
  return draws < finest ? `${made} The command makes ${finest} draws, which say more.` : made;
}

function question({ pairs, reference, setting, measure }: Findings): string {
  const where = setting.region === "" ? "England" : setting.region;
  const names = listing(pairs.map(({ words }) => words)).replace(" and ", " or ");
  return `In ${where} from ${periodWords(setting.start, setting.months)}, which does better by ${unitWords(measure)}: ${names}, or ${reference.words}?`;
}

function regimesTable({ pairs, reference, choices, accounts, measure }: Findings) {
  const regret = (name: string): string => plain(choices.find((one) => one.name === name)?.regret.mean ?? NaN, 0);
  const against = (name: string): string => accounts.find((one) => one.name === name)?.verdict ?? "";
  const rows = pairs.map(({ name, title, effect }) => {
    return [
      title,
      effect.verdict,
      shareWords(effect.share),
      withError(effect.difference, effect.error),
      name === NOTHING ? "" : against(name),
      regret(name),
    ];
  });
  const head = [
    "Regime",
    `against ${reference.words}`,
    "worlds better",
    "difference",
    "council-months inadequate, all England, against no programme",
    "mean regret",
  ];
  return { caption: `In ${unitWords(measure)}. ± is one standard error.`, head, rows };
}
