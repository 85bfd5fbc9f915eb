"""Which clauses answer: weighted sums of what a clause says, what stands around it, and how near its meaning is.

Which of a question's clauses is likeliest, and whether a clause answers at all, are two questions with their own weights. Both are
reviewed data, ``data/clause_weights.json``, fitted on development questions by ``python -m evals.fit_clauses``.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.generation.answer_kind import (
    STRICT_KINDS,
    AnswerKind,
    asks_whether,
    holds_kind,
    names_kind,
    tells_whether,
)
from assistant.generation.quoting.clauses import CELL, Clause
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.definition import Definition
from assistant.generation.quoting.disclaimer import is_on_itself
from assistant.text.language import detect_language
from assistant.text.places import find_places
from assistant.types import Query

_WEIGHTS = Path(__file__).parents[1] / "data" / "clause_weights.json"
# Meaning is asked of the clauses that words alone put first, and the first of those are read together with the question: models are the
# dear part.
_EMBEDDED = 20
_READ = 8
_REMEMBERED = 20_000
# An address may be where to send what one applies with.
_MAY_BE_CONTACT = frozenset({AnswerKind.CONTACT, AnswerKind.METHOD})
# What is told in lines of its own below a heading that says so.
_HEADED = frozenset({AnswerKind.METHOD, AnswerKind.ROLE})
_LONG_CHARS = 150
_SAID = 0.5
_SHORT_CHARS = 15
_LEANING_CHARS = 45
_LINES = 8
_MANY_PLACES = 4
# The label of a line: a row's first cell, or what stands before a colon.
_LABEL = re.compile(rf"(.{{1,40}}?)(?:{re.escape(CELL)}|:\s)")


class Meaning(Protocol):
    """Anything that turns texts into vectors that a cosine compares."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, ``(n_texts, dim)``."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """A question's unit vector, ``(dim,)``."""


class ClauseReader(Protocol):
    """Anything that reads question and clause together."""

    def read(self, question: str, clauses: Sequence[tuple[str, str, str]]) -> NDArray[np.float64]:
        """Log odds that each clause answers, ``(n_clauses,)``; a clause comes with the heading and the title above it."""


@dataclass(frozen=True, slots=True)
class RankedClause:
    """A clause with its score (among the clauses of one question, the log of its probability to be evidence, but for a constant), its
    odds (log odds of being evidence, whatever else there is), what reading it together with the question tells (log odds as well) and,
    for each concept of the query, how well the clause itself and the clause with its surroundings say it (0 to 1)."""

    clause: Clause
    score: float
    odds: float
    read: float
    own: tuple[float, ...]
    said: tuple[float, ...]


