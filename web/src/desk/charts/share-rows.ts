import { html, svg, type TemplateResult } from "lit";
import type { StatusShare } from "../contract";
import type { Catalogue } from "../i18n";
import { OUTCOMES, stacked } from "./scale";

const LENGTH = 400;

/** How the questions of each group ended, as one bar a group. */
export function shareRows(t: Catalogue, shares: readonly StatusShare[], name: (group: string) => string): TemplateResult {
  const most = Math.max(1, ...shares.map(({ total }) => total));
  return html`
    <ul class="share-rows">
      ${shares.map(
        (share) => html`
          <li>
            <span>${name(share.group)}</span>
            <svg viewBox="0 0 ${LENGTH} 16" preserveAspectRatio="none" role="img" aria-label=${t.insight.describe(share.answered, share.partial, share.refused)}>
              ${stacked(share, most, LENGTH).map(({ outcome, start, length }) => svg`<rect class="outcome-${outcome}" x=${start} y="0" width=${length} height="16" />`)}
            </svg>
            <span class="count">${share.total}</span>
          </li>
        `,
      )}
    </ul>
  `;
}

/** What the colours mean. */
export function legend(t: Catalogue): TemplateResult {
  return html`<ul class="legend">${OUTCOMES.map((outcome) => html`<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="outcome-${outcome}" width="12" height="12" /></svg>${t.insight[outcome]}</li>`)}</ul>`;
}
