import { readFileSync } from "node:fs";
import { render } from "lit";
import { describe, expect, it } from "vitest";
import { roundTop, stacked } from "../src/desk/charts/scale";
import type { Citation } from "../src/desk/contract";
import { ago, day } from "../src/desk/formats";
import { catalogues } from "../src/desk/i18n";
import { actorName } from "../src/desk/inquiry/history";
import { documentUrl } from "../src/desk/inquiry/source-pane";
import { hashOf, readRoute } from "../src/desk/route";
import { detailText } from "../src/desk/screens/audit";
import { isNamed } from "../src/desk/screens/documents";
import { activeFilters, everything, filterOf } from "../src/desk/screens/queue";
import { citationFacts } from "../src/desk/ui/citation-facts";
import { spoken } from "../src/desk/ui/spoken";
import { joined, split } from "../src/desk/terms/term-dialog";

const keys = (value: object): string[] =>
  Object.entries(value).flatMap(([key, inner]) => (inner && typeof inner === "object" ? keys(inner as object).map((name) => `${key}.${name}`) : [key]));
const sentences = (value: unknown): string[] => (typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(sentences) : []);

describe("the desk's catalogues", () => {
  it("say the same things in both languages, and nothing empty", () => {
    expect(keys(catalogues.ko).sort()).toEqual(keys(catalogues.en).sort());
    for (const t of Object.values(catalogues)) expect(sentences(t).filter((text) => !text.trim())).toEqual([]);
  });

  it("have no Korean in English but the language's own name", () => {
    const { otherLanguage: _, ...frame } = catalogues.en.frame;
    expect(sentences({ ...catalogues.en, frame }).filter((text) => /[가-힣]/.test(text))).toEqual([]);
  });
});

describe("what is said of a source", () => {
  const citation: Citation = {
    number: 1, document_id: "d1", title: "Harbour fund", publisher: null, published: "2026-11", language: "en", page: 3, section: [], quote: "", start: 0, end: 1, url: "/documents/d1",
  };

  it("names what one must know before one trusts it", () => {
    const facts = citationFacts(catalogues.en, { ...citation, older_version: 2, ocr_confidence: 0.931 }, "en");
    expect(facts).toBe("Nov 2026 · page 3 · older version (no. 2) · read by OCR, 93% sure");
    expect(citationFacts(catalogues.ko, { ...citation, publisher: "항만청", published: null, ocr_confidence: 0.931 }, "ko")).toBe("항만청 · 날짜 미상 · 3쪽 · 문자 인식(OCR)으로 읽음, 신뢰도 93%");
    expect(citationFacts(catalogues.en, citation, "en")).toBe("Nov 2026 · page 3");
  });
});

describe("names of the other language in a sentence", () => {
  const marked = (text: string, reader: "ko" | "en"): string => {
    const into = document.createElement("p");
    render(spoken(text, reader), into);
    expect(into.textContent).toBe(text);
    return [...into.querySelectorAll("span")].map((each) => `${each.lang}: ${each.textContent}`).join(" | ");
  };

  it("are marked as such, from their first word to their last", () => {
    expect(marked("“글로벌 펀드(PIS) 안내” dates from 2019-07.", "en")).toBe("ko: 글로벌 펀드 | ko: 안내");
    expect(marked("Ministry of Land and Transport · 2019년 7월 · 1쪽", "ko")).toBe("en: Ministry of Land and Transport");
  });

  it("are none where a sentence is in one language but for an abbreviation", () => {
    expect(marked("EDCF와 EDPF의 차이", "ko")).toBe("");
    expect(marked("The PIS fund", "en")).toBe("");
  });
});

describe("who did something", () => {
  it("is named, also where nobody was signed in", () => {
    const who = (actor: string, action: string): string => actorName(catalogues.ko, actor, action);
    expect([who("kim", "inquiry.edit"), who("system", "insight.purge"), who("-", "inquiry.receive"), who("-", "session.refused")]).toEqual(["kim", "시스템", "문의자", "로그인 전"]);
  });

  it("did something that has a name in both languages, whatever the log writes down", () => {
    const written = readFileSync("../docs/desk.md", "utf8").split("Actions in the audit log:")[1]!.split("\n\n")[0]!;
    const actions = [...written.matchAll(/`([a-z_.]+)`/g)].map(([, action]) => action!);
    expect(actions.length).toBeGreaterThan(30);
    for (const { audit } of Object.values(catalogues)) expect(actions.filter((action) => !(action in audit.actions))).toEqual([]);
  });
});

