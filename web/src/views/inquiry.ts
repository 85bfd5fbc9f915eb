import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { HandOver, InquiryDraft } from "../handover";
import { localDay } from "../i18n/dates";
import type { Inquiry } from "../inquiry.contract";
import { citationButton } from "./exchange";
import { languageOf, type View } from "./view";

/** The form that hands a question over, or the reference once it was sent. */
export function inquiryView(view: View, handOver: HandOver): TemplateResult {
  return handOver.reference ? receiptView(view, handOver, handOver.reference) : formView(view, handOver);
}

function receiptView({ t, actions }: View, handOver: HandOver, reference: string): TemplateResult {
  return html`
    <div class="receipt" role="group" tabindex="-1" aria-label="${t.inquiry.received} ${t.inquiry.reference}: ${reference}">
      <p><b>${t.inquiry.received}</b></p>
      <p class="reference"><span>${t.inquiry.reference}</span> <code>${reference}</code>
        <button type="button" class="link copy-reference" @click=${() => void handOver.copyReference(t)}>${t.inquiry.copyReference}</button>
        ${handOver.copied ? html`<span class="said">${handOver.copied}</span>` : nothing}
      </p>
      <p class="small">${t.inquiry.keepReference}</p>
      <p class="buttons">
        <button type="button" class="button" @click=${() => actions.openTask("look")}>${t.inquiry.look}</button>
        <button type="button" class="button quiet" @click=${() => actions.closeTask()}>${t.close}</button>
      </p>
    </div>
  `;
}

function formView({ t, maxChars }: View, handOver: HandOver): TemplateResult {
  const { draft, problem, busy } = handOver;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void handOver.send(t);
  };
  const text = (name: "question" | "email" | "phone") => (event: Event): void => {
    draft[name] = (event.target as HTMLInputElement).value;
  };
  const tick = (name: "withConversation" | "agreed") => (event: Event): void => {
    draft[name] = (event.target as HTMLInputElement).checked;
  };
  return html`
    <p>${t.inquiry.intro}</p>
    <form class="handover" @submit=${submit}>
      <div class="input">
        <label for="inquiry-question">${t.inquiry.question}</label>
        <textarea id="inquiry-question" rows="3" maxlength=${maxChars} required .value=${live(draft.question)} @input=${text("question")}></textarea>
      </div>
      ${handOver.hasConversation
        ? html`<label class="tick"><input type="checkbox" .checked=${live(draft.withConversation)} @change=${tick("withConversation")}>${t.inquiry.withConversation}</label>`
        : nothing}
      <fieldset>
        <legend class="head">${t.inquiry.contact}</legend>
        <p class="small">${t.inquiry.noContact}</p>
        <div class="input">
          <label for="inquiry-email">${t.inquiry.email}</label>
          <input id="inquiry-email" type="email" maxlength="254" autocomplete="email" .value=${live(draft.email)} @input=${text("email")}>
        </div>
        <div class="input">
          <label for="inquiry-phone">${t.inquiry.phone}</label>
          <input id="inquiry-phone" type="tel" maxlength="30" pattern="[0-9+\\(\\) .\\-]{7,30}" autocomplete="tel" .value=${live(draft.phone)} @input=${text("phone")}>
        </div>
        ${consent(t.inquiry, draft, handOver.keptDays, tick("agreed"))}
      </fieldset>
      ${problem ? html`<p class="failure" id="inquiry-problem">${problem}</p>` : nothing}
      <p class="buttons"><button type="submit" class="button" ?disabled=${busy}>${busy ? t.inquiry.sending : t.inquiry.send}</button></p>
    </form>
  `;
}

function consent(texts: View["t"]["inquiry"], { agreed }: InquiryDraft, keptDays: number | null, change: (event: Event) => void): TemplateResult {
  return html`
    <div class="consent">
      <p id="inquiry-consent"><b>${texts.consentHead}</b></p>
      <ul class="lines" id="inquiry-terms">${texts.consent(keptDays).map((line) => html`<li>${line}</li>`)}</ul>
      <label class="tick"><input id="inquiry-agree" type="checkbox" aria-describedby="inquiry-consent inquiry-terms" .checked=${live(agreed)} @change=${change}>${texts.agree}</label>
    </div>
  `;
}

/** Where an inquiry is looked up by its reference. */
export function lookUpView(view: View, handOver: HandOver): TemplateResult {
  const { t } = view;
  const { receipts, inquiry, wanted, lookProblem, busy } = handOver;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void handOver.lookUp(String(new FormData(event.target as HTMLFormElement).get("reference") ?? ""), t);
  };
  return html`
    <p>${t.inquiry.lookIntro}</p>
    <form class="lookup" @submit=${submit}>
      <div class="input">
        <label for="inquiry-reference">${t.inquiry.reference}</label>
        <input id="inquiry-reference" name="reference" type="text" maxlength="20" required autocomplete="off" spellcheck="false" .value=${wanted}>
      </div>
      <p class="buttons"><button type="submit" class="button" ?disabled=${busy}>${busy ? t.inquiry.checking : t.inquiry.check}</button></p>
    </form>
    ${lookProblem ? html`<p class="failure">${lookProblem}</p>` : nothing}
    ${inquiry ? foundView(view, inquiry) : nothing}
    ${receipts.length
      ? html`<p class="head" id="yours">${t.inquiry.yours}</p>
          <ul class="receipts" aria-labelledby="yours">
            ${[...receipts].reverse().map(
              ({ reference, question }) => html`<li>
                <button type="button" class="source-link" ?disabled=${busy} @click=${() => void handOver.lookUp(reference, t)}>
                  <span class="number">${reference}</span> <span lang=${languageOf(question)}>${question}</span>
                </button>
              </li>`,
            )}
          </ul>`
      : nothing}
  `;
}

function foundView(view: View, inquiry: Inquiry): TemplateResult {
  const { t } = view;
  const { reference, status, created, answer, sources, reason, language } = inquiry;
  return html`
    <section class="inquiry card" tabindex="-1" aria-label="${t.inquiry.reference} ${reference}: ${t.inquiry.statuses[status]}">
      <p class="card-head"><span class="badge state ${status}">${t.inquiry.statuses[status]}</span> <code>${reference}</code></p>
      <p class="small">${t.inquiry.receivedOn(t.date(localDay(created)))}</p>
      ${answer ? html`<p class="head">${t.inquiry.reply}</p><p class="plain" lang=${language}>${answer}</p>` : nothing}
      ${sources.length
        ? html`<ul class="lines">${sources.map((source) => html`<li>${citationButton(view, source, language)} <span lang=${source.language}>${source.title}</span></li>`)}</ul>`
        : nothing}
      ${reason ? html`<p class="head">${t.inquiry.returned}</p><p class="plain">${reason}</p>` : nothing}
    </section>
  `;
}
