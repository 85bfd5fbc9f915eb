/** What survives a reload: kept in this browser only, under one key, and gone when it is cleared. No cookie. */

import type { Answer, Claim, Language } from "./contract";
import { readAnswer, readClaim } from "./contract";
import { fields, list, text } from "./reading";
import type { FailureKind } from "./client";

export type Vote = "up" | "down";

/** A question and what came of it. */
export interface Exchange {
  id: number;
  question: string;
  /** Names the question to the service, so that an answer that broke off is gone on with. */
  requestId: string;
  /** `pending` while the answer is on its way. */
  state: "pending" | "done" | "failed";
  step: string;
  claims: Claim[];
  answer: Answer | null;
  failure: FailureKind | null;
  detail: string;
  vote: Vote | null;
}

/** A question that was handed over to an officer, to look it up by. */
export interface Receipt {
  reference: string;
  question: string;
}

export interface Remembered {
  exchanges: Exchange[];
  receipts: Receipt[];
  conversationId: string | null;
  draft: string;
  language: Language | null;
}

const MAX_EXCHANGES = 30;
const MAX_RECEIPTS = 20;
const MAX_CHARS = 1_000_000;

/** A name that nobody can guess. `crypto.randomUUID` is not there on pages that are not served securely. */
export const newRequestId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const nothing = (): Remembered => ({ exchanges: [], receipts: [], conversationId: null, draft: "", language: null });

/** A browser may refuse storage altogether; then a conversation lasts as long as its page. */
export class Memory {
  constructor(readonly key: string) {}

  load(): Remembered {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(this.key) ?? "null");
      return read(stored);
    } catch {
      return nothing();
    }
  }

  save(state: Remembered): void {
    let exchanges = state.exchanges.slice(-MAX_EXCHANGES);
    const receipts = state.receipts.slice(-MAX_RECEIPTS);
    let stored = JSON.stringify({ version: 1, ...state, exchanges, receipts });
    while (stored.length > MAX_CHARS && exchanges.length > 1) {
      exchanges = exchanges.slice(1);
      stored = JSON.stringify({ version: 1, ...state, exchanges, receipts });
    }
    try {
      localStorage.setItem(this.key, stored);
    } catch {
      // Full or forbidden: the page goes on without.
    }
  }

  clear(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Forbidden: then nothing was kept either.
    }
  }
}

function read(stored: unknown): Remembered {
  const from = stored as (Partial<Remembered> & { version?: unknown }) | null;
  if (!from || from.version !== 1) return nothing();
  const exchanges = Array.isArray(from.exchanges) ? from.exchanges.flatMap(readExchange) : [];
  const receipts = list(from.receipts).flatMap((item) => {
    const { reference, question } = fields(item);
    return text(reference) ? { reference: text(reference), question: text(question) } : [];
  });
  return {
    exchanges,
    receipts,
    conversationId: typeof from.conversationId === "string" ? from.conversationId : null,
    draft: typeof from.draft === "string" ? from.draft : "",
    language: from.language === "ko" || from.language === "en" ? from.language : null,
  };
}

function readExchange(stored: Partial<Exchange>, id: number): Exchange[] {
  if (typeof stored?.question !== "string") return [];
  const answer = readAnswer(stored.answer);
  const claims = Array.isArray(stored.claims) ? stored.claims.flatMap((claim) => readClaim(claim) ?? []) : [];
  // An answer that was on its way when the page went is one that was cut.
  const failure = answer ? null : (stored.failure ?? "cut");
  const vote = stored.vote === "up" || stored.vote === "down" ? stored.vote : null;
  const detail = typeof stored.detail === "string" ? stored.detail : "";
  const state = answer ? "done" : "failed";
  const requestId = text(stored.requestId) || newRequestId();
  return [{ id, question: stored.question, requestId, state, step: "", claims, answer, failure, detail, vote }];
}
