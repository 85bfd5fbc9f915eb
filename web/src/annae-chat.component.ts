import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Announcer, type SpeakingHost } from "./announcer";
import type { Claim, Language } from "./contract";
import { AnnaeChatProperties } from "./annae-chat.properties";
import { Conversation, type ConversationListener } from "./conversation";
import { EligibilityDialogue } from "./eligibility";
import { HandOver } from "./handover";
import { HANDED_ON_MS, Overlays } from "./overlays";
import { Starters } from "./starters";
import { Responses } from "./responses";
import { composer } from "./views/composer";
import { exchangeView } from "./views/exchange";
import { clearQuestion, header, menuOf, welcome } from "./views/frame";
import { icons } from "./views/icons";
import { sourceView } from "./views/source";
import { taskView, titleOf } from "./views/task";
import { partsOf } from "./views/text";
import { languageOf, type Actions, type View } from "./views/view";
import { catalogues, chooseLanguage, type Catalogue } from "./i18n";
import type { Exchange } from "./memory";
import { styles } from "./styles";

/** Where a panel covers the page, the page behind it must not take the focus. Same condition as in styles/panel.ts. */
const COVERS = "(max-width: 40em), (max-height: 34em)";

/**
 * Asks a support center's documents, and shows each sentence of the answer with its source.
 *
 * Documented in docs/widget.md.
 *
 * @attr base - address of the service; the page's own origin if left out
 * @attr language - `ko`, `en` or `auto` (the page's language, else the browser's)
 * @attr mode - `floating` (a launcher in the corner; default) or `inline` (fills the element's box)
 * @attr position - `right` (default) or `left`: the corner of the launcher
 * @attr theme - `auto` (default), `light` or `dark`
 * @attr contact-url - where a reader finds a person, offered where the documents are silent
 * @attr timeout - longest silence of the service in seconds; 25 if left out
 * @attr max-chars - longest question; 2000 if left out
 *
 * @fires annae-open, annae-close - the panel opened or closed
 * @fires annae-question - `{ question }` was asked
 * @fires annae-answer - `{ answerId, status }` has arrived
 * @fires annae-error - `{ kind }`: an answer failed
 * @fires annae-language - `{ language }`: the reader switched
 *
 * @csspart launcher, panel, header, log, question, answer, citation, notices, card, composer, send, source, task
 */
export class AnnaeChat extends AnnaeChatProperties implements ConversationListener, SpeakingHost {
  static override styles = styles;

  #conversation = new Conversation(this, this);
  #responses = new Responses(this, this.#conversation);
  #announcer = new Announcer(() => this.#find<HTMLElement>("#live"));
  #menuEnd: ReturnType<typeof setTimeout> | undefined;
  #overlays = new Overlays(this);
  #eligibility = new EligibilityDialogue(this, this.#conversation);
  #starters = new Starters(this, this.#conversation);
  #handOver = new HandOver(this, this.#conversation);

  // --- For the page ---

  /** Open the panel. */
  async open(): Promise<void> {
    if (this.mode === "inline" || (this.opened && !this.leaving)) return;
    this.opened = true;
    this.leaving = false;
    await this.updateComplete;
    const dialog = this.#dialog;
    if (!dialog?.open) {
      if (matchMedia(COVERS).matches) dialog?.showModal();
      else dialog?.show();
    }
    this.#focusInput();
    this.#showLast();
    setTimeout(() => { this.covered = this.opened && !this.leaving; }, HANDED_ON_MS);
    this.#tell("annae-open", {});
  }

