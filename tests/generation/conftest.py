"""An assistant over papers of the corpus, for tests of whole answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assistant import PolicyAssistant
from assistant.ingest.manifest import read_manifest
from assistant.ingest.pipeline import IngestReport, PlannedFile
from assistant.service import build_assistant
from assistant.settings import Settings
from assistant.workspace import Workspace

DOCUMENTS = Path(__file__).parents[2] / "corpus"
PAPERS = (
    "ko-press-four-centers.html",
    "en-kotra-on-the-move-faq.docx",
    "ko-expo-and-fair-notice.html",
    "sample-program-bid-cost-support.hwpx",
    "ko-pis-fund-sheet.pdf",
    "ko-market-pioneering-fund.html",
    "en-smart-city-financing-sheet.pdf",
    "en-smart-city-network-marketing.docx",
    "sample-tender-smart-water-indonesia.pdf",
    "sample-tender-traffic-signal-vietnam.hwpx",
    "sample-tender-waste-bins-colombia.docx",
    "sample-event-bangkok-roadshow.docx",
    "sample-event-export-plaza-2027.html",
    "sample-event-mobility-tech-day.pdf",
    "sample-event-online-bid-clinic.txt",
    "sample-program-demonstration-voucher.pdf",
    "sample-program-export-starter.md",
    "sample-program-consortium-loan.html",
    "sample-program-guarantee-fee.docx",
)


@pytest.fixture(scope="session")
def corpus_assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PolicyAssistant]:
    """Over papers of the corpus, with the embedder that users get."""
    manifest = read_manifest(DOCUMENTS) or {}
    planned = [
        PlannedFile(DOCUMENTS / name, Path(name).name, stated)
        for name, stated in manifest.items()
        if Path(name).name in PAPERS
    ]
    with Workspace(Settings(data_dir=tmp_path_factory.mktemp("data"), parse_processes=0)) as workspace:
        report = IngestReport()
        list(workspace.pipeline.ingest_files(planned, report))
        assert len(report.added) == len(PAPERS)
        yield build_assistant(workspace)
