/** Cells: how the text of one becomes a value; as `simulation/evidence/cells.py` has it. */

import { hasControls } from "../text/sentences.js";

export type CellValue = string | number | null;

/** A cell that cannot be taken; `expected` where it is of its kind, and is told by what is expected instead. */
export class Unfit extends Error {
  constructor(readonly expected = "") {
    super(expected);
  }
}

const NUMBER = /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$/;
const INTEGER = /^[+-]?[0-9]{1,300}$/;
const LARGEST = 1e15;
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const MONTH = /^([0-9]{4})-([0-9]{2})$/;
// What a spreadsheet takes for a formula, with or without the marks that keep it from doing so.
const FORMULA = /^'*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

/** Read a cell of a kind of column. */
export function readCell(kind: string, text: string): CellValue {
  const read = KINDS[kind];
  if (read === undefined) throw new Error(`there is no kind of column ${kind}`);
  return read(text);
}

/** The number of a calendar month, counted in months since year 0; undefined where the text is none. */
export function monthNumber(text: string): number | undefined {
  const [, year = "", month = ""] = MONTH.exec(text) ?? [];
  if (year === "" || Number(month) < 1 || Number(month) > 12) return undefined;
  return Number(year) * 12 + Number(month) - 1;
}

/** The calendar month of a number of `monthNumber`. */
export function monthText(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}

const KINDS: Readonly<Record<string, (text: string) => CellValue>> = {
  text: (text) => {
    if (hasControls(text)) throw new Unfit("text without line ends and control characters");
    return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text;
  },
  integer: (text) => {
    const number = INTEGER.test(text) ? Number(text) : NaN;
    if (!(Math.abs(number) < LARGEST)) throw new Unfit();
    return number;
  },
  number: (text) => {
    const number = NUMBER.test(text) ? Number(text) : NaN;
    if (!Number.isFinite(number)) throw new Unfit();
    return number;
  },
  date: (text) => {
    const [, year = NaN, month = NaN, day = NaN] = (DATE.exec(text) ?? []).map(Number);
    const last = month >= 1 && month <= 12 ? new Date(Date.UTC(2000, month, 0)).getUTCDate() : 0;
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    if (!(year >= 1 && day >= 1 && day <= (month === 2 && !leap ? 28 : last))) throw new Unfit();
    if (year < FIRST_YEAR || year > LAST_YEAR) throw new Unfit(`a date from ${FIRST_YEAR}-01-01 to ${LAST_YEAR}-12-31`);
    return text;
  },
  month: (text) => {
    const number = monthNumber(text);
    if (number === undefined) throw new Unfit();
    const year = Math.floor(number / 12);
    if (year < FIRST_YEAR || year > LAST_YEAR) throw new Unfit(`a month from ${FIRST_YEAR}-01 to ${LAST_YEAR}-12`);
    return number;
  },
};
