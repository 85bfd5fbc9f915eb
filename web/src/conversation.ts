import type { ReactiveController, ReactiveControllerHost } from "lit";
import { ChatClient, ChatFailure, type FailureKind } from "./client";
import type { Claim, Language, StreamEvent } from "./contract";
import { Memory, newRequestId, nothing, type Exchange, type Receipt, type Remembered, type Vote } from "./memory";

/** Waits before an answer that broke off is taken up again by itself; after the last the reader decides. */
const RESUME_AFTER_MS: readonly number[] = [300, 1500];
const RESUMABLE: readonly FailureKind[] = ["cut", "network"];

/** What the conversation tells whoever listens, beside asking its host to draw anew. */
export interface ConversationListener {
  onStep(step: string): void;
  onClaim(claim: Claim): void;
  onEnd(exchange: Exchange): void;
}

/** The conversation: asks, retries, stops, remembers. Knows nothing of how it looks. */
export class Conversation implements ReactiveController {
  #host: ReactiveControllerHost;
  #listener: ConversationListener;
  #client: ChatClient | null = null;
  #memory: Memory | null = null;
  #state: Remembered = nothing();
  #stop: AbortController | null = null;
  #nextId = 0;
  timeoutMs = 25_000;

  constructor(host: ReactiveControllerHost, listener: ConversationListener) {
    this.#host = host;
    this.#listener = listener;
    host.addController(this);
  }

  /** Take up the conversation with the service at `base`, from where this browser left it. */
  connect(base: string): void {
    if (this.#client?.base === base) return;
    this.stop();
    this.#client = new ChatClient(base);
    this.#memory = new Memory(`annae:${base}`);
    this.#state = this.#memory.load();
    this.#nextId = this.#state.exchanges.length;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.stop();
  }

  get client(): ChatClient {
    if (!this.#client) throw new Error("annae-chat is not connected yet");
    return this.#client;
  }

  get exchanges(): readonly Exchange[] {
    return this.#state.exchanges;
  }

  get pending(): boolean {
    return this.#stop !== null;
  }

  get draft(): string {
    return this.#state.draft;
  }

  set draft(text: string) {
    this.#state.draft = text;
    this.#save();
  }

  get language(): Language | null {
    return this.#state.language;
  }

  set language(language: Language | null) {
    this.#state.language = language;
    this.#save();
  }

  /** Ask; resolves when the answer is whole or has failed. Nothing happens while another answer is on its way. */
  async ask(question: string): Promise<void> {
    const text = question.trim();
    if (!text || this.pending) return;
    const exchange: Exchange = {
      id: this.#nextId++, question: text, requestId: newRequestId(), state: "pending", step: "", claims: [], answer: null, failure: null, detail: "", vote: null,
    };
    this.#state.exchanges = [...this.#state.exchanges, exchange];
    await this.#run(exchange);
  }

  /** Ask a failed question again; sentences that had come stay until the new ones take their places. */
  async retry(exchange: Exchange): Promise<void> {
    if (this.pending || exchange.state !== "failed") return;
    exchange.state = "pending";
    exchange.failure = null;
    exchange.detail = "";
    await this.#run(exchange);
  }

  /** Take up the last answer again where the network went away under it. */
  async resume(): Promise<void> {
    const last = this.#state.exchanges.at(-1);
    if (last?.failure === "offline") await this.retry(last);
  }

  stop(): void {
    this.#stop?.abort();
  }

  get conversationId(): string | null {
    return this.#state.conversationId;
  }

  /** Questions handed over to an officer, the oldest first. */
  get receipts(): readonly Receipt[] {
    return this.#state.receipts;
  }

  /** Remember where to look a question up that was handed over. */
  keep(receipt: Receipt): void {
    this.#state.receipts = [...this.#state.receipts, receipt];
    this.#changed();
  }

  /** Forget everything, here and in the browser's storage; the interface language stays. */
  clear(): void {
    this.stop();
    this.#state = { ...nothing(), language: this.#state.language };
    this.#memory?.clear();
    this.#host.requestUpdate();
  }

  /** Take a question that cannot be asked out of the conversation. */
  remove(exchange: Exchange): void {
    this.#state.exchanges = this.#state.exchanges.filter((other) => other !== exchange);
    this.#changed();
  }

  /** Tell the service whether an answer helped. */
  async vote(exchange: Exchange, vote: Vote, reason: string | null): Promise<void> {
    if (!exchange.answer) return;
    await this.client.feedback(exchange.answer.answer_id, vote === "up", reason);
    exchange.vote = vote;
    this.#changed();
  }

  async #run(exchange: Exchange): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    this.#changed();
    const failure = await this.#attempts(exchange, stop.signal);
    if (failure) {
      exchange.state = "failed";
      exchange.failure = failure.kind;
      exchange.detail = failure.detail;
    }
    if (this.#stop === stop) this.#stop = null;
    this.#changed();
    // It may have been cleared away meanwhile.
    if (this.#state.exchanges.includes(exchange)) this.#listener.onEnd(exchange);
  }

  /** Ask until the answer is whole or there is no use in it; the failure of the last attempt. */
  async #attempts(exchange: Exchange, signal: AbortSignal): Promise<ChatFailure | null> {
    for (let attempt = 0; ; attempt++) {
      const failure = await this.#attempt(exchange, signal);
      const wait = RESUME_AFTER_MS[attempt];
      if (!failure || !RESUMABLE.includes(failure.kind) || wait === undefined) return failure;
      this.#take(exchange, { kind: "status", step: "resuming" }, 0);
      this.#host.requestUpdate();
      await new Promise((done) => setTimeout(done, wait));
      if (signal.aborted) return new ChatFailure("stopped");
    }
  }

  /** Ask once. The same question under the same id gives the same sentences again: each takes its own place. */
  async #attempt(exchange: Exchange, signal: AbortSignal): Promise<ChatFailure | null> {
    const request = { question: exchange.question, conversation_id: this.#state.conversationId, request_id: exchange.requestId };
    let arrived = 0;
    try {
      for await (const event of this.client.stream(request, { signal, timeoutMs: this.timeoutMs })) {
        this.#take(exchange, event, arrived);
        if (event.kind === "claim") arrived++;
        this.#host.requestUpdate();
      }
      return null;
    } catch (error) {
      if (error instanceof ChatFailure) return error;
      console.error("annae-chat", error);
      return new ChatFailure("server");
    }
  }

  #take(exchange: Exchange, event: StreamEvent, arrived: number): void {
    switch (event.kind) {
      case "status":
        exchange.step = event.step;
        this.#listener.onStep(event.step);
        return;
      case "claim": {
        const known = exchange.claims[arrived]?.text === event.claim.text;
        exchange.claims = [...exchange.claims.slice(0, arrived), event.claim, ...exchange.claims.slice(arrived + 1)];
        // What was read out before the stream broke off is not read out again.
        if (!known) this.#listener.onClaim(event.claim);
        return;
      }
      case "final":
        exchange.answer = event.answer;
        exchange.claims = event.answer.claims;
        exchange.state = "done";
        this.#state.conversationId = event.answer.conversation_id || this.#state.conversationId;
    }
  }

  #changed(): void {
    this.#save();
    this.#host.requestUpdate();
  }

  #save(): void {
    this.#memory?.save(this.#state);
  }
}
