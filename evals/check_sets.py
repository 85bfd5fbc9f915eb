"""Check the sets of questions to be answered: ``python -m evals.check_sets``."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.types import AnswerStatus
from evals.datasets import ROOT, SHORT_SET, bare_text, read_jsonl, split_of

SETS = SHORT_SET.parent
TEXTS = ROOT / "corpus" / "texts"
# Set (file), prefix of its ids, kind of question, least number of questions (of pairs, for parity).
KINDS = {
    "facts": ("fa", "fact", 40),
    "eligibility": ("el", "eligibility", 30),
    "financing": ("fi", "financing", 30),
    "events": ("ev", "event", 30),
    "responsibility": ("re", "responsibility", 24),
    "definitions": ("de", "definition", 20),
    "comparisons": ("co", "comparison", 24),
    "dialogues": ("di", "dialogue", 40),
    "unanswerable": ("un", "unanswerable", 70),
    "false_premise": ("fp", "false_premise", 26),
    "adversarial": ("ad", "adversarial", 44),
    "misspelt": ("ms", "misspelt", 26),
    "parity": ("pa", "parity", 30),
}
FIELDS = {
    "id",
    "lang",
    "question",
    "history",
    "as_of",
    "kind",
    "cross_lingual",
    "doc",
    "evidence",
    "must_contain",
    "expected_status",
    "difficulty",
    "split",
}
OPTIONAL = {"must_not_contain", "profile"}
# What may be known of the asking company, as POST /api/eligibility takes it.
PROFILE_FIELDS = {
    "size",
    "region",
    "sector",
    "years_in_business",
    "export_record",
    "consortium_with_large",
    "target_country",
}
WITHOUT_EVIDENCE = {"unanswerable", "adversarial"}
ANSWERS = {AnswerStatus.ANSWERED, AnswerStatus.PARTIAL}
SPLITS = {"development": "dev", "test": "test"}
DIRECTIONS = ("Korean", "English", "cross-lingual")
MIN_QUESTIONS = 420
MIN_SHARE_OF_DIRECTION = 0.25
MIN_SHARE_OF_LANGUAGE = 0.4
MIN_SHARE_OF_SPLIT = 0.4
_SAME_IN_A_PAIR = (
    "as_of",
    "profile",
    "doc",
    "evidence",
    "must_contain",
    "must_not_contain",
    "expected_status",
    "difficulty",
)
_LONGEST_COPY = 20


def check(sets: Path = SETS, texts: Path = TEXTS) -> list[str]:
    """What is wrong with the sets in a folder, one line each; nothing if all is well."""
    documents = {file.stem: _body(file.read_text(encoding="utf-8")) for file in sorted(texts.glob("*.md"))}
    languages = {file.stem: _language(file.read_text(encoding="utf-8")) for file in sorted(texts.glob("*.md"))}
    problems: list[str] = []
    rows: list[dict[str, Any]] = []
    for name, (prefix, kind, _) in KINDS.items():
        for place, row in _lines(sets / f"{name}.jsonl", problems):
            found = list(_shape_problems(row))
            problems += [f"{place}: {problem}" for problem in found]
            if found:
                continue
            found = [*_value_problems(row, prefix, kind), *_evidence_problems(row, documents, languages)]
            problems += [f"{row['id']}: {problem}" for problem in found]
            rows.append(row)
    problems += _pair_problems(rows)
    problems += _repetitions(rows, sets / SHORT_SET.name)
    problems += _count_problems(rows)
    readme = sets / "README.md"
    if not readme.is_file() or counts_table(rows) not in readme.read_text(encoding="utf-8"):
        problems.append("README.md: its table of counts is not the one that --counts prints")
    return problems


def direction_of(row: dict[str, Any]) -> str:
    """Cross-lingual, or the language that question and documents share."""
    if row["cross_lingual"]:
        return "cross-lingual"
    return "Korean" if row["lang"] == "ko" else "English"


def counts_table(rows: Sequence[dict[str, Any]]) -> str:
    """Questions per set, language and direction, in Markdown."""
    lines = [
        "| Set | Korean question | English question | of these cross-lingual | development | test | all |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, (_, kind, _) in [*KINDS.items(), ("**all**", ("", None, 0))]:
        chosen = [row for row in rows if kind in (row["kind"], None)]
        counts = Counter(key for row in chosen for key in (row["lang"], row["split"], row["cross_lingual"]))
        cells = (counts[key] for key in ("ko", "en", True, "dev", "test"))
        lines.append(f"| {name} | {' | '.join(str(cell) for cell in cells)} | {len(chosen)} |")
    return "\n".join(lines) + "\n"


def read_sets(sets: Path = SETS) -> list[dict[str, Any]]:
    """Every question of every set, in the order of ``KINDS``."""
    return [row for name in KINDS for row in read_jsonl(sets / f"{name}.jsonl")]


def _lines(path: Path, problems: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not path.is_file():
        problems.append(f"{path.name}: the set is not there")
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path.name}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            problems.append(f"{place}: not JSON: {error}")
            continue
        if isinstance(row, dict):
            yield f"{place} ({row.get('id')})", row
        else:
            problems.append(f"{place}: not an object")


def _shape_problems(row: dict[str, Any]) -> Iterator[str]:
    wanted = FIELDS | ({"pair"} if row.get("kind") == "parity" else set())
    if missing := sorted(wanted - set(row)):
        yield f"fields {missing} are missing"
    if unknown := sorted(set(row) - wanted - OPTIONAL):
        yield f"fields {unknown} are unknown"
    for field in ("id", "lang", "question", "kind", "split", "pair"):
        if field in row and not (isinstance(row[field], str) and row[field].strip()):
            yield f"{field} is not a text"
    for field in ("doc", "evidence", "expected_status", "must_not_contain"):
        if field in row and not _is_texts(row[field]):
            yield f"{field} is not a list of texts"
    if "must_contain" in row and not (
        isinstance(row["must_contain"], list) and all(_is_texts(group) and group for group in row["must_contain"])
    ):
        yield "must_contain is not a list of lists of alternatives"
    if "profile" in row and not (
        isinstance(row["profile"], dict) and row["profile"] and set(row["profile"]) <= PROFILE_FIELDS
    ):
        yield f"profile is not an object with some of {', '.join(sorted(PROFILE_FIELDS))}"
    if "cross_lingual" in row and not isinstance(row["cross_lingual"], bool):
        yield "cross_lingual is neither true nor false"
    if "history" in row and not _is_conversation(row["history"]):
        yield "history is not turns of user and assistant, in turn"


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _is_conversation(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) % 2 == 0
        and all(
            isinstance(turn, dict)
            and set(turn) == {"role", "content"}
            and turn["role"] == ("user", "assistant")[number % 2]
            and isinstance(turn["content"], str)
            and turn["content"].strip()
            for number, turn in enumerate(value)
        )
    )


def _value_problems(row: dict[str, Any], prefix: str, kind: str) -> Iterator[str]:
    if not re.fullmatch(rf"{prefix}-\d{{3}}" + ("-(ko|en)" if kind == "parity" else ""), row["id"]):
        yield f"the id is not like {prefix}-001"
    if row["kind"] != kind:
        yield f"is of the kind {row['kind']}, in the set of the kind {kind}"
    if row["lang"] not in ("ko", "en"):
        yield f"the language {row['lang']!r} is neither ko nor en"
    if row["as_of"] is not None and not _is_date(row["as_of"]):
        yield f"as_of {row['as_of']!r} is not a date"
    if kind == "event" and row["as_of"] is None:
        yield "a question on an event has no as_of"
    if kind == "dialogue" and len(row["history"]) not in (2, 4):
        yield "a dialogue has two or three turns"
    if row["difficulty"] not in (1, 2, 3):
        yield f"the difficulty {row['difficulty']!r} is not 1, 2 or 3"
    if row["split"] != SPLITS[split_of(row["id"])]:
        yield f"is in the {row['split']} half, and its id says {SPLITS[split_of(row['id'])]}"
    statuses = set(row["expected_status"])
    if not statuses or not statuses <= {status.value for status in AnswerStatus}:
        yield f"the expected status {row['expected_status']} is none of the product's"
    if bool(row["evidence"]) != bool(statuses & ANSWERS):
        yield "evidence and expected status disagree on whether there is an answer"
    if bool(row["evidence"]) != bool(row["must_contain"]):
        yield "evidence without key facts, or key facts without evidence"
    if kind in WITHOUT_EVIDENCE and row["evidence"]:
        yield "a question without an answer has evidence"
    if kind not in WITHOUT_EVIDENCE | {"parity"} and not row["evidence"]:
        yield "has no evidence"


def _is_date(value: Any) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        return False


def _evidence_problems(row: dict[str, Any], documents: dict[str, str], languages: dict[str, str]) -> Iterator[str]:
    known = [name for name in row["doc"] if name in documents]
    for name in row["doc"]:
        if name not in documents:
            yield f"there is no document {name}"
        elif not any(_stands(quote, documents[name]) for quote in row["evidence"]):
            yield f"no evidence stands in {name}"
    for quote in row["evidence"]:
        if not any(_stands(quote, documents[name]) for name in known):
            yield f"no document listed holds {quote!r}"
        if len(bare_text(quote)) >= _LONGEST_COPY and bare_text(quote) in bare_text(row["question"]):
            yield f"the question copies {quote!r}"
    for field in ("doc", "evidence"):
        if len(set(row[field])) != len(row[field]):
            yield f"{field} repeats itself"
    cross_lingual = bool(known) and all(languages[name] != row["lang"] for name in known)
    if row["cross_lingual"] != cross_lingual:
        yield f"cross_lingual should be {cross_lingual}"


def _stands(quote: str, text: str) -> bool:
    return any(quote in line for line in text.split("\n"))


def _pair_problems(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    pairs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if "pair" in row:
            pairs[row["pair"]].append(row)
    for name, halves in pairs.items():
        if sorted((half["lang"], half["id"]) for half in halves) != [("en", f"{name}-en"), ("ko", f"{name}-ko")]:
            yield f"{name}: a pair is one Korean and one English question"
            continue
        first, second = halves
        yield from (f"{name}: its halves differ in {f}" for f in _SAME_IN_A_PAIR if first.get(f) != second.get(f))
        if first["split"] != second["split"]:
            yield f"{name}: its halves are in different splits; take the next number"


def _repetitions(rows: Sequence[dict[str, Any]], short_set: Path) -> Iterator[str]:
    for identity, count in Counter(row["id"] for row in rows).items():
        if count > 1:
            yield f"{identity}: stands {count} times"
    asked: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        asked[bare_text(row["question"] + " ".join(turn["content"] for turn in row["history"]))].append(row["id"])
    if short_set.is_file():
        for row in read_jsonl(short_set):
            asked[bare_text(row["question"])].append(row["id"])
    yield from (f"{', '.join(ids)}: the same question" for ids in asked.values() if len(ids) > 1)


def _count_problems(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    kinds = Counter(row["kind"] for row in rows)
    for name, (_, kind, least) in KINDS.items():
        number = kinds[kind] // 2 if kind == "parity" else kinds[kind]
        if number < least:
            yield f"{name}: {number} questions, not {least}"
    if len(rows) < MIN_QUESTIONS:
        yield f"{len(rows)} questions, not {MIN_QUESTIONS}"
    answerable = [direction_of(row) for row in rows if row["evidence"]]
    yield from _shares("of the answerable questions", answerable, DIRECTIONS, MIN_SHARE_OF_DIRECTION)
    yield from _shares("of the questions, by language", [r["lang"] for r in rows], ("ko", "en"), MIN_SHARE_OF_LANGUAGE)
    yield from _shares("of the questions, by half", [r["split"] for r in rows], ("dev", "test"), MIN_SHARE_OF_SPLIT)
    for kind in ("event", "dialogue"):
        dates = {row["as_of"] for row in rows if row["kind"] == kind and row["as_of"]}
        if len(dates) < 3:
            yield f"{kind}: only {len(dates)} different as_of dates"


def _shares(what: str, values: Sequence[str], wanted: Sequence[str], least: float) -> Iterator[str]:
    counts = Counter(values)
    for value in wanted:
        if counts[value] < least * len(values):
            yield f"{value}: {counts[value]} {what}, less than {least:.0%} of {len(values)}"


def _body(text: str) -> str:
    return text.split("\n---\n", 1)[-1]


def _language(text: str) -> str:
    return "ko" if "\nlanguage: ko\n" in text.split("\n---\n")[0] + "\n" else "en"


def main(arguments: Sequence[str] = ()) -> int:
    """Print the problems, or the counts."""
    if "--counts" in arguments:
        print(counts_table(read_sets()), end="")
        return 0
    problems = check()
    for problem in problems:
        print(problem)
    if not problems:
        rows = read_sets()
        print(f"{len(rows)} questions, {sum(len(row['evidence']) for row in rows)} pieces of evidence: all found\n")
        print(counts_table(rows))
        directions = Counter(direction_of(row) for row in rows if row["evidence"])
        print("answerable: " + ", ".join(f"{directions[name]} {name}" for name in DIRECTIONS))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
