from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.morphemes import forms, mistyped
from assistant.text.spelling import SpellingCorrector
from assistant.text.termbase import Termbase
from assistant.types import LANGUAGES

_TERMBASE = Termbase.load()
_DOCUMENTS = """
The registration of visitors opens in March. The voucher covers the cost of a demonstration. Haram City buys traffic signals. Support
for negotiation costs. 특별계정은 산업통상자원부가 담당한다. 수출상담회 장소는 누리홀. 하늬시의 입찰.
"""


def _corrector(documents: str = _DOCUMENTS) -> SpellingCorrector:
    return SpellingCorrector(_TERMBASE, set(forms(documents)).__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("registraton for visiters", "registration for visitors"),
        ("how mcuh does the vouchr cover", "how much does the voucher cover"),
        ("negotation cost suport", "negotiation cost support"),
        ("teh traffc signals", "the traffic signals"),
        ("특별게정 담당 부처는?", "특별계정 담당 부처는?"),
        ("수츌상담회 장소 어디?", "수출상담회 장소 어디?"),
        ("bid clinic registraton 언재 하나요", "bid clinic registration 언제 하나요"),
    ],
)
def test_a_slip_becomes_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert _corrector().correct(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "haram traffic tender",
        "Harm City and Fooland",
        "Is visiter@example.org right?",
        "see https://example.org/registraton.html",
        "K-SURE, KOTRA and the PIS fund",
        "하늬시 입찰 마감은 언제인가요?",
        "산업통상자원부가 특별계정을 담당하나요?",
        "apps and chatbots",
    ],
)
def test_names_addresses_and_words_without_a_known_one_near_stay(text: str) -> None:
    assert _corrector().correct(text) == text


@pytest.mark.parametrize(("typed", "word"), [("한이시 입찰", "하늬"), ("registraton", "registraton")])
def test_a_word_that_a_document_has_is_no_slip(typed: str, word: str) -> None:
    assert _corrector(f"{word} {typed}").correct(typed) == typed


def test_a_term_stays_whatever_the_documents_have() -> None:
    corrector = SpellingCorrector(_TERMBASE, lambda form: False)
    forms_of_terms = {form for term in _TERMBASE.terms for language in LANGUAGES for form in term.forms(language)}
    assert {form: corrector.correct(form) for form in forms_of_terms} == {form: form for form in forms_of_terms}


def test_places_are_those_of_the_text() -> None:
    text = "무보 특별게정은 언재 생기나요"
    assert [(text[t.start : t.end], t.form) for t in mistyped(text)] == [("게정", "계정"), ("언재", "언제")]


@given(st.text("abdeghimnorst 가게계정재제특별언수출.?", max_size=30))
def test_nothing_changes_where_every_word_is_known(text: str) -> None:
    assert SpellingCorrector(_TERMBASE, lambda form: True).correct(text) == text


def test_the_dictionary_is_loaded_only_for_a_word_that_nobody_knows() -> None:
    code = (
        "import sys\n"
        "from assistant.text.spelling import SpellingCorrector\n"
        "from assistant.text.termbase import Termbase\n"
        "corrector = SpellingCorrector(Termbase.load(), lambda form: form != 'vouchr')\n"
        "corrector.correct('the voucher and 특별게정')\n"
        "assert 'spellchecker' not in sys.modules\n"
        "corrector.correct('the vouchr')\n"
        "assert 'spellchecker' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
