/** Which regimes are compared, and the levers of each. */

import type { Arm, RegimeInfo } from "../engine/data.js";
import { strokeOf } from "../charts/colours.js";
import { isMovable } from "./address.js";
import { isUnpaid, regimeOf } from "./deploy.js";
import { FEWEST_REGIMES, MOST_REGIMES, withNumber, type Setting } from "./setting.js";
import { Slider } from "./slider.js";
import type { Store } from "./store.js";

/** Most councils that a slider lets give. */
const MOST_GIVERS = 60;

const LABELS: Readonly<Record<string, string>> = {
  days_per_giver: "Days per giver",
  days_per_receiver: "Days per receiver",
  givers: "Givers",
};

export function RegimePicker({ store, setting }: { store: Store; setting: Setting }) {
  const { data } = store;
  const { regimes } = setting;
  const put = (place: number, name: string): void => {
    const swapped = regimes.indexOf(name);
    const next = regimes.map((one, k) => (k === place ? name : k === swapped ? (regimes[place] ?? one) : one));
    store.change({ regimes: next });
  };
  const unused = data.regimes.filter(({ name }) => !regimes.includes(name));
  return (
    <fieldset>
      <legend>Regimes</legend>
      {regimes.map((name, place) => (
        <div class="regime" style={{ borderColor: strokeOf(place).colour }}>
          <div class="field">
            <label for={`regime-${place}`}>{place === 0 ? "Set against" : "Compare"}</label>
            <select id={`regime-${place}`} value={name} onChange={(event) => put(place, event.currentTarget.value)}>
              {data.regimes.map((one) => (
                <option value={one.name}>{one.title}</option>
              ))}
            </select>
            {place > 0 && regimes.length > FEWEST_REGIMES && (
              <button
                type="button"
                class="reset"
                aria-label={`Leave out ${regimeOf(data, name).title}`}
                onClick={() => store.change({ regimes: regimes.filter((one) => one !== name) })}
              >
                ×
              </button>
            )}
          </div>
          <p class="hint">{regimeOf(data, name).summary}</p>
          <Levers store={store} setting={setting} regime={regimeOf(data, name)} />
        </div>
      ))}
      {regimes.length < MOST_REGIMES && (
        <button
          type="button"
          class="wide"
          onClick={() => store.change({ regimes: [...regimes, unused[0]?.name ?? ""] })}
        >
          Add a regime
        </button>
      )}
    </fieldset>
  );
}

function Levers({ store, setting, regime }: { store: Store; setting: Setting; regime: RegimeInfo }) {
  if (regime.arms.length === 0 || regime.by_calendar) return null;
  const moved = Object.keys(setting.levers).some((key) => key.startsWith(`${regime.name}.`));
  return (
    <details open={moved}>
      <summary>Its levers</summary>
      {regime.arms.map((arm, place) => (
        <>
          {regime.arms.length > 1 && (
            <p class="arm">
              {isUnpaid(arm) ? "The unpaid part" : arm["partnership"] ? "The joined part" : "The paid part"}
            </p>
          )}
          {store.data.levers.filter(isMovable).map((lever) => (
            <LeverSlider
              store={store}
              setting={setting}
              regime={regime}
              arm={arm}
              place={place}
              lever={lever.name}
              unit={lever.unit}
            />
          ))}
        </>
      ))}
    </details>
  );
}

interface LeverProps {
  readonly store: Store;
  readonly setting: Setting;
  readonly regime: RegimeInfo;
  readonly arm: Arm;
  readonly place: number;
  readonly lever: string;
  readonly unit: string;
}

function LeverSlider({ store, setting, regime, arm, place, lever, unit }: LeverProps) {
  const key = `${regime.name}.${place}.${lever}`;
  const range = arm[`${lever}_range`] as readonly [number, number] | null | undefined;
  const stated = typeof arm[lever] === "number" ? arm[lever] : undefined;
  const most = lever === "givers" ? MOST_GIVERS : 1.5 * (range?.[1] ?? stated ?? 20);
  const loose = range ? "drawn" : stated === undefined ? "all who may" : `${stated} ${unit}`;
  return (
    <Slider
      name={key}
      label={LABELS[lever] ?? lever}
      unit={unit}
      low={lever === "givers" ? 2 : 0.5}
      high={most}
      step={lever === "givers" ? 1 : 0.5}
      range={range ?? undefined}
      value={setting.levers[key]}
      usual={stated ?? MOST_GIVERS}
      loose={loose}
      change={(value, moving) => store.change({ levers: withNumber(setting.levers, key, value) }, { moving })}
    />
  );
}
