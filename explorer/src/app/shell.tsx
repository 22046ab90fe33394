/** What stands round every view: heading, tabs, controls, and the limits where a reader meets them. */

import { useEffect, useRef, useState } from "preact/hooks";

import { NO_ESTIMATE, PURPOSE } from "../compare/words.js";
import { addressOf, heardOf } from "./address.js";
import { Panel } from "./panel.js";
import type { Store } from "./store.js";
import { VIEWS } from "./views.js";

const NAMES = VIEWS.map(({ name }) => name);
/** Pixels from which the controls stand beside the view. */
const WIDE = 900;

export function Shell({ store, first, problem }: { store: Store; first: string; problem: string }) {
  const [view, show] = useState(first);
  const [trouble, say] = useState(problem);
  useEffect(() => {
    const write = (): void => {
      if (!store.moving) history.replaceState(null, "", addressOf(store.data, store.setting, view));
    };
    write();
    return store.listen(write);
  }, [store, view]);
  useEffect(() => {
    const follow = (): void => {
      const heard = heardOf(store.data, location.hash, NAMES);
      say(heard.problem);
      show(heard.view);
      store.change(heard.setting);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [store]);
  return (
    <>
      <a
        class="skip"
        href="#view"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("view")?.focus();
        }}
      >
        To the answer
      </a>
      <header>
        <h1>Which help for children’s services does better?</h1>
        <p class="purpose">{`${PURPOSE} ${NO_ESTIMATE}`}</p>
        {trouble && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        <Tabs view={view} show={show} />
      </header>
      <div class="rooms">
        <aside aria-label="What is set">
          <details class="panel" open={innerWidth >= WIDE}>
            <summary>What is compared, for whom, under which numbers</summary>
            <Panel store={store} />
          </details>
        </aside>
        <Room key={view} name={view} store={store} />
      </div>
    </>
  );
}

function Tabs({ view, show }: { view: string; show: (name: string) => void }) {
  return (
    <nav aria-label="Views">
      <ul class="tabs">
        {VIEWS.map(({ name, title }) => (
          <li>
            <button type="button" aria-current={name === view ? "page" : undefined} onClick={() => show(name)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The element that a view draws into. */
function Room({ name, store }: { name: string; store: Store }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    const view = VIEWS.find((one) => one.name === name);
    return place.current === null ? undefined : view?.draw(place.current, store);
  }, [name, store]);
  return <main id="view" tabIndex={-1} ref={place} />;
}
