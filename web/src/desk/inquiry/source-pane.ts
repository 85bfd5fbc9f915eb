import { html, nothing, type TemplateResult } from "lit";
import type { Citation } from "../contract";
import { DeskElement } from "../desk-element";
import { citationFacts } from "../ui/citation-facts";
import { spoken } from "../ui/spoken";
import { icons } from "../ui/icons";
import { placeOf } from "./draft-editor";

/** The readable view of a stored document, in the desk's language; `null` for an address that is none. */
export function documentUrl(url: string, language: string): string | null {
  const address = new URL(url, location.origin);
  if (address.origin !== location.origin || !address.pathname.startsWith("/documents/")) return null;
  address.searchParams.set("lang", language);
  return `${address.pathname}${address.search}${address.hash}`;
}

/**
 * What a sentence rests on: the quotation, and the document with the passage marked.
 *
 * @fires desk-back - back to the sentence
 * @fires desk-show - `Citation`: another source of the answer is chosen
 */
export class SourcePane extends DeskElement {
  static override properties = { ...DeskElement.properties, citation: { attribute: false }, citations: { attribute: false } };

  declare citation: Citation | null;
  /** All of the answer, numbered. */
  declare citations: Citation[];

  constructor() {
    super();
    this.citation = null;
    this.citations = [];
  }

  /** Take the reader to the pane. */
  show(): void {
    this.scrollIntoView({ block: "nearest" });
    this.find<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { t, citation } = this;
    return html`
      <section class="source card" aria-labelledby="source-head">
        <div class="source-bar">
          <h2 id="source-head" tabindex="-1">${t.sources.head}</h2>
          ${citation
            ? html`<button type="button" class="text-button back" @click=${() => this.dispatchEvent(new CustomEvent("desk-back"))}>${icons.back}${t.sources.backToSentence}</button>`
            : nothing}
        </div>
        ${this.citations.length ? this.#list() : nothing}
        ${citation ? this.#shown(citation) : html`<p class="muted">${t.sources.none}</p>`}
      </section>
    `;
  }

  #list(): TemplateResult {
    const { t, citation } = this;
    const shown = citation && placeOf(citation);
    return html`
      <ul class="chips" aria-label=${t.sources.list}>
        ${this.citations.map(
          (each) => html`<li><button type="button" class="chip" aria-pressed=${placeOf(each) === shown} aria-label=${t.draft.citation(each.number, each.title)}
            @click=${() => this.dispatchEvent(new CustomEvent("desk-show", { detail: each }))}>${each.number}</button></li>`,
        )}
      </ul>
    `;
  }

  #shown(citation: Citation): TemplateResult {
    const { t, desk } = this;
    const url = documentUrl(citation.url, desk.language);
    return html`
      <div aria-live="polite" class="source-facts">
        <h3 lang=${citation.language}>${citation.title}</h3>
        <p class="muted">${spoken(citationFacts(t, citation, desk.language), desk.language)} · ${t.sources.original[citation.language]}</p>
        ${citation.section.length ? html`<p class="muted" lang=${citation.language}>${citation.section.join(" › ")}</p>` : nothing}
        <blockquote lang=${citation.language}>${citation.quote}</blockquote>
      </div>
      ${url
        ? html`
            <p class="source-link"><a href=${url} target="_blank" rel="noopener">${t.sources.open}${icons.external}</a></p>
            <desk-document-frame .url=${url} .label=${`${t.sources.document}: ${citation.title}`}></desk-document-frame>
          `
        : nothing}
    `;
  }
}
