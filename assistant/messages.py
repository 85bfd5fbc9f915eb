"""Readers' sentences in both languages. Developers' messages are in English, in the errors themselves."""

from __future__ import annotations

from assistant.types import Language

MESSAGES: dict[Language, dict[str, str]] = {
    "ko": {
        "lead_same": "{heading}: {clause}",
        "lead_plain": "{clause}",
        "lead_foreign": "영어 원문 「{title}」에 다음과 같이 나와 있습니다. “{clause}”",
        "no_evidence": "등록된 문서에서 질문에 답하는 내용을 찾지 못했습니다. 찾아본 말: {terms}.",
        "no_documents": "아직 등록된 문서가 없습니다. 문서를 먼저 등록해 주십시오.",
        "passage": "가까운 내용: {quote} [{number}]",
        "stale": "「{title}」은(는) {published} 자료입니다. 지금은 달라졌을 수 있으니 담당 기관에 확인하시기 바랍니다.",
        "stale_undated": "「{title}」은(는) 발행일을 알 수 없는 자료입니다. 현재도 유효한지 담당 기관에 확인하시기 바랍니다.",
        "plan": "위 내용은 당시의 계획이며, 실제 시행 여부는 이 문서로 알 수 없습니다.",
        "suggest_about": "{topic}에 대해 알려 주세요.",
        "undated": "날짜 미상",
        "page_title": "안내 · 정책 문서 질의응답",
        "ask_label": "질문",
        "ask_button": "질문하기",
        "ask_hint": "예: 시장개척자금은 중견기업도 받을 수 있나요?",
        "intro": "정책 문서, 보도자료, 공고에 근거하여 답변드립니다. 모든 문장에는 원문 인용이 붙습니다.",
        "sources": "출처",
        "page": "{number}쪽",
        "back": "질문 화면으로 돌아가기",
        "original": "원본 내려받기",
        "documents": "등록된 문서",
        "untitled_section": "본문",
        "too_long": "질문이 너무 깁니다. {limit}자 이내로 적어 주십시오.",
        "empty_question": "질문을 적어 주십시오.",
        "status_answered": "답변",
        "status_partial": "부분 답변",
        "status_no_evidence": "문서에 없음",
        "status_out_of_scope": "답변 범위 밖",
        "status_refused": "답변 거절",
        "status_clarify": "확인 필요",
    },
    "en": {
        "lead_same": "{heading}: {clause}",
        "lead_plain": "{clause}",
        "lead_foreign": "The Korean source 「{title}」 says: “{clause}”",
        "no_evidence": "The documents here do not answer this. Searched for: {terms}.",
        "no_documents": "No documents have been added yet. Please add documents first.",
        "passage": "Nearest passage: {quote} [{number}]",
        "stale": "“{title}” dates from {published}. It may have changed since; please check with the body in charge.",
        "stale_undated": "“{title}” bears no date. Please check with the body in charge whether it still holds.",
        "plan": "This was a plan at the time; the document does not say whether it was carried out.",
        "suggest_about": "Tell me about {topic}.",
        "undated": "undated",
        "page_title": "Annae · questions on policy documents",
        "ask_label": "Question",
        "ask_button": "Ask",
        "ask_hint": "For example: How large is the PIS fund?",
        "intro": "Answers from policy papers, press releases and notices. Every sentence carries a quotation from its source.",
        "sources": "Sources",
        "page": "page {number}",
        "back": "Back to the question",
        "original": "Download the original",
        "documents": "Documents",
        "untitled_section": "Text",
        "too_long": "The question is too long. Please keep it under {limit} characters.",
        "empty_question": "Please write a question.",
        "status_answered": "Answer",
        "status_partial": "Partial answer",
        "status_no_evidence": "Not in the documents",
        "status_out_of_scope": "Out of scope",
        "status_refused": "Declined",
        "status_clarify": "Please clarify",
    },
}


def message(language: Language, key: str, **values: object) -> str:
    """The sentence ``key`` in ``language`` with its blanks filled."""
    return MESSAGES[language][key].format(**values)
