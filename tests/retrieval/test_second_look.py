from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.second_look import second_look
from assistant.types import Chunk, Document, ScoredChunk, Span


def _hit(name: str, text: str, score: float, document: str = "notice") -> ScoredChunk:
    chunk = Chunk(name, document, 0, text, (), (Span(1, 0, len(text)),), "ko", name)
    paper = Document(document, document, document, "text/plain", document, None, None, "ko", None, None, 1, "indexed")
    return ScoredChunk(chunk, paper, score, {})


def _order(question: str, *hits: ScoredChunk) -> list[str]:
    return [hit.chunk.chunk_id for hit in second_look(question, hits)]


_ABOUT = _hit("about", "바우처는 해외 도시에서 제품을 시험하려는 기업을 돕습니다.", 0.62)
_AMOUNT = _hit("amount", "기업당 최대 5천만원을 지원합니다.", 0.60)
_DATE = _hit("date", "Registration closes on March 5, 2027.", 0.60)
_CONTACT = _hit("contact", "바우처 담당팀, 02-0000-0000, voucher@example.org", 0.70)


def test_an_amount_comes_first_for_who_asks_how_much() -> None:
    assert _order("바우처는 얼마인가요?", _ABOUT, _AMOUNT) == ["amount", "about"]
    assert _order("How much is the voucher?", _ABOUT, _AMOUNT) == ["amount", "about"]


def test_a_date_comes_first_for_who_asks_when() -> None:
    assert _order("When does registration end?", _ABOUT, _DATE) == ["date", "about"]
    assert _order("접수는 언제까지인가요?", _ABOUT, _DATE) == ["date", "about"]


def test_a_question_that_asks_for_neither_keeps_the_order() -> None:
    assert _order("바우처는 무엇인가요?", _ABOUT, _AMOUNT, _DATE) == ["about", "amount", "date"]


def test_a_long_statement_asks_for_nothing() -> None:
    told = "The mayor said on Monday that the city would begin to build when the budget has passed the council."
    assert _order(told, _ABOUT, _AMOUNT, _DATE) == ["about", "amount", "date"]


def test_a_line_of_contacts_gives_way_unless_contacts_may_be_asked_for() -> None:
    assert _order("바우처는 무엇을 돕나요?", _CONTACT, _ABOUT) == ["about", "contact"]
    assert _order("바우처 문의처가 어떻게 되나요?", _CONTACT, _ABOUT) == ["contact", "about"]
    assert _order("Who do I call about the voucher?", _CONTACT, _ABOUT) == ["contact", "about"]


def test_the_document_that_was_found_more_often_wins_a_near_tie() -> None:
    lone = _hit("lone", "하나", 0.51, "other")
    hits = [lone, *(_hit(f"part-{n}", "여럿", 0.50, "notice") for n in range(3))]
    assert _order("무엇인가요?", *hits)[-1] == "lone"


def test_nothing_found_stays_nothing() -> None:
    assert second_look("무엇인가요?", []) == []


@given(
    st.lists(st.tuples(st.floats(0, 2), st.sampled_from("ab"), st.sampled_from(["열", "5억원", "a@b.kr"])), max_size=12)
)
def test_every_hit_stays_once_best_first_and_on_the_scale_of_the_scores(rows: list[tuple[float, str, str]]) -> None:
    hits = sorted(
        (_hit(f"{n:02}", text, score, document) for n, (score, document, text) in enumerate(rows)),
        key=lambda hit: -hit.score,
    )
    looked = second_look("얼마인가요?", hits)
    assert sorted(hit.chunk.chunk_id for hit in looked) == sorted(hit.chunk.chunk_id for hit in hits)
    assert looked == sorted(looked, key=lambda hit: (-hit.score, hit.chunk.chunk_id))
    assert all(0 <= hit.score <= 1.25 * hits[0].score + 1e-6 for hit in looked)
