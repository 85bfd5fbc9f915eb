"""The scoring rules of the benchmarks, and the development questions as a scored benchmark that is not judged question by question."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import latency
from benchmarks.__main__ import MEASUREMENTS, main
from benchmarks.dev_questions import measure
from benchmarks.questions import GROUPS, read_questions
from benchmarks.report import ROOT, Report, Table, milliseconds, sizes
from benchmarks.scoring import covered_at, evidence_ranks, hit_at, overlaps, says, says_all, share, unified

SHARED = ROOT.parent / "shared"


@pytest.mark.parametrize(
    ("text", "alternative"),
    [
        ("총 2,408회 방문했습니다", "2408"),
        ("총 2408회 방문했습니다", "2,408"),
        ("２０１９년 ２월", "2019년 2월"),
        ("2020년상반기까지", "2020년 상반기"),
        ("기능 분산을 위한 도시", "기능분산"),
        ("약 3 천억 원", "3천억"),
        ("’20上 예정", "'20上"),
        ("국토‧기재부", "국토·"),
        ("Smart Factories and drones", "smart factor"),
        ("The MOLIT, as owner", "MOLIT"),
        ("ICT를 접목한 도시", "ICT"),
        ("조달한 금액은 31%이다", "31%"),
        ("up to 3\ntrillion won", "3 trillion"),
        ("FINTECH", "fintech"),
    ],
)
def test_fact_is_found_in_any_spelling(text: str, alternative: str) -> None:
    assert says(text, alternative)


@pytest.mark.parametrize(
    ("text", "alternative"),
    [
        ("0.1%p 인하", "1%p"),
        ("1,500개", "500"),
        ("5000개", "500"),
        ("500.5", "500"),
        ("2019.2", "19.2"),
        ("13조원", "3조"),
        ("blockchain", "chain"),
        ("PISA results", "PIS"),
        ("predicts", "ICT"),
        ("3 or trillion", "3 trillion"),
        ("a smartfactory", "smart factory"),
    ],
)
def test_fact_is_not_found_inside_something_else(text: str, alternative: str) -> None:
    assert not says(text, alternative)


def test_every_fact_needs_one_of_its_spellings() -> None:
    facts = [["3천억", "300 billion"], ["2천억", "200 billion"]]
    assert says_all("보고타 3천억원, 아테네 200 billion", facts)
    assert not says_all("보고타 3천억원", facts)
    assert says_all("", [])


def test_unifying_twice_changes_nothing() -> None:
    text = "ＩＣＴ･빅데이터 “스마트”  ’20上 ㎢ 1,000 ﬁn"
    assert unified(unified(text)) == unified(text)


def test_passages_overlap_by_more_than_half_of_the_shorter_one() -> None:
    evidence = "* 중소중견기업의 해외사업 수주 교섭 비용지원"
    assert overlaps(f"□ 지원\n{evidence}\nㅇ 다음", evidence)
    assert overlaps("중소중견기업의해외사업 수주\n교섭", evidence)
    assert not overlaps("중소중견기업의 다른 이야기를 길게 쓴 문장입니다", evidence)
    assert not overlaps("", evidence)


def test_ranks_count_from_one_and_missing_evidence_has_none() -> None:
    passages = ["something else entirely", "the fund takes the first loss", "the fund grows to three trillion won"]
    ranks = evidence_ranks(passages, ["fund grows to three trillion", "takes the first loss", "never said anywhere"])
    assert ranks == [3, 2, None]
    assert [hit_at(ranks, k) for k in (1, 2, 3)] == [False, True, True]
    assert [covered_at(ranks, k) for k in (1, 2, 3)] == pytest.approx([0, 1 / 3, 2 / 3])


def test_share_of_nothing_is_unknown() -> None:
    assert share([]) is None
    assert share([True, False, False, True]) == 0.5


def test_durations_become_quantiles_in_milliseconds() -> None:
    found = milliseconds(list(np.linspace(0.001, 0.101, 101)))
    assert (found["p50_ms"], found["p95_ms"], found["max_ms"], found["n"]) == (51.0, 96.0, 101.0, 101)
    assert found["per_second"] == pytest.approx(1000 / 51, abs=0.1)


def test_sizes_are_positive_whole_numbers() -> None:
    assert sizes("1000,10_000") == [1000, 10_000]
    with pytest.raises(ValueError, match="abc"):
        sizes("abc")


def test_report_is_written_as_json_and_as_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = Report("sample", ["--sizes", "1"], {"top_k": 5}, figures={"p50": 1.5})
    report.tables.append(Table("Times", ["name", "p50"], [["질의", 1.5], ["none", None]]))
    report.write(tmp_path)
    written = json.loads((tmp_path / "sample.json").read_text(encoding="utf-8"))
    assert written["command"] == "python -m benchmarks sample --sizes 1"
    assert written["figures"] == {"p50": 1.5}
    assert "| 질의 | 1.500 |\n| none | – |" in (tmp_path / "sample.md").read_text(encoding="utf-8")
    assert "### Times" in capsys.readouterr().out


def test_list_names_every_measurement(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in MEASUREMENTS)


def test_unknown_measurement_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["speed-of-light"]) == 2
    assert "dev-questions" in capsys.readouterr().err


@pytest.mark.skipif(not (SHARED / "dev-qa").is_dir(), reason="the development questions are not beside the repository")
def test_development_questions_are_scored() -> None:
    """A scored benchmark: that every figure is produced, not how high it is (``python -m benchmarks dev-questions`` shows that)."""
    questions = read_questions(SHARED / "dev-qa" / "questions.jsonl")
    report = measure(Namespace(shared=SHARED, chunk_chars=None))
    assert [row["id"] for row in report.rows] == [question.question_id for question in questions]
    (figures,) = report.figures.values()
    assert figures["chunks"]["count"] > 0
    for group in GROUPS:
        recall, answers = figures["recall"][group], figures["answers"][group]
        assert 0 <= recall["recall@1"] <= recall["recall@3"] <= recall["recall@5"] <= recall["recall@10"] <= 1
        assert recall["questions"] == answers["answerable"] > 0
        assert all(0 <= answers[name] <= 1 for name in ("all_facts", "citation_hit", "wrongly_refused"))
    assert 0 <= figures["answers"]["all"]["rightly_not_answered"] <= 1
    assert report.tables


def test_legs_that_run_beside_each_other_count_by_the_longer_one() -> None:
    lap = {"query building": 1.0, "lexical search": 4.0, "question embedding": 2.0, "vector search": 3.0}
    assert latency._passed(lap) == 6.0
    assert latency._passed(lap | {"lexical search": 7.0}) == 8.0
    assert latency._passed({}) == 0.0
