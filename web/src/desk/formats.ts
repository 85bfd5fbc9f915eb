import type { Language } from "./contract";

const LOCALES: Record<Language, string> = { ko: "ko-KR", en: "en-GB" };
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** A moment, in the reader's time zone. */
export function dateTime(iso: string, language: Language): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: "medium", timeStyle: "short" }).format(moment);
}

/** A day as exact as it is known: 2019-07-08, 2019-07 or 2019; anything else as it is. */
export function day(iso: string, language: Language): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso);
  if (!match) return iso;
  const [, year, month, date] = match;
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric", ...(month ? { month: "short" } : {}), ...(date ? { day: "numeric" } : {}) };
  return new Intl.DateTimeFormat(LOCALES[language], options).format(new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(date ?? 1))));
}

const JUST_NOW: Record<Language, string> = { ko: "방금", en: "just now" };

/** How long ago, in the largest unit that is at least one. */
export function ago(iso: string, now: number, language: Language): string {
  const past = now - Date.parse(iso);
  if (!Number.isFinite(past)) return iso;
  const words = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: "auto" });
  for (const [unit, length] of UNITS) if (past >= length) return words.format(-Math.floor(past / length), unit);
  return JUST_NOW[language];
}

export const count = (number: number, language: Language): string => new Intl.NumberFormat(LOCALES[language]).format(number);

export const percent = (ratio: number, language: Language): string =>
  new Intl.NumberFormat(LOCALES[language], { style: "percent", maximumFractionDigits: 0 }).format(ratio);

/** The day in the reader's time zone, `back` days ago. */
export function today(back = 0): string {
  const moment = new Date();
  moment.setDate(moment.getDate() - back);
  return [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
