"""Compares program records with what a person wrote down, field by field and criterion by criterion."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from assistant.text.countries import find_countries
from assistant.types import Criterion, Record

_NAMES = {
    "years_in_business": "years", "export_record": "exports", "consortium_with_large": "consortium", "country_income": "income",
    "target_country": "country",
}  # fmt: skip


@dataclass(slots=True)
class Score:
    """How many of the gold fields and criteria were found, and what was found beside them."""

    right: int = 0
    total: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)

    def count(self, ok: bool, what: str) -> None:
        self.total += 1
        self.right += ok
        if not ok:
            self.wrong.append(what)


def shorthand(criterion: Criterion) -> str:
    """A criterion as the gold files write it."""
    name = _NAMES.get(criterion.field, criterion.field)
    if criterion.field == "other":
        text = "other-" if criterion.excluded else "other+"
    elif criterion.minimum is not None or criterion.maximum is not None:
        text = name + ",".join(_bounds(criterion))
    elif criterion.field == "target_country" and criterion.allowed == find_countries("아세안"):
        text = "country:아세안"
    elif criterion.excluded and not criterion.allowed:
        text = f"{name}!{','.join(criterion.excluded)}"
    else:
        text = f"{name}:{','.join(criterion.allowed)}" + "!".join(["", *criterion.excluded])
    if criterion.sizes:
        text += f"@{','.join(criterion.sizes)}"
    return text + (f"|{criterion.alternative}" if criterion.alternative else "")


def _bounds(criterion: Criterion) -> list[str]:
    bounds = []
    for value, loose, strict, back in (
        (criterion.minimum, ">=", ">", -math.inf),
        (criterion.maximum, "<=", "<", math.inf),
    ):
        if value is not None:
            inclusive = round(value, 6) == value
            told = value if inclusive else math.nextafter(value, back)
            bounds.append(
                f"{loose if inclusive else strict}{told:g}"
                if told < 1e5
                else f"{loose if inclusive else strict}{told:.0f}"
            )
    return bounds


def plain(value: Any) -> Any:
    """A field as YAML writes it."""
    return getattr(value, "value", value)


def score_fields(records: list[Record], gold: list[dict[str, Any]], name: str, score: Score) -> None:
    """Count each gold field; a record that is missing has none of them, one too many is a wrong title."""
    by_title = {record.title: record for record in records}
    for item in gold:
        record = by_title.pop(item["title"], None)
        score.count(record is not None, f"{name}: no record {item['title']!r} among {list(by_title)}")
        for key, expected in item["fields"].items():
            found = plain(getattr(record, key)) if record else None
            score.count(record is not None and found == expected, f"{name}: {key} is {found!r}, not {expected!r}")
    for title in by_title:
        score.count(False, f"{name}: a record too many, {title!r}")


def score_criteria(records: list[Record], gold: list[dict[str, Any]], name: str, score: Score) -> None:
    """Count each gold criterion (recall) and, in ``found``, the criteria that were read (for precision)."""
    by_title = {record.title: record for record in records}
    for item in gold:
        record = by_title.get(item["title"])
        read = [_ordered(shorthand(criterion)) for criterion in record.criteria] if record else []
        score.found += len(read)
        for expected in map(_ordered, item["criteria"]):
            ok = expected in read
            if ok:
                read.remove(expected)
            score.count(ok, f"{name}: {expected} is not among {read}")
        score.wrong += [f"{name}: {extra} is too many" for extra in read]


def _ordered(text: str) -> str:
    """Regions in one order, whichever the text names first."""
    name, mark, values = text.partition("!" if text.startswith("region!") else ":")
    return name + mark + ",".join(sorted(values.split(","))) if name == "region" else text
