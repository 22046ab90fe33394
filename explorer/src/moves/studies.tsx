/** What the last study found, from the files of its folder that are dropped onto the page. */

import type { ExplorerData } from "../engine/data.js";

export function Studies({ data }: { data: ExplorerData }) {
  void data;
  return null;
}
