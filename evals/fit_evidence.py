"""Fit the decision to answer: ``python -m evals.fit_evidence`` (development questions only, with ``sets/refusal_dev.jsonl``).

Answerable questions are told from unanswerable ones by ``EvidenceJudge.features``; questions that are declined before anything is looked up
do not count. Each answerable question of the corpus also stands among the unanswerable ones, with less weight: asked of what is found
when the passages that answer it are left out. Questions about the seed documents (``sets/seed_refusals.jsonl``) count where these lie
beside the repository, in ``../shared/seeds``; the weights in the repository were fitted with them. Questions marked ``fresh`` were written
after the rules for what is asked had been, so their figures flatter least.

Prints the cross-validated trade between wrong refusals and wrong answers, and writes ``assistant/generation/data/evidence_weights.json``.
Run it after ``evals.fit_clauses``: the clauses' scores are among the features.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from assistant.generation.answer_kind import asked_kinds
from assistant.generation.grounding.injection import without_orders
from assistant.generation.quoting.clause_ranker import ClauseRanker
from assistant.generation.quoting.clauses import clauses
from assistant.generation.quoting.evidence import EvidenceJudge
from assistant.generation.quoting.extractive import is_candidate
from assistant.generation.quoting.named_subject import of_named
from assistant.generation.scope.classifier import classify
from assistant.ingest.pipeline import IngestReport
from assistant.retrieval.dialogue import DialogueRetriever
from assistant.settings import load_settings
from assistant.text.language import detect_language
from assistant.types import Query, ScoredChunk
from assistant.workspace import Workspace
from evals.check_sets import SETS
from evals.datasets import ROOT, read_jsonl
from evals.matching import overlaps, says_all
from evals.run import as_question, open_bench, read_questions

_WEIGHTS = ROOT / "assistant" / "generation" / "data" / "evidence_weights.json"
# Questions written for this decision alone: about the corpus, and about the seed documents.
MORE = str(SETS / "refusal_dev.jsonl")
_SEED_QUESTIONS = SETS / "seed_refusals.jsonl"
_SEEDS = ROOT.parent / "shared" / "seeds"
_PENALTY = 0.01
# What is found without the passages that answer is mostly about something else: an easier case than a question that was never answered.
_LEFT_OUT_WEIGHT = 0.3
_LEFT_OUT_DEPTH = 40
_FOLDS, _ROUNDS = 5, 5
_GRID = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


@dataclass(frozen=True, slots=True)
class Example:
    """What the judge sees of a question; ``group`` is the question's own, ``left_out`` whether its evidence was taken away."""

    group: str
    source: str
    features: dict[str, float]
    answerable: bool
    is_fresh: bool
    left_out: bool = False


def gather(workspace: Workspace, items: Sequence[Mapping[str, Any]], source: str) -> Iterator[Example]:
    """Ask the questions and describe what came back, for those with evidence also what comes back without it."""
    top_k = workspace.settings.answer_chunks
    retriever = DialogueRetriever(workspace.retriever, top_k)
    deep = DialogueRetriever(workspace.retriever, _LEFT_OUT_DEPTH)
    ranker, judge = ClauseRanker(workspace.embedder, workspace.cross_encoder), EvidenceJudge(0.0)

    def described(query: Query, text: str, hits: Sequence[ScoredChunk]) -> dict[str, float] | None:
        kinds = asked_kinds(text)
        candidates = [clause for clause in clauses(hits) if is_candidate(clause)]
        ranked = ranker.rank(query, kinds[0], of_named(candidates, query.concepts, workspace.termbase))
        return judge.features(query, ranked) if ranked else None

    for item in items:
        question = as_question(item)
        if classify(question.text, question.history) is not None:
            continue
        # The two halves of a pair are one question.
        group = item["id"].removesuffix("-ko").removesuffix("-en")
        language = detect_language(question.text)
        answerable = item["answerable"] if "answerable" in item else "answered" in item["expected_status"]
        found = retriever.find(question, language)
        features = described(found.query, question.text, without_orders(found.hits))
        is_fresh = item.get("fresh", False)
        if features is not None:
            yield Example(group, source, features, answerable, is_fresh)
        if answerable and item.get("evidence"):
            others = [hit for hit in without_orders(deep.find(question, language).hits) if not _answers(hit, item)]
            features = described(found.query, question.text, others[:top_k])
            if features is not None:
                yield Example(group, source, features, answerable=False, is_fresh=is_fresh, left_out=True)