describe("routes", () => {
  it.each(["#/inquiries", "#/inquiries/0bfe994cb86d7407", "#/documents/a1", "#/audit"])("%s is read and written the same", (hash) => {
    expect(hashOf(readRoute(hash))).toBe(hash);
  });

  it.each(["", "#content", "#/nothing", "#/inquiries/<script>"])("%s leads to the queue", (hash) => {
    expect(readRoute(hash)).toEqual({ screen: "inquiries", id: null });
  });
});

describe("times", () => {
  const now = Date.parse("2026-11-22T10:00:00Z");

  it("are told in the largest unit", () => {
    expect(ago("2026-11-22T09:59:40Z", now, "ko")).toBe("방금");
    expect(ago("2026-11-22T07:00:00Z", now, "en")).toBe("3 hours ago");
    expect(ago("2026-11-19T07:00:00Z", now, "ko")).toBe("3일 전");
  });

  it("and days are as exact as they are known", () => {
    expect([day("2019", "en"), day("2019-07", "en"), day("2019-07-08", "en"), day("곧", "ko")]).toEqual(["2019", "Jul 2019", "8 Jul 2019", "곧"]);
  });
});

describe("addresses of documents", () => {
  it("stay with this service and its documents", () => {
    expect(documentUrl("/documents/d1?page=2&start=1&end=5#cited", "en")).toBe("/documents/d1?page=2&start=1&end=5&lang=en#cited");
    for (const url of ["https://elsewhere.example/documents/d1", "//elsewhere.example/documents/d1", "javascript:alert(1)", "/api/desk/audit"]) expect(documentUrl(url, "ko")).toBeNull();
  });
});

describe("plots", () => {
  it("stack outcomes to the whole, and leave out what is not there", () => {
    const parts = stacked({ answered: 2, partial: 0, refused: 2 }, 8, 100);
    expect(parts).toEqual([{ outcome: "answered", start: 0, length: 25 }, { outcome: "refused", start: 25, length: 25 }]);
    expect(stacked({ answered: 0, partial: 0, refused: 0 }, 0, 100)).toEqual([]);
  });

  it("end at a round number", () => {
    expect([0, 1, 3, 7, 10, 11, 230].map(roundTop)).toEqual([1, 1, 5, 10, 10, 20, 500]);
  });
});

describe("small things", () => {
  it("the age becomes hours", () => {
    expect(filterOf({ ...everything(), age: "week" })).toMatchObject({ max_age_hours: 168, limit: 30 });
    expect(filterOf({ ...everything(), age: "older" })).toMatchObject({ min_age_hours: 168 });
  });

  it("what is searched for, and the order, are no filters", () => {
    expect(activeFilters({ ...everything(), q: "방콕", sort: "newest", offset: 30 })).toBe(0);
    expect(activeFilters({ ...everything(), status: "new", language: "en", topic: "events", assigned: "me", age: "week" })).toBe(5);
  });

  it("a file is known by the name that the service gives it, and so are the parts of an archive", () => {
    expect(isNamed("공고문 1.hwpx", { name: "공고문  1.hwpx".normalize("NFD") })).toBe(true);
    expect(isNamed("a.zip/inner.pdf", { name: "a.zip" })).toBe(true);
    expect(isNamed("a.zip2", { name: "a.zip" })).toBe(false);
  });

  it("forms of a term are one a line", () => {
    expect(split("기획재정부\n\n 기재부 ")).toEqual(["기획재정부", "기재부"]);
    expect(split(joined(["a", "b"]))).toEqual(["a", "b"]);
  });

  it("details of the audit log are plain text", () => {
    expect(detailText({ language: "ko", checks: { not: 1 } })).toBe('language: ko, checks: {"not":1}');
  });
});
