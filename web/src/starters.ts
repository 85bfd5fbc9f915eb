import type { ReactiveControllerHost } from "lit";
import type { Language } from "./contract";
import type { Conversation } from "./conversation";
import { catalogues } from "./i18n";

/** Questions to begin with: those of the service's own documents, or ours where it gives none. */
export class Starters {
  #host: ReactiveControllerHost;
  #conversation: Conversation;
  #given = new Map<Language, Promise<void>>();
  #questions = new Map<Language, string[]>();

  constructor(host: ReactiveControllerHost, conversation: Conversation) {
    this.#host = host;
    this.#conversation = conversation;
  }

  /** Ask for them once a language; they are a help, so that a failure is not told. */
  load(language: Language): void {
    if (this.#given.has(language)) return;
    const given = this.#conversation.client.suggestions(language).then(
      (questions) => {
        if (questions.length) this.#questions.set(language, questions);
        this.#host.requestUpdate();
      },
      () => undefined,
    );
    this.#given.set(language, given);
  }

  in(language: Language): readonly string[] {
    return this.#questions.get(language) ?? catalogues[language].starters;
  }
}
