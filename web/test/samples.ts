import type { Answer, Citation, FactRecord } from "../src/contract";

export const citation = (over: Partial<Citation> = {}): Citation => ({
  number: 1, document_id: "d1", title: "시장개척자금 안내", publisher: "국토교통부", published: "2019-07-08", language: "ko", page: 2,
  section: ["2. 무엇이 달라지나요"], quote: "중견기업 지원 비율은 최대 80%입니다.", url: "/documents/d1?page=2&start=1&end=9#cited", ocr_confidence: null, fields: [], ...over,
});

export const answer = (over: Partial<Answer> = {}): Answer => ({
  answer_id: "0".repeat(32), conversation_id: "c1", status: "answered", language: "ko", as_of: "2026-11-22", text: "최대 80%입니다. [1]",
  claims: [{ text: "최대 80%입니다.", citations: [1], sources: [] }], citations: [citation()], notices: [], records: [], suggestions: [], contact: null, standalone_query: null, ...over,
});

export const record = (over: Partial<FactRecord> = {}): FactRecord => ({
  record_id: "r1", type: "event", title: "로드쇼", start: "2026-12-02", end: "2026-12-04", precision: "day", year_inferred: false, deadline: null,
  deadline_time: null, deadline_kind: "none", place: "방콕", online: false, organiser: "센터", country: null, amount: null, amount_said: null, rate: null, share: null, eligible: null,
  requirements: null, how_to_apply: null, contact: null, owner: null, status: "upcoming", days_left: 10, citations: [citation({ number: 0, fields: ["start", "end"] })],
  changes: [], ...over,
});

const event = (kind: string, data: unknown): string => `event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;

/** What the service would stream for an answer. */
export const streamOf = (of: Answer): string[] => [
  event("status", { step: "retrieving" }),
  ...of.claims.map((claim) => event("claim", { ...claim, sources: of.citations.filter(({ number }) => claim.citations.includes(number)) })),
  event("final", of),
];

/** A response whose body comes in these parts; `end` says how it stops. */
export function streamed(parts: string[], end: "close" | "error" | "hang" = "close", status = 200): Response {
  const encoder = new TextEncoder();
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = parts[at++];
      if (part !== undefined) controller.enqueue(encoder.encode(part));
      else if (end === "close") controller.close();
      else if (end === "error") controller.error(new TypeError("network error"));
      else await new Promise(() => undefined);
    },
  });
  return new Response(body, { status, headers: { "content-type": "text/event-stream" } });
}
