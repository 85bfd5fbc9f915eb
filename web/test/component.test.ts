import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import "../src/annae-chat";
import type { AnnaeChat } from "../src/annae-chat";
import type { Answer } from "../src/contract";
import { answer, citation, record, streamOf, streamed } from "./samples";

let chat: AnnaeChat;
let requests: { url: string; body: Record<string, unknown> }[];
let suggested: string[] = [];
let replies: (() => Promise<Response> | Response)[];

const $ = <E extends HTMLElement>(selector: string): E | null => chat.renderRoot.querySelector<E>(selector);
const all = (selector: string): HTMLElement[] => [...chat.renderRoot.querySelectorAll<HTMLElement>(selector)];
const text = (selector: string): string => ($(selector)?.textContent ?? "").replace(/\s+/g, " ").trim();
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 6; turn++) await new Promise((done) => setTimeout(done, 1));
  await chat.updateComplete;
};

async function mount(attributes: Record<string, string> = {}): Promise<void> {
  chat = document.createElement("annae-chat");
  for (const [name, value] of Object.entries({ base: "https://annae.example/", language: "ko", ...attributes })) chat.setAttribute(name, value);
  document.body.append(chat);
  await chat.updateComplete;
  await chat.open();
}

async function type(question: string): Promise<void> {
  const field = $<HTMLTextAreaElement>("textarea#question")!;
  field.value = question;
  field.dispatchEvent(new Event("input"));
  await chat.updateComplete;
}

const press = (init: KeyboardEventInit & { keyCode?: number }): boolean => {
  const event = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init });
  if (init.keyCode) Object.defineProperty(event, "keyCode", { value: init.keyCode });
  if (init.isComposing) Object.defineProperty(event, "isComposing", { value: true });
  return $("textarea#question")!.dispatchEvent(event);
};

async function ask(of: Partial<Answer> = {}, question = "몇 %까지 지원받나요?"): Promise<void> {
  replies.push(() => streamed(streamOf(answer(of))));
  await type(question);
  press({});
  await settle();
}

beforeEach(() => {
  localStorage.clear();
  requests = [];
  replies = [];
  vi.stubGlobal("fetch", async (url: URL, { body }: { body?: string }) => {
    if (url.pathname === "/api/suggestions") return new Response(JSON.stringify({ questions: suggested }), { status: suggested.length ? 200 : 404 });
    requests.push({ url: url.href, body: JSON.parse(body ?? "{}") as Record<string, unknown> });
    return (replies.shift() ?? (() => new Response(null, { status: 204 })))();
  });
});

afterEach(() => {
  chat.remove();
  vi.unstubAllGlobals();
});

