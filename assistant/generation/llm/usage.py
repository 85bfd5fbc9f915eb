"""What the language model has cost so far."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass
class UsageMeter:
    """Counts calls, tokens and money of one process. Prices are per million tokens, in whatever currency they are set in."""

    input_price: float = 0.0
    output_price: float = 0.0
    calls: int = 0
    calls_without_usage: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def cost(self) -> float:
        """The sum so far; too low by the calls for which the server gave no usage."""
        return (self.input_tokens * self.input_price + self.output_tokens * self.output_price) / 1_000_000

    def add_call(self) -> None:
        """Count a call that begins; it has no usage until the server gives it."""
        with self._lock:
            self.calls += 1
            self.calls_without_usage += 1

    def add_tokens(self, input_tokens: int, output_tokens: int) -> None:
        """Count the usage of a call that has ended."""
        with self._lock:
            self.calls_without_usage -= 1
            self.input_tokens += input_tokens
            self.output_tokens += output_tokens
