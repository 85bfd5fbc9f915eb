"""Train the cross-encoder, which reads a question together with a clause and tells whether the clause answers it; measure it.

``python -m training.cross_encoder --out FOLDER`` writes the graph (``cross_encoder.onnx``, the file in ``assistant/index/model``),
the learned layers (``layers.pt``) and what they were learned from and measure (``training.json``). The first layers of the bundled model
read question and clause apart, and stay as they are; copies of its other layers read both together (MacAvaney and others, Efficient
Document Re-Ranking for Transformers by Precomputing Term Representations, SIGIR 2020). It learns from ``data/passages.jsonl``: a clause
of the passage is right or not, and some questions have no right one. After it ``evals.fit_evidence`` must run.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import itertools
import json
import math
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional

from assistant.index.cross_encoder import clause_tokens, question_tokens
from assistant.index.kiwi_transformer import DIMENSION, BundledModel
from training.export import BOTH_SCALE, LOWER_LAYERS, build_cross_encoder
from training.misspelling import misspelt
from training.train import original_body

PASSAGES = Path(__file__).parent / "data" / "passages.jsonl"
_TENTH = 10
# Clauses of other passages that are near in meaning; some of the nearest are drawn each time.
_NEAREST = 40

States = NDArray[np.float16]
"""What the bundled model's first layers make of one text: ``(tokens, 384)``."""


@dataclass(frozen=True)
class Options:
    """Everything that shapes a run."""

    seed: int = 0
    epochs: float = 1.5
    rate: float = 1e-4
    questions: int = 8
    inside: int = 6
    """Wrong clauses of the question's own passage a step; all right ones are always there."""
    outside: int = 4
    """Clauses of other passages a step."""
    order_weight: float = 0.3
    """Of the softmax over a question's clauses, beside whether each clause answers."""
    misspelt: float = 0.15
    """Share of the questions that are read as somebody mistyped them."""
    right_weight: float = 3.0
    """How much more a right clause counts than a wrong one."""


@dataclass(frozen=True)
class Asked:
    """A question on a passage; ``right`` are the numbers of the clauses that answer, counted over all passages."""

    text: str
    passage: int
    right: frozenset[int]


@dataclass(frozen=True)
class Passages:
    """The clauses of all passages, one after the other, each with its section and title, and the questions on them."""

    clauses: list[tuple[str, str, str]]
    passage: NDArray[np.int64]
    questions: list[Asked]

    @classmethod
    def load(cls, path: Path = PASSAGES) -> Passages:
        """Read them from JSON lines."""
        clauses: list[tuple[str, str, str]] = []
        owner: list[int] = []
        questions: list[Asked] = []
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            row = json.loads(line)
            first = len(clauses)
            clauses += [(clause, row["section"], row["title"]) for clause in row["clauses"]]
            owner += [number] * len(row["clauses"])
            questions += [
                Asked(item["text"], number, frozenset(first + n for n in item["answers"])) for item in row["questions"]
            ]
        return cls(clauses, np.array(owner), questions)

    def of(self, passage: int) -> list[int]:
        """The numbers of a passage's clauses."""
        return np.flatnonzero(self.passage == passage).tolist()


