/** What the runs of a setting say: paired differences, regret, money; of all councils or of a region's. */

import { NOTHING, PARTNERS, arranged, isUnpaid, type Arranged } from "../app/deploy.js";
import { MAIN_MEASURE, type Setting } from "../app/setting.js";
import type { Better, ExplorerData, OutcomeInfo, Start } from "../engine/data.js";
import { startOf } from "../engine/setting.js";
import { less, mapped, rowMeans, mean, type Matrix } from "../statistics/matrix.js";
import { billOf, breakEvenPrice, plus, type Bill } from "../statistics/prices.js";
import { NO_REGRET, regrets, type Regret } from "../statistics/regret.js";
import { findTurns, type Turn } from "../statistics/turns.js";
import { pairedEffect, wayOf, type PairedEffect } from "../statistics/verdicts.js";
import { REGION_MEASURES } from "./gathered.js";
import type { Look } from "./study.js";

/** Parity -> the outcome that it makes equal. */
export const MADE_EQUAL: Readonly<Record<string, string>> = {
  pounds: "programme_cost",
  days: "days_delivered",
  director_days: "director_days",
};

/** A regime set against the first. */
export interface Pair {
  readonly name: string;
  readonly title: string;
  readonly words: string;
  readonly effect: PairedEffect;
  /** What both realised of what the parity makes equal, regime and reference. */
  readonly realised: readonly [number, number];
  readonly parityMet: number;
  /** Uncertain numbers that decide the difference, the first most. */
  readonly turns: readonly Turn[];
}

export interface Choice {
  readonly name: string;
  readonly title: string;
  readonly regret: Regret;
  readonly least: boolean;
}

export interface Account {
  readonly name: string;
  readonly title: string;
  readonly bill: Bill;
  readonly unpaid: boolean;
  /** Verdict against no programme. */
  readonly verdict: string;
}

export interface Findings {
  readonly look: Look;
  readonly setting: Setting;
  readonly reference: { readonly name: string; readonly title: string; readonly words: string };
  readonly pairs: readonly Pair[];
  readonly choices: readonly Choice[];
  readonly accounts: readonly Account[];
  /** Regime with unpaid days -> price of one at which it costs as much for a month avoided as the partners. */
  readonly breakEven: Readonly<Record<string, number>>;
  readonly measure: { readonly name: string; readonly unit: string; readonly better: Better };
  /** The most that council-months can be. */
  readonly total: number;
  readonly councils: number;
}

/** What a look at the runs says under a setting that has the same runs. */
export function findingsOf(data: ExplorerData, look: Look, setting: Setting): Findings {
  const runs = new Runs(data, look, setting);
  const own = setting.regimes.map((name) => arranged(data, setting, name));
  const [reference, ...others] = own as [Arranged, ...Arranged[]];
  const accounts = look.regimes.filter(({ name }) => name !== NOTHING).map((one) => runs.account(one));
  return {
    look,
    setting,
    reference: { name: reference.name, title: titleOf(reference), words: wordsOf(reference) },
    pairs: others.map((one) => runs.pair(one, reference)),
    choices: runs.choices(),
    accounts,
    breakEven: breakEvens(accounts),
    measure: runs.measure,
    total: runs.councils * setting.months,
    councils: runs.councils,
  };
}

export function titleOf({ regime, moved }: Arranged): string {
  return moved ? `${regime.title}, levers moved` : regime.title;
}

export function wordsOf({ regime, moved }: Arranged): string {
  return moved ? `${regime.words} with levers moved` : regime.words;
}

/** Measures that can be had of a region's councils. */
export function regionMeasures(): readonly string[] {
  return Object.keys(REGION_MEASURES);
}

/** The measure that is compared: of a region, one that is known there. */
export function measureOf(data: ExplorerData, { measure, region, months }: Setting, start: Start): Compared {
  const known = region === "" || measure in REGION_MEASURES ? measure : MAIN_MEASURE;
  // What one council gives or receives is a day delivered.
  const info = data.outcomes.find(({ name }) => name === (known.startsWith("days_") ? "days_delivered" : known));
  if (info === undefined) throw new Error(`there is no outcome ${measure}`);
  const councils = region === "" ? start.code.length : start.region.filter((one) => one === region).length;
  const grown = info.adds_up ? (info.matters * months) / data.months.usual : info.matters;
  const part = region === "" || known === "mean_quality" ? 1 : councils / start.code.length;
  return { name: known, unit: info.unit, better: info.better, matters: grown * part, councils, info };
}

interface Compared {
  readonly name: string;
  readonly unit: string;
  readonly better: Better;
  readonly matters: number;
  readonly councils: number;
  readonly info: OutcomeInfo;
}

class Runs {
  readonly measure: Compared;
  readonly councils: number;

  constructor(
    readonly data: ExplorerData,
    readonly look: Look,
    readonly setting: Setting,
  ) {
    this.measure = measureOf(data, setting, startOf(data, setting.start));
    this.councils = this.measure.councils;
  }

