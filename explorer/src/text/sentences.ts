/** Sentences on bad input, in the words of the command line: as `simulation/errors.py` makes them. */

import { TomlDate } from "smol-toml";

/** Bad input, told in one sentence: what was expected and what came. */
export class InputProblem extends Error {
  constructor(sentence: string) {
    super(oneLine(sentence));
  }
}

const SHOWN = 60;
const LONGEST = 1500;
const HEAD = 1000;
const TAIL = 400;
// Control characters, line ends, marks that turn the direction of writing, and halves of letters.
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;
const CUTOFF = 0.4;

/** A text on one line, without control characters, cut short in its middle. */
export function oneLine(text: string): string {
  const line = Array.from(text, (letter) => (CONTROLS.test(letter) ? visible(letter) : letter))
    .join("")
    .trim();
  const letters = Array.from(line);
  return letters.length <= LONGEST ? line : `${letters.slice(0, HEAD).join("")} ... ${letters.slice(-TAIL).join("")}`;
}

/** Whether a text holds line ends or other characters that no name and no title has. */
export function hasControls(text: string): boolean {
  return CONTROLS.test(text);
}

/** A value as a message shows it: as Python would write it, cut short. */
export function shown(value: unknown): string {
  if (typeof value === "string") {
    const letters = Array.from(value);
    return written(letters.length <= SHOWN ? value : `${letters.slice(0, SHOWN).join("")}...`);
  }
  const letters = Array.from(written(value));
  return letters.length <= SHOWN ? letters.join("") : `${letters.slice(0, SHOWN).join("")}...`;
}

/** A number with six figures at most, as Python's format `g` has it. */
export function general(value: number): string {
  if (value === 0) return "0";
  const [digits = "", power = "0"] = value.toExponential(5).split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 6) return `${trimmed(digits)}e${signed(exponent)}`;
  return trimmed(Number(value.toPrecision(6)).toFixed(Math.max(0, 5 - exponent)));
}

/** ` (nearest: x)` for the valid name closest to a name, or nothing where none is close. */
export function nearest(name: string, valid: readonly string[]): string {
  const word = Array.from(name).slice(0, SHOWN).join("").toLowerCase();
  const known = new Map(valid.map((one) => [one.toLowerCase(), one]));
  let best = "";
  let score = 0;
  for (const one of known.keys()) {
    const found = likeness(one, word);
    if (found >= CUTOFF && (found > score || (found === score && one > best))) [best, score] = [one, found];
  }
  return score > 0 ? ` (nearest: ${known.get(best) ?? ""})` : "";
}

function visible(letter: string): string {
  if ("\t\n\v\f\r".includes(letter)) return " ";
  const code = letter.codePointAt(0) ?? 0;
  return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** A value as Python writes it. */
function written(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return real(value);
  if (value === null || value === undefined) return "None";
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, one]) => `${quoted(key)}: ${written(one)}`);
    return `{${entries.join(", ")}}`;
  }
  return String(value);
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = Array.from(text, (letter) => {
    if (letter === quote || letter === "\\") return `\\${letter}`;
    const short = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[letter];
    return short ?? (letter !== " " && /[\p{C}\p{Z}]/u.test(letter) ? visible(letter) : letter);
  });
  return quote + inside.join("") + quote;
}

function real(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const [digits = "", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) return `${digits}e${signed(exponent)}`;
  if (Number.isInteger(value)) return `${Object.is(value, -0) ? "-0" : value.toFixed(0)}.0`;
  return exponent < -6 ? String(value) : plainDigits(value, digits, exponent);
}

/** A number below one without an exponent, where JavaScript would write one. */
function plainDigits(value: number, digits: string, exponent: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(digits.replace(/[-.]/g, "").length - 1 - exponent) : text;
}

function signed(exponent: number): string {
  return `${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function trimmed(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** How alike two words are, 0 to 1: twice the letters in common blocks, of all letters (Ratcliff and Obershelp). */
function likeness(one: string, other: string): number {
  const both = one.length + other.length;
  return both === 0 ? 1 : (2 * inCommon(one, other)) / both;
}

function inCommon(one: string, other: string): number {
  let [from, to, size] = [0, 0, 0];
  for (let i = 0; i < one.length; i++) {
    for (let j = 0; j < other.length; j++) {
      let length = 0;
      while (i + length < one.length && j + length < other.length && one[i + length] === other[j + length]) length++;
      if (length > size) [from, to, size] = [i, j, length];
    }
  }
  if (size === 0) return 0;
  const before = inCommon(one.slice(0, from), other.slice(0, to));
  return before + size + inCommon(one.slice(from + size), other.slice(to + size));
}
