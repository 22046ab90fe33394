/** The command and the Python lines that make the numbers of a setting again, and the files that the command takes. */

import { arranged, NOTHING, type Arranged } from "../app/deploy.js";
import type { Setting } from "../app/setting.js";
import type { Arm, ExplorerData } from "../engine/data.js";
import { startOf } from "../engine/setting.js";
import { measureOf, wordsOf } from "../compare/findings.js";
import { LOOKS } from "../compare/study.js";

/** A small text file that stands beside the command. */
export interface TextFile {
  readonly name: string;
  readonly content: string;
}

const FOLDER = "results/explored";
/** The file of the numbers that are held. */
export const HELD_FILE = "held.toml";
const FINEST = LOOKS.at(-1);

/** Files of the user's own that the command takes: regimes whose levers were moved, numbers that are held. */
export function filesOf(data: ExplorerData, setting: Setting): TextFile[] {
  const moved = chosen(data, setting).filter((one) => one.moved);
  const regimes = moved.map((one) => ({ name: `${one.name}.toml`, content: regimeText(one) }));
  const held = Object.entries(setting.held).map(([name, value]) => `${name} = ${real(value)}\n`);
  return held.length > 0 ? [...regimes, { name: HELD_FILE, content: held.join("") }] : regimes;
}

/** The commands, a line each. */
export function commandsOf(data: ExplorerData, setting: Setting): string[] {
  const own = chosen(data, setting);
  const shipped = own
    .filter((one) => regimeFile(data, one) === "" && !data.baselines.includes(one.name))
    .map(({ name }) => name);
  const files = own.map((one) => regimeFile(data, one)).filter((file) => file !== "");
  const words = [
    "sli compare",
    `--regimes ${(shipped.length > 0 ? shipped : data.baselines).join(",")}`,
    ...files.map((file) => `--regime ${file}`),
    `--parity ${setting.parity}`,
    `--sets ${FINEST?.draws ?? ""} --replicates ${FINEST?.replicates ?? ""}`,
    `--start ${setting.start}`,
    `--months ${setting.months}`,
    ...Object.keys(setting.held)
      .slice(0, 1)
      .map(() => `--parameters ${HELD_FILE}`),
    ...worldWords(data, setting),
    `--no-claims --out ${FOLDER}`,
  ];
  const region = setting.region === "" ? [] : [`sli report ${FOLDER} --region "${setting.region}"`];
  return [words.join(" "), ...region];
}

/** The same in Python, and the row of each pair. */
export function pythonOf(data: ExplorerData, setting: Setting): string {
  const own = chosen(data, setting);
  const moved = own.filter((one) => one.moved);
  const lines = [
    ...(moved.length > 0 ? ["from dataclasses import replace", ""] : []),
    "from experiments import compare_regimes, make_design",
    ...(data.brought.councils === "" ? [] : ["from simulation.councils import load_councils"]),
    ...(moved.length > 0 ? ["from simulation.regimes import load_regime"] : []),
    "from simulation.scenario import Scenario",
    "",
    ...moved.flatMap((one) => movedLines(data, one)),
    "design = make_design(",
    `    regimes=[${own.map((one) => (one.moved ? one.name : quoted(data.brought.regimes[one.name] ?? one.name))).join(", ")}],`,
    `    parities=[${quoted(setting.parity)}],`,
    `    sets=${FINEST?.draws ?? ""},`,
    `    replicates=${FINEST?.replicates ?? ""},`,
    `    months=${setting.months},`,
    `    scenario=Scenario(${scenarioText(data, setting)}),`,
    ...heldLines(setting),
    ...(data.brought.councils === "" ? [] : [`    councils=load_councils(${quoted(data.brought.councils)}),`]),
    ")",
    `results = compare_regimes(design, ${quoted(FOLDER)})`,
    ...rowLines(data, setting),
  ];
  return lines.join("\n");
}

/** What the command gives, and what it does not. */
export function aboutCommand(data: ExplorerData, setting: Setting): string {
  const reference = arranged(data, setting, setting.regimes[0] ?? NOTHING);
  const pairs = data.baselines.includes(reference.name)
    ? "Its comparison.csv has these pairs."
    : `Its comparison.csv sets each regime against no programme and Partners in Practice; the Python lines set them against ${wordsOf(reference)}.`;
  return (
    `They make the ${FINEST?.draws ?? ""} draws and ${FINEST?.replicates ?? ""} replicates of the finest look, with the same ` +
    `luck, and so the same numbers. ${pairs}`
  );
}

function chosen(data: ExplorerData, setting: Setting): Arranged[] {
  return setting.regimes.map((name) => arranged(data, setting, name)).filter(({ name }) => name !== NOTHING);
}

/** Options of the command for what is not as usual in the world outside. */
export function worldWords(data: ExplorerData, { scenario }: Setting): string[] {
  const usual = (name: string): string => data.scenarios.find((one) => one.name === name)?.default ?? "";
  const said = Object.entries(scenario).filter(([name, value]) => String(value) !== usual(name));
  const councils = data.brought.councils === "" ? [] : [`--councils ${fileWord(data.brought.councils)}`];
  return [...said.map(([name, value]) => `--${name.replaceAll("_", "-")} ${value}`), ...councils];
}

