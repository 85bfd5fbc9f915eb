"""Markdown, and text as it comes out of a scanner."""

from __future__ import annotations

import unicodedata

from corpus.source import Text, parts
from corpus.writers.wrapping import wrapped

_TXT_COLUMNS = 80  # a Hangul syllable takes two
_TXT_LINES_PER_PAGE = 40


def write_markdown(text: Text) -> bytes:
    """The body as it is."""
    return text.body.encode()


def write_plain_text(text: Text) -> bytes:
    """Hard-wrapped lines with page marks, as text comes out of a scanner or a viewer."""
    lines: list[str] = []
    for part in parts(text.body):
        if part.kind == "heading":
            lines += ["", *wrapped(part.text, _columns, _TXT_COLUMNS), ""]
        elif part.kind == "item":
            lines += wrapped("  " * (part.level - 1) + "- " + part.text, _columns, _TXT_COLUMNS)
        elif part.kind == "table":
            head, *rows = part.rows
            for label, *cells in rows:
                pairs = [f"{name}: {cell}" for name, cell in zip(head[1:], cells, strict=False)]
                line = f"- {label}: {cells[0]}" if len(cells) == 1 else f"- {label} ({', '.join(pairs)})"
                lines += wrapped(line, _columns, _TXT_COLUMNS)
            lines.append("")
        else:
            lines += wrapped(part.text, _columns, _TXT_COLUMNS)
    marked: list[str] = []
    for number, start in enumerate(range(0, len(lines), _TXT_LINES_PER_PAGE), start=1):
        marked += [*lines[start : start + _TXT_LINES_PER_PAGE], "", " " * 36 + f"- {number} -", ""]
    return ("\n".join(marked).strip("\n") + "\n").encode()


def _columns(text: str) -> float:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
