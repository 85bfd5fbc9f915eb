import { html, nothing, type TemplateResult } from "lit";
import { calendarEntry } from "../calendar";
import type { Answer, Change, Citation, DeadlineKind, FactRecord, Language } from "../contract";
import { dateParts } from "../i18n/dates";
import { whole } from "./text";
import { languageOf, type View } from "./view";

/** Cards shown at once; the others wait behind a press. */
const SHOWN = 6;
/** Longer conditions are read on request. */
const SHORT_CHARS = 60;
/** What changes along with a date and says nothing by itself. */
const INNER: readonly string[] = ["precision", "year_inferred"];
const OVER: readonly string[] = ["past", "closed", "cancelled"];

/** A label and what the documents state; nothing where they are silent. */
type Row = [string, string | null];

/** Events, programs, tenders and tasks as cards: only what the documents state. */
export function recordCards(view: View, answer: Answer): TemplateResult | typeof nothing {
  const { records, as_of } = answer;
  if (!records.length) return nothing;
  const { t } = view;
  const rest = records.slice(SHOWN);
  return html`
    <section class="records" aria-label=${t.records}>
      ${list(view, records.slice(0, SHOWN), answer)}
      ${rest.length ? html`<details class="more"><summary>${t.moreRecords(rest.length)}</summary>${list(view, rest, answer)}</details>` : nothing}
      ${as_of ? html`<p class="small">${t.asOf(t.date(as_of))}</p>` : nothing}
    </section>
  `;
}

function list(view: View, records: FactRecord[], answer: Answer): TemplateResult {
  return html`<ul class="cards">${records.map((record) => html`<li>${card(view, record, answer)}</li>`)}</ul>`;
}

function card(view: View, record: FactRecord, answer: Answer): TemplateResult {
  const { t } = view;
  const left = remaining(view, record);
  const facts: Row[] = [
    [record.type === "event" ? t.when : t.periodOf, when(view, record)],
    [t.deadline, deadline(view, record)],
    [t.place, record.place ?? (record.online ? t.online : null)],
    [t.country, record.country],
    [t.amount, amount(view, record)],
    [t.share, record.share],
    [t.rate, record.rate],
    [t.organiser, record.organiser],
    [t.owner, record.owner],
    [t.person, record.contact],
  ];
  const conditions: Row[] = [
    [t.eligible, record.eligible],
    [t.requirements, record.requirements],
    [t.howToApply, record.how_to_apply],
  ];
  const short = conditions.filter(([, text]) => text !== null && text.length <= SHORT_CHARS);
  const long = conditions.filter(([, text]) => text !== null && text.length > SHORT_CHARS);
  return html`
    <section class="card ${record.type}" part="card">
      <p class="card-head">
        <span class="badge">${t.recordTypes[record.type]}</span>
        ${record.status ? html`<span class="badge state ${record.status}">${t.recordStatuses[record.status]}</span>` : nothing}
        ${left ? html`<span class="left">${left}</span>` : nothing}
      </p>
      <h4 lang=${languageOf(record.title)}>${record.title}</h4>
      ${rowsOf([...facts, ...short])}
      ${long.length ? html`<details class="more"><summary>${long.map(([name]) => name).join(" · ")}</summary>${rowsOf(long, long.length > 1)}</details>` : nothing}
      ${record.year_inferred ? html`<p class="small">${t.yearInferred}</p>` : nothing}
      ${amendments(view, record, answer.language)}
      <p class="buttons">
        ${exportable(record)
          ? html`<button type="button" class="button quiet calendar" aria-label="${t.addToCalendar}: ${record.title}" @click=${() => saveEntry(view, record, answer)}>${t.addToCalendar}</button>`
          : nothing}
        ${sourceButton(view, record, answer.language)}
      </p>
    </section>
  `;
}

/** A last day alone is the deadline where that is the same day, and is said once. */
function when({ t }: View, { start, end, deadline, precision }: FactRecord): string | null {
  return !start && end === deadline ? null : t.period(start, end, precision);
}

/** A sum as the reader's language writes it, before what the documents write. */
function amount({ t }: View, { amount, amount_said }: FactRecord): string | null {
  if (!amount || !amount_said || languageOf(amount) === t.language) return amount;
  return `${amount_said[t.language]} (${amount})`;
}

