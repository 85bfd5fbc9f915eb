"""Plain text, hard-wrapped or not."""

from __future__ import annotations

from assistant.ingest.loaders.lines import loaded, one_line, split_lines
from assistant.ingest.loaders.sniff import decode_text
from assistant.types import Line, LineKind, LoadedDocument, SourceFile


class PlainTextLoader:
    """Read text in UTF-8, UTF-16 or CP949; form feeds separate pages."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """One ``TEXT`` line per line; ``level`` is the width of its indentation, an empty line is kept.

        Raises:
            UnreadableFileError: the bytes are not text.
            NoTextError: nothing but blanks.
        """
        texts = decode_text(source).split("\f")
        while len(texts) > 1 and not texts[-1].strip():
            texts.pop()
        return loaded(source, "text/plain", [self._page(text) for text in texts])

    def _page(self, text: str) -> list[Line]:
        lines = [Line(one_line(line), LineKind.TEXT, _indentation(line)) for line in split_lines(text)]
        while lines and not lines[-1].text:
            lines.pop()
        start = next((index for index, line in enumerate(lines) if line.text), len(lines))
        return lines[start:]


def _indentation(line: str) -> int:
    """Width of the leading blanks: an ideographic space counts two, a tab runs to the next multiple of four."""
    if not one_line(line):
        return 0
    width = 0
    for character in line.lstrip("\ufeff"):
        if character == "\t":
            width += 4 - width % 4
        elif character == "\u3000":
            width += 2
        elif character.isspace():
            width += 1
        else:
            break
    return width
