"""The desk's sentences for people, in both languages."""

from __future__ import annotations

from datetime import date

from assistant.text.dates.written import written_date
from assistant.types import LANGUAGES, Language

MESSAGES: dict[Language, dict[str, str]] = {
    "ko": {
        "check_supported": "인용한 부분이 이 문장을 뒷받침합니다.",
        "check_note": "인용이 없는 담당자의 문장입니다.",
        "reason_number": "문장의 숫자나 날짜가 인용한 부분에 없습니다.",
        "reason_name": "문장의 이름이 인용한 부분에 없습니다.",
        "reason_quotation": "따옴표 안의 말이 인용한 부분에 그대로 있지 않습니다.",
        "reason_polarity": "긍정과 부정이 인용한 부분과 다릅니다.",
        "reason_opposite": "인용한 부분과 반대로 말하는 낱말이 있습니다.",
        "reason_role": "이 숫자나 역할은 인용한 부분에서 다른 대상에 관한 것입니다.",
        "reason_similarity": "인용한 부분이 문장의 내용을 모두 담고 있지는 않습니다.",
        "reason_language": "문장의 언어가 답변의 언어와 다릅니다.",
        "reason_form": "문장이 너무 길거나 내용이 없습니다.",
        "reason_instruction": "문장이 답변이 아니라 지시입니다.",
        "reason_no_source": "인용한 부분을 찾을 수 없습니다.",
        "reason_verifier": "문장의 숫자나 이름이 인용한 부분에 없습니다.",
        "reason_stale": "인용한 말이 더 이상 그 자리에 없습니다. 문서가 바뀌었거나 삭제되었습니다.",
        "flag_document_changed": "인용한 문서 「{title}」의 내용이 승인 뒤에 바뀌었습니다.",
        "flag_quote_moved": "「{title}」에서 인용한 말이 더 이상 그 자리에 없습니다.",
        "flag_document_superseded": "「{title}」보다 나중에 나온 문서가 있습니다: 「{newer}」",
        "flag_document_removed": "인용한 문서가 삭제되었습니다: 「{title}」",
        "flag_expired": "유효 기간이 {day}에 끝났습니다.",
        "draft_mark": "초안 (승인되지 않음)",
        "reply_title": "문의에 대한 답변",
        "reply_subject": "[안내] 문의하신 내용에 대한 답변 ({reference})",
        "reply_greeting": "안녕하십니까. 문의해 주셔서 감사합니다.",
        "reply_question": "문의 내용",
        "reply_answer": "답변",
        "reply_sources": "출처",
        "reply_reference": "접수번호: {reference}",
        "reply_as_of": "기준일: {day}",
        "reply_closing": "이 답변은 위 출처에 근거하며, 이후 내용이 달라질 수 있습니다. 최종 판단은 담당 기관이 합니다.",
        "reply_page": "{number}쪽",
        "reply_older_version": "이전 판(제{number}판)",
        "undated": "날짜 미상",
        "would_answer": "있으면 답변할 수 있는 문서: 「{concepts}」에 관한 {kind}",
        "kind_eligibility": "지원 대상과 요건 안내",
        "kind_financing": "금융 지원 조건 안내",
        "kind_tenders": "입찰 공고",
        "kind_events": "행사 안내",
        "kind_contacts": "담당 기관과 연락처 안내",
        "kind_programs": "지원 사업 공고",
        "kind_other": "정책 문서",
    },
    "en": {
        "check_supported": "The cited places bear this sentence out.",
        "check_note": "The officer's own sentence; it cites nothing.",
        "reason_number": "A number or date of the sentence does not stand in the cited places.",
        "reason_name": "A name in the sentence does not stand in the cited places.",
        "reason_quotation": "Words in quotation marks do not stand in the cited places as they are.",
        "reason_polarity": "The sentence affirms what the cited places deny, or denies what they affirm.",
        "reason_opposite": "A word of the sentence says the opposite of what the cited places say.",
        "reason_role": "In the cited places this figure or part belongs to something or somebody else.",
        "reason_similarity": "The cited places do not carry all that the sentence says.",
        "reason_language": "The sentence is not in the language of the answer.",
        "reason_form": "The sentence is too long or says nothing.",
        "reason_instruction": "The sentence is an instruction, not an answer.",
        "reason_no_source": "The cited place was not found.",
        "reason_verifier": "A number or name of the sentence does not stand in the cited places.",
        "reason_stale": "The cited words no longer stand at their place: the document changed or was removed.",
        "flag_document_changed": "The cited document “{title}” changed after the approval.",
        "flag_quote_moved": "The words cited from “{title}” no longer stand at their place.",
        "flag_document_superseded": "“{newer}” is later than “{title}”.",
        "flag_document_removed": "The cited document “{title}” was removed.",
        "flag_expired": "It was valid until {day}.",
        "draft_mark": "Draft (not approved)",
        "reply_title": "Reply to your inquiry",
        "reply_subject": "[Annae] Reply to your inquiry ({reference})",
        "reply_greeting": "Hello, and thank you for your inquiry.",
        "reply_question": "Your question",
        "reply_answer": "Answer",
        "reply_sources": "Sources",
        "reply_reference": "Reference: {reference}",
        "reply_as_of": "As of {day}",
        "reply_closing": "This reply rests on the sources above, which may change. The body in charge decides in the end.",
        "reply_page": "page {number}",
        "reply_older_version": "older version (no. {number})",
        "undated": "undated",
        "would_answer": "{kind} about “{concepts}” would answer these.",
        "kind_eligibility": "A guide to who is eligible",
        "kind_financing": "A guide to financing terms",
        "kind_tenders": "A tender notice",
        "kind_events": "An event notice",
        "kind_contacts": "A list of the bodies in charge and their contacts",
        "kind_programs": "A program announcement",
        "kind_other": "A policy document",
    },
}


def message(language: Language, key: str, **values: object) -> str:
    """The sentence ``key`` in ``language`` with its blanks filled; a date as people write it."""
    said = {
        name: written_date(value.isoformat(), language) if isinstance(value, date) else value
        for name, value in values.items()
    }
    return MESSAGES[language][key].format(**said)


def in_both(key: str, **values: object) -> dict[Language, str]:
    """The sentence in each language."""
    return {language: message(language, key, **values) for language in LANGUAGES}
