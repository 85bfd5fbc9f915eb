import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import ConfigurationError
from assistant.index.embedder import SentenceTransformerEmbedder
from assistant.index.kiwi_transformer import CLS, MAX_TOKENS, SEP, UNK, BundledModel

TRANSLATIONS = [
    ("스마트시티 수출을 지원하는 기금", "a fund that supports smart city exports"),
    ("입찰 공고 마감일은 언제인가요?", "When is the deadline of the tender notice?"),
    ("하노이 해외협력센터", "overseas cooperation center in Hanoi"),
    ("중소기업은 어떤 서류를 내야 하나요?", "What documents must SMEs submit?"),
    ("자율주행 버스 시범사업", "self-driving bus pilot project"),
    ("한국수출입은행의 대출 금리", "loan interest rate of the Export-Import Bank of Korea"),
    ("회의는 다음 주 월요일에 열립니다.", "The meeting will be held next Monday."),
    ("상하수도 시설 투자", "investment in water and sewage facilities"),
]


@pytest.fixture(scope="module")
def model() -> BundledModel:
    return BundledModel()


def test_vectors_have_unit_length_and_the_given_order(model: BundledModel) -> None:
    texts = ["금리", "a much longer English sentence about interest rates and loans", "스마트시티 수출", "", "?"]
    vectors = model.encode(texts)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    alone = np.concatenate([model.encode([text]) for text in texts])
    assert (alone * vectors).sum(axis=1) == pytest.approx(1, abs=1e-3)
    assert model.encode([]).shape == (0, 384)


def test_a_translation_is_nearer_than_other_texts(model: BundledModel) -> None:
    korean, english = (model.encode(list(side)) for side in zip(*TRANSLATIONS, strict=True))
    similarity = korean @ english.T
    assert (similarity.argmax(axis=0) == np.arange(len(TRANSLATIONS))).all()
    assert (similarity.argmax(axis=1) == np.arange(len(TRANSLATIONS))).all()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_token_is_unknown(text: str) -> None:
    tokenizer = BundledModel().tokenizer if not _CACHE else _CACHE[0]
    _CACHE[:] = [tokenizer]
    ids = tokenizer.encode(text)
    assert ids[0] == CLS
    assert ids[-1] == SEP
    assert UNK not in ids
    assert max(ids) < 30522 + len(tokenizer.rows)


_CACHE: list = []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=[chr(c) for c in range(0xAC00, 0xD7A4, 7)], min_size=1, max_size=8))
def test_every_hangul_word_can_be_spelt(word: str) -> None:
    tokenizer = BundledModel().tokenizer if not _CACHE else _CACHE[0]
    _CACHE[:] = [tokenizer]
    pieces = tokenizer.segment(word)
    assert "".join(piece.removeprefix("#") for piece in pieces) == word
    assert all(tokenizer._spell(piece) for piece in pieces)


def test_long_text_is_cut(model: BundledModel) -> None:
    assert len(model.tokenizer.encode("도시 수출 " * 400)) == MAX_TOKENS
    assert len(model.tokenizer.encode("city export " * 400)) == MAX_TOKENS


def test_neither_torch_nor_sentence_transformers_is_imported() -> None:
    code = (
        "import sys; from assistant.index.kiwi_transformer import BundledModel; BundledModel().encode(['금리', 'rate']);"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_sentence_transformers_loads_the_folder_by_its_name_alone_and_gives_the_same_vectors(
    model: BundledModel, tmp_path
) -> None:
    from sentence_transformers import SentenceTransformer

    texts = [text for pair in TRANSLATIONS for text in pair]
    loaded = SentenceTransformer(str(model.folder))
    assert np.abs(loaded.encode(texts) - model.encode(texts)).max() < 1e-2
    loaded.save(str(tmp_path / "copy"), create_model_card=False)
    assert np.abs(BundledModel(tmp_path / "copy").encode(texts) - model.encode(texts)).max() < 1e-2


def test_the_folder_is_an_embedder_like_any_other(model: BundledModel) -> None:
    texts = [text for pair in TRANSLATIONS for text in pair]
    embedder = SentenceTransformerEmbedder(str(model.folder))
    assert np.abs(embedder.embed(texts) - model.encode(texts)).max() < 1e-2


def test_a_folder_that_brings_code_of_its_own_is_refused_before_the_code_runs(tmp_path) -> None:
    ran = tmp_path / "ran"
    (tmp_path / "own_code.py").write_text(f"open({str(ran)!r}, 'w').close()\nclass Own: pass\n", encoding="utf-8")
    modules = [{"idx": 0, "name": "0", "path": "", "type": "own_code.Own"}]
    (tmp_path / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (tmp_path / "config_sentence_transformers.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"own_code\.Own"):
        SentenceTransformerEmbedder(str(tmp_path)).embed(["금리"])
    assert not ran.exists()


def test_the_folder_is_small(model: BundledModel) -> None:
    assert sum(path.stat().st_size for path in model.folder.rglob("*") if path.is_file()) <= 38_000_000
