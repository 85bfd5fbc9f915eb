import { html, type TemplateResult } from "lit";
import { DeskDialog } from "../ui/dialog";
import { failureView } from "../ui/failure-view";
import { textField } from "../ui/fields";

/** A new password for oneself. */
export class PasswordDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, current: { state: true }, next: { state: true } };

  private declare current: string;
  private declare next: string;

  constructor() {
    super();
    this.current = "";
    this.next = "";
  }

  protected override get heading(): string {
    return this.t.passwordForm.head;
  }

  protected override body(): TemplateResult {
    const { passwordForm } = this.t;
    return html`
      <form class="stack" @submit=${this.#submit}>
        ${textField({ id: "current-password", label: passwordForm.current, value: this.current, onInput: (value) => (this.current = value), type: "password", required: true, autocomplete: "current-password" })}
        ${textField({
          id: "new-password", label: passwordForm.next, value: this.next, onInput: (value) => (this.next = value), type: "password", required: true, minLength: 10, maxLength: 200,
          hint: passwordForm.hint, autocomplete: "new-password",
        })}
        ${this.failure?.status === 401 ? html`<p class="failure" role="alert">${passwordForm.wrong}</p>` : failureView(this.t, this.failure)}
        <div class="buttons"><button class="button" ?disabled=${this.busy}>${passwordForm.submit}</button></div>
      </form>
    `;
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const changed = await this.attempt(async () => {
      await this.desk.changePassword(this.current, this.next);
      return true;
    });
    if (!changed) return;
    this.close();
    this.desk.say(this.t.passwordForm.done);
  };
}
