import { html, nothing, type TemplateResult } from "lit";
import type { Citation, Language, Passage } from "../contract";
import { citationFacts } from "../ui/citation-facts";
import { spoken } from "../ui/spoken";
import { DeskDialog } from "../ui/dialog";
import { failureView } from "../ui/failure-view";
import { choiceField, choicesOf } from "../ui/fields";
import { placeOf } from "./draft-editor";

/**
 * Searches the documents for words to cite.
 *
 * @fires desk-attach - `Citation[]` to cite in the sentence
 * @fires desk-sentence - `Citation[]` to put in as a sentence
 */
export class PassagesDialog extends DeskDialog {
  static override properties = {
    ...DeskDialog.properties, about: {}, attaches: { type: Boolean }, words: { state: true }, only: { state: true }, found: { state: true }, chosen: { state: true },
  };

  /** What to look for at first. */
  declare about: string;
  /** Whether there is a sentence to cite them in. */
  declare attaches: boolean;
  private declare words: string;
  private declare only: Language | "";
  private declare found: Passage[] | null;
  private declare chosen: Map<string, Citation>;

  protected override readonly wide = true;
  #searches = 0;

  constructor() {
    super();
    this.about = "";
    this.attaches = false;
    this.words = "";
    this.only = "";
    this.found = null;
    this.chosen = new Map();
  }

  protected override get heading(): string {
    return this.t.passages.head;
  }

  protected override firstUpdated(): void {
    this.words = this.about;
    super.firstUpdated();
    this.find<HTMLElement>("#passage-words")?.focus();
    void this.#search();
  }

  protected override body(): TemplateResult {
    const { t, found } = this;
    return html`
      <form class="filter-row" @submit=${this.#submit}>
        <div class="field grow">
          <label for="passage-words">${t.passages.label}</label>
          <input id="passage-words" type="text" autocomplete="off" maxlength="2000" .value=${this.words} @input=${(event: Event) => (this.words = (event.target as HTMLInputElement).value)} />
        </div>
        ${choiceField("passage-language", t.passages.only, this.only, choicesOf(t.languages, t.common.all), (only) => {
          this.only = only as Language | "";
          void this.#search();
        })}
        <button class="button" ?disabled=${!this.words.trim()}>${t.common.search}</button>
      </form>
      ${failureView(t, this.failure)}
      <p class="muted" role="status">${this.busy ? t.common.loading : found ? (found.length ? `${t.passages.results(found.length)}. ${t.passages.choose}` : t.passages.empty) : ""}</p>
      ${found?.length ? html`<ol class="passages">${found.map((passage, index) => this.#passage(passage, index))}</ol>` : nothing}
      <div class="buttons dialog-foot">
        ${this.attaches ? html`<button type="button" class="button" ?disabled=${!this.chosen.size} @click=${() => this.#choose("desk-attach")}>${t.passages.attach}</button>` : nothing}
        <button type="button" class="button ${this.attaches ? "quiet" : ""}" ?disabled=${!this.chosen.size} @click=${() => this.#choose("desk-sentence")}>${t.passages.asSentence}</button>
        <span class="muted">${t.passages.chosen(this.chosen.size)}</span>
      </div>
    `;
  }

  #passage(passage: Passage, index: number): TemplateResult {
    const { t, desk } = this;
    const first = passage.lines[0];
    const language = first?.language ?? "ko";
    const facts = [first && citationFacts(t, first, desk.language), passage.section.join(" › ")];
    return html`
      <li>
        <fieldset>
          <legend lang=${language}>${passage.title}</legend>
          <p class="muted">${spoken(facts.filter(Boolean).join(" · "), desk.language)}</p>
          ${passage.lines.map((line, place) => {
            const id = `passage-${index}-${place}`;
            return html`
              <div class="line ${place === passage.best ? "best" : ""}">
                <input id=${id} type="checkbox" .checked=${this.chosen.has(placeOf(line))} @change=${(event: Event) => this.#toggle(line, (event.target as HTMLInputElement).checked)} />
                <label for=${id} lang=${line.language}>${line.quote}</label>
              </div>
            `;
          })}
        </fieldset>
      </li>
    `;
  }

  #toggle(line: Citation, chosen: boolean): void {
    const next = new Map(this.chosen);
    if (chosen) next.set(placeOf(line), line);
    else next.delete(placeOf(line));
    this.chosen = next;
  }

  #choose(event: "desk-attach" | "desk-sentence"): void {
    this.dispatchEvent(new CustomEvent(event, { detail: [...this.chosen.values()] }));
    this.close();
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    void this.#search();
  };

  async #search(): Promise<void> {
    const words = this.words.trim();
    if (!words) return;
    const number = ++this.#searches;
    // What is ticked in the old results would be lost when the new ones come.
    this.found = null;
    this.chosen = new Map();
    const found = await this.attempt(() => this.desk.client.passages(words, this.only || null));
    // Another search has begun since.
    if (!found || number !== this.#searches) return;
    this.found = found;
  }
}
