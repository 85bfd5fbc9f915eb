"""Rules about the code itself: who may import what, and that nothing is missing in one language."""

from __future__ import annotations

import ast
import socket
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from assistant.messages import MESSAGES, message

_ROOT = Path(__file__).parents[1]
_PACKAGE = _ROOT / "assistant"
_MODULES = sorted(_PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(_PACKAGE).as_posix()


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _imports(path: Path) -> Iterator[str]:
    """Full names of all modules that a file imports, wherever in the file it does."""
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)} imports relatively"
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _parts(path: Path) -> set[str]:
    """Top-level parts of our package that a file imports: ``index``, ``types`` …"""
    return {name.split(".")[1] for name in _imports(path) if name.startswith("assistant.")}


# --- Messages ---


def test_both_languages_have_the_same_messages() -> None:
    assert MESSAGES["ko"].keys() == MESSAGES["en"].keys()


def _blanks(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("key", sorted(MESSAGES["ko"]))
def test_a_message_has_the_same_blanks_in_both_languages(key: str) -> None:
    korean, english = MESSAGES["ko"][key], MESSAGES["en"][key]
    assert _blanks(korean) == _blanks(english)
    assert korean.strip()
    assert english.strip()
    assert message("ko", key, **dict.fromkeys(_blanks(korean), "x"))


# --- Direction of imports ---

_BASE = {"types", "errors", "text"}
_ALLOWED = {
    "types.py": set(),
    "errors.py": set(),
    "text/": _BASE,
    "index/": _BASE | {"index"},
    "ingest/": _BASE | {"index", "ingest"},
    "retrieval/": _BASE | {"index", "retrieval"},
    "generation/": _BASE | {"generation", "messages"},
    "contract/": _BASE | {"contract", "error_messages", "generation", "health_messages", "index"},
    "error_messages.py": _BASE,
    "messages.py": _BASE,
    "settings.py": _BASE,
}


@pytest.mark.parametrize("part", sorted(_ALLOWED))
def test_imports_point_one_way(part: str) -> None:
    files = [path for path in _MODULES if _name(path) == part or (part.endswith("/") and _name(path).startswith(part))]
    assert files
    wrong = {_name(path): sorted(_parts(path) - _ALLOWED[part]) for path in files if _parts(path) - _ALLOWED[part]}
    assert wrong == {}


def test_only_the_top_imports_the_assistant() -> None:
    top = ("api.py", "routes/", "service.py", "desk/")
    wrong = [_name(path) for path in _MODULES if "assistant" in _parts(path) and not _name(path).startswith(top)]
    assert wrong == []


@pytest.mark.parametrize("package", ["desk", "generation", "index", "ingest", "retrieval", "text"])
def test_the_parts_of_a_package_import_one_another_in_one_direction(package: str) -> None:
    folder = _PACKAGE / package
    above: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        part = path.relative_to(folder).with_suffix("").parts[0]
        names = [name.split(".") for name in _imports(path) if name.startswith(f"assistant.{package}.")]
        above.setdefault(part, set()).update({name[2] for name in names} - {part})
    # Names that are no module of the package lead nowhere, so they make no circle; a circle raises and is named.
    assert set(TopologicalSorter(above).static_order()) >= above.keys()


def _attributes(path: Path) -> set[str]:
    return {ast.unparse(node) for node in _nodes(path) if isinstance(node, ast.Attribute)}


def test_the_environment_is_read_in_one_place() -> None:
    reading = {_name(path) for path in _MODULES if {"os.environ", "os.getenv"} & _attributes(path)}
    # The recogniser hands the environment on to the program it starts; it takes no setting from it.
    assert reading - {"ingest/loaders/pdf/ocr.py"} == {"settings.py"}


def test_the_clock_is_read_in_one_place() -> None:
    clocks = {
        "date.today",
        "datetime.now",
        "datetime.utcnow",
        "datetime.date.today",
        "datetime.datetime.now",
        "time.time",
    }
    assert [_name(path) for path in _MODULES if clocks & _attributes(path)] == ["settings.py"]


# --- One library, one door ---

# HTTP: api.py puts it together; one file a group of routes.
_HTTP = {"api.py", *(_name(path) for path in _MODULES if _name(path).startswith(("routes/", "desk/routes/")))}
_COMMANDS = {_name(path) for path in _MODULES if _name(path).startswith("commands/")}
_DOORS = {
    "chromadb": {"index/vectors.py"},
    "tantivy": {"index/lexical.py"},
    "sqlalchemy": {
        # The store and its parts: one file a group of tables.
        *(
            f"index/{name}.py"
            for name in (
                *("conversations", "database", "document_corrections", "document_rows", "file_log", "index_progress"),
                *("older_versions", "reading_facts", "records", "schema", "store"),
            )
        ),
        # The desk's tables are its own; each of these reads or writes some of them.
        *(
            f"desk/{name}.py"
            for name in (
                *("accounts", "answers", "attempts", "audit", "database", "inquiries", "insight", "oidc"),
                *("question_log", "retention", "schema", "sessions"),
            )
        ),
    },
    "argon2": {"desk/passwords.py"},
    "authlib": {"desk/oidc.py"},
    "httpx": {"desk/oidc.py"},
    "joserfc": {"desk/oidc.py"},
    "reportlab": {"desk/reply_pdf.py"},
    # The second is the bundled model's part that the library itself loads.
    "sentence_transformers": {
        "index/embedder.py",
        "index/sentence_transformer_module.py",
        # Another class of the library, of a later stage: a cross-encoder is no embedder.
        "retrieval/reranker.py",
    },
    "kiwipiepy": {"text/morphemes.py"},
    "Stemmer": {"text/morphemes.py"},
    "spellchecker": {"text/spelling.py"},
    # Words and pictures; the strokes that are drawn.
    "pypdfium2": {"ingest/loaders/pdf/pdfium.py", "ingest/loaders/pdf/geometry.py"},
    "pypdf": {"ingest/loaders/pdf/extras.py"},
    "olefile": {"ingest/loaders/hwp5_file.py"},
    # Read there, written here.
    "docx": {"ingest/loaders/docx.py", "desk/reply_docx.py"},
    "selectolax": {"ingest/loaders/html.py"},
    "markdown_it": {"ingest/loaders/markdown.py"},
    # A manifest, and the front matter of a Markdown file.
    "yaml": {"ingest/manifest.py", "ingest/loaders/markdown.py"},
    "fastapi": _HTTP,
    "starlette": _HTTP,
    "jinja2": {"routes/page_templates.py"},
    "uvicorn": {"commands/serve.py"},
    "typer": {"cli.py", *_COMMANDS},
    "rich": {"commands/intake.py"},
    "pydantic_settings": {"settings.py"},
    "filelock": {"workspace.py"},
    "watchfiles": {"ingest/watching.py"},
    "icalendar": {"contract/calendar_file.py"},
}


@pytest.mark.parametrize("library", sorted(_DOORS))
def test_a_library_is_imported_in_its_one_place(library: str) -> None:
    importing = {_name(path) for path in _MODULES if any(name.split(".")[0] == library for name in _imports(path))}
    assert importing <= _DOORS[library]


# --- Start-up ---


def test_the_command_starts_without_the_heavy_libraries() -> None:
    heavy = [
        "torch",
        "sentence_transformers",
        "transformers",
        "onnxruntime",
        "kiwipiepy",
        "chromadb",
        "langchain_core",
        "numpy",
        "sqlalchemy",
        "argon2",
        "authlib",
        "reportlab",
    ]
    code = f"import sys, assistant.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- The guard of the tests themselves ---


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("93.184.215.14", 443)])
def test_connections_that_leave_the_machine_are_refused(
    address: tuple[str, int], refused_connections: list[str]
) -> None:
    with socket.socket() as connection, pytest.raises(OSError, match="tests have no network"):
        connection.connect(address)
    assert refused_connections == [f"{address[0]}:{address[1]}"]
    refused_connections.clear()


def test_names_of_other_machines_are_not_looked_up(refused_connections: list[str]) -> None:
    with pytest.raises(OSError, match="tests have no network"):
        socket.create_connection(("huggingface.co", 443), timeout=1)
    assert refused_connections == ["huggingface.co"]
    refused_connections.clear()


def test_the_machine_itself_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()):
            pass
        with socket.create_connection(("localhost", server.getsockname()[1])):
            pass
