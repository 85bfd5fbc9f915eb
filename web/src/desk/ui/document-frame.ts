import { html, LitElement, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";

/**
 * The readable view of a document, at the passage that its address names. It runs no scripts, and the sandbox would not let it.
 *
 * A new address is a new frame, so that the way back leads to the screen before and not through every source looked at.
 */
export class DocumentFrame extends LitElement {
  static override properties = { url: {}, label: {} };

  declare url: string;
  /** Name of the frame. */
  declare label: string;

  #loaded = false;
  #width = 0;
  #observer = new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    if (width === this.#width) return;
    this.#width = width;
    if (this.#loaded) this.#seek();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("url")) this.#loaded = false;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    const frame = this.querySelector("iframe");
    if (!changed.has("url") || !frame) return;
    this.#observer.disconnect();
    this.#observer.observe(frame);
  }

  protected override render(): TemplateResult {
    return html`${keyed(
      this.url,
      html`<iframe class="document" title=${this.label} src=${this.url} sandbox="allow-downloads allow-popups" referrerpolicy="no-referrer" @load=${this.#seek}></iframe>`,
    )}`;
  }

  /** To the passage once more: the document may have looked for it before the frame had its size. */
  #seek = (event?: Event): void => {
    if (event) this.#loaded = true;
    const address = new URL(this.url, location.href);
    if (address.hash) this.querySelector("iframe")?.contentWindow?.location.replace(address.href);
  };
}
