/** Where each council's tile stands: England's in the place of its region, a user's own in blocks by region. */

import type { Start } from "../engine/data.js";
import places from "./tiles.json";

/** A place on the map, in tiles from the left and from the top. */
export type Place = readonly [number, number];

/** A region's name on the map. */
export interface Label {
  readonly lines: readonly string[];
  readonly at: Place;
  readonly anchor: "start" | "end";
}

/** A side between two tiles of different regions, or at the rim. */
export type Side = readonly [Place, Place];

export interface Layout {
  /** A place for each council, in order of code. */
  readonly tiles: readonly Place[];
  readonly columns: number;
  readonly rows: number;
  readonly labels: readonly Label[];
  readonly sides: readonly Side[];
}

const ENGLAND = places as unknown as Readonly<Record<string, Place | undefined>>;
/** Space round England's tiles for names of regions. */
const MARGIN = 1;
/** So many columns of blocks at least, that tiles are no larger than England's. */
const FEWEST_COLUMNS = 16;

const ENGLISH_LABELS: readonly Label[] = [
  { lines: ["North East"], at: [8.3, 1.6], anchor: "start" },
  { lines: ["North West"], at: [3.8, 4.6], anchor: "end" },
  { lines: ["Yorkshire and", "The Humber"], at: [11.3, 5.4], anchor: "start" },
  { lines: ["East Midlands"], at: [11.3, 9.6], anchor: "start" },
  { lines: ["West Midlands"], at: [2.8, 11.2], anchor: "end" },
  { lines: ["East of", "England"], at: [13.2, 12.4], anchor: "start" },
  { lines: ["London"], at: [13.2, 15.7], anchor: "start" },
  { lines: ["South East"], at: [12.3, 20.6], anchor: "start" },
  { lines: ["South West"], at: [3.8, 15.2], anchor: "end" },
];

/** The map of a start's councils. */
export function layoutOf(start: Start): Layout {
  const english = start.code.map((code) => ENGLAND[code]);
  const known = english.every((place) => place !== undefined);
  return known && !start.own ? englandOf(start, english as readonly Place[]) : blocksOf(start);
}

function englandOf(start: Start, tiles: readonly Place[]): Layout {
  const moved = tiles.map(([column, row]): Place => [column + MARGIN, row]);
  const labels = ENGLISH_LABELS.map((one): Label => ({ ...one, at: [one.at[0] + MARGIN, one.at[1]] }));
  const [columns, rows] = [0, 1].map((way) => 1 + Math.max(...moved.map((place) => place[way] ?? 0))) as [
    number,
    number,
  ];
  return { tiles: moved, columns: columns + MARGIN, rows, labels, sides: sidesOf(moved, start.region) };
}

/** Regions as blocks that are about square, in rows, each with its name above. */
function blocksOf(start: Start): Layout {
  const widest = Math.max(FEWEST_COLUMNS, Math.ceil(Math.sqrt(start.code.length * 1.6)));
  const tiles: Place[] = new Array<Place>(start.code.length);
  const labels: Label[] = [];
  let [column, row, lowest] = [0, 1, 1];
  for (const region of start.regions) {
    const members = start.region.flatMap((name, council) => (name === region ? [council] : []));
    const width = Math.min(widest, Math.max(3, Math.ceil(Math.sqrt(members.length))));
    if (column > 0 && column + width > widest) [column, row] = [0, lowest + 1.5];
    members.forEach((council, k) => (tiles[council] = [column + (k % width), row + Math.floor(k / width)]));
    labels.push({ lines: [shortened(region, width)], at: [column, row - 0.3], anchor: "start" });
    lowest = Math.max(lowest, row + Math.ceil(members.length / width));
    column += width + 1;
  }
  return { tiles, columns: widest, rows: lowest, labels, sides: [] };
}

/** A name that fits above a block so many tiles wide. */
function shortened(name: string, width: number): string {
  const most = width * 4;
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

/** Sides where a region ends. */
function sidesOf(tiles: readonly Place[], regions: readonly string[]): Side[] {
  const owner = new Map(tiles.map(([column, row], council) => [`${column} ${row}`, regions[council]]));
  return tiles.flatMap(([column, row], council) => {
    const around: [number, number, Side][] = [
      [column - 1, row, [[column, row], [column, row + 1]]],
      [column + 1, row, [[column + 1, row], [column + 1, row + 1]]],
      [column, row - 1, [[column, row], [column + 1, row]]],
      [column, row + 1, [[column, row + 1], [column + 1, row + 1]]],
    ]; // prettier-ignore
    return around.filter(([x, y]) => owner.get(`${x} ${y}`) !== regions[council]).map(([, , side]) => side);
  });
}
