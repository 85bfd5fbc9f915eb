import gzip
import json

import pytest

from assistant.text.lexicon import FORMAT, Lexicon
from assistant.text.morphemes import forms
from assistant.text.termbase import Termbase
from training import lexicon
from training.pairs import Pair

PAIRS = [
    Pair(*pair, "test")
    for pair in (
        ("기금이 투자한다", "The fund invests"),
        ("기금이 대출한다", "The fund lends"),
        ("은행이 대출한다", "The bank lends"),
        ("은행이 투자한다", "The bank invests"),
        ("도시가 투자한다", "The city invests"),
        ("도시 기금", "city fund"),
    )
]


def test_words_that_go_together_are_learned(tmp_path) -> None:
    tables = lexicon.learn(PAIRS, Termbase([]))
    assert tables["ko"]["기금"][0][0] == "fund"
    assert tables["en"]["bank"][0][0] == "은행"


def test_the_same_pairs_give_the_same_bytes(tmp_path) -> None:
    for name in "ab":
        learned = lexicon.packed(lexicon.learn(PAIRS, Termbase([])), lexicon.about(PAIRS, Termbase([])))
        (tmp_path / name).write_bytes(learned)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert Lexicon(tmp_path / "a").translations("기금", "ko")[0][0] == "fund"


def test_a_lexicon_says_its_version_and_what_it_was_learned_from(tmp_path) -> None:
    versions = set()
    for pairs in (PAIRS, PAIRS[:-1]):
        (tmp_path / "lexicon").write_bytes(lexicon.packed({"ko": {}, "en": {}}, lexicon.about(pairs, Termbase([]))))
        versions.add(Lexicon(tmp_path / "lexicon").version)
    assert len(versions) == 2
    assert all(version.startswith(f"{lexicon.VERSION}+") for version in versions)


def test_the_bundled_lexicon_is_of_the_version_that_the_command_gives() -> None:
    described = json.loads(gzip.decompress(lexicon.OUTPUT.read_bytes()))["about"]
    assert described["version"] == lexicon.VERSION
    assert described["format"] == FORMAT
    assert Lexicon().version == f"{lexicon.VERSION}+{described['inputs_sha256'][:8]}"


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("정부", "government"),
        ("투자", "investment"),
        ("기업", "company"),
        ("은행", "bank"),
        ("수출", "export"),
        ("도시", "city"),
    ],
)
def test_bundled_lexicon_knows_common_policy_words(korean: str, english: str) -> None:
    bundled = Lexicon()
    assert forms(english)[0] in [form for form, _ in bundled.translations(korean, "ko")]
    assert korean in [form for form, _ in bundled.translations(forms(english)[0], "en")]


def test_bundled_lexicon_is_small_and_sorted() -> None:
    bundled = Lexicon()
    tables = bundled._content.tables
    assert set(tables) == {"ko", "en"}
    assert len(tables["ko"]) > 5000
    for table in tables.values():
        for form, found in table.items():
            assert len(found) <= lexicon.BEST
            # A multiple (2배: twofold) is a word, a number alone is none.
            assert all(0 < p <= 1 and other != form and not other.isdecimal() for other, p in found)
            assert [p for _, p in found] == sorted((p for _, p in found), reverse=True)
    assert gzip.decompress(lexicon.OUTPUT.read_bytes())[:2] == b'{"'
    assert lexicon.OUTPUT.read_bytes()[4:8] == b"\0\0\0\0"