def states(model: BundledModel, numbers: Iterable[Sequence[int]]) -> list[States]:
    """What the bundled model's first layers make of texts, given by their token numbers."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda ids: model.states(ids)[0].astype(np.float16), numbers))


class CrossEncoder(nn.Module):
    """Layers over the states of a question and a clause side by side; two numbers a pair: for ordering, and log odds to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(list(original_body().encoder.layer)[LOWER_LAYERS:]).requires_grad_(True)
        self.part = nn.Parameter(torch.zeros(2, DIMENSION))
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(3 * DIMENSION, 2)
        with torch.no_grad():
            # It begins as a cosine of both.
            self.head.weight.zero_()
            self.head.bias.zero_()
            self.head.weight[:, DIMENSION : 2 * DIMENSION] = 0.2

    def forward(self, states: Tensor, part: Tensor, mask: Tensor) -> Tensor:
        """``(n, 2)`` from states ``(n, tokens, 384)``, the part of each token (0 question, 1 clause) and which tokens are there."""
        # Not by index: the gradient of that depends on the order in which threads finish.
        x = states + torch.lerp(self.part[:1], self.part[1:], part.unsqueeze(-1).to(self.part.dtype))
        hidden = (1 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            output = layer(x, attention_mask=hidden.to(x.dtype))
            x = output[0] if isinstance(output, tuple) else output
        x = x.float()
        question, clause = ((x * (mask * (part == n)).unsqueeze(-1)).sum(1) for n in (0, 1))
        both = functional.normalize(question, dim=-1) * functional.normalize(clause, dim=-1) * BOTH_SCALE
        length = (mask * part).sum(1, keepdim=True)
        read: Tensor = self.head(torch.cat([self.drop(x[:, 0]), both, self.drop(clause / length)], dim=-1))
        return read


def joined(pairs: Sequence[tuple[States, States]]) -> tuple[Tensor, Tensor, Tensor]:
    """States, parts and mask of one batch, filled up to its longest pair."""
    width = max(len(question) + len(clause) for question, clause in pairs)
    states = np.zeros((len(pairs), width, DIMENSION), dtype=np.float32)
    part = np.zeros((len(pairs), width), dtype=np.int64)
    mask = np.zeros((len(pairs), width), dtype=np.float32)
    for n, (question, clause) in enumerate(pairs):
        end = len(question) + len(clause)
        states[n, : len(question)], states[n, len(question) : end] = question, clause
        part[n, len(question) : end], mask[n, :end] = 1, 1
    return torch.from_numpy(states), torch.from_numpy(part), torch.from_numpy(mask)


def read(model: CrossEncoder, pairs: Sequence[tuple[States, States]], size: int = 32) -> Tensor:
    """``(n, 2)`` float32 in the order given; pairs of like length go together."""
    lengths = np.array([len(question) + len(clause) for question, clause in pairs])
    order = np.argsort(lengths, kind="stable")
    parts = np.array_split(order, math.ceil(len(order) / size))
    with torch.autocast("cpu", torch.bfloat16):
        found = [model(*joined([pairs[n] for n in part])) for part in parts]
    return torch.cat(found).float()[torch.from_numpy(np.argsort(order))]


class Trainer:
    """One run over the passages, a tenth of which is held back.

    Args:
        passages: all of them.
        bundled: the bundled model, for lower layers and nearest clauses.
        options: of the run.
    """

    def __init__(self, passages: Passages, bundled: BundledModel, options: Options) -> None:
        torch.manual_seed(options.seed)
        self._draw = random.Random(options.seed)
        self._passages, self._options = passages, options
        tokenizer = bundled.tokenizer
        self._clauses = states(bundled, (clause_tokens(tokenizer, *clause) for clause in passages.clauses))
        asked = [item.text for item in passages.questions]
        self._questions, self._misspelt = (
            states(bundled, (question_tokens(tokenizer, text) for text in texts))
            for texts in (asked, [misspelt(text, self._draw) for text in asked])
        )
        vectors = bundled.encode([f"{section}: {clause}" for clause, section, _ in passages.clauses])
        self._cosines = bundled.encode([question.text for question in passages.questions]) @ vectors.T
        self.model = CrossEncoder()
        self._randomness = torch.get_rng_state()
        held = [question.passage % _TENTH == 0 for question in passages.questions]
        self.held_back = [n for n, is_held in enumerate(held) if is_held]
        self.taught = [n for n, is_held in enumerate(held) if not is_held]

    def steps(self) -> Iterator[float]:
        """Learn, giving the loss of every step."""
        torch.set_rng_state(self._randomness)
        options, model = self._options, self.model
        plain = [p for p in model.parameters() if p.ndim < 2]
        wide = [p for name, p in model.named_parameters() if p.ndim >= 2 and not name.startswith("head")]
        optimizer = torch.optim.AdamW(
            [
                {"params": plain, "weight_decay": 0.0},
                {"params": wide, "weight_decay": 0.01},
                {"params": [model.head.weight], "lr": 5 * options.rate, "weight_decay": 0.0},
            ],
            lr=options.rate,
            betas=(0.9, 0.98),
        )
        count = int(options.epochs * len(self.taught) / options.questions)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer,
            lambda n: min(1.0, (n + 1) / 60) * (0.02 + 0.98 * (1 + math.cos(math.pi * min(1.0, n / count))) / 2),
        )
        model.train()
        for chosen in itertools.islice(self._batches(), count):
            loss = self._loss(chosen)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            yield loss.item()

    def _batches(self) -> Iterator[list[int]]:
        while True:
            order = self._draw.sample(self.taught, len(self.taught))
            for start in range(0, len(order) - self._options.questions + 1, self._options.questions):
                yield order[start : start + self._options.questions]

    def _loss(self, chosen: Sequence[int]) -> Tensor:
        groups = [self._group(n) for n in chosen]
        asked = [
            (self._misspelt if self._draw.random() < self._options.misspelt else self._questions)[n] for n in chosen
        ]
        pairs = [(one, self._clauses[c]) for one, group in zip(asked, groups, strict=True) for c in group]
        right = torch.tensor(
            [
                float(c in self._passages.questions[n].right)
                for n, group in zip(chosen, groups, strict=True)
                for c in group
            ]
        )
        found = read(self.model, pairs)
        sizes = [len(group) for group in groups]
        ordered = [
            torch.logsumexp(scores, 0) - torch.logsumexp(scores[is_right > 0], 0)
            for scores, is_right in zip(found[:, 0].split(sizes), right.split(sizes), strict=True)
            if is_right.any()
        ]
        weight = torch.tensor(self._options.right_weight)
        answers = functional.binary_cross_entropy_with_logits(found[:, 1], right, pos_weight=weight)
        return answers + self._options.order_weight * torch.stack(ordered).mean() if ordered else answers

    def _group(self, number: int) -> list[int]:
        """The right clauses of a question, wrong ones of its passage, and near ones of others."""
        question, options = self._passages.questions[number], self._options
        inside = [c for c in self._passages.of(question.passage) if c not in question.right]
        owner = self._passages.passage
        nearest = np.argsort(-self._cosines[number], kind="stable")[: 2 * _NEAREST]
        outside = [int(c) for c in nearest if owner[c] != question.passage and owner[c] % _TENTH != 0][:_NEAREST]
        drawn = self._draw.sample(inside, min(options.inside, len(inside)))
        return [*sorted(question.right), *drawn, *self._draw.sample(outside, min(options.outside, len(outside)))]

    @torch.no_grad()
    def measured(self) -> dict[str, float]:
        """On the held-back passages: how often the first clause is right, and how well the best one tells whether any is (area under
        the curve); beside the bundled model's cosine."""
        self.model.eval()
        first: dict[str, list[bool]] = {"": [], "cosine_": []}
        best: dict[str, list[float]] = {"": [], "cosine_": []}
        answered = []
        for number in self.held_back:
            question = self._passages.questions[number]
            own = self._passages.of(question.passage)
            found = read(self.model, [(self._questions[number], self._clauses[c]) for c in own]).numpy()
            cosine = self._cosines[number][own]
            answered.append(bool(question.right))
            for name, order, odds in (("", found[:, 0], found[:, 1]), ("cosine_", cosine, cosine)):
                best[name].append(float(odds.max()))
                if question.right:
                    first[name].append(own[int(order.argmax())] in question.right)
        self.model.train()
        told = {f"{name}first_right": float(np.mean(values)) for name, values in first.items()}
        return told | {f"{name}answerable_auc": float(roc_auc_score(answered, best[name])) for name in best}


