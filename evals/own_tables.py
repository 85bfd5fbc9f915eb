"""A set of one's own as a spreadsheet: read with the number of each row, and with what cannot be read named by it."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from assistant.errors import ConfigurationError
from assistant.types import Language
from evals.own_words import language_of, say

LIST_FIELDS = ("doc", "evidence", "expected_status", "must_not_contain")
_DELIMITERS = ("\t", ",", ";")
# What a Korean officer may call the columns and their values.
_COLUMNS = {
    "번호": "id",
    "언어": "lang",
    "질문": "question",
    "이전 대화": "history",
    "기준일": "as_of",
    "종류": "kind",
    "문서": "doc",
    "근거": "evidence",
    "정답": "must_contain",
    "오답": "must_not_contain",
    "기대 상태": "expected_status",
    "난이도": "difficulty",
    "기업 정보": "profile",
}
_LANGUAGES = {"한국어": "ko", "국문": "ko", "korean": "ko", "영어": "en", "영문": "en", "english": "en"}
_STATUSES = {
    "답변": "answered",
    "일부 답변": "partial",
    "근거 없음": "no_evidence",
    "범위 밖": "out_of_scope",
    "거절": "refused",
    "되물음": "clarify",
}
_DAY = re.compile(r"(\d{4})\s?[./년-]\s?(\d{1,2})\s?[./월-]\s?(\d{1,2})\s?[.일]?")
_YES = ("true", "1", "yes", "y", "예", "o")


@dataclass(slots=True)
class Table:
    """The questions of a spreadsheet, the number of the row of each, and what was wrong with rows that could not be read."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    language: Language = "en"

    @property
    def places(self) -> list[str]:
        """Where each question stands, to be named with what is wrong with it."""
        return [say("row", self.language, number=number) for number in self.numbers]


def table_text(path: Path) -> str:
    """A spreadsheet's first sheet as CSV, from a CSV, TSV or XLSX file; a CSV file is UTF-8 or, as a Korean Excel writes it, CP949.

    Raises:
        ConfigurationError: it is an XLSX file, and the package that reads it is not installed.
        ValueError: it cannot be read as what its name says, or it is an XLS file.
    """
    if path.suffix.casefold() == ".xls":
        raise ValueError(f"{path}: the old XLS form is not read; save the sheet as XLSX or CSV")
    if path.suffix.casefold() != ".xlsx":
        content = path.read_bytes()
        marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp949"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise ValueError(f"{path}: it is text neither in UTF-8 nor in CP949; save the sheet as CSV UTF-8")
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise ConfigurationError(
            str(path),
            "openpyxl, which reads XLSX files, is not installed",
            "Save the sheet as CSV, or run make install",
        ) from error
    try:
        # From memory: read from its path, a damaged file would stay open.
        sheet = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True).worksheets[0]
        lines = [
            ["" if cell is None else _cell_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
    except (BadZipFile, KeyError, IndexError) as error:
        raise ValueError(f"{path}: it is not an XLSX file that can be read ({error})") from error
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


def _cell_text(value: Any) -> str:
    # A day typed into a sheet comes as a moment at midnight, a whole number often with a fraction of zero.
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def from_table(text: str, language: Language | None = None) -> Table:
    """The questions of a spreadsheet as CSV or TSV; commas, semicolons or tabs divide the cells, whichever the first row has most of.

    Columns are named like the fields, or in Korean. In a list field items stand on lines of their own in the cell, or between
    semicolons; alternatives of a key fact are divided by ``|``. Rows without any text are left out.

    Args:
        language: in which problems are told; that of most questions if not given.

    Raises:
        ValueError: a required column is missing, or there is no question.
    """
    text = text.removeprefix("\ufeff")
    head = text.split("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(_DELIMITERS, key=head.count))
    lines = [[cell.strip() for cell in line] for line in reader]
    told = [cell for cell in lines[0] if cell] if lines else []
    columns = [_COLUMNS.get(cell, cell) for cell in lines[0]] if lines else []
    if missing := [name for name in ("lang", "question") if name not in columns]:
        raise ValueError(
            say("no_columns", language or language_of([head]), names=", ".join(missing), known=", ".join(told) or "-")
        )
    place = columns.index("question")
    language = language or language_of(line[place] for line in lines[1:] if len(line) > place)
    table = Table(language=language)
    for number, line in enumerate(lines[1:], start=2):
        cells = {name: cell for name, cell in zip(columns, line, strict=False) if name and cell}
        found = list(_unreadable(cells, line[len(columns) :], language))
        table.problems += [f"{say('row', language, number=number)}: {problem}" for problem in found]
        if cells and not found:
            table.rows.append(_from_cells({"id": f"own-{len(table.rows) + 1:03}", **cells}))
            table.numbers.append(number)
    if not table.rows and not table.problems:
        raise ValueError(say("no_rows", language))
    return table


def _unreadable(cells: dict[str, str], beyond: Sequence[str], language: Language) -> Iterator[str]:
    if any(beyond):
        yield say("more_cells", language)
    if cells and "question" not in cells:
        yield say("no_question", language)
    for name in ("history", "profile"):
        try:
            json.loads(cells.get(name, "null"))
        except ValueError:
            yield say("json", language, field=name, value=cells[name])


def _from_cells(cells: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = dict(cells)
    for name in LIST_FIELDS:
        if name in cells:
            row[name] = _items(cells[name])
    if "lang" in cells:
        row["lang"] = _LANGUAGES.get(cells["lang"].casefold(), cells["lang"].casefold())
    if "expected_status" in row:
        row["expected_status"] = [_STATUSES.get(item, item.casefold()) for item in row["expected_status"]]
    if "must_contain" in cells:
        row["must_contain"] = [
            [a.strip() for a in fact.split("|") if a.strip()] for fact in _items(cells["must_contain"])
        ]
    if "as_of" in cells:
        row["as_of"] = _day(cells["as_of"])
    for name in ("history", "profile"):
        if name in cells:
            row[name] = json.loads(cells[name])
    if "cross_lingual" in cells:
        row["cross_lingual"] = cells["cross_lingual"].casefold() in _YES
    if "difficulty" in cells:
        row["difficulty"] = int(cells["difficulty"]) if cells["difficulty"].isdigit() else cells["difficulty"]
    if not row.get("must_contain") and "expected_status" not in row:
        row["expected_status"] = ["no_evidence"]
    return row


def _items(cell: str) -> list[str]:
    return [item.strip() for item in re.split(r"[\n;]", cell) if item.strip()]


def _day(cell: str) -> str:
    """A day in the ways in which sheets write it, in ISO form; as it is if it is none."""
    found = _DAY.fullmatch(cell)
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else cell
    except ValueError:
        return cell
