/** The view "England": one run as a map that plays, and the story of a council. */

import { render } from "preact";
import { useMemo, useState } from "preact/hooks";

import { Choice as Select } from "../app/choice.js";
import { runsOf } from "../app/setting.js";
import type { Store } from "../app/store.js";
import { monthAfter, monthWords } from "../text/names.js";
import { plain } from "../text/numbers.js";
import { Clock } from "./clock.js";
import { callerOf, CouncilList, CouncilPicker } from "./list.js";
import { TileMap, type Link } from "./map.js";
import { NationFigure } from "./pictures.js";
import { commandOf, regimesToFollow, type Scene } from "./scene.js";
import { gradeMark, legendOf, shadeOf, SHOWN, type Shown } from "./shades.js";
import { Story } from "./story.js";
import { layoutOf } from "./tiles.js";
import { useScene } from "./watch.js";

export function england(root: HTMLElement, store: Store): () => void {
  render(<England store={store} />, root);
  return () => render(null, root);
}

function England({ store }: { store: Store }) {
  const [regime, setRegime] = useState(store.setting.regimes.at(-1) ?? "");
  const [replicate, setReplicate] = useState(0);
  const offered = regimesToFollow(store);
  const known = store.setting.regimes.includes(regime) || regime === "none";
  const choice = { regime: known ? regime : (store.setting.regimes.at(-1) ?? ""), replicate };
  const { scene, others, made, problem } = useScene(store, choice, runsOf(store.setting));
  return (
    <div class="england">
      <h2>One run, council by council</h2>
      <p class="limit">
        A simulated story forecasts nothing for any council. Another run, with other luck, ends otherwise.
      </p>
      <div class="controls">
        <Select
          name="run-regime"
          label="Regime"
          value={choice.regime}
          choices={offered.map((one, k) => [
            [...new Set([...store.setting.regimes, "none"])][k] ?? "",
            one.moved ? `${one.regime.title}, levers moved` : one.regime.title,
          ])}
          choose={setRegime}
        />
        <div class="field">
          <span>{`Luck ${replicate + 1}`}</span>
          <button type="button" class="wide" onClick={() => setReplicate(replicate + 1)}>
            Another run
          </button>
        </div>
      </div>
      {problem !== "" && <p class="trouble" role="alert">{`The run stopped: ${problem}.`}</p>}
      {scene === undefined ? (
        <p role="status">The run is being made.</p>
      ) : (
        <Followed store={store} scene={scene} others={others} made={made} />
      )}
      <p class="small">
        {"Uncertain numbers stand at their defaults here unless they are held. The same run with "}
        <code>{commandOf(store, choice)}</code>
      </p>
    </div>
  );
}

interface FollowedProps extends Pick<ReturnType<typeof useScene>, "others" | "made"> {
  readonly store: Store;
  readonly scene: Scene;
}

function Followed({ store, scene, others, made }: FollowedProps) {
  const { start, run, setting } = scene;
  const { grades, engine } = store.data;
  const [wanted, show] = useState(0);
  const [shown, colour] = useState<Shown>("grade");
  const [links, draw] = useState(true);
  const [names, name] = useState(start.own);
  const [picked, choose] = useState<number>();
  const month = Math.min(wanted, run.months.length - 1);
  const chosen = picked !== undefined && picked < start.code.length ? picked : undefined;
  const layout = useMemo(() => layoutOf(start), [start]);
  const called = useMemo(() => callerOf(start, names), [start, names]);
  const shades = start.code.map((_, council) => shadeOf(scene, shown, month, council, grades));
  const title = SHOWN.find(([one]) => one === shown)?.[1] ?? "";
  const told = countWords(scene, month, grades);
  return (
    <>
      <Clock start={setting.start} months={run.months.length} month={month} show={show} />
      <div class="controls">
        <Select name="shown" label="Colour" value={shown} choices={SHOWN} choose={(value) => colour(value as Shown)} />
        <Tick name="links" label="Links of support, from giver to receiver" on={links} turn={draw} />
        <Tick name="names" label="Names of councils" on={names} turn={name} />
      </div>
      <div class="map-and-story">
        <div class="map-side">
          <p class="counted">{told}</p>
          <Legend shown={shown} grades={grades} />
          <TileMap
            layout={layout}
            shades={shades}
            links={links ? linksAt(scene, month) : []}
            chosen={chosen}
            choose={choose}
            called={called}
            label={`${title} of every council in ${monthWords(monthAfter(setting.start, month))}. ${told}`}
          />
          <p class="small">
            {`One run of a model; not a forecast for any council. ${layout.sides.length > 0 ? "Tiles stand where the councils lie, roughly." : "Tiles stand by region."}`}
          </p>
          <CouncilList start={start} shades={shades} title={title} called={called} chosen={chosen} choose={choose} />
        </div>
        <div class="story-side">
          <CouncilPicker start={start} called={called} chosen={chosen} choose={choose} />
          {chosen === undefined ? (
            <>
              <p class="hint">
                Choose a council to see its grades, its directors, the support that it gave and received, and what other
                luck would have made of it.
              </p>
              <NationFigure scene={scene} month={month} grades={grades} />
            </>
          ) : (
            <Story
              scene={scene}
              others={others}
              made={made}
              council={chosen}
              called={called}
              grades={grades}
              measures={engine.measures.names}
            />
          )}
        </div>
      </div>
    </>
  );
}

function Tick({ name, label, on, turn }: { name: string; label: string; on: boolean; turn: (on: boolean) => void }) {
  return (
    <label class="tick">
      <input type="checkbox" name={name} checked={on} onChange={(event) => turn(event.currentTarget.checked)} />
      {` ${label}`}
    </label>
  );
}

function Legend({ shown, grades }: { shown: Shown; grades: readonly string[] }) {
  return (
    <ul class="legend">
      {legendOf(shown, grades).map(({ fill, ink, mark, words }) => (
        <li>
          <span class="swatch" aria-hidden="true" style={{ background: fill, color: ink }}>
            {mark}
          </span>
          {words}
        </li>
      ))}
    </ul>
  );
}

function linksAt({ run }: Scene, month: number): Link[] {
  const { giver, receiver, days } = run.months[month]?.links ?? { giver: [], receiver: [], days: [] };
  return Array.from(giver, (one, k) => ({ giver: one, receiver: receiver[k] ?? -1, days: days[k] ?? 0 }));
}

/** How many councils hold each grade, and how many links there are. */
function countWords(scene: Scene, month: number, grades: readonly string[]): string {
  const held = Array.from(scene.run.months[month]?.councils["grade"] ?? []);
  const counts = grades.map(
    (words, grade) =>
      `${held.filter((one) => one === grade).length} ${words.replaceAll("_", " ")} (${gradeMark(grade)})`,
  );
  const links = linksAt(scene, month).length;
  return `${monthWords(monthAfter(scene.setting.start, month))}: ${counts.join(", ")}; ${plain(links, 0)} ${links === 1 ? "link" : "links"} of support.`;
}
