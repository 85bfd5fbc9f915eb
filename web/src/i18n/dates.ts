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

/** Days from `from` to `to`, both whole ISO dates; `null` where one is not. */
export function daysBetween(from: string, to: string): number | null {
  const [first, last] = [dateParts(from), dateParts(to)];
  if (!first?.month || !first.day || !last?.month || !last.day) return null;
  const count = Date.UTC(last.year, last.month - 1, last.day) - Date.UTC(first.year, first.month - 1, first.day);
  return Math.round(count / 86_400_000);
}
