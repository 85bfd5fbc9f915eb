import { html, nothing, type TemplateResult } from "lit";
import type { Catalogue } from "../i18n";

/** Which part of a list is shown, and the way to the next. */
export function pager(t: Catalogue, offset: number, limit: number, total: number, go: (offset: number) => void): TemplateResult | typeof nothing {
  if (total <= limit) return nothing;
  return html`
    <nav class="pager" aria-label=${t.common.pages}>
      <button type="button" class="button quiet" ?disabled=${offset === 0} @click=${() => go(Math.max(0, offset - limit))}>${t.common.earlier}</button>
      <span>${t.common.range(offset + 1, Math.min(offset + limit, total), total)}</span>
      <button type="button" class="button quiet" ?disabled=${offset + limit >= total} @click=${() => go(offset + limit)}>${t.common.later}</button>
    </nav>
  `;
}
