import { html, nothing, type TemplateResult } from "lit";
import type { AuditEntry, AuditFilter } from "../contract";
import { DeskElement } from "../desk-element";
import { dateTime } from "../formats";
import { actionName, actorName } from "../inquiry/history";
import { failureView } from "../ui/failure-view";
import { choiceField, choicesOf, settled } from "../ui/fields";
import { filterFold } from "../ui/filter-fold";

/** What was done at the desk, latest first. */
export class AuditScreen extends DeskElement {
  static override properties = { ...DeskElement.properties, entries: { state: true }, next: { state: true }, filter: { state: true }, unfolded: { state: true } };

  private declare entries: AuditEntry[] | null;
  private declare next: number | null;
  private declare filter: AuditFilter;
  /** Whether a phone shows the filters. */
  private declare unfolded: boolean;

  /** What was typed and not shown yet; in two fields within a moment, both count. */
  #typed: AuditFilter = {};
  #showTyped = settled(300, () => {
    const typed = this.#typed;
    this.#typed = {};
    this.#show(typed);
  });

  constructor() {
    super();
    this.entries = null;
    this.next = null;
    this.filter = {};
    this.unfolded = false;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { t, filter, entries } = this;
    const text = (field: "actor" | "subject" | "since" | "until", type: "search" | "date"): TemplateResult => html`
      <div class="field">
        <label for="audit-${field}">${t.audit[field]}</label>
        <input id="audit-${field}" type=${type} maxlength="100" .value=${filter[field] ?? ""} @input=${(event: Event) => this.#type(field, (event.target as HTMLInputElement).value.trim())} />
      </div>
    `;
    return html`
      <div class="screen-head"><h1 tabindex="-1">${t.audit.head}</h1></div>
      <div class="filters filter-row">
        ${text("actor", "search")}
        ${filterFold(t, {
          id: "audit-filters",
          active: [filter.action, filter.subject, filter.since, filter.until].filter(Boolean).length,
          unfolded: this.unfolded,
          onToggle: (unfolded) => (this.unfolded = unfolded),
          onClear: () => this.#show({ action: "", subject: "", since: "", until: "" }),
          filters: html`
            ${choiceField("audit-action", t.audit.action, filter.action ?? "", choicesOf(t.audit.actions, t.common.all), (action) => this.#show({ action }))}
            ${text("subject", "search")} ${text("since", "date")} ${text("until", "date")}
          `,
        })}
      </div>
      ${failureView(t, this.failure, () => void this.#load())}
      ${entries ? (entries.length ? this.#table(entries) : html`<p class="empty">${t.audit.empty}</p>`) : html`<p class="loading">${t.common.loading}</p>`}
      ${this.next ? html`<p class="buttons more"><button type="button" class="button quiet" ?disabled=${this.busy} @click=${() => void this.#load(this.next)}>${t.audit.older}</button></p>` : nothing}
    `;
  }

  #table(entries: AuditEntry[]): TemplateResult {
    const { t, desk } = this;
    const heads = [t.audit.at, t.audit.actor, t.audit.action, t.audit.subject, t.audit.details];
    return html`
      <div class="card scroll" tabindex="0" role="group" aria-label=${t.audit.list}>
        <table class="stacked">
          <caption class="unseen">${t.audit.list}</caption>
          <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
          <tbody>
            ${entries.map(
              ({ at, actor, action, subject, details }) => html`
                <tr>
                  <td data-label=${heads[0]!} class="short"><time datetime=${at}>${dateTime(at, desk.language)}</time></td>
                  <td data-label=${heads[1]!}>${actorName(t, actor, action)}</td>
                  <td data-label=${heads[2]!} title=${action}>${actionName(t.audit, action)}</td>
                  <td data-label=${heads[3]!} class="code">${subject}</td>
                  <td data-label=${heads[4]!} class="code">${detailText(details)}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  #type(field: keyof AuditFilter, text: string): void {
    this.#typed = { ...this.#typed, [field]: text };
    this.#showTyped();
  }

  #show(change: AuditFilter): void {
    this.filter = { ...this.filter, ...change };
    void this.#load();
  }

  async #load(before: number | null = null): Promise<void> {
    const { filter } = this;
    const page = await this.attempt(() => this.desk.client.audit({ ...filter, ...(before ? { before } : {}) }));
    if (!page || filter !== this.filter) return;
    this.entries = before ? [...(this.entries ?? []), ...page.entries] : page.entries;
    this.next = page.next_before;
  }
}

/** `language: ko, format: pdf`. */
export const detailText = (details: Record<string, unknown>): string =>
  Object.entries(details)
    .map(([name, value]) => `${name}: ${typeof value === "object" && value !== null ? JSON.stringify(value) : String(value)}`)
    .join(", ");
