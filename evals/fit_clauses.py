"""Fit the weights by which clauses are ranked: ``python -m evals.fit_clauses`` (development questions only).

Every clause of the chunks retrieved for a question is a candidate; it is right when it is evidence (``matching.overlaps``), or says
all key facts in a chunk that holds evidence. Two weightings of the same features are fitted:

- ``order``: a softmax over the candidates of one question makes scores into probabilities, and the weights are those under which the right
  ones together are likeliest (multinomial logistic regression with a Gaussian prior). It tells clauses of one question apart.
- ``odds``: logistic regression over the candidates of all questions, right and wrong weighing the same. It tells whether a clause answers,
  however good the others are.

Prints how often the first clause is right and how often the facts stand in the first clauses, cross-validated by question, and writes
``order`` to ``assistant/generation/data/clause_weights.json``; ``odds`` too with ``--odds``, after which ``evals.fit_evidence`` must run.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.generation.answer_kind import asked_kind
from assistant.generation.quoting.clause_ranker import ClauseRanker
from assistant.generation.quoting.clauses import Clause, clauses
from assistant.generation.quoting.extractive import is_candidate
from assistant.retrieval.dialogue import DialogueRetriever
from assistant.text.language import detect_language
from evals.datasets import ROOT
from evals.matching import overlaps, says, says_all
from evals.run import Bench, as_question, open_bench, read_questions

_WEIGHTS = ROOT / "assistant" / "generation" / "data" / "clause_weights.json"
# The prior's precision, for features of unit variance, in questions; and its variance in the logistic regression.
_PENALTY = 10.0
_VARIANCE = 0.03
# Set by hand, see ``ClauseRanker.features``.
_GIVEN = {"unnamed": -1.5, "label": 0.6, "reason": 2.5, "headed": 4.0, "places": 2.0}
# What a weighting does without: cross-validated, it does no worse so, and says more plainly what it rests on.
_NOT_IN_ORDER = {"own", "title", "document", "rank", "note", "long", "short", "foreign"}
_NOT_IN_ODDS = {
    "reason",
    "headed",
    "places",
    "read",
    "said_foreign",
    "particular",
    "label_said",
    "found",
    "defines",
    "whether",
    "on_itself",
}
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
    retriever = DialogueRetriever(bench.workspace.retriever, chunks)
    ranker = ClauseRanker(bench.workspace.embedder, bench.workspace.cross_encoder)
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
            evidence = any(overlaps(clause.text, text) for text in item["evidence"])
            beside = any(overlaps(clause.hit.chunk.text, text) for text in item["evidence"])
            positive.append(evidence or (beside and says_all(clause.whole, item["must_contain"])))
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


def right_first(examples: Examples, scores: NDArray[np.float64]) -> float:
    """Share of the questions whose first clause is right."""
    groups = [np.flatnonzero(examples.question == number) for number in np.unique(examples.question)]
    return float(np.mean([examples.positive[own[np.argmax(scores[own])]] for own in groups]))


def fit_order(
    names: Sequence[str], features: NDArray[np.float64], positive: NDArray[np.bool_], question: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Weights for the raw features, in their order; those given by hand are left out of the fit.

    Questions without a right clause teach nothing.
    """
    taught = np.isin(question, np.unique(question[positive]))
    features, positive, question = features[taught], positive[taught], question[taught]
    _, starts, owner = np.unique(question, return_index=True, return_inverse=True)
    given = np.array([_GIVEN.get(name, 0.0) for name in names])
    free = np.array([name not in _GIVEN for name in names])
    spread = features.std(axis=0)[free] + 1e-9
    scaled, fixed = features[:, free] / spread, features @ given

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = scaled @ weights + fixed
        likely = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        right = np.where(positive, likely, 0.0)
        whole, part = np.add.reduceat(likely, starts), np.add.reduceat(right, starts)
        slope = (likely / whole[owner] - right / part[owner]) @ scaled
        return float(np.log(whole / part).sum() + _PENALTY * weights @ weights / 2), slope + _PENALTY * weights

    found = minimize(loss, np.zeros(int(free.sum())), jac=True, method="L-BFGS-B")
    fitted: NDArray[np.float64] = given.copy()
    fitted[free] = found.x / spread
    return fitted


def fit_odds(names: Sequence[str], features: NDArray[np.float64], positive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights for the raw features, in their order; those given by hand are left out of the fit."""
    spread = features.std(axis=0) + 1e-9
    fitted = [position for position, name in enumerate(names) if name not in _GIVEN]
    model = LogisticRegression(C=_VARIANCE, class_weight="balanced", max_iter=2000)
    model.fit(features[:, fitted] / spread[fitted], positive)
    weights = np.array([_GIVEN.get(name, 0.0) for name in names])
    weights[fitted] = model.coef_[0] / spread[fitted]
    return weights


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description="Fit the weights by which clauses are ranked.")
    parser.add_argument("--odds", action="store_true", help="fit the weights of whether a clause answers at all, too")
    with_odds = parser.parse_args(arguments).odds
    items = [
        item
        for item in read_questions(split="dev")
        if item.get("evidence") and item.get("must_contain") and "answered" in item["expected_status"]
    ]
    with open_bench() as bench:
        examples = gather(bench, items, bench.workspace.settings.answer_chunks)
    names, features, positive, question = (
        np.array(examples.names),
        examples.features,
        examples.positive,
        examples.question,
    )
    order, odds = (~np.isin(names, list(left_out)) for left_out in (_NOT_IN_ORDER, _NOT_IN_ODDS))
    held_out = np.zeros(len(positive))
    for train, test in GroupKFold(_FOLDS).split(features, groups=question):
        weights = fit_order(list(names[order]), features[train][:, order], positive[train], question[train])
        held_out[test] = features[test][:, order] @ weights
    print(f"{len(items)} questions, {len(positive)} clauses, {positive.mean():.3f} of them right")
    print(f"the first clause is right, cross-validated: {right_first(examples, held_out):.3f}")
    print(f"facts in the first {_SHOWN_CLAUSES} clauses, cross-validated: {shown_facts(examples, held_out):.3f}")
    fitted = {"order": (names[order], fit_order(list(names[order]), features[:, order], positive, question))}
    if with_odds:
        fitted["odds"] = names[odds], fit_odds(list(names[odds]), features[:, odds], positive)
    table = json.loads(_WEIGHTS.read_text("utf-8")) | {
        weighting: {str(name): round(float(weight), 4) for name, weight in zip(*weights, strict=True)}
        for weighting, weights in fitted.items()
    }
    _WEIGHTS.write_text(json.dumps(table, indent=2) + "\n", "utf-8")
    print(f"{_WEIGHTS.relative_to(Path.cwd())}: {table}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
