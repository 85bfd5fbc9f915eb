import type { Language } from "./contract";

export type Theme = "auto" | "light" | "dark";
export const THEMES: readonly Theme[] = ["auto", "light", "dark"];

const KEY = "annae-desk";

/** Language and colours, kept in this browser. Nothing of an inquiry is. */
export interface Preferences {
  language: Language | null;
  theme: Theme;
}

export function loadPreferences(): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "null") as Partial<Preferences> | null;
    return {
      language: stored?.language === "ko" || stored?.language === "en" ? stored.language : null,
      theme: THEMES.find((theme) => theme === stored?.theme) ?? "auto",
    };
  } catch {
    return { language: null, theme: "auto" };
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Full or forbidden: they last as long as the page.
  }
}
