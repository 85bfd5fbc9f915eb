"""Keeps the index equal to folders: what is added, changed or removed in them is taken in or out as it happens."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import watchfiles

from assistant.index.indexer import Indexer
from assistant.index.store import Store
from assistant.ingest.manifest import MANIFEST_NAME
from assistant.ingest.pipeline import IngestPipeline, IngestReport, PlannedFile, plan_files
from assistant.types import FileEntry

# A file that is being copied changes many times: wait until it has been still for a while.
_DEBOUNCE_MS = 2_000
_STILL_MS = 400
_ROUND_MS = 500


class FolderWatcher:
    """Takes in and out what changes below some paths.

    Args:
        paths: folders and files; what was ingested from elsewhere is left alone.
    """

    def __init__(self, paths: Sequence[Path], store: Store, pipeline: IngestPipeline, indexer: Indexer) -> None:
        self._paths = [path.resolve() for path in paths]
        self._store = store
        self._pipeline = pipeline
        self._indexer = indexer

    def watch(self) -> Iterator[IngestReport]:
        """A report on everything at first, then one for every change, until interrupted.

        Raises:
            KeyboardInterrupt: the user has had enough; nothing is left half done.
        """
        watched = [path for path in self._paths if path.exists()]
        seen = watchfiles.watch(
            *watched, debounce=_DEBOUNCE_MS, step=_STILL_MS, rust_timeout=_ROUND_MS, yield_on_timeout=True
        )
        # The first round sets the watch up: what changes during the first look is seen in the second.
        early = next(seen, set())
        yield self.update(None)
        for changes in itertools.chain([early], seen):
            if not changes:
                continue
            report = self.update({Path(path) for _, path in changes})
            if report != IngestReport():
                yield report

    def update(self, changed: set[Path] | None) -> IngestReport:
        """Take in the ``changed`` files (``None``: look at all) and take out what is no longer there.

        A folder that is not there itself, such as a drive that was taken off, empties nothing.
        """
        report = IngestReport()
        present = [path for path in self._paths if path.exists()]
        planned = list(plan_files(present, report))
        if changed is not None and not any(path.name == MANIFEST_NAME for path in changed):
            chosen = [item for item in planned if item.path in changed or item.path.resolve() in changed]
        else:
            chosen = planned
        if chosen:
            for _ in self._pipeline.ingest_files(chosen, report):
                pass
        gone = self._gone(planned, report)
        for entry in gone:
            self._store.remove_document(entry.document_id)
            report.removed.append(entry.name)
        if gone:
            for _ in self._indexer.sync():
                pass
        if changed is not None:
            report.unchanged.clear()
        return report

    def _gone(self, planned: Sequence[PlannedFile], report: IngestReport) -> list[FileEntry]:
        """Files that were taken in from the watched paths and are no longer there, or no longer in the manifest."""
        names = {item.name for item in planned}
        found = []
        for entry in self._store.files.all():
            top = entry.parent or entry.name
            if top in names or entry.name in report.removed:
                continue
            if any(self._came_from(path, Path(entry.path), top) for path in self._paths):
                found.append(entry)
        return found

    @staticmethod
    def _came_from(root: Path, path: Path, name: str) -> bool:
        if root == path or not root.exists():
            # A watched file that is gone is taken out; a watched folder that is gone is not.
            return root == path and root.parent.exists() and name == root.name
        return path.is_relative_to(root) and path.relative_to(root).as_posix() == name
