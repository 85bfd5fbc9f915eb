"""Key terms of a quotation in the other language: dates, sums and names, said by grammar and termbase only."""

from __future__ import annotations

from datetime import date

import pytest
from answer_parts import day
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.quoting.gloss import Glossary
from assistant.text.amounts import find_amounts
from assistant.text.dates import find_dates
from assistant.text.termbase import Termbase
from assistant.types import Language

PUBLISHED = day(date(2026, 9, 1))
TERMS = Termbase.load()


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary(TERMS)


@pytest.mark.parametrize(
    ("language", "quote", "item"),
    [
        ("en", "2026. 12. 11.(금)까지 접수", ("2026. 12. 11.(금)", "Friday 11 December 2026")),
        ("en", "’19.下 설립 예정", ("’19.下", "second half of 2019")),
        ("en", "총 5천억원 내외 규모", ("5천억원", "about KRW 500 billion")),
        ("ko", "The fund holds KRW 1.5 trillion.", ("KRW 1.5 trillion", "1조 5천억 원")),
        ("ko", "It opens on March 9, 2027.", ("March 9, 2027", "2027년 3월 9일(화)")),
        ("en", "수출입은행이 운영함", ("수출입은행", "Export-Import Bank of Korea")),
        ("ko", "Run by the Export-Import Bank of Korea.", ("Export-Import Bank of Korea", "한국수출입은행")),
    ],
)
def test_dates_sums_and_names_are_said_in_the_readers_language(
    glossary: Glossary, language: Language, quote: str, item: tuple[str, str]
) -> None:
    assert item in glossary.explain(quote, language, PUBLISHED).items


@pytest.mark.parametrize(
    ("language", "quote"),
    [
        ("en", "2019년 수립"),
        ("ko", "Founded in 2019."),
        ("en", "ODA와 PPP"),
        ("ko", "KOTRA and KIND"),
        ("en", "해마다 눈이 내림"),
        ("ko", "It snows every winter."),
    ],
)
def test_what_reads_the_same_or_is_not_known_is_not_explained(
    glossary: Glossary, language: Language, quote: str
) -> None:
    assert glossary.explain(quote, language, PUBLISHED).items == ()


def test_a_year_that_the_quotation_leaves_open_is_not_guessed(glossary: Glossary) -> None:
    assert glossary.explain("10월 13일 개최", "en", PUBLISHED).items == ()


def test_at_most_four_things_are_explained_dates_and_sums_before_terms(glossary: Glossary) -> None:
    quote = "수출입은행, 무역보험공사, 국토교통부는 2026. 12. 11.(금)까지 1,200억원을 지원"
    items = glossary.explain(quote, "en", PUBLISHED).items
    assert len(items) == 4
    assert [words for words, _ in items] == ["2026. 12. 11.(금)", "1,200억원", "수출입은행", "무역보험공사"]


_PIECES: dict[Language, list[str]] = {
    "ko": [
        "수출입은행",
        "2026. 12. 11.(금)",
        "5천억원",
        "’19.下",
        "스마트시티",
        "무역보험공사",
        "는",
        "까지",
        "가나다라",
        "7%",
    ],
    "en": [
        "Export-Import Bank of Korea",
        "March 9, 2027",
        "KRW 80 billion",
        "smart city",
        "until",
        "snow",
        "the",
        "7%",
    ],
}


@pytest.mark.parametrize("written", ["ko", "en"])
@given(data=st.data())
def test_no_word_is_made_up(written: Language, data: st.DataObject) -> None:
    quote = " ".join(data.draw(st.lists(st.sampled_from(_PIECES[written]), min_size=1, max_size=8)))
    reader: Language = "en" if written == "ko" else "ko"
    known = {term.name(reader) for term in TERMS.terms}
    days = {m.period for m in find_dates(quote, PUBLISHED.start)}
    sums = {(a.lower, a.upper, a.unit) for a in find_amounts(quote)}
    for words, meaning in Glossary(TERMS).explain(quote, reader, PUBLISHED).items:
        assert words in quote
        told_days = {m.period for m in find_dates(meaning, None)}
        told_sums = {(a.lower, a.upper, a.unit) for a in find_amounts(meaning)}
        assert meaning in known or (told_days and told_days <= days) or (told_sums and told_sums <= sums)
