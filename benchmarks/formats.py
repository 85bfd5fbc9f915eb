"""What each format's loader keeps, beside other readers: ``python -m benchmarks.formats [--mutations 5000]``.

Text: the share of a file's Hangul syllables that comes out, against a count of the raw content that knows nothing of the
loaders. Tables: the share of cells that come out in the right row and column, on tables whose cells are known. Other readers
are measured where they are installed (``pip install unhwp hwp-hwpx-parser python-hwpx markitdown[pdf,docx,xlsx] pdfplumber``).
"""

from __future__ import annotations

import argparse
import html
import io
import re
import struct
import sys
import time
import warnings
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree.ElementTree import fromstring

from assistant.errors import IngestError
from assistant.ingest.loaders import expand, load_document
from assistant.ingest.loaders.hwp5_distribution import unlock_stream
from assistant.types import LineKind, SourceFile

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "ingest" / "loaders"))
FIXTURES = ROOT.parent / "shared" / "formats"
SEED = 20_270_115
_ROWS = (LineKind.TABLE_HEADER, LineKind.TABLE_ROW)
_HANGUL = re.compile("[가-힣]")

Table = list[list[str]]


def hangul(text: str) -> Counter[str]:
    return Counter(_HANGUL.findall(text))


def _ours(path: Path) -> str:
    source = SourceFile(path, path.name, path.read_bytes(), "")
    return "\n".join(line.text for page in load_document(source).pages for line in page.lines)


# --- The raw content, counted without the loaders ----------------------------------------------------------------------------


def raw_hwp5(content: bytes) -> str:
    import olefile

    pieces = []
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        (flags,) = struct.unpack_from("<I", ole.openstream("FileHeader").read(), 36)
        folder = "ViewText" if flags & 4 else "BodyText"
        for path in ole.listdir():
            if path[0] != folder:
                continue
            data = ole.openstream(path).read()
            data = unlock_stream(data) if flags & 4 else data
            data = zlib.decompressobj(-15).decompress(data) if flags & 1 else data
            position = 0
            while position + 4 <= len(data):
                (header,) = struct.unpack_from("<I", data, position)
                position += 4
                size = header >> 20
                if size == 0xFFF:
                    (size,) = struct.unpack_from("<I", data, position)
                    position += 4
                if header & 0x3FF == 67:
                    pieces.append(data[position : position + size].decode("utf-16-le", "ignore"))
                position += size
    return "\n".join(pieces)


def _xml_text(content: bytes, parts: str, tags: str) -> str:
    pieces = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if re.fullmatch(parts, name):
                root = fromstring(package.read(name))
                found = (element for element in root.iter() if re.fullmatch(tags, element.tag.rpartition("}")[2]))
                pieces.extend("".join(element.itertext()) for element in found)
    return "\n".join(pieces)


def raw_pdf(content: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def raw_html(content: bytes) -> str:
    """The words of the article: skip links, breadcrumbs and buttons stand around it, and are no loss."""
    page = content.decode()
    article = re.search(r"(?s)<article\b.*</article>", page)
    bare = re.sub(r"(?s)<(script|style|head|nav|footer|header)\b.*?</\1>|<[^>]*>", " ", article[0] if article else page)
    return html.unescape(bare)


def raw_text(content: bytes) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", content.decode(), flags=re.DOTALL)


RAW: dict[str, Callable[[bytes], str]] = {
    ".hwp": raw_hwp5,
    ".hwpx": lambda content: _xml_text(content, r"Contents/section\d+\.xml", "t"),
    ".docx": lambda content: _xml_text(content, r"word/(?:document|footnotes)\.xml", "t"),
    ".xlsx": lambda content: _xml_text(content, r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml", "t"),
    ".pdf": raw_pdf,
    ".md": raw_text,
    ".txt": raw_text,
    ".html": raw_html,
}


# --- The other readers --------------------------------------------------------------------------------------------------------


def _unhwp(path: Path) -> str:
    import unhwp

    return str(unhwp.to_markdown(str(path)))


def _parser(path: Path) -> str:
    from hwp_hwpx_parser import Reader

    with Reader(str(path)) as reader:
        return str(reader.extract_text_with_notes().text)


def _python_hwpx(path: Path) -> str:
    from hwpx import HwpxDocument

    return str(HwpxDocument.open(str(path)).text.markdown())


def _markitdown(path: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown().convert(str(path)).text_content)


def _pypdf(path: Path) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() for page in document.pages)


OTHERS: dict[str, tuple[set[str], Callable[[Path], str]]] = {
    "unhwp": ({".hwp", ".hwpx"}, _unhwp),
    "hwp-hwpx-parser": ({".hwp", ".hwpx"}, _parser),
    "python-hwpx": ({".hwpx"}, _python_hwpx),
    "markitdown": ({".pdf", ".docx", ".xlsx", ".html"}, _markitdown),
    "pypdf": ({".pdf"}, _pypdf),
    "pdfplumber": ({".pdf"}, _pdfplumber),
}


# --- Text ---------------------------------------------------------------------------------------------------------------------


@dataclass
class Kept:
    files: int = 0
    syllables: int = 0
    kept: int = 0
    lowest: float = 1.0
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, want: Counter[str], text: str, seconds: float) -> None:
        found = hangul(text)
        kept = sum(min(count, found[character]) for character, count in want.items())
        self.files += 1
        self.syllables += want.total()
        self.kept += kept
        self.seconds += seconds
        if want:
            self.lowest = min(self.lowest, kept / want.total())

    def __str__(self) -> str:
        if not self.files:
            return "–"
        share = f"{self.kept / self.syllables:.1%}" if self.syllables else "–"
        return f"{share} ({self.lowest:.1%})" if self.files > 1 and self.syllables else share


