/** The data of a setting as tables: what is said of each pair, and every run. */

import { arranged } from "../app/deploy.js";
import type { Store } from "../app/store.js";
import { csvOf } from "../charts/files.js";
import type { Findings } from "../compare/findings.js";

/** A row a pair, in the columns of the command line's comparison.csv. */
export function comparisonCsv({ pairs, reference, measure, setting }: Findings): string {
  const head = [
    "outcome",
    "unit",
    "better",
    "parity",
    "regime",
    "baseline",
    "difference",
    "difference_error",
    "share",
    "share_error",
    "worlds_low",
    "worlds_high",
    "gains",
    "losses",
    "within",
    "matters",
    "realised",
    "realised_baseline",
    "parity_met",
    "worlds",
    "left_out",
    "replicates",
    "verdict",
  ];
  const rows = pairs.map(({ name, effect, realised, parityMet }) => [
    measure.name,
    measure.unit,
    measure.better,
    setting.parity,
    name,
    reference.name,
    effect.difference,
    effect.error,
    effect.share.value,
    effect.share.error,
    effect.low,
    effect.high,
    effect.gains,
    effect.losses,
    Math.max(1 - effect.gains - effect.losses, 0),
    effect.matters,
    ...realised,
    parityMet,
    effect.worlds,
    effect.leftOut,
    effect.replicates,
    effect.verdict,
  ]);
  return csvOf(head, rows);
}

/** A row a run: set, how often it was drawn, replicate, regime, and the measure. */
export function runsCsv(store: Store, { look, measure, setting }: Findings): string {
  const rows = setting.regimes.flatMap((asked) => {
    const { name } = arranged(store.data, setting, asked);
    const {
      rows: sets,
      columns,
      values,
    } = look.gathered.outcome(name, measure.name, look.sets.length, look.extent, setting.region);
    return Array.from({ length: sets * columns }, (_, place) => {
      const set = Math.floor(place / columns);
      return [set, look.weights[set] ?? NaN, place % columns, name, values[place] ?? NaN];
    });
  });
  return csvOf(["set", "weight", "replicate", "regime", measure.name], rows);
}
