"""Events, tenders and programs asked for by place, subject, time and state: those that fit, or plainly none and the nearest."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import PolicyAssistant
from assistant.service import build_assistant
from assistant.types import Answer, AnswerStatus, Question, RecordType
from assistant.workspace import Workspace

AS_OF = date(2026, 11, 22)
WATER, SIGNAL, BINS = "라야푸라시", "하람시", "Villa Serena"
TENDERS = {WATER, SIGNAL, BINS}
ROADSHOW, PLAZA, TECH_DAY, CLINIC = (
    "Bangkok 2027",
    "2027 스마트도시 수출상담회",
    "Urban Mobility Tech Day",
    "Bid Clinic",
)
EVENTS = {ROADSHOW, PLAZA, TECH_DAY, CLINIC}


def ask(assistant: PolicyAssistant, text: str, as_of: date = AS_OF) -> Answer:
    return assistant.ask(Question(text, as_of))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("베트남 입찰 있어요?", {SIGNAL}),
        ("Any tenders in Vietnam right now?", {SIGNAL}),
        ("동남아 입찰 뭐 있나요", {SIGNAL, WATER}),
        ("What tenders are there in Latin America?", {BINS}),
        ("교통 관련 입찰 공고 있나요?", {SIGNAL}),
        ("Any tenders on water management?", {WATER}),
        ("태국 행사 일정 알려주세요", {ROADSHOW}),
        ("Anything happening in Thailand?", {ROADSHOW}),
        ("3월에 열리는 행사 알려 주세요", {PLAZA, TECH_DAY, CLINIC}),
        ("Which events take place in the second half of 2027?", {ROADSHOW}),
        ("Which events does the Example Smart City Export Association hold?", {ROADSHOW, CLINIC}),
        ("Are there any online events in February?", {CLINIC}),
    ],
)
def test_what_fits_is_listed_and_nothing_else(
    corpus_assistant: PolicyAssistant, question: str, named: set[str]
) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.ANSWERED
    assert {name for name in TENDERS | EVENTS if name in answer.text} == named
    assert all(claim.citations for claim in answer.claims)


@pytest.mark.parametrize(
    ("question", "says", "nearest"),
    [
        ("Is the smart city tender in Jakarta still open?", "no tender in Jakarta", WATER),
        ("자카르타 입찰 아직 안 끝났나요?", "자카르타 입찰이 없습니다", WATER),
        ("강릉에서 열리는 행사는?", "강릉에서 열리는 행사가 없습니다", CLINIC),
        ("Are there any roadshows in Africa?", "no roadshow in Africa", CLINIC),
        ("드론 관련 입찰 있나요?", "‘드론’ 관련 입찰이 없습니다", SIGNAL),
        ("Any tenders for hospitals?", "no tender about “hospitals”", SIGNAL),
    ],
)
def test_where_none_fits_it_says_so_by_name_and_offers_the_nearest(
    corpus_assistant: PolicyAssistant, question: str, says: str, nearest: str
) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert says in answer.text
    offered = [notice.text for notice in answer.notices if notice.kind == "passage"]
    assert nearest in offered[0]
    numbers = {citation.number for citation in answer.citations}
    assert all(int(text.rpartition("[")[2].rstrip("]")) in numbers for text in offered)


def test_one_of_the_same_country_goes_before_others(corpus_assistant: PolicyAssistant) -> None:
    (only,) = [n.text for n in ask(corpus_assistant, "하노이 입찰 있어요?").notices if n.kind == "passage"]
    assert only.startswith("같은 나라(베트남)의 입찰: 「베트남 하람시")


@pytest.mark.parametrize(
    ("question", "as_of", "says"),
    [
        ("베트남 입찰 아직 열려 있나요?", date(2026, 12, 1), "아직 지나지 않았습니다"),
        ("베트남 입찰 아직 열려 있나요?", date(2027, 3, 1), "이미 마감되었습니다"),
        ("Is the Colombia tender still open?", date(2026, 12, 1), "has not passed"),
        ("Is the Colombia tender still open?", date(2027, 5, 1), "has closed"),
    ],
)
def test_whether_it_is_open_is_told_as_of_the_day(
    corpus_assistant: PolicyAssistant, question: str, as_of: date, says: str
) -> None:
    answer = ask(corpus_assistant, question, as_of)
    assert says in answer.text
    assert len(answer.claims) <= 2


@pytest.mark.parametrize(
    ("question", "as_of"),
    [("지금 진행 중인 입찰이 있나요?", date(2027, 6, 1)), ("Any open tenders?", date(2027, 7, 1))],
)
def test_where_all_are_over_it_says_so_and_names_the_latest(
    corpus_assistant: PolicyAssistant, question: str, as_of: date
) -> None:
    answer = ask(corpus_assistant, question, as_of)
    assert "없습니다" in answer.text or "no open tender" in answer.text
    assert BINS in answer.claims[0].text
    assert any(notice.kind == "past_event" for notice in answer.notices)


@pytest.mark.parametrize(
    "question",
    ["2월에 마감되는 거 뭐 있어요?", "2월에 마감되는 공고 알려 주세요.", "Which deadlines are coming up in February?"],
)
def test_what_closes_is_listed_whatever_it_is(corpus_assistant: PolicyAssistant, question: str) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.ANSWERED
    deadlines = [record.deadline for record in answer.records]
    assert deadlines == sorted(d for d in deadlines if d is not None)
    assert {record.type for record in answer.records} == {RecordType.EVENT, RecordType.TENDER}
    assert all(d is not None and (d.year, d.month) == (2027, 2) for d in deadlines)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("방콕 로드쇼 취소됐나요?", "취소 공고가 없습니다"),
        ("Is the roadshow in Bangkok cancelled?", "no notice that cancels"),
    ],
)
def test_what_was_not_cancelled_is_said_not_to_be(corpus_assistant: PolicyAssistant, question: str, says: str) -> None:
    answer = ask(corpus_assistant, question)
    assert says in answer.claims[0].text
    assert "9–10 November" in answer.text or "11월 9일" in answer.text


@pytest.mark.parametrize("question", ["취소된 입찰 있나요?", "Are there any cancelled tenders?"])
def test_where_nothing_was_cancelled_that_is_said(corpus_assistant: PolicyAssistant, question: str) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert "취소된 입찰" in answer.text or "no tender that was cancelled" in answer.text


@pytest.mark.parametrize(
    ("question", "says"),
    [("지금 열려 있는 입찰은 몇 건인가요?", "모두 세 건"), ("How many tenders are open now?", "In all: three")],
)
def test_who_asks_how_many_is_told_the_number_and_which(
    corpus_assistant: PolicyAssistant, question: str, says: str
) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.text.startswith(says)
    assert len(answer.claims) == len(TENDERS)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("동남아 입찰 중에 3월 이전에 마감되는 거 있나요?", {SIGNAL, WATER}),
        ("Any tenders in Southeast Asia closing before March?", {SIGNAL, WATER}),
        ("입찰 마감 순서대로 알려 주세요", TENDERS),
        ("내년에 태국에서 하는 행사", {ROADSHOW}),
    ],
)
def test_a_time_before_which_and_an_order_are_understood(
    corpus_assistant: PolicyAssistant, question: str, named: set[str]
) -> None:
    answer = ask(corpus_assistant, question)
    assert {name for name in TENDERS | EVENTS if name in answer.text} == named


@pytest.mark.parametrize(
    "question", ["12월에 접수 시작하는 지원사업이 있나요?", "Which programs open for applications in December?"]
)
def test_what_first_opens_in_a_month_is_not_what_is_open_in_it(
    corpus_assistant: PolicyAssistant, question: str
) -> None:
    answer = ask(corpus_assistant, question)
    assert all(record.start is not None and record.start.month == 12 for record in answer.records)
    assert any("Export Starter" in claim.text for claim in answer.claims)


@pytest.mark.parametrize(
    ("question", "says"),
    [("지난 입찰 있어요?", "마감된 입찰"), ("Were there any tenders in 2025?", "no tender that closed")],
)
def test_where_none_is_over_that_is_said(corpus_assistant: PolicyAssistant, question: str, says: str) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert says in answer.text


@pytest.mark.parametrize(
    "question",
    ["새로운 입찰 있나요?", "쉬운 입찰 있나요?", "Any good tenders?", "Are there any interesting new tenders?"],
)
def test_what_one_thinks_of_it_is_no_subject(corpus_assistant: PolicyAssistant, question: str) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.ANSWERED
    assert {name for name in TENDERS if name in answer.text} == TENDERS


def test_of_what_is_still_open_the_closed_ones_come_last(corpus_assistant: PolicyAssistant) -> None:
    answer = ask(corpus_assistant, "Which tenders are still open?", date(2027, 2, 27))
    assert "has not passed" in answer.claims[0].text
    assert "has closed" in answer.claims[-1].text


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("지금 신청할 수 있는 지원사업은?", "2026년 12월 20일(일)(공고일 2026년 11월 20일, “공고일로부터 30일 이내”)"),
        (
            "Which programs are open now?",
            "Sunday 20 December 2026 (“공고일로부터 30일 이내”, notice of 20 November 2026)",
        ),
    ],
)
def test_a_day_that_is_counted_is_said_beside_the_words_it_was_counted_by(
    corpus_assistant: PolicyAssistant, question: str, day: str
) -> None:
    answer = ask(corpus_assistant, question)
    assert day in answer.claims[0].text
    assert answer.claims[0].text.endswith("(D-28)")
    assert sum(len(claim.text) for claim in answer.claims) <= 600


@pytest.mark.parametrize(
    ("question", "as_of", "says"),
    [
        ("이행보증 수수료 지원 마감이 언제예요?", AS_OF, "마감은 2026년 12월 20일(일)"),
        ("이행보증 수수료 지원 마감이 언제예요?", date(2027, 1, 5), "이미 마감되었습니다"),
        ("수출상담회 참가 신청 언제까지예요?", AS_OF, "2027년 2월 12일(금)"),
    ],
)
def test_the_deadline_of_one_thing_leads(
    corpus_assistant: PolicyAssistant, question: str, as_of: date, says: str
) -> None:
    answer = ask(corpus_assistant, question, as_of)
    assert says in answer.claims[0].text
    # The day of the notice, from which the days are counted, being past is no news.
    assert not any("이미 지났습니다(2026년 11월 20일" in claim.text for claim in answer.claims)


def test_what_a_notice_changed_is_not_told_of_another_tender(corpus_assistant: PolicyAssistant) -> None:
    answer = ask(corpus_assistant, "Villa Serena 입찰은 이메일로 내나요, 주소가 뭐예요?")
    assert "하람시" not in answer.claims[0].text


def test_a_time_without_any_is_said_to_have_none(corpus_assistant: PolicyAssistant) -> None:
    assert ask(corpus_assistant, "12월 행사 뭐 있어요?").text.startswith(
        "물으신 기간에 열리는 행사는 등록된 문서에 없습니다."
    )


@pytest.mark.parametrize(
    "question", ["지금 신청할 수 있는 지원사업", "Which support programmes can we apply to today?"]
)
def test_what_is_open_now_goes_before_what_opens_later(corpus_assistant: PolicyAssistant, question: str) -> None:
    text = ask(corpus_assistant, question).text
    later = "접수 예정" if "지금" in question else "This opens later"
    opened, _, closed = text.partition(later)
    assert "해외실증 바우처" in opened
    assert "이행보증 수수료" in opened
    assert "Export Starter" in closed


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is holding the tender in Colombia?", "Municipality of Villa Serena"),
        ("베트남 입찰 발주처가 어디예요?", "하람시 교통국"),
        ("방콕 로드쇼 주최가 어디예요?", "Example Smart City Export Association"),
    ],
)
def test_who_holds_it_is_told_from_its_record(corpus_assistant: PolicyAssistant, question: str, name: str) -> None:
    answer = ask(corpus_assistant, question)
    assert name in answer.text
    assert len(answer.claims) == 1


@pytest.mark.parametrize(
    "question",
    [
        "방콕 로드쇼 참가비가 있나요?",
        "What is the dress code at the Bangkok roadshow?",
        "입찰 보증금이 있나요?",
        "대기업도 수출상담회 나갈 수 있나요?",
        "어떤 기업이 실증 바우처를 받을 수 있나요?",
        "When is the Bangkok roadshow?",
    ],
)
def test_a_question_about_one_thing_is_not_answered_with_a_list(
    corpus_assistant: PolicyAssistant, question: str
) -> None:
    answer = ask(corpus_assistant, question)
    assert not answer.text.startswith(("등록된 문서에는", "These documents hold no"))
    assert len(answer.records) <= 1


@pytest.mark.parametrize(
    "question",
    [
        "정정된 입찰 공고 있나요?",
        "변경된 공고 알려 주세요",
        "Which tenders were postponed?",
        "Are there any tenders that were changed?",
    ],
)
def test_what_a_later_notice_changed_is_listed_with_the_old_value(answer_library: Workspace, question: str) -> None:
    answer = ask(build_assistant(answer_library), question)
    assert [record.title for record in answer.records] == ["베트남 하람시 교통신호 구축사업"]
    change = answer.records[0].changes[0]
    assert (change.field, len(answer.claims)) == ("deadline", 1)
    assert all(str(int(day[-2:])) in answer.text for day in (change.old, change.new) if day)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("연장된 지원사업이 있나요?", "바뀐 지원사업에 관한 내용이 없습니다"),
        ("Which programs were extended?", "no support program whose"),
    ],
)
def test_where_nothing_was_changed_that_is_said(corpus_assistant: PolicyAssistant, question: str, says: str) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert says in answer.text


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("2027 스마트도시 수출상담회는 어디서 해요?", "누리컨벤션센터"),
        ("방콕 로드쇼 장소가 어디예요?", "Example Hall"),
        ("Where is the Bangkok roadshow held?", "Example Hall"),
    ],
)
def test_where_it_is_held_is_told_from_its_record(corpus_assistant: PolicyAssistant, question: str, place: str) -> None:
    answer = ask(corpus_assistant, question)
    assert place in answer.text
    assert len(answer.claims) == 1
    assert len(answer.records) == 1
