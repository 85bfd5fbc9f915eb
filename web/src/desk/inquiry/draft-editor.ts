import type { Both, Check, CheckedClaim, CheckResult, Citation, Draft, EditedClaim, Language, Span } from "../contract";

/**
 * - `checked`: the check is of the sentence as it stands
 * - `changed`: it was edited, and nobody has looked since
 * - `checking`, `failed`: somebody looks, or could not
 */
export type CheckState = "checked" | "changed" | "checking" | "failed";

export interface Sentence {
  /** Names the sentence while it is moved about. */
  readonly key: number;
  text: string;
  citations: Citation[];
  check: Check;
  explanation: Both;
  state: CheckState;
}

export const placeOf = ({ document_id, page, start, end, older_version }: Span): string => `${document_id}:${page}:${start}:${end}:${older_version ?? ""}`;
export const spanOf = ({ document_id, page, start, end, older_version }: Span): Span => ({ document_id, page, start, end, ...(older_version ? { older_version } : {}) });

let keys = 0;

const NO_WORDS: Both = { ko: "", en: "" };

/** A draft while an officer edits it. Citations are kept by place, and numbered in order of first use as the server does. */
export class DraftEditor {
  readonly draft: Draft;
  sentences: Sentence[];
  readonly #saved: string;

  constructor(draft: Draft) {
    this.draft = draft;
    const cited = new Map(draft.citations.map((citation) => [citation.number, citation]));
    this.sentences = draft.claims.map((claim) => ({
      key: ++keys,
      text: claim.text,
      citations: claim.citations.flatMap((number) => cited.get(number) ?? []),
      check: claim.check,
      explanation: claim.explanation,
      state: "checked",
    }));
    this.#saved = this.#signature();
  }

  get language(): Language {
    return this.draft.language;
  }

  /** Whether saving would change anything. */
  get dirty(): boolean {
    return this.#signature() !== this.#saved;
  }

  /** Each cited place and its number, in order of first use. */
  get numbers(): Map<string, number> {
    const numbers = new Map<string, number>();
    for (const { citations } of this.sentences) for (const citation of citations) if (!numbers.has(placeOf(citation))) numbers.set(placeOf(citation), numbers.size + 1);
    return numbers;
  }

  /** What the sentences cite, each once, in the numbering. */
  get citations(): Citation[] {
    const cited = new Map<string, Citation>();
    for (const { citations } of this.sentences) for (const citation of citations) if (!cited.has(placeOf(citation))) cited.set(placeOf(citation), citation);
    return [...cited.values()].map((citation, index) => ({ ...citation, number: index + 1 }));
  }

  /** The sentences as they are sent; empty ones are left out. */
  get claims(): EditedClaim[] {
    return this.sentences.filter(({ text }) => text.trim()).map(({ text, citations }) => ({ text: text.trim(), citations: citations.map(spanOf) }));
  }

  /** How many sentences there are of each check. */
  get tally(): Record<Check, number> {
    const tally: Record<Check, number> = { supported: 0, partly: 0, not: 0, note: 0 };
    for (const { check, text } of this.sentences) if (text.trim()) tally[check] += 1;
    return tally;
  }

  find(key: number): Sentence | undefined {
    return this.sentences.find((sentence) => sentence.key === key);
  }

  setText(key: number, text: string): void {
    this.#edit(key, (sentence) => (sentence.text = text));
  }

  /** Cite places in a sentence; those it cites already are left as they are. */
  cite(key: number, citations: readonly Citation[]): void {
    this.#edit(key, (sentence) => {
      const before = new Set(sentence.citations.map(placeOf));
      sentence.citations = [...sentence.citations, ...citations.filter((citation) => !before.has(placeOf(citation)))];
    });
  }

  uncite(key: number, place: string): void {
    this.#edit(key, (sentence) => (sentence.citations = sentence.citations.filter((citation) => placeOf(citation) !== place)));
  }

  /** Put a sentence behind another, or at the end. Returns its key. */
  add(text = "", citations: readonly Citation[] = [], after: number | null = null): number {
    const sentence: Sentence = { key: ++keys, text, citations: [...citations], check: "note", explanation: NO_WORDS, state: text ? "changed" : "checked" };
    const place = after === null ? -1 : this.sentences.findIndex(({ key }) => key === after);
    this.sentences.splice(place < 0 ? this.sentences.length : place + 1, 0, sentence);
    return sentence.key;
  }

  remove(key: number): void {
    this.sentences = this.sentences.filter((sentence) => sentence.key !== key);
  }

  move(key: number, by: -1 | 1): void {
    const from = this.sentences.findIndex((sentence) => sentence.key === key);
    const to = from + by;
    const sentence = this.sentences[from];
    if (!sentence || to < 0 || to >= this.sentences.length) return;
    this.sentences.splice(from, 1);
    this.sentences.splice(to, 0, sentence);
  }

  /** The sentences to be checked, marked as being checked. What cites nothing needs no check. */
  take(): Sentence[] {
    const waiting = this.sentences.filter(({ state, text }) => state === "changed" && text.trim());
    for (const sentence of waiting) {
      if (!sentence.citations.length) Object.assign(sentence, { check: "note", explanation: NO_WORDS, state: "checked" });
      else sentence.state = "checking";
    }
    return waiting.filter(({ state }) => state === "checking").map((sentence) => ({ ...sentence, citations: [...sentence.citations] }));
  }

  /** Put in what the check of taken sentences found; those edited since keep waiting. `null`: the check failed. */
  put(taken: readonly Sentence[], result: CheckResult | null): void {
    taken.forEach((asked, index) => {
      const sentence = this.find(asked.key);
      if (!sentence || sentence.state !== "checking" || !sameWords(sentence, asked)) return;
      const found: CheckedClaim | undefined = result?.claims[index];
      if (found) Object.assign(sentence, { check: found.check, explanation: found.explanation, state: "checked" });
      else sentence.state = "failed";
    });
  }

  #edit(key: number, change: (sentence: Sentence) => void): void {
    const sentence = this.find(key);
    if (!sentence) return;
    change(sentence);
    sentence.state = "changed";
  }

  #signature(): string {
    return JSON.stringify(this.claims);
  }
}

const sameWords = (one: Sentence, other: Sentence): boolean =>
  one.text === other.text && one.citations.map(placeOf).join() === other.citations.map(placeOf).join();

/** Whether two drafts say the same with the same sources. */
export function sameDraft(one: Draft | undefined, other: Draft | undefined): boolean {
  const said = (draft: Draft | undefined): string =>
    draft ? JSON.stringify([draft.question, draft.claims.map(({ text, citations, check }) => [text, citations, check]), draft.citations.map(placeOf), draft.stale]) : "";
  return said(one) === said(other);
}
