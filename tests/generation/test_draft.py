"""Two drafts joined: what the calendar says before what is quoted."""

from __future__ import annotations

from answer_parts import citation

from assistant.generation.draft import Draft
from assistant.types import AnswerStatus, Claim, Notice

FIRST = Draft(
    AnswerStatus.ANSWERED,
    (Claim("마감이 변경되었습니다.", (1, 2)),),
    (citation(1, "변경된 마감", "정정 공고"), citation(2, "공고 이름", "입찰 공고")),
    (Notice("past_event", "지났습니다."),),
)


def _quoted(*texts: str) -> Draft:
    claims = tuple(Claim(text, (n,)) for n, text in enumerate(texts, start=1))
    return Draft(
        AnswerStatus.PARTIAL,
        claims,
        tuple(citation(n, text, "입찰 공고") for n, text in enumerate(texts, start=1)),
        (Notice("partial", "한 부분은 없습니다."),),
    )


def test_the_first_drafts_claims_lead_and_every_claim_keeps_what_it_cites() -> None:
    joined = _quoted("예산은 2억원", "기간은 3년").after(FIRST, 600)
    assert [claim.text for claim in joined.claims] == ["마감이 변경되었습니다.", "예산은 2억원", "기간은 3년"]
    cited = {c.number: c.quote for c in joined.citations}
    assert [[cited[n] for n in claim.citations] for claim in joined.claims] == [
        ["변경된 마감", "공고 이름"],
        ["예산은 2억원"],
        ["기간은 3년"],
    ]
    assert joined.status is AnswerStatus.PARTIAL
    assert [notice.kind for notice in joined.notices] == ["past_event", "partial"]


def test_a_place_that_both_cite_has_one_number() -> None:
    joined = _quoted("공고 이름").after(FIRST, 600)
    assert joined.claims[1].citations == (2,)
    assert [c.number for c in joined.citations] == [1, 2]


def test_what_does_not_fit_any_more_is_left_out_from_the_end() -> None:
    joined = _quoted("예산은 2억원", "기간은 3년", "곳").after(FIRST, len("마감이 변경되었습니다.예산은 2억원"))
    assert [claim.text for claim in joined.claims] == ["마감이 변경되었습니다.", "예산은 2억원"]
