/** Runs that Python asks for, each as the digest of all its numbers: the same as the compiled engine's, or not. */

import { unpackData, type Arm, type PackedData } from "../src/engine/data.js";
import { Session } from "../src/engine/session.js";
import { deployedOf, worldOf, type Scenario } from "../src/engine/setting.js";
import type { Deployed, EngineDescription, FollowedRun, Parameters, Run, World } from "../src/engine/types.js";

/** Runs of one world, parameter set and luck. */
export interface Case {
  readonly world: World;
  readonly seed: string;
  readonly replicate: number;
  readonly parameters: Parameters;
  readonly regimes: readonly Deployed[];
}

/** Runs as a user of the page sets them. */
export interface SettingCase {
  readonly start: string;
  readonly months: number;
  readonly scenario: Scenario;
  readonly set: number;
  readonly replicate: number;
  readonly regimes: readonly { readonly name: string; readonly parity: string; readonly held: Arm }[];
}

/** Python writes infinite numbers and NaN as words, for JSON has none. */
export function revived(_: string, value: unknown): unknown {
  return value === "Infinity" || value === "-Infinity" || value === "NaN" ? Number(value) : value;
}

/** The digests of the runs of each case. */
export function digests(module: WebAssembly.Module, engine: EngineDescription, cases: readonly Case[]): string[][] {
  const session = new Session(module, engine);
  return cases.map(({ world, seed, replicate, parameters, regimes }) => {
    session.settle(world);
    session.draw(BigInt(seed), replicate);
    session.open(parameters);
    return regimes.map((regime) => digest(session.run(regime)));
  });
}

/** The digests of runs as a user sets them. */
export async function settingDigests(
  module: WebAssembly.Module,
  packed: PackedData,
  cases: readonly SettingCase[],
): Promise<string[][]> {
  const data = await unpackData(packed);
  const session = new Session(module, data.engine);
  return cases.map(({ start, months, scenario, set, replicate, regimes }) => {
    const drawn = data.sets[set];
    if (drawn === undefined) throw new Error(`there is no set ${set}`);
    session.settle(worldOf(data, start, months, scenario));
    session.draw(data.seed, replicate);
    session.open(drawn.parameters);
    return regimes.map(({ name, parity, held }) => {
      const regime = data.regimes.find((one) => one.name === name);
      if (regime === undefined) throw new Error(`there is no regime ${name}`);
      return digest(session.run(deployedOf(data, regime, start, parity, drawn, held)));
    });
  });
}

/** A run followed month by month: its digest, and all that was seen of a few fields. */
export function followed(module: WebAssembly.Module, engine: EngineDescription, one: Case): [string, FollowedRun] {
  const session = new Session(module, engine);
  session.settle(one.world);
  session.draw(BigInt(one.seed), one.replicate);
  session.open(one.parameters);
  const [regime] = one.regimes;
  if (regime === undefined) throw new Error("there is no regime to follow");
  const fields = { councils: ["grade", "quality", "seat", "chief.attention"], directors: ["status", "months_in_post"] };
  const run = session.follow(regime, fields);
  return [digest(run), run];
}

/** FNV-1a over the 64-bit words of outcomes, paths and councils. */
export function digest({ outcomes, paths, councils }: Pick<Run, "outcomes" | "paths" | "councils">): string {
  let hash = 0xcbf29ce484222325n;
  for (const part of [outcomes, paths, councils])
    for (const word of new BigUint64Array(part.buffer)) hash = BigInt.asUintN(64, (hash ^ word) * 0x100000001b3n);
  return hash.toString(16);
}
