import { html, nothing, type TemplateResult } from "lit";
import type { Channel, Inquiry, Language } from "../contract";
import { DeskDialog } from "../ui/dialog";
import { failureView } from "../ui/failure-view";
import { choiceField, choicesOf } from "../ui/fields";
import { icons } from "../ui/icons";

/**
 * The answer as text, e-mail and files, and the record of how it was sent.
 *
 * @fires desk-inquiry - the inquiry as it is then
 * @fires desk-changed-meanwhile - somebody else was first
 */
export class SendDialog extends DeskDialog {
  static override properties = {
    ...DeskDialog.properties, inquiry: { attribute: false }, language: {}, form: { state: true }, written: { state: true }, channel: { state: true }, copied: { state: true },
  };

  declare inquiry: Inquiry;
  declare language: Language;
  private declare form: "email" | "text";
  private declare written: string;
  private declare channel: Channel;
  private declare copied: string;

  protected override readonly wide = true;

  constructor() {
    super();
    this.form = "email";
    this.written = "";
    this.channel = "email";
    this.copied = "";
  }

  protected override get heading(): string {
    return this.inquiry.status === "approved" ? this.t.send.head : this.t.send.export;
  }

  protected override firstUpdated(): void {
    if (!this.inquiry.contact?.email) this.channel = "copy";
    super.firstUpdated();
    void this.#write(this.form);
  }

  protected override body(): TemplateResult {
    const { t, inquiry, language } = this;
    const sending = inquiry.status === "approved" && inquiry.approved_language === language;
    const url = (format: "docx" | "pdf"): string => this.desk.client.exportUrl(inquiry.inquiry_id, format, language);
    return html`
      ${sending ? html`<p>${t.send.about}</p>` : nothing}
      ${inquiry.contact ? html`<p class="contact">${[inquiry.contact.email, inquiry.contact.phone].filter(Boolean).join(" · ")}</p>` : nothing}
      <div class="tabs" role="group" aria-label=${t.send.forms}>
        ${(["email", "text"] as const).map((form) => html`<button type="button" aria-pressed=${this.form === form} @click=${() => void this.#write(form)}>${t.send[form]}</button>`)}
      </div>
      <label class="unseen" for="written">${t.send[this.form]}</label>
      <textarea id="written" class="written" readonly rows="12" lang=${language} .value=${this.written}></textarea>
      ${failureView(t, this.failure)}
      <div class="buttons">
        <button type="button" class="button quiet" ?disabled=${!this.written} @click=${this.#copy}>${t.send.copy}</button>
        <a class="button quiet" href=${url("docx")} download>${icons.download}${t.send.docx}</a>
        <a class="button quiet" href=${url("pdf")} download>${icons.download}${t.send.pdf}</a>
        <span class="muted" role="status">${this.copied}</span>
      </div>
      ${sending
        ? html`<form class="send-form" @submit=${this.#send}>
            ${choiceField("channel", t.send.channel, this.channel, choicesOf(t.send.channels), (channel) => (this.channel = channel as Channel))}
            <button class="button" ?disabled=${this.busy}>${t.send.submit}</button>
          </form>`
        : nothing}
    `;
  }

  async #write(form: "email" | "text"): Promise<void> {
    this.form = form;
    this.copied = "";
    const written = await this.attempt(() => this.desk.client.exportText(this.inquiry.inquiry_id, form, this.language));
    if (written !== null && this.form === form) this.written = written;
  }

  #copy = async (): Promise<void> => {
    const area = this.find<HTMLTextAreaElement>("#written");
    try {
      await navigator.clipboard.writeText(this.written);
      this.copied = this.t.send.copied;
    } catch {
      // Where the page is not served securely there is only the older way.
      area?.select();
      this.copied = document.execCommand("copy") ? this.t.send.copied : this.t.send.copyFailed;
    }
  };

  #send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { desk, inquiry } = this;
    const sent = await this.attempt(() => desk.client.send(inquiry.inquiry_id, inquiry.version, this.channel));
    if (this.failure?.status === 409) this.dispatchEvent(new CustomEvent("desk-changed-meanwhile"));
    if (sent) {
      this.dispatchEvent(new CustomEvent("desk-inquiry", { detail: sent }));
      desk.say(this.t.send.done);
    }
    if (sent || this.failure?.status === 409) this.close();
  };
}
