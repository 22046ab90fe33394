/** A regime of the user's own, from a TOML file: as `simulation/regimes/` has it. */

import { parse, TomlDate } from "smol-toml";

import type { Handed } from "../app/drop.js";
import type { Arm, ExplorerData, RegimeInfo } from "../engine/data.js";
import { hasControls, InputProblem, nearest, shown } from "../text/sentences.js";
import { leverOf } from "./levers.js";
import { LARGEST_TOML, textOf } from "./text.js";

type Content = Readonly<Record<string, unknown>>;

const DEEPEST = 8;
const KEYS = ["name", "title", "summary", "trusts", "follows_parity", "by_calendar", "arm"] as const;
const TEXTS = ["name", "title", "summary"] as const;
const SWITCHES = ["trusts", "follows_parity", "by_calendar"] as const;

/** The regime of a file. */
export function readRegime(handed: Handed, data: ExplorerData): RegimeInfo {
  const file = handed.name;
  const content = contentOf(handed);
  for (const key of Object.keys(content)) {
    if (!(KEYS as readonly string[]).includes(key))
      throw new InputProblem(`${file}: unknown entry ${shown(key)}${nearest(key, KEYS)}; expected ${KEYS.join(", ")}`);
  }
  try {
    const arms = tablesOf(content["arm"] ?? []).map((levers) => armOf(levers, data));
    const usual = {
      name: file.replace(/\.[^.]*$/, ""),
      title: "",
      summary: "",
      trusts: false,
      follows_parity: true,
      by_calendar: false,
    };
    return withOwnName(regimeFrom({ ...usual, ...content }, arms, data), data);
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    throw new InputProblem(`${file}: ${error.message}`);
  }
}

/** What a TOML file holds. */
function contentOf(handed: Handed): Content {
  const file = handed.name;
  const text = textOf(handed, "TOML file", LARGEST_TOML);
  let content: Content;
  try {
    content = parse(text, { integersAsBigInt: true, maxDepth: 100 });
  } catch (error) {
    const [why = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new InputProblem(`${file}: expected TOML, got: ${why.replace("Invalid TOML document: ", "")}`);
  }
  if (isDeep(content))
    throw new InputProblem(`${file}: expected at most ${DEEPEST} tables or lists within one another, got more`);
  if (Object.keys(content).length === 0)
    throw new InputProblem(`${file}: expected a TOML file that sets something, got an empty one`);
  return content;
}

function isDeep(content: Content): boolean {
  let level: unknown[] = [content];
  for (let depth = 0; depth <= DEEPEST; depth++) {
    level = level.flatMap(within);
    if (level.length === 0) return false;
  }
  return true;
}

function within(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isTable(value) ? Object.values(value) : [];
}

function isTable(value: unknown): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof TomlDate);
}

function tablesOf(arms: unknown): Content[] {
  if (!Array.isArray(arms) || !arms.every(isTable))
    throw new InputProblem("expected every arm under a heading [[arm]]");
  return arms;
}

function armOf(given: Content, { levers, parameters, own }: ExplorerData): Arm {
  const names = levers.map(({ name }) => name);
  for (const name of Object.keys(given)) {
    if (parameters.some((one) => one.name === name))
      throw new InputProblem(`expected levers, got ${shown(name)}, which is a parameter: set it with --parameters`);
    if (!names.includes(name))
      throw new InputProblem(
        `unknown lever ${shown(name)}${nearest(name, names)}; \`sli regimes --levers\` lists them all`,
      );
  }
  const missing = names.filter((name) => !(name in given) && !(name in own.lever_defaults)).map((name) => `'${name}'`);
  if (missing.length > 0) throw new InputProblem(`expected every lever without a default, missing: ${listed(missing)}`);
  const entries = levers.map(
    (info) =>
      [
        info.name,
        info.name in given ? leverOf(info, given[info.name]) : (own.lever_defaults[info.name] ?? null),
      ] as const,
  );
  return Object.fromEntries(entries);
}

