import json

import pytest

from evals.datasets import SHORT_SET, read_jsonl, split_of
from evals.validate import validate


def test_the_short_set_is_valid():
    assert validate() == []


def test_the_set_is_balanced():
    rows = read_jsonl(SHORT_SET)

    assert len(rows) >= 220
    assert sum(row["cross_lingual"] for row in rows) >= 160
    development = sum(row["split"] == "development" for row in rows)
    assert 0.4 < development / len(rows) < 0.6


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"relevant": [{"document": "ko-pis-fund-sheet", "quote": "이 문장은 어디에도 없습니다"}]}, "0 lines hold"),
        (
            {"relevant": [{"document": "ko-no-such-text", "quote": "이 문장은 어디에도 없습니다"}]},
            "there is no document",
        ),
        ({"relevant": [{"document": "ko-pis-fund-sheet", "quote": "1.5조원"}]}, "shorter than"),
        ({"search_language": "en"}, "search_language"),
        ({"split": "neither"}, "half"),
        ({"extra": 1}, "missing or unknown"),
    ],
)
def test_a_fault_is_named(tmp_path, change, problem):
    row = next(row for row in read_jsonl(SHORT_SET) if row["search_language"] == "ko")
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(row | change, ensure_ascii=False), encoding="utf-8")

    assert any(problem in found for found in validate(path))


def test_a_question_never_changes_its_half():
    assert split_of("s-enko-pis-total") == split_of("s-enko-pis-total")
    assert {split_of(str(n)) for n in range(20)} == {"development", "test"}
