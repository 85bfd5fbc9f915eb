import { html, nothing, type TemplateResult } from "lit";
import { dayColumns } from "../charts/day-columns";
import { legend, shareRows } from "../charts/share-rows";
import type { Insight, InsightTable, InquiryStatus, Language, StatusShare } from "../contract";
import { DeskElement } from "../desk-element";
import { day, today } from "../formats";
import { languageOf } from "../ui/badges";
import { failureView } from "../ui/failure-view";
import { choiceField, choicesOf } from "../ui/fields";
import { icons } from "../ui/icons";

const PERIODS = { week: 6, month: 29, quarter: 89 } as const;

/** What people ask and how it ends. */
export class InsightScreen extends DeskElement {
  static override properties = { ...DeskElement.properties, insight: { state: true }, since: { state: true }, until: { state: true }, language: { state: true } };

  private declare insight: Insight | null;
  private declare since: string;
  private declare until: string;
  private declare language: Language | "";

  constructor() {
    super();
    this.insight = null;
    this.since = today(PERIODS.month);
    this.until = today();
    this.language = "";
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    // Where a plot is wider than the screen, the latest days come first.
    const plot = changed.has("insight") ? this.find<HTMLElement>(".insight-card.days .scroll") : null;
    if (plot) plot.scrollLeft = plot.scrollWidth;
  }

  protected override render(): TemplateResult {
    const { t, insight } = this;
    return html`
      <div class="screen-head"><h1 tabindex="-1">${t.insight.head}</h1></div>
      ${this.#period()}
      ${failureView(t, this.failure, () => void this.#load())}
      ${insight ? this.#all(insight) : this.failure ? nothing : html`<p class="loading">${t.common.loading}</p>`}
    `;
  }

