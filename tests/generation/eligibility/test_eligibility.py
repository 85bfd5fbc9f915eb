"""Verdicts of the rules on the corpus' notices: profile by profile, with the values next to every bound."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from eligibility_parts import corpus_records
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.eligibility.judge import EligibilityJudge, Judgement
from assistant.generation.eligibility.profile import Profile
from assistant.generation.eligibility.words import WORDS
from assistant.types import Criterion, Evidence, Language, Record, RecordStatus, RecordType

_TODAY = date(2026, 12, 10)
_SOURCES = {
    "bid": "sample-program-bid-cost-support.hwpx",
    "loan": "sample-program-consortium-loan.html",
    "voucher": "sample-program-demonstration-voucher.pdf",
    "starter": "sample-program-export-starter.md",
    "fee": "sample-program-guarantee-fee.docx",
    "roadshow": "sample-event-bangkok-roadshow.docx",
    "plaza": "sample-event-export-plaza-2027.html",
    "water": "sample-tender-smart-water-indonesia.pdf",
    "pioneer": "ko-market-pioneering-fund.html",
    "joint": "ko-joint-entry-finance.pdf",
}
_BID = {"size": "sme", "region": "대전", "years_in_business": 5, "sector": "교통"}
_LOAN = {
    "size": "sme", "region": "Busan", "years_in_business": 5, "export_record": 400_000, "consortium_with_large": True, "target_country": "Vietnam",  # noqa: E501
}  # fmt: skip
_VOUCHER = {"size": "startup", "region": "강원", "years_in_business": 3, "export_record": False}
_STARTER = {"size": "sme", "region": "Gangwon", "years_in_business": 4, "export_record": 20_000}
_FEE = {"size": "sme", "region": "서울", "years_in_business": 4, "export_record": 150_000, "other": True}
_SHOW = {"size": "sme", "sector": "transport", "other": True}


def _record(name: str) -> Record:
    records, documents = corpus_records()
    return next(r for r in records if r.criteria and documents[r.document_id].source == _SOURCES[name])


def _judge(name: str, profile: dict[str, Any], language: Language = "ko", as_of: date = _TODAY) -> Judgement:
    return EligibilityJudge().judge(_record(name), Profile.of(profile), as_of, language)


@pytest.mark.parametrize(
    ("name", "base", "change", "verdict"),
    [
        # 수주교섭 비용: SMEs and mid-sized companies, two years, city solutions; large ones only in a consortium.
        ("bid", _BID, {}, "eligible"),
        ("bid", _BID, {"size": "midsize"}, "eligible"),
        ("bid", _BID, {"size": "startup"}, "eligible"),
        ("bid", _BID, {"size": "large"}, "more_needed"),
        ("bid", _BID, {"size": "large", "consortium_with_large": False}, "not_eligible"),
        ("bid", _BID, {"size": "large", "consortium_with_large": True}, "eligible"),
        ("bid", _BID, {"years_in_business": 2}, "eligible"),
        ("bid", _BID, {"years_in_business": 1.99}, "not_eligible"),
        ("bid", _BID, {"years_in_business": 0}, "not_eligible"),
        ("bid", _BID, {"years_in_business": None}, "more_needed"),
        ("bid", _BID, {"region": "Jeju"}, "eligible"),
        ("bid", _BID, {"region": None}, "eligible"),
        ("bid", _BID, {"sector": "화장품"}, "more_needed"),
        ("bid", _BID, {"sector": None}, "more_needed"),
        ("bid", _BID, {"sector": "smart city platform"}, "eligible"),
        # Consortium loan: SMEs in a consortium, three years, USD 300,000, no country under sanctions.
        ("loan", _LOAN, {}, "eligible"),
        ("loan", _LOAN, {"size": "midsize"}, "not_eligible"),
        ("loan", _LOAN, {"size": "large"}, "not_eligible"),
        ("loan", _LOAN, {"consortium_with_large": False}, "not_eligible"),
        ("loan", _LOAN, {"consortium_with_large": None}, "more_needed"),
        ("loan", _LOAN, {"years_in_business": 3}, "eligible"),
        ("loan", _LOAN, {"years_in_business": 2.9}, "not_eligible"),
        ("loan", _LOAN, {"export_record": 300_000}, "eligible"),
        ("loan", _LOAN, {"export_record": 299_999}, "not_eligible"),
        ("loan", _LOAN, {"export_record": True}, "more_needed"),
        ("loan", _LOAN, {"export_record": False}, "not_eligible"),
        ("loan", _LOAN, {"target_country": "이란"}, "more_needed"),
        ("loan", _LOAN, {"target_country": None}, "more_needed"),
        # 실증 바우처: at most seven years, outside the capital area, exports under USD 500,000.
        ("voucher", _VOUCHER, {}, "eligible"),
        ("voucher", _VOUCHER, {"years_in_business": 7}, "eligible"),
        ("voucher", _VOUCHER, {"years_in_business": 7.01}, "not_eligible"),
        ("voucher", _VOUCHER, {"region": "경기도"}, "not_eligible"),
        ("voucher", _VOUCHER, {"region": "인천"}, "not_eligible"),
        ("voucher", _VOUCHER, {"region": "Seoul"}, "not_eligible"),
        ("voucher", _VOUCHER, {"region": "수원"}, "not_eligible"),
        ("voucher", _VOUCHER, {"region": "Sejong"}, "eligible"),
        ("voucher", _VOUCHER, {"region": "비수도권"}, "eligible"),
        ("voucher", _VOUCHER, {"region": "한국"}, "more_needed"),
        ("voucher", _VOUCHER, {"export_record": 499_999}, "eligible"),
        ("voucher", _VOUCHER, {"export_record": 500_000}, "not_eligible"),
        ("voucher", _VOUCHER, {"export_record": True}, "more_needed"),
        ("voucher", _VOUCHER, {"size": "midsize"}, "not_eligible"),
        ("voucher", _VOUCHER, {"consortium_with_large": False}, "eligible"),
        # Export Starter: Gangwon or Chungbuk, under USD 100,000, one year.
        ("starter", _STARTER, {}, "eligible"),
        ("starter", _STARTER, {"region": "충청북도"}, "eligible"),
        ("starter", _STARTER, {"region": "Chungcheong region"}, "more_needed"),
        ("starter", _STARTER, {"region": "Busan"}, "not_eligible"),
        ("starter", _STARTER, {"export_record": False}, "eligible"),
        ("starter", _STARTER, {"export_record": 99_999}, "eligible"),
        ("starter", _STARTER, {"export_record": 100_000}, "not_eligible"),
        ("starter", _STARTER, {"years_in_business": 1}, "eligible"),
        ("starter", _STARTER, {"years_in_business": 0.5}, "not_eligible"),
        ("starter", _STARTER, {"size": "large"}, "not_eligible"),
        ("starter", _STARTER, {"size": None}, "more_needed"),
        # 이행보증: USD 100,000, lifted for SMEs that go with a large company; a contract is needed.
        ("fee", _FEE, {}, "eligible"),
        ("fee", _FEE, {"other": None}, "more_needed"),
        ("fee", _FEE, {"other": False}, "not_eligible"),
        ("fee", _FEE, {"export_record": 100_000}, "eligible"),
        ("fee", _FEE, {"export_record": False}, "more_needed"),
        ("fee", _FEE, {"export_record": False, "consortium_with_large": False}, "not_eligible"),
        ("fee", _FEE, {"export_record": False, "consortium_with_large": True}, "eligible"),
        ("fee", _FEE, {"size": "midsize", "export_record": False, "consortium_with_large": True}, "not_eligible"),
        ("fee", _FEE, {"years_in_business": 2}, "not_eligible"),
        # An event, a tender, and papers that state little.
        ("roadshow", _SHOW, {}, "eligible"),
        ("roadshow", _SHOW, {"size": "large"}, "more_needed"),
        ("roadshow", _SHOW, {"size": "large", "consortium_with_large": True}, "eligible"),
        ("roadshow", _SHOW, {"sector": "cosmetics"}, "not_eligible"),
        ("roadshow", _SHOW, {"export_record": False}, "eligible"),
        ("plaza", _SHOW, {}, "eligible"),
        ("plaza", _SHOW, {"size": "large", "consortium_with_large": False}, "not_eligible"),
        ("water", {"size": "midsize"}, {}, "more_needed"),
        ("water", {"size": "large", "consortium_with_large": False}, {}, "not_eligible"),
        ("pioneer", {"size": "midsize", "sector": "건축설계"}, {}, "eligible"),
        ("pioneer", {"size": "large", "sector": "건축설계"}, {}, "not_eligible"),
        ("joint", {"size": "startup"}, {}, "eligible"),
        ("joint", {"size": "midsize"}, {}, "not_eligible"),
    ],
)  # fmt: skip
def test_verdicts(name: str, base: dict[str, Any], change: dict[str, Any], verdict: str) -> None:
    assert _judge(name, base | change).verdict == verdict
    assert _judge(name, base | change, "en").verdict == verdict


@pytest.mark.parametrize(
    ("country", "edcf", "edpf"),
    [
        ("베트남", "eligible", "eligible"),
        ("Uzbekistan", "eligible", "eligible"),
        ("에티오피아", "eligible", "not_eligible"),
        ("Indonesia", "not_eligible", "eligible"),
        ("사우디아라비아", "not_eligible", "not_eligible"),
        ("Atlantis", "more_needed", "more_needed"),
    ],
)
def test_income_class_of_the_target_country_decides(country: str, edcf: str, edpf: str) -> None:
    records, documents = corpus_records()
    found = [r for r in records if documents[r.document_id].source == "ko-edcf-edpf-comparison.hwpx" and r.criteria]
    profile = Profile(target_country=country)
    verdicts = [EligibilityJudge().judge(record, profile, _TODAY, "ko").verdict for record in found]
    assert verdicts == [edcf, edpf]


def test_every_condition_is_cited_and_silence_is_said() -> None:
    for language in ("ko", "en"):
        judged = _judge("voucher", _VOUCHER | {"target_country": "태국"}, language)
        silent = [item for item in judged.criteria if item.state == "not_stated"]
        assert [item.field for item in silent] == ["target_country"]
        assert all(item.evidence for item in judged.criteria if item.state != "not_stated")


def test_open_conditions_are_asked_in_the_asker_s_language_and_at_most_three() -> None:
    korean, english = _judge("loan", {}, "ko").questions, _judge("loan", {}, "en").questions
    assert 2 <= len(korean) <= 3
    assert len(korean) == len(english)
    assert all(question.endswith(("?", ")")) for question in (*korean, *english))
    assert not any("\uac00" <= letter <= "\ud7a3" for question in english for letter in question)


def test_a_settled_verdict_asks_nothing() -> None:
    assert _judge("loan", {"size": "midsize"}).questions == ()
    assert _judge("starter", _STARTER).questions == ()


@pytest.mark.parametrize(("language", "words"), [("ko", "컨소시엄을 구성하면"), ("en", "in a consortium")])
def test_what_would_change_the_verdict_is_said(language: Language, words: str) -> None:
    assert any(
        words in text
        for text in _judge("bid", _BID | {"size": "large", "consortium_with_large": False}, language).changes
    )
    assert _judge("loan", _LOAN | {"size": "midsize", "years_in_business": 1}, language).changes == ()
    years = _judge("loan", _LOAN | {"years_in_business": 1}, language).changes
    assert len(years) == 1
    assert "3" in years[0]


def test_closed_program_is_judged_and_says_that_it_is_closed() -> None:
    judged = _judge("bid", _BID, as_of=date(2027, 1, 23))
    assert (judged.verdict, judged.status) == ("eligible", RecordStatus.CLOSED)
    assert judged.changes == (WORDS["ko"]["change_open"],)
    assert _judge("bid", _BID, as_of=date(2027, 1, 22)).status is RecordStatus.OPEN


def test_conditions_are_told_in_the_asker_s_language() -> None:
    korean = {item.field: item.text for item in _judge("starter", _STARTER, "ko").criteria}
    assert korean["export_record"] == "수출 실적: 100,000달러 미만"
    assert korean["region"] == "소재지: 강원, 충북"
    english = {item.field: item.text for item in _judge("voucher", _VOUCHER, "en").criteria}
    assert english["years_in_business"] == "Years in business: at most 7 years"
    assert english["export_record"] == "Export record: less than USD 500,000"


def test_programs_come_before_events_and_eligible_before_not_eligible() -> None:
    records, _ = corpus_records()
    chosen = [r for r in records if r.criteria and r.type is not RecordType.TASK]
    judged = EligibilityJudge().judge_all(chosen, Profile.of(_VOUCHER), _TODAY, "ko")
    types = [j.record.type for j in judged]
    assert types == sorted(types, key=["program", "tender", "event"].index)
    programs = [j.verdict for j in judged if j.record.type is RecordType.PROGRAM]
    assert programs == sorted(programs, key=["eligible", "more_needed", "not_eligible"].index)


def test_both_languages_have_the_same_sentences() -> None:
    assert WORDS["ko"].keys() == WORDS["en"].keys()


def _criterion(**values: Any) -> Record:
    evidence = Evidence("criteria", "c", (), 1, 0, 2, "업력")
    return Record("r", RecordType.PROGRAM, "d", "시험", (evidence,), criteria=(Criterion(evidence=evidence, **values),))


@given(st.floats(0, 50), st.floats(0, 50))
def test_bounds_are_included_and_nothing_else_is(bound: float, years: float) -> None:
    judge = EligibilityJudge()
    least = judge.judge(
        _criterion(field="years_in_business", minimum=bound), Profile(years_in_business=years), _TODAY, "ko"
    )
    most = judge.judge(
        _criterion(field="years_in_business", maximum=bound), Profile(years_in_business=years), _TODAY, "ko"
    )
    assert (least.verdict == "eligible") == (years >= bound)
    assert (most.verdict == "eligible") == (years <= bound)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "size": st.sampled_from(["startup", "sme", "midsize", "large"]),
            "region": st.sampled_from(["서울", "Gangwon", "모름", ""]),
            "years_in_business": st.floats(0, 100),
            "export_record": st.one_of(st.booleans(), st.floats(0, 1e9)),
            "consortium_with_large": st.booleans(),
            "target_country": st.sampled_from(["베트남", "Iran", "?"]),
            "other": st.booleans(),
        },
    )
)
def test_telling_more_never_opens_a_verdict_again(profile: dict[str, Any]) -> None:
    """What a condition has ruled out stays ruled out, whatever else is told."""
    less = {key: value for key, value in profile.items() if key != "sector"}
    for name in ("voucher", "starter", "loan"):
        if _judge(name, less).verdict == "not_eligible":
            assert _judge(name, less | {"sector": "transport"}).verdict == "not_eligible"
