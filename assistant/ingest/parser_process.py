"""The processes that parse. One loads the libraries and Kiwi's dictionary once; every parser is a fork of it, in milliseconds.

A parser shares the loaded memory with its parent, is limited in time and memory, and may crash: its end closes its
socket, which is how the pool (``parser_pool.py``) learns of it. It ends by itself when the pool's process is gone.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from assistant.errors import IngestError
from assistant.ingest.parsing import ParsedPart, ParseTask, parse_part, parts_of

# The pool ends a parser that is late; a parser whose pool was killed ends itself this much later.
_GRACE_SECONDS = 5.0
_RETIRING_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds without a sign of life, and bytes over what the libraries take."""

    timeout_seconds: float
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A parser begins with one of a file's parts."""

    index: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class Alive:
    """A long piece of work is through: the time for the rest begins anew."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A file is through. A parser that ``is_retiring`` holds too much memory to take another."""

    is_retiring: bool


Message = Begun | Alive | ParsedPart | Finished


def serve(control_fd: int) -> None:
    """Fork a parser for every socket that comes through the control socket, until that is closed."""
    # Threads of the numerical library would not survive a fork.
    os.putenv("OPENBLAS_NUM_THREADS", "1")
    _load_libraries()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=control_fd) as control:
        while True:
            message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not message:
                return
            if os.fork() == 0:
                try:
                    control.close()
                    _work(Connection(descriptors[0]))
                finally:
                    os._exit(0)
            os.close(descriptors[0])


def _load_libraries() -> None:
    from assistant.ingest import loaders, records  # noqa: F401
    from assistant.text.morphemes import forms

    forms("사전을 미리 읽습니다")


def _work(connection: Connection) -> None:
    """Take one file after the other, until the pool closes the socket."""
    # A group of its own, so that the programs it starts end with it.
    os.setpgid(0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    try:
        connection.send(os.getpid())
        limits: Limits = connection.recv()
        most_bytes = _limit_memory(limits.memory_bytes)
        send = _sender(connection, limits.timeout_seconds + _GRACE_SECONDS)
        _tell_progress(send)
        while True:
            task: ParseTask = connection.recv()
            _parse(task, send)
            connection.send(Finished(_data_bytes() > most_bytes))
            del task
    except (EOFError, OSError):
        return


def _parse(task: ParseTask, send: Callable[[Message], None]) -> None:
    send(Alive())
    try:
        parts = parts_of(task)
    except IngestError as error:
        send(ParsedPart(task.source.name, task.source.digest, None, error))
    else:
        for index in range(task.first_part, len(parts)):
            send(Begun(index, len(parts), parts[index].name))
            send(parse_part(task, parts[index]))
    signal.setitimer(signal.ITIMER_REAL, 0)


def _sender(connection: Connection, seconds: float) -> Callable[[Message], None]:
    """Send messages; the alarm rests while the pool is slow to take one, and starts anew after it."""

    def send(message: Message) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send(message)
        signal.setitimer(signal.ITIMER_REAL, seconds)

    return send


def _tell_progress(send: Callable[[Message], None]) -> None:
    from assistant.ingest.loaders.progress import listen

    listen(lambda: send(Alive()))


def _limit_memory(memory_bytes: int) -> int:
    """Bound what this process may allocate; returns the size at which it should retire, in bytes."""
    base = _data_bytes()
    if base:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = base + memory_bytes
        resource.setrlimit(
            resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )
    return base + round(memory_bytes * _RETIRING_SHARE)


def _data_bytes() -> int:
    """The size of this process's own memory, as RLIMIT_DATA counts it; 0 where the system does not tell."""
    try:
        fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(fields[5]) * resource.getpagesize()
