from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ingest.loaders.repair import edited, join_broken_words, repair_characters, repair_line, words_of
from assistant.text.normalize import normalize_text
from assistant.types import Box, Line, LineKind


def boxed(text: str, kind: LineKind = LineKind.TEXT) -> Line:
    boxes, start = [], 0
    for word in text.split(" "):
        boxes.append(Box(start, start + len(word), start, 0, start + len(word), 1))
        start += len(word) + 1
    return Line(text, kind, 0, tuple(boxes))


def boxed_words(line: Line) -> list[str]:
    return [line.text[box.start : box.end] for box in line.boxes]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("‘20 년까지 560 억원", "‘20년까지 560억원"),
        ("12 월 초, 3 개사", "12월 초, 3개사"),
        ("‘ 20년 예산", "‘20년 예산"),
        ("2019 개정 기준", "2019 개정 기준"),
        ("제1 년차", "제1년차"),
        ("sup- port for short- and long-term loans", "support for short- and long-term loans"),
        ("a long- term loan", "a long-term loan"),
    ],
)
def test_gaps_that_extraction_leaves_are_closed_and_boxes_follow(broken: str, whole: str) -> None:
    line = repair_line(boxed(broken))
    assert line.text == whole
    assert "".join(boxed_words(line)).replace("-", "") == whole.replace(" ", "").replace("-", "")


def test_a_word_broken_at_a_line_end_moves_up_whole() -> None:
    first, second = join_broken_words([boxed("The agency will sup-"), boxed("port, within limits, exporters")])
    assert (first.text, second.text) == ("The agency will support,", "within limits, exporters")
    assert boxed_words(first) == ["The", "agency", "will", "sup", "port,"]
    assert boxed_words(second) == ["within", "limits,", "exporters"]


def test_the_document_s_own_spelling_decides_whether_a_hyphen_stays() -> None:
    lines = [Line("a policy of risk-"), Line("sharing")]
    assert join_broken_words(lines)[0].text == "a policy of risksharing"
    assert join_broken_words(lines, words=words_of([Line("Risk-sharing is new")]))[0].text == "a policy of risk-sharing"


@pytest.mark.parametrize(
    "pair",
    [
        ("short-", "and long-term loans"),
        ("2019-", "end"),
        ("항목 -", "다음"),
        ("지원-", "내용"),
    ],
)
def test_other_hyphens_at_line_ends_stay(pair: tuple[str, str]) -> None:
    lines = [Line(text) for text in pair]
    assert join_broken_words(lines) == lines


def test_whole_paragraphs_are_not_joined() -> None:
    lines = [Line("sup-", LineKind.PARAGRAPH), Line("port", LineKind.PARAGRAPH)]
    assert join_broken_words(lines) == lines


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("\u1112\u119e\u11ab글", "한글"),
        ("\u1112\u1161\u11ab", "한"),
        ("물\u119e에너지", "물·에너지"),
        ("\U000f02b1 추진배경", "1 추진배경"),
        ("\U000f0854책\U000f0855", "『책』"),
    ],
)
def test_old_letters_and_private_characters_become_ordinary_ones(stored: str, read: str) -> None:
    assert normalize_text(repair_characters(stored)) == read


@given(st.text(st.sampled_from("가년월 0123'‘억원ab- .,"), max_size=40).map(normalize_text))
def test_repair_loses_no_character_but_blanks_and_hyphens_and_ends(text: str) -> None:
    line = repair_line(boxed(text)) if text else Line("")
    assert line.text.replace(" ", "").replace("-", "") == text.replace(" ", "").replace("-", "")
    assert repair_line(repair_line(line)).text == repair_line(line).text
    for box in line.boxes:
        assert 0 <= box.start < box.end <= len(line.text)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text("xy", max_size=3)), max_size=4))
def test_edits_move_boxes_to_the_same_characters(raw: list[tuple[int, int, str]]) -> None:
    line = boxed("aa bb cc dd ee ff gg hh ii jj kk")
    edits, last = [], 0
    for start, length, new in sorted(raw):
        if start >= last and start + length <= len(line.text):
            edits.append((start, start + length, new))
            last = start + length + 1
    result = edited(line, edits)
    for box in result.boxes:
        assert 0 <= box.start < box.end <= len(result.text)
