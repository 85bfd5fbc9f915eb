import { describe, expect, it } from "vitest";
import { calendarEntry } from "../src/calendar";
import { ChatClient } from "../src/client";
import { answerAsText } from "../src/clipboard";
import { catalogues } from "../src/i18n";
import { Memory, nothing, type Exchange } from "../src/memory";
import { answer, record } from "./samples";

const exchange = (over: Partial<Exchange> = {}): Exchange => ({
  id: 0, question: "몇 %?", requestId: "r", state: "done", step: "", claims: answer().claims, answer: answer(), failure: null, detail: "", vote: null, ...over,
});

describe("answerAsText", () => {
  it("is the sentences with their numbers and the sources in full", () => {
    expect(answerAsText(exchange(), catalogues.ko, new ChatClient("https://annae.example/"))).toBe(
      "몇 %?\n\n최대 80%입니다. [1]\n\n출처\n[1] 시장개척자금 안내, 국토교통부, 2019년 7월 8일, 2쪽\n    https://annae.example/documents/d1?page=2&start=1&end=9#cited",
    );
  });
});

describe("calendarEntry", () => {
  it("is an all-day entry that ends on the day after the last", () => {
    const entry = calendarEntry(record({ title: "로드쇼; 상담, 회" }), "2026-11-22", "https://annae.example/x")!;
    expect(entry).toContain("DTSTART;VALUE=DATE:20261202\r\n");
    expect(entry).toContain("DTEND;VALUE=DATE:20261205\r\n");
    expect(entry).toContain("SUMMARY:로드쇼\\; 상담\\, 회\r\n");
    expect(entry.endsWith("END:VCALENDAR\r\n")).toBe(true);
  });

  it("has no line over 75 octets", () => {
    const entry = calendarEntry(record({ title: "스마트시티 ".repeat(30) }), "2026-11-22", "")!;
    for (const line of entry.split("\r\n")) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  });

  it("is not made of a day that is not known", () => {
    expect(calendarEntry(record({ start: "2026-12" }), "2026-11-22", "")).toBeNull();
    expect(calendarEntry(record({ start: null }), "2026-11-22", "")).toBeNull();
  });
});

describe("Memory", () => {
  it("keeps the newest of a long conversation", () => {
    const memory = new Memory("test");
    memory.save({ ...nothing(), exchanges: Array.from({ length: 50 }, (_, id) => exchange({ id, question: `질문 ${id}` })) });
    const kept = memory.load().exchanges;
    expect([kept.length, kept[0]!.question, kept.at(-1)!.question]).toEqual([30, "질문 20", "질문 49"]);
  });

  it("does without a storage that refuses", () => {
    const memory = new Memory("test");
    const original = localStorage.setItem;
    Object.defineProperty(localStorage, "setItem", { configurable: true, value: () => { throw new DOMException("full", "QuotaExceededError"); } });
    expect(() => memory.save(nothing())).not.toThrow();
    Object.defineProperty(localStorage, "setItem", { configurable: true, value: original });
  });
});
