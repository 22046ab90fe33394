/** What the map shows by colour, and how: safe for colour-blind readers, with a second cue wherever kinds are told apart. */

import * as Plot from "@observablehq/plot";

import { INK } from "../charts/colours.js";
import { asWords } from "../text/names.js";
import { plain, percent, sentence } from "../text/numbers.js";
import type { Scene } from "./scene.js";

export type Shown = "grade" | "quality" | "tenure" | "attention";

export const SHOWN: readonly (readonly [Shown, string])[] = [
  ["grade", "Grade"],
  ["quality", "Quality"],
  ["tenure", "Director's time in post"],
  ["attention", "Chief's attention"],
];

/** How a tile looks, and what is said of it. */
export interface Shade {
  readonly fill: string;
  readonly ink: string;
  /** A letter or a mark in the tile. */
  readonly mark: string;
  readonly words: string;
}

/** An entry of the legend. */
export interface Entry {
  readonly fill: string;
  readonly ink: string;
  readonly mark: string;
  readonly words: string;
}

const GRADE_FILLS = ["#D55E00", "#F0B429", "#8CC8EE", "#005A8C"] as const;
const GRADE_MARKS = ["I", "R", "G", "O"] as const;
const NO_DIRECTOR = "#E4E4E4";
/** Ends of the scales: SD, months, share of attention. */
const ENDS: Readonly<Record<Exclude<Shown, "grade">, readonly [number, number]>> = {
  quality: [-2, 2],
  tenure: [0, 72],
  attention: [0.1, 0.34],
};
const STEPS = 5;

export function gradeFill(grade: number): string {
  return GRADE_FILLS[grade] ?? NO_DIRECTOR;
}

export function gradeMark(grade: number): string {
  return GRADE_MARKS[grade] ?? "";
}

/** How a council looks at the end of a month. */
export function shadeOf(scene: Scene, shown: Shown, month: number, council: number, grades: readonly string[]): Shade {
  const seen = scene.run.months[month];
  const of = (name: string): number => seen?.councils[name]?.[council] ?? NaN;
  if (shown === "grade") return gradeShade(of("grade"), grades);
  if (shown === "tenure") {
    const seat = of("seat");
    if (seat < 0)
      return {
        fill: NO_DIRECTOR,
        ink: INK,
        mark: seat === -1 ? "×" : "?",
        words: seat === -1 ? "an interim in charge" : "no director yet",
      };
    const months = seen?.directors["months_in_post"]?.[seat] ?? NaN;
    return { ...scaled("tenure", months), words: `director ${plain(months, 0)} months in post` };
  }
  if (shown === "quality")
    return { ...scaled("quality", of("quality")), words: `quality ${plain(of("quality"), 1)} SD` };
  return {
    ...scaled("attention", of("chief.attention")),
    words: `${percent(of("chief.attention"))} of the chief's attention`,
  };
}

/** What stands beside the map. */
export function legendOf(shown: Shown, grades: readonly string[]): readonly Entry[] {
  if (shown === "grade") return grades.map((_, grade) => gradeShade(grade, grades));
  const [low, high] = ENDS[shown];
  const steps = Array.from({ length: STEPS }, (_, step) => low + ((high - low) * step) / (STEPS - 1));
  const unit = (value: number): string =>
    shown === "attention" ? percent(value) : shown === "tenure" ? `${plain(value, 0)} months` : `${plain(value, 0)} SD`;
  const ends = (value: number): string =>
    value === high ? `${unit(value)} or more` : value === low && low !== 0 ? `${unit(value)} or less` : unit(value);
  const entries = steps.map((value) => ({ ...scaled(shown, value), words: ends(value) }));
  return shown === "tenure"
    ? [...entries, { fill: NO_DIRECTOR, ink: INK, mark: "×", words: "an interim, or nobody" }]
    : entries;
}

function gradeShade(grade: number, grades: readonly string[]): Shade {
  const words = sentence(asWords(grades[grade] ?? ""));
  return { fill: gradeFill(grade), ink: grade === 3 ? "#fff" : INK, mark: gradeMark(grade), words };
}

/** A colour on the scale from dark (low) to light (high). */
function scaled(shown: Exclude<Shown, "grade">, value: number): { fill: string; ink: string; mark: string } {
  const [low, high] = ENDS[shown];
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return { fill: CIVIDIS.apply(share) as string, ink: share > 0.5 ? INK : "#fff", mark: "" };
}

const CIVIDIS = Plot.scale({ color: { type: "linear", scheme: "cividis", domain: [0, 1] } });
