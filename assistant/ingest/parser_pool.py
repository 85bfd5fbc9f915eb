"""Parses files in processes of their own, ahead of whoever takes the results, in order and within bounds."""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait

from assistant.errors import ConfigurationError, IngestError, TooLargeError, UnreadableFileError
from assistant.ingest.parser_process import Alive, Begun, Finished, Limits
from assistant.ingest.parsing import ParsedPart, ParseTask, parse

# How far parsing may run ahead: files, and bytes of contents and results.
_MAX_FILES_AHEAD = 64
_MAX_BYTES_AHEAD = 64 * 1024 * 1024
_MAX_FAILED_STARTS = 3
_POLL_SECONDS = 1.0
_SERVER = "import sys; sys.path[:] = {path!r}; from assistant.ingest.parser_process import serve; serve({control})"


class SerialParser:
    """Parses in this very process: no limit on time or memory, and a crash is the caller's."""

    def run(self, jobs: Iterable[ParseTask | ParsedPart]) -> Generator[Iterator[ParsedPart], None, None]:
        """The parts of each job, in order; a job that is a part already is passed on."""
        for job in jobs:
            yield iter([job]) if isinstance(job, ParsedPart) else parse(job)


@dataclass(slots=True)
class _Slot:
    """One file on its way: its task (none if there is nothing to parse) and the results that wait to be taken."""

    task: ParseTask | None
    parts: deque[tuple[ParsedPart, int]] = field(default_factory=deque)
    begun: Begun | None = None
    is_done: bool = False


@dataclass(slots=True, eq=False)
class _Parser:
    """A process. ``pid`` is 0 until it has said it is there; ``slot`` is what it works on."""

    connection: Connection
    pid: int = 0
    slot: _Slot | None = None
    deadline: float = 0.0
    is_late: bool = False


class ParserPool:
    """Parses in ``processes`` processes; what a file may cost is limited.

    A file whose parser hangs, crashes or takes too much memory is a failure with its reason, and its neighbours go on; so are the
    parts of an archive. Processes start with the first file that must be parsed, and end with the run.

    Args:
        processes: how many parse at once.
        timeout_seconds: longest time for one file, or for one part of an archive; each page read by OCR has as much again.
        memory_mb: most memory (1,000,000 bytes) that one file may take over what the libraries take.
    """

    def __init__(self, processes: int, timeout_seconds: float, memory_mb: int) -> None:
        self._processes = processes
        self._timeout_seconds = timeout_seconds
        self._memory_mb = memory_mb

    def run(self, jobs: Iterable[ParseTask | ParsedPart]) -> Generator[Iterator[ParsedPart], None, None]:
        """The parts of each job, in the jobs' order; a job that is a part already is passed on.

        ``jobs`` is read from another thread, as far ahead as there is room.

        Raises:
            ConfigurationError: parser processes cannot be started here.
        """
        run = _Run(jobs, self._processes, self._timeout_seconds, self._memory_mb)
        try:
            yield from run.results()
        finally:
            run.close()


