"""Which entry of the bundled termbase a word of a question belongs to."""

from __future__ import annotations

import pytest

from assistant.text.termbase import Term, Termbase


@pytest.fixture(scope="module")
def bundled() -> Termbase:
    return Termbase.load()


def _names(termbase: Termbase, text: str) -> dict[str, str]:
    return {text[match.start : match.end]: match.term.name("ko") for match in termbase.find(text)}


@pytest.mark.parametrize(
    ("question", "word", "name"),
    [
        ("What do I need to apply?", "need", "필요"),
        ("Which local rules apply?", "local", "현지"),
        ("What are the costs?", "costs", "비용"),
        ("Which products were exported?", "exported", "수출"),
        ("the export of machinery", "export", "수출"),
        ("support for exporters", "exporters", "수출기업"),
        ("an important document", "important", "중요"),
        ("imports from Vietnam", "imports", "수입"),
        ("ITS Korea", "Korea", "대한민국"),
        ("When does it start?", "start", "시작"),
        ("support for start-up companies", "start-up companies", "스타트업"),
        ("a booth at the fair", "booth", "부스"),
        ("ask the embassy", "embassy", "대사관"),
        ("it was pushed back", "pushed back", "연기"),
        ("it was postponed", "postponed", "연기"),
        ("it was delayed", "delayed", "연기"),
        ("is it recorded?", "recorded", "녹화"),
        ("the tech day", "tech day", "테크데이"),
        ("an export meeting in Hanoi", "export meeting", "수출상담회"),
        ("find a local partner", "local partner", "현지 파트너"),
        ("전시대를 빌릴 수 있나요?", "전시대", "부스"),
        ("재외공관에 문의", "재외공관", "대사관"),
        ("현지 협력사를 찾습니다", "현지 협력사", "현지 파트너"),
        ("일정이 연기되었나요?", "연기", "연기"),
        ("F/S 비용", "F/S", "타당성조사"),
        ("IT 기업", "IT", "정보기술"),
        ("the US market", "US", "미국"),
    ],
)
def test_a_plain_word_means_the_plain_thing(bundled: Termbase, question: str, word: str, name: str) -> None:
    assert _names(bundled, question).get(word) == name


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Can I receive both?", "receive"),
        ("is it true of us", "us"),
        ("it is new", "it"),
        ("Where can I find it?", "find"),
    ],
)
def test_an_everyday_word_is_no_term(bundled: Termbase, question: str, word: str) -> None:
    assert word not in _names(bundled, question)


def _term(korean: str, english: str) -> Term:
    return Term("general", (korean,), tuple(english.split("|")), (), False, "", "")


@pytest.mark.parametrize(("word", "name"), [("exporters", "수출기업"), ("exported", "수출"), ("Exports", "수출")])
@pytest.mark.parametrize("turned", [False, True])
def test_of_words_with_one_stem_the_one_written_alike_is_meant(word: str, name: str, turned: bool) -> None:
    terms = [_term("수출기업", "exporter|exporters"), _term("수출", "export|exports")]
    assert _names(Termbase(terms[::-1] if turned else terms), word) == {word: name}


@pytest.mark.parametrize("word", ["local", "Local"])
def test_a_word_with_the_stem_of_another_is_not_it(word: str) -> None:
    assert _names(Termbase([_term("현지화", "localization")]), f"{word} rules") == {}


@pytest.mark.parametrize("word", ["Bogota", "bogotá", "BOGOTÁ", "Bogota's"])
def test_accents_and_the_genitive_make_no_difference(word: str) -> None:
    assert list(_names(Termbase([_term("보고타", "Bogotá")]), f"in {word} today").values()) == ["보고타"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the L/A is signed", ["L/A"]),
        ("L/A를 체결", ["L/A"]),
        ("l/a", []),
        ("HAL/AB", []),
        ("US$5 million", ["US$"]),
        ("US-based", []),
        ("in the US.", ["US"]),
        ("join us", []),
    ],
)
def test_capitals_that_would_be_lost_are_matched_as_they_stand(text: str, found: list[str]) -> None:
    termbase = Termbase(
        [
            Term("document", ("차관계약",), ("loan agreement",), ("L/A",), False, "", ""),
            Term("country", ("미국",), ("United States",), ("US",), False, "", ""),
            Term("unit", ("미화",), ("US dollar",), ("US$",), False, "", ""),
        ]
    )
    assert list(_names(termbase, text)) == found
