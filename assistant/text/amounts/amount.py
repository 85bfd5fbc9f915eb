"""An amount and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal


class Unit(StrEnum):
    """What an amount counts."""

    KRW = "KRW"
    USD = "USD"
    EUR = "EUR"
    PERCENT = "percent"
    PERCENTAGE_POINT = "percentage_point"
    PYEONG = "pyeong"
    M2 = "m2"
    KM2 = "km2"
    KM = "km"
    HOUSEHOLDS = "households"
    COMPANIES = "companies"
    COUNTRIES = "countries"
    PLACES = "places"
    PEOPLE = "people"
    TIMES = "times"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    PLAIN = "plain"


MONEY = frozenset({Unit.KRW, Unit.USD, Unit.EUR})
Bound = Literal["max", "min"]


@dataclass(frozen=True, slots=True)
class Amount:
    """The amount written in ``text[start:end]``; ``lower == upper`` unless it is a range.

    ``bound`` is ``max`` for "최대, 이내, up to" and ``min`` for "최소, 이상, at least"; ``strict`` when the bound
    itself is left out (미만, 초과, less than, more than).
    """

    start: int
    end: int
    lower: Decimal
    upper: Decimal
    unit: Unit
    approximate: bool = False
    bound: Bound | None = None
    strict: bool = False
