"""Chosen clauses said in the asker's language, with what they cite."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from answer_parts import clause, document, hit, lines, ranked

from assistant.generation.quoting.clauses import Clause
from assistant.generation.quoting.gloss import Glossary
from assistant.generation.quoting.wording import CitationList, ClaimWriter
from assistant.text.termbase import Termbase
from assistant.types import Citation, Claim, Evidence, Language, Notice, Span


@pytest.fixture(scope="module")
def writer() -> ClaimWriter:
    return ClaimWriter(Glossary(Termbase.load()))


def _written(
    writer: ClaimWriter, language: Language, *found: Clause
) -> tuple[list[Claim], tuple[Citation, ...], list[Notice]]:
    citations = CitationList()
    claims, notices = writer.write(ranked(*found), language, citations)
    return claims, citations.all(), notices


def test_a_heading_is_said_with_the_first_clause_under_it_only(writer: ClaimWriter) -> None:
    found = lines(hit("□ 한도는 2억원으로 정함\n□ 금리는 연 2.5%로 정함", section=("1. 지원 조건",)))
    other = clause("□ 접수는 전자우편으로 함", section=("2. 신청 방법",))
    claims, _, _ = _written(writer, "ko", *found, other)
    assert [claim.text for claim in claims] == [
        "지원 조건: 한도는 2억원으로 정함",
        "금리는 연 2.5%로 정함",
        "신청 방법: 접수는 전자우편으로 함",
    ]


@pytest.mark.parametrize("section", [("2027 행사",), ("하람 수출기금 안내",), ("수출기금",), ()])
def test_a_heading_with_figures_or_nothing_new_is_not_said(writer: ClaimWriter, section: tuple[str, ...]) -> None:
    claims, _, _ = _written(writer, "ko", clause("□ 수출기금은 은행이 운영함", section=section))
    assert claims[0].text == "수출기금은 은행이 운영함"


@pytest.mark.parametrize("heading", ["무엇이 달라지나요", "누가 신청할 수 있습니까?", "Who can apply?"])
def test_a_heading_that_asks_is_no_label_of_the_answer(writer: ClaimWriter, heading: str) -> None:
    claims, citations, _ = _written(writer, "ko", clause("□ 수출기금은 은행이 운영함", section=(heading,)))
    assert claims[0].text == "수출기금은 은행이 운영함"
    assert citations[0].section == (heading,)


def test_a_row_of_two_cells_reads_label_and_value(writer: ClaimWriter) -> None:
    claims, citations, _ = _written(writer, "ko", lines(hit("항목 | 내용\n사업 한도 | 2억원"))[0])
    assert claims[0].text == "사업 한도: 2억원"
    assert [c.quote for c in citations] == ["사업 한도 | 2억원"]


@pytest.mark.parametrize(
    ("language", "table", "row", "said"),
    [
        ("ko", "구분 | 비율 | 한도\n중견기업 | 50% | 1억원", 0, "중견기업 (비율: 50%, 한도: 1억원)"),
        (
            "ko",
            "번호 | 과제 | 기한 | 담당\n3 | 센터 개소 | ’19.下 | 국토부",
            0,
            "센터 개소 (기한: ’19.下, 담당: 국토부)",
        ),
        ("en", "Size | Share | Cap\nSmall | 70% | KRW 200 million", 0, "Small (Share: 70%, Cap: KRW 200 million)"),
    ],
)
def test_a_longer_row_reads_with_its_columns_and_cites_its_header(
    writer: ClaimWriter, language: Language, table: str, row: int, said: str
) -> None:
    title = "안내" if language == "ko" else "Guide"
    claims, citations, _ = _written(writer, language, lines(hit(table, title=title))[row])
    assert claims == [Claim(said, (1, 2))]
    assert [c.quote for c in citations] == [table.split("\n")[1], table.split("\n")[0]]


def test_a_row_that_does_not_fit_its_header_is_listed_without_it(writer: ClaimWriter) -> None:
    claims, citations, _ = _written(writer, "ko", lines(hit("구분 | 비율\n중견기업 | 50% | 1억원"))[0])
    assert claims[0].text == "중견기업, 50%, 1억원"
    assert len(citations) == 1


def test_a_clause_is_said_with_its_note_whichever_was_found(writer: ClaimWriter) -> None:
    line, note = lines(hit("□ 총 규모는 1,200억원*\n* 정부가 출자한 300억원을 포함"))
    for found in (line, note):
        claims, citations, _ = _written(writer, "ko", found)
        assert claims[0].text == "총 규모는 1,200억원 (정부가 출자한 300억원을 포함)"
        assert {c.quote for c in citations} == {line.text, note.text}


@pytest.mark.parametrize(
    ("language", "text", "title", "first", "second"),
    [
        (
            "ko",
            "The fund holds KRW 80 billion in all.\nIts interest is paid every year by the borrower.",
            "Miru Fund Guide",
            "「Miru Fund Guide」(영어 원문): “The fund holds KRW 80 billion in all.” (“KRW 80 billion” = 800억 원)",
            "“Its interest is paid every year by the borrower.”",
        ),
        (
            "en",
            "□ 하람은 총 1,200억원을 운용함\n□ 하람은 해마다 보고함",
            "하람 안내",
            "「하람 안내」 (Korean original): “하람은 총 1,200억원을 운용함” (“1,200억원” = KRW 120 billion)",
            "“하람은 해마다 보고함”",
        ),
    ],
)
def test_a_clause_of_the_other_language_stays_a_quotation_whose_key_terms_are_explained(
    writer: ClaimWriter, language: Language, text: str, title: str, first: str, second: str
) -> None:
    claims, citations, _ = _written(writer, language, *lines(hit(text, title=title)))
    assert [claim.text for claim in claims] == [first, second]
    assert [claim.citations for claim in claims] == [(1,), (2,)]
    assert [c.quote for c in citations] == text.split("\n")


def test_the_sums_of_a_note_are_explained_with_its_line(writer: ClaimWriter) -> None:
    line, note = lines(hit("□ 총 규모는 1,200억원*\n* 정부가 출자한 300억원을 포함"))
    for found in (line, note):
        claims, _, _ = _written(writer, "en", found)
        assert "“1,200억원” = KRW 120 billion" in claims[0].text
        assert "“300억원” = KRW 30 billion" in claims[0].text


def test_an_english_name_that_is_not_the_bodys_own_is_told_to_be_so(writer: ClaimWriter) -> None:
    body = next(term for term in Termbase.load().terms if term.kind == "body" and not term.official)
    _, _, notices = _written(writer, "en", clause(f"□ {body.name('ko')}가 사업을 운영함"))
    assert [notice.kind for notice in notices] == ["unofficial_name"]
    assert body.name("en") in notices[0].text
    _, _, notices = _written(writer, "ko", clause(f"The program is run by {body.name('en')}.", title="Guide"))
    assert notices == []


def test_an_answer_stays_within_its_length(writer: ClaimWriter) -> None:
    found = [clause(f"□ {letter * 250}함", title=f"{letter} 안내") for letter in "가나다"]
    claims, _, _ = _written(writer, "ko", *found)
    assert len(claims) == 2
    assert sum(len(claim.text) for claim in claims) <= 600


def test_what_is_too_long_leaves_the_answer_but_not_what_is_shorter_and_less_likely(writer: ClaimWriter) -> None:
    best, longer, short = clause(f"□ {'가' * 300}함"), clause(f"□ {'나' * 300}함"), clause("□ 한도는 2억원")
    claims, _, _ = _written(writer, "ko", best, longer, short)
    assert [claim.text[:2] for claim in claims] == ["가가", "한도"]


def test_explanations_give_way_to_further_clauses(writer: ClaimWriter) -> None:
    sums = "수출입은행과 무역보험공사는 2026. 12. 11.(금)까지 1,200억원을, 그 뒤 300억원을 지원함"
    alone, _, _ = _written(writer, "en", clause(f"□ {sums}"))
    assert alone[0].text.count(" = ") == 4
    claims, _, _ = _written(writer, "en", *lines(hit("\n".join([f"□ {sums}", *(f"□ {c * 180}함" for c in "가나")]))))
    assert len(claims) == 3
    assert 1 <= claims[0].text.count(" = ") < 4


@pytest.mark.parametrize("best", [0, 1, 2])
def test_the_best_leads_and_the_others_follow_in_reading_order(writer: ClaimWriter, best: int) -> None:
    found = lines(hit("□ 첫째 조건은 소재지임\n□ 둘째 조건은 업력임\n□ 셋째 조건은 수출실적임", section=()))
    others = [clause for n, clause in enumerate(found) if n != best]
    claims, _, _ = _written(writer, "ko", found[best], *reversed(others))
    assert [claim.text for claim in claims] == [clause.bare for clause in (found[best], *others)]


def test_citations_count_from_one_and_a_place_keeps_its_number() -> None:
    citations, found = CitationList(), hit("□ 하나\n□ 둘")
    one, two = found.chunk.spans
    assert [citations.cite(found, one, "□ 하나"), citations.cite(found, two, "□ 둘")] == [1, 2]
    assert citations.cite(found, one, "□ 하나") == 1
    proof = Evidence("title", found.chunk.chunk_id, (), 1, 0, 4, "□ 하나")
    assert citations.cite_evidence(found.document, proof) == 1
    assert citations.cite_evidence(document("다른 안내"), replace(proof)) == 3
    assert [c.number for c in citations.all()] == [1, 2, 3]
    assert Span(1, 0, 4) == Span(citations.all()[0].page, citations.all()[0].start, citations.all()[0].end)
    assert citations.all()[2].document.published == document("x", date(2026, 9, 1)).published
