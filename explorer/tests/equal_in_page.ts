/** The same runs in a page: in its own thread, and by workers that are started from memory. */

import workerSource from "worker-source";

import { bytesOf, type PackedData } from "../src/engine/data.js";
import { startPool } from "../src/engine/pool.js";
import type { Cell, CellResult, Comparison } from "../src/engine/types.js";
import { type Case, digest, digests, followed, revived, settingDigests, type SettingCase } from "./equal.js";

interface Asked {
  readonly cases: readonly Case[];
  readonly settings: readonly SettingCase[];
  readonly followed: readonly Case[];
}

const text = (id: string): string => document.getElementById(id)?.textContent ?? "";
const data = (): PackedData => JSON.parse(text("data")) as PackedData;
const asked = (): Asked => JSON.parse(text("cases"), revived) as Asked;
const compiled = (): Promise<WebAssembly.Module> => WebAssembly.compile(bytesOf(text("module")));

/** The digests of all runs that the page is asked for. */
export async function equal(): Promise<object> {
  const module = await compiled();
  const packed = data();
  const { cases, settings, followed: months } = asked();
  return {
    cases: digests(module, packed.engine, cases),
    settings: await settingDigests(module, packed, settings),
    followed: months.map((one) => followed(module, packed.engine, one)[0]),
  };
}

/** What workers do: the runs of the first case in four cells, those of a second world, a run followed, and a stop. */
export async function pooled(): Promise<object> {
  const packed = data();
  const [first, second] = asked().cases as readonly [Case, Case];
  const pool = startPool(workerSource, await compiled(), packed.engine, 2);
  const found = [await runs(first), await runs(second)];
  const [hybrid] = asked().followed as readonly [Case];
  const fields = { councils: ["grade"], directors: ["status"] };
  const followedRun = await pool.follow(comparison(hybrid), cell(hybrid, 0), fields);
  const stopped = await stop(first);
  const wrong = await reason(pool.run({ ...comparison(first), paths: ["no_such"] }, [cell(first, 0)], { onResult }));
  const after = await runs(first);
  const again = digest(await pool.follow(comparison(hybrid), cell(hybrid, 2), fields));
  const size = pool.size;
  pool.close();
  return {
    found,
    after,
    followed: digest(followedRun),
    again,
    months: followedRun.months.length,
    stopped,
    wrong,
    size,
  };

  function comparison({ world }: Case): Comparison {
    return { world, seed: 7, paths: packed.paths.map(({ name }) => name), councils: true };
  }
  function cell({ parameters, regimes }: Case, number: number): Cell {
    return { number, parameters, replicate: number % 2, regimes };
  }
  function onResult(): void {
    // What comes is not looked at.
  }
  /** Four cells of two replicates: the results of each replicate are alike, and so are those of one thread. */
  async function runs(one: Case): Promise<boolean> {
    const results: CellResult[] = [];
    const cells = [0, 1, 2, 3].map((number) => cell(one, number));
    await pool.run(comparison(one), cells, { onResult: (result) => results.push(result) });
    const told = results.sort((a, b) => a.number - b.number).map(digest);
    return told.length === 4 && told[0] === told[2] && told[1] === told[3] && told[0] !== told[1];
  }
  /** Whether a stop ends the runs at once, with what had come kept. */
  async function stop(one: Case): Promise<[string, boolean]> {
    const stopper = new AbortController();
    let came = 0;
    const cells = Array.from({ length: 50 }, (_, number) => cell(one, number));
    const heard = (): void => {
      came += 1;
      if (came === 3) stopper.abort();
    };
    const name = await reason(pool.run(comparison(one), cells, { signal: stopper.signal, onResult: heard }));
    return [name, came === 3];
  }
  async function reason(promise: Promise<unknown>): Promise<string> {
    try {
      await promise;
      return "";
    } catch (error) {
      return error instanceof DOMException ? error.name : String(error);
    }
  }
}
