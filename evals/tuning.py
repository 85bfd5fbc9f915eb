"""The fusion weight, swept: one weight for all questions, and a weight that follows how much of the question the index knows."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.index.lexical import LexicalIndex
from assistant.retrieval.fusion import reciprocal_rank_fusion, weighted_fusion
from assistant.types import Language, Query
from evals.datasets import Question
from evals.scoring import first_relevant_rank
from evals.systems import Bench, Hits

WEIGHTS = tuple(round(step / 20, 2) for step in range(21))
_COARSE = tuple(round(step / 10, 1) for step in range(11))
_CUTOFF = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """Both legs of a question, ready to be fused in many ways."""

    group: str
    question: Question
    lexical: tuple[tuple[str, float], ...]
    dense: tuple[tuple[str, float], ...]
    coverage: dict[Language, float]
    languages: dict[str, Language]


def trials(bench: Bench, questions: Iterable[Question]) -> list[Trial]:
    """Search both legs for every question; only development questions are let in.

    Raises:
        ValueError: a test question is among them.
    """
    workspace = bench.collection.workspace
    found = []
    for question in questions:
        if question.split != "development":
            raise ValueError(f"{question.question_id} is a test question: tuning may not see it")
        lexical, _ = bench.lexical(None, question)
        dense, _ = bench.dense("product", question)
        query = workspace.retriever.query_builder.build(question.text)
        ids = [chunk_id for chunk_id, _ in (*lexical, *dense)]
        languages = {chunk_id: chunk.language for chunk_id, (chunk, _) in workspace.store.chunks(ids).items()}
        coverage = {language: query_coverage(query, workspace.lexical, language) for language in ("ko", "en")}
        group = f"{bench.collection.name} {question.direction}"
        found.append(Trial(group, question, tuple(lexical), tuple(dense), coverage, languages))
    return found


def query_coverage(query: Query, index: LexicalIndex, language: Language) -> float:
    """How much of a query one language's index can look up, 0 to 1: each concept by its best known alternative's weight."""
    total = known = 0.0
    for concept in query.concepts:
        alternatives = concept.alternatives.get(language, ())
        size = math.sqrt(max(1, len(alternatives[0].forms))) if alternatives else 1.0
        total += size
        weights = [
            alternative.weight
            * sum(index.idf(language, form) is not None for form in alternative.forms)
            / len(alternative.forms)
            for alternative in alternatives
        ]
        known += size * max(weights, default=0.0)
    return known / total if total else 0.0


def fixed(trial: Trial, weight: float) -> Hits:
    """Weighted fusion with one lexical weight for every question."""
    return weighted_fusion({"lexical": trial.lexical, "dense": trial.dense}, {"lexical": weight, "dense": 1 - weight})


def adaptive(trial: Trial, low: float, high: float) -> Hits:
    """Weighted fusion whose lexical weight goes from ``low`` to ``high`` with the coverage in each chunk's language."""
    weights = {language: low + (high - low) * share for language, share in trial.coverage.items()}
    lexical, dense = dict(trial.lexical), dict(trial.dense)
    rest = {"lexical": min(lexical.values(), default=0.0) / 2, "dense": min(dense.values(), default=0.0) / 2}
    fused = {}
    for chunk_id in lexical.keys() | dense.keys():
        weight = weights[trial.languages[chunk_id]]
        fused[chunk_id] = weight * lexical.get(chunk_id, rest["lexical"]) + (1 - weight) * dense.get(
            chunk_id, rest["dense"]
        )
    return sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))


def measure(trial: Trial, hits: Sequence[tuple[str, float]]) -> tuple[float, float, float]:
    """Recall@1, recall@5 and RR@10 of one fused ranking."""
    rank = first_relevant_rank([chunk_id for chunk_id, _ in hits[:_CUTOFF]], trial.question.relevant)
    return float(rank == 1), float(rank is not None and rank <= 5), 1 / rank if rank else 0.0


def sweep(listed: Sequence[Trial]) -> dict[str, dict[str, dict[str, tuple[float, float, float]]]]:
    """Means by rule (``fixed``, ``adaptive``, ``rrf``), by setting, and by group; ``mean`` weighs all groups alike."""
    rules: dict[str, dict[str, Any]] = {
        "fixed": {f"{weight:.2f}": lambda t, w=weight: fixed(t, w) for weight in WEIGHTS},
        "adaptive": {
            f"{low:.1f}-{high:.1f}": lambda t, a=low, b=high: adaptive(t, a, b)
            for low in _COARSE
            for high in _COARSE
            if high > low
        },
        "rrf": {"k=60": lambda t: reciprocal_rank_fusion([[i for i, _ in t.lexical], [i for i, _ in t.dense]])},
    }
    groups = list(dict.fromkeys(trial.group for trial in listed))
    results: dict[str, dict[str, dict[str, tuple[float, float, float]]]] = {}
    for rule, settings in rules.items():
        for setting, fuse in settings.items():
            means = {}
            for group in groups:
                values = [measure(trial, fuse(trial)) for trial in listed if trial.group == group]
                means[group] = _mean(values)
            means["mean"] = _mean([means[group] for group in groups])
            results.setdefault(rule, {})[setting] = means
    return results


def _mean(values: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    first, second, third = (sum(column) / len(values) for column in zip(*values, strict=True))
    return first, second, third


def write(out: Path, listed: Sequence[Trial], settings: Mapping[str, Any]) -> None:
    """Write ``tuning.json``, ``tuning.md`` and ``tuning.svg``."""
    if not listed:
        raise SystemExit("nothing to tune on")
    results = sweep(listed)
    (out / "tuning.json").write_text(
        json.dumps({"settings": settings, "results": results}, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    groups = list(dict.fromkeys(trial.group for trial in listed))
    lines = ["# Fusion weight on the development halves", "", "Recall@1 / recall@5 / RR@10.", ""]
    lines += ["| lexical weight | " + " | ".join([*groups, "mean of groups"]) + " |", "|---" * (len(groups) + 2) + "|"]
    best = sorted(results["adaptive"].items(), key=lambda item: -item[1]["mean"][2])[:8]
    rows = [*results["fixed"].items(), *((f"RRF {name}", v) for name, v in results["rrf"].items())]
    rows += [(f"adaptive {name}", values) for name, values in best]
    for name, values in rows:
        cells = [" / ".join(f"{value:.3f}" for value in values[group]) for group in (*groups, "mean")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += ["", "The eight best adaptive ranges (least to most of the query known) are shown, by mean RR@10."]
    (out / "tuning.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    from evals import figures

    figures.draw_tuning(out, results["fixed"], [*groups, "mean"])
