import { html, type TemplateResult } from "lit";
import type { Inquiry, Language } from "../contract";
import { DeskElement } from "../desk-element";
import { languageOf } from "../ui/badges";
import { choiceField, choicesOf } from "../ui/fields";

/**
 * Asks the documents once more, with another question or in another language.
 *
 * @fires desk-ask - `{ question, language }`
 */
export class AskAgain extends DeskElement {
  static override properties = { ...DeskElement.properties, inquiry: { attribute: false }, waiting: { type: Boolean }, question: { state: true }, language: { state: true } };

  declare inquiry: Inquiry;
  /** Whether a draft is being made. */
  declare waiting: boolean;
  private declare question: string | null;
  private declare language: Language | null;

  constructor() {
    super();
    this.waiting = false;
    this.question = null;
    this.language = null;
  }

  protected override render(): TemplateResult {
    const { t, inquiry } = this;
    const question = this.question ?? inquiry.question;
    const language = this.language ?? inquiry.language;
    const ask = (event: Event): void => {
      event.preventDefault();
      if (question.trim()) this.dispatchEvent(new CustomEvent("desk-ask", { detail: { question: question.trim(), language } }));
    };
    return html`
      <details class="card fold">
        <summary><h2>${t.ask.head}</h2></summary>
        <form class="stack" @submit=${ask}>
          <div class="field">
            <label for="ask-question">${t.ask.question}</label>
            <textarea id="ask-question" rows="3" maxlength="2000" required lang=${languageOf(question)} .value=${question}
              @input=${(event: Event) => (this.question = (event.target as HTMLTextAreaElement).value)}></textarea>
          </div>
          ${choiceField("ask-language", t.ask.language, language, choicesOf(t.languages), (value) => (this.language = value as Language))}
          <p class="muted">${t.ask.warning}</p>
          <div class="buttons"><button class="button" ?disabled=${this.waiting || !question.trim()}>${this.waiting ? t.common.loading : t.ask.submit}</button></div>
        </form>
      </details>
    `;
  }
}
