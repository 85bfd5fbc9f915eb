import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { Desk } from "./desk";
import { DeskElement } from "./desk-element";
import { THEMES, type Theme } from "./preferences";
import { hashOf, SCREENS, type Screen } from "./route";
import { failureView } from "./ui/failure-view";

const FOR_ADMINS: readonly Screen[] = ["accounts", "audit"];

/** The officers' desk: sign-in, the bar above every screen, and the screen that the address names. */
export class AnnaeDesk extends DeskElement {
  static override properties = { ...DeskElement.properties, changingPassword: { state: true } };

  private declare changingPassword: boolean;

  #shown = "";

  constructor() {
    super();
    this.desk = new Desk();
    this.changingPassword = false;
  }

  override connectedCallback(): void {
    // What stands in the page for those without scripts.
    this.replaceChildren();
    super.connectedCallback();
    void this.#start();
  }

  protected override updated(): void {
    const shown = this.desk.officer ? hashOf(this.desk.route) : "";
    const before = this.#shown;
    this.#shown = shown;
    // A new screen is read out from its heading.
    if (before && shown && before !== shown) {
      window.scrollTo(0, 0);
      queueMicrotask(() => this.find<HTMLElement>("h1")?.focus());
    }
  }

  protected override render(): TemplateResult {
    const { desk, t } = this;
    return html`
      <a class="skip" href="#content" @click=${this.#skip}>${t.frame.skip}</a>
      <header class="top">
        <div class="brand">${t.frame.brand} <span>${t.frame.desk}</span></div>
        ${desk.officer ? this.#menu() : nothing}
        <div class="tools">
          <label class="unseen" for="theme">${t.frame.theme}</label>
          <select id="theme" class="small" @change=${(event: Event) => desk.setTheme((event.target as HTMLSelectElement).value as Theme)}>
            ${THEMES.map((theme) => html`<option value=${theme} ?selected=${theme === desk.theme}>${t.frame.themes[theme]}</option>`)}
          </select>
          <button type="button" class="text-button" lang=${desk.language === "ko" ? "en" : "ko"}
            @click=${() => desk.setLanguage(desk.language === "ko" ? "en" : "ko")}>${t.frame.otherLanguage}</button>
          ${desk.officer ? this.#account(desk.officer.display_name) : nothing}
        </div>
      </header>
      <main id="content" tabindex="-1">${this.#main()}</main>
      <div id="said" role="status" class=${desk.said ? "said" : "unseen"}>${desk.said}</div>
      ${desk.expired && desk.officer ? html`<desk-sign-in-dialog .desk=${desk}></desk-sign-in-dialog>` : nothing}
      ${this.changingPassword ? html`<desk-password-dialog .desk=${desk} @desk-close=${() => (this.changingPassword = false)}></desk-password-dialog>` : nothing}
    `;
  }

  #menu(): TemplateResult {
    const { desk, t } = this;
    const screens = SCREENS.filter((screen) => desk.may("admin") || !FOR_ADMINS.includes(screen));
    return html`
      <nav class="menu" aria-label=${t.frame.menu}>
        ${screens.map(
          (screen) => html`<a href=${hashOf({ screen, id: null })} aria-current=${screen === desk.route.screen ? "page" : nothing}>${t.frame.screens[screen]}</a>`,
        )}
      </nav>
    `;
  }

  #account(name: string): TemplateResult {
    const { desk, t } = this;
    const act = (work: () => void) => (event: Event): void => {
      (event.currentTarget as HTMLElement).closest("details")?.removeAttribute("open");
      work();
    };
    return html`
      <details class="account" @keydown=${closeOnEscape} @focusout=${closeOnLeaving}>
        <summary aria-label=${t.frame.account(name)}>${name}</summary>
        <div class="account-menu">
          <p class="muted">${desk.officer ? t.roles[desk.officer.role] : ""}</p>
          <button type="button" class="text-button" @click=${act(() => (this.changingPassword = true))}>${t.frame.password}</button>
          <button type="button" class="text-button" @click=${act(() => void this.#signOut())}>${t.frame.signOut}</button>
        </div>
      </details>
    `;
  }

  #main(): TemplateResult {
    const { desk, t } = this;
    if (!desk.session) return this.failure ? html`${failureView(t, this.failure, () => void this.#start())}` : html`<p class="loading">${t.common.loading}</p>`;
    if (!desk.officer)
      return html`
        <section class="sign-in card">
          <h1 tabindex="-1">${t.signIn.head}</h1>
          <p class="muted">${t.signIn.lead}</p>
          <desk-sign-in-form .desk=${desk}></desk-sign-in-form>
          <p><a href="/?lang=${desk.language}">${t.signIn.ask}</a></p>
        </section>
      `;
    // Another officer begins with screens of their own.
    return html`${keyed(`${desk.officer.account_id} ${hashOf(desk.route)}`, this.#screen())}`;
  }

  #screen(): TemplateResult {
    const { desk } = this;
    const { screen, id } = desk.route;
    if (FOR_ADMINS.includes(screen) && !desk.may("admin")) return html`<desk-queue .desk=${desk}></desk-queue>`;
    switch (screen) {
      case "inquiries":
        return id ? html`<desk-inquiry .desk=${desk} .inquiryId=${id}></desk-inquiry>` : html`<desk-queue .desk=${desk}></desk-queue>`;
      case "answers":
        return html`<desk-answers .desk=${desk}></desk-answers>`;
      case "documents":
        return id ? html`<desk-document .desk=${desk} .documentId=${id}></desk-document>` : html`<desk-documents .desk=${desk}></desk-documents>`;
      case "terms":
        return html`<desk-terms .desk=${desk}></desk-terms>`;
      case "insight":
        return html`<desk-insight .desk=${desk}></desk-insight>`;
      case "accounts":
        return html`<desk-accounts .desk=${desk}></desk-accounts>`;
      case "audit":
        return html`<desk-audit .desk=${desk}></desk-audit>`;
    }
  }

  #start = (): Promise<unknown> => this.attempt(() => this.desk.start());

  async #signOut(): Promise<void> {
    if (!this.desk.mayLeave()) return;
    await this.attempt(() => this.desk.signOut());
    if (!this.failure) this.desk.say(this.t.signIn.signedOut);
  }

  #skip = (event: Event): void => {
    // The part behind # names the screen.
    event.preventDefault();
    this.find<HTMLElement>("main")?.focus();
  };
}

function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  const details = event.currentTarget as HTMLDetailsElement;
  details.open = false;
  details.querySelector("summary")?.focus();
}

function closeOnLeaving(event: FocusEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.relatedTarget && !details.contains(event.relatedTarget as Node)) details.open = false;
}