  /** Close the panel; the conversation stays. */
  close(): void {
    if (!this.opened || this.leaving) return;
    this.leaving = true;
    this.covered = false;
    this.menu = false;
    this.#overlays.clear();
    void this.updateComplete.then(() => {
      // Over a page that it covers, the launcher is out of reach until the panel is gone.
      if (this.#dialog?.matches(":modal")) this.#gone();
      else setTimeout(() => this.#gone(), HANDED_ON_MS);
      this.#find<HTMLElement>(".launcher")?.focus();
    });
    this.#tell("annae-close", {});
  }

  #gone(): void {
    if (!this.leaving) return;
    this.leaving = false;
    this.opened = false;
    this.#dialog?.close();
  }

  /** Ask a question as if the reader had written it. */
  async ask(question: string): Promise<void> {
    if (!question.trim() || this.#conversation.pending) return;
    this.#responses.close();
    this.menu = false;
    this.#overlays.clear();
    this.#tell("annae-question", { question: question.trim() });
    const asked = this.#conversation.ask(question);
    await this.updateComplete;
    this.#showLast();
    await asked;
  }

  /** Delete the conversation. */
  clear(): void {
    this.#conversation.clear();
    this.#responses.close();
    this.#overlays.clear();
  }

  // --- Life ---

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("online", this.#onNetwork);
    window.addEventListener("offline", this.#onNetwork);
    document.addEventListener("securitypolicyviolation", this.#onViolation);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("online", this.#onNetwork);
    window.removeEventListener("offline", this.#onNetwork);
    document.removeEventListener("securitypolicyviolation", this.#onViolation);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("base")) {
      const base = new URL(this.base || "/", document.baseURI);
      this.#conversation.connect(base.href.replace(/[?#].*$/, "").replace(/\/*$/, "/"));
    }
    if (changed.has("timeout")) this.#conversation.timeoutMs = this.timeout * 1000;
  }

  // --- What is heard by those who do not see it ---

  /** @internal */
  say(text: string): void {
    this.#announcer.say({ text, language: this.#t.language });
  }

  /** @internal */
  sayMeanwhile(text: string): void {
    this.#announcer.sayMeanwhile({ text, language: this.#t.language });
  }

  onStep(step: string): void {
    const { steps } = this.#t;
    if (step in steps) this.sayMeanwhile(steps[step as keyof typeof steps]);
  }

  onClaim(claim: Claim): void {
    const { from, said, gloss } = partsOf(claim.text);
    this.#announcer.say(...[from, said, gloss].map((text) => ({ text, language: languageOf(text) })));
  }

  onEnd(exchange: Exchange): void {
    const { answer, failure } = exchange;
    if (answer) {
      if (!answer.claims.length) this.#announcer.say({ text: answer.text, language: answer.language });
      this.say(this.#t.arrived(answer.claims.length, answer.citations.length));
      this.#tell("annae-answer", { answerId: answer.answer_id, status: answer.status });
    } else if (failure) {
      this.say(exchange.detail || this.#t.failures[failure]);
      this.#tell("annae-error", { kind: failure });
    }
  }

  // --- Drawing ---

  get #t(): Catalogue {
    const language = this.#conversation.language ?? chooseLanguage(this.language, document.documentElement.lang, navigator.languages);
    return catalogues[language];
  }

  override render(): TemplateResult {
    const t = this.#t;
    const inline = this.mode === "inline";
    return html`
      <div id="live" class="unseen" role="status" aria-live="polite" aria-atomic="false"></div>
      ${inline
        ? html`<section class="panel" part="panel" lang=${t.language} aria-label=${t.tagline} @keydown=${this.#onKey}>${this.#panel(t)}</section>`
        : html`
            <button type="button" class="launcher" part="launcher" lang=${t.language} ?hidden=${this.covered} aria-haspopup="dialog" @click=${() => void this.open()}>
              ${icons.chat}<span>${t.launcher}</span>
            </button>
            <dialog class="panel ${this.leaving ? "leaving" : ""}" part="panel" lang=${t.language} aria-labelledby="name" @cancel=${this.#onCancel} @keydown=${this.#onKey}>
              ${this.opened ? this.#panel(t) : nothing}
            </dialog>
          `}
    `;
  }

  #panel(t: Catalogue): TemplateResult {
    const conversation = this.#conversation;
    const { exchanges } = conversation;
    const { source, task, coversChat, coversTask } = this.#overlays;
    const view: View = {
      t, client: conversation.client, actions: this.#actions, busy: conversation.pending,
      contactUrl: this.contactUrl, maxChars: this.maxChars, officers: this.#handOver.offered, asking: this.#responses.asking, said: this.#responses.said,
    };
    return html`
      <div class="chat" ?inert=${coversChat}>
        ${header(view, {
          canClear: exchanges.length > 0, canClose: this.mode !== "inline", menuOpen: this.menu,
          onMenu: () => this.#toggleMenu(), onLanguage: () => this.#switchLanguage(), onClear: () => this.#askClear(), onClose: () => this.close(),
        })}
        ${this.menu ? menuOf(view) : nothing}
        ${this.clearing ? clearQuestion(view, () => this.#clearNow(), () => this.#endClear()) : nothing}
        <div class="log" part="log" role="region" tabindex="0" aria-label=${t.conversation}>
          ${exchanges.length ? nothing : this.#welcome(view)}
          ${repeat(exchanges, (exchange) => exchange.id, (exchange, index) => exchangeView(view, exchange, index === exchanges.length - 1))}
        </div>
        ${this.online ? nothing : html`<p class="offline" role="alert">${t.offline}</p>`}
        ${composer(view, {
          draft: conversation.draft, maxChars: this.maxChars,
          onDraft: (text) => { conversation.draft = text; this.requestUpdate(); },
          onSend: () => this.#send(), onStop: () => conversation.stop(),
        })}
      </div>
      ${task ? taskView(view, task, this.#eligibility, this.#handOver, { covered: coversTask, leaves: this.#overlays.leaves("task") }) : nothing}
      ${source ? sourceView(view, { ...source, framed: this.framed, leaves: this.#overlays.leaves("source") }, task ? t.back : t.backToAnswer, () => this.#overlays.closeSource()) : nothing}
    `;
  }

  #welcome(view: View): TemplateResult {
    this.#starters.load(view.t.language);
    return welcome(view, this.#starters.in(view.t.language));
  }

  // --- What the reader does ---

  #actions: Actions = {
    ask: (question) => {
      void this.ask(question);
      this.#focusInput();
    },
    retry: (exchange) => {
      this.#focusInput();
      void this.#conversation.retry(exchange);
    },
    edit: (exchange) => {
      this.#conversation.draft = exchange.question;
      this.requestUpdate();
      this.#handOn("textarea#question", () => this.#conversation.remove(exchange));
    },
    openSource: (citation, reader, opener) => this.#overlays.openSource(citation, reader, opener),
    openTask: (task, question = "") => {
      if (task === "inquiry") this.#handOver.begin(question);
      // A task in the place of another is the same dialog to a screen reader, which would not name it.
      if (this.#overlays.task) this.say(titleOf(this.#t, task));
      this.#overlays.openTask(task);
      this.#menuEnd = setTimeout(() => { this.menu = false; }, HANDED_ON_MS);
    },
    closeTask: () => this.#overlays.closeTask(),
    copy: (exchange) => void this.#responses.copy(exchange, this.#t),
    vote: (exchange, vote, reason) => void this.#responses.vote(exchange, vote, reason, this.#t),
    askReason: (exchange) => this.#responses.ask(exchange),
  };

  #send(): void {
    const { draft } = this.#conversation;
    if (!draft.trim() || this.#conversation.pending) {
      this.#focusInput();
      return;
    }
    // What cannot be sent now stays where it was written.
    if (!this.online) {
      this.say(this.#t.offline);
      return;
    }
    this.#conversation.draft = "";
    void this.ask(draft);
  }

  #switchLanguage(): void {
    const language: Language = this.#t.language === "ko" ? "en" : "ko";
    this.#conversation.language = language;
    this.requestUpdate();
    this.say(this.#t.switched);
    this.#tell("annae-language", { language });
  }

  #askClear(): void {
    this.clearing = true;
    void this.updateComplete.then(() => this.#find<HTMLElement>(".confirm .quiet")?.focus());
  }

  #clearNow(): void {
    this.clear();
    this.#handOn("textarea#question", () => { this.clearing = false; });
  }

  #endClear(): void {
    this.#handOn(".clear", () => { this.clearing = false; });
  }

  /** What the menu opens comes next by keyboard, too. */
  #toggleMenu(): void {
    if (this.menu) return this.#endMenu();
    // Whoever opens it again at once keeps it open.
    clearTimeout(this.#menuEnd);
    this.menu = true;
    void this.updateComplete.then(() => this.#find<HTMLElement>(".tasks button")?.focus());
  }

  #endMenu(): void {
    this.#menuEnd = this.#handOn(".more-tasks", () => { this.menu = false; });
  }

  /** Move the focus, and do afterwards what takes away its former place. */
  #handOn(to: string, then: () => void): ReturnType<typeof setTimeout> {
    this.#find<HTMLElement>(to)?.focus();
    return setTimeout(then, HANDED_ON_MS);
  }

  // --- Small things ---

  /** Escape goes one step back: from the source to the answer, from a question to the chat, from the chat to the page. */
  #back(): void {
    if (this.#overlays.back()) return;
    if (this.clearing) this.#endClear();
    else if (this.menu) this.#endMenu();
    else this.close();
  }

  #onCancel = (event: Event): void => {
    event.preventDefault();
    this.#back();
  };

  #onKey = (event: KeyboardEvent): void => {
    // A modal dialog turns Escape into `cancel` by itself; Escape that ends a composition is not ours.
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
    if (this.mode === "inline" && !this.#overlays.isOpen && !this.clearing && !this.menu) return;
    event.preventDefault();
    event.stopPropagation();
    this.#back();
  };

  #onNetwork = (): void => {
    this.online = navigator.onLine !== false;
    if (this.online) void this.#conversation.resume();
  };

  #onViolation = (event: SecurityPolicyViolationEvent): void => {
    if (!/^(frame|child|default)-src/.test(event.effectiveDirective)) return;
    const here = new URL(this.#conversation.client.base).origin;
    if (event.blockedURI.startsWith(here)) this.framed = false;
  };

  get #dialog(): HTMLDialogElement | null {
    return this.#find<HTMLDialogElement>("dialog");
  }

  #find<E extends Element>(selector: string): E | null {
    return this.renderRoot.querySelector<E>(selector);
  }

  #focusInput(): void {
    this.#find<HTMLElement>("textarea#question")?.focus();
  }

  /** Bring the newest question to the top, so that its answer is read from its beginning. */
  #showLast(): void {
    const log = this.#find<HTMLElement>(".log");
    const last = log?.querySelector<HTMLElement>(".exchange:last-of-type");
    if (!log || !last) return;
    // Zoomed in, the log has no scrolling of its own and the whole panel has.
    const scroller = getComputedStyle(log).overflowY === "visible" ? (this.#dialog ?? log) : log;
    scroller.scrollTop += last.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  }

  #tell(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
