import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.termbase import Termbase
from training import pairs
from training.pairs import FrameFiller, Pair, choose_particles, last_sound, slot_errors


@pytest.fixture(scope="module")
def termbase() -> Termbase:
    return Termbase.load()


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("국토교통부{은/는}", "국토교통부는"),
        ("수출입은행{은/는}", "수출입은행은"),
        ("서울{으로/로}", "서울로"),
        ("부산{으로/로}", "부산으로"),
        ("대구{으로/로}", "대구로"),
        ("KOTRA{이/가}", "KOTRA가"),
        ("KIND{을/를}", "KIND를"),
        ("EDCF{은/는}", "EDCF는"),
        ("LH{과/와}", "LH와"),
        ("SPV 3{이/가}", "SPV 3이"),
        ("2{이/가}", "2가"),
        ("100{으로/로}", "100으로"),
        ("1{으로/로}", "1로"),
        ("40%{을/를}", "40%를"),
        ("'24.3.7{으로/로}", "'24.3.7로"),
        ("Google{으로/로}", "Google로"),
        ("Amazon{은/는}", "Amazon은"),
    ],
)
def test_particle_follows_the_last_sound(text: str, filled: str) -> None:
    assert choose_particles(text) == filled


@given(st.text(alphabet=[chr(c) for c in range(0xAC00, 0xD7A4, 13)], min_size=1, max_size=6))
def test_particle_after_hangul_agrees_with_its_final_consonant(word: str) -> None:
    final = (ord(word[-1]) - 0xAC00) % 28
    assert choose_particles(word + "{은/는}") == word + ("은" if final else "는")
    assert choose_particles(word + "{으로/로}") == word + ("으로" if final not in {0, 8} else "로")


@given(st.text(max_size=20))
def test_any_text_has_a_last_sound(text: str) -> None:
    assert last_sound(text) in {"", "ㄱ", "ㄴ", "ㄹ", "ㅁ", "ㅂ", "ㅅ", "ㅇ"}


def test_every_frame_is_well_formed_and_fills_without_a_brace_left(termbase: Termbase) -> None:
    filler = FrameFiller(termbase, seed=3)
    for row in pairs._json_lines(pairs.DATA / "frames.jsonl"):
        assert slot_errors(row["ko"], row["en"]) == []
        korean, english = filler.fill(row["ko"], row["en"])
        assert "{" not in korean + english
        assert "}" not in korean + english
        assert english[0] == english[0].upper()


@given(st.integers(0, 10_000))
def test_two_slots_of_one_kind_differ(seed: int) -> None:
    korean, _ = FrameFiller(Termbase.load(), seed).fill("{country}|{country2}", "{country}|{country2}")
    first, second = korean.split("|")
    assert first != second


def test_one_seed_gives_the_same_sentences(termbase: Termbase) -> None:
    assert pairs.frame_pairs(termbase, 5, 1) == pairs.frame_pairs(termbase, 5, 1)
    assert pairs.frame_pairs(termbase, 5, 1) != pairs.frame_pairs(termbase, 6, 1)


@given(st.integers(0, 10_000))
def test_amounts_say_the_same_in_both_languages(seed: int) -> None:
    korean, english = FrameFiller(Termbase([]), seed).fill("{amount}", "{amount}")
    units = {"조": 1e12, "억": 1e8, "백만": 1e6, "만": 1e4}
    unit = next(unit for unit in units if unit in korean)
    value = float(korean[: korean.index(unit)].replace(",", "")) * units[unit]
    words = {"trillion": 1e12, "billion": 1e9, "million": 1e6}
    number = float("".join(c for c in english.split(" won")[0] if c.isdigit() or c == "."))
    assert number * next((size for word, size in words.items() if word in english), 1) == pytest.approx(value)
    assert ("달러" in korean) == ("$" in english or "USD" in english)


@pytest.mark.parametrize(
    ("korean", "english"),
    [("{body}{은/는}", "the fund"), ("{nobody}", "{nobody}"), ("{body", "{body}"), ("{body}", "{body}{은/는}")],
)
def test_broken_slots_are_named(korean: str, english: str) -> None:
    assert slot_errors(korean, english)


def test_the_held_back_tenth_is_learned_from_nowhere() -> None:
    held = pairs.own_pairs(held_back=True)
    assert 0.05 < len(held) / (len(held) + len(pairs.own_pairs(held_back=False))) < 0.15
    learned, _ = pairs.load_pairs(pairs.DATA / "nothing", fills=1)
    assert not {pairs.normalised(p.ko) for p in held} & {pairs.normalised(p.ko) for p in learned}


def test_evaluation_texts_are_dropped(tmp_path) -> None:
    folder = tmp_path / "dev-qa"
    folder.mkdir()
    (folder / "questions.jsonl").write_text(json.dumps({"question": "펀드 규모는 얼마인가요?"}), encoding="utf-8")
    kept, dropped = pairs.without_evaluation(
        [Pair("펀드 규모는 얼마인가요", "x", "a"), Pair("다른 글", "y", "a")], tmp_path
    )
    assert (len(kept), dropped) == (1, 1)
