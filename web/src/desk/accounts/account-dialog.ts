import { html, nothing, type TemplateResult } from "lit";
import type { Account, AccountChange, Role } from "../contract";
import { DeskDialog } from "../ui/dialog";
import { failureView } from "../ui/failure-view";
import { textField } from "../ui/fields";

/**
 * Adds an account or changes one.
 *
 * @fires desk-saved - it is saved
 */
export class AccountDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, account: { attribute: false }, name: { state: true }, displayName: { state: true }, chosen: { state: true }, active: { state: true }, password: { state: true } };

  /** The account to change; null adds one. */
  declare account: Account | null;
  private declare name: string;
  private declare displayName: string;
  private declare chosen: Role;
  private declare active: boolean;
  private declare password: string;

  constructor() {
    super();
    this.account = null;
    this.name = "";
    this.displayName = "";
    this.chosen = "officer";
    this.active = true;
    this.password = "";
  }

  protected override get heading(): string {
    return this.account ? this.t.accounts.edit(this.account.name) : this.t.accounts.add;
  }

  protected override firstUpdated(): void {
    const { account } = this;
    if (account) Object.assign(this, { name: account.name, displayName: account.display_name, chosen: account.role, active: account.active });
    super.firstUpdated();
  }

  protected override body(): TemplateResult {
    const { t, account } = this;
    return html`
      <form class="stack" @submit=${this.#submit}>
        ${account
          ? nothing
          : textField({
              id: "account-name", label: t.accounts.name, value: this.name, onInput: (name) => (this.name = name), required: true, hint: t.accounts.nameHint, minLength: 2, maxLength: 64,
              pattern: "[A-Za-z0-9][A-Za-z0-9._@\\-]{1,63}",
            })}
        ${textField({ id: "account-display-name", label: t.accounts.displayName, value: this.displayName, onInput: (name) => (this.displayName = name), required: true, maxLength: 80 })}
        <fieldset>
          <legend>${t.accounts.role}</legend>
          ${(Object.keys(t.roles) as Role[]).map(
            (role) => html`<div class="check-field">
              <input id="role-${role}" type="radio" name="role" .checked=${this.chosen === role} aria-describedby="role-${role}-hint" @change=${() => (this.chosen = role)} />
              <div><label for="role-${role}">${t.roles[role]}</label><p class="hint" id="role-${role}-hint">${t.accounts.roleHints[role]}</p></div>
            </div>`,
          )}
        </fieldset>
        ${account
          ? html`<div class="check-field">
              <input id="account-active" type="checkbox" .checked=${this.active} @change=${(event: Event) => (this.active = (event.target as HTMLInputElement).checked)} />
              <label for="account-active">${t.accounts.active}</label>
            </div>`
          : nothing}
        ${textField({
          id: "account-password", label: account ? t.accounts.newPassword : t.accounts.password, value: this.password, onInput: (password) => (this.password = password), type: "password",
          hint: t.accounts.passwordHint, minLength: 10, maxLength: 200, autocomplete: "new-password",
        })}
        ${this.failure?.status === 409 ? html`<p class="failure" role="alert">${account ? t.accounts.lastAdmin : t.accounts.taken}</p>` : failureView(t, this.failure)}
        <div class="buttons">
          <button class="button" ?disabled=${this.busy}>${t.common.save}</button>
          <button type="button" class="button quiet" @click=${() => this.close()}>${t.common.cancel}</button>
        </div>
      </form>
    `;
  }

  #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { desk, account, chosen: role, active, password } = this;
    const display_name = this.displayName.trim();
    const saved = await this.attempt(() => {
      if (!account) return desk.client.addAccount({ name: this.name.trim(), display_name, role, password: password || null });
      const change: AccountChange = {
        ...(display_name === account.display_name ? {} : { display_name }),
        ...(role === account.role ? {} : { role }),
        ...(active === account.active ? {} : { active }),
        ...(password ? { password } : {}),
      };
      return desk.client.changeAccount(account.account_id, change);
    });
    if (!saved) return;
    this.dispatchEvent(new CustomEvent("desk-saved"));
    desk.say(this.t.accounts.saved);
    this.close();
  };
}