/** Names as Python lists them. */
function listed(names: readonly string[]): string {
  if (names.length < 3) return names.join(" and ");
  return `${names.slice(0, -1).join(", ")}, and ${names.at(-1) ?? ""}`;
}

function regimeFrom(content: Content, arms: readonly Arm[], data: ExplorerData): RegimeInfo {
  for (const name of TEXTS) {
    if (typeof content[name] !== "string")
      throw new InputProblem(`regime ${name}: expected text, got ${shown(content[name])}`);
  }
  for (const name of SWITCHES) {
    if (typeof content[name] !== "boolean")
      throw new InputProblem(`regime ${name}: expected true or false, got ${shown(content[name])}`);
  }
  const { name, title, summary, trusts, follows_parity, by_calendar } = content as unknown as RegimeInfo;
  checkName(name, data.own.most_letters);
  for (const [what, text] of [
    ["title", title],
    ["summary", summary],
  ] as const) {
    if (hasControls(text))
      throw new InputProblem(
        `regime ${what}: expected text without line ends and control characters, got ${shown(text)}`,
      );
  }
  if (trusts && (arms.length !== 1 || Number(arms[0]?.["cash_per_day"]) <= 0))
    throw new InputProblem(`regime ${name}: expected one paid arm beside trusts, which share its money`);
  if (arms.filter((arm) => arm["partnership"] === true).length > 1)
    throw new InputProblem(`regime ${name}: expected partnerships in one arm at most`);
  const model = data.regimes.find((one) => (one.trusts || !one.follows_parity) === (trusts || !follows_parity));
  return {
    name,
    title: title || name,
    summary,
    words: `“${title || name}”`,
    arms,
    trusts,
    follows_parity,
    by_calendar,
    parity: model?.parity ?? {},
  };
}

function checkName(name: string, most: number): void {
  if (new RegExp(`^[A-Za-z0-9_]{1,${most}}$`).test(name)) return;
  const plain = name
    .slice(0, most)
    .replace(/[^A-Za-z0-9_]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const hint = plain === "" ? "" : ` (nearest: ${plain})`;
  throw new InputProblem(
    `regime name: expected up to ${most} letters, digits and underscores, got ${shown(name)}${hint}`,
  );
}

/** A regime whose rows cannot be taken for those of another: a name of its own, or the shipped regime itself. */
function withOwnName(regime: RegimeInfo, data: ExplorerData): RegimeInfo {
  const shipped = data.regimes.find(({ name }) => name === regime.name && !(name in data.brought.regimes));
  if (shipped === undefined) return regime;
  const plain = ({ title, summary, arms, trusts, follows_parity, by_calendar }: RegimeInfo): string =>
    JSON.stringify([
      title,
      summary,
      arms.map((arm) => Object.entries(arm).sort()),
      trusts,
      follows_parity,
      by_calendar,
    ]);
  if (plain(shipped) !== plain(regime))
    throw new InputProblem(`regime name: expected a name that no shipped regime has, got ${shown(regime.name)}`);
  return shipped;
}

/** The arms of a regime by the calendar, as a run from each start meets them: months counted from the start. */
export function movedArms(regime: RegimeInfo, data: ExplorerData): Readonly<Record<string, readonly Arm[]>> {
  if (!regime.by_calendar) return {};
  return Object.fromEntries(
    data.england.map(({ month, offset }) => [
      month,
      regime.arms
        .filter((arm) => typeof arm["last_month"] === "string" || Number(arm["last_month"]) >= offset)
        .map((arm) => movedArm(arm, offset)),
    ]),
  );
}

function movedArm(arm: Arm, months: number): Arm {
  const last = arm["last_month"];
  const first = Math.max(0, Number(arm["first_month"]) - months);
  return { ...arm, first_month: first, last_month: typeof last === "string" ? last : Number(last) - months };
}
