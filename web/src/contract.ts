/** The objects that the service speaks (docs/api.md), as far as the widget reads them. */

import { fields, language, list, numberOrNull, oneOf, text, textOrNull, texts } from "./reading";

export type Language = "ko" | "en";

export type Status = "answered" | "partial" | "no_evidence" | "out_of_scope" | "refused" | "clarify";

export interface Claim {
  text: string;
  citations: number[];
  /** The citations it names, whole; while it streams it comes with them, so that it is never without its proof. */
  sources: Citation[];
}

export interface Citation {
  /** 0 where a citation belongs to a record and bears no number. */
  number: number;
  document_id: string;
  title: string;
  publisher: string | null;
  published: string | null;
  language: Language;
  page: number;
  section: string[];
  quote: string;
  url: string;
  /** 0 to 1, where the page's text was recognised in a picture. */
  ocr_confidence: number | null;
  /** Of a record's citation: the fields that it proves. */
  fields: string[];
}

export interface Notice {
  kind: string;
  text: string;
}

export type RecordType = "event" | "program" | "tender" | "task";

export type RecordStatus = "upcoming" | "open" | "closed" | "past" | "cancelled" | "planned";

export type DeadlineKind = "fixed" | "rolling" | "until_budget" | "relative" | "none";

/** How exactly `start` and `end` are known: a half-year is stored with its first and last day. */
export type Precision = "day" | "month" | "quarter" | "half" | "year";

/** What a later notice changed, in that notice's own words. */
export interface Change {
  field: string;
  old: string | null;
  new: string | null;
  document_id: string;
  quote: string;
  page: number;
  url: string;
}

/** A structured fact; every field may be silent, as the documents are. */
export interface FactRecord {
  record_id: string;
  type: RecordType;
  title: string;
  start: string | null;
  end: string | null;
  precision: Precision | null;
  /** The year is not written, but read from the document's date. */
  year_inferred: boolean;
  deadline: string | null;
  deadline_time: string | null;
  deadline_kind: DeadlineKind | null;
  place: string | null;
  online: boolean | null;
  organiser: string | null;
  country: string | null;
  /** As written. */
  amount: string | null;
  /** As each language writes it; `null` where it is not read as one sum. */
  amount_said: Record<Language, string> | null;
  rate: string | null;
  share: string | null;
  eligible: string | null;
  requirements: string | null;
  how_to_apply: string | null;
  contact: string | null;
  owner: string | null;
  status: RecordStatus | null;
  /** Days to the first day or the deadline; `null` once over. */
  days_left: number | null;
  citations: Citation[];
  changes: Change[];
}

export interface Answer {
  answer_id: string;
  conversation_id: string;
  status: Status;
  language: Language;
  as_of: string;
  text: string;
  claims: Claim[];
  citations: Citation[];
  notices: Notice[];
  records: FactRecord[];
  suggestions: string[];
  contact: string | null;
  /** What a question that leans on earlier ones was taken to ask. */
  standalone_query: string | null;
}

export type StreamEvent =
  | { kind: "status"; step: string }
  | { kind: "claim"; claim: Claim }
  | { kind: "final"; answer: Answer };

const STATUSES: readonly string[] = ["answered", "partial", "no_evidence", "out_of_scope", "refused", "clarify"];
const RECORD_TYPES: readonly RecordType[] = ["event", "program", "tender", "task"];
const RECORD_STATUSES: readonly RecordStatus[] = ["upcoming", "open", "closed", "past", "cancelled", "planned"];
const DEADLINE_KINDS: readonly DeadlineKind[] = ["fixed", "rolling", "until_budget", "relative", "none"];
const PRECISIONS: readonly Precision[] = ["day", "month", "quarter", "half", "year"];

/** A sentence with its citation numbers; `null` where there is no sentence. */
export function readClaim(value: unknown): Claim | null {
  const from = fields(value);
  const citations = list(from["citations"]).filter((item): item is number => Number.isInteger(item));
  return text(from["text"]) ? { text: text(from["text"]), citations, sources: list(from["sources"]).map(readCitation) } : null;
}

