"""What a question takes for granted is corrected where the sources say otherwise, and only there."""

from __future__ import annotations

import pytest
from answer_parts import hit

from assistant.generation.quoting.clause_ranker import ClauseRanker
from assistant.generation.quoting.clauses import clauses
from assistant.generation.quoting.premise import Correction, PremiseChecker
from assistant.text.language import detect_language
from assistant.workspace import Workspace


@pytest.fixture(scope="module")
def checker(answer_library: Workspace) -> PremiseChecker:
    return PremiseChecker(ClauseRanker(answer_library.embedder, answer_library.cross_encoder), answer_library.termbase)


def _correction(checker: PremiseChecker, library: Workspace, question: str, passage: str) -> Correction | None:
    query = library.retriever.query_builder.build(question, detect_language(question))
    return checker.correction(query, list(clauses([hit(passage, title="안내 자료")])))


@pytest.mark.parametrize(
    ("question", "passage", "kind"),
    [
        ("사업당 지원 한도가 20억원이 맞나요?", "사업당 한도는 2억원 이내로 지원", "amount"),
        ("Is it true that the cap per project is KRW 2 billion?", "The cap is KRW 200 million per project.", "amount"),
        ("금리는 5%라고 들었는데 어떻게 빌리나요?", "금리는 연 2.5%", "amount"),
        ("I heard the share of the costs is 90%. How do I apply?", "The share is up to 70% of the costs.", "amount"),
        ("10개 기관이 회의에 참여했다는데 모두 발표했나요?", "회의에는 7개 기관이 참여함", "amount"),
        ("신청 마감이 2026년 12월 31일 맞죠?", "신청 마감은 2026년 12월 11일", "date"),
        ("Registration closes on March 1, 2027, right?", "Registration closes on February 26, 2027.", "date"),
        ("협의체가 2017년에 출범했다던데 회원은 우대받나요?", "협의체는 2019년 2월에 출범함", "date"),
        ("Since the fair was held in Busan, which hall was it?", "The fair was held in Daegu.", "place"),
        ("박람회를 부산에서 열었다면서요? 며칠간이었죠?", "박람회는 대구에서 열림", "place"),
        ("로드쇼를 KOTRA가 주관한다던데 맞나요?", "로드쇼는 한국수출입은행이 주관함", "body"),
        (
            "When is the roadshow in Nairobi?",
            "The roadshow stops in Hanoi, Jakarta and Bangkok.",
            "place",
        ),
    ],
)
def test_what_the_passage_has_otherwise_is_corrected_by_it(
    checker: PremiseChecker, answer_library: Workspace, question: str, passage: str, kind: str
) -> None:
    correction = _correction(checker, answer_library, question, passage)
    assert correction is not None
    assert correction.kind == kind
    assert [item.clause.text for item in correction.items] == [passage]


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("지원 한도가 2억원이 맞나요?", "지원 한도는 사업당 2억원 이내"),
        ("지원 한도가 200백만원이 맞나요?", "지원 한도는 사업당 2억원 이내"),
        ("Is it true that the cap is KRW 200 million?", "사업당 한도는 2억원"),
        ("The center opened in the second half of 2019, right?", "센터 개소(’19.下)"),
        ("7개 기관이 참여했다던데 어디어디인가요?", "seven bodies took part, 일곱 개 기관이 참여"),
        ("Since the fair was held in Busan, which hall was it?", "The fair was held in Busan."),
        ("박람회를 부산에서 열었다면서요?", "The fair took place in Busan."),
        (
            "When is the roadshow in Hanoi?",
            "The roadshow stops in Hanoi, Jakarta and Bangkok.",
        ),
    ],
)
def test_what_the_passage_bears_out_is_not(
    checker: PremiseChecker, answer_library: Workspace, question: str, passage: str
) -> None:
    assert _correction(checker, answer_library, question, passage) is None


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("20억원을 넘는 사업은 어떻게 신청하나요?", "사업당 2억원 이내로 지원"),
        ("How does a firm with KRW 2 billion of sales apply?", "up to KRW 200 million per project"),
        ("2019년에 몇 곳을 지원했죠?", "2020년에 30곳을 지원"),
    ],
)
def test_a_question_that_takes_nothing_for_granted_is_not_corrected(
    checker: PremiseChecker, answer_library: Workspace, question: str, passage: str
) -> None:
    assert _correction(checker, answer_library, question, passage) is None


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("수수료가 20억원이 맞나요?", "지원 비율은 70%"),
        ("Is it true that the fee is KRW 2 billion?", "The fee helps companies in 10 countries."),
        ("마감이 12월 31일 맞나요?", "지원 비율은 70%"),
        ("금리가 5%라던데 맞나요?", "수출 비중은 31%"),
    ],
)
def test_a_line_of_another_sort_or_on_something_else_corrects_nothing(
    checker: PremiseChecker, answer_library: Workspace, question: str, passage: str
) -> None:
    assert _correction(checker, answer_library, question, passage) is None


def test_one_line_as_likely_that_bears_it_out_is_enough(checker: PremiseChecker, answer_library: Workspace) -> None:
    passage = "종전 한도는 1억원\n현재 한도는 2억원"
    assert _correction(checker, answer_library, "한도가 2억원 맞나요?", passage) is None
    assert _correction(checker, answer_library, "한도가 3억원 맞나요?", passage) is not None
