"""Asked back only where several things fit equally well and answer otherwise; the reply completes the question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import PolicyAssistant
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.types import Answer, AnswerStatus, Language, Question, Turn
from assistant.workspace import Workspace

AS_OF = date(2026, 11, 22)


def ask(corpus_assistant: PolicyAssistant, text: str, *before: str) -> Answer:
    turns = tuple(Turn("user" if place % 2 == 0 else "assistant", said) for place, said in enumerate(before))
    return corpus_assistant.ask(Question(text, AS_OF, turns))


@pytest.mark.parametrize(
    "question",
    [
        "지원 한도가 얼마입니까?",
        "입찰 마감이 언제예요?",
        "행사는 어디서 열립니까?",
        "What is the fund's size?",
        "Where is the event held?",
        "What share of the costs does the program cover?",
    ],
)
def test_a_question_that_fits_several_asks_which_one(corpus_assistant: PolicyAssistant, question: str) -> None:
    answer = ask(corpus_assistant, question)
    assert answer.status is AnswerStatus.CLARIFY
    choices = answer.claims[1:]
    assert len(choices) >= 2
    assert all(claim.citations for claim in answer.claims)
    assert len({claim.text.rpartition(": ")[2] for claim in choices}) == len(choices)
    assert len(answer.suggestions) == len(choices)
    assert all(suggestion.endswith(question) for suggestion in answer.suggestions)
    assert all(choice.text in answer.text for choice in choices)


@pytest.mark.parametrize(
    "question",
    [
        "PIS 펀드 규모가 얼마인가요?",
        "How large is the PIS fund?",
        "수출상담회가 언제 열려요?",
        "When is the Bangkok roadshow?",
        "해외실증 바우처는 얼마까지 지원해요?",
        "온라인 입찰 클리닉은 언제 하나요?",
        # A program that pays for bids is no tender.
        "What does the bid cost support program pay for?",
        "입찰 비용 지원사업 마감일은 언제예요?",
        "어떤 펀드가 있나요?",
        "다가오는 행사를 알려 주세요.",
        "Which program pays the most?",
        "시장개척자금과 수출 스타터의 지원 한도를 비교해 주세요.",
    ],
)
def test_a_question_that_means_one_or_all_is_not_asked_back(corpus_assistant: PolicyAssistant, question: str) -> None:
    assert ask(corpus_assistant, question).status is not AnswerStatus.CLARIFY


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("펀드 규모가 얼마인가요?", "PIS 펀드는 누가 만드나요?"),
        ("What is the fund's size?", "Who sets up the PIS fund?"),
    ],
)
def test_the_talk_so_far_tells_which_one(corpus_assistant: PolicyAssistant, question: str, before: str) -> None:
    told = "기획재정부와 국토교통부입니다." if "펀드" in question else "The finance and the land ministry."
    assert ask(corpus_assistant, question, before, told).status is not AnswerStatus.CLARIFY


@pytest.mark.parametrize(
    ("question", "reply", "language", "named"),
    [
        ("What is the fund's size?", "the PIS one", "en", "PIS"),
        ("What is the fund's size?", "PIS 펀드요", "en", "PIS"),
        ("입찰 마감이 언제예요?", "물관리 쪽이요", "ko", "물관리"),
        ("입찰 마감이 언제예요?", "Vietnam", "ko", "베트남"),
    ],
)
def test_a_reply_that_names_one_completes_the_question(
    corpus_assistant: PolicyAssistant, question: str, reply: str, language: Language, named: str
) -> None:
    offer = ask(corpus_assistant, question)
    answer = ask(corpus_assistant, reply, question, offer.text)
    assert answer.standalone_query is not None
    assert named in answer.standalone_query
    assert question in answer.standalone_query
    assert answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
    assert answer.language == language


@pytest.mark.parametrize(("place", "reply"), [(1, "the first one"), (2, "second"), (1, "1"), (-1, "the last one")])
def test_a_reply_may_pick_by_place(corpus_assistant: PolicyAssistant, place: int, reply: str) -> None:
    offer = ask(corpus_assistant, "What is the fund's size?")
    answer = ask(corpus_assistant, reply, "What is the fund's size?", offer.text)
    title = offer.claims[place].text.split("”")[0].lstrip("“")
    assert answer.standalone_query == f"{title}: What is the fund's size?"


def test_a_reply_that_asks_something_else_is_a_question_of_its_own(corpus_assistant: PolicyAssistant) -> None:
    offer = ask(corpus_assistant, "What is the fund's size?")
    answer = ask(corpus_assistant, "When is the Bangkok roadshow?", "What is the fund's size?", offer.text)
    assert answer.standalone_query is None
    assert "November" in answer.text


@pytest.mark.parametrize(
    ("before", "question", "standalone"),
    [
        ("시장개척자금 한도는 얼마인가요?", "그럼 PIS 펀드는요?", "PIS 펀드 한도 얼마입니까?"),
        (
            "When is the Bangkok roadshow?",
            "What about the Urban Mobility Tech Day?",
            "Urban Mobility Tech Day when is it?",
        ),
        ("When is the Bangkok roadshow?", "그럼 모빌리티 테크데이는요?", "모빌리티 테크데이 언제입니까?"),
    ],
)
def test_a_follow_up_that_only_names_another_asks_the_same_of_it(
    corpus_assistant: PolicyAssistant, before: str, question: str, standalone: str
) -> None:
    assert ask(corpus_assistant, question, before, "…").standalone_query == standalone


@pytest.mark.parametrize(
    "question", ["그럼 중견기업은요?", "마감은요?", "And the deadline?", "And the fund?", "And for SMEs?"]
)
def test_a_follow_up_on_the_same_thing_stays_with_it(corpus_assistant: PolicyAssistant, question: str) -> None:
    answer = ask(corpus_assistant, question, "시장개척자금 한도는 얼마인가요?", "사업당 2억원 이내입니다.")
    assert answer.standalone_query is None or question in answer.standalone_query


FORUMS: dict[Language, tuple[str, str]] = {
    "ko": (
        "# 한빛 도시포럼 2027 개최 안내\n\n- 일시: 2027. 3. 3.(수) 10:00\n- 장소: 한빛회관(예시)\n",
        "# 새길 물포럼 2027 개최 안내\n\n- 일시: 2027. 5. 12.(수) 10:00\n- 장소: 새길회관(예시)\n",
    ),
    "en": (
        "# Hanbit City Forum 2027\n\n- Date: March 3, 2027\n- Venue: Hanbit Hall (fictional)\n",
        "# Saegil Water Forum 2027\n\n- Date: May 12, 2027\n- Venue: Saegil Hall (fictional)\n",
    ),
}


@pytest.mark.parametrize(("language", "question"), [("ko", "포럼은 언제 열립니까?"), ("en", "When is the forum?")])
def test_of_two_forums_one_is_meant_once_the_other_is_over(
    workspace: Workspace, tmp_path: Path, language: Language, question: str
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number, text in enumerate(FORUMS[language]):
        (folder / f"forum-{number}.md").write_text(text, encoding="utf-8")
    list(workspace.pipeline.ingest([folder], IngestReport()))
    assistant = build_assistant(workspace)
    both_ahead = assistant.ask(Question(question, date(2027, 1, 5)))
    assert both_ahead.status is AnswerStatus.CLARIFY
    assert len(both_ahead.claims) == 3
    assert assistant.ask(Question(question, date(2027, 4, 1))).status is not AnswerStatus.CLARIFY


@pytest.mark.parametrize(
    ("question", "reply", "named"),
    [
        ("What happens if we miss the deadline?", "the Vietnam tender", "하람시"),
        ("마감을 놓치면 어떻게 되나요?", "하람시 입찰이요", "하람시"),
        ("마감이 언제예요?", "첫 번째", "Export Starter"),
        ("When is the deadline?", "Export Starter", "Export Starter"),
    ],
)
def test_the_deadline_of_nothing_named_is_asked_back_with_those_ahead(
    corpus_assistant: PolicyAssistant, question: str, reply: str, named: str
) -> None:
    offer = ask(corpus_assistant, question)
    assert offer.status is AnswerStatus.CLARIFY
    assert len(offer.claims) >= 3
    assert all(record.deadline is not None and record.deadline >= AS_OF for record in offer.records)
    answer = ask(corpus_assistant, reply, question, offer.text)
    assert answer.standalone_query is not None
    assert named in answer.standalone_query
    assert answer.status is not AnswerStatus.CLARIFY
