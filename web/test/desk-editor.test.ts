import { describe, expect, it } from "vitest";
import type { CheckResult, Citation, Draft } from "../src/desk/contract";
import { DraftEditor, placeOf, sameDraft } from "../src/desk/inquiry/draft-editor";
import { Drafts } from "../src/desk/inquiry/drafts";

const both = { ko: "", en: "" };
const citation = (number: number, start: number): Citation => ({
  number, document_id: "d1", title: "문서", publisher: null, published: null, language: "ko", page: 1, section: [], quote: `인용 ${start}`, start, end: start + 5, url: "/documents/d1",
});
const draft = (changes: Partial<Draft> = {}): Draft => ({
  language: "ko", question: "질문?", status: "answered", mode: "extractive", as_of: "2026-11-22", text: "",
  claims: [
    { text: "첫 문장.", citations: [1], check: "supported", reasons: [], explanation: both, edited: false },
    { text: "둘째 문장.", citations: [2, 1], check: "partly", reasons: ["similarity"], explanation: both, edited: false },
  ],
  citations: [citation(1, 0), citation(2, 10)], notices: [], stale: [], ...changes,
});
const key = (editor: DraftEditor, index: number): number => editor.sentences[index]!.key;
const found = (check: "supported" | "not"): CheckResult => ({ claims: [{ text: "", citations: [], check, reasons: [], explanation: both, edited: true }], citations: [] });

describe("a draft that is edited", () => {
  it("keeps its citations while its words change, and knows that it is unsaved", () => {
    const editor = new DraftEditor(draft());
    expect(editor.dirty).toBe(false);
    editor.setText(key(editor, 0), "고친 문장.");
    expect(editor.dirty).toBe(true);
    expect(editor.claims[0]).toEqual({ text: "고친 문장.", citations: [{ document_id: "d1", page: 1, start: 0, end: 5 }] });
    editor.setText(key(editor, 0), "첫 문장.");
    expect(editor.dirty).toBe(false);
  });

  it("numbers its sources in order of first use, whatever is moved", () => {
    const editor = new DraftEditor(draft());
    editor.move(key(editor, 1), -1);
    expect(editor.claims.map(({ text }) => text)).toEqual(["둘째 문장.", "첫 문장."]);
    expect(editor.numbers.get(placeOf(citation(2, 10)))).toBe(1);
    expect(editor.citations.map(({ number, start }) => [number, start])).toEqual([[1, 10], [2, 0]]);
  });

  it("moves nothing past its ends", () => {
    const editor = new DraftEditor(draft());
    editor.move(key(editor, 0), -1);
    editor.move(key(editor, 1), 1);
    expect(editor.dirty).toBe(false);
  });

  it("cites a place once, and lets go of it", () => {
    const editor = new DraftEditor(draft());
    editor.cite(key(editor, 0), [citation(0, 0), citation(0, 30)]);
    expect(editor.sentences[0]!.citations.map(({ start }) => start)).toEqual([0, 30]);
    editor.uncite(key(editor, 0), placeOf(citation(0, 0)));
    expect(editor.sentences[0]!.citations.map(({ start }) => start)).toEqual([30]);
  });

  it("sends no empty sentence and counts none", () => {
    const editor = new DraftEditor(draft());
    editor.add();
    expect(editor.dirty).toBe(false);
    expect(editor.claims).toHaveLength(2);
    expect(editor.tally).toEqual({ supported: 1, partly: 1, not: 0, note: 0 });
  });

  it("puts a sentence behind the one it was found for", () => {
    const editor = new DraftEditor(draft());
    editor.add("사이 문장.", [citation(0, 50)], key(editor, 0));
    expect(editor.claims.map(({ text }) => text)).toEqual(["첫 문장.", "사이 문장.", "둘째 문장."]);
  });
});

describe("checking while it is edited", () => {
  it("asks only for what changed, and takes the finding", () => {
    const editor = new DraftEditor(draft());
    editor.setText(key(editor, 0), "고친 문장.");
    const taken = editor.take();
    expect(taken.map(({ text }) => text)).toEqual(["고친 문장."]);
    editor.put(taken, found("not"));
    expect(editor.sentences[0]).toMatchObject({ check: "not", state: "checked" });
    expect(editor.take()).toEqual([]);
  });

  it("does not take a finding for words that were changed since", () => {
    const editor = new DraftEditor(draft());
    editor.setText(key(editor, 0), "고친 문장.");
    const taken = editor.take();
    editor.setText(key(editor, 0), "또 고친 문장.");
    editor.put(taken, found("supported"));
    expect(editor.sentences[0]!.state).toBe("changed");
    expect(editor.take().map(({ text }) => text)).toEqual(["또 고친 문장."]);
  });

  it("calls a sentence without a source the officer's own, without asking", () => {
    const editor = new DraftEditor(draft());
    editor.uncite(key(editor, 0), placeOf(citation(1, 0)));
    expect(editor.take()).toEqual([]);
    expect(editor.sentences[0]).toMatchObject({ check: "note", state: "checked" });
  });

  it("says so where the check failed", () => {
    const editor = new DraftEditor(draft());
    editor.setText(key(editor, 0), "고친 문장.");
    editor.put(editor.take(), null);
    expect(editor.sentences[0]!.state).toBe("failed");
  });
});

describe("the drafts of an inquiry", () => {
  it("take what the server has where nothing is typed", () => {
    const drafts = new Drafts();
    drafts.take({ ko: draft() });
    const changed = draft({ claims: [{ ...draft().claims[0]!, text: "동료의 문장." }] });
    expect(drafts.take({ ko: changed })).toBeNull();
    expect(drafts.editor("ko")!.claims[0]!.text).toBe("동료의 문장.");
  });

  it("keep what is typed, and name the language in which a colleague saved meanwhile", () => {
    const drafts = new Drafts();
    drafts.take({ ko: draft() });
    const editor = drafts.editor("ko")!;
    editor.setText(key(editor, 0), "내 문장.");
    expect(drafts.take({ ko: draft() })).toBeNull();
    expect(drafts.take({ ko: draft({ claims: [{ ...draft().claims[0]!, text: "동료의 문장." }] }) })).toBe("ko");
    expect(drafts.editor("ko")!.claims[0]!.text).toBe("내 문장.");
  });

  it("go on with what was typed while it was saved", () => {
    const drafts = new Drafts();
    drafts.take({ ko: draft() });
    const editor = drafts.editor("ko")!;
    editor.setText(key(editor, 0), "더 적은 문장.");
    const saved = draft({ claims: [{ ...draft().claims[0]!, text: "저장한 문장." }, draft().claims[1]!] });
    drafts.rebase("ko", saved);
    expect(drafts.dirtyIn("ko")).toBe(true);
    expect(drafts.take({ ko: saved })).toBeNull();
    expect(drafts.editor("ko")!.claims[0]!.text).toBe("더 적은 문장.");
  });

  it("differ where a source has moved, and not where nothing changed", () => {
    expect(sameDraft(draft(), draft())).toBe(true);
    expect(sameDraft(draft(), draft({ citations: [citation(1, 3), citation(2, 10)] }))).toBe(false);
    expect(sameDraft(undefined, draft())).toBe(false);
  });
});
