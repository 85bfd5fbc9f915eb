"""Text in pictures of pages, through the ``tesseract`` program where it is installed."""

from __future__ import annotations

import csv
import io
import itertools
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from assistant.ingest.loaders.pdf.ruled_tables import Stroke
from assistant.ingest.loaders.pdf.words import Word
from assistant.text.morphemes import respace
from assistant.text.normalize import normalize_text

DOTS_PER_INCH = 300
INSTALL_LINE = "apt-get install tesseract-ocr tesseract-ocr-kor"
_LANGUAGES = ("kor", "eng")
# The default mode looks for columns and loses Korean pages; one even block reads them best, one ragged column comes next.
_MODES = ("6", "4")
_GOOD_CONFIDENCE = 0.75
_MIN_WORD_CONFIDENCE = 0.25
_DARK = 140  # of 255
_MIN_RULE_INCHES = (0.5, 0.3)  # across and down; no stroke of a letter is as long
_BLUR_PIXELS = 4
_RULE_REMAINS = frozenset("|｜¦_—")
_BRACKET_GAPS = re.compile(r"(?<=[(「『\[【〈《]) | (?=[)」』\]】〉》.,])")
_TIMEOUT_SECONDS = 90.0
_POINTS_PER_INCH = 72.0


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What was recognised: words by line (an empty line parts paragraphs) in points, and how sure it is on average (0 to 1).

    ``horizontal`` and ``vertical`` are the ruling lines in the picture, in points.
    """

    lines: tuple[tuple[Word, ...], ...]
    confidence: float
    horizontal: tuple[Stroke, ...] = ()
    vertical: tuple[Stroke, ...] = ()


@lru_cache(maxsize=1)
def ocr_languages() -> tuple[str, ...]:
    """The languages that the installed program can read, of those needed here; none if it is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ()
    installed = set(listed.stdout.decode("utf-8", "replace").split())
    return tuple(language for language in _LANGUAGES if language in installed)


def recognise(image: Image.Image, *, dots_per_inch: float = DOTS_PER_INCH) -> OcrPage | None:
    """Read the picture of a page. Ruling lines are wiped out first: the program skips what they enclose.

    Returns:
        ``None`` if nothing was recognised, or the program is missing, failed or took too long.
    """
    if not ocr_languages():
        return None
    pixels = np.asarray(image.convert("L")).copy()
    dark = pixels < _DARK
    across = _long_runs(dark, round(_MIN_RULE_INCHES[0] * dots_per_inch))
    down = _long_runs(dark.T, round(_MIN_RULE_INCHES[1] * dots_per_inch)).T
    pixels[_widened(across) | _widened(down.T).T] = 255
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="PNG")
    best: OcrPage | None = None
    for mode in _MODES:
        page = _parsed(_run(buffer.getvalue(), mode, dots_per_inch), dots_per_inch)
        if page is not None and (best is None or page.confidence > best.confidence):
            best = page
        if best is not None and best.confidence >= _GOOD_CONFIDENCE:
            break
    scale = _POINTS_PER_INCH / dots_per_inch
    return best and replace(best, horizontal=_strokes(across, scale), vertical=_strokes(down.T, scale))


def _long_runs(dark: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """The dark pixels that lie in a run of at least ``length`` along their row; (height, width) both ways."""
    if dark.shape[1] <= length:
        return np.zeros_like(dark)
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    starts = sums[:, length:] - sums[:, :-length] == length
    ends = np.zeros((dark.shape[0], dark.shape[1] + 1), dtype=np.int32)
    ends[:, : starts.shape[1]] += starts
    ends[:, length:] -= starts[:, : ends.shape[1] - length]
    return np.cumsum(ends, axis=1)[:, : dark.shape[1]] > 0


def _widened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask with some rows more above and below, for a rule's blurred edges."""
    wide = mask.copy()
    for shift in range(1, _BLUR_PIXELS + 1):
        wide[shift:] |= mask[:-shift]
        wide[:-shift] |= mask[shift:]
    return wide


def _strokes(mask: NDArray[np.bool_], scale: float) -> tuple[Stroke, ...]:
    """The runs in each row of a mask, as strokes in points."""
    found: list[Stroke] = []
    for row in np.flatnonzero(mask.any(axis=1)):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], mask[row].astype(np.int8), [0]))))
        found.extend(
            Stroke(float(row) * scale, float(start) * scale, float(end) * scale)
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        )
    return tuple(found)


def respaced_words(words: Sequence[Word]) -> list[Word]:
    """The words of a line with their Korean parted anew, because recognition parts Korean between any two syllables."""
    text = _BRACKET_GAPS.sub("", respace(" ".join(word.text for word in words)))
    starts = [0, *itertools.accumulate(len(word.text) for word in words)]
    found: list[Word] = []
    position = 0
    for piece in text.split():
        end = position + len(piece)
        parts = [
            _cut(word, max(position, start) - start, min(end, start + len(word.text)) - start)
            for word, start in zip(words, starts, strict=False)
            if start < end and start + len(word.text) > position
        ]
        left, top = min(part.left for part in parts), min(part.top for part in parts)
        found.append(Word(piece, left, top, max(part.right for part in parts), max(part.bottom for part in parts)))
        position = end
    return found


def _cut(word: Word, start: int, end: int) -> Word:
    """Some characters of a word, with their share of its box."""
    width = (word.right - word.left) / len(word.text)
    left, right = round(word.left + width * start, 2), round(word.left + width * end, 2)
    return Word(word.text[start:end], left, word.top, right, word.bottom)


def _run(image: bytes, mode: str, dots_per_inch: float) -> str:
    program = shutil.which("tesseract") or "tesseract"
    options = ["-l", "+".join(ocr_languages()), "--psm", mode, "--dpi", f"{dots_per_inch:.0f}", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, its input on stdin
            [program, "stdin", "stdout", *options],
            input=image,
            capture_output=True,
            timeout=_TIMEOUT_SECONDS,
            check=True,
            # Its threads cost more than they bring, and other files are read at the same time.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _parsed(table: str, dots_per_inch: float) -> OcrPage | None:
    scale = _POINTS_PER_INCH / dots_per_inch
    lines: list[list[Word]] = []
    confidences: list[tuple[float, int]] = []
    place: Sequence[str] = ()
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = normalize_text(row.get("text") or "").replace(" ", "")
        try:
            confidence = float(row["conf"]) / 100
            left, top, width, height = (float(row[name]) * scale for name in ("left", "top", "width", "height"))
        except (KeyError, TypeError, ValueError):
            continue
        if not text or _RULE_REMAINS.issuperset(text) or confidence < _MIN_WORD_CONFIDENCE:
            continue
        here = [row["block_num"], row["par_num"], row["line_num"]]
        if here[:2] != list(place[:2]) and lines:
            lines.append([])
        if here != place:
            lines.append([])
            place = here
        lines[-1].append(Word(text, round(left, 2), round(top, 2), round(left + width, 2), round(top + height, 2)))
        confidences.append((confidence, len(text)))
    characters = sum(length for _, length in confidences)
    if not characters:
        return None
    mean = sum(confidence * length for confidence, length in confidences) / characters
    return OcrPage(tuple(tuple(line) for line in lines), round(mean, 3))
