import { describe, expect, it } from "vitest";
import { catalogues, chooseLanguage } from "../src/i18n";
import { dateParts, localDay } from "../src/i18n/dates";

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

  it("count the days to a start and to a deadline", () => {
    const { ko, en } = catalogues;
    expect([ko.daysLeft(3, "start"), ko.daysLeft(8, "deadline"), ko.daysLeft(0, "deadline")]).toEqual(["시작까지 3일", "마감까지 8일", "오늘 마감"]);
    expect([en.daysLeft(1, "start"), en.daysLeft(8, "deadline"), en.daysLeft(0, "start")]).toEqual(["starts in 1 day", "8 days left to apply", "starts today"]);
  });

  it.each([
    ["2027-03-09", "2027-03-10", "day", "2027년 3월 9일 ~ 10일", "9–10 March 2027"],
    ["2027-03-30", "2027-04-02", "day", "2027년 3월 30일 ~ 4월 2일", "30 March – 2 April 2027"],
    ["2027-12-30", "2028-01-02", "day", "2027년 12월 30일 ~ 2028년 1월 2일", "30 December 2027 – 2 January 2028"],
    ["2027-03-09", "2027-03-09", "day", "2027년 3월 9일", "9 March 2027"],
    [null, "2027-09-30", "day", "2027년 9월 30일까지", "until 30 September 2027"],
    ["2020-12-01", "2020-12-10", "month", "2020년 12월", "December 2020"],
    ["2020-11-01", "2020-12-31", "month", "2020년 11월 ~ 12월", "November – December 2020"],
    ["2020-04-01", "2020-06-30", "quarter", "2020년 2분기", "quarter 2 of 2020"],
    ["2027-01-01", "2027-06-30", "half", "2027년 상반기", "first half of 2027"],
    ["2019-07-01", null, "half", "2019년 하반기", "second half of 2019"],
    ["2020-01-01", "2020-12-31", "year", "2020년", "2020"],
    ["2020-01-01", "2022-12-31", "year", "2020년 ~ 2022년", "2020 – 2022"],
    [null, null, "day", null, null],
  ] as const)("write a period as exactly as it is known: %s to %s by %s", (start, end, precision, ko, en) => {
    expect([catalogues.ko.period(start, end, precision), catalogues.en.period(start, end, precision)]).toEqual([ko, en]);
  });
});

describe("dates", () => {
  it("of a moment are the reader's own day", () => {
    const noon = new Date(2026, 10, 22, 12);
    expect(localDay(noon.toISOString())).toBe("2026-11-22");
    expect(localDay("soon")).toBe("soon");
  });

  it("that are none are not read", () => {
    for (const text of ["", "2019-13", "2019-07-32", "7월", "20190708"]) expect(dateParts(text)).toBeNull();
  });
});

describe("how long an inquiry is kept", () => {
  it.each([
    [30, "30일까지", "for 30 days"],
    [365, "1년까지", "for a year"],
    [1095, "3년까지", "for 3 years"],
    [1100, "1,100일까지", "for 1,100 days"],
  ] as const)("is said in years where they are whole: %s days", (days, ko, en) => {
    expect(catalogues.ko.inquiry.consent(days).join(" ")).toContain(ko);
    expect(catalogues.en.inquiry.consent(days).join(" ")).toContain(en);
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
