import { html, nothing, type TemplateResult } from "lit";
import type { Job } from "../contract";
import { DeskElement } from "../desk-element";
import { DeskFailure } from "../failure";
import { languageOf } from "../ui/badges";

const EVERY_MS = 700;

const isOver = ({ state }: Job): boolean => state === "done" || state === "failed";

/**
 * Work in the background, followed until it ends.
 *
 * @fires desk-finished - `Job` has ended
 */
export class JobList extends DeskElement {
  static override properties = { ...DeskElement.properties, jobs: { state: true } };

  private declare jobs: Job[];

  #timer = 0;

  constructor() {
    super();
    this.jobs = [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Follow a job that was just started. */
  follow(job: Job): void {
    this.jobs = [job, ...this.jobs.filter(({ job_id }) => job_id !== job.job_id)];
    this.#look();
  }

  /** Follow what colleagues have started. */
  protected override async firstUpdated(): Promise<void> {
    const jobs = await this.attempt(() => this.desk.client.jobs());
    for (const job of jobs ?? []) if (!isOver(job)) this.follow(job);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { t, jobs } = this;
    if (!jobs.length) return nothing;
    return html`
      <section class="card jobs" aria-labelledby="jobs-head">
        <div class="answer-head">
          <h2 id="jobs-head">${t.jobs.head}</h2>
          ${jobs.every(isOver) ? html`<button type="button" class="text-button" @click=${() => (this.jobs = [])}>${t.jobs.hide}</button>` : nothing}
        </div>
        <ul class="plain-list">${jobs.map((job) => this.#job(job))}</ul>
      </section>
    `;
  }

  #job(job: Job): TemplateResult {
    const { t } = this;
    const running = !isOver(job);
    return html`
      <li>
        <p><strong>${t.jobs.kinds[job.kind]}</strong> <span class="badge">${t.jobs.states[job.state]}</span> <span class="muted">${t.jobs.by(job.started_by)}</span></p>
        ${running
          ? html`<progress aria-label=${t.jobs.kinds[job.kind]} max=${Math.max(1, job.total)} .value=${job.state === "running" ? job.done : 0}></progress>
              <p class="muted">${t.jobs.progress(job.done, job.total)}</p>`
          : nothing}
        ${job.problem ? html`<p class="failure" lang=${languageOf(job.problem)}>${job.problem}</p>` : nothing}
        <ul class="job-items">
          ${job.items.map(
            (item) => html`<li class=${item.state}>${item.name} <span class="badge ${item.state === "failed" ? "health-failed" : ""}">${t.jobs.items[item.state]}</span>
              ${item.problem ? html`<span class="why" lang=${languageOf(item.problem)}>${item.problem}</span>` : nothing}</li>`,
          )}
        </ul>
      </li>
    `;
  }

  #look(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#update(), EVERY_MS);
  }

  async #update(): Promise<void> {
    for (const job of this.jobs.filter((each) => !isOver(each))) {
      try {
        const now = await this.desk.client.job(job.job_id);
        this.jobs = this.jobs.map((each) => (each.job_id === now.job_id ? now : each));
        if (isOver(now)) this.#finish(now);
      } catch (error) {
        if (!(error instanceof DeskFailure)) throw error;
        // The server may have started anew, and knows nothing of it.
        if (error.status === 404) this.jobs = this.jobs.filter(({ job_id }) => job_id !== job.job_id);
      }
    }
    if (this.isConnected && this.jobs.some((job) => !isOver(job))) this.#look();
  }

  #finish(job: Job): void {
    const { jobs } = this.t;
    const failed = job.state === "failed" || job.items.some(({ state }) => state === "failed");
    this.desk.say((failed ? jobs.failed : jobs.finished)(jobs.kinds[job.kind]));
    this.dispatchEvent(new CustomEvent("desk-finished", { detail: job }));
  }
}
