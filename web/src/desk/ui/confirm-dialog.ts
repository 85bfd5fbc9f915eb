import { html, type TemplateResult } from "lit";
import { DeskDialog } from "./dialog";
import { failureView } from "./failure-view";

/** Asks before something that cannot be taken back. */
export class ConfirmDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, head: {}, text: {}, action: {}, work: { attribute: false } };

  declare head: string;
  declare text: string;
  /** Name of the button that does it. */
  declare action: string;
  /** Does it; the dialog stays and says why if it fails. */
  declare work: () => Promise<unknown>;

  protected override get heading(): string {
    return this.head;
  }

  protected override body(): TemplateResult {
    return html`
      <p>${this.text}</p>
      ${failureView(this.t, this.failure)}
      <div class="buttons">
        <button type="button" class="button danger" ?disabled=${this.busy} @click=${this.#confirm}>${this.action}</button>
        <button type="button" class="button quiet" @click=${() => this.close()}>${this.t.common.cancel}</button>
      </div>
    `;
  }

  #confirm = async (): Promise<void> => {
    const done = await this.attempt(async () => {
      await this.work();
      return true;
    });
    if (done) this.close();
  };
}
