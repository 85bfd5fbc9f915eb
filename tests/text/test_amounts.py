from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text.amounts import Amount, Unit, find_amounts, format_amount

_SHORT = {
    "won": Unit.KRW, "usd": Unit.USD, "eur": Unit.EUR, "%": Unit.PERCENT, "%p": Unit.PERCENTAGE_POINT, "pyeong": Unit.PYEONG,
    "m2": Unit.M2, "km2": Unit.KM2, "km": Unit.KM, "homes": Unit.HOUSEHOLDS, "firms": Unit.COMPANIES, "countries": Unit.COUNTRIES,
    "places": Unit.PLACES, "people": Unit.PEOPLE, "times": Unit.TIMES, "days": Unit.DAYS, "months": Unit.MONTHS, "years": Unit.YEARS,
    "plain": Unit.PLAIN,
}  # fmt: skip


def _check(text: str, expected: str) -> None:
    """``expected``: "value unit marks" an amount, joined by ";"; marks are ~ (about), max, min, <max and >min (strict)."""
    wanted = []
    for item in filter(None, expected.split(";")):
        value, unit, *marks = item.split()
        lower, _, upper = value.partition("..")
        bound = "max" if {"max", "<max"} & set(marks) else "min" if {"min", ">min"} & set(marks) else None
        strict = bool({"<max", ">min"} & set(marks))
        wanted.append((Decimal(lower), Decimal(upper or lower), _SHORT[unit], "~" in marks, bound, strict))
    found = [(a.lower, a.upper, a.unit, a.approximate, a.bound, a.strict) for a in find_amounts(text)]
    assert found == wanted


# The expressions that the product promises to read, always.
_PROMISED = {
    "5천억원 내외": "5e11 won ~",
    "3조2천억": "3.2e12 won",
    "1.5조원": "1.5e12 won",
    "$1,500만불": "15000000 usd",
    "6,172억불": "617200000000 usd",
    "0.3%p": "0.3 %p",
    "1,748만평": "17480000 pyeong",
    "64.5㎢": "64.5 km2",
    "2.5~4만호": "25000..40000 homes",
    "536천불": "536000 usd",
    "960만불": "9600000 usd",
    "3천억": "3e11 won",
    "6억원 미만": "6e8 won <max",
    "30억원": "3e9 won",
    "100억 원": "1e10 won",
    "KRW 1.5 trillion": "1.5e12 won",
    "$5.3억": "5.3e8 usd",
    "3.3만명": "33000 people",
    "395개社": "395 firms",
    "80여개 도시": "80 places ~",
    "20%": "20 %",
    "0.3 percentage points": "0.3 %p",
    "KRW 300 million": "3e8 won",
    "two billion won": "2e9 won",
    "최대 80%": "80 % max",
    "사업당 2억원 이내": "2e8 won max",
}

# From the documents themselves.
_FROM_DOCUMENTS = {
    "총 48곳 응모 → 최종 1~2곳 선정, 최대 300억원 지원": "48 places;1..2 places;3e10 won max",
    "2018년 3,080억불 → 2023년 6,172억불, 연평균 18.4%↑": "308e9 usd;617.2e9 usd;18.4 %",
    "사업비 26조원 추정": "26e12 won",
    "총 675개社(‘19.5)이고": "675 firms",
    "50.1%인 338개社": "50.1 %;338 firms",
    "기업당 연평균 수출액은 30억원 수준": "3e9 won ~",
    "연 100억원이상 수출하는 상위 11개社": "1e10 won min;11 firms",
    "49%(165개社)가 연 수출액 6억원 미만": "49 %;165 firms;6e8 won <max",
    "미국($5.3억), 중국($3.4억)": "5.3e8 usd;3.4e8 usd",
    "20년 이상의 신도시 개발경험": "20 years min",
    "서측 30km 인근에 64.5㎢ 규모": "30 km;64.5 km2",
    "용역계약(17.4월, 433억원)을 체결": "433e8 won",
    "약 12.4만호, 43만명 규모": "124000 homes ~;430000 people",
    "총사업비 약 3.2조원 추정": "3.2e12 won ~",
    "주거시설(10만호)": "100000 homes",
    "’19.4월 1.2만 세대 기입주": "12000 homes",
    "총사업비 약 2조원 이상 추정": "2e12 won ~ min",
    "보고타 3천억(’11~’13년), 아테네 2천억(’15~’17년) 포함 8천억원 이상": "3e11 won;2e11 won;8e11 won min",
    "42개 국가, 80여개 도시": "42 countries;80 places ~",
    "SPC지분 20% 투자, 100억불 수주": "20 %;1e10 usd",
    "최대 20년으로 5년 연장(기존 GIF는 15년)": "20 years max;5 years;15 years",
    "초기 100억 원 설정": "1e10 won",
    "0.3%p 우대(‘19년 하반기에는 최대 1%p)": "0.3 %p;1 %p max",
    "(30개所 내외) 설치": "30 places ~",
    "우선, 4개소(우즈벡, 베트남)": "4 places",
    "투어(연3회 이상)": "3 times min",
    "해외 로드쇼 개최(연 5회 내외)": "5 times ~",
    "중소기업 70%, 중견기업 50%": "70 %;50 %",
    "133개社, ’19.6월 395개社": "133 firms;395 firms",
    "총액의 5% 내외": "5 % ~",
    "spans 86 countries": "86 countries",
    "127 Korea Business Centers": "127 plain",
    "in 11 local provinces": "11 places",
    "approximately 700 companies": "700 firms ~",
    "47 foreign buyers and 115 Korean companies": "47 plain;115 firms",
    "a total of 15,000 employees": "15000 people",
    "to attract 63 companies": "63 firms",
    "한도(사업당) | 1억 5천만원 | 1억원": "1.5e8 won;1e8 won",
    "예산(미화 480만 달러)": "4.8e6 usd",
    "입찰보증금(미화 9만 6천 달러)": "96000 usd",
    "one air ticket per SME, up to KRW 400,000": "4e5 won max",
    "숙박비 1박(10만원 이내)": "1 plain;1e5 won max",
    "USD 300,000 or more in the past three years": "3e5 usd min;3 years",
    "up to KRW 3 billion per company and KRW 7 billion": "3e9 won max;7e9 won",
    "Rate: 2.4% a year": "2.4 %",
    "The round has KRW 40 billion in all": "4e10 won",
    "수출 실적이 50만 달러 미만인 기업": "5e5 usd <max",
    "less than USD 100,000 in 2026": "1e5 usd <max",
    "연 0.5%p를 3년간 지원": "0.5 %p;3 years",
    "USD 8 million or more.": "8e6 usd min",
    "25,000–40,000 homes": "25000..40000 homes",
    "over KRW 800 billion in": "8e11 won >min",
    "유효기간 120일은": "120 days",
    "9억 5천만원(부가가치세 포함)": "9.5e8 won",
    "약 26조 원, 17.48 million pyeong": "26e12 won ~;17.48e6 pyeong",
}

