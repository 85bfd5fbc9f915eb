import type { ReactiveControllerHost } from "lit";

/** How long lines wait for others, in milliseconds: of lines that come one by one within a moment, Orca on Chromium mixes up the order. */
const GATHER_MS = 200;
const KEPT_LINES = 20;

/** Words, each with the language that a voice reads them in; the page's where it is empty. */
export interface Spoken {
  text: string;
  language: string;
}

/** An element that says things aloud, as the parts of it see it that say them. */
export interface SpeakingHost extends ReactiveControllerHost {
  renderRoot: HTMLElement | DocumentFragment;
  say(text: string): void;
  /** Say what is not worth a word once something else has come; an empty text takes it back. */
  sayMeanwhile(text: string): void;
}

/** A polite live region: what is added is read out, and what was said before is not read again. */
export class Announcer {
  #waiting: { line: Spoken[]; passing: boolean }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param find gives the region, once it is drawn */
  constructor(private readonly find: () => HTMLElement | null) {}

  /** Say a line; it may be in several languages. */
  say(...line: Spoken[]): void {
    this.#wait(line, false);
  }

  /** Say a line that is not worth a word once something else has come; an empty one takes it back. */
  sayMeanwhile(...line: Spoken[]): void {
    this.#wait(line, true);
  }

  #wait(line: Spoken[], passing: boolean): void {
    this.#waiting = this.#waiting.filter((waiting) => !waiting.passing);
    const said = line.filter(({ text }) => text);
    if (!said.length) return;
    this.#waiting.push({ line: said, passing });
    this.#timer ??= setTimeout(() => this.#speak(), GATHER_MS);
  }

  /** All that waits goes in at once, as one paragraph. */
  #speak(): void {
    this.#timer = undefined;
    const region = this.find();
    const lines = this.#waiting.splice(0);
    if (!region || !lines.length) return;
    const paragraph = document.createElement("p");
    for (const { line } of lines) paragraph.append(...line.map(spanOf), " ");
    region.append(paragraph);
    while (region.childElementCount > KEPT_LINES) region.firstElementChild?.remove();
  }
}

function spanOf({ text, language }: Spoken): HTMLSpanElement {
  const span = document.createElement("span");
  span.textContent = text;
  if (language) span.lang = language;
  return span;
}
