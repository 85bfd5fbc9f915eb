"""Upcoming events as an iCalendar file (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from assistant.text.countries import find_countries
from assistant.text.dates import find_dates
from assistant.types import Document, Evidence, Precision, Record, RecordStatus, RecordType

_SEOUL = ZoneInfo("Asia/Seoul")
_KOREAN_TIME = re.compile(
    r"Korean? (?:standard )?time|\bKST\b|UTC\s?\+\s?9|한국\s?시[각간]|서울\s?시[각간]", re.IGNORECASE
)
_OTHER_TIME = re.compile(
    r"\b(?:UTC|GMT|local time)\b|[A-Z][a-zá-ú]+ time\b|현지\s?시[각간]|[가-힣]+\s시[각간]\s?[(기]", re.IGNORECASE
)


def calendar_file(records: Sequence[Record], documents: Mapping[str, Document], as_of: date) -> bytes:
    """The events that begin on or after ``as_of`` on a known day, soonest first; cancelled, planned and uncited ones are left out.

    The same records give the same bytes: stamps are the documents' dates. Hours are given in Seoul's time where the notice gives them so;
    where it names another place's time, or none abroad, the event takes whole days.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Annae//Events//KO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "안내 (Annae)")
    upcoming = [record for record in records if _belongs(record, as_of)]
    for record in sorted(upcoming, key=lambda one: (one.start or date.max, one.title, one.record_id)):
        calendar.add_component(_event(record, documents))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _belongs(record: Record, as_of: date) -> bool:
    exact = record.precision is Precision.DAY and record.start is not None
    return (
        record.type is RecordType.EVENT
        and exact
        and bool(record.evidence)
        and record.status(as_of) is RecordStatus.UPCOMING
    )


def _event(record: Record, documents: Mapping[str, Document]) -> CalendarEvent:
    document_id, proof = _proof(record)
    document = documents.get(document_id)
    event = CalendarEvent()
    event.add("uid", f"{record.record_id}@annae")
    # An undated paper has no better stamp than the oldest: whatever comes later replaces it.
    stamp = document.published.start if document and document.published else date(1970, 1, 1)
    event.add("dtstamp", datetime.combine(stamp, time(), UTC))
    event.add("sequence", len(record.changes))
    event.add("summary", record.title)
    first, last = _days(record, proof, document)
    event.add("dtstart", first)
    if last is not None:
        event.add("dtend", last)
    if place := record.place or ("온라인 (online)" if record.online else None):
        event.add("location", place)
    event.add("description", _description(record, document, proof))
    event.add("status", "CONFIRMED")
    return event


def _proof(record: Record) -> tuple[str, Evidence]:
    """The words that say when, and their document: the latest notice's, if one changed it."""
    for change in reversed(record.changes):
        if change.field == "start":
            return change.document_id, change.evidence
    found = next((proof for proof in record.evidence if proof.field == "start"), record.evidence[0])
    return record.document_id, found


def _days(record: Record, proof: Evidence, document: Document | None) -> tuple[date | datetime, date | datetime | None]:
    start = record.start or date.max
    end = record.end or start
    hours = _hours(record, proof, document)
    if hours is None or (hours[1] is None and end != start):
        # The last day of whole days is the one after (RFC 5545, 3.6.1).
        return start, end + timedelta(days=1)
    begins = datetime.combine(start, hours[0], _SEOUL)
    return begins, datetime.combine(end, hours[1], _SEOUL) if hours[1] else None


def _hours(record: Record, proof: Evidence, document: Document | None) -> tuple[time, time | None] | None:
    said = proof.quote
    abroad = find_countries(" ".join(part for part in (record.place, record.country) if part))
    if not _KOREAN_TIME.search(said) and (_OTHER_TIME.search(said) or abroad):
        return None
    anchor = document.published.start if document and document.published else None
    mentions = find_dates(said, anchor)
    dated = [n for n, mention in enumerate(mentions) if mention.period and mention.period.start == record.start]
    for n in dated:
        mention = mentions[n]
        if (
            mention.time is None
            and n + 1 < len(mentions)
            and mentions[n + 1].period is None
            and mentions[n + 1].start - mention.end < 6
        ):
            mention = mentions[n + 1]
        if mention.time is not None and not mention.is_deadline:
            later = (
                mention.end_time
                if mention.end_time and (mention.end_time > mention.time or record.end != record.start)
                else None
            )
            return mention.time, later
    return None


def _description(record: Record, document: Document | None, proof: Evidence) -> str:
    lines = []
    if record.organiser:
        lines.append(f"주최 (organiser): {record.organiser}")
    if record.deadline:
        lines.append(
            f"신청 마감 (apply by): {record.deadline.isoformat()}{f' {record.deadline_time}' if record.deadline_time else ''}"
        )
    if record.how_to_apply:
        lines.append(f"신청 방법 (how to join): {record.how_to_apply}")
    if record.contact:
        lines.append(f"문의 (contact): {record.contact}")
    if document:
        published = document.published.isoformat() if document.published else None
        lines.append(
            "출처 (source): " + ", ".join(part for part in (document.title, document.publisher, published) if part)
        )
    lines.append(f"“{proof.quote}”")
    return "\n".join(lines)
