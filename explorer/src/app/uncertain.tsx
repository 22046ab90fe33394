/** The uncertain numbers: drawn from the plausible sets unless they are held. */

import { useEffect, useState } from "preact/hooks";

import type { ParameterInfo } from "../engine/data.js";
import { sentence } from "../text/numbers.js";
import { withNumber, type Setting } from "./setting.js";
import { Slider, stepOf } from "./slider.js";
import type { Store } from "./store.js";

/** Those that decide most in the worked example, then those that are most argued about. */
const FIRST: readonly string[] = [
  "transfer_rate",
  "attention_shift_peers",
  "best_gap",
  "attention_shift_partners",
  "unpaid_delivery",
  "safe_release",
];

export function Uncertain({ store, setting }: { store: Store; setting: Setting }) {
  const { parameters } = store.data;
  const first = FIRST.map((name) => parameters.find((one) => one.name === name)).filter((one) => one !== undefined);
  const groups = [...new Set(parameters.map(({ group }) => group))];
  const [, renew] = useState(0);
  useEffect(() => store.turns.listen(() => renew((count) => count + 1)), [store]);
  const slider = (info: ParameterInfo) => <NumberSlider store={store} setting={setting} info={info} />;
  return (
    <fieldset>
      <legend>Uncertain numbers</legend>
      <p class="hint">
        Each is drawn anew for every world from what the evidence does not rule out. Move a slider to hold it at a
        value.
      </p>
      {first.map(slider)}
      <details>
        <summary>{`The other ${parameters.length - first.length}`}</summary>
        {groups.map((group) => (
          <details class="group">
            <summary>{sentence(group)}</summary>
            {parameters.filter((one) => one.group === group && !FIRST.includes(one.name)).map(slider)}
          </details>
        ))}
      </details>
    </fieldset>
  );
}

function NumberSlider({ store, setting, info }: { store: Store; setting: Setting; info: ParameterInfo }) {
  const air = (info.high - info.low) * 0.15;
  const low = Math.max(info.hard_low, info.low - air);
  const high = Math.min(info.hard_high, info.high + air);
  const step = stepOf(low, high);
  return (
    <Slider
      name={info.name}
      label={sentence(info.meaning)}
      unit={info.unit}
      low={Math.ceil(low / step) * step}
      high={Math.floor(high / step) * step}
      step={step}
      range={[info.low, info.high]}
      value={setting.held[info.name]}
      usual={info.default}
      loose="drawn"
      turn={store.turns.of(setting, info.name)}
      change={(value, moving) => store.change({ held: withNumber(setting.held, info.name, value) }, { moving })}
    />
  );
}
