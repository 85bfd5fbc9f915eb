import { html, nothing, type TemplateResult } from "lit";
import type { Job } from "../contract";
import { DeskElement } from "../desk-element";
import { DeskFailure } from "../failure";
import { languageOf } from "../ui/badges";
import type { Unlock } from "./unlock-form";

const EVERY_MS = 700;

/** Sends the file that an item of a job names again, with the password that opens it; null where the file is not at hand. */
export type Resend = (name: string) => Unlock | null;

const isOver = ({ state }: Job): boolean => state === "done" || state === "failed";

/**
 * Work in the background, followed until it ends.
 *
 * @fires desk-finished - `Job` has ended
 */
export class JobList extends DeskElement {
  static override properties = { ...DeskElement.properties, jobs: { state: true }, unlocking: { state: true } };

  private declare jobs: Job[];
  /** Items that were sent again, as `job/name`. */
  private declare unlocking: ReadonlySet<string>;

  #timer = 0;
  #resend = new Map<string, Resend>();

  constructor() {
    super();
    this.jobs = [];
    this.unlocking = new Set();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Follow a job that was just started; locked files among its items are asked for their passwords where they can be sent again. */
  follow(job: Job, resend?: Resend): void {
    if (resend) this.#resend.set(job.job_id, resend);
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
          <h2 id="jobs-head" tabindex="-1">${t.jobs.head}</h2>
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
          ${job.items.map((item) =>
            this.unlocking.has(`${job.job_id}/${item.name}`)
              ? html`<li><span translate="no">${item.name}</span> <span class="muted">${t.jobs.unlocking}</span></li>`
              : html`<li class=${item.state}><span translate="no">${item.name}</span> <span class="badge ${item.state === "failed" ? "health-failed" : ""}">${t.jobs.items[item.state]}</span>
                  ${item.problem ? html`<span class="why sentence-case" lang=${languageOf(item.problem)}>${item.problem}</span>` : nothing}
                  ${item.locked ? this.#locked(job, item.name) : nothing}</li>`,
          )}
        </ul>
      </li>
    `;
  }

  #locked(job: Job, name: string): TemplateResult {
    const { t } = this;
    const resend = this.#resend.get(job.job_id);
    const unlock = resend?.(name);
    if (!resend || !unlock) return html`<span class="muted">${t.jobs.again}</span>`;
    return html`<desk-unlock .desk=${this.desk} .name=${name} .unlock=${unlock} @desk-unlocking=${({ detail }: CustomEvent<Job>) => {
      this.unlocking = new Set([...this.unlocking, `${job.job_id}/${name}`]);
      this.follow(detail, resend);
      // The field that had the focus goes.
      this.find<HTMLElement>("#jobs-head")?.focus();
    }}></desk-unlock>`;
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
