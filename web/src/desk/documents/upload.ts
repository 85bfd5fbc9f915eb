import { html, nothing, type TemplateResult } from "lit";
import type { Job } from "../contract";
import { DeskElement } from "../desk-element";
import { percent } from "../formats";
import { failureView } from "../ui/failure-view";
import { icons } from "../ui/icons";

/** A job, and the files that it takes in. */
export interface Sent {
  job: Job;
  files: readonly File[];
}

/**
 * Takes files by drag and drop or by choosing them, and sends them.
 *
 * @fires desk-job - `Sent`: the files and the job that takes them in
 */
export class UploadArea extends DeskElement {
  static override properties = { ...DeskElement.properties, over: { state: true }, sent: { state: true } };

  /** Whether files hover above it. */
  private declare over: boolean;
  /** How much has been sent, 0 to 1; null where nothing is. */
  private declare sent: number | null;

  constructor() {
    super();
    this.over = false;
    this.sent = null;
  }

  protected override render(): TemplateResult {
    const { t, sent } = this;
    const hover = (over: boolean) => (event: DragEvent): void => {
      event.preventDefault();
      this.over = over;
    };
    return html`
      <section class="upload card ${this.over ? "over" : ""}" aria-labelledby="upload-head" @dragenter=${hover(true)} @dragover=${hover(true)} @dragleave=${hover(false)} @drop=${this.#drop}>
        <h2 id="upload-head">${t.upload.head}</h2>
        <p class="upload-row">
          ${icons.upload} <span>${t.upload.drop}</span>
          <label class="button quiet" for="upload-files">${t.upload.choose}</label>
          <input id="upload-files" class="unseen" type="file" multiple ?disabled=${sent !== null} aria-describedby="upload-hint" @change=${this.#choose} />
        </p>
        <p class="hint" id="upload-hint">${t.upload.hint}</p>
        ${sent === null ? nothing : html`<progress aria-label=${t.upload.head} max="1" .value=${sent}></progress><p class="muted" role="status">${t.upload.sending(percent(sent, this.desk.language))}</p>`}
        ${failureView(t, this.failure)}
      </section>
    `;
  }

  #drop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    void this.#send([...(event.dataTransfer?.files ?? [])]);
  };

  #choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    void this.#send([...(input.files ?? [])]).then(() => (input.value = ""));
  };

  async #send(files: File[]): Promise<void> {
    if (!files.length || this.sent !== null) return;
    this.sent = 0;
    const job = await this.attempt(() => this.desk.client.upload(files, (ratio) => (this.sent = ratio)));
    this.sent = null;
    if (job) this.dispatchEvent(new CustomEvent<Sent>("desk-job", { detail: { job, files } }));
  }
}
