import type { Precision } from "../contract";

export interface DateParts {
  year: number;
  /** Absent where only the year is known. */
  month: number | undefined;
  day: number | undefined;
}

/** The parts of 2019-07-08, 2019-07 or 2019; a time that follows is left out. `null` for anything else. */
export function dateParts(iso: string): DateParts | null {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?$/.exec(iso);
  if (!match) return null;
  const number = (text: string | undefined) => (text ? Number(text) : undefined);
  const [year, month, day] = [Number(match[1]), number(match[2]), number(match[3])];
  if ((month !== undefined && (month < 1 || month > 12)) || (day !== undefined && (day < 1 || day > 31))) return null;
  return { year, month, day };
}

/** The day of a moment, where the reader is. */
export function localDay(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

export interface PeriodParts {
  /** As exact as it is known: a day, a month or a year; empty where only the end is known. */
  first: string;
  /** Only where it says more than `first`. */
  last: string | null;
  unit: Precision;
  /** Which half or quarter of the year, from 1. */
  part: number;
}

/** A period as exact as it is known: a half-year that is stored with its first and last day is a half-year again. */
export function periodParts(start: string | null, end: string | null, precision: Precision | null): PeriodParts | null {
  if (!start && !end) return null;
  const unit = precision ?? "day";
  const exact = { day: 10, month: 7, quarter: 4, half: 4, year: 4 }[unit];
  const first = (start ?? "").slice(0, exact);
  const until = (end ?? "").slice(0, exact);
  const month = dateParts(start ?? end ?? "")?.month ?? 1;
  const part = unit === "half" ? Math.ceil(month / 6) : unit === "quarter" ? Math.ceil(month / 3) : 1;
  if (!first && unit !== "day") return { first: until, last: null, unit, part };
  return { first, last: until && until !== first ? until : null, unit, part };
}
