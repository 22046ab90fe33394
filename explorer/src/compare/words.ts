/** What the runs say, in sentences: right in every case or not said at all; in the order and the words of the brief. */

import type { ExplorerData } from "../engine/data.js";
import { FEWEST_WORLDS, type Turn } from "../statistics/turns.js";
import { CLOSE, NO_VERDICT, PARITY_NOT_MET, SAME, SMALL, wayOf } from "../statistics/verdicts.js";
import { asWords, parityWords, periodWords } from "../text/names.js";
import { digits, listing, percent, plain, pounds, sentence } from "../text/numbers.js";
import { MAIN_MEASURE } from "../app/setting.js";
import type { Choice, Findings, Pair } from "./findings.js";

export const PURPOSE = "An exploration of a model, not a forecast.";
export const NO_ESTIMATE =
  "No causal estimate of any regime exists: what support does is an assumption with a range, and nothing here forecasts anything for a council.";
export const WORLD = "A world is one value for each of the uncertain numbers, with luck averaged out.";

/** How the scale of the verdicts is read. */
export function scaleWords({ verdicts }: ExplorerData): string {
  return (
    `“Very likely” is ${percent(verdicts.very_likely_share)} of the worlds or more, “likely” ` +
    `${percent(verdicts.likely_share)} or more; between is “too close to call”. A share counts less its standard error, ` +
    "so that the word is the milder one where the two could differ."
  );
}

/** How likely a regime does better, or why that is not said. */
export function likelyWords(data: ExplorerData, findings: Findings, pair: Pair): string {
  const { effect } = pair;
  const rival = findings.reference.words;
  const better = findings.measure.better === "neither" ? "has more" : "does better";
  const partly = pair.parityMet < 1 ? ` that met the parity (${percent(pair.parityMet)} of all)` : "";
  const error = Number.isFinite(effect.share.error)
    ? ` (standard error ${(100 * effect.share.error).toFixed(0)} points)`
    : "";
  const of = `${pair.words} ${better} in ${percent(effect.share.value)}${error} of the worlds${partly}`;
  const at = `At ${parityWords(findings.setting.parity)}, `;
  if (effect.verdict === PARITY_NOT_MET)
    return `${at}${pair.words} and ${rival} cannot be compared fairly, so there is no verdict: ${unequal(pair, rival)}.`;
  if (effect.verdict === NO_VERDICT)
    return `${at}there is no verdict yet between ${pair.words} and ${rival}: a verdict takes at least ${data.verdicts.min_sets} worlds and ${data.verdicts.min_replicates} replicates.`;
  if (effect.verdict === SAME)
    return `${at}${pair.words} and ${rival} make no difference to each other: every run ends the same.`;
  if (effect.verdict === CLOSE) {
    const why = Number.isFinite(effect.share.value) ? of : "too few runs differ for a share of worlds to be known";
    return `${at}${pair.words} and ${rival} are too close to call: ${why}.`;
  }
  const [degree = ""] = effect.verdict.split(",");
  const size = effect.verdict.endsWith(SMALL) ? `,${SMALL.slice(1)}` : "";
  return `${at}${pair.words} is ${degree} than ${rival}${size}: ${of}.`;
}

/** How much the difference is, with its error, and what matters; nothing where it is not known. */
export function amountWords(findings: Findings, { effect, words }: Pair): string {
  if (!Number.isFinite(effect.difference) || [PARITY_NOT_MET, SAME].includes(effect.verdict)) return "";
  const decimals = digits(effect.difference, effect.error);
  const error = Number.isFinite(effect.error) ? ` (standard error ${plain(effect.error, decimals)})` : "";
  const when = periodWords(findings.setting.start, findings.setting.months);
  const total =
    findings.measure.name === MAIN_MEASURE ? `, of ${plain(findings.total, 0)} from ${when}` : `, from ${when}`;
  const amount = `On average ${words} ${amountOf(findings, effect.difference, decimals)} than ${findings.reference.words}${error}${total}.`;
  const matters = `A difference of ${plain(effect.matters)} or more is taken to matter`;
  if (!Number.isFinite(effect.gains)) return `${amount} ${matters}.`;
  const [up, down] = findings.measure.better === "neither" ? ["more", "less"] : ["better", "worse"];
  return `${amount} ${matters}. Of the worlds, ${worlds(effect.gains)} so much ${up}, ${worlds(effect.losses)} so much ${down}.`;
}

/** Which regime is regretted least. */
export function regretWords(findings: Findings): string {
  const least = findings.choices.find((one) => one.least);
  if (least === undefined) return "";
  const { unit } = findings.measure;
  const others = findings.choices.filter((one) => one !== least && Number.isFinite(one.regret.mean));
  const beside = others.map((one) => `${one.title} loses ${plain(one.regret.mean)}`);
  return (
    `The least regret is with ${titleWords(least)}: against the best regime of each world this choice loses ` +
    `${plain(least.regret.mean)} ${unit} on average, and in the worst tenth of the worlds ${plain(least.regret.worstTenth)}. ` +
    `${sentence(listing(beside))}.`
  );
}

