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
  readonly arms: readonly Arm[];
  readonly trusts: boolean;
  readonly follows_parity: boolean;
  /** Whether the months of its arms count from April 2018, and not from the start of a run. */
  readonly by_calendar: boolean;
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

/** England's councils in a month in which runs may start: a list a fact, in order of code. */
export interface Start {
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
  readonly code: readonly string[];
  readonly name: readonly string[];
  readonly region: readonly string[];
  /** From 1, the least deprived, to 5. */
  readonly deprivation_fifth: readonly number[];
  /** What the engine takes of each council, by fact. */
  readonly facts: Readonly<Record<string, readonly number[]>>;
}

/** A parameter set as `sli compare` draws it. */
export interface ParameterSet {
  readonly parameters: Numbers;
  /** Where in their ranges days per receiver and per giver stand in this set. */
  readonly receiver_quantile: number;
  readonly giver_quantile: number;
  /** Numbers of the draws that gave it, from 0: it counts as often as it was drawn. */
  readonly draws: readonly number[];
}

/** A column of a table of the user's own councils; `expected` is what a cell must be, in words. */
export interface ColumnInfo {
  readonly name: string;
  readonly kind: string;
  readonly meaning: string;
  readonly required: boolean;
  /** What a blank means. */
  readonly default: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly above: number | null;
  readonly choices: readonly string[];
  readonly unique: boolean;
  readonly together: boolean;
  readonly alike: boolean;
  readonly expected: string;
}

/** Coefficients of normal scores: quotients of polynomials, and series of the logarithm. */
export interface ScoreFacts {
  readonly middle: readonly [readonly number[], readonly number[]];
  readonly tail: readonly [readonly number[], readonly number[]];
  readonly far: readonly [readonly number[], readonly number[]];
  readonly ln2: readonly [number, number];
  readonly log_first: number;
  readonly log_series: readonly (readonly [number, number])[];
}

/** What a user's own files must be. */
export interface OwnFacts {
  readonly columns: readonly ColumnInfo[];
  /** The fewest and the most councils. */
  readonly rows: readonly [number, number];
  readonly noun: string;
  readonly help: string;
  readonly most_children: number;
  readonly average_children: number;
  /** Months between inspections, over which councils without a date are spread. */
  readonly cycle: number;
  readonly first_month: string;
  readonly english: string;
  readonly ilacs: string;
  readonly reinspection: string;
  /** The longest name of a regime. */
  readonly most_letters: number;
  /** Levers that a file may leave out, with what they are then. */
  readonly lever_defaults: Readonly<Record<string, LeverValue>>;
  readonly score: ScoreFacts;
}

/** What the user brought into the page: the file of the councils, if any, and that of each regime by name. */
export interface Brought {
  readonly councils: string;
  readonly regimes: Readonly<Record<string, string>>;
}

/** What stands in the page as text: as `ExplorerData`, with what is large packed by gzip and written in base 64. */
export interface PackedData extends Omit<ExplorerData, "starts" | "england" | "brought" | "sets" | "moved_arms"> {
  readonly starts: string;
  readonly moved_arms: string;
  readonly sets: {
    /** Columns: every parameter, then the quantiles of the levers. */
    readonly names: readonly string[];
    readonly number: number;
    readonly draws: number;
    readonly drawn: readonly (readonly number[])[];
    /** Numbers of 64 bits, little end first, a row a set. */
    readonly numbers: string;
  };
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
  /** Arms at each start of the regimes that go by the calendar, by regime and start. */
  readonly moved_arms: Readonly<Record<string, Readonly<Record<string, readonly Arm[]>>>>;
  readonly parities: readonly string[];
  /** Those that a comparison is made under unless it is told otherwise. */
  readonly compared_parities: readonly string[];
  readonly baselines: readonly string[];
  readonly scenarios: readonly ScenarioInfo[];
  /** Coefficients that are no parameters, under the usual switches; a start's own are written over them. */
  readonly coefficients: Numbers;
  /** National shortfall of funding by choice, month by month from `first`. */
  readonly gaps: { readonly first: string; readonly by_funding: Readonly<Record<string, readonly number[]>> };
  readonly start_months: readonly string[];
  /** The councils that are run: England's in each month, or those that the user brought. */
  readonly starts: readonly Start[];
  readonly england: readonly Start[];
  readonly brought: Brought;
  readonly sets: readonly ParameterSet[];
  readonly grades: readonly string[];
  readonly verdicts: VerdictRule;
  /** Prices of an unpaid day at which cost is worked out, pounds. */
  readonly prices: readonly number[];
  readonly own: OwnFacts;
}

/** Limits and words of the one rule of verdicts. */
export interface VerdictRule {
  readonly very_likely_share: number;
  readonly likely_share: number;
  readonly min_replicates: number;
  readonly min_sets: number;
  readonly most_left_out: number;
  readonly parity_tolerance: number;
  readonly words: readonly string[];
}

/** Take apart what is packed. */
export async function unpackData(packed: PackedData): Promise<ExplorerData> {
  const { names, drawn, number } = packed.sets;
  const [starts, moved, numbers] = await Promise.all(
    [packed.starts, packed.moved_arms, packed.sets.numbers].map(unpack),
  );
  const rows = new Float64Array(numbers as ArrayBuffer);
  const parameters = names.slice(0, packed.parameters.length);
  const sets = Array.from({ length: number }, (_, set): ParameterSet => {
    const at = (name: string): number => rows[set * names.length + names.indexOf(name)] ?? NaN;
    return {
      parameters: Object.fromEntries(parameters.map((name) => [name, at(name)])),
      receiver_quantile: at("receiver_quantile"),
      giver_quantile: at("giver_quantile"),
      draws: drawn[set] ?? [],
    };
  });
  const text = (bytes: ArrayBuffer | undefined): unknown => JSON.parse(new TextDecoder().decode(bytes));
  const england = text(starts) as ExplorerData["england"];
  return {
    ...packed,
    sets,
    starts: england,
    england,
    brought: { councils: "", regimes: {} },
    moved_arms: text(moved) as ExplorerData["moved_arms"],
  };
}

/** The bytes that a text in base 64 stands for. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function unpack(text: string): Promise<ArrayBuffer> {
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
