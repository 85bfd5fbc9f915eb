"""Saved e-mails (.eml): the message; its attachments are documents of their own (see ``expansion.py``)."""

from __future__ import annotations

import email
import re
from collections.abc import Callable, Iterator
from datetime import date
from email import policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import PurePath
from typing import TypeVar

from assistant.errors import TooLargeError, UnreadableFileError
from assistant.ingest.loaders.html import HtmlLoader
from assistant.ingest.loaders.lines import loaded, one_line, sensible_title, split_lines
from assistant.ingest.loaders.sniff import decode_text
from assistant.types import FileMetadata, Line, LineKind, LoadedDocument, RawPage, SourceFile

_MEDIA_TYPE = "message/rfc822"
_MAX_PARTS = 1_000
_SAVE_AGAIN = "Save it again from the mail program"
_SUFFIXES = {"text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf"}
_SHOWN_HEADERS = (("From", "보낸 사람"), ("To", "받는 사람"), ("Date", "날짜"))
_ATTACHMENTS = "첨부"
_REPLY_MARKS = re.compile(r"^(?:\s*(?:re|fw|fwd|회신|답장|전달)\s*:\s*)+", re.IGNORECASE)


class EmlLoader:
    """Read a saved e-mail: its subject, who sent it when, its text, and what is attached."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """One page: the subject as heading, the headers, the body, and the attachments' names.

        The plain text is preferred to the HTML; an empty line in it is kept, as in a text file.

        Raises:
            UnreadableFileError: not a message that can be taken apart.
            TooLargeError: over the limit on parts.
            NoTextError: neither subject nor text.
        """
        message = read_message(source)
        subject = _header(message, "Subject")
        lines = [Line(subject, LineKind.HEADING, 1)] if subject else []
        body = list(_body(source, message))
        for name, label in _SHOWN_HEADERS:
            value = _header(message, name)
            if value:
                lines.append(Line(f"{label}: {value}", LineKind.PARAGRAPH))
        lines.extend(body)
        lines.extend(
            Line(f"{_ATTACHMENTS}: {one_line(name)}", LineKind.PARAGRAPH) for name, _ in attachments(source, message)
        )
        if not subject and not any(line.text for line in body):
            lines = []
        title = sensible_title(_REPLY_MARKS.sub("", subject))
        return loaded(source, _MEDIA_TYPE, [lines], FileMetadata(title=title, published=_day(message)))


def read_message(source: SourceFile) -> EmailMessage:
    """Parse a saved e-mail.

    Raises:
        UnreadableFileError: the parser gives up on it.
        TooLargeError: it has more parts than any honest message.
    """
    # The parser forgives nearly everything and fails on the rest by whatever error it runs into.
    try:
        message = email.message_from_bytes(source.content.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.default)
        count = sum(1 for _ in message.walk())
    except Exception as error:
        raise UnreadableFileError(source.name, "the e-mail is damaged", _SAVE_AGAIN) from error
    if count > _MAX_PARTS:
        raise TooLargeError(source.name, f"the e-mail has more than {_MAX_PARTS:,} parts", "Save its attachments apart")
    return message


def attachments(source: SourceFile, message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Name and content of every attached file and message; pictures that belong to the HTML are left out.

    Raises:
        UnreadableFileError: an attachment cannot be decoded.
    """
    body = _body_parts(message)
    todo: list[Message] = [message]
    number = 0
    while todo:
        part = todo.pop()
        kind = _content_type(part)
        payload = part.get_payload()
        children = [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
        if kind == "message/rfc822" and part is not message:
            number += 1
            yield _filename(part) or f"message-{number}.eml", _whole(source, children[0]) if children else b""
        elif children:
            todo.extend(reversed(children))
        elif not any(part is known for known in body):
            number += 1
            name = _filename(part)
            of_the_html = kind.startswith("image/") and _tolerant(partial(part.get, "Content-ID"), None) is not None
            attached = _tolerant(part.get_content_disposition, None) == "attachment"
            if not of_the_html and (name or attached):
                yield name or f"attachment-{number}{_SUFFIXES.get(kind, '')}", _content(source, part)


_Read = TypeVar("_Read")


def _tolerant(read: Callable[[], _Read], default: _Read) -> _Read:
    """What ``read`` finds in a message; the library's parsers of headers fail in many ways on malformed ones."""
    try:
        return read()
    except Exception:
        return default


def _content_type(part: Message) -> str:
    return _tolerant(part.get_content_type, "application/octet-stream")


def _filename(part: Message) -> str:
    return one_line(PurePath((_tolerant(part.get_filename, None) or "").replace("\\", "/")).name)


def _content(source: SourceFile, part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except Exception as error:
        raise UnreadableFileError(source.name, "a part of the e-mail cannot be decoded", _SAVE_AGAIN) from error
    return payload if isinstance(payload, bytes) else b""


def _whole(source: SourceFile, message: Message) -> bytes:
    try:
        return message.as_bytes()
    except Exception as error:
        raise UnreadableFileError(source.name, "an attached e-mail cannot be decoded", _SAVE_AGAIN) from error


def _header(message: EmailMessage, name: str) -> str:
    return one_line(_tolerant(lambda: str(message.get(name, "")), ""))


def _day(message: EmailMessage) -> date | None:
    return _tolerant(lambda: parsedate_to_datetime(str(message.get("Date", ""))).date(), None)


def _body_parts(message: EmailMessage) -> list[Message]:
    """The parts that hold the text: the plain one and the HTML one of the same text."""
    parts = [_tolerant(partial(message.get_body, (kind,)), None) for kind in ("plain", "html")]
    return [part for part in parts if part is not None]


def _body(source: SourceFile, message: EmailMessage) -> Iterator[Line]:
    for part in _body_parts(message):
        text = _text(source, part)
        if not text.strip():
            continue
        if _content_type(part) == "text/html":
            page = SourceFile(source.path, source.name, text.encode(), source.digest)
            yield from (line for inner in _html_pages(page) for line in inner.lines)
        else:
            yield from (Line(one_line(line)) for line in split_lines(text.replace("\f", "\n")))
        return


def _html_pages(page: SourceFile) -> tuple[RawPage, ...]:
    return HtmlLoader().load(page).pages


def _text(source: SourceFile, part: Message) -> str:
    content = _content(source, part)
    charset = _tolerant(part.get_content_charset, None) or ""
    # Korean mail programs say euc-kr and mean its superset.
    charset = "cp949" if charset.lower() in ("euc-kr", "ks_c_5601-1987", "ks_c_5601") else charset
    if charset:
        try:
            return content.decode(charset)
        except (LookupError, ValueError):
            pass
    return decode_text(SourceFile(source.path, source.name, content, source.digest)) if content.strip() else ""
