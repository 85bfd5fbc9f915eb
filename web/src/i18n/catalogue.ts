import type { DeadlineKind, Language, Precision, RecordStatus, RecordType, Status } from "../contract";
import type { FailureKind } from "../client";
import type { EligibilityTexts, InquiryTexts } from "./dialogues";

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
  /** Said once this language has taken the other's place. */
  switched: string;
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
  steps: Record<"retrieving" | "composing" | "falling_back" | "resuming", string>;
  waiting: string;
  statuses: Record<Status, string>;
  /** Said to a screen reader when an answer is whole; sources without sentences are the nearest passages. */
  arrived(claims: number, sources: number): string;
  /** Name of a citation's button. */
  citation(number: number, title: string): string;
  citationPending(number: number): string;
  sources: string;
  source: string;
  backToAnswer: string;
  /** From a source to the task that it was opened from. */
  back: string;
  backToChat: string;
  publisher: string;
  published: string;
  undated: string;
  section: string;
  page(number: number): string;
  recognised(percent: number): string;
  quotation: string;
  originalIn: Record<Language, string>;
  originalNote: string;
  documentView: string;
  openDocument: string;
  newWindow: string;
  frameRefused: string;
  noticesHead: string;
  notices: Record<"plan" | "past_event" | "stale" | "conflict" | "partial" | "unofficial_name" | "llm_fallback" | "other", string>;
  /** Sentences of one kind beyond the first. */
  moreNotices(count: number): string;
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
  recordStatuses: Record<RecordStatus, string>;
  deadlineKinds: Record<DeadlineKind, string>;
  /** Said after a deadline. */
  untilBudget: string;
  /** Of an event. */
  when: string;
  /** Of anything else. */
  periodOf: string;
  deadline: string;
  place: string;
  online: string;
  organiser: string;
  amount: string;
  rate: string;
  share: string;
  eligible: string;
  requirements: string;
  howToApply: string;
  country: string;
  owner: string;
  person: string;
  records: string;
  /** The cards beyond the first. */
  moreRecords(count: number): string;
  /** The day on which cards stand as they are shown. */
  asOf(day: string): string;
  yearInferred: string;
  amended: string;
  /** By field of a record; what is not here is called by its own name. */
  changedFields: Record<string, string>;
  /** What was and what holds now; `null` where there was, or is, nothing. */
  changed(old: string | null, now: string | null): string;
  addToCalendar: string;
  /** Days from today to a start or a deadline; 0 is today. */
  daysLeft(days: number, what: "start" | "deadline"): string;
  /** An ISO date, as exact as it is: 2019-07-08, 2019-07, 2019, or two months with a slash. */
  date(iso: string): string;
  /** A period, as exact as it is known. */
  period(start: string | null, end: string | null, precision: Precision | null): string | null;
  understood: string;
  tasks: string;
  more: string;
  eligibility: EligibilityTexts;
  inquiry: InquiryTexts;
}