def measure_text(
    files: Iterable[Path], others: Mapping[str, tuple[set[str], Callable[[Path], str]]]
) -> dict[str, dict[str, Kept]]:
    """For each group of files and each reader, ours and ``others``, what is kept."""
    table: dict[str, dict[str, Kept]] = defaultdict(lambda: defaultdict(Kept))
    for path in files:
        extension = path.suffix.lower()
        content = path.read_bytes()
        want = hangul(RAW[extension](content))
        group = extension[1:] if path.is_relative_to(ROOT) else path.name
        readers = {"annae": _ours, **{name: read for name, (known, read) in others.items() if extension in known}}
        for name, read in readers.items():
            start = time.perf_counter()
            try:
                text = read(path)
            except ImportError:
                continue
            except Exception as error:  # a reader that fails keeps nothing
                table[group][name].errors.append(f"{path.name}: {type(error).__name__}")
                text = ""
            table[group][name].add(want, text, time.perf_counter() - start)
    return table


def readable_files() -> list[Path]:
    """The real files at hand that open without a password, and the sample documents."""
    fixtures = sorted(FIXTURES.glob("*.*")) if FIXTURES.is_dir() else []
    corpus = sorted((ROOT / "corpus" / "documents").glob("*.*"))
    files = [path for path in (*fixtures, *corpus) if path.suffix in RAW and path.name != "SOURCES.md"]
    return [path for path in files if not path.name.startswith("encrypted")]


def tables_workbook(folder: Path) -> Path:
    """A workbook of forty sheets, each a random table; the sample documents have none."""
    import openpyxl

    dice = Random(SEED)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number in range(1, 41):
        _fill_sheet(book.create_sheet(f"Table {number}"), random_table(dice)[0])
    path = folder / "40 random tables.xlsx"
    book.save(path)
    return path


# --- Tables -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spanned:
    row: int
    column: int
    rows: int
    columns: int
    text: str


