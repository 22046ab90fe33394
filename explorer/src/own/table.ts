/** A CSV file against its columns, with one sentence for whatever is wrong: as `simulation/evidence/reader.py` has it. */

import Papa from "papaparse";

import type { ColumnInfo, OwnFacts } from "../engine/data.js";
import { InputProblem, nearest, shown } from "../text/sentences.js";
import { monthText, readCell, Unfit, type CellValue } from "./cells.js";

/** One row: its number as a spreadsheet shows it, and its values by column; null where blank. */
export interface Row {
  readonly number: number;
  readonly cells: Readonly<Record<string, CellValue>>;
}

type Record_ = readonly [number, readonly string[]];

/** What Papa says of a row that cannot be read, and how Python says it. */
const MALFORMED: Readonly<Record<string, string>> = {
  MissingQuotes: "unexpected end of data",
  InvalidQuotes: "',' expected after '\"'",
};

/** The rows of a table of the user's own councils. */
export function readTable(text: string, file: string, facts: OwnFacts): readonly Row[] {
  const records = recordsOf(text, file);
  const [header, ...others] = records;
  if (header === undefined) throw new InputProblem(`${file}: expected a heading and rows, got an empty file`);
  const columns = headingsOf(header, file, facts);
  const rows = others.map((record) => rowOf(record, file, columns));
  const [least, most] = facts.rows;
  if (rows.length < least || rows.length > most)
    throw new InputProblem(
      `${file}: expected ${grouped(least)} to ${grouped(most)} ${facts.noun}s, got ${grouped(rows.length)}`,
    );
  for (const column of columns) {
    checkUnique(rows, file, column);
    checkTogether(rows, file, column);
    checkAlike(rows, file, column);
  }
  return rows;
}

/** The error for one cell: file, row, column, what was expected and what came. */
export function fault(
  file: string,
  row: number,
  column: string,
  expected: string,
  value: CellValue | undefined,
): InputProblem {
  const came =
    value === "" || value === null || value === undefined
      ? "nothing"
      : typeof value === "string"
        ? shown(value)
        : String(value);
  return new InputProblem(`${file}, row ${row}, column '${column}': expected ${expected}, got ${came}`);
}

/** A whole number with thousands apart. */
export function grouped(number: number): string {
  return number.toLocaleString("en-GB");
}

/** Every record that is neither blank nor a comment, with its number. */
function recordsOf(text: string, file: string): Record_[] {
  const { data, errors } = Papa.parse<string[]>(text.replace(/\r\n?/g, "\n"), { delimiter: ",", newline: "\n" });
  const wrong = errors.find(({ code }) => code in MALFORMED);
  if (wrong !== undefined) {
    const why = MALFORMED[wrong.code] ?? "";
    const row = (wrong.row ?? 0) + 1;
    throw new InputProblem(`${file}, row ${row}: expected well-formed CSV, got a row that cannot be read (${why})`);
  }
  return data.flatMap((record, place): Record_[] => {
    const cells = record.map((cell) => cell.trim());
    while (cells.length > 0 && cells.at(-1) === "") cells.pop();
    return cells.length === 0 || cells[0]?.startsWith("#") ? [] : [[place + 1, cells]];
  });
}

function headingsOf([number, header]: Record_, file: string, { columns, help }: OwnFacts): ColumnInfo[] {
  const names = columns.map(({ name }) => name);
  for (const name of header) {
    const times = header.filter((one) => one === name).length;
    if (!names.includes(name))
      throw new InputProblem(
        `${file}, row ${number}: expected one of the columns ${names.join(", ")}, got ${shown(name)}${nearest(name, names)}${help}`,
      );
    if (times > 1)
      throw new InputProblem(`${file}, row ${number}: expected each column once, got '${name}' ${times} times`);
  }
  for (const { name, required } of columns) {
    if (required && !header.includes(name))
      throw new InputProblem(`${file}, row ${number}: expected the column '${name}', got ${header.join(", ")}${help}`);
  }
  return header.map((name) => columns.find((one) => one.name === name) as ColumnInfo);
}

function rowOf([number, cells]: Record_, file: string, columns: readonly ColumnInfo[]): Row {
  if (cells.length > columns.length)
    throw new InputProblem(`${file}, row ${number}: expected ${columns.length} cells, got ${cells.length}`);
  const values = columns.map(
    (column, place) => [column.name, valueOf(cells[place] ?? "", number, file, column)] as const,
  );
  return { number, cells: Object.fromEntries(values) };
}

function valueOf(text: string, number: number, file: string, column: ColumnInfo): CellValue {
  const { name, kind, required, choices, expected } = column;
  if (text === "") {
    if (required) throw fault(file, number, name, expected, text);
    return null;
  }
  let value: CellValue;
  try {
    value = readCell(kind, text);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    throw fault(file, number, name, error.expected || expected, text);
  }
  if (choices.length > 0 && !choices.includes(String(value)))
    throw new InputProblem(`${fault(file, number, name, expected, text).message}${nearest(text, choices)}`);
  if (typeof value === "number" && kind !== "month" && !isWithin(value, column))
    throw fault(file, number, name, expected, text);
  return value;
}

function isWithin(value: number, { low, high, above }: ColumnInfo): boolean {
  return (high === null || value <= high) && (low === null || value >= low) && (above === null || value > above);
}

function checkUnique(rows: readonly Row[], file: string, { name, unique }: ColumnInfo): void {
  const seen = new Map<CellValue, number>();
  for (const { number, cells } of unique ? rows : []) {
    const value = cells[name] ?? null;
    const before = seen.get(value);
    if (value !== null && before !== undefined)
      throw fault(file, number, name, `a ${name} that comes once (it stands in row ${before} too)`, value);
    seen.set(value, number);
  }
}

function checkTogether(rows: readonly Row[], file: string, { name, together, expected }: ColumnInfo): void {
  const blank = rows.find(({ cells }) => cells[name] === null);
  if (together && blank !== undefined && rows.some(({ cells }) => cells[name] !== null))
    throw fault(file, blank.number, name, `${expected}, as in the other rows (or no cell filled at all)`, null);
}

function checkAlike(rows: readonly Row[], file: string, column: ColumnInfo): void {
  const [first] = rows;
  if (!column.alike || first === undefined) return;
  const wanted = first.cells[column.name] ?? null;
  for (const { number, cells } of rows) {
    const value = cells[column.name] ?? null;
    if (value === wanted) continue;
    const expected = `${asWritten(wanted, column)}, as in row ${first.number}: the same in every row`;
    throw fault(file, number, column.name, expected, value === null ? null : asWritten(value, column));
  }
}

/** A value as the file has it. */
function asWritten(value: CellValue, { kind }: ColumnInfo): string {
  if (value === null) return "nothing";
  return kind === "month" && typeof value === "number" ? monthText(value) : String(value);
}
