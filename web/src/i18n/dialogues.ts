import type { CriterionState, ProfileField, Verdict } from "../eligibility.contract";
import type { InquiryStatus } from "../inquiry.contract";

/** The sentences of the eligibility check. */
export interface EligibilityTexts {
  open: string;
  intro: string;
  fields: Record<ProfileField, string>;
  sizes: Record<"startup" | "sme" | "midsize" | "large", string>;
  incomes: Record<"low" | "lower_middle" | "upper_middle" | "high", string>;
  exports: Record<"none" | "some", string>;
  dollars: string;
  /** What may be written where a number is asked. */
  digits: string;
  yes: string;
  no: string;
  notSaid: string;
  check: string;
  checkAgain: string;
  checking: string;
  results: string;
  counts(eligible: number, open: number, not: number): string;
  verdicts: Record<Verdict, string>;
  states: Record<CriterionState, string>;
  state: string;
  condition: string;
  questions: string;
  othersMet: string;
  changes: string;
  over(count: number): string;
  unstated(count: number): string;
  nothing: string;
  caution: string;
}

/** The sentences of handing a question over to an officer, and of looking it up. */
export interface InquiryTexts {
  open: string;
  intro: string;
  question: string;
  withConversation: string;
  contact: string;
  email: string;
  phone: string;
  noContact: string;
  /** Whoever changes its sense changes `consentVersion`. */
  consentHead: string;
  consent(keptDays: number | null): string[];
  agree: string;
  agreeFirst: string;
  empty: string;
  send: string;
  sending: string;
  received: string;
  reference: string;
  keepReference: string;
  copyReference: string;
  copyFailed: string;
  absent: string;
  busy: string;
  look: string;
  lookIntro: string;
  check: string;
  checking: string;
  yours: string;
  unknown: string;
  statuses: Record<InquiryStatus, string>;
  receivedOn(day: string): string;
  reply: string;
  returned: string;
}

/** Which consent text is shown, and the days that it names; kept with the inquiry. */
export const consentVersion = (keptDays: number | null): string => (keptDays === null ? "2026-11-22" : `2026-11-22/${keptDays}`);
