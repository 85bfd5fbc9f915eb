"""Whether what an answer announces was over before the day that counts as today."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.generation.answer_kind import AnswerKind, asked_kinds
from assistant.generation.draft import Draft
from assistant.generation.quoting.coverage import concepts_said
from assistant.messages import message
from assistant.text.dates import DateMention, find_dates, format_period
from assistant.types import (
    AnswerStatus,
    Chunk,
    Claim,
    Concept,
    Document,
    Language,
    Notice,
    Period,
    Precision,
    Question,
)

_ANSWERED = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
# Something that takes place or closes on a day, as opposed to a year of statistics.
_SCHEDULED = re.compile(
    r"일시|일정|기간|마감|접수|신청|개최|열리|열린|개소|참가|모집|행사|[\d일월년시반기)]\s?까지|회의|\bdates?\b|\bdeadline|\bdue\b|\bopen(?:s|ing|ed)?\b|\bclos(?:es|ing)\b|\bheld\b|\bhold\b"
    r"|\bwill\b|\bregist|\bappl|\buntil\b|\bevent|\btakes? place",
    re.IGNORECASE,
)
# A day on which something was said or done, or that a figure is of, is no appointment.
_REPORTED = re.compile(
    r"[년월일)]\s?(?:기준|현재|자료|보도)|협약식|\bas of\b"
    r"|(?:안내|공고|발표|게시|체결|서명|선정|취소|출범|설립|지정|수립)(?:한|했|하였|된|됐|되었|함|합니다|됨)|맺[은었음]"
    r"|\b(?:announced|signed|published|issued|cancel+ed|founded|launched|designated)\b",
    re.IGNORECASE,
)
# Syllables that end a verb's past stem (열렸-, 했-, 갔-): those on ㅆ, save 있- and 겠-.
_STEMS = "".join(chr(code) for code in range(ord("갔"), ord("힣") + 1, 28) if chr(code) not in "있겠")
# Who asks what happened knows that it is past.
_LOOKS_BACK = re.compile(
    rf"[{_STEMS}](?:나요|습니까|어요|죠|지요|는지|던|는가|을까)|\b(?:did|was|were|had)\b", re.IGNORECASE
)
# Who asks whether something is still to come wants to be told that it is not.
_LOOKS_AHEAD = re.compile(
    r"아직|앞으로|예정(?:된|인|이|되)|다가오|지금|이제|곧\s|조만간"
    r"|\bstill\b|\byet\b|\bupcoming\b|\bcoming up\b|\bahead\b|\bto come\b|\bgoing to\b|\bsoon\b|\bnow\b|\bwill\b",
    re.IGNORECASE,
)
# Who asks how much something will be, or why, asks for that first.
_OTHERS = frozenset({AnswerKind.AMOUNT, AnswerKind.RATE, AnswerKind.COUNT, AnswerKind.REASON})
# Who asks for the end of a thing is told nothing by the day that it began.
_ENDS = re.compile(r"종료|끝|만기|만료|\bends?\b|\bexpir\w*|\bmatur\w*", re.IGNORECASE)
_ENDING = re.compile(rf"{_ENDS.pattern}|마감|까지|\bclos\w*|\buntil\b|\bdeadline", re.IGNORECASE)
# A year in which something happened announces nothing.
_HAPPENED = re.compile(r"[가-힣]*[았었했됐됨렸졌]음?(?:다|\b)|\b(?:was|were|had been|been)\b", re.IGNORECASE)
# A year that a text leaves out is the one after the latest that it names, or one more.
_SLACK = timedelta(days=366)


class PastTeller:
    """Adds to an answer that what it announces is over.

    Args:
        chunks: all chunks of the document with this id.
    """

    def __init__(self, chunks: Callable[[str], Iterable[Chunk]]) -> None:
        self._chunks = chunks

    def tell(self, draft: Draft, question: Question, language: Language, concepts: Sequence[Concept]) -> Draft:
        """``draft`` with a sentence that what its first claim announces was over before ``as_of``, if it was.

        Who asks whether something is still to come, and not how much it will be, is told first, of the first claim that names a
        date, be it a year; who knows that it is past is told nothing. Where a claim quotes several dated things, the one that says
        most of the question's ``concepts`` counts, else the latest. Days without a year are taken for those after the latest date
        that their document names, and called over a year later.
        """
        ahead = _LOOKS_AHEAD.search(question.text) is not None and asked_kinds(question.text)[0] not in _OTHERS
        told = any(notice.kind == "past_event" for notice in draft.notices)
        if told or draft.status not in _ANSWERED or (not ahead and _knows_past(question)):
            return draft
        cited = {citation.number: citation for citation in draft.citations}
        asks_end = _ENDS.search(question.text) is not None
        for place, claim in enumerate(draft.claims if ahead else draft.claims[:1], start=1):
            proof = [cited[number] for number in claim.citations]
            text = " ".join(citation.quote for citation in proof)
            if (
                not proof
                or (asks_end and not _ENDING.search(text))
                or _REPORTED.search(text)
                or (not ahead and not _SCHEDULED.search(text))
            ):
                continue
            mentions = _mentions(text, proof[0].document.published, ahead)
            if mentions:
                sentence = self._sentence(
                    text, _meant(text, mentions, concepts), proof[0].document, question.as_of, language
                )
                return (
                    _with(draft, Claim(sentence, claim.citations), 0 if ahead else place, language)
                    if sentence
                    else draft
                )
        return draft

    def _sentence(
        self, text: str, meant: Sequence[DateMention], document: Document, as_of: date, language: Language
    ) -> str | None:
        """That the dates meant in a text are over, if they all are."""
        periods = [mention.period for mention in meant if mention.period is not None]
        if len(periods) == len(meant):
            latest = max(periods, key=lambda period: period.end)
            over = latest.end < as_of
            return message(language, "past_event", date=format_period(latest, language)) if over else None
        anchor = _latest_date(chunk.text for chunk in self._chunks(document.document_id))
        if anchor is None:
            return None
        places = {mention.start for mention in meant}
        inferred = [m.period for m in find_dates(text, anchor) if m.start in places]
        over = all(period is not None and period.end + _SLACK < as_of for period in inferred)
        return message(language, "past_undated") if over else None


def _knows_past(question: Question) -> bool:
    """Whether a question speaks of what happened, or names a time gone by."""
    periods = [mention.period for mention in find_dates(question.text) if mention.period is not None]
    gone = bool(periods) and all(period.end < question.as_of for period in periods)
    return gone or _LOOKS_BACK.search(question.text) is not None


def _with(draft: Draft, told: Claim, place: int, language: Language) -> Draft:
    notice = Notice("past_event", message(language, "past_advice"))
    claims = (*draft.claims[:place], told, *draft.claims[place:])
    return replace(draft, claims=claims, notices=(notice, *draft.notices))


def _mentions(text: str, published: Period | None, ahead: bool) -> list[DateMention]:
    """The days, months and halves that a text names, with a year or not; a year alone only to who asks what is ahead.

    None where the text counts from one of them ("within 30 days of the notice"): that one being past says nothing.
    """
    found = find_dates(text, published.start if published else None)
    if any(mention.kind == "relative" and (mention.days or 0) > 0 for mention in found):
        return []
    closed = [m for m in found if not m.open_end]
    exact = [m for m in closed if (m.kind == "fixed" if m.period is None else m.period.precision is not Precision.YEAR)]
    return exact or (closed if ahead and not _HAPPENED.search(text) else [])


def _meant(text: str, mentions: Sequence[DateMention], concepts: Sequence[Concept]) -> Sequence[DateMention]:
    """Of several dated things in a text the one whose words before its date say most of the question; all where none stands out."""
    starts = [0, *(mention.end for mention in mentions)]
    shares = [
        sum(concepts_said(concepts, text[start : mention.start]))
        for start, mention in zip(starts, mentions, strict=False)
    ]
    best = max(shares)
    return [mentions[shares.index(best)]] if shares.count(best) == 1 and len(mentions) > 1 else mentions


def _latest_date(texts: Iterable[str]) -> date | None:
    """The latest day that texts name with its year."""
    days = (m.period.end for text in texts for m in find_dates(text) if m.period is not None and not m.inferred_year)
    return max(days, default=None)