def random_table(dice: Random) -> tuple[list[Spanned], Table]:
    """A table with merged cells, and what each of its places should hold."""
    words = [
        "수출",
        "금융",
        "보증",
        "펀드",
        "입찰",
        "교통",
        "물관리",
        "에너지",
        "도시",
        "통신",
        "협력",
        "연수",
        "조사",
        "상담",
    ]
    rows, columns = dice.randint(3, 8), dice.randint(2, 5)
    cells = [Spanned(0, column, 1, 1, f"항목 {column + 1}" if column else "구분") for column in range(columns)]
    truth = [[""] * columns for _ in range(rows)]
    taken: set[tuple[int, int]] = set()
    for row in range(1, rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            high = 2 if column == 0 and row + 1 < rows and dice.random() < 0.3 else 1
            room = column + 1 < columns and (row, column + 1) not in taken
            wide = 2 if high == 1 and columns > 3 and column > 0 and room and dice.random() < 0.15 else 1
            text = f"{dice.choice(words)} {dice.choice(words)} {dice.randint(1, 999)}"
            taken |= {(row + down, column + across) for down in range(high) for across in range(wide)}
            cells.append(Spanned(row, column, high, wide, text))
    for cell in cells:
        for down in range(cell.rows):
            for across in range(cell.columns):
                truth[cell.row + down][cell.column + across] = cell.text
    return cells, truth


def as_hwp(cells: list[Spanned]) -> bytes:
    from hwp5_samples import TABLE_ANCHOR, hwp5, paragraph, table

    rows = [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in cells]
    return hwp5(paragraph("앞 문단") + paragraph(TABLE_ANCHOR, controls=table(1, rows)))


def as_hwpx(cells: list[Spanned]) -> bytes:
    from loader_samples import hwp_paragraph, hwpx

    rows: dict[int, str] = defaultdict(str)
    for cell in cells:
        rows[cell.row] += (
            f'<hp:tc><hp:subList>{hwp_paragraph(cell.text)}</hp:subList><hp:cellAddr colAddr="{cell.column}" '
            f'rowAddr="{cell.row}"/><hp:cellSpan colSpan="{cell.columns}" rowSpan="{cell.rows}"/></hp:tc>'
        )
    body = "".join(f"<hp:tr>{rows[row]}</hp:tr>" for row in range(max(cell.row + cell.rows for cell in cells)))
    return hwpx(f"<hp:p><hp:run><hp:tbl>{body}</hp:tbl></hp:run></hp:p>")


def as_docx(cells: list[Spanned]) -> bytes:
    import docx

    document = docx.Document()
    grid = document.add_table(_height(cells), _width(cells))
    for cell in cells:
        first, last = (
            grid.cell(cell.row, cell.column),
            grid.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1),
        )
        first.merge(last).text = cell.text
    return _saved(document.save)


