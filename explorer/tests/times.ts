/** What runs take in a page, milliseconds: for whoever compares it with the compiled engine. */

import { bytesOf, type PackedData, unpackData } from "../src/engine/data.js";
import { Session } from "../src/engine/session.js";
import { deployedOf, usualScenario, worldOf } from "../src/engine/setting.js";

/** Milliseconds of each kind of work, each done so many times. */
export interface Times {
  readonly start: readonly number[];
  readonly luck: readonly number[];
  readonly runs: Readonly<Record<string, readonly number[]>>;
}

/** Time a start of the engine, a replicate's luck and a run of each regime over 120 months at equal pounds. */
export async function times(module: string, packed: PackedData, repeats: number): Promise<Times> {
  const data = await unpackData(packed);
  const world = worldOf(data, data.default_start, data.months.usual, usualScenario(data));
  const start: number[] = [];
  const luck: number[] = [];
  let session: Session | undefined;
  for (let repeat = 0; repeat < 5; repeat++) {
    const begun = performance.now();
    session = new Session(await WebAssembly.compile(bytesOf(module)), data.engine);
    start.push(performance.now() - begun);
  }
  if (session === undefined) throw new Error("there is no session");
  session.settle(world);
  for (let replicate = 0; replicate < 12; replicate++) {
    const begun = performance.now();
    session.draw(data.seed, replicate);
    luck.push(performance.now() - begun);
  }
  const set = data.sets[0];
  if (set === undefined) throw new Error("there is no parameter set");
  session.draw(data.seed, 0);
  session.open(set.parameters);
  const runs: Record<string, number[]> = {};
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const regime of data.regimes) {
      const deployed = deployedOf(data, regime, data.default_start, "pounds", set);
      const begun = performance.now();
      session.run(deployed);
      (runs[regime.name] ??= []).push(performance.now() - begun);
    }
  }
  return { start, luck, runs };
}