  pair(regime: Arranged, reference: Arranged): Pair {
    const { measure } = this;
    const differences = less(this.#compared(regime.name), this.#compared(reference.name));
    const counts = this.#countsOfBoth(regime.name, reference.name);
    return {
      name: regime.name,
      title: titleOf(regime),
      words: wordsOf(regime),
      effect: this.#effect(differences, counts, measure.better, measure.matters),
      realised: [this.#realised(regime.name), this.#realised(reference.name)].map((one) =>
        mean(rowMeans(one), this.look.weights),
      ) as [number, number],
      parityMet: counts === undefined ? NaN : mean(counts.map(Number), this.look.weights),
      turns: findTurns(differences, measure.better, this.#drawn(), this.look.weights, counts),
    };
  }

  /** Regrets of all regimes that were run, in the compared measure. */
  choices(): Choice[] {
    const { rule, weights, regimes, sets, extent } = this.#short;
    if (this.measure.better === "neither") return [];
    const counts = regimes.map(({ name }) => this.#counts(name) ?? sets.map(() => true));
    const possible = regimes.filter((_, k) => leftOut(counts[k] ?? [], weights) <= rule.most_left_out);
    const nothing = this.#compared(NOTHING);
    const differences = possible.map(({ name }) => less(this.#compared(name), nothing));
    const together = sets.map((_, set) => possible.every((one) => counts[regimes.indexOf(one)]?.[set]));
    const found = regrets(differences, this.measure.better === "lower", weights, together);
    const enough = (found[0]?.worlds ?? 0) >= rule.min_sets && extent.replicates >= rule.min_replicates;
    const least = Math.min(...found.map((one) => one.mean));
    return regimes.map((one) => {
      const regret = found[possible.indexOf(one)] ?? NO_REGRET;
      return { name: one.name, title: titleOf(one), regret, least: enough && regret.mean === least };
    });
  }

  /** A regime's bill against no programme, of all councils. */
  account(one: Arranged): Account {
    const of = (name: string): Matrix => this.#outcome(one.name, name);
    const prices = one.regime.arms.filter(isUnpaid).map((arm) => Number(arm["shadow_price_per_day"]));
    const [price = 0] = prices;
    const cash = plus(of("programme_cash"), of("trust_cost"));
    const days = mapped(of("programme_shadow"), (pounds) => (price > 0 ? pounds / price : 0));
    const avoided = less(this.#outcome(NOTHING, MAIN_MEASURE), of(MAIN_MEASURE));
    const counts = this.#counts(one.name);
    const info = this.data.outcomes.find(({ name }) => name === MAIN_MEASURE) as OutcomeInfo;
    const matters = (info.matters * this.setting.months) / this.data.months.usual;
    return {
      name: one.name,
      title: titleOf(one),
      bill: billOf(cash, days, avoided, this.look.weights, counts),
      unpaid: price > 0,
      verdict: this.#effect(
        mapped(avoided, (months) => -months),
        counts,
        info.better,
        matters,
      ).verdict,
    };
  }

  /** The uncertain numbers that are not held, and the levers' places in their ranges: a value a set. */
  #drawn(): Map<string, Float64Array> {
    const { sets } = this.look;
    const names = this.data.parameters.map(({ name }) => name).filter((name) => !(name in this.setting.held));
    const column = (name: string): Float64Array => Float64Array.from(sets, (set) => set.parameters[name] ?? NaN);
    const levers = ["receiver_quantile", "giver_quantile"] as const;
    return new Map([
      ...names.map((name) => [name, column(name)] as const),
      ...levers.map((name) => [name, Float64Array.from(sets, (set) => set[name])] as const),
    ]);
  }

  get #short() {
    return { rule: this.data.verdicts, ...this.look };
  }

  #effect(differences: Matrix, counts: readonly boolean[] | undefined, better: Better, matters: number): PairedEffect {
    return pairedEffect(this.data.verdicts, differences, better, matters, this.look.weights, counts);
  }

  #outcome(regime: string, name: string, region = ""): Matrix {
    const { gathered, sets, extent } = this.look;
    return gathered.outcome(regime, name, sets.length, extent, region);
  }

  #compared(regime: string): Matrix {
    const paired = this.measure.info.paired && regime === NOTHING;
    const values = this.#outcome(regime, this.measure.name, this.setting.region);
    return paired ? mapped(values, () => 0) : values;
  }

  #realised(regime: string): Matrix {
    return this.#outcome(regime, MADE_EQUAL[this.setting.parity] ?? "programme_cost");
  }

  /** Which sets met the parity, judged over all councils; undefined where there is none to be met. */
  #counts(regime: string): boolean[] | undefined {
    if (regime === NOTHING || !(this.setting.parity in MADE_EQUAL)) return undefined;
    const wanted = rowMeans(this.#realised(PARTNERS));
    const tolerance = this.data.verdicts.parity_tolerance;
    return Array.from(rowMeans(this.#realised(regime)), (one, set) => {
      const reference = wanted[set] ?? NaN;
      return Math.abs(one - reference) <= tolerance * Math.abs(reference) + 1e-9;
    });
  }

  /** Which sets met it under both; the baselines have none to meet beside another. */
  #countsOfBoth(regime: string, reference: string): boolean[] | undefined {
    const both = this.data.baselines.includes(reference) ? [regime] : [regime, reference];
    const some = both.map((name) => this.#counts(name)).filter((counts) => counts !== undefined);
    return some.length === 0 ? undefined : some.reduce((all, one) => all.map((is, set) => is && one[set] === true));
  }
}

function breakEvens(accounts: readonly Account[]): Record<string, number> {
  const partners = accounts.find(({ name }) => name === PARTNERS);
  if (partners === undefined) return {};
  const better = (one: Account): boolean => wayOf(one.verdict) === "better";
  const priced = accounts.filter((one) => one.unpaid && better(one) && better(partners));
  return Object.fromEntries(priced.map(({ name, bill }) => [name, breakEvenPrice(bill, partners.bill)]));
}

function leftOut(met: readonly boolean[], weights: Float64Array): number {
  return 1 - mean(met.map(Number), weights);
}
