"""The widget in a real Chromium against the real server and the whole of ``corpus/``; skipped where there is no browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from corpus_data import CorpusData, SettingsOnADay
from faulty_proxy import FaultyProxy
from widget_driver import HostPages, Opened, Service

from assistant.api import create_app
from assistant.index.embedder import BundledEmbedder
from assistant.ingest.pipeline import IngestReport
from assistant.service import build_assistant
from assistant.workspace import Workspace
from evals.run import open_bench

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDGET = ROOT / "assistant" / "static" / "widget.js"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
HOSTILE_TITLE = "<img src=x onerror=\"window.__xss='title'\"> 반도체 보조금 안내"
HOSTILE_PAPER = f"""{HOSTILE_TITLE}

반도체 보조금은 <script>window.__xss='text'</script> <img src=x onerror="window.__xss='quote'"> 70%까지 지원합니다.
"""


def _serve_hosts() -> tuple[HostPages, ThreadingHTTPServer]:
    hosts = HostPages()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html, policy = hosts.pages.get(self.path.split("?")[0], ("", ""))
            body = html.encode()
            self.send_response(200 if html else 204)
            self.send_header("content-type", "text/html; charset=utf-8")
            if policy:
                self.send_header("content-security-policy", policy)
            if html:
                self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    hosts.url = f"http://127.0.0.1:{server.server_port}"
    return hosts, server


@pytest.fixture(scope="session")
def corpus_data(tmp_path_factory: pytest.TempPathFactory) -> CorpusData:
    """The whole of ``corpus/``, taken in once with the embedder that users get."""
    with open_bench(say=lambda text: None) as bench:
        folder = bench.workspace.settings.data_dir
    return CorpusData(folder, BundledEmbedder())


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, corpus_data: CorpusData) -> Iterator[Service]:
    if not WIDGET.is_file():
        pytest.skip("the widget is not built: run npm ci && npm run build in web/")
    papers = tmp_path_factory.mktemp("papers")
    (papers / "hostile.txt").write_text(HOSTILE_PAPER, encoding="utf-8")
    hosts, host_server = _serve_hosts()
    data = corpus_data.copy_to(tmp_path_factory.mktemp("data"))
    # Parsing in this process: a pool of others takes longer to start than one paper to read.
    settings = SettingsOnADay(data_dir=data, cors_origins=(hosts.url,), parse_processes=0)
    with Workspace(settings, corpus_data.embedder) as workspace:
        report = IngestReport()
        for _ in workspace.pipeline.ingest([papers], report):
            pass
        assert report.failures == []
        app = create_app(build_assistant(workspace), workspace, demo_account=("demo", "demo-password"))
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        proxy = FaultyProxy(port)
        yield Service(f"http://127.0.0.1:{port}", proxy, hosts)
        proxy.close()
        host_server.shutdown()
        host_server.server_close()
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    api = pytest.importorskip("playwright.sync_api", reason="Python's playwright is not installed")
    with api.sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    options = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-dev-shm-usage"]
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
    yield launched
    launched.close()


@pytest.fixture
def opened(browser: Browser, service: Service, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """A fresh page. At its end nothing may be in its console, unless the test has taken it out."""
    options: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "ko-KR"}
    options |= getattr(request, "param", {})
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(60_000)
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    service.proxy.heal()
    yield Opened(page, errors)
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def axe_source() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run npm ci in web/")
    return AXE.read_text(encoding="utf-8")
