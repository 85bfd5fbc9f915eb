"""Train the bundled bilingual model: Korean rows for MiniLM, then a gentle unfreezing, then export.

``python -m training.train --out FOLDER`` gives the same rows for the same texts and seed, on one thread or several; a GPU rounds otherwise
and gives rows near these (``--device cpu`` keeps to the processor where there is one). The first phase
keeps the original body frozen and learns the Korean rows alone; the second, off by default, trains everything a little while
the English vectors are held to the original's. ``training.json`` in the folder says what the rows were learned from.
"""

from __future__ import annotations

import argparse
import copy
import dataclasses
import hashlib
import importlib.metadata
import itertools
import json
import math
import os
import pickle
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from assistant.index.embedder import minilm_folder
from assistant.index.kiwi_transformer import MAX_TOKENS, KiwiTokenizer
from assistant.text.language import has_hangul
from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase
from training import vocabulary
from training.evaluate import dense_report, show
from training.hard_negatives import mine
from training.lexicon import OUTPUT as LEXICON
from training.pairs import PUBLIC_FOLDER, Pair, load_pairs

OUTPUT = Path(__file__).parents[1] / "assistant" / "index" / "model"
# How often a pair of each source is drawn in one epoch.
WEIGHTS = {
    "pairs_policy": 5.0,
    "pairs_notices": 5.0,
    "frames": 1.0,
    "termbase": 0.7,
    "park-news": 3.0,
    "ud-pud": 3.0,
    "jhe": 2.0,
    "tatoeba": 1.0,
    "python-docs": 0.6,
    "react-docs": 0.8,
    "rust-book": 0.7,
    "hf-course": 1.0,
    "otel-docs": 1.0,
    "cncf-glossary": 1.0,
    "cldr": 0.5,
    "long": 0.4,
}


# The share of a source that is used at all.
SHARES = {"python-docs": 0.3, "react-docs": 0.4}


@dataclass(frozen=True)
class Options:
    """Everything that shapes a run."""

    seed: int = 0
    steps: int = 1000
    rate: float = 2e-3
    batch: int = 64
    bank: int = 4096
    scale: float = 20.0
    cosine_weight: float = 3.0
    respell: float = 0.06
    drop: float = 0.03
    fills: int = 8
    long_texts: int = 1500
    bag_steps: int = 0
    hard: int = 0
    body_steps: int = 0
    body_rate: float = 5e-5
    body_row_rate: float = 5e-4
    english_weight: float = 10.0


class Student(nn.Module):
    """MiniLM with Korean rows behind its WordPiece rows."""

    def __init__(self, body: nn.Module, rows: NDArray[np.float32]) -> None:
        super().__init__()
        self.body = body
        self.rows = nn.Parameter(torch.tensor(rows))
        self.n_pieces = body.embeddings.word_embeddings.weight.shape[0]

    @property
    def device(self) -> torch.device:
        """Where rows and body lie."""
        return self.rows.device

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Unit vectors ``(n, dim)``."""
        korean = (ids >= self.n_pieces).unsqueeze(-1)
        pieces = self.body.embeddings.word_embeddings(ids.clamp(max=self.n_pieces - 1))
        ours = functional.embedding((ids - self.n_pieces).clamp(min=0), self.rows)
        embedded = torch.where(korean, ours, pieces.float()).to(pieces.dtype)
        hidden = self.body(inputs_embeds=embedded, attention_mask=mask).last_hidden_state.float()
        pooled = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        return functional.normalize(pooled, dim=-1)


def original_body() -> nn.Module:
    """The frozen original, from the installed package, with its digest checked."""
    from transformers import BertModel
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    # Eager attention: the fused kernel's backward pass is several times slower on short sentences.
    body = BertModel.from_pretrained(str(minilm_folder()), add_pooling_layer=False, attn_implementation="eager")
    return body.eval().requires_grad_(False)


def padded(batch: Sequence[Sequence[int]], device: torch.device) -> tuple[Tensor, Tensor]:
    """Token numbers and mask of one batch, on ``device``."""
    width = max(map(len, batch))
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width)
    for n, numbers in enumerate(batch):
        ids[n, : len(numbers)] = torch.tensor(numbers)
        mask[n, : len(numbers)] = 1
    return ids.to(device), mask.to(device)


@torch.no_grad()
def encode(model: Student, numbers: Sequence[Sequence[int]], batch: int = 64) -> NDArray[np.float32]:
    """Vectors of token lists in the order given."""
    vectors = np.zeros((len(numbers), 384), dtype=np.float32)
    order = sorted(range(len(numbers)), key=lambda n: len(numbers[n]))
    for begin in range(0, len(order), batch):
        part = order[begin : begin + batch]
        vectors[part] = model(*padded([numbers[n] for n in part], model.device)).cpu().numpy()
    return vectors


@dataclass
class Data:
    """Pairs as token numbers, with the original's English vectors."""

    sources: list[str]
    korean: list[list[int]]
    english: list[list[int]]
    targets: NDArray[np.float32]
    texts: list[tuple[str, str]]


