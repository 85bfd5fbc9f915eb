from training.hard_negatives import mine

TEXTS = [
    ("하노이 상수도 사업에 융자합니다.", "A loan is given to the water supply project in Hanoi."),
    ("자카르타 상수도 사업에 융자합니다.", "A loan is given to the water supply project in Jakarta."),
    ("하노이에서 포럼이 열립니다.", "A forum is held in Hanoi."),
    ("하노이에서 포럼이 열린다.", "A forum is held in Hanoi."),
    ("사과는 붉습니다.", "Apples are red."),
]


def test_what_shares_most_words_is_found_and_never_the_translation_itself() -> None:
    found = mine(TEXTS, 2).tolist()
    assert found[0][0] == 1
    assert found[1][0] == 0
    assert 0 not in found[0]
    # Two texts with one English side are each other's translation, not each other's negative.
    assert 3 not in found[2]
    assert 2 not in found[3]


def test_where_nothing_shares_a_word_the_row_holds_the_text_itself() -> None:
    assert mine(TEXTS, 2).tolist()[4] == [4, 4]
