from __future__ import annotations

from datetime import date

import pytest

from assistant.ingest.metadata import DerivedMetadata, Metadata, day_period, derive_metadata, parse_period
from assistant.ingest.structure import StructureBuilder
from assistant.text.normalize import normalize_text
from assistant.types import DocumentKind, FileMetadata, Line, LoadedDocument, Period, Precision, RawPage


def _derive(
    text: str, stated: Metadata | None = None, file: FileMetadata | None = None, name: str = "notice.txt"
) -> DerivedMetadata:
    lines = tuple(Line(normalize_text(line)) for line in text.split("\n"))
    structured = StructureBuilder().build(LoadedDocument("text/plain", (RawPage(1, lines),)))
    return derive_metadata(name, stated or Metadata(), file or FileMetadata(), structured)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision", "iso"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31), Precision.YEAR, "2019"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), Precision.MONTH, "2020-02"),
        ("2019-07-08", date(2019, 7, 8), date(2019, 7, 8), Precision.DAY, "2019-07-08"),
        ("2019-H1", date(2019, 1, 1), date(2019, 6, 30), Precision.HALF, "2019-01/2019-06"),
        ("2019-H2", date(2019, 7, 1), date(2019, 12, 31), Precision.HALF, "2019-07/2019-12"),
        ("2019-Q3", date(2019, 7, 1), date(2019, 9, 30), Precision.QUARTER, "2019-07/2019-09"),
        (" 2019 ", date(2019, 1, 1), date(2019, 12, 31), Precision.YEAR, "2019"),
    ],
)
def test_a_date_is_the_interval_that_its_precision_allows(
    text: str, start: date, end: date, precision: Precision, iso: str
) -> None:
    period = parse_period(text)
    assert period == Period(start, end, precision)
    assert period.isoformat() == iso


@pytest.mark.parametrize(
    "text", ["", "19", "2019-13", "2019-02-30", "2019/07/08", "2019-H3", "2019-Q5", "내년", "2019-07-08T00:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is Python's own for an impossible day
        parse_period(text)


def test_what_is_stated_wins_over_the_file_and_the_file_over_the_text() -> None:
    text = "글자의 제목\n\n등록일: 2021-03-04\n\n□ 지원 내용"
    file = FileMetadata("파일의 제목", "파일 기관", date(2020, 5, 6), "https://example.org/file")
    stated = Metadata(
        "밝힌 제목", "밝힌 기관", parse_period("2019-H1"), "en", DocumentKind.GUIDE, "https://example.org/stated"
    )
    assert _derive(text, stated, file) == DerivedMetadata(
        "밝힌 제목", "밝힌 기관", parse_period("2019-H1"), "en", DocumentKind.GUIDE, "https://example.org/stated"
    )
    from_file = _derive(text, None, file)
    assert (from_file.title, from_file.publisher, from_file.published) == (
        "파일의 제목",
        "파일 기관",
        day_period(date(2020, 5, 6)),
    )
    from_text = _derive(text)
    assert (from_text.title, from_text.published) == ("글자의 제목", day_period(date(2021, 3, 4)))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("물순환 도시 지원 안내\n\n□ 지원합니다", "물순환 도시 지원 안내"),
        ("Help desks open in two cities\n\nThe ministry opens help desks.", "Help desks open in two cities"),
        ("Ⅰ. 추진 배경\n\n□ 배경\n\nⅡ. 물순환 도시 수출 활성화 방안\n\n□ 방안", "물순환 도시 수출 활성화 방안"),
        ("□ 제목 없이 시작하는 글을 지원합니다.", "notice"),
    ],
)
def test_title_is_derived_from_the_outline_else_from_the_file_name(text: str, title: str) -> None:
    assert _derive(text).title == title


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("등록일: 2019-07-08", "2019-07-08"),
        ("작성일 : 2019.7.8", "2019-07-08"),
        ("배포일시 2019년 7월 8일", "2019-07-08"),
        ("Date: 2013-11-06", "2013-11-06"),
        ("Posted 2013.11.06", "2013-11-06"),
        ("(2019. 7. 8.)", "2019-07-08"),
        ("2019. 7.", "2019-07"),
        ("2019.7.8.(월)", "2019-07-08"),
        ("통계는 2018년 말 기준입니다.", "2018"),
        ("There were 15 offices as of 2018.", "2018"),
    ],
)
def test_date_is_derived_with_its_precision(line: str, iso: str) -> None:
    published = _derive(f"제목\n\n{line}\n\n본문이 이어집니다.").published
    assert published is not None
    assert published.isoformat() == iso


@pytest.mark.parametrize(
    "line",
    ["접수 마감은 2026. 5. 1. 18:00입니다.", "The call closes on 2026-05-01.", "Date: 2019-13-45", "전화 02-2019-0708"],
)
def test_a_date_that_is_not_the_paper_s_own_stays_unknown(line: str) -> None:
    assert _derive(f"제목\n\n{line}").published is None


def test_unknown_stays_unknown() -> None:
    derived = _derive("메모\n\n내일 점심은 국수")
    assert (derived.publisher, derived.published, derived.kind, derived.url) == (None, None, None, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("교통신호 시스템 입찰 공고\n\n□ 제출 서류", DocumentKind.TENDER_NOTICE),
        ("Invitation to bid: traffic signals\n\nBids close in May.", DocumentKind.TENDER_NOTICE),
        ("해외진출 설명회 개최 안내\n\n□ 일시", DocumentKind.EVENT_NOTICE),
        ("Webinar on water cities\n\nRegister now.", DocumentKind.EVENT_NOTICE),
        ("보도자료\n\n국토부가 센터를 열었다.", DocumentKind.PRESS_RELEASE),
        ("물순환 도시 수출 활성화 방안\n\n□ 추진", DocumentKind.POLICY),
        ("자주 묻는 질문\n\n□ 신청 방법", DocumentKind.GUIDE),
        ("How to use the help desk\n\nWrite to us.", DocumentKind.GUIDE),
    ],
)
def test_kind_is_derived_in_both_languages(text: str, kind: DocumentKind) -> None:
    assert _derive(text).kind is kind


@pytest.mark.parametrize(
    ("text", "language"), [("지원 안내\n\nK-SURE 보증", "ko"), ("Guide\n\nGuarantees of 무보 for exporters", "en")]
)
def test_language_is_derived(text: str, language: str) -> None:
    assert _derive(text).language == language
