import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Answer, Citation, Claim, Language, Status } from "../contract";
import type { Catalogue } from "../i18n";
import type { Exchange } from "../memory";
import { feedbackForm, tools } from "./feedback";
import { noticesOf, passagesOf } from "./notices";
import { recordCards } from "./records";
import { followed, partsOf, shortened, whole } from "./text";
import { languageOf, type View } from "./view";

/** A question and its answer, in whatever state that is. */
export function exchangeView(view: View, exchange: Exchange, last: boolean): TemplateResult {
  const { t } = view;
  const { answer, claims, question, state } = exchange;
  return html`
    <article class="exchange" aria-labelledby="question-${exchange.id}">
      <h3 class="question" part="question" id="question-${exchange.id}" lang=${languageOf(question)}><span class="unseen" lang=${t.language}>${t.you}: </span><span class="said-by-reader">${question}</span></h3>
      <div class="answer" part="answer" aria-busy=${state === "pending"}>
        ${answer ? statusLine(view, answer) : nothing}
        ${answer ? understood(view, answer, question) : nothing}
        ${claims.length ? claimsView(view, exchange) : nothing}
        ${answer && !claims.length ? html`<p class="plain" lang=${answer.language}>${whole(answer.text)}</p>` : nothing}
        ${state === "pending" ? progress(view, exchange) : nothing}
        ${state === "failed" ? failureView(view, exchange) : nothing}
        ${answer ? ending(view, exchange, answer, last) : nothing}
      </div>
    </article>
  `;
}

function statusLine({ t }: View, { status }: Answer): TemplateResult | typeof nothing {
  if (status === "answered") return nothing;
  return html`<p class="status ${status}">${t.statuses[status]}</p>`;
}

/** What a question that leans on earlier ones was taken to ask, so that a wrong guess is seen. */
function understood({ t }: View, { standalone_query }: Answer, question: string): TemplateResult | typeof nothing {
  if (!standalone_query || standalone_query.trim() === question.trim()) return nothing;
  return html`<p class="small understood">${t.understood}: <span lang=${languageOf(standalone_query)}>“${standalone_query}”</span></p>`;
}

function claimsView(view: View, { claims, answer }: Exchange): TemplateResult {
  const reader = answer?.language ?? languageOf(claims.map((claim) => claim.text).join(" "));
  return html`<div class="claims" lang=${reader}>
    ${repeat(claims, (_, index) => index, (claim) => claimView(claim, citations(view, claim, answer, reader)))}
  </div>`;
}

/** A sentence, its numbers never parted from its last word; what it says in the other language with where from and what its terms mean. */
function claimView({ text }: Claim, numbers: TemplateResult[]): TemplateResult {
  const { from, said, gloss } = partsOf(text);
  // Voices change with the language of what they read.
  const quoted = /^“.*”$/s.test(said);
  return html`<p class="claim">${from ? html`<span class="from">${whole(from)}</span>` : nothing}${quoted ? html`<span lang=${languageOf(said)}>${followed(said, numbers)}</span>` : followed(said, numbers)}${
    gloss ? html`<span class="gloss">${whole(gloss)}</span>` : nothing
  }</p>`;
}

function citations(view: View, claim: Claim, answer: Answer | null, reader: Language): TemplateResult[] {
  const { t } = view;
  return claim.citations.flatMap((number) => {
    const citation = [...(answer?.citations ?? []), ...claim.sources].find((candidate) => candidate.number === number);
    if (citation) return citationButton(view, citation, reader);
    if (answer) return [];
    return html`<span class="cite waiting"><span class="unseen" lang=${t.language}>${t.citationPending(number)}</span
      ><span aria-hidden="true">${number}</span></span>`;
  });
}

/** The number that opens a source. */
export function citationButton({ t, actions }: View, citation: Citation, reader: Language): TemplateResult {
  return html`<button
    type="button" class="cite" part="citation" lang=${t.language} aria-haspopup="dialog"
    aria-label=${t.citation(citation.number, citation.title)}
    @click=${(event: Event) => actions.openSource(citation, reader, event.currentTarget)}
  >${citation.number}</button>`;
}

function progress({ t }: View, { step }: Exchange): TemplateResult {
  const text = step in t.steps ? t.steps[step as keyof typeof t.steps] : t.waiting;
  return html`<p class="progress"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${text}</p>`;
}

function failureView({ t, actions, busy }: View, exchange: Exchange): TemplateResult {
  const kind = exchange.failure ?? "server";
  const partly = exchange.claims.length > 0;
  return html`
    <div class="failure">
      <p>${exchange.detail || t.failures[kind]}${partly ? html` ${t.cutKept}` : nothing}</p>
      <p class="buttons">
        ${kind === "invalid"
          ? nothing
          : html`<button type="button" class="button" ?disabled=${busy} @click=${() => actions.retry(exchange)}>${partly ? t.goOn : t.retry}</button>`}
        ${partly ? nothing : html`<button type="button" class="button quiet" @click=${() => actions.edit(exchange)}>${t.editQuestion}</button>`}
      </p>
    </div>
  `;
}

