"""Where to put ``min_evidence``: ``python -m evals.calibrate`` (development questions only).

Each question is searched for and ranked once; the judge of evidence is then asked at every value of the grid. Its weights were
fitted on the same questions: ``evals.fit_evidence`` prints the cross-validated trade, which is a little worse.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.generation.quoting.clause_ranker import RankedClause
from assistant.generation.quoting.evidence import EvidenceJudge
from assistant.types import AnswerStatus, Query
from evals.charts import curves
from evals.check_sets import KINDS, SETS
from evals.datasets import ROOT
from evals.run import Bench, as_question, open_bench, read_questions

GRID = tuple(round(0.2 + 0.05 * step, 2) for step in range(11))
_PICTURE = ROOT / "docs" / "images" / "refusal.svg"
_ANSWERS = ("answered", "partial")


class _Grid(EvidenceJudge):
    """Judges at every value, and remembers at which it would have answered; itself it lets everything pass that any value does."""

    def __init__(self, grid: Sequence[float]) -> None:
        super().__init__(min(grid))
        self._grid = grid
        self.passed: dict[float, bool] = {}

    def is_evidence(self, query: Query, ranked: Sequence[RankedClause]) -> bool:
        """See ``EvidenceJudge.is_evidence``."""
        probability = self.probability(query, ranked)
        passed = {value: probability >= value for value in self._grid}
        # What is asked next is a part of the question.
        self.passed = self.passed or passed
        return any(passed.values())


@dataclass(frozen=True, slots=True)
class Point:
    """What a value of the setting does to the development questions."""

    value: float
    answerable: int
    wrongly_refused: int
    unanswerable: int
    wrongly_answered: int

    @property
    def refused_ratio(self) -> float:
        """Share of the answerable questions that are refused."""
        return self.wrongly_refused / max(1, self.answerable)

    @property
    def answered_ratio(self) -> float:
        """Share of the unanswerable questions that are answered."""
        return self.wrongly_answered / max(1, self.unanswerable)


def measure(
    bench: Bench,
    questions: Sequence[Mapping[str, Any]],
    grid: Sequence[float] = GRID,
    tell: Callable[[str], None] = print,
) -> list[Point]:
    """Ask every question once and count at every value."""
    judge = _Grid(grid)
    assistant: Any = bench.assistant
    # The one part that is measured; everything else is as it ships.
    assistant._composer._quoting._judge = judge
    answered = {value: {True: 0, False: 0} for value in grid}
    counts = {True: 0, False: 0}
    for number, row in enumerate(questions, start=1):
        answerable = bool(set(row["expected_status"]) & set(_ANSWERS))
        counts[answerable] += 1
        judge.passed = {}
        answer = None
        for event in assistant.stream(as_question(row)):
            answer = event.answer or answer
        if answer is not None and answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
            for value in grid:
                # An answer that no judge was asked about is one at every value.
                answered[value][answerable] += judge.passed.get(value, True)
        if number % 100 == 0:
            tell(f"{number} of {len(questions)} questions asked")
    return [
        Point(value, counts[True], counts[True] - answered[value][True], counts[False], answered[value][False])
        for value in grid
    ]


def table(points: Sequence[Point], current: float) -> str:
    """The counts in Markdown."""
    lines = ["| min_evidence | wrongly refused | wrongly answered | sum of both ratios |", "|---|---|---|---|"]
    for point in points:
        mark = " (set)" if abs(point.value - current) < 1e-9 else ""
        lines.append(
            f"| {point.value:.2f}{mark} | {point.wrongly_refused} of {point.answerable} ({point.refused_ratio:.1%}) "
            f"| {point.wrongly_answered} of {point.unanswerable} ({point.answered_ratio:.1%}) "
            f"| {point.refused_ratio + point.answered_ratio:.3f} |"
        )
    return "\n".join(lines) + "\n"


def picture(points: Sequence[Point], current: float) -> str:
    """Both ratios over the setting, as SVG."""
    lines = [
        ("wrongly refused", [(point.value, point.refused_ratio) for point in points]),
        ("wrongly answered", [(point.value, point.answered_ratio) for point in points]),
    ]
    return curves("Refusal on the development questions by min_evidence", "min_evidence", lines, mark=current) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.calibrate", description=__doc__)
    parser.add_argument("--limit", type=int, help="at most this many questions, the same ones every time")
    parser.add_argument("--picture", type=Path, default=_PICTURE)
    options = parser.parse_args(arguments)
    # The test half stays unread: thresholds are set on the other one.
    sets = [*KINDS, str(SETS / "refusal_dev.jsonl")]
    questions = read_questions(sets, split="dev", limit=options.limit)
    with open_bench() as bench:
        current = bench.workspace.settings.min_evidence
        points = measure(bench, questions)
    print(table(points, current))
    options.picture.parent.mkdir(parents=True, exist_ok=True)
    options.picture.write_text(picture(points, current), encoding="utf-8")
    print(f"{options.picture}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
