"""Web pages: the article, without the site around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assistant.errors import TooLargeError, UnreadableFileError
from assistant.ingest.loaders.grid import Grid
from assistant.ingest.loaders.lines import flowing_lines, loaded, one_line, sensible_title
from assistant.ingest.loaders.sniff import decode_text
from assistant.types import FileMetadata, Line, LineKind, LoadedDocument, SourceFile

MAX_DEPTH = 1_000

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "video",
        "audio",
        "nav",
        "footer",
        "aside",
        "button",
        "select",
        "input",
        "textarea",
        "dialog",
        "head",
        "map",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "details",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DROPPED_ROLES = frozenset(
    ["navigation", "contentinfo", "search", "menu", "menubar", "complementary", "dialog", "alert"]
)
# Words in class and id that name site chrome: anywhere, and only outside the article.
_CHROME = frozenset(
    [
        "sns",
        "share",
        "breadcrumb",
        "breadcrumbs",
        "skip",
        "skipnav",
        "skiplink",
        "pagination",
        "paging",
        "addthis",
        "print",
    ]
)
_OUTER_CHROME = frozenset(
    [
        "gnb",
        "lnb",
        "snb",
        "tnb",
        "nav",
        "navi",
        "navigation",
        "menu",
        "menus",
        "footer",
        "foot",
        "header",
        "quick",
        "quickmenu",
        "sitemap",
        "copyright",
        "banner",
        "banners",
        "location",
        "sidebar",
        "aside",
        "login",
        "search",
        "util",
        "cookie",
        "popup",
        "related",
        "family",
        "satisfaction",
    ]
)
_ROOTS = (
    "main article",
    "main",
    "[role=main]",
    "article",
    ".board_view, .board-view, .bbs_view, .view_cont, .view-cont, .article_body, .article-body, .post-content",
    "#content, #contents, #container",
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
)
_ISO_DATE = re.compile(r"\s*(\d{4})[-.](\d{1,2})[-.](\d{1,2})(?!\d)")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TITLE_TAIL = re.compile(r"\s+[|>»<‹›]\s+|\s+[-–—:]{1,2}\s+")
_TAG = re.compile(
    r"<(/?)(?!(?:br|hr|img|input|meta|link|col|wbr|p|li|td|tr|th|dt|dd|option|thead|tbody)\b)[a-zA-Z][^>]*?(/?)>"
)
_MENU_MIN_LINKS = 4
# Fewer letters than this, with so many times more elsewhere on the page and a line as long as a sentence, are not the article.
_LITTLE = 40
_FAR_MORE = 3
_SENTENCE = 30
_CHROME_TAGS = frozenset(["nav", "footer", "aside"])
_MENU_LINK_RATIO = 0.8


class HtmlLoader:
    """Read the article of a web page: headings, paragraphs, lists and tables."""

    def load(self, source: SourceFile) -> LoadedDocument:
        """One page of logical lines; menus, footers, share links, scripts and hidden elements are dropped.

        Raises:
            UnreadableFileError: the bytes are not text.
            TooLargeError: elements are nested more than ``MAX_DEPTH`` deep.
            NoTextError: nothing is left of the page.
        """
        text = decode_text(source, html=True)
        _check_depth(source, text)
        parser = LexborHTMLParser(text)
        if parser.body is None:
            raise UnreadableFileError(source.name, "the page has no body", "Save the page again from the browser")
        root = _article(parser, parser.body)
        lines = _Walker(source.name, inside_article=root.tag != "body").lines(root)
        if _letters(lines) < _LITTLE:
            # An article under the name of a menu or beside an empty frame: a text of some length is worth more than the rules.
            whole = _Walker(source.name, inside_article=True, drops_chrome=False).lines(parser.body)
            if _letters(whole) > _FAR_MORE * _letters(lines) and any(len(line.text) >= _SENTENCE for line in whole):
                root, lines = parser.body, whole
        remedy = "Its text may be made by a script or be a picture: save the page from the browser, or print it to PDF"
        return loaded(source, "text/html", [lines], _metadata(parser, root), remedy)


def _letters(lines: Sequence[Line]) -> int:
    return sum(character.isalnum() for line in lines for character in line.text)


def _check_depth(source: SourceFile, text: str) -> None:
    """Refuse depth before parsing: the parser takes quadratic time on it."""
    depth = 0
    for tag in _TAG.finditer(text):
        if tag[2]:
            continue
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > MAX_DEPTH:
            problem = f"its elements are nested more than {MAX_DEPTH:,} levels deep"
            raise TooLargeError(source.name, problem, "Print the page to PDF and ingest that")


def _article(parser: LexborHTMLParser, body: LexborNode) -> LexborNode:
    for selector in _ROOTS:
        found = [node for node in parser.css(selector) if len(_BLANKS.sub("", node.text(deep=True))) >= 2]
        if len(found) == 1:
            return found[0]
        if found and selector == "main":
            return found[0]
    return body


def _metadata(parser: LexborHTMLParser, root: LexborNode) -> FileMetadata:
    def meta(*keys: str) -> str | None:
        for key in keys:
            for node in parser.css("meta"):
                attributes = node.attributes
                if key in ((attributes.get("property") or "").lower(), (attributes.get("name") or "").lower()):
                    content = one_line(attributes.get("content") or "")
                    if content:
                        return content
        return None

    def first(node: LexborNode, selector: str) -> str:
        found = node.css_first(selector)
        return one_line(found.text(deep=True)) if found is not None else ""

    head_title = first(parser.root, "title") if parser.root is not None else ""
    title = sensible_title(meta("og:title")) or sensible_title(first(root, "h1"))
    title = title or sensible_title(_TITLE_TAIL.split(head_title)[0]) or sensible_title(head_title)
    published = _iso_date(meta("article:published_time", "dc.date", "dcterms.issued", "pubdate", "date"))
    if published is None:
        time = root.css_first("time[datetime]")
        published = _iso_date(time.attributes.get("datetime")) if time is not None else None
    canonical = parser.css_first("link[rel=canonical]")
    url = one_line(canonical.attributes.get("href") or "") if canonical is not None else None
    url = url or meta("og:url")
    return FileMetadata(
        title=title,
        publisher=meta("og:site_name", "dc.publisher", "publisher"),
        published=published,
        url=url if url and re.match(r"https?://", url, re.IGNORECASE) else None,
    )


def _iso_date(value: str | None) -> date | None:
    match = _ISO_DATE.match(value or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _walk(root: LexborNode, enter: Callable[[LexborNode], bool], leave: Callable[[LexborNode], None]) -> None:
    """Call ``enter`` and ``leave`` in document order, without recursion; ``enter`` says whether to go inside."""
    todo: list[tuple[bool, LexborNode]] = [(True, root)]
    while todo:
        entering, node = todo.pop()
        if not entering:
            leave(node)
        elif enter(node):
            todo.append((False, node))
            child = node.last_child
            while child is not None:
                todo.append((True, child))
                child = child.prev


@dataclass(slots=True)
class _Walker:
    subject: str
    inside_article: bool
    drops_chrome: bool = True
    _lines: list[Line] = field(default_factory=list)
    _buffer: list[str] = field(default_factory=list)
    _blocks: list[tuple[str, LineKind, int]] = field(default_factory=list)
    _term: str = ""
    _in_preformatted: int = 0

    def lines(self, root: LexborNode) -> list[Line]:
        _walk(root, self._enter, self._leave)
        self._flush()
        return self._lines

    def _enter(self, node: LexborNode) -> bool:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            self._buffer.append(text if self._in_preformatted else _BLANKS.sub(" ", text))
            return False
        if not node.is_element_node or self._is_dropped(node, tag):
            return False
        if tag == "br":
            self._flush()
        elif tag == "table" and not _is_layout(node):
            self._flush()
            self._lines.extend(_table_lines(self.subject, node))
            return False
        elif tag in _BLOCKS:
            self._flush()
            self._open(tag)
        return True

    def _open(self, tag: str) -> None:
        depth = sum(1 for name, _, _ in self._blocks if name == "li")
        kind, level = LineKind.PARAGRAPH, 0
        if tag in _HEADINGS:
            kind, level = LineKind.HEADING, _HEADINGS[tag]
        elif tag == "li" or depth:
            kind, level = LineKind.LIST_ITEM, depth + (tag == "li")
        elif tag in ("dt", "dd") or any(name == "dd" for name, _, _ in self._blocks):
            kind, level = LineKind.LIST_ITEM, 1
        if tag == "dt":
            self._end_term()
        self._in_preformatted += tag == "pre"
        self._blocks.append((tag, kind, level))

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS and self._blocks and self._blocks[-1][0] == tag:
            self._flush()
            self._blocks.pop()
            self._in_preformatted -= tag == "pre"
            if tag == "dl":
                self._end_term()

    def _end_term(self) -> None:
        if self._term:
            self._lines.extend(flowing_lines(self._term, LineKind.LIST_ITEM, 1))
            self._term = ""

    def _flush(self) -> None:
        text = "".join(self._buffer)
        self._buffer.clear()
        if not text.strip():
            return
        _tag, kind, level = self._blocks[-1] if self._blocks else ("", LineKind.PARAGRAPH, 0)
        if any(name == "dt" for name, _, _ in self._blocks):
            self._term = f"{self._term} {one_line(text)}".strip()
            return
        if self._term and any(name == "dd" for name, _, _ in self._blocks):
            text, self._term = f"{self._term}: {text.strip()}", ""
        self._lines.extend(flowing_lines(text, kind, level))

    def _is_dropped(self, node: LexborNode, tag: str) -> bool:
        attributes = node.attributes
        if not self.drops_chrome and tag in _CHROME_TAGS:
            return _is_hidden(attributes)
        if tag in _DROPPED or _is_hidden(attributes):
            return True
        if not self.drops_chrome:
            return False
        if (attributes.get("role") or "").lower() in _DROPPED_ROLES:
            return True
        if tag == "header" and not self.inside_article and node.css_first("h1, h2") is None:
            return True
        if tag == "form":
            return node.css_first("main, article, h1, h2, table") is None and len(node.css("p")) < 3
        if tag in ("body", "html", "main", "article") or self._blocks == []:
            return False
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        words = set(re.split(r"[\s_-]+", names))
        if words & _CHROME or (not self.inside_article and words & _OUTER_CHROME):
            return node.css_first("main, article, [role=main], #content, #contents") is None
        return tag in ("ul", "ol", "div") and not self.inside_article and _is_menu(node)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return (
        "hidden" in attributes
        or (attributes.get("aria-hidden") or "").lower() == "true"
        or _HIDDEN_STYLE.search((attributes.get("style") or "").lower()) is not None
    )


def _is_menu(node: LexborNode) -> bool:
    """Whether nearly all of a list's text is links."""
    links = node.css("a")
    if len(links) < _MENU_MIN_LINKS:
        return False
    linked = sum(len(_BLANKS.sub("", link.text(deep=True))) for link in links)
    return linked >= _MENU_LINK_RATIO * len(_BLANKS.sub("", node.text(deep=True)))


