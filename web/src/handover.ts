import type { SpeakingHost } from "./announcer";
import { ChatFailure, type FailureKind } from "./client";
import { copyText } from "./clipboard";
import type { Conversation } from "./conversation";
import type { Inquiry } from "./inquiry.contract";
import { consentVersion } from "./i18n/dialogues";
import type { Catalogue } from "./i18n";

/** What the reader writes; kept while the page lives, so that nothing typed is lost. */
export interface InquiryDraft {
  question: string;
  withConversation: boolean;
  email: string;
  phone: string;
  agreed: boolean;
}

const emptyDraft = (): InquiryDraft => ({ question: "", withConversation: true, email: "", phone: "", agreed: false });

/** Hands a question over to the center's officers, and looks inquiries up by their references. */
export class HandOver {
  #host: SpeakingHost;
  #conversation: Conversation;
  draft: InquiryDraft = emptyDraft();
  /** Of the inquiry that was just sent. */
  reference: string | null = null;
  /** What came of copying the reference. */
  copied = "";
  /** What is wrong with the draft, or what went wrong on the way. */
  problem = "";
  busy = false;
  /** Whether the service has officers, as far as is known. */
  offered = true;
  /** How many days an inquiry is kept; `null` as long as it is not known. */
  keptDays: number | null = null;
  /** The inquiry that was looked up, and the reference that was written for it. */
  inquiry: Inquiry | null = null;
  wanted = "";
  lookProblem = "";

  constructor(host: SpeakingHost, conversation: Conversation) {
    this.#host = host;
    this.#conversation = conversation;
  }

  get receipts(): Conversation["receipts"] {
    return this.#conversation.receipts;
  }

  get hasConversation(): boolean {
    return this.#conversation.conversationId !== null;
  }

  /** Begin an inquiry with a question filled in; one that is being written is gone on with. */
  begin(question: string): void {
    this.reference = null;
    this.copied = "";
    this.problem = "";
    if (question) this.draft = { ...this.draft, question };
    if (this.keptDays === null) void this.#askTerms();
  }

  /** The text that asks for consent names the days; where they cannot be had it names none, and nothing else changes. */
  async #askTerms(): Promise<void> {
    try {
      this.keptDays = await this.#conversation.client.inquiryTerms();
      this.#host.requestUpdate();
    } catch (error) {
      if (!(error instanceof ChatFailure)) throw error;
    }
  }

  /** Send the draft. */
  async send(t: Catalogue): Promise<void> {
    const { question, withConversation, email, phone, agreed } = this.draft;
    const contacted = Boolean(email.trim() || phone.trim());
    if (this.busy) return;
    if (!question.trim()) return this.#refuse(t.inquiry.empty, "#inquiry-question");
    if (contacted && !agreed) return this.#refuse(t.inquiry.agreeFirst, "#inquiry-agree");
    this.#begin(t.inquiry.sending);
    try {
      this.reference = await this.#conversation.client.handOver({
        question: question.trim(),
        language: t.language,
        conversation_id: withConversation ? this.#conversation.conversationId : null,
        email: email.trim() || null,
        phone: phone.trim() || null,
        consent: contacted,
        consent_version: contacted ? consentVersion(this.keptDays) : null,
      });
      this.#conversation.keep({ reference: this.reference, question: question.trim() });
      this.draft = emptyDraft();
      this.#end(".receipt");
    } catch (error) {
      const kind = kindOf(error);
      if (kind === "absent") this.offered = false;
      this.problem = kind === "absent" ? t.inquiry.absent : kind === "busy" ? t.inquiry.busy : t.failures[kind];
      this.#fail(this.problem);
    }
  }

  /** Put the reference on the clipboard. */
  async copyReference(t: Catalogue): Promise<void> {
    const done = await copyText(this.reference ?? "", this.#host.renderRoot as ShadowRoot);
    this.copied = done ? t.copied : t.inquiry.copyFailed;
    this.#host.say(this.copied);
    this.#host.requestUpdate();
  }

  /** Look an inquiry up. */
  async lookUp(reference: string, t: Catalogue): Promise<void> {
    if (this.busy || !reference.trim()) return;
    this.wanted = reference.trim();
    this.inquiry = null;
    this.#begin(t.inquiry.checking);
    try {
      this.inquiry = await this.#conversation.client.lookUp(this.wanted);
      this.#end(".inquiry");
    } catch (error) {
      const kind = kindOf(error);
      this.lookProblem = kind === "absent" ? t.inquiry.unknown : t.failures[kind];
      this.#fail(this.lookProblem);
    }
  }

  #begin(said: string): void {
    this.busy = true;
    this.problem = "";
    this.lookProblem = "";
    this.#host.sayMeanwhile(said);
    this.#host.requestUpdate();
  }

  /** What gets the focus says by its name what came of it. */
  #end(focus: string): void {
    this.busy = false;
    this.#host.sayMeanwhile("");
    this.#focus(focus);
  }

  #fail(problem: string): void {
    this.busy = false;
    this.#host.say(problem);
    this.#host.requestUpdate();
  }

  #refuse(problem: string, focus: string): void {
    this.problem = problem;
    this.#host.say(problem);
    this.#focus(focus);
  }

  #focus(selector: string): void {
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }
}

const kindOf = (error: unknown): FailureKind => (error instanceof ChatFailure ? error.kind : "server");
