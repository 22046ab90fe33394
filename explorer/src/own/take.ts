/** From files that were handed in to a page that runs them: other councils, or one more regime. */

import type { Handed } from "../app/drop.js";
import { defaultSetting, FEWEST_REGIMES, type Setting } from "../app/setting.js";
import type { ExplorerData, Start } from "../engine/data.js";
import { readCouncils } from "./councils.js";
import { movedArms, readRegime } from "./regime.js";

/** What a page knows and has set. */
export interface Held {
  readonly data: ExplorerData;
  readonly setting: Setting;
}

/** Take a file in: a regime where its name ends in .toml, else a table of councils; what is wrong is thrown as a sentence. */
export function takeFile(held: Held, file: Handed): Held {
  return file.name.toLowerCase().endsWith(".toml") ? withRegime(held, file) : withCouncils(held, file);
}

/** England's councils again. */
export function withEngland({ data, setting }: Held): Held {
  const latest = data.england.at(-1)?.month ?? "";
  const next = { ...data, starts: data.england, brought: { ...data.brought, councils: "" } };
  return settled({ ...next, start_months: data.england.map(({ month }) => month), default_start: latest }, setting);
}

/** The page without a regime of the user's own. */
export function withoutRegime({ data, setting }: Held, name: string): Held {
  const { [name]: _, ...others } = data.brought.regimes;
  const regimes = data.regimes.filter((one) => one.name !== name);
  const { regimes: usual } = defaultSetting(data);
  const left = setting.regimes.filter((one) => one !== name);
  const compared =
    left.length >= FEWEST_REGIMES
      ? left
      : [...left, ...usual.filter((one) => !left.includes(one))].slice(0, FEWEST_REGIMES);
  const levers = Object.fromEntries(Object.entries(setting.levers).filter(([key]) => !key.startsWith(`${name}.`)));
  return {
    data: { ...data, regimes, brought: { ...data.brought, regimes: others } },
    setting: { ...setting, regimes: compared, levers },
  };
}

function withCouncils({ data, setting }: Held, file: Handed): Held {
  const start: Start = readCouncils(file, data);
  const brought = { ...data.brought, councils: file.name };
  return settled(
    { ...data, starts: [start], start_months: [start.month], default_start: start.month, brought },
    setting,
  );
}

function withRegime({ data, setting }: Held, file: Handed): Held {
  const regime = readRegime(file, data);
  const others = data.regimes.filter(({ name }) => name !== regime.name);
  const shipped = data.regimes.includes(regime);
  const next: ExplorerData = shipped
    ? data
    : {
        ...data,
        regimes: [...others, regime],
        moved_arms: { ...data.moved_arms, [regime.name]: movedArms(regime, data) },
        brought: { ...data.brought, regimes: { ...data.brought.regimes, [regime.name]: file.name } },
      };
  const [reference = ""] = setting.regimes;
  const compared = setting.regimes.includes(regime.name) ? setting.regimes : [reference, regime.name];
  return { data: next, setting: { ...setting, regimes: compared } };
}

/** A setting of which the start and the region are there. */
function settled(data: ExplorerData, setting: Setting): Held {
  return { data, setting: { ...setting, start: data.default_start, region: "" } };
}
