"""Personal data is masked before it is kept, in both languages; amounts and dates stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.masking import mask
from assistant.types import Language

KOREAN = [
    ("제 주민번호는 900101-1234567입니다", "제 주민번호는 [주민등록번호]입니다"),
    ("9001011234567로 조회해 주세요", "[주민등록번호]로 조회해 주세요"),
    ("９００１０１－１２３４５６７ 맞나요", "[주민등록번호] 맞나요"),
    ("900101-1****** 이렇게 적혀 있습니다", "[주민등록번호] 이렇게 적혀 있습니다"),
    ("외국인등록번호 850505 – 5123456", "외국인등록번호 [주민등록번호]"),
    ("010-1234-5678로 연락 주세요", "[전화번호]로 연락 주세요"),
    ("01012345678", "[전화번호]"),
    ("０１０－１２３４－５６７８", "[전화번호]"),
    ("사무실은 02-123-4567, 031)123-4567입니다", "사무실은 [전화번호], [전화번호]입니다"),
    ("(02) 1234-5678", "[전화번호]"),
    ("gildong.hong+a@example.co.kr로 보내 주세요", "[이메일]로 보내 주세요"),
    ("카드 4111 1111 1111 1111로 냈습니다", "카드 [카드번호]로 냈습니다"),
    ("4111-1111-1111-1111", "[카드번호]"),
    ("010\u200b-1234-\u200b5678", "[전화번호]"),
]
ENGLISH = [
    ("Call me at +82 10-1234-5678 please", "Call me at [phone number] please"),
    ("My number is +1 (415) 555-2671.", "My number is [phone number]."),
    ("Write to a.b_c@mail.example.org!", "Write to [e-mail]!"),
    ("Card 5500000000000004", "Card [card number]"),
    ("Amex 3782 822463 10005", "Amex [card number]"),
    ("ID 010203-3234567", "ID [resident number]"),
    ("someone (at) example.org", "[e-mail]"),
]
# What questions about policy are full of.
UNTOUCHED = [
    "2019년 7월 8일부터 2019-12-31까지 1조 5,000억 원을 지원하나요?",
    "Is the PIS fund KRW 1.5 trillion (1500000000000 won)?",
    "예산 12,345,678,901원과 0.3%p, 85% 이내",
    "사업자등록번호 123-45-67890인 회사",
    "공고 제2024-1234호, 20240315-20240401",
    "from 2024.03.15 to 2026.11.22, 30 million won, K-SURE 2019-2020",
    "2025.10.13. 14:00~16:30",
]


@pytest.mark.parametrize(("text", "masked"), KOREAN)
def test_korean_questions_lose_what_is_personal(text: str, masked: str) -> None:
    assert mask(text, "ko") == masked


@pytest.mark.parametrize(("text", "masked"), ENGLISH)
def test_english_questions_lose_what_is_personal(text: str, masked: str) -> None:
    assert mask(text, "en") == masked


@pytest.mark.parametrize("text", UNTOUCHED)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_amounts_dates_and_numbers_of_companies_stay(text: str, language: Language) -> None:
    assert mask(text, language) == text


_DIGITS = st.text("0123456789", min_size=4, max_size=4)


@given(st.text(max_size=60), _DIGITS, _DIGITS, st.text(max_size=60), st.sampled_from(["-", " ", ".", ""]))
def test_a_mobile_number_is_gone_wherever_it_stands(before: str, middle: str, last: str, after: str, dash: str) -> None:
    number = f"010{dash}{middle}{dash}{last}"
    masked = mask(f"{before} {number} {after}", "ko")
    assert number not in masked or number in f"{before}{after}"


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text, "ko")
    assert mask(once, "ko") == once


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.integers(1, 8), st.integers(0, 999_999))
def test_every_resident_number_is_masked(year: int, month: int, day: int, sex: int, rest: int) -> None:
    number = f"{year:02}{month:02}{day:02}-{sex}{rest:06}"
    assert mask(f"번호 {number}.", "ko") == "번호 [주민등록번호]."
