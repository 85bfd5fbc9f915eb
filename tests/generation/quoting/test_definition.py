"""Lines that say what a thing is."""

import pytest
from answer_parts import hit, lines

from assistant.generation.quoting.definition import Definition
from assistant.text.language import detect_language
from assistant.text.morphemes import analyze
from assistant.types import Alternative, Concept, Language
from assistant.workspace import Workspace


@pytest.mark.parametrize(
    ("question", "line", "defines"),
    [
        ("나루기금이 뭔가요?", "나루기금은 중소기업에 돈을 빌려주는 제도임", True),
        ("나루기금이 뭔가요?", "나루기금 전용트랙에 프로젝트 계획이 있음", False),
        ("나루기금이 뭔가요?", "중소기업을 돕는 나루기금(나라가 만든 기금)", True),
        ("What is Narufin?", "Narufin is a fund that lends to small firms.", True),
        ("What is Narufin?", "Projects go by the Narufin track in planning", False),
    ],
)
def test_a_definition_opens_with_the_thing_or_writes_its_name_out(
    answer_library: Workspace, question: str, line: str, defines: bool
) -> None:
    query = answer_library.retriever.query_builder.build(question, detect_language(question))
    (clause,) = lines(hit(f"{line}", title="자료", section=("내용",)))
    assert Definition(query.concepts).is_in(clause) is defines


@pytest.mark.parametrize(
    ("question", "title", "section", "line"),
    [
        ("나루기금이 뭔가요?", "나루기금 안내", "1. 사업 개요", "중소기업에 돈을 빌려주는 제도임"),
        ("What is Narufin?", "Narufin for small firms", "What it is", "A loan at a fixed rate for small firms."),
    ],
)
def test_the_part_of_a_paper_on_the_thing_that_says_what_it_is_defines_it(
    answer_library: Workspace, question: str, title: str, section: str, line: str
) -> None:
    query = answer_library.retriever.query_builder.build(question, detect_language(question))
    definition = Definition(query.concepts)
    (clause,) = lines(hit(line, title=title, section=(section,)))
    (elsewhere,) = lines(hit(line, title=title, section=("3. 기타",)))
    (of_another,) = lines(hit(line, title="자료", section=(section,)))
    assert [definition.is_in(item) for item in (clause, elsewhere, of_another)] == [True, False, False]


@pytest.mark.parametrize(
    ("thing", "common", "line", "language"),
    [
        ("전통 신도시형", "도시", "도시는 국토의 거점임", "ko"),
        ("Narufin", "city", "City: any with 50,000 people", "en"),
    ],
)
def test_a_common_word_of_the_question_is_not_what_is_to_be_defined(
    thing: str, common: str, line: str, language: Language
) -> None:
    def concept(text: str, weight: float) -> Concept:
        forms = tuple(token.form for token in analyze(text))
        return Concept(text, {"ko": (), "en": ()} | {language: (Alternative(forms, 1.0, "word", text),)}, weight=weight)

    (clause,) = lines(hit(line, title=f"{common} 2030", section=("1. 개요",)))
    assert not Definition([concept(thing, 1.6), concept(common, 0.4)]).is_in(clause)
    assert Definition([concept(common, 0.4)]).is_in(clause)
