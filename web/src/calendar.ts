import type { FactRecord } from "./contract";
import { dateParts } from "./i18n/dates";

const escape = (text: string): string => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");

/** Lines of at most 75 octets, as RFC 5545 wants them. */
function fold(line: string): string {
  const encoder = new TextEncoder();
  const lines: string[] = [];
  let current = "";
  for (const character of line) {
    if (encoder.encode(current + character).length > 74) {
      lines.push(current);
      current = " ";
    }
    current += character;
  }
  return [...lines, current].join("\r\n");
}

const day = (iso: string, add = 0): string | null => {
  const parts = dateParts(iso);
  if (!parts?.month || !parts.day) return null;
  return new Date(Date.UTC(parts.year, parts.month - 1, parts.day + add)).toISOString().slice(0, 10).replaceAll("-", "");
};

/** An all-day calendar entry of an event; `null` where its day is not known. */
export function calendarEntry(record: FactRecord, asOf: string, url: string): string | null {
  const begins = record.start && day(record.start);
  // The end of an all-day entry is the first day after it.
  const ends = record.start && (day(record.end ?? record.start, 1) ?? day(record.start, 1));
  if (!begins || !ends) return null;
  const lines = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Annae//widget//KO", "BEGIN:VEVENT",
    `UID:${record.record_id || begins}@annae`,
    `DTSTAMP:${day(asOf) ?? begins}T000000Z`,
    `DTSTART;VALUE=DATE:${begins}`,
    `DTEND;VALUE=DATE:${ends}`,
    `SUMMARY:${escape(record.title)}`,
    ...(record.place ? [`LOCATION:${escape(record.place)}`] : []),
    ...(url ? [`URL:${url}`] : []),
    "END:VEVENT", "END:VCALENDAR",
  ];
  return lines.map(fold).join("\r\n") + "\r\n";
}
