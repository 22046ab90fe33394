/** The runs of one cell, and what is kept of them. */

import { Session } from "./session.js";
import type { Cell, CellResult, Comparison, EngineDescription, Followed, FollowedRun } from "./types.js";

/** Makes the runs of cells of one comparison after another, in one instance of the module. */
export class Maker {
  readonly #session: Session;
  readonly #engine: EngineDescription;
  #comparison: Comparison | undefined;

  constructor(module: WebAssembly.Module, engine: EngineDescription) {
    this.#session = new Session(module, engine);
    this.#engine = engine;
  }

  settle(comparison: Comparison): void {
    this.#session.settle(comparison.world);
    this.#comparison = comparison;
  }

  /** Run every regime of a cell. */
  run(cell: Cell): CellResult {
    const comparison = this.#opened(cell);
    const { months, facts } = comparison.world;
    const { names } = this.#engine.paths;
    const wanted = comparison.paths.map((path) => {
      if (!names.includes(path)) throw new Error(`there is no path ${path}`);
      return names.indexOf(path);
    });
    const regimes = cell.regimes.length;
    const measured = comparison.councils ? facts.length * this.#engine.measures.names.length : 0;
    const outcomes = new Float64Array(regimes * this.#engine.outcomes.length);
    const paths = new Float64Array(regimes * wanted.length * months);
    const councils = new Float64Array(regimes * measured);
    cell.regimes.forEach((regime, place) => {
      const run = this.#session.run(regime);
      outcomes.set(run.outcomes, place * run.outcomes.length);
      wanted.forEach((path, k) => {
        const begin = (place * wanted.length + k) * months;
        for (let month = 0; month < months; month++) paths[begin + month] = run.paths[month * names.length + path] ?? NaN;
      });
      if (comparison.councils) councils.set(run.councils, place * measured);
    });
    return { number: cell.number, outcomes, paths, councils };
  }

  /** Follow the first regime of a cell month by month. */
  follow(cell: Cell, followed: Followed): FollowedRun {
    this.#opened(cell);
    const [regime] = cell.regimes;
    if (regime === undefined) throw new Error("there is no regime to follow");
    return this.#session.follow(regime, followed);
  }

  #opened(cell: Cell): Comparison {
    if (this.#comparison === undefined) throw new Error("there is no comparison yet: settle one first");
    this.#session.draw(this.#comparison.seed, cell.replicate);
    this.#session.open(cell.parameters);
    return this.#comparison;
  }
}
