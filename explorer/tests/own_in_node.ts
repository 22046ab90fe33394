/** What the page says of files that are handed in, and what it makes of good ones: node own_in_node.mjs DATA FILES. */

import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";

import { unpackData, type PackedData } from "../src/engine/data.js";
import { defaultSetting } from "../src/app/setting.js";
import { takeFile } from "../src/own/take.js";
import { InputProblem } from "../src/text/sentences.js";

const json = (path: string | undefined): unknown => JSON.parse(readFileSync(path ?? "", "utf8"));
const data = await unpackData(json(argv[2]) as PackedData);
const files = json(argv[3]) as readonly (readonly [string, string])[];
const held = { data, setting: defaultSetting(data) };

/** The sentence on a bad file, or what is run after a good one. */
function found(name: string, content: string): unknown {
  try {
    const taken = takeFile(held, { name, bytes: Uint8Array.from(Buffer.from(content, "base64")) });
    const { start, regimes } = taken.setting;
    const compared = regimes.map((one) => taken.data.regimes.find((regime) => regime.name === one));
    return name.endsWith(".toml") ? compared.at(-1) : { ...taken.data.starts.find(({ month }) => month === start) };
  } catch (error) {
    if (error instanceof InputProblem) return error.message;
    throw error;
  }
}

stdout.write(JSON.stringify(files.map(([name, content]) => found(name, content))));
