"""Work in the background, one job after the other."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Literal

from assistant.desk.clock import Clock
from assistant.desk.contract.documents import JobItem, JobModel, JobState
from assistant.errors import AnnaeError, NotFoundError

_LOG = logging.getLogger("annae.desk")
_MAX_KEPT = 100
JobKind = Literal["ingest", "replace", "reindex", "remove"]


@dataclass(slots=True)
class Job:
    """A job under way. Whoever does it reports through ``Jobs``; readers get copies."""

    job_id: str
    kind: JobKind
    started_by: str
    created: datetime
    items: list[JobItem]
    total: int
    done: int = 0
    state: JobState = "waiting"
    problem: str | None = None
    finished: datetime | None = None
    changes: int = 0

    def has_changed_since(self, changes: int) -> bool:
        """Whether anything happened after so many changes."""
        return self.changes > changes

    def model(self) -> JobModel:
        """The job as HTTP shows it."""
        return JobModel(
            job_id=self.job_id,
            kind=self.kind,
            state=self.state,
            done=self.done,
            total=self.total,
            items=[item.model_copy() for item in self.items],
            problem=self.problem,
            started_by=self.started_by,
            created=self.created,
            finished=self.finished,
        )


class Jobs:
    """Runs jobs in one thread, since the indexes have one writer; the last hundred are remembered until the process ends."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._jobs: dict[str, Job] = {}
        self._queue: queue.SimpleQueue[tuple[Job, Callable[[Job], None]] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def start(self, kind: JobKind, started_by: str, names: Sequence[str], work: Callable[[Job], None]) -> JobModel:
        """Queue a job over the named items; ``work`` reports with ``advance`` and may raise."""
        items = [JobItem(name=name, state="waiting", code=None, problem=None) for name in names]
        job = Job(secrets.token_hex(8), kind, started_by, self._clock(), items, total=len(items))
        with self._changed:
            self._jobs[job.job_id] = job
            ended = [key for key, kept in self._jobs.items() if kept.finished]
            for old in ended[: max(0, len(self._jobs) - _MAX_KEPT)]:
                del self._jobs[old]
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="desk jobs", daemon=True)
                self._thread.start()
            shown = job.model()
        self._queue.put((job, work))
        return shown

    def advance(self, job: Job, done: int | None = None, total: int | None = None, item: JobItem | None = None) -> None:
        """Report progress: how much is done of how much, and what became of an item."""
        with self._changed:
            job.done = job.done if done is None else done
            job.total = job.total if total is None else total
            if item is not None:
                job.items = [item if known.name == item.name else known for known in job.items]
                if all(known.name != item.name for known in job.items):
                    job.items.append(item)
            self._tell(job)

    def job(self, job_id: str) -> JobModel:
        """One job. Raises NotFoundError."""
        with self._changed:
            return self._find(job_id).model()

    def all(self) -> list[JobModel]:
        """The jobs remembered, latest first."""
        with self._changed:
            return [job.model() for job in reversed(self._jobs.values())]

    def follow(self, job_id: str, seconds: float) -> Iterator[JobModel]:
        """The job now and whenever it changes, until it has ended or ``seconds`` went by without a change.

        Raises:
            NotFoundError: there is no such job.
        """
        seen = -1
        while True:
            with self._changed:
                job = self._find(job_id)
                if not self._changed.wait_for(partial(job.has_changed_since, seen), timeout=seconds):
                    return
                seen, shown = job.changes, job.model()
            yield shown
            if shown.finished is not None:
                return

    def close(self) -> None:
        """Finish the jobs that were taken on; they are short, and none is left half done."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (entry := self._queue.get()) is not None:
            job, work = entry
            self._set(job, "running")
            try:
                work(job)
            except AnnaeError as error:
                job.problem = str(error)
            except Exception:
                _LOG.exception("job %s (%s) failed", job.job_id, job.kind)
                job.problem = "Something broke here; the reason is in the server's log."
            job.finished = self._clock()
            self._set(job, "failed" if job.problem else "done")

    def _set(self, job: Job, state: JobState) -> None:
        with self._changed:
            job.state = state
            self._tell(job)

    def _tell(self, job: Job) -> None:
        job.changes += 1
        self._changed.notify_all()

    def _find(self, job_id: str) -> Job:
        if job_id not in self._jobs:
            raise NotFoundError(job_id, "no such job", "Jobs are forgotten when the server starts anew")
        return self._jobs[job_id]
