import type { Draft, Language } from "../contract";
import { DraftEditor, sameDraft } from "./draft-editor";

/** The drafts of an inquiry in both languages, with what is typed in them. */
export class Drafts {
  #editors = new Map<Language, DraftEditor>();

  editor(language: Language): DraftEditor | undefined {
    return this.#editors.get(language);
  }

  dirtyIn(language: Language): boolean {
    return this.#editors.get(language)?.dirty ?? false;
  }

  get dirty(): boolean {
    return [...this.#editors.values()].some((editor) => editor.dirty);
  }

  /** Forget what is typed in a language. */
  drop(language: Language): void {
    this.#editors.delete(language);
  }

  /** Go on with what is typed in a language, on top of another saved draft. */
  rebase(language: Language, draft: Draft | undefined): void {
    const editor = this.#editors.get(language);
    if (!editor || !draft) return;
    const next = new DraftEditor(draft);
    next.sentences = editor.sentences;
    this.#editors.set(language, next);
  }

  /**
   * Take the drafts as the server has them. What is typed stays.
   * @returns the language in which a draft was saved that has also been edited here, if there is one
   */
  take(saved: Partial<Record<Language, Draft>>): Language | null {
    let contested: Language | null = null;
    for (const language of ["ko", "en"] as const) {
      const [editor, draft] = [this.#editors.get(language), saved[language]];
      if (editor?.dirty) {
        if (draft && !sameDraft(editor.draft, draft)) contested = language;
      } else if (!draft) this.#editors.delete(language);
      else if (!editor || !sameDraft(editor.draft, draft)) this.#editors.set(language, new DraftEditor(draft));
    }
    return contested;
  }
}
