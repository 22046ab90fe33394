/** What stands round every view: heading, tabs, controls, and the limits where a reader meets them. */

import { useEffect, useRef, useState } from "preact/hooks";

import { NO_ESTIMATE, PURPOSE } from "../compare/words.js";
import { addressOf, heardOf } from "./address.js";
import { Panel } from "./panel.js";
import type { Store } from "./store.js";
import { namesOf, type View } from "./views.js";

/** Pixels from which the controls stand beside the view. */
const WIDE = 900;

interface ShellProps {
  readonly store: Store;
  readonly views: readonly View[];
  /** Name of the view that is shown first. */
  readonly first: string;
  /** Why the link that was followed could not be; empty where it could. */
  readonly problem: string;
}

export function Shell({ store, views, first, problem }: ShellProps) {
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
      const heard = heardOf(store.data, location.hash, namesOf(views));
      say(heard.problem);
      show(heard.view);
      store.change(heard.setting);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [store, views]);
  const shown = views.find(({ name }) => name === view);
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
        <Tabs views={views} view={view} show={show} />
      </header>
      <div class={shown?.alone ? "rooms alone" : "rooms"}>
        <aside aria-label="What is set" hidden={shown?.alone ?? false}>
          <details class="panel" open={innerWidth >= WIDE}>
            <summary>What is compared, for whom, under which numbers</summary>
            <Panel store={store} />
          </details>
        </aside>
        {shown && <Room key={view} view={shown} store={store} />}
      </div>
    </>
  );
}

interface TabsProps {
  readonly views: readonly View[];
  readonly view: string;
  readonly show: (name: string) => void;
}

function Tabs({ views, view, show }: TabsProps) {
  return (
    <nav aria-label="Views">
      <ul class="tabs">
        {views.map(({ name, title }) => (
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
function Room({ view, store }: { view: View; store: Store }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    return place.current === null ? undefined : view.draw(place.current, store);
  }, [view, store]);
  return <main id="view" tabIndex={-1} ref={place} />;
}
