"""What editors do with documents: take in, replace, correct, remove, index anew."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assistant.contract.documents import DocumentModel
from assistant.contract.fields import without_controls
from assistant.desk.answers import ApprovedAnswers
from assistant.desk.audit import AuditLog
from assistant.desk.contract.documents import DeskDocument, DocumentCorrection, JobItem, JobItemState, JobModel
from assistant.desk.jobs import Job, Jobs
from assistant.errors import EncryptedFileError, IngestError, RefusedError
from assistant.types import Document
from assistant.workspace import Workspace

_MAX_NAME_CHARS = 150
_PATH = re.compile(r"[/\\]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: where it lies now, what it is called, which is never a path, and what opens it, which is kept nowhere."""

    path: Path
    name: str
    password: str | None = field(default=None, repr=False)


class DeskDocuments:
    """Documents as the desk sees and changes them. Whatever takes time runs as a job."""

    def __init__(self, workspace: Workspace, jobs: Jobs, answers: ApprovedAnswers, audit: AuditLog) -> None:
        self._workspace = workspace
        self._jobs = jobs
        self._answers = answers
        self._audit = audit
        self._folder = workspace.settings.data_dir / "uploads"

    @property
    def folder(self) -> Path:
        """Where uploads lie until they are taken in; made if need be."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder

    def clear_uploads(self) -> None:
        """Delete what an earlier process left behind; nothing of it was acknowledged."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def all(self) -> list[DeskDocument]:
        """All documents, by source name."""
        store = self._workspace.store
        corrected, citing = store.corrected_fields(), self._answers.citing()
        return [_shown(document, corrected, citing) for document in store.documents()]

    def upload(self, actor: str, files: Sequence[Upload]) -> JobModel:
        """Take files in. A file with a stored document's name replaces it; of two with one name the second fails."""
        names = [upload.name for upload in files]
        self._audit.note(actor, "document.upload", f"documents:{len(files)}", names=names[:50])
        return self._jobs.start("ingest", actor, list(dict.fromkeys(names)), lambda job: self._ingest(job, files))

    def replace(self, actor: str, document_id: str, file: Upload) -> JobModel:
        """Take a file in as the new version of a document, whatever the file is called. Raises NotFoundError."""
        document = self._workspace.store.document(document_id)
        name = self._full_name(document)
        self._audit.note(actor, "document.replace", f"document:{document_id}", file=file.name)
        return self._jobs.start("replace", actor, [name], lambda job: self._ingest(job, [replace(file, name=name)]))

    def correct(self, actor: str, document_id: str, correction: DocumentCorrection) -> DeskDocument:
        """Correct what is known of a document; what the request leaves out stays.

        Raises:
            NotFoundError: there is no such document.
            RefusedError: the date cannot be read.
        """
        store = self._workspace.store
        before = store.document(document_id)
        given = correction.model_fields_set
        fields = {name: _columns(name, getattr(correction, name)) for name in sorted(given)}
        document = store.correct_document(document_id, fields, actor)
        self._audit.note(actor, "document.correct", f"document:{document_id}", fields=sorted(given))
        if document.title != before.title:
            # The title is part of what is searched.
            self._jobs.start("reindex", actor, [document.source], lambda job: self._reindex(job, [document_id]))
        return _shown(store.document(document_id), store.corrected_fields(), self._answers.citing())

    def remove(self, actor: str, document_id: str) -> JobModel:
        """Remove a document and every trace of it. Raises NotFoundError."""
        document = self._workspace.store.document(document_id)
        self._audit.note(actor, "document.remove", f"document:{document_id}", source=document.source)

        def work(job: Job) -> None:
            self._workspace.store.remove_document(document_id)
            for _ in self._workspace.indexer.sync():
                pass
            item = JobItem(name=document.source, state="removed", code=None, problem=None)
            self._jobs.advance(job, done=1, item=item)

        return self._jobs.start("remove", actor, [document.source], work)

    def reindex(self, actor: str, document_id: str) -> JobModel:
        """Index one document anew. Raises NotFoundError."""
        document = self._workspace.store.document(document_id)
        self._audit.note(actor, "document.reindex", f"document:{document_id}")
        return self._jobs.start("reindex", actor, [document.source], lambda job: self._reindex(job, [document_id]))

    def rebuild(self, actor: str) -> JobModel:
        """Build both indexes anew; progress counts chunks."""
        self._audit.note(actor, "index.rebuild", "index:all")

        def work(job: Job) -> None:
            self._jobs.advance(job, done=0, total=self._workspace.store.chunk_count())
            self._count(job, self._workspace.indexer.rebuild)

        return self._jobs.start("reindex", actor, [], work)

    def _reindex(self, job: Job, document_ids: Sequence[str]) -> None:
        count = sum(len(self._workspace.store.document_chunks(document_id)) for document_id in document_ids)
        self._jobs.advance(job, done=0, total=count)
        self._count(job, lambda: self._workspace.indexer.reindex(document_ids))
        for item in job.items:
            self._jobs.advance(job, item=item.model_copy(update={"state": "indexed"}))

    def _count(self, job: Job, steps: Callable[[], Any]) -> None:
        for written in steps():
            self._jobs.advance(job, done=job.done + written)

    def _ingest(self, job: Job, files: Sequence[Upload]) -> None:
        from assistant.ingest.metadata import Metadata
        from assistant.ingest.pipeline import IngestReport, PlannedFile

        report = IngestReport()
        planned: dict[str, PlannedFile] = {}
        for upload in files:
            if upload.name in planned:
                # A document is known by its name: the second file would silently replace the first.
                self._jobs.advance(job, item=_same_name(upload.name))
            else:
                planned[upload.name] = PlannedFile(upload.path, upload.name, Metadata(password=upload.password))
        told = 0
        try:
            for step in self._workspace.pipeline.ingest_files(list(planned.values()), report):
                self._jobs.advance(job, done=step.done, total=step.total)
                for error in report.failures[told:]:
                    # A part of an archive is named after it.
                    name = error.subject if error.subject.startswith(step.name) else step.name
                    self._jobs.advance(job, item=_failed(name, error))
                told = len(report.failures)
            outcomes: dict[JobItemState, list[str]] = {
                "added": report.added,
                "replaced": report.replaced,
                "unchanged": report.unchanged,
                "removed": report.removed,
            }
            for state, names in outcomes.items():
                for name in names:
                    self._jobs.advance(job, item=JobItem(name=name, state=state, code=None, problem=None))
        finally:
            for upload in files:
                upload.path.unlink(missing_ok=True)

    def _full_name(self, document: Document) -> str:
        """By what a document is known, folder and all: its id is made from it."""
        for entry in self._workspace.store.files.all():
            if entry.document_id == document.document_id:
                return entry.name
        return document.source


