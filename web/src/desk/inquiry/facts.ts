import { html, nothing, type TemplateResult } from "lit";
import type { Inquiry, Officer, Topic } from "../contract";
import type { Desk } from "../desk";
import { ago, dateTime } from "../formats";
import { languageBadge, languageOf, statusBadge } from "../ui/badges";
import { choiceField, choicesOf } from "../ui/fields";
import { icons } from "../ui/icons";

export interface FactActions {
  assign(accountId: string | null): void;
  topic(topic: Topic): void;
}

/** What is known of an inquiry, who has it, and the question with what was said before it. */
export function inquiryFacts(desk: Desk, inquiry: Inquiry, officers: readonly Officer[], { assign, topic }: FactActions): TemplateResult {
  const { t } = desk;
  const { contact, assigned_to: assigned } = inquiry;
  const known = assigned && !officers.some(({ account_id }) => account_id === assigned.account_id) ? [...officers, assigned] : officers;
  return html`
    <section class="card facts" aria-labelledby="question-head">
      <div class="fact-row">
        ${statusBadge(t, inquiry.status)} ${languageBadge(t, inquiry.language)}
        <span class="muted">${t.inquiry.received} <time datetime=${inquiry.created}>${dateTime(inquiry.created, desk.language)}</time> (${ago(inquiry.created, Date.now(), desk.language)})</span>
        <span class="muted">${t.inquiry.contact}: ${contact ? [contact.email, contact.phone].filter(Boolean).join(" · ") : t.inquiry.noContact}</span>
      </div>
      <h2 id="question-head">${t.inquiry.question}</h2>
      <p class="question" lang=${languageOf(inquiry.question)}>${inquiry.question}</p>
      ${inquiry.conversation.length ? conversation(desk, inquiry) : nothing}
      ${inquiry.return_reason ? html`<p class="caution">${t.inquiry.returned(inquiry.return_reason)}</p>` : nothing}
      <div class="filter-row">
        ${choiceField("topic", t.inquiry.topic, inquiry.topic, choicesOf(t.topics), (value) => topic(value as Topic))}
        ${choiceField(
          "assigned", t.inquiry.assigned, assigned?.account_id ?? "",
          [{ value: "", label: t.inquiry.assignedNobody }, ...known.map(({ account_id, display_name }) => ({ value: account_id, label: display_name }))],
          (value) => assign(value || null),
        )}
        ${assigned?.account_id === desk.officer?.account_id
          ? nothing
          : html`<button type="button" class="button quiet" @click=${() => assign(desk.officer?.account_id ?? null)}>${t.inquiry.take}</button>`}
      </div>
    </section>
  `;
}

function conversation({ t }: Desk, { conversation: turns }: Inquiry): TemplateResult {
  return html`
    <details class="conversation">
      <summary>${t.inquiry.conversation(turns.length)}</summary>
      <ol>
        ${turns.map(({ role, content }) => html`<li class=${role}><span class="muted">${role === "user" ? t.inquiry.inquirer : t.inquiry.assistant}</span><p lang=${languageOf(content)}>${content}</p></li>`)}
      </ol>
    </details>
  `;
}

/** The colleagues who have the inquiry open, too. */
export function presentOfficers({ t }: Desk, inquiry: Inquiry): TemplateResult {
  return html`
    <div class="present" role="status" aria-label=${t.inquiry.present}>
      ${inquiry.present.map(
        ({ officer, state }) => html`<p class="with-icon ${state}">${icons.people}${state === "editing" ? t.inquiry.editing(officer.display_name) : t.inquiry.viewing(officer.display_name)}</p>`,
      )}
    </div>
  `;
}
