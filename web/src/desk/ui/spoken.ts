import { html, type TemplateResult } from "lit";
import type { Language } from "../contract";

/** Stretches in the other language: for a reader of English from Hangul to Hangul, for one of Korean three Latin words and more. */
const FOREIGN: Record<Language, RegExp> = {
  en: /([\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3](?:[^A-Za-z“”]*[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3])?)/,
  ko: /([A-Za-z][\w’'.&-]*(?:[ ,:;()&–-]+[A-Za-z0-9][\w’'.&-]*){2,})/,
};
const OTHER: Record<Language, Language> = { ko: "en", en: "ko" };

/** A sentence of the desk with names and titles of the other language in it, which a screen reader is told to say in theirs. */
export function spoken(text: string, reader: Language): (string | TemplateResult)[] {
  return text.split(FOREIGN[reader]).map((part, place) => (place % 2 ? html`<span lang=${OTHER[reader]}>${part}</span>` : part));
}
