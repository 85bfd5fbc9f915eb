"""Measures of a run: per question first, averages with bootstrap intervals second, paired tests between two runs."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from scipy import stats

from assistant.text.language import detect_language
from evals.judge import Judge, Passage, RuleJudge, precision
from evals.matching import overlaps, says
from evals.scoring import Interval, mean_interval, score_questions

MAX_ANSWER_CHARS = 600
ANSWERS = ("answered", "partial")
ERROR = "error"
_STALE_DAYS = 365
# A list of alternatives with these two among them asks for the wording that something is over.
_PAST_MARKERS = {"지났", "passed"}
_PAST = re.compile(
    r"지난 (?:행사|일정)|지났|지나간|이미 (?:끝|종료|마감|지|열|개최)|종료되었|종료됐|마감되었|마감됐|마감되었습니다|끝났"
    r"|\b(?:has|have|had) (?:passed|ended|closed)|\b(?:is|was|are) (?:already )?over\b|\balready (?:over|past|closed|ended|taken place)\b"
    r"|\bno longer\b|\bpast event\b",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|\"[^\"]*\"|\[\d+\]")
_SEARCHED = re.compile(r"(?:찾아본 말|Searched for):.*", re.DOTALL)
_STARRED = re.compile(r"(?<=[\w가-힣)”’'%])(\*+)")
_NOTE = re.compile(r"^\s*(\*+)")

# Every measure, with its unit of counting; higher is better for all. ``None`` for a question to which it does not apply.
MEASURES: dict[str, tuple[str, str]] = {
    "right": ("전체 정답", "Right as a whole"),
    "status": ("결과 상태 일치", "Status as expected"),
    "answers": ("답이 있을 때 답변", "Answers what can be answered"),
    "declines": ("답이 없을 때 거절", "Declines what cannot"),
    "facts_all": ("핵심 사실 전부", "All key facts"),
    "facts_share": ("핵심 사실 비율", "Share of key facts"),
    "gold_citation": ("정답 근거 인용", "Cites the gold evidence"),
    "citation_recall": ("인용 재현율", "Citation recall"),
    "citation_precision": ("인용 정밀도", "Citation precision"),
    "language": ("답변 언어", "Language of answer"),
    "date_truth": ("날짜 판단", "Date truth"),
    "notes": ("단서 동반", "Notes kept"),
    "notices": ("오래된 자료 알림", "Staleness told"),
    "parity": ("한영 동일", "Parity"),
    "success@1": ("검색 성공@1", "Success@1"),
    "success@5": ("검색 성공@5", "Success@5"),
    "success@10": ("검색 성공@10", "Success@10"),
    "R@10": ("재현율@10", "R@10"),
    "nDCG@10": ("nDCG@10", "nDCG@10"),
    "RR@10": ("RR@10", "RR@10"),
}
_RETRIEVAL = {
    "success@1": "recall@1",
    "success@5": "recall@5",
    "success@10": "recall@10",
    "R@10": "R@10",
    "nDCG@10": "nDCG@10",
    "RR@10": "RR@10",
}
Scores = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question's scores, and the notes that explain them."""

    question_id: str
    scores: Scores
    outcome: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of a measure between two runs over the questions that both have."""

    before: float
    after: float
    difference: Interval
    p_value: float
    questions: int


def judge_run(run: Mapping[str, Any], judge: Judge | None = None) -> dict[str, Judged]:
    """Score every question of a run."""
    judge = judge or RuleJudge()
    rows = run["comparable"]["questions"]
    ranked = {row["id"]: [hit["chunk_id"] for hit in row["retrieved"]] for row in rows if row["relevant"]}
    relevant = {row["id"]: frozenset(row["relevant"]) for row in rows if row["relevant"]}
    retrieval = score_questions(relevant, ranked)
    judged = {row["id"]: _judge(row, judge, retrieval.get(row["id"])) for row in rows}
    for first, second in _pairs(rows):
        same, why = _parity(first, second, judged)
        for row in (first, second):
            judged[row["id"]].scores["parity"] = float(same)
        if not same:
            judged[first["id"]] = _with_note(judged[first["id"]], f"parity: {why}")
            judged[second["id"]] = _with_note(judged[second["id"]], f"parity: {why}")
    return judged


def status_of(row: Mapping[str, Any]) -> str:
    """The status that came back; ``error`` where the assistant broke."""
    return str(row["got"]["status"]) if row["got"] else ERROR


def is_answerable(row: Mapping[str, Any]) -> bool:
    """Whether the documents hold an answer."""
    return bool(row["expected"]["must_contain"])


def facts_said(row: Mapping[str, Any]) -> list[bool]:
    """For each key fact whether the answer says it within its first 600 characters."""
    text = _text(row)
    return [any(says(text, alternative) for alternative in fact) for fact in row["expected"]["must_contain"]]


def _judge(row: Mapping[str, Any], judge: Judge, retrieval: Mapping[str, float] | None) -> Judged:
    notes: list[str] = []
    scores: Scores = dict.fromkeys(MEASURES)
    status, expected = status_of(row), row["expected"]
    answered = status in ANSWERS
    if row["error"]:
        notes.append(f"error: {row['error']}")
    scores["status"] = float(status in expected["expected_status"])
    forbidden = [wording for wording in expected.get("must_not_contain", ()) if says(_text(row), wording)]
    notes += [f"says what it must not: {wording}" for wording in forbidden]
    if is_answerable(row):
        said = facts_said(row) if answered else [False] * len(expected["must_contain"])
        notes += [
            f"fact missing: {fact[0]}" for fact, there in zip(expected["must_contain"], said, strict=True) if not there
        ]
        right = all(said) and not forbidden
        scores |= {
            "answers": float(answered),
            "facts_all": float(right),
            "facts_share": 0.0 if forbidden else sum(said) / len(said),
            "gold_citation": float(answered and cites_gold(row)),
            "right": float(right and bool(scores["status"])),
        }
        outcome = (
            "all facts" if right else "partial" if any(said) and not forbidden else "wrong" if answered else "refused"
        )
    else:
        scores["declines"] = float(not answered and status != ERROR)
        scores["right"] = float(bool(scores["status"]) and not forbidden)
        outcome = "declined" if scores["right"] else "answered" if answered else "wrong"
    if answered:
        scores |= _citation_scores(row, judge, notes)
        scores["notes"] = _notes_kept(row, notes)
        scores["notices"] = _staleness_told(row, notes)
    scores["language"] = float(_language_right(row))
    if not scores["language"]:
        notes.append("not in the language of the question")
    scores["date_truth"] = _date_truth(row, notes)
    if retrieval is not None:
        scores |= {name: retrieval[source] for name, source in _RETRIEVAL.items()}
    return Judged(row["id"], scores, ERROR if row["error"] else outcome, tuple(notes))


def _with_note(judged: Judged, note: str) -> Judged:
    return Judged(judged.question_id, judged.scores, judged.outcome, (*judged.notes, note))


def _text(row: Mapping[str, Any]) -> str:
    return str(row["got"]["text"])[:MAX_ANSWER_CHARS] if row["got"] else ""


def _shown(row: Mapping[str, Any]) -> str:
    """All that a reader sees: the answer and its notices."""
    return "\n".join((_text(row), *(notice["text"] for notice in row["got"]["notices"]))) if row["got"] else ""


def cites_gold(row: Mapping[str, Any]) -> bool:
    """Whether a citation of a claim overlaps the evidence, or stands in a chunk that holds it, where a table was taken apart."""
    used = {number for claim in row["got"]["claims"] for number in claim["citations"]}
    quotes = [citation["quote"] for citation in row["got"]["citations"] if citation["number"] in used]
    return any(overlaps(quote, piece) for quote in quotes for piece in _evidence_forms(row["expected"]["evidence"]))


def _evidence_forms(evidence: Iterable[str]) -> list[str]:
    """Evidence as its author wrote it, and table rows also the way loaders join cells."""
    return [form for piece in evidence for form in dict.fromkeys((piece, piece.strip("| ").strip()))]


def passages_of(row: Mapping[str, Any]) -> dict[int, Passage]:
    """An answer's citations as a judge sees them, by number."""
    return {c["number"]: Passage(c["quote"], c["title"], tuple(c["section"])) for c in row["got"]["citations"]}


