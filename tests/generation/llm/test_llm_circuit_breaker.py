"""The breaker on a clock of its own."""

from __future__ import annotations

import pytest

from assistant.generation.llm.circuit_breaker import CircuitBreaker


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def breaker(now: list[float]) -> CircuitBreaker:
    return CircuitBreaker(failures=3, cooldown_seconds=10, clock=lambda: now[0])


def test_it_opens_after_failures_in_a_row_only(breaker: CircuitBreaker) -> None:
    for _ in range(2):
        breaker.failed()
    breaker.succeeded()
    for _ in range(2):
        breaker.failed()
    assert breaker.allow()
    breaker.failed()
    assert breaker.state == "open"
    assert not breaker.allow()


def test_after_the_cool_down_one_trial_decides(breaker: CircuitBreaker, now: list[float]) -> None:
    for _ in range(3):
        breaker.failed()
    now[0] = 10.0
    assert breaker.state == "half_open"
    assert breaker.allow()
    assert not breaker.allow()
    breaker.failed()
    assert not breaker.allow()
    now[0] = 20.0
    assert breaker.allow()
    breaker.succeeded()
    assert breaker.state == "closed"
    assert breaker.allow()
    assert breaker.allow()


def test_an_abandoned_trial_makes_room_for_the_next(breaker: CircuitBreaker, now: list[float]) -> None:
    for _ in range(3):
        breaker.failed()
    now[0] = 10.0
    assert breaker.allow()
    breaker.abandoned()
    assert breaker.allow()
