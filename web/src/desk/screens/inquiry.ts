import { html, nothing, type TemplateResult } from "lit";
import type { Citation, Inquiry, Language, Officer, PresentOfficer, Topic } from "../contract";
import { DeskElement } from "../desk-element";
import { dateTime } from "../formats";
import { DraftEditor } from "../inquiry/draft-editor";
import type { DraftEvents } from "../inquiry/draft";
import { Drafts } from "../inquiry/drafts";
import { inquiryFacts, presentOfficers } from "../inquiry/facts";
import { Presence, type PresenceListener } from "../inquiry/presence";
import type { SourcePane } from "../inquiry/source-pane";
import { failureView } from "../ui/failure-view";
import { icons } from "../ui/icons";

const LANGUAGES: readonly Language[] = ["ko", "en"];
const SHOW_AFTER_MS = 200;

type Open = "approve" | "send" | "return" | "erase" | null;

/** One inquiry: the question, its drafts with their sources, and its way out. */
export class InquiryScreen extends DeskElement implements PresenceListener {
  static override properties = {
    ...DeskElement.properties,
    inquiryId: {}, inquiry: { state: true }, officers: { state: true }, language: { state: true }, beside: { state: true }, cited: { state: true }, open: { state: true },
    conflict: { state: true }, newer: { state: true }, notice: { state: true },
  };

  declare inquiryId: string;
  private declare inquiry: Inquiry | null;
  private declare officers: Officer[];
  /** Of the draft that is worked on. */
  private declare language: Language;
  private declare beside: boolean;
  private declare cited: { citation: Citation | null; citations: Citation[] };
  private declare open: Open;
  /** The language in which another officer saved a draft that is edited here, and what was saved. */
  private declare conflict: { language: Language; theirs: DraftEditor } | null;
  /** Whether a colleague changed the inquiry since it was loaded. */
  private declare newer: boolean;
  private declare notice: string;

  #drafts = new Drafts();
  #presence: Presence | null = null;
  #opener: HTMLElement | null = null;
  #timer = 0;
  #wasEditing = false;

