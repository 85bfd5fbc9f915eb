import type { DeskClient } from "../client";
import type { PresentOfficer } from "../contract";

const EVERY_MS = 10_000;

export interface PresenceListener {
  /** Whether there are unsaved edits. */
  isEditing(): boolean;
  onPresence(present: PresentOfficer[], version: number): void;
}

/** Says every ten seconds that one has an inquiry open, and hears who else has. */
export class Presence {
  #timer = 0;
  #stopped = false;

  constructor(
    private readonly client: DeskClient,
    private readonly inquiryId: string,
    private readonly listener: PresenceListener,
  ) {}

  start(): void {
    window.addEventListener("pagehide", this.#leave);
    void this.beat();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    window.removeEventListener("pagehide", this.#leave);
    this.#leave();
  }

  /** Say so now. */
  async beat(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      const { present, version } = await this.client.presence(this.inquiryId, this.listener.isEditing() ? "editing" : "viewing");
      if (!this.#stopped) this.listener.onPresence(present, version);
    } catch {
      // A lost sign of life is not worth a word; the next one may arrive.
    }
    if (!this.#stopped) this.#timer = window.setTimeout(() => void this.beat(), EVERY_MS);
  }

  #leave = (): void => {
    this.client.leave(this.inquiryId).catch(() => undefined);
  };
}
