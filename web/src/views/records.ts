import { html, nothing, type TemplateResult } from "lit";
import { calendarEntry } from "../calendar";
import type { Answer, FactRecord } from "../contract";
import { daysBetween } from "../i18n/dates";
import type { View } from "./view";

/** Events, programs, tenders and tasks as cards: only what the documents state. */
export function recordCards(view: View, answer: Answer): TemplateResult | typeof nothing {
  if (!answer.records.length) return nothing;
  return html`<ul class="cards">${answer.records.map((record) => html`<li>${card(view, record, answer)}</li>`)}</ul>`;
}

function card(view: View, record: FactRecord, answer: Answer): TemplateResult {
  const { t, actions } = view;
  const state = record.status ? t.recordStatuses[record.status] : undefined;
  const left = remaining(record, answer.as_of);
  const citation = record.citations[0];
  const rows: [string, string | null][] = [
    [t.when, period(view, record)],
    [t.deadline, deadline(view, record)],
    [t.place, record.place ?? (record.online ? t.online : null)],
    [t.eligible, record.eligible],
    [t.amount, record.amount_krw === null ? null : t.won(record.amount_krw)],
    [t.share, record.share],
    [t.rate, record.rate],
    [t.organiser, record.organiser],
    [t.owner, record.owner],
  ];
  return html`
    <section class="card ${record.type}" part="card">
      <p class="card-head">
        <span class="badge">${t.recordTypes[record.type]}</span>
        ${state ? html`<span class="badge state ${record.status}">${state}</span>` : nothing}
        ${left === null ? nothing : html`<span class="left">${t.daysLeft(left)}</span>`}
      </p>
      <h4>${record.title}</h4>
      <dl>${rows.map(([name, value]) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing))}</dl>
      <p class="buttons">
        ${record.type === "event" && record.start && record.status !== "past" && record.status !== "cancelled"
          ? html`<button type="button" class="button quiet" @click=${() => saveEntry(view, record, answer)}>${t.addToCalendar}</button>`
          : nothing}
        ${citation
          ? html`<button type="button" class="button quiet" aria-haspopup="dialog" @click=${(event: Event) => actions.openSource(citation, answer.language, event.currentTarget)}>${t.source}</button>`
          : nothing}
      </p>
    </section>
  `;
}

/** Days until the deadline, or the start where there is none; nothing for what is over. */
function remaining({ deadline, start, status }: FactRecord, asOf: string): number | null {
  if (status === "past" || status === "closed" || status === "cancelled") return null;
  const days = [deadline, start].flatMap((day) => (day ? (daysBetween(asOf, day) ?? []) : []));
  return days.find((count) => count >= 0) ?? null;
}

function period({ t }: View, { start, end }: FactRecord): string | null {
  if (!start) return end && t.date(end);
  return end && end !== start ? `${t.date(start)} – ${t.date(end)}` : t.date(start);
}

function deadline({ t }: View, record: FactRecord): string | null {
  if (record.deadline) return t.date(record.deadline);
  if (record.type !== "program" || !record.deadline_kind) return null;
  return t.deadlineKinds[record.deadline_kind] ?? null;
}

function saveEntry({ client }: View, record: FactRecord, answer: Answer): void {
  const address = record.citations[0] && client.resolve(record.citations[0].url);
  const entry = calendarEntry(record, answer.as_of, address ? address.href : "");
  if (!entry) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([entry], { type: "text/calendar" }));
  link.download = "annae-event.ics";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
