import type { DeadlineKind, Language, RecordType, Status } from "../contract";
import type { FailureKind } from "../client";

/** Every sentence of the interface. Both languages implement it, so one that is missing does not compile. */
export interface Catalogue {
  language: Language;
  /** Name of the assistant, as heading. */
  name: string;
  tagline: string;
  launcher: string;
  close: string;
  clear: string;
  clearQuestion: string;
  clearConfirm: string;
  cancel: string;
  /** Switches to the other language; written in that language. */
  otherLanguage: string;
  switchLanguage: string;
  conversation: string;
  welcome: string;
  starters: string[];
  startersHead: string;
  inputLabel: string;
  inputHint: string;
  privacy: string;
  send: string;
  stop: string;
  you: string;
  answer: string;
  /** By step of the stream. */
  steps: Record<"retrieving" | "composing" | "falling_back", string>;
  waiting: string;
  statuses: Record<Status, string>;
  /** Said to a screen reader when an answer is whole. */
  arrived(claims: number, sources: number): string;
  /** Name of a citation's button. */
  citation(number: number, title: string): string;
  citationPending(number: number): string;
  sources: string;
  source: string;
  backToAnswer: string;
  publisher: string;
  published: string;
  undated: string;
  section: string;
  page(number: number): string;
  quotation: string;
  originalIn: Record<Language, string>;
  originalNote: string;
  documentView: string;
  openDocument: string;
  newWindow: string;
  frameRefused: string;
  noticesHead: string;
  notices: Record<"plan" | "past_event" | "stale" | "conflict" | "partial" | "unofficial_name" | "llm_fallback" | "other", string>;
  nearest: string;
  suggestions: string;
  contact: string;
  contactLink: string;
  copy: string;
  copied: string;
  copyFailed: string;
  helpful: string;
  notHelpful: string;
  feedbackHead: string;
  feedbackReasons: string[];
  feedbackMore: string;
  feedbackSend: string;
  feedbackThanks: string;
  feedbackFailed: string;
  failures: Record<FailureKind, string>;
  /** Said under the sentences that came before the stream broke off. */
  cutKept: string;
  retry: string;
  goOn: string;
  editQuestion: string;
  offline: string;
  tooLong(limit: number): string;
  recordTypes: Record<RecordType, string>;
  recordStatuses: Record<string, string>;
  deadlineKinds: Record<DeadlineKind, string>;
  when: string;
  deadline: string;
  place: string;
  online: string;
  organiser: string;
  amount: string;
  rate: string;
  share: string;
  eligible: string;
  owner: string;
  addToCalendar: string;
  /** Days from today to a start or a deadline; 0 is today. */
  daysLeft(days: number): string;
  /** An ISO date, as exact as it is: 2019-07-08, 2019-07, 2019, or two months with a slash. */
  date(iso: string): string;
  won(amount: number): string;
}
