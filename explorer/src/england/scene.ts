/** A run followed month by month, and the same under other luck: what the map and the stories show. */

import { NOTHING, arranged, type Arranged } from "../app/deploy.js";
import type { Setting } from "../app/setting.js";
import type { Store } from "../app/store.js";
import type { Start } from "../engine/data.js";
import { HELD_FILE, regimeFile, worldWords } from "../take/commands.js";
import { deployedOf, startOf } from "../engine/setting.js";
import type { Cell, Followed, FollowedRun } from "../engine/types.js";

/** Replicates beside which a council's story stands. */
export const REPLICATES = 24;

const FOLLOWED: Followed = {
  councils: [
    "grade", "quality", "seat", "chief.attention", "days_given", "days_received", "next_judgement", "trust_from",
    "months_interim",
  ],
  directors: ["months_in_post", "months_as_director", "council", "status"],
}; // prettier-ignore

/** Which run is looked at. */
export interface Choice {
  readonly regime: string;
  readonly replicate: number;
}

/** A run with all that is to be known to read it. */
export interface Scene {
  readonly setting: Setting;
  readonly choice: Choice;
  readonly start: Start;
  readonly run: FollowedRun;
  /** How many directors were dismissed and how many left by choice, month by month. */
  readonly dismissals: readonly number[];
  readonly exits: readonly number[];
}

/** What of a council is compared over replicates; a number a month. */
export const RANGED = ["quality", "chief.attention", "grade"] as const;
export type Ranged = (typeof RANGED)[number];

/** Other runs of the same regime and numbers: every council's months under each replicate's luck. */
export interface Others {
  readonly replicates: number;
  /** Shape (months, councils), one for each replicate. */
  readonly months: Readonly<Record<Ranged, readonly Float32Array[]>>;
  /** Sums and means of the whole run by measure: shape (councils,), one for each replicate. */
  readonly measures: Readonly<Record<string, readonly Float64Array[]>>;
}

/** The regimes whose runs can be looked at: those of the setting, and no programme. */
export function regimesToFollow(store: Store): readonly Arranged[] {
  const names = [...new Set([...store.setting.regimes, NOTHING])];
  return names.map((name) => arranged(store.data, store.setting, name));
}

/** Make one run and look at every month of it; uncertain numbers stand at their defaults unless they are held. */
export async function followScene(store: Store, choice: Choice): Promise<Scene> {
  const { data, setting } = store;
  const run = await follow(store, choice);
  const { names } = data.engine.paths;
  const path = (name: string): number[] =>
    run.months.map((_, month) => run.paths[month * names.length + names.indexOf(name)] ?? 0);
  return {
    setting, choice, start: startOf(data, setting.start), run,
    dismissals: path("dismissals"), exits: path("voluntary_exits"),
  }; // prettier-ignore
}

/** Make the same runs under other luck; `heard` is told how many have come, and says whether to go on. */
export async function followOthers(
  store: Store,
  choice: Choice,
  heard: (done: number) => boolean,
): Promise<Others | undefined> {
  const months: Record<Ranged, Float32Array[]> = { quality: [], "chief.attention": [], grade: [] };
  const { names } = store.data.engine.measures;
  const measures = Object.fromEntries(names.map((name): [string, Float64Array[]] => [name, []]));
  let done = 0;
  const batch = Math.max(1, store.pool.size);
  for (let first = 0; first < REPLICATES; first += batch) {
    const numbers = Array.from({ length: Math.min(batch, REPLICATES - first) }, (_, k) => first + k);
    const runs = await Promise.all(numbers.map((replicate) => follow(store, { ...choice, replicate })));
    for (const run of runs) {
      for (const name of RANGED) months[name].push(joined(run, name));
      names.forEach((name, k) => measures[name]?.push(column(run.councils, names.length, k)));
    }
    done += runs.length;
    if (!heard(done)) return undefined;
  }
  return { replicates: REPLICATES, months, measures };
}

/** The command that makes a run again and writes what became of every council. */
export function commandOf(store: Store, { regime, replicate }: Choice): string {
  const { data, setting } = store;
  const one = arranged(data, setting, regime);
  const words = [
    `sli run --regime ${regimeFile(data, one) || one.name}`,
    `--replicate ${replicate} --parity ${setting.parity} --months ${setting.months} --start ${setting.start}`,
    ...(Object.keys(setting.held).length > 0 ? [`--parameters ${HELD_FILE}`] : []),
    ...worldWords(data, setting),
  ];
  return words.join(" ");
}

/** How many councils are judged inadequate at the end of a month. */
export function inadequateAt({ run }: Scene, month: number): number {
  return Array.from(run.months[month]?.councils["grade"] ?? []).filter((grade) => grade === 0).length;
}

function follow(store: Store, { regime, replicate }: Choice): Promise<FollowedRun> {
  const { data, setting } = store;
  const one = arranged(data, setting, regime);
  const usual = Object.fromEntries(data.parameters.map((info) => [info.name, info.default]));
  const cell: Cell = {
    number: 0,
    parameters: { ...usual, ...setting.held },
    replicate,
    regimes: [deployedOf(data, one.regime, setting.start, setting.parity)],
  };
  return store.pool.follow({ world: store.world(), seed: data.seed, paths: [], councils: true }, cell, FOLLOWED);
}

function joined(run: FollowedRun, name: Ranged): Float32Array {
  const councils = run.months[0]?.councils[name]?.length ?? 0;
  const all = new Float32Array(run.months.length * councils);
  run.months.forEach((month, k) => all.set(month.councils[name] ?? [], k * councils));
  return all;
}

function column(values: Float64Array, width: number, place: number): Float64Array {
  return Float64Array.from({ length: values.length / width }, (_, row) => values[row * width + place] ?? NaN);
}
