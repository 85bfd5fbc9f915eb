import { describe, expect, it } from "vitest";
import { SseParser, type ServerEvent } from "../src/sse";

const STREAM = 'event: status\ndata: {"step": "retrieving"}\n\nevent: claim\r\ndata: {"text": "최대 80%입니다."}\r\n\r\n: a comment\n\nevent: final\rdata: a\rdata:b\r\r\n';
const EVENTS: ServerEvent[] = [
  { event: "status", data: '{"step": "retrieving"}' },
  { event: "claim", data: '{"text": "최대 80%입니다."}' },
  { event: "final", data: "a\nb" },
];

const parse = (...chunks: string[]): ServerEvent[] => {
  const parser = new SseParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
};

describe("SseParser", () => {
  it("reads events with every kind of line end", () => {
    expect(parse(STREAM)).toEqual(EVENTS);
  });

  it("gives the same events wherever a chunk ends", () => {
    for (let cut = 0; cut <= STREAM.length; cut++) {
      expect(parse(STREAM.slice(0, cut), STREAM.slice(cut)), `cut at ${cut}`).toEqual(EVENTS);
    }
    expect(parse(...STREAM)).toEqual(EVENTS);
  });

  it("keeps back an event that is not finished", () => {
    expect(parse("event: final\ndata: {}\n")).toEqual([]);
  });

  it("passes over events without data, unknown fields and a byte order mark", () => {
    expect(parse("\uFEFFevent: claim\n\nid: 7\nretry: 10\nnonsense\ndata: x\n\n")).toEqual([{ event: "message", data: "x" }]);
  });

  it("takes one space after the colon away and no more", () => {
    expect(parse("data:  two\n\n")).toEqual([{ event: "message", data: " two" }]);
    expect(parse("data\n\n")).toEqual([{ event: "message", data: "" }]);
  });

  it("can carry a character that two chunks of bytes share", () => {
    const bytes = new TextEncoder().encode("data: 안내\n\n");
    const decoder = new TextDecoder();
    const parser = new SseParser();
    const events = [...bytes].flatMap((byte) => parser.push(decoder.decode(new Uint8Array([byte]), { stream: true })));
    expect(events).toEqual([{ event: "message", data: "안내" }]);
  });
});
