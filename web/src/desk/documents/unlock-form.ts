import { html, type PropertyValues, type TemplateResult } from "lit";
import type { Job } from "../contract";
import { DeskElement } from "../desk-element";
import { failureView } from "../ui/failure-view";
import { textField } from "../ui/fields";

/** Sends a file again with the password that opens it. */
export type Unlock = (password: string) => Promise<Job>;

let forms = 0;

/**
 * Asks for the password of a locked file. It goes with the file, once, and is kept nowhere.
 *
 * @fires desk-unlocking - `Job` that takes the file in
 */
export class UnlockForm extends DeskElement {
  static override properties = { ...DeskElement.properties, name: {}, unlock: { attribute: false }, password: { state: true } };

  declare name: string;
  declare unlock: Unlock;
  private declare password: string;

  readonly #id = `unlock-${++forms}`;

  constructor() {
    super();
    this.password = "";
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // Another file's password is not this one's.
    if (changed.has("name")) this.password = "";
  }

  protected override render(): TemplateResult {
    const { t } = this;
    return html`
      <form class="unlock" @submit=${this.#submit}>
        ${textField({ id: this.#id, label: t.jobs.password(this.name), value: this.password, onInput: (password) => (this.password = password), type: "password", hint: t.jobs.passwordHint, required: true, maxLength: 200 })}
        <button class="button" ?disabled=${this.busy}>${t.jobs.unlock}</button>
        ${failureView(t, this.failure)}
      </form>
    `;
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const job = await this.attempt(() => this.unlock(this.password));
    if (!job) return;
    this.password = "";
    this.dispatchEvent(new CustomEvent<Job>("desk-unlocking", { detail: job }));
  };
}
