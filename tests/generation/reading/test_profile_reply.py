"""What is told of the company in reply to an answer goes with the question before."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.generation.eligibility.profile import ProfileReader
from assistant.generation.eligibility.words import word
from assistant.generation.reading.profile_reply import replied
from assistant.text.termbase import Termbase
from assistant.types import Language, Question, Turn

AS_OF = date(2026, 11, 22)
TERMS = Termbase.load()
BEFORE: dict[Language, str] = {
    "ko": "스타트업인데 실증 바우처 신청할 수 있어요?",
    "en": "Are start-ups eligible for the demonstration voucher?",
}


def _talk(language: Language, *fields: str) -> tuple[Turn, ...]:
    asked = "\n".join(f"{word(language, f'ask_{field}', condition='…')} [1]" for field in fields)
    return Turn("user", BEFORE[language]), Turn("assistant", f"… [1]\n{asked}")


def _meant(text: str, history: tuple[Turn, ...]) -> Question | None:
    return replied(Question(text, AS_OF, history=history), TERMS)


@pytest.mark.parametrize(
    ("language", "asked", "text", "told"),
    [
        ("ko", ("region", "years_in_business"), "본사는 대전이에요", {"region": "대전"}),
        ("ko", ("region", "years_in_business"), "대전, 3년", {"region": "대전", "years_in_business": 3.0}),
        ("ko", ("export_record",), "10만 달러", {"export_record": 100_000.0}),
        ("ko", ("export_record",), "없어요", {"export_record": False}),
        ("ko", ("consortium_with_large",), "네", {"consortium_with_large": True}),
        ("en", ("region", "years_in_business"), "Daejeon, 3 years", {"region": "Daejeon", "years_in_business": 3.0}),
        ("en", ("export_record",), "no", {"export_record": False}),
        ("en", ("consortium_with_large",), "No", {"consortium_with_large": False}),
        ("en", ("target_country",), "Vietnam", {"target_country": "베트남"}),
    ],
)
def test_what_is_told_in_reply_is_read_with_the_question_before(
    language: Language, asked: tuple[str, ...], text: str, told: dict[str, object]
) -> None:
    meant = _meant(text, _talk(language, *asked))
    assert meant is not None
    assert meant.text.startswith(BEFORE[language])
    assert meant.history == ()
    profile = ProfileReader().read(meant.text, AS_OF).profile.told
    assert profile == {"size": "startup", **told}


def test_one_reply_after_the_other_adds_up() -> None:
    first = _meant("본사는 대전이에요", _talk("ko", "region"))
    assert first is not None
    asks = Turn("assistant", word("ko", "ask_years_in_business"))
    second = _meant("4년", (Turn("user", first.text), asks))
    assert second is not None
    profile = ProfileReader().read(second.text, AS_OF).profile.told
    assert profile == {"size": "startup", "region": "대전", "years_in_business": 4.0}


@pytest.mark.parametrize(
    ("before", "text", "is_meant"),
    [
        ("We want to join the Bangkok roadshow. Can we?", "We are a mid-sized company from Busan", True),
        ("수출상담회 참가 자격이 되는지 궁금해요", "중소기업이고 주차 솔루션이 있어요", True),
        ("What can a start-up in Jeju apply for?", "No exports so far", True),
        ("하노이에 센터가 있나요?", "인도네시아요", False),
        ("PIS 펀드 규모는 얼마인가요?", "중소기업입니다", False),
    ],
)
def test_what_nobody_asked_for_goes_with_a_question_that_it_may_settle(before: str, text: str, is_meant: bool) -> None:
    assert (_meant(text, (Turn("user", before), Turn("assistant", "… [1]"))) is not None) is is_meant


def test_how_much_was_exported_may_be_told_after_that_something_was() -> None:
    first = _meant("있어요", _talk("ko", "export_record"))
    assert first is not None
    asks = Turn("assistant", word("ko", "ask_export_record"))
    second = _meant("50만 달러", (Turn("user", first.text), asks))
    assert second is not None
    assert ProfileReader().read(second.text, AS_OF).profile.told["export_record"] == 500_000.0


def test_what_was_told_otherwise_in_an_earlier_reply_is_left_out() -> None:
    asked = Turn("user", "실증 바우처 저희도 되나요?")
    first = _meant("중견기업이고요 대전이에요", (asked, Turn("assistant", word("ko", "ask_size"))))
    assert first is not None
    asks = Turn("assistant", word("ko", "ask_years_in_business"))
    second = _meant("아 아니 중소기업이에요", (Turn("user", first.text), asks))
    assert second is not None
    assert ProfileReader().read(second.text, AS_OF).profile.told["size"] == "sme"
    assert "중견" not in second.text


def test_a_reply_may_come_after_another_question_was_asked_in_between() -> None:
    between = (Turn("user", "한도는 얼마예요?"), Turn("assistant", "기업당 최대 5천만원 [1]"))
    meant = _meant("본사는 대전이에요", (*_talk("ko", "region"), *between))
    assert meant is not None
    assert meant.text.startswith(BEFORE["ko"])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("본사는 대전이에요", ()),
        ("얼마까지 받아요?", ("region",)),
        # Told otherwise before: another question.
        ("중견기업인데 되나요?", ("size",)),
        ("부산 지원센터는 어디에 있나요?", ("region",)),
        ("방콕 로드쇼", ("target_country",)),
        ("KOTRA 부산", ("region",)),
        ("네", ("region",)),
        ("고맙습니다", ("region",)),
        ("What is the PIS fund?", ("region",)),
    ],
)
def test_what_answers_nothing_that_was_asked_or_names_something_else_stands(text: str, asked: tuple[str, ...]) -> None:
    assert _meant(text, _talk("ko", *asked)) is None
