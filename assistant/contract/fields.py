"""What every request is made of: text and days as callers may send them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

# What no reader can see and some databases refuse, and halves of characters that no encoding can carry; tabs and line ends stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class RequestModel(BaseModel):
    """What a caller sends: a field that is not known is refused by name."""

    model_config = ConfigDict(extra="forbid")


def without_controls(text: str) -> str:
    """``text`` without control characters and lone surrogates."""
    return _CONTROL.sub("", text)


def _iso_day(value: object) -> object:
    # Left to itself pydantic also takes seconds since 1970 and dates with a time.
    if value is None or isinstance(value, date) or (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
        return value
    raise ValueError("a date is written YYYY-MM-DD")


Text = Annotated[str, AfterValidator(without_controls)]
IsoDay = Annotated[date, BeforeValidator(_iso_day)]
