import type { SpeakingHost } from "./announcer";
import { ChatFailure, type FailureKind } from "./client";
import type { Conversation } from "./conversation";
import type { Judgement, Profile } from "./eligibility.contract";
import type { Catalogue } from "./i18n";

/**
 * The eligibility check as a short dialogue: a profile grows answer by answer, and after each the programs are judged anew. The profile
 * lives as long as the page; nothing of it is stored.
 */
export class EligibilityDialogue {
  #host: SpeakingHost;
  #conversation: Conversation;
  /** Whether a program's remaining conditions are met, by its document: they are one program's own, and no other's. */
  #others = new Map<string, boolean>();
  profile: Profile = {};
  /** `null` until the first check. */
  judgements: Judgement[] | null = null;
  busy = false;
  failure: FailureKind | null = null;

  constructor(host: SpeakingHost, conversation: Conversation) {
    this.#host = host;
    this.#conversation = conversation;
  }

  /** What was answered of a document's remaining conditions. */
  other(documentId: string): boolean | undefined {
    return this.#others.get(documentId);
  }

  /**
   * Take answers in and judge all programs by them.
   * @param others answers to a document's remaining conditions; `undefined` takes one back
   * @param then what gets the focus when the result is there
   */
  async check(answers: Profile, others: ReadonlyMap<string, boolean | undefined>, t: Catalogue, then: string): Promise<void> {
    if (this.busy) return;
    this.profile = answers;
    for (const [documentId, met] of others) {
      if (met === undefined) this.#others.delete(documentId);
      else this.#others.set(documentId, met);
    }
    this.busy = true;
    this.failure = null;
    this.#host.sayMeanwhile(t.eligibility.checking);
    this.#host.requestUpdate();
    try {
      this.judgements = await this.#judge(t);
      this.#host.say(summary(this.judgements, t));
    } catch (error) {
      this.failure = error instanceof ChatFailure ? error.kind : "server";
      this.#host.say(t.failures[this.failure]);
    }
    this.busy = false;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const shown = this.failure ? null : this.#host.renderRoot.querySelector<HTMLElement>(then);
    shown?.focus({ preventScroll: true });
    shown?.scrollIntoView({ block: "start" });
  }

  async #judge(t: Catalogue): Promise<Judgement[]> {
    const { client } = this.#conversation;
    const asked = { profile: this.profile, document_id: null, language: t.language };
    const judged = await client.eligibility(asked);
    const own = await Promise.all(
      [...this.#others].map(([document_id, other]) => client.eligibility({ ...asked, document_id, profile: { ...this.profile, other } })),
    );
    const better = new Map(own.flat().map((judgement) => [judgement.record_id, judgement]));
    return judged.map((judgement) => better.get(judgement.record_id) ?? judgement);
  }
}

/** How many programs stand where, in a sentence. */
export function summary(judgements: readonly Judgement[], t: Catalogue): string {
  const judged = judgements.filter(hasConditions).filter((judgement) => !isOver(judgement));
  const count = (verdict: Judgement["verdict"]): number => judged.filter((judgement) => judgement.verdict === verdict).length;
  return judged.length ? t.eligibility.counts(count("eligible"), count("more_needed"), count("not_eligible")) : t.eligibility.nothing;
}

export const hasConditions = ({ criteria }: Judgement): boolean => criteria.some(({ state }) => state !== "not_stated");
export const isOver = ({ status }: Judgement): boolean => status === "closed" || status === "past" || status === "cancelled";
