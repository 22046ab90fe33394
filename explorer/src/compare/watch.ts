/** What a view knows of the runs of what is set: drawn anew as they come. */

import { useEffect, useMemo, useState } from "preact/hooks";

import { runsOf } from "../app/setting.js";
import type { Store } from "../app/store.js";
import { FEWEST_WORLDS } from "../statistics/turns.js";
import { findingsOf, type Findings } from "./findings.js";
import { studyOf, type Study } from "./study.js";

export interface Watched {
  readonly study: Study;
  /** Of what is set, or of what was set before until the first runs are there. */
  readonly findings: Findings | undefined;
  /** Whether the findings are of what is set. */
  readonly current: boolean;
}

export function useFindings(store: Store): Watched {
  const study = studyOf(store);
  const [, renew] = useState(0);
  useEffect(() => study.listen(() => renew((count) => count + 1)), [study]);
  const { look } = study;
  const current = look !== undefined && runsOf(look.setting) === runsOf(store.setting);
  const setting = current ? store.setting : look?.setting;
  const findings = useMemo(
    () => look && setting && findingsOf(store.data, look, setting),
    [look, JSON.stringify(setting)],
  );
  useEffect(() => {
    if (findings !== undefined) noteTurns(store, findings);
  }, [store, findings]);
  return { study, findings, current };
}

function noteTurns(store: Store, { pairs, setting }: Findings): void {
  if (!pairs.some(({ effect }) => effect.worlds >= FEWEST_WORLDS)) return;
  const turning = pairs.flatMap(({ turns }) => turns.filter((one) => one.turns));
  store.turns.note(setting, new Map(turning.map(({ name, value }) => [name, value])));
}
