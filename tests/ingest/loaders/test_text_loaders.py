from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loader_samples import lines_of, make_source, shown, texts

from assistant.errors import NoTextError, UnreadableFileError
from assistant.ingest.loaders import load_document
from assistant.text.normalize import normalize_text
from assistant.types import Line, LineKind, LoadedDocument


def markdown(text: str) -> LoadedDocument:
    return load_document(make_source("a.md", text))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_plain_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    content = "해외 스마트시티 지원\r\nnext line".encode(encoding)
    assert texts(load_document(make_source("a.txt", content))) == ["해외 스마트시티 지원", "next line"]


def test_plain_text_keeps_empty_lines_and_indentation() -> None:
    page = load_document(make_source("a.txt", "\n□ 대상\n\n  ㅇ 중소기업\n\u3000- 70%\n\tend\n\n")).pages[0]
    assert page.lines == (
        Line("□ 대상"),
        Line(""),
        Line("ㅇ 중소기업", level=2),
        Line("- 70%", level=2),
        Line("end", level=4),
    )


def test_form_feeds_separate_pages() -> None:
    document = load_document(make_source("a.txt", "첫 쪽\f\f셋째 쪽\n\f"))
    assert [(page.number, [line.text for line in page.lines]) for page in document.pages] == [
        (1, ["첫 쪽"]),
        (2, []),
        (3, ["셋째 쪽"]),
    ]


def test_text_of_invisible_characters_only_is_refused() -> None:
    with pytest.raises(NoTextError):
        load_document(make_source("a.txt", "\u200b\n\ufeff\u00ad"))


@given(st.text(min_size=1))
def test_every_plain_text_line_is_normalised_and_whole(text: str) -> None:
    try:
        document = load_document(make_source("a.txt", text.encode("utf-8", "ignore")))
    except (NoTextError, UnreadableFileError):
        return
    for line in lines_of(document):
        assert "\n" not in line.text
        assert normalize_text(line.text) == line.text


def test_markdown_headings_lists_and_tables_are_told_apart() -> None:
    text = "# Fund\n\nFirst\nsecond.\n\n- one\n  - two\n\n1. three\n\n| a | b |\n|---|---|\n| 1 | **2**<br>3 |\n"
    assert shown(markdown(text)) == [
        (LineKind.HEADING, 1, "Fund"),
        (LineKind.PARAGRAPH, 0, "First second."),
        (LineKind.LIST_ITEM, 1, "one"),
        (LineKind.LIST_ITEM, 2, "two"),
        (LineKind.LIST_ITEM, 1, "1. three"),
        (LineKind.TABLE_HEADER, 0, "a | b"),
        (LineKind.TABLE_ROW, 0, "1 | 2 3"),
    ]


def test_korean_outline_lines_in_markdown_keep_their_marks() -> None:
    text = "## 1. 대상\n□ 중소기업*\nㅇ 한도 2억원\n- 사업당\n\n* 스타트업 포함\n※ 2019년 기준\n"
    kinds = shown(markdown(text))
    assert kinds[0] == (LineKind.HEADING, 2, "1. 대상")
    assert kinds[1:] == [
        (LineKind.TEXT, 0, line)
        for line in ("□ 중소기업*", "ㅇ 한도 2억원", "- 사업당", "* 스타트업 포함", "※ 2019년 기준")
    ]


def test_front_matter_becomes_metadata_and_leaves_the_text() -> None:
    document = markdown(
        "---\ntitle: 펀드 안내\npublisher: 국토교통부\npublished: 2019-07-08\nurl: https://a.kr\n---\n본문\n"
    )
    assert texts(document) == ["본문"]
    assert document.metadata.title == "펀드 안내"
    assert document.metadata.publisher == "국토교통부"
    assert document.metadata.published == date(2019, 7, 8)
    assert document.metadata.url == "https://a.kr"


def test_a_month_alone_is_not_a_date() -> None:
    assert markdown("---\ntitle: 안내문\npublished: 2019-07\n---\n본문\n").metadata.published is None


def test_front_matter_that_is_not_yaml_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="front matter"):
        markdown("---\ntitle: [\n---\n본문\n")


def test_markdown_with_front_matter_only_has_no_text() -> None:
    with pytest.raises(NoTextError):
        markdown("---\ntitle: 안내문\n---\n")


@pytest.mark.parametrize("text", ["> " * 5000 + "x", "- " * 3000 + "x", "[" * 20000 + "x", "*" * 20000 + "x"])
def test_absurd_markdown_is_survived(text: str) -> None:
    try:
        markdown("시작\n\n" + text)
    except (NoTextError, UnreadableFileError):
        return


def test_markdown_html_leaves_its_text_only() -> None:
    assert texts(markdown("<!-- hidden -->\n\n<p>보임</p>\n\na <b>b</b>")) == ["보임", "a b"]
