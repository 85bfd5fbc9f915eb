"""Which clause comes first, with the embedder and the weights that users get."""

from __future__ import annotations

import pytest
from answer_parts import hit, lines, query

from assistant.generation.answer_kind import asked_kind
from assistant.generation.quoting.clause_ranker import ClauseRanker
from assistant.generation.quoting.coverage import concepts_said
from assistant.text.language import detect_language
from assistant.types import Query
from assistant.workspace import Workspace

SHEET = "항목 | 내용\n규모 | 1,200억원\n존속 기간 | 10년\n운용사 | 예시자산운용\n출자 기관 | 3곳 1,000억원"
SHEET_EN = (
    "Item | Content\nSize | KRW 120 billion\nTerm | 10 years\nManager | Example Asset\nFirst closing | KRW 40 billion"
)


@pytest.fixture(scope="module")
def ranker(answer_library: Workspace) -> ClauseRanker:
    return ClauseRanker(answer_library.embedder, answer_library.cross_encoder)


@pytest.mark.parametrize(
    ("question", "text", "title", "first"),
    [
        ("하람 펀드의 규모는 얼마인가요?", SHEET, "하람 펀드 개요", "규모 | 1,200억원"),
        ("하람 펀드의 운용사는 어디인가요?", SHEET, "하람 펀드 개요", "운용사 | 예시자산운용"),
        ("How large is the size of the Haram fund?", SHEET_EN, "Haram Fund Sheet", "Size | KRW 120 billion"),
        ("Who is the manager of the Haram fund?", SHEET_EN, "Haram Fund Sheet", "Manager | Example Asset"),
    ],
)
def test_the_row_labelled_as_what_is_asked_for_comes_first(
    ranker: ClauseRanker, question: str, text: str, title: str, first: str
) -> None:
    found = ranker.rank(query(question), asked_kind(question), lines(hit(text, title=title)))
    assert found[0].clause.text == first


@pytest.mark.parametrize(
    ("question", "text", "first"),
    [
        (
            "중견기업은 몇 %까지 지원받나요?",
            "□ 중견기업은 해외 사업을 함께 신청함\n□ 중견기업은 사업비의 50%까지 지원함\n□ 중소기업 지원은 해마다 늘어남",
            "□ 중견기업은 사업비의 50%까지 지원함",
        ),
        (
            "By when can companies apply for the grant?",
            "Companies apply for the grant in a group.\nCompanies apply for the grant by December 11, 2026.",
            "Companies apply for the grant by December 11, 2026.",
        ),
    ],
)
def test_what_holds_the_kind_of_thing_asked_for_comes_first(
    ranker: ClauseRanker, question: str, text: str, first: str
) -> None:
    title = "안내" if "은" in text else "Guide"
    assert ranker.rank(query(question), asked_kind(question), lines(hit(text, title=title)))[0].clause.text == first


def test_a_passage_on_another_body_comes_after_the_one_asked_about(ranker: ClauseRanker) -> None:
    asked = query("무역보험공사의 보증 한도는 얼마인가요?", names=("무역보험공사",))
    ours = hit("□ 무역보험공사의 보증 한도는 사업비의 85%임", title="보증 안내", score=0.5)
    other = hit("□ 수출입은행의 보증 한도는 사업비의 90%임", title="대출 안내", score=0.6)
    found = ranker.rank(asked, asked_kind(asked.text), lines(other, ours))
    assert found[0].clause.hit.document.title == "보증 안내"


def test_every_clause_is_ranked_once_best_first_and_twice_the_same(ranker: ClauseRanker) -> None:
    asked = query("하람 펀드의 규모는 얼마인가요?")
    clauses = lines(hit(SHEET, title="하람 펀드 개요"), hit("□ 다른 이야기임", title="다른 안내"))
    found = ranker.rank(asked, asked_kind(asked.text), clauses)
    assert sorted(item.clause.text for item in found) == sorted(clause.text for clause in clauses)
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)
    assert ranker.rank(asked, asked_kind(asked.text), clauses) == found


