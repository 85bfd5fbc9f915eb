import { html, nothing, type TemplateResult } from "lit";
import type { DeskDocument, DocumentCorrection, DocumentKind } from "../contract";
import { DeskElement } from "../desk-element";
import { failureView } from "../ui/failure-view";
import { choiceField, choicesOf, textField } from "../ui/fields";

const FIELDS = ["title", "publisher", "published", "kind"] as const;
type Field = (typeof FIELDS)[number];

/**
 * Corrects what is known of a document.
 *
 * @fires desk-document - `DeskDocument` as it is then
 */
export class DocumentFactsForm extends DeskElement {
  static override properties = { ...DeskElement.properties, item: { attribute: false }, edits: { state: true } };

  declare item: DeskDocument;
  private declare edits: Partial<Record<Field, string>>;

  constructor() {
    super();
    this.edits = {};
  }

  protected override render(): TemplateResult {
    const { t, item } = this;
    const { document, corrected } = item;
    const readOnly = !this.desk.may("editor");
    const value = (field: Field): string => this.edits[field] ?? document[field] ?? "";
    const set = (field: Field) => (text: string): void => {
      this.edits = { ...this.edits, [field]: text };
    };
    const takeBack = (field: Field): TemplateResult | typeof nothing =>
      corrected.includes(field) && !readOnly
        ? html`<button type="button" class="text-button" aria-label="${t.document[field]}: ${t.document.takeBack}" @click=${() => void this.#save({ [field]: null })}>${t.document.takeBack}</button>`
        : nothing;
    return html`
      <form class="stack" @submit=${this.#submit}>
        ${textField({ id: "document-title", label: t.document.title, value: value("title"), onInput: set("title"), maxLength: 500, lang: document.language, required: true, disabled: readOnly })}
        ${takeBack("title")}
        ${textField({ id: "document-publisher", label: t.document.publisher, value: value("publisher"), onInput: set("publisher"), maxLength: 200, lang: document.language, disabled: readOnly })}
        ${takeBack("publisher")}
        ${textField({
          id: "document-published", label: t.document.published, value: value("published"), onInput: set("published"), maxLength: 20, hint: t.document.publishedHint, disabled: readOnly,
        })}
        ${takeBack("published")}
        ${choiceField("document-kind-edit", t.document.kind, value("kind"), choicesOf(t.kinds, t.document.unknown), set("kind"), readOnly)}
        ${takeBack("kind")}
        ${failureView(t, this.failure)}
        ${readOnly ? nothing : html`<div class="buttons"><button class="button" ?disabled=${this.busy || !Object.keys(this.#correction()).length}>${t.common.save}</button></div>`}
      </form>
    `;
  }

  /** What differs from what is known; an emptied field takes its correction back. */
  #correction(): DocumentCorrection {
    const correction: DocumentCorrection = {};
    for (const field of FIELDS) {
      const edited = this.edits[field]?.trim();
      if (edited === undefined || edited === (this.item.document[field] ?? "")) continue;
      if (field === "kind") correction.kind = (edited || null) as DocumentKind | null;
      else correction[field] = edited || null;
    }
    return correction;
  }

  #submit = (event: Event): void => {
    event.preventDefault();
    const correction = this.#correction();
    if (Object.keys(correction).length) void this.#save(correction);
  };

  async #save(correction: DocumentCorrection): Promise<void> {
    const saved = await this.attempt(() => this.desk.client.correctDocument(this.item.document.document_id, correction));
    if (!saved) return;
    this.edits = {};
    this.dispatchEvent(new CustomEvent("desk-document", { detail: saved }));
    this.desk.say(this.t.document.saved);
  }
}
