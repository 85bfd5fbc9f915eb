/** Server-sent events, as the HTML standard's parsing rules read them. */

export interface ServerEvent {
  event: string;
  data: string;
}

/** Cuts a stream of text into events. Feed it chunks as they arrive; a chunk may end anywhere, even between `\r` and `\n`. */
export class SseParser {
  #rest = "";
  #event = "";
  #data: string[] = [];
  #begun = false;

  /** The events that `chunk` completes, in order. */
  push(chunk: string): ServerEvent[] {
    let text = this.#rest + chunk;
    if (!this.#begun && text) {
      this.#begun = true;
      if (text.startsWith("\uFEFF")) text = text.slice(1);
    }
    const events: ServerEvent[] = [];
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const character = text[at];
      if (character !== "\n" && character !== "\r") continue;
      // The other half of a line end may still be on its way.
      if (character === "\r" && at === text.length - 1) break;
      const line = text.slice(start, at);
      if (character === "\r" && text[at + 1] === "\n") at++;
      start = at + 1;
      const event = this.#line(line);
      if (event) events.push(event);
    }
    this.#rest = text.slice(start);
    return events;
  }

  #line(line: string): ServerEvent | null {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#event = value;
    else if (field === "data") this.#data.push(value);
    return null;
  }

  #dispatch(): ServerEvent | null {
    const event = { event: this.#event || "message", data: this.#data.join("\n") };
    const empty = this.#data.length === 0;
    this.#event = "";
    this.#data = [];
    return empty ? null : event;
  }
}
