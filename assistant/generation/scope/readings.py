"""The ways in which a text may be read, so that words hidden by letters, signs or encodings are read too."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from assistant.text.normalize import normalize_text

# Letters of other scripts and styles that pass for Latin ones; compatibility forms are left to NFKC.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁԛԝһӏВАЕКМНОРСТХІЅαοενικρτυηΑΒΕΗΙΚΜΝΟΡΤΥΧᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢɐqɔǝɟƃɥıɾʞɯɹʇʌʍʎłøðþ",
    "aeopcyxijsdqwhlBAEKMHOPCTXISaoevikptunABEHIKMNOPTYXabcdeghijklmnoprtuvwyzaqcefghijkmrtvwylodp",
)
_LEET = tuple(str.maketrans("01345789@$!|", f"o{one}eastbgasil") for one in "il")
_LEET_WORD = re.compile(r"(?<!\w)(?=[\w@$!|]*[A-Za-z])(?=[\w@$!|]*[0134578@$!|])[A-Za-z0-9@$!|]{2,}")
_QUOTES = str.maketrans("“”„‟«»「」『』‘’‚‛`´＂＇", '"' * 10 + "'" * 8)
_SEPARATORS = r"\s.,\-_*/~·|+:=‧"
_TOKEN = re.compile(rf"[^{_SEPARATORS}]+|[{_SEPARATORS}]+")
_MIN_SPACED_LETTERS = 4
_WIDE_BLANK = re.compile(r"[ \t\u00a0\u3000]{2,}")
_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SYLLABLE = re.compile(rf"([{_CONSONANTS}])([{_VOWELS}])(?:([{_FINALS}])(?![{_VOWELS}]))?")
_JAMO = re.compile("[ㄱ-ㅣ]")
_JAMO_RUN = re.compile("([ㄱ-ㅣ]+)")
_BETWEEN_JAMO = re.compile(rf"(?<=[ㄱ-ㅣ])[{_SEPARATORS}]+(?=[ㄱ-ㅣ])")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_HEX = re.compile(r"(?:0x|\\x)?(?:[0-9a-fA-F]{2}(?:[\s:,]|\\x)?){6,}")
_BINARY = re.compile(r"(?:[01]{8}\s?){4,}")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2}){3,}")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_QUOTED = re.compile(r"\"([^\"]{1,60})\"|'([^']{1,60})'")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_MIN_READABLE_RATIO = 0.8


def readings(text: str, *, decode: bool = True) -> Iterator[str]:
    """What ``text`` says: as it stands, then with disguises taken off, each reading once.

    Disguises are letters that pass for others, marks on letters, digits for letters, letters set apart, Hangul taken to pieces
    and pieces between quotation marks; with ``decode`` also hidden tag characters and variation selectors, base64, hexadecimal,
    binary, percent signs, entities, rot13 and reversal.
    """
    seen: set[str] = set()
    for reading in _all(text, decode=decode):
        if reading and reading not in seen:
            seen.add(reading)
            yield reading


def squeezed(text: str) -> str | None:
    """The letters that ``text`` sets apart, without anything between them, in small letters; ``None`` if it sets none apart."""
    joined = _joined(text, gap="")
    return None if joined is None else re.sub(rf"[{_SEPARATORS}]+", "", joined).lower()


def plain(text: str) -> str:
    """``text`` as a reader sees it: normalised, compatibility forms resolved, quotation marks straight, one blank for many."""
    visible = _compatible(normalize_text(text)).translate(_QUOTES)
    return re.sub(r"[^\S\n]+", " ", visible).strip()


def _compatible(text: str) -> str:
    """NFKC, but single Hangul letters stay single: as conjoining ones they could not be told first from last."""
    return "".join(
        part if _JAMO.match(part) else unicodedata.normalize("NFKC", part) for part in _JAMO_RUN.split(text) if part
    )


def _all(text: str, *, decode: bool) -> Iterator[str]:
    visible = plain(text)
    yield visible
    yield from _undisguised(text, visible)
    if not decode:
        return
    for hidden in _decoded(text):
        clear = plain(hidden)
        if _is_readable(clear):
            yield clear
            yield from _undisguised(hidden, clear)
    if any(c.isalpha() for c in visible):
        backwards = visible[::-1]
        yield backwards
        yield backwards.translate(_LOOKALIKES)
        if visible.isascii():
            yield codecs.encode(visible, "rot13")


def _undisguised(text: str, visible: str) -> Iterator[str]:
    bare = _without_marks(visible).translate(_LOOKALIKES)
    yield bare
    yield from _without_digits(bare)
    joined = _joined(text, gap=" ")
    if joined is not None:
        yield joined
        yield from _without_digits(joined)
    if _JAMO.search(visible):
        yield _composed(visible)
    pieces = [first or second for first, second in _QUOTED.findall(visible)]
    if len(pieces) > 1:
        yield " ".join(pieces)
        yield "".join(pieces)


def _without_digits(text: str) -> Iterator[str]:
    """The text with digits and signs within words read as letters; a 1 is an i or an l."""
    for table in _LEET:
        yield _LEET_WORD.sub(partial(_translated, table), text)


def _translated(table: dict[int, int], match: re.Match[str]) -> str:
    return match.group().translate(table)


def _without_marks(text: str) -> str:
    """Letters without the marks that were put on them; Hangul is left whole."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.category(c).startswith("M")))


