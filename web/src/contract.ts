/** The objects that the service speaks (docs/api.md), as far as the widget reads them. */

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
}

export interface Notice {
  kind: string;
  text: string;
}

export type RecordType = "event" | "program" | "tender" | "task";

export type DeadlineKind = "fixed" | "rolling" | "until_budget" | "relative" | "none";

/** A structured fact; every field may be silent, as the documents are. */
export interface FactRecord {
  record_id: string;
  type: RecordType;
  title: string;
  start: string | null;
  end: string | null;
  deadline: string | null;
  deadline_kind: DeadlineKind | null;
  place: string | null;
  online: boolean | null;
  organiser: string | null;
  amount_krw: number | null;
  rate: string | null;
  share: string | null;
  eligible: string | null;
  owner: string | null;
  status: string | null;
  citations: Citation[];
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
}

export type StreamEvent =
  | { kind: "status"; step: string }
  | { kind: "claim"; claim: Claim }
  | { kind: "final"; answer: Answer };

const STATUSES: readonly string[] = ["answered", "partial", "no_evidence", "out_of_scope", "refused", "clarify"];
const RECORD_TYPES: readonly string[] = ["event", "program", "tender", "task"];

type Fields = { readonly [key: string]: unknown };

const fields = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const textOrNull = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;
const numberOrNull = (value: unknown): number | null => (typeof value === "number" && Number.isFinite(value) ? value : null);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): string[] => list(value).filter((item): item is string => typeof item === "string");
const language = (value: unknown): Language => (value === "en" ? "en" : "ko");

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
  };
}

function readCitation(value: unknown): Citation {
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
  };
}

function readRecord(value: unknown): FactRecord | null {
  const from = fields(value);
  const type = text(from["type"]);
  if (!RECORD_TYPES.includes(type) || !text(from["title"])) return null;
  const eligible = from["eligible"];
  return {
    record_id: text(from["record_id"]),
    type: type as RecordType,
    title: text(from["title"]),
    start: textOrNull(from["start"]),
    end: textOrNull(from["end"]),
    deadline: textOrNull(from["deadline"]),
    deadline_kind: textOrNull(from["deadline_kind"]) as DeadlineKind | null,
    place: textOrNull(from["place"]),
    online: typeof from["online"] === "boolean" ? from["online"] : null,
    organiser: textOrNull(from["organiser"]),
    amount_krw: numberOrNull(from["amount_krw"]),
    rate: textOrNull(from["rate"]),
    share: textOrNull(from["share"]),
    eligible: Array.isArray(eligible) ? textOrNull(texts(eligible).join(", ")) : textOrNull(eligible),
    owner: textOrNull(from["owner"]),
    status: textOrNull(from["status"]),
    citations: list(from["citations"]).map(readCitation),
  };
}
