import { html, nothing, type TemplateResult } from "lit";
import type { Inquiry } from "../contract";
import { DeskDialog } from "../ui/dialog";
import { failureView } from "../ui/failure-view";
import { textField } from "../ui/fields";

const RECEIVERS = ["officer", "inquirer"] as const;
type Receiver = (typeof RECEIVERS)[number];

/**
 * Gives an inquiry back with a reason.
 *
 * @fires desk-inquiry - the inquiry as it is then
 */
export class ReturnDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, inquiry: { attribute: false }, to: { state: true }, reason: { state: true } };

  declare inquiry: Inquiry;
  private declare to: Receiver;
  private declare reason: string;

  constructor() {
    super();
    this.to = "officer";
    this.reason = "";
  }

  protected override get heading(): string {
    return this.t.giveBack.head;
  }

  protected override body(): TemplateResult {
    const { t } = this;
    const names: Record<Receiver, string> = { officer: t.giveBack.colleague, inquirer: t.giveBack.inquirer };
    return html`
      <form class="stack" @submit=${this.#submit}>
        <fieldset>
          <legend>${t.giveBack.to}</legend>
          ${RECEIVERS.map(
            (receiver) => html`<div class="check-field">
              <input id="to-${receiver}" type="radio" name="to" .checked=${this.to === receiver} @change=${() => (this.to = receiver)} />
              <label for="to-${receiver}">${names[receiver]}</label>
            </div>`,
          )}
        </fieldset>
        ${textField({
          id: "return-reason", label: t.giveBack.reason, value: this.reason, onInput: (value) => (this.reason = value), rows: 4, required: true, maxLength: 2000,
          ...(this.to === "inquirer" ? { hint: t.giveBack.inquirerHint, lang: this.inquiry.language } : {}),
        })}
        ${this.failure?.status === 409 ? html`<p class="failure" role="alert">${t.conflict.repeated}</p>` : this.failure ? failureView(t, this.failure) : nothing}
        <div class="buttons">
          <button class="button" ?disabled=${this.busy || !this.reason.trim()}>${t.giveBack.submit}</button>
          <button type="button" class="button quiet" @click=${() => this.close()}>${t.common.cancel}</button>
        </div>
      </form>
    `;
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { desk, inquiry, to } = this;
    const reason = this.reason.trim();
    if (!reason) return;
    const returned = await this.attempt(() => desk.client.giveBack(inquiry.inquiry_id, inquiry.version, to, reason));
    // The reason stays written; the inquiry is loaded anew beneath it.
    if (this.failure?.status === 409) this.dispatchEvent(new CustomEvent("desk-changed-meanwhile"));
    if (!returned) return;
    this.dispatchEvent(new CustomEvent("desk-inquiry", { detail: returned }));
    desk.say(this.t.giveBack.done);
    this.close();
  };
}
