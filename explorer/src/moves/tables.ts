/** The tables of a study's folder: indices of a sensitivity study, boxes and limits of a discovery. */

import Papa from "papaparse";

import type { Handed } from "../app/drop.js";

/** A row of a table by column. */
export type Row = Readonly<Record<string, string>>;

/** What the files of a study hold; a kind that is not there is empty. */
export interface StudyTables {
  readonly indices: readonly Row[];
  readonly boxes: readonly Row[];
  readonly limits: readonly Row[];
  /** A sentence on each file that is none of these. */
  readonly problems: readonly string[];
}

export const NO_TABLES: StudyTables = { indices: [], boxes: [], limits: [], problems: [] };

/** A column that each kind of table has, and no other. */
const SIGNS = { indices: "total_told", boxes: "better_than_none", limits: "reproduced" } as const;
const KINDS = Object.keys(SIGNS) as (keyof typeof SIGNS)[];
const EXPECTED = "indices.csv of a sensitivity study, or boxes.csv and limits.csv of a discovery";

/** Read what was dropped; what was there of another kind stays. */
export function tablesOf(files: readonly Handed[], before: StudyTables): StudyTables {
  let found: StudyTables = { ...before, problems: [] };
  for (const { name, bytes } of files) {
    const rows = Papa.parse<string[]>(new TextDecoder().decode(bytes), { skipEmptyLines: true }).data;
    const [head = [], ...others] = rows;
    const kind = KINDS.find((one) => head.includes(SIGNS[one]));
    if (kind === undefined) {
      found = { ...found, problems: [...found.problems, `${name}: expected ${EXPECTED}, got another file`] };
      continue;
    }
    const table = others.map((cells): Row => Object.fromEntries(head.map((column, k) => [column, cells[k] ?? ""])));
    found = { ...found, [kind]: table };
  }
  return found;
}

/** A cell's number; NaN where it is empty. */
export function numberIn(row: Row, column: string): number {
  const text = row[column] ?? "";
  return text === "" ? NaN : Number(text);
}

export function isTrue(row: Row, column: string): boolean {
  return (row[column] ?? "").toLowerCase() === "true";
}

/** Which measure a row of indices is of, as one text: rows with the same text are of the same. */
export function measureOfRow(row: Row): string {
  return ["of", "outcome", "parity", "regime", "baseline"].map((column) => row[column] ?? "").join("|");
}
