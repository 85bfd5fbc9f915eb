"""What the suite says on the terminal, in the language that was asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.cli import app
from evals.gate import fallen
from evals.measures import MEASURES
from evals.run import FORMAT
from evals.scoring import Interval
from evals.terminal_words import _KOREAN, in_terminal

RUN = CliRunner()


def test_both_languages_of_a_sentence_name_the_same_things() -> None:
    for english, korean in _KOREAN.items():
        assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", korean)), english


def test_what_fell_below_its_threshold_is_named_in_korean() -> None:
    means = {"lang/en": {"right": Interval(0.5, 0.4, 0.6, 20)}}
    [low, absent] = fallen({"lang/en": {"right": 0.8}, "kind/event": {"right": 0.9}}, means)
    assert in_terminal(f"below its threshold: {low}", "ko") == (
        "기준 미달: 영어 질문: 전체 정답(right) 0.500, 기준 0.800(질문 20개)"
    )
    assert in_terminal(absent, "ko") == "행사·일정: 전체 정답(right) 측정되지 않음"
    assert in_terminal(low, "en") == low


def test_every_measure_has_a_korean_name() -> None:
    assert all(in_terminal(english, "ko") == korean for korean, english in MEASURES.values())


def test_a_name_that_is_no_sentence_stays() -> None:
    assert in_terminal("right_fusion=0.2", "ko") == "right_fusion=0.2"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "--split", "half"], "--split half: dev, test, all 가운데 하나여야 합니다"),
        (["run", "--set", "nothing"], "nothing: 그런 세트가 없습니다"),
        (["compare", "one", "two"], "one: 그곳에 실행 결과가 없고"),
        (["run", "--judge", "oracle"], "oracle: 그런 판정 방식이 없습니다"),
        (["sweep", "--vary", "colour=red"], "colour: 바꾸어 볼 수 있는 설정이 아닙니다"),
        (["sweep", "--vary", "colour"], "colour: 이름=값,값으로 적어 주십시오"),
        (["gate", "--thresholds", "none.toml"], "none.toml: 그런 파일이나 폴더가 없습니다"),
        (["validate", "none.jsonl"], "none.jsonl: 그런 파일이나 폴더가 없습니다"),
    ],
)
def test_wrong_use_is_told_in_the_language_asked_for(arguments: list[str], told: str) -> None:
    result = RUN.invoke(app, [*arguments, "--language", "ko"])
    assert result.exit_code == 2
    assert result.stderr.startswith(f"annae eval: {told}")


def test_a_third_language_is_refused() -> None:
    result = RUN.invoke(app, ["compare", "one", "two", "--language", "fr"])
    assert (result.exit_code, result.stderr) == (2, "annae eval: --language fr: it is ko or en\n")


@pytest.mark.parametrize(
    ("language", "told"),
    [("ko", ("나아진 질문", "구간", "전체 정답", "차이(95%)")), ("en", ("questions better", "slice", "Right as a"))],
)
def test_two_runs_are_compared_in_the_language_asked_for(tmp_path: Path, language: str, told: tuple[str, ...]) -> None:
    runs = []
    for name, status in (("old", "no_evidence"), ("new", "answered")):
        runs.append(tmp_path / name / "run.json")
        runs[-1].parent.mkdir()
        runs[-1].write_text(json.dumps(_run(status)), encoding="utf-8")
    result = RUN.invoke(app, ["compare", *map(str, runs), "--language", language])
    assert result.exit_code == 0
    assert all(wording in result.stdout for wording in told)


def _run(status: str) -> dict[str, object]:
    expected = {
        "id": "q-1",
        "lang": "ko",
        "kind": "fact",
        "question": "한도는?",
        "cross_lingual": False,
        "must_contain": [],
        "expected_status": ["no_evidence"],
    }
    got = {"status": status, "text": "없습니다.", "language": "ko", "claims": [], "citations": [], "notices": []}
    row = {
        "id": "q-1",
        "expected": expected,
        "as_of": "2026-11-22",
        "error": None,
        "got": got,
        "retrieved": [],
        "relevant": [],
    }
    return {"format": FORMAT, "digest": "0", "comparable": {"questions": [row]}, "seconds": {"q-1": {"total": 0.1}}}