  constructor() {
    super();
    this.inquiry = null;
    this.officers = [];
    this.language = "ko";
    this.beside = false;
    this.cited = { citation: null, citations: [] };
    this.open = null;
    this.conflict = null;
    this.newer = false;
    this.notice = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("beforeunload", this.#onUnload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("beforeunload", this.#onUnload);
    this.#presence?.stop();
    clearTimeout(this.#timer);
  }

  protected override firstUpdated(): void {
    this.desk.mayLeave = () => !this.#drafts.dirty || confirm(this.t.common.leave);
    void this.#start();
  }

  isEditing(): boolean {
    return this.#drafts.dirty;
  }

  onPresence(present: PresentOfficer[], version: number): void {
    if (!this.inquiry) return;
    this.inquiry = { ...this.inquiry, present };
    if (version <= this.inquiry.version) return;
    // Nothing typed is in the way of what a colleague saved.
    if (this.#drafts.dirty) this.newer = true;
    else void this.#reload();
  }

  // --- Drawing ---

  protected override render(): TemplateResult {
    const { t, inquiry, desk } = this;
    return html`
      <a class="back-link" href="#/inquiries">${icons.back}${t.common.back}</a>
      <div class="screen-head">
        <h1 tabindex="-1">${inquiry ? t.inquiry.head(inquiry.reference) : t.queue.head}</h1>
        ${inquiry ? presentOfficers(desk, inquiry) : nothing}
      </div>
      ${failureView(t, this.failure, inquiry ? undefined : () => void this.#start())}
      ${this.notice ? html`<p class="caution" role="alert">${this.notice}</p>` : nothing}
      ${this.newer
        ? html`<div class="caution newer" role="alert"><p>${t.inquiry.newer}</p><button type="button" class="button quiet" @click=${() => void this.#reload()}>${t.inquiry.showNewer}</button></div>`
        : nothing}
      ${inquiry ? this.#case(inquiry) : this.failure ? nothing : html`<p class="loading">${t.common.loading}</p>`}
    `;
  }

  #case(inquiry: Inquiry): TemplateResult {
    const { desk } = this;
    const locked = inquiry.status === "sent";
    return html`
      <div class="case ${this.beside ? "beside" : ""}">
        <div class="case-main">
          ${inquiryFacts(desk, inquiry, this.officers, {
            assign: (assigned_to) => void this.#change({ assigned_to }),
            topic: (topic) => void this.#change({ topic }),
          })}
          ${this.#draftCard(inquiry, locked)}
          <desk-similar .desk=${desk} .inquiryId=${inquiry.inquiry_id} .locked=${locked} @desk-use=${(event: CustomEvent<string>) => void this.#use(event.detail)}></desk-similar>
          ${locked
            ? nothing
            : html`<desk-ask-again .desk=${desk} .inquiry=${inquiry} .waiting=${this.busy}
                @desk-ask=${(event: CustomEvent<{ question: string; language: Language }>) => void this.#ask(event.detail.question, event.detail.language)}></desk-ask-again>`}
          <desk-history .desk=${desk} .inquiryId=${inquiry.inquiry_id} .version=${inquiry.version}></desk-history>
          ${desk.may("admin") ? html`<p><button type="button" class="button danger-quiet" @click=${() => (this.open = "erase")}>${this.t.inquiry.erase}</button></p>` : nothing}
        </div>
        <desk-source .desk=${desk} .citation=${this.cited.citation} .citations=${this.cited.citations}
          @desk-back=${this.#back} @desk-show=${(event: CustomEvent<Citation>) => (this.cited = { ...this.cited, citation: event.detail })}></desk-source>
      </div>
      ${this.#dialogs(inquiry)}
    `;
  }

  #draftCard(inquiry: Inquiry, locked: boolean): TemplateResult {
    const { t, language } = this;
    const shown = this.beside ? LANGUAGES : [language];
    return html`
      <section class="card answer" aria-labelledby="draft-head">
        <div class="answer-head">
          <h2 id="draft-head">${t.draft.head}</h2>
          <div class="tabs" role="group" aria-label=${t.inquiry.draftLanguages}>
            ${LANGUAGES.map(
              (each) => html`<button type="button" aria-pressed=${!this.beside && each === language} @click=${() => this.#turnTo(each)}>${t.languages[each]}${this.#drafts.dirtyIn(each) ? html` <span class="dot" aria-hidden="true">●</span>` : nothing}</button>`,
            )}
            <button type="button" aria-pressed=${this.beside} @click=${() => (this.beside = true)}>${t.inquiry.beside}</button>
          </div>
        </div>
        ${inquiry.approved_by && inquiry.status !== "returned" ? html`<p class="approved">${icons.supported}${t.inquiry.approvedBy(inquiry.approved_by.display_name)} ${inquiry.sent_at ? t.inquiry.sentAt(dateTime(inquiry.sent_at, this.desk.language)) : nothing}</p>` : nothing}
        ${locked ? html`<p class="muted">${t.draft.sentNote}</p>` : nothing}
        <div class="drafts">${shown.map((each) => this.#draft(each, locked))}</div>
        ${this.#bar(inquiry, locked)}
      </section>
    `;
  }

  #draft(language: Language, locked: boolean): TemplateResult {
    const { t } = this;
    const editor = this.#drafts.editor(language);
    if (!editor)
      return html`
        <div class="empty">
          <p>${t.inquiry.noDraft[language]}</p>
          ${locked ? nothing : html`<button type="button" class="button quiet" ?disabled=${this.busy} @click=${() => void this.#ask(null, language)}>${this.busy ? t.common.loading : t.inquiry.makeDraft[language]}</button>`}
        </div>
      `;
    return html`<desk-draft .desk=${this.desk} .editor=${editor} .locked=${locked} @focusin=${() => (this.language = language)} @desk-edit=${this.#onEdit} @desk-cite=${this.#onCite}></desk-draft>`;
  }

  #bar(inquiry: Inquiry, locked: boolean): TemplateResult {
    const { t, language } = this;
    const editor = this.#drafts.editor(language);
    const dirty = this.#drafts.dirtyIn(language);
    const approved = inquiry.approved_language === language && (inquiry.status === "approved" || inquiry.status === "sent");
    const named = (word: string): string => (this.beside ? `${word} (${t.languages[language]})` : word);
    return html`
      <div class="bar">
        ${dirty ? html`<p class="muted">${t.draft.unsaved}</p>` : nothing}
        <div class="buttons">
          ${locked
            ? nothing
            : html`
                <button type="button" class="button ${dirty ? "" : "quiet"}" ?disabled=${!dirty || this.busy} @click=${() => void this.#save(language)}>${named(t.draft.save)}</button>
                ${dirty ? html`<button type="button" class="button quiet" @click=${() => this.#undo(language)}>${t.draft.undo}</button>` : nothing}
                ${approved
                  ? nothing
                  : html`<button type="button" class="button ${dirty ? "quiet" : ""}" ?disabled=${!editor?.sentences.length || this.busy} aria-describedby=${dirty ? "approve-why" : nothing} @click=${this.#approve}>${named(t.inquiry.approve)}</button>`}
              `}
          ${approved ? html`<button type="button" class="button" @click=${() => (this.open = "send")}>${locked ? t.send.export : t.inquiry.send}</button>` : nothing}
          ${editor && !approved ? html`<button type="button" class="button quiet" @click=${() => (this.open = "send")}>${t.send.export}</button>` : nothing}
          <button type="button" class="button quiet" @click=${() => (this.open = "return")}>${t.inquiry.giveBack}</button>
        </div>
        ${dirty ? html`<p class="unseen" id="approve-why">${t.approve.unsaved}</p>` : nothing}
      </div>
    `;
  }

  #dialogs(inquiry: Inquiry): TemplateResult {
    const { desk, t, language, conflict } = this;
    const close = (): void => {
      this.open = null;
      this.#keepFocus();
    };
    const took = (event: CustomEvent<Inquiry>): void => this.#take(event.detail);
    const meanwhile = (): void => void this.#meanwhile();
    return html`
      ${this.open === "approve"
        ? html`<desk-approve .desk=${desk} .inquiry=${inquiry} .language=${language} @desk-close=${close} @desk-inquiry=${took} @desk-changed-meanwhile=${meanwhile}></desk-approve>`
        : nothing}
      ${this.open === "send"
        ? html`<desk-send .desk=${desk} .inquiry=${inquiry} .language=${language} @desk-close=${close} @desk-inquiry=${took} @desk-changed-meanwhile=${meanwhile}></desk-send>`
        : nothing}
      ${this.open === "return"
        ? html`<desk-return .desk=${desk} .inquiry=${inquiry} @desk-close=${close} @desk-inquiry=${took} @desk-changed-meanwhile=${meanwhile}></desk-return>`
        : nothing}
      ${this.open === "erase"
        ? html`<desk-confirm .desk=${desk} .head=${t.inquiry.eraseHead} .text=${t.inquiry.eraseWarning} .action=${t.inquiry.erase} .work=${() => this.#erase(inquiry)} @desk-close=${close}></desk-confirm>`
        : nothing}
      ${conflict && this.#drafts.editor(conflict.language)
        ? html`<desk-conflict .desk=${desk} .language=${conflict.language} .mine=${this.#drafts.editor(conflict.language)} .theirs=${conflict.theirs}
            @desk-close=${() => (this.conflict = null)} @desk-mine=${() => void this.#save(conflict.language)} @desk-theirs=${() => this.#undo(conflict.language)}></desk-conflict>`
        : nothing}
    `;
  }

  // --- Doing ---

  async #start(): Promise<void> {
    const { client } = this.desk;
    const [inquiry, officers] = (await this.attempt(() => Promise.all([client.inquiry(this.inquiryId), client.officers()]))) ?? [];
    if (!inquiry || !officers || !this.isConnected) return;
    this.officers = officers;
    this.language = inquiry.approved_language ?? inquiry.language;
    this.#take(inquiry);
    this.#presence = new Presence(client, this.inquiryId, this);
    this.#presence.start();
  }

  /** Take an inquiry as the server has it; what is typed stays, and a draft that two changed is shown twice. */
  #take(inquiry: Inquiry): void {
    const contested = this.#drafts.take(inquiry.drafts);
    this.inquiry = inquiry;
    this.newer = false;
    const theirs = contested && inquiry.drafts[contested];
    this.conflict = contested && theirs ? { language: contested, theirs: new DraftEditor(theirs) } : null;
    const editor = this.#drafts.editor(this.language);
    this.cited = { citation: this.cited.citation ?? editor?.citations[0] ?? null, citations: editor?.citations ?? [] };
  }

  async #reload(): Promise<void> {
    const inquiry = await this.attempt(() => this.desk.client.inquiry(this.inquiryId));
    if (inquiry) this.#take(inquiry);
  }

  async #meanwhile(): Promise<void> {
    await this.#reload();
    if (!this.conflict) this.notice = this.t.conflict.repeated;
  }

  /** Change the inquiry; somebody else's change in between is loaded, and what was wanted can be repeated. */
  async #make(work: (version: number) => Promise<Inquiry>, said: string): Promise<boolean> {
    if (!this.inquiry) return false;
    const { version } = this.inquiry;
    this.notice = "";
    const changed = await this.attempt(() => work(version));
    if (changed) {
      this.#take(changed);
      this.desk.say(said);
      this.#keepFocus();
      return true;
    }
    if (this.failure?.status === 409) {
      this.failure = null;
      await this.#meanwhile();
    }
    // A choice that was not made goes back to what is.
    this.requestUpdate();
    return false;
  }

  /** To the next thing to do, where the button that had the focus is gone or can be pressed no more. */
  #keepFocus(): void {
    void this.updateComplete.then(() => {
      if (document.activeElement === document.body) this.find<HTMLElement>(".bar button:not([disabled])")?.focus({ preventScroll: true });
    });
  }

  #change(change: { assigned_to?: string | null; topic?: Topic }): Promise<boolean> {
    return this.#make((version) => this.desk.client.change(this.inquiryId, { version, ...change }), this.t.inquiry.changed);
  }

  async #ask(question: string | null, language: Language): Promise<void> {
    if (this.#drafts.dirtyIn(language) && !confirm(this.t.draft.discard)) return;
    const asked = await this.#make(async (version) => {
      const changed = await this.desk.client.ask(this.inquiryId, version, question, language);
      this.#drafts.drop(language);
      return changed;
    }, this.t.ask.done);
    if (asked && !this.beside) this.#turnTo(language);
  }

  async #use(answerId: string): Promise<void> {
    if (this.#drafts.dirty && !confirm(this.t.draft.discard)) return;
    await this.#make(async (version) => {
      const changed = await this.desk.client.useAnswer(this.inquiryId, version, answerId);
      for (const language of LANGUAGES) this.#drafts.drop(language);
      return changed;
    }, this.t.similar.used);
  }

  async #save(language: Language): Promise<void> {
    const editor = this.#drafts.editor(language);
    if (!editor) return;
    this.conflict = null;
    const { claims } = editor;
    await this.#make(async (version) => {
      const saved = await this.desk.client.saveDraft(this.inquiryId, language, version, claims);
      // What was typed while it was saved stays; else the checked draft takes the place of the edited one.
      if (JSON.stringify(editor.claims) === JSON.stringify(claims)) this.#drafts.drop(language);
      else this.#drafts.rebase(language, saved.drafts[language]);
      return saved;
    }, this.t.draft.saved);
  }

  #undo(language: Language): void {
    this.conflict = null;
    this.#drafts.drop(language);
    if (this.inquiry) this.#take(this.inquiry);
  }

  #approve = (): void => {
    if (this.#drafts.dirtyIn(this.language)) this.desk.say(this.t.approve.unsaved);
    else this.open = "approve";
  };

  async #erase(inquiry: Inquiry): Promise<void> {
    await this.desk.client.erase(inquiry.inquiry_id);
    this.#presence?.stop();
    this.#presence = null;
    this.desk.mayLeave = () => true;
    this.desk.say(this.t.inquiry.erased);
    this.desk.go({ screen: "inquiries", id: null });
  }

  #turnTo(language: Language): void {
    this.beside = false;
    this.language = language;
    const editor = this.#drafts.editor(language);
    this.cited = { citation: editor?.citations[0] ?? null, citations: editor?.citations ?? [] };
  }

  #onEdit = (): void => {
    const editor = this.#drafts.editor(this.language);
    this.cited = { ...this.cited, citations: editor?.citations ?? [] };
    // A colleague sees at once that somebody edits.
    if (this.#drafts.dirty && !this.#wasEditing) void this.#presence?.beat();
    this.#wasEditing = this.#drafts.dirty;
    this.requestUpdate();
  };

  #onCite = ({ detail }: CustomEvent<DraftEvents["desk-cite"]>): void => {
    clearTimeout(this.#timer);
    const { citation, citations, opener } = detail;
    const show = (): void => {
      this.cited = { citation: citation ?? this.cited.citation, citations };
      if (!opener) return;
      this.#opener = opener;
      void this.updateComplete.then(() => this.find<SourcePane>("desk-source")?.show());
    };
    // Whoever runs through the draft does not load every document on the way.
    if (opener) show();
    else this.#timer = window.setTimeout(show, SHOW_AFTER_MS);
  };

  #back = (): void => {
    const opener = this.#opener?.isConnected ? this.#opener : this.find<HTMLElement>("textarea.words");
    opener?.focus();
    opener?.scrollIntoView({ block: "center" });
  };

  #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.#drafts.dirty) event.preventDefault();
  };
}
