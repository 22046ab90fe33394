/** What the view knows of its run, and of the same run under other luck: made anew as they are asked for. */

import { useEffect, useState } from "preact/hooks";

import type { Store } from "../app/store.js";
import { followOthers, followScene, type Choice, type Others, type Scene } from "./scene.js";

export interface Watched {
  readonly scene: Scene | undefined;
  readonly others: Others | undefined;
  /** How many of the others have come. */
  readonly made: number;
  /** Why there is no run; empty where all is well. */
  readonly problem: string;
}

const NOTHING_YET: Watched = { scene: undefined, others: undefined, made: 0, problem: "" };

/** The run of a choice; `key` says what else it depends on. */
export function useScene(store: Store, choice: Choice, key: string): Watched {
  const [watched, tell] = useState<Watched>(NOTHING_YET);
  const [, renew] = useState(0);
  useEffect(() => store.listen(() => renew((count) => count + 1)), [store]);
  useEffect(() => {
    if (store.moving) return undefined;
    let wanted = true;
    const make = async (): Promise<void> => {
      const scene = await followScene(store, choice);
      if (!wanted) return;
      tell({ ...NOTHING_YET, scene });
      const others = await followOthers(store, choice, (made) => {
        if (wanted) tell({ ...NOTHING_YET, scene, made });
        return wanted;
      });
      if (others !== undefined) tell({ scene, others, made: others.replicates, problem: "" });
    };
    make().catch((error: unknown) => {
      if (wanted) tell({ ...NOTHING_YET, problem: error instanceof Error ? error.message : String(error) });
    });
    return () => {
      wanted = false;
    };
  }, [store, choice.regime, choice.replicate, key, store.moving]);
  return watched;
}
