from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import SAMPLES

from assistant.text.morphemes import analyze, forms, join_lines, morpheme_bounds


@pytest.mark.parametrize("text", ["기업은", "기업을", "기업에게서", "기업까지도", "기업", "기업의"])
def test_particles_are_dropped(text: str) -> None:
    assert forms(text) == ["기업"]


@pytest.mark.parametrize("text", ["지원합니다", "지원하였다", "지원하기 위하여", "지원되는"])
def test_endings_are_dropped(text: str) -> None:
    assert forms(text) == ["지원"]


def test_a_compound_is_followed_by_its_parts_at_the_same_place() -> None:
    tokens = analyze("스마트시티를 수출")
    assert [token.form for token in tokens] == ["스마트시티", "스마트", "시티", "수출"]
    assert {(token.start, token.end) for token in tokens[:3]} == {(0, 5)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Financing", "finances"),
        ("COUNTRIES", "country"),
        ("centers", "Center"),
        ("Café", "cafe"),
        ("ministry's", "ministry’s"),
        ("MOUs", "MOU"),
        ("SMEs", "SME"),
    ],
)
def test_latin_words_are_folded_and_stemmed(one: str, other: str) -> None:
    assert forms(one) == forms(other) != []


@pytest.mark.parametrize("acronym", ["PIS", "MOTIE", "KICS", "WBS", "EDCF", "KOTRA"])
def test_an_acronym_is_the_same_word_in_small_letters(acronym: str) -> None:
    assert forms(acronym) == forms(acronym.lower()) != []


@pytest.mark.parametrize(
    ("hyphenated", "plain"), [("K-SURE", "ksure"), ("U-City", "ucity"), ("K-SURE의", "KSURE"), ("k-sure", "K-SURE")]
)
def test_a_name_with_a_hyphen_is_found_by_the_name_without(hyphenated: str, plain: str) -> None:
    assert set(forms(plain)) <= set(forms(hyphenated))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,500억원", {"1500", "1500억"}),
        ("85%", {"85", "85%"}),
        ("0.3%p 인하", {"0.3", "0.3%p"}),
        ("675개사", {"675", "675개사"}),
        ("64.5㎢", {"64.5", "64.5㎢"}),
        ("USD 5.3 million", {"5.3"}),
    ],
)
def test_numbers_are_kept_alone_and_with_their_unit(text: str, expected: set[str]) -> None:
    assert expected <= set(forms(text))


@pytest.mark.parametrize(
    "text",
    [
        "’20.上",
        "'20.上",
        "‘20上",
        "20년 상반기",
        "2020년 상반기",
        "2020.上",
        "first half of 2020",
        "1H 2020",
        "H1 2020",
    ],
)
def test_the_first_half_of_a_year_is_one_token_however_it_is_written(text: str) -> None:
    assert "2020h1" in forms(text)
    assert "2020h2" not in forms(text)


@pytest.mark.parametrize(
    "text", ["’19.下", "‘19下~", "2019년 하반기", "second half of 2019", "latter half of 2019", "2H 2019"]
)
def test_the_second_half_of_a_year_is_one_token_however_it_is_written(text: str) -> None:
    assert "2019h2" in forms(text)
    assert "2019h1" not in forms(text)


@pytest.mark.parametrize(
    "text",
    ["2020년 10월 13일", "2020. 10. 13.", "10월 13일", "October 13, 2020", "Oct. 13", "13 October 2020", "10.13.(화)"],
)
def test_a_day_is_one_token_however_it_is_written(text: str) -> None:
    assert "10-13" in forms(text)


@pytest.mark.parametrize("text", ["’20년", "’19～’20", "(’20)", "2020년", "in 2020"])
def test_a_short_year_is_the_full_year(text: str) -> None:
    assert "2020" in forms(text)


@pytest.mark.parametrize(
    "text", ["", "그런 것을 할 수 있는 경우 등", "what is the of", "어디에서 무엇을 할 수 있나요?", "… ※ → ·", "   "]
)
def test_words_that_say_nothing_give_no_token(text: str) -> None:
    assert forms(text) == []


def test_function_words_written_as_one_say_nothing() -> None:
    assert forms("We're sure they can't; what's Korea’s plan? I dont know.") == ["sure", "korea", "plan"]


def test_a_number_ends_before_the_comma_of_the_sentence() -> None:
    text = "By 2019, and 1,500 in all"
    assert [text[token.start : token.end] for token in analyze(text)] == ["2019", "1,500"]


@given(st.text(max_size=80))
def test_tokens_stand_in_order_inside_the_text(text: str) -> None:
    tokens = analyze(text)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(token.form and not any(c.isspace() for c in token.form) for token in tokens)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_same_text_gives_the_same_tokens(language: str) -> None:
    text = SAMPLES[language]
    first = analyze(text)
    analyze.cache_clear()
    assert analyze(text) == first


def test_words_may_begin_and_end_at_morphemes_only() -> None:
    starts, ends = morpheme_bounds("무보가 지원")
    assert {0, 4} <= starts
    assert {2, 6} <= ends
    assert 1 not in starts


_WORDS = st.sampled_from(
    ["스마트", "시티를", "해외로", "수출하", "는", "기업", "K-SURE", "the", "fund", "’20.上", "(안)", "85%", "·"]
)
_LINES = st.lists(st.lists(_WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=5)


@given(_LINES)
@settings(max_examples=40)
def test_joined_lines_begin_at_their_offsets_with_one_blank_or_none_between(lines: list[str]) -> None:
    text, offsets = join_lines(lines)
    assert len(offsets) == len(lines)
    position = 0
    for line, offset in zip(lines, offsets, strict=True):
        assert text[position:offset] in ("", " ")
        assert text.startswith(line, offset)
        position = offset + len(line)
    assert position == len(text)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["새로운 시장에 진출하", "는 기업"], "새로운 시장에 진출하는 기업"),
        (["관리 운영을 위한 기관 설립", "추진"], "관리 운영을 위한 기관 설립 추진"),
        (["open help desks in", "Hanoi"], "open help desks in Hanoi"),
    ],
)
def test_a_blank_is_put_between_lines_only_where_it_belongs(lines: list[str], joined: str) -> None:
    assert join_lines(lines)[0] == joined