def _citation_scores(row: Mapping[str, Any], judge: Judge, notes: list[str]) -> Scores:
    passages = passages_of(row)
    supported: list[bool] = []
    right: list[bool] = []
    for claim in row["got"]["claims"]:
        cited = [passages[number] for number in claim["citations"] if number in passages]
        verdict = judge.judge(claim["text"], cited)
        supported.append(verdict.supported)
        # A number that names no citation is a wrong citation.
        right += [False] * (len(claim["citations"]) - len(cited)) + precision(judge, claim["text"], cited)
        if not verdict.supported:
            notes.append(f"not supported ({verdict.reason}): {claim['text'][:80]}")
    return {
        "citation_recall": statistics.fmean(supported) if supported else 0.0,
        "citation_precision": statistics.fmean(right) if right else 0.0,
    }


def _notes_kept(row: Mapping[str, Any], notes: list[str]) -> float | None:
    """Whether every cited line with a footnote star comes with its footnote, where the document has one below it."""
    quotes = {c["number"]: c["quote"] for c in row["got"]["citations"]}
    held: dict[tuple[str, str, str], str] = {}
    for hit in row["retrieved"]:
        for line in hit["text"].split("\n"):
            if found := _NOTE.match(line):
                held.setdefault((hit["source"], hit["chunk_id"], found[1]), line)
    chunks = {c["number"]: (c["source"], c["chunk_id"]) for c in row["got"]["citations"]}
    kept = []
    for claim in row["got"]["claims"]:
        for number in claim["citations"]:
            quote = quotes.get(number, "")
            for star in set() if _NOTE.match(quote) else set(_STARRED.findall(quote)):
                if number in chunks and (*chunks[number], star) in held:
                    there = any((m := _NOTE.match(quotes.get(n, ""))) and m[1] == star for n in claim["citations"])
                    kept.append(there)
                    if not there:
                        notes.append(f"left out its note: {quote[:60]}")
    return float(all(kept)) if kept else None


