"""Small files for the loaders' tests, and views of what a loader returned."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from assistant.types import Line, LineKind, LoadedDocument, SourceFile


def make_source(name: str, content: bytes | str) -> SourceFile:
    data = content.encode() if isinstance(content, str) else content
    return SourceFile(Path(name), name, data, "digest")


def read_source(path: Path) -> SourceFile:
    return make_source(path.name, path.read_bytes())


def lines_of(document: LoadedDocument) -> list[Line]:
    return [line for page in document.pages for line in page.lines]


def shown(document: LoadedDocument) -> list[tuple[LineKind, int, str]]:
    return [(line.kind, line.level, line.text) for line in lines_of(document) if line.text]


def texts(document: LoadedDocument, kind: LineKind | None = None) -> list[str]:
    return [line.text for line in lines_of(document) if line.text and kind in (None, line.kind)]


def zipped(entries: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return buffer.getvalue()


_NS = 'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"'


def hwpx(body: str, **extra: str) -> bytes:
    """A small HWPX package around the paragraphs in ``body``."""
    header = (
        '<hh:style id="0" name="바탕글" engName="Normal"/><hh:style id="1" name="개요 1" engName="Outline 1"/>'
        '<hh:paraPr id="0"><hh:heading type="NONE" level="0"/></hh:paraPr>'
        '<hh:paraPr id="2"><hh:heading type="OUTLINE" level="1"/></hh:paraPr>'
        '<hh:paraPr id="3"><hh:heading type="BULLET" level="0"/></hh:paraPr>'
    )
    return zipped(
        {
            "mimetype": "application/hwp+zip",
            "Contents/header.xml": f"<hh:head {_NS}>{header}</hh:head>",
            "Contents/section0.xml": f"<hs:sec xmlns:hs='urn:s' {_NS}>{body}</hs:sec>",
            **{name.replace("__", "/"): content for name, content in extra.items()},
        }
    )


def hwp_paragraph(text: str, *, style: int = 0, shape: int = 0) -> str:
    return (
        f'<hp:p paraPrIDRef="{shape}" styleIDRef="{style}"><hp:run charPrIDRef="0"><hp:t>{text}</hp:t></hp:run></hp:p>'
    )
