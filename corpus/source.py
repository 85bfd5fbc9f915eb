"""A text of the corpus as it is written: front matter and a body in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_TABLE_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")


@dataclass(frozen=True, slots=True)
class Text:
    """One source text: its front matter, and its body in Markdown with Korean outline lines written out."""

    fields: dict[str, Any]
    body: str

    @property
    def title(self) -> str:
        """The document's title."""
        return str(self.fields["title"])

    @property
    def korean(self) -> bool:
        """Whether the text is in Korean."""
        return bool(self.fields["language"] == "ko")

    @property
    def file_name(self) -> str:
        """The name of the document made from it."""
        return f"{self.fields['id']}.{self.fields['format']}"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a body: ``kind`` is heading, item, paragraph or table; ``level`` is its depth from 1."""

    kind: str
    text: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()


def parts(body: str) -> Iterator[Part]:
    """The parts of a body in order; each source line that is not a table row is a part of its own."""
    rows: list[tuple[str, ...]] = []
    for line in [*body.splitlines(), ""]:
        text = _plain(line.strip())
        if text.startswith("|"):
            if not _TABLE_RULE.fullmatch(text):
                rows.append(tuple(cell.strip() for cell in text.strip("|").split("|")))
            continue
        if rows:
            yield Part("table", rows=tuple(rows))
            rows = []
        if not text:
            continue
        heading = re.match(r"(#{1,6})\s+(.*)", text)
        item = re.match(r"-\s+(.*)", text)
        if heading:
            yield Part("heading", heading[2], len(heading[1]))
        elif item:
            indent = len(line) - len(line.lstrip(" "))
            yield Part("item", item[1], 1 + indent // 2)
        else:
            yield Part("paragraph", text)


def _plain(text: str) -> str:
    """Without Markdown's marks inside a line."""
    return re.sub(r"\*\*(.+?)\*\*|`(.+?)`", lambda match: match[1] or match[2], text)


def is_outlined(text: Text) -> bool:
    """Whether ``-`` is a level of a Korean outline in this text and so must stay written out."""
    return any(part.text[:1] in "□ㅇ" for part in parts(text.body) if part.kind == "paragraph" and part.text)


def written_line(part: Part, outlined: bool) -> str:
    """A part as a line of text: an item of an outlined text keeps its ``-``."""
    return f"- {part.text}" if part.kind == "item" and outlined else part.text