/** Where a person can do more than the documents. */
const HAND_OVER: readonly Status[] = ["no_evidence", "partial", "refused", "out_of_scope"];

function ending(view: View, exchange: Exchange, answer: Answer, last: boolean): TemplateResult {
  const { t, actions, contactUrl, busy, officers } = view;
  const empty = answer.status === "no_evidence" || answer.status === "out_of_scope";
  return html`
    ${recordCards(view, answer)}
    ${noticesOf(view, answer)}
    ${passagesOf(view, answer)}
    ${sourceList(view, answer)}
    ${answer.contact ? contactView(view, answer.contact, answer.language) : nothing}
    ${empty && contactUrl
      ? html`<p class="contact"><a class="button" href=${contactUrl} target="_blank" rel="noopener noreferrer">${t.contactLink}<span class="unseen"> (${t.newWindow})</span></a></p>`
      : nothing}
    ${officers && HAND_OVER.includes(answer.status)
      ? html`<p class="contact"><button type="button" class="button quiet hand-over" aria-haspopup="dialog" @click=${() => actions.openTask("inquiry", exchange.question)}>${t.inquiry.open}</button></p>`
      : nothing}
    ${tools(view, exchange)}
    ${feedbackForm(view, exchange)}
    ${last && answer.suggestions.length
      ? html`<div class="suggestions" role="group" aria-label=${t.suggestions}>
          <p class="small" aria-hidden="true">${t.suggestions}</p>
          ${answer.suggestions.map(
            (suggestion) => html`<button type="button" class="chip" lang=${languageOf(suggestion)} ?disabled=${busy} @click=${() => actions.ask(suggestion)}>${suggestion}</button>`,
          )}
        </div>`
      : nothing}
  `;
}

/** Whom to ask, as the documents say it; the service's own sentence may begin with the word for it. */
function contactView({ t }: View, contact: string, language: Language): TemplateResult {
  const labelled = contact.startsWith(t.contact);
  return html`<p class="contact">${labelled ? nothing : html`<b>${t.contact}</b> `}<span lang=${language}>${contact}</span></p>`;
}

const QUOTED_CHARS = 90;

/** All sources by number, a document's together: its facts once, its passages under them. Nearest passages have their own list. */
function sourceList(view: View, answer: Answer): TemplateResult | typeof nothing {
  const { t } = view;
  if (!answer.citations.length || !answer.claims.length) return nothing;
  const documents = new Map<string, Citation[]>();
  for (const citation of answer.citations) documents.set(citation.document_id, [...(documents.get(citation.document_id) ?? []), citation]);
  return html`
    <details class="sources">
      <summary>${`${t.sources} ${answer.citations.length}`}</summary>
      <ol>
        ${[...documents.values()].map((passages) => html`<li class="document">${passages[0] ? aboutDocument(view, passages[0], answer) : nothing}${passagesOfDocument(view, passages, answer)}</li>`)}
      </ol>
    </details>
  `;
}

function aboutDocument({ t }: View, { title, publisher, published, language }: Citation, answer: Answer): TemplateResult {
  const facts = [publisher, published ? t.date(published) : t.undated].filter(Boolean).join(" · ");
  return html`<p class="title" lang=${language}>${title}</p><p class="facts">${facts}${originalMark(t, language, answer)}</p>`;
}

function passagesOfDocument({ t, actions }: View, passages: readonly Citation[], answer: Answer): TemplateResult {
  return html`<ul>
    ${passages.map(
      (citation) => html`<li>
        <button type="button" class="source-link" aria-haspopup="dialog" @click=${(event: Event) => actions.openSource(citation, answer.language, event.currentTarget)}>
          <span class="number">${citation.number}</span>
          <span class="about"><span class="passage-text" lang=${citation.language}>${whole(shortened(citation.quote, QUOTED_CHARS))}</span>
          <span class="facts">${placeOf(t, citation)}</span></span>
        </button>
      </li>`,
    )}
  </ul>`;
}

const placeOf = (t: Catalogue, { page, ocr_confidence: sure }: Citation): string =>
  [t.page(page), sure === null ? null : t.recognised(Math.round(sure * 100))].filter(Boolean).join(" · ");

const originalMark = (t: Catalogue, language: Language, answer: Answer): TemplateResult | typeof nothing =>
  language === answer.language ? nothing : html` <span class="badge">${t.originalIn[language]}</span>`;

/** Publisher, date and page on one line, and the language where it is not the reader's. */
export function sourceFacts({ t }: View, citation: Citation, answer: Answer): TemplateResult {
  const { publisher, published, language } = citation;
  const facts = [publisher, published ? t.date(published) : t.undated, placeOf(t, citation)].filter(Boolean).join(" · ");
  return html`${facts}${originalMark(t, language, answer)}`;
}
