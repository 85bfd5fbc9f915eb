"""Markdown (CommonMark with tables) and its YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.errors import UnreadableFileError
from assistant.ingest.loaders.grid import Grid
from assistant.ingest.loaders.lines import (
    flowing_line,
    loaded,
    one_line,
    sensible_title,
    split_lines,
    starts_with_marker,
)
from assistant.ingest.loaders.sniff import decode_text
from assistant.types import FileMetadata, Line, LineKind, LoadedDocument, SourceFile

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TAG = r"</?[a-zA-Z][^>]*>"
_TAGS = re.compile(_TAG)
_COMMENTS_AND_TAGS = re.compile(rf"<!--.*?-->|{_TAG}", re.DOTALL)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_OUTLINE_SYMBOL = re.compile("[□■○●ㅇ◦◇◆▶▷◈❍❑]")
_MAX_NESTING = 40


class MarkdownLoader:
    """Read Markdown: headings, paragraphs, lists and tables."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """One page of logical lines.

        In a document that uses Korean outline symbols, ``-`` and ``*`` are outline marks too, so their items stay
        ``TEXT`` with the mark in front instead of becoming list items.

        Raises:
            UnreadableFileError: the bytes are not text, or the front matter is not valid YAML.
            NoTextError: nothing but front matter or blanks.
        """
        text = "\n".join(split_lines(decode_text(source)))
        metadata, body = _front_matter(source, text)
        parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table")
        keep_marks = _OUTLINE_SYMBOL.search(body) is not None
        return loaded(source, "text/markdown", [_lines(source.name, parser.parse(body), keep_marks)], metadata)


def _front_matter(source: SourceFile, text: str) -> tuple[FileMetadata, str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return FileMetadata(), text
    try:
        fields = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError) as error:
        problem = "the front matter between the two --- lines is not valid YAML"
        raise UnreadableFileError(source.name, problem, "Correct it or remove it") from error
    if not isinstance(fields, dict):
        return FileMetadata(), text
    url = _string(fields.get("url"))
    metadata = FileMetadata(
        title=sensible_title(_string(fields.get("title"))),
        publisher=_string(fields.get("publisher")),
        published=_date(fields.get("published", fields.get("date"))),
        url=url if url and url.lower().startswith(("http://", "https://")) else None,
    )
    return metadata, text[match.end() :]


def _string(value: Any) -> str | None:
    return (one_line(str(value)) or None) if isinstance(value, str | int | float) else None


def _date(value: Any) -> date | None:
    """A full day only; a month or a year alone is not a date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def _lines(subject: str, tokens: Sequence[Token], keep_marks: bool) -> Iterator[Line]:
    depth = 0
    heading = 0
    mark = number = ""
    grid: Grid | None = None
    row = 0
    in_head = False
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "list_item_open":
                mark = f"{token.markup} " if keep_marks and token.markup in ("-", "*") else ""
                number = f"{token.info}{token.markup} " if token.info else ""
            case "heading_open":
                heading = int(token.tag[1:])
            case "heading_close":
                heading = 0
            case "table_open":
                grid = Grid(subject)
            case "thead_open" | "thead_close":
                in_head = token.type == "thead_open"
            case "tr_open" if grid is not None:
                row = grid.add_row(header=in_head)
            case "table_close" if grid is not None:
                yield from grid.lines()
                grid = None
            case "inline" if grid is not None:
                grid.add_cell(row, " ".join(_pieces(token)))
            case "inline":
                kind, level = LineKind.PARAGRAPH, 0
                if heading:
                    kind, level = LineKind.HEADING, heading
                elif depth:
                    kind, level = LineKind.LIST_ITEM, depth
                for piece in _pieces(token):
                    line = flowing_line(mark + piece, kind, level)
                    if line is not None:
                        yield replace(line, text=number + line.text) if kind is LineKind.LIST_ITEM else line
                    mark = number = ""
            case "fence" | "code_block" | "html_block":
                content = _without_tags(token.content) if token.type == "html_block" else token.content
                pieces = (flowing_line(piece, LineKind.PARAGRAPH) for piece in split_lines(content))
                yield from (line for line in pieces if line is not None)


def _without_tags(text: str) -> str:
    """``text`` with a blank for each tag and comment; what is never closed stays.

    An end is looked for only where one follows, or each of a thousand open tags would be read to the end of the text.
    """
    commented, comment_end, rest = text.rpartition("-->")
    tagged, tag_end, plain = rest.rpartition(">")
    return _COMMENTS_AND_TAGS.sub(" ", commented + comment_end) + _TAGS.sub(" ", tagged + tag_end) + plain


def _pieces(token: Token) -> list[str]:
    """An inline token's text: cut at hard breaks, and at line ends that an outline marker follows."""
    pieces = [""]
    children = token.children or []
    for index, child in enumerate(children):
        match child.type:
            case "text" | "code_inline":
                pieces[-1] += child.content
            case "image":
                pieces[-1] += child.content
            case "hardbreak":
                pieces.append("")
            case "softbreak":
                following = children[index + 1].content if index + 1 < len(children) else ""
                if starts_with_marker(following.lstrip()):
                    pieces.append("")
                else:
                    pieces[-1] += " "
            case "html_inline" if _BREAK_TAG.fullmatch(child.content):
                pieces.append("")
    return pieces
