/** The view "Take it away". */

import { render } from "preact";

import type { Store } from "../app/store.js";

export function take(root: HTMLElement, store: Store): () => void {
  void store;
  render(<p>Coming.</p>, root);
  return () => render(null, root);
}
