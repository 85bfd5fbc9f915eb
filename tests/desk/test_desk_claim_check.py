"""An edited sentence is checked against exactly the places it cites."""

from __future__ import annotations

import pytest
from desk_parts import cited

from assistant.desk.claim_check import ClaimCheck
from assistant.generation.grounding.grounder import ClaimGrounder
from assistant.messages import message
from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase
from assistant.types import Language


@pytest.fixture(scope="module")
def check() -> ClaimCheck:
    terms = Termbase.load(None)
    lexicon = Lexicon()
    return ClaimCheck(ClaimGrounder(terms, lexicon), terms, lexicon)


KOREAN = "무역보험공사는 특별계정을 두어 신용 등급이 낮은 나라의 사업까지 보증하며, 지원 한도는 사업비의 85% 이내이다."
ENGLISH = "Small companies may apply for a grant of up to 70% of their bidding costs until November 30, 2025."


@pytest.mark.parametrize(
    ("text", "language", "quote"),
    [
        ("무역보험공사는 특별계정을 두어 신용 등급이 낮은 나라의 사업까지 보증합니다.", "ko", KOREAN),
        ("지원 한도는 사업비의 85% 이내입니다.", "ko", KOREAN),
        ("Small companies may apply for a grant of up to 70% of their bidding costs.", "en", ENGLISH),
        (
            message("ko", "lead_foreign", title="안내", clause="Small companies may apply for a grant of up to 70%"),
            "ko",
            ENGLISH,
        ),
        (message("en", "lead_foreign", title="안내", clause="지원 한도는 사업비의 85% 이내"), "en", KOREAN),
    ],
)
def test_what_stands_there_is_supported(check: ClaimCheck, text: str, language: Language, quote: str) -> None:
    assert check.check(text, language, cited(quote)).check == "supported"


@pytest.mark.parametrize(
    ("text", "language", "quote", "reason"),
    [
        ("지원 한도는 사업비의 95% 이내입니다.", "ko", KOREAN, "number"),
        ("수출입은행은 특별계정을 두어 신용 등급이 낮은 나라의 사업까지 보증합니다.", "ko", KOREAN, "name"),
        ("무역보험공사는 신용 등급이 낮은 나라의 사업까지 보증하지 않습니다.", "ko", KOREAN, "polarity"),
        ("안내문은 “전액을 지원한다”고 합니다. 지원 한도는 사업비의 85% 이내입니다.", "ko", KOREAN, "quotation"),
        ("Small companies may apply for a grant of up to 90% of their bidding costs.", "en", ENGLISH, "number"),
        (
            "Small companies may apply to Samsung for a grant of up to 70% of their bidding costs.",
            "en",
            ENGLISH,
            "name",
        ),
        ("Small companies may not apply for a grant of their bidding costs.", "en", ENGLISH, "polarity"),
        ("Small companies may apply until December 30, 2025.", "en", ENGLISH, "name"),
    ],
)
def test_what_does_not_stand_there_is_named(
    check: ClaimCheck, text: str, language: Language, quote: str, reason: str
) -> None:
    finding = check.check(text, language, cited(quote))
    assert finding.check == "not"
    assert reason in finding.reasons


@pytest.mark.parametrize(
    ("text", "language", "quote"),
    [
        ("날씨가 좋으면 공원에서 산책하시는 것을 추천합니다.", "ko", KOREAN),
        ("We recommend a walk in the park whenever the weather allows.", "en", ENGLISH),
    ],
)
def test_what_the_places_do_not_carry_is_no_more_than_partly_supported(
    check: ClaimCheck, text: str, language: Language, quote: str
) -> None:
    finding = check.check(text, language, cited(quote))
    assert finding.check == "partly"
    assert finding.reasons == ("similarity",)


def test_a_value_written_otherwise_is_the_same_value(check: ClaimCheck) -> None:
    finding = check.check("펀드의 총 규모는 1조 5,000억원입니다.", "ko", cited("펀드의 총 규모는 1.5조원이다."))
    assert finding.check == "supported"


def test_a_sentence_may_rest_on_two_places(check: ClaimCheck) -> None:
    text = "무역보험공사는 특별계정을 두어 보증하며, 수출입은행은 금리를 0.3%p 낮추어 대출합니다."
    first, second = KOREAN, "수출입은행은 금리를 0.3%p 낮추어 대출"
    assert check.check(text, "ko", cited(first)).check == "not"
    assert check.check(text, "ko", cited(first, second)).check == "supported"


def test_a_sentence_that_cites_nothing_is_the_officers_own(check: ClaimCheck) -> None:
    assert check.check("연 99% 이자를 드립니다.", "ko", []).check == "note"


def test_words_around_a_quotation_are_checked_too(check: ClaimCheck) -> None:
    text = f"{message('ko', 'lead_foreign', title='안내', clause='Small companies may apply')} 그러니 반드시 선정될 것입니다."
    assert check.check(text, "ko", cited(ENGLISH)).check != "supported"