class _Run:
    """One run of the pool: a thread that feeds the processes and collects, and the caller who takes."""

    def __init__(
        self, jobs: Iterable[ParseTask | ParsedPart], processes: int, timeout_seconds: float, memory_mb: int
    ) -> None:
        self._jobs = iter(jobs)
        self._processes = processes
        self._timeout = timeout_seconds
        self._memory_mb = memory_mb
        self._changed = threading.Condition()
        self._slots: deque[_Slot] = deque()
        self._bytes = 0
        self._waiting: deque[_Slot] = deque()
        self._parsers: list[_Parser] = []
        self._failed_starts = 0
        self._is_exhausted = self._is_over = self._is_closing = False
        self._error: BaseException | None = None
        self._wake_reader, self._wake_writer = os.pipe()
        os.set_blocking(self._wake_writer, False)
        self._thread = threading.Thread(target=self._feed, name="annae-parsing", daemon=True)
        self._thread.start()

    # --- the caller's side ---

    def results(self) -> Iterator[Iterator[ParsedPart]]:
        while (slot := self._head()) is not None:
            parts = self._take(slot)
            yield parts
            for _ in parts:
                pass
            with self._changed:
                self._slots.popleft()
            self._wake()

    def _head(self) -> _Slot | None:
        with self._changed:
            self._changed.wait_for(lambda: self._slots or self._is_over)
            if self._slots:
                return self._slots[0]
            if self._error is not None:
                raise self._error
            return None

    def _take(self, slot: _Slot) -> Iterator[ParsedPart]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: slot.parts or slot.is_done or self._is_over)
                if not slot.parts:
                    if slot.is_done:
                        return
                    raise self._error or RuntimeError("parsing ended before the file was through")
                part, size = slot.parts.popleft()
                self._bytes -= size
            self._wake()
            yield part

    def close(self) -> None:
        """End the thread and its processes."""
        self._is_closing = True
        self._wake()
        self._thread.join()
        os.close(self._wake_reader)
        os.close(self._wake_writer)

    def _wake(self) -> None:
        with suppress(BlockingIOError):
            os.write(self._wake_writer, b"w")

    # --- the thread's side ---

    def _feed(self) -> None:
        try:
            while not self._is_closing:
                self._admit()
                self._dispatch()
                if self._is_exhausted and not self._waiting and not any(parser.slot for parser in self._parsers):
                    break
                self._collect()
                self._end_late_ones()
        except BaseException as error:
            self._error = error
        finally:
            for parser in list(self._parsers):
                self._end(parser)
            with self._changed:
                self._is_over = True
                self._changed.notify_all()

    def _admit(self) -> None:
        """Read jobs while there is room for them and something for them to do."""
        while not self._is_exhausted and not self._is_closing and len(self._waiting) < self._free():
            with self._changed:
                if self._slots and (len(self._slots) >= _MAX_FILES_AHEAD or self._bytes >= _MAX_BYTES_AHEAD):
                    return
            try:
                job = next(self._jobs, None)
            except Exception as error:
                # What came before it is still on its way.
                self._error, job = error, None
            if job is None:
                self._is_exhausted = True
                return
            slot = _Slot(None if isinstance(job, ParsedPart) else job)
            if isinstance(job, ParsedPart):
                self._put(slot, job, len(job.content or b""))
                self._finish(slot)
            else:
                self._bytes_held(len(job.source.content))
                self._waiting.append(slot)
            with self._changed:
                self._slots.append(slot)
                self._changed.notify_all()

    def _free(self) -> int:
        return self._processes - sum(parser.slot is not None for parser in self._parsers)

    def _dispatch(self) -> None:
        """Give waiting files to processes that are idle, and start processes for those that remain."""
        for parser in self._parsers:
            if self._waiting and parser.pid and parser.slot is None:
                self._give(parser, self._waiting.popleft())
        missing = len(self._waiting) - sum(not parser.pid for parser in self._parsers)
        for _ in range(min(missing, self._processes - len(self._parsers))):
            self._parsers.append(_Parser(_fork_parser()))

    def _give(self, parser: _Parser, slot: _Slot) -> None:
        parser.slot, parser.is_late = slot, False
        parser.deadline = time.monotonic() + self._timeout
        with suppress(OSError):  # a process that is gone is noticed when it is heard
            parser.connection.send(slot.task)

    def _collect(self) -> None:
        """Hear what the processes say, for as long as there is room for it."""
        with self._changed:
            is_full = self._bytes >= _MAX_BYTES_AHEAD
            head = self._slots[0] if self._slots else None
            is_head_full = head is not None and len(head.parts) > 0
        heard = [
            parser
            for parser in self._parsers
            if parser.slot is None or not is_full or (parser.slot is head and not is_head_full)
        ]
        for parser in self._parsers:
            if parser not in heard:
                parser.deadline = time.monotonic() + self._timeout  # it may be waiting for us
        ready = wait([self._wake_reader, *(parser.connection for parser in heard)], _POLL_SECONDS)
        if self._wake_reader in ready:
            os.read(self._wake_reader, 4096)
        for parser in heard:
            if parser.connection in ready:
                self._hear(parser)

    def _hear(self, parser: _Parser) -> None:
        try:
            data = parser.connection.recv_bytes()
        except (EOFError, OSError):
            self._lose(parser)
            return
        message = pickle.loads(data)  # noqa: S301 - from a process of our own
        parser.deadline = time.monotonic() + self._timeout
        slot = parser.slot
        if isinstance(message, int):
            self._failed_starts = 0
            parser.pid = message
            with suppress(OSError):
                parser.connection.send(Limits(self._timeout, self._memory_mb * 1_000_000))
        elif slot is None or isinstance(message, Alive):
            return
        elif isinstance(message, Begun):
            slot.begun = message
        elif isinstance(message, ParsedPart):
            self._put(slot, message, len(data))
        elif isinstance(message, Finished):
            parser.slot = None
            self._finish(slot)
            if message.is_retiring:
                self._end(parser)

    def _lose(self, parser: _Parser) -> None:
        """A process is gone: what it was at has failed, and the parts that follow go to another."""
        slot = parser.slot
        self._end(parser)
        if slot is None:
            if not parser.pid:
                self._failed_starts += 1
                if self._failed_starts >= _MAX_FAILED_STARTS:
                    raise ConfigurationError(
                        "parser processes", "they cannot be started", "Set ANNAE_PARSE_PROCESSES=0 to do without"
                    )
            return
        task, begun = slot.task, slot.begun
        if task is None:
            return
        name = begun.name if begun else task.source.name
        self._put(slot, ParsedPart(name, task.source.digest, None, self._reason(name, is_late=parser.is_late)), 0)
        slot.begun = None
        if begun and begun.index + 1 < begun.total:
            slot.task = replace(task, first_part=begun.index + 1)
            self._waiting.appendleft(slot)
        else:
            self._finish(slot)

    def _reason(self, name: str, *, is_late: bool) -> IngestError:
        if is_late:
            problem = f"reading it took more than {self._timeout:g} seconds"
            return TooLargeError(name, problem, "Split it, or raise ANNAE_PARSE_TIMEOUT_SECONDS")
        problem = f"its reader crashed, or needed more than {self._memory_mb:,} MB of memory"
        return UnreadableFileError(name, problem, "Save it as PDF, or raise ANNAE_PARSE_MEMORY_MB")

    def _put(self, slot: _Slot, part: ParsedPart, size: int) -> None:
        with self._changed:
            slot.parts.append((part, size))
            self._bytes += size
            self._changed.notify_all()

    def _finish(self, slot: _Slot) -> None:
        with self._changed:
            if slot.task is not None:
                self._bytes -= len(slot.task.source.content)
                slot.task = None
            slot.is_done = True
            self._changed.notify_all()

    def _bytes_held(self, size: int) -> None:
        with self._changed:
            self._bytes += size

    def _end_late_ones(self) -> None:
        now = time.monotonic()
        for parser in self._parsers:
            if parser.slot is not None and parser.pid and now > parser.deadline and not parser.is_late:
                parser.is_late = True
                _kill(parser.pid)

    def _end(self, parser: _Parser) -> None:
        self._parsers.remove(parser)
        if parser.pid:
            _kill(parser.pid)
        parser.connection.close()


