import type { ReactiveController } from "lit";
import type { SpeakingHost } from "./announcer";
import { answerAsText, copyText } from "./clipboard";
import type { Conversation } from "./conversation";
import type { Catalogue } from "./i18n";
import type { Exchange, Vote } from "./memory";
import { HANDED_ON_MS } from "./overlays";

const SAID_MS = 8000;

/** What a reader does with an answer: copies it, says whether it helped and why. */
export class Responses implements ReactiveController {
  #host: SpeakingHost;
  #conversation: Conversation;
  #timer = 0;
  #closing: ReturnType<typeof setTimeout> | undefined;
  /** The exchange whose feedback form is open. */
  asking: Exchange | null = null;
  /** A short word on what was just done to an exchange. */
  said: { id: number; text: string } | null = null;

  constructor(host: SpeakingHost, conversation: Conversation) {
    this.#host = host;
    this.#conversation = conversation;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#closing);
  }

  /** Open the form of an exchange, or close it; the focus goes back to what opened it. */
  ask(exchange: Exchange | null): void {
    clearTimeout(this.#closing);
    if (!exchange) {
      this.#find(`[aria-labelledby=question-${this.asking?.id}] .why`)?.focus({ preventScroll: true });
      this.#closing = setTimeout(() => this.close(), HANDED_ON_MS);
      return;
    }
    this.asking = exchange;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      this.#find(".feedback input")?.focus({ preventScroll: true });
      this.#find(".feedback")?.scrollIntoView({ block: "nearest" });
    });
  }

  /** Take the form away; the focus stays where it is. */
  close(): void {
    this.asking = null;
    this.#host.requestUpdate();
  }

  async copy(exchange: Exchange, t: Catalogue): Promise<void> {
    const copied = await copyText(answerAsText(exchange, t, this.#conversation.client), this.#host.renderRoot as ShadowRoot);
    this.#say(exchange, copied ? t.copied : t.copyFailed);
  }

  async vote(exchange: Exchange, vote: Vote, reason: string | null, t: Catalogue): Promise<void> {
    try {
      await this.#conversation.vote(exchange, vote, reason);
    } catch {
      this.#say(exchange, t.feedbackFailed);
      return;
    }
    if (this.asking === exchange) this.ask(null);
    this.#say(exchange, t.feedbackThanks);
  }

  #say(exchange: Exchange, text: string): void {
    this.said = { id: exchange.id, text };
    this.#host.say(text);
    this.#host.requestUpdate();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.said = null;
      this.#host.requestUpdate();
    }, SAID_MS);
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }
}
