/** A sweep as it is made: begun anew when what is asked for changes, stopped when it is not wanted any more. */

import { useEffect, useState } from "preact/hooks";

import type { Store } from "../app/store.js";
import { makeSweep, type Design, type Swept } from "./sweep.js";

/** How far a sweep is. */
export interface Making {
  readonly swept: Swept | undefined;
  readonly done: number;
  readonly wanted: number;
  readonly state: "running" | "done" | "stopped" | "failed";
  readonly reason: string;
}

const BEGUN: Making = { swept: undefined, done: 0, wanted: 0, state: "running", reason: "" };
/** Milliseconds between two words on how far it is, and for which a choice must rest before runs begin. */
const OFTEN = 200;
const REST = 300;

/** The sweep of a design; `key` says when it is another. Call `stop` to end it, `again` to begin it anew. */
export function useSweep(store: Store, design: Design, key: string): Making & { stop: () => void; again: () => void } {
  const [making, tell] = useState<Making>(BEGUN);
  const [round, next] = useState(0);
  const [halt, setHalt] = useState<AbortController>();
  useEffect(() => {
    const control = new AbortController();
    setHalt(control);
    const timer = setTimeout(() => void make(store, design, control.signal, tell), REST);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [store, key, round]);
  const stop = (): void => {
    halt?.abort();
    tell((before) => ({ ...before, state: "stopped" }));
  };
  return { ...making, stop, again: () => next(round + 1) };
}

type Tell = (change: (before: Making) => Making) => void;

async function make(store: Store, design: Design, signal: AbortSignal, tell: Tell): Promise<void> {
  let shown = 0;
  tell(({ swept }) => ({ ...BEGUN, swept }));
  try {
    await makeSweep(store, design, {
      signal,
      onProgress: (done, wanted) => {
        if (performance.now() - shown < OFTEN) return;
        shown = performance.now();
        tell((before) => ({ ...before, done, wanted }));
      },
      onSwept: (swept) => tell((before) => ({ ...before, swept })),
    });
    tell((before) => ({ ...before, state: "done" }));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    const reason = error instanceof Error ? error.message : String(error);
    tell((before) => ({ ...before, state: "failed", reason }));
  }
}
