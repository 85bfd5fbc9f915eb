import { LitElement, type PropertyValues } from "lit";
import type { Desk } from "./desk";
import { DeskFailure } from "./failure";
import type { Catalogue } from "./i18n";

/** A part of the desk. It draws into the page itself, so that labels, headings and styles reach across parts. */
export abstract class DeskElement extends LitElement {
  static override properties = { desk: { attribute: false }, busy: { state: true }, failure: { state: true } };

  declare desk: Desk;
  /** Whether a request of this part is under way. */
  protected declare busy: boolean;
  /** What went wrong with the latest one. */
  protected declare failure: DeskFailure | null;

  #heard: Desk | null = null;

  constructor() {
    super();
    this.busy = false;
    this.failure = null;
  }

  protected get t(): Catalogue {
    return this.desk.t;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#hear();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#heard?.removeEventListener("change", this.#onChange);
    this.#heard = null;
  }

  protected override willUpdate(_: PropertyValues): void {
    this.#hear();
  }

  /** Do something with the service; `null` if it failed, and then `failure` says why. */
  protected async attempt<T>(work: () => Promise<T>): Promise<T | null> {
    this.busy = true;
    this.failure = null;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DeskFailure)) throw error;
      this.failure = error;
      return null;
    } finally {
      this.busy = false;
    }
  }

  protected find<E extends HTMLElement>(selector: string): E | null {
    return this.querySelector<E>(selector);
  }

  #hear(): void {
    if (!this.desk || this.#heard === this.desk) return;
    this.#heard?.removeEventListener("change", this.#onChange);
    this.#heard = this.desk;
    this.desk.addEventListener("change", this.#onChange);
  }

  #onChange = (): void => this.requestUpdate();
}
