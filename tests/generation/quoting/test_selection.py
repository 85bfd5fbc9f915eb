"""How much of the ranking makes an answer."""

from __future__ import annotations

from answer_parts import clause, hit, lines, ranked

from assistant.generation.answer_kind import AnswerKind
from assistant.generation.quoting.clause_ranker import RankedClause
from assistant.generation.quoting.selection import MAX_CHARS, missing_kinds, select

_ANY = (AnswerKind.ANY,)
_THREE = "□ 첫째 조건은 소재지임\n□ 둘째 조건은 업력임\n□ 셋째 조건은 수출실적임"


def _texts(chosen: list[RankedClause]) -> list[str]:
    return [item.clause.text for item in chosen]


def test_at_most_six_clauses_are_chosen() -> None:
    found = lines(hit("\n".join(f"□ 항목 {n}" for n in range(9))))
    assert len(select(ranked(*found), _ANY)) == 6


def test_the_clauses_together_stay_within_the_limit_but_the_best_always_stands() -> None:
    long = [clause(f"□ {letter * 200}", title=letter) for letter in "가나다라"]
    chosen = select(ranked(*long), _ANY)
    assert sum(len(item.clause.text) for item in chosen) <= MAX_CHARS
    assert len(chosen) == 2
    longest = clause("가" * (MAX_CHARS + 100))
    assert _texts(select(ranked(longest), _ANY)) == [longest.text]


def test_what_is_far_less_likely_than_the_best_stays_out() -> None:
    best, near, far = lines(hit(_THREE))
    assert _texts(select(ranked(best, near, far, scores=[3.0, 2.0, -2.0]), _ANY)) == [best.text, near.text]


def test_another_kind_asked_for_is_brought_from_further_down() -> None:
    rate, other, when = lines(hit("□ 지원 비율은 70%\n□ 대상은 중소기업임\n□ 2026년 12월 11일까지 접수"))
    order = ranked(rate, other, when, scores=[3.0, -1.3, -1.5])
    kinds = (AnswerKind.RATE, AnswerKind.DATE)
    assert _texts(select(order, kinds)) == [rate.text, when.text]
    assert missing_kinds(select(order, kinds), kinds) == []


def test_what_answers_another_part_goes_before_what_only_repeats_the_first() -> None:
    long = [f"□ {letter * 150}함" for letter in "가나다라"]
    found = lines(hit("\n".join(["□ 지원 비율은 70%", *long, "□ 2026년 12월 11일까지 접수"])))
    order = ranked(*found, scores=[3.0, 2.9, 2.8, 2.7, 2.6, 0.5])
    chosen = select(order, (AnswerKind.RATE, AnswerKind.DATE))
    assert _texts(chosen)[:2] == [found[0].text, found[-1].text]


def test_a_kind_that_nothing_holds_is_missing() -> None:
    kinds = (AnswerKind.RATE, AnswerKind.DATE)
    chosen = select(ranked(clause("□ 지원 비율은 70%")), kinds)
    assert missing_kinds(chosen, kinds) == [AnswerKind.DATE]


def test_the_same_words_are_not_said_twice() -> None:
    one = clause("□ 한도는 2억원", title="하나 안내")
    two = clause("- 한도는 2억원", title="둘째 안내")
    assert len(select(ranked(one, two), _ANY)) == 1


def test_a_note_that_comes_with_its_line_is_not_said_again() -> None:
    line, note = lines(hit("□ 한도는 2억원*\n* 중견기업은 1억원"))
    assert _texts(select(ranked(line, note), _ANY)) == [line.text]
    assert _texts(select(ranked(note, line), _ANY)) == [note.text]


def test_a_line_that_says_hardly_more_than_one_chosen_stays_out_unless_its_figures_differ() -> None:
    first = clause("□ 중소기업에 해외 전시회 참가 비용의 70%를 지원함", title="가")
    again = clause("□ 중소기업에 전시회 참가 비용의 70%를 지원함", title="나")
    other = clause("□ 중소기업에 해외 전시회 참가 비용의 50%를 지원함", title="다")
    assert _texts(select(ranked(first, again, other), _ANY)) == [first.text, other.text]


def test_a_line_on_its_own_document_stands_only_where_it_is_the_best() -> None:
    fact, remark = lines(hit("□ 지원 비율은 70%임\n□ 이 문서는 시연을 위해 지어낸 공고입니다."))
    assert _texts(select(ranked(fact, remark), _ANY)) == [fact.text]
    assert _texts(select(ranked(remark, fact), _ANY)) == [remark.text, fact.text]
