"""Who has which inquiry open now."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.desk.clock import Clock
from assistant.desk.contract.accounts import OfficerModel
from assistant.desk.contract.inquiries import PresenceState, PresentOfficer

_GONE_AFTER = timedelta(seconds=30)


@dataclass(slots=True)
class _Sign:
    officer: OfficerModel
    state: PresenceState
    since: datetime
    seen: datetime


class Presence:
    """Signs of life, in memory: one process serves a data folder, and after a restart pages report again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._signs: dict[str, dict[str, _Sign]] = {}

    def report(self, inquiry_id: str, officer: OfficerModel, state: PresenceState) -> None:
        """An officer has the inquiry open."""
        now = self._clock()
        with self._lock:
            signs = self._signs.setdefault(inquiry_id, {})
            known = signs.get(officer.account_id)
            since = known.since if known and now - known.seen < _GONE_AFTER else now
            signs[officer.account_id] = _Sign(officer, state, since, now)

    def leave(self, inquiry_id: str, account_id: str) -> None:
        """An officer has closed the inquiry."""
        with self._lock:
            self._signs.get(inquiry_id, {}).pop(account_id, None)

    def is_here(self, inquiry_id: str, account_id: str) -> bool:
        """Whether the officer has the inquiry open already."""
        with self._lock:
            sign = self._signs.get(inquiry_id, {}).get(account_id)
            return sign is not None and self._clock() - sign.seen < _GONE_AFTER

    def others(self, inquiry_id: str, account_id: str) -> list[PresentOfficer]:
        """Everybody else who has it open, longest first; whoever gave no sign for 30 seconds is gone."""
        now = self._clock()
        with self._lock:
            signs = self._signs.get(inquiry_id, {})
            for gone in [key for key, sign in signs.items() if now - sign.seen >= _GONE_AFTER]:
                del signs[gone]
            if not signs:
                self._signs.pop(inquiry_id, None)
            here = [sign for key, sign in signs.items() if key != account_id]
        here.sort(key=lambda sign: sign.since)
        return [PresentOfficer(officer=sign.officer, state=sign.state, since=sign.since) for sign in here]
