/** Councils of the user's own, from a CSV file: as `simulation/councils.py` has it. */

import type { Handed } from "../app/drop.js";
import type { ExplorerData, OwnFacts, Start } from "../engine/data.js";
import { InputProblem, general } from "../text/sentences.js";
import { monthNumber, monthText } from "./cells.js";
import { deprivationScores, fifthsOf } from "./score.js";
import { fault, grouped, readTable, type Row } from "./table.js";
import { textOf } from "./text.js";

const SIF = 1;
const ILACS = 0;

/** The councils of a file, in the month in which its runs start. */
export function readCouncils(handed: Handed, data: ExplorerData): Start {
  const file = handed.name;
  const facts = data.own;
  const rows = [...readTable(textOf(handed, "CSV file"), file, facts)];
  rows.sort((one, other) => (textIn(one, "code") < textIn(other, "code") ? -1 : 1));
  const begin = beginOf(rows, facts);
  const undated = rows.filter(({ cells }) => !cells["judged_on"]).map(({ number }) => number);
  const spread = new Map(
    undated.map((number, place) => [number, 1 + Math.floor((facts.cycle * place) / undated.length)]),
  );
  const councils = rows.map((row) => councilOf(row, file, begin, spread, data));
  return startWith(data, file, monthText(begin), rows, councils);
}

interface Council {
  readonly grade: number;
  readonly months_since_judgement: number;
  readonly framework: number;
  readonly recovered: number;
  readonly first_month: number;
  readonly first_framework: number;
  readonly children_in_need: number;
}

/** The month in which runs start: that of the file, else the month after the last judgement, else the first there is. */
function beginOf(rows: readonly Row[], facts: OwnFacts): number {
  const stated = rows[0]?.cells["start"];
  if (typeof stated === "number") return stated;
  const dates = rows.map((row) => textIn(row, "judged_on")).filter((date) => date !== "");
  const last = dates.reduce((latest, date) => (date > latest ? date : latest), "");
  return last === "" ? numberOf(facts.first_month) : monthOf(last) + 1;
}

function councilOf(
  row: Row,
  file: string,
  begin: number,
  spread: ReadonlyMap<number, number>,
  { own, grades }: ExplorerData,
): Council {
  const { cells, number } = row;
  const grade = grades.indexOf(textIn(row, "grade"));
  const ever = cells["ever_inadequate"] ?? Number(grade === 0);
  if (grade === 0 && ever === 0)
    throw fault(file, number, "ever_inadequate", "1 for a council that is inadequate now", "0");
  const children = Number(cells["children_in_need"] ?? own.average_children);
  if (children > own.most_children) {
    const expected = `a number up to ${grouped(own.most_children)}, so that the ledger can hold it`;
    throw new InputProblem(
      `${file}, row ${number}, column 'children_in_need': expected ${expected}, got '${general(children)}'`,
    );
  }
  const next = cells["next_judgement"] ?? null;
  const framework = textIn(row, "next_framework");
  if (framework !== "" && next === null)
    throw fault(file, number, "next_framework", "nothing where next_judgement is blank", framework);
  const months = spread.get(number) ?? monthsSince(row, file, begin);
  return {
    grade,
    months_since_judgement: months,
    framework: frameworkOf(row, begin - months, own),
    recovered: Number(ever),
    first_month: monthsUntil(next, row, file, begin),
    first_framework: Number(framework === own.reinspection),
    children_in_need: children,
  };
}

/** Whose cuts gave that grade; those of ILACS are lower from April 2018 on, so an earlier one had the old. */
function frameworkOf(row: Row, judged: number, { first_month, ilacs }: OwnFacts): number {
  const early = judged < numberOf(first_month);
  const stated = textIn(row, "framework");
  if (stated === "" || (early && textIn(row, "judged_on") !== "")) return early ? SIF : ILACS;
  return stated === ilacs ? ILACS : SIF;
}

function monthsSince(row: Row, file: string, begin: number): number {
  const judged = textIn(row, "judged_on");
  if (monthOf(judged) >= begin)
    throw fault(file, row.number, "judged_on", `a date before the month of the start, ${monthText(begin)}`, judged);
  return begin - monthOf(judged);
}

function monthsUntil(next: string | number | null, row: Row, file: string, begin: number): number {
  if (typeof next !== "number") return -1;
  if (next < begin)
    throw fault(file, row.number, "next_judgement", `a month from the start on, ${monthText(begin)}`, monthText(next));
  return next - begin;
}

/** A start of the page with these councils in the place of England's. */
function startWith(
  data: ExplorerData,
  file: string,
  month: string,
  rows: readonly Row[],
  councils: readonly Council[],
): Start {
  const base = data.england.find((one) => one.month === month);
  if (base === undefined) {
    const [first, last] = [data.england[0]?.month ?? "", data.england.at(-1)?.month ?? ""];
    throw new InputProblem(
      `${file}: expected a start from ${first} to ${last}, which this page runs, got ${month}; sli compare --councils runs any`,
    );
  }
  const region = rows.map((row) => textIn(row, "region"));
  const regions = [...new Set(region)].sort((one, other) => (one < other ? -1 : 1));
  const deprivation = deprivationScores(
    rows.map(({ cells }) => Number(cells["deprivation_score"] ?? 0)),
    data.own.score,
  );
  const columns = { region: region.map((name) => regions.indexOf(name)), deprivation, ...columnsOf(councils) };
  return {
    ...base,
    own: rows[0]?.cells["inspections"] !== data.own.english,
    regions,
    region,
    code: rows.map((row) => textIn(row, "code")),
    name: rows.map((row) => textIn(row, "name") || textIn(row, "code")),
    deprivation_fifth: fifthsOf(deprivation),
    facts: columns,
  };
}

function columnsOf(councils: readonly Council[]): Record<keyof Council, number[]> {
  const column = (name: keyof Council): number[] => councils.map((council) => council[name]);
  return {
    children_in_need: column("children_in_need"),
    grade: column("grade"),
    months_since_judgement: column("months_since_judgement"),
    framework: column("framework"),
    recovered: column("recovered"),
    first_month: column("first_month"),
    first_framework: column("first_framework"),
  };
}

function textIn({ cells }: Row, column: string): string {
  const value = cells[column];
  return typeof value === "string" ? value : "";
}

function monthOf(date: string): number {
  return numberOf(date.slice(0, 7));
}

function numberOf(month: string): number {
  return monthNumber(month) ?? NaN;
}
