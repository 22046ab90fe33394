/** The views, in the order of their tabs. */

import { compare } from "../compare/view.js";
import { england } from "../england/view.js";
import type { ShownResults } from "../folder/results.js";
import { showResults } from "../folder/view.js";
import { moves } from "../moves/view.js";
import { own } from "../own/view.js";
import { take } from "../take/view.js";
import type { Store } from "./store.js";

export interface View {
  /** As the address has it. */
  readonly name: string;
  readonly title: string;
  /** Draw into an empty element; return what ends it. */
  readonly draw: (root: HTMLElement, store: Store) => () => void;
  /** Whether it has nothing to do with what is set, so that no controls stand beside it. */
  readonly alone?: boolean;
}

/** The view in which other councils and regimes are taken in. */
export const OWN = "own";

const VIEWS: readonly View[] = [
  { name: "compare", title: "Compare", draw: compare },
  { name: "england", title: "England", draw: england },
  { name: "moves", title: "What moves it", draw: moves },
  { name: OWN, title: "Your own", draw: own },
  { name: "take", title: "Take it away", draw: take },
];

/** The views of a page, that of the results first where it carries some. */
export function viewsOf(results: ShownResults | undefined): readonly View[] {
  if (results === undefined) return VIEWS;
  const draw: View["draw"] = (root, store) => showResults(root, results, store.data.paths);
  return [{ name: "results", title: results.name, draw, alone: true }, ...VIEWS];
}

export function namesOf(views: readonly View[]): string[] {
  return views.map(({ name }) => name);
}
