import { html, nothing, type TemplateResult } from "lit";
import { RECORD_FIELDS, type Citation, type DeskRecord, type RecordField } from "../contract";
import { DeskElement } from "../desk-element";
import { languageOf } from "../ui/badges";
import { failureView } from "../ui/failure-view";
import { textField } from "../ui/fields";
import { icons } from "../ui/icons";

const DAYS: readonly RecordField[] = ["start", "end", "deadline"];
const LONG: readonly RecordField[] = ["eligible", "requirements", "how_to_apply"];

/**
 * Corrects a fact that was read from a document, with the words it was read from.
 *
 * @fires desk-span - the passage that proves a field is to be shown
 * @fires desk-record - it was corrected
 */
export class RecordForm extends DeskElement {
  static override properties = { ...DeskElement.properties, record: { attribute: false }, edits: { state: true } };

  declare record: DeskRecord;
  private declare edits: Partial<Record<RecordField, string>>;

  constructor() {
    super();
    this.edits = {};
  }

  protected override render(): TemplateResult {
    const { t, record } = this;
    const readOnly = !this.desk.may("editor");
    return html`
      <details class="record">
        <summary><span class="badge">${t.recordTypes[record.type]}</span> <span lang=${languageOf(record.title)}>${record.title}</span></summary>
        <form @submit=${this.#submit}>
          <ul class="record-fields">${RECORD_FIELDS.map((field) => this.#field(field, readOnly))}</ul>
          ${failureView(t, this.failure)}
          ${readOnly ? nothing : html`<div class="buttons"><button class="button" ?disabled=${this.busy || !Object.keys(this.#changed()).length}>${t.common.save}</button></div>`}
        </form>
      </details>
    `;
  }

  #field(field: RecordField, disabled: boolean): TemplateResult {
    const { t, record } = this;
    const proof = record.citations.find(({ fields }) => fields.includes(field));
    const label = t.document.fields[field];
    return html`
      <li>
        ${textField({
          id: `${record.record_id}-${field}`, label, value: this.edits[field] ?? record[field] ?? "", disabled, maxLength: 1000,
          onInput: (value) => (this.edits = { ...this.edits, [field]: value }),
          ...(DAYS.includes(field) ? { type: "date" as const } : {}),
          ...(LONG.includes(field) ? { rows: 2 } : {}),
        })}
        ${proof
          ? html`<button type="button" class="text-button span-button" @click=${() => this.#show(proof)}>${icons.find}<span class="unseen">${t.document.showSpan(label)}: </span><q lang=${proof.language}>${shortened(proof.quote)}</q></button>`
          : record[field]
            ? html`<p class="hint">${t.document.noSpan}</p>`
            : nothing}
      </li>
    `;
  }

  #changed(): Partial<Record<RecordField, string | null>> {
    const changed: Partial<Record<RecordField, string | null>> = {};
    for (const field of RECORD_FIELDS) {
      const edited = this.edits[field]?.trim();
      if (edited !== undefined && edited !== (this.record[field] ?? "")) changed[field] = edited || null;
    }
    return changed;
  }

  #show(proof: Omit<Citation, "number">): void {
    this.dispatchEvent(new CustomEvent("desk-span", { detail: proof.url }));
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const changed = this.#changed();
    if (!Object.keys(changed).length) return;
    const saved = await this.attempt(() => this.desk.client.correctRecord(this.record.record_id, changed));
    if (!saved) return;
    this.edits = {};
    this.dispatchEvent(new CustomEvent("desk-record"));
    this.desk.say(this.t.document.recordSaved);
  };
}

const MAX_SHOWN = 60;
const shortened = (quote: string): string => {
  const line = quote.replace(/\s+/g, " ").trim();
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
};
