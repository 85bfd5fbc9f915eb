"""Question and clause read together, with the layers that users get."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.index.cross_encoder import CrossEncoder, clause_tokens, question_tokens
from assistant.index.kiwi_transformer import BundledModel

NOTICE = [
    (line, "지원 조건", "첫 수출 이용권 참여기업 모집 공고")
    for line in (
        "지원 대상: 해외에 처음 수출하는 중소기업",
        "지원 한도: 기업당 3천만원",
        "기업 부담: 총사업비의 30%",
        "접수 기간: 2027. 3. 2. ~ 3. 31.",
    )
]
SHEET = [
    (line, "Terms", "First export voucher: call for applications")
    for line in (
        "Who may apply: small firms that export for the first time",
        "Grant: up to USD 25,000 a firm",
        "Own share: 30 % of all costs",
        "Applications: 2 to 31 March 2027",
    )
]


@pytest.fixture(scope="module")
def encoder() -> CrossEncoder:
    return CrossEncoder(BundledModel())


@pytest.mark.parametrize("paper", [NOTICE, SHEET])
@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("누가 신청할 수 있나요?", 0),
        ("한 회사가 얼마까지 받을 수 있나요?", 1),
        ("우리가 내야 하는 돈은 몇 %인가요?", 2),
        ("언제까지 접수하나요?", 3),
        ("Who can apply?", 0),
        ("How much can one firm get at most?", 1),
        ("What share of the costs do we bear ourselves?", 2),
        ("By when do we have to apply?", 3),
    ],
)
def test_the_line_that_answers_is_likelier_than_the_others_of_either_language(
    encoder: CrossEncoder, paper: list[tuple[str, str, str]], question: str, line: int
) -> None:
    odds = encoder.read(question, paper)
    assert np.argmax(odds) == line


@pytest.mark.parametrize("paper", [NOTICE, SHEET])
@pytest.mark.parametrize(
    ("told", "untold"),
    [
        ("한 회사가 얼마까지 받을 수 있나요?", "서류를 내러 어디로 가야 하나요?"),
        ("How much can one firm get at most?", "How many firms won a voucher last year?"),
    ],
)
def test_what_no_line_says_is_less_likely_than_what_one_says(
    encoder: CrossEncoder, paper: list[tuple[str, str, str]], told: str, untold: str
) -> None:
    assert encoder.read(told, paper).max() > encoder.read(untold, paper).max()


@given(order=st.permutations(range(8)), count=st.integers(1, 8))
@settings(max_examples=10)
def test_a_clause_is_read_alike_whatever_is_read_beside_it(encoder: CrossEncoder, order: list[int], count: int) -> None:
    both = [*NOTICE, *SHEET]
    alone = encoder.read("한도가 얼마인가요?", both)
    chosen = order[:count]
    assert np.array_equal(encoder.read("한도가 얼마인가요?", [both[n] for n in chosen]), alone[chosen])


def test_nothing_is_read_of_no_clauses(encoder: CrossEncoder) -> None:
    assert encoder.read("한도가 얼마인가요?", []).shape == (0,)


@pytest.mark.parametrize("text", ["", "?", "🚀", "가" * 5_000, "a " * 5_000, "1\u200b2"])
def test_any_text_is_read_and_no_more_than_its_first_tokens(encoder: CrossEncoder, text: str) -> None:
    assert np.isfinite(encoder.read(text, [(text, text, text)])).all()
    tokenizer = BundledModel().tokenizer
    assert len(question_tokens(tokenizer, text)) <= 48
    assert len(clause_tokens(tokenizer, text, text, text)) <= 96


def test_a_line_is_read_with_its_heading_and_its_title(encoder: CrossEncoder) -> None:
    line = "기업당 3천만원 이내"
    read = encoder.read("한도가 얼마인가요?", [(line, "", ""), (line, "지원 한도", ""), (line, "", "나루 바우처")])
    assert len(set(read)) == 3


def test_the_layers_load_with_the_first_question() -> None:
    code = (
        "import sys; from assistant.index.cross_encoder import CrossEncoder;"
        "from assistant.index.kiwi_transformer import BundledModel; CrossEncoder(BundledModel());"
        "assert 'onnxruntime' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
