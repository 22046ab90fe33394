/** The page: unpack what stands in it, start the workers, and draw. */

import { render } from "preact";
import workerSource from "worker-source";

import { heardOf } from "./app/address.js";
import { Shell } from "./app/shell.js";
import { Store } from "./app/store.js";
import { namesOf, OWN, viewsOf } from "./app/views.js";
import { bytesOf, unpackData, type PackedData } from "./engine/data.js";
import { startPool } from "./engine/pool.js";
import { readResults } from "./folder/results.js";

const CANNOT =
  "This page runs the model in the browser, and this browser has no WebAssembly or no workers, or does not let this page " +
  "use them. Any browser of the last five years can: Firefox, Chrome, Edge or Safari.";

/** The text of what the page carries under this name. */
function carried(name: string): string {
  return document.getElementById(name)?.textContent ?? "";
}

async function begin(root: HTMLElement): Promise<void> {
  if (typeof WebAssembly !== "object" || typeof Worker !== "function" || typeof DecompressionStream !== "function") {
    root.textContent = CANNOT;
    return;
  }
  const data = await unpackData(JSON.parse(carried("data")) as PackedData);
  const packed = new Blob([bytesOf(carried("engine"))]).stream().pipeThrough(new DecompressionStream("gzip"));
  const module = await WebAssembly.compile(await new Response(packed).arrayBuffer());
  const pool = startPool(workerSource, module, data.engine);
  const views = viewsOf(await readResults(carried("results")));
  const { setting, view, problem } = heardOf(data, location.hash, namesOf(views));
  let drawn = 0;
  const draw = (store: Store, first: string, trouble: string): void => {
    drawn += 1;
    render(<Shell key={drawn} store={store} views={views} first={first} problem={trouble} />, root);
  };
  root.replaceChildren();
  draw(new Store(data, pool, setting, (store) => draw(store, OWN, "")), view, problem);
}

const root = document.getElementById("page");
if (root !== null) {
  begin(root).catch((error: unknown) => {
    root.textContent = `${CANNOT} (${error instanceof Error ? error.message : String(error)})`;
  });
}
