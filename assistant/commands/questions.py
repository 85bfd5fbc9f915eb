"""``annae ask`` and ``annae search``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.options import AsJson, AsOf, DataDir
from assistant.commands.running import WRONG_USE, open_workspace, reason, stop
from assistant.messages import message

if TYPE_CHECKING:
    from assistant.contract.answers import AnswerModel, ChatRequest
    from assistant.contract.citations import CitationModel
    from assistant.contract.search import SearchRequest
    from assistant.types import Language


def ask(
    question: Annotated[str, typer.Argument(help="A question in Korean or English.")],
    as_json: AsJson = False,
    as_of: AsOf = None,
    history: Annotated[
        Path | None, typer.Option(metavar="FILE", help="JSON file with earlier turns: a list of {role, content}.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Answer a question, each sentence with its source."""
    with open_workspace(data_dir) as workspace:
        from assistant.contract.answers import AnswerModel
        from assistant.service import build_assistant

        body = _chat_request(question, as_of.date() if as_of else None, history)
        _check_length(body.question, workspace.settings.max_question_chars)
        workspace.repair_if_free()
        answer = AnswerModel.of(build_assistant(workspace).ask(body.to_question(workspace.settings.today())))
        typer.echo(answer.model_dump_json(indent=2) if as_json else _readable(answer))


def _chat_request(question: str, as_of: date | None, history: Path | None) -> ChatRequest:
    from pydantic import ValidationError

    from assistant.contract.answers import ChatRequest

    turns = _turns(history) if history else []
    try:
        return ChatRequest(question=question, as_of=as_of, history=turns)
    except ValidationError as error:
        if history and error.errors()[0]["loc"][0] == "history":
            stop(f"{history}: {reason(error)}. Write a list of {{role, content}}.", WRONG_USE, error)
        stop(reason(error), WRONG_USE, error)


def _turns(history: Path) -> Any:
    try:
        return json.loads(history.read_text(encoding="utf-8"))
    except OSError as error:
        stop(f"{history}: it cannot be read ({error.strerror}). Check the path.", WRONG_USE, error)
    except (ValueError, RecursionError) as error:
        stop(f"{history}: it is not JSON in UTF-8 ({error}). Write a list of {{role, content}}.", WRONG_USE, error)


def _readable(answer: AnswerModel) -> str:
    lines = [answer.text, ""]
    lines += [f"※ {notice.text}" for notice in answer.notices]
    for citation in answer.citations:
        lines.append(f"[{citation.number}] {citation.title} ({', '.join(_about(citation, answer.language))})")
        lines.append(f"    “{citation.quote}”")
    return "\n".join(lines)


def _about(citation: CitationModel, language: Language) -> Iterator[str]:
    """Who published it and when, the page, and how sure the reading is of one that was read from a picture."""
    from assistant.text.dates.written import written_date

    if citation.publisher:
        yield citation.publisher
    if citation.published:
        yield written_date(citation.published, language)
    yield message(language, "page", number=citation.page)
    if citation.ocr_confidence is not None:
        yield message(language, "recognised", percent=round(citation.ocr_confidence * 100))


def search(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    as_json: AsJson = False,
    top_k: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 10,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the query was understood and each leg's rank and score.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Find passages without composing an answer."""
    with open_workspace(data_dir) as workspace:
        from assistant.contract.search import SearchResponse

        body = _search_request(query, top_k, explain)
        _check_length(body.query, workspace.settings.max_question_chars)
        workspace.repair_if_free()
        retriever = workspace.retriever
        built = retriever.query_builder.build(body.query)
        hits = retriever.search(built, body.top_k)
        found = SearchResponse.of(built, hits, versions=retriever.versions, explain=body.explain)
    if as_json:
        typer.echo(found.model_dump_json(indent=2, exclude_unset=True))
        return
    for concept in found.concepts or []:
        for language, ways in concept.alternatives.items():
            typer.echo(f"{concept.text} [{language}]: {', '.join(ways)}")
    if found.versions:
        typer.echo(", ".join(f"{part} {version}" for part, version in found.versions.items()))
    for number, hit in enumerate(found.hits, start=1):
        typer.echo(f"{number}. {hit.title} (p. {hit.page}) {' > '.join(hit.section)}  [{hit.score:.3f}]")
        if explain:
            typer.echo(f"   ranks {hit.ranks}, scores {hit.leg_scores}")
        typer.echo("   " + hit.text.replace("\n", "\n   "))


def _search_request(query: str, top_k: int, explain: bool) -> SearchRequest:
    from pydantic import ValidationError

    from assistant.contract.search import SearchRequest

    try:
        return SearchRequest(query=query, top_k=top_k, explain=explain)
    except ValidationError as error:
        stop(reason(error), WRONG_USE, error)


def _check_length(text: str, limit: int) -> None:
    if not text.strip():
        stop("there is no question. Write one in quotation marks.", WRONG_USE)
    if len(text) > limit:
        stop(f"the question is over {limit} characters. Shorten it, or raise ANNAE_MAX_QUESTION_CHARS.", WRONG_USE)
