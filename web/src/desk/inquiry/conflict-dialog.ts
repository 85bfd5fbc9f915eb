import { html, type TemplateResult } from "lit";
import type { Language } from "../contract";
import { checkBadge } from "../ui/badges";
import { DeskDialog } from "../ui/dialog";
import { spoken } from "../ui/spoken";
import { placeOf, type DraftEditor } from "./draft-editor";

/**
 * What two officers wrote at once, side by side.
 *
 * @fires desk-mine - save what was written here
 * @fires desk-theirs - go on with what was saved
 */
export class ConflictDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, mine: { attribute: false }, theirs: { attribute: false }, language: {} };

  declare mine: DraftEditor;
  declare theirs: DraftEditor;
  declare language: Language;

  protected override readonly wide = true;

  protected override get heading(): string {
    return this.t.conflict.head;
  }

  protected override body(): TemplateResult {
    const { t } = this;
    const answer = (name: "desk-mine" | "desk-theirs") => (): void => {
      this.close();
      this.dispatchEvent(new CustomEvent(name));
    };
    return html`
      <p>${t.conflict.about}</p>
      <div class="versions">
        <section aria-labelledby="version-theirs"><h3 id="version-theirs">${t.conflict.theirs}</h3>${this.#sentences(this.theirs)}</section>
        <section aria-labelledby="version-mine"><h3 id="version-mine">${t.conflict.mine}</h3>${this.#sentences(this.mine)}</section>
      </div>
      <div class="buttons">
        <button type="button" class="button" @click=${answer("desk-mine")}>${t.conflict.keepMine}</button>
        <button type="button" class="button quiet" @click=${answer("desk-theirs")}>${t.conflict.takeTheirs}</button>
        <button type="button" class="button quiet" @click=${() => this.close()}>${t.conflict.later}</button>
      </div>
    `;
  }

  #sentences({ sentences, numbers }: DraftEditor): TemplateResult {
    const other = new Set((this.mine.sentences === sentences ? this.theirs : this.mine).sentences.map(({ text }) => text.trim()));
    return html`
      <ol class="version" lang=${this.language}>
        ${sentences.map(
          ({ text, check, citations }) => html`<li class=${other.has(text.trim()) ? "" : "differs"}>
            ${spoken(text, this.language)} ${citations.map((citation) => `[${numbers.get(placeOf(citation)) ?? ""}]`).join("")} <span lang=${this.desk.language}>${checkBadge(this.t, check)}</span>
          </li>`,
        )}
      </ol>
    `;
  }
}
