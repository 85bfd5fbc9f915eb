import { afterEach, describe, expect, it, vi } from "vitest";
import { ChatClient, ChatFailure } from "../src/client";
import type { StreamEvent } from "../src/contract";
import { answer, streamOf, streamed } from "./samples";

const BASE = "https://annae.example/";
const client = new ChatClient(BASE);

const ask = async (signal = new AbortController().signal, timeoutMs = 500): Promise<{ events: StreamEvent[]; failure: ChatFailure | null }> => {
  const events: StreamEvent[] = [];
  try {
    for await (const event of client.stream({ question: "?", conversation_id: null, request_id: "r".repeat(32) }, { signal, timeoutMs })) events.push(event);
    return { events, failure: null };
  } catch (error) {
    return { events, failure: error as ChatFailure };
  }
};

/** The fetch of a browser, as far as it matters: an abort ends the call and the body. */
const serve = (make: () => Promise<Response> | Response): void => {
  vi.stubGlobal("fetch", (_url: URL, { signal }: { signal: AbortSignal }) => {
    const aborted = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError"))));
    aborted.catch(() => undefined);
    return Promise.race([aborted, Promise.resolve(make()).then((response) => {
      const reader = response.body?.getReader();
      const read = () => Promise.race([aborted, reader!.read()]);
      return { ok: response.ok, status: response.status, json: () => response.json(), body: reader && { getReader: () => ({ read }) } };
    })]);
  });
};

afterEach(() => vi.unstubAllGlobals());

describe("ChatClient", () => {
  it("gives each event as it comes and ends with the answer", async () => {
    serve(() => streamed(streamOf(answer())));
    const { events, failure } = await ask();
    expect(failure).toBeNull();
    expect(events.map(({ kind }) => kind)).toEqual(["status", "claim", "final"]);
  });

  it.each(["close", "error"] as const)("calls a stream that ends early cut (%s)", async (end) => {
    serve(() => streamed(streamOf(answer()).slice(0, 2), end));
    const { events, failure } = await ask();
    expect(events).toHaveLength(2);
    expect(failure?.kind).toBe("cut");
  });

  it("gives up on a silence", async () => {
    serve(() => streamed(streamOf(answer()).slice(0, 1), "hang"));
    expect((await ask(undefined, 30)).failure?.kind).toBe("timeout");
  });

  it("gives up on a service that does not reply", async () => {
    serve(() => new Promise<Response>(() => undefined));
    expect((await ask(undefined, 30)).failure?.kind).toBe("timeout");
  });

  it("can be stopped", async () => {
    serve(() => streamed(streamOf(answer()).slice(0, 1), "hang"));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    expect((await ask(stop.signal)).failure?.kind).toBe("stopped");
  });

  it("tells no network from no service", async () => {
    serve(() => Promise.reject(new TypeError("failed")));
    expect((await ask()).failure?.kind).toBe("network");
    vi.stubGlobal("navigator", { ...navigator, onLine: false });
    expect((await ask()).failure?.kind).toBe("offline");
  });

  it.each([[500, "server"], [503, "server"], [504, "timeout"], [408, "timeout"], [413, "invalid"], [404, "absent"], [429, "busy"]] as const)("HTTP %i is %s", async (status, kind) => {
    serve(() => new Response("{}", { status }));
    expect((await ask()).failure?.kind).toBe(kind);
  });

  it("hands on what the service says of a question it refuses", async () => {
    const problem = { errors: [{ where: "body.question", problem: "질문이 너무 깁니다." }] };
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(problem), { status: 422 })));
    const { failure } = await ask();
    expect([failure?.kind, failure?.detail]).toEqual(["invalid", "질문이 너무 깁니다."]);
  });

  it("takes an error event and a broken event as the server's failure", async () => {
    for (const stream of ['event: error\ndata: {"status": 500}\n\n', "event: claim\ndata: {broken\n\n", 'event: final\ndata: {"status": "?"}\n\n']) {
      serve(() => streamed([stream]));
      expect((await ask()).failure?.kind).toBe("server");
    }
  });

  it("resolves addresses under the service and no others", () => {
    expect(client.resolve("/documents/d1?page=2#cited")?.href).toBe("https://annae.example/documents/d1?page=2#cited");
    expect(new ChatClient("https://a.example/annae/").resolve("/documents/d1")?.href).toBe("https://a.example/annae/documents/d1");
    for (const bad of ["javascript:alert(1)", "https://evil.example/", "data:text/html,x"]) expect(client.resolve(bad)).toBeNull();
    expect(client.resolve("//evil.example/x")?.origin).toBe("https://annae.example");
  });
});
