/** A finished comparison that stands in the page, as `experiments.explorer.shown_results` wrote it. */

import { bytesOf } from "../engine/data.js";

/** A table as columns by name; a number that is none is null. */
export type Columns = Readonly<Record<string, readonly (string | number | boolean | null)[]>>;

/** A row of a table. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

export type TableName = "comparison" | "regret" | "money" | "claims" | "paths";

export interface ShownResults {
  readonly name: string;
  readonly period: string;
  /** The main parity: that of the paths. */
  readonly parity: string;
  readonly parities: readonly string[];
  readonly regimes: readonly { readonly name: string; readonly title: string; readonly words: string }[];
  readonly start: string;
  readonly months: number;
  readonly councils: number;
  readonly sets: number;
  readonly replicates: number;
  readonly seed: number;
  readonly fingerprint: string;
  readonly tables: Readonly<Partial<Record<TableName, readonly Row[]>>>;
}

type Packed = Omit<ShownResults, "tables"> & { readonly tables: Readonly<Record<string, string>> };

/** The results in a text, if there are any. */
export async function readResults(text: string): Promise<ShownResults | undefined> {
  if (text.trim() === "") return undefined;
  const packed = JSON.parse(text) as Packed;
  const tables = await Promise.all(
    Object.entries(packed.tables).map(async ([name, content]) => [name, rowsOf(await unpacked(content))] as const),
  );
  return { ...packed, tables: Object.fromEntries(tables) };
}

/** A number of a row; NaN where there is none. */
export function numberIn(row: Row, name: string): number {
  const value = row[name];
  return typeof value === "number" ? value : NaN;
}

async function unpacked(content: string): Promise<Columns> {
  const stream = new Blob([bytesOf(content)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as Columns;
}

function rowsOf(columns: Columns): Row[] {
  const names = Object.keys(columns);
  const [first = []] = Object.values(columns);
  return first.map((_, place) => Object.fromEntries(names.map((name) => [name, columns[name]?.[place] ?? null])));
}