def _answers(hit: ScoredChunk, item: Mapping[str, Any]) -> bool:
    text = hit.chunk.text
    return any(overlaps(text, piece) for piece in item["evidence"]) or says_all(text, item["must_contain"])


@contextmanager
def _seeds() -> Iterator[Workspace]:
    with TemporaryDirectory() as folder, Workspace(load_settings(data_dir=Path(folder))) as workspace:
        for _ in workspace.pipeline.ingest([_SEEDS], IngestReport()):
            pass
        yield workspace


def fit(
    features: NDArray[np.float64], answerable: NDArray[np.bool_], left_out: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], float]:
    """Weights for the raw features, and the bias; both classes weigh the same."""
    weight = np.where(left_out, _LEFT_OUT_WEIGHT, 1.0)
    weight = np.where(answerable, weight / weight[answerable].sum(), weight / weight[~answerable].sum()) * len(weight)
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(C=_PENALTY).fit((features - centre) / spread, answerable, sample_weight=weight / 2)
    weights = model.coef_[0] / spread
    return weights, float(model.intercept_[0] - weights @ centre)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, report, write."""
    argparse.ArgumentParser(description="Fit the weights of the decision to answer, and write them.").parse_args(
        arguments
    )
    items = [item for item in read_questions(split="dev") if item["kind"] != "adversarial"] + read_questions([MORE])
    with open_bench() as bench:
        examples = list(gather(bench.workspace, items, "corpus"))
    if _SEEDS.is_dir():
        with _seeds() as workspace:
            examples += gather(workspace, read_jsonl(_SEED_QUESTIONS), "seeds")
    else:
        print(f"{_SEEDS}: not there; fitted without the questions about the seed documents")
    names = list(examples[0].features)
    features = np.array([[example.features[name] for name in names] for example in examples])
    answerable = np.array([example.answerable for example in examples])
    left_out = np.array([example.left_out for example in examples])
    held_out = np.zeros(len(examples))
    for turn in range(_ROUNDS):
        folds = GroupKFold(_FOLDS, shuffle=True, random_state=turn)
        for train, test in folds.split(features, groups=[example.group for example in examples]):
            weights, bias = fit(features[train], answerable[train], left_out[train])
            held_out[test] += (features[test] @ weights + bias) / _ROUNDS
    for source in dict.fromkeys(example.source for example in examples):
        own = np.array([example.source == source for example in examples])
        _report(source, held_out[own & answerable], held_out[own & ~answerable & ~left_out])
    fresh = np.array([example.is_fresh for example in examples])
    _report("fresh", held_out[fresh & answerable], held_out[fresh & ~answerable & ~left_out])
    _report("all", held_out[answerable], held_out[~answerable & ~left_out])
    weights, bias = fit(features, answerable, left_out)
    table = {"bias": round(bias, 4)} | {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}
    _WEIGHTS.write_text(json.dumps({"weights": table}, indent=2) + "\n", "utf-8")
    print(table)
    return 0


def _report(source: str, answerable: NDArray[np.float64], unanswerable: NDArray[np.float64]) -> None:
    """The trade at each value of ``min_evidence``, from held-out log odds."""
    truth = np.r_[np.ones(len(answerable)), np.zeros(len(unanswerable))]
    area = roc_auc_score(truth, np.r_[answerable, unanswerable])
    print(
        f"{source}: {len(answerable)} answerable, {len(unanswerable)} not; area under the curve, cross-validated: {area:.3f}"
    )
    for value in _GRID:
        bar = np.log(value / (1 - value))
        refused, declined = (answerable < bar).mean(), (unanswerable < bar).mean()
        print(f"  at {value:.2f}: {refused:.1%} of the answerable refused, {declined:.1%} of the unanswerable declined")


if __name__ == "__main__":
    sys.exit(main())
