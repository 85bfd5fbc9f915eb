/** Speaks with the service: one question, one stream of events; every failure has a name. */

import { readAnswer, readClaim, readSuggestions, type Language, type StreamEvent } from "./contract";
import { readJudgements, type EligibilityRequest, type Judgement } from "./eligibility.contract";
import { readFound, readReceipt, readTerms, type Inquiry, type InquiryRequest } from "./inquiry.contract";
import { SseParser } from "./sse";

/**
 * - `offline`: the browser has no network
 * - `network`: the service could not be reached
 * - `timeout`: nothing came for too long
 * - `cut`: the stream ended before the answer did
 * - `invalid`: the service refuses the question as it is; asking again does not help
 * - `absent`: the service has no such thing
 * - `busy`: too many attempts from here
 * - `server`: something broke there
 * - `stopped`: the reader ended it
 */
export type FailureKind = "offline" | "network" | "timeout" | "cut" | "invalid" | "absent" | "busy" | "server" | "stopped";

/** Longest wait for a reply that is not a stream. */
const REPLY_MS = 15_000;

export class ChatFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    /** The service's own sentence for the reader; empty where it gave none. */
    readonly detail = "",
  ) {
    super(detail ? `${kind}: ${detail}` : kind);
  }
}

export interface ChatRequest {
  question: string;
  conversation_id: string | null;
  /** The same for each attempt at one question: the service then goes on with the answer it began. */
  request_id: string;
}

export interface Patience {
  /** Ends the call when the reader stops it. */
  signal: AbortSignal;
  /** Longest silence. */
  timeoutMs: number;
}

export class ChatClient {
  /** @param base the service's address, ending in a slash */
  constructor(readonly base: string) {}

  /**
   * Ask, and hear the answer as it comes. Ends after `final`.
   * @throws ChatFailure
   */
  async *stream(request: ChatRequest, { signal, timeoutMs }: Patience): AsyncGenerator<StreamEvent, void> {
    const control = new AbortController();
    let silent = false;
    const expire = () => {
      silent = true;
      control.abort();
    };
    let timer = setTimeout(expire, timeoutMs);
    const stop = () => control.abort();
    signal.addEventListener("abort", stop);
    const failure = (otherwise: FailureKind): ChatFailure => {
      if (signal.aborted) return new ChatFailure("stopped");
      if (silent) return new ChatFailure("timeout");
      return new ChatFailure(navigator.onLine === false ? "offline" : otherwise);
    };
    try {
      if (signal.aborted) throw failure("network");
      const response = await this.#send("api/chat", request, control.signal, "text/event-stream").catch(() => {
        throw failure("network");
      });
      if (!response.ok) throw await problemOf(response);
      if (!response.body) throw failure("cut");
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      const parser = new SseParser();
      for (;;) {
        const part = await reader.read().catch(() => {
          throw failure("cut");
        });
        clearTimeout(timer);
        timer = setTimeout(expire, timeoutMs);
        if (part.done) throw failure("cut");
        for (const { event, data } of parser.push(decoder.decode(part.value, { stream: true }))) {
          const read = readEvent(event, data);
          if (!read) continue;
          // The reader may have stopped it while we handed out the event before.
          if (signal.aborted) throw failure("cut");
          yield read;
          if (read.kind === "final") return;
        }
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      control.abort();
    }
  }

  /**
   * Say whether an answer helped.
   * @throws ChatFailure where it did not arrive
   */
  async feedback(answerId: string, helpful: boolean, reason: string | null): Promise<void> {
    await this.#reply("api/feedback", { answer_id: answerId, helpful, reason });
  }

  /**
   * Questions that the documents can answer, to begin with.
   * @throws ChatFailure
   */
  async suggestions(language: Language): Promise<string[]> {
    return readSuggestions(await this.#reply(`api/suggestions?language=${language}`, null));
  }

  /**
   * Whether a company may take part in each program.
   * @throws ChatFailure
   */
  async eligibility(request: EligibilityRequest): Promise<Judgement[]> {
    return readJudgements(await this.#reply("api/eligibility", request));
  }

  /**
   * Hand a question over to the officers.
   * @returns the reference to look it up by
   * @throws ChatFailure `absent` where the service has no officers
   */
  async handOver(request: InquiryRequest): Promise<string> {
    const reference = readReceipt(await this.#reply("api/inquiries", request));
    if (!reference) throw new ChatFailure("server");
    return reference;
  }

  /**
   * How many days an inquiry is kept after it is closed; `null` if the service does not say.
   * @throws ChatFailure
   */
  async inquiryTerms(): Promise<number | null> {
    return readTerms(await this.#reply("api/inquiries", null));
  }

  /**
   * How far an inquiry is.
   * @throws ChatFailure `absent` where there is none of this reference
   */
  async lookUp(reference: string): Promise<Inquiry> {
    // Asked so, a number that nobody has is an empty list and no error that browsers write into the page's console.
    const inquiry = readFound(await this.#reply(`api/inquiries?reference=${encodeURIComponent(reference)}`, null));
    if (!inquiry) throw new ChatFailure("absent");
    return inquiry;
  }

  /** An address that the service gave, absolute; `null` for one that leads away from the service. */
  resolve(path: string): URL | null {
    try {
      const url = new URL(path.replace(/^\/+/, ""), this.base);
      return url.origin === new URL(this.base).origin && /^https?:$/.test(url.protocol) ? url : null;
    } catch {
      return null;
    }
  }

  /** A whole reply, not a stream; nothing where it has no body. Without a body of ours it only asks. */
  async #reply(path: string, body: object | null): Promise<unknown> {
    const response = await this.#send(path, body, AbortSignal.timeout(REPLY_MS), "application/json").catch((error: unknown) => {
      if (navigator.onLine === false) throw new ChatFailure("offline");
      throw new ChatFailure(error instanceof DOMException && error.name === "TimeoutError" ? "timeout" : "network");
    });
    if (!response.ok) throw await problemOf(response);
    return response.status === 204 ? null : response.json().catch(() => null);
  }

  async #send(path: string, body: object | null, signal: AbortSignal, accept: string): Promise<Response> {
    return fetch(new URL(path, this.base), {
      method: body ? "POST" : "GET",
      headers: body ? { "content-type": "application/json", accept } : { accept },
      ...(body ? { body: JSON.stringify(body) } : {}),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal,
    });
  }
}

function readEvent(event: string, data: string): StreamEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    throw new ChatFailure("server");
  }
  switch (event) {
    case "status":
      return { kind: "status", step: String((value as { step?: unknown } | null)?.step ?? "") };
    case "claim": {
      const claim = readClaim(value);
      return claim && { kind: "claim", claim };
    }
    case "final": {
      const answer = readAnswer(value);
      if (!answer) throw new ChatFailure("server");
      return { kind: "final", answer };
    }
    case "error":
      throw new ChatFailure((value as { status?: unknown } | null)?.status === 504 ? "timeout" : "server");
    default:
      return null;
  }
}

async function problemOf(response: Response): Promise<ChatFailure> {
  if (response.status === 408 || response.status === 504) return new ChatFailure("timeout");
  if (response.status === 404 || response.status === 405) return new ChatFailure("absent");
  if (response.status === 429) return new ChatFailure("busy");
  if (response.status !== 422 && response.status !== 413) return new ChatFailure("server");
  try {
    const problem = (await response.json()) as { errors?: { where?: string; problem?: string }[] };
    const about = problem.errors?.find((part) => part.where === "body.question");
    return new ChatFailure("invalid", about?.problem ?? "");
  } catch {
    return new ChatFailure("invalid");
  }
}
