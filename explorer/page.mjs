// Write the page that `sli explore` fills with engine and data: node page.mjs DIGEST, that of its sources.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { argv, stdout } from "node:process";
import { fileURLToPath } from "node:url";

import { bundle } from "./build.mjs";

/** Views that have a style of their own. */
const VIEWS = ["england", "moves", "own"];

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The page's script, with nothing in it that would end the element that holds it. */
async function script() {
  const made = await bundle(here("src/main.tsx"), "page.js", {
    write: false,
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  return made.outputFiles[0].text.trim().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}

function policyOf(code) {
  const digest = createHash("sha256").update(code, "utf8").digest("base64");
  return [
    "default-src 'none'",
    `script-src 'sha256-${digest}' 'wasm-unsafe-eval'`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** The page's own style, then those of its views. */
async function style() {
  const files = ["src/style.css", ...VIEWS.map((name) => `src/${name}/style.css`)];
  return (await Promise.all(files.map((file) => readFile(here(file), "utf8")))).join("");
}

const code = await script();
const parts = {
  policy: policyOf(code),
  digest: argv[2],
  style: await style(),
  script: code,
};
const page = await readFile(here("page.html"), "utf8");
stdout.write(page.replace(/\{\{(policy|digest|style|script)\}\}/g, (_, name) => parts[name]));