class ClauseRanker:
    """Order clauses by how likely they answer.

    Args:
        meaning: embeds the question and the likeliest clauses; vectors of clauses are remembered.
        reader: reads the question together with the first few of those.
    """

    def __init__(self, meaning: Meaning, reader: ClauseReader) -> None:
        self._meaning_of = meaning
        self._reader = reader
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def rank(self, query: Query, kind: AnswerKind, clauses: Sequence[Clause]) -> list[RankedClause]:
        """The clauses, best first. ``clauses`` come as ``clauses(hits)`` gives them: best hit first."""
        if not clauses or not query.concepts:
            return []
        features, own, said = self.features(query, kind, clauses)
        scores, odds = _weighted(features, "order"), _weighted(features, "odds")
        order = np.argsort(-scores, kind="stable")
        read = features["read"]
        return [
            RankedClause(clauses[n], float(scores[n]), float(odds[n]), float(read[n]), own[n], said[n]) for n in order
        ]

    def features(
        self, query: Query, kind: AnswerKind, clauses: Sequence[Clause]
    ) -> tuple[dict[str, NDArray[np.float64]], list[tuple[float, ...]], list[tuple[float, ...]]]:
        """What the score is a sum of, one array a feature, and what each clause says of the query."""
        weights = np.array([concept.weight * concept.emphasis for concept in query.concepts])
        total = weights.sum() or 1.0
        headings = [concepts_said(query.concepts, " ".join(clause.hit.chunk.section)) for clause in clauses]
        # A name that the heading says need not be said again.
        own = [
            [max(o, h) if concept.is_name else o for concept, o, h in zip(query.concepts, words, heading, strict=True)]
            for words, heading in zip(
                (concepts_said(query.concepts, _words_of(clause)) for clause in clauses), headings, strict=True
            )
        ]
        around = [concepts_said(query.concepts, clause.context) for clause in clauses]
        titles = [concepts_said(query.concepts, clause.hit.document.title) for clause in clauses]
        said = [tuple(map(max, one, two)) for one, two in zip(own, around, strict=True)]
        passages = [
            concepts_said(query.concepts, f"{c.hit.document.title} {c.context} {c.hit.chunk.text}") for c in clauses
        ]
        names = np.array([concept.is_name * concept.emphasis for concept in query.concepts])
        # What titles and headings say tells documents and sections apart, but no line from the next.
        particular = weights * (1.0 - np.maximum(titles, headings).max(axis=0))
        ranks = {key: rank for rank, key in enumerate(dict.fromkeys(c.hit.chunk.chunk_id for c in clauses))}
        best = max(clause.hit.score for clause in clauses) or 1.0
        hits = {clause.hit.chunk.chunk_id: clause.hit for clause in clauses}.values()
        found = sum(hit.score for hit in hits) or 1.0
        documents: dict[str, float] = defaultdict(float)
        for hit in hits:
            documents[hit.document.document_id] += hit.score / found
        whole = [clause.whole for clause in clauses]
        holds = np.array([float(kind is not AnswerKind.ANY and holds_kind(text, kind)) for text in whole])
        strict, is_place = kind in STRICT_KINDS, kind is AnswerKind.PLACE
        definition = Definition(query.concepts)
        whether = asks_whether(query.text.rsplit("\n", 1)[-1])
        foreign = np.array([float(detect_language(clause.text) != query.language) for clause in clauses])
        saying = np.array(said) @ weights / total
        features = {
            "own": np.array(own) @ weights / total,
            "said": saying,
            # Words match less often across languages.
            "said_foreign": saying * foreign,
            "around": np.array(around) @ weights / total,
            "particular": np.array(own) @ particular / (particular.sum() or 1.0),
            "label_said": np.array([concepts_said(query.concepts, _label(clause)) for clause in clauses])
            @ weights
            / total,
            "title": np.array(titles) @ weights / total,
            "document": np.array([documents[clause.hit.document.document_id] for clause in clauses]),
            "heading": np.array(headings) @ weights / total,
            "rank": np.array([1.0 / (1 + ranks[clause.hit.chunk.chunk_id]) for clause in clauses]),
            "found": np.array([clause.hit.score for clause in clauses]),
            "chunk": np.array([clause.hit.score / best for clause in clauses]),
            # The share of the names asked about that nothing in the passage says. Its weight is not fitted: it hardly changes how many
            # facts are found, but a fact about another body or place is worse than none.
            "unnamed": 1.0 - np.minimum(1.0, np.array(passages) / _SAID) @ names / (names.sum() or 1.0)
            if names.any()
            else np.zeros(len(clauses)),
            "strict_hold": holds * strict,
            "strict_miss": (1.0 - holds) * strict,
            # A row labelled as what is asked for ("Size", 규모). Set by hand too: the questions at hand hardly tell.
            "label": np.array(
                [float(names_kind(clause.bare if is_place else clause.whole, kind)) for clause in clauses]
            ),
            "loose_hold": holds * (not strict),
            # These three are set by hand as well: few questions at hand ask for them.
            "reason": holds * (kind is AnswerKind.REASON),
            "headed": np.array([float(kind in _HEADED and _is_headed(clause, kind)) for clause in clauses]),
            "places": _places_told(query, whole)
            if kind is AnswerKind.PLACE and not whether
            else np.zeros(len(clauses)),
            "defines": np.array(
                [float(kind is AnswerKind.DEFINITION and definition.is_in(clause)) for clause in clauses]
            ),
            "whether": np.array([float(whether and tells_whether(text)) for text in whole]),
            "note": np.array([float(clause.is_note) for clause in clauses]),
            "long": np.array([max(0, len(clause.text) - _LONG_CHARS) / 200 for clause in clauses]),
            "short": np.array([float(len(clause.bare) < _SHORT_CHARS) for clause in clauses]),
            # A line of telephone numbers says much of the question's names, and answers nothing but who to call or where to send.
            "contact": np.array([float(kind not in _MAY_BE_CONTACT and _is_contact(clause)) for clause in clauses]),
            "on_itself": np.array([float(is_on_itself(clause.text)) for clause in clauses]),
            "line": np.array([min(clause.line, _LINES) / _LINES for clause in clauses]),
            "foreign": foreign,
        }
        likely = {
            n
            for weighting in _weights()
            for n in np.argsort(-_weighted(features, weighting), kind="stable")[:_EMBEDDED]
        }
        features["meaning"] = self._meaning(query, clauses, sorted(likely))
        first = np.argsort(-_weighted(features, "order"), kind="stable")[:_READ]
        features["read"] = self._read(query, clauses, first.tolist())
        return features, [tuple(row) for row in own], said

    def _meaning(self, query: Query, clauses: Sequence[Clause], likely: Sequence[int]) -> NDArray[np.float64]:
        """How near each clause is to the question (cosine); those not looked at are as far as the farthest."""
        # Of a follow-up, the question alone: what was said before it would bring back what was answered before.
        question = self._meaning_of.embed_query(query.text.rsplit("\n", 1)[-1])
        near = self._embedded([_meant(clauses[n]) for n in likely]) @ question
        meaning = np.full(len(clauses), near.min())
        meaning[list(likely)] = near
        return meaning

    def _read(self, query: Query, clauses: Sequence[Clause], first: Sequence[int]) -> NDArray[np.float64]:
        """Log odds by reading that each clause answers; those not read are as unlikely as the unlikeliest."""
        odds = self._reader.read(query.text.rsplit("\n", 1)[-1], [_read_of(clauses[n]) for n in first])
        read = np.full(len(clauses), odds.min())
        read[list(first)] = odds
        return read

    def _embedded(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._meaning_of.embed(new), strict=True))
        vectors = np.stack([self._vectors[text] for text in texts])
        while len(self._vectors) > _REMEMBERED:
            self._vectors.popitem(last=False)
        return vectors


