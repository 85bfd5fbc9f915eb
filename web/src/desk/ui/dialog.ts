import { html, type PropertyValues, type TemplateResult } from "lit";
import { DeskElement } from "../desk-element";
import { icons } from "./icons";
import { spoken } from "./spoken";

let dialogs = 0;

/**
 * A question over the screen. It opens as it is put into the page and takes the focus; closing gives the focus back.
 *
 * @fires desk-close - it is closed and may be taken out of the page
 */
export abstract class DeskDialog extends DeskElement {
  readonly #id = `dialog-${++dialogs}`;
  protected readonly wide: boolean = false;
  /** Whether only an answer closes it. */
  protected readonly modalOnly: boolean = false;

  protected abstract get heading(): string;
  protected abstract body(): TemplateResult;

  close(): void {
    this.find<HTMLDialogElement>("dialog")?.close();
  }

  protected override firstUpdated(): void {
    this.find<HTMLDialogElement>("dialog")?.showModal();
  }

  /** What went wrong is said below the fields, which may be below the edge of a small screen. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has("failure") && this.failure) this.find<HTMLElement>(".failure")?.scrollIntoView({ block: "nearest" });
  }

  protected override render(): TemplateResult {
    return html`
      <dialog class=${this.wide ? "wide" : ""} aria-labelledby=${this.#id} @close=${this.#onClose} @cancel=${this.#onCancel}>
        <div class="dialog-head">
          <h2 id=${this.#id}>${spoken(this.heading, this.desk.language)}</h2>
          ${this.modalOnly
            ? ""
            : html`<button type="button" class="icon-button" aria-label=${this.t.common.close} title=${this.t.common.close} @click=${() => this.close()}>${icons.close}</button>`}
        </div>
        ${this.body()}
      </dialog>
    `;
  }

  #onCancel = (event: Event): void => {
    if (event.target === event.currentTarget && this.modalOnly) event.preventDefault();
  };

  #onClose = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    this.dispatchEvent(new CustomEvent("desk-close", { bubbles: true }));
  };
}
