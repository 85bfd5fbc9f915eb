"""Records of documents that were stored before a language model was set: read anew, whole, once, and officers' words stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hashing_embedder import HashingEmbedder
from pydantic import SecretStr
from scripted_model_server import Reply, ScriptedModelServer
from test_model_records import GOOD, PAPERS, answer, of_type

from assistant.ingest.pipeline import IngestReport
from assistant.settings import Settings
from assistant.types import Language, RecordType
from assistant.workspace import Workspace

both = pytest.mark.parametrize("language", ["ko", "en"])
LANGUAGES: tuple[Language, ...] = ("ko", "en")


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedModelServer]:
    with ScriptedModelServer() as running:
        yield running


def stored(tmp_path: Path, *languages: Language) -> Path:
    """A data folder with the papers in these languages, taken in without a model."""
    papers = tmp_path / "papers"
    papers.mkdir()
    for language in languages:
        (papers / f"{language}.md").write_text(PAPERS[language], encoding="utf-8")
    lines = [f"- file: {language}.md\n  published: '2027-01-05'\n  language: {language}\n" for language in languages]
    (papers / "manifest.yaml").write_text("".join(lines), encoding="utf-8")
    data = tmp_path / "data"
    with Workspace(Settings(data_dir=data, parse_processes=0), HashingEmbedder()) as workspace:
        list(workspace.pipeline.ingest([papers], IngestReport()))
    return data


def opened(data: Path, server: ScriptedModelServer | None, model: str = "scripted") -> Workspace:
    """The folder with a model set, or without one."""
    plain = Settings(data_dir=data, parse_processes=0)
    if server is None:
        return Workspace(plain, HashingEmbedder())
    server.requests.clear()
    told = {"llm_model": model, "llm_base_url": server.base_url, "llm_api_key": SecretStr("sk-x"), "llm_max_retries": 0}
    return Workspace(plain.model_copy(update=told), HashingEmbedder())


@both
def test_the_model_reads_what_was_stored_before_it_was_set(
    server: ScriptedModelServer, tmp_path: Path, language: Language
) -> None:
    data = stored(tmp_path, language)
    server.script(answer(("event", GOOD[language])), answer())
    with opened(data, server) as workspace:
        (document,) = workspace.store.documents()
        chunks = workspace.store.document_chunks(document.document_id)
        assert of_type(workspace.store.records(), RecordType.EVENT, GOOD[language][0][1]) == []
        (step,) = workspace.record_refresher.refresh()
        assert (step.done, step.total, step.name, step.problem) == (1, 1, f"{language}.md", None)
        assert step.added >= 1
        (record,) = of_type(workspace.store.records(), RecordType.EVENT, GOOD[language][0][1])
        assert record.place == GOOD[language][3][1]
        pages = {page.number: page.text for page, _ in workspace.store.pages(document.document_id)}
        assert all(pages[proof.page][proof.start : proof.end] == proof.quote for proof in record.evidence)
        assert workspace.store.document_chunks(document.document_id) == chunks


def test_a_document_is_asked_about_once_until_another_model_is_set(server: ScriptedModelServer, tmp_path: Path) -> None:
    data = stored(tmp_path, "en")
    server.script(answer())
    with opened(data, server) as workspace:
        assert len(list(workspace.record_refresher.refresh())) == 1
        assert list(workspace.record_refresher.refresh()) == []
        assert len(list(workspace.record_refresher.refresh(everything=True))) == 1
    with opened(data, server, "another") as workspace:
        assert [document.source for document in workspace.record_refresher.waiting()] == ["en.md"]


def test_what_ingest_has_asked_about_does_not_wait(server: ScriptedModelServer, tmp_path: Path) -> None:
    data = stored(tmp_path, "en")
    paper = tmp_path / "later.md"
    paper.write_text(PAPERS["ko"], encoding="utf-8")
    server.script(answer())
    with opened(data, server) as workspace:
        list(workspace.pipeline.ingest([paper], IngestReport()))
        assert [document.source for document in workspace.record_refresher.waiting()] == ["en.md"]


def test_a_notice_on_an_earlier_one_is_left_to_rules_and_does_not_wait(
    server: ScriptedModelServer, tmp_path: Path
) -> None:
    notice = tmp_path / "notice.md"
    table = "| 항목 | 당초 | 변경 |\n|---|---|---|\n| 행사 일시 | 2027. 3. 9.(화) | 2027. 3. 16.(화) |"
    notice.write_text(f"# [변경공고] 예시 상담회\n\n{table}\n", encoding="utf-8")
    with opened(tmp_path / "data", server) as workspace:
        list(workspace.pipeline.ingest([notice], IngestReport()))
        assert workspace.record_refresher.waiting() == []
        assert server.requests == []


@both
def test_stopped_half_way_it_keeps_what_was_read_and_goes_on_there(
    server: ScriptedModelServer, tmp_path: Path, language: Language
) -> None:
    data = stored(tmp_path, *LANGUAGES)
    server.script(answer(("event", GOOD["en"])), answer(("event", GOOD["ko"])), answer())
    with opened(data, server) as workspace:
        steps = workspace.record_refresher.refresh()
        first = next(steps)
        # As Ctrl-C does: the generator is left where it stands.
        with pytest.raises(KeyboardInterrupt):
            steps.throw(KeyboardInterrupt)
        rest = [document.source for document in workspace.record_refresher.waiting()]
        assert rest == sorted({"ko.md", "en.md"} - {first.name})
    with opened(data, server) as workspace:
        assert [step.name for step in workspace.record_refresher.refresh()] == rest


def test_a_document_keeps_its_records_whole_when_the_model_fails(server: ScriptedModelServer, tmp_path: Path) -> None:
    data = stored(tmp_path, "en")
    server.script(answer(("event", GOOD["en"])), answer())
    with opened(data, server) as workspace:
        list(workspace.record_refresher.refresh())
        before = workspace.store.records()
    server.script(Reply(status=503))
    with opened(data, server, "another") as workspace:
        (step,) = workspace.record_refresher.refresh()
        assert step.problem is not None
        assert "language model" in step.problem
        assert workspace.store.records() == before
        assert len(workspace.record_refresher.waiting()) == 1


def test_without_a_model_rules_read_anew_and_leave_a_models_records_alone(
    server: ScriptedModelServer, tmp_path: Path
) -> None:
    data = stored(tmp_path, *LANGUAGES)
    server.script(answer(("event", GOOD["en"])), answer())
    with opened(data, server) as workspace:
        first = next(workspace.record_refresher.refresh())
    with opened(data, None) as workspace:
        names = [document.source for document in workspace.record_refresher.waiting()]
        assert first.name not in names
        assert [step.name for step in workspace.record_refresher.refresh()] == names


def test_an_officers_word_stays(server: ScriptedModelServer, tmp_path: Path) -> None:
    data = stored(tmp_path, "en")
    server.script(answer(("event", GOOD["en"])), answer())
    with opened(data, server) as workspace:
        list(workspace.record_refresher.refresh())
        (record,) = of_type(workspace.store.records(), RecordType.EVENT, GOOD["en"][0][1])
        workspace.store.correct_record(record.record_id, {"place": "Harbour Hall"}, "officer")
        server.script(answer(("event", GOOD["en"])), answer())
        list(workspace.record_refresher.refresh(everything=True))
        (again,) = of_type(workspace.store.records(), RecordType.EVENT, GOOD["en"][0][1])
        assert (again.record_id, again.place) == (record.record_id, "Harbour Hall")
