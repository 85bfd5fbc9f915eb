import { html, nothing, type TemplateResult } from "lit";
import type { Answer, Citation } from "../contract";
import { citationButton, sourceFacts } from "./exchange";
import type { View } from "./view";

const PASSAGE = "passage";

/** What to know about the sources: each with its kind in a word and the service's own sentence. */
export function noticesOf({ t }: View, answer: Answer): TemplateResult | typeof nothing {
  const notices = answer.notices.filter((notice) => notice.kind !== PASSAGE && notice.text);
  if (!notices.length) return nothing;
  const label = (kind: string): string => (kind in t.notices ? t.notices[kind as keyof typeof t.notices] : t.notices.other);
  return html`
    <div class="notices" part="notices" role="group" aria-label=${t.noticesHead}>
      <ul>
        ${notices.map(({ kind, text }) => html`<li><b class="kind">${label(kind)}</b> <span lang=${answer.language}>${text}</span></li>`)}
      </ul>
    </div>
  `;
}

/** Where nothing answers the question: what comes nearest to it, as quotations. */
export function passagesOf(view: View, answer: Answer): TemplateResult | typeof nothing {
  const passages = answer.notices.filter((notice) => notice.kind === PASSAGE);
  if (!passages.length) return nothing;
  return html`
    <div class="passages" role="group" aria-label=${view.t.nearest}>
      <p class="small" aria-hidden="true">${view.t.nearest}</p>
      ${passages.map(({ text }) => {
        const citation = cited(text, answer);
        return citation ? passage(view, citation, answer) : html`<p lang=${answer.language}>${text}</p>`;
      })}
    </div>
  `;
}

function cited(text: string, answer: Answer): Citation | undefined {
  const number = Number(/\[(\d+)\]\s*$/.exec(text)?.[1]);
  return answer.citations.find((citation) => citation.number === number);
}

function passage(view: View, citation: Citation, answer: Answer): TemplateResult {
  return html`
    <figure class="passage">
      <blockquote lang=${citation.language}>${shortened(citation.quote)}</blockquote>
      <figcaption>
        ${citationButton(view, citation, answer.language)} <span class="title" lang=${citation.language}>${citation.title}</span>
        <span class="facts">${sourceFacts(view, citation, answer)}</span>
      </figcaption>
    </figure>
  `;
}

const MAX_CHARS = 220;

function shortened(quote: string): string {
  const characters = [...quote.replace(/\s+/g, " ").trim()];
  return characters.length > MAX_CHARS ? `${characters.slice(0, MAX_CHARS).join("")}…` : characters.join("");
}
