import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../src/annae-chat";
import type { AnnaeChat } from "../src/annae-chat";
import { answer, citation, streamOf, streamed } from "./samples";

let chat: AnnaeChat;
let requests: { path: string; body: Record<string, unknown> | null }[];
let replies: (() => Response | Promise<Response>)[];
let terms: () => Response;

const $ = <E extends HTMLElement>(selector: string): E => chat.renderRoot.querySelector<E>(selector)!;
const all = (selector: string): HTMLElement[] => [...chat.renderRoot.querySelectorAll<HTMLElement>(selector)];
const text = (selector: string): string => ($(selector)?.textContent ?? "").replace(/\s+/g, " ").trim();
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 6; turn++) await new Promise((done) => setTimeout(done, 1));
  await chat.updateComplete;
};
const json = (value: unknown, status = 200): (() => Response) => () => new Response(JSON.stringify(value), { status });
const submit = async (selector: string): Promise<void> => {
  $(selector).dispatchEvent(new Event("submit", { cancelable: true, bubbles: true }));
  await settle();
};
const write = (selector: string, value: string): void => {
  const input = $<HTMLInputElement>(selector);
  input.value = value;
  input.dispatchEvent(new Event("input"));
};
const open = async (task: string): Promise<void> => {
  $(".more-tasks").click();
  await chat.updateComplete;
  $(`.tasks .task-${task}`).click();
  await settle();
};

async function mount(language = "ko"): Promise<void> {
  chat = document.createElement("annae-chat");
  chat.setAttribute("base", "https://annae.example/");
  chat.setAttribute("language", language);
  document.body.append(chat);
  await chat.updateComplete;
  await chat.open();
}

beforeEach(() => {
  localStorage.clear();
  requests = [];
  replies = [];
  terms = json({ retention_days: 30 });
  vi.stubGlobal("fetch", async (url: URL, { body }: { body?: string }) => {
    if (url.pathname === "/api/suggestions") return new Response(null, { status: 404 });
    if (url.pathname === "/api/inquiries" && !url.search && !body) return terms();
    requests.push({ path: url.pathname + url.search, body: body ? (JSON.parse(body) as Record<string, unknown>) : null });
    return (replies.shift() ?? (() => new Response(null, { status: 500 })))();
  });
});

afterEach(() => {
  chat.remove();
  vi.unstubAllGlobals();
});

const judgement = (over: object = {}): object => ({
  record_id: "r1", type: "program", title: "해외실증 바우처", document_id: "d1", source: "a.hwpx", verdict: "more_needed", status: "open", deadline: "2027-09-30",
  deadline_kind: "until_budget", questions: ["사업을 시작한 지 몇 년 되었습니까?"], asks: ["years_in_business"], changes: [],
  criteria: [
    { text: "중소기업", state: "met", fields: ["size"], citations: [citation({ number: 0 })] },
    { text: "창업 7년 이내", state: "ask", fields: ["years_in_business"], citations: [citation({ number: 0 })] },
    { text: "국세 체납이 없을 것", state: "ask", fields: ["other"], citations: [citation({ number: 0 })] },
    { text: "소재지에 관한 조건은 문서에 없습니다.", state: "not_stated", fields: ["region"], citations: [] },
  ], ...over,
});

