import { html, nothing, type TemplateResult } from "lit";
import type { Catalogue } from "../i18n";
import { icons } from "./icons";

export interface FilterFold {
  /** Of the folded part; one such part a screen. */
  id: string;
  /** How many filters are set. */
  active: number;
  unfolded: boolean;
  onToggle(unfolded: boolean): void;
  onClear(): void;
  filters: TemplateResult;
}

/** Filters that a phone shows when they are asked for, behind one button that says how many are set; a wide screen always shows them. */
export function filterFold({ filters: words }: Catalogue, { id, active, unfolded, onToggle, onClear, filters }: FilterFold): TemplateResult {
  const clear = ({ currentTarget }: Event): void => {
    onClear();
    // The button goes, and the focus with it.
    (currentTarget as HTMLElement).parentElement?.querySelector<HTMLElement>("button, select, input")?.focus();
  };
  return html`
    <button type="button" class="button quiet filter-toggle" aria-expanded=${unfolded} aria-controls=${id} @click=${() => onToggle(!unfolded)}>
      ${icons.filter}${active ? words.active(active) : words.none}
    </button>
    <div id=${id} class="filter-fold ${unfolded ? "unfolded" : ""}">
      ${filters} ${active ? html`<button type="button" class="text-button" @click=${clear}>${words.clear}</button>` : nothing}
    </div>
  `;
}
