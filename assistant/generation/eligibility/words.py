"""What the eligibility check says, in both languages."""

from __future__ import annotations

import re
from typing import get_args

from assistant.types import LANGUAGES, Language, ProfileField

WORDS: dict[Language, dict[str, str]] = {
    "ko": {
        "field_size": "기업 규모",
        "field_region": "소재지",
        "field_sector": "분야",
        "field_years_in_business": "업력",
        "field_export_record": "수출 실적",
        "field_consortium_with_large": "대기업 컨소시엄",
        "field_target_country": "대상 국가",
        "field_country_income": "대상국 소득 수준",
        "field_other": "그 밖의 요건",
        "field_exclusion": "제외 대상",
        "any": "제한 없음",
        "only": "{names}",
        "not": "{names} 제외",
        "needed": "있어야 함",
        "none_only": "없어야 함",
        "consortium_needed": "대기업과 컨소시엄 구성",
        "consortium_for": "{names}은 컨소시엄으로 참여",
        "alone_only": "단독 신청만 가능",
        "at_least": "{value} 이상",
        "more_than": "{value} 초과",
        "at_most": "{value} 이내",
        "less_than": "{value} 미만",
        "years": "{value}년",
        "dollars": "{value}달러",
        "sanctioned": "제재 대상국",
        "for_sizes": "{names}에 한함",
        "or": " 또는 ",
        "not_stated": "{field}에 관한 조건은 문서에 없습니다.",
        "ask_size": "기업 규모가 어떻게 됩니까? (스타트업, 중소기업, 중견기업, 대기업)",
        "ask_region": "본사나 사업장이 어느 시·도에 있습니까?",
        "ask_sector": "어떤 분야의 제품이나 서비스를 하십니까? 문서의 조건: {condition}",
        "ask_years_in_business": "사업을 시작한 지 몇 년 되었습니까?",
        "ask_export_record": "최근 수출 실적이 있습니까? 있다면 몇 달러입니까?",
        "ask_consortium_with_large": "대기업과 컨소시엄을 구성하여 신청하십니까?",
        "ask_target_country": "어느 나라에서 하는 사업입니까?",
        "ask_country_income": "어느 나라에서 하는 사업입니까?",
        "ask_other": "다음 요건을 충족합니까? “{condition}”",
        "ask_exclusion": "다음에 해당하지 않습니까? “{condition}”",
        "change_consortium_with_large": "대기업과 컨소시엄을 구성하면 신청할 수 있습니다.",
        "change_alone": "컨소시엄 없이 단독으로 신청하면 신청할 수 있습니다.",
        "change_years_in_business": "업력 요건({condition})을 채우면 신청할 수 있습니다.",
        "change_export_record": "수출 실적 요건({condition})을 채우면 신청할 수 있습니다.",
        "change_target_country": "대상 국가가 조건({condition})에 맞는 사업이면 신청할 수 있습니다.",
        "change_country_income": "대상국의 소득 수준이 조건({condition})에 맞는 사업이면 신청할 수 있습니다.",
        "change_open": "신청 기한이 지났습니다. 다음 모집이 있는지 담당 기관에 확인하시기 바랍니다.",
        "chat_eligible": "네, 말씀하신 조건이면 「{title}」에 신청할 수 있습니다.",
        "chat_not_eligible": "아니요, 말씀하신 조건으로는 「{title}」에 신청할 수 없습니다.",
        "chat_more_needed": "「{title}」에 신청할 수 있는지 판단하려면 더 확인해야 합니다.",
        "chat_so_far": "네, 말씀하신 조건은 「{title}」의 요건에 맞습니다. 다만 다른 요건도 확인해야 합니다.",
        "chat_closed": "「{title}」의 신청 기한이 지났습니다.",
        "chat_planned": "「{title}」의 내용은 문서를 쓸 당시의 계획입니다.",
        "chat_met": "{field} 충족: “{quote}”",
        "chat_not_met": "{field} 미충족: “{quote}”",
        "chat_ask": "{field} 확인 필요: “{quote}”",
        "list_met": "{fields} 충족",
        "list_ask": "{fields} 확인 필요",
        "list_out": "「{title}」({field})",
        "list_title": "「{title}」",
        "chat_list_also": "함께 살펴볼 것: {titles}",
        "chat_list_out": "말씀하신 조건에 맞지 않는 것: {titles}",
        "chat_list_none": "지금 신청할 수 있거나 곧 접수하는 지원 가운데 말씀하신 조건에 맞는 것은 없습니다. 맞지 않는 조건: {titles}",
        "chat_list_asks": "더 알려 주시면 좁혀 드릴 수 있습니다. {questions}",
        "chat_which": "어느 지원을 물어보시는지 알려 주십시오. {titles}",
    },
    "en": {
        "field_size": "Company size",
        "field_region": "Location",
        "field_sector": "Sector",
        "field_years_in_business": "Years in business",
        "field_export_record": "Export record",
        "field_consortium_with_large": "Consortium with a large company",
        "field_target_country": "Target country",
        "field_country_income": "Income class of the target country",
        "field_other": "Other condition",
        "field_exclusion": "Exclusion",
        "any": "no limit",
        "only": "{names}",
        "not": "not {names}",
        "needed": "needed",
        "none_only": "none allowed",
        "consortium_needed": "with a large company",
        "consortium_for": "{names}: in a consortium",
        "alone_only": "on its own only",
        "at_least": "{value} or more",
        "more_than": "more than {value}",
        "at_most": "at most {value}",
        "less_than": "less than {value}",
        "years": "{value} years",
        "dollars": "USD {value}",
        "sanctioned": "countries under sanctions",
        "for_sizes": "for {names}",
        "or": " or ",
        "not_stated": "The document states no condition on this: {field}.",
        "ask_size": "How large is your company? (start-up, SME, mid-sized, large)",
        "ask_region": "In which city or province is your head office or site?",
        "ask_sector": "What does your company make or do? The document asks for: {condition}",
        "ask_years_in_business": "How many years has your company been in business?",
        "ask_export_record": "Have you exported recently, and for how many US dollars?",
        "ask_consortium_with_large": "Do you apply in a consortium with a large company?",
        "ask_target_country": "In which country is the project?",
        "ask_country_income": "In which country is the project?",
        "ask_other": "Do you meet this condition? “{condition}”",
        "ask_exclusion": "Can you confirm that this does not apply to you? “{condition}”",
        "change_consortium_with_large": "You could apply in a consortium with a large company.",
        "change_alone": "You could apply on your own, without a consortium.",
        "change_years_in_business": "You could apply once you meet the condition on years in business ({condition}).",
        "change_export_record": "You could apply once you meet the condition on exports ({condition}).",
        "change_target_country": "You could apply with a project in a country that fits ({condition}).",
        "change_country_income": "You could apply with a project in a country of the right income class ({condition}).",
        "change_open": "The deadline has passed. Please ask the body in charge about the next call.",
        "chat_eligible": "Yes, with what you told us you can apply for “{title}”.",
        "chat_not_eligible": "No, with what you told us you cannot apply for “{title}”.",
        "chat_more_needed": "Whether you can apply for “{title}” depends on more than you told us.",
        "chat_so_far": "Yes, what you told us fits the conditions of “{title}”, but there are others to confirm.",
        "chat_closed": "The deadline of “{title}” has passed.",
        "chat_planned": "The document calls “{title}” a plan.",
        "chat_met": "{field}, met: “{quote}”",
        "chat_not_met": "{field}, not met: “{quote}”",
        "chat_ask": "{field}, to be confirmed: “{quote}”",
        "list_met": "{fields} met",
        "list_ask": "to be confirmed: {fields}",
        "list_out": "“{title}” ({field})",
        "list_title": "“{title}”",
        "chat_list_also": "Also to look at: {titles}",
        "chat_list_out": "Not for you by what you told us: {titles}",
        "chat_list_none": "None of the programs that are open or will be fits what you told us. What does not fit: {titles}",
        "chat_list_asks": "Tell us more to narrow this down. {questions}",
        "chat_which": "Please tell us which program you mean. {titles}",
    },
}

FRAME_WORDS = frozenset(
    word
    for key, sentence in WORDS["en"].items()
    if key.startswith(("chat_", "field_", "ask_", "change_"))
    for word in re.findall(r"[A-Za-z][A-Za-z&.-]*[A-Za-z]", sentence)
    if word[0].isupper()
)
"""Words of the English sentences that begin with a capital and are no names."""


def word(language: Language, key: str, **values: object) -> str:
    """The sentence ``key`` in ``language`` with its blanks filled."""
    return WORDS[language][key].format(**values)


_ASKS: tuple[tuple[ProfileField, str], ...] = tuple(
    (field, WORDS[language][f"ask_{field}"].partition("{")[0])
    for language in LANGUAGES
    for field in get_args(ProfileField)
    if field != "other" and f"ask_{field}" in WORDS[language]
)


def asks_of_company(answer: str) -> tuple[ProfileField, ...]:
    """The fields of the company's profile that an answer asks for, in its order, in either language."""
    places = ((answer.find(sentence), field) for field, sentence in _ASKS)
    return tuple(dict.fromkeys(field for place, field in sorted(places) if place >= 0))