describe("the eligibility check", () => {
  it("sends only what was said, and shows each condition with its state and its source", async () => {
    await mount();
    await open("eligibility");
    $<HTMLSelectElement>("#profile-size").value = "sme";
    write("#profile-region", " 강원 ");
    replies.push(json({ results: [judgement(), judgement({ record_id: "r2", title: "마감된 사업", status: "closed" }), judgement({ record_id: "r3", criteria: [] })] }));
    await submit("form.profile");
    expect(requests).toEqual([{ path: "/api/eligibility", body: { profile: { size: "sme", region: "강원" }, document_id: null, language: "ko" } }]);
    expect(text(".results + p")).toBe("조건 충족 0건, 더 확인할 사업 1건, 조건 미충족 0건입니다.");
    expect(all("#judged-r1 tbody th").map((cell) => cell.textContent!.replace(/\s+/g, " ").trim())).toEqual(["✓ 충족", "? 알려 주십시오", "? 알려 주십시오", "– 문서에 없음"]);
    expect(all(".task .source-body > .more > summary").map((line) => line.textContent)).toEqual(["마감되었거나 끝난 사업 1건", "문서에 조건이 적혀 있지 않은 사업 1건"]);
    $("#judged-r1 td button").click();
    await settle();
    expect(text(".quote")).toBe(citation().quote);
    await vi.waitFor(() => expect($(".task").hasAttribute("inert")).toBe(true));
    $(".citation-source .back").click();
    await settle();
    expect($(".task").hasAttribute("inert")).toBe(false);
    expect((chat.renderRoot as ShadowRoot).activeElement).toBe($("#judged-r1 td button"));
  });

  it("takes the answer to a question up into the profile, and one program's own conditions for that program only", async () => {
    await mount();
    await open("eligibility");
    replies.push(json({ results: [judgement(), judgement({ record_id: "r2", document_id: "d2" })] }));
    await submit("form.profile");
    write("#r1-years_in_business", "5");
    // An empty spin button would be read out as 0.0.
    expect(all("input[type=number]")).toEqual([]);
    $<HTMLSelectElement>("#r1-other").value = "yes";
    const settled = judgement({ verdict: "eligible", questions: [], asks: [], criteria: [{ text: "국세 체납이 없을 것", state: "met", fields: ["other"], citations: [] }] });
    replies.push(json({ results: [judgement(), judgement({ record_id: "r2", document_id: "d2" })] }), json({ results: [settled] }));
    await submit("#judged-r1 form");
    expect(requests.slice(1).map(({ body }) => body)).toEqual([
      { profile: { years_in_business: 5 }, document_id: null, language: "ko" },
      { profile: { years_in_business: 5, other: true }, document_id: "d1", language: "ko" },
    ]);
    expect(text("#judged-r1 .verdict")).toBe("조건 충족");
    expect(text("#judged-r2 .verdict")).toBe("확인 필요");
    expect($<HTMLInputElement>("#profile-years_in_business").value).toBe("5");
    expect((chat.renderRoot as ShadowRoot).activeElement).toBe($("#judged-r1 summary"));
  });

  it("asks for a country where its income class is wanted, and for the class of a country it does not know", async () => {
    const asking = judgement({ questions: ["어느 나라에서 하는 사업입니까?"], asks: ["country_income"] });
    await mount();
    await open("eligibility");
    replies.push(json({ results: [asking] }));
    await submit("form.profile");
    write("#r1-target_country", "미르");
    replies.push(json({ results: [asking] }));
    await submit("#judged-r1 form");
    expect(requests[1]!.body!["profile"]).toEqual({ target_country: "미르" });
    expect(all("#judged-r1 form label").map((label) => label.textContent)).toContain("대상국 소득 수준");
  });

  it("says what would change the result, in English too, and what went wrong", async () => {
    await mount("en");
    await open("eligibility");
    await submit("form.profile");
    expect(text(".task .failure")).toContain("Something went wrong on the server");
    replies.push(json({ results: [judgement({ verdict: "not_eligible", questions: [], asks: [], changes: ["In a consortium you could apply."] })] }));
    await submit("form.profile");
    expect(text(".task .failure")).toBe("");
    expect(text("#judged-r1 .head")).toBe("What would change this");
    expect(text("#judged-r1")).toContain("In a consortium you could apply.");
    expect(text("#judged-r1 .verdict")).toBe("Not eligible");
  });
});

