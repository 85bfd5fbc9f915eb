import { html, nothing, type TemplateResult } from "lit";
import type { AnswerState, ApprovedAnswer, Language } from "../contract";
import { DeskElement } from "../desk-element";
import { DeskFailure } from "../failure";
import { dateTime, day } from "../formats";
import { documentUrl } from "../inquiry/source-pane";
import { languageBadge, languageOf } from "../ui/badges";
import { citationFacts } from "../ui/citation-facts";
import { failureText, failureView } from "../ui/failure-view";
import { choiceField, choicesOf, settled } from "../ui/fields";
import { icons } from "../ui/icons";
import { pager } from "../ui/pager";
import { spoken } from "../ui/spoken";

const LIMIT = 20;

/** Approved answers: what may be used again, and what must be looked at first. */
export class AnswersScreen extends DeskElement {
  static override properties = {
    ...DeskElement.properties, answers: { state: true }, total: { state: true }, q: { state: true }, state: { state: true }, language: { state: true }, offset: { state: true },
    wrong: { state: true },
  };

  private declare answers: ApprovedAnswer[] | null;
  private declare total: number;
  private declare q: string;
  private declare state: AnswerState | "";
  private declare language: Language | "";
  private declare offset: number;
  /** What could not be done with an answer. */
  private declare wrong: { answerId: string; text: string } | null;

  #search = settled(300, (q: string) => this.#show({ q }));

  constructor() {
    super();
    this.answers = null;
    this.total = 0;
    this.q = "";
    this.state = "";
    this.language = "";
    this.offset = 0;
    this.wrong = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { t, answers } = this;
    return html`
      <div class="screen-head"><h1 tabindex="-1">${t.answers.head}</h1></div>
      <p class="muted">${t.answers.useIn}</p>
      <div class="filters filter-row">
        <div class="field grow">
          <label for="answer-search">${t.answers.searchLabel}</label>
          <input id="answer-search" type="search" maxlength="200" .value=${this.q} @input=${(event: Event) => this.#search((event.target as HTMLInputElement).value)} />
        </div>
        ${choiceField("answer-state", t.answers.state, this.state, choicesOf(t.answerStates, t.common.all), (state) => this.#show({ state: state as AnswerState | "" }))}
        ${choiceField("answer-language", t.common.language, this.language, choicesOf(t.languages, t.common.all), (language) => this.#show({ language: language as Language | "" }))}
      </div>
      ${failureView(t, this.failure, () => void this.#load())}
      ${answers ? html`<p class="muted" role="status">${t.common.total(this.total)}</p>` : html`<p class="loading">${t.common.loading}</p>`}
      ${answers?.length ? html`<ul class="cards" aria-busy=${this.busy}>${answers.map((answer) => this.#card(answer))}</ul>` : nothing}
      ${answers && !answers.length ? html`<p class="empty">${this.q || this.state || this.language ? t.answers.empty : t.answers.nothing}</p>` : nothing}
      ${pager(t, this.offset, LIMIT, this.total, (offset) => this.#show({ offset }))}
    `;
  }

  #card(answer: ApprovedAnswer): TemplateResult {
    const { t, desk } = this;
    const question = languageOf(answer.question);
    return html`
      <li class="card">
        <p class="fact-row">
          <span class="badge state-${answer.state}">${t.answerStates[answer.state]}</span> ${languageBadge(t, answer.language)}
          <span class="muted">${t.answers.approved(answer.approved_by, dateTime(answer.approved_at, desk.language))} · ${t.answers.used(answer.used)} ·
            ${answer.valid_until ? t.answers.untilDay(day(answer.valid_until, desk.language)) : t.answers.noEnd}</span>
        </p>
        <h2 lang=${question}>${answer.question}</h2>
        ${answer.flags.length
          ? html`<div class="caution"><h3>${t.answers.flags}</h3><ul>${answer.flags.map(({ explanation }) => html`<li>${spoken(explanation[desk.language], desk.language)}</li>`)}</ul></div>`
          : nothing}
        <p class="answer-text" lang=${answer.language}>${spoken(answer.text, answer.language)}</p>
        <details>
          <summary>${t.answers.sources} (${answer.citations.length})</summary>
          <ol class="cited">${answer.citations.map((citation) => {
            const url = documentUrl(citation.url, desk.language);
            return html`<li lang=${citation.language}>[${citation.number}] ${url ? html`<a href=${url} target="_blank" rel="noopener">${citation.title}${icons.external}<span class="unseen" lang=${desk.language}> (${t.common.newWindow})</span></a>` : citation.title}
              <p class="muted" lang=${desk.language}>${spoken(citationFacts(t, citation, desk.language), desk.language)}</p>
              <blockquote>${citation.quote}</blockquote></li>`;
          })}</ol>
        </details>
        ${this.wrong?.answerId === answer.answer_id ? html`<p class="failure" role="alert">${this.wrong.text}</p>` : nothing}
        ${desk.may("editor") ? this.#tools(answer) : nothing}
        ${answer.inquiry_id ? html`<p><a href="#/inquiries/${answer.inquiry_id}">${t.answers.fromInquiry}</a></p>` : nothing}
      </li>
    `;
  }

  #tools(answer: ApprovedAnswer): TemplateResult {
    const { t } = this;
    const id = `valid-${answer.answer_id}`;
    return html`
      <div class="filter-row">
        <div class="field">
          <label for=${id}>${t.answers.validUntil}</label>
          <input id=${id} type="date" .value=${answer.valid_until ?? ""} @change=${(event: Event) => void this.#change(answer, { valid_until: (event.target as HTMLInputElement).value || null }, t.answers.saved)} />
        </div>
        ${answer.state === "flagged"
          ? html`<button type="button" class="button" ?disabled=${this.busy} @click=${() => void this.#change(answer, { confirmed: true }, t.answers.confirmed)}>${t.answers.confirm}</button>`
          : nothing}
        <button type="button" class="button quiet" ?disabled=${this.busy} @click=${() => void this.#change(answer, { retired: answer.state !== "retired" }, t.answers.saved)}>${
          answer.state === "retired" ? t.answers.unretire : t.answers.retire
        }</button>
      </div>
    `;
  }

  async #change(answer: ApprovedAnswer, change: { valid_until?: string | null; retired?: boolean; confirmed?: boolean }, said: string): Promise<void> {
    this.wrong = null;
    try {
      const changed = await this.desk.client.changeAnswer(answer.answer_id, { version: answer.version, ...change });
      this.answers = this.answers?.map((each) => (each.answer_id === changed.answer_id ? changed : each)) ?? null;
      this.desk.say(said);
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      const text = error.status === 422 && change.confirmed ? this.t.answers.quoteGone : failureText(this.t.failures, error);
      this.wrong = { answerId: answer.answer_id, text };
      if (error.status === 409) await this.#load();
    }
  }

  #show(change: { q?: string; state?: AnswerState | ""; language?: Language | ""; offset?: number }): void {
    Object.assign(this, { offset: 0 }, change);
    void this.#load();
  }

  async #load(): Promise<void> {
    const { q, state, language, offset } = this;
    const found = await this.attempt(() => this.desk.client.answers({ q, state, language, limit: LIMIT, offset }));
    if (!found || q !== this.q || state !== this.state || language !== this.language || offset !== this.offset) return;
    this.answers = found.answers;
    this.total = found.total;
  }
}
