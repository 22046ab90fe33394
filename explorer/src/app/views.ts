/** The views, in the order of their tabs. */

import { compare } from "../compare/view.js";
import { england } from "../england/view.js";
import { moves } from "../moves/view.js";
import { take } from "../take/view.js";
import type { Store } from "./store.js";

export interface View {
  /** As the address has it. */
  readonly name: string;
  readonly title: string;
  /** Draw into an empty element; return what ends it. */
  readonly draw: (root: HTMLElement, store: Store) => () => void;
}

export const VIEWS: readonly View[] = [
  { name: "compare", title: "Compare", draw: compare },
  { name: "england", title: "England", draw: england },
  { name: "moves", title: "What moves it", draw: moves },
  { name: "take", title: "Take it away", draw: take },
];
