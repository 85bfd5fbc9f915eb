"""Compares the records read from papers with those a person wrote down: by record, and field by field."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz

from assistant.ingest.chunking import Chunker
from assistant.ingest.loaders import load_document
from assistant.ingest.manifest import read_manifest
from assistant.ingest.metadata import Metadata, derive_metadata
from assistant.ingest.records import Extraction, RecordExtractor
from assistant.ingest.structure import StructureBuilder
from assistant.types import Document, DocumentKind, Page, Period, Precision, Record, SourceFile

DATA = Path(__file__).parent / "data"
CORPUS = Path(__file__).parents[3] / "corpus"
# A text field is right if it says nearly the same, or holds what the gold field says.
_ALIKE = 85
_FIELDS = ["start", "end", "precision", "deadline", "deadline_time", "deadline_kind", "place", "online", "organiser", "country",
           "amount", "amount_krw", "planned", "cancelled"]  # fmt: skip
_EXACT = frozenset(_FIELDS) - {"place", "organiser", "country", "amount"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was read, with its pages' text for checking quotations."""

    document: Document
    pages: tuple[Page, ...]
    found: Extraction


def read_paper(
    text: str,
    *,
    published: str | date | None = None,
    publisher: str | None = None,
    kind: str | None = None,
    name: str = "paper.md",
) -> Paper:
    """Load, structure, chunk and read a paper as the pipeline does."""
    stated = Metadata(publisher=publisher, published=_period(published), kind=DocumentKind(kind) if kind else None)
    return _read(SourceFile(Path(name), name, text.encode(), hashlib.sha256(text.encode()).hexdigest()), stated)


def read_corpus() -> Iterator[Paper]:
    """The corpus' documents, each read from its own format."""
    for name, stated in (read_manifest(CORPUS) or {}).items():
        content = (CORPUS / name).read_bytes()
        source = SourceFile(CORPUS / name, Path(name).name, content, hashlib.sha256(content).hexdigest())
        yield _read(source, stated)


def _read(source: SourceFile, stated: Metadata) -> Paper:
    loaded = load_document(source, max_bytes=50_000_000)
    structured = StructureBuilder().build(loaded)
    described = derive_metadata(source.name, stated, loaded.metadata, structured)
    document_id = hashlib.sha256(source.name.encode() + source.digest.encode()).hexdigest()[:16]
    chunks = Chunker(400).split(document_id, described.title, structured)
    document = Document(
        document_id, source.name, source.digest, loaded.media_type, described.title, described.publisher, described.published,
        described.language, described.kind, described.url, len(structured.pages), "ready",
    )  # fmt: skip
    found = RecordExtractor().extract(document, structured.pages, structured.blocks, chunks)
    return Paper(document, tuple(structured.pages), found)


def _period(published: str | date | None) -> Period | None:
    if published is None:
        return None
    if isinstance(published, date):
        return Period(published, published, Precision.DAY)
    year, month = (int(part) for part in str(published).split("-")[:2])
    return Period(date(year, month, 1), date(year, month, 28), Precision.MONTH)


@dataclass(slots=True)
class Report:
    """Counts over many papers: ``right`` found and right, ``wrong`` found and wrong or not there, ``missed`` not found."""

    records: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def rates(self, counts: Counter[str]) -> tuple[float, float]:
        """Precision and recall, 0 to 1."""
        right = counts["right"]
        return right / max(1, right + counts["wrong"]), right / max(1, right + counts["missed"])

    def summary(self) -> str:
        """Both rates, by record and by field."""
        shown = [
            f"{name} P {p:.3f} R {r:.3f} {dict(c)}"
            for name, c in (("records", self.records), ("fields", self.fields))
            for p, r in (self.rates(c),)
        ]
        return "; ".join(shown)


def score_file(name: str, only: Sequence[str] = ()) -> Report:
    """The report on a file of gold papers."""
    report = Report()
    if name == "corpus":
        gold = {item["source"]: item for item in yaml.safe_load((DATA / "corpus.yaml").read_text(encoding="utf-8"))}
        for paper in read_corpus():
            if not only or paper.document.source in only:
                score(paper, gold.get(paper.document.source, {}), report, paper.document.source)
        return report
    for item in yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8")):
        if not only or item["id"] in only:
            paper = read_paper(
                item["text"],
                published=item.get("published"),
                publisher=item.get("publisher"),
                kind=item.get("kind"),
                name=item.get("name", "paper.md"),
            )
            score(paper, item, report, item["id"])
    return report


def score(paper: Paper, gold: dict[str, Any], report: Report, name: str) -> None:
    """Add a paper's events, tenders and amendments to the report."""
    for kind in ("event", "tender"):
        found = [_fields_of(record) for record in paper.found.records if record.type.value == kind]
        _compare(found, gold.get(f"{kind}s") or [], report, f"{name} {kind}", "title")
    amendments = [{"target": one.target, "kind": one.kind, **one.changes} for one in paper.found.amendments]
    _compare(amendments, gold.get("amendments") or [], report, f"{name} amendment", "target")


def _fields_of(record: Record) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in _FIELDS}
    plain = {
        name: value
        for name, value in values.items()
        if value is not None and value != "none" and (value or name == "online")
    }
    return {"title": record.title, **plain}


def _compare(found: list[dict[str, Any]], gold: list[dict[str, Any]], report: Report, name: str, key: str) -> None:
    left = list(found)
    for expected in gold:
        best = max(left, key=lambda one: _closeness(one, expected, key), default=None)
        if best is None or _closeness(best, expected, key) < 70:
            report.records["missed"] += 1
            report.fields["missed"] += len(expected)
            report.mistakes.append(f"{name}: missed {expected[key]}")
            continue
        left.remove(best)
        report.records["right"] += 1
        for part in expected.keys() | best.keys():
            _count(part, best.get(part), expected.get(part), report, f"{name} {expected[key]}", key)
    for extra in left:
        report.records["wrong"] += 1
        report.fields["wrong"] += len(extra)
        report.mistakes.append(f"{name}: not there {extra}")


def _closeness(found: dict[str, Any], expected: dict[str, Any], key: str) -> float:
    score = max(
        fuzz.ratio(found[key], expected[key]), 95 * (expected[key] in found[key] or found[key] in expected[key])
    )
    return float(score + 5 * (found.get("start") == expected.get("start")))


def _count(part: str, found: Any, expected: Any, report: Report, name: str, key: str) -> None:
    if part == key:
        same = found == expected or fuzz.ratio(found, expected) >= _ALIKE
    elif part not in _EXACT and isinstance(found, str) and isinstance(expected, str):
        same = fuzz.ratio(found, expected) >= _ALIKE or expected in found
    else:
        same = str(found) == str(expected)
    if same:
        report.fields["right"] += 1
        return
    report.mistakes.append(f"{name}: {part} is {found!r}, not {expected!r}")
    report.fields["wrong"] += found is not None
    report.fields["missed"] += expected is not None
