/** Colours that colour-blind readers tell apart (Okabe and Ito); shape or dash is always a second cue. */

export const INK = "#1A1A1A";
export const GREY = "#6B6B6B";
export const GRID = "#E4E4E4";
/** Luck's, and that of what is not known: nowhere for anything else. */
export const LUCK = "#0072B2";
export const SETS = "#D55E00";

/** How a regime is drawn, by its place in the comparison. */
export interface Stroke {
  readonly colour: string;
  readonly dash: string;
}

const STROKES: readonly Stroke[] = [
  { colour: INK, dash: "" },
  { colour: "#007A5A", dash: "7 3" },
  { colour: "#A8517F", dash: "2 3" },
  { colour: "#8A6D00", dash: "9 3 2 3" },
];

export function strokeOf(place: number): Stroke {
  return STROKES[place % STROKES.length] as Stroke;
}
