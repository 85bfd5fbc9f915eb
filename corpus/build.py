"""Make the sample documents in their real formats from the texts in ``corpus/texts``.

Run ``python -m corpus.build`` after changing a text, and ``python -m corpus.build --check`` to see whether the
documents are up to date. The same texts give the same bytes on every machine: nothing here reads the clock.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

from corpus.source import Text
from corpus.writers.hancom import write_hwpx
from corpus.writers.pdf import write_pdf
from corpus.writers.plain import write_markdown, write_plain_text
from corpus.writers.web import write_html
from corpus.writers.word import write_docx

_FOLDER = Path(__file__).resolve().parent
_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_MANIFEST_FIELDS = ("title", "publisher", "published", "language", "kind", "sample")
_WRITERS: dict[str, Callable[[Text], bytes]] = {
    "pdf": write_pdf,
    "docx": write_docx,
    "hwpx": write_hwpx,
    "html": write_html,
    "md": write_markdown,
    "txt": write_plain_text,
}


def read_texts(folder: Path) -> list[Text]:
    """The texts in ``folder`` in the order of their names.

    Raises:
        ValueError: a text has no front matter or lacks a field.
    """
    texts: list[Text] = []
    for path in sorted(folder.glob("*.md")):
        match = _FRONT_MATTER.match(unicodedata.normalize("NFC", path.read_text("utf-8")))
        if match is None:
            raise ValueError(f"{path.name}: it does not begin with front matter between two --- lines")
        fields = yaml.safe_load(match[1])
        missing = {"id", "format", *_MANIFEST_FIELDS} - fields.keys()
        if missing or fields["format"] not in _WRITERS:
            problem = f"the front matter lacks {sorted(missing)}" if missing else f"no format {fields['format']!r}"
            raise ValueError(f"{path.name}: {problem}")
        texts.append(Text(fields, match[2].strip() + "\n"))
    return texts


def build(texts: Sequence[Text]) -> dict[str, bytes]:
    """Every file of the corpus by its path under ``corpus/``: the documents and their manifest."""
    files = {f"documents/{text.file_name}": _WRITERS[text.fields["format"]](text) for text in texts}
    entries = []
    for text in texts:
        entry = {name: text.fields[name] for name in _MANIFEST_FIELDS}
        entry["published"] = None if entry["published"] is None else str(entry["published"])
        entries.append({"file": f"documents/{text.file_name}", **entry})
    files["manifest.yaml"] = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000).encode()
    return files


def main(arguments: Sequence[str] | None = None, *, folder: Path = _FOLDER) -> int:
    """Write the corpus, or with ``--check`` only compare; exit code 1 means that something differs."""
    parser = argparse.ArgumentParser(prog="python -m corpus.build", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare without writing; exit with 1 on a difference")
    check = parser.parse_args(arguments).check
    files = build(read_texts(folder / "texts"))
    documents = folder / "documents"
    stale = sorted(path for path in documents.glob("*") if f"documents/{path.name}" not in files)
    differences = len(stale)
    for path in stale:
        print(f"stale    {path.name}")
        if not check:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        same = path.is_file() and path.read_bytes() == content
        differences += not same
        print(f"{'same' if same else 'differs' if check else 'written':8} {name} ({len(content):,} bytes)")
        if not same and not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return 1 if check and differences else 0


if __name__ == "__main__":
    sys.exit(main())
