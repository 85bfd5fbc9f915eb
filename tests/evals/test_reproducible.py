"""Without a language model a run comes out the same bit for bit, whoever opened the assistant and however fast it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scripted_model_server import ScriptedModelServer

from evals.cli import app
from evals.measures import as_json, judge_run, summary
from evals.page import report_page
from evals.run import load_run, make_run, open_bench, read_questions, save_run

_LIMIT = 14


@pytest.fixture(scope="module")
def runs() -> list[dict[str, Any]]:
    questions = read_questions(split="dev", limit=_LIMIT)
    made = []
    for _ in range(2):
        with open_bench(say=lambda text: None) as bench:
            made.append(make_run(bench, questions, chosen={"limit": _LIMIT}))
    return made


def test_two_runs_are_the_same_bit_for_bit(runs: list[dict[str, Any]]) -> None:
    first, second = (json.dumps(run["comparable"], ensure_ascii=False, sort_keys=True) for run in runs)
    assert first == second
    assert runs[0]["digest"] == runs[1]["digest"]


def test_their_measures_and_intervals_are_the_same_too(runs: list[dict[str, Any]]) -> None:
    first, second = (as_json(summary(run, judge_run(run))) for run in runs)
    assert first == second


def test_a_run_tells_what_it_was_made_with(runs: list[dict[str, Any]]) -> None:
    told = runs[0]["comparable"]
    assert told["settings"]["min_evidence"] > 0
    assert not {"data_dir", "llm_api_key", "database_url"} & set(told["settings"])
    assert {"embedder", "analysis", "versions", "corpus_digest", "questions_digest"} <= set(told)
    assert all("dropped" in row for row in told["questions"])


def test_a_run_that_was_kept_reads_back_as_it_was(runs: list[dict[str, Any]], tmp_path: Any) -> None:
    save_run(runs[0], tmp_path / "kept")
    assert load_run(tmp_path / "kept") == json.loads(json.dumps(runs[0]))


def test_every_command_of_the_suite_is_there() -> None:
    names = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert names >= {"run", "compare", "gate", "sweep", "peers", "validate", "import", "new"}


def test_what_a_language_model_costs_is_told_apart_from_what_must_repeat() -> None:
    with ScriptedModelServer() as server:
        server.script("NONE")
        model = {"llm_model": "scripted", "llm_base_url": server.base_url, "llm_api_key": "k", "llm_input_price": 2.0}
        with open_bench(overrides=model, say=lambda text: None) as bench:
            made = make_run(bench, read_questions(["financing"], limit=2))
    told = made["about"]["model"]
    assert told["calls"] == len(server.requests)
    assert told["cost"] == pytest.approx(told["input_tokens"] * 2.0 / 1_000_000)
    assert "model" not in made["comparable"]
    assert "Language model" in report_page(made, judge_run(made))
