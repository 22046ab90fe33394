/** The command line and the Python lines that make a sweep's numbers again. */

import { arranged } from "../app/deploy.js";
import type { Setting } from "../app/setting.js";
import type { ExplorerData } from "../engine/data.js";
import { startOf } from "../engine/setting.js";
import { measureOf } from "../compare/findings.js";
import { filesOf, HELD_FILE, regimeFile, worldWords, type TextFile } from "../take/commands.js";
import type { Design } from "./sweep.js";

/** The command of a sweep. */
export function sweepCommand(data: ExplorerData, design: Design): string {
  const setting = withoutVaried(design);
  const chosen = [design.regime, design.reference].map((name) => arranged(data, setting, name));
  const names = chosen.map((one) => regimeFile(data, one) || one.name);
  return [
    "sli sweep",
    ...design.varied.map(({ thing, values }) => `--vary ${thing.name}=${values.join(",")}`),
    `--regimes ${names.join(",")}`,
    `--outcome ${measureOf(data, { ...setting, region: "" }, startOf(data, setting.start)).name}`,
    `--parity ${setting.parity} --sets ${design.draws} --replicates ${design.replicates}`,
    `--start ${setting.start} --months ${setting.months}`,
    ...(Object.keys(setting.held).length > 0 ? [`--parameters ${HELD_FILE}`] : []),
    ...worldWords(data, setting),
    "--out results/swept",
  ].join(" ");
}

/** Files that the command takes. */
export function sweepFiles(data: ExplorerData, design: Design): TextFile[] {
  const regimes = [design.regime, design.reference];
  return filesOf(data, { ...withoutVaried(design), regimes });
}

/** What is varied is not held as well. */
function withoutVaried({ setting, varied }: Design): Setting {
  const names = varied.map(({ thing }) => thing.name);
  const held = Object.fromEntries(Object.entries(setting.held).filter(([name]) => !names.includes(name)));
  return { ...setting, held };
}
