import { html, nothing, type TemplateResult } from "lit";
import type { Citation, Language } from "../contract";
import { icons } from "./icons";
import type { View } from "./view";

/** A source, and for whom it is opened. */
export interface CitedSource {
  citation: Citation;
  /** Language of the answer that cites it. */
  reader: Language;
}

/** A source that is open over the chat. */
export interface OpenSource extends CitedSource {
  /** Whether the host page lets the document be shown in a frame. */
  framed: boolean;
  /** Whether it is closed and about to go. */
  leaves: boolean;
}

/** The source panel: what the document is, what it says word for word, and the document itself with the passage marked. */
export function sourceView(view: View, source: OpenSource, backTo: string, back: () => void): TemplateResult {
  const { t, client } = view;
  const { citation, reader } = source;
  const foreign = citation.language !== reader;
  // The uppermost heading is mostly the title itself.
  const path = citation.section.filter((heading, at) => at > 0 || heading !== citation.title).join(" › ");
  const address = client.resolve(citation.url);
  address?.searchParams.set("lang", t.language);
  return html`
    <section class="source citation-source ${source.leaves ? "leaving" : ""}" part="source" role="dialog" aria-modal="true" aria-label=${citation.number ? t.citation(citation.number, citation.title) : `${t.source}: ${citation.title}`}>
      <div class="bar">
        <button type="button" class="tool labelled back" @click=${back}>${icons.back}<span>${backTo}</span></button>
      </div>
      <div class="source-body" tabindex="0" role="group" aria-label=${t.source}>
        <h3 lang=${citation.language}>${citation.number ? html`<span class="number">${citation.number}</span> ` : nothing}${citation.title}</h3>
        <dl>
          ${citation.publisher ? html`<div><dt>${t.publisher}</dt><dd lang=${citation.language}>${citation.publisher}</dd></div>` : nothing}
          <div><dt>${t.published}</dt><dd>${citation.published ? t.date(citation.published) : t.undated}</dd></div>
          <div><dt>${t.section}</dt><dd>${path ? html`<span lang=${citation.language}>${path}</span>, ` : nothing}${t.page(citation.page)}${citation.ocr_confidence === null ? nothing : html` (${t.recognised(Math.round(citation.ocr_confidence * 100))})`}</dd></div>
        </dl>
        ${foreign ? html`<p class="foreign"><span class="badge">${t.originalIn[citation.language]}</span> ${t.originalNote}</p>` : nothing}
        <h4>${t.quotation}</h4>
        <blockquote class="quote" lang=${citation.language}>${citation.quote}</blockquote>
        ${address ? documentView(view, address, source) : nothing}
      </div>
    </section>
  `;
}

/** The readable document, at the passage. It runs no scripts, and the sandbox would not let it. */
function documentView({ t }: View, address: URL, { citation, framed }: OpenSource): TemplateResult {
  return html`
    <div class="document-head">
      <h4>${t.documentView}</h4>
      <a href=${address.href} target="_blank" rel="noopener noreferrer">${t.openDocument}${icons.external}<span class="unseen"> (${t.newWindow})</span></a>
    </div>
    ${framed
      ? html`<iframe
          class="document" title="${t.documentView}: ${citation.title}" src=${address.href} referrerpolicy="no-referrer"
          sandbox="allow-downloads allow-popups allow-popups-to-escape-sandbox"
        ></iframe>`
      : html`<p class="small">${t.frameRefused}</p>`}
  `;
}
