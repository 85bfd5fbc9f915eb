"""Fit the weights by which clauses are ranked: ``python -m evals.fit_clauses`` (development questions only).

Every clause of the chunks retrieved for a question is an example; it is positive when it is evidence (``matching.overlaps``) or says
all key facts. The logistic regression balances both classes, so that scores differ by log odds. Prints how often the facts
stand in the first clauses, cross-validated by question, and writes ``assistant/generation/data/clause_weights.json``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.generation.answer_kind import asked_kind
from assistant.generation.clause_ranker import ClauseRanker
from assistant.generation.clauses import Clause, clauses
from assistant.generation.extractive import is_candidate
from assistant.retrieval.dialogue import DialogueRetriever
from assistant.text.language import detect_language
from evals.datasets import ROOT
from evals.matching import overlaps, says, says_all
from evals.run import Bench, as_question, open_bench, read_questions

_WEIGHTS = ROOT / "assistant" / "generation" / "data" / "clause_weights.json"
_PENALTY = 0.03
# Set by hand, see ``ClauseRanker.features``.
_GIVEN = {"unnamed": -1.5, "label": 0.6}
_FOLDS = 5
_SHOWN_CLAUSES, _SHOWN_CHARS = 5, 480


@dataclass(frozen=True)
class Examples:
    """Clauses of many questions: features ``(n, n_features)``, which are evidence, and whose question each is for."""

    names: tuple[str, ...]
    features: NDArray[np.float64]
    positive: NDArray[np.bool_]
    question: NDArray[np.int64]
    clauses: list[Clause]
    items: list[Mapping[str, Any]]


def gather(bench: Bench, items: Sequence[Mapping[str, Any]], chunks: int) -> Examples:
    """Search for every answerable question and describe the clauses that come back."""
    retriever, ranker = DialogueRetriever(bench.workspace.retriever, chunks), ClauseRanker(bench.workspace.embedder)
    rows, positive, owner, described = [], [], [], []
    names: tuple[str, ...] = ()
    for number, item in enumerate(items):
        question = as_question(item)
        language = detect_language(question.text)
        found = retriever.find(question, language)
        candidates = [clause for clause in clauses(found.hits) if is_candidate(clause)]
        if not candidates or not found.query.concepts:
            continue
        features, _, _ = ranker.features(found.query, asked_kind(question.text), candidates)
        names = tuple(features)
        rows.append(np.stack([features[name] for name in names], axis=1))
        for clause in candidates:
            whole = f"{clause.text} {clause.companion_text}"
            evidence = any(overlaps(clause.text, text) for text in item["evidence"])
            positive.append(evidence or says_all(whole, item["must_contain"]))
            owner.append(number)
            described.append(clause)
    return Examples(names, np.concatenate(rows), np.array(positive), np.array(owner), described, list(items))


def shown_facts(examples: Examples, scores: NDArray[np.float64]) -> float:
    """Share of the questions all of whose key facts stand in the first clauses."""
    told = []
    for number in np.unique(examples.question):
        own = np.flatnonzero(examples.question == number)
        text, used = "", 0
        for position in own[np.argsort(-scores[own], kind="stable")][:_SHOWN_CLAUSES]:
            clause = examples.clauses[position]
            if used and used + len(clause.text) > _SHOWN_CHARS:
                continue
            text += f"\n{clause.text} {clause.companion_text}"
            used += len(clause.text)
        facts = examples.items[number]["must_contain"]
        told.append(all(any(says(text, alternative) for alternative in fact) for fact in facts))
    return float(np.mean(told))


def fit(names: Sequence[str], features: NDArray[np.float64], positive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights for the raw features, in their order; those given by hand are left out of the fit."""
    spread = features.std(axis=0) + 1e-9
    fitted = [position for position, name in enumerate(names) if name not in _GIVEN]
    model = LogisticRegression(C=_PENALTY, class_weight="balanced", max_iter=2000)
    model.fit(features[:, fitted] / spread[fitted], positive)
    weights = np.array([_GIVEN.get(name, 0.0) for name in names])
    weights[fitted] = model.coef_[0] / spread[fitted]
    return weights


def main() -> int:
    """Fit, report, write."""
    items = [
        item
        for item in read_questions(split="dev")
        if item.get("evidence") and item.get("must_contain") and "answered" in item["expected_status"]
    ]
    with open_bench() as bench:
        examples = gather(bench, items, bench.workspace.settings.answer_chunks)
    held_out = np.zeros(len(examples.positive))
    for train, test in GroupKFold(_FOLDS).split(examples.features, groups=examples.question):
        held_out[test] = examples.features[test] @ fit(
            examples.names, examples.features[train], examples.positive[train]
        )
    weights = fit(examples.names, examples.features, examples.positive)
    print(f"{len(items)} questions, {len(examples.positive)} clauses, {examples.positive.mean():.3f} of them evidence")
    print(f"facts in the first {_SHOWN_CLAUSES} clauses, cross-validated: {shown_facts(examples, held_out):.3f}")
    table = {name: round(float(weight), 4) for name, weight in zip(examples.names, weights, strict=True)}
    _WEIGHTS.write_text(json.dumps({"weights": table}, indent=2) + "\n", "utf-8")
    print(f"{_WEIGHTS.relative_to(Path.cwd())}: {table}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
