"""Parallel Korean-English text for learning: our own pairs, frames filled from the termbase, and the public pairs.

``python -m training.pairs --out FILE`` writes everything as JSON lines with the fields ``ko``, ``en`` and ``source``.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import hashlib
import json
import os
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.text.termbase import Term, Termbase

DATA = Path(__file__).parent / "data"
_SHARED = Path(__file__).parents[2] / "shared"
PUBLIC_FOLDER = Path(os.environ.get("PARALLEL_TEXT_FOLDER", _SHARED / "training"))
# Collections that only measure: a training pair with one of their texts is dropped.
EVALUATION_FOLDER = Path(os.environ.get("EVALUATION_FOLDER", _SHARED))
HELD_BACK_RATIO = 0.1
_OWN = ("pairs_policy", "pairs_notices")
_SLOT = re.compile(r"\{([a-z]+)(\d?)\}")
_PARTICLE = re.compile(r"\{([가-힣]+)/([가-힣]+)\}")
_BRACES = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both languages and the file it comes from."""

    ko: str
    en: str
    source: str


# ---------------------------------------------------------------------------------------------------------------------
# Particles


_DIGIT_FINALS = {"0": "ㅇ", "1": "ㄹ", "2": "", "3": "ㅁ", "4": "", "5": "", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ", "9": ""}
_LETTER_FINALS = {"L": "ㄹ", "R": "ㄹ", "M": "ㅁ", "N": "ㄴ"}
_READ_AS_WORDS = frozenset({"KOTRA", "KIND", "ASEAN", "COEX", "BEXCO", "KAIST", "APEC", "NATO", "SWEET"})
_SYMBOL_FINALS = {"%": "", "㎡": "", "㎢": "", "+": ""}
_PARENTHESES = re.compile(r"\s*\([^()]*\)\s*$")


def last_sound(text: str) -> str:
    """The final consonant of ``text`` read in Korean: ``"ㄹ"``, another consonant, or empty after a vowel.

    Digits are read as Sino-Korean numbers, capitals as letter names, other Latin words roughly as they sound; closing
    quotation marks and a parenthesis at the end are passed over.
    """
    while (shorter := _PARENTHESES.sub("", text)) != text and shorter:
        text = shorter
    text = text.rstrip(" \"'’”」』)]}>·.,")
    if not text:
        return ""
    last = text[-1]
    if "가" <= last <= "힣":
        final = (ord(last) - 0xAC00) % 28
        return "" if not final else "ㄹ" if final == 8 else "ㄱ"
    if last.isdigit():
        return _DIGIT_FINALS.get(unicodedata.normalize("NFKC", last), "")
    if last in _SYMBOL_FINALS:
        return _SYMBOL_FINALS[last]
    word = re.search(r"[A-Za-z]+$", unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode())
    return _latin_final(word.group()) if word else ""


def _latin_final(word: str) -> str:
    if word.isupper() and len(word) < 6 and word not in _READ_AS_WORDS:
        return _LETTER_FINALS.get(word[-1], "")
    lowered = word.lower()
    if lowered.endswith("e") and len(lowered) > 3:
        return {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ"}.get(lowered[-2], "")
    if lowered.endswith("ng"):
        return "ㅇ"
    return {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "k": "ㄱ", "p": "ㅂ", "b": "ㅂ", "t": "ㅅ", "c": "ㄱ"}.get(lowered[-1], "")


def choose_particles(text: str) -> str:
    """Replace each ``{after consonant/after vowel}`` in ``text`` by the form that the sound before it asks for."""
    while match := _PARTICLE.search(text):
        final = last_sound(text[: match.start()])
        after_vowel = not final or (match[1] == "으로" and final == "ㄹ")
        text = text[: match.start()] + (match[2] if after_vowel else match[1]) + text[match.end() :]
    return text


# ---------------------------------------------------------------------------------------------------------------------
# Slots


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = "월화수목금토일"
# Sizes and kinds of firm: the termbase's companies are names, and a sentence about firms in general wants these.
_FIRMS = (
    ("중소기업", "SMEs"),
    ("중소기업", "small and medium-sized enterprises"),
    ("중견기업", "mid-sized firms"),
    ("대기업", "large companies"),
    ("스타트업", "startups"),
    ("창업기업", "startups"),
    ("벤처기업", "venture companies"),
    ("국내 기업", "domestic companies"),
    ("국내기업", "Korean companies"),
    ("우리 기업", "Korean companies"),
    ("외국인투자기업", "foreign-invested companies"),
    ("해외건설업체", "overseas construction companies"),
    ("건설사", "builders"),
    ("수출기업", "exporting companies"),
    ("수출 초보기업", "first-time exporters"),
    ("소상공인", "microbusinesses"),
    ("엔지니어링 기업", "engineering firms"),
    ("참여기업", "participating companies"),
    ("현지 기업", "local companies"),
    ("공기업", "public corporations"),
    ("컨소시엄", "consortiums"),
    ("사회적기업", "social enterprises"),
    ("입주기업", "tenant companies"),
    ("제조업체", "manufacturers"),
    ("중소·중견기업", "small and mid-sized companies"),
    ("시공사", "contractors"),
    ("운영사", "operators"),
    ("혁신기업", "innovative companies"),
    ("여성기업", "women-owned businesses"),
    ("유망기업", "promising companies"),
)
_REGION = re.compile(
    r"\b(?:Asia|Africa|Europe|America|Americas|East|West|North|South|Gulf|Region|Balkans|Sea|Pacific)\b"
)
_KINDS = {
    "body": "body",
    "program": "program",
    "fund": "fund",
    "finance": "finance",
    "tech": "smart_city",
    "industry": "industry",
    "event": "event",
    "place": "place",
    "country": "country",
    "document": "document",
}
_ABSTRACT_INDUSTRY = re.compile(r"국$|국가$|전시관|부스|쇼핑몰|공급사")
SLOTS = frozenset({*_KINDS, "city", "company", "date", "month", "half", "year", "amount", "percent", "count"})


class FrameFiller:
    """Fills the slots of sentence frames with terms, dates and figures, alike in both languages.

    Args:
        termbase: where the terms come from.
        seed: two fillers with one seed give the same sentences.
    """

    def __init__(self, termbase: Termbase, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._terms: dict[str, list[Term]] = defaultdict(list)
        for term in termbase.terms:
            self._terms[term.kind].append(term)
            if term.kind == "place" and term.note.startswith("conventional") and not _REGION.search(term.english[0]):
                self._terms["city"].append(term)
        industry = [t for t in self._terms["industry"] if not _ABSTRACT_INDUSTRY.search(t.korean[0])]
        self._terms["industry"] = industry

    def fill(self, korean: str, english: str) -> tuple[str, str]:
        """The two frames with every slot filled; slots of one kind get different values."""
        slots = sorted({match.group() for match in _SLOT.finditer(korean + english)})
        values: dict[str, tuple[str, str]] = {}
        for slot in slots:
            match = _SLOT.fullmatch(slot)
            assert match is not None
            for _ in range(50):
                value = self._draw(match[1])
                if not {side for pair in values.values() for side in pair} & set(value):
                    break
            values[slot] = value
        for slot, (ko, en) in values.items():
            korean = korean.replace(slot, ko)
            if en.isupper() and en.isascii() and slot.startswith("{body"):
                english = re.sub(rf"\b[Tt]he (?={re.escape(slot)})", "", english)
            if en.lower().startswith("the "):
                english = english.replace(f"the {slot}", slot).replace(f"The {slot}", slot)
            english = english.replace(slot, en)
        english = english[:1].upper() + english[1:]
        return choose_particles(korean), english

    def _draw(self, kind: str) -> tuple[str, str]:
        if kind in _KINDS or kind == "city":
            term = self._random.choice(self._terms[_KINDS.get(kind, kind)])
            korean = self._pick(term.korean)
            english = self._pick(term.english)
            latin = [form for form in term.abbreviations if form.isascii()]
            if latin and self._random.random() < 0.3:
                english = self._random.choice(latin)
                if self._random.random() < 0.3:
                    korean = english
            return korean, english
        if kind == "company":
            return self._random.choice(_FIRMS)
        drawn: tuple[str, str] = getattr(self, f"_{kind}")()
        return drawn

    def _pick(self, forms: Sequence[str]) -> str:
        return forms[0] if self._random.random() < 0.6 else self._random.choice(forms)

    def _date(self) -> tuple[str, str]:
        year, month, day = self._random.randint(2016, 2027), self._random.randint(1, 12), self._random.randint(1, 28)
        name = _MONTHS[month - 1]
        weekday = self._random.choice(_WEEKDAYS)
        full = self._random.random() < 0.6
        if full:
            korean = self._random.choice(
                (
                    f"{year}년 {month}월 {day}일",
                    f"{year}. {month}. {day}.",
                    f"{year}.{month}.{day}",
                    f"'{year % 100}.{month}.{day}",
                )
            )
            english = self._random.choice(
                (f"{day} {name} {year}", f"{name} {day}, {year}", f"{name[:3]}. {day}, {year}")
            )
        else:
            korean = self._random.choice((f"{month}월 {day}일", f"{month}월 {day}일({weekday})", f"{month}.{day}"))
            english = self._random.choice((f"{day} {name}", f"{name} {day}"))
        return korean, english

    def _month(self) -> tuple[str, str]:
        year, month = self._random.randint(2016, 2027), self._random.randint(1, 12)
        if self._random.random() < 0.5:
            return f"{year}년 {month}월", f"{_MONTHS[month - 1]} {year}"
        return f"{month}월", _MONTHS[month - 1]

    def _half(self) -> tuple[str, str]:
        year, first = self._random.randint(2016, 2027), self._random.random() < 0.5
        korean = f"{year}년 {'상반기' if first else '하반기'}"
        if self._random.random() < 0.25:
            korean = f"'{year % 100}.{'上' if first else '下'}"
        return korean, f"{'first' if first else 'second'} half of {year}"

    def _year(self) -> tuple[str, str]:
        year = self._random.randint(2012, 2032)
        return f"{year}년", str(year)

    def _amount(self) -> tuple[str, str]:
        digits = self._random.choice(
            (1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 70, 80, 100, 150, 200, 300, 500)
        )
        space = self._random.choice(("", " "))
        if self._random.random() < 0.3:
            korean = f"{_plain(digits)}억{space}달러" if digits < 100 else f"{_plain(digits)}만{space}달러"
            dollars = digits * (100_000_000 if digits < 100 else 10_000)
            return korean, self._random.choice(("USD {}", "US${}", "${}")).format(_english_amount(dollars))
        if self._random.random() < 0.15:
            return f"{_plain(digits)}조{space}원", self._random.choice(
                (f"KRW {_plain(digits)} trillion", f"{_plain(digits)} trillion won")
            )
        unit, factor = self._random.choice(
            (("억", 100_000_000), ("억", 100_000_000), ("백만", 1_000_000), ("만", 10_000))
        )
        english = _english_amount(digits * factor)
        return f"{_plain(digits)}{unit}{space}원", self._random.choice((f"KRW {english}", f"{english} won"))

    def _percent(self) -> tuple[str, str]:
        value = self._random.choice((*range(1, 10), *range(10, 100, 5), 0.5, 1.5, 2.3, 3.8, 4.2, 12.5))
        english = self._random.choice((f"{_plain(value)}%", f"{_plain(value)}%", f"{_plain(value)} percent"))
        return f"{_plain(value)}%", english

    def _count(self) -> tuple[str, str]:
        value = self._random.choice(
            (*range(2, 21), 25, 30, 40, 45, 50, 60, 80, 100, 120, 150, 200, 300, 500, 1200, 3000)
        )
        return f"{value:,}", f"{value:,}"


def _plain(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _english_amount(value: float) -> str:
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:g} {name}"
    return f"{value:,.0f}"


def slot_errors(korean: str, english: str) -> list[str]:
    """What is wrong with the slots of a frame: unknown ones, ones missing in a language, broken particles."""
    errors = []
    for text in (korean, english):
        for braces in _BRACES.findall(text):
            slot = _SLOT.fullmatch(braces)
            if not slot and not _PARTICLE.fullmatch(braces):
                errors.append(f"{braces} is neither a slot nor a particle")
            elif slot and slot[1] not in SLOTS:
                errors.append(f"{braces} is an unknown slot")
        if text.count("{") != len(_BRACES.findall(text)) or text.count("}") != len(_BRACES.findall(text)):
            errors.append("a brace is not closed")
    ko, en = ({match.group() for match in _SLOT.finditer(text)} for text in (korean, english))
    errors.extend(f"{slot} stands in one language only" for slot in sorted(ko ^ en))
    if _PARTICLE.search(english):
        errors.append("the English frame holds a Korean particle")
    return errors


# ---------------------------------------------------------------------------------------------------------------------
# Everything together


def normalised(text: str) -> str:
    """Text as far as it counts when two are compared: NFKC, case folded, letters and digits only."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def is_held_back(pair: Pair) -> bool:
    """Whether a pair of our own belongs to the tenth that nothing is learned from."""
    if pair.source not in _OWN:
        return False
    digest = hashlib.sha256(pair.ko.encode()).digest()
    return digest[0] < 256 * HELD_BACK_RATIO


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    data = path.read_bytes()
    for line in (gzip.decompress(data) if path.suffix == ".gz" else data).decode().split("\n"):
        if line.strip():
            yield json.loads(line)


def own_pairs(*, held_back: bool) -> list[Pair]:
    """Our own pairs of policy and notice language: the tenth held back, or the rest."""
    pairs = [Pair(row["ko"], row["en"], name) for name in _OWN for row in _json_lines(DATA / f"{name}.jsonl")]
    held = {normalised(pair.ko) for pair in pairs if is_held_back(pair)}
    return [pair for pair in pairs if (normalised(pair.ko) in held) == held_back]


def frame_pairs(termbase: Termbase, seed: int, fills: int) -> list[Pair]:
    """Every frame filled ``fills`` times; a frame without slots comes once."""
    filler = FrameFiller(termbase, seed)
    pairs = {}
    for row in _json_lines(DATA / "frames.jsonl"):
        for _ in range(fills if _SLOT.search(row["ko"]) else 1):
            ko, en = filler.fill(row["ko"], row["en"])
            pairs[ko, en] = Pair(ko, en, "frames")
    return list(pairs.values())


def term_pairs(termbase: Termbase) -> list[Pair]:
    """Every Korean form of a term with its English forms: the first with all, the others with the first."""
    pairs = []
    for term in termbase.terms:
        english = (*term.english, *(form for form in term.abbreviations if form.isascii()))
        for n, ko in enumerate(term.korean):
            for en in english if n == 0 else english[:1]:
                pairs.append(Pair(ko, en, "termbase"))  # noqa: PERF401
    return pairs


def public_pairs(folder: Path) -> list[Pair]:
    """The public pairs of a folder of ``*.jsonl.gz``, cleaned of markup; empty if the folder is missing."""
    pairs = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        for row in _json_lines(path):
            ko, en = _clean(row["ko"]), _clean(row["en"])
            if ko and en and (name == "cldr" or 1 / 4 <= len(ko) / len(en) <= 3):
                pairs.append(Pair(ko, en, name))
    return pairs


def _clean(text: str) -> str:
    text = re.sub(r"\[\[[\w-]+\]\]|\\", "", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


@functools.cache
def _evaluation_texts(folder: Path) -> frozenset[str]:
    texts = set()
    for path in sorted(folder.glob("retrieval-dev/*/*.jsonl")):
        texts.update(normalised(row["text"]) for row in _json_lines(path))
    for path in sorted(folder.glob("dev-qa/questions.jsonl")):
        texts.update(normalised(row["question"]) for row in _json_lines(path))
    return frozenset(texts)


def without_evaluation(pairs: Iterable[Pair], folder: Path = EVALUATION_FOLDER) -> tuple[list[Pair], int]:
    """The pairs of which neither side is a text or question of the evaluation collections, and how many were dropped."""
    texts = _evaluation_texts(folder)
    everything = list(pairs)
    kept = [pair for pair in everything if not {normalised(pair.ko), normalised(pair.en)} & texts]
    return kept, len(everything) - len(kept)


def load_pairs(public: Path = PUBLIC_FOLDER, *, seed: int = 0, fills: int = 4) -> tuple[list[Pair], int]:
    """Everything that may be learned from, without the held-back tenth, and the number dropped as evaluation text."""
    termbase = Termbase.load()
    held = {normalised(pair.ko) for pair in own_pairs(held_back=True)}
    pairs = [
        *own_pairs(held_back=False),
        *frame_pairs(termbase, seed, fills),
        *term_pairs(termbase),
        *public_pairs(public),
    ]
    unique = {(pair.ko, pair.en): pair for pair in reversed(pairs) if normalised(pair.ko) not in held}
    return without_evaluation(reversed(unique.values()))


def main() -> None:
    """Write the whole set and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--public", type=Path, default=PUBLIC_FOLDER)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fills", type=int, default=4, help="fillings of each frame")
    arguments = parser.parse_args()
    broken = 0
    for row in _json_lines(DATA / "frames.jsonl"):
        for error in slot_errors(row["ko"], row["en"]):
            print(f"frames.jsonl: {row['ko']}: {error}")
            broken += 1
    if broken:
        raise SystemExit(f"{broken} slots to mend")
    pairs, dropped = load_pairs(arguments.public, seed=arguments.seed, fills=arguments.fills)
    with arguments.out.open("w", encoding="utf-8") as file:
        for pair in pairs:
            file.write(json.dumps({"ko": pair.ko, "en": pair.en, "source": pair.source}, ensure_ascii=False) + "\n")
    print(f"{len(pairs)} pairs, {dropped} dropped as evaluation text, {len(own_pairs(held_back=True))} held back")
    for source, count in Counter(pair.source for pair in pairs).most_common():
        print(f"{count:7} {source}")


if __name__ == "__main__":
    main()