describe("annae-chat", () => {
  it("shows each sentence with the numbers of its sources, and the source on a press", async () => {
    await mount();
    await ask();
    expect(text(".claim")).toContain("최대 80%입니다.");
    const cite = $<HTMLButtonElement>("button.cite")!;
    expect(cite.getAttribute("aria-label")).toBe("출처 1: 시장개척자금 안내");
    cite.click();
    await chat.updateComplete;
    expect(text(".source")).toContain("국토교통부");
    expect(text(".source")).toContain("2019년 7월 8일");
    expect(text(".quote")).toBe(citation().quote);
    expect($<HTMLIFrameElement>("iframe.document")!.getAttribute("src")).toBe("https://annae.example/documents/d1?page=2&start=1&end=9&lang=ko#cited");
    expect($("iframe.document")!.getAttribute("sandbox")).not.toContain("allow-scripts");
    await vi.waitFor(() => expect($(".chat")!.hasAttribute("inert")).toBe(true));
    $<HTMLButtonElement>(".back")!.click();
    await chat.updateComplete;
    expect((chat.renderRoot as ShadowRoot).activeElement).toBe(cite);
    await vi.waitFor(() => expect($(".source")).toBeNull());
  });

  it("begins with questions of the service's own documents, and with others where it gives none", async () => {
    await mount();
    await settle();
    expect(all(".welcome .chip").map((chip) => chip.textContent)).toContain("PIS 펀드는 어떤 사업에 투자하나요?");
    chat.remove();
    suggested = ["로드쇼는 언제 열립니까?"];
    await mount();
    await settle();
    suggested = [];
    expect(text("[aria-labelledby=starters]")).toBe("로드쇼는 언제 열립니까?");
  });

  it("goes on with a conversation by its id", async () => {
    await mount();
    await ask();
    await ask({}, "중소기업은요?");
    expect(requests.map(({ body }) => [body["question"], body["conversation_id"]])).toEqual([["몇 %까지 지원받나요?", null], ["중소기업은요?", "c1"]]);
  });

  it("does not send on the Enter that ends a composition, nor on Shift and Enter", async () => {
    await mount();
    await type("지원");
    press({ isComposing: true });
    press({ keyCode: 229 });
    press({ shiftKey: true });
    await settle();
    expect(requests).toEqual([]);
    replies.push(() => streamed(streamOf(answer())));
    expect(press({})).toBe(false);
    await settle();
    expect(requests).toHaveLength(1);
    expect($<HTMLTextAreaElement>("textarea#question")!.value).toBe("");
  });

  it("shows text as text, whatever it looks like", async () => {
    const evil = '<img src=x onerror="boom()">';
    await mount();
    await ask({ claims: [{ text: evil, citations: [1], sources: [] }], citations: [citation({ title: evil, quote: evil, url: "javascript:boom()" })], suggestions: [evil], notices: [{ kind: evil, text: evil }] }, evil);
    $<HTMLButtonElement>("button.cite")!.click();
    await chat.updateComplete;
    expect(all("img, script")).toEqual([]);
    expect(text(".quote")).toBe(evil);
    expect($("iframe")).toBeNull();
    expect(all("a").map((link) => link.getAttribute("href"))).toEqual([]);
  });

  it("leaves out a citation that names no source", async () => {
    await mount();
    await ask({ claims: [{ text: "문장", citations: [1, 7], sources: [] }] });
    expect(all("button.cite")).toHaveLength(1);
  });

  it.each([["plan", "계획"], ["past_event", "지난 일정"], ["stale", "자료의 시점"], ["conflict", "자료 간 차이"], ["partial", "답변하지 못한 부분"], ["unofficial_name", "비공식 번역 명칭"], ["new_kind", "참고"]])(
    "names a notice of the kind %s", async (kind, label) => {
      await mount();
      await ask({ notices: [{ kind, text: "자세한 말" }] });
      expect(text(".notices li")).toBe(`${label} 자세한 말`);
    },
  );

  it("names a kind once, and keeps what is said of it again behind a press", async () => {
    await mount();
    await ask({ notices: [{ kind: "stale", text: "2019년 자료입니다." }, { kind: "plan", text: "계획입니다." }, { kind: "stale", text: "2020년 자료입니다." }] });
    expect(all(".notices .kind").map((kind) => kind.textContent)).toEqual(["자료의 시점", "계획"]);
    expect(text(".notices summary")).toBe("같은 안내 1건 더 보기");
    expect(text(".notices details li")).toBe("2020년 자료입니다.");
  });

  it("puts the passages of one document under its name", async () => {
    const second = citation({ number: 2, quote: "나 ".repeat(80), page: 3 });
    const other = citation({ number: 3, document_id: "d2", title: "다른 문서", ocr_confidence: 0.87 });
    await mount();
    await ask({ claims: [{ text: "문장", citations: [1, 2, 3], sources: [] }], citations: [citation(), other, second] });
    expect(all(".document > .title").map((title) => title.textContent)).toEqual(["시장개척자금 안내", "다른 문서"]);
    expect(all(".document:first-child .number").map((number) => number.textContent)).toEqual(["1", "2"]);
    expect(text(".document:first-child li:last-child .passage-text")).toMatch(/^(나 ?)+…$/);
    expect(text(".document:last-child .source-link .facts")).toBe("2쪽 · 문자 인식(OCR)으로 읽음, 신뢰도 87%");
    all(".source-link")[1]!.click();
    await chat.updateComplete;
    expect(text(".source .number")).toBe("2");
  });

  it("shows apart where a quotation in the other language is from and what its terms mean", async () => {
    const quoting = "「경협자금 안내」 (Korean original): “EDPF는 중소득국에 쓰는 자금입니다.” (“중소득국” = middle-income country, “비구속성” = untied (not tied))";
    await mount({ language: "en" });
    await ask({ claims: [{ text: quoting, citations: [1], sources: [] }] });
    expect(text(".claim .from")).toBe("「경협자금 안내」 (Korean original):");
    expect(text(".claim .gloss")).toBe("(“중소득국” = middle-income country, “비구속성” = untied (not tied))");
    expect($(".claim [lang]")!.lang).toBe("ko");
    // Nothing is lost, and the number stands behind the quotation.
    expect(text(".claim").replace("자금입니다.”1", "자금입니다.”")).toBe(quoting);
  });

  it("keeps the last word and the first number on one line, and short words whole", async () => {
    await mount();
    await ask({ claims: [{ text: "중견기업은 50%, 중소·중견기업은 최대 80%입니다.", citations: [1], sources: [] }] });
    expect(all(".claim .whole").map((word) => word.textContent!.trim())).toEqual(["50%,", "중소·중견기업은", "80%입니다.1"]);
    expect($(".claim .whole:last-child button.cite")).not.toBeNull();
  });

  it("offers the nearest passages, a person and other questions where the documents are silent", async () => {
    await mount({ "contact-url": "https://center.example/ask" });
    await ask({ status: "no_evidence", claims: [], text: "찾지 못했습니다.", notices: [{ kind: "passage", text: "가까운 내용: … [1]" }], suggestions: ["다른 질문"] });
    expect(text(".status")).toBe("문서에 없는 내용입니다");
    expect(text(".passage blockquote")).toBe(citation().quote);
    expect($("a.button")!.getAttribute("href")).toBe("https://center.example/ask");
    replies.push(() => streamed(streamOf(answer())));
    all(".chip")[0]!.click();
    await settle();
    expect(requests[1]!.body["question"]).toBe("다른 질문");
  });

  it("marks a source in the other language", async () => {
    await mount();
    await ask({ citations: [citation({ language: "en", quote: "up to 80%" })] });
    expect(text(".document .badge")).toBe("영어 원문");
    $<HTMLButtonElement>("button.cite")!.click();
    await chat.updateComplete;
    expect(text(".foreign")).toContain("영어 원문");
    expect($(".quote")!.lang).toBe("en");
  });

  it("shows events with days left and programs with what is stated", async () => {
    await mount();
    const program = record({ type: "program", title: "바우처", start: null, end: null, deadline: "2026-11-30", deadline_time: "18:00", deadline_kind: "fixed", days_left: 8, amount: "2억원", share: "80%", status: "open", contact: "바우처 담당" });
    const half = record({ title: "후속 상담회", start: "2027-01-01", end: "2027-06-30", precision: "half", status: "planned", days_left: 40 });
    await ask({ records: [record(), program, record({ status: "past", start: "2020-01-01", end: null, days_left: null, year_inferred: true }), half] });
    const cards = all(".card").map((card) => card.textContent!.replace(/\s+/g, " "));
    expect(cards[0]).toMatch(/행사 예정 시작까지 10일 로드쇼.*2026년 12월 2일 ~ 4일.*방콕.*일정에 추가/);
    expect(cards[1]).toMatch(/지원 사업 진행 중 마감까지 8일 바우처.*2026년 11월 30일 18:00.*2억원.*80%.*바우처 담당/);
    expect(cards[2]).toMatch(/종료.*문서에 연도가 없어/);
    expect(cards[2]).not.toMatch(/까지|일정에 추가/);
    // What is only known by the half-year has no days left and no calendar entry.
    expect(cards[3]).toMatch(/계획 후속 상담회 일시2027년 상반기/);
    expect(cards[3]).not.toMatch(/까지|일정에 추가/);
    expect(text(".records > .small")).toBe("2026년 11월 22일 기준");
  });

  it("says a deadline once, sums in the reader's language too, and leaves out the marks that lists have of their own", async () => {
    const terms = { type: "program", start: null, end: "2027-09-30", deadline: "2027-09-30", deadline_kind: "until_budget", amount: "미화 480만 달러", amount_said: { ko: "480만 달러", en: "USD 4.8 million" }, days_left: 20, status: "open" } as const;
    await mount({ language: "en" });
    await ask({ language: "en", records: [record({ ...terms, eligible: "□ 중소기업\nㅇ (업력) 3년 이상\n* 예외 있음" })] });
    const rows = all(".card dl > div").map((row) => row.textContent!.replace(/\s+/g, " ").trim());
    expect(rows).toContain("Deadline30 September 2027 (or until the budget is used up)");
    expect(rows).toContain("AmountUSD 4.8 million (미화 480만 달러)");
    expect(rows.filter((row) => /^(When|Period)/.test(row))).toEqual([]);
    expect(all(".card .lines li").map((line) => line.textContent)).toEqual(["중소기업", "(업력) 3년 이상", "* 예외 있음"]);
  });

  it("says what a later notice changed, with the notice a press away", async () => {
    const change = { field: "deadline", old: "2026-11-30", new: "2026-12-05", document_id: "d2", quote: "마감을 12월 5일로 미룹니다.", page: 1, url: "/documents/d2?page=1&start=0&end=9#cited" };
    const notice = citation({ number: 0, document_id: "d2", title: "정정 공고", quote: change.quote, fields: ["deadline"] });
    await mount();
    await ask({ records: [record({ changes: [change, { ...change, field: "cancelled", old: "false", new: "true" }, { ...change, field: "precision", old: "month", new: "day" }], citations: [citation(), notice] })] });
    expect(all(".amended li").map((line) => line.textContent!.replace(/\s+/g, " ").trim())).toEqual([
      "마감: 2026년 11월 30일 → 2026년 12월 5일 원문 보기", "취소 여부: 아니요 → 예 원문 보기",
    ]);
    $<HTMLButtonElement>(".amended button")!.click();
    await chat.updateComplete;
    expect(text(".citation-source h3")).toBe("정정 공고");
    expect(text(".quote")).toBe(change.quote);
  });

  it("keeps cards beyond the first six and long conditions behind a press", async () => {
    await mount();
    await ask({ records: Array.from({ length: 8 }, (_, at) => record({ title: `행사 ${at}`, eligible: "중소기업\n".repeat(20) })) });
    expect(text(".records > .more summary")).toBe("2건 더 보기");
    expect(all(".records > .cards > li")).toHaveLength(6);
    expect(text(".card .more summary")).toBe("대상");
  });

  it("says how a question that leans on earlier ones was understood, and not where nothing was added", async () => {
    await mount();
    await ask({ standalone_query: "PIS 펀드: 규모는?" }, "규모는?");
    expect(text(".understood")).toBe("이렇게 이해했습니다: “PIS 펀드: 규모는?”");
    await ask({ standalone_query: "규모는?" }, "규모는?");
    expect(all(".understood")).toHaveLength(1);
  });

  it("takes a stream that broke off up again by itself, under the same id, and loses and doubles nothing", async () => {
    const two = answer({ claims: [{ text: "하나", citations: [1], sources: [] }, { text: "둘", citations: [1], sources: [] }] });
    await mount();
    replies.push(() => streamed(streamOf(two).slice(0, 2), "error"), () => streamed(streamOf(two)));
    await type("질문");
    press({});
    await settle();
    expect(all(".claim").map((claim) => claim.textContent!.trim().charAt(0))).toEqual(["하"]);
    expect(text(".progress")).toContain("이어서");
    await vi.waitUntil(() => $(".tools"), 2000);
    expect(all(".claim").map((claim) => claim.textContent!.trim().charAt(0))).toEqual(["하", "둘"]);
    expect(requests).toHaveLength(2);
    expect(requests[0]!.body["request_id"]).toMatch(/^[0-9a-f]{32}$/);
    expect(requests[1]!.body).toEqual(requests[0]!.body);
    // Nobody hears a sentence twice.
    const spoken = (): string[] => all("#live span").map((line) => line.textContent!);
    await vi.waitFor(() => expect(spoken()).toContain("둘"));
    expect(spoken().filter((line) => line === "하나")).toHaveLength(1);
  });

  it("keeps the sentences of a stream that breaks again and again, and goes on when asked to", async () => {
    const two = answer({ claims: [{ text: "하나", citations: [1], sources: [] }, { text: "둘", citations: [1], sources: [] }] });
    await mount();
    for (let attempt = 0; attempt < 3; attempt++) replies.push(() => streamed(streamOf(two).slice(0, 2)));
    await type("질문");
    press({});
    await vi.waitUntil(() => $(".failure"), 4000);
    await settle();
    expect(requests).toHaveLength(3);
    expect(text(".claims")).toContain("하나");
    expect(text(".failure")).toContain("연결이 끊겼습니다");
    expect(text(".failure .button")).toBe("이어서 답변 받기");
    // It came with its proof.
    expect(all(".claim button.cite")).toHaveLength(1);
    replies.push(() => streamed(streamOf(two)));
    $<HTMLButtonElement>(".failure .button")!.click();
    await settle();
    expect(all(".claim").map((claim) => claim.textContent!.trim().charAt(0))).toEqual(["하", "둘"]);
    expect($(".failure")).toBeNull();
  });

  it("offers to try again or to change the question when nothing came", async () => {
    await mount();
    for (let attempt = 0; attempt < 3; attempt++) replies.push(() => Promise.reject(new TypeError("failed")));
    await type("질문");
    press({});
    await vi.waitUntil(() => $(".failure"), 4000);
    await settle();
    expect(text(".failure")).toContain("서버에 연결하지 못했습니다");
    all(".failure .button")[1]!.click();
    await settle();
    expect($<HTMLTextAreaElement>("textarea#question")!.value).toBe("질문");
    await vi.waitFor(() => expect(all(".exchange")).toEqual([]));
  });

  it("goes on by itself when the network that went away comes back", async () => {
    const online = { onLine: true, languages: ["ko"] };
    vi.stubGlobal("navigator", online);
    await mount();
    replies.push(() => ((online.onLine = false), Promise.reject(new TypeError("failed"))), () => streamed(streamOf(answer())));
    await type("질문");
    press({});
    await settle();
    expect(text(".failure")).toContain("인터넷에 연결되어 있지 않습니다");
    online.onLine = true;
    window.dispatchEvent(new Event("online"));
    await settle();
    expect(text(".claim")).toContain("최대 80%");
  });

  it("keeps what was typed when there is no network", async () => {
    await mount();
    vi.stubGlobal("navigator", { onLine: false, languages: ["ko"] });
    window.dispatchEvent(new Event("offline"));
    await type("질문");
    press({});
    await settle();
    expect(requests).toEqual([]);
    expect($<HTMLTextAreaElement>("textarea#question")!.value).toBe("질문");
    expect(text(".offline")).toContain("인터넷에 연결되어 있지 않습니다");
  });

  it("survives a reload, draft included, and can be cleared", async () => {
    await mount();
    await ask();
    await type("쓰던 질문");
    chat.remove();
    await mount();
    expect(text(".claim")).toContain("최대 80%");
    expect($<HTMLTextAreaElement>("textarea#question")!.value).toBe("쓰던 질문");
    $(".clear")!.click();
    await chat.updateComplete;
    $(".confirm .button")!.click();
    await settle();
    expect(all(".exchange")).toEqual([]);
    expect(localStorage.length).toBe(0);
  });

  it("takes an answer that was on its way at a reload as cut, and rubbish in the storage as nothing", async () => {
    localStorage.setItem("annae:https://annae.example/", JSON.stringify({ version: 1, exchanges: [{ question: "질문", state: "pending", claims: [{ text: "하나", citations: [1], sources: [] }] }] }));
    await mount();
    expect(text(".failure")).toContain("연결이 끊겼습니다");
    chat.remove();
    for (const rubbish of ["{", "7", '{"version": 1, "exchanges": [null, 3, {"question": 4}]}', '{"version": 9}']) {
      localStorage.setItem("annae:https://annae.example/", rubbish);
      await mount();
      expect(all(".exchange")).toEqual([]);
      chat.remove();
    }
    await mount();
  });

  it("switches the language at any time and remembers it", async () => {
    await mount();
    await ask();
    $(".bar .labelled")!.click();
    await chat.updateComplete;
    expect(text("#name")).toContain("Annae");
    expect($("button.cite")!.getAttribute("aria-label")).toBe("Source 1: 시장개척자금 안내");
    chat.remove();
    await mount();
    expect(text("#name")).toContain("Annae");
  });

  it("sends a thumb with its reason", async () => {
    await mount();
    await ask();
    all(".tools .tool")[2]!.click();
    await chat.updateComplete;
    $<HTMLInputElement>(".feedback input")!.checked = true;
    $<HTMLTextAreaElement>(".feedback textarea")!.value = "마감일이 없습니다";
    $(".feedback")!.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle();
    expect(requests[1]).toEqual({ url: "https://annae.example/api/feedback", body: { answer_id: "0".repeat(32), helpful: false, reason: "내용이 틀림; 마감일이 없습니다" } });
    expect(text(".said")).toBe("의견을 보내 주셔서 감사합니다.");
  });

  it("says what comes in one live region, and tells the page", async () => {
    const told: string[] = [];
    for (const name of ["annae-open", "annae-question", "annae-answer", "annae-close"]) document.addEventListener(name, () => told.push(name));
    await mount();
    await ask();
    // Steps that are over by the time they could be said are not.
    await vi.waitFor(() => expect(text("#live")).toMatch(/^최대 80%입니다\.\s+답변이 도착했습니다\. 문장 1개, 출처 1개입니다\.$/));
    chat.close();
    expect(told).toEqual(["annae-open", "annae-question", "annae-answer", "annae-close"]);
  });

  it("says what came together as one paragraph, each part in its own language", async () => {
    const foreign = answer({ claims: [{ text: "「EDCF」 (KEXIM): “It lends to governments.”", citations: [1], sources: [] }] });
    await mount();
    await ask(foreign);
    await vi.waitFor(() => expect(text("#live")).toContain("답변이 도착했습니다"));
    const last = all("#live p").find((line) => line.textContent!.includes("It lends"))!;
    expect([...last.children].map((part) => [part.getAttribute("lang"), part.textContent!.trim()])).toContainEqual(["en", "“It lends to governments.”"]);
    expect(last.textContent).toContain("답변이 도착했습니다");
  });

  it("lets nothing go that had the focus before the focus has moved on", async () => {
    await mount();
    const launcher = $<HTMLButtonElement>(".launcher")!;
    await vi.waitFor(() => expect(launcher.hidden).toBe(true));
    await ask();
    $<HTMLButtonElement>("button.cite")!.click();
    await chat.updateComplete;
    expect((chat.renderRoot as ShadowRoot).activeElement).toBe($(".back"));
    expect($(".chat")!.hasAttribute("inert")).toBe(false);
    $<HTMLButtonElement>(".back")!.click();
    await chat.updateComplete;
    expect($(".source.leaving")).not.toBeNull();
    await vi.waitFor(() => expect($(".source")).toBeNull());
    chat.close();
    await chat.updateComplete;
    expect(launcher.hidden).toBe(false);
    expect($<HTMLDialogElement>("dialog")!.open).toBe(true);
    await vi.waitFor(() => expect($<HTMLDialogElement>("dialog")!.open).toBe(false));
  });

  it("stays open where it is opened again while it closes", async () => {
    await mount();
    chat.close();
    await chat.open();
    await vi.waitFor(() => expect($<HTMLButtonElement>(".launcher")!.hidden).toBe(true));
    expect($<HTMLDialogElement>("dialog")!.open).toBe(true);
    expect($("textarea#question")).not.toBeNull();
  });
});
