/** What is set, and who wants to know when it changes. */

import type { ExplorerData } from "../engine/data.js";
import { worldOf } from "../engine/setting.js";
import type { Pool, World } from "../engine/types.js";
import type { Setting } from "./setting.js";
import { Turns } from "./turns.js";

export class Store {
  readonly data: ExplorerData;
  readonly pool: Pool;
  readonly turns = new Turns();
  readonly #renew: (store: Store) => void;
  #setting: Setting;
  #moving = false;
  readonly #listeners = new Set<() => void>();
  #world: { readonly key: string; readonly world: World } | undefined;

  /** `renew` draws the page anew with another store. */
  constructor(data: ExplorerData, pool: Pool, setting: Setting, renew: (store: Store) => void) {
    this.data = data;
    this.#renew = renew;
    this.pool = pool;
    this.#setting = setting;
  }

  get setting(): Setting {
    return this.#setting;
  }

  /** Whether a hand is on a slider just now. */
  get moving(): boolean {
    return this.#moving;
  }

  /** Set some of it anew, and tell all who listen. */
  change(part: Partial<Setting>, { moving = false } = {}): void {
    this.#setting = { ...this.#setting, ...part };
    this.#moving = moving;
    for (const heard of [...this.#listeners]) heard();
  }

  /** Go on with other councils or regimes: in a store of its own, so that no run of before is taken for one of theirs. */
  takeIn(data: ExplorerData, setting: Setting): void {
    this.#renew(new Store(data, this.pool, setting, this.#renew));
  }

  /** Be told of each change from now on; call what is returned to be told no more. */
  listen(heard: () => void): () => void {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  /** The world of the setting: the same object as long as the same is set. */
  world(): World {
    const { start, months, scenario } = this.#setting;
    const key = JSON.stringify([start, months, scenario]);
    if (this.#world?.key !== key) this.#world = { key, world: worldOf(this.data, start, months, scenario) };
    return this.#world.world;
  }
}