def joined(pairs: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """Passages made of two to six neighbours of one source, as long as a chunk's window."""
    draw = random.Random(seed)
    usable = [n for n, pair in enumerate(pairs) if pair.source not in {"termbase", "cldr", "frames"}]
    weights = [WEIGHTS[pairs[n].source] for n in usable]
    long = []
    for start in draw.choices(usable, weights, k=count):
        run = [p for p in pairs[start : start + draw.randint(2, 6)] if p.source == pairs[start].source]
        long.append(Pair(" ".join(p.ko for p in run), " ".join(p.en for p in run), "long"))
    return long


def thinned(pairs: Sequence[Pair], seed: int) -> list[Pair]:
    """The manuals cut down to a share, so that two cores can keep up, and texts of a page left out."""
    draw = random.Random(seed)
    kept = [pair for pair in pairs if draw.random() < SHARES.get(pair.source, 1.0)]
    return [pair for pair in kept if len(pair.en) < 400 or pair.source in {"pairs_policy", "pairs_notices"}]


def prepare(
    pairs: Sequence[Pair], analysis: Sequence[vocabulary.Keys], tokenizer: KiwiTokenizer, teacher: Student
) -> Data:
    """Tokenise both sides and ask the original for its English vectors."""
    kept, korean, english, texts = [], [], [], []
    for pair, keys in zip(pairs, analysis, strict=True):
        ko, en = tokenizer.encode_keys(keys), tokenizer.encode(pair.en)
        if len(ko) > 2 and len(en) > 2:
            kept.append(pair.source)
            korean.append(ko)
            english.append(en)
            texts.append((pair.ko, pair.en))
    return Data(kept, korean, english, encode(teacher, english), texts)


class Batches:
    """Endless batches of like lengths, drawn by the sources' weights; some Korean words respelt or left out."""

    def __init__(self, data: Data, tokenizer: KiwiTokenizer, options: Options) -> None:
        self._data, self._options = data, options
        self._random = random.Random(options.seed)
        self._weights = [WEIGHTS[source] for source in data.sources]
        rows = tokenizer.rows
        self._respelt: dict[int, list[tuple[int, ...]]] = defaultdict(list)
        for key, number in rows.items():
            word = key.strip("-~")
            if len(word) > 1 and not word.startswith("#"):
                self._respelt[number].append(
                    tuple(n for p in tokenizer.segment(key, whole=False) for n in tokenizer._spell(p))
                )
                self._respelt[number].append(tuple(n for c in word for n in tokenizer._spell("#" + c)))

    def __iter__(self) -> Iterator[list[int]]:
        size, span = self._options.batch, 24
        population = range(len(self._weights))
        while True:
            drawn = list(dict.fromkeys(self._random.choices(population, self._weights, k=size * span)))
            drawn.sort(key=lambda n: len(self._data.korean[n]))
            batches = [drawn[n : n + size] for n in range(0, len(drawn) - size + 1, size)]
            self._random.shuffle(batches)
            yield from batches

    def korean(self, chosen: Sequence[int]) -> list[list[int]]:
        """The Korean side of a batch."""
        return [self._disturbed(self._data.korean[n]) for n in chosen]

    def _disturbed(self, ids: list[int]) -> list[int]:
        changed: list[int] = []
        for number in ids:
            chance = self._random.random()
            if chance < self._options.respell and number in self._respelt:
                changed.extend(self._random.choice(self._respelt[number]))
            elif chance < 1 - self._options.drop or len(ids) < 8 or number in {101, 102}:
                changed.append(number)
        return changed[:MAX_TOKENS]


def losses(ko: Tensor, target: Tensor, bank: Tensor, options: Options) -> Tensor:
    """3·(1 − cos) and both softmaxes; texts whose English says nearly the same are not each other's negatives."""
    size = len(ko)
    columns = torch.cat([target, bank])
    logits = options.scale * ko @ columns.T
    same = target @ columns.T > 0.95
    same[torch.arange(size), torch.arange(size)] = False
    logits = logits.masked_fill(same, -1e4)
    labels = torch.arange(size, device=ko.device)
    cosine = 1 - (ko * target).sum(-1).mean()
    backward = functional.cross_entropy(logits[:, :size].T, labels)
    return options.cosine_weight * cosine + functional.cross_entropy(logits, labels) + backward


def train(
    model: Student,
    data: Data,
    batches: Batches,
    options: Options,
    *,
    body: bool,
    log: Callable[[str], None],
    check: Callable[[], str],
    save: Callable[[], None],
    check_every: int = 500,
) -> None:
    """One phase; with ``body`` everything learns and English is held to the original's vectors."""
    torch.manual_seed(options.seed + body)
    steps = options.body_steps if body else options.steps
    groups = [{"params": [model.rows], "lr": options.body_row_rate if body else options.rate, "weight_decay": 0.0}]
    if body:
        layers = [p for layer in model.body.encoder.layer for p in layer.parameters()]
        for parameter in layers:
            parameter.requires_grad_(True)
        groups.append({"params": layers, "lr": options.body_rate, "weight_decay": 0.01})
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    begun, total = time.perf_counter(), 0.0
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda n: min(1.0, (n + 1) / 50) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, n / steps)))),
    )
    targets = torch.tensor(data.targets, device=model.device)
    hard = mine(data.texts, options.hard) if options.hard else None
    for step, chosen in enumerate(itertools.islice(batches, steps)):
        target = targets[chosen]
        bank = targets[torch.randint(len(targets), (options.bank,))]
        if hard is not None:
            bank = torch.cat([bank, targets[np.unique(hard[chosen])]])
        ko = model(*padded(batches.korean(chosen), model.device))
        en = model(*padded([data.english[n] for n in chosen], model.device)) if body else None
        loss = losses(ko, target, bank, options)
        if en is not None:
            loss = loss + options.english_weight * (1 - (en * target).sum(-1).mean())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([p for group in groups for p in group["params"]], 1.0)
        optimizer.step()
        schedule.step()
        total += loss.item()
        if step % 50 == 49:
            log(
                f"{'body' if body else 'rows'} step {step + 1} loss {total / 50:.3f} {time.perf_counter() - begun:.0f} s"
            )
            total = 0.0
        if step % check_every == check_every - 1:
            log(check())
            save()


