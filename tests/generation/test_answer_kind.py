"""What kind of thing a question asks for, and what lines hold it."""

from __future__ import annotations

import pytest

from assistant.generation.answer_kind import AnswerKind, asked_kind, asked_kinds, holds_kind, names_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("지원 한도는 얼마인가요?", AnswerKind.AMOUNT),
        ("How much does the fund cover?", AnswerKind.AMOUNT),
        ("금리는 어떻게 되나요?", AnswerKind.RATE),
        ("What is the interest rate?", AnswerKind.RATE),
        ("중견기업은 몇 %까지 받나요?", AnswerKind.RATE),
        ("신청은 언제까지인가요?", AnswerKind.DATE),
        ("When does registration close?", AnswerKind.DATE),
        ("협력센터는 모두 몇 곳인가요?", AnswerKind.COUNT),
        ("How many centers are there?", AnswerKind.COUNT),
        ("누가 위원장을 맡나요?", AnswerKind.PERSON),
        ("Who chairs it?", AnswerKind.PERSON),
        ("어디에 문의하나요?", AnswerKind.CONTACT),
        ("Whom should I ask? Give me a phone number.", AnswerKind.PERSON),
        ("설명회는 어디서 열리나요?", AnswerKind.PLACE),
        ("Where is the fair held?", AnswerKind.PLACE),
        ("어느 부처가 담당하나요?", AnswerKind.ORGANISATION),
        ("Which ministry is in charge?", AnswerKind.ORGANISATION),
        ("스마트도시란 무엇인가요?", AnswerKind.DEFINITION),
        ("What is a smart city?", AnswerKind.DEFINITION),
        ("수출기금이 어떤 제도인가요?", AnswerKind.DEFINITION),
        ("Explain the export fund.", AnswerKind.DEFINITION),
        ("사무소는 왜 문을 닫았나요?", AnswerKind.REASON),
        ("Why was the office closed?", AnswerKind.REASON),
        ("What is the voucher for?", AnswerKind.REASON),
        ("신청은 어떻게 하나요?", AnswerKind.METHOD),
        ("How do companies apply?", AnswerKind.METHOD),
        ("선정 기준이 무엇인가요?", AnswerKind.CRITERION),
        ("On what basis are they chosen?", AnswerKind.CRITERION),
        ("펀드는 몇 년 동안 투자하나요?", AnswerKind.DATE),
        ("How many years can it stay invested?", AnswerKind.DATE),
        ("How much longer does the new fund run?", AnswerKind.DATE),
        ("이자 지원은 어디에 문의하나요?", AnswerKind.CONTACT),
        ("Which office handles the interest support?", AnswerKind.CONTACT),
        ("What does the Smart City Fair offer?", AnswerKind.ROLE),
        ("중견기업도 신청할 수 있나요?", AnswerKind.ANY),
    ],
)
def test_a_question_tells_the_kind_of_thing_it_asks_for(question: str, kind: AnswerKind) -> None:
    assert asked_kind(question) is kind


@pytest.mark.parametrize(
    "question", ["지원 비율과 신청 기한을 알려 주세요.", "What share is covered, and by what deadline?"]
)
def test_a_question_may_ask_for_several_kinds(question: str) -> None:
    assert asked_kinds(question)[0] is AnswerKind.RATE
    assert AnswerKind.DATE in asked_kinds(question)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("이자 지원은 어느 기관에서 언제까지 하나요?", AnswerKind.RATE),
        ("Which agency runs the interest support?", AnswerKind.RATE),
        ("Can a start-up founded last year apply?", AnswerKind.DATE),
    ],
)
def test_a_noun_that_is_not_asked_for_is_no_kind(question: str, kind: AnswerKind) -> None:
    assert kind not in asked_kinds(question)


@pytest.mark.parametrize(
    ("question", "asks_amount"),
    [
        ("What does the bid cost support program pay for?", False),
        ("What costs does the voucher cover?", False),
        ("What is the cost of a booth?", True),
    ],
)
def test_which_costs_are_paid_is_no_question_of_an_amount(question: str, asks_amount: bool) -> None:
    assert (AnswerKind.AMOUNT in asked_kinds(question)) is asks_amount


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("사업비의 70%까지 지원", AnswerKind.RATE),
        ("총 1,200억원 규모", AnswerKind.AMOUNT),
        ("KRW 80 billion", AnswerKind.AMOUNT),
        ("’19.下 설립", AnswerKind.DATE),
        ("open until May", AnswerKind.DATE),
        ("문의: 02-000-0000", AnswerKind.CONTACT),
        ("수출입은행이 운영", AnswerKind.ORGANISATION),
        ("기업 40개사가 참가", AnswerKind.COUNT),
        ("twelve companies took part", AnswerKind.COUNT),
        ("참가 기업 | 40", AnswerKind.COUNT),
        ("The event was held in Lisbon.", AnswerKind.PLACE),
        ("수요가 줄었기 때문에 폐지", AnswerKind.REASON),
        ("Submit the form online.", AnswerKind.METHOD),
        ("선정은 평가위원회의 심사로 함", AnswerKind.CRITERION),
        ("공동 시범사업을 하는 국제협력체계임", AnswerKind.DEFINITION),
        ("A voucher is a sum paid for a trial.", AnswerKind.DEFINITION),
    ],
)
def test_a_line_holds_the_kind_it_shows(text: str, kind: AnswerKind) -> None:
    assert holds_kind(text, kind)


@pytest.mark.parametrize("text", ["지원 대상은 중소기업", "The fund helps small companies."])
@pytest.mark.parametrize("kind", [AnswerKind.AMOUNT, AnswerKind.RATE, AnswerKind.DATE, AnswerKind.CONTACT])
def test_a_line_without_figures_holds_no_figure(text: str, kind: AnswerKind) -> None:
    assert not holds_kind(text, kind)
    assert holds_kind(text, AnswerKind.ANY)


@pytest.mark.parametrize(
    "text", ["1.2%로 정함", "2019년에 시작", "It began in October.", "Korean companies took part."]
)
def test_rates_years_months_and_the_country_itself_are_no_counts_and_no_places(text: str) -> None:
    assert not holds_kind(text, AnswerKind.COUNT)
    assert not holds_kind(text, AnswerKind.PLACE)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("규모 | 1,200억원", AnswerKind.AMOUNT),
        ("Size | KRW 80 billion", AnswerKind.AMOUNT),
        ("신청 기한 | 3월", AnswerKind.DATE),
    ],
)
def test_a_row_is_named_by_its_label(label: str, kind: AnswerKind) -> None:
    assert names_kind(label, kind)
    assert not names_kind("운용사 | 예시자산운용", kind)


@pytest.mark.parametrize(
    ("text", "held"), [("누리시에서 열림", True), ("스마트시티 진출 제도", False), ("장소: 킨텍스", True)]
)
def test_a_smart_city_is_no_place(text: str, held: bool) -> None:
    assert holds_kind(text, AnswerKind.PLACE) is held
