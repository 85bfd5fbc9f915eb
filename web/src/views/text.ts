import { html, type TemplateResult } from "lit";

/** Longer words may be broken: on a phone they would not fit a line. */
const MAX_KEPT = 18;
/** What browsers break a Korean word at, though nobody would write it so: 50%|입니다, 중소|·중견기업, 12일|(금), (D-|74). */
const BREAKABLE = /[·%~–\-()]/;

const keep = (word: string): boolean => word.length > 1 && word.length <= MAX_KEPT && BREAKABLE.test(word);

/** Text whose short words stay whole at the end of a line. Nothing is added to it, so that copying gives what was written. */
export function whole(text: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  for (const piece of text.split(/(\s+)/)) {
    const last = parts.at(-1);
    if (keep(piece)) parts.push(html`<span class="whole">${piece}</span>`);
    else if (typeof last === "string") parts[parts.length - 1] = last + piece;
    else parts.push(piece);
  }
  return parts;
}

/** As many numbers as fit a line together with a word. */
const MAX_TOGETHER = 3;

/** Text with the numbers of its sources behind it, none of which begins a line of its own. */
export function followed(text: string, numbers: readonly TemplateResult[]): TemplateResult {
  const [, before = "", word = ""] = /^(.*?)(\S*)\s*$/s.exec(text) ?? [];
  if (word.length > MAX_KEPT) return html`${whole(text)}${numbers}`;
  return html`${whole(before)}<span class="whole">${word}${numbers.slice(0, MAX_TOGETHER)}</span>${numbers.slice(MAX_TOGETHER)}`;
}

/** A sentence that quotes a source in the other language, as the service writes it: where from, the quotation, what its terms mean. */
const QUOTING = /^(「[^」]+」 ?\([^()]+\): )?(.*?)( \(“[^”]+” = .+\))?$/s;

export interface Sentence {
  from: string;
  said: string;
  gloss: string;
}

/** The parts of a sentence; only `said` is never empty unless the sentence is. */
export function partsOf(text: string): Sentence {
  const [, from = "", said = "", gloss = ""] = QUOTING.exec(text) ?? [];
  return said ? { from, said, gloss } : { from: "", said: text, gloss: "" };
}

/** A quotation on one line, cut where it is long. */
export function shortened(quote: string, maxChars: number): string {
  const characters = [...quote.replace(/\s+/g, " ").trim()];
  return characters.length > maxChars ? `${characters.slice(0, maxChars).join("")}…` : characters.join("");
}