def pretrain_rows(model: Student, data: Data, options: Options) -> None:
    """Bring each pair's mean Korean row near its mean English word piece, before the transformer is asked at all.

    Frequent pieces count less (Arora and others, A Simple but Tough-to-Beat Baseline for Sentence Embeddings, ICLR 2017).
    This costs seconds, and gives a place to the words that neither termbase nor lexicon could translate.
    """
    pieces = model.body.embeddings.word_embeddings.weight.detach().float().cpu()
    centre, first = pieces.mean(0), model.n_pieces
    counts = torch.ones(first + len(model.rows))
    for side in (data.korean, data.english):
        counts += torch.bincount(torch.tensor([n for row in side for n in row]), minlength=len(counts))
    weight = 1e-3 / (1e-3 + counts / counts.sum())
    start = model.rows.detach().cpu().clone()
    rows = nn.Parameter(start.clone())
    optimizer = torch.optim.Adam([rows], lr=2e-3)
    draw = random.Random(options.seed)
    usable = [n for n, source in enumerate(data.sources) if source != "long"]
    chances = [WEIGHTS[data.sources[n]] for n in usable]
    size = 512

    def bag(numbers: list[list[int]]) -> Tensor:
        flat = torch.tensor([n for row in numbers for n in row[1:-1]])
        offsets = torch.tensor([0, *np.cumsum([len(row) - 2 for row in numbers])[:-1].tolist()])
        korean, each = flat >= first, weight[flat]
        ours = functional.embedding_bag(
            (flat - first).clamp(min=0), rows, offsets, mode="sum", per_sample_weights=each * korean
        )
        theirs = functional.embedding_bag(
            flat.clamp(max=first - 1), pieces, offsets, mode="sum", per_sample_weights=each * ~korean
        )
        sizes = functional.embedding_bag(flat, weight.unsqueeze(1), offsets, mode="sum")
        return (ours + theirs) / sizes - centre

    for step in range(options.bag_steps):
        chosen = draw.choices(usable, chances, k=size)
        korean = bag([data.korean[n] for n in chosen])
        english = bag([data.english[n] for n in chosen])
        logits = options.scale * functional.normalize(korean, dim=-1) @ functional.normalize(english, dim=-1).T
        labels = torch.arange(size)
        contrast = functional.cross_entropy(logits, labels) + functional.cross_entropy(logits.T, labels)
        distance = (korean - english).pow(2).sum(-1).mean()
        anchor = (rows - start).pow(2).sum(-1).mean()
        loss = contrast + 2 * distance + anchor
        optimizer.param_groups[0]["lr"] = 2e-3 * (1 - step / options.bag_steps)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        model.rows.copy_(rows)


