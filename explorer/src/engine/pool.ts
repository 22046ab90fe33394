/** A pool of workers: cells are handed out one by one, so that what is not wanted any more is never begun. */

import type { Answer, Question } from "./messages.js";
import type {
  Cell, CellResult, Comparison, EngineDescription, Followed, FollowedRun, Pool, World,
} from "./types.js"; // prettier-ignore

/** Cells that a worker has at hand: it never waits for the page to hear of the one before. */
const AHEAD = 2;

interface Task {
  /** The world that it is done in, if it is done in one. */
  readonly world?: World;
  ask(number: number): Question;
  done(answer: Answer): void;
}

interface Hand {
  readonly worker: Worker;
  readonly tasks: Map<number, Task>;
  settled: World | undefined;
}

/**
 * Start workers, each with an instance of the module.
 *
 * @param source the bundled script of `worker.ts`; it is run from memory, so that nothing is fetched
 * @param size how many; as many as the machine has processors, but eight at most, where it is not said
 */
export function startPool(
  source: string,
  module: WebAssembly.Module,
  engine: EngineDescription,
  size: number = Math.max(1, Math.min(8, navigator.hardwareConcurrency || 2)),
): Pool {
  return new WorkerPool(source, module, engine, size);
}

class WorkerPool implements Pool {
  readonly #hands: Hand[];
  readonly #address: string;
  #waiting: Task[] = [];
  #number = 0;

  constructor(source: string, module: WebAssembly.Module, engine: EngineDescription, size: number) {
    this.#address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.#hands = Array.from({ length: size }, () => {
      const hand: Hand = { worker: new Worker(this.#address), tasks: new Map(), settled: undefined };
      hand.worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(hand, data);
      hand.worker.onerror = (event) => this.#lose(hand, event.message);
      hand.worker.postMessage({ kind: "begin", module, engine } satisfies Question);
      return hand;
    });
  }

  get size(): number {
    return this.#hands.length;
  }

  run(
    comparison: Comparison,
    cells: readonly Cell[],
    { signal, onResult }: { signal?: AbortSignal; onResult: (result: CellResult) => void },
  ): Promise<void> {
    const { world, ...wanted } = comparison;
    return new Promise((resolve, reject) => {
      let left = cells.length;
      let ended = false;
      const end = (reason?: unknown): void => {
        if (ended) return;
        ended = true;
        this.#waiting = this.#waiting.filter((task) => !tasks.has(task));
        signal?.removeEventListener("abort", stop);
        if (reason === undefined) resolve();
        else reject(reason);
      };
      const stop = (): void => end(new DOMException("the runs are not wanted any more", "AbortError"));
      const listed = cells.map((cell): Task => ({
        world,
        ask: (task) => ({ kind: "run", task, wanted, cell }),
        done: (answer) => {
          if (ended) return;
          if (answer.kind === "failed") end(new Error(answer.reason));
          else if (answer.kind === "ran") {
            onResult(answer.result);
            left -= 1;
            if (left === 0) end();
          }
        },
      }));
      const tasks = new Set(listed);
      if (signal?.aborted) stop();
      else if (left === 0) end();
      else {
        signal?.addEventListener("abort", stop);
        this.#waiting.push(...listed);
        this.#handOut();
      }
    });
  }

  follow(comparison: Comparison, cell: Cell, followed: Followed): Promise<FollowedRun> {
    return new Promise((resolve, reject) => {
      this.#waiting.unshift({
        world: comparison.world,
        ask: (task) => ({ kind: "follow", task, seed: comparison.seed, cell, followed }),
        done: (answer) => {
          if (answer.kind === "followed") resolve(answer.run);
          else reject(new Error(answer.kind === "failed" ? answer.reason : "the worker answered another question"));
        },
      });
      this.#handOut();
    });
  }

  score(shares: Float64Array): Promise<Float64Array> {
    return new Promise((resolve, reject) => {
      this.#waiting.unshift({
        ask: (task) => ({ kind: "score", task, shares }),
        done: (answer) => {
          if (answer.kind === "scored") resolve(answer.scores);
          else reject(new Error(answer.kind === "failed" ? answer.reason : "the worker answered another question"));
        },
      });
      this.#handOut();
    });
  }

  close(): void {
    for (const { worker } of this.#hands) worker.terminate();
    this.#hands.length = 0;
    this.#waiting = [];
    URL.revokeObjectURL(this.#address);
  }

  /** Give waiting tasks to the workers with the least at hand. */
  #handOut(): void {
    for (let filled = 0; filled < AHEAD; filled++) {
      for (const hand of this.#hands) {
        const task = hand.tasks.size <= filled ? this.#waiting.shift() : undefined;
        if (task !== undefined) this.#give(hand, task);
      }
    }
  }

  #give(hand: Hand, task: Task): void {
    const number = this.#number++;
    hand.tasks.set(number, task);
    if (task.world !== undefined && hand.settled !== task.world) {
      hand.settled = task.world;
      hand.worker.postMessage({ kind: "settle", world: task.world } satisfies Question);
    }
    hand.worker.postMessage(task.ask(number));
  }

  #hear(hand: Hand, answer: Answer): void {
    const task = hand.tasks.get(answer.task);
    if (task === undefined) {
      if (answer.kind === "failed") this.#lose(hand, answer.reason);
      return;
    }
    hand.tasks.delete(answer.task);
    task.done(answer);
    this.#handOut();
  }

  /** Let all that a worker was asked fail, for it answers no more. */
  #lose(hand: Hand, reason: string): void {
    for (const [number, task] of hand.tasks) {
      hand.tasks.delete(number);
      task.done({ kind: "failed", task: number, reason });
    }
  }
}
