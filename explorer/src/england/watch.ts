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

/** The run of a choice; `key` says what else it depends on. */
export function useScene(store: Store, choice: Choice, key: string): Watched {
  const [scene, showScene] = useState<Scene>();
  const [others, showOthers] = useState<Others>();
  const [made, count] = useState(0);
  const [problem, say] = useState("");
  const [, renew] = useState(0);
  useEffect(() => store.listen(() => renew((times) => times + 1)), [store]);
  useWork(
    () => {
      if (store.moving) return undefined;
      return async (isWanted) => {
        say("");
        const found = await followScene(store, choice);
        if (isWanted()) showScene(found);
      };
    },
    say,
    [store, choice.regime, choice.replicate, key, store.moving],
  );
  // The others are the same whichever of them is looked at.
  useWork(
    () => {
      if (store.moving || scene === undefined) return undefined;
      return async (isWanted) => {
        showOthers(undefined);
        count(0);
        const found = await followOthers(store, choice, (done) => {
          if (isWanted()) count(done);
          return isWanted();
        });
        if (found !== undefined && isWanted()) showOthers(found);
      };
    },
    say,
    [store, choice.regime, key, store.moving, scene === undefined],
  );
  return { scene, others, made, problem };
}

type Work = (isWanted: () => boolean) => Promise<void>;

/** Do a piece of work anew whenever what it depends on changes; what an older one finds is not wanted any more. */
function useWork(begin: () => Work | undefined, say: (problem: string) => void, on: readonly unknown[]): void {
  useEffect(() => {
    let wanted = true;
    begin()?.(() => wanted).catch((error: unknown) => {
      if (wanted) say(error instanceof Error ? error.message : String(error));
    });
    return () => {
      wanted = false;
    };
  }, [...on]);
}
