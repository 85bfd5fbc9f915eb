"""What a screen reader is told of a page, and where the focus goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

# One line of an aria snapshot: a control, its name, and perhaps its state.
_CONTROL = re.compile(
    r"^\s*- '?(?:button|link|textbox|searchbox|combobox|checkbox|spinbutton) \"((?:[^\"\\]|\\.)*)\"(.*)$", re.M
)
_FOCUSED = """() => {
    let focused = document.activeElement;
    while (focused && focused.shadowRoot && focused.shadowRoot.activeElement) focused = focused.shadowRoot.activeElement;
    if (!focused || focused === document.body) return '';
    const labels = focused.labels && focused.labels.length ? [...focused.labels].map(label => label.textContent).join(' ') : null;
    return focused.getAttribute('aria-label') || labels || focused.textContent;
}"""


def controls(part: Locator) -> list[str]:
    """The names of the controls of a part of the page that can be used, in the order of the accessibility tree, without blanks."""
    found = _CONTROL.findall(part.aria_snapshot())
    return [_squeezed(name.replace('\\"', '"')) for name, state in found if "[disabled]" not in state]


def focused(page: Page) -> str:
    """The name of what has the focus, without blanks; empty if nothing has."""
    return _squeezed(str(page.evaluate(_FOCUSED)))


def walk(page: Page, steps: int) -> list[str]:
    """The names of what has the focus after each of ``steps`` presses of Tab."""
    names = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        names.append(focused(page))
    return names


def _squeezed(name: str) -> str:
    return "".join(name.split())
