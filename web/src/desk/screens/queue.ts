import { html, nothing, type TemplateResult } from "lit";
import type { InquiryStatus, InquirySummary, Language, Queue, QueueFilter, QueueSort, Topic } from "../contract";
import { DeskElement } from "../desk-element";
import { ago, dateTime } from "../formats";
import { languageBadge, languageOf, statusBadge } from "../ui/badges";
import { failureView } from "../ui/failure-view";
import { choiceField, choicesOf, settled } from "../ui/fields";
import { filterFold } from "../ui/filter-fold";
import { icons } from "../ui/icons";
import { pager } from "../ui/pager";

const LIMIT = 30;
const DAY_HOURS = 24;
const AGES = {
  any: {},
  day: { max_age_hours: DAY_HOURS },
  week: { max_age_hours: 7 * DAY_HOURS },
  older: { min_age_hours: 7 * DAY_HOURS },
} as const satisfies Record<string, QueueFilter>;
type Age = keyof typeof AGES;

/** What the queue is filtered by; kept while the page is open, so that one comes back to the same list. */
export interface QueueView {
  status: InquiryStatus | "";
  language: Language | "";
  topic: Topic | "";
  assigned: string;
  age: Age;
  q: string;
  sort: QueueSort;
  offset: number;
}

export const everything = (): QueueView => ({ status: "", language: "", topic: "", assigned: "", age: "any", q: "", sort: "oldest", offset: 0 });

let remembered = everything();

/** How many filters are set, besides words that are searched for. */
export const activeFilters = ({ status, language, topic, assigned, age }: QueueView): number => [status, language, topic, assigned, age !== "any"].filter(Boolean).length;

export const filterOf = ({ age, ...rest }: QueueView): QueueFilter => ({ ...rest, ...AGES[age], limit: LIMIT });

/** The queue of inquiries with filters, search and counts. */
export class QueueScreen extends DeskElement {
  static override properties = { ...DeskElement.properties, queue: { state: true }, view: { state: true }, unfolded: { state: true } };

  private declare queue: Queue | null;
  private declare view: QueueView;
  /** Whether a phone shows the filters. */
  private declare unfolded: boolean;

  #asked = 0;
  #search = settled(300, (q: string) => this.#show({ q }));

