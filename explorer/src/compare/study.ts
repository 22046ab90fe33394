/** Makes the runs of what is set: a few while a hand moves, all when it rests; what is not wanted any more is dropped. */

import { arrangement, cellOf, type Arranged } from "../app/deploy.js";
import { runsOf, type Setting } from "../app/setting.js";
import type { Store } from "../app/store.js";
import type { ParameterSet } from "../engine/data.js";
import { startOf } from "../engine/setting.js";
import type { Cell } from "../engine/types.js";
import { Gathered, type Extent } from "./gathered.js";

/** Looks, each finer than the one before; the last is that of the command line. */
export const LOOKS: readonly Extent[] = [
  { draws: 8, replicates: 2 },
  { draws: 16, replicates: 5 },
  { draws: 64, replicates: 8 },
  { draws: 256, replicates: 8 },
];

/** Runs of a setting, as far as they have come. */
export interface Look {
  readonly setting: Setting;
  readonly regimes: readonly Arranged[];
  readonly gathered: Gathered;
  readonly extent: Extent;
  readonly sets: readonly ParameterSet[];
  /** How often each set was drawn. */
  readonly weights: Float64Array;
}

/** How far the runs are. */
export interface Progress {
  readonly done: number;
  readonly wanted: number;
  readonly state: "running" | "done" | "stopped" | "failed";
  readonly reason: string;
}

interface Runs {
  readonly key: string;
  readonly setting: Setting;
  readonly regimes: readonly Arranged[];
  readonly gathered: Gathered;
  /** Looks that are whole. */
  looks: number;
}

const studies = new WeakMap<Store, Study>();

/** The study of a store, begun when it is first asked for: views share its runs. */
export function studyOf(store: Store): Study {
  const study = studies.get(store) ?? new Study(store);
  studies.set(store, study);
  return study;
}

/** The runs of what is set in a store. */
export class Study {
  look: Look | undefined;
  progress: Progress = { done: 0, wanted: 0, state: "running", reason: "" };
  readonly #store: Store;
  readonly #listeners = new Set<() => void>();
  #runs: Runs | undefined;
  #stop: AbortController | undefined;
  #busy = false;
  #stopped = false;

  constructor(store: Store) {
    this.#store = store;
    store.listen(() => this.#heard());
    this.#heard();
  }

  /** Be told of each look, and of how far the next is; call what is returned to be told no more. */
  listen(heard: () => void): () => void {
    this.#listeners.add(heard);
    void this.#work();
    return () => {
      this.#listeners.delete(heard);
      if (this.#listeners.size === 0) this.#stop?.abort();
    };
  }

  /** Make no more runs until something is set anew, or `goOn`. */
  stop(): void {
    this.#stopped = true;
    this.#stop?.abort();
    this.#say({ ...this.progress, state: "stopped" });
  }

  goOn(): void {
    this.#stopped = false;
    void this.#work();
  }

  #heard(): void {
    const fresh = this.#runs?.key !== runsOf(this.#store.setting);
    if (fresh) this.#stopped = false;
    // The first look is short: while a hand moves it is finished, so that there is always a picture.
    if (fresh && (this.#runs?.looks ?? 0) > 0) this.#stop?.abort();
    void this.#work();
    this.#tell();
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#make(next);
    } catch (error) {
      this.#stopped = true;
      this.#say({ ...this.progress, state: "failed", reason: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#busy = false;
    }
  }

  /** The look that is to be made next, if any. */
  #next(): Runs | undefined {
    // Views that do not watch have the workers to themselves.
    if (this.#stopped || this.#listeners.size === 0) return undefined;
    const { setting, moving } = this.#store;
    const key = runsOf(setting);
    if (this.#runs?.key !== key) this.#runs = this.#begun(setting, key);
    const whole = this.#runs.looks >= LOOKS.length;
    if (whole) this.#say({ ...this.progress, state: "done" });
    return whole || (moving && this.#runs.looks > 0) ? undefined : this.#runs;
  }

  #begun(setting: Setting, key: string): Runs {
    const regimes = arrangement(this.#store.data, setting);
    const gathered = new Gathered(this.#store.data, startOf(this.#store.data, setting.start), regimes);
    return { key, setting, regimes, gathered, looks: 0 };
  }

  async #make(runs: Runs): Promise<void> {
    const { data, pool } = this.#store;
    const extent = LOOKS[runs.looks] as Extent;
    const [sets, weights] = firstDraws(data.sets, extent.draws);
    const cells: Cell[] = [];
    for (let replicate = 0; replicate < extent.replicates; replicate++) {
      sets.forEach((set, place) => {
        const number = runs.gathered.cell(place, replicate);
        if (!runs.gathered.there[number]) cells.push(cellOf(data, runs.setting, runs.regimes, set, replicate, number));
      });
    }
    this.#stop = new AbortController();
    const comparison = { world: this.#store.world(), seed: data.seed, paths: [runs.setting.path], councils: true };
    let shown = performance.now();
    this.#say({ done: 0, wanted: cells.length, state: "running", reason: "" });
    try {
      await pool.run(comparison, cells, {
        signal: this.#stop.signal,
        onResult: (result) => {
          runs.gathered.take(result);
          this.progress = { ...this.progress, done: this.progress.done + 1 };
          if (performance.now() - shown > 200) {
            shown = performance.now();
            this.#tell();
          }
        },
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      throw error;
    }
    runs.looks += 1;
    this.look = { setting: runs.setting, regimes: runs.regimes, gathered: runs.gathered, extent, sets, weights };
    this.#tell();
    // The picture is drawn before the next runs begin.
    await new Promise((resolve) => setTimeout(resolve));
  }

  #tell(): void {
    for (const heard of [...this.#listeners]) heard();
  }

  #say(progress: Progress): void {
    this.progress = progress;
    this.#tell();
  }
}

/** The sets of the first so many draws, and how often each was drawn among them. */
export function firstDraws(sets: readonly ParameterSet[], draws: number): [readonly ParameterSet[], Float64Array] {
  const counts = sets.map((set) => set.draws.filter((draw) => draw < draws).length);
  const chosen = sets.filter((_, place) => (counts[place] ?? 0) > 0);
  return [chosen, Float64Array.from(counts.filter((count) => count > 0))];
}
