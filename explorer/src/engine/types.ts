/** What the engine of the explorer is called with and what it gives back; units are those of the Python package. */

// ---- The compiled module: how it is called (engine.json, made by `make explorer`) ------------------------------------

/** An argument of a compiled function: an array by its items and dimensions, a tuple by its parts, or a whole number. */
export type Argument =
  | { readonly bytes: number; readonly dimensions: number }
  | { readonly parts: Readonly<Record<string, Argument>> }
  | { readonly number: "whole" };

/** Where a number of a record stands, from the record's begin, and its kind. */
export interface Field {
  readonly offset: number;
  readonly kind: "real" | "whole" | "flag";
  /** How many numbers of this kind follow each other; one where it is not said. */
  readonly count?: number;
}

/** A record of numbers by name; those of a chief executive stand in a council as `chief.attention` and so on. */
export interface Layout {
  readonly bytes: number;
  readonly fields: Readonly<Record<string, Field>>;
}

/** Kinds of records; a council's, a director's and the sector's are the state of a run. */
export type RecordName =
  | "facts" | "coefficients" | "council" | "director" | "sector" | "month" | "panel"
  | "arm_levers" | "arm" | "deployment" | "link" | "slot" | "section"; // prettier-ignore

/** Which entries of records are read as columns: their places in 64-bit words, and which of them are whole numbers. */
export interface Columns {
  readonly names: readonly string[];
  readonly places: readonly number[];
  readonly is_whole: readonly boolean[];
}

/** A decision of chance: the number of its stream, and how it is drawn. */
export interface Decision {
  readonly name: string;
  readonly stream: number;
  readonly kind: "uniform" | "normal";
}

/** What sizes of arrays are counted in. */
export type Count =
  | "one" | "councils" | "linked_councils" | "regions" | "council_months" | "followed_months" | "links"; // prettier-ignore

/** A size: so many times each of some counts, all added up. */
export type Size = Readonly<Partial<Record<Count, number>>>;

/** The compiled module, described for a caller. */
export interface EngineDescription {
  /** Digest of the sources that the module was built from, and of the module itself. */
  readonly made_of: string;
  readonly module: string;
  readonly functions: Readonly<Record<string, Readonly<Record<string, Argument>>>>;
  readonly layouts: Readonly<Record<RecordName, Layout>>;
  /** Records as a new run's state begins, a number a 64-bit word, by kind: councils, directors and the sector. */
  readonly new_records: Readonly<Record<"council" | "director" | "sector", readonly number[]>>;
  readonly paths: Columns;
  readonly measures: Columns;
  readonly outcomes: readonly string[];
  readonly chance: {
    readonly monthly: readonly Decision[];
    readonly start: readonly Decision[];
    readonly region: Decision;
  };
  /** Arrays to work in, all noughts as a run begins: bytes an item, and how many. */
  readonly work: Readonly<Record<string, { readonly bytes: number; readonly size: Size }>>;
  /** How many directors there may be. */
  readonly directors: Size;
  /** Months for which a spell of failure is followed. */
  readonly spell_months: number;
}

// ---- What a run is made with ----------------------------------------------------------------------------------------

/** Numbers by name. */
export type Numbers = Readonly<Record<string, number>>;

/** Whom and when runs are made on; the same for every parameter set, replicate and regime. */
export interface World {
  readonly months: number;
  /** A record a council, in order of code: the fields of `facts`. */
  readonly facts: readonly Numbers[];
  readonly regions: number;
  /** Whether the councils' inspections are those of a table of the user's own. */
  readonly own: boolean;
  /** National shortfall of funding by month, at least `months` long. */
  readonly gaps: readonly number[];
  /** First month of the pause of inspections and the first month after it. */
  readonly pause: readonly [number, number];
  /** Fields of `coefficients` that are no parameters: switches and what the scenario says. */
  readonly coefficients: Numbers;
}