def _kill(pid: int) -> None:
    """End a process and the programs it started."""
    with suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


# --- the process that parsers are forked from: one for this process and those forked from it, started when first needed ---

_server_lock = threading.Lock()
_control: socket.socket | None = None
_server: subprocess.Popen[bytes] | None = None


def _fork_parser() -> Connection:
    """A connection to a new parser process; the first call starts the process that they are forked from."""
    ours, theirs = socket.socketpair()
    with theirs:
        try:
            socket.send_fds(_running_server(), [b"f"], [theirs.fileno()])
        except OSError:
            _stop_server()
            socket.send_fds(_running_server(), [b"f"], [theirs.fileno()])
    return Connection(ours.detach())


def _running_server() -> socket.socket:
    global _control, _server
    with _server_lock:
        if _control is None:
            _control, theirs = socket.socketpair()
            with theirs:
                code = _SERVER.format(path=sys.path, control=theirs.fileno())
                _server = subprocess.Popen(  # noqa: S603 - this very interpreter
                    [sys.executable, "-c", code],
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    # An interrupt from the keyboard is for us; the parsers end with their sockets.
                    start_new_session=True,
                )
            atexit.register(_stop_server)
        return _control


def _stop_server() -> None:
    global _control, _server
    with _server_lock:
        if _control is not None:
            _control.close()
        if _server is not None:
            _server.kill()
            with suppress(subprocess.SubprocessError, OSError):
                _server.wait(5)
        _control = _server = None
