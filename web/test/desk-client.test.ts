import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DeskClient } from "../src/desk/client";
import { Desk } from "../src/desk/desk";
import { DeskFailure, readProblem } from "../src/desk/failure";
import { query } from "../src/desk/transport";

const officer = (accountId: string) => ({ account_id: accountId, name: accountId, display_name: accountId, role: "officer" });
const session = (accountId: string, token: string) => ({ officer: officer(accountId), csrf_token: token, expires: null, idle_minutes: 30, oidc: false });
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });

let sent: { method: string; path: string; headers: Record<string, string>; body: unknown }[];
let replies: (() => Response)[];

beforeEach(() => {
  localStorage.clear();
  sent = [];
  replies = [];
  vi.stubGlobal("fetch", async (path: string, init: { method: string; headers: Record<string, string>; body?: string }) => {
    sent.push({ method: init.method, path, headers: init.headers, body: init.body ? JSON.parse(init.body) : undefined });
    const reply = replies.shift();
    if (!reply) throw new TypeError("no network");
    return reply();
  });
});

afterEach(() => vi.unstubAllGlobals());

async function signedIn(): Promise<Desk> {
  const desk = new Desk(new DeskClient());
  replies.push(() => json(session("kim", "t1")));
  await desk.signIn("kim", "secret");
  return desk;
}

describe("requests", () => {
  it("carry the session's token with everything but GET", async () => {
    const desk = await signedIn();
    replies.push(() => json({ officers: [] }), () => json({}));
    await desk.client.officers();
    await desk.client.change("i1", { version: 3, topic: "events" });
    expect(sent[1]!.headers["x-csrf-token"]).toBeUndefined();
    expect(sent[2]).toMatchObject({ method: "PATCH", path: "/api/desk/inquiries/i1", body: { version: 3, topic: "events" } });
    expect(sent[2]!.headers["x-csrf-token"]).toBe("t1");
  });

  it("whose session has ended wait for a new one and are sent again with its token", async () => {
    const desk = await signedIn();
    replies.push(() => json({ title: "nobody is signed in" }, 401));
    const saved = desk.client.saveDraft("i1", "ko", 2, [{ text: "문장", citations: [] }]);
    await vi.waitFor(() => expect(desk.expired).toBe(true));
    replies.push(() => json(session("kim", "t2")), () => json({ version: 3 }));
    await desk.signIn("kim", "secret");
    expect(await saved).toEqual({ version: 3 });
    expect(sent.at(-1)).toMatchObject({ body: { version: 2, claims: [{ text: "문장", citations: [] }] } });
    expect(sent.at(-1)!.headers["x-csrf-token"]).toBe("t2");
    expect(desk.expired).toBe(false);
  });

  it("begun after a session's end wait for the next one, so that none goes out with its cookie and the old token", async () => {
    const desk = await signedIn();
    replies.push(() => json({}, 401));
    const first = desk.client.saveDraft("i1", "ko", 2, []);
    await vi.waitFor(() => expect(desk.expired).toBe(true));
    const second = desk.client.change("i1", { version: 3, topic: "events" });
    expect(sent).toHaveLength(2);
    replies.push(() => json(session("kim", "t2")), () => json({ version: 3 }), () => json({ version: 4 }));
    await desk.signIn("kim", "secret");
    await Promise.all([first, second]);
    expect(sent.slice(3).map((request) => request.headers["x-csrf-token"])).toEqual(["t2", "t2"]);
  });

  it("that come back refused after somebody has signed in are sent again without asking for it twice", async () => {
    const desk = await signedIn();
    let refuse = (): void => undefined;
    const late = new Promise<Response>((resolve) => (refuse = () => resolve(json({}, 401))));
    replies.push(() => late as unknown as Response);
    const saved = desk.client.saveDraft("i1", "ko", 2, []);
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    replies.push(() => json(session("kim", "t2")), () => json({ version: 3 }));
    await desk.signIn("kim", "secret");
    refuse();
    expect(await saved).toEqual({ version: 3 });
    expect(desk.expired).toBe(false);
    expect(sent.at(-1)!.headers["x-csrf-token"]).toBe("t2");
  });

  it("are not sent in another officer's name", async () => {
    const desk = await signedIn();
    replies.push(() => json({}, 401));
    const saved = desk.client.saveDraft("i1", "ko", 2, []).catch((failure: unknown) => failure);
    await vi.waitFor(() => expect(desk.expired).toBe(true));
    replies.push(() => json(session("park", "t9")));
    await desk.signIn("park", "secret");
    expect(await saved).toBeInstanceOf(DeskFailure);
    expect(sent).toHaveLength(3);
  });

  it("say what is wrong: conflicts with the version now, locks with the time to wait, and no network", async () => {
    const desk = await signedIn();
    replies.push(() => json({ title: "changed", detail: "d", version: 7 }, 409));
    await expect(desk.client.ask("i1", 6, null, "ko")).rejects.toMatchObject({ status: 409, problem: { version: 7 } });
    replies.push(() => json({ title: "locked" }, 429, { "retry-after": "120" }));
    await expect(desk.client.signIn("kim", "x")).rejects.toMatchObject({ status: 429, retryAfter: 120 });
    await expect(desk.client.officers()).rejects.toMatchObject({ status: 0 });
  });

  it("put ids into paths as one part", async () => {
    const desk = await signedIn();
    replies.push(() => json({}));
    await desk.client.inquiry("../accounts?x");
    expect(sent.at(-1)!.path).toBe("/api/desk/inquiries/..%2Faccounts%3Fx");
  });
});

describe("signing out", () => {
  it("of a session that has ended is as good as done", async () => {
    const desk = await signedIn();
    replies.push(() => json({}, 401), () => json({ ...session("kim", ""), officer: null, csrf_token: null }));
    await desk.signOut();
    expect(desk.officer).toBeNull();
  });
});

describe("queries and problems", () => {
  it("leave out what is empty, and escape the rest", () => {
    expect(query({ q: "가 나&b", status: "", limit: 30, topic: undefined })).toBe("?q=%EA%B0%80+%EB%82%98%26b&limit=30");
    expect(query({})).toBe("");
  });

  it("are read from whatever came", () => {
    expect(readProblem("<html>", 502)).toEqual({ title: "", status: 502, detail: "" });
    expect(readProblem('{"title":"t","detail":"d","errors":[{"where":"w","problem":"p"}]}', 422).errors).toEqual([{ where: "w", problem: "p" }]);
  });
});
