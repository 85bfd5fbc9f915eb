"""``manifest.yaml``: what is known about the files of a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import yaml

from assistant.errors import ConfigurationError
from assistant.ingest.metadata import Metadata, parse_period
from assistant.types import DocumentKind, Language

MANIFEST_NAME = "manifest.yaml"
_KEYS = {"file", "title", "publisher", "published", "language", "kind", "url", "password", "sample"}


def read_manifest(folder: Path) -> dict[str, Metadata] | None:
    """Read a folder's manifest: metadata by file path relative to the folder, or ``None`` if there is no manifest.

    Raises:
        ConfigurationError: the manifest is not a list of entries, or an entry has an unknown key or a wrong value.
    """
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return None
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            str(path), f"is not YAML in UTF-8 ({error})", "Correct it, or ingest the files one by one"
        ) from error
    if not isinstance(entries, list):
        raise ConfigurationError(str(path), "is not a list", "Write one entry with a file key per document")
    found: dict[str, Metadata] = {}
    for entry in entries:
        _check(path, entry)
        name = str(entry["file"])
        if name in found:
            raise ConfigurationError(f"{path}: {name}", "stands there twice", "Keep one of the entries")
        found[name] = _metadata(path, entry)
    return found


def _check(path: Path, entry: Any) -> None:
    if not isinstance(entry, dict) or "file" not in entry:
        raise ConfigurationError(str(path), f"the entry {entry!r} names no file", "Give each entry a file key")
    if unknown := set(entry) - _KEYS:
        raise ConfigurationError(f"{path}: {entry['file']}", f"unknown keys {sorted(unknown)}", f"Use {sorted(_KEYS)}")
    for key in ("title", "publisher", "url", "password"):
        if not isinstance(entry.get(key), str | None):
            raise ConfigurationError(f"{path}: {entry['file']}", f"the {key} is no text", "Put it in quotes")
    if entry.get("language") not in (None, *get_args(Language)):
        raise ConfigurationError(f"{path}: {entry['file']}", f"unknown language {entry['language']!r}", "Use ko or en")


def _metadata(path: Path, entry: dict[str, Any]) -> Metadata:
    try:
        return Metadata(
            title=entry.get("title"),
            publisher=entry.get("publisher"),
            published=parse_period(str(entry["published"])) if entry.get("published") else None,
            language=entry.get("language"),
            kind=DocumentKind(entry["kind"]) if entry.get("kind") else None,
            url=entry.get("url"),
            password=entry.get("password"),
        )
    except ValueError as error:
        raise ConfigurationError(f"{path}: {entry['file']}", str(error), "Correct the entry") from error
