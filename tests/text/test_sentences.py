from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SAMPLES

from assistant.text.sentences import split_sentences

_PROSE = st.lists(
    st.sampled_from(
        [
            "사업을 지원한다.",
            "2020. 10. 13.",
            "Mr.",
            "Kim",
            "3.5%",
            "끝?",
            "다.다음",
            "(안)",
            "”",
            "\n",
            " ",
            "U.S.",
            "1.",
            "...",
            "。",
            "e.g.",
            "a",
        ]
    ),
    max_size=15,
).map(" ".join)


def _pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@given(st.text() | _PROSE)
def test_every_character_that_is_not_blank_lies_in_exactly_one_sentence(text: str) -> None:
    covered = [0] * len(text)
    for start, end in split_sentences(text):
        for position in range(start, end):
            covered[position] += 1
    assert all(count <= 1 for count in covered)
    assert all(count == 1 for count, character in zip(covered, text, strict=True) if not character.isspace())


@given(st.text() | _PROSE)
def test_sentences_are_in_order_without_blanks_around(text: str) -> None:
    spans = split_sentences(text)
    assert spans == sorted(spans)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@given(_PROSE)
def test_a_line_end_ends_a_sentence(text: str) -> None:
    assert not any("\n" in piece for piece in _pieces(text))


@pytest.mark.parametrize(
    "text",
    [
        "회의는 2020. 10. 13. 서울에서 열립니다.",
        "접수 기간은 2019.7.8. 부터입니다.",
        "보도시점(2019. 7. 8.) 이후 보도하시기 바랍니다.",
        "Mr. Park and Ms. Lee spoke.",
        "It grew by 3.5% a year.",
        "금리를 0.3%p 낮춥니다.",
        "It is No. 5 of the U.S. list.",
        "Use an accepted form, e.g. a PDF file.",
    ],
)
def test_full_stops_inside_a_sentence_do_not_split_it(text: str) -> None:
    assert _pieces(text) == [text]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("지원합니다. 신청하십시오.", ["지원합니다.", "신청하십시오."]),
        ("한도는 85%이다.초과분은 협의한다.", ["한도는 85%이다.", "초과분은 협의한다."]),
        ("받을 수 있나요? 예.", ["받을 수 있나요?", "예."]),
        ("He said “It is open.” They left.", ["He said “It is open.”", "They left."]),
        ("It opens in May. Apply by June 3.", ["It opens in May.", "Apply by June 3."]),
        ("첫째 줄\n둘째 줄", ["첫째 줄", "둘째 줄"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert _pieces(text) == sentences


@pytest.mark.parametrize("language", ["ko", "en"])
def test_paper_is_cut_into_more_sentences_than_paragraphs(language: str) -> None:
    text = SAMPLES[language]
    assert len(split_sentences(text)) >= len([line for line in text.split("\n") if line.strip()])
