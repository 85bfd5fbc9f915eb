"""The largest, the lowest, the soonest among records: what is compared, in what order, and what cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_parts import AS_OF, a_record, a_tender, an_event, asked, documents_of

from assistant.generation.draft import Draft
from assistant.generation.records.ranking import RecordRanker
from assistant.generation.verification import Verifier
from assistant.text.termbase import Termbase
from assistant.types import AnswerStatus, Language, Query, Record, RecordType
from assistant.workspace import Workspace

Ranked = Callable[..., Draft | None]

TERMS = Termbase.load()
_LANGUAGES: list[Language] = ["ko", "en"]


def _program(title: str, amount: str, krw: int | None, **fields: str) -> Record:
    return a_record(RecordType.PROGRAM, title, amount=amount, amount_krw=krw, deadline=date(2027, 2, 1), **fields)


LOAN = _program("다온 대출", "30억원", 3_000_000_000, rate="2.4%", share="80%")
VOUCHER = _program("누리 바우처", "5천만원", 50_000_000, share="80%")
GRANT = _program("Haeoreum Grant", "KRW 8 million", 8_000_000, share="90%")
FUND = _program("가람 펀드", "1.5조원", None)
CITY = a_tender("가람시 신호 사업", date(2027, 2, 5), amount="미화 480만 달러")
SAFETY = a_tender("Haram safety platform", date(2027, 3, 31), amount="USD 6.2 million")
WATER = a_tender("나래시 수도 사업", date(2027, 2, 26), amount="9억 5천만원")
GONE = a_tender("옛 사업", date(2026, 11, 1), amount="USD 90 million")


@pytest.fixture(scope="module")
def ranked(answer_library: Workspace) -> Ranked:
    """What is made of a question as the retriever understands it, verified."""

    def compose(text: str, *records: Record, as_of: date = AS_OF) -> Draft | None:
        question, language = asked(text, as_of)
        query = answer_library.retriever.query_builder.build(text, language)
        draft = RecordRanker(records, documents_of(*records)).compose(question, language, query)
        return draft and Verifier(TERMS).verify(draft, as_of)

    return compose


def _titles(draft: Draft | None) -> list[str]:
    assert draft is not None
    assert draft.status is AnswerStatus.ANSWERED
    assert draft.dropped == ()
    assert all(claim.citations for claim in draft.claims)
    return [record.title for record in draft.records]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("한도가 가장 큰 지원사업은?", LOAN),
        ("지원금을 제일 많이 주는 프로그램이 뭐예요?", LOAN),
        ("Which program gives the most money?", LOAN),
        ("Which program has the smallest grant?", GRANT),
        ("지원 비율이 가장 높은 지원사업을 알려 주세요.", GRANT),
        ("Which program pays the highest share?", GRANT),
    ],
)
def test_programs_are_compared_by_what_one_applicant_gets(ranked: Ranked, text: str, first: Record) -> None:
    draft = ranked(text, VOUCHER, FUND, GRANT, LOAN)
    assert _titles(draft)[0] == first.title
    assert draft is not None
    assert FUND.title not in " ".join(claim.text for claim in draft.claims[:-1])


@pytest.mark.parametrize("text", ["예산이 가장 큰 입찰은?", "Which tender has the largest budget?"])
def test_sums_in_different_currencies_are_not_compared_and_it_is_said(ranked: Ranked, text: str) -> None:
    draft = ranked(text, WATER, CITY, SAFETY, GONE)
    assert _titles(draft) == ["Haram safety platform", "가람시 신호 사업"]
    assert draft is not None
    first, _, compared, other = (claim.text for claim in draft.claims)
    assert ("620만 달러" if "예산" in text else "USD 6.2 million") in first
    assert ("비교한 것" if "예산" in text else "Compared") in compared
    assert "나래시 수도 사업" in other
    assert ("9억 5천만 원" if "예산" in text else "KRW 950 million") in other


@pytest.mark.parametrize(
    "text", ["신호 관련해서 예산이 제일 큰 입찰 알려줘", "Which water tender has the largest budget?"]
)
def test_of_one_that_fits_alone_that_is_said(ranked: Ranked, text: str) -> None:
    water = a_tender("Water metering for Nari", date(2027, 3, 1), amount="USD 2 million")
    draft = ranked(text, water, CITY, SAFETY)
    assert _titles(draft) == [water.title if "water" in text else CITY.title]
    assert draft is not None
    assert draft.claims[0].text.startswith(("해당하는 것이 하나", "There is only one"))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("가장 빨리 마감되는 입찰은?", ["가람시 신호 사업", "나래시 수도 사업", "Haram safety platform"]),
        ("마감이 제일 급한 입찰이 뭐예요?", ["가람시 신호 사업", "나래시 수도 사업", "Haram safety platform"]),
        ("Which tender closes first?", ["가람시 신호 사업", "나래시 수도 사업", "Haram safety platform"]),
        ("Which tender closes last?", ["Haram safety platform", "나래시 수도 사업", "가람시 신호 사업"]),
        ("가장 빨리 마감되는 공고", ["다온 대출", "가람시 신호 사업", "나래시 수도 사업"]),
    ],
)
def test_deadlines_are_compared_among_what_is_open(ranked: Ranked, text: str, order: list[str]) -> None:
    assert _titles(ranked(text, SAFETY, WATER, CITY, GONE, LOAN))[:3] == order


@pytest.mark.parametrize(
    ("text", "told"), [("금리가 가장 낮은 대출은?", "하나뿐"), ("Which loan has the lowest rate?", "Only one")]
)
def test_where_one_alone_states_it_nothing_is_compared(ranked: Ranked, text: str, told: str) -> None:
    draft = ranked(text, LOAN, _program("누리 대출", "5천만원", 50_000_000))
    assert _titles(draft) == ["다온 대출"]
    assert draft is not None
    assert told in draft.claims[0].text
    assert "2.4%" in draft.claims[0].text
    assert "누리 대출" in draft.claims[1].text


@pytest.mark.parametrize("text", ["가장 긴 행사는 뭐예요?", "Which event is the longest?"])
def test_events_are_compared_by_their_days(ranked: Ranked, text: str) -> None:
    long = an_event("물산업 주간", date(2027, 3, 1), end=date(2027, 3, 5))
    short = an_event("교통 설명회", date(2026, 12, 3))
    assert _titles(ranked(text, short, long)) == ["물산업 주간", "교통 설명회"]


@pytest.mark.parametrize("text", ["참가비가 가장 싼 행사는?", "Which event has the lowest fee?"])
def test_what_records_do_not_hold_is_said_not_to_be_comparable(ranked: Ranked, text: str) -> None:
    draft = ranked(text, an_event("교통 설명회", date(2026, 12, 3)))
    assert draft is not None
    assert draft.status is AnswerStatus.NO_EVIDENCE
    assert "비교" in draft.text or "compared" in draft.text


@pytest.mark.parametrize(
    "text",
    [
        "규모가 가장 큰 펀드는?",
        "Which free economic zone is the largest?",
        "가장 많은 기업이 참가한 행사는?",
        "Which program had the most applicants last year?",
        "입찰보증금은 얼마인가요?",
        "What is the largest smart city in Korea?",
        "최대 얼마까지 지원하나요?",
    ],
)
def test_what_is_not_told_by_records_is_left_alone(ranked: Ranked, text: str) -> None:
    assert ranked(text, LOAN, VOUCHER, FUND, CITY, SAFETY) is None


@given(st.lists(st.integers(1, 500), min_size=2, max_size=8, unique=True))
def test_the_first_is_never_less_than_the_next(sums: list[int]) -> None:
    tenders = [a_tender(f"{n} 사업", date(2027, 2, 5), amount=f"USD {n} million") for n in sums]
    question, language = asked("Which tender has the largest budget?")
    draft = RecordRanker(tenders, documents_of(*tenders)).compose(
        question, language, Query(question.text, language, ())
    )
    assert [int(title.split()[0]) for title in _titles(draft)] == sorted(sums, reverse=True)[:4]
