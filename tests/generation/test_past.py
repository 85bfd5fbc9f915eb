"""What an answer announces is called past where it is, and only there."""

from __future__ import annotations

from datetime import date

import pytest
from answer_parts import AS_OF, citation, document, query

from assistant.generation.draft import Draft
from assistant.generation.past import PastTeller
from assistant.text.language import detect_language
from assistant.types import AnswerStatus, Chunk, Claim, Notice, Question, Span

UNDATED = "The fair was decided on in July 2019. It takes place in early December."


def _chunk(text: str) -> Chunk:
    return Chunk("chunk", "doc", 1, text, (), (Span(1, 0, len(text)),), detect_language(text), "d")


def _told(question: str, *quotes: str, as_of: date = AS_OF, document_text: str = "", published: bool = True) -> Draft:
    paper = {} if published else {"published": None}
    cited = tuple(citation(n, quote, **paper) for n, quote in enumerate(quotes, start=1))
    claims = tuple(Claim(c.quote, (c.number,)) for c in cited)
    draft = Draft(AnswerStatus.ANSWERED, claims, cited)
    teller = PastTeller(lambda _: [_chunk(document_text)])
    return teller.tell(draft, Question(question, as_of), detect_language(question), query(question).concepts)


def _is_told(draft: Draft) -> bool:
    return "past_event" in {notice.kind for notice in draft.notices}


@pytest.mark.parametrize(
    ("question", "quote", "date_told"),
    [
        ("상담회는 언제 열리나요?", "□ 하람 상담회 일시: 2026. 4. 14.(화) 10:00", "2026년 4월 14일"),
        ("언제까지 신청하나요?", "신청은 2026년 10월 2일까지", "2026년 10월 2일"),
        ("When is the Miru fair held?", "The fair takes place on May 5-6, 2026.", "May 2026"),
        ("What is the deadline?", "Registration closes on October 2, 2026.", "October 2026"),
    ],
)
def test_what_is_announced_for_days_gone_by_is_called_past_after_it(question: str, quote: str, date_told: str) -> None:
    draft = _told(question, quote)
    assert _is_told(draft)
    assert draft.claims[0].text == quote
    assert date_told in draft.claims[1].text
    assert draft.claims[1].citations == (1,)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("언제까지 신청하나요?", "신청은 2026년 11월 22일까지"),
        ("언제 하나요?", "행사 일시: 2026. 11. 20.~23."),
        ("When does it close?", "Registration closes on March 2, 2027."),
        ("언제 모집하나요?", "모집 기간은 2026년 3월 2일부터"),
        ("어떤 행사인가요?", "행사는 2019년에 열림"),
        ("언제 하나요?", "행사 일정은 추후 안내"),
        ("무엇을 지원하나요?", "지원 범위를 ICT 분야까지 확대(’19.下)"),
        ("언제 발표했나요?", "2026년 4월 14일 발표한 모집 공고"),
        ("이용료와 개소 여부는 누구에게 묻나요?", "이용료와 개소 여부는 2019년 7월 자료에 없습니다."),
        ("When will the fund end?", "The fund: agreement made on June 27, 2019, open to companies."),
        ("펀드는 언제 끝날 예정인가요?", "펀드 개요: 모집 시작 2019년 6월 27일"),
        ("What was decided?", "On April 14, 2026 the ministry announced the event."),
    ],
)
def test_what_still_runs_or_is_no_appointment_is_not(question: str, quote: str) -> None:
    draft = _told(question, quote)
    assert not _is_told(draft)
    assert len(draft.claims) == 1


@pytest.mark.parametrize(
    "question",
    ["상담회는 언제 열렸나요?", "When was the fair held?", "2026년 4월 상담회는 어디에서 해요?"],
)
def test_who_knows_that_it_is_past_is_told_nothing(question: str) -> None:
    assert not _is_told(_told(question, "□ 하람 상담회 일시: 2026. 4. 14.(화) 10:00 event held on April 14, 2026"))


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("완공은 아직 안 됐죠? 언제로 잡혀 있었어요?", "주택 건설 → ’24년 완공 예정"),
        ("협력관 임명은 앞으로 예정된 건가요?", "협력관으로 임명(‘20.上)"),
        ("Is the completion still to come?", "completion planned for 2024"),
    ],
)
def test_who_asks_whether_it_is_still_to_come_is_told_first_even_of_a_year(question: str, quote: str) -> None:
    draft = _told(question, "An overview without any day.", quote)
    assert draft.claims[0].citations == (2,)
    assert _is_told(draft)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("How much will the fund invest in total?", "Total size: KRW 1.5 trillion, to be formed within 2019"),
        ("앞으로 얼마를 투자하나요?", "총 1.5조원을 2019년 안에 조성할 예정"),
    ],
)
def test_who_asks_how_much_it_will_be_is_told_the_figure_first(question: str, quote: str) -> None:
    assert _told(question, quote).claims[0].text == quote


def test_of_several_dated_things_the_one_asked_about_counts() -> None:
    quote = "Events include the Lima Consulting (October 12, 2026) and the Quito Fair (December 3, 2026)."
    assert _is_told(_told("When is the Lima Consulting?", quote))
    assert not _is_told(_told("When is the Quito Fair?", quote))


def test_a_day_without_a_year_is_past_a_year_after_the_latest_date_of_its_document() -> None:
    question, quote = "Can we still join the fair?", "The fair takes place in early December."
    for as_of, over in ((date(2026, 6, 1), True), (date(2020, 12, 5), False), (date(2019, 11, 1), False)):
        draft = _told(question, quote, as_of=as_of, document_text=UNDATED, published=False)
        assert _is_told(draft) is over
    assert not _is_told(_told(question, quote, document_text="No date at all.", published=False))


def test_what_the_calendar_has_told_is_not_told_again() -> None:
    cited = citation(1, "□ 하람 상담회 일시: 2026. 4. 14.(화) 10:00")
    notice = Notice("past_event", "-")
    draft = Draft(AnswerStatus.ANSWERED, (Claim(cited.quote, (1,)),), (cited,), (notice,))
    teller = PastTeller(lambda _: [])
    assert teller.tell(draft, Question("상담회는 언제 열리나요?", AS_OF), "ko", ()) is draft


def test_an_answer_of_another_outcome_is_left_alone() -> None:
    draft = Draft(AnswerStatus.NO_EVIDENCE, text="-")
    assert PastTeller(lambda _: []).tell(draft, Question("언제 열리나요?", AS_OF), "ko", ()) is draft


def test_the_document_of_the_claim_is_the_one_looked_into() -> None:
    looked_into: list[str] = []

    def chunks(document_id: str) -> list[Chunk]:
        looked_into.append(document_id)
        return [_chunk(UNDATED)]

    cited = citation(1, "The fair takes place in early December.", title="Fair", published=None)
    draft = Draft(AnswerStatus.ANSWERED, (Claim(cited.quote, (1,)),), (cited,))
    PastTeller(chunks).tell(draft, Question("When is the fair?", AS_OF), "en", ())
    assert looked_into == [document("Fair", None).document_id]