def test_without_clauses_or_words_there_is_nothing_to_rank(ranker: ClauseRanker) -> None:
    asked = query("하람 펀드의 규모는 얼마인가요?")
    assert ranker.rank(asked, asked_kind(asked.text), []) == []
    assert ranker.rank(Query("?", "ko", ()), asked_kind("?"), lines(hit(SHEET))) == []


def test_how_well_a_text_says_a_concept_is_the_weight_of_its_best_alternative() -> None:
    asked = query("금리 한도").concepts
    assert concepts_said(asked, "금리는 연 2.5%") == [1.0, 0.0]
    assert concepts_said(asked, "한도와 금리") == [1.0, 1.0]
    assert concepts_said(asked, "") == [0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "mention", "definition"),
    [
        (
            "나루기금이 뭔가요?",
            "나루기금 전용트랙에 프로젝트 계획이 있음",
            "나루기금은 중소기업에 돈을 빌려주는 제도임",
        ),
        (
            "What is Narufin?",
            "Projects go by the Narufin track in planning",
            "Narufin is a fund that lends to small firms.",
        ),
    ],
)
def test_what_a_thing_is_comes_before_where_it_is_named(
    ranker: ClauseRanker, answer_library: Workspace, question: str, mention: str, definition: str
) -> None:
    asked = answer_library.retriever.query_builder.build(question, detect_language(question))
    found = ranker.rank(asked, asked_kind(question), lines(hit(f"{mention}\n{definition}")))
    assert found[0].clause.text == definition


@pytest.mark.parametrize(
    ("question", "text", "first"),
    [
        (
            "하람 센터는 어느 나라에 있나요?",
            "□ 하람 센터는 국내에서 운영 방안을 정함\n□ 하람 센터를 베트남, 인도네시아, 케냐에 설치함\n□ 하람 센터는 기업을 도움",
            "□ 하람 센터를 베트남, 인도네시아, 케냐에 설치함",
        ),
        (
            "In which countries are the Haram centers?",
            "The Haram centers help companies in Korea.\nThe Haram centers stand in Vietnam, Kenya and Peru.",
            "The Haram centers stand in Vietnam, Kenya and Peru.",
        ),
        (
            "하람 설명회는 왜 취소되었나요?",
            "□ 하람 설명회의 취소를 안내함\n□ 하람 설명회는 발표 기관의 일정 변경으로 열기 어려워졌음\n□ 하람 설명회의 참가비는 없음",
            "□ 하람 설명회는 발표 기관의 일정 변경으로 열기 어려워졌음",
        ),
        (
            "Why was the Haram briefing cancelled?",
            "The Haram briefing is cancelled.\nThe Haram briefing cannot be held owing to a change of plans.",
            "The Haram briefing cannot be held owing to a change of plans.",
        ),
    ],
)
def test_places_that_the_question_does_not_name_and_reasons_come_first_where_they_are_asked_for(
    ranker: ClauseRanker, question: str, text: str, first: str
) -> None:
    found = ranker.rank(query(question), asked_kind(question), lines(hit(text, title="안내 Guide")))
    assert found[0].clause.text == first


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("하람 기금의 한도는 얼마인가요?", "하람 기금의 {}차 한도는 {}억원임"),
        ("What is the limit of the Haram fund?", "Limit {} of the Haram fund: USD {} million"),
    ],
)
def test_only_the_first_lines_are_read_and_the_others_are_no_likelier_than_those(
    ranker: ClauseRanker, question: str, line: str
) -> None:
    found = ranker.rank(
        query(question), asked_kind(question), lines(hit("\n".join(line.format(n, 3 * n) for n in range(1, 21))))
    )
    read = [item.read for item in found]
    assert len(read) == 20
    assert 1 <= sum(odds > min(read) for odds in read) < 8
