import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Citation, Language } from "../contract";
import type { Catalogue } from "../i18n";
import { checkBadge } from "../ui/badges";
import { icons } from "../ui/icons";
import { placeOf, type Sentence } from "./draft-editor";

/** What an officer can do with a sentence. */
export interface SentenceActions {
  enter(sentence: Sentence): void;
  type(sentence: Sentence, text: string): void;
  cite(sentence: Sentence): void;
  uncite(sentence: Sentence, place: string): void;
  show(citation: Citation, opener: HTMLElement): void;
  move(sentence: Sentence, by: -1 | 1): void;
  remove(sentence: Sentence): void;
}

export interface SentencePlace {
  /** Counted from 1. */
  number: number;
  last: boolean;
  active: boolean;
  /** Of the answer. */
  language: Language;
  reader: Language;
  locked: boolean;
  numbers: ReadonlyMap<string, number>;
  stale: ReadonlySet<string>;
}

/** One sentence of a draft: its check, its words, what it rests on, and what can be done with it. */
export function sentenceView(t: Catalogue, sentence: Sentence, place: SentencePlace, actions: SentenceActions): TemplateResult {
  const { key, text, check, explanation, state } = sentence;
  const id = `${place.language}-sentence-${key}`;
  const why = check === "supported" || state === "changed" ? "" : explanation[place.reader];
  return html`
    <li class="sentence check-${check} ${place.active ? "active" : ""}" @focusin=${() => actions.enter(sentence)}>
      <div class="sentence-head">
        <label for=${id}>${t.draft.sentence(place.number)}</label>
        <span role="status" id="${id}-check">${
          state === "checked" ? checkBadge(t, check) : html`<span class="muted">${state === "failed" ? t.draft.checkFailed : t.draft.checking}</span>`
        }</span>
      </div>
      <textarea
        id=${id} class="words" rows="1" maxlength="2000" lang=${place.language} aria-describedby="${id}-check ${why ? `${id}-why` : ""}" ?readonly=${place.locked} .value=${live(text)}
        @input=${(event: Event) => actions.type(sentence, (event.target as HTMLTextAreaElement).value)}
      ></textarea>
      ${why ? html`<p class="why" id="${id}-why">${why}</p>` : nothing}
      <div class="sentence-foot">
        ${sentence.citations.length ? chips(t, sentence, place, actions) : nothing}
        ${place.locked ? nothing : buttons(t, sentence, place, actions)}
      </div>
    </li>
  `;
}

function chips(t: Catalogue, sentence: Sentence, { numbers, stale, locked }: SentencePlace, actions: SentenceActions): TemplateResult {
  return html`
    <ul class="chips" aria-label=${t.draft.sources}>
      ${sentence.citations.map((citation) => {
        const cited = placeOf(citation);
        const number = numbers.get(cited) ?? 0;
        return html`
          <li class=${stale.has(cited) ? "stale" : ""}>
            <button type="button" class="chip" aria-label=${t.draft.citation(number, citation.title)} title=${citation.title}
              @click=${(event: Event) => actions.show(citation, event.currentTarget as HTMLElement)}>${number}</button>${locked
              ? nothing
              : html`<button type="button" class="chip-remove" aria-label=${t.draft.removeCitation(number)} title=${t.draft.removeCitation(number)}
                  @click=${() => actions.uncite(sentence, cited)}>${icons.close}</button>`}
          </li>
        `;
      })}
    </ul>
  `;
}

function buttons(t: Catalogue, sentence: Sentence, { number, last }: SentencePlace, actions: SentenceActions): TemplateResult {
  const named = (word: string): string => `${word}: ${t.draft.sentence(number)}`;
  return html`
    <div class="sentence-buttons">
      <button type="button" class="text-button" aria-label=${named(t.draft.addPassage)} @click=${() => actions.cite(sentence)}>${icons.find}<span>${t.draft.addPassage}</span></button>
      <button type="button" class="icon-button" ?disabled=${number === 1} aria-label=${named(t.draft.up)} title=${t.draft.up} @click=${() => actions.move(sentence, -1)}>${icons.up}</button>
      <button type="button" class="icon-button" ?disabled=${last} aria-label=${named(t.draft.down)} title=${t.draft.down} @click=${() => actions.move(sentence, 1)}>${icons.down}</button>
      <button type="button" class="icon-button" aria-label=${named(t.draft.remove)} title=${t.draft.remove} @click=${() => actions.remove(sentence)}>${icons.remove}</button>
    </div>
  `;
}
