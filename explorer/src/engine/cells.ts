/** The runs of one cell, and what is kept of them. */

import { Session } from "./session.js";
import type { Cell, CellResult, EngineDescription, Followed, FollowedRun, Wanted, World } from "./types.js";

/** Makes the runs of one cell after another, in one instance of the module. */
export class Maker {
  readonly #session: Session;
  readonly #engine: EngineDescription;
  #world: World | undefined;

  constructor(module: WebAssembly.Module, engine: EngineDescription) {
    this.#session = new Session(module, engine);
    this.#engine = engine;
  }

  settle(world: World): void {
    this.#session.settle(world);
    this.#world = world;
  }

  /** Run every regime of a cell. */
  run(cell: Cell, wanted: Wanted): CellResult {
    const { months, facts } = this.#opened(cell, wanted.seed);
    const { names } = this.#engine.paths;
    const asked = wanted.paths.map((path) => {
      if (!names.includes(path)) throw new Error(`there is no path ${path}`);
      return names.indexOf(path);
    });
    const regimes = cell.regimes.length;
    const measured = wanted.councils ? facts.length * this.#engine.measures.names.length : 0;
    const outcomes = new Float64Array(regimes * this.#engine.outcomes.length);
    const paths = new Float64Array(regimes * asked.length * months);
    const councils = new Float64Array(regimes * measured);
    cell.regimes.forEach((regime, place) => {
      const run = this.#session.run(regime);
      outcomes.set(run.outcomes, place * run.outcomes.length);
      asked.forEach((path, k) => {
        const begin = (place * asked.length + k) * months;
        for (let month = 0; month < months; month++)
          paths[begin + month] = run.paths[month * names.length + path] ?? NaN;
      });
      if (wanted.councils) councils.set(run.councils, place * measured);
    });
    return { number: cell.number, outcomes, paths, councils };
  }

  /** Follow the first regime of a cell month by month. */
  follow(cell: Cell, seed: number, followed: Followed): FollowedRun {
    this.#opened(cell, seed);
    const [regime] = cell.regimes;
    if (regime === undefined) throw new Error("there is no regime to follow");
    return this.#session.follow(regime, followed);
  }

  #opened(cell: Cell, seed: number): World {
    if (this.#world === undefined) throw new Error("there is no world yet: settle one first");
    this.#session.draw(seed, cell.replicate);
    this.#session.open(cell.parameters);
    return this.#world;
  }
}
