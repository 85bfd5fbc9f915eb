import { html, nothing, type TemplateResult } from "lit";
import type { Term, Terms } from "../contract";
import { DeskElement } from "../desk-element";
import { failureView } from "../ui/failure-view";
import { choiceField, settled } from "../ui/fields";
import { icons } from "../ui/icons";
import { pager } from "../ui/pager";
import { spoken } from "../ui/spoken";

const LIMIT = 50;

/** The termbase: search, add, correct, delete, import and export. */
export class TermsScreen extends DeskElement {
  static override properties = {
    ...DeskElement.properties, found: { state: true }, q: { state: true }, kind: { state: true }, offset: { state: true }, editing: { state: true }, deleting: { state: true }, file: { state: true },
  };

  private declare found: Terms | null;
  private declare q: string;
  private declare kind: string;
  private declare offset: number;
  /** The entry that is corrected; "new" for one to add. */
  private declare editing: Term | "new" | null;
  private declare deleting: Term | null;
  /** The file that is to take the termbase's place. */
  private declare file: File | null;

  #search = settled(300, (q: string) => this.#show({ q }));

  constructor() {
    super();
    this.found = null;
    this.q = "";
    this.kind = "";
    this.offset = 0;
    this.editing = null;
    this.deleting = null;
    this.file = null;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { t, desk, found } = this;
    const editor = desk.may("editor");
    return html`
      <div class="screen-head">
        <h1 tabindex="-1">${t.terms.head}</h1>
        <div class="buttons">
          ${editor
            ? html`
                <button type="button" class="button" ?disabled=${!found} @click=${() => (this.editing = "new")}>${icons.add}${t.terms.add}</button>
                <label class="button quiet" for="term-file">${icons.upload}${t.terms.import}</label>
                <input id="term-file" class="unseen" type="file" accept=".csv,text/csv" @change=${this.#choose} />
              `
            : nothing}
          <a class="button quiet" href=${desk.client.termsCsvUrl} download>${icons.download}${t.terms.export}</a>
        </div>
      </div>
      <p class="muted">${t.terms.lead}</p>
      <div class="filters filter-row">
        <div class="field grow">
          <label for="term-search">${t.terms.searchLabel}</label>
          <input id="term-search" type="search" .value=${this.q} @input=${(event: Event) => this.#search((event.target as HTMLInputElement).value)} />
        </div>
        ${choiceField("term-kinds", t.terms.kind, this.kind, [{ value: "", label: t.common.all }, ...(found?.kinds ?? []).map((kind) => ({ value: kind, label: t.terms.kinds[kind] ?? kind }))], (kind) => this.#show({ kind }))}
      </div>
      ${failureView(t, this.failure, () => void this.#load())}
      ${found ? html`<p class="muted" role="status">${t.common.total(found.total)}</p>` : html`<p class="loading">${t.common.loading}</p>`}
      ${found && !found.terms.length ? html`<p class="empty">${t.terms.empty}</p>` : nothing}
      ${found?.terms.length ? this.#table(found.terms, editor) : nothing}
      ${found ? pager(t, this.offset, LIMIT, found.total, (offset) => this.#show({ offset })) : nothing}
      ${found ? this.#dialogs(found) : nothing}
    `;
  }

  #table(terms: Term[], editor: boolean): TemplateResult {
    const { t, desk } = this;
    const heads = [t.terms.ko, t.terms.en, t.terms.abbr, t.terms.kind, t.terms.official, t.terms.source];
    return html`
      <div class="card scroll">
        <table class="stacked">
          <caption class="unseen">${t.terms.list}</caption>
          <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}${editor ? html`<th scope="col">${t.terms.actions}</th>` : nothing}</tr></thead>
          <tbody>
            ${terms.map((term) => {
              const name = term.ko[0] ?? term.en[0] ?? "";
              return html`
                <tr>
                  <th scope="row" lang="ko">${forms(term.ko)}</th>
                  <td data-label=${heads[1]!} lang="en">${forms(term.en)}</td>
                  <td data-label=${heads[2]!}>${term.abbr.join(", ")}</td>
                  <td data-label=${heads[3]!} class="short">${t.terms.kinds[term.kind] ?? term.kind}</td>
                  <td data-label=${heads[4]!} class="short">${term.official ? t.terms.official : t.terms.unofficial}</td>
                  <td data-label=${heads[5]!} class="muted"><div>${spoken([term.source, term.note].filter(Boolean).join(" · "), desk.language)}</div></td>
                  ${editor
                    ? html`<td class="row-buttons">
                        <button type="button" class="icon-button" aria-label=${t.terms.editButton(name)} title=${t.common.change} @click=${() => (this.editing = term)}>${icons.note}</button>
                        <button type="button" class="icon-button" aria-label=${t.terms.deleteButton(name)} title=${t.common.remove} @click=${() => (this.deleting = term)}>${icons.remove}</button>
                      </td>`
                    : nothing}
                </tr>
              `;
            })}
          </tbody>
        </table>
      </div>
    `;
  }

  #dialogs(found: Terms): TemplateResult {
    const { t, desk, editing, deleting, file } = this;
    return html`
      ${editing
        ? html`<desk-term .desk=${desk} .term=${editing === "new" ? null : editing} .digest=${found.digest} .kinds=${found.kinds}
            @desk-close=${() => (this.editing = null)} @desk-saved=${() => void this.#load()} @desk-stale=${() => void this.#load()}></desk-term>`
        : nothing}
      ${deleting
        ? html`<desk-confirm .desk=${desk} .head=${t.terms.deleteHead(deleting.ko[0] ?? "")} .text=${t.terms.deleteWarning} .action=${t.common.remove} .work=${() => this.#delete(deleting)}
            @desk-close=${() => (this.deleting = null)}></desk-confirm>`
        : nothing}
      ${file
        ? html`<desk-confirm .desk=${desk} .head=${t.terms.importHead} .text=${t.terms.importWarning(file.name)} .action=${t.terms.importConfirm} .work=${() => this.#import(file)}
            @desk-close=${() => (this.file = null)}></desk-confirm>`
        : nothing}
    `;
  }

  #choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.file = input.files?.[0] ?? null;
    input.value = "";
  };

  async #delete(term: Term): Promise<void> {
    await this.desk.client.deleteTerm(this.found?.digest ?? "", term);
    this.desk.say(this.t.terms.deleted);
    await this.#load();
  }

  async #import(file: File): Promise<void> {
    const { entries } = await this.desk.client.importTerms(file);
    this.desk.say(this.t.terms.imported(entries));
    await this.#load();
  }

  #show(change: { q?: string; kind?: string; offset?: number }): void {
    Object.assign(this, { offset: 0 }, change);
    void this.#load();
  }

  async #load(): Promise<void> {
    const { q, kind, offset } = this;
    const found = await this.attempt(() => this.desk.client.terms({ q, kind, offset, limit: LIMIT }));
    if (found && q === this.q && kind === this.kind && offset === this.offset) this.found = found;
  }
}

/** The preferred form, and the others beneath. */
function forms([first = "", ...others]: string[]): TemplateResult {
  return html`<div>${first}${others.length ? html`<p class="muted">${others.join(", ")}</p>` : nothing}</div>`;
}
