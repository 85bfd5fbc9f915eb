import { html, type TemplateResult } from "lit";
import type { Term, TermEntry } from "../contract";
import { DeskDialog } from "../ui/dialog";
import { failureView } from "../ui/failure-view";
import { choiceField, textField } from "../ui/fields";

const MAX_CHARS = 5000;

/** Forms as a field shows them, one a line, and back. */
export const joined = (forms: readonly string[]): string => forms.join("\n");
export const split = (text: string): string[] => text.split("\n").map((form) => form.trim()).filter(Boolean);

/**
 * Adds or corrects an entry of the termbase.
 *
 * @fires desk-saved - it is saved
 * @fires desk-stale - the termbase changed meanwhile; what is written stays
 */
export class TermDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, term: { attribute: false }, digest: {}, kinds: { attribute: false }, entry: { state: true } };

  /** The entry to correct; null adds one. */
  declare term: Term | null;
  declare digest: string;
  declare kinds: string[];
  private declare entry: Omit<TermEntry, "ko" | "en" | "abbr"> & { ko: string; en: string; abbr: string };

  constructor() {
    super();
    this.term = null;
    this.kinds = [];
    this.entry = { kind: "general", ko: "", en: "", abbr: "", official: false, source: "", note: "" };
  }

  protected override get heading(): string {
    return this.term ? this.t.terms.edit(this.term.ko[0] ?? "") : this.t.terms.add;
  }

  protected override firstUpdated(): void {
    const { term } = this;
    if (term) this.entry = { kind: term.kind, ko: joined(term.ko), en: joined(term.en), abbr: joined(term.abbr), official: term.official, source: term.source, note: term.note };
    super.firstUpdated();
    this.find<HTMLElement>("#term-ko")?.focus();
  }

  protected override body(): TemplateResult {
    const { t, entry } = this;
    const set = (change: Partial<typeof entry>): void => {
      this.entry = { ...this.entry, ...change };
    };
    const forms = (field: "ko" | "en" | "abbr", required: boolean): TemplateResult =>
      textField({
        id: `term-${field}`, label: t.terms[field], value: entry[field], onInput: (value) => set({ [field]: value }), rows: 2, hint: t.terms.forms, required, maxLength: MAX_CHARS,
        ...(field === "abbr" ? {} : { lang: field }),
      });
    return html`
      <form class="stack" @submit=${this.#submit}>
        ${forms("ko", true)} ${forms("en", true)} ${forms("abbr", false)}
        ${choiceField("term-kind", t.terms.kind, entry.kind, [...new Set([entry.kind, ...this.kinds])].map((kind) => ({ value: kind, label: t.terms.kinds[kind] ?? kind })), (kind) => set({ kind }))}
        <div class="check-field">
          <input id="term-official" type="checkbox" .checked=${entry.official} @change=${(event: Event) => set({ official: (event.target as HTMLInputElement).checked })} />
          <label for="term-official">${t.terms.official}</label>
        </div>
        ${textField({ id: "term-source", label: t.terms.source, value: entry.source, onInput: (source) => set({ source }), maxLength: 500 })}
        ${textField({ id: "term-note", label: t.terms.note, value: entry.note, onInput: (note) => set({ note }), maxLength: 500 })}
        ${this.failure?.status === 409 ? html`<p class="failure" role="alert">${t.terms.conflict}</p>` : failureView(t, this.failure)}
        <div class="buttons">
          <button class="button" ?disabled=${this.busy}>${t.common.save}</button>
          <button type="button" class="button quiet" @click=${() => this.close()}>${t.common.cancel}</button>
        </div>
      </form>
    `;
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { desk, term, digest } = this;
    const entry: TermEntry = { ...this.entry, ko: split(this.entry.ko), en: split(this.entry.en), abbr: split(this.entry.abbr) };
    const saved = await this.attempt(() => (term ? desk.client.changeTerm(digest, term.term_id, entry) : desk.client.addTerm(digest, entry)));
    if (this.failure?.status === 409) this.dispatchEvent(new CustomEvent("desk-stale"));
    if (!saved) return;
    this.dispatchEvent(new CustomEvent("desk-saved"));
    this.desk.say(this.t.terms.saved);
    this.close();
  };
}
