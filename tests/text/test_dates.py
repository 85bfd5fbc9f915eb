from __future__ import annotations

import re
import time
from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.text.dates import DateMention, find_dates, format_period
from assistant.types import Period, Precision

_ANCHOR = date(2020, 9, 20)
_CODE = re.compile(r"(\d{4})(?:H([12])|Q([1-4])|-(\d\d)(?:-(\d\d)|([eml]))?|([eml]))?")


def _period(code: str) -> Period | None:
    """2019, 2019H2, 2019Q3, 2019-07, 2019-07e (early), 2019-07-08, and two of them joined by "..". "-" is no period."""
    if code == "-":
        return None
    first, _, last = code.partition("..")
    begin, end = _one(first), _one(last or first)
    return Period(begin.start, end.end, end.precision if last else begin.precision)


def _one(code: str) -> Period:
    match = _CODE.fullmatch(code)
    assert match, code
    year = int(match[1])
    if match[2]:
        half = int(match[2])
        return Period(date(year, 6 * half - 5, 1), date(year, 6 * half, 30 if half == 1 else 31), Precision.HALF)
    if match[3]:
        month = 3 * int(match[3])
        return Period(date(year, month - 2, 1), date(year, month, monthrange(year, month)[1]), Precision.QUARTER)
    if match[7]:
        third = "eml".index(match[7])
        last = date(year, 4 * third + 4, monthrange(year, 4 * third + 4)[1])
        return Period(date(year, 4 * third + 1, 1), last, Precision.YEAR)
    if not match[4]:
        return Period(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
    month = int(match[4])
    if match[5]:
        return Period(date(year, month, int(match[5])), date(year, month, int(match[5])), Precision.DAY)
    ends = (10, 20, monthrange(year, month)[1])
    if match[6]:
        third = "eml".index(match[6])
        return Period(date(year, month, 10 * third + 1), date(year, month, ends[third]), Precision.MONTH)
    return Period(date(year, month, 1), date(year, month, ends[2]), Precision.MONTH)


def _marks(mention: DateMention) -> str:
    """What a mention says besides its days, in a fixed order."""
    names = {
        "from": mention.open_end,
        "to": mention.open_start and not mention.is_deadline,
        "deadline": mention.is_deadline,
        "inferred": mention.inferred_year,
        "conflict": mention.weekday_conflict,
        "about": mention.approximate,
        mention.kind: mention.kind != "fixed",
        f"days={mention.days}": mention.days is not None,
        f"months={mention.months}": mention.months is not None,
        f"after={mention.anchor_word}": mention.anchor_word is not None,
        f"at={mention.time:%H:%M}" if mention.time else "": mention.time is not None,
        f"until={mention.end_time:%H:%M}" if mention.end_time else "": mention.end_time is not None,
    }
    return " ".join(name for name, present in names.items() if present)


def _check(text: str, anchor: date | None, expected: str) -> None:
    """``expected``: one "period marks" a mention, joined by ";"; empty when the text has no date."""
    found = [(mention.period, _marks(mention)) for mention in find_dates(text, anchor)]
    wanted = []
    for item in filter(None, expected.split(";")):
        code, _, marks = item.strip().partition(" ")
        wanted.append((_period(code), marks))
    assert found == wanted


# The expressions that the product promises to read, always.
_PROMISED = {
    "’20.上": "2020H1",
    "‘19.下": "2019H2",
    "'18∼'20": "2018..2020",
    "2020.10.13.(화)~14.(수)": "2020-10-13..2020-10-14",
    "펀드 조성완료(6.27 협약식 개최)": "2021-06-27 inferred",
    "오는 12월 초": "2020-12e inferred about",
    "early December": "2020-12e inferred about",
    "October 12-23": "2020-10-12..2020-10-23 inferred",
    "‘20년~": "2020 from",
    "2026년 3분기": "2026Q3",
    "내년 상반기": "2021H1 inferred",
    "D-7": "- relative days=-7 after=D",
    "상시": "- rolling",
    "수시 접수": "- rolling",
    "공고일로부터 30일 이내": "- deadline relative days=30 after=공고일",
    "18:00까지": "- deadline at=18:00",
    "'18.1": "2018-01",
    "MOU 체결(3.13, 정상 임석)": "2020-03-13 inferred",
    "’19.6월": "2019-06",
    "2019년 하반기": "2019H2",
    "연 3회": "",
    "1H 2020": "2020H1",
    "first half of 2020": "2020H1",
    "Wednesday, June 12": "2019-06-12 inferred",
    "October 13-14": "2020-10-13..2020-10-14 inferred",
    "13–14 October 2020": "2020-10-13..2020-10-14",
    "2027. 3. 9.(화)~10.(수)": "2027-03-09..2027-03-10",
    "2027년 1월 15일 18:00까지": "2027-01-15 deadline at=18:00",
    "'07년 이후": "2007 from",
    "’24년 완공": "2024",
    "’15.4 → ’16.3": "2015-04;2016-03",
    "’11~’13년": "2011..2013",
    "2026. 12. 28. ~ 2027. 1. 8.": "2026-12-28..2027-01-08",
    "by the end of 2027": "2027 deadline",
    "no later than 15 January 2027": "2027-01-15 deadline",
    "from March to May 2027": "2027-03..2027-05",
    "between 2 and 6 March 2027": "2027-03-02..2027-03-06",
    "'27.上": "2027H1",
    "WSCE 2019": "2019",
}

# From the documents themselves.
_FROM_DOCUMENTS = {
    "국가 시범도시 2곳을 선정(세종 5-1, 부산 EDC, ’18.1)": "2018-01",
    "SPC 설립(’20) 추진": "2020",
    "테마형 특화단지(’18～)": "2018 from",
    "중국('15 智慧城市 500개 구축 발표), 인도('22년까지 100개)": "2015;2022 deadline",
    "실시설계 용역중(‘17.4～’19.12, 사업비 26조원)": "2017-04..2019-12",
    "LH PM계약(‘15～, 3조2천억원)": "2015 from",
    "30억원 수준(’16∼’18 관세청)": "2016..2018",
    "‘03년 화성 동탄을 시작으로 33개 지구": "2003",
    "용역계약(17.4월, 433억원)": "2017-04",
    "주택건설 계약(’12.5) 및 건설 계약(’15.4)": "2012-05;2015-04",
    "’19.4월 1.2만 세대 기입주": "2019-04",
    "보고타 3천억(’11~’13년), 아테네 2천억(’15~’17년)": "2011..2013;2015..2017",
    "‘19. 1월 미국 볼티모어와 $1,500만불 계약": "2019-01",
    "맞춤형 지원방안 마련(‘20.上)": "2020H1",
    "우대(‘19년 하반기에는 최대 1%p)": "2019H2",
    "DB 구축(‘20년)하여": "2020",
    "’18년부터 정보 포털 운영": "2018 from",
    "’20년 15개, ’21년 30개 구성을 목표로": "2020;2021",
    "‘07년 이후 미개최, ’20년 상반기내 고위급": "2007 from;2020H1 deadline",
    "페루(’18.3), 오만(’18.7)": "2018-03;2018-07",
    "KOTRA 무역관內 설치 ‘20上~ KOTRA": "2020H1 from",
    "PIS 펀드 조성 ‘19下 기재부": "2019H2",
    "2018년 3,080억불 → 2023년 6,172억불": "2018;2023",
    "Markets & Markets (2019)": "2019",
    "GICC(9월)": "2020-09 inferred",
    "Createdd 2013-11-06 Hit 679": "2013-11-06",
    "from November 3rd to 7th to secure": "2020-11-03..2020-11-07 inferred",
    "announced in November 2018.": "2018-11",
    "economic affairs in July 2019. Installed": "2019-07",
    "As of 2018, approximately 700 companies": "2018 from",
    "(October 12-23, Online)": "2020-10-12..2020-10-23 inferred",
    "오는 10월부터 운영을 시작": "2020-10 from inferred",
    "2027년 1월 21일(목) 14:00~16:30": "2027-01-21 at=14:00 until=16:30",
    "2026년 12월 16일(수)부터 누리집에": "2026-12-16 from",
    "2026. 11. 9.(월) 공고한": "2026-11-09",
    "2026년 12월 10일(목) 10:00에": "2026-12-10 at=10:00",
    "Dates | November 9–10, 2027 (Tuesday and Wednesday)": "2027-11-09..2027-11-10",
    "held online in early October 2027.": "2027-10e about",
    "2027. 2. 12.(금) 18:00": "2027-02-12 at=18:00",
    "2026년 12월 1일(화)부터 2027년 1월 14일(목) 18:00까지": "2026-12-01..2027-01-14 deadline until=18:00",
    "by Friday, January 22, 2027, 18:00": "2027-01-22 deadline at=18:00",
    "the second half of 2027.": "2027H2",
    "Thursday, February 4, 2027, 15:00–17:00.": "2027-02-04 at=15:00 until=17:00",
    "서류 검토(2027년 2월) → 발표 평가(2027년 2월 말)": "2027-02;2027-02l about",
    "2027년 11월 30일까지": "2027-11-30 deadline",
    "예산 소진 시까지 상시 접수": "- until_budget;- rolling",
    "between February 1 and March 31, 2027": "2027-02-01..2027-03-31",
    "the first half of 2027 (H1 2027)": "2027H1;2027H1",
    "until Friday, January 8, 2027, 18:00.": "2027-01-08 deadline at=18:00",
    "실증을 마친 뒤 30일 이내에": "- deadline relative days=30 after=마친",
    "2027. 2. 8.(월) ~ 2. 26.(금) 18:00": "2027-02-08..2027-02-26 until=18:00",
    "처리 기간은 접수일로부터 15일 이내": "- deadline relative days=15 after=접수일",
    "2019 H2 on": "2019H2 from",
    "2020년 상반기까지 마련": "2020H1 deadline",
    "autumn and winter 2020": "2020",
    "the second quarter of 2027": "2027Q2",
    "2019년 안 (담당 기재부)": "2019",
}

# Other ways to say the same things.
_FURTHER = {
    "2020년 10월 13일(화요일) 오후 2시": "2020-10-13 at=14:00",
    "2027년 3월~5월": "2027-03..2027-05",
    "2027년 3~5월 중": "2027-03..2027-05",
    "2027년 3월 2일~6일": "2027-03-02..2027-03-06",
    "2027.3.2.~3.6.": "2027-03-02..2027-03-06",
    "2027-03-02 ~ 2027-03-06": "2027-03-02..2027-03-06",
    "2027/03/02": "2027-03-02",
    "'26년 4/4분기": "2026Q4",
    "2026년 1~2월": "2026-01..2026-02",
    "올해 하반기": "2020H2 inferred",
    "올해 말까지": "2020 deadline inferred",
    "내년 3월": "2021-03 inferred",
    "내년 초": "2021e inferred about",
    "지난해 11월": "2019-11 inferred",
    "지난 7월": "2020-07 inferred",
    "지난 3일": "2020-09-03 inferred",
    "오는 25일": "2020-09-25 inferred",
    "다음 달 말": "2020-10l inferred about",
    "다음 달 15일까지": "2020-10-15 deadline inferred",
    "이번 달": "2020-09 inferred",
    "연내 조성": "2020 deadline inferred",
    "연말까지": "2020 deadline inferred",
    "10월 13일(화)": "2020-10-13 inferred",
    "3월 중순": "2021-03m inferred about",
    "8월 25일": "2020-08-25 inferred",
    "8월 15일": "2021-08-15 inferred",
    "12월 28일 ~ 1월 8일": "2020-12-28..2021-01-08 inferred",
    "2020년 10월 13일(월)": "2020-10-13 conflict",
    "2027년 2월 29일": "",
    "2019~2021년": "2019..2021",
    "2027년부터": "2027 from",
    "2027년 이전": "2027 to",
    "2027년 5월 이후": "2027-05 from",
    "신청 기간: 2026. 12. 7.(월) 10:00 ~ 2027. 1. 22.(금) 18:00": "2026-12-07..2027-01-22 at=10:00 until=18:00",
    "2027. 3. 9.(화)~10.(수), 10:00~17:00": "2027-03-09..2027-03-10 at=10:00 until=17:00",
    "~ 2027. 1. 8.(금)": "2027-01-08 deadline",
    "오전 9시 30분": "- at=09:30",
    "오후 2시~4시": "- at=14:00 until=16:00",
    "정오까지": "- deadline at=12:00",
    "연중 상시": "- rolling;- rolling",
    "계약 체결일로부터 3개월 이내": "- deadline relative months=3 after=체결일",
    "행사 3일 전까지": "- relative days=-3 after=행사",
    "15 January 2027": "2027-01-15",
    "15th of January 2027": "2027-01-15",
    "January 15th, 2027": "2027-01-15",
    "Jan. 15, 2027": "2027-01-15",
    "Fri, 15 Jan 2027, 6 p.m.": "2027-01-15 at=18:00",
    "on January 15, 2027 at 6:30 p.m.": "2027-01-15 at=18:30",
    "March 30 to April 2, 2027": "2027-03-30..2027-04-02",
    "30 March – 2 April 2027": "2027-03-30..2027-04-02",
    "December 28, 2026 – January 8, 2027": "2026-12-28..2027-01-08",
    "Monday, October 13, 2020": "2020-10-13 conflict",
    "this October": "2020-10 inferred",
    "next March": "2021-03 inferred",
    "last July": "2020-07 inferred",
    "next year": "2021 inferred",
    "the first half of next year": "2021H1 inferred",
    "next month": "2020-10 inferred",
    "since 2018": "2018 from",
    "by March 2027": "2027-03 deadline",
    "by the end of March 2027": "2027-03 deadline",
    "at the end of March 2027": "2027-03l about",
    "mid-October 2020": "2020-10m about",
    "late 2020": "2020l about",
    "Q3 2026": "2026Q3",
    "2026 Q3": "2026Q3",
    "third quarter of 2026": "2026Q3",
    "from 2020 to 2022": "2020..2022",
    "2016–2018": "2016..2018",
    "within 30 days of the notice": "- deadline relative days=30 after=notice",
    "two weeks before the event": "- relative days=-14 after=event",
    "on a rolling basis": "- rolling",
    "until the budget is used up": "- until_budget",
    "10 a.m. to 5 p.m.": "- at=10:00 until=17:00",
    "from 15 March 2027": "2027-03-15 from",
    "Wednesday 31 March 2027, 18:00": "2027-03-31 at=18:00",
}

# Written before the grammar was run on any of them, and read only once it was done.
_HELD_BACK = {
    "’26.10": "2026-10",
    "‘19.9~’20.3": "2019-09..2020-03",
    "2026.하반기": "2026H2",
    "2021年이 아니라 2021년": "2021;2021",
    "2026. 4. 1.(수) 09:00부터 4. 30.(목) 18:00까지": "2026-04-01..2026-04-30 deadline at=09:00 until=18:00",
    "’22년 상반기 중 착공": "2022H1",
    "작년 하반기": "2019H2 inferred",
    "내년도 예산": "2021 inferred",
    "11.3.(화)~11.5.(목)": "2020-11-03..2020-11-05 inferred",
    "2027년 6월 말까지": "2027-06 deadline",
    "오는 11월 20일(금)": "2020-11-20 inferred",
    "2026년 9월 첫째 주": "2026-09",
    "공고 후 14일 이내": "- deadline relative days=14 after=공고",
    "D+30": "- relative days=30 after=D",
    "이달 말": "2020-09l inferred about",
    "2025년 12월 31일 기준": "2025-12-31",
    "‘18년 11월": "2018-11",
    "개최 7일 전까지": "- relative days=-7 after=개최",
    "’19년～’21년": "2019..2021",
    "2026년 2월 10일 오전 11시": "2026-02-10 at=11:00",
    "the week of 5 October 2026": "2026-10-05",
    "closing date: 30 June 2027, noon": "2027-06-30 at=12:00",
    "September 2019": "2019-09",
    "in the fourth quarter of 2025": "2025Q4",
    "until 31 December 2027": "2027-12-31 deadline",
    "Tuesday, 13 October 2020": "2020-10-13",
    "October 13 (Tuesday), 2020": "2020-10-13",
    "from 2027 onwards": "2027 from",
    "in early 2027": "2027e about",
    "late next year": "2021l inferred about",
    "2020-10": "2020-10",
    "before 1 March 2027": "2027-03-01 deadline",
    "between March and May 2027": "2027-03..2027-05",
    "as late as November": "2020-11 inferred",
    "the end of this year": "2020l inferred about",
    "3 March 2027, 9 a.m.–12 p.m.": "2027-03-03 at=09:00 until=12:00",
}

_NO_DATE = [
    "0.3%p", "1.5조원", "section 2.3", "2.3 개요", "v2.3.1", "version 3.11", "192.168.10.12", "02-0000-0000",
    "010-1234-5678", "2.5~4만호", "1,748만평", "20년 이상의 신도시 개발경험", "연 5회 내외", "제3회",
    "8대 혁신성장", "1:1 상담", "5G", "월 3회", "3개월", "30일간", "3.13", "최대 20년으로 5년 연장", "KRW 2,020",
    "2,019명", "2020명", "예시-2026-041호", "you may march on", "the second phase", "10~20%", "G20 정상회의",
    "ISO 3166-2", "3시간", "2027호", "USD 2020", "64.5㎢", "제2.3조", "시장개척", "상시근로자 5명", "수시로 협의",
    "12개월", "1.5~2.5배", "6.27", "KRW 1.5 trillion",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"), [*_PROMISED.items(), *_FROM_DOCUMENTS.items(), *_FURTHER.items(), *_HELD_BACK.items()]
)
def test_reads(text: str, expected: str) -> None:
    _check(text, _ANCHOR, expected)


@pytest.mark.parametrize("text", _NO_DATE)
def test_leaves_other_numbers_alone(text: str) -> None:
    _check(text, _ANCHOR, "")


@pytest.mark.parametrize(
    "text",
    [
        "오는 12월 초",
        "early December",
        "October 12-23",
        "내년 상반기",
        "다음 달 말",
        "연내",
        "this October",
        "3월 2일~5일",
    ],
)
def test_without_an_anchor_a_missing_year_is_never_guessed(text: str) -> None:
    mentions = find_dates(text)
    assert mentions
    assert all(mention.period is None and not mention.inferred_year for mention in mentions)


def test_the_anchor_decides_the_missing_year() -> None:
    _check("6.27.(목) 협약식", date(2019, 7, 8), "2019-06-27 inferred")
    _check("조성완료(6.27 협약식)", date(2019, 7, 8), "2019-06-27 inferred")
    _check("MOU 체결(3.13, 정상 임석) 후속조치로", date(2019, 7, 8), "2019-03-13 inferred")
    _check("월드 스마트시티 엑스포(9월)", date(2019, 7, 8), "2019-09 inferred")
    _check("On Wednesday, June 12, the Ministry", date(2019, 6, 14), "2019-06-12 inferred")
    _check("1월 15일", date(2026, 12, 20), "2027-01-15 inferred")


def test_a_weekday_that_fits_no_near_year_is_a_conflict() -> None:
    _check("Wednesday, June 12", date(2026, 11, 20), "2027-06-12 inferred conflict")


def test_codes_lengths_of_time_and_yearly_events_are_no_dates() -> None:
    _check("Reference SUDA-SAMPLE-2026-07", _ANCHOR, "")
    _check("36 months of maintenance", _ANCHOR, "")
    _check("매년 3월 개최", _ANCHOR, "")
    _check("every March", _ANCHOR, "")
    _check("133 members at the start in February 2019", _ANCHOR, "2019-02")


def test_half_of_a_month() -> None:
    mention = find_dates("second half of May 2027, online")[0]
    assert mention.period == Period(date(2027, 5, 16), date(2027, 5, 31), Precision.MONTH)


_DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@st.composite
def _periods(draw: st.DrawFn) -> Period:
    precision = draw(st.sampled_from(list(Precision)))
    start, end = sorted((draw(_DAYS), draw(_DAYS)))
    if draw(st.booleans()):
        end = min(start + timedelta(days=draw(st.integers(0, 60))), date(2090, 12, 31))
    size = {Precision.DAY: 0, Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}[
        precision
    ]
    if size:
        start = date(start.year, (start.month - 1) // size * size + 1, 1)
        month = (end.month - 1) // size * size + size
        end = date(end.year, month, monthrange(end.year, month)[1])
    if precision is Precision.MONTH and draw(st.booleans()):
        third = draw(st.integers(0, 2))
        last = monthrange(start.year, start.month)[1]
        return Period(start.replace(day=10 * third + 1), start.replace(day=(10, 20, last)[third]), precision)
    return Period(start, end, precision)


@given(_periods(), st.sampled_from(["ko", "en"]))
@settings(max_examples=300, deadline=None)
def test_a_formatted_period_reads_back(period: Period, language: str) -> None:
    text = format_period(period, "ko" if language == "ko" else "en")
    mentions = find_dates(text)
    assert [(mention.period, mention.weekday_conflict, mention.inferred_year) for mention in mentions] == [
        (period, False, False)
    ]


def test_formats() -> None:
    half = Period(date(2019, 7, 1), date(2019, 12, 31), Precision.HALF)
    day = Period(date(2027, 1, 15), date(2027, 1, 15), Precision.DAY)
    assert format_period(half, "ko") == "2019년 하반기"
    assert format_period(half, "en") == "second half of 2019"
    assert format_period(day, "ko") == "2027년 1월 15일(금)"
    assert format_period(day, "en") == "Friday 15 January 2027"


@pytest.mark.parametrize(
    ("text", "korean", "english"),
    [
        ("2018년부터 2019년 7월까지", "2018년~2019년 7월", "2018 to July 2019"),
        ("March 2018 to 2019", "2018년 3월~2019년", "March 2018 to 2019"),
        ("'19.下~'20.3", "2019년 하반기~2020년 3월", "second half of 2019 to March 2020"),
        ("2019년 5월부터 2020년 3월 2일까지", "2019년 5월~2020년 3월 2일(월)", "May 2019 to Monday 2 March 2020"),
    ],
)
def test_ends_known_to_different_precisions_are_each_said_as_exactly_as_they_are_known(
    text: str, korean: str, english: str
) -> None:
    (mention,) = find_dates(text)
    assert mention.period is not None
    assert format_period(mention.period, "ko") == korean
    assert format_period(mention.period, "en") == english


_BITS = ("~", ".", "(", ")", " ", "(화)", "20", "월", "일", "년", "1", "’", "\n", "to", "까지")
_PIECES = st.lists(st.sampled_from([*_PROMISED, *_NO_DATE, *_BITS]), max_size=12)


@given(st.text() | _PIECES.map("".join) | _PIECES.map(" ".join), st.none() | st.dates())
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_the_text_in_order_without_overlap(text: str, anchor: date | None) -> None:
    edge = 0
    for mention in find_dates(text, anchor):
        assert edge <= mention.start < mention.end <= len(text)
        assert mention.period is None or mention.period.start <= mention.period.end
        edge = mention.end


@pytest.mark.parametrize("piece", ["1.", "1.1~", "~", ".", "20.", "2020. ", "1 ~ ", "'20.1~", "12.31.~", "0"])
def test_long_runs_of_digits_are_read_fast(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    begin = time.process_time()
    find_dates(text, _ANCHOR)
    assert time.process_time() - begin < 1
