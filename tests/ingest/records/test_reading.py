"""Events, tenders and amendments read from the corpus, from invented notices, and from real papers where they are at hand."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from scoring import DATA, Paper, read_corpus, read_paper, score, score_file

from assistant.types import DeadlineKind, Precision, Record, RecordStatus, RecordType

# Fields that others prove: the last day stands where the first one stands.
_PROVED_BY = {
    "end": "start",
    "precision": "start",
    "deadline_time": "deadline",
    "deadline_kind": "deadline",
    "amount_krw": "amount",
}
_UNPROVED = {"record_id", "type", "document_id", "evidence", "year_inferred", "planned", "criteria", "changes"}


@pytest.fixture(scope="module")
def corpus() -> list[Paper]:
    return list(read_corpus())


def _events(text: str, **about: Any) -> list[Record]:
    return [r for r in read_paper(text, **about).found.records if r.type is RecordType.EVENT]


# --- How much is found: the figures of docs/records.md ---


@pytest.mark.parametrize(
    ("name", "record_rates", "field_rates"),
    [
        ("corpus", (0.97, 0.94), (0.97, 0.94)),
        ("tuned", (0.98, 0.98), (0.98, 0.98)),
        ("held_back", (0.98, 0.98), (0.97, 0.97)),
    ],
)
def test_records_are_found_and_their_fields_are_right(
    name: str, record_rates: tuple[float, float], field_rates: tuple[float, float]
) -> None:
    report = score_file(name)
    found = (*report.rates(report.records), *report.rates(report.fields))
    assert all(rate >= least for rate, least in zip(found, (*record_rates, *field_rates), strict=True)), "\n".join(
        [report.summary(), *report.mistakes]
    )


def test_the_scoring_sees_a_wrong_day_and_a_record_too_many() -> None:
    gold = yaml.safe_load((DATA / "tuned.yaml").read_text(encoding="utf-8"))[0]
    paper = read_paper(gold["text"], published=gold["published"])
    wrong = dict(gold, events=[dict(gold["events"][0], start=date(2027, 2, 25))])
    report = type(score_file("tuned", ["none"]))()
    score(paper, wrong, report, "wrong day")
    score(paper, dict(gold, events=[]), report, "too many")
    assert report.fields["wrong"] > 1
    assert report.records == {"right": 1, "wrong": 1}


# --- What every record keeps ---


def _all_papers() -> Iterator[Paper]:
    for name in ("tuned", "held_back"):
        for item in yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8")):
            yield read_paper(item["text"], published=item.get("published"), name=item.get("name", "paper.md"))


def _check_proofs(paper: Paper) -> None:
    pages = {page.number: page.text for page in paper.pages}
    proofs = [proof for record in paper.found.records for proof in record.evidence]
    proofs += [proof for amendment in paper.found.amendments for proof in amendment.evidence]
    for proof in proofs:
        assert pages[proof.page][proof.start : proof.end] == proof.quote
        assert proof.quote.strip()
    for amendment in paper.found.amendments:
        assert amendment.changes.keys() <= {proof.field for proof in amendment.evidence}


def _check_fields(record: Record) -> None:
    proved = {proof.field for proof in record.evidence}
    for part in fields(record):
        value = getattr(record, part.name)
        if part.name in _UNPROVED or value in (None, False, DeadlineKind.NONE):
            continue
        assert {part.name, _PROVED_BY.get(part.name)} & proved, f"{record.title}: {part.name} has no proof"


def test_every_field_is_proved_by_a_verbatim_quotation(corpus: list[Paper]) -> None:
    for paper in [*corpus, *_all_papers()]:
        _check_proofs(paper)
        for record in paper.found.records:
            if record.type in (RecordType.EVENT, RecordType.TENDER):
                _check_fields(record)


def test_ids_are_unique_and_stay_when_a_paper_is_read_again(corpus: list[Paper]) -> None:
    ids = [record.record_id for paper in corpus for record in paper.found.records]
    assert len(ids) == len(set(ids))
    assert all(ids)
    again = [record.record_id for paper in read_corpus() for record in paper.found.records]
    assert again == ids


def test_records_can_be_sent_to_another_process(corpus: list[Paper]) -> None:
    found = [paper.found for paper in corpus]
    assert pickle.loads(pickle.dumps(found)) == found


_PIECES = st.sampled_from(
    ["일시: ", "2027. 3. 9.(화)", "장소: 코엑스", "「", "」", "설명회", "개최한다", " | ", "\n", "\n\n", "# ", "- ",
     "(", ")", "취소", "에서 ", "로 변경", "will hold ", "Water Fair", " on ", "9-8 May", "→", "당초", "변경",
     "| 행사명 | 일시 |\n|---|---|\n", "Deadline: ", "상시",
     "[정정공고] ", "공고일로부터 30일 이내", "2월 30일"]
)  # fmt: skip


@given(st.lists(_PIECES, min_size=1, max_size=25), st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2090, 1, 1))))
def test_any_text_is_read_without_failing_and_quoted_as_it_stands(pieces: list[str], published: date | None) -> None:
    _check_proofs(read_paper("x " + "".join(pieces), published=published))


# --- Time truth ---


@pytest.mark.parametrize(
    "text",
    [
        "# 물순환 설명회 안내\n\n- 일시: 2027. 3. 10.(금)\n- 장소: 예시관",
        "# Water Cycle Fair\n\n- Date: Friday, 10 March 2027\n- Venue: Example Hall",
    ],
)
def test_a_weekday_that_belongs_to_another_day_leaves_the_day_unknown(text: str) -> None:
    (event,) = _events(text, published=date(2027, 1, 5))
    assert event.start is None
    assert event.status(date(2027, 1, 5)) is RecordStatus.PLANNED
    assert any("10" in proof.quote for proof in event.evidence if proof.field == "start")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("# 수출 상담회 안내\n\n- 일시: 3. 9.(화)\n- 장소: 예시관", date(2027, 3, 9)),
        ("# Water Fair\n\n- Dates: 9 March\n- Venue: Hall", date(2027, 3, 9)),
    ],
)
def test_a_missing_year_comes_from_the_papers_date_and_is_marked(text: str, start: date) -> None:
    (event,) = _events(text, published=date(2026, 11, 20))
    assert (event.start, event.year_inferred) == (start, True)


def test_a_year_in_the_name_goes_before_one_inferred_from_the_papers_date() -> None:
    (event,) = _events(
        "# 지난 행사 돌아보기\n\n- 예시 물산업 박람회(EXW 2019)(9월, 예시시)", published=date(2021, 2, 1)
    )
    assert event.start is not None
    assert event.start.year == 2019


def test_without_any_year_the_day_stays_unknown() -> None:
    (event,) = _events("# News\n\nComing up: Lima Water Fair (October 13-14).")
    assert event.start is None
    assert event.status(date(2026, 11, 22)) is RecordStatus.PLANNED


@pytest.mark.parametrize(
    ("text", "planned", "precision"),
    [
        ("# 예시 포럼 안내\n\n- 일시: 2027년 5월 예정\n- 장소: 예시관", False, Precision.MONTH),
        ("# 예시 포럼 안내\n\n- 일시: 2027년 하반기 예정\n- 장소: 예시관", True, Precision.HALF),
        ("# 예시 포럼 안내\n\n- 일시: 2027. 5. 11.(화) 예정\n- 장소: 예시관", False, Precision.DAY),
        ("# 예시 포럼 안내\n\n- 일시: 2027년 5월(날짜 미정)\n- 장소: 예시관", True, Precision.MONTH),
        ("# Example Forum\n\n- Date: early May 2027 (planned)\n- Venue: Hall", True, Precision.MONTH),
    ],
)
def test_only_what_is_not_fixed_is_a_plan(text: str, planned: bool, precision: Precision) -> None:
    (event,) = _events(text, published=date(2027, 1, 5))
    assert (event.planned, event.precision) == (planned, precision)


@pytest.mark.parametrize(
    ("line", "kind", "day"),
    [
        ("신청 기한: 2027. 2. 12.(금) 18:00", DeadlineKind.FIXED, date(2027, 2, 12)),
        ("신청: 상시 접수", DeadlineKind.ROLLING, None),
        ("접수 기간: 예산 소진 시까지", DeadlineKind.UNTIL_BUDGET, None),
        ("신청 기한: 공고일로부터 30일 이내", DeadlineKind.RELATIVE, date(2027, 2, 4)),
        ("신청 마감: 행사 3일 전", DeadlineKind.RELATIVE, date(2027, 3, 6)),
        ("Register by: 12 February 2027", DeadlineKind.FIXED, date(2027, 2, 12)),
        ("Deadline: within 30 days of the notice", DeadlineKind.RELATIVE, date(2027, 2, 4)),
        ("장소 안내: 예시관", DeadlineKind.NONE, None),
    ],
)
def test_deadlines_are_of_a_kind_and_computed_where_they_can_be(
    line: str, kind: DeadlineKind, day: date | None
) -> None:
    (event,) = _events(
        f"# 예시 상담회\n\n- 일시: 2027. 3. 9.(화)\n- 장소: 예시관\n- {line}", published=date(2027, 1, 5)
    )
    assert (event.deadline_kind, event.deadline) == (kind, day)


@pytest.mark.parametrize(
    "text",
    [
        "# 시장 동향\n\n설명회와 상담회, 교육을 꾸준히 늘려 왔다. 2026년에는 박람회 참가 기업이 12개사였다.",
        "# Market report\n\nSeminars and fairs grew. Registration opened on 5 May 2026 for members.",
        "# 수출상담회 순서\n\n| 시간 | 내용 |\n|---|---|\n| 10:00 | 금융 설명회 |\n| 14:00 | 1:1 상담 |",
    ],
)
def test_a_mere_mention_or_an_agenda_is_no_event(text: str) -> None:
    assert _events(text, published=date(2027, 1, 5)) == []


# --- Amendments ---


def test_the_new_value_never_comes_from_the_old_column() -> None:
    for order in (("당초", "변경"), ("변경", "당초")):
        cells = {"당초": "2027. 3. 9.(화)", "변경": "2027. 3. 16.(화)"}
        table = (
            f"| 항목 | {order[0]} | {order[1]} |\n|---|---|---|\n| 행사 일시 | {cells[order[0]]} | {cells[order[1]]} |"
        )
        paper = read_paper(f"# [변경공고] 예시 상담회\n\n{table}", published=date(2027, 2, 1))
        (amendment,) = paper.found.amendments
        assert amendment.changes["start"] == "2027-03-16"


def test_a_notice_on_another_notice_lists_no_event_of_its_own_with_the_old_days() -> None:
    text = "# [취소] 예시 상담회 취소 안내\n\n- 당초 일시: 2027. 3. 9.(화)\n\n상담회를 취소합니다."
    (record,) = read_paper(text, published=date(2027, 2, 1)).found.records
    assert record.status(date(2027, 2, 1)) is RecordStatus.CANCELLED


def test_a_notice_printed_anew_amends_with_all_that_it_says() -> None:
    text = (
        "# [정정공고] 2027년 예시 수출바우처 지원사업 모집 공고\n\n- 지원 대상: 중소기업\n- 지원 내용: 기업당 최대 2천만원\n"
        "- 신청 기간: 2027. 1. 4.(월) ~ 2027. 2. 5.(금) 18:00"
    )
    paper = read_paper(text, published=date(2027, 1, 8))
    (amendment,) = paper.found.amendments
    assert (amendment.changes["deadline"], amendment.changes["amount_krw"]) == ("2027-02-05", 20_000_000)
    assert [record.type for record in paper.found.records] == [RecordType.PROGRAM]


@pytest.mark.parametrize("title", ["2027년 무역보험 제도 안내", "금리 변경 안내", "Change management for exporters"])
def test_a_paper_that_names_no_earlier_notice_amends_nothing(title: str) -> None:
    assert (
        read_paper(f"# {title}\n\n수출 기업의 금리와 보증을 설명합니다.", published=date(2027, 1, 8)).found.amendments
        == ()
    )


# --- Real papers ---


def _seed(shared: Path, start: str) -> Paper:
    path = next((shared / "seeds").glob(f"{start}_*"))
    return read_paper(path.read_text(encoding="utf-8"), published="2020-09" if start == "000" else None, name=path.name)


def test_the_events_of_the_ministrys_release_come_out(shared: Path) -> None:
    found = [r for r in _seed(shared, "000").found.records if r.type is RecordType.EVENT]
    days = {record.title: (record.start, record.end, record.planned) for record in found}
    assert list(days.values()) == [
        (date(2020, 10, 13), date(2020, 10, 14), False),
        (date(2020, 10, 12), date(2020, 10, 23), False),
        (date(2020, 12, 1), date(2020, 12, 10), True),
    ]
    assert all(word in title for word, title in zip(("Pinpoint", "Indonesia", "Smart City Day"), days, strict=True))


def test_the_provinces_campaign_comes_out(shared: Path) -> None:
    (event,) = [r for r in _seed(shared, "003").found.records if r.type is RecordType.EVENT]
    assert (event.start, event.end, event.year_inferred) == (date(2013, 11, 3), date(2013, 11, 7), True)
