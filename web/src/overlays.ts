import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Citation, Language } from "./contract";
import type { CitedSource } from "./views/source";
import type { Task } from "./views/view";

/**
 * How long what had the focus stays after the focus has moved on, in milliseconds. Where it goes together with the move,
 * Orca takes the new place of the focus for known and says nothing of it.
 */
export const HANDED_ON_MS = 150;

type Layer = "source" | "task";

/** What the overlays need of the element they belong to. */
export interface OverlaysHost extends ReactiveControllerHost {
  renderRoot: HTMLElement | DocumentFragment;
}

/** What lies over the chat: at most one task, and over that at most one source. Gives the focus back where it came from. */
export class Overlays implements ReactiveController {
  #host: OverlaysHost;
  #sourceOpener: HTMLElement | null = null;
  #taskOpener: HTMLElement | null = null;
  #leaving = new Set<Layer>();
  #settled = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  source: CitedSource | null = null;
  task: Task | null = null;

  constructor(host: OverlaysHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    if (!this.#settled) this.#settle();
  }

  /** Whether something lies over the chat that has not been closed. */
  get isOpen(): boolean {
    return this.#hasSource || this.#hasTask;
  }

  /** Whether the chat is out of reach. */
  get coversChat(): boolean {
    return this.#settled && this.isOpen;
  }

  /** Whether the task is out of reach. */
  get coversTask(): boolean {
    return this.#settled && this.#hasSource;
  }

  /** Whether this is closed, and drawn until the focus has moved on. */
  leaves(layer: Layer): boolean {
    return this.#leaving.has(layer);
  }

  /** Show a source over whatever is there. */
  openSource(citation: Citation, reader: Language, opener: EventTarget | null): void {
    this.#sourceOpener = opener as HTMLElement | null;
    this.source = { citation, reader };
    this.#leaving.delete("source");
    this.#focus(() => this.#find(".citation-source .back"));
  }

  closeSource(): void {
    const opener = this.#sourceOpener;
    this.#leaving.add("source");
    this.#focus(() => (opener?.isConnected ? opener : this.#find(this.#hasTask ? ".task .back" : ".log")));
  }

  /** Show a task in the place of the one before. */
  openTask(task: Task): void {
    if (!this.#hasTask) this.#taskOpener = (this.#host.renderRoot as ShadowRoot).activeElement as HTMLElement | null;
    this.task = task;
    this.#leaving.delete("task");
    this.#focus(() => this.#find(".task .back"));
  }

  closeTask(): void {
    const opener = this.#taskOpener;
    this.#leaving.add("task");
    this.#focus(() => (opener?.isConnected ? opener : this.#find(".more-tasks")));
  }

  /** Take everything away; the focus stays where it is. */
  clear(): void {
    this.#leaving.add("source").add("task");
    this.#settle();
  }

  /** Take the upper one away; says whether there was one. */
  back(): boolean {
    if (this.#hasSource) this.closeSource();
    else if (this.#hasTask) this.closeTask();
    else return false;
    return true;
  }

  get #hasSource(): boolean {
    return this.source !== null && !this.#leaving.has("source");
  }

  get #hasTask(): boolean {
    return this.task !== null && !this.#leaving.has("task");
  }

  /** Move the focus; then take away what was left, and put out of reach what is covered. */
  #focus(find: () => HTMLElement | null): void {
    this.#settled = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#settle(), HANDED_ON_MS);
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => find()?.focus());
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#settled = true;
    if (this.#leaving.has("source")) this.source = null;
    if (this.#leaving.has("task")) this.task = null;
    this.#leaving.clear();
    this.#host.requestUpdate();
  }

  #find(selector: string): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>(selector);
  }
}
