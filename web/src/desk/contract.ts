/** The objects that the desk's routes speak (docs/desk.md; assistant/desk/contract/). Times are ISO 8601 in UTC, days YYYY-MM-DD. */

import type { Language, Notice, RecordType, Status } from "../contract";

export type { Language, Notice, RecordType, Status } from "../contract";

export type Role = "officer" | "editor" | "admin";
export type InquiryStatus = "new" | "in_progress" | "approved" | "sent" | "returned";
export type Check = "supported" | "partly" | "not" | "note";
export type Channel = "copy" | "email" | "docx" | "pdf" | "phone";
export type AnswerState = "current" | "flagged" | "expired" | "retired";
export type Topic = "financing" | "eligibility" | "programs" | "tenders" | "events" | "contacts" | "other";
export type DocumentKind = "policy" | "press_release" | "tender_notice" | "event_notice" | "guide";
export type QueueSort = "oldest" | "newest" | "updated";

/** A place in a stored page. */
export interface Span {
  document_id: string;
  page: number;
  start: number;
  end: number;
  /** Set where an older version of the document is cited, from 1. */
  older_version?: number | null;
}

/** Words of a stored page: what stands from `start` to `end` is the quote. */
export interface Citation extends Span {
  /** 0 outside of a draft's numbering. */
  number: number;
  title: string;
  publisher: string | null;
  published: string | null;
  language: Language;
  section: string[];
  quote: string;
  url: string;
  /** 0 to 1, where the page's text was recognised in a picture. */
  ocr_confidence?: number | null;
}

/** Both languages of one sentence. */
export type Both = Record<Language, string>;

export interface Officer {
  account_id: string;
  name: string;
  display_name: string;
  role: Role;
}

export interface Session {
  officer: Officer | null;
  csrf_token: string | null;
  expires: string | null;
  idle_minutes: number;
  oidc: boolean;
}

export interface Account extends Officer {
  active: boolean;
  has_password: boolean;
  created: string;
  last_sign_in: string | null;
  locked_until: string | null;
}

export interface NewAccount {
  name: string;
  display_name: string;
  role: Role;
  password: string | null;
}

export interface AccountChange {
  display_name?: string;
  role?: Role;
  active?: boolean;
  password?: string;
}

export interface AuditEntry {
  entry_id: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  details: Record<string, unknown>;
}

export interface AuditFilter {
  actor?: string;
  action?: string;
  subject?: string;
  since?: string;
  until?: string;
  before?: number;
}

export interface AuditPage {
  entries: AuditEntry[];
  next_before: number | null;
}

// --- Inquiries ---

export interface CheckedClaim {
  text: string;
  citations: number[];
  check: Check;
  reasons: string[];
  explanation: Both;
  edited: boolean;
}

export interface Draft {
  language: Language;
  question: string;
  status: Status;
  mode: string;
  as_of: string;
  text: string;
  claims: CheckedClaim[];
  citations: Citation[];
  notices: Notice[];
  stale: number[];
}

export interface EditedClaim {
  text: string;
  citations: Span[];
}

export interface InquirySummary {
  inquiry_id: string;
  reference: string;
  status: InquiryStatus;
  language: Language;
  topic: Topic;
  question: string;
  created: string;
  updated: string;
  assigned_to: Officer | null;
  has_contact: boolean;
  version: number;
}

export interface Inquiry extends InquirySummary {
  contact: { email: string | null; phone: string | null; consent_version: string | null } | null;
  conversation: { role: "user" | "assistant"; content: string }[];
  drafts: Partial<Record<Language, Draft>>;
  approved_by: Officer | null;
  approved_language: Language | null;
  sent_at: string | null;
  channel: Channel | null;
  return_reason: string | null;
  present: PresentOfficer[];
}

export interface PresentOfficer {
  officer: Officer;
  state: "viewing" | "editing";
  since: string;
}

export interface QueueFilter {
  status?: InquiryStatus | "";
  language?: Language | "";
  topic?: Topic | "";
  assigned?: string;
  min_age_hours?: number;
  max_age_hours?: number;
  q?: string;
  sort?: QueueSort;
  limit?: number;
  offset?: number;
}