/** Rows of a card; the name of a single one that the line above it has just named is only heard. */
function rowsOf(rows: Row[], named = true): TemplateResult {
  return html`<dl>${rows.map(([name, value]) => (value ? html`<div><dt class=${named ? "" : "unseen"}>${name}</dt><dd lang=${languageOf(value)}>${lines(value)}</dd></div>` : nothing))}</dl>`;
}

/** What a later notice changed, old and new, each with the notice's own words a press away. */
function amendments(view: View, record: FactRecord, reader: Language): TemplateResult | typeof nothing {
  const { t, actions } = view;
  const changes = record.changes.filter(({ field }) => !INNER.includes(field));
  if (!changes.length) return nothing;
  return html`
    <div class="amended">
      <p><b>${t.amended}</b></p>
      <ul>
        ${changes.map((change) => {
          const notice = noticeOf(change, record.citations);
          const said = t.changed(valueOf(view, change.old), valueOf(view, change.new));
          return html`<li>
            ${t.changedFields[change.field] ?? change.field}: ${said}
            <button type="button" class="link" aria-haspopup="dialog" @click=${(event: Event) => actions.openSource(notice, reader, event.currentTarget)}>${t.source}</button>
          </li>`;
        })}
      </ul>
    </div>
  `;
}

/** Fields of a change as readers write them. */
function valueOf({ t }: View, value: string | null): string | null {
  if (value === "true") return t.eligibility.yes;
  if (value === "false") return t.eligibility.no;
  if (value && value in t.deadlineKinds) return t.deadlineKinds[value as DeadlineKind];
  return value && dateParts(value) ? t.date(value) : value;
}

function noticeOf(change: Change, citations: Citation[]): Citation {
  const { document_id, field, quote, page, url } = change;
  const same = citations.find((citation) => citation.document_id === document_id && citation.fields.includes(field));
  const title = same?.title ?? "";
  return same ?? { number: 0, document_id, title, publisher: null, published: null, language: languageOf(quote), page, section: [], quote, url, ocr_confidence: null, fields: [] };
}

/** The passage that proves the dates or the sum, else the one that proves most. */
function sourceButton({ t, actions }: View, { citations, title }: FactRecord, reader: Language): TemplateResult | typeof nothing {
  const [first] = [...citations].sort((one, other) => weight(other) - weight(one));
  if (!first) return nothing;
  return html`<button
    type="button" class="button quiet" aria-haspopup="dialog" aria-label="${t.source}: ${title}"
    @click=${(event: Event) => actions.openSource(first, reader, event.currentTarget)}
  >${t.source}</button>`;
}

const weight = ({ fields }: Citation): number => fields.length + (fields.some((field) => ["start", "deadline", "amount"].includes(field)) ? 10 : 0);

/** Days until it begins or closes; nothing where that is over, or not known to the day. */
function remaining({ t }: View, { type, days_left, status, precision }: FactRecord): string | null {
  if (days_left === null || (status && OVER.includes(status))) return null;
  if (type !== "event") return t.daysLeft(days_left, "deadline");
  return precision === "day" ? t.daysLeft(days_left, "start") : null;
}

function deadline({ t }: View, { type, deadline, deadline_time, deadline_kind }: FactRecord): string | null {
  const kind = deadline_kind && deadline_kind !== "fixed" && deadline_kind !== "none" ? t.deadlineKinds[deadline_kind] : null;
  if (deadline) return [t.date(deadline), deadline_time, deadline_kind === "until_budget" ? `(${t.untilBudget})` : null].filter(Boolean).join(" ");
  return kind ?? (type === "program" ? t.deadlineKinds.none : null);
}

/** Documents list conditions line by line, each with a mark of its own; ours takes its place, and a note keeps its asterisk. */
function lines(value: string): unknown {
  const parts = value.split(/\s*\n\s*|;\s+/).map((part) => part.replace(/^[□■ㅇ○●◦▪•·\-–]\s*/, "")).filter(Boolean);
  return parts.length > 1 ? html`<ul class="lines">${parts.map((part) => html`<li>${whole(part)}</li>`)}</ul>` : whole(value);
}

const exportable = ({ type, start, precision, status }: FactRecord): boolean =>
  type === "event" && start !== null && precision === "day" && (status === "upcoming" || status === "open");

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
