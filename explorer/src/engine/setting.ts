/** From what a user sets to what the engine takes: the world of a start, and a regime's levers as numbers. */

import type { Arm, ExplorerData, LeverInfo, ParameterSet, RegimeInfo, Start } from "./data.js";
import type { Deployed, Numbers, World } from "./types.js";

/** Choices about the world, as the command line has them. */
export interface Scenario {
  readonly funding: string;
  readonly poverty_tilt: number;
  readonly pause: string;
  readonly headline: string;
}

/** The default choice of everything about the world. */
export function usualScenario(data: ExplorerData): Scenario {
  const usual = Object.fromEntries(data.scenarios.map((info) => [info.name, info.default]));
  return {
    funding: usual["funding"] ?? "",
    poverty_tilt: Number(usual["poverty_tilt"]),
    pause: usual["pause"] ?? "",
    headline: usual["headline"] ?? "",
  };
}

/** What is known of England's councils at a start, as YYYY-MM. */
export function startOf(data: ExplorerData, month: string): Start {
  const start = data.starts.find((one) => one.month === month);
  if (start === undefined) throw new Error(`there are no councils of ${month}`);
  return start;
}

/** England's councils from a start on. */
export function worldOf(data: ExplorerData, month: string, months: number, scenario: Scenario): World {
  const start = startOf(data, month);
  const gaps = data.gaps.by_funding[scenario.funding]?.slice(start.offset, start.offset + months);
  const pause = start.pause[scenario.pause];
  const headline = start.headline_until[scenario.headline];
  if (gaps?.length !== months || pause === undefined || headline === undefined)
    throw new Error("a choice about the world is unknown, or the run is too long");
  const facts = start.code.map((_, place) =>
    Object.fromEntries(Object.entries(start.facts).map(([name, values]) => [name, values[place] ?? NaN])),
  );
  const said = { poverty_tilt: scenario.poverty_tilt, drift_from: start.drift_from, headline_until: headline };
  return {
    months,
    facts,
    regions: start.regions.length,
    own: start.own,
    gaps,
    pause,
    coefficients: { ...data.coefficients, ...said },
  };
}

/** The arms of a regime as a run from this start meets them. */
export function armsAt(data: ExplorerData, regime: RegimeInfo, month: string): readonly Arm[] {
  return data.moved_arms[regime.name]?.[month] ?? regime.arms;
}

/**
 * A regime under a parity, with the levers that a parameter set draws.
 *
 * @param set where the levers that are swept stand; as the regime states them where there is none
 * @param held levers that are held at a value in every arm, whatever the set draws
 */
export function deployedOf(
  data: ExplorerData,
  regime: RegimeInfo,
  month: string,
  parity: string,
  set?: Pick<ParameterSet, "receiver_quantile" | "giver_quantile">,
  held: Arm = {},
): Deployed {
  const number = regime.parity[parity];
  if (number === undefined) throw new Error(`there is no parity ${parity}`);
  const arms = armsAt(data, regime, month);
  const written = arms.map((arm) => leversOf(data.levers, arm));
  const own = leversOf(data.levers, held);
  return {
    name: regime.name,
    arms: written,
    trusts: regime.trusts,
    parity: number,
    ...(set && {
      sweep: { ranges: arms.map(rangesOf), quantiles: [set.receiver_quantile, set.giver_quantile] as const },
    }),
    ...(Object.keys(own).length > 0 && { held: arms.map(() => own) }),
  };
}

/** An arm's levers as the numbers that the engine takes. */
export function leversOf(levers: readonly LeverInfo[], arm: Arm): Numbers {
  const written: Record<string, number> = {};
  for (const { name, field, sets } of levers) {
    const value = arm[name];
    if (value === undefined || value === null || typeof value === "object") continue;
    if (typeof value === "string") Object.assign(written, sets[value]);
    else if (field !== null) Object.assign(written, sets[""], { [field]: Number(value) });
  }
  return written;
}

/** The ranges over which an arm's levers are swept, as the engine takes them. */
function rangesOf(arm: Arm): readonly number[] {
  const range = (name: string): readonly number[] => {
    const value = arm[name];
    return Array.isArray(value) ? (value as readonly number[]) : [NaN, NaN];
  };
  return [...range("days_per_receiver_range"), ...range("days_per_giver_range"), Number(arm["givers_follow"] ?? 0)];
}
