"""Stop asking a service that keeps failing."""

from __future__ import annotations

import threading
from collections.abc import Callable


class CircuitBreaker:
    """Opens after ``failures`` failures in a row; after ``cooldown_seconds`` one trial call decides whether it closes again.

    Args:
        failures: consecutive failures that open it.
        cooldown_seconds: how long it stays open.
        clock: a monotonic clock in seconds.
    """

    def __init__(self, failures: int, cooldown_seconds: float, clock: Callable[[], float]) -> None:
        self._limit = failures
        self._cooldown = cooldown_seconds
        self._clock = clock
        self._failed = 0
        self._opened_at: float | None = None
        self._trial = False
        self._lock = threading.Lock()

    @property
    def state(self) -> str:
        """``closed``, ``open`` or ``half_open``."""
        with self._lock:
            if self._opened_at is None:
                return "closed"
            return "half_open" if self._clock() - self._opened_at >= self._cooldown else "open"

    def allow(self) -> bool:
        """Whether a call may be made now. Each ``True`` must be followed by ``succeeded``, ``failed`` or ``abandoned``."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._trial or self._clock() - self._opened_at < self._cooldown:
                return False
            self._trial = True
            return True

    def succeeded(self) -> None:
        """The call went well: close."""
        with self._lock:
            self._failed, self._opened_at, self._trial = 0, None, False

    def failed(self) -> None:
        """The call failed: count it, and open at the limit or when it was the trial."""
        with self._lock:
            self._failed += 1
            if self._trial or self._failed >= self._limit:
                self._opened_at = self._clock()
            self._trial = False

    def abandoned(self) -> None:
        """The caller went away before the outcome was known."""
        with self._lock:
            self._trial = False