/** A regime as it is run under a parity: the levers of its arms as numbers, the fields of `arm_levers`. */
export interface Deployed {
  readonly name: string;
  readonly arms: readonly Numbers[];
  readonly trusts: boolean;
  /** What is held equal, as the number that the engine knows. */
  readonly parity: number;
  /**
   * Where the levers that are swept with the parameter sets stand: for each arm low and high of days per receiver, low and
   * high of days per giver (NaN without a range) and whether the number of givers moves; and the two quantiles.
   */
  readonly sweep?: { readonly ranges: readonly (readonly number[])[]; readonly quantiles: readonly [number, number] };
  /** Levers that stand at values of their own, whatever is swept, arm by arm. */
  readonly held?: readonly Numbers[];
}

/** A parameter set: every parameter by name. */
export type Parameters = Numbers;

// ---- What a run gives -----------------------------------------------------------------------------------------------

/** The record of one run. */
export interface Run {
  readonly regime: string;
  /** In the order of `outcomes`; NaN where there is none. Paired ones compare with the run under `none`. */
  readonly outcomes: Float64Array;
  /** Month by month, each in the order of `paths.names`: value of path p in month m at `m * paths + p`. */
  readonly paths: Float64Array;
  /** Council by council, each in the order of `measures.names`. */
  readonly councils: Float64Array;
}

/**
 * What of the state is followed month by month: fields of `council` and of `director` in the engine's layouts, such as
 * `grade`, `quality`, `seat` and `chief.attention`, and `status` and `months_in_post`.
 */
export interface Followed {
  readonly councils: readonly string[];
  readonly directors: readonly string[];
}

/** One month of a run that is followed month by month, as it stands at its end. */
export interface FollowedMonth {
  readonly month: number;
  /** A number a council, by the name of the field. A `seat` is its director's number; -1 an interim, -2 to be filled. */
  readonly councils: Readonly<Record<string, Float64Array>>;
  /** A number a director, by the name of the field; a director keeps the same number for the whole run. */
  readonly directors: Readonly<Record<string, Float64Array>>;
  /** Links of support in force: numbers of councils and of the arm, and pledged days a month. */
  readonly links: Readonly<Record<"giver" | "receiver" | "arm" | "days", Float64Array>>;
}

/** A run followed month by month: its record, and every council at the end of each month. */
export interface FollowedRun extends Run {
  readonly months: readonly FollowedMonth[];
}

// ---- Many runs, in workers ------------------------------------------------------------------------------------------

/** What many runs share. While `world` stays the same object, workers keep the luck that they have drawn. */
export interface Comparison extends Wanted {
  readonly world: World;
}

/** With which luck runs are made, and what is wanted of each beside its outcomes. */
export interface Wanted {
  readonly seed: number;
  /** Which paths are wanted of each run, by name; none where empty. */
  readonly paths: readonly string[];
  /** Whether councils' sums and means are wanted of each run. */
  readonly councils: boolean;
}

/** The runs of one parameter set under one replicate's luck: every regime, paired with `none`. */
export interface Cell {
  /** The caller's own number of the cell, given back with its result. */
  readonly number: number;
  readonly parameters: Parameters;
  readonly replicate: number;
  /** Levers may differ from set to set, so regimes are the cell's. */
  readonly regimes: readonly Deployed[];
}

/** The runs of one cell, in the order of its regimes. */
export interface CellResult {
  readonly number: number;
  /** Shape (regimes, outcomes). */
  readonly outcomes: Float64Array;
  /** Shape (regimes, wanted paths, months). */
  readonly paths: Float64Array;
  /** Shape (regimes, councils, measures); empty where they are not wanted. */
  readonly councils: Float64Array;
}

/** Workers that make runs; results come as they are made, in any order. */
export interface Pool {
  readonly size: number;
  /**
   * Make the runs of all cells. Cells that share a replicate should follow each other: luck is drawn once for them.
   *
   * @throws DOMException `AbortError` soon after `signal` is aborted; results that had come stand.
   */
  run(
    comparison: Comparison,
    cells: readonly Cell[],
    options: { readonly signal?: AbortSignal; readonly onResult: (result: CellResult) => void },
  ): Promise<void>;
  /** Follow the run of a cell's first regime month by month. */
  follow(comparison: Comparison, cell: Cell, followed: Followed): Promise<FollowedRun>;
  /** The normal scores of some shares, as councils' deprivation is scored. */
  score(shares: Float64Array): Promise<Float64Array>;
  close(): void;
}
