import type { Citation, Language } from "../contract";
import type { ChatClient } from "../client";
import type { Catalogue } from "../i18n";
import type { Exchange, Vote } from "../memory";

/** What can be done beside asking: check eligibility, hand a question over, look an inquiry up. */
export type Task = "eligibility" | "inquiry" | "look";

/** What the reader can do in a conversation. */
export interface Actions {
  ask(question: string): void;
  retry(exchange: Exchange): void;
  edit(exchange: Exchange): void;
  openSource(citation: Citation, reader: Language, opener: EventTarget | null): void;
  /** Open a task; an inquiry with this question filled in. */
  openTask(task: Task, question?: string): void;
  closeTask(): void;
  copy(exchange: Exchange): void;
  vote(exchange: Exchange, vote: Vote, reason: string | null): void;
  /** Open or close the form that asks why an answer did not help. */
  askReason(exchange: Exchange | null): void;
}

/** What every view draws with. */
export interface View {
  t: Catalogue;
  client: ChatClient;
  actions: Actions;
  /** Whether an answer is on its way. */
  busy: boolean;
  contactUrl: string;
  /** Longest question. */
  maxChars: number;
  /** Whether there are officers to ask, as far as is known. */
  officers: boolean;
  /** The exchange whose feedback form is open. */
  asking: Exchange | null;
  /** A short word on what was just done to an exchange: copied, sent, failed. */
  said: { id: number; text: string } | null;
}

/** The language that a reader's own text is in, for fonts and voices. */
export const languageOf = (text: string): Language => (/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/.test(text) ? "ko" : "en");
