import { html, nothing, type TemplateResult } from "lit";
import { icons } from "./icons";
import { taskButtons } from "./task";
import { languageOf, type View } from "./view";

export interface HeaderOptions {
  canClear: boolean;
  canClose: boolean;
  menuOpen: boolean;
  onMenu(): void;
  onLanguage(): void;
  onClear(): void;
  onClose(): void;
}

export function header({ t }: View, options: HeaderOptions): TemplateResult {
  const other = t.language === "ko" ? "en" : "ko";
  return html`
    <div class="bar" part="header">
      <h2 id="name">${t.name} <span class="tagline">${t.tagline}</span></h2>
      <button
        type="button" class="tool more-tasks" title=${t.tasks} aria-label=${t.tasks} aria-expanded=${options.menuOpen} aria-controls="tasks"
        @click=${options.onMenu}
      >${icons.menu}</button>
      <button type="button" class="tool labelled" lang=${other} title=${t.switchLanguage} @click=${options.onLanguage}>${t.otherLanguage}</button>
      ${options.canClear
        ? html`<button type="button" class="tool clear" title=${t.clear} aria-label=${t.clear} @click=${options.onClear}>${icons.clear}</button>`
        : nothing}
      ${options.canClose
        ? html`<button type="button" class="tool" title=${t.close} aria-label=${t.close} @click=${options.onClose}>${icons.close}</button>`
        : nothing}
    </div>
  `;
}

/** The tasks under the header, while its button is pressed. */
export function menuOf(view: View): TemplateResult {
  return html`<div class="tasks" id="tasks" role="group" aria-label=${view.t.tasks}>${taskButtons(view)}</div>`;
}

export function welcome(view: View, starters: readonly string[]): TemplateResult {
  const { t, actions, busy } = view;
  return html`
    <div class="welcome">
      <p>${t.welcome}</p>
      <p class="small" id="starters">${t.startersHead}</p>
      <div class="suggestions" role="group" aria-labelledby="starters">
        ${starters.map((question) => html`<button type="button" class="chip" lang=${languageOf(question)} ?disabled=${busy} @click=${() => actions.ask(question)}>${question}</button>`)}
      </div>
      <p class="small" id="begin-tasks">${t.tasks}</p>
      <div class="suggestions side" role="group" aria-labelledby="begin-tasks">${taskButtons(view)}</div>
    </div>
  `;
}

export function clearQuestion({ t }: View, confirm: () => void, cancel: () => void): TemplateResult {
  return html`
    <div class="confirm" role="group" aria-labelledby="confirm-question">
      <p id="confirm-question">${t.clearQuestion}</p>
      <p class="buttons">
        <button type="button" class="button" @click=${confirm}>${t.clearConfirm}</button>
        <button type="button" class="button quiet" @click=${cancel}>${t.cancel}</button>
      </p>
    </div>
  `;
}
