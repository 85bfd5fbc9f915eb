import { html, nothing, type TemplateResult } from "lit";
import type { Account } from "../contract";
import { DeskElement } from "../desk-element";
import { dateTime } from "../formats";
import { failureView } from "../ui/failure-view";
import { icons } from "../ui/icons";

/** Who may work at the desk. */
export class AccountsScreen extends DeskElement {
  static override properties = { ...DeskElement.properties, accounts: { state: true }, editing: { state: true } };

  private declare accounts: Account[] | null;
  private declare editing: Account | "new" | null;

  constructor() {
    super();
    this.accounts = null;
    this.editing = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { t, desk, accounts, editing } = this;
    return html`
      <div class="screen-head">
        <h1 tabindex="-1">${t.accounts.head}</h1>
        <button type="button" class="button" @click=${() => (this.editing = "new")}>${icons.add}${t.accounts.add}</button>
      </div>
      ${failureView(t, this.failure, () => void this.#load())}
      ${accounts ? this.#table(accounts) : html`<p class="loading">${t.common.loading}</p>`}
      ${editing
        ? html`<desk-account .desk=${desk} .account=${editing === "new" ? null : editing} @desk-close=${() => (this.editing = null)} @desk-saved=${() => void this.#load()}></desk-account>`
        : nothing}
    `;
  }

  #table(accounts: Account[]): TemplateResult {
    const { t, desk } = this;
    const heads = [t.accounts.name, t.accounts.displayName, t.accounts.role, t.accounts.state, t.accounts.lastSignIn];
    return html`
      <div class="card scroll">
        <table class="stacked">
          <caption class="unseen">${t.accounts.list}</caption>
          <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}<th scope="col">${t.common.change}</th></tr></thead>
          <tbody>
            ${accounts.map(
              (account) => html`
                <tr>
                  <th scope="row">${account.name}${account.account_id === desk.officer?.account_id ? ` (${t.accounts.self})` : ""}</th>
                  <td data-label=${heads[1]!} translate="no">${account.display_name}</td>
                  <td data-label=${heads[2]!}>${t.roles[account.role]}</td>
                  <td data-label=${heads[3]!}><span class="badge ${account.active ? "state-current" : "state-expired"}">${account.active ? t.accounts.active : t.accounts.inactive}</span>
                    ${account.locked_until ? html`<p class="muted">${t.accounts.locked(dateTime(account.locked_until, desk.language))}</p>` : nothing}</td>
                  <td data-label=${heads[4]!}>${account.last_sign_in ? dateTime(account.last_sign_in, desk.language) : t.accounts.never}</td>
                  <td><button type="button" class="text-button" aria-label=${t.accounts.edit(account.name)} @click=${() => (this.editing = account)}>${t.common.change}</button></td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  async #load(): Promise<void> {
    const accounts = await this.attempt(() => this.desk.client.accounts());
    if (accounts) this.accounts = accounts;
  }
}
