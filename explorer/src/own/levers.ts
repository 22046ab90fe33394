/** A lever's value in a file, checked: as `simulation/regimes/regime.py` has it. Whole numbers are big ones here. */

import type { LeverInfo, LeverValue } from "../engine/data.js";
import { general, InputProblem, nearest, shown } from "../text/sentences.js";

/** A lever's value as the page has it; what cannot be is refused. */
export function leverOf(info: LeverInfo, value: unknown): LeverValue {
  const { name, kind, unit, choices } = info;
  if (kind === "switch") {
    if (typeof value !== "boolean")
      throw new InputProblem(`lever ${name}: expected true or false, got ${shown(value)}`);
    return value;
  }
  if (kind === "range") return rangeOf(info, value);
  if (typeof value === "string") {
    const expected = choices.join(", ") || `a number in ${unit}`;
    if (!choices.includes(value))
      throw new InputProblem(`lever ${name}: expected ${expected}, got ${shown(value)}${nearest(value, choices)}`);
    return value;
  }
  if (kind === "choice") throw new InputProblem(`lever ${name}: expected ${choices.join(", ")}, got ${shown(value)}`);
  return numberOf(info, value);
}

function numberOf({ name, kind, unit, low, high }: LeverInfo, value: unknown): number {
  const whole = kind === "count";
  const isNumber = typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value));
  if (!isNumber || (whole && typeof value !== "bigint"))
    throw new InputProblem(`lever ${name}: expected a ${whole ? "whole " : ""}number (${unit}), got ${shown(value)}`);
  if (!(value >= low && value <= high))
    throw new InputProblem(
      `lever ${name}: expected ${general(low)} to ${general(high)} (${unit}), got ${shown(value)}`,
    );
  return Number(value);
}

function rangeOf(info: LeverInfo, value: unknown): readonly [number, number] | null {
  if (!Array.isArray(value) || value.length !== 2)
    throw new InputProblem(`lever ${info.name}: expected two numbers, low and high, got ${shown(value)}`);
  const [low, high] = value.map((number) => numberOf(info, number)) as [number, number];
  if (low > high) throw new InputProblem(`lever ${info.name}: expected low before high, got ${shown(value)}`);
  return [low, high];
}
