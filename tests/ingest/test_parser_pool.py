"""Parser processes: what a hostile file may cost, and that its neighbours never notice."""

from __future__ import annotations

import hashlib
import io
import os
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bad_parsing import FaultyChunker

from assistant.errors import TooLargeError, UnreadableFileError
from assistant.ingest import parser_pool
from assistant.ingest.metadata import Metadata
from assistant.ingest.parser_pool import ParserPool, SerialParser
from assistant.ingest.parsing import ParsedDocument, ParsedPart, ParseTask, fingerprint
from assistant.types import SourceFile

_CHUNKER = FaultyChunker()


def _task(name: str, content: str | bytes, known: dict[str, str] | None = None) -> ParseTask:
    data = content.encode() if isinstance(content, str) else content
    source = SourceFile(Path(name), name, data, hashlib.sha256(data).hexdigest())
    return ParseTask(source, Metadata(), _CHUNKER, 50_000_000, known or {})


def _archive(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _pool(timeout_seconds: float = 60.0) -> ParserPool:
    return ParserPool(2, timeout_seconds, 300)


def _outcomes(pool: ParserPool | SerialParser, jobs: list[ParseTask | ParsedPart]) -> list[list[ParsedPart]]:
    return [list(parts) for parts in pool.run(jobs)]


@pytest.mark.parametrize("parser", [_pool(), SerialParser()], ids=["processes", "serial"])
def test_results_come_in_the_order_of_the_files(parser: ParserPool | SerialParser) -> None:
    # The first is the longest: the others are through before it.
    texts = {f"{number}.txt": f"공고 {number}호\n" * (3000 if number == 0 else 1) for number in range(12)}
    found = _outcomes(parser, [_task(name, text) for name, text in texts.items()])
    assert [part.name for parts in found for part in parts] == list(texts)
    assert all(isinstance(parts[0].outcome, ParsedDocument) for parts in found)


def test_processes_find_what_the_main_process_finds() -> None:
    jobs: list[ParseTask | ParsedPart] = [
        _task("ko.txt", "Ⅰ. 공고\n\n□ 보증 한도는 사업비의 85% 이내\n\n접수 마감 2026. 3. 2."),
        _task("en.md", "# Notice\n\nThe desk closes on 2 March 2026."),
        _task("both.zip", _archive({"a.txt": "하나", "b.txt": "둘"})),
    ]
    assert _outcomes(_pool(), jobs) == _outcomes(SerialParser(), jobs)


def test_what_needs_no_parsing_passes_through_without_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_pool, "_fork_parser", lambda: pytest.fail("a process was started"))
    jobs: list[ParseTask | ParsedPart] = [ParsedPart(f"{n}.txt", "", None, None) for n in range(200)]
    assert [parts[0] for parts in _outcomes(_pool(), jobs)] == jobs


def test_a_parser_that_hangs_costs_its_file_and_no_other() -> None:
    jobs = [_task("a.txt", "하나"), _task("bad.txt", "hang"), *(_task(f"{n}.txt", f"둘 {n}") for n in range(5))]
    found = [parts[0] for parts in _outcomes(_pool(timeout_seconds=3), [*jobs])]
    failed = [part for part in found if not isinstance(part.outcome, ParsedDocument)]
    assert [part.name for part in failed] == ["bad.txt"]
    assert isinstance(failed[0].outcome, TooLargeError)
    assert "3 seconds" in failed[0].outcome.problem


@pytest.mark.parametrize("fault", ["crash", "eat"])
def test_a_parser_that_crashes_or_eats_memory_costs_its_file_and_no_other(fault: str) -> None:
    jobs: list[ParseTask | ParsedPart] = [_task("bad.txt", fault), _task("a.txt", "하나"), _task("b.txt", "둘")]
    found = [parts[0] for parts in _outcomes(_pool(), jobs)]
    assert isinstance(found[0].outcome, UnreadableFileError | TooLargeError)
    assert "memory" in found[0].outcome.problem
    assert all(isinstance(part.outcome, ParsedDocument) for part in found[1:])


@pytest.mark.parametrize("parser", [_pool(), SerialParser()], ids=["processes", "serial"])
def test_a_fault_of_the_program_costs_its_file_and_is_named(parser: ParserPool | SerialParser) -> None:
    (bad,), (good,) = _outcomes(parser, [_task("bad.txt", "stumble"), _task("a.txt", "하나")])
    assert isinstance(bad.outcome, UnreadableFileError)
    assert "ZeroDivisionError" in bad.outcome.problem
    assert isinstance(good.outcome, ParsedDocument)


def test_a_part_that_breaks_its_parser_costs_no_other_part() -> None:
    members = {"a.txt": "하나", "b.txt": "crash", "c.txt": "셋", "d.txt": "hang", "e.txt": "다섯"}
    ((*parts,),) = _outcomes(_pool(timeout_seconds=3), [_task("all.zip", _archive(members))])
    assert [part.name for part in parts] == [f"all.zip/{name}" for name in members]
    assert [isinstance(part.outcome, ParsedDocument) for part in parts] == [True, False, True, False, True]


def test_parts_that_are_known_are_passed_over() -> None:
    digest = hashlib.sha256("하나".encode()).hexdigest()
    known = {"all.zip/a.txt": fingerprint(digest, Metadata(), _CHUNKER)}
    ((first, second),) = _outcomes(_pool(), [_task("all.zip", _archive({"a.txt": "하나", "b.txt": "둘"}), known)])
    assert first.outcome is None
    assert isinstance(second.outcome, ParsedDocument)


def test_parsing_runs_ahead_only_so_far() -> None:
    read = 0
    is_read = threading.Event()

    def jobs() -> Iterator[ParsedPart]:
        nonlocal read
        for number in range(500):
            read += 1
            if read == 64:
                is_read.set()
            yield ParsedPart(f"{number}.txt", "", None, None)

    results = _pool().run(jobs())
    next(results)
    assert is_read.wait(60)
    assert read <= 65
    assert len(list(results)) == 499


def test_large_results_wait_in_their_process_until_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_pool, "_MAX_BYTES_AHEAD", 100_000)
    jobs: list[ParseTask | ParsedPart] = [_task(f"{n}.txt", f"공고 {n}\n" * 4000) for n in range(6)]
    found = [parts[0] for parts in _outcomes(_pool(timeout_seconds=20), jobs)]
    assert all(isinstance(part.outcome, ParsedDocument) for part in found)


def test_an_error_in_reading_the_jobs_is_raised_after_what_came_before() -> None:
    def jobs() -> Iterator[ParseTask]:
        yield _task("a.txt", "하나")
        raise OSError("the disk is gone")

    results = _pool().run(jobs())
    assert isinstance(next(next(results)).outcome, ParsedDocument)
    with pytest.raises(OSError, match="the disk is gone"):
        next(results)


def test_a_run_that_is_given_up_ends_its_processes() -> None:
    results = _pool().run(_task(f"{n}.txt", f"공고 {n}") for n in range(50))
    next(results)
    results.close()
    assert "annae-parsing" not in {thread.name for thread in threading.enumerate()}


def test_a_server_that_was_killed_is_started_again() -> None:
    assert isinstance(_outcomes(_pool(), [_task("a.txt", "하나")])[0][0].outcome, ParsedDocument)
    server = parser_pool._server
    assert server is not None
    os.kill(server.pid, 9)
    server.wait()
    assert isinstance(_outcomes(_pool(), [_task("a.txt", "하나")])[0][0].outcome, ParsedDocument)