/** An answer; `null` where the object is none. What the widget does not know is left out and what is missing is empty. */
export function readAnswer(value: unknown): Answer | null {
  const from = fields(value);
  const status = text(from["status"]);
  if (!STATUSES.includes(status)) return null;
  return {
    answer_id: text(from["answer_id"]),
    conversation_id: text(from["conversation_id"]),
    status: status as Status,
    language: language(from["language"]),
    as_of: text(from["as_of"]),
    text: text(from["text"]),
    claims: list(from["claims"]).flatMap((item) => readClaim(item) ?? []),
    citations: list(from["citations"]).map(readCitation),
    notices: list(from["notices"]).map((item) => ({ kind: text(fields(item)["kind"]), text: text(fields(item)["text"]) })),
    records: list(from["records"]).flatMap((item) => readRecord(item) ?? []),
    suggestions: texts(from["suggestions"]),
    contact: textOrNull(from["contact"]),
    standalone_query: textOrNull(from["standalone_query"]),
  };
}

/** Questions to begin with. */
export const readSuggestions = (value: unknown): string[] => texts(fields(value)["questions"]);

export function readCitation(value: unknown): Citation {
  const from = fields(value);
  return {
    number: numberOrNull(from["number"]) ?? 0,
    document_id: text(from["document_id"]),
    title: text(from["title"]),
    publisher: textOrNull(from["publisher"]),
    published: textOrNull(from["published"]),
    language: language(from["language"]),
    page: numberOrNull(from["page"]) ?? 1,
    section: texts(from["section"]),
    quote: text(from["quote"]),
    url: text(from["url"]),
    ocr_confidence: numberOrNull(from["ocr_confidence"]),
    fields: texts(from["fields"]),
  };
}

function readRecord(value: unknown): FactRecord | null {
  const from = fields(value);
  const type = oneOf(from["type"], RECORD_TYPES);
  if (!type || !text(from["title"])) return null;
  return {
    record_id: text(from["record_id"]),
    type,
    title: text(from["title"]),
    start: textOrNull(from["start"]),
    end: textOrNull(from["end"]),
    precision: oneOf(from["precision"], PRECISIONS),
    year_inferred: from["year_inferred"] === true,
    deadline: textOrNull(from["deadline"]),
    deadline_time: textOrNull(from["deadline_time"]),
    deadline_kind: oneOf(from["deadline_kind"], DEADLINE_KINDS),
    place: textOrNull(from["place"]),
    online: typeof from["online"] === "boolean" ? from["online"] : null,
    organiser: textOrNull(from["organiser"]),
    country: textOrNull(from["country"]),
    amount: textOrNull(from["amount"]),
    amount_said: readSaid(from["amount_said"]),
    rate: textOrNull(from["rate"]),
    share: textOrNull(from["share"]),
    eligible: textOrNull(from["eligible"]),
    requirements: textOrNull(from["requirements"]),
    how_to_apply: textOrNull(from["how_to_apply"]),
    contact: textOrNull(from["contact"]),
    owner: textOrNull(from["owner"]),
    status: oneOf(from["status"], RECORD_STATUSES),
    days_left: numberOrNull(from["days_left"]),
    citations: list(from["citations"]).map(readCitation),
    changes: list(from["changes"]).map(readChange),
  };
}

function readSaid(value: unknown): Record<Language, string> | null {
  const { ko, en } = fields(value);
  return typeof ko === "string" && typeof en === "string" ? { ko, en } : null;
}

function readChange(value: unknown): Change {
  const from = fields(value);
  return {
    field: text(from["field"]),
    old: textOrNull(from["old"]),
    new: textOrNull(from["new"]),
    document_id: text(from["document_id"]),
    quote: text(from["quote"]),
    page: numberOrNull(from["page"]) ?? 1,
    url: text(from["url"]),
  };
}
