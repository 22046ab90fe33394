/** The runs of a setting as they come: outcomes, sums of regions, one path. */

import type { Arranged } from "../app/deploy.js";
import type { ExplorerData, Start } from "../engine/data.js";
import type { CellResult } from "../engine/types.js";
import type { Matrix } from "../statistics/matrix.js";

/** Measures of a region's councils: their names among the engine's, and how they are called as outcomes. */
export const REGION_MEASURES: Readonly<Record<string, string>> = {
  inadequate_months: "months_inadequate",
  mean_quality: "mean_quality",
  days_given: "days_given",
  days_received: "days_received",
};

/** The first so many draws of the plausible sets, with so many replicates of each set. */
export interface Extent {
  readonly draws: number;
  readonly replicates: number;
}

/** The same luck, sets and councils under some regimes; a number that has not come is NaN. */
export class Gathered {
  readonly names: readonly string[];
  readonly #outcomes: Float64Array;
  readonly #regions: Float64Array;
  readonly #paths: (Float64Array | undefined)[];
  readonly #measures: readonly number[];
  readonly #members: readonly number[];
  readonly #regionNames: readonly string[];
  readonly #columns: readonly string[];
  readonly #replicates: number;
  readonly #councilMeasures: number;

  /** Whether a cell has come, by its number. */
  readonly there: boolean[] = [];

  constructor(data: ExplorerData, start: Start, regimes: readonly Arranged[]) {
    this.names = regimes.map(({ name }) => name);
    this.#columns = data.engine.outcomes;
    this.#replicates = data.replicates;
    this.#regionNames = start.regions;
    this.#members = start.region.map((name) => start.regions.indexOf(name));
    this.#councilMeasures = data.engine.measures.names.length;
    this.#measures = Object.values(REGION_MEASURES).map((name) => data.engine.measures.names.indexOf(name));
    const runs = regimes.length * data.sets.length * this.#replicates;
    this.#outcomes = new Float64Array(runs * this.#columns.length).fill(NaN);
    this.#regions = new Float64Array(runs * this.#regionNames.length * this.#measures.length).fill(NaN);
    this.#paths = new Array<Float64Array | undefined>(runs);
  }

  /** The number of the cell of a set and a replicate. */
  cell(set: number, replicate: number): number {
    return set * this.#replicates + replicate;
  }

  take({ number, outcomes, paths, councils }: CellResult): void {
    const regimes = this.names.length;
    const each = outcomes.length / regimes;
    const months = paths.length / regimes;
    this.names.forEach((_, regime) => {
      const run = this.#run(regime, number);
      this.#outcomes.set(outcomes.subarray(regime * each, (regime + 1) * each), run * each);
      if (months > 0) this.#paths[run] = paths.subarray(regime * months, (regime + 1) * months);
      this.#sumRegions(run, councils.subarray((regime * councils.length) / regimes));
    });
    this.there[number] = true;
  }

  /** An outcome of a regime over the sets of an extent: of all councils, or of a region's. */
  outcome(regime: string, name: string, sets: number, { replicates }: Extent, region = ""): Matrix {
    const at = this.names.indexOf(regime);
    const table = region === "" ? this.#outcomes : this.#regions;
    const [column, width] = region === "" ? this.#column(name) : this.#regionColumn(name, region);
    const values = new Float64Array(sets * replicates);
    for (let set = 0; set < sets; set++) {
      for (let replicate = 0; replicate < replicates; replicate++) {
        const run = this.#run(at, this.cell(set, replicate));
        values[set * replicates + replicate] = table[run * width + column] ?? NaN;
      }
    }
    return { rows: sets, columns: replicates, values };
  }

  /** The path of each run of a regime, by set and replicate. */
  paths(regime: string, sets: number, { replicates }: Extent): (Float64Array | undefined)[][] {
    const at = this.names.indexOf(regime);
    return Array.from({ length: sets }, (_, set) =>
      Array.from({ length: replicates }, (_r, replicate) => this.#paths[this.#run(at, this.cell(set, replicate))]),
    );
  }

  #run(regime: number, cell: number): number {
    return cell * this.names.length + regime;
  }

  #column(name: string): [number, number] {
    return [this.#columns.indexOf(name), this.#columns.length];
  }

  #regionColumn(name: string, region: string): [number, number] {
    const measures = Object.keys(REGION_MEASURES);
    const width = this.#regionNames.length * measures.length;
    return [this.#regionNames.indexOf(region) * measures.length + measures.indexOf(name), width];
  }

  /** Add up what is kept of councils, region by region; of quality, the mean. */
  #sumRegions(run: number, councils: Float64Array): void {
    const kept = this.#measures.length;
    const sums = this.#regions
      .subarray(run * this.#regionNames.length * kept)
      .fill(0, 0, this.#regionNames.length * kept);
    const sizes = this.#regionNames.map(() => 0);
    this.#members.forEach((region, council) => {
      sizes[region] = (sizes[region] ?? 0) + 1;
      this.#measures.forEach((measure, k) => {
        const place = region * kept + k;
        sums[place] = (sums[place] ?? NaN) + (councils[council * this.#councilMeasures + measure] ?? NaN);
      });
    });
    const quality = Object.keys(REGION_MEASURES).indexOf("mean_quality");
    sizes.forEach((size, region) => (sums[region * kept + quality] = (sums[region * kept + quality] ?? NaN) / size));
  }
}
