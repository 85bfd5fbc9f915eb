"""Signs of life from long work: a page that was recognised is progress, and the time a file may take begins anew."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Have ``listener`` called at every sign of life in this process."""
    _listeners.append(listener)


def page_done() -> None:
    """Say that a page which took long is through."""
    for listener in _listeners:
        listener()
