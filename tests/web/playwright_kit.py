"""Playwright's assertions where it is installed; without it the tests that use them are skipped before they do."""

from __future__ import annotations

from typing import Any


def expect(locator: Any) -> Any:
    """What must come true of a locator within a few seconds."""
    from playwright.sync_api import expect as waiting

    return waiting(locator)
