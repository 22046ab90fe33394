/** Numbers as a reader writes them, as `experiments/text/numbers.py` has them. */

export const NO_NUMBER = "–";
const MINUS = "−";

/** How many decimals show the largest of some values with two figures, 0 to 4. */
export function digits(...values: number[]): number {
  const scale = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs));
  return scale < 1e-12 ? 0 : Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(scale))));
}

/** A number with thousands apart: 18,240; 0.25. */
export function plain(value: number, decimals?: number): string {
  if (!Number.isFinite(value)) return NO_NUMBER;
  const places = decimals ?? digits(value);
  const text = apart(Math.abs(value).toFixed(places));
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** A difference with its sign: +12; −3. */
export function withSign(value: number, decimals?: number): string {
  const text = plain(value, decimals);
  return text === NO_NUMBER || text.startsWith(MINUS) || !/[1-9]/.test(text) ? text : `+${text}`;
}

/** A share as a whole percentage. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(0)}%` : NO_NUMBER;
}

/** A share with its standard error, both in per cent: 85% ±2. */
export function shareWords({ value, error }: { readonly value: number; readonly error: number }): string {
  return Number.isFinite(value + error) ? `${percent(value)} ±${(100 * error).toFixed(0)}` : percent(value);
}

/** A difference with its standard error, as many digits as they support: −22 ±5. */
export function withError(value: number, error: number): string {
  const places = digits(value, error);
  return Number.isFinite(error) ? `${withSign(value, places)} ±${plain(error, places)}` : withSign(value, places);
}

/** A sum of money in the unit in which it is said: £4.03 million; £12,400; £640. */
export function pounds(value: number): string {
  if (!Number.isFinite(value)) return NO_NUMBER;
  const step = Math.abs(value) >= 1e4 ? 100 : Math.abs(value) >= 1e3 ? 10 : 1;
  const size = Math.round(Math.abs(value) / step) * step;
  const sign = value < 0 && size > 0 ? MINUS : "";
  if (size >= 1e9) return `${sign}£${figures(size / 1e9)} billion`;
  if (size >= 1e6) return `${sign}£${figures(size / 1e6)} million`;
  return `${sign}£${apart(size.toFixed(0))}`;
}

/** A number as a control shows it: as many figures as its step has. */
export function atStep(value: number, step: number): string {
  return plain(value, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
}

/** A length of time in years where it is whole years. */
export function monthsInWords(months: number): string {
  if (months % 12 || months === 0) return months === 1 ? "one month" : `${months} months`;
  return months === 12 ? "one year" : `${months / 12} years`;
}

/** Names as a list in a sentence. */
export function listing(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** A text with a capital first letter. */
export function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A number's text with thousands apart: `toLocaleString` takes too long for a picture with hundreds of them. */
function apart(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

function figures(value: number): string {
  return String(Number(value.toPrecision(3)));
}
