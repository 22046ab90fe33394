/** What things are called. */

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const PARITY_WORDS: Readonly<Record<string, string>> = {
  pounds: "equal pounds",
  days: "equal delivered days",
  director_days: "equal days of givers' directors",
  none: "each regime's own size",
};

/** What a parity makes equal, to stand after "at". */
export function parityWords(parity: string): string {
  return PARITY_WORDS[parity] ?? parity;
}

/** A calendar month in words: April 2018. */
export function monthWords(month: string): string {
  const [year = "", number = ""] = month.split("-");
  return `${MONTHS[Number(number) - 1] ?? ""} ${year}`;
}

/** The calendar month so many months after one. */
export function monthAfter(month: string, months: number): string {
  const [year = NaN, number = NaN] = month.split("-").map(Number);
  const place = year * 12 + number - 1 + months;
  return `${Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, "0")}`;
}

/** Which months a run has, to stand after "from". */
export function periodWords(start: string, months: number): string {
  return `${monthWords(start)} to ${monthWords(monthAfter(start, months - 1))}`;
}

/** A name of a table as words. */
export function asWords(name: string): string {
  return name.replaceAll("_", " ");
}