def _is_layout(table: LexborNode) -> bool:
    """A table that holds a table or is a single cell only arranges blocks."""
    return len(table.css("table")) > 1 or len(table.css("td, th")) <= 1


def _table_lines(subject: str, table: LexborNode) -> list[Line]:
    grid = Grid(subject)
    caption: list[Line] = []
    state = {"row": -1, "head": 0}

    def enter(node: LexborNode) -> bool:
        tag = node.tag or ""
        if not node.is_element_node or tag in _DROPPED or _is_hidden(node.attributes):
            return False
        if tag == "caption":
            caption.extend(flowing_lines(one_line(_cell_text(node)), LineKind.PARAGRAPH))
            return False
        if tag in ("td", "th"):
            if state["row"] >= 0:
                rows, columns = _span(node, "rowspan"), _span(node, "colspan")
                grid.add_cell(state["row"], _cell_text(node), rows=rows, columns=columns)
            return False
        if tag == "thead":
            state["head"] += 1
        elif tag == "tr":
            titles_only = node.css_first("th") is not None and node.css_first("td") is None
            state["row"] = grid.add_row(header=bool(state["head"]) or (state["row"] < 0 and titles_only))
        return True

    def leave(node: LexborNode) -> None:
        state["head"] -= node.tag == "thead"

    _walk(table, enter, leave)
    return caption + grid.lines()


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _cell_text(cell: LexborNode) -> str:
    pieces: list[str] = []

    def enter(node: LexborNode) -> bool:
        tag = node.tag or ""
        if tag == "-text":
            pieces.append(node.text_content or "")
            return False
        if not node.is_element_node or tag in _DROPPED or _is_hidden(node.attributes):
            return False
        if tag in _BLOCKS or tag == "br":
            pieces.append(" ")
        return True

    def leave(node: LexborNode) -> None:
        if node.tag in _BLOCKS:
            pieces.append(" ")

    _walk(cell, enter, leave)
    return "".join(pieces)
