/** `node equal_in_node.mjs MODULE DATA CASES`: print the digests of the runs that a file of cases asks for. */

import { readFileSync } from "node:fs";
import { argv, stdout } from "node:process";

import { digests, followed, revived, settingDigests } from "./equal.js";

const [, , modulePath = "", dataPath = "", casesPath = ""] = argv;
const module = await WebAssembly.compile(readFileSync(modulePath));
const data = JSON.parse(readFileSync(dataPath, "utf8"));
const asked = JSON.parse(readFileSync(casesPath, "utf8"), revived);
stdout.write(
  JSON.stringify({
    cases: digests(module, data.engine, asked.cases),
    settings: await settingDigests(module, data, asked.settings),
    followed: asked.followed.map((one: never) => followed(module, data.engine, one)[0]),
  }),
);
