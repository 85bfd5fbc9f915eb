import { html, nothing, type TemplateResult } from "lit";
import { DeskElement } from "../desk-element";
import { DeskDialog } from "../ui/dialog";
import { failureView } from "../ui/failure-view";
import { textField } from "../ui/fields";
import { icons } from "../ui/icons";

/** Name and password, or the organisation's own sign-in. */
export class SignInForm extends DeskElement {
  static override properties = { ...DeskElement.properties, name: { state: true }, password: { state: true } };

  private declare name: string;
  private declare password: string;

  constructor() {
    super();
    this.name = "";
    this.password = "";
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    // Whoever was signed in most likely signs in again.
    if (changed.has("desk") && !this.name) this.name = this.desk.officer?.name ?? "";
  }

  protected override render(): TemplateResult {
    const { signIn } = this.t;
    return html`
      <form class="stack" @submit=${this.#submit}>
        ${textField({ id: "sign-in-name", label: signIn.name, value: this.name, onInput: (value) => (this.name = value), required: true, maxLength: 64, autocomplete: "username" })}
        ${textField({
          id: "sign-in-password", label: signIn.password, value: this.password, onInput: (value) => (this.password = value), type: "password", required: true, maxLength: 200,
          autocomplete: "current-password",
        })}
        ${this.#failureView()}
        <button class="button" ?disabled=${this.busy}>${signIn.submit}</button>
        ${this.desk.session?.oidc ? this.#organisation() : nothing}
      </form>
    `;
  }

  /** Over unsaved work it opens another tab, for leaving this one would lose the work. */
  #organisation(): TemplateResult {
    const { signIn, common } = this.t;
    const address = "/api/desk/oidc/start";
    return this.desk.expired
      ? html`<a class="button quiet" href=${address} target="_blank" rel="noopener">${signIn.oidc}${icons.external}<span class="unseen"> (${common.newWindow})</span></a>`
      : html`<a class="button quiet" href=${address}>${signIn.oidc}</a>`;
  }

  #failureView(): TemplateResult | typeof nothing {
    const { failure, t } = this;
    if (this.desk.refused && !failure) return html`<p class="failure" role="alert">${t.signIn.refused}</p>`;
    if (failure?.status === 401) return html`<p class="failure" role="alert">${t.signIn.wrong}</p>`;
    if (failure?.status === 429) return html`<p class="failure" role="alert">${t.signIn.locked(Math.ceil((failure.retryAfter ?? 60) / 60))}</p>`;
    return failureView(t, failure);
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.name.trim() || !this.password) return;
    await this.attempt(() => this.desk.signIn(this.name.trim(), this.password));
    this.password = "";
  };
}

/** Over whatever an officer was doing when the session ended. */
export class SignInDialog extends DeskDialog {
  protected override readonly modalOnly = true;

  protected override get heading(): string {
    return this.t.signIn.expiredHead;
  }

  protected override body(): TemplateResult {
    return html`<p>${this.t.signIn.expired}</p><desk-sign-in-form .desk=${this.desk}></desk-sign-in-form>`;
  }
}
