"""What the report calls slices, outcomes and measures, in both languages."""

from __future__ import annotations

from html import escape

from evals.measures import MEASURES
from evals.page_frame import both

SLICES = {
    "all": ("전체", "All"),
    "lang/ko": ("한국어 질문", "Korean questions"),
    "lang/en": ("영어 질문", "English questions"),
    "direction/ko": ("한국어 → 한국어 문서", "Korean, Korean papers"),
    "direction/en": ("영어 → 영어 문서", "English, English papers"),
    "direction/cross": ("교차 언어", "Across the languages"),
    "follow-up": ("이어지는 질문", "Follow-ups"),
    "kind/adversarial": ("공격성 질문", "Adversarial"),
    "kind/comparison": ("비교", "Comparison"),
    "kind/definition": ("용어", "Definition"),
    "kind/dialogue": ("대화", "Dialogue"),
    "kind/eligibility": ("신청 자격", "Eligibility"),
    "kind/event": ("행사·일정", "Event"),
    "kind/fact": ("사실", "Fact"),
    "kind/false_premise": ("잘못된 전제", "False premise"),
    "kind/financing": ("금융", "Financing"),
    "kind/misspelt": ("오타·혼용", "Misspelt"),
    "kind/parity": ("한영 짝 질문", "Parity pairs"),
    "kind/responsibility": ("담당 기관", "Responsibility"),
    "kind/unanswerable": ("문서에 없음", "Unanswerable"),
}
STATUSES = {
    "answered": ("답변", "answered"),
    "partial": ("부분 답변", "partial"),
    "no_evidence": ("근거 없음", "no evidence"),
    "out_of_scope": ("범위 밖", "out of scope"),
    "refused": ("거절", "refused"),
    "clarify": ("확인 필요", "clarify"),
    "error": ("오류", "error"),
}


def measure_name(name: str) -> str:
    """A measure."""
    return both(*(escape(text) for text in MEASURES[name]))


def slice_name(name: str) -> str:
    """A slice."""
    return both(*(escape(text) for text in SLICES.get(name, (name, name))))


def status_name(name: str) -> str:
    """A status."""
    return both(*STATUSES.get(name, (name, name)))


_OUTCOMES = {
    "all facts": ("모두 맞음", "all facts"),
    "partial": ("일부만 맞음", "partial"),
    "wrong": ("틀림", "wrong"),
    "refused": ("답하지 않음", "refused"),
    "declined": ("알맞게 거절", "declined"),
    "answered": ("답하지 말아야 함", "answered"),
    "error": ("오류", "error"),
}
# What a note of a judgement begins with.
_NOTES = {
    "fact missing": "빠진 사실",
    "says what it must not": "하지 말아야 할 말",
    "not in the language of the question": "질문의 언어가 아님",
    "not supported": "근거가 뒷받침하지 않음",
    "left out its note": "단서가 빠짐",
    "does not say that its source is old or undated": "오래되었거나 날짜 없는 자료라고 밝히지 않음",
    "does not say that it is over": "지난 일이라고 밝히지 않음",
    "says that it is over": "지난 일이라고 잘못 말함",
    "parity: different facts": "한영 다름: 사실",
    "parity: different documents": "한영 다름: 문서",
    "parity": "한영 다름",
    "error": "오류",
    "status": "상태",
}


def outcome_name(name: str) -> str:
    """How a question came out."""
    return both(*(escape(text) for text in _OUTCOMES.get(name, (name, name))))


def note_text(note: str) -> str:
    """What is remarked on a judgement; what it is about stays as it is."""
    start = next((known for known in _NOTES if note.startswith(known)), "")
    return both(escape(f"{_NOTES[start]}{note[len(start) :]}"), escape(note)) if start else escape(note)


def roles_name(role: str) -> str:
    """Who speaks in a dialogue."""
    return both(
        *{"user": ("질문자", "user"), "assistant": ("안내", "assistant")}.get(role, (escape(role), escape(role)))
    )
