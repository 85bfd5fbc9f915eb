from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.second_look import second_look
from assistant.text.language import detect_language
from assistant.types import Alternative, Chunk, Concept, Document, Query, ScoredChunk, Span


def _hit(name: str, text: str, score: float, document: str = "notice", near: float | None = None) -> ScoredChunk:
    chunk = Chunk(name, document, 0, text, (), (Span(1, 0, len(text)),), "ko", name)
    paper = Document(document, document, document, "text/plain", document, None, None, "ko", None, None, 1, "indexed")
    return ScoredChunk(chunk, paper, score, {}, {} if near is None else {"dense": near})


def _query(question: str, *words: str) -> Query:
    """The question, with these of its words looked up."""
    ways = [(word, (Alternative((word,), 1.0, "word", word),)) for word in words]
    concepts = tuple(Concept(word, {"ko": way, "en": way}) for word, way in ways)
    return Query(question, detect_language(question.rsplit("\n", 1)[-1]), concepts)


def _order(question: str, *hits: ScoredChunk, words: tuple[str, ...] = ()) -> list[str]:
    return [hit.chunk.chunk_id for hit in second_look(_query(question, *words), hits)]


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


def test_a_long_passage_that_says_all_that_is_asked_for_passes_a_short_one_that_says_half() -> None:
    short = _hit("short", "바우처 안내", 0.60)
    table = _hit("table", "구분 | 내용\n" + "항목 | 값\n" * 20 + "바우처 업력 | 2년 이상", 0.55)
    assert _order("바우처 업력은?", short, table, words=("바우처", "업력")) == ["table", "short"]
    assert _order("바우처는?", short, table, words=("바우처",)) == ["short", "table"]


def test_headings_say_what_the_text_below_them_need_not_repeat() -> None:
    below = _hit("below", "2년 이상", 0.55)
    below = replace(below, chunk=replace(below.chunk, section=("바우처 업력",)))
    assert _order("바우처 업력은?", _hit("short", "바우처 안내", 0.60), below, words=("바우처", "업력"))[0] == "below"


def test_nearness_in_meaning_decides_between_passages_that_say_the_same() -> None:
    far, near = _hit("far", "바우처", 0.60, near=0.1), _hit("near", "바우처", 0.58, near=0.6)
    assert _order("바우처는 무엇인가요?", far, near) == ["near", "far"]


def test_what_the_dense_leg_did_not_return_is_no_nearer_than_what_it_did() -> None:
    unseen, seen = _hit("unseen", "바우처", 0.60), _hit("seen", "바우처", 0.58, near=0.6)
    assert _order("바우처는 무엇인가요?", unseen, seen) == ["seen", "unseen"]


def test_a_phrase_as_the_question_writes_it_wins_a_near_tie_however_it_is_spaced() -> None:
    apart, phrase = _hit("apart", "기간 뒤의 투자", 0.60), _hit("phrase", "투자기간 뒤", 0.59)
    assert _order("투자 기간은?", apart, phrase, words=("투자", "기간")) == ["phrase", "apart"]
    assert _order("How long is the investment period? 투자 기간", apart, phrase)[0] == "apart"


def test_only_the_last_line_of_a_conversation_asks_for_a_kind() -> None:
    assert _order("바우처는 얼마인가요?\n그럼 무엇을 돕나요?", _ABOUT, _AMOUNT) == ["about", "amount"]
    assert _order("무엇을 돕나요?\n그럼 얼마인가요?", _ABOUT, _AMOUNT) == ["amount", "about"]


def test_a_new_order_leaves_the_scores_on_their_scale() -> None:
    short, table = _hit("short", "바우처 안내", 0.60), _hit("table", "바우처 업력 | 2년 이상", 0.55)
    as_it_was = second_look(_query("바우처는?", "바우처"), [short, table])
    turned = second_look(_query("바우처 업력은?", "바우처", "업력"), [short, table])
    assert [hit.chunk.chunk_id for hit in turned] == [hit.chunk.chunk_id for hit in as_it_was][::-1]
    assert [hit.score for hit in turned] == [hit.score for hit in as_it_was]


def test_equally_good_hits_come_in_the_order_of_their_ids() -> None:
    hits = [_hit(name, "바우처", 0.5) for name in ("b", "a", "c")]
    assert _order("바우처는 무엇인가요?", *hits) == ["a", "b", "c"]


def test_each_hit_tells_where_it_came_from() -> None:
    looked = second_look(_query("바우처는 얼마인가요?"), [_ABOUT, _AMOUNT])
    assert [(hit.chunk.chunk_id, hit.ranks["fused"], hit.leg_scores["fused"]) for hit in looked] == [
        ("amount", 2, 0.60),
        ("about", 1, 0.62),
    ]


def test_nothing_found_stays_nothing() -> None:
    assert second_look(_query("무엇인가요?"), []) == []


@given(
    st.lists(st.tuples(st.floats(0, 2), st.sampled_from("ab"), st.sampled_from(["열", "5억원", "a@b.kr"])), max_size=12)
)
def test_every_hit_stays_once_best_first_and_on_the_scale_of_the_scores(rows: list[tuple[float, str, str]]) -> None:
    hits = sorted(
        (_hit(f"{n:02}", text, score, document) for n, (score, document, text) in enumerate(rows)),
        key=lambda hit: -hit.score,
    )
    looked = second_look(_query("얼마인가요?", "얼마"), hits)
    assert sorted(hit.chunk.chunk_id for hit in looked) == sorted(hit.chunk.chunk_id for hit in hits)
    assert [hit.score for hit in looked] == sorted((hit.score for hit in looked), reverse=True)
    assert all(0 <= hit.score <= 1.25 * hits[0].score + 1e-6 for hit in looked)