def file_name(given: str | None, number: int) -> str:
    """A sent file's name without folders, control characters and leading dots; ``upload-3`` if nothing is left."""
    name = without_controls(unicodedata.normalize("NFC", _PATH.split(given or "")[-1])).strip().lstrip(".")
    name = " ".join(name.split())
    if len(name) > _MAX_NAME_CHARS:
        stem, dot, extension = name.rpartition(".")
        kept = f"{dot}{extension}" if dot and len(extension) <= 10 else ""
        name = f"{(stem or name)[: _MAX_NAME_CHARS - len(kept)]}{kept}"
    return name or f"upload-{number}"


def _columns(field: str, value: Any) -> dict[str, Any] | None:
    """A corrected field as columns of the documents' table."""
    from assistant.ingest.metadata import parse_period

    if value is None:
        return None
    if field == "published":
        try:
            period = parse_period(value)
        except ValueError as error:
            raise RefusedError(
                "published", "it is no date", "Write 2019-07-08, 2019-07 or 2019", parts=(("published", str(error)),)
            ) from error
        return {
            "published_start": period.start.isoformat(),
            "published_end": period.end.isoformat(),
            "published_precision": period.precision.value,
        }
    return {field: str(value)}


def _shown(document: Document, corrected: dict[str, list[str]], citing: dict[str, int]) -> DeskDocument:
    document_id = document.document_id
    return DeskDocument(
        document=DocumentModel.of(document),
        corrected=corrected.get(document_id, []),
        approved_answers=citing.get(document_id, 0),
        preview_url=f"/documents/{document_id}",
        health_url=f"/api/documents/{document_id}/health",
    )


def _failed(name: str, error: IngestError) -> JobItem:
    problem = f"{error.problem}. {error.remedy}."
    locked = isinstance(error, EncryptedFileError) and error.opens_with_password
    return JobItem(name=name, state="failed", code=type(error).__name__, problem=problem, locked=locked)


def _same_name(name: str) -> JobItem:
    problem = "another file of this upload has the same name. Rename one."
    return JobItem(name=f"{name} (2)", state="failed", code="SameNameError", problem=problem)
