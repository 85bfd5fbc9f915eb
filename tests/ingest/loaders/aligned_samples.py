"""PDF tables without ruling lines, drawn at random: widths, blanks, wrapped cells, both languages, any order of writing."""

from __future__ import annotations

from random import Random
from typing import Any

from reportlab.pdfbase import pdfmetrics
from test_pdf_loader import make_pdf

_FONT = "Nanum"
_WORDS = {
    "ko": [
        *("수출", "금융", "보증", "펀드", "입찰", "교통", "물관리", "에너지", "도시", "통신", "협력", "연수"),
        *("시범사업", "타당성조사", "컨설팅", "해외진출"),
    ],
    "en": [
        *("export", "finance", "guarantee", "fund", "tender", "traffic", "water", "energy", "city", "training"),
        *("survey", "support", "study", "loan"),
    ],
}
_TITLES = {
    "ko": ["구분", "지원 대상", "한도", "기간", "담당", "비고"],
    "en": ["Item", "Target", "Limit", "Period", "Contact", "Note"],
}


def unruled_table(dice: Random) -> tuple[bytes, list[list[str]]]:
    """A PDF with one table between two lines of text, and what each of its places holds.

    Cells are wrapped where rows stand apart by at least a third of a line; they are top- or middle-aligned, figures flush right. The
    file writes them line by line, cell by cell, column by column or in no order.
    """
    language = dice.choice(["ko", "en"])
    columns = dice.randint(2, 5)
    kinds = ["text", *(dice.choice(["text", "figure", "date", "text"]) for _ in range(columns - 1))]
    titles = [_TITLES[language][0], *dice.sample(_TITLES[language][1:], columns - 1)]
    truth = [titles, *([_cell(dice, kinds[c], c, language) for c in range(columns)] for _ in range(dice.randint(3, 9)))]
    size = dice.choice([8, 9, 10, 11])
    leading, apart = size * dice.choice([1.15, 1.25, 1.4]), size * dice.choice([0, 0.35, 0.6, 1.0])
    gap = size * dice.choice([1.0, 1.3, 2, 3])
    order, middle = dice.choice(["line", "cell", "column", "none"]), dice.random() < 0.3
    shares = [dice.uniform(0.6, 1.8) for _ in kinds]
    shuffle = Random(dice.random())

    too_wide: list[bool] = []

    def draw(canvas: Any) -> None:
        canvas.setFont(_FONT, size)
        widths = [(440 - gap * (columns - 1)) * share / sum(shares) for share in shares]
        for column, kind in enumerate(kinds):
            wraps = kind == "text" and apart
            longest = max(
                pdfmetrics.stringWidth(part, _FONT, size)
                for row in truth
                for part in (row[column].split() if wraps else [row[column]])
            )
            widths[column] = max(widths[column] if wraps else 0, longest + 0.1)
        if sum(widths) + gap * (columns - 1) > 500:
            too_wide.append(True)
        lefts = [50 + sum(widths[:column]) + gap * column for column in range(columns)]
        top, pieces = 760.0, []
        for number, row in enumerate(truth):
            cells = [_wrapped(text, size, widths[column]) for column, text in enumerate(row)]
            height = max(len(lines) for lines in cells)
            for column, lines in enumerate(cells):
                down = (height - len(lines)) * leading / 2 if middle else 0
                for line, text in enumerate(lines):
                    width = pdfmetrics.stringWidth(text, _FONT, size)
                    left = lefts[column] + (widths[column] - width if kinds[column] == "figure" else 0)
                    pieces.append((number, column, line, left, top - down - line * leading, text))
            top -= height * leading + apart
        places = sorted({piece[:2] for piece in pieces})
        shuffle.shuffle(places)
        keys = {
            "line": lambda piece: (-round(piece[4], 2), piece[3]),
            "cell": lambda piece: piece[:3],
            "column": lambda piece: (piece[1], piece[0], piece[2]),
            "none": lambda piece: (places.index(piece[:2]), piece[2]),
        }
        canvas.drawString(50, 800, "지원 안내 자료입니다." if language == "ko" else "About the support that is given.")
        for *_, left, baseline, text in sorted(pieces, key=keys[order]):
            canvas.drawString(left, baseline, text)
        canvas.drawString(
            50, top - 3 * size, "문의는 담당 기관으로 하시기 바랍니다." if language == "ko" else "Please ask."
        )

    content = make_pdf(draw)
    return unruled_table(dice) if too_wide else (content, truth)


def _cell(dice: Random, kind: str, column: int, language: str) -> str:
    if column and dice.random() < 0.12:
        return ""
    if kind == "figure":
        return f"{dice.randint(1, 99999):,}" + (dice.choice(["", "%", "억원"]) if language == "ko" else "")
    if kind == "date":
        return f"2027. {dice.randint(1, 12)}. {dice.randint(1, 28)}."
    count = dice.choice([1, 1, 2, 2, 3, 4, 6] if column else [1, 2])
    return " ".join(dice.choice(_WORDS[language]) for _ in range(count))


def _wrapped(text: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pdfmetrics.stringWidth(longer, _FONT, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def prose_page(dice: Random, text: str, columns: int, *, justified: bool) -> bytes:
    """A page of paragraphs in columns, of words of ``text``."""
    words = text.split()
    size = dice.choice([9, 10, 11])
    leading = size * dice.choice([1.2, 1.5, 1.8])
    width = (500 - 20 * (columns - 1)) / columns

    def draw(canvas: Any) -> None:
        canvas.setFont(_FONT, size)
        for column in range(columns):
            left, top = 50 + column * (width + 20), 780.0
            while top > 100:
                start, count = dice.randrange(len(words)), dice.randint(15, 50)
                lines = _wrapped(" ".join((words * 3)[start : start + count]), size, width)
                for line in lines:
                    _draw_line(canvas, left, top, line, size, width if justified and line != lines[-1] else 0)
                    top -= leading
                top -= leading * 0.6

    return make_pdf(draw)


def _draw_line(canvas: Any, left: float, top: float, line: str, size: float, width: float) -> None:
    words = line.split()
    blank = (width - sum(pdfmetrics.stringWidth(word, _FONT, size) for word in words)) / max(1, len(words) - 1)
    if not 0 < blank < 0.7 * size:
        canvas.drawString(left, top, line)
        return
    for word in words:
        canvas.drawString(left, top, word)
        left += pdfmetrics.stringWidth(word, _FONT, size) + blank
