/** What the page knows of the model, made from the Python package by `experiments.explorer` and put into the page. */

import type { EngineDescription, Numbers } from "./types.js";

/** Which way is better. */
export type Better = "lower" | "higher" | "neither";

/** An uncertain number: default, plausible range, hard limits. */
export interface ParameterInfo {
  readonly name: string;
  readonly default: number;
  readonly low: number;
  readonly high: number;
  readonly hard_low: number;
  readonly hard_high: number;
  readonly unit: string;
  readonly meaning: string;
  readonly source: string;
  readonly group: string;
}

/** A measure of a whole run. `smallest` of it that matters is for 120 months; it grows with them where it `adds_up`. */
export interface OutcomeInfo {
  readonly name: string;
  readonly unit: string;
  readonly better: Better;
  readonly meaning: string;
  readonly group: string;
  readonly matters: number;
  readonly why: string;
  readonly paired: boolean;
  readonly adds_up: boolean;
}

/** A measure of every month. */
export interface PathInfo {
  readonly name: string;
  readonly unit: string;
  readonly better: Better;
  readonly meaning: string;
  readonly group: string;
}

/** A lever's value as a regime's file states it; null where a range is not given. */
export type LeverValue = number | string | boolean | readonly [number, number] | null;

/** An arm of a regime: every lever by name, as its file states it. */
export type Arm = Readonly<Record<string, LeverValue>>;

/** A lever of an arm, and how a value of it is written into the engine's `arm_levers`. */
export interface LeverInfo {
  readonly name: string;
  readonly kind: "number" | "count" | "switch" | "choice" | "range";
  readonly unit: string;
  readonly meaning: string;
  readonly choices: readonly string[];
  readonly low: number;
  readonly high: number;
  /** The field that a number or a switch goes into; null where the engine has none. */
  readonly field: string | null;
  /** What a named choice sets, by choice; what a number sets beside its field, under the empty name. */
  readonly sets: Readonly<Record<string, Numbers>>;
}

/** A regime as its file states it. */
export interface RegimeInfo {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** How a sentence calls it. */
  readonly words: string;
  readonly trusts: boolean;
  readonly follows_parity: boolean;
  /** Its arms at each start, by start: only a regime that goes by the calendar has other ones at another. */
  readonly arms: Readonly<Record<string, readonly Arm[]>>;
  /** The engine's number for each parity. */
  readonly parity: Readonly<Record<string, number>>;
}

/** A choice about the world. */
export interface ScenarioInfo {
  readonly name: string;
  readonly choices: readonly string[];
  readonly default: string;
  readonly unit: string;
  readonly meaning: string;
  readonly source: string;
}

/** England's councils in a month in which runs may start. */
export interface StartInfo {
  /** Calendar month, as YYYY-MM. */
  readonly month: string;
  /** Months from the first month of `gaps` to this one. */
  readonly offset: number;
  readonly drift_from: number;
  /** First month without an overall grade, by choice of headline. */
  readonly headline_until: Readonly<Record<string, number>>;
  /** First month of the pause of inspections and first month after it, by choice of pause. */
  readonly pause: Readonly<Record<string, readonly [number, number]>>;
  readonly own: boolean;
  readonly regions: readonly string[];
  readonly councils: readonly CouncilInfo[];
}

/** A council at a start: who it is, and its facts as the engine takes them. */
export interface CouncilInfo {
  readonly code: string;
  readonly name: string;
  readonly region: string;
  readonly deprivation_fifth: number;
  readonly facts: Numbers;
}

/** Parameter sets as `sli compare` draws them: a table of real numbers, packed. */
export interface PackedSets {
  /** Columns: every parameter, then `receiver_quantile` and `giver_quantile`. */
  readonly names: readonly string[];
  readonly number: number;
  /** How many draws gave the sets, and the numbers of those that gave each. */
  readonly draws: number;
  readonly drawn: readonly (readonly number[])[];
  /** The numbers of all sets, 64 bits each, little end first, packed by gzip and written in base 64. */
  readonly gzip: string;
}

/** All that the page knows of the model. */
export interface ExplorerData {
  readonly project: { readonly version: string; readonly model: string };
  readonly engine: EngineDescription;
  readonly seed: number;
  readonly months: { readonly usual: number; readonly most: number };
  readonly replicates: number;
  readonly default_start: string;
  readonly parameters: readonly ParameterInfo[];
  readonly outcomes: readonly OutcomeInfo[];
  readonly paths: readonly PathInfo[];
  readonly levers: readonly LeverInfo[];
  readonly regimes: readonly RegimeInfo[];
  readonly parities: readonly string[];
  readonly baselines: readonly string[];
  readonly scenarios: readonly ScenarioInfo[];
  /** Coefficients that are no parameters, under the usual switches; a start's own are written over them. */
  readonly coefficients: Numbers;
  /** National shortfall of funding by choice, month by month from `first`. */
  readonly gaps: { readonly first: string; readonly by_funding: Readonly<Record<string, readonly number[]>> };
  readonly starts: readonly StartInfo[];
  readonly sets: PackedSets;
  readonly grades: readonly string[];
  /** Limits and words of the one rule of verdicts. */
  readonly verdicts: Readonly<Record<string, number | string>>;
  /** Prices of an unpaid day at which cost is worked out, pounds. */
  readonly prices: readonly number[];
}
