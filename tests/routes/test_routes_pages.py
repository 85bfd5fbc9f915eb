"""Pages for people: without scripts, and hostile text as text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from routes_parts import BROWSER, HOSTILE_NAME, QUESTIONS, document_named, problem, with_assistant
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace


def test_a_passage_across_blocks_is_one_mark_with_its_exact_text(client: TestClient, filled: Workspace) -> None:
    for document in filled.store.documents():
        page, blocks = filled.store.pages(document.document_id)[0]
        assert len(blocks) > 1
        start, end = blocks[0].start + 1, blocks[min(3, len(blocks) - 1)].end - 1
        address = f"/documents/{document.document_id}?page=1&start={start}&end={end}"
        marks = LexborHTMLParser(client.get(address).text).css("mark#cited")
        assert [mark.text() for mark in marks] == [page.text[start:end]]


@pytest.mark.parametrize("source", ["ko-pis-fund-sheet.pdf", "en-smart-city-financing-sheet.pdf"])
def test_a_pdf_shows_its_page_image_with_the_passage_marked(client: TestClient, filled: Workspace, source: str) -> None:
    document_id = document_named(client, source)["document_id"]
    page, blocks = filled.store.pages(document_id)[0]
    block = max(blocks, key=lambda b: b.end - b.start)
    address = f"/documents/{document_id}?page=1&start={block.start}&end={block.end}"
    tree = LexborHTMLParser(client.get(address).text)
    image = tree.css_first("#page-1 img")
    assert image is not None
    picture = client.get(str(image.attributes["src"]))
    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG\r\n\x1a\n")
    boxes = tree.css("#page-1 .box")
    assert boxes
    for box in boxes:
        left, top, width, height = (float(x) for x in re.findall(r"([\d.]+)%", str(box.attributes["style"])))
        assert 0 <= left <= 100
        assert 0 <= top <= 100
        assert 0 < width <= 100.001 - left
        assert 0 < height <= 100.001 - top
    assert tree.css(".box").__len__() == len(boxes)
    mark = tree.css_first("mark#cited")
    assert mark is not None
    assert mark.text() == page.text[block.start : block.end]


def test_only_a_pdf_has_page_images(client: TestClient) -> None:
    document_id = document_named(client, "ko-market-pioneering-fund.html")["document_id"]
    problem(client.get(f"/documents/{document_id}/pages/1.png"), 404)
    assert "<img" not in client.get(f"/documents/{document_id}").text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_chat_page_works_without_scripts(client: TestClient, language: str) -> None:
    page = client.get("/", params={"lang": language})
    tree = LexborHTMLParser(page.text)
    assert tree.css_first("html").attributes["lang"] == language
    assert tree.css("script") == []
    form = tree.css_first("form")
    assert form.attributes["method"] == "post"
    field = form.css_first("textarea")
    assert form.css_first(f"label[for={field.attributes['id']}]") is not None
    answered = client.post(
        str(form.attributes["action"]).split("#")[0], data={field.attributes["name"]: QUESTIONS[language]}
    )
    assert answered.status_code == 200
    shown = LexborHTMLParser(answered.text)
    assert shown.css(".claim")
    for reference in shown.css("a.ref"):
        assert shown.css_first(str(reference.attributes["href"])) is not None
    for source in shown.css(".sources li"):
        target = str(source.css_first("a").attributes["href"]).split("#")[0]
        mark = LexborHTMLParser(client.get(target).text).css_first("mark#cited")
        assert mark is not None
        assert mark.text() == source.css_first("blockquote").text()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_chat_page_tells_of_a_missing_or_long_question(client: TestClient, language: str) -> None:
    for question in ("", "  ", "\x00", "기금 " * 900):
        page = client.post("/", params={"lang": language}, data={"question": question})
        assert page.status_code == 200
        tree = LexborHTMLParser(page.text)
        assert tree.css_first("[role=alert]") is not None
        assert "problem" in str(tree.css_first("textarea").attributes["aria-describedby"])


def test_the_page_follows_the_browsers_language_unless_told_otherwise(client: TestClient) -> None:
    for path in ("/", "/documents", "/docs"):
        assert '<html lang="ko">' in client.get(path).text
        assert '<html lang="en">' in client.get(path, headers={"accept-language": "en-GB,ko;q=0.8"}).text
        assert '<html lang="ko">' in client.get(f"{path}?lang=ko", headers={"accept-language": "en"}).text


def pages_with_hostile_text(client: TestClient) -> Iterator[str]:
    document = document_named(client, HOSTILE_NAME.replace("/", ""))
    yield client.get(f"/documents/{document['document_id']}").text
    yield client.get(f"/documents/{document['document_id']}?page=1&start=0&end=80").text
    yield client.get("/documents").text
    yield client.post("/", data={"question": "반도체 보조금은 몇 %까지 지원하나요?"}).text
    yield client.post("/", data={"question": '</textarea><script>alert(1)</script>"'}).text
    yield client.get("/documents/<script>alert(1)</script>", headers=BROWSER).text


def test_hostile_titles_texts_and_names_are_shown_as_text(client: TestClient) -> None:
    pages = list(pages_with_hostile_text(client))
    for page in pages:
        tree = LexborHTMLParser(page)
        assert tree.css("script") == []
        assert tree.css("img") == []
        assert not any(name.startswith("on") for node in tree.css("*") for name in node.attributes)
    for page in pages[:3]:
        assert html.escape("<script>") in page
    assert "반도체" in LexborHTMLParser(pages[3]).css_first("blockquote").text()


@pytest.mark.parametrize("path", ["/", "/documents", "/docs"])
def test_pages_carry_a_policy_that_allows_no_scripts(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_an_original_is_a_download_and_nothing_else(client: TestClient, folder: Path) -> None:
    for path in folder.iterdir():
        document = document_named(client, path.name)
        response = client.get(f"/documents/{document['document_id']}/original")
        assert response.content == path.read_bytes()
        assert response.headers["content-disposition"].startswith("attachment;")
        assert response.headers["content-type"] == "application/octet-stream"
        assert response.headers["x-content-type-options"] == "nosniff"


def test_an_original_that_is_gone_is_a_404_problem(tmp_path: Path, korean_outline: str) -> None:
    (tmp_path / "paper.txt").write_text(korean_outline, encoding="utf-8")
    with Workspace(Settings(data_dir=tmp_path / "data"), HashingEmbedder()) as workspace:
        for _ in workspace.pipeline.ingest([tmp_path / "paper.txt"], IngestReport()):
            pass
        (document,) = workspace.store.documents()
        workspace.store.originals.path(document.digest).unlink()
        client = with_assistant(build_assistant(workspace), workspace)
        problem(client.get(f"/documents/{document.document_id}/original"), 404)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_interface_page_shows_it_all_without_scripts(client: TestClient, language: str) -> None:
    page = client.get("/docs", params={"lang": language})
    assert page.status_code == 200
    tree = LexborHTMLParser(page.text)
    assert tree.css("script") == []
    assert "/api/search" in tree.text()
    assert "중견기업은 시장개척자금을" in tree.text()