describe("an inquiry", () => {
  const refused = answer({ status: "no_evidence", claims: [], citations: [], text: "찾지 못했습니다." });

  const ask = async (): Promise<void> => {
    replies.push(() => streamed(streamOf(refused)));
    await chat.ask("지하철 공사비는?");
    await settle();
  };

  it("is handed over with the question filled in, and can be looked up by its reference", async () => {
    await mount();
    await ask();
    $(".hand-over").click();
    await settle();
    expect($<HTMLTextAreaElement>("#inquiry-question").value).toBe("지하철 공사비는?");
    replies.push(json({ reference: "A7K2-9QXM", status: "received", created: "2026-11-22T01:30:00Z" }, 201));
    await submit("form.handover");
    expect(requests[1]).toEqual({
      path: "/api/inquiries",
      body: { question: "지하철 공사비는?", language: "ko", conversation_id: "c1", email: null, phone: null, consent: false, consent_version: null },
    });
    expect(text(".receipt code")).toBe("A7K2-9QXM");
    // What has the focus says it by its name; in the live region it would be said twice.
    expect((chat.renderRoot as ShadowRoot).activeElement?.getAttribute("aria-label")).toBe("문의를 접수했습니다. 접수번호: A7K2-9QXM");
    expect(text("#live")).not.toContain("A7K2-9QXM");
    const copied: string[] = [];
    vi.stubGlobal("navigator", { languages: ["ko"], clipboard: { writeText: async (words: string) => void copied.push(words) } });
    $(".copy-reference").click();
    await settle();
    expect(copied).toEqual(["A7K2-9QXM"]);
    expect(text(".receipt .said")).toBe("복사했습니다");
    $(".receipt .button").click();
    await settle();
    replies.push(json({ retention_days: 30, inquiries: [{ reference: "A7K2-9QXM", status: "answered", language: "ko", created: "2026-11-22T01:30:00Z", answered: "2026-11-23T01:30:00Z", answer: "답변입니다. [1]", sources: [citation()], reason: null }] }));
    $(".receipts button").click();
    await settle();
    expect(requests[2]).toEqual({ path: "/api/inquiries?reference=A7K2-9QXM", body: null });
    expect(text(".inquiry")).toContain("답변 완료");
    expect(text(".inquiry .plain")).toBe("답변입니다. [1]");
    expect(all(".inquiry button.cite")).toHaveLength(1);
  });

  it("does not leave with contact details before there is consent, and loses nothing typed", async () => {
    await mount();
    await open("inquiry");
    await submit("form.handover");
    expect(text("#inquiry-problem")).toBe("문의 내용을 적어 주십시오.");
    write("#inquiry-question", "신청할 수 있습니까?");
    write("#inquiry-email", "someone@example.org");
    await submit("form.handover");
    expect(requests).toEqual([]);
    expect(text("#inquiry-problem")).toBe("연락처를 남기시려면 위 내용에 동의해 주십시오.");
    expect((chat.renderRoot as ShadowRoot).activeElement).toBe($("#inquiry-agree"));
    $(".task .back").click();
    await settle();
    await open("inquiry");
    expect([$<HTMLTextAreaElement>("#inquiry-question").value, $<HTMLInputElement>("#inquiry-email").value]).toEqual(["신청할 수 있습니까?", "someone@example.org"]);
    $<HTMLInputElement>("#inquiry-agree").checked = true;
    $("#inquiry-agree").dispatchEvent(new Event("change"));
    replies.push(json({ reference: "B", status: "received", created: "" }, 201));
    await submit("form.handover");
    expect(requests[0]!.body).toMatchObject({ email: "someone@example.org", consent: true, consent_version: "2026-11-22/30", conversation_id: null });
  });

  it("says how long contact details are kept, and says so without a figure where the service gives none", async () => {
    await mount();
    await open("inquiry");
    expect(text(".consent")).toContain("문의 처리가 끝난 뒤 30일까지");
    chat.remove();
    terms = json({}, 500);
    await mount("en");
    await open("inquiry");
    expect(text(".consent")).toContain("Kept for a set time after the inquiry is closed");
  });

  it("is not offered again by a service that has no officers", async () => {
    await mount();
    await ask();
    $(".hand-over").click();
    await settle();
    replies.push(json({}, 404));
    await submit("form.handover");
    expect(text("#inquiry-problem")).toBe("이 서비스에는 담당자 문의 창구가 없습니다.");
    $(".task .back").click();
    await settle();
    expect(all(".hand-over")).toEqual([]);
    $(".more-tasks").click();
    await chat.updateComplete;
    expect(all(".tasks .chip").map((button) => button.textContent)).toEqual(["지원 자격 확인"]);
  });

  it("that nobody knows is said to be unknown", async () => {
    await mount("en");
    await open("look");
    $<HTMLInputElement>("#inquiry-reference").value = "zzzz-zzzz";
    replies.push(json({ retention_days: 30, inquiries: [] }));
    await submit("form.lookup");
    expect(text(".task .failure")).toContain("There is no inquiry of this number");
  });

  it("is forgotten with the conversation, and survives a reload before", async () => {
    await mount();
    await open("inquiry");
    write("#inquiry-question", "질문");
    replies.push(json({ reference: "A7K2-9QXM", status: "received", created: "" }, 201));
    await submit("form.handover");
    chat.remove();
    await mount();
    await open("look");
    expect(text(".receipts")).toContain("A7K2-9QXM");
    chat.clear();
    await settle();
    await open("look");
    expect(all(".receipts")).toEqual([]);
  });
});

describe("what lies over the chat", () => {
  it("is taken away by Escape, one at a time, and gives the focus back", async () => {
    const escape = (): boolean => $("dialog").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
    await mount();
    $(".more-tasks").click();
    await chat.updateComplete;
    expect($(".more-tasks").getAttribute("aria-expanded")).toBe("true");
    expect((chat.renderRoot as ShadowRoot).activeElement).toBe($(".tasks button"));
    escape();
    expect((chat.renderRoot as ShadowRoot).activeElement).toBe($(".more-tasks"));
    await vi.waitFor(() => expect(all(".tasks")).toEqual([]));
    await open("eligibility");
    await vi.waitFor(() => expect($(".chat").hasAttribute("inert")).toBe(true));
    expect((chat.renderRoot as ShadowRoot).activeElement).toBe($(".task .back"));
    escape();
    await vi.waitFor(() => expect(all(".task")).toEqual([]));
    expect((chat.renderRoot as ShadowRoot).activeElement).toBe($(".more-tasks"));
    expect($<HTMLDialogElement>("dialog").open).toBe(true);
  });
});
