import { html, type TemplateResult } from "lit";
import type { Inquiry, Language } from "../contract";
import { today } from "../formats";
import { DeskDialog } from "../ui/dialog";
import { failureView } from "../ui/failure-view";

/**
 * Approves a draft, and says whether it may be used again.
 *
 * @fires desk-inquiry - the inquiry as it is then
 * @fires desk-changed-meanwhile - somebody else was first
 */
export class ApproveDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, inquiry: { attribute: false }, language: {}, reusable: { state: true }, validUntil: { state: true } };

  declare inquiry: Inquiry;
  declare language: Language;
  private declare reusable: boolean;
  private declare validUntil: string;

  constructor() {
    super();
    this.reusable = true;
    this.validUntil = "";
  }

  protected override get heading(): string {
    return this.t.approve.head;
  }

  protected override body(): TemplateResult {
    const { t } = this;
    const blocked = this.inquiry.drafts[this.language]?.claims.some(({ check }) => check === "not") ?? true;
    return html`
      <form class="stack" @submit=${this.#submit}>
        <p>${t.approve.about(t.languages[this.language])}</p>
        <div class="check-field">
          <input id="reusable" type="checkbox" .checked=${this.reusable} @change=${(event: Event) => (this.reusable = (event.target as HTMLInputElement).checked)} />
          <label for="reusable">${t.approve.reusable}</label>
        </div>
        <div class="field">
          <label for="valid-until">${t.approve.validUntil}</label>
          <input id="valid-until" type="date" min=${today()} ?disabled=${!this.reusable} .value=${this.validUntil} @input=${(event: Event) => (this.validUntil = (event.target as HTMLInputElement).value)} />
        </div>
        ${blocked ? html`<p class="failure" role="alert">${t.approve.blocked}</p>` : failureView(t, this.failure)}
        <div class="buttons">
          <button class="button" ?disabled=${this.busy || blocked}>${t.approve.submit}</button>
          <button type="button" class="button quiet" @click=${() => this.close()}>${t.common.cancel}</button>
        </div>
      </form>
    `;
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { desk, inquiry, language, reusable } = this;
    const valid_until = (reusable && this.validUntil) || null;
    const approved = await this.attempt(() => desk.client.approve(inquiry.inquiry_id, { version: inquiry.version, language, reusable, valid_until }));
    if (this.failure?.status === 409) this.dispatchEvent(new CustomEvent("desk-changed-meanwhile"));
    if (approved) {
      this.dispatchEvent(new CustomEvent("desk-inquiry", { detail: approved }));
      desk.say(this.t.approve.done);
    }
    if (approved || this.failure?.status === 409) this.close();
  };
}
