/** Inquiries as the service speaks them (docs/desk.md): a question handed over to the center's officers. */

import { readCitation, type Citation, type Language } from "./contract";
import { fields, list, language, oneOf, text, textOrNull } from "./reading";

export interface InquiryRequest {
  question: string;
  language: Language;
  conversation_id: string | null;
  email: string | null;
  phone: string | null;
  consent: boolean;
  /** Which consent text was shown. */
  consent_version: string | null;
}

export type InquiryStatus = "received" | "in_progress" | "answered" | "returned";

/** How far an inquiry is. */
export interface Inquiry {
  reference: string;
  status: InquiryStatus;
  language: Language;
  created: string;
  answered: string | null;
  /** Once it was sent. */
  answer: string | null;
  sources: Citation[];
  /** Why it was returned. */
  reason: string | null;
}

/** How many days an inquiry is kept after it is closed; `null` where the reply does not say. */
export function readTerms(value: unknown): number | null {
  const days = fields(value)["retention_days"];
  return typeof days === "number" && days > 0 ? days : null;
}

const STATUSES: readonly InquiryStatus[] = ["received", "in_progress", "answered", "returned"];

/** The reference to look an inquiry up by; `null` where the reply has none. */
export const readReceipt = (value: unknown): string | null => textOrNull(fields(value)["reference"]);

/** The inquiry that a reply found; `null` where it found none. */
export const readFound = (value: unknown): Inquiry | null => list(fields(value)["inquiries"]).map(readInquiry)[0] ?? null;

/** An inquiry; `null` where the object is none. */
function readInquiry(value: unknown): Inquiry | null {
  const from = fields(value);
  const status = oneOf(from["status"], STATUSES);
  if (!status) return null;
  return {
    reference: text(from["reference"]),
    status,
    language: language(from["language"]),
    created: text(from["created"]),
    answered: textOrNull(from["answered"]),
    answer: textOrNull(from["answer"]),
    sources: list(from["sources"]).map(readCitation),
    reason: textOrNull(from["reason"]),
  };
}
