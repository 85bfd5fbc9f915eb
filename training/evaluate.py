"""Measure lexicon and dense model on the development collections, which nothing is learned from.

``python -m training.evaluate --lexicon`` or ``--model FOLDER``.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.text.language import has_hangul
from assistant.text.lexicon import Lexicon
from assistant.text.morphemes import forms
from training.pairs import EVALUATION_FOLDER, own_pairs

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Metrics = dict[str, float]


def collection(name: str, folder: Path = EVALUATION_FOLDER) -> tuple[list[str], list[str], list[list[int]]]:
    """Passages, questions, and for each question the numbers of its right passages."""
    root = folder / "retrieval-dev" / name
    passages = [json.loads(line) for line in (root / "corpus.jsonl").open(encoding="utf-8")]
    questions = [json.loads(line) for line in (root / "queries.jsonl").open(encoding="utf-8")]
    place = {row["id"]: n for n, row in enumerate(passages)}
    right: dict[str, list[int]] = defaultdict(list)
    for line in (root / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, passage, _ = line.split("\t")
        right[query].append(place[passage])
    return (
        [row["text"].strip() for row in passages],
        [row["text"].strip() for row in questions],
        [right[row["id"]] for row in questions],
    )


def metrics(scores: NDArray[np.float32], right: Sequence[Sequence[int]]) -> Metrics:
    """Recall at 1 and 5 and the mean reciprocal rank; a tie counts against us."""
    ranks = np.array(
        [
            min(int((row > row[n]).sum() + (row == row[n]).sum()) for n in wanted)
            for row, wanted in zip(scores, right, strict=True)
        ]
    )
    return {
        "recall@1": float((ranks <= 1).mean()),
        "recall@5": float((ranks <= 5).mean()),
        "mrr": float((1 / ranks).mean()),
    }


def lexicon_scores(lexicon: Lexicon, questions: Sequence[str], passages: Sequence[str]) -> NDArray[np.float32]:
    """BM25 of each question word's best translation, summed: the lexicon alone, without the product's other parts."""
    documents = [Counter(forms(text)) for text in passages]
    lengths = np.array([sum(document.values()) for document in documents])
    norm = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for n, document in enumerate(documents):
        for form, count in document.items():
            postings[form].append((n, count))
    scores = np.zeros((len(questions), len(passages)), dtype=np.float32)
    for q, question in enumerate(questions):
        for form in dict.fromkeys(forms(question)):
            best = np.zeros(len(passages))
            options = [(form, 1.0)]
            options += [
                (other, 0.9 * math.sqrt(p))
                for other, p in lexicon.translations(form, "ko" if has_hangul(form) else "en")
            ]
            for other, weight in options:
                found = postings.get(other, [])
                idf = math.log(1 + (len(passages) - len(found) + 0.5) / (len(found) + 0.5))
                for n, count in found:
                    best[n] = max(best[n], weight * idf * count * 2.2 / (count + norm[n]))
            scores[q] += best
    return scores


def dense_report(encode: Encode, *, encyclopaedia: bool = True) -> dict[str, Metrics]:
    """The model alone on news sentences both ways, on our held-back pairs both ways, and on Korean questions."""
    report = {}
    korean, english, _ = collection("news-en2ko")
    pairs = own_pairs(held_back=True)
    for name, ko, en in (("news", korean, english), ("policy", [p.ko for p in pairs], [p.en for p in pairs])):
        a, b = encode(ko), encode(en)
        same = [[n] for n in range(len(ko))]
        report[f"{name} en→ko"], report[f"{name} ko→en"] = metrics(b @ a.T, same), metrics(a @ b.T, same)
    if encyclopaedia:
        passages, questions, right = collection("encyclopaedia-ko")
        report["encyclopaedia"] = metrics(encode(questions[::4]) @ encode(passages).T, right[::4])
    return report


def show(report: dict[str, Metrics]) -> str:
    """One line a collection."""
    return "\n".join(
        f"  {name:16}" + "  ".join(f"{metric} {value:.3f}" for metric, value in values.items())
        for name, values in report.items()
    )


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lexicon", action="store_true")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--quick", action="store_true", help="without the Korean questions")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    arguments = parser.parse_args()
    report: dict[str, Metrics] = {}
    begun = time.perf_counter()
    if arguments.lexicon:
        lexicon = Lexicon()
        for name in ("news-en2ko", "news-ko2en"):
            passages, questions, right = collection(name)
            report[f"lexicon {name}"] = metrics(lexicon_scores(lexicon, questions, passages), right)
    if arguments.model:
        from assistant.index.kiwi_transformer import BundledModel

        report |= dense_report(BundledModel(arguments.model).encode, encyclopaedia=not arguments.quick)
    print(show(report))
    print(f"  {time.perf_counter() - begun:.0f} s")
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