def as_xlsx(cells: list[Spanned]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    _fill_sheet(book.active, cells)
    return _saved(book.save)


def _fill_sheet(sheet: Any, cells: list[Spanned]) -> None:
    for cell in cells:
        top, left = cell.row + 1, cell.column + 1
        sheet.cell(top, left, cell.text)
        sheet.merge_cells(None, top, left, top + cell.rows - 1, left + cell.columns - 1)


def as_html(cells: list[Spanned]) -> bytes:
    rows: dict[int, str] = defaultdict(str)
    for cell in cells:
        rows[cell.row] += f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{cell.text}</td>'
    body = "".join(f"<tr>{rows[row]}</tr>" for row in range(_height(cells)))
    page = f"<!doctype html><html><body><main><h1>지원 안내</h1><table>{body}</table></main></body></html>"
    return page.encode()


def as_pdf(cells: list[Spanned], *, rules: bool = True, sides: bool = True) -> bytes:
    from test_pdf_loader import make_pdf

    def draw(canvas: Any) -> None:
        left, top, across, down = 60, 780, 95, 24
        for cell in cells:
            x, y = left + cell.column * across, top - (cell.row + cell.rows) * down
            wide, high = cell.columns * across, cell.rows * down
            if rules:
                canvas.line(x, y, x + wide, y)
                canvas.line(x, y + high, x + wide, y + high)
                if sides or cell.column:
                    canvas.line(x, y, x, y + high)
                if sides or cell.column + cell.columns < _width(cells):
                    canvas.line(x + wide, y, x + wide, y + high)
            canvas.setFont("Nanum", 9)
            canvas.drawString(x + 4, y + high / 2 - 4 if rules else y + high - 16, cell.text)

    return make_pdf(draw)


def _height(cells: list[Spanned]) -> int:
    return max(cell.row + cell.rows for cell in cells)


def _width(cells: list[Spanned]) -> int:
    return max(cell.column + cell.columns for cell in cells)


def _saved(save: Callable[[Any], object]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


MAKERS: dict[str, tuple[str, Callable[[list[Spanned]], bytes]]] = {
    "HWP 5": ("a.hwp", as_hwp),
    "HWPX": ("a.hwpx", as_hwpx),
    "DOCX": ("a.docx", as_docx),
    "XLSX": ("a.xlsx", as_xlsx),
    "HTML": ("a.html", as_html),
    "PDF, ruled": ("a.pdf", as_pdf),
    "PDF, ruled, sides open": ("a.pdf", lambda cells: as_pdf(cells, sides=False)),
    "PDF, no rules, no merged cells": ("a.pdf", lambda cells: as_pdf(_unmerged(cells), rules=False)),
}


def _unmerged(cells: list[Spanned]) -> list[Spanned]:
    single = [
        Spanned(cell.row + down, cell.column + across, 1, 1, cell.text)
        for cell in cells
        for down in range(cell.rows)
        for across in range(cell.columns)
    ]
    return sorted(single, key=lambda cell: (cell.row, cell.column))


def read_table(name: str, content: bytes) -> Table:
    document = load_document(SourceFile(Path(name), name, content, ""))
    return [line.text.split(" | ") for page in document.pages for line in page.lines if line.kind in _ROWS]


def plumbed_table(content: bytes) -> Table:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as document:
        return [
            [cell or "" for cell in row] for page in document.pages for table in page.extract_tables() for row in table
        ]


def right_cells(found: Table, truth: Table) -> tuple[int, int]:
    """How many places hold the right text, and how many there are."""
    right = sum(
        text == (found[row][column] if row < len(found) and column < len(found[row]) else None)
        for row, texts in enumerate(truth)
        for column, text in enumerate(texts)
    )
    return right, sum(len(texts) for texts in truth)


def measure_tables(count: int) -> dict[str, tuple[int, int, float]]:
    scores: dict[str, tuple[int, int, float]] = {}
    for label, (name, make) in MAKERS.items():
        dice = Random(SEED)
        right = total = 0
        seconds = 0.0
        for _ in range(count):
            cells, truth = random_table(dice)
            content = make(cells)
            start = time.perf_counter()
            good, places = right_cells(read_table(name, content), truth)
            seconds += time.perf_counter() - start
            right, total = right + good, total + places
        scores[label] = right, total, seconds / count
        if label == "PDF, ruled" and find_spec("pdfplumber") is not None:
            dice, right, total = Random(SEED), 0, 0
            start = time.perf_counter()
            for _ in range(count):
                cells, truth = random_table(dice)
                good, places = right_cells(plumbed_table(as_pdf(cells)), truth)
                right, total = right + good, total + places
            scores["PDF, ruled: pdfplumber (leaves merged cells empty)"] = (
                right,
                total,
                (time.perf_counter() - start) / count,
            )
    return scores


# --- Damage -------------------------------------------------------------------------------------------------------------------


def run_mutations(count: int) -> None:
    from test_damaged_files import FILES, mutated

    from assistant.ingest.loaders.pdf import loader as pdf_loader

    pdf_loader.ocr_languages = tuple  # recognition is another program
    outcomes: Counter[str] = Counter()
    slowest, slow_name = 0.0, ""
    names = list(FILES)
    for seed in range(count):
        name = names[seed % len(names)]
        start = time.perf_counter()
        try:
            for part in expand(SourceFile(Path(name), name, mutated(FILES[name], seed), "")):
                load_document(part)
            outcomes["read"] += 1
        except IngestError as error:
            outcomes[type(error).__name__] += 1
        took = time.perf_counter() - start
        if took > slowest:
            slowest, slow_name = took, f"{name}, seed {seed}"
    print(f"{count} mutated files: {dict(outcomes)}; slowest {slowest:.2f} s ({slow_name}); nothing else was raised")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=40, help="random tables a format")
    parser.add_argument("--mutations", type=int, default=0, help="damaged files to try")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    with TemporaryDirectory() as folder:
        table = measure_text((*readable_files(), tables_workbook(Path(folder))), OTHERS)
    readers = ["annae", *(name for name in OTHERS if any(name in row for row in table.values()))]
    print("Share of Hangul syllables kept (lowest file)\n")
    print("| files | syllables |", " | ".join(readers), "|")
    print("|---|---|" + "---|" * len(readers))
    for group, row in table.items():
        count = f"{group} ({row['annae'].files})" if row["annae"].files > 1 else group
        print(
            f"| {count} | {row['annae'].syllables:,} |",
            " | ".join(str(row[name]) if name in row else "" for name in readers),
            "|",
        )
    for group, row in table.items():
        for name, kept in row.items():
            for error in kept.errors:
                print(f"  {group}, {name}: {error}")
    print("\nCells in the right row and column, random tables with merged cells\n")
    print("| format | cells | right | seconds a table |\n|---|---|---|---|")
    for label, (right, total, seconds) in measure_tables(arguments.tables).items():
        print(f"| {label} | {total:,} | {right / total:.1%} | {seconds:.3f} |")
    if arguments.mutations:
        print()
        run_mutations(arguments.mutations)


if __name__ == "__main__":
    main()