def start_folder(folder: Path) -> KiwiTokenizer:
    """A folder with the original's WordPiece tokenizer, unpadded."""
    from tokenizers import Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    return KiwiTokenizer(folder)


def default_device() -> torch.device:
    """CUDA where it is at hand, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def record(options: Options, pairs: Sequence[Pair], model: Student, device: torch.device) -> dict[str, object]:
    """What the rows were learned from and on, and their digest: on one kind of processor equal records have equal digests."""
    rows = model.rows.detach().numpy().astype(np.float32)
    return {
        "options": dataclasses.asdict(options),
        "device": device.type,
        "pairs": len(pairs),
        "pairs_sha256": hashlib.sha256(repr(pairs).encode()).hexdigest(),
        "lexicon_sha256": hashlib.sha256(LEXICON.read_bytes()).hexdigest(),
        "rows_sha256": hashlib.sha256(rows.tobytes()).hexdigest(),
        "versions": {
            name: importlib.metadata.version(name) for name in ("kiwipiepy", "tokenizers", "torch", "transformers")
        },
    }


def main() -> None:
    """Vocabulary, first rows, both phases, export, figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUTPUT)
    parser.add_argument("--public", type=Path, default=PUBLIC_FOLDER)
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="checkpoints and prepared data")
    parser.add_argument("--threads", type=int, default=2, help="one is faster where the cores are shared with others")
    parser.add_argument(
        "--device", type=torch.device, default=default_device(), help="cuda where it is at hand, else cpu"
    )
    parser.add_argument("--unchecked", action="store_true", help="leave the last measurement to training.evaluate")
    for field in dataclasses.fields(Options):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    arguments = parser.parse_args()
    options = Options(**{field.name: getattr(arguments, field.name) for field in dataclasses.fields(Options)})
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(options.seed)
    torch.use_deterministic_algorithms(True)
    # Without this a CUDA device refuses to compute deterministically.
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    device: torch.device = arguments.device
    arguments.work.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()

    def log(line: str) -> None:
        print(line, flush=True)

    teacher = Student(original_body().bfloat16(), np.zeros((1, 384), dtype=np.float32)).to(device)
    # The vocabulary does not follow the seed: the runs of several seeds share it.
    pairs, dropped = load_pairs(arguments.public, seed=0, fills=options.fills)
    pairs = thinned(pairs, seed=0)
    log(f"{len(pairs)} pairs, {dropped} dropped as evaluation text")
    pairs += joined(pairs, options.long_texts, seed=0)
    tokenizer = start_folder(arguments.out)
    state = hashlib.sha256(repr(pairs).encode() + LEXICON.read_bytes() + device.type.encode()).hexdigest()[:16]
    cache = arguments.work / f"data-{state}.pickle"
    if cache.exists():
        keys, rows, data = pickle.loads(cache.read_bytes())
        vocabulary.write(keys, arguments.out)
    else:
        analysis = vocabulary.analysed(pairs)
        keys = vocabulary.choose(pairs, analysis)
        vocabulary.write(keys, arguments.out)
        log(f"{len(keys)} Korean rows after {time.perf_counter() - begun:.0f} s")
        pieces = teacher.body.embeddings.word_embeddings.weight.detach().float().cpu().numpy()
        rows = vocabulary.first_rows(keys, tokenizer, pieces, Termbase.load(), Lexicon())
        log(f"first rows after {time.perf_counter() - begun:.0f} s")
        data = prepare(pairs, analysis, tokenizer, teacher)
        cache.write_bytes(pickle.dumps((keys, rows, data)))
    log(f"{len(keys)} Korean rows, {len(data.korean)} pairs ready after {time.perf_counter() - begun:.0f} s")
    # While frozen the body computes in bfloat16, at less than half the time.
    model = Student(copy.deepcopy(teacher.body), rows).to(device)
    batches = Batches(data, tokenizer, options)

    english: dict[str, NDArray[np.float32]] = {}

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        return encode(model, [tokenizer.encode(text) for text in texts])

    def remembered(texts: Sequence[str]) -> NDArray[np.float32]:
        """English vectors do not change while the body is frozen."""
        if sum(map(has_hangul, texts)) > len(texts) / 2:
            return vectors(texts)
        if texts[0] not in english:
            english[texts[0]] = vectors(texts)
        return english[texts[0]]

    def check() -> str:
        return show(dense_report(remembered, encyclopaedia=False))

    def check_all() -> str:
        return show(dense_report(vectors, encyclopaedia=True))

    def check_body() -> str:
        return show(dense_report(vectors, encyclopaedia=False))

    def save(name: str = "") -> None:
        state = model.state_dict() if name == "-body" else {"rows": model.rows.detach()}
        torch.save(state, arguments.work / f"seed{options.seed}{name}.pt")

    if options.bag_steps:
        pretrain_rows(model, data, options)
        log(f"bags of rows after {time.perf_counter() - begun:.0f} s")
        save("-bags")
        log(check())
    if options.steps:
        train(model, data, batches, options, body=False, log=log, check=check, save=save)
        save("-rows")
    model.body = original_body().to(device)
    if options.body_steps:
        train(
            model,
            data,
            batches,
            options,
            body=True,
            log=log,
            check=check_body,
            save=lambda: save("-body"),
            check_every=200,
        )
        save("-body")
    if not arguments.unchecked:
        log(check_all())
    from training.export import export

    model.cpu()
    export(model, tokenizer, arguments.out)
    (arguments.out / "training.json").write_text(
        json.dumps(record(options, pairs, model, device), indent=2) + "\n", encoding="utf-8"
    )
    log(f"done after {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
