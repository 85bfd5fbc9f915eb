"""What people ask and how it ends, counted."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, func, select

from assistant.desk import schema
from assistant.desk.contract.insight import (
    CitedDocument,
    DayCount,
    FeedbackCount,
    InsightModel,
    StatusShare,
    UnansweredCluster,
)
from assistant.desk.database import DeskDatabase
from assistant.desk.inquiries import Inquiries
from assistant.desk.messages import message
from assistant.desk.topics import topic_of
from assistant.index import schema as store_schema
from assistant.index.embedder import Embedder
from assistant.index.store import Store
from assistant.types import LANGUAGES, AnswerStatus, Language

MIN_LIKENESS = 0.6
"""Cosine from which two unanswered questions belong together."""
_MAX_CLUSTERED = 400
_MAX_CLUSTERS = 30
_MAX_EXAMPLES = 5
_MAX_CITED = 20
_MAX_REASONS = 20
# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(slots=True)
class _Cluster:
    """Questions alike; the first one stands for them all."""

    vector: NDArray[np.float32]
    rows: list[Row[Any]] = field(default_factory=list)


class Insight:
    """Counts the questions of a stretch of days.

    Args:
        retention_days: told along, so that nobody takes an old silence for no questions.
    """

    def __init__(
        self, database: DeskDatabase, store: Store, embedder: Embedder, inquiries: Inquiries, retention_days: int
    ) -> None:
        self._database = database
        self._store = store
        self._embedder = embedder
        self._inquiries = inquiries
        self._retention_days = retention_days

    def report(self, since: date, until: date, language: Language | None) -> InsightModel:
        """The counts of these days, both included, of one language or of both."""
        table = schema.questions.c
        conditions: list[Any] = [table.day >= since.isoformat(), table.day <= until.isoformat()]
        if language:
            conditions.append(table.language == language)
        groups = (table.day, table.language, table.topic, table.status)
        with self._database.reading() as connection:
            counted = connection.execute(select(*groups, func.count()).where(*conditions).group_by(*groups)).all()
            cited = Counter(
                document_id
                for documents in connection.execute(select(table.documents).where(*conditions)).scalars()
                for document_id in documents
            )
            unanswered = connection.execute(
                select(schema.questions)
                .where(*conditions, table.status == AnswerStatus.NO_EVIDENCE.value)
                .order_by(table.question_id.desc())
                .limit(_MAX_CLUSTERED)
            ).all()
            said = connection.execute(
                select(store_schema.feedback)
                .join(schema.questions, table.answer_id == store_schema.feedback.c.answer_id)
                .where(*conditions)
                .order_by(store_schema.feedback.c.feedback_id.desc())
            ).all()
        counts = [(day, lang, topic, status, count) for day, lang, topic, status, count in counted]
        return InsightModel(
            since=since,
            until=until,
            retention_days=self._retention_days,
            total=sum(count for *_, count in counts),
            days=_days(since, until, ((day, status, count) for day, _, _, status, count in counts)),
            by_language=_shares((lang, status, count) for _, lang, _, status, count in counts),
            by_topic=_shares((topic, status, count) for _, _, topic, status, count in counts),
            most_cited=self._most_cited(cited),
            unanswered=self._clusters(unanswered),
            feedback=_feedback(said),
            inquiries=self._inquiries.received_since(since),
        )

    def _most_cited(self, cited: Counter[str]) -> list[CitedDocument]:
        titles = {document.document_id: document.title for document in self._store.documents()}
        return [
            CitedDocument(document_id=document_id, title=titles[document_id], answers=count)
            for document_id, count in cited.most_common()
            if document_id in titles
        ][:_MAX_CITED]

    def _clusters(self, rows: Sequence[Row[Any]]) -> list[UnansweredCluster]:
        """Each question joins the first group it is like, by meaning or by what it asks for most; largest groups first."""
        if not rows:
            return []
        vectors = self._embedder.embed([row.question or " " for row in rows])
        clusters: list[_Cluster] = []
        for row, vector in zip(rows, vectors, strict=True):
            for cluster in clusters:
                if float(cluster.vector @ vector) >= MIN_LIKENESS or _same_wish(cluster.rows[0], row):
                    cluster.rows.append(row)
                    break
            else:
                clusters.append(_Cluster(vector, [row]))
        clusters.sort(key=lambda cluster: len(cluster.rows), reverse=True)
        return [_cluster(cluster.rows) for cluster in clusters[:_MAX_CLUSTERS]]


def as_csv(report: InsightModel, table: str) -> str:
    """One table of a report as CSV: ``days``, ``languages``, ``topics``, ``documents``, ``unanswered`` or ``feedback``."""
    shares = ("total", "answered", "partial", "refused")
    head: tuple[str, ...]
    rows: Iterable[Sequence[object]]
    match table:
        case "days":
            head, rows = ("day", *shares), ((d.day, d.total, d.answered, d.partial, d.refused) for d in report.days)
        case "languages" | "topics":
            listed = report.by_language if table == "languages" else report.by_topic
            head, rows = (table[:-1], *shares), ((s.group, s.total, s.answered, s.partial, s.refused) for s in listed)
        case "documents":
            head = ("document_id", "title", "answers")
            rows = ((d.document_id, d.title, d.answers) for d in report.most_cited)
        case "unanswered":
            head = ("label", "size", "last_asked", "concepts", "questions", "would_answer_ko", "would_answer_en")
            rows = (
                (u.label, u.size, u.last_asked, " | ".join(u.concepts), " | ".join(u.questions), *_both(u.would_answer))
                for u in report.unanswered
            )
        case _:
            head = ("said", "count")
            rows = (
                ("helpful", report.feedback.helpful),
                ("not_helpful", report.feedback.not_helpful),
                *((reason, 1) for reason in report.feedback.reasons),
            )
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    # The mark by which spreadsheets know UTF-8.
    return f"\ufeff{buffer.getvalue()}"


def _safe(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _both(texts: dict[Language, str]) -> tuple[str, ...]:
    return tuple(texts[language] for language in LANGUAGES)


def _end(status: str) -> str:
    return status if status in (AnswerStatus.ANSWERED.value, AnswerStatus.PARTIAL.value) else "refused"


def _days(since: date, until: date, counts: Iterable[tuple[str, str, int]]) -> list[DayCount]:
    """Every day from ``since`` to ``until``, also those on which nobody asked."""
    days = {since + timedelta(days=n): Counter[str]() for n in range((until - since).days + 1)}
    for day, status, count in counts:
        days[date.fromisoformat(day)][_end(status)] += count
    return [
        DayCount(
            day=day, total=ends.total(), answered=ends["answered"], partial=ends["partial"], refused=ends["refused"]
        )
        for day, ends in days.items()
    ]


def _feedback(said: Sequence[Row[Any]]) -> FeedbackCount:
    return FeedbackCount(
        helpful=sum(row.helpful for row in said),
        not_helpful=sum(not row.helpful for row in said),
        reasons=[row.reason for row in said if row.reason][:_MAX_REASONS],
    )


def _shares(counts: Iterable[tuple[str, str, int]]) -> list[StatusShare]:
    groups: dict[str, Counter[str]] = {}
    for group, status, count in counts:
        groups.setdefault(group, Counter())[_end(status)] += count
    shares = [
        StatusShare(
            group=group,
            total=ends.total(),
            answered=ends["answered"],
            partial=ends["partial"],
            refused=ends["refused"],
        )
        for group, ends in groups.items()
    ]
    return sorted(shares, key=lambda share: (-share.total, share.group))


def _same_wish(one: Row[Any], other: Row[Any]) -> bool:
    """Whether two questions ask for the same most telling things."""
    return bool(one.concepts and other.concepts) and set(one.concepts[:2]) == set(other.concepts[:2])


def _cluster(rows: Sequence[Row[Any]]) -> UnansweredCluster:
    frequent = Counter(concept for row in rows for concept in row.concepts)
    concepts = [concept for concept, _ in frequent.most_common(6)]
    label = " · ".join(concepts[:3]) or rows[0].question
    topic = topic_of("\n".join(row.question for row in rows))
    would_answer: dict[Language, str] = {
        language: message(
            language, "would_answer", concepts=", ".join(concepts[:3]) or label, kind=message(language, f"kind_{topic}")
        )
        for language in LANGUAGES
    }
    nearest = Counter(title for row in rows for title in row.nearest)
    return UnansweredCluster(
        label=label,
        concepts=concepts,
        questions=list(dict.fromkeys(row.question for row in rows))[:_MAX_EXAMPLES],
        size=len(rows),
        languages={language: sum(row.language == language for row in rows) for language in LANGUAGES},
        last_asked=date.fromisoformat(max(row.day for row in rows)),
        would_answer=would_answer,
        nearest=[title for title, _ in nearest.most_common(3)],
    )
