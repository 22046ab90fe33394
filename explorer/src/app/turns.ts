/** Where the answer turns, number by number, as it was last seen: a number that is held shows no turn of its own. */

import { runsOf, withNumber, type Setting } from "./setting.js";

export class Turns {
  readonly #seen = new Map<string, { readonly where: string; readonly value: number }>();
  readonly #listeners = new Set<() => void>();

  /** Note where the answer turns under a setting, by number. */
  note(setting: Setting, found: ReadonlyMap<string, number>): void {
    for (const [name, { where }] of this.#seen)
      if (where === placeOf(setting, name) && !(name in setting.held)) this.#seen.delete(name);
    for (const [name, value] of found) this.#seen.set(name, { where: placeOf(setting, name), value });
    for (const heard of [...this.#listeners]) heard();
  }

  /** Where it turns in a number, everything else being as set; undefined where that is not known. */
  of(setting: Setting, name: string): number | undefined {
    const seen = this.#seen.get(name);
    return seen?.where === placeOf(setting, name) ? seen.value : undefined;
  }

  listen(heard: () => void): () => void {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }
}

/** What is set beside a number. */
function placeOf(setting: Setting, name: string): string {
  const beside = { ...setting, held: withNumber(setting.held, name, undefined), path: "" };
  return `${runsOf(beside)} ${setting.measure} ${setting.region}`;
}