export interface Queue {
  inquiries: InquirySummary[];
  total: number;
  counts: {
    status: Partial<Record<InquiryStatus, number>>;
    language: Partial<Record<Language, number>>;
    topic: Partial<Record<Topic, number>>;
    mine: number;
    unassigned: number;
  };
}

export interface CheckResult {
  claims: CheckedClaim[];
  citations: Citation[];
}

export interface Passage {
  title: string;
  section: string[];
  score: number;
  lines: Citation[];
  best: number;
}

// --- Approved answers ---

export interface AnswerFlag {
  code: "document_changed" | "quote_moved" | "document_superseded" | "document_removed" | "expired";
  document_id: string | null;
  explanation: Both;
}

export interface ApprovedAnswer {
  answer_id: string;
  inquiry_id: string | null;
  language: Language;
  question: string;
  text: string;
  claims: CheckedClaim[];
  citations: Citation[];
  state: AnswerState;
  flags: AnswerFlag[];
  valid_until: string | null;
  approved_by: string;
  approved_at: string;
  used: number;
  version: number;
}

export interface SimilarAnswer {
  answer: ApprovedAnswer;
  similarity: number;
}

// --- Documents ---

export interface StoredDocument {
  document_id: string;
  source: string;
  title: string;
  publisher: string | null;
  published: string | null;
  language: Language;
  kind: DocumentKind | null;
  pages: number;
  status: string;
  url: string | null;
  warnings: string[];
}

export interface DeskDocument {
  document: StoredDocument;
  corrected: string[];
  approved_answers: number;
  preview_url: string;
}

/** Null takes a correction back; what is left out stays. */
export interface DocumentCorrection {
  title?: string | null;
  publisher?: string | null;
  published?: string | null;
  kind?: DocumentKind | null;
}

export interface HealthFinding {
  kind: string;
  warning: boolean;
  pages: number[];
  remedy_text: Both | null;
  text: Both;
}

export interface Health {
  document_id: string;
  name: string;
  status: "ok" | "attention" | "failed";
  findings: HealthFinding[];
}

export interface Job {
  job_id: string;
  kind: "ingest" | "replace" | "reindex" | "remove";
  state: "waiting" | "running" | "done" | "failed";
  done: number;
  total: number;
  items: { name: string; state: "waiting" | "added" | "replaced" | "unchanged" | "removed" | "indexed" | "failed"; code: string | null; problem: string | null; locked: boolean }[];
  problem: string | null;
  started_by: string;
  created: string;
  finished: string | null;
}

/** Fields that an officer may correct in a record here. */
export const RECORD_FIELDS = [
  "title", "start", "end", "deadline", "deadline_time", "place", "organiser", "country", "amount", "rate", "share", "eligible", "requirements", "how_to_apply",
  "contact", "owner",
] as const;
export type RecordField = (typeof RECORD_FIELDS)[number];

export interface DeskRecord extends Record<RecordField, string | null> {
  record_id: string;
  type: RecordType;
  title: string;
  status: string;
  document_id: string;
  citations: (Omit<Citation, "number"> & { fields: string[] })[];
}

// --- Termbase ---

export interface TermEntry {
  kind: string;
  ko: string[];
  en: string[];
  abbr: string[];
  official: boolean;
  source: string;
  note: string;
}

export interface Term extends TermEntry {
  term_id: string;
}

export interface Terms {
  terms: Term[];
  total: number;
  digest: string;
  kinds: string[];
}

// --- Insight ---

export interface StatusShare {
  group: string;
  total: number;
  answered: number;
  partial: number;
  refused: number;
}

export interface Insight {
  since: string;
  until: string;
  retention_days: number;
  total: number;
  days: { day: string; total: number; answered: number; partial: number; refused: number }[];
  by_language: StatusShare[];
  by_topic: StatusShare[];
  most_cited: { document_id: string; title: string; answers: number }[];
  unanswered: {
    label: string;
    concepts: string[];
    questions: string[];
    size: number;
    languages: Partial<Record<Language, number>>;
    last_asked: string;
    would_answer: Both;
    nearest: string[];
  }[];
  feedback: { helpful: number; not_helpful: number; reasons: string[] };
  inquiries: Partial<Record<InquiryStatus, number>>;
}

export type InsightTable = "days" | "languages" | "topics" | "documents" | "unanswered" | "feedback";