# Other ways to say the same things.
_FURTHER = {
    "1조 5,000억 원": "1.5e12 won",
    "2억5천만원": "2.5e8 won",
    "1천~2천억원": "1e11..2e11 won",
    "5천~1만명": "5000..10000 people",
    "2,000~3,000만원": "2e7..3e7 won",
    "10~20%": "10..20 %",
    "10%~20%": "10..20 %",
    "between 10 and 20 percent": "10..20 %",
    "USD 3-5 million": "3e6..5e6 usd",
    "USD 10 million to USD 20 million": "1e7..2e7 usd",
    "EUR 2.5 million": "2.5e6 eur",
    "200만 유로": "2e6 eur",
    "€500,000": "5e5 eur",
    "US$15 million": "1.5e7 usd",
    "15 million dollars": "1.5e7 usd",
    "₩300,000": "3e5 won",
    "1,234원": "1234 won",
    "330㎡": "330 m2",
    "5.2 square kilometers": "5.2 km2",
    "10 km": "10 km",
    "at least 40%": "40 % min",
    "no more than 12 months": "12 months max",
    "more than 700 firms": "700 firms >min",
    "공고일로부터 30일 이내": "30 days max",
    "18개월": "18 months",
    "세 차례": "3 times",
    "두 곳": "2 places",
    "three countries": "3 countries",
    "100여만명": "1e6 people ~",
    "-3.5%": "-3.5 %",
    "5억원을 초과": "5e8 won",
    "5억원 초과": "5e8 won >min",
    "some 80 cities": "80 places ~",
    "1,200 households": "1200 homes",
    "10억 인구": "1e9 plain",
    "500억엔": "5e10 plain",
    "0.1퍼센트포인트": "0.1 %p",
    "최소 3개사": "3 firms min",
    "3 trillion won": "3e12 won",
}

# Written before the grammar was run on any of them, and read only once it was done.
_HELD_BACK = {
    "3,500억 원 규모": "3.5e11 won",
    "2조원 이상": "2e12 won min",
    "총 1조 2,345억원": "1.2345e12 won",
    "약 4.5억 달러": "4.5e8 usd ~",
    "USD 617.2 billion in 2023": "6.172e11 usd",
    "지분 30% 이상으로": "30 % min",
    "5년 이상 10년 이하": "5 years min;10 years max",
    "6개월 이내": "6 months max",
    "신남방 10개국": "10 countries",
    "120여 개사": "120 firms ~",
    "3만 5천명": "35000 people",
    "500만~1,000만원": "5e6..1e7 won",
    "기업당 최대 5천만원": "5e7 won max",
    "15개소 안팎": "15 places ~",
    "290만평(변경 가능)": "2.9e6 pyeong",
    "1.5 to 2 percent": "1.5..2 %",
    "KRW 300 to 500 million": "3e8..5e8 won",
    "around 430,000 people": "430000 people ~",
    "not exceeding USD 50,000": "50000 usd max",
    "fewer than ten employees": "10 people <max",
    "five times a year": "5 times",
    "half a million dollars": "500000 usd",
    "a 20% stake and 33,000 jobs": "20 %;33000 people",
    "0.5 percentage point": "0.5 %p",
}

