/** What is swept: which regime against the first, which thing or two, from where to where, with how many worlds. */

import { useState } from "preact/hooks";

import { arranged } from "../app/deploy.js";
import { Choice } from "../app/choice.js";
import type { Store } from "../app/store.js";
import { titleOf } from "../compare/findings.js";
import { plain } from "../text/numbers.js";
import { runsOfSweep, type Design } from "./sweep.js";
import { thingsOf, valuesOf, type Thing } from "./things.js";

/** Points along one thing; of each of two. */
const POINTS = { one: 9, two: 7 } as const;
const WORLDS: readonly number[] = [4, 8, 16, 64];
const USUAL_WORLDS = { one: 16, two: 8 } as const;
const LUCK = { one: 8, two: 5 } as const;
const USUAL = "transfer_rate";

type Ends = Readonly<Record<string, readonly [number, number]>>;

export interface Chosen {
  readonly design: Design;
  readonly things: readonly Thing[];
  readonly first: Thing;
  readonly second: Thing | undefined;
  readonly endsOf: (thing: Thing) => readonly [number, number];
  readonly setRegime: (name: string) => void;
  readonly setFirst: (name: string) => void;
  readonly setSecond: (name: string) => void;
  readonly setEnds: (name: string, ends: readonly [number, number]) => void;
  readonly setWorlds: (number: number) => void;
}

export function useChosen(store: Store): Chosen {
  const { data, setting } = store;
  const [reference = "", ...others] = setting.regimes;
  const [wanted, setRegime] = useState("");
  const [one, setFirst] = useState(USUAL);
  const [two, setSecond] = useState("");
  const [ends, putEnds] = useState<Ends>({});
  const [worlds, setWorlds] = useState(0);
  const regime = others.includes(wanted) ? wanted : (others[0] ?? "");
  const things = thingsOf(data, setting, [regime, reference]);
  const first = things.find(({ name }) => name === one) ?? (things.find(({ name }) => name === USUAL) as Thing);
  const second = things.find(({ name }) => name === two && name !== first.name);
  const size = second === undefined ? "one" : "two";
  const endsOf = (thing: Thing): readonly [number, number] => ends[thing.name] ?? [thing.low, thing.high];
  const varied = [first, ...(second ? [second] : [])].map((thing) => ({
    thing,
    values: valuesOf(thing, ...endsOf(thing), POINTS[size]),
  }));
  const design: Design = {
    setting,
    regime,
    reference,
    varied,
    draws: worlds || USUAL_WORLDS[size],
    replicates: LUCK[size],
  };
  const setEnds = (name: string, both: readonly [number, number]): void => putEnds({ ...ends, [name]: both });
  return { design, things, first, second, endsOf, setRegime, setFirst, setSecond, setEnds, setWorlds };
}

export function Chooser({ store, chosen }: { store: Store; chosen: Chosen }) {
  const { design, first, second } = chosen;
  const others = store.setting.regimes.slice(1);
  const runs = runsOfSweep(store, design);
  return (
    <form class="chooser" onSubmit={(event) => event.preventDefault()}>
      {others.length > 1 && (
        <Choice
          name="swept-regime"
          label="Regime"
          value={design.regime}
          choices={others.map((name) => [name, titleOf(arranged(store.data, store.setting, name))])}
          choose={chosen.setRegime}
        />
      )}
      <ThingPicker name="first" label="Vary" chosen={chosen} value={first} choose={chosen.setFirst} />
      <ThingPicker
        name="second"
        label="And"
        chosen={chosen}
        value={second}
        choose={chosen.setSecond}
        none="nothing else"
      />
      <Choice
        name="worlds"
        label="Worlds"
        value={String(design.draws)}
        choices={WORLDS.map((number) => [String(number), `${number} at each point`])}
        choose={(number) => chosen.setWorlds(Number(number))}
      />
      <p class="hint">{`${plain(runs, 0)} runs, each world under the luck of ${design.replicates} replicates. Days per giver and per receiver stand as the regimes' files state them, unless they are varied or moved.`}</p>
    </form>
  );
}

interface PickerProps {
  readonly name: string;
  readonly label: string;
  readonly chosen: Chosen;
  readonly value: Thing | undefined;
  readonly choose: (name: string) => void;
  readonly none?: string;
}

function ThingPicker({ name, label, chosen, value, choose, none }: PickerProps) {
  const groups = [...new Set(chosen.things.map(({ group }) => group))];
  return (
    <div class="thing">
      <div class="field">
        <label for={`vary-${name}`}>{label}</label>
        <select id={`vary-${name}`} value={value?.name ?? ""} onChange={(event) => choose(event.currentTarget.value)}>
          {none !== undefined && <option value="">{none}</option>}
          {groups.map((group) => (
            <optgroup label={group}>
              {chosen.things
                .filter((one) => one.group === group)
                .map((one) => (
                  <option value={one.name}>{one.label}</option>
                ))}
            </optgroup>
          ))}
        </select>
      </div>
      {value && (
        <Ends name={name} thing={value} ends={chosen.endsOf(value)} put={(ends) => chosen.setEnds(value.name, ends)} />
      )}
    </div>
  );
}

interface EndsProps {
  readonly name: string;
  readonly thing: Thing;
  readonly ends: readonly [number, number];
  readonly put: (ends: readonly [number, number]) => void;
}

/** From where to where: what is no number within the limits, or not in order, is not taken. */
function Ends({ name, thing, ends, put }: EndsProps) {
  const [problem, say] = useState("");
  const hear = (place: 0 | 1, text: string): void => {
    const value = Number(text);
    const [low, high] = place === 0 ? [value, ends[1]] : [ends[0], value];
    const allowed = text.trim() !== "" && low >= thing.least && high <= thing.most && low < high;
    say(
      allowed
        ? ""
        : `${thing.name}: expected two numbers from ${thing.least} to ${thing.most}, the lower one first, got “${text.slice(0, 20)}”.`,
    );
    if (allowed) put([low, high]);
  };
  return (
    <div class="ends">
      {(["from", "to"] as const).map((word, place) => (
        <label>
          {`${word} `}
          <input
            key={`${thing.name}-${word}`}
            name={`${name}-${word}`}
            type="number"
            step="any"
            value={ends[place]}
            onChange={(event) => hear(place as 0 | 1, event.currentTarget.value)}
          />
        </label>
      ))}
      <span class="hint">{`${thing.unit} (plausible: ${plain(thing.low)} to ${plain(thing.high)})`}</span>
      {problem !== "" && (
        <p class="trouble" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
