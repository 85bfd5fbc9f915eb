from __future__ import annotations

import pytest

from assistant.text.demonyms import _by_demonym, country_of
from assistant.text.termbase import Termbase


@pytest.mark.parametrize(
    ("word", "country"), [("Dutch", "Netherlands"), ("dutch", "Netherlands"), ("Omani", "Oman"), ("Korean", None), ("city", None)]
)  # fmt: skip
def test_the_people_of_a_country_name_it(word: str, country: str | None) -> None:
    assert country_of(word) == country


def test_every_country_named_so_is_a_country_of_the_termbase() -> None:
    termbase = Termbase.load()
    countries = set(_by_demonym().values())
    assert {c for c in countries if [m.term.kind for m in termbase.find(c)] not in (["country"], ["place"])} == set()
