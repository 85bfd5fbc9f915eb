import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Citation, Language } from "./contract";
import type { OpenSource } from "./views/source";
import type { Task } from "./views/view";

/** What the overlays need of the element they belong to. */
export interface OverlaysHost extends ReactiveControllerHost {
  renderRoot: HTMLElement | DocumentFragment;
}

/** What lies over the chat: at most one task, and over that at most one source. Gives the focus back where it came from. */
export class Overlays implements ReactiveController {
  #host: OverlaysHost;
  #sourceOpener: HTMLElement | null = null;
  #taskOpener: HTMLElement | null = null;
  source: OpenSource | null = null;
  task: Task | null = null;

  constructor(host: OverlaysHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {}

  /** Show a source over whatever is there. */
  openSource(citation: Citation, reader: Language, opener: EventTarget | null): void {
    this.#sourceOpener = opener as HTMLElement | null;
    this.source = { citation, reader, framed: true };
    this.#focus(() => this.#find(".citation-source .back"));
  }

  closeSource(): void {
    this.source = null;
    const opener = this.#sourceOpener;
    this.#focus(() => (opener?.isConnected ? opener : this.#find(this.task ? ".task .back" : ".log")));
  }

  /** Show a task in the place of the one before. */
  openTask(task: Task): void {
    if (!this.task) this.#taskOpener = (this.#host.renderRoot as ShadowRoot).activeElement as HTMLElement | null;
    this.task = task;
    this.#focus(() => this.#find(".task .back"));
  }

  closeTask(): void {
    this.task = null;
    const opener = this.#taskOpener;
    this.#focus(() => (opener?.isConnected ? opener : this.#find(".more-tasks")));
  }

  /** Take everything away; the focus stays where it is. */
  clear(): void {
    this.source = null;
    this.task = null;
    this.#host.requestUpdate();
  }

  /** Take the upper one away; says whether there was one. */
  back(): boolean {
    if (this.source) this.closeSource();
    else if (this.task) this.closeTask();
    else return false;
    return true;
  }

  #focus(find: () => HTMLElement | null): void {
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => find()?.focus());
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }
}