def _joined(text: str, gap: str) -> str | None:
    """``text`` with letters that stand alone one after the other put together; a wider space between them becomes ``gap``."""
    wide = _WIDE_BLANK.sub("\n", text)
    tokens = _TOKEN.findall(_compatible(normalize_text(wide)))
    parts: list[str] = []
    run: list[str] = []
    found = False

    def close() -> None:
        nonlocal found
        letters = [token for token in run if len(token) == 1 and token.isalnum()]
        if len(letters) < _MIN_SPACED_LETTERS:
            parts.extend(run)
        else:
            found = True
            separators = {token for token in run if token not in letters}
            usual = max(separators, key=run.count, default="")
            parts.extend(
                t if t in letters else "" if t == usual or (not t.isspace() and " " not in t) else gap for t in run
            )
            parts.append(" ")
        run.clear()

    for token in tokens:
        is_separator = re.match(rf"[{_SEPARATORS}]", token) is not None
        if is_separator or (len(token) == 1 and token.isalnum()):
            run.append(token)
        else:
            close()
            parts.append(token)
    close()
    return plain("".join(parts)) if found else None


def _composed(text: str) -> str:
    """Hangul letters that stand one after the other as syllables."""

    def syllable(match: re.Match[str]) -> str:
        first, vowel, final = match.groups()
        code = _CONSONANTS.index(first) * 588 + _VOWELS.index(vowel) * 28 + (_FINALS.index(final) + 1 if final else 0)
        return chr(0xAC00 + code)

    return _SYLLABLE.sub(syllable, _BETWEEN_JAMO.sub("", text))


def _decoded(text: str) -> Iterator[str]:
    """Texts hidden in ``text``, decoded."""
    if tags := "".join(_TAGS.findall(text)):
        yield "".join(chr(ord(c) - 0xE0000) for c in tags)
    for run in _SELECTORS.findall(text):
        yield bytes(_selector_value(c) for c in run).decode("utf-8", "replace")
    if _PERCENT.search(text):
        yield unquote(text)
    if _ENTITY.search(text):
        yield html.unescape(text)
    if _ESCAPE.search(text):
        yield _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    for run in _HEX.findall(text):
        digits = re.sub(r"0x|\\x|[\s:,]", "", run)
        yield bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "replace")
    for run in _BINARY.findall(text):
        digits = "".join(run.split())
        yield bytes(int(digits[k : k + 8], 2) for k in range(0, len(digits), 8)).decode("utf-8", "replace")
    for run in _BASE64.findall(text):
        padded = run.rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            yield base64.b64decode(padded + "=" * (-len(padded) % 4)).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue


def _selector_value(character: str) -> int:
    """The byte that a variation selector stands for, by its number among the 256."""
    code = ord(character)
    return code - 0xFE00 if code < 0xE0000 else code - 0xE0100 + 16


def _is_readable(text: str) -> bool:
    letters = sum(c.isalnum() or c.isspace() or c in ".,!?'\"-:;()[]/_" for c in text)
    return len(text) > 2 and "\ufffd" not in text and letters >= _MIN_READABLE_RATIO * len(text)
