import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

export interface Choice {
  value: string;
  label: string;
}

/** A labelled select. The choice is set on the options, for the select knows none before they are there. */
export function choiceField(id: string, label: string, value: string, choices: readonly Choice[], onChange: (value: string) => void, disabled = false): TemplateResult {
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} ?disabled=${disabled} @change=${(event: Event) => onChange((event.target as HTMLSelectElement).value)}>
        ${choices.map((choice) => html`<option value=${choice.value} .selected=${live(choice.value === value)}>${choice.label}</option>`)}
      </select>
    </div>
  `;
}

/** The choices of a record of words, `all` first where there is one. */
export const choicesOf = (words: Record<string, string>, all?: string): Choice[] => [
  ...(all === undefined ? [] : [{ value: "", label: all }]),
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
];

export interface TextField {
  id: string;
  label: string;
  value: string;
  onInput(value: string): void;
  type?: "text" | "password" | "date" | "search";
  hint?: string;
  required?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  autocomplete?: string;
  lang?: string;
  rows?: number;
  disabled?: boolean;
}

/** A labelled input, or a text area where `rows` is given. */
export function textField(field: TextField): TemplateResult {
  const { id, label, value, onInput, hint } = field;
  const input = (event: Event): void => onInput((event.target as HTMLInputElement | HTMLTextAreaElement).value);
  const describedBy = hint ? `${id}-hint` : nothing;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${field.rows
        ? html`<textarea id=${id} rows=${field.rows} lang=${field.lang ?? nothing} aria-describedby=${describedBy} maxlength=${field.maxLength ?? nothing}
            ?required=${field.required ?? false} ?disabled=${field.disabled ?? false} .value=${live(value)} @input=${input}></textarea>`
        : html`<input id=${id} type=${field.type ?? "text"} lang=${field.lang ?? nothing} aria-describedby=${describedBy} autocomplete=${(field.autocomplete ?? "off") as "off"}
            minlength=${field.minLength ?? nothing} maxlength=${field.maxLength ?? nothing} pattern=${field.pattern ?? nothing}
            ?required=${field.required ?? false} ?disabled=${field.disabled ?? false} .value=${live(value)} @input=${input} />`}
      ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
    </div>
  `;
}

/** Calls the last of many quick calls. */
export function settled<A extends unknown[]>(milliseconds: number, call: (...values: A) => void): (...values: A) => void {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => call(...values), milliseconds);
  };
}
