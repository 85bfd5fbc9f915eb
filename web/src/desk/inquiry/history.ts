import { html, nothing, type TemplateResult } from "lit";
import type { AuditEntry } from "../contract";
import { DeskElement } from "../desk-element";
import { dateTime } from "../formats";
import type { Catalogue } from "../i18n";
import { failureView } from "../ui/failure-view";

/** What was done with an inquiry, loaded when it is unfolded. */
export class InquiryHistory extends DeskElement {
  static override properties = { ...DeskElement.properties, inquiryId: {}, version: { type: Number }, entries: { state: true } };

  declare inquiryId: string;
  /** Another one makes what was loaded old. */
  declare version: number;
  private declare entries: AuditEntry[] | null;

  constructor() {
    super();
    this.entries = null;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("version") && this.find<HTMLDetailsElement>("details")?.open) void this.#load();
  }

  protected override render(): TemplateResult {
    const { t, desk, entries } = this;
    return html`
      <details class="card fold" @toggle=${(event: Event) => { if ((event.target as HTMLDetailsElement).open) void this.#load(); }}>
        <summary><h2>${t.inquiry.history}</h2></summary>
        ${failureView(t, this.failure, () => void this.#load())}
        ${entries
          ? html`<ol class="plain-list history">${entries.map(
              ({ at, actor, action }) => html`<li><time datetime=${at}>${dateTime(at, desk.language)}</time> <strong>${actorName(t, actor, action)}</strong> ${actionName(t.audit, action)}</li>`,
            )}</ol>`
          : nothing}
      </details>
    `;
  }

  async #load(): Promise<void> {
    const entries = await this.attempt(() => this.desk.client.history(this.inquiryId));
    if (entries) this.entries = entries;
  }
}

/** Who did it. Who hands an inquiry over is nobody at the desk. */
export function actorName({ audit, inquiry }: Catalogue, actor: string, action: string): string {
  if (actor === "system") return audit.system;
  if (actor !== "-") return actor;
  return action === "inquiry.receive" ? inquiry.inquirer : audit.nobody;
}

export const actionName = (audit: { actions: Record<string, string> }, action: string): string => audit.actions[action] ?? action;
