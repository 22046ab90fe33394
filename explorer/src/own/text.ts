/** The text of a file that was handed in, or why it is none: as `simulation/text_files.py` has it. */

import { LARGEST_FILE, type Handed } from "../app/drop.js";
import { InputProblem } from "../text/sentences.js";

const WORKBOOK = [0x50, 0x4b, 0x03, 0x04];
/** The most bytes of a TOML file. */
export const LARGEST_TOML = 2 ** 20;

/** A file's text, without the mark that some programs put before it. */
export function textOf({ name, bytes }: Handed, kind: string, largest: number = LARGEST_FILE): string {
  if (bytes.length > largest)
    throw new InputProblem(`${name}: expected a ${kind} of at most ${largest / 2 ** 20} MiB, got a larger one`);
  const wanted = kind.replace("file", "text file");
  if (WORKBOOK.every((byte, place) => bytes[place] === byte)) {
    const remedy = kind.startsWith("CSV") ? " (save the sheet as 'CSV UTF-8')" : "";
    throw new InputProblem(`${name}: expected a ${wanted}, got a workbook or an archive${remedy}`);
  }
  if (bytes.includes(0)) throw new InputProblem(`${name}: expected a ${wanted} in UTF-8, got binary data`);
  const wrong = firstWrong(bytes);
  if (wrong >= 0) {
    const row = bytes.subarray(0, wrong).filter((byte) => byte === 0x0a).length + 1;
    const byte = (bytes[wrong] ?? 0).toString(16).padStart(2, "0");
    throw new InputProblem(`${name}, row ${row}: expected text in UTF-8, got the byte 0x${byte}`);
  }
  return new TextDecoder().decode(bytes);
}

/** Where the first letter begins that is no UTF-8; -1 where all are. */
function firstWrong(bytes: Uint8Array): number {
  for (let place = 0; place < bytes.length;) {
    const length = lengthAt(bytes, place);
    if (length === 0) return place;
    place += length;
  }
  return -1;
}

/** Bytes of the letter that begins here; 0 where none does. */
function lengthAt(bytes: Uint8Array, place: number): number {
  const [first = 0, second = 0] = bytes.subarray(place, place + 2);
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0) return 0;
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  const rest = bytes.subarray(place + 2, place + length);
  return rest.length === length - 2 && rest.every((byte) => (byte & 0xc0) === 0x80) ? length : 0;
}
