import { html, nothing, type TemplateResult } from "lit";
import type { SimilarAnswer } from "../contract";
import { DeskElement } from "../desk-element";
import { percent } from "../formats";
import { languageBadge, languageOf } from "../ui/badges";
import { failureView } from "../ui/failure-view";
import { spoken } from "../ui/spoken";

/**
 * Approved answers to questions like this one.
 *
 * @fires desk-use - `answer_id` to take as the draft
 */
export class SimilarAnswers extends DeskElement {
  static override properties = { ...DeskElement.properties, inquiryId: {}, locked: { type: Boolean }, answers: { state: true } };

  declare inquiryId: string;
  declare locked: boolean;
  private declare answers: SimilarAnswer[] | null;

  constructor() {
    super();
    this.locked = false;
    this.answers = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { t, answers } = this;
    return html`
      <details class="card fold" ?open=${Boolean(answers?.length)}>
        <summary><h2>${t.similar.head}${answers ? html` <span class="count">${answers.length}</span>` : nothing}</h2></summary>
        ${failureView(t, this.failure, () => void this.#load())}
        ${answers && !answers.length ? html`<p class="muted">${t.similar.none}</p>` : nothing}
        ${answers?.length ? html`<ul class="plain-list">${answers.map((each) => this.#row(each))}</ul>` : nothing}
      </details>
    `;
  }

  #row({ answer, similarity }: SimilarAnswer): TemplateResult {
    const { t, desk } = this;
    return html`
      <li>
        <p><strong lang=${languageOf(answer.question)}>${answer.question}</strong></p>
        <p class="muted">${languageBadge(t, answer.language)} <span class="badge state-${answer.state}">${t.answerStates[answer.state]}</span> ${t.similar.alike(percent(similarity, desk.language))}</p>
        ${answer.flags.map((flag) => html`<p class="caution">${spoken(flag.explanation[desk.language], desk.language)}</p>`)}
        <details><summary>${t.similar.show}</summary><p class="answer-text" lang=${answer.language}>${spoken(answer.text, answer.language)}</p></details>
        ${this.locked
          ? nothing
          : html`<button type="button" class="button quiet" @click=${() => this.dispatchEvent(new CustomEvent("desk-use", { detail: answer.answer_id }))}>${t.similar.use}</button>`}
      </li>
    `;
  }

  async #load(): Promise<void> {
    const answers = await this.attempt(() => this.desk.client.similar(this.inquiryId));
    if (answers) this.answers = answers;
  }
}
