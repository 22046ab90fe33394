/** The controls: what is compared, for whom, and under which numbers. */

import { useEffect, useState } from "preact/hooks";

import { regionMeasures } from "../compare/findings.js";
import { asWords, monthWords, parityWords } from "../text/names.js";
import { monthsInWords, pounds, sentence } from "../text/numbers.js";
import { regionsOf } from "./address.js";
import { Choice } from "./choice.js";
import { RegimePicker } from "./regimes.js";
import { HORIZONS, MAIN_MEASURE, MOST_PRICE, USUAL_PRICE, defaultSetting, type Setting } from "./setting.js";
import { Slider } from "./slider.js";
import type { Store } from "./store.js";
import { Uncertain } from "./uncertain.js";

/** Months offered as a start; every other can be had by a link. */
const STARTS = ["2018-04", "2020-04", "2022-04", "2024-04"] as const;

export function Panel({ store }: { store: Store }) {
  const setting = useSetting(store);
  const { data } = store;
  const offered = STARTS.filter((month) => data.start_months.includes(month));
  const starts = [...new Set([...offered, data.default_start, setting.start])].sort();
  const horizons = [...new Set([...HORIZONS, setting.months])].sort((one, other) => one - other);
  const measures = setting.region === "" ? data.outcomes.map(({ name }) => name) : regionMeasures();
  const change = (part: Partial<Setting>): void => store.change(part);
  return (
    <form class="panel-form" onSubmit={(event) => event.preventDefault()}>
      <RegimePicker store={store} setting={setting} />
      <fieldset>
        <legend>Made equal</legend>
        <Choice
          name="parity"
          label="Compared at"
          value={setting.parity}
          choices={data.parities.map((one) => [one, parityWords(one)])}
          choose={(parity) => change({ parity })}
        />
        <Slider
          name="price"
          label="Worth of an unpaid day"
          unit="pounds"
          low={50}
          high={MOST_PRICE}
          step={50}
          value={setting.price === USUAL_PRICE ? undefined : setting.price}
          usual={USUAL_PRICE}
          loose={pounds(USUAL_PRICE)}
          change={(price, moving) => store.change({ price: price ?? USUAL_PRICE }, { moving })}
        />
      </fieldset>
      <fieldset>
        <legend>For whom and when</legend>
        <Choice
          name="start"
          label="From"
          value={setting.start}
          choices={starts.map((one) => [one, monthWords(one)])}
          choose={(start) => change({ start })}
        />
        <Choice
          name="months"
          label="For"
          value={String(setting.months)}
          choices={horizons.map((one) => [String(one), monthsInWords(one)])}
          choose={(months) => change({ months: Number(months) })}
        />
        <Choice
          name="region"
          label="Counted in"
          value={setting.region}
          choices={[["", "All of England"], ...regionsOf(data).map((one): [string, string] => [one, one])]}
          choose={(region) => change({ region })}
        />
        <Choice
          name="measure"
          label="Measured by"
          hint={data.outcomes.find(({ name }) => name === setting.measure)?.meaning}
          value={measures.includes(setting.measure) ? setting.measure : MAIN_MEASURE}
          choices={measures.map((one) => [one, asWords(one)])}
          choose={(measure) => change({ measure })}
        />
        <details>
          <summary>The world outside</summary>
          {data.scenarios
            .filter(({ name }) => name in setting.scenario && name !== "poverty_tilt")
            .map(({ name, choices, meaning }) => (
              <Choice
                name={name}
                label={sentence(name)}
                hint={meaning}
                value={String(setting.scenario[name as keyof Setting["scenario"]])}
                choices={choices.map((one) => [one, one])}
                choose={(value) => change({ scenario: { ...setting.scenario, [name]: value } })}
              />
            ))}
        </details>
      </fieldset>
      <Uncertain store={store} setting={setting} />
      <button type="button" class="wide" onClick={() => change(defaultSetting(data))}>
        Reset all
      </button>
    </form>
  );
}

/** What is set, and drawn anew whenever it changes. */
export function useSetting(store: Store): Setting {
  const [setting, renew] = useState(store.setting);
  useEffect(() => store.listen(() => renew(store.setting)), [store]);
  return setting;
}
