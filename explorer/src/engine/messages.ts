/** What the page and its workers say to each other. */

import type { Cell, CellResult, EngineDescription, Followed, FollowedRun, Wanted, World } from "./types.js";

/** To a worker: begin; take a world; make the runs of a cell; follow one of them; score shares. */
export type Question =
  | { readonly kind: "begin"; readonly module: WebAssembly.Module; readonly engine: EngineDescription }
  | { readonly kind: "settle"; readonly world: World }
  | { readonly kind: "run"; readonly task: number; readonly wanted: Wanted; readonly cell: Cell }
  | {
      readonly kind: "follow";
      readonly task: number;
      readonly seed: number;
      readonly cell: Cell;
      readonly followed: Followed;
    }
  | { readonly kind: "score"; readonly task: number; readonly shares: Float64Array };

/** From a worker, about the task of this number. */
export type Answer =
  | { readonly kind: "ran"; readonly task: number; readonly result: CellResult }
  | { readonly kind: "followed"; readonly task: number; readonly run: FollowedRun }
  | { readonly kind: "scored"; readonly task: number; readonly scores: Float64Array }
  | { readonly kind: "failed"; readonly task: number; readonly reason: string };
