import { chooseLanguage } from "../i18n";
import { DeskClient } from "./client";
import type { Language, Officer, Role, Session } from "./contract";
import { DeskFailure } from "./failure";
import { catalogues, type Catalogue } from "./i18n";
import { loadPreferences, savePreferences, type Theme } from "./preferences";
import { hashOf, readRoute, type Route } from "./route";
import type { SessionKeeper } from "./transport";

const ROLES: readonly Role[] = ["officer", "editor", "admin"];

/** What every screen shares: the session, the language and colours, where one is, and a word to say. Fires `change`. */
export class Desk extends EventTarget implements SessionKeeper {
  readonly client: DeskClient;
  session: Session | null = null;
  /** Whether the session ended while somebody worked; what they typed is still on the screen. */
  expired = false;
  route: Route = readRoute(location.hash);
  language: Language;
  theme: Theme;
  /** The latest word on what was done, shown and read out. */
  said = "";
  /** The organisation's sign-in has just sent the officer back without an account. */
  refused = new URLSearchParams(location.search).get("sign_in") === "refused";
  /** Asked before the screen is left; false keeps it. */
  mayLeave: () => boolean = () => true;

  #waiting: { resolve: () => void; reject: (reason: unknown) => void }[] = [];
  #timer = 0;

  constructor(client = new DeskClient()) {
    super();
    this.client = client;
    client.transport.keeper = this;
    const { language, theme } = loadPreferences();
    this.language = language ?? chooseLanguage(null, document.documentElement.lang, navigator.languages);
    this.theme = theme;
    window.addEventListener("hashchange", this.#onHash);
    window.addEventListener("focus", this.#onFocus);
    // Said once: a reload begins anew.
    if (this.refused) history.replaceState(null, "", `${location.pathname}${location.hash}`);
    this.#dress();
  }

  get t(): Catalogue {
    return catalogues[this.language];
  }

  get officer(): Officer | null {
    return this.session?.officer ?? null;
  }

  get csrfToken(): string | null {
    return this.session?.csrf_token ?? null;
  }

  may(role: Role): boolean {
    return this.officer !== null && ROLES.indexOf(this.officer.role) >= ROLES.indexOf(role);
  }

  async start(): Promise<void> {
    this.session = await this.client.session();
    this.changed();
  }

  /** @throws DeskFailure */
  async signIn(name: string, password: string): Promise<void> {
    this.#arrive(await this.client.signIn(name, password));
  }

  #arrive(session: Session): void {
    const before = this.officer;
    this.session = session;
    this.refused = false;
    this.expired = false;
    const waiting = this.#waiting.splice(0);
    const same = before?.account_id === session.officer?.account_id;
    for (const { resolve, reject } of waiting) same ? resolve() : reject(new DeskFailure({ title: "another account", status: 401, detail: "" }));
    if (!same && waiting.length) this.say(this.t.signIn.another);
    this.changed();
  }

  async signOut(): Promise<void> {
    try {
      await this.client.signOut();
    } catch (failure) {
      // Already over is as good as signed out.
      if (!(failure instanceof DeskFailure) || failure.status !== 401) throw failure;
    }
    this.session = await this.client.session();
    this.mayLeave = () => true;
    this.go({ screen: "inquiries", id: null });
    this.changed();
  }

  /** @throws DeskFailure */
  async changePassword(current: string, next: string): Promise<void> {
    this.session = await this.client.changePassword(current, next);
    this.changed();
  }

  signInAgain(): Promise<void> {
    this.expired = true;
    this.changed();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  setLanguage(language: Language): void {
    this.language = language;
    this.#keep();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.#keep();
  }

  /** Go to a screen, unless the one that is open wants to be kept. */
  go(route: Route): void {
    location.hash = hashOf(route);
  }

  say(text: string): void {
    this.said = text;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.said = "";
      this.changed();
    }, 8000);
    this.changed();
  }

  changed(): void {
    this.dispatchEvent(new Event("change"));
  }

  /** Who signed in with the organisation's account did it in another tab: back here, everything goes on. */
  #onFocus = async (): Promise<void> => {
    if (!this.expired) return;
    const session = await this.client.session().catch(() => null);
    if (this.expired && session?.officer) this.#arrive(session);
  };

  #onHash = (): void => {
    const next = readRoute(location.hash);
    if (hashOf(next) === hashOf(this.route)) return;
    if (!this.mayLeave()) {
      history.replaceState(null, "", hashOf(this.route));
      return;
    }
    this.mayLeave = () => true;
    this.route = next;
    this.changed();
  };

  #keep(): void {
    savePreferences({ language: this.language, theme: this.theme });
    this.#dress();
    this.changed();
  }

  #dress(): void {
    document.documentElement.lang = this.language;
    document.documentElement.dataset["theme"] = this.theme;
    document.title = this.t.frame.pageTitle;
  }
}
