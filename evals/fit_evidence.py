"""Fit the decision to answer: ``python -m evals.fit_evidence`` (development questions only, with ``sets/refusal_dev.jsonl``).

Answerable questions are told from unanswerable ones by ``EvidenceJudge.features``; questions that are declined before anything is looked up
do not count. Prints the cross-validated trade between wrong refusals and wrong answers, and writes
``assistant/generation/data/evidence_weights.json``. Run it after ``evals.fit_clauses``: the clauses' scores are among the features.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from assistant.generation.answer_kind import asked_kinds
from assistant.generation.clause_ranker import ClauseRanker
from assistant.generation.clauses import clauses
from assistant.generation.evidence import EvidenceJudge
from assistant.generation.extractive import is_candidate
from assistant.generation.scope import classify
from assistant.generation.selection import select
from assistant.retrieval.dialogue import DialogueRetriever
from assistant.text.language import detect_language
from evals.check_sets import KINDS, SETS
from evals.datasets import ROOT
from evals.run import Bench, as_question, open_bench, read_questions

_WEIGHTS = ROOT / "assistant" / "generation" / "data" / "evidence_weights.json"
# Questions written for this decision alone: as many that the documents leave open as that they answer.
MORE = str(SETS / "refusal_dev.jsonl")
_PENALTY = 0.1
_FOLDS, _ROUNDS = 5, 5
_GRID = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def gather(
    bench: Bench, items: Sequence[Mapping[str, Any]]
) -> tuple[list[str], NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Features ``(n_questions, n_features)`` with their names, which questions are answerable, and which are of the gate's sets."""
    retriever = DialogueRetriever(bench.workspace.retriever, bench.workspace.settings.answer_chunks)
    ranker, judge = ClauseRanker(bench.workspace.embedder), EvidenceJudge(0.0)
    rows: list[dict[str, float]] = []
    answerable, of_gate = [], []
    for item in items:
        question = as_question(item)
        if classify(question.text) is not None:
            continue
        language = detect_language(question.text)
        found = retriever.find(question, language)
        kinds = asked_kinds(question.text)
        candidates = [clause for clause in clauses(found.hits) if is_candidate(clause)]
        ranked = ranker.rank(found.query, kinds[0], candidates)
        if ranked:
            rows.append(judge.features(found.query, kinds[0], select(ranked, kinds)))
            answerable.append("answered" in item["expected_status"])
            of_gate.append(item["set"] in KINDS)
    names = list(rows[0])
    features = np.array([[row[name] for name in names] for row in rows])
    return names, features, np.array(answerable), np.array(of_gate)


def fit(features: NDArray[np.float64], answerable: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Weights for the raw features, and the bias."""
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(C=_PENALTY, class_weight="balanced").fit((features - centre) / spread, answerable)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ centre)


def main() -> int:
    """Fit, report, write."""
    items = [item for item in read_questions(split="dev") if item["kind"] != "adversarial"] + read_questions([MORE])
    with open_bench() as bench:
        names, features, answerable, of_gate = gather(bench, items)
    held_out = np.zeros(len(answerable))
    for turn in range(_ROUNDS):
        for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=turn).split(features, answerable):
            weights, bias = fit(features[train], answerable[train])
            held_out[test] += 1 / (1 + np.exp(-(features[test] @ weights + bias))) / _ROUNDS
    for told, part in (("all", np.ones(len(answerable), bool)), ("the gate's sets", of_gate)):
        yes, no = part & answerable, part & ~answerable
        print(f"{told}: {part.sum()} questions, {yes.sum()} of them answerable; cross-validated:")
        for value in _GRID:
            refused, answered = (held_out[yes] < value).mean(), (held_out[no] >= value).mean()
            print(
                f"  at {value:.2f}: {refused:.1%} of the answerable refused, {answered:.1%} of the unanswerable answered"
            )
    weights, bias = fit(features, answerable)
    table = {"bias": round(bias, 4)} | {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}
    _WEIGHTS.write_text(json.dumps({"weights": table}, indent=2) + "\n", "utf-8")
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
