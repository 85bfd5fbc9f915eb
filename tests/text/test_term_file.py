"""The termbase in effect follows its file."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.text.term_check import TermRow
from assistant.text.termbase import Termbase
from assistant.text.termbase_file import TermbaseFile, rows_in_effect, save_rows


def _row(korean: str, english: str) -> TermRow:
    return TermRow(2, "fund", (korean,), (english,))


def _found(finder: TermbaseFile | Termbase, text: str) -> list[str]:
    return [text[match.start : match.end] for match in finder.find(text)]


def _wait(condition: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "termbase.csv"


def test_without_a_file_the_bundled_termbase_is_in_effect(path: Path) -> None:
    assert TermbaseFile(path).current().terms == Termbase.load().terms
    assert not path.exists()
    assert len(rows_in_effect(path)) == len(Termbase.load().terms)


@pytest.mark.parametrize(("question", "word"), [("가나기금 신청", "가나기금"), ("apply to the Gana Fund", "Gana Fund")])
def test_the_file_is_in_effect_where_there_is_one(path: Path, question: str, word: str) -> None:
    save_rows(path, [_row("가나기금", "Gana Fund")])
    assert _found(TermbaseFile(path), question) == [word]
    assert [row.korean for row in rows_in_effect(path)] == [("가나기금",)]


def test_a_changed_file_is_seen_by_queries_without_a_restart(path: Path) -> None:
    save_rows(path, [_row("가나기금", "Gana Fund")])
    termbase = TermbaseFile(path, check_seconds=0)
    assert _found(termbase, "다라기금") == []
    save_rows(path, [_row("다라기금", "Dara Fund")])
    assert _wait(lambda: _found(termbase, "다라기금") == ["다라기금"])
    assert _found(termbase, "가나기금") == []


def test_a_file_that_comes_and_goes_is_followed(path: Path) -> None:
    termbase = TermbaseFile(path)
    bundled = termbase.current()
    save_rows(path, [_row("가나기금", "Gana Fund")])
    assert termbase.refresh()
    assert len(termbase.current().terms) == 1
    path.unlink()
    assert termbase.refresh()
    assert termbase.current().terms == bundled.terms


def test_nothing_is_read_while_nothing_changes(path: Path) -> None:
    save_rows(path, [_row("가나기금", "Gana Fund")])
    termbase = TermbaseFile(path)
    before = termbase.current()
    assert not termbase.refresh()
    assert termbase.current() is before


def test_a_change_of_the_same_size_is_seen(path: Path) -> None:
    save_rows(path, [_row("가나기금", "Gana Fund")])
    termbase = TermbaseFile(path)
    status = path.stat()
    save_rows(path, [_row("마바기금", "Maba Fund")])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert path.stat().st_size == status.st_size
    assert termbase.refresh()
    assert _found(termbase, "마바기금") == ["마바기금"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "columns"),
        (b"kind,ko,en,abbr,status,source,note\nfund,,Gana Fund,,unofficial,,\n", "line 2"),
        (b"\xff\xff\xff", "neither UTF-8"),
    ],
)
def test_a_broken_change_is_logged_once_and_the_old_entries_stay(
    path: Path, content: bytes, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    save_rows(path, [_row("가나기금", "Gana Fund")])
    termbase = TermbaseFile(path)
    path.write_bytes(content)
    with caplog.at_level(logging.ERROR):
        assert not termbase.refresh()
        assert not termbase.refresh()
    assert _found(termbase, "가나기금") == ["가나기금"]
    assert len(caplog.records) == 1
    assert str(path) in caplog.text
    assert why in caplog.text
    save_rows(path, [_row("다라기금", "Dara Fund")])
    assert termbase.refresh()
    assert _found(termbase, "다라기금") == ["다라기금"]


def test_a_file_that_is_broken_at_the_start_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("kind,ko\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"termbase\.csv"):
        TermbaseFile(path)


def test_a_query_does_not_wait_for_the_reading(path: Path) -> None:
    save_rows(path, [_row(f"가나{n}기금", f"Gana{n} Fund") for n in range(3000)])
    termbase = TermbaseFile(path, check_seconds=0)
    termbase.find("준비")
    save_rows(path, [_row(f"다라{n}기금", f"Dara{n} Fund") for n in range(3000)])
    begun = time.perf_counter()
    before = termbase.current()
    assert time.perf_counter() - begun < 0.3
    assert _wait(lambda: termbase.current() is not before)
    # What the first query would build is built by then.
    assert {"_korean", "_latin", "_literal"} <= vars(termbase.current()).keys()


def test_the_file_is_looked_at_once_in_a_while_not_with_every_query(path: Path) -> None:
    termbase = TermbaseFile(path, check_seconds=3600)
    before = termbase.current()
    save_rows(path, [_row("가나기금", "Gana Fund")])
    assert termbase.current() is before
    assert not any(thread.name == "termbase" for thread in threading.enumerate())


def test_a_write_that_fails_leaves_the_old_file_and_no_other(path: Path) -> None:
    save_rows(path, [_row("가나기금", "Gana Fund")])
    before = path.read_bytes()
    folder = path.parent / "a folder"
    folder.mkdir()
    with pytest.raises(ConfigurationError, match="cannot be written"):
        save_rows(folder, [_row("다라기금", "Dara Fund")])
    assert path.read_bytes() == before
    assert sorted(item.name for item in path.parent.iterdir()) == ["a folder", "termbase.csv"]
