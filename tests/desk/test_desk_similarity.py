"""How well questions alike are told from others with the bundled model; docs/desk.md reports these figures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.desk.answers import MIN_SIMILARITY
from assistant.index.embedder import BundledEmbedder

PARITY = Path(__file__).parents[2] / "evals" / "sets" / "parity.jsonl"
# The same wish in other words.
PARAPHRASES = [
    ("중견기업은 시장개척자금을 몇 %까지 지원받나요?", "시장개척자금의 중견기업 지원 비율은 최대 얼마인가요?"),
    ("PIS 펀드 규모가 얼마예요?", "PIS 펀드는 총 얼마 규모로 조성되나요?"),
    ("중소기업도 PIS 펀드에 참여할 수 있나요?", "PIS 펀드는 중소기업도 이용 가능한가요?"),
    ("설명회는 언제 열리나요?", "설명회 일정 알려 주세요"),
    ("신청 마감일이 언제인가요?", "언제까지 신청해야 하나요?"),
    ("무보 특별계정 보증 한도는?", "무역보험공사 특별계정은 얼마까지 보증하나요?"),
    ("스마트시티 협력센터는 어디에 있나요?", "협력센터 위치 좀 알려주세요"),
    ("누구에게 문의해야 하나요?", "담당자 연락처가 어떻게 되나요?"),
    ("입찰보증서 유효기간은?", "입찰보증서는 며칠 동안 유효해야 하나요?"),
    ("EDCF 금리는 얼마인가요?", "대외경제협력기금 이자율이 몇 %인가요?"),
    ("How large is the PIS fund?", "What is the total size of the PIS fund?"),
    ("Can SMEs apply for the market pioneering fund?", "Is the market pioneering fund open to small companies?"),
    ("When does the call close?", "What is the application deadline?"),
    ("Who do I contact about K-SURE guarantees?", "Whom should I call for a K-SURE guarantee?"),
    ("Where are the cooperation centers?", "In which cities are the cooperation centers located?"),
    ("What share of bidding costs is covered?", "How much of our bidding costs will be paid?"),
]


@pytest.fixture(scope="module")
def embedder() -> BundledEmbedder:
    return BundledEmbedder()


def vectors(embedder: BundledEmbedder, questions: list[str]) -> NDArray[np.float32]:
    return np.stack([embedder.embed_query(question) for question in questions])


def test_the_same_wish_in_other_words_is_found(embedder: BundledEmbedder) -> None:
    one, other = (vectors(embedder, [pair[side] for pair in PARAPHRASES]) for side in (0, 1))
    found = int((np.diag(one @ other.T) >= MIN_SIMILARITY).sum())
    assert found >= 15


def test_the_same_question_in_the_other_language_is_mostly_found_and_others_hardly_ever(
    embedder: BundledEmbedder,
) -> None:
    pairs: dict[str, dict[str, str]] = {}
    for row in map(json.loads, PARITY.read_text(encoding="utf-8").splitlines()):
        pairs.setdefault(row["pair"], {})[row["lang"]] = row["question"]
    korean = vectors(embedder, [pair["ko"] for pair in pairs.values()])
    english = vectors(embedder, [pair["en"] for pair in pairs.values()])
    across = korean @ english.T
    others = ~np.eye(len(pairs), dtype=bool)
    assert (np.diag(across) >= MIN_SIMILARITY).mean() >= 0.7
    for compared in (across, korean @ korean.T, english @ english.T):
        assert (compared[others] >= MIN_SIMILARITY).mean() <= 0.01
