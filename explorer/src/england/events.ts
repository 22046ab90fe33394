/** What became of a council in a run: judgements, directors who came and went and why, support, month by month. */

import { plain } from "../text/numbers.js";
import type { Scene } from "./scene.js";

const INTERIM = -1;
const PERMANENT = 0;

/** Something that happened to a council. */
export interface Happening {
  readonly month: number;
  readonly kind: "judged" | "director" | "support";
  readonly words: string;
}

/** A span of months with the same thing: first and last month. */
export interface Spell {
  readonly first: number;
  readonly last: number;
}

/** Who is in charge: a director by number, an interim, or nobody yet. */
export interface Tenure extends Spell {
  readonly seat: number;
  /** Months in post when the spell begins. */
  readonly served: number;
}

/** Support given to, or received from, some councils. */
export interface SupportSpell extends Spell {
  readonly way: "gives" | "receives";
  readonly partners: readonly number[];
  readonly days: number;
}

/** What councils are called. */
export type Called = (council: number) => string;

/** All that happened to a council, in order. */
export function happenings(scene: Scene, council: number, grades: readonly string[], called: Called): Happening[] {
  const all = [
    ...judgements(scene, council, grades),
    ...changesOfDirector(scene, council, called),
    ...supportSpells(scene, council).map((spell) => supportHappening(spell, called)),
  ];
  return all.sort((one, other) => one.month - other.month);
}

/** Spells of a grade; the first begins with the run. */
export function gradeSpells(scene: Scene, council: number): (Spell & { readonly grade: number })[] {
  return spellsOf(scene, (month) => at(scene, "grade", month, council)).map(({ value, ...spell }) => ({
    ...spell,
    grade: value,
  }));
}

/** Who was in charge, one after the other. */
export function tenures(scene: Scene, council: number): Tenure[] {
  return spellsOf(scene, (month) => at(scene, "seat", month, council)).map(({ value, first, last }) => ({
    first,
    last,
    seat: value,
    served: value >= 0 ? (scene.run.months[first]?.directors["months_in_post"]?.[value] ?? 0) : 0,
  }));
}

/** Spells of support: months in a row in which the council gives, or receives. */
export function supportSpells(scene: Scene, council: number): SupportSpell[] {
  return (["receives", "gives"] as const).flatMap((way) => {
    const days = way === "gives" ? "days_given" : "days_received";
    const there = spellsOf(scene, (month) => Number(at(scene, days, month, council) > 0)).filter(
      ({ value }) => value === 1,
    );
    return there.map(({ first, last }) => ({ first, last, way, ...supportIn(scene, council, way, first, last) }));
  });
}

function judgements(scene: Scene, council: number, grades: readonly string[]): Happening[] {
  let before = scene.start.facts["grade"]?.[council] ?? NaN;
  let due = scene.start.facts["first_month"]?.[council] ?? -1;
  return scene.run.months.flatMap(({ month }): Happening[] => {
    const grade = at(scene, "grade", month, council);
    const judged = due === month || grade !== before;
    const words = `judged ${gradeName(grades, grade)}${grade === before ? " again" : `, ${grade > before ? "up" : "down"} from ${gradeName(grades, before)}`}`;
    before = grade;
    due = at(scene, "next_judgement", month, council);
    return judged ? [{ month, kind: "judged", words }] : [];
  });
}

function changesOfDirector(scene: Scene, council: number, called: Called): Happening[] {
  return scene.run.months.slice(1).flatMap(({ month }): Happening[] => {
    const [before, now] = [month - 1, month].map((one) => at(scene, "seat", one, council)) as [number, number];
    if (before === now) return [];
    const left = before >= 0 ? `the director ${whyLeft(scene, month, council, before, called)}` : "";
    const words = [left, arrival(scene, month, council, now, called)].filter((one) => one !== "");
    return words.length === 0 ? [] : [{ month, kind: "director", words: words.join("; ") }];
  });
}

/** Why a director left: known of each who moved; of the others, where all who left in the month did so for one reason. */
function whyLeft(scene: Scene, month: number, council: number, director: number, called: Called): string {
  const next = scene.run.months[month]?.directors;
  const elsewhere = next?.["council"]?.[director] ?? -1;
  if (next?.["status"]?.[director] === PERMANENT && elsewhere >= 0) return `moved to ${called(elsewhere)}`;
  if (at(scene, "trust_from", month, council) === month) return "left as the department went to a trust";
  const [dismissed = 0, chose = 0] = [scene.dismissals[month], scene.exits[month]];
  if (dismissed === 0) return "left by choice";
  return chose === 0 ? "was dismissed" : "left, by choice or dismissed (that month had both)";
}

function arrival(scene: Scene, month: number, council: number, seat: number, called: Called): string {
  if (seat === INTERIM) return "an interim took charge";
  if (seat < 0) return "";
  const before = scene.run.months[month - 1]?.directors;
  const from = before?.["council"]?.[seat];
  if (from !== undefined && from >= 0) return `a director came from ${called(from)}`;
  if (from !== undefined) return "a director who had paused came back to a post";
  if (at(scene, "trust_from", month, council) === month) return "the trust's own leader took charge";
  return "a first-time director was appointed";
}

function supportHappening({ first, way, partners, days }: SupportSpell, called: Called): Happening {
  const whom = listed(partners.map(called));
  const amount = `${plain(days, 1)} days a month on average`;
  const words =
    way === "gives"
      ? `began to give support to ${whom}, ${amount}`
      : `began to receive support from ${whom}, ${amount}`;
  return { month: first, kind: "support", words };
}

function supportIn(scene: Scene, council: number, way: "gives" | "receives", first: number, last: number) {
  const [own, other] = way === "gives" ? (["giver", "receiver"] as const) : (["receiver", "giver"] as const);
  const partners = new Set<number>();
  let days = 0;
  for (const { links, councils } of scene.run.months.slice(first, last + 1)) {
    links[own].forEach((one, k) => one === council && partners.add(links[other][k] ?? -1));
    days += councils[way === "gives" ? "days_given" : "days_received"]?.[council] ?? 0;
  }
  return { partners: [...partners], days: days / (last - first + 1) };
}

function at({ run }: Scene, name: string, month: number, council: number): number {
  return run.months[month]?.councils[name]?.[council] ?? NaN;
}

/** Months in a row with the same value. */
function spellsOf({ run }: Scene, value: (month: number) => number): (Spell & { readonly value: number })[] {
  const spells: { first: number; last: number; value: number }[] = [];
  for (const { month } of run.months) {
    const now = value(month);
    const open = spells.at(-1);
    if (open !== undefined && open.value === now) open.last = month;
    else spells.push({ first: month, last: month, value: now });
  }
  return spells;
}

function gradeName(grades: readonly string[], grade: number): string {
  return (grades[grade] ?? "").replaceAll("_", " ");
}

/** Names in a sentence; of many, the first three. */
function listed(names: readonly string[]): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} others`] : names;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}