_NOT_AMOUNTS = [
    "2020.10.13.(화)~14.(수)", "2027년 1월 15일 18:00까지", "October 13-14", "13–14 October 2020", "’20.上", "'18∼'20",
    "WSCE 2019", "02-0000-0000",
    "제3조", "제3회", "D-7", "5G", "section v2.3.1", "192.168.10.1", "4th Meeting", "2026년 3분기", "Q3 2026", "오는 12월 초", "B2B", "G20",
    "공고번호 2026-041호", "정정 1호", "ISO/IEC 27001", "10월 13~14일",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [*_PROMISED.items(), *_FROM_DOCUMENTS.items(), *_FURTHER.items(), *_HELD_BACK.items()]
)
def test_reads(text: str, expected: str) -> None:
    _check(text, expected)


@pytest.mark.parametrize("text", _NOT_AMOUNTS)
def test_leaves_dates_ordinals_and_codes_alone(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize(
    ("text", "korean", "english"),
    [
        ("5천억원", "5천억 원", "KRW 500 billion"),
        ("0.3%p", "0.3%p", "0.3 percentage points"),
        ("64.5㎢", "64.5㎢", "64.5 km²"),
        ("1,748만평", "1,748만 평", "17.48 million pyeong"),
        ("6억원 미만", "6억 원 미만", "less than KRW 600 million"),
        ("2.5~4만호", "2만 5천가구~4만가구", "25,000–40,000 households"),
        ("536천불", "53만 6천 달러", "USD 536,000"),
        ("약 43만명", "약 43만명", "about 430,000 people"),
        ("1천~2천억원", "1천억 원~2천억 원", "KRW 100 billion to KRW 200 billion"),
        ("$1,234,567,891", "12억 3,456만 7,891 달러", "USD 1,234,567,891"),
        ("a single company: 1개사", "1개사", "1 company"),
    ],
)
def test_formats(text: str, korean: str, english: str) -> None:
    amount = find_amounts(text)[-1]
    assert format_amount(amount, "ko") == korean
    assert format_amount(amount, "en") == english


_COUNTED = (
    Unit.HOUSEHOLDS,
    Unit.COMPANIES,
    Unit.COUNTRIES,
    Unit.PLACES,
    Unit.PEOPLE,
    Unit.TIMES,
    Unit.DAYS,
    Unit.MONTHS,
)
_SIZES = st.sampled_from([1, 10**4, 10**6, 10**8, 10**11])
_VALUES = st.integers(1, 10**15 - 1) | st.builds(lambda number, size: number * size, st.integers(1, 9999), _SIZES)


@st.composite
def _amounts(draw: st.DrawFn) -> Amount:
    unit = draw(st.sampled_from([unit for unit in Unit if unit is not Unit.YEARS] + [Unit.YEARS]))
    lower, upper = sorted((Decimal(draw(_VALUES)), Decimal(draw(_VALUES))))
    if unit in (Unit.PERCENT, Unit.PERCENTAGE_POINT, Unit.KM2, Unit.KM, Unit.M2):
        lower, upper = sorted(Decimal(draw(st.integers(1, 10**7))) / 1000 for _ in range(2))
    if unit is Unit.YEARS:
        lower, upper = sorted(Decimal(draw(st.integers(1, 100))) for _ in range(2))
    if draw(st.booleans()):
        lower = upper
    bound = draw(st.sampled_from(["max", "min", None]))
    strict = bound is not None and draw(st.booleans())
    if unit is Unit.PLAIN and 1900 <= lower <= 2099:
        lower = upper = Decimal(7000)
    return Amount(0, 1, lower, upper, unit, draw(st.booleans()), bound, strict)


@given(_amounts(), st.sampled_from(["ko", "en"]))
@settings(max_examples=500, deadline=None)
def test_a_formatted_amount_reads_back(amount: Amount, language: str) -> None:
    text = format_amount(amount, "ko" if language == "ko" else "en")
    read = [(a.lower, a.upper, a.unit, a.approximate, a.bound, a.strict) for a in find_amounts(text)]
    assert read == [(amount.lower, amount.upper, amount.unit, amount.approximate, amount.bound, amount.strict)], text


_BITS = ("~", ".", ",", "조", "억", "만", "천", "3", "0", "KRW ", "$", "%", "원")
_PIECES = st.lists(st.sampled_from([*_PROMISED, *_NOT_AMOUNTS, *_BITS]), max_size=12)


@given(st.text() | _PIECES.map("".join) | _PIECES.map(" ".join))
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    edge = 0
    for amount in find_amounts(text):
        assert edge <= amount.start < amount.end <= len(text)
        assert amount.lower <= amount.upper
        edge = amount.end


@pytest.mark.parametrize("piece", ["1.", "1.1~", "~", ".", "1,", "1~", "3 ", "조1", "999,", "0"])
def test_long_runs_of_digits_are_read_fast(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begin = time.process_time()
    find_amounts(text)
    assert time.process_time() - begin < 1
