/** Every route of the desk as a typed call. All throw DeskFailure. */

import type {
  Account, AccountChange, ApprovedAnswer, AnswerState, AuditEntry, AuditFilter, AuditPage, Channel, CheckResult, DeskDocument, DeskRecord, DocumentCorrection,
  EditedClaim, Health, Inquiry, Insight, InsightTable, Job, Language, NewAccount, Officer, Passage, PresentOfficer, Queue, QueueFilter, RecordField, Session,
  SimilarAnswer, Term, TermEntry, Terms, Topic,
} from "./contract";
import { query, Transport } from "./transport";

const DESK = "/api/desk";
const id = encodeURIComponent;

export class DeskClient {
  constructor(readonly transport: Transport = new Transport()) {}

  // --- session ---

  session = (): Promise<Session> => this.transport.once("GET", `${DESK}/session`);
  signIn = (name: string, password: string): Promise<Session> => this.transport.once("POST", `${DESK}/session`, { name, password });
  signOut = (): Promise<void> => this.transport.once("DELETE", `${DESK}/session`);
  /** A wrong password is a 401 here, and no reason to sign in again. */
  changePassword = (current: string, next: string): Promise<Session> =>
    this.transport.once("PUT", `${DESK}/session/password`, { current, new: next });

  // --- inquiries ---

