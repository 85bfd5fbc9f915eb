import { html, nothing, type TemplateResult } from "lit";
import type { DeskDocument, DeskRecord, Health, Job } from "../contract";
import { DeskElement } from "../desk-element";
import { DeskFailure } from "../failure";
import type { JobList, Resend } from "../documents/jobs";
import { percent } from "../formats";
import { documentUrl } from "../inquiry/source-pane";
import { failureView } from "../ui/failure-view";
import { icons } from "../ui/icons";

/** One document: its health, what is known of it, the facts read from it, and the document itself. */
export class DocumentScreen extends DeskElement {
  static override properties = {
    ...DeskElement.properties, documentId: {}, item: { state: true }, health: { state: true }, records: { state: true }, preview: { state: true }, removing: { state: true }, sent: { state: true },
  };

  declare documentId: string;
  private declare item: DeskDocument | null;
  private declare health: Health | null;
  private declare records: DeskRecord[];
  /** Address of the view that is shown. */
  private declare preview: string;
  private declare removing: boolean;
  private declare sent: number | null;

  constructor() {
    super();
    this.item = null;
    this.health = null;
    this.records = [];
    this.preview = "";
    this.removing = false;
    this.sent = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { t, desk, item } = this;
    return html`
      <a class="back-link" href="#/documents">${icons.back}${t.common.back}</a>
      <div class="screen-head"><h1 tabindex="-1" lang=${item?.document.language ?? desk.language}>${item?.document.title ?? t.documents.head}</h1></div>
      ${failureView(t, this.failure, () => void this.#load())}
      <desk-jobs .desk=${desk} @desk-finished=${(event: CustomEvent<Job>) => this.#finished(event.detail)}></desk-jobs>
      ${item ? this.#screen(item) : this.failure ? nothing : html`<p class="loading">${t.common.loading}</p>`}
    `;
  }

  #screen(item: DeskDocument): TemplateResult {
    const { t, desk } = this;
    const { document } = item;
    const url = documentUrl(this.preview, desk.language);
    return html`
      <div class="case document-case">
        <div class="case-main">
          <section class="card" aria-labelledby="health-head"><h2 id="health-head">${t.document.health}</h2>${this.health ? this.#findings(this.health) : nothing}</section>
          <section class="card" aria-labelledby="facts-head">
            <h2 id="facts-head">${t.document.facts}</h2>
            <p class="muted">${document.source} · ${t.document.length(document.pages)} · ${t.languages[document.language]}</p>
            ${document.url && /^https?:\/\//i.test(document.url) ? html`<p class="muted">${t.document.publishedAt}: <a href=${document.url} target="_blank" rel="noopener noreferrer">${document.url}</a></p>` : nothing}
            <desk-document-facts .desk=${desk} .item=${item} @desk-document=${(event: CustomEvent<DeskDocument>) => (this.item = event.detail)}></desk-document-facts>
          </section>
          <section class="card" aria-labelledby="records-head">
            <h2 id="records-head">${t.document.records}</h2>
            ${this.records.length
              ? this.records.map((record) => html`<desk-record .desk=${desk} .record=${record} @desk-record=${() => void this.#loadRecords()} @desk-span=${this.#showSpan}></desk-record>`)
              : html`<p class="muted">${t.document.noRecords}</p>`}
          </section>
          ${desk.may("editor") ? this.#actions() : nothing}
        </div>
        <section class="card source" aria-labelledby="preview-head">
          <div class="source-bar"><h2 id="preview-head" tabindex="-1">${t.document.preview}</h2>
            <a href="/documents/${document.document_id}/original" download>${icons.download}${t.document.original}</a></div>
          ${url ? html`<desk-document-frame .url=${url} .label=${t.document.preview}></desk-document-frame>` : nothing}
        </section>
      </div>
      ${this.removing
        ? html`<desk-confirm .desk=${desk} .head=${t.document.removeHead} .text=${t.document.removeWarning(item.approved_answers)} .action=${t.document.remove} .work=${this.#remove}
            @desk-close=${() => (this.removing = false)}></desk-confirm>`
        : nothing}
    `;
  }

  #findings({ status, findings }: Health): TemplateResult {
    const { t, desk } = this;
    return html`
      <p><span class="badge health-${status}">${t.documents.healths[status]}</span></p>
      ${findings.length
        ? html`<ul class="findings">${findings.map(({ text, warning, remedy_text: remedy }) => html`<li class=${warning ? "warning" : ""}><p class="sentence-case">${text[desk.language]}</p>${remedy ? html`<p class="muted">${t.document.remedy}: ${remedy[desk.language]}</p>` : nothing}</li>`)}</ul>`
        : html`<p class="muted">${t.document.healthy}</p>`}
    `;
  }

  #actions(): TemplateResult {
    const { t, sent } = this;
    return html`
      <section class="card stack" aria-labelledby="actions-head">
        <h2 id="actions-head">${t.document.actions}</h2>
        <div class="stack">
          <label class="button quiet" for="replace-file">${icons.upload}${t.document.replace}</label>
          <input id="replace-file" class="unseen" type="file" aria-describedby="replace-hint" ?disabled=${sent !== null} @change=${this.#replace} />
          <p class="hint" id="replace-hint">${t.document.replaceHint}</p>
          ${sent === null ? nothing : html`<progress aria-label=${t.document.replace} max="1" .value=${sent}></progress><p class="muted">${t.upload.sending(percent(sent, this.desk.language))}</p>`}
        </div>
        <div class="buttons">
          <button type="button" class="button quiet" ?disabled=${this.busy} @click=${() => void this.#run(() => this.desk.client.reindex(this.documentId))}>${icons.reload}${t.document.reindex}</button>
          <button type="button" class="button danger-quiet" @click=${() => (this.removing = true)}>${icons.remove}${t.document.remove}</button>
        </div>
      </section>
    `;
  }

  async #load(): Promise<void> {
    const { client } = this.desk;
    const [documents, health, records] = (await this.attempt(() => Promise.all([client.documents(), client.health(this.documentId), client.records(this.documentId)]))) ?? [];
    if (!documents || !health || !records) return;
    this.item = documents.find(({ document }) => document.document_id === this.documentId) ?? null;
    if (!this.item) this.failure = new DeskFailure({ title: "", status: 404, detail: "" });
    this.health = health;
    this.records = records;
    this.preview ||= this.item?.preview_url ?? "";
  }

  async #loadRecords(): Promise<void> {
    const records = await this.attempt(() => this.desk.client.records(this.documentId));
    if (records) this.records = records;
  }

  async #run(work: () => Promise<Job>, resend?: Resend): Promise<void> {
    const job = await this.attempt(work);
    if (job) this.find<JobList>("desk-jobs")?.follow(job, resend);
  }

  #replace = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    this.sent = 0;
    const replace = (password?: string): Promise<Job> => this.desk.client.replace(this.documentId, file, (ratio) => (this.sent = ratio), password);
    await this.#run(replace, () => replace);
    this.sent = null;
    input.value = "";
  };

  #remove = async (): Promise<void> => {
    const job = await this.desk.client.removeDocument(this.documentId);
    this.find<JobList>("desk-jobs")?.follow(job);
  };

  #finished(job: Job): void {
    if (job.kind === "remove" && job.state === "done") this.desk.go({ screen: "documents", id: null });
    else void this.#load();
  }

  #showSpan = ({ detail }: CustomEvent<string>): void => {
    this.preview = detail;
    const head = this.find<HTMLElement>("#preview-head");
    head?.scrollIntoView({ block: "nearest" });
    head?.focus({ preventScroll: true });
  };
}