def _staleness_told(row: Mapping[str, Any], notes: list[str]) -> float | None:
    """Whether an answer from documents without a date, or over a year old, says so."""
    day = date.fromisoformat(row["as_of"])
    old = [c for c in row["got"]["citations"] if _is_old(c["published"], day)]
    if not old:
        return None
    told = any(notice["kind"] in ("stale", "past_event", "plan") for notice in row["got"]["notices"])
    if not told:
        notes.append("does not say that its source is old or undated")
    return float(told)


def _is_old(published: str | None, day: date) -> bool:
    if published is None:
        return True
    parts = [int(part) for part in published.split("/")[-1].split("-")]
    year, month, last = (*parts, 12, 31)[:3] if len(parts) == 1 else (*parts, 28)[:3]
    return day - date(year, month, last) > timedelta(days=_STALE_DAYS + 31)


def _language_right(row: Mapping[str, Any]) -> bool:
    """Whether the answer speaks the question's language, words in quotation marks aside."""
    if not row["got"]:
        return False
    wanted = row["expected"]["lang"]
    parts = [row["got"]["text"], *(n["text"] for n in row["got"]["notices"] if n["kind"] != "passage")]
    own = [_SEARCHED.sub(" ", _QUOTED.sub(" ", part)) for part in parts]
    return row["got"]["language"] == wanted and all(detect_language(text, wanted) == wanted for text in own)


def _date_truth(row: Mapping[str, Any], notes: list[str]) -> float | None:
    """Whether the answer says that something is over exactly where it is; asked of questions whose date decides."""
    expected = row["expected"]
    past_asked = any(set(fact) >= _PAST_MARKERS for fact in expected["must_contain"])
    if past_asked:
        fact = next(fact for fact in expected["must_contain"] if set(fact) >= _PAST_MARKERS)
        shown = _shown(row)
        told = status_of(row) in ANSWERS and any(says(shown, alternative) for alternative in fact)
        if not told:
            notes.append("does not say that it is over")
        return float(told)
    days = [date.fromisoformat(d) for fact in expected["must_contain"] for d in fact if _ISO_DAY.fullmatch(d)]
    if not days or expected["kind"] != "event" or min(days) < date.fromisoformat(row["as_of"]):
        return None
    if status_of(row) not in ANSWERS:
        return 0.0
    wrong = _PAST.search(_QUOTED.sub(" ", _shown(row)))
    said = all(
        s
        for s, fact in zip(facts_said(row), expected["must_contain"], strict=True)
        if any(_ISO_DAY.fullmatch(d) for d in fact)
    )
    if wrong:
        notes.append(f"says that it is over: {wrong.group()}")
    return float(said and not wrong)


