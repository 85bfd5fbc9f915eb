"""Check the question set: ``python -m evals.validate``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from evals.datasets import ROOT, SHORT_SET, bare_text, read_jsonl, split_of

TEXTS = ROOT / "corpus" / "texts"
FIELDS = {"id", "lang", "question", "search_language", "cross_lingual", "split", "topic", "relevant"}
MIN_QUOTE_CHARS = 12
MIN_QUESTIONS = {"ko→en": 80, "en→ko": 80, "ko→ko": 30, "en→en": 30}
_WORDS = range(2, 17)


def validate(path: Path = SHORT_SET, texts: Path = TEXTS) -> list[str]:
    """What is wrong with the set, one line each; nothing if all is well."""
    rows = read_jsonl(path)
    problems = [
        f"{field} {value!r} stands {count} times"
        for field in ("id", "question")
        for value, count in Counter(row[field] for row in rows).items()
        if count > 1
    ]
    documents = {file.stem: file.read_text(encoding="utf-8") for file in texts.glob("*.md")}
    for row in rows:
        problems += [f"{row.get('id')}: {problem}" for problem in _row_problems(row, documents)]
    if not problems:
        counts = Counter(direction_of(row) for row in rows)
        problems += [
            f"{d}: {counts[d]} questions, not {least}" for d, least in MIN_QUESTIONS.items() if counts[d] < least
        ]
    return problems


def _row_problems(row: dict[str, Any], documents: dict[str, str]) -> list[str]:
    if set(row) != FIELDS:
        return [f"fields {sorted(set(row) ^ FIELDS)} are missing or unknown"]
    problems = []
    if row["lang"] not in ("ko", "en") or row["search_language"] not in ("ko", "en", None):
        problems.append("a language is neither ko nor en")
    if row["split"] != split_of(row["id"]):
        problems.append(f"is in the {row['split']} half, and its id says {split_of(row['id'])}")
    if len(row["question"].split()) not in _WORDS:
        problems.append("the question is too short or too long")
    languages = set()
    for item in row["relevant"]:
        text = documents.get(item["document"])
        if text is None:
            problems.append(f"there is no document {item['document']}")
            continue
        languages.add(_language(text))
        found = sum(item["quote"] in line for line in text.split("\n"))
        if found != 1:
            problems.append(f"{item['document']}: {found} lines hold {item['quote']!r}")
        if len(item["quote"]) < MIN_QUOTE_CHARS:
            problems.append(f"{item['document']}: {item['quote']!r} is shorter than {MIN_QUOTE_CHARS} characters")
        if bare_text(item["quote"]) == bare_text(row["question"]):
            problems.append("the question copies its quotation")
    wanted = ({"ko", "en"} - {row["lang"]}).pop() if row["cross_lingual"] else row["lang"]
    if wanted not in languages:
        problems.append(f"no relevant passage is in {wanted}")
    if row["cross_lingual"] and (row["lang"] in languages) != (row["search_language"] == wanted):
        problems.append("search_language must be set where both languages answer, and only there")
    if not row["cross_lingual"] and row["search_language"] is not None:
        problems.append("a same-language question searches everything")
    return problems


def direction_of(row: dict[str, Any]) -> str:
    """Question language, arrow, document language."""
    other = "en" if row["lang"] == "ko" else "ko"
    return f"{row['lang']}→{other if row['cross_lingual'] else row['lang']}"


def _language(text: str) -> str:
    return "ko" if "\nlanguage: ko\n" in text.split("\n---\n")[0] + "\n" else "en"


def main() -> int:
    """Print the problems, or the counts."""
    problems = validate()
    for problem in problems:
        print(problem)
    if not problems:
        rows = read_jsonl(SHORT_SET)
        print(f"{len(rows)} questions, {sum(len(row['relevant']) for row in rows)} quotations: all found")
        for name, key in (("direction", lambda row: direction_of(row)), ("topic", lambda row: row["topic"])):
            counts = Counter((key(row), row["split"]) for row in rows)
            for value in sorted({value for value, _ in counts}):
                print(f"{name} {value}: {counts[value, 'development']} development, {counts[value, 'test']} test")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
