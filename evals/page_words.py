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
