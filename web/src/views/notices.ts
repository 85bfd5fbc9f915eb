import { html, nothing, type TemplateResult } from "lit";
import type { Answer, Citation } from "../contract";
import { citationButton, sourceFacts } from "./exchange";
import { shortened, whole } from "./text";
import type { View } from "./view";

const PASSAGE = "passage";
const PASSAGE_CHARS = 220;

/** What to know about the sources: each kind with its name in a word and the service's own sentence; more of one kind wait behind a press. */
export function noticesOf({ t }: View, answer: Answer): TemplateResult | typeof nothing {
  const kinds = new Map<string, string[]>();
  for (const { kind, text } of answer.notices) {
    if (kind !== PASSAGE && text) kinds.set(kind, [...(kinds.get(kind) ?? []), text]);
  }
  if (!kinds.size) return nothing;
  const label = (kind: string): string => (kind in t.notices ? t.notices[kind as keyof typeof t.notices] : t.notices.other);
  const said = (text: string): TemplateResult => html`<span lang=${answer.language}>${whole(text)}</span>`;
  return html`
    <div class="notices" part="notices" role="group" aria-label=${t.noticesHead}>
      <ul>
        ${[...kinds].map(([kind, [first = "", ...others]]) => html`<li><b class="kind">${label(kind)}</b> ${said(first)}${
          others.length
            ? html`<details class="more"><summary>${t.moreNotices(others.length)}</summary><ul>${others.map((text) => html`<li>${said(text)}</li>`)}</ul></details>`
            : nothing
        }</li>`)}
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
        return citation ? passage(view, citation, text, answer) : html`<p lang=${answer.language}>${text}</p>`;
      })}
    </div>
  `;
}

function cited(text: string, answer: Answer): Citation | undefined {
  const number = Number(/\[(\d+)\]\s*$/.exec(text)?.[1]);
  return answer.citations.find((citation) => citation.number === number);
}

/** A sentence as it stands in the document; a table's row as the service tells it, with the names of its columns. */
const quoted = ({ quote }: Citation, text: string): string =>
  quote.includes(" | ") ? text.replace(/^[^:]{1,30}: /, "").replace(/\s*\[\d+\]\s*$/, "") : quote;

function passage(view: View, citation: Citation, text: string, answer: Answer): TemplateResult {
  return html`
    <figure class="passage">
      <blockquote lang=${citation.language}>${whole(shortened(quoted(citation, text), PASSAGE_CHARS))}</blockquote>
      <figcaption>
        ${citationButton(view, citation, answer.language)} <span class="title" lang=${citation.language}>${citation.title}</span>
        <span class="facts">${sourceFacts(view, citation, answer)}</span>
      </figcaption>
    </figure>
  `;
}
