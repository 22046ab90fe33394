/** What the page says of files that are handed in, and what it makes of good ones: node own_in_node.mjs MODULE DATA FILES. */

import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";

import { unpackData, type PackedData } from "../src/engine/data.js";
import { Session } from "../src/engine/session.js";
import { defaultSetting } from "../src/app/setting.js";
import { takeFile } from "../src/own/take.js";
import { InputProblem } from "../src/text/sentences.js";

const json = (path: string | undefined): unknown => JSON.parse(readFileSync(path ?? "", "utf8"));
const data = await unpackData(json(argv[3]) as PackedData);
const files = json(argv[4]) as readonly (readonly [string, string])[];
const session = new Session(await WebAssembly.compile(readFileSync(argv[2] ?? "")), data.engine);
const held = { data, setting: defaultSetting(data) };

/** The sentence on a bad file, or what is run after a good one. */
async function found(name: string, content: string): Promise<unknown> {
  try {
    const file = { name, bytes: Uint8Array.from(Buffer.from(content, "base64")) };
    const taken = await takeFile(held, file, (shares) => session.score(shares));
    const { start, regimes } = taken.setting;
    const compared = regimes.map((one) => taken.data.regimes.find((regime) => regime.name === one));
    return name.endsWith(".toml") ? compared.at(-1) : { ...taken.data.starts.find(({ month }) => month === start) };
  } catch (error) {
    if (error instanceof InputProblem) return error.message;
    throw error;
  }
}

stdout.write(JSON.stringify(await Promise.all(files.map(([name, content]) => found(name, content)))));
