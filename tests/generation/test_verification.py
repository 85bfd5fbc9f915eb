"""No figure and no name without proof in what a claim cites."""

from __future__ import annotations

from datetime import date

import pytest
from answer_parts import AS_OF, citation, document
from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.draft import Draft
from assistant.generation.verification import Verifier, is_supported, objection
from assistant.messages import MESSAGES, message
from assistant.text.termbase import Termbase
from assistant.types import AnswerStatus, Citation, Claim

TERMS = Termbase.load()


def _objection(text: str, quote: str, as_of: date | None = AS_OF, title: str = "하람 수출기금 안내") -> str | None:
    return objection(Claim(text, (1,)), {1: citation(1, quote, title)}, TERMS, as_of)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The center opens in the second half of 2019.", "협력센터 설립(’19.下)"),
        ("2019년 하반기에 설립합니다.", "협력센터 설립(’19.下)"),
        ("about KRW 500 billion", "총 5천억원 내외"),
        ("총 1조 5천억 원입니다.", "The fund holds KRW 1.5 trillion."),
        ("Friday 11 December 2026", "2026. 12. 11.(금)까지"),
        ("2027년 5월 11일(화)~12일(수)", "Dates | May 11–12, 2027 (Tuesday and Wednesday)"),
        ("10,000개", "1만개, 곧 10,000개"),
        ("USD 15 million", "미화 1,500만불"),
    ],
)
def test_a_date_or_sum_may_be_written_otherwise(text: str, quote: str) -> None:
    assert _objection(text, quote) is None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The center opens in the first half of 2019.", "협력센터 설립(’19.下)"),
        ("about KRW 50 billion", "총 5천억원 내외"),
        ("Saturday 12 December 2026", "2026. 12. 11.(금)까지"),
        ("중견기업은 80%까지 받습니다.", "중견기업은 50%까지 지원"),
        ("USD 1.5 million", "미화 1,500만불"),
        ("15곳", "5곳"),
    ],
)
def test_a_figure_that_the_quotation_does_not_hold_is_objected_to(text: str, quote: str) -> None:
    assert _objection(text, quote) is not None


@pytest.mark.parametrize(("day", "stands"), [(19, True), (18, False), (20, False), (0, False)])
def test_days_to_go_are_shown_only_if_they_are_right_on_the_day_of_asking(day: int, stands: bool) -> None:
    text = f"신청 마감 2026년 12월 11일(금) (D-{day})"
    assert (_objection(text, "2026. 12. 11.(금)까지") is None) is stands


def test_days_to_go_need_a_day_of_asking() -> None:
    assert _objection("2026. 12. 11.(금) (D-19)", "2026. 12. 11.(금)까지", None) == "number: 19"
    assert _objection("2026. 12. 11.(금) (D-0)", "2026. 12. 11.(금)까지", date(2026, 12, 11)) is None


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        ("run by the Export-Import Bank of Korea", "수출입은행이 운영", True),
        ("KEXIM runs it.", "수출입은행이 운영", True),
        ("run by K-SURE", "수출입은행이 운영", False),
        ("KOTRA가 운영합니다.", "수출입은행이 운영", False),
        ("무역보험공사(K-SURE)가 보증합니다.", "무보가 보증", True),
    ],
)
def test_a_name_stands_in_the_other_language_only_if_the_termbase_knows_both(
    text: str, quote: str, stands: bool
) -> None:
    assert (_objection(text, quote) is None) is stands


def test_a_name_may_come_from_the_title_or_a_heading() -> None:
    under = {1: citation(1, "그 금리는 연 2.5%", "Miru 안내", section=("ADB 협력",))}
    assert is_supported(Claim("Miru: 2.5%", (1,)), under)
    assert is_supported(Claim("ADB: 2.5%", (1,)), under)
    assert not is_supported(Claim("AIIB: 2.5%", (1,)), under)


@pytest.mark.parametrize("numbers", [(), (2,), (1, 2)])
def test_a_claim_needs_citations_that_there_are(numbers: tuple[int, ...]) -> None:
    assert objection(Claim("한도는 2억원", numbers), {1: citation(1, "한도는 2억원")}) == "citation: none"


def test_citations_are_renumbered_from_one_as_they_are_first_used_and_the_unused_go() -> None:
    cited = tuple(citation(n, f"한도는 {n}억원") for n in range(1, 5))
    claims = (Claim("한도는 9억원", (1,)), Claim("한도는 4억원", (4,)), Claim("한도는 2억원, 4억원", (2, 4)))
    verified = Verifier().verify(Draft(AnswerStatus.ANSWERED, claims, cited))
    assert [claim.citations for claim in verified.claims] == [(1,), (2, 1)]
    assert [(c.number, c.quote) for c in verified.citations] == [(1, "한도는 4억원"), (2, "한도는 2억원")]
    assert [claim.reason for claim in verified.dropped] == ["number: 9"]


def test_what_is_no_answer_is_left_as_it_is() -> None:
    draft = Draft(AnswerStatus.NO_EVIDENCE, text="찾지 못했습니다.")
    assert Verifier().verify(draft, AS_OF) is draft


_FRAMES = sorted(
    key
    for key in MESSAGES["en"]
    if key.startswith(("lead_", "quoted", "not_that_", "past_event", "record_", "is_", "deadline_is", "held_on"))
    or key.startswith(("changed_", "none_ahead_", "none_within_", "online", "clarify_which", "conflict_other"))
)


@pytest.mark.parametrize("key", _FRAMES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_word_of_our_own_frames_is_taken_for_a_name(language: str, key: str) -> None:
    names = (
        "heading",
        "clause",
        "title",
        "claim",
        "date",
        "facts",
        "opening",
        "old",
        "new",
        "quote",
        "document",
        "value",
    )
    blanks = dict.fromkeys(names, "x")
    told = message("en" if language == "en" else "ko", key, **blanks, last="x", next="x")
    assert _objection(told, "x") is None


@given(figure=st.integers(0, 10**6), held=st.lists(st.integers(0, 10**6), max_size=4))
def test_a_bare_number_stands_exactly_if_a_quotation_holds_it(figure: int, held: list[int]) -> None:
    cited: dict[int, Citation] = {1: citation(1, " ".join(f"값{n}x" for n in held) or "값")}
    assert is_supported(Claim(f"값{figure}x", (1,)), cited) is (figure in held)
    assert cited[1].document == document("하람 수출기금 안내")
