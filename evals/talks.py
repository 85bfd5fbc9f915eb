"""Hold whole conversations: ``python -m evals.talks [FILE]`` (``sets/talks.jsonl``). Each answer is the history of the next question.

The ``dialogues`` set has its history written down; here a wrong turn is followed by what it leads to, as for a real asker. Prints how often
the first question of a talk and the later ones are answered with every key fact, cite gold evidence, or are declined as they should be;
``--failures`` lists the talks in which something went wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.types import Answer, AnswerStatus, Question, Turn
from evals.check_sets import SETS
from evals.datasets import read_jsonl
from evals.matching import overlaps, says_all
from evals.run import Asked, open_bench
from evals.scoring import mean_interval

TALKS = SETS / "talks.jsonl"
_ANSWERED = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)


@dataclass(frozen=True, slots=True)
class Judged:
    """One turn of a talk: what was asked and expected, the answer, and what is right about it.

    ``scores`` has ``facts``, ``cited`` and ``refused`` where an answer is expected, of those ``cited`` only where there was one, and
    ``declined`` where none is.
    """

    turn: Mapping[str, Any]
    place: int
    answer: Answer
    scores: dict[str, bool]

    @property
    def is_right(self) -> bool:
        """Whether all key facts were told, or the question was declined that has no answer."""
        return self.scores.get("facts", False) or self.scores.get("declined", False)


def hold(assistant: Asked, talk: Mapping[str, Any]) -> Iterator[Judged]:
    """Ask the questions of a talk one after the other, with the real answers between them."""
    history: tuple[Turn, ...] = ()
    for place, turn in enumerate(talk["turns"]):
        answer = assistant.ask(Question(turn["question"], date.fromisoformat(talk["as_of"]), history))
        history += (Turn("user", turn["question"]), Turn("assistant", answer.text))
        yield Judged(turn, place, answer, _scores(turn, answer))


def _scores(turn: Mapping[str, Any], answer: Answer) -> dict[str, bool]:
    answered = answer.status in _ANSWERED
    if turn["expected"] == "declined":
        return {"declined": not answered}
    shown = "\n".join((answer.text, *(notice.text for notice in answer.notices if notice.kind != "passage")))
    scores = {"facts": answered and says_all(shown, turn["must_contain"]), "refused": not answered}
    if answered:
        quotes = [citation.quote for citation in answer.citations]
        scores["cited"] = any(overlaps(quote, piece) for quote in quotes for piece in turn["evidence"])
    return scores


def table(judged: Sequence[Judged]) -> str:
    """Share and 95 % bootstrap interval of each score, for first and for later turns."""
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in judged:
        for name, value in one.scores.items():
            values["later" if one.place else "first", name].append(float(value))
    lines = []
    for (turns, name), found in sorted(values.items()):
        share = mean_interval(found)
        lines.append(f"{turns:6} {name:9} {share.mean:.3f} [{share.low:.2f}, {share.high:.2f}] of {len(found)}")
    return "\n".join(lines)


def _failure(talk: Mapping[str, Any], judged: Sequence[Judged]) -> str:
    lines = [talk["id"]]
    for one in judged:
        meant = f"  [{one.answer.standalone_query}]" if one.answer.standalone_query else ""
        lines.append(f"  {'+' if one.is_right else '-'} {one.turn['question']}  ({one.answer.status.value}){meant}")
        if not one.is_right:
            lines.append(f"      expected: {'; '.join(fact[0] for fact in one.turn['must_contain']) or 'no answer'}")
            lines.append(f"      got: {' / '.join(one.answer.text.splitlines())[:400]}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Hold the talks and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=TALKS, help="JSON lines like those of sets/talks.jsonl")
    parser.add_argument("--data-dir", type=Path, help="a filled data folder to ask in place of the sample corpus")
    parser.add_argument("--failures", action="store_true", help="list the talks in which something went wrong")
    options = parser.parse_args(arguments)
    judged: list[Judged] = []
    with open_bench(options.data_dir) as bench:
        for talk in read_jsonl(options.file):
            turns = list(hold(bench.assistant, talk))
            judged += turns
            if options.failures and not all(one.is_right for one in turns):
                print(_failure(talk, turns))
    print(table(judged))
    return 0


if __name__ == "__main__":
    sys.exit(main())
