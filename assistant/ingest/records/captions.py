"""Lines that head what follows without being headings, and labels without a colon: "Eligibility", "1. 공모 개요", "Q. … A. …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.ingest.records.outline import Entry
from assistant.ingest.records.patterns import any_case
from assistant.types import BlockKind

# Deeper than every real heading, so that a real one ends what a caption heads.
BULLET_CAPTION = 8
"""The level of a caption that is a bullet itself ("□ 신청 자격"): the next bullet of its depth ends what it heads."""
_CAPTION_LEVEL = 9
_MAX_CAPTION_CHARS = 40
_THEME = any_case(
    r"대상|자격|요건|제외|우대|가점|지원|혜택|내용|개요|신청|접수|모집|공모|일정|기간|마감|방법|절차|문의|연락처|받나요|되나요|하나요|유의|선정|제출"
    r"|\beligib|\bwho\b|\bapplicant|\bqualif|\brequirement|\bconditions?\b|\bexclu|\bpreference|\bbenefit|\bsupport\b|\bfunding\b|\bgrant|\bterms\b|\boffer|\bget\b|\bpay\b|\bhow\b|\bwhen\b|\bapply|\bapplication|\bdeadline|\bclosing|\bdates\b|\bcontact|\benquir|\bselection|\bschedule"
)
_RUN_IN = re.compile(
    r"^(?P<label>[A-Z][A-Za-z ]{2,28}|[가-힣][가-힣 ]{1,12})\.\s+(?P<value>[A-Z0-9가-힣“\"].*)$", re.DOTALL
)
_QUESTION = re.compile(
    r"^(?:Q\d*|문|질문)\s?[.:)]\s*(?P<label>.{2,80}?[?？])\s*(?:A\d*|답|답변)\s?[.:)]\s*(?P<value>\S.*)$", re.DOTALL
)
_ASKED = re.compile(r"^(?P<label>[A-Z가-힣][^.?!？:]{2,40}[?？])\s+(?P<value>[A-Z가-힣\d].*)$", re.DOTALL)
_LABELLED = re.compile(
    r"^(?:[가-하][.)]|\d{1,2}[.)]|\(\d+\))\s*(?P<label>[^:：|]{1,30}?)\s?[:：]\s+(?P<value>\S.*)$", re.DOTALL
)
# "가. 업력 5년 미만" is short enough for a heading and says too much for one.
_BOUND = re.compile(r"\d.{0,8}(?:이상|이하|이내|미만|초과)\W*$")
_MARKED = re.compile(r"^(?:\d{1,2}[.)]|[가-하][.)]|[□■◆◇❏▢①-⑳])\s*\S")


def with_captions(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with such lines as headings of their own and with such labels set; all keep their places and sections."""
    return list(_read(entries))


def _read(entries: Sequence[Entry]) -> Iterator[Entry]:
    for position, entry in enumerate(entries):
        following = entries[position + 1] if position + 1 < len(entries) else None
        if entry.kind is BlockKind.HEADING:
            match = _LABELLED.match(entry.text)
            if match and re.search(r"\d", match["value"]):
                yield replace(entry, kind=BlockKind.BULLET, level=2, label=match["label"].strip(), value=match["value"])
            elif _BOUND.search(entry.text) and entry.level > 2:
                yield replace(entry, kind=BlockKind.BULLET, level=3)
            else:
                yield entry
        elif _heads(entry, following):
            level = BULLET_CAPTION if entry.kind is BlockKind.BULLET else _CAPTION_LEVEL
            yield replace(entry, kind=BlockKind.HEADING, level=level, label=None, value=None)
        else:
            yield _labelled(entry)


def _heads(entry: Entry, following: Entry | None) -> bool:
    if following is None or entry.value or len(entry.text) > _MAX_CAPTION_CHARS or not _THEME.search(entry.text):
        return False
    if entry.text.endswith((".", "다", "함", "음", ":")):
        return False
    if entry.kind is BlockKind.PARAGRAPH:
        return following.kind in (BlockKind.BULLET, BlockKind.PARAGRAPH, BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW)
    marked = entry.kind is BlockKind.BULLET and entry.level == 1 and _MARKED.match(entry.text) is not None
    return marked and (
        (following.kind is BlockKind.BULLET and following.level > 1) or following.kind is BlockKind.TABLE_HEADER
    )


def _labelled(entry: Entry) -> Entry:
    if entry.value or entry.kind not in (BlockKind.PARAGRAPH, BlockKind.BULLET):
        return entry
    match = _QUESTION.match(entry.text) or _ASKED.match(entry.text) or _RUN_IN.match(entry.text)
    if match is None or not _THEME.search(match["label"]):
        return entry
    return replace(entry, label=match["label"].strip(), value=match["value"])
