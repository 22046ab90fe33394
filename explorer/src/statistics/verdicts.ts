/** The one rule of verdicts, as `experiments/statistics/verdicts.py` has it, with the limits that the page is given. */

import type { Better, VerdictRule } from "../engine/data.js";
import type { Matrix } from "./matrix.js";
import { measureWorlds, type Share, type Worlds } from "./worlds.js";

export const CLOSE = "too close to call";
export const SAME = "no difference";
export const NO_VERDICT = "no verdict";
export const PARITY_NOT_MET = "parity not met";
export const SMALL = ", but by less than matters";

/** A paired difference over worlds, in the unit of the outcome; NaN where it cannot be known. */
export interface PairedEffect {
  readonly difference: number;
  readonly error: number;
  /** Of worlds, in which the regime does better; higher where neither direction is better. */
  readonly share: Share;
  /** 5% and 95% quantiles of the worlds, luck taken out. */
  readonly low: number;
  readonly high: number;
  /** Shares of worlds, better or worse by more than matters. */
  readonly gains: number;
  readonly losses: number;
  readonly matters: number;
  readonly worlds: number;
  readonly leftOut: number;
  readonly replicates: number;
  readonly verdict: string;
  /** Each world's difference with luck taken out, and its weight: for pictures. */
  readonly spread: { readonly values: Float64Array; readonly weights: Float64Array };
}

/** What paired differences say, with their verdict. */
export function pairedEffect(
  rule: VerdictRule,
  differences: Matrix,
  better: Better,
  matters: number,
  weights: Float64Array,
  counts?: readonly boolean[],
): PairedEffect {
  const worlds = measureWorlds(differences, weights, counts);
  const [low, high] = worlds.interval();
  const way = better === "lower" ? -1 : 1;
  const share = worlds.share(way);
  return {
    difference: worlds.mean,
    error: worlds.meanError,
    share,
    low,
    high,
    gains: worlds.shareBeyond(way * matters, way),
    losses: worlds.shareBeyond(-way * matters, -way),
    matters,
    worlds: worlds.number,
    leftOut: worlds.leftOut,
    replicates: worlds.replicates,
    verdict: verdictOf(rule, worlds, better, matters, share, counts !== undefined),
    spread: { values: worlds.withoutLuck(), weights: worlds.weights },
  };
}

/** How likely a share of worlds is by the scale: very likely, likely, or empty. */
export function likelyWord(rule: VerdictRule, share: Share): string {
  const sure = share.value - share.error;
  return sure >= rule.very_likely_share ? "very likely" : sure >= rule.likely_share ? "likely" : "";
}

/** Which way a verdict goes: better, worse, higher or lower; empty where it goes none. */
export function wayOf(verdict: string): string {
  const last = verdict.replace(SMALL, "").split(" ").at(-1) ?? "";
  return ["better", "worse", "higher", "lower"].includes(last) ? last : "";
}

function verdictOf(
  rule: VerdictRule,
  worlds: Worlds,
  better: Better,
  matters: number,
  toward: Share,
  parity: boolean,
): string {
  if (parity && worlds.leftOut > rule.most_left_out) return PARITY_NOT_MET;
  if (worlds.replicates < rule.min_replicates || worlds.number < rule.min_sets) return NO_VERDICT;
  if (worlds.alike) return SAME;
  const small = Math.abs(worlds.mean) < matters ? SMALL : "";
  const [one, other] = better === "neither" ? ["higher", "lower"] : ["better", "worse"];
  const against: Share = { value: 1 - toward.value - worlds.sameShare, error: toward.error };
  for (const [way, share] of [
    [one, toward],
    [other, against],
  ] as const) {
    const degree = likelyWord(rule, share);
    if (degree) return `${degree} ${way}${small}`;
  }
  return CLOSE;
}
