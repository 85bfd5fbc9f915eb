import json
import shutil

import pytest

from evals.check_sets import KINDS, SETS, check, counts_table, direction_of, main, read_sets


@pytest.fixture
def sets(tmp_path):
    for file in SETS.iterdir():
        shutil.copy(file, tmp_path / file.name)
    return tmp_path


def rows_of(folder, name):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line]


def write(folder, name, rows):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def test_the_sets_are_valid():
    assert check() == []


def test_the_check_prints_the_counts_of_valid_sets(capsys):
    assert main() == 0
    assert counts_table(read_sets()) in capsys.readouterr().out


def test_the_sets_are_balanced():
    answerable = [direction_of(row) for row in read_sets() if row["evidence"]]

    for direction in ("Korean", "English", "cross-lingual"):
        assert answerable.count(direction) >= 100


def test_hidden_characters_are_written_as_escapes():
    text = (SETS / "adversarial.jsonl").read_text(encoding="utf-8")

    assert all(character.isprintable() or character == "\n" for character in text)
    assert any("\u200b" in row["question"] for row in rows_of(SETS, "adversarial"))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"evidence": ["이 문장은 어디에도 없습니다"]}, "no document listed holds"),
        ({"doc": ["ko-no-such-text"]}, "there is no document ko-no-such-text"),
        ({"cross_lingual": True}, "cross_lingual should be False"),
        ({"split": "neither"}, "half"),
        ({"profile": {"shoe_size": 42}}, "profile is not an object"),
        ({"profile": {}}, "profile is not an object"),
        ({"lang": "de"}, "neither ko nor en"),
        ({"must_contain": []}, "evidence without key facts"),
        ({"must_contain": ["675"]}, "list of lists"),
        ({"must_contain": [[]]}, "list of lists"),
        ({"expected_status": ["maybe"]}, "none of the product's"),
        ({"expected_status": ["no_evidence"]}, "disagree"),
        ({"expected_status": []}, "none of the product's"),
        ({"difficulty": 4}, "difficulty"),
        ({"as_of": "2027-2-5"}, "is not a date"),
        ({"kind": "event"}, "in the set of the kind fact"),
        ({"id": "xx-001"}, "not like fa-001"),
        ({"id": "fa-002"}, "stands 2 times"),
        ({"history": [{"role": "assistant", "content": "네."}]}, "history"),
        ({"question": " "}, "question is not a text"),
        ({"extra": 1}, "['extra'] are unknown"),
    ],
)
def test_a_fault_of_a_question_is_named(sets, change, problem):
    first, *others = rows_of(sets, "facts")
    write(sets, "facts", [first | change, *others])

    assert any(problem in found for found in check(sets))


def test_every_problem_is_named(sets):
    first, second, *others = rows_of(sets, "facts")
    write(sets, "facts", [first | {"difficulty": 9}, second | {"evidence": ["nowhere at all"]}, *others])

    problems = check(sets)

    assert any(found.startswith(f"{first['id']}: the difficulty") for found in problems)
    assert any(found.startswith(f"{second['id']}: no document listed") for found in problems)


def test_a_missing_field_a_broken_line_and_a_missing_set_are_named(sets):
    rows = rows_of(sets, "facts")
    del rows[0]["doc"]
    write(sets, "facts", rows)
    (sets / "events.jsonl").write_text("{\n[]\n", encoding="utf-8")
    (sets / "misspelt.jsonl").unlink()

    problems = check(sets)

    assert any("facts.jsonl:1" in found and "['doc'] are missing" in found for found in problems)
    assert any("events.jsonl:1: not JSON" in found for found in problems)
    assert "events.jsonl:2: not an object" in problems
    assert "misspelt.jsonl: the set is not there" in problems


def test_a_question_without_an_answer_may_not_expect_one(sets):
    first, *others = rows_of(sets, "unanswerable")
    write(sets, "unanswerable", [first | {"expected_status": ["answered"]}, *others])

    assert f"{first['id']}: evidence and expected status disagree on whether there is an answer" in check(sets)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"must_contain": [["something else"]]}, "halves differ in must_contain"),
        ({"as_of": "2027-01-01"}, "halves differ in as_of"),
        ({"expected_status": ["partial"]}, "halves differ in expected_status"),
        ({"lang": "en"}, "one Korean and one English"),
        ({"pair": "pa-999"}, "one Korean and one English"),
    ],
)
def test_a_pair_that_is_none_is_named(sets, change, problem):
    rows = rows_of(sets, "parity")
    number = next(i for i, row in enumerate(rows) if row["lang"] == "ko" and row["evidence"] and not row["as_of"])
    rows[number] |= change
    write(sets, "parity", rows)

    assert any(problem in found for found in check(sets))


@pytest.mark.parametrize("name", KINDS)
def test_a_set_that_is_too_small_is_named(sets, name):
    write(sets, name, rows_of(sets, name)[:4])

    assert any(found.startswith(f"{name}: ") and "questions, not" in found for found in check(sets))


def test_an_unbalanced_choice_is_named(sets):
    for name in KINDS:
        write(sets, name, [row for row in rows_of(sets, name) if row["lang"] == "ko" and not row["cross_lingual"]])

    problems = check(sets)

    assert any(found.startswith("en: 0 of the questions") for found in problems)
    assert any(found.startswith("cross-lingual: 0 of the answerable") for found in problems)


def test_a_repeated_question_is_named(sets):
    first, second, *others = rows_of(sets, "financing")
    write(sets, "financing", [first, second | {"question": first["question"].replace(" ", "")}, *others])

    assert f"{first['id']}, {second['id']}: the same question" in check(sets)


def test_stale_counts_in_the_readme_are_named(sets):
    readme = sets / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8").replace("| facts |", "| facts  |"), encoding="utf-8")

    assert any("README.md" in found for found in check(sets))
