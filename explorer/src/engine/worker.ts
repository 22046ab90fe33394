/** A worker of the page: makes runs as it is asked to. Bundled as a script of its own, and started from memory. */

import { Maker } from "./cells.js";
import type { Answer, Question } from "./messages.js";

/** What of a worker's global scope is used: the types of pages know only that of a window. */
interface Scope {
  onmessage: ((event: MessageEvent<Question>) => void) | null;
  postMessage(answer: Answer, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as Scope;
let maker: Maker | undefined;

/** Return the answer to a question, and what of it is handed over without copying. */
function answer(question: Question): [Answer, Transferable[]] | undefined {
  if (question.kind === "begin") {
    maker = new Maker(question.module, question.engine);
    return undefined;
  }
  if (maker === undefined) throw new Error("the worker was asked before it began");
  if (question.kind === "settle") {
    maker.settle(question.world);
    return undefined;
  }
  if (question.kind === "follow") {
    return [
      { kind: "followed", task: question.task, run: maker.follow(question.cell, question.seed, question.followed) },
      [],
    ];
  }
  const result = maker.run(question.cell, question.wanted);
  const buffers = [result.outcomes.buffer, result.paths.buffer, result.councils.buffer] as ArrayBuffer[];
  return [{ kind: "ran", task: question.task, result }, buffers];
}

scope.onmessage = ({ data }) => {
  try {
    const found = answer(data);
    if (found !== undefined) scope.postMessage(...found);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    scope.postMessage({ kind: "failed", task: "task" in data ? data.task : -1, reason }, []);
  }
};