  queue = (filter: QueueFilter): Promise<Queue> => this.transport.json("GET", `${DESK}/inquiries${query(filter)}`);
  officers = async (): Promise<Officer[]> => (await this.transport.json<{ officers: Officer[] }>("GET", `${DESK}/officers`)).officers;
  inquiry = (inquiryId: string): Promise<Inquiry> => this.transport.json("GET", this.#inquiry(inquiryId));
  change = (inquiryId: string, change: { version: number; assigned_to?: string | null; topic?: Topic }): Promise<Inquiry> =>
    this.transport.json("PATCH", this.#inquiry(inquiryId), change);
  ask = (inquiryId: string, version: number, question: string | null, language: Language): Promise<Inquiry> =>
    this.transport.json("POST", `${this.#inquiry(inquiryId)}/ask`, { version, question, language });
  saveDraft = (inquiryId: string, language: Language, version: number, claims: EditedClaim[]): Promise<Inquiry> =>
    this.transport.json("PUT", `${this.#inquiry(inquiryId)}/drafts/${language}`, { version, claims });
  check = (language: Language, claims: EditedClaim[]): Promise<CheckResult> => this.transport.json("POST", `${DESK}/check`, { language, claims });
  passages = async (text: string, language: Language | null): Promise<Passage[]> =>
    (await this.transport.json<{ passages: Passage[] }>("POST", `${DESK}/passages`, { query: text, top_k: 8, language })).passages;
  similar = async (inquiryId: string): Promise<SimilarAnswer[]> =>
    (await this.transport.json<{ answers: SimilarAnswer[] }>("GET", `${this.#inquiry(inquiryId)}/similar`)).answers;
  useAnswer = (inquiryId: string, version: number, answerId: string): Promise<Inquiry> =>
    this.transport.json("POST", `${this.#inquiry(inquiryId)}/use`, { version, answer_id: answerId });
  approve = (inquiryId: string, request: { version: number; language: Language; reusable: boolean; valid_until: string | null }): Promise<Inquiry> =>
    this.transport.json("POST", `${this.#inquiry(inquiryId)}/approve`, request);
  send = (inquiryId: string, version: number, channel: Channel): Promise<Inquiry> =>
    this.transport.json("POST", `${this.#inquiry(inquiryId)}/send`, { version, channel });
  giveBack = (inquiryId: string, version: number, to: "officer" | "inquirer", reason: string): Promise<Inquiry> =>
    this.transport.json("POST", `${this.#inquiry(inquiryId)}/return`, { version, to, reason });
  exportText = (inquiryId: string, format: "text" | "email", language: Language): Promise<string> =>
    this.transport.text(this.exportUrl(inquiryId, format, language));
  exportUrl = (inquiryId: string, format: "text" | "email" | "docx" | "pdf", language: Language): string =>
    `${this.#inquiry(inquiryId)}/export${query({ format, language })}`;
  history = async (inquiryId: string): Promise<AuditEntry[]> =>
    (await this.transport.json<{ entries: AuditEntry[] }>("GET", `${this.#inquiry(inquiryId)}/history`)).entries;
  presence = (inquiryId: string, state: "viewing" | "editing"): Promise<{ present: PresentOfficer[]; version: number }> =>
    this.transport.json("POST", `${this.#inquiry(inquiryId)}/presence`, { state });
  /** Sent as the page goes, too. */
  leave = (inquiryId: string): Promise<void> => this.transport.once("DELETE", `${this.#inquiry(inquiryId)}/presence`, undefined, true);
  erase = (inquiryId: string): Promise<void> => this.transport.json("DELETE", this.#inquiry(inquiryId));

  // --- approved answers ---

  answers = (filter: { q?: string; state?: AnswerState | ""; language?: Language | ""; limit?: number; offset?: number }): Promise<{ answers: ApprovedAnswer[]; total: number }> =>
    this.transport.json("GET", `${DESK}/answers${query(filter)}`);
  changeAnswer = (answerId: string, change: { version: number; valid_until?: string | null; retired?: boolean; confirmed?: boolean }): Promise<ApprovedAnswer> =>
    this.transport.json("PATCH", `${DESK}/answers/${id(answerId)}`, change);

  // --- documents ---

  documents = async (): Promise<DeskDocument[]> => (await this.transport.json<{ documents: DeskDocument[] }>("GET", `${DESK}/documents`)).documents;
  upload = (files: readonly File[], onProgress: (ratio: number) => void, password?: string): Promise<Job> =>
    this.transport.upload("POST", `${DESK}/documents`, files, onProgress, password);
  replace = (documentId: string, file: File, onProgress: (ratio: number) => void, password?: string): Promise<Job> =>
    this.transport.upload("PUT", `${DESK}/documents/${id(documentId)}/file`, [file], onProgress, password);
  correctDocument = (documentId: string, correction: DocumentCorrection): Promise<DeskDocument> =>
    this.transport.json("PATCH", `${DESK}/documents/${id(documentId)}`, correction);
  removeDocument = (documentId: string): Promise<Job> => this.transport.json("DELETE", `${DESK}/documents/${id(documentId)}`);
  reindex = (documentId: string): Promise<Job> => this.transport.json("POST", `${DESK}/documents/${id(documentId)}/reindex`);
  rebuild = (): Promise<Job> => this.transport.json("POST", `${DESK}/reindex`);
  jobs = async (): Promise<Job[]> => (await this.transport.json<{ jobs: Job[] }>("GET", `${DESK}/jobs`)).jobs;
  job = (jobId: string): Promise<Job> => this.transport.json("GET", `${DESK}/jobs/${id(jobId)}`);
  health = (documentId: string): Promise<Health> => this.transport.json("GET", `/api/documents/${id(documentId)}/health`);
  healthOfAll = async (): Promise<Health[]> => (await this.transport.json<{ documents: Health[] }>("GET", "/api/documents/health")).documents;
  /** The records of one document. */
  records = async (documentId: string): Promise<DeskRecord[]> =>
    (await this.transport.json<{ records: DeskRecord[] }>("GET", "/api/records")).records.filter((record) => record.document_id === documentId);
  correctRecord = (recordId: string, fields: Partial<Record<RecordField, string | null>>): Promise<unknown> =>
    this.transport.json("PATCH", `${DESK}/records/${id(recordId)}`, { fields });

  // --- termbase ---

  terms = (filter: { q?: string; kind?: string; limit?: number; offset?: number }): Promise<Terms> => this.transport.json("GET", `${DESK}/terms${query(filter)}`);
  addTerm = (digest: string, entry: TermEntry): Promise<{ entries: number; digest: string }> => this.transport.json("POST", `${DESK}/terms`, { digest, ...entry });
  changeTerm = (digest: string, termId: string, entry: TermEntry): Promise<{ entries: number; digest: string }> =>
    this.transport.json("PUT", `${DESK}/terms/${id(termId)}`, { digest, ...entry });
  deleteTerm = (digest: string, term: Term): Promise<{ entries: number; digest: string }> =>
    this.transport.json("DELETE", `${DESK}/terms/${id(term.term_id)}${query({ digest })}`);
  importTerms = (file: File): Promise<{ entries: number; digest: string }> =>
    this.transport.upload("POST", `${DESK}/terms/import`, [file], () => undefined);
  readonly termsCsvUrl = `${DESK}/terms.csv`;

  // --- insight, audit, accounts ---

  insight = (filter: { since: string; until: string; language: Language | "" }): Promise<Insight> => this.transport.json("GET", `${DESK}/insight${query(filter)}`);
  insightCsvUrl = (table: InsightTable, filter: { since: string; until: string; language: Language | "" }): string =>
    `${DESK}/insight.csv${query({ table, ...filter })}`;
  audit = (filter: AuditFilter): Promise<AuditPage> => this.transport.json("GET", `${DESK}/audit${query(filter)}`);
  accounts = async (): Promise<Account[]> => (await this.transport.json<{ accounts: Account[] }>("GET", `${DESK}/accounts`)).accounts;
  addAccount = (account: NewAccount): Promise<Account> => this.transport.json("POST", `${DESK}/accounts`, account);
  changeAccount = (accountId: string, change: AccountChange): Promise<Account> => this.transport.json("PATCH", `${DESK}/accounts/${id(accountId)}`, change);

  #inquiry(inquiryId: string): string {
    return `${DESK}/inquiries/${id(inquiryId)}`;
  }
}
