"""Whether the thing asked for is said: what an answer may rest on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from answer_parts import clause, query, ranked
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.quoting.asked_thing import asked_thing, untold_words
from assistant.generation.quoting.evidence import EvidenceJudge
from assistant.text.morphemes import predicate_starts
from assistant.types import Alternative, Concept


def _concepts(*words: str) -> list[Concept]:
    return [
        Concept(word, {lang: (Alternative((word.lower(),), 1.0, "word", word),) for lang in ("ko", "en")})
        for word in words
    ]


@pytest.mark.parametrize(
    ("words", "text", "untold"),
    [
        (("협력센터", "주차장"), "이스탄불 협력센터는 KOTRA 무역관 안에 있습니다.", ["주차장"]),
        (("clinic", "password"), "The bid clinic is free of charge.", ["password"]),
        (("펀드", "돈"), "PIS 펀드의 총 규모는 1.5조원입니다.", []),
        (("get", "needed"), "Register two days before the session.", []),
        (("사미르켄트",), "City of Samirkent, Uzbekistan", []),
        (("다온",), "Daon Export Support Fund", []),
        (("Raya", "Pura"), "인도네시아 라야푸라시 상수도국", []),
        (("11월",), "The day is not fixed yet.", []),
    ],
)
def test_words_that_tell_are_told_by_themselves_by_another_saying_or_by_sound(
    words: tuple[str, ...], text: str, untold: list[str]
) -> None:
    assert untold_words(_concepts(*words), [text]) == untold


def _unheld(question: str, text: str) -> int:
    return asked_thing(question, _concepts("center"), [text], [text], [text]).unheld


@pytest.mark.parametrize(
    ("question", "silent", "telling"),
    [
        (
            "하람시 사업 낙찰업체가 어디로 결정됐어요?",
            "재원은 하람시 자체 예산입니다.",
            "가나 컨소시엄이 낙찰되었습니다.",
        ),
        ("Who won the contract?", "Contract period: 18 months", "The winner is a consortium of three."),
        ("협력센터는 몇 시에 문을 여나요?", "KOTRA 무역관 안에 있습니다.", "문 여는 때는 09:00입니다."),
        ("What is the phone number of the center?", "The center is in Hanoi.", "Call 02-0000-0000."),
        ("How many companies applied last year?", "SMEs may apply in 2027.", "Last year 31 companies had applied."),
        ("협력센터 직원은 몇 명이에요?", "KOTRA 직원과 전문가가 맡습니다.", "직원 12명이 일합니다."),
        ("How many people work there?", "Staff and experts work there.", "Twelve people work there."),
        ("몇 개 업체가 참여하나요?", "대기업도 참여할 수 있습니다.", "395개사가 참여합니다."),
        ("어느 회사 차였어요?", "자율주행 셔틀을 시연했습니다.", "가나전자의 셔틀입니다."),
        ("클럽 연회비가 있나요?", "회원사끼리 교류합니다.", "회비는 무료입니다."),
        ("What is the annual fee of the club?", "Members meet in the center.", "USD 100 a year"),
        ("거치기간이 몇 년이에요?", "금리를 0.3%p 낮춰 줍니다.", "거치기간은 3년 이내입니다."),
        ("How long is the loan's grace period?", "The rate is 0.3 points lower.", "Grace period: 3 years"),
        ("한 건당 얼마까지 줘요?", "예산은 20억원입니다.", "사업당 2억원 이내입니다."),
        ("When will the next meeting be held?", "The meeting was in Sejong.", "The next meeting is planned for May."),
        ("신청할 때 서류 목록 좀 주세요.", "누리집에서 접수합니다.", "신청서, 사업계획서, 재무제표"),
    ],
)
def test_what_can_be_told_by_its_form_wants_a_clause_that_holds_it(question: str, silent: str, telling: str) -> None:
    assert _unheld(question, silent) > _unheld(question, telling) == 0


@pytest.mark.parametrize(
    "question",
    [
        "회비를 내는 회원은 무엇을 받나요?",
        "Does the fee cover lunch for two?",
        "Which companies can apply?",
        "어떤 기업이 신청할 수 있나요?",
    ],
)
def test_a_noun_that_is_only_spoken_of_is_not_asked_for(question: str) -> None:
    assert asked_thing(question, [], ["lunch"], ["lunch"], ["lunch"]).unheld == 0


def test_the_best_clause_is_looked_at_by_itself_too() -> None:
    thing = asked_thing("참가비가 얼마예요?", [], ["부스를 드립니다.", "참가비 30만원"], [""], [""])
    assert (thing.unheld, thing.unheld_near) == (0, 1)


def test_verbs_do_not_count_as_the_thing_asked_for() -> None:
    question = "처음에 얼마로 출항하나요?"
    thing = asked_thing(question, _concepts("출항"), ["100억원"], ["100억원"], ["100억원"])
    assert thing.untold == thing.untold_near == 0
    assert question.index("출항") in predicate_starts(question)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_the_passage_repeats_is_never_untold(question: str, text: str) -> None:
    thing = asked_thing(question, _concepts("center"), [text], [text], [f"{text} center"])
    assert thing.untold == 0
    assert 0 <= thing.untold_near <= 1


def test_a_question_of_plain_words_asks_for_nothing_special() -> None:
    assert untold_words(_concepts("get", "much", "today", "신청", "받"), ["아무것도 없음"]) == []


@pytest.mark.parametrize(
    ("question", "line"), [("한도가 얼마인가요?", "한도: 3천만원"), ("What is the limit?", "Limit: USD 25,000")]
)
@given(st.lists(st.floats(-9, 9), min_size=1, max_size=6), st.floats(0.5, 9))
def test_what_reading_tells_moves_the_decision_and_only_the_likeliest_three_count(
    question: str, line: str, read: list[float], more: float
) -> None:
    def probability(*odds: float) -> float:
        first = ranked(clause(line))[0]
        return EvidenceJudge(0.5).probability(query(question), [replace(first, read=value) for value in odds])

    likely = sorted(read, reverse=True)[:3]
    assert probability(*(value + more for value in read)) > probability(*read)
    assert probability(*likely, *([min(likely) - more] * (3 if len(likely) == 3 else 0))) == probability(*likely)
    assert 0 < probability(*read) < 1
