"""The documentation keeps its word: commands exist, links lead somewhere, both READMEs tell the same."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
import typer

from assistant.cli import app
from benchmarks.__main__ import MEASUREMENTS

_ROOT = Path(__file__).parents[1]
_READMES = (_ROOT / "README.md", _ROOT / "README.ko.md")
_DOCUMENTS = sorted(
    [
        *_ROOT.glob("*.md"),
        *(_ROOT / "docs").rglob("*.md"),
        *(_ROOT / folder / "README.md" for folder in ("benchmarks", "training", "assistant/text/data")),
    ]
)
_FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_WORD = r"([a-z][\w.-]*)"
_MAKE = re.compile(rf"\bmake {_WORD}")
_ANNAE = re.compile(rf"(?:^|[\s/]|\$ )annae {_WORD}(?: {_WORD})?", re.MULTILINE)
_MODULE = re.compile(rf"\bpython3? -m {_WORD}(?: {_WORD})?")
# Modules of Python and of installed packages that the documents name.
_FOREIGN_MODULES = frozenset({"pip", "pytest", "venv"})


def _name(path: Path) -> str:
    return path.relative_to(_ROOT).as_posix()


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _prose(path: Path) -> str:
    return _FENCE.sub("", _text(path))


def _code(path: Path) -> list[str]:
    """What stands in code: fenced blocks whole, and inline pieces."""
    return [*_FENCE.findall(_text(path)), *_INLINE.findall(_prose(path))]


def _commands(path: Path, pattern: re.Pattern[str]) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for code in _code(path):
        found.update(match if isinstance(match, tuple) else (match,) for match in pattern.findall(code))
    return found


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][\w-]*):(?!=)", _text(_ROOT / "Makefile"), re.MULTILINE))


def _subcommands() -> dict[str, set[str]]:
    command = typer.main.get_command(app)
    return {name: set(getattr(sub, "commands", {})) for name, sub in getattr(command, "commands", {}).items()}


def _sections(path: Path) -> list[tuple[int, tuple[str, ...], int]]:
    """Level, commands and number of table rows of each section; all of it is the same in every language."""
    text = _text(path)
    blanked = _FENCE.sub(lambda match: re.sub(r"^#", " ", match.group(), flags=re.MULTILINE), text)
    starts = list(_HEADING.finditer(blanked))
    ends = [*(match.start() for match in starts[1:]), len(text)]
    sections = []
    for match, end in zip(starts, ends, strict=True):
        body = text[match.end() : end]
        rows = len(re.findall(r"^\|", body, re.MULTILINE))
        sections.append((len(match.group(1)), tuple(_FENCE.findall(body)), rows))
    return sections


def test_both_readmes_have_the_same_sections() -> None:
    english, korean = map(_sections, _READMES)
    assert len(english) == len(korean)
    for number, (one, other) in enumerate(zip(english, korean, strict=True), start=1):
        assert one == other, f"section {number} differs"


def test_both_readmes_link_to_the_same_places() -> None:
    english, korean = (set(_LINK.findall(_text(path))) for path in _READMES)
    assert english - {"README.ko.md"} == korean - {"README.md"}


def test_both_readmes_give_the_same_figures() -> None:
    english, korean = (_figures(path) for path in _READMES)
    assert english
    assert english == korean


def _figures(path: Path) -> list[list[str]]:
    """The numbers of each row of the measured tables: those with a column of figures, whose rule ends in a colon."""
    tables = re.findall(r"^\|[-|:]*-:[-|:]*\|\n((?:\|.*\n)+)", _text(path), re.MULTILINE)
    return [
        [number for cell in row.split("|")[2:-2] for number in re.findall(r"\d[\d.,]*", cell)]
        for table in tables
        for row in table.splitlines()
    ]


@pytest.mark.parametrize("path", _DOCUMENTS, ids=_name)
def test_every_named_command_exists(path: Path) -> None:
    targets, subcommands = _make_targets(), _subcommands()
    missing = [f"make {target}" for (target,) in _commands(path, _MAKE) if target not in targets]
    for command, argument in _commands(path, _ANNAE):
        if command not in subcommands:
            missing.append(f"annae {command}")
        # A group's next word is one of its commands; other commands are followed by a path or a question.
        elif subcommands[command] and argument and argument not in subcommands[command]:
            missing.append(f"annae {command} {argument}")
    for module, argument in _commands(path, _MODULE):
        if module not in _FOREIGN_MODULES and not _is_module(module):
            missing.append(f"python -m {module}")
        elif module == "benchmarks" and argument and argument not in MEASUREMENTS:
            missing.append(f"python -m benchmarks {argument}")
    assert missing == []


@pytest.mark.parametrize("path", _DOCUMENTS, ids=_name)
def test_relative_links_lead_to_files(path: Path) -> None:
    dead = []
    for target in _LINK.findall(_prose(path)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        if not found.exists() or (anchor and anchor not in _anchors(found)):
            dead.append(target)
    assert dead == []


def _anchors(path: Path) -> set[str]:
    """The anchors that a Markdown page's headings get."""
    titles = (title for _, title in _HEADING.findall(_prose(path)))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", _DOCUMENTS, ids=_name)
def test_no_figure_is_left_open(path: Path) -> None:
    assert re.findall(r"\{\{\w*", _text(path)) == []


def test_every_decision_record_has_its_own_number() -> None:
    names = [path.name for path in sorted((_ROOT / "docs" / "adr").glob("*.md"))]
    assert [name for name in names if not re.match(r"\d{4}-[a-z]", name)] == []
    assert len({name[:4] for name in names}) == len(names)


def test_every_dependency_is_accounted_for() -> None:
    project = tomllib.loads(_text(_ROOT / "pyproject.toml"))["project"]
    record = _text(_ROOT / "docs" / "adr" / "0007-dependencies.md")
    names = [re.split(r"[<>=!~\[; ]", requirement)[0] for requirement in project["dependencies"]]
    assert [name for name in names if not re.search(rf"^\| {re.escape(name)} \|", record, re.MULTILINE)] == []


def test_the_readme_is_the_packages_own() -> None:
    project = tomllib.loads(_text(_ROOT / "pyproject.toml"))["project"]
    assert project["readme"] == "README.md"
    assert project["license"] == "Apache-2.0"
    assert "Apache License" in _text(_ROOT / "LICENSE")
