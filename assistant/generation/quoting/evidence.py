"""Whether what was found is evidence at all: the decision to answer or to say that the documents don't."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import fmean

from assistant.generation.quoting.asked_thing import asked_thing
from assistant.generation.quoting.clause_ranker import RankedClause
from assistant.generation.quoting.clauses import Clause
from assistant.generation.quoting.disclaimer import is_not_stated
from assistant.text.language import detect_language
from assistant.types import Query

_WEIGHTS = Path(__file__).parents[1] / "data" / "evidence_weights.json"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|(?<=['‘’])\d{2}(?=[.년上下~∼～)\s])")
# Weights of words that are not said: less than the first is as good as nothing, more than the second as bad as it gets.
_LITTLE, _MOST = 0.3, 2.0
_MOST_KINDS = 3
# The margin of a clause that no other is chosen with.
_ALONE = 2.0
_MOST_CLAUSES, _MAX_BEHIND = 6, 2.0
# Of the clauses that were read together with the question, the best few count, on average.
_BEST_READ = 3


class EvidenceJudge:
    """Decides whether the ranked clauses answer a question.

    The weights are reviewed data, ``data/evidence_weights.json``, fitted on development questions by ``python -m evals.fit_evidence``
    (logistic regression, answerable against unanswerable questions, both classes weighing the same).

    Args:
        min_evidence: the least probability (0 to 1) at which to answer.
    """

    def __init__(self, min_evidence: float) -> None:
        self._min_evidence = min_evidence

    def is_evidence(self, query: Query, ranked: Sequence[RankedClause]) -> bool:
        """Whether the ranked clauses answer: by the likeliest of them, whatever is quoted."""
        return self.probability(query, ranked) >= self._min_evidence

    def probability(self, query: Query, ranked: Sequence[RankedClause]) -> float:
        """How probable it is (0 to 1) that the ranked clauses answer, answerable and unanswerable questions being as frequent."""
        weights = _weights()
        features = self.features(query, ranked)
        logit = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-logit))

    def features(self, query: Query, ranked: Sequence[RankedClause]) -> dict[str, float]:
        """What the decision rests on.

        ``score`` is the best clause's log odds of being evidence, ``margin`` how much more they are than the next likeliest clause's;
        ``found`` is how well its chunk was found, ``found_foreign`` the same where it is in the other language, and 0 elsewhere;
        ``concepts`` is how much the question tells; ``beyond`` whether it asks about a later year than the best passage knows of; ``not_stated`` whether the source itself says
        that it does not say. ``untold_any`` to ``unheld_near`` are those of ``AskedThing``: whether the thing asked for is said.
        ``read`` is what reading question and clause together tells: the mean log odds of the three likeliest so.
        """
        chosen = _likeliest(ranked)
        best = chosen[0].clause
        texts = [f"{c.hit.document.title} {c.context} {c.hit.chunk.text}" for c in (item.clause for item in chosen)]
        question = query.text.rsplit("\n", 1)[-1]
        clauses = [f"{c.text} {c.companion_text} {c.header_text}" for c in (item.clause for item in chosen)]
        headed = [f"{text} {item.clause.context}" for text, item in zip(clauses, chosen, strict=True)]
        asked = asked_thing(question, query.concepts, clauses, headed, texts)
        return {
            "score": chosen[0].odds,
            "margin": min((chosen[0].odds - item.odds for item in chosen[1:]), default=_ALONE),
            "found": best.hit.score,
            "found_foreign": best.hit.score if detect_language(best.text) != query.language else 0.0,
            "concepts": float(len(query.concepts)),
            "beyond": float(_asks_beyond(question, f"{best.context} {best.hit.chunk.text}", best)),
            "not_stated": float(is_not_stated(best.text)),
            "untold_any": float(asked.untold > _LITTLE),
            "untold_near": min(asked.untold_near, _MOST),
            "unheld": float(min(asked.unheld, _MOST_KINDS)),
            "unheld_near": float(min(asked.unheld_near, _MOST_KINDS)),
            "read": fmean(sorted(item.read for item in ranked)[-_BEST_READ:]),
        }


def _likeliest(ranked: Sequence[RankedClause]) -> list[RankedClause]:
    """The clauses that are evidence if any is, the likeliest first: not many, and none far behind."""
    likely = sorted(ranked, key=lambda item: -item.odds)[:_MOST_CLAUSES]
    return [item for item in likely if likely[0].odds - item.odds <= _MAX_BEHIND]


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text("utf-8"))["weights"]
    return weights


def _asks_beyond(question: str, passage: str, best: Clause) -> bool:
    """Whether the question names a year later than the document's date and every year in the passage."""
    asked = _years(question)
    published = best.hit.document.published
    known = _years(passage) | ({published.end.year} if published else set())
    return bool(asked and known) and min(asked) > max(known)


def _years(text: str) -> set[int]:
    return {int(year) if len(year) == 4 else 2000 + int(year) for year in _YEAR.findall(text)}