def main() -> None:
    """Learn, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the graph, layers.pt and training.json")
    parser.add_argument("--threads", type=int, default=2)
    for field in dataclasses.fields(Options):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    arguments = parser.parse_args()
    options = Options(**{field.name: getattr(arguments, field.name) for field in dataclasses.fields(Options)})
    torch.set_num_threads(arguments.threads)
    begun = time.perf_counter()
    trainer = Trainer(Passages.load(), BundledModel(), options)
    print(
        f"{len(trainer.taught)} questions, {len(trainer.held_back)} held back; before: {trainer.measured()}", flush=True
    )
    losses: list[float] = []
    for loss in trainer.steps():
        losses.append(loss)
        if len(losses) % 50 == 0:
            print(
                f"step {len(losses)} loss {np.mean(losses[-50:]):.3f} {time.perf_counter() - begun:.0f} s", flush=True
            )
    figures = trainer.measured()
    print(f"after: {figures}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    learned = trainer.model.state_dict()
    torch.save(learned, arguments.out / "layers.pt")
    graph = build_cross_encoder({name: weights.numpy() for name, weights in learned.items()})
    onnx.save(graph, str(arguments.out / "cross_encoder.onnx"))
    told = {
        "options": dataclasses.asdict(options),
        "passages_sha256": hashlib.sha256(PASSAGES.read_bytes()).hexdigest(),
        "held_back": figures,
    }
    (arguments.out / "training.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
