import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Citation } from "../contract";
import { DeskElement } from "../desk-element";
import { DeskFailure } from "../failure";
import { day } from "../formats";
import { languageOf } from "../ui/badges";
import { settled } from "../ui/fields";
import { icons } from "../ui/icons";
import { spoken } from "../ui/spoken";
import { placeOf, spanOf, type DraftEditor, type Sentence } from "./draft-editor";
import { sentenceView, type SentenceActions } from "./sentence-view";

const CHECK_AFTER_MS = 600;

/** What happens in a draft that the inquiry must know of. */
export interface DraftEvents {
  "desk-edit": undefined;
  /** A source is to be shown; by a press, or by moving through the draft. */
  "desk-cite": { citation: Citation | null; citations: Citation[]; opener: HTMLElement | null };
}

/**
 * A draft in one language, sentence by sentence.
 *
 * @fires desk-edit - something was edited
 * @fires desk-cite - a source is to be shown
 */
export class DraftView extends DeskElement {
  static override properties = {
    ...DeskElement.properties, editor: { attribute: false }, locked: { type: Boolean }, active: { state: true }, searching: { state: true },
  };

  declare editor: DraftEditor;
  /** Whether it can be read only. */
  declare locked: boolean;
  /** Key of the sentence one is in. */
  private declare active: number | null;
  /** For which sentence passages are searched; 0 for a new one. */
  private declare searching: number | null;

  #checkSoon = settled(CHECK_AFTER_MS, () => void this.#check());

  constructor() {
    super();
    this.locked = false;
    this.active = null;
    this.searching = null;
  }

  protected override updated(): void {
    // For browsers that do not size a text area by its content.
    if (!CSS.supports("field-sizing", "content"))
      for (const area of this.querySelectorAll<HTMLTextAreaElement>("textarea.words")) {
        area.style.height = "auto";
        area.style.height = `${area.scrollHeight + 2}px`;
      }
  }

  protected override render(): TemplateResult {
    const { t, desk, editor, locked } = this;
    const { draft, tally, numbers } = editor;
    const stale = new Set(draft.citations.filter(({ number }) => draft.stale.includes(number)).map(placeOf));
    return html`
      <section class="draft" aria-label=${t.inquiry.draftIn[editor.language]}>
        <div class="draft-facts">
          <p><span class="badge">${t.statuses[draft.status]}</span> <span class="muted">${t.draft.modes[draft.mode] ?? draft.mode} · ${t.draft.asOf(day(draft.as_of, desk.language))}</span></p>
          <p class="muted">${t.draft.tally(tally.supported, tally.partly, tally.not, tally.note)}</p>
        </div>
        <p class="muted">${t.draft.asked}: <span lang=${languageOf(draft.question)}>${draft.question}</span></p>
        ${draft.stale.length ? html`<p class="caution">${t.draft.stale}</p>` : nothing}
        ${draft.notices.length
          ? html`<div class="caution"><h3>${t.draft.notices}</h3><ul>${draft.notices.map(({ text }) => html`<li lang=${editor.language}>${spoken(text, editor.language)}</li>`)}</ul></div>`
          : nothing}
        ${editor.sentences.length
          ? html`<ol class="sentences">${repeat(
              editor.sentences,
              ({ key }) => key,
              (sentence, index) =>
                sentenceView(
                  t, sentence,
                  { number: index + 1, last: index === editor.sentences.length - 1, active: sentence.key === this.active, language: editor.language, reader: desk.language, locked, numbers, stale },
                  this.#actions,
                ),
            )}</ol>`
          : html`<p class="empty">${t.draft.empty}</p>`}
        ${locked
          ? nothing
          : html`<div class="buttons">
              <button type="button" class="button quiet" @click=${this.#addSentence}>${icons.add}${t.draft.addSentence}</button>
              <button type="button" class="button quiet" @click=${() => (this.searching = 0)}>${icons.find}${t.draft.addFound}</button>
            </div>`}
        ${this.searching === null ? nothing : this.#passages(this.searching)}
      </section>
    `;
  }

  #passages(key: number): TemplateResult {
    const { desk, editor } = this;
    const about = editor.find(key)?.text.trim() || editor.draft.question;
    return html`
      <desk-passages .desk=${desk} .about=${about} .attaches=${key !== 0}
        @desk-close=${() => (this.searching = null)}
        @desk-attach=${(event: CustomEvent<Citation[]>) => this.#edited(() => editor.cite(key, event.detail), event.detail[0])}
        @desk-sentence=${(event: CustomEvent<Citation[]>) => this.#addFound(event.detail, key || null)}
      ></desk-passages>
    `;
  }

  readonly #actions: SentenceActions = {
    enter: (sentence) => {
      if (this.active === sentence.key) return;
      this.active = sentence.key;
      this.#cite(sentence.citations[0] ?? null, null);
    },
    type: (sentence, text) => this.#edited(() => this.editor.setText(sentence.key, text)),
    cite: (sentence) => (this.searching = sentence.key),
    uncite: (sentence, place) => this.#edited(() => this.editor.uncite(sentence.key, place)),
    show: (citation, opener) => this.#cite(citation, opener),
    move: (sentence, by) => this.#edited(() => this.editor.move(sentence.key, by)),
    remove: (sentence) => this.#remove(sentence),
  };

  #remove(sentence: Sentence): void {
    const place = this.editor.sentences.indexOf(sentence);
    this.#edited(() => this.editor.remove(sentence.key));
    this.desk.say(this.t.draft.removed);
    const next = this.editor.sentences[Math.min(place, this.editor.sentences.length - 1)];
    void this.updateComplete.then(() => this.find<HTMLElement>(next ? `#${this.editor.language}-sentence-${next.key}` : ".draft > .buttons button")?.focus());
  }

  #addSentence = (): void => {
    let key = 0;
    this.#edited(() => (key = this.editor.add()));
    void this.updateComplete.then(() => this.find<HTMLElement>(`#${this.editor.language}-sentence-${key}`)?.focus());
  };

  #addFound(citations: Citation[], after: number | null): void {
    const words = citations.map(({ quote }) => quote.replace(/\s+/g, " ").trim()).join(" ");
    this.#edited(() => (this.active = this.editor.add(words.slice(0, 2000), citations, after)), citations[0]);
  }

  #edited(change: () => unknown, shown?: Citation): void {
    change();
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent("desk-edit"));
    if (shown) this.#cite(shown, null);
    this.#checkSoon();
  }

  #cite(citation: Citation | null, opener: HTMLElement | null): void {
    const { citations } = this.editor;
    const detail: DraftEvents["desk-cite"] = { citation: citation && (citations.find((each) => placeOf(each) === placeOf(citation)) ?? citation), citations, opener };
    this.dispatchEvent(new CustomEvent("desk-cite", { detail }));
  }

  async #check(): Promise<void> {
    const { editor } = this;
    const taken = editor.take();
    this.requestUpdate();
    if (!taken.length) return;
    try {
      editor.put(taken, await this.desk.client.check(editor.language, taken.map(({ text, citations }) => ({ text: text.trim(), citations: citations.map(spanOf) }))));
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      editor.put(taken, null);
    }
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent("desk-edit"));
  }
}
