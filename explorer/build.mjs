// Bundle TypeScript: node build.mjs ENTRY OUT, a script for Node where OUT ends in .mjs and one for a page otherwise.
// `import source from "worker-source"` gives the bundled script of the engine's worker as text.
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const WORKER = fileURLToPath(new URL("src/engine/worker.ts", import.meta.url));
const COMMON = { bundle: true, minify: true, target: "es2022", legalComments: "none", logLevel: "warning" };

/** Gives the worker's script where it is imported. */
const workerSource = {
  name: "worker-source",
  setup(build_) {
    build_.onResolve({ filter: /^worker-source$/ }, ({ path }) => ({ path, namespace: "worker" }));
    build_.onLoad({ filter: /.*/, namespace: "worker" }, async () => {
      const made = await build({ ...COMMON, entryPoints: [WORKER], format: "iife", write: false });
      return { contents: made.outputFiles[0].text, loader: "text" };
    });
  },
};

export function bundle(entry, to, options = {}) {
  const where = to.endsWith(".mjs") ? { format: "esm", platform: "node" } : { format: "iife", globalName: "sli" };
  return build({ ...COMMON, ...where, entryPoints: [entry], outfile: to, plugins: [workerSource], ...options });
}

if (argv[1] === fileURLToPath(import.meta.url)) await bundle(argv[2], argv[3]);
