"""Likeness of texts by their sketches, and of titles by their keys."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.sketch import bands, similarities, text_sketch
from assistant.text.titles import title_key


def _text(seed: int, length: int) -> str:
    dice = random.Random(seed)
    return "".join(chr(dice.randrange(0xAC00, 0xD7A4)) for _ in range(length))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.9, 1.0])
def test_the_estimate_is_near_the_share_of_common_runs(share: float) -> None:
    errors = []
    for seed in range(20):
        common, length = _text(seed, round(4000 * share)), round(4000 * (1 - share))
        first, second = common + _text(seed + 1000, length), common + _text(seed + 2000, length)
        runs = [{text[n : n + 8] for n in range(len(text) - 7)} for text in (first, second)]
        truth = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        errors.append(similarities(text_sketch(first), [text_sketch(second)])[0] - truth)
    assert abs(sum(errors) / len(errors)) < 0.03
    assert max(map(abs, errors)) < 0.2


@given(st.text())
def test_a_text_is_like_itself_or_too_short(text: str) -> None:
    sketch = text_sketch(text)
    assert similarities(sketch, [sketch])[0] == (1 if sketch else 0)


def test_blanks_signs_and_case_make_no_difference() -> None:
    assert text_sketch("PIS 펀드 (1.5조원) 조성") == text_sketch("pis펀드, 1.5조원\n조성!") != b""


@pytest.mark.parametrize("seed", range(20))
def test_texts_that_are_alike_share_a_band(seed: int) -> None:
    common = _text(seed, 1800)
    first, second = (text_sketch(common + _text(seed + extra, 200)) for extra in (100, 200))
    assert set(bands(first)) & set(bands(second))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("해외진출 지원사업 안내", "해외진출 지원사업 안내(수정)"),
        ("해외진출 지원사업 안내", "[정정] 해외진출 지원사업 안내"),
        ("해외진출 지원사업 안내", "해외진출 지원사업 안내 v2.1"),
        ("PIS Fund sheet (revised)", "PIS fund sheet"),
        ("Tender notice 12 (rev. 3)", "Tender Notice 12"),
    ],
)
def test_versions_of_a_paper_have_the_same_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2025년 해외진출 지원사업 안내", "2026년 해외진출 지원사업 안내"),
        ("스마트시티 1차 공모", "스마트시티 2차 공모"),
        ("Roadshow in Hanoi", "Roadshow in Bogota"),
    ],
)
def test_other_papers_have_other_keys(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


@pytest.mark.parametrize("title", ["보도자료", "공고", "Notice", "(수정)", ""])
def test_a_title_that_names_a_sort_of_paper_names_no_paper(title: str) -> None:
    assert title_key(title) == ""
