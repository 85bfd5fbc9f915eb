from __future__ import annotations

import pytest
from samples import SAMPLES

from assistant.text.language import detect_language, has_hangul
from assistant.types import Language


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_paper_is_in_the_language_it_is_written_in(language: Language) -> None:
    assert detect_language(SAMPLES[language]) == language


def test_korean_sentence_full_of_latin_names_is_korean() -> None:
    assert detect_language("PIS fund와 K-SURE guarantee는 어떻게 다릅니까?") == "ko"


def test_english_sentence_with_one_korean_name_is_english() -> None:
    assert detect_language("What does the guarantee of 무보 cover for small and mid-size exporters?") == "en"


@pytest.mark.parametrize("default", ["ko", "en"])
def test_text_without_letters_takes_the_default(default: Language) -> None:
    assert detect_language("2020. 10. 13. (85%)", default=default) == default


@pytest.mark.parametrize(
    ("text", "expected"), [("가", True), ("ㅇ", True), ("\u1112", True), ("漢字 abc", False), ("", False)]
)
def test_hangul_syllables_and_letters_count_as_hangul(text: str, expected: bool) -> None:
    assert has_hangul(text) is expected