def _meant(clause: Clause) -> str:
    """What a clause means by itself; a short one, such as a table's row, needs its heading for that."""
    section = clause.hit.chunk.section
    return f"{section[-1]}: {clause.bare}" if section and len(clause.bare) <= _LEANING_CHARS else clause.bare


def _read_of(clause: Clause) -> tuple[str, str, str]:
    """What is read of a clause: itself with its note, its heading, its title."""
    note = "" if clause.is_note else clause.companion_text
    section = clause.hit.chunk.section
    return f"{clause.bare} {note}".strip(), section[-1] if section else "", clause.hit.document.title


def _places_told(query: Query, texts: Sequence[str]) -> NDArray[np.float64]:
    """How many places each text names that the question does not, up to four of them, as a share of four."""
    asked = {place.key for place in find_places(query.text)}
    told = (len({place.key for place in find_places(text)} - asked) for text in texts)
    return np.array([min(count, _MANY_PLACES) / _MANY_PLACES for count in told])


def _label(clause: Clause) -> str:
    match = _LABEL.match(clause.bare)
    return match[1] if match else ""


def _is_headed(clause: Clause, kind: AnswerKind) -> bool:
    """Whether a clause, by its own label or the heading above it, tells what is asked for, such as how to apply."""
    told = " ".join((*clause.hit.chunk.section[1:], clause.whole))
    return names_kind(told, kind) and holds_kind(clause.text, kind)


def _is_contact(clause: Clause) -> bool:
    return holds_kind(clause.text, AnswerKind.CONTACT)


def _words_of(clause: Clause) -> str:
    return clause.whole if clause.is_note else clause.text


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = json.loads(_WEIGHTS.read_text("utf-8"))
    return weights


def _weighted(features: Mapping[str, NDArray[np.float64]], weighting: str) -> NDArray[np.float64]:
    """The weighted sum of the features that are there."""
    weights = _weights()[weighting]
    total: NDArray[np.float64] = np.sum([weights.get(name, 0.0) * values for name, values in features.items()], axis=0)
    return total
