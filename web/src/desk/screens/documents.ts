import { html, nothing, type TemplateResult } from "lit";
import type { DeskDocument, DocumentKind, Health, Language } from "../contract";
import { DeskElement } from "../desk-element";
import type { JobList, Resend } from "../documents/jobs";
import type { Sent } from "../documents/upload";
import { day } from "../formats";
import { failureView } from "../ui/failure-view";
import { choiceField, choicesOf } from "../ui/fields";
import { filterFold } from "../ui/filter-fold";
import { icons } from "../ui/icons";

type HealthStatus = Health["status"];

/** All documents with their health, and the way to take more in. */
export class DocumentsScreen extends DeskElement {
  static override properties = {
    ...DeskElement.properties, documents: { state: true }, healths: { state: true }, q: { state: true }, kind: { state: true }, language: { state: true }, health: { state: true }, unfolded: { state: true },
  };

  private declare documents: DeskDocument[] | null;
  private declare healths: Map<string, Health>;
  private declare q: string;
  private declare kind: DocumentKind | "";
  private declare language: Language | "";
  private declare health: HealthStatus | "";
  /** Whether a phone shows the filters. */
  private declare unfolded: boolean;

  constructor() {
    super();
    this.documents = null;
    this.healths = new Map();
    this.q = "";
    this.kind = "";
    this.language = "";
    this.health = "";
    this.unfolded = false;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { t, desk, documents } = this;
    const shown = this.#shown();
    const failed = [...this.healths.values()].filter(({ document_id, status }) => status === "failed" && !documents?.some((each) => each.document.document_id === document_id));
    return html`
      <div class="screen-head">
        <h1 tabindex="-1">${t.documents.head}</h1>
        ${desk.may("admin") ? html`<button type="button" class="button quiet" ?disabled=${this.busy} @click=${() => void this.#rebuild()}>${icons.reload}${t.documents.rebuild}</button>` : nothing}
      </div>
      ${desk.may("editor") ? html`<desk-upload .desk=${desk} @desk-job=${({ detail }: CustomEvent<Sent>) => this.#follow(detail)}></desk-upload>` : nothing}
      <desk-jobs .desk=${desk} @desk-finished=${() => void this.#load()}></desk-jobs>
      <div class="filters filter-row">
        <div class="field grow">
          <label for="document-search">${t.documents.searchLabel}</label>
          <input id="document-search" type="search" .value=${this.q} @input=${(event: Event) => (this.q = (event.target as HTMLInputElement).value)} />
        </div>
        ${filterFold(t, {
          id: "document-filters",
          active: [this.kind, this.language, this.health].filter(Boolean).length,
          unfolded: this.unfolded,
          onToggle: (unfolded) => (this.unfolded = unfolded),
          onClear: () => Object.assign(this, { kind: "", language: "", health: "" }),
          filters: html`
            ${choiceField("document-kind", t.documents.kind, this.kind, choicesOf(t.kinds, t.common.all), (kind) => (this.kind = kind as DocumentKind | ""))}
            ${choiceField("document-language", t.common.language, this.language, choicesOf(t.languages, t.common.all), (language) => (this.language = language as Language | ""))}
            ${choiceField("document-health", t.documents.health, this.health, choicesOf(t.documents.healths, t.common.all), (health) => (this.health = health as HealthStatus | ""))}
          `,
        })}
      </div>
      ${failureView(t, this.failure, () => void this.#load())}
      ${documents ? html`<p class="muted" role="status">${t.documents.shown(shown.length)}</p>` : html`<p class="loading">${t.common.loading}</p>`}
      ${documents && !shown.length ? html`<p class="empty">${documents.length ? t.documents.empty : t.documents.nothing}</p>` : nothing}
      ${shown.length ? this.#table(shown) : nothing}
      ${failed.length
        ? html`<section class="card"><h2>${t.documents.failedFiles}</h2><ul class="plain-list">${failed.map((health) => html`<li><strong>${health.name}</strong>
            <ul>${health.findings.map(({ text, remedy_text: remedy }) => html`<li><p class="sentence-case">${text[desk.language]}</p>${remedy ? html`<p class="muted">${t.document.remedy}: ${remedy[desk.language]}</p>` : nothing}</li>`)}</ul></li>`)}</ul></section>`
        : nothing}
    `;
  }

  #table(documents: DeskDocument[]): TemplateResult {
    const { t, desk } = this;
    const heads = [t.documents.title, t.documents.kind, t.documents.publisher, t.documents.published, t.documents.pages, t.documents.health, t.documents.answers];
    return html`
      <div class="card scroll">
        <table class="stacked">
          <caption class="unseen">${t.documents.list}</caption>
          <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
          <tbody>
            ${documents.map(({ document, corrected, approved_answers: answers }) => {
              const status = this.healths.get(document.document_id)?.status;
              return html`
                <tr>
                  <th scope="row"><div><a href="#/documents/${document.document_id}" lang=${document.language}>${document.title}</a>
                    <p class="muted">${document.source}${corrected.length ? ` · ${t.documents.corrected}` : ""}</p></div></th>
                  <td data-label=${heads[1]!} class="short">${document.kind ? t.kinds[document.kind] : t.documents.unknownKind}</td>
                  <td data-label=${heads[2]!} lang=${document.language}>${document.publisher ?? "–"}</td>
                  <td data-label=${heads[3]!} class="short">${document.published ? day(document.published, desk.language) : t.common.undated}</td>
                  <td data-label=${heads[4]!} class="number">${document.pages}</td>
                  <td data-label=${heads[5]!}>${status ? html`<span class="badge health-${status}">${t.documents.healths[status]}</span>` : "–"}</td>
                  <td data-label=${heads[6]!} class="number">${answers}</td>
                </tr>
              `;
            })}
          </tbody>
        </table>
      </div>
    `;
  }

  #follow({ job, files }: Sent): void {
    const resend: Resend = (name) => {
      const file = files.find((each) => isNamed(name, each));
      return file ? (password) => this.desk.client.upload([file], () => undefined, password) : null;
    };
    this.find<JobList>("desk-jobs")?.follow(job, resend);
  }

  #shown(): DeskDocument[] {
    const words = this.q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return (this.documents ?? []).filter(({ document }) => {
      const text = `${document.title} ${document.source} ${document.publisher ?? ""}`.toLocaleLowerCase();
      return (
        words.every((word) => text.includes(word)) &&
        (!this.kind || document.kind === this.kind) &&
        (!this.language || document.language === this.language) &&
        (!this.health || this.healths.get(document.document_id)?.status === this.health)
      );
    });
  }

  async #load(): Promise<void> {
    const { client } = this.desk;
    const [documents, healths] = (await this.attempt(() => Promise.all([client.documents(), client.healthOfAll()]))) ?? [];
    if (!documents || !healths) return;
    this.documents = documents;
    this.healths = new Map(healths.map((health) => [health.document_id, health]));
  }

  async #rebuild(): Promise<void> {
    const job = await this.attempt(() => this.desk.client.rebuild());
    if (job) this.find<JobList>("desk-jobs")?.follow(job);
  }
}

/** Whether an item of a job is this file or a part of it; the service writes names in composed letters and with single blanks. */
export function isNamed(name: string, file: Pick<File, "name">): boolean {
  const whole = file.name.normalize("NFC").trim().replace(/\s+/g, " ");
  return name === whole || name.startsWith(`${whole}/`);
}
