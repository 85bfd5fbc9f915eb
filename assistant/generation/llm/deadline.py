"""Read a stream that may fall silent, for so long and no longer."""

from __future__ import annotations

import contextvars
import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    error: Exception | None = None


def read_within(
    stream: Callable[[], Iterator[T]], seconds: float, clock: Callable[[], float], on_leave: Callable[[], None]
) -> Iterator[T]:
    """Yield what ``stream()`` yields, read in a thread of its own, until ``seconds`` have passed.

    Args:
        stream: opens the stream; its errors are raised here.
        seconds: for the whole stream, not for one item.
        clock: a monotonic clock in seconds.
        on_leave: called when reading stops for whatever reason, so that the stream can be told to end.

    Raises:
        TimeoutError: the time is up and the stream has not ended.
    """
    items: queue.SimpleQueue[_Item[T] | _End] = queue.SimpleQueue()
    deadline = clock() + seconds

    def pump() -> None:
        try:
            for value in stream():
                items.put(_Item(value))
            items.put(_End())
        except Exception as error:
            items.put(_End(error))

    threading.Thread(target=contextvars.copy_context().run, args=(pump,), daemon=True, name="annae-llm").start()
    try:
        while True:
            try:
                item = items.get(timeout=max(0.0, deadline - clock()))
            except queue.Empty:
                raise TimeoutError from None
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item.value
    finally:
        on_leave()