/** What the regimes take and give, a sentence each. */
export function moneyWords(findings: Findings): string[] {
  const bills = findings.accounts.map(({ title, bill, unpaid }) => {
    const days = unpaid ? ` and ${plain(bill.unpaidDays, 0)} days that nobody is paid for` : "";
    const avoids =
      bill.avoided > 0 ? `${plain(bill.avoided)} council-months inadequate` : "no council-month inadequate";
    return `${title} takes ${pounds(bill.cash)} in cash${days}, and avoids ${avoids}.`;
  });
  const prices = Object.entries(findings.breakEven).map(([name, price]) => {
    const title = findings.accounts.find((one) => one.name === name)?.title ?? name;
    return price > 0
      ? `At ${pounds(price)} an unpaid day, ${title} costs as much for each month avoided as Partners in Practice: below that it is cheaper.`
      : `${title} is dearer for each month avoided than Partners in Practice whatever an unpaid day is worth.`;
  });
  return [...bills, ...prices];
}

/** What a verdict is shown as: a mark beside the colour. */
export function markOf(verdict: string): string {
  const way = wayOf(verdict);
  if (verdict.endsWith(SMALL)) return "≈";
  return way === "better" || way === "higher"
    ? "▲"
    : way === "worse" || way === "lower"
      ? "▼"
      : verdict === NO_VERDICT
        ? "…"
        : "=";
}

/** A unit as it stands after a number. */
export function unitWords({ name, unit }: Findings["measure"]): string {
  return name === MAIN_MEASURE ? "council-months inadequate" : `${asWords(name)}, ${unit}`;
}

function titleWords(choice: Choice): string {
  return choice.title === "No programme" ? "no programme" : choice.title;
}

function amountOf(findings: Findings, difference: number, decimals: number): string {
  const size = plain(Math.abs(difference), decimals);
  const none = !/[1-9]/.test(size);
  if (findings.measure.name === MAIN_MEASURE) {
    const how = none ? "no more and no fewer" : `${size} ${difference < 0 ? "fewer" : "more"}`;
    return `leaves ${how} council-months judged inadequate`;
  }
  const how = none ? "no more and no less" : `${size} ${difference < 0 ? "less" : "more"}`;
  return `has ${how} ${asWords(findings.measure.name)} (${findings.measure.unit})`;
}

function worlds(share: number): string {
  const said = percent(share);
  return said === "0%" ? "none is" : `${said} are`;
}

function unequal(pair: Pair, rival: string): string {
  const [own, other] = pair.realised;
  const met =
    pair.parityMet > 0
      ? `the two come within a tenth of each other in ${percent(pair.parityMet)} of the worlds only`
      : "in hardly any world do the two come within a tenth of each other";
  return other > 0 ? `${pair.words} realised ${percent(own / other)} of what ${rival} did, and ${met}` : met;
}

/** What decides a pair, a sentence each, in the words of the brief. */
export function turnWords(data: ExplorerData, findings: Findings, pair: Pair): string[] {
  const { turns, effect, words: regime } = pair;
  if (effect.worlds < FEWEST_WORLDS)
    return [
      `With ${effect.worlds} worlds it cannot be told which uncertain numbers decide; it takes at least ${FEWEST_WORLDS}.`,
    ];
  if (turns.length === 0)
    return [
      `Between ${regime} and ${findings.reference.words} no uncertain number can be seen to decide by itself; none does so more than chance would.`,
    ];
  const none = turns.some((one) => one.turns)
    ? []
    : [
        `No single number turns the answer between ${regime} and ${findings.reference.words} round; these move it most.`,
      ];
  return [...none, ...turns.map((turn) => turnSentence(data, regime, turn))];
}

/** What no setting of the page can say. */
export function limitWords(): string[] {
  return [
    "It cannot say what any regime would do: no causal estimate of any regime’s effect exists, so the effect of support is an assumption with a range.",
    "It forecasts nothing for any council, and no council’s simulated result may be inferred.",
    "Whatever separates the regimes rests on ranges that no evidence has narrowed; other ranges, other answers.",
    "The parameter sets were fitted to how England’s councils were judged and how their directors changed; none of it informs what a day of support does or costs.",
    "Luck and ignorance are two things. More runs shrink the blue bar; only evidence shrinks the orange line.",
  ];
}

function turnSentence(data: ExplorerData, regime: string, turn: Turn): string {
  const info = data.parameters.find(({ name }) => name === turn.name);
  const meaning = info?.meaning ?? LEVER_PLACES[turn.name] ?? asWords(turn.name);
  const value = plain(turn.value, digits(turn.value) + 1);
  const sides = `above ${value}${info ? ` ${info.unit}` : ""} ${regime} does better in ${percent(turn.above.value)} of the worlds, below it in ${percent(turn.below.value)}`;
  return turn.turns
    ? `${sentence(meaning)}: ${sides}; there the mean difference changes its sign.`
    : `${sentence(meaning)}: ${sides}; the mean difference keeps its sign over the whole range.`;
}

const LEVER_PLACES: Readonly<Record<string, string>> = {
  receiver_quantile: "where days per receiver stand in their range, from 0 to 1",
  giver_quantile: "where days per giver stand in their range, from 0 to 1",
};
