"""Whether the thing asked for is said: what an answer may rest on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.asked_thing import asked_thing, untold_words
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
        (
            "교육관 착공은 언제 하나요?",
            "2028년 3월에 교육을 시작합니다.",
            "교육관은 2027년 3월에 공사를 시작해 이듬해 문을 엽니다.",
        ),
        ("When will the training complex be finished?", "It will have 40 rooms.", "It opens once completed in 2029."),
        ("전시장 면적이 얼마예요?", "전시장에 120개사가 들어갑니다.", "전시장은 4,500㎡입니다."),
        ("How far is the hall from the airport?", "The hall has 40 rooms.", "The hall is 12 km from the airport."),
        (
            "중도에 탈퇴하면 회비를 환불해 주나요?",
            "회비는 10만원입니다.",
            "남은 달의 회비를 돌려드립니다. 탈퇴한 뒤에도 같습니다.",
        ),
        (
            "What penalty applies to late delivery?",
            "Delivery takes 12 weeks.",
            "Late delivery costs 0.1 % in damages a day.",
        ),
        ("신용등급이 몇 등급이어야 하나요?", "매출 10억원 이상", "신용등급 BB 이상인 1순위 기업"),
        ("화상 상담은 줌으로 하나요?", "상담은 30분입니다.", "접속 링크는 이메일로 보냅니다."),
        ("Is the session recorded?", "The session is free.", "A recording is kept for a week."),
        ("What was the turnout at the fair?", "The fair was in May.", "1,200 visitors came to the fair."),
        ("이 클럽 회의는 몇 달마다 열려요?", "회의에서 정보를 나눕니다.", "회의는 분기마다 엽니다."),
        ("How often is the list updated?", "The list names all members.", "The list is updated every quarter."),
        ("Who owns the patents afterwards?", "The trial lasts a year.", "Patents belong to the company."),
        ("선정률은 어느 정도예요?", "20개사를 뽑습니다.", "경쟁률은 5 대 1이었습니다."),
    ],
)
def test_what_can_be_told_by_its_form_wants_a_clause_that_holds_it(question: str, silent: str, telling: str) -> None:
    assert _unheld(question, silent) > _unheld(question, telling) == 0


@pytest.mark.parametrize(
    ("question", "silent", "telling"),
    [
        ("네덜란드의 어느 도시에서 시험하나요?", "네덜란드에서 시험합니다.", "네덜란드 로테르담에서 시험합니다."),
        ("Which country took part besides Kenya?", "Kenya and others took part.", "Kenya and Viet Nam took part."),
        ("어느 대학이 함께하나요?", "지역 대학이 함께합니다.", "가상대학교가 함께합니다."),
        ("Which companies work on the Hanoi project?", "Companies work on it.", "Gana Electronics works on it."),
    ],
)
def test_a_name_that_is_asked_for_is_none_that_the_question_says(question: str, silent: str, telling: str) -> None:
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
