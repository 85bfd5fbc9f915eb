from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.phrasal_verbs import verbs_of_two_words


@pytest.mark.parametrize(
    ("question", "said", "alone"),
    [
        ("Until when can we hand in our bid?", "hand in", "submit"),
        ("Why was the webinar called off?", "called off", "cancel"),
        ("Was the deadline pushed back?", "pushed back", "postpone"),
        ("Who is SHUT OUT of the support?", "SHUT OUT", "exclude"),
        ("When must the loan be paid back?", "paid back", "repay"),
        ("Who took part in the fair?", "took part", "attend"),
        ("Which fund was set up in 2019?", "set up", "establish"),
        ("May a firm drop out after signing?", "drop out", "withdraw"),
    ],
)
def test_a_verb_of_two_words_is_found_with_the_verb_that_says_it_alone(question: str, said: str, alone: str) -> None:
    [(start, end, verb)] = verbs_of_two_words(question)
    assert (question[start:end], verb) == (said, alone)


@pytest.mark.parametrize(
    "question", ["A setup for two", "by hand into the bid", "called offshore", "입찰서는 언제까지 내나요?", ""]
)
def test_other_words_are_no_verb_of_two(question: str) -> None:
    assert list(verbs_of_two_words(question)) == []


@given(st.text(alphabet="handi ncledofputbk자료 ", max_size=60))
def test_places_never_overlap_and_lie_within_the_text(text: str) -> None:
    places = [(start, end) for start, end, _ in verbs_of_two_words(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
