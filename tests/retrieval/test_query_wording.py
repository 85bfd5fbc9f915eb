from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.wording import Wording, searchable
from assistant.types import Alternative, Concept


def _concept(text: str, *other: tuple[str, float], weight: float = 1.0) -> Concept:
    """A word that each language says as it is, and English also otherwise."""
    own = Alternative((text.casefold(),), 1.0, "word", text)
    translated = tuple(Alternative((form,), trust, "lexicon", form) for form, trust in other)
    return Concept(text, {"ko": (own,), "en": (own, *translated)}, weight=weight)


def _share(passage: str, *concepts: Concept, language: str = "ko") -> float:
    return Wording("", concepts).share_said(searchable(passage), language)


def test_the_share_said_follows_the_weights_of_the_concepts() -> None:
    fund, limit = _concept("기금", weight=3.0), _concept("한도", weight=1.0)
    assert _share("기금은 지분에 투자합니다.", fund, limit) == pytest.approx(0.75)
    assert _share("기금의 한도", fund, limit) == pytest.approx(1.0)
    assert _share("융자 안내", fund, limit) == 0.0


def test_a_concept_counts_by_the_most_trusted_wording_that_the_passage_has() -> None:
    fund = _concept("기금", ("endow", 0.3), ("fund", 0.8))
    assert _share("The fund is an endowment.", fund, language="en") == pytest.approx(0.8)
    assert _share("An endowment", fund, language="en") == pytest.approx(0.3)


def test_words_written_together_or_apart_are_the_same() -> None:
    center = _concept("협력센터")
    assert _share("스마트시티 협력 센터", center) == 1.0
    assert _share("스마트시티협력센터는", center) == 1.0


def test_an_english_stem_begins_a_word_and_a_lone_syllable_too() -> None:
    assert _share("Selected projects", _concept("select"), language="en") == 1.0
    assert _share("Unselected projects", _concept("select"), language="en") == 0.0
    assert _share("물 관리", _concept("물")) == 1.0
    assert _share("건물 관리", _concept("물")) == 0.0


def test_nothing_asked_for_is_not_said() -> None:
    assert _share("기금", *()) == 0.0


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ("투자 기간 연장", 3),
        ("투자기간을 연장", 2),
        ("기간과 투자", 0),
        ("연장: 투자 · 기간", 2),
        ("투자", 0),
    ],
)
def test_words_in_a_row_are_counted_as_they_stand_in_the_question(passage: str, words: int) -> None:
    wording = Wording("투자 기간 연장은?", [_concept("투자"), _concept("기간"), _concept("연장")])
    assert wording.words_in_a_row(searchable(passage)) == words


def test_english_words_in_a_row_keep_what_stands_between_them() -> None:
    wording = Wording("How are losses of the fund shared?", [_concept(w) for w in ("losses", "fund", "shared")])
    assert wording.words_in_a_row(searchable("Losses of the fund are borne in turn")) == 2
    assert wording.words_in_a_row(searchable("fund losses")) == 0


@given(
    st.text(max_size=200),
    st.lists(st.sampled_from(["기금", "fund", "물", "19", "K-SURE", ""]), max_size=5),
    st.text(max_size=60),
)
def test_any_text_gives_a_share_and_a_short_run(passage: str, words: list[str], question: str) -> None:
    wording = Wording(question, [_concept(word) for word in words])
    assert 0.0 <= wording.share_said(searchable(passage), "ko") <= 1.0
    assert wording.words_in_a_row(searchable(passage)) in {0, *range(2, len(words) + 1)}
