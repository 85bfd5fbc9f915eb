import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icons } from "./icons";
import type { View } from "./view";

export interface ComposerOptions {
  draft: string;
  maxChars: number;
  onDraft(text: string): void;
  onSend(): void;
  onStop(): void;
}

/**
 * Whether a key press sends the question. The Enter that ends a composition of an input method belongs to the input
 * method: Chromium and Firefox mark it as composing, Safari gives it the key code 229 after the composition has ended.
 */
export const sends = (event: Pick<KeyboardEvent, "key" | "shiftKey" | "isComposing" | "keyCode">): boolean =>
  event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;

/** Where the question is written. It can be written in while an answer is on its way, and is kept until it is sent. */
export function composer({ t, busy }: View, { draft, maxChars, onDraft, onSend, onStop }: ComposerOptions): TemplateResult {
  const full = draft.length >= maxChars;
  const send = (event: Event): void => {
    event.preventDefault();
    onSend();
  };
  // One button for both, so that it keeps the focus; by the time the click is over it may be the one that sends.
  const stop = (event: Event): void => {
    event.preventDefault();
    onStop();
  };
  return html`
    <form class="composer" part="composer" @submit=${send}>
      <label class="unseen" for="question">${t.inputLabel}</label>
      <div class="field">
        <textarea
          id="question" rows="1" maxlength=${maxChars} placeholder=${t.inputHint} aria-describedby="privacy" enterkeyhint="send" autocomplete="off"
          .value=${live(draft)}
          @input=${(event: Event) => onDraft((event.target as HTMLTextAreaElement).value)}
          @keydown=${(event: KeyboardEvent) => { if (sends(event)) send(event); }}
        ></textarea>
        <button type=${busy ? "button" : "submit"} class="send" part="send" title=${busy ? t.stop : t.send} aria-label=${busy ? t.stop : t.send} @click=${busy ? stop : nothing}>
          ${busy ? icons.stop : icons.send}
        </button>
      </div>
      ${full ? html`<p class="small" role="alert">${t.tooLong(maxChars)}</p>` : nothing}
      <p class="small" id="privacy">${t.privacy}</p>
    </form>
  `;
}