/** The file of a regime that is not shipped as it is run: the user's own, or one to be written; empty for all others. */
export function regimeFile(data: ExplorerData, { name, moved }: Arranged): string {
  return moved ? `${name}.toml` : fileWord(data.brought.regimes[name] ?? "");
}

/** A file's name as one word of a command. */
function fileWord(name: string): string {
  return /\s/.test(name) ? `"${name}"` : name;
}

function scenarioText(data: ExplorerData, { scenario, start }: Setting): string {
  const usual = (name: string): string => data.scenarios.find((one) => one.name === name)?.default ?? "";
  const said = Object.entries(scenario).filter(([name, value]) => String(value) !== usual(name));
  const values = said.map(
    ([name, value]) => `${name}=${typeof value === "number" ? real(value) : quoted(String(value))}`,
  );
  return [`start=${quoted(start)}`, ...values].join(", ");
}

function heldLines({ held }: Setting): string[] {
  const values = Object.entries(held).map(([name, value]) => `${quoted(name)}: ${real(value)}`);
  return values.length > 0 ? [`    parameters={${values.join(", ")}},`] : [];
}

/** Lines that make a regime with its levers moved. */
function movedLines(data: ExplorerData, { name, regime }: Arranged): string[] {
  const shipped = data.regimes.find((one) => one.title === regime.title);
  const arms = regime.arms.map((arm, place) => {
    const before = shipped?.arms[place] ?? {};
    const changed = Object.entries(arm).filter(
      ([lever, value]) => JSON.stringify(value) !== JSON.stringify(before[lever]),
    );
    const said = changed.map(([lever, value]) => `, ${lever}=${value === null ? "None" : pythonValue(value)}`);
    return `replace(${name}.arms[${place}]${said.join("")})`;
  });
  return [
    `${name} = load_regime(${quoted(data.brought.regimes[shipped?.name ?? ""] ?? shipped?.name ?? "")})`,
    `arms = (${arms.join(", ")},)`,
    `${name} = replace(${name}, name=${quoted(name)}, title=${quoted(movedTitle(regime.title))}, arms=arms)`,
    "",
  ];
}

/** Lines that print what is said of each pair: from the table where it has it, else worked out from the runs. */
function rowLines(data: ExplorerData, setting: Setting): string[] {
  const [reference = NOTHING, ...others] = setting.regimes.map((name) => arranged(data, setting, name).name);
  const { measure, region, parity } = setting;
  const part = region === "" ? "" : `find_part(results.folder, region=${quoted(region)})`;
  if (data.baselines.includes(reference)) {
    return [
      ...(part
        ? [
            "from experiments.studies.comparison.part import find_part, part_results",
            `results = part_results(results, ${part})`,
          ]
        : []),
      "rows = results.comparison.query(",
      `    "outcome == '${measure}' and baseline == '${reference}' and regime in ${pythonList(others)}"`,
      ")",
      'print(rows[["regime", "difference", "difference_error", "share", "share_error", "verdict"]].to_string())',
    ];
  }
  const { matters, better } = measureOf(data, setting, startOf(data, setting.start));
  const counted = (name: string): string[] =>
    parity === "none" || name === NOTHING ? [] : [`runs.counts(Label(${quoted(parity)}, ${quoted(name)}))`];
  return [
    "from experiments.design.design import Label",
    part
      ? "from experiments.studies.comparison.part import PartRuns, find_part"
      : "from experiments.results.folder_runs import FolderRuns",
    "from experiments.statistics.verdicts import paired_effect",
    part ? `runs = PartRuns(results, ${part})` : "runs = FolderRuns(results)",
    `reference = runs.outcome(Label(${quoted(parity)}, ${quoted(reference)}), ${quoted(measure)})`,
    ...others.flatMap((name) => [
      `own = runs.outcome(Label(${quoted(parity)}, ${quoted(name)}), ${quoted(measure)})`,
      `counts = ${[...counted(name), ...counted(reference)].join(" & ") || "None"}`,
      `print(${quoted(name)}, paired_effect(own - reference, ${quoted(better)}, ${real(matters)}, counts, runs.weights))`,
    ]),
  ];
}

function regimeText({ regime }: Arranged): string {
  const { title, summary, arms, trusts, follows_parity } = regime;
  const head = [`title = ${quoted(movedTitle(title))}`, `summary = ${quoted(summary)}`];
  if (trusts) head.push("trusts = true");
  if (!follows_parity) head.push("follows_parity = false");
  return [...head, ...arms.map(armText)].join("\n") + "\n";
}

function armText(arm: Arm): string {
  const levers = Object.entries(arm).filter(([, value]) => value !== null);
  return ["", "[[arm]]", ...levers.map(([name, value]) => `${name} = ${tomlValue(value)}`)].join("\n");
}

function movedTitle(title: string): string {
  return `${title}, levers moved`;
}

function tomlValue(value: Arm[string]): string {
  return typeof value === "string"
    ? quoted(value)
    : typeof value === "object"
      ? `[${(value ?? []).map(real).join(", ")}]`
      : String(value);
}

function pythonValue(value: Exclude<Arm[string], null>): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string"
    ? quoted(value)
    : typeof value === "object"
      ? `(${value.map(real).join(", ")})`
      : String(value);
}

function pythonList(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(", ")}]`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A number that is read as one with a fraction. */
function real(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