def _pairs(rows: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    gathered: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["expected"].get("pair"):
            gathered[row["expected"]["pair"]].append(row)
    return [(found[0], found[1]) for found in gathered.values() if len(found) == 2]


def _parity(first: Mapping[str, Any], second: Mapping[str, Any], judged: Mapping[str, Judged]) -> tuple[bool, str]:
    """Whether a question gets the same status, the same facts and the same documents in both languages."""
    one, two = status_of(first), status_of(second)
    if one != two or ERROR in (one, two):
        return False, f"{one} in one language, {two} in the other"
    if one not in ANSWERS:
        return True, ""
    if facts_said(first) != facts_said(second):
        return False, "different facts"
    sources = [{c["source"] for c in row["got"]["citations"]} for row in (first, second)]
    if not sources[0] & sources[1] and not all(cites_gold(row) for row in (first, second)):
        return False, "different documents"
    return True, ""


# --- Slices ---


def slices_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The groups in which a question counts."""
    item = row["expected"]
    names = ["all", f"lang/{item['lang']}", f"kind/{item['kind']}"]
    if is_answerable(row):
        names.append("direction/cross" if item["cross_lingual"] else f"direction/{item['lang']}")
    if item.get("history"):
        names.append("follow-up")
    return tuple(names)


def summary(run: Mapping[str, Any], judged: Mapping[str, Judged]) -> dict[str, dict[str, Interval]]:
    """Means with intervals by slice and measure, slices in reading order. A pair counts once for parity."""
    gathered: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in run["comparable"]["questions"]:
        for name in slices_of(row):
            for measure, value in judged[row["id"]].scores.items():
                if value is not None and not (measure == "parity" and _counts_elsewhere(row, name)):
                    gathered[name][measure].append(value)
    return {
        name: {measure: mean_interval(gathered[name][measure]) for measure in MEASURES if gathered[name][measure]}
        for name in sorted(gathered, key=_slice_order)
    }


def _counts_elsewhere(row: Mapping[str, Any], name: str) -> bool:
    return name.startswith(("lang/", "direction/", "follow")) or row["expected"]["lang"] != "ko"


def _slice_order(name: str) -> tuple[int, str]:
    order = ("all", "lang", "direction", "follow-up", "kind")
    return order.index(name.split("/")[0]), "" if name in order else {"ko": "0", "en": "1"}.get(
        name.split("/")[1], name
    )


def confusion(run: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """How often each status came back, by what was expected (the first of the allowed ones names the row)."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in run["comparable"]["questions"]:
        allowed = row["expected"]["expected_status"]
        got = status_of(row)
        found["answered" if set(allowed) & set(ANSWERS) else allowed[0]][got] += 1
    return dict(found)


def latency(run: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Median, 95th percentile and maximum of the milliseconds of each step."""
    steps: dict[str, list[float]] = defaultdict(list)
    for spent in run["seconds"].values():
        for step, seconds in spent.items():
            steps[step].append(seconds * 1000)
    return {
        step: {
            "p50": round(float(np.percentile(ms, 50)), 2),
            "p95": round(float(np.percentile(ms, 95)), 2),
            "max": round(max(ms), 2),
        }
        for step, ms in steps.items()
    }


# --- Two runs ---


def compare(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    judged_before: Mapping[str, Judged],
    judged_after: Mapping[str, Judged],
) -> dict[str, dict[str, Change]]:
    """What changed, by slice and measure, over the questions that both runs asked in the same words."""
    old = {row["id"]: row for row in before["comparable"]["questions"]}
    gathered: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for row in after["comparable"]["questions"]:
        other = old.get(row["id"])
        if other is None or not same_question(row["expected"], other["expected"]):
            continue
        for name in slices_of(row):
            for measure in MEASURES:
                pair = judged_before[row["id"]].scores[measure], judged_after[row["id"]].scores[measure]
                if (
                    pair[0] is not None
                    and pair[1] is not None
                    and not (measure == "parity" and _counts_elsewhere(row, name))
                ):
                    gathered[name][measure].append((pair[0], pair[1]))
    return {
        name: {measure: change(gathered[name][measure]) for measure in MEASURES if gathered[name][measure]}
        for name in sorted(gathered, key=_slice_order)
    }


def same_question(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Whether two lines ask the same and expect the same."""
    fields = ("question", "history", "as_of", "profile", "must_contain", "expected_status", "must_not_contain")
    return all(one.get(field) == two.get(field) for field in fields)


def change(pairs: Sequence[tuple[float, float]]) -> Change:
    """The mean difference with its bootstrap interval, and the p-value of a paired permutation test (two-sided)."""
    values = np.asarray(pairs, dtype=np.float64)
    differences = values[:, 1] - values[:, 0]
    p_value = 1.0
    # With a single difference either sign is as likely.
    if np.count_nonzero(differences) > 1:
        # Questions without a difference do not take part: turning their sign changes nothing.
        found = stats.permutation_test(
            (differences[differences != 0],),
            np.sum,
            permutation_type="samples",
            n_resamples=4999,
            vectorized=True,
            rng=np.random.default_rng(0),
        )
        p_value = float(found.pvalue)
    return Change(
        float(values[:, 0].mean()), float(values[:, 1].mean()), mean_interval(differences), p_value, len(pairs)
    )


def as_json(value: Any) -> Any:
    """Intervals and changes as plain objects, rounded."""
    if isinstance(value, Mapping):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, Interval | Change):
        return as_json(asdict(value))
    return round(value, 6) if isinstance(value, float) else value
