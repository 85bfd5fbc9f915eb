/** Eligibility as the service speaks it (docs/api.md): a company's profile, and what the rules say of each program. */

import { readCitation, type Citation, type DeadlineKind, type Language, type RecordStatus, type RecordType } from "./contract";
import { fields, list, oneOf, text, textOrNull, texts } from "./reading";

export type ProfileField =
  | "size" | "region" | "sector" | "years_in_business" | "export_record" | "consortium_with_large" | "target_country" | "country_income" | "other";

/** Every field may be left out. */
export interface Profile {
  size?: "startup" | "sme" | "midsize" | "large";
  region?: string;
  sector?: string;
  years_in_business?: number;
  /** `false`: none; `true`: some; a number: US dollars. */
  export_record?: boolean | number;
  consortium_with_large?: boolean;
  target_country?: string;
  country_income?: "low" | "lower_middle" | "upper_middle" | "high";
  /** Whether all conditions are met that no other field settles. */
  other?: boolean;
}

export interface EligibilityRequest {
  profile: Profile;
  document_id: string | null;
  language: Language;
}

export type CriterionState = "met" | "not_met" | "ask" | "not_stated";
export type Verdict = "eligible" | "not_eligible" | "more_needed";

export interface Criterion {
  text: string;
  state: CriterionState;
  fields: ProfileField[];
  citations: Citation[];
}

/** A question and the field of the profile that answers it. */
export interface Question {
  text: string;
  field: ProfileField;
}

export interface Judgement {
  record_id: string;
  type: RecordType;
  title: string;
  document_id: string;
  verdict: Verdict;
  criteria: Criterion[];
  /** At most three that would settle an open verdict. */
  questions: Question[];
  /** What alone would change the verdict from not eligible. */
  changes: string[];
  status: RecordStatus | null;
  deadline: string | null;
  deadline_kind: DeadlineKind | null;
}

const FIELDS: readonly ProfileField[] = [
  "size", "region", "sector", "years_in_business", "export_record", "consortium_with_large", "target_country", "country_income", "other",
];
const STATES: readonly CriterionState[] = ["met", "not_met", "ask", "not_stated"];
const VERDICTS: readonly Verdict[] = ["eligible", "not_eligible", "more_needed"];
const TYPES: readonly RecordType[] = ["program", "tender", "event", "task"];
const STATUSES: readonly RecordStatus[] = ["upcoming", "open", "closed", "past", "cancelled", "planned"];
const KINDS: readonly DeadlineKind[] = ["fixed", "rolling", "until_budget", "relative", "none"];

/** The judgements of a reply, in its order. One whose verdict is unknown is left out: it would say nothing. */
export function readJudgements(value: unknown): Judgement[] {
  return list(fields(value)["results"]).flatMap((item) => readJudgement(item) ?? []);
}

function readJudgement(value: unknown): Judgement | null {
  const from = fields(value);
  const verdict = oneOf(from["verdict"], VERDICTS);
  if (!verdict) return null;
  const asks = list(from["asks"]);
  return {
    record_id: text(from["record_id"]),
    type: oneOf(from["type"], TYPES) ?? "program",
    title: text(from["title"]),
    document_id: text(from["document_id"]),
    verdict,
    criteria: list(from["criteria"]).flatMap((item) => readCriterion(item) ?? []),
    questions: texts(from["questions"]).flatMap((question, at) => {
      const field = oneOf(asks[at], FIELDS);
      return field ? { text: question, field } : [];
    }),
    changes: texts(from["changes"]),
    status: oneOf(from["status"], STATUSES),
    deadline: textOrNull(from["deadline"]),
    deadline_kind: oneOf(from["deadline_kind"], KINDS),
  };
}

function readCriterion(value: unknown): Criterion | null {
  const from = fields(value);
  const state = oneOf(from["state"], STATES);
  if (!state) return null;
  const about = list(from["fields"]).flatMap((item) => oneOf(item, FIELDS) ?? []);
  return { text: text(from["text"]), state, fields: about, citations: list(from["citations"]).map(readCitation) };
}