  #period(): TemplateResult {
    const { t } = this;
    const date = (id: "since" | "until"): TemplateResult => html`
      <div class="field">
        <label for="insight-${id}">${t.insight[id]}</label>
        <input id="insight-${id}" type="date" max=${today()} .value=${this[id]} @change=${(event: Event) => this.#show({ [id]: (event.target as HTMLInputElement).value })} />
      </div>
    `;
    return html`
      <div class="filters filter-row">
        <div class="tabs" role="group" aria-label=${t.insight.period}>
          ${(Object.keys(PERIODS) as (keyof typeof PERIODS)[]).map(
            (period) => html`<button type="button" aria-pressed=${this.until === today() && this.since === today(PERIODS[period])} @click=${() => this.#show({ since: today(PERIODS[period]), until: today() })}>${t.insight.periods[period]}</button>`,
          )}
        </div>
        ${date("since")} ${date("until")}
        ${choiceField("insight-language", t.common.language, this.language, choicesOf(t.languages, t.common.all), (language) => this.#show({ language: language as Language | "" }))}
      </div>
    `;
  }

  #all(insight: Insight): TemplateResult {
    const { t, desk } = this;
    const sum = (outcome: "answered" | "partial" | "refused"): number => insight.days.reduce((total, each) => total + each[outcome], 0);
    const described = t.insight.describe(sum("answered"), sum("partial"), sum("refused"));
    const topic = (group: string): string => t.topics[group as keyof typeof t.topics] ?? group;
    const tongue = (group: string): string => t.languages[group as Language] ?? group;
    return html`
      <p class="insight-total" role="status"><strong>${t.insight.total(insight.total)}</strong> <span class="muted">${insight.total ? `${described}.` : t.insight.none} ${t.insight.retention(insight.retention_days)}</span></p>
      <div class="insight-grid">
        ${this.#card("days", t.insight.days, insight.total ? html`
          ${legend(t)}
          <div class="scroll" tabindex="0" role="group" aria-label=${t.insight.days}>${dayColumns(desk, insight.days, described)}</div>
          ${this.#table(t.insight.days, t.insight.day, insight.days.filter(({ total }) => total).map((each) => ({ ...each, group: day(each.day, desk.language) })))}
        ` : html`<p class="muted">${t.insight.none}</p>`)}
        ${this.#card("topics", t.insight.byTopic, this.#shares(t.insight.byTopic, insight.by_topic, topic))}
        ${this.#card("languages", t.insight.byLanguage, this.#shares(t.insight.byLanguage, insight.by_language, tongue))}
        ${this.#card("documents", t.insight.mostCited, insight.most_cited.length
          ? html`<ol class="plain-list ranked">${insight.most_cited.map((document) => html`<li><a href="#/documents/${document.document_id}" lang=${languageOf(document.title)}>${document.title}</a> <span class="count">${document.answers}</span></li>`)}</ol>`
          : html`<p class="muted">${t.insight.noneCited}</p>`)}
        <section class="card" aria-labelledby="insight-inquiries">
          <h2 id="insight-inquiries">${t.insight.inquiries}</h2>
          <ul class="plain-list ranked">${(Object.keys(t.inquiryStatuses) as InquiryStatus[]).map((status) => html`<li><span>${t.inquiryStatuses[status]}</span> <span class="count">${insight.inquiries[status] ?? 0}</span></li>`)}</ul>
        </section>
        ${this.#card("unanswered", t.insight.unanswered, this.#unanswered(insight.unanswered))}
        ${this.#card("feedback", t.insight.feedback, html`
          <p>${t.insight.helpful(insight.feedback.helpful)} · ${t.insight.notHelpful(insight.feedback.not_helpful)}</p>
          ${insight.feedback.reasons.length
            ? html`<h3>${t.insight.reasons}</h3><ul class="plain-list">${insight.feedback.reasons.map((reason) => html`<li lang=${languageOf(reason)}>${reason}</li>`)}</ul>`
            : html`<p class="muted">${t.insight.noReasons}</p>`}
        `)}
      </div>
    `;
  }

  #card(table: InsightTable, head: string, body: TemplateResult): TemplateResult {
    const { t, since, until, language } = this;
    const id = `insight-${table}`;
    return html`
      <section class="card insight-card ${table}" aria-labelledby=${id}>
        <div class="answer-head">
          <h2 id=${id}>${head}</h2>
          <a class="text-button" href=${this.desk.client.insightCsvUrl(table, { since, until, language })} download aria-label=${t.insight.csvOf(head)}>${icons.download}CSV</a>
        </div>
        ${body}
      </section>
    `;
  }

  #shares(head: string, shares: StatusShare[], name: (group: string) => string): TemplateResult {
    const { t } = this;
    if (!shares.length) return html`<p class="muted">${t.insight.none}</p>`;
    return html`${legend(t)}${shareRows(t, shares, name)}${this.#table(head, t.insight.group, shares.map((share) => ({ ...share, group: name(share.group) })))}`;
  }

  #table(head: string, first: string, rows: StatusShare[]): TemplateResult | typeof nothing {
    const { t } = this;
    if (!rows.length) return nothing;
    return html`
      <details>
        <summary>${t.insight.asTable}</summary>
        <div class="scroll" tabindex="0" role="group" aria-label=${head}>
          <table>
            <caption class="unseen">${head}</caption>
            <thead><tr><th scope="col">${first}</th>${[t.insight.sum, t.insight.answered, t.insight.partial, t.insight.refused].map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead>
            <tbody>${rows.map(
              (row) => html`<tr><th scope="row">${row.group}</th>${[row.total, row.answered, row.partial, row.refused].map((value) => html`<td class="number">${value}</td>`)}</tr>`,
            )}</tbody>
          </table>
        </div>
      </details>
    `;
  }

  #unanswered(clusters: Insight["unanswered"]): TemplateResult {
    const { t, desk } = this;
    if (!clusters.length) return html`<p class="muted">${t.insight.noneUnanswered}</p>`;
    return html`
      <ul class="plain-list">
        ${clusters.map(
          (cluster) => html`
            <li>
              <h3>${cluster.label}</h3>
              <p class="muted">${t.insight.size(cluster.size)} · ${t.insight.lastAsked(day(cluster.last_asked, desk.language))}</p>
              <p>${t.insight.wouldAnswer}: ${cluster.would_answer[desk.language]}</p>
              ${cluster.nearest.length ? html`<p class="muted">${t.insight.nearest}: ${cluster.nearest.map((title, index) => html`${index ? ", " : ""}<span lang=${languageOf(title)}>${title}</span>`)}</p>` : nothing}
              <details><summary>${t.insight.examples}</summary><ul class="dotted">${cluster.questions.map((question) => html`<li lang=${languageOf(question)}>${question}</li>`)}</ul></details>
            </li>
          `,
        )}
      </ul>
    `;
  }

  #show(change: { since?: string; until?: string; language?: Language | "" }): void {
    Object.assign(this, change);
    if (this.since && this.until) void this.#load();
  }

  async #load(): Promise<void> {
    const { since, until, language } = this;
    const insight = await this.attempt(() => this.desk.client.insight({ since, until, language }));
    if (insight && since === this.since && until === this.until && language === this.language) this.insight = insight;
  }
}
