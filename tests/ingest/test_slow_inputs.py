"""Files that once took minutes: work grows with the size of a file, not with its square."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from assistant.ingest.loaders import load_document
from assistant.ingest.loaders.sniff import FileKind, sniff
from assistant.ingest.structure import StructureBuilder
from assistant.types import Line, LoadedDocument, RawPage, SourceFile


def source(name: str, text: str) -> SourceFile:
    content = text.encode()
    return SourceFile(Path(name), name, content, hashlib.sha256(content).hexdigest())


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python ``work`` runs."""
    count = 0

    def traced(_frame: FrameType, _event: str, _argument: Any) -> Callable[..., Any]:
        nonlocal count
        count += 1
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def times_the_work(work: Callable[[], object], usual: Callable[[], object]) -> float:
    """How much more processor time ``work`` takes than ``usual``; patterns run outside Python and have no steps to count."""

    def seconds(run: Callable[[], object]) -> float:
        taken: list[float] = []
        for _ in range(3):
            start = time.process_time()
            run()
            taken.append(time.process_time() - start)
        return min(taken)

    usual()
    return seconds(work) / max(seconds(usual), 1e-4)


@pytest.mark.parametrize(
    "hostile",
    [
        f"지원 대상{' ' * 40_000}중소기업",
        f"Who may apply:{' ' * 40_000}small companies",
        f"<div>\n{'<!--' * 10_000}",
        f"<div>\n{'<a ' * 14_000}",
        f"<div>\n--> {'<a ' * 14_000}",
    ],
    ids=["blanks in Korean", "blanks in English", "open comments", "open tags", "open tags after a comment's end"],
)
def test_a_hostile_markdown_line_costs_about_what_a_usual_one_does(hostile: str) -> None:
    usual = source("usual.md", f"# 안내\n\n<div>\n{'plain words ' * 3_500}\n")
    found = source("hostile.md", f"# 안내\n\n{hostile}\n")
    ratio = times_the_work(
        lambda: load_document(found, max_bytes=1 << 20), lambda: load_document(usual, max_bytes=1 << 20)
    )
    assert ratio < 30


def test_many_comments_before_a_text_cost_about_what_words_do() -> None:
    comments = source("page.txt", "<!-- a --> " * 40 + "글 text")
    words = source("page.txt", "a few words " * 40 + "글 text")
    assert sniff(comments) is FileKind.TEXT
    assert times_the_work(lambda: sniff(comments), lambda: sniff(words)) < 30


def table_like(rows: int) -> LoadedDocument:
    lines = [Line(f"- 구간 {row} | section {row} | {row % 12 + 1}월 | {row % 7}팀 담당") for row in range(rows)]
    return LoadedDocument("text/plain", (RawPage(1, tuple(lines)),))


def outline(items: int) -> LoadedDocument:
    return LoadedDocument("text/plain", (RawPage(1, tuple(Line(f"- item {item}") for item in range(items))),))


@pytest.mark.parametrize("document", [table_like, outline])
def test_the_work_on_an_outline_grows_with_its_lines(document: Callable[[int], LoadedDocument]) -> None:
    half, whole = document(300), document(600)
    StructureBuilder().build(half)
    few = steps(lambda: StructureBuilder().build(half))
    assert steps(lambda: StructureBuilder().build(whole)) < 2.5 * few


def test_a_bookmark_that_is_never_closed_costs_about_what_words_do() -> None:
    def page(text: str) -> LoadedDocument:
        return LoadedDocument("text/plain", (RawPage(1, (Line(text),)),))

    hostile, usual = page("[bookmark:" * 20_000), page("[bookmark] " * 18_000)
    ratio = times_the_work(lambda: StructureBuilder().build(hostile), lambda: StructureBuilder().build(usual))
    assert ratio < 30