  constructor() {
    super();
    this.queue = null;
    this.view = remembered;
    this.unfolded = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#onVisible);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#onVisible);
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { t, queue, view } = this;
    return html`
      <div class="screen-head">
        <h1 tabindex="-1">${t.queue.head}</h1>
        <button type="button" class="button quiet" @click=${() => void this.#load()}>${icons.reload}${t.common.reload}</button>
      </div>
      ${this.#filters()}
      ${failureView(t, this.failure, () => void this.#load())}
      ${queue ? html`<p class="muted" role="status">${this.failure ? "" : t.queue.shown(queue.total)}</p>` : this.failure ? nothing : html`<p class="loading">${t.common.loading}</p>`}
      ${queue?.inquiries.length ? html`<ul class="queue" aria-busy=${this.busy}>${queue.inquiries.map((inquiry) => this.#row(inquiry))}</ul>` : nothing}
      ${queue && !queue.inquiries.length && !this.failure ? this.#empty() : nothing}
      ${queue ? pager(t, view.offset, LIMIT, queue.total, (offset) => this.#show({ offset })) : nothing}
    `;
  }

  #filters(): TemplateResult {
    const { t, view } = this;
    return html`
      <section class="filters filter-row" aria-label=${t.queue.filters}>
        <div class="field grow">
          <label for="queue-search">${t.queue.searchLabel}</label>
          <input id="queue-search" type="search" maxlength="200" .value=${view.q} @input=${(event: Event) => this.#search((event.target as HTMLInputElement).value)} />
        </div>
        ${filterFold(t, {
          id: "queue-filters",
          active: activeFilters(view),
          unfolded: this.unfolded,
          onToggle: (unfolded) => (this.unfolded = unfolded),
          onClear: () => this.#show({ ...everything(), q: view.q, sort: view.sort }),
          filters: this.#folded(),
        })}
      </section>
    `;
  }

  #folded(): TemplateResult {
    const { t, view, queue } = this;
    const counts = queue?.counts;
    const all = Object.values(counts?.status ?? {}).reduce((sum, number) => sum + number, 0);
    const statuses: [InquiryStatus | "", string, number][] = [
      ["", t.common.all, all],
      ...Object.entries(t.inquiryStatuses).map(([status, name]): [InquiryStatus, string, number] => [status as InquiryStatus, name, counts?.status[status as InquiryStatus] ?? 0]),
    ];
    const counted = (words: Record<string, string>, numbers: Partial<Record<string, number>> = {}): Record<string, string> =>
      Object.fromEntries(Object.entries(words).map(([key, word]) => [key, `${word} (${numbers[key] ?? 0})`]));
    return html`
        <div class="tabs" role="group" aria-label=${t.queue.status}>
          ${statuses.map(
            ([status, name, number]) => html`<button type="button" aria-pressed=${view.status === status} @click=${() => this.#show({ status })}>${name} <span class="count">${number}</span></button>`,
          )}
        </div>
        <div class="filter-row">
          ${choiceField("queue-language", t.common.language, view.language, choicesOf(counted(t.languages, counts?.language), t.common.all), (language) => this.#show({ language: language as Language | "" }))}
          ${choiceField("queue-topic", t.queue.topic, view.topic, choicesOf(counted(t.topics, counts?.topic), t.common.all), (topic) => this.#show({ topic: topic as Topic | "" }))}
          ${choiceField("queue-age", t.queue.age, view.age, choicesOf(t.queue.ages), (age) => this.#show({ age: age as Age }))}
          ${choiceField(
            "queue-assigned", t.queue.assigned, view.assigned,
            [
              { value: "", label: t.queue.anyone },
              { value: "me", label: t.queue.mine(counts?.mine ?? 0) },
              { value: "none", label: t.queue.nobody(counts?.unassigned ?? 0) },
            ],
            (assigned) => this.#show({ assigned }),
          )}
          ${choiceField("queue-sort", t.queue.sort, view.sort, choicesOf(t.queue.sorts), (sort) => this.#show({ sort: sort as QueueSort }))}
        </div>
    `;
  }

  #row(inquiry: InquirySummary): TemplateResult {
    const { t, desk } = this;
    return html`
      <li>
        <a class="queue-row" href="#/inquiries/${inquiry.inquiry_id}">
          <span class="queue-question" lang=${languageOf(inquiry.question)}>${inquiry.question}</span>
          <span class="queue-facts">
            ${statusBadge(t, inquiry.status)}
            <span>${t.topics[inquiry.topic]}</span>
            ${languageBadge(t, inquiry.language)}
            <time datetime=${inquiry.created} title=${dateTime(inquiry.created, desk.language)}>${t.queue.received(ago(inquiry.created, Date.now(), desk.language))}</time>
            ${inquiry.assigned_to ? html`<span translate="no">${inquiry.assigned_to.display_name}</span>` : html`<span>${t.queue.unassigned}</span>`}
            ${inquiry.has_contact ? html`<span class="with-icon">${icons.contact}${t.queue.contact}</span>` : nothing}
            <span class="reference">${inquiry.reference}</span>
          </span>
        </a>
      </li>
    `;
  }

  #empty(): TemplateResult {
    const { t } = this;
    const filtered = JSON.stringify(this.view) !== JSON.stringify({ ...everything(), sort: this.view.sort });
    return html`
      <div class="empty">
        <p>${filtered ? t.queue.empty : t.queue.nothing}</p>
        ${filtered ? html`<button type="button" class="button quiet" @click=${() => this.#show(everything())}>${t.filters.clear}</button>` : nothing}
      </div>
    `;
  }

  #show(change: Partial<QueueView>): void {
    this.view = remembered = { ...this.view, offset: 0, ...change };
    void this.#load();
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked;
    const queue = await this.attempt(() => this.desk.client.queue(filterOf(this.view)));
    // A slow answer to an older question is no answer to this one.
    if (queue && asked === this.#asked) this.queue = queue;
  }

  #onVisible = (): void => {
    if (document.visibilityState === "visible" && this.isConnected && this.desk) void this.#load();
  };
}
