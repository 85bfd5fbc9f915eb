import { describe, expect, it } from "vitest";
import { catalogues, chooseLanguage } from "../src/i18n";
import { dateParts, daysBetween } from "../src/i18n/dates";

const keys = (value: object): string[] =>
  Object.entries(value).flatMap(([key, inner]) => (inner && typeof inner === "object" && !Array.isArray(inner) ? keys(inner as object).map((name) => `${key}.${name}`) : [key]));
const sentences = (value: unknown): string[] =>
  typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(sentences) : [];

describe("catalogues", () => {
  it("say the same things in both languages", () => {
    expect(keys(catalogues.ko).sort()).toEqual(keys(catalogues.en).sort());
    expect(catalogues.ko.feedbackReasons).toHaveLength(catalogues.en.feedbackReasons.length);
  });

  it("have no empty sentence, and no Korean in English but the language's own name", () => {
    for (const t of Object.values(catalogues)) expect(sentences(t).filter((text) => !text.trim())).toEqual([]);
    const { otherLanguage: _, switchLanguage: __, ...english } = catalogues.en;
    expect(sentences(english).filter((text) => /[가-힣]/.test(text))).toEqual([]);
  });

  it("write dates as exactly as they are known", () => {
    expect(["2019-07-08", "2019-07", "2019", "2019-04/2019-06", "곧"].map(catalogues.ko.date)).toEqual([
      "2019년 7월 8일", "2019년 7월", "2019년", "2019년 4월 ~ 2019년 6월", "곧",
    ]);
    expect(["2019-07-08", "2019-07", "2019", "2019-04/2019-06"].map(catalogues.en.date)).toEqual(["8 July 2019", "July 2019", "2019", "April 2019 – June 2019"]);
  });

  it("count days and money", () => {
    expect([catalogues.ko.daysLeft(3), catalogues.en.daysLeft(1), catalogues.en.daysLeft(0)]).toEqual(["3일 남음", "1 day left", "Today"]);
    expect(catalogues.ko.won(200_000_000)).toBe("2억원");
    expect(catalogues.en.won(1_500_000_000_000)).toBe("KRW 1.5 trillion");
  });
});

describe("dates", () => {
  it("are counted in whole days over months and years", () => {
    expect(daysBetween("2026-11-22", "2026-12-02")).toBe(10);
    expect(daysBetween("2027-01-01", "2026-12-31")).toBe(-1);
    expect(daysBetween("2026-11-22", "2026-12")).toBeNull();
  });

  it("that are none are not read", () => {
    for (const text of ["", "2019-13", "2019-07-32", "7월", "20190708"]) expect(dateParts(text)).toBeNull();
  });
});

describe("chooseLanguage", () => {
  it.each([
    ["en", "ko", ["ko-KR"], "en"],
    ["auto", "en-GB", ["ko-KR"], "en"],
    ["auto", "", ["fr", "en-US", "ko"], "en"],
    [null, "de", ["fr"], "ko"],
  ] as const)("asked %s, page %s, browser %s: %s", (asked, page, browser, chosen) => {
    expect(chooseLanguage(asked, page, browser)).toBe(chosen);
  });
});
