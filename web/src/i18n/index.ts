import type { Language } from "../contract";
import type { Catalogue } from "./catalogue";
import { en } from "./en";
import { ko } from "./ko";

export type { Catalogue } from "./catalogue";

export const catalogues: Record<Language, Catalogue> = { ko, en };

/** The language to begin in: as asked for, else the page's, else the browser's first of ours, else Korean. */
export function chooseLanguage(asked: string | null, page: string, browser: readonly string[]): Language {
  for (const tag of [asked ?? "", page, ...browser]) {
    const primary = tag.toLowerCase().split("-")[0];
    if (primary === "ko" || primary === "en") return primary;
  }
  return "ko";
}
