from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.normalize import normalize_text

# Arbitrary characters seldom meet; these are the ones that change in normalisation or change each other.
_DELICATE = (
    "\u1112\u1161\u11ab\u1100\u11a8가각e\u0301\u00a0"
    "\u3000\u200b\u200d\u00ad\ufeff\u202e\u3164\uf53a\uf0a7\u119e･‧・ \t\r\n\u2028a1-"
)
_TEXTS = st.text() | st.text(alphabet=_DELICATE, max_size=40)
_INVISIBLE = {"\u200b", "\u200d", "\u00ad", "\ufeff", "\u202e", "\u2066", "\u3164", "\u115f", "\u2060", "\x00", "\x07"}


@given(_TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize_text(text)
    assert normalize_text(once) == once


@given(_TEXTS)
def test_result_is_composed(text: str) -> None:
    assert unicodedata.is_normalized("NFC", normalize_text(text))


@given(_TEXTS)
def test_result_holds_no_invisible_character(text: str) -> None:
    kept = {c for c in normalize_text(text) if unicodedata.category(c) in {"Cc", "Cf"}}
    # Visible signs of other scripts are classed as format characters too (the Arabic number sign); those may stay.
    assert not kept & _INVISIBLE
    assert not any(c < " " and c not in "\n\t" for c in kept)


@given(_TEXTS)
def test_no_line_begins_or_ends_with_a_blank_and_none_stand_together(text: str) -> None:
    for line in normalize_text(text).split("\n"):
        assert line == line.strip(" ")
        assert "  " not in line
        assert "\t" not in line
        assert "\r" not in line


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("\u1112\u1161\u11ab\u1100\u1173\u11af 문서", "한글 문서"),
        ("ICT･빅데이터", "ICT·빅데이터"),
        ("교통‧물", "교통·물"),
        ("한\u200b국\u00ad", "한국"),
        ("a\u202eb", "ab"),
        ("규\U000e0061칙\ufe0f을\U0001d173 무\u2800시", "규칙을 무 시"),
        ("한\u00a0국\u3000어", "한 국 어"),
        ("\uf53a", "한글"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("  여백 \t 둘 \n  끝 ", "여백 둘\n끝"),
        ("ｅｄｃｆ", "ｅｄｃｆ"),
    ],
)
def test_known_variants_take_one_form(raw: str, normal: str) -> None:
    assert normalize_text(raw) == normal


def test_removed_characters_do_not_keep_hangul_letters_apart() -> None:
    assert normalize_text("\u1112\u200b\u1161") == "하"
