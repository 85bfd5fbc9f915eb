"""``annae eval``: ask the question sets, compare runs, guard what was reached."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, cast

import typer

from assistant.errors import AnnaeError

if TYPE_CHECKING:
    from assistant.types import Language
    from evals.judge import Judge

app = typer.Typer(
    help="Measure the assistant on question sets (evals/sets/README.md).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_FAILED, _WRONG_USE = 1, 2

Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME", help="A set of evals/sets or a .jsonl file; all if not given. Repeatable."),
]
Split = Annotated[str, typer.Option(help="dev, test or all.")]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Ask in this data folder as it is, in place of the sample corpus.")
]
DocumentsDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Look the evidence up in the documents of this data folder.")
]
ToldIn = Annotated[
    str | None,
    typer.Option("--language", metavar="ko|en", help="Language of what is told; else that of the questions."),
]
InLanguage = Annotated[
    str, typer.Option("--language", metavar="ko|en", help="Language of the tables and of what is told.")
]
JudgeName = Annotated[
    str,
    typer.Option("--judge", metavar="NAME", help="Who judges citations: rules, nli:FOLDER, or llm (ANNAE_LLM_MODEL)."),
]


@app.command()
def run(
    sets: Sets = None,
    split: Split = "all",
    against: Annotated[
        str | None, typer.Option(metavar="RUN", help="An earlier run: its name, folder or file.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most about this many questions, the same ones every time.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the run and its report; else build/evals/runs/TIME.")
    ] = None,
    data_dir: DataDir = None,
    report: Annotated[bool, typer.Option(help="Also write report.html.")] = True,
    peers_of: Annotated[
        Path | None,
        typer.Option("--peers", metavar="FILE", help="A peers.json of annae eval peers, to be shown in the report."),
    ] = None,
    judge: JudgeName = "rules",
    language: InLanguage = "en",
) -> None:
    """Ask the questions; print a table; write run.json, summary.json and report.html."""
    from evals.run import RUNS, load_run, make_run, open_bench, read_questions, save_run

    told_in = _chosen(language)
    with _told(told_in):
        _check_split(split, told_in)
        # A wrong name is told before hundreds of questions are asked.
        _judge(judge)
        earlier = load_run(against) if against else None
        beside = json.loads(peers_of.read_text(encoding="utf-8")) if peers_of else None
        questions = read_questions(sets or (), split, limit)
        if not questions:
            _stop("there is no question in that choice of sets and split", _WRONG_USE, told_in)
        folder = out or RUNS / datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        with open_bench(data_dir, say=_noting(told_in)) as bench, _progress(told_in) as step:
            made = make_run(bench, questions, chosen={"sets": sets or [], "split": split, "limit": limit}, step=step)
        save_run(made, folder)
        _report(made, earlier, folder, html=report, peers=beside, judge=judge, language=told_in)


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="The earlier run: its name, folder or file.")],
    after: Annotated[str, typer.Argument(help="The later run.")],
    out: Annotated[Path | None, typer.Option(help="Folder for a report of the later run with what changed.")] = None,
    judge: JudgeName = "rules",
    language: InLanguage = "en",
) -> None:
    """What changed between two runs, with paired tests, and which questions."""
    from evals.report import comparison_table
    from evals.run import load_run

    told_in = _chosen(language)
    with _told(told_in):
        old, new = load_run(before), load_run(after)
        if out:
            _report(new, old, out, html=True, judge=judge, language=told_in)
            return
        from evals.measures import judge_run

        deciding = _judge(judge)
        judged_old, judged_new = judge_run(old, deciding), judge_run(new, deciding)
        _print(comparison_table(old, new, judged_old, judged_new), told_in)


@app.command()
def gate(
    thresholds: Annotated[Path | None, typer.Option(help="The thresholds; else evals/thresholds.toml.")] = None,
    existing: Annotated[
        str | None, typer.Option("--run", metavar="RUN", help="Judge this run in place of a new one.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Keep the run and its report in this folder.")] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Print thresholds a little under what is measured, for review.")
    ] = False,
    language: InLanguage = "en",
) -> None:
    """Hold the test split against the thresholds on the frozen clock; exit 1 and name what fell below."""
    from evals.gate import THRESHOLDS, as_toml, fallen, read_thresholds
    from evals.gate import propose as proposed
    from evals.measures import judge_run, summary
    from evals.run import load_run, make_run, open_bench, read_questions, save_run

    told_in = _chosen(language)
    with _told(told_in):
        wanted = {} if propose else read_thresholds(thresholds or THRESHOLDS)
        if existing:
            made = load_run(existing)
        else:
            questions = read_questions(split="test")
            with open_bench(say=_noting(told_in)) as bench, _progress(told_in) as step:
                made = make_run(bench, questions, chosen={"sets": [], "split": "test", "limit": None}, step=step)
        judged = judge_run(made)
        if out:
            save_run(made, out)
            _report(made, None, out, html=True, language=told_in)
        means = summary(made, judged)
        if propose:
            typer.echo(as_toml(proposed(means)), nl=False)
            return
        found = fallen(wanted, means)
    for problem in found:
        _note(f"below its threshold: {problem}", told_in)
    count = sum(len(measures) for measures in wanted.values())
    _say(f"{len(judged)} questions, {count} thresholds, {len(found)} not reached", told_in)
    raise typer.Exit(_FAILED if found else 0)


@app.command()
def sweep(
    vary: Annotated[list[str], typer.Option(metavar="NAME=VALUE,VALUE", help="A setting and what to try. Repeatable.")],
    limit: Annotated[int | None, typer.Option(min=1, help="At most about this many questions.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write sweep.json and pareto.svg into this folder.")] = None,
    language: InLanguage = "en",
) -> None:
    """Try settings side by side on the development questions: quality against latency."""
    from evals.sweep import grid, picture, table
    from evals.sweep import sweep as tried

    told_in = _chosen(language)
    with _told(told_in):
        trials = tried(grid(vary), limit, say=_noting(told_in))
        _print(table(trials), told_in)
        if out:
            out.mkdir(parents=True, exist_ok=True)
            told = [{"settings": t.values, "means": t.means, "p50_ms": t.milliseconds} for t in trials]
            (out / "sweep.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
            (out / "pareto.svg").write_text(picture(trials), encoding="utf-8")


@app.command()
def peers(
    sets: Sets = None,
    split: Split = "all",
    limit: Annotated[int | None, typer.Option(min=1, help="At most about this many questions.")] = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Folder of documents that the questions are about; else the sample corpus.")
    ] = None,
    embedder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model by folder or name, for all; else the one in use.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="PEER", help="This peer alone. Repeatable.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write peers.json and peers.html into this folder.")] = None,
    language: InLanguage = "en",
) -> None:
    """Search the same documents with the same questions and embedder through LangChain, Haystack and LlamaIndex."""
    from evals.peer_pipelines import make_peers
    from evals.peers import default_corpus, run_peers, table, with_evidence
    from evals.run import embedder_for, read_questions

    told_in = _chosen(language)
    with _told(told_in):
        _check_split(split, told_in)
        questions = with_evidence(read_questions(sets or (), split, limit))
        if not questions:
            _stop("there is no question with evidence in that choice of sets and split", _WRONG_USE, told_in)
        found = run_peers(
            corpus or default_corpus(),
            questions,
            embedder_for(embedder),
            lambda model, depth: make_peers(only or (), model, depth),
            say=_noting(told_in),
        )
        for group in found["pipelines"][0]["groups"]:
            _print(table(found, group), told_in)
        if out:
            from evals.peers_page import peers_page

            out.mkdir(parents=True, exist_ok=True)
            (out / "peers.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
            (out / "peers.html").write_text(peers_page(found), encoding="utf-8")
            typer.echo(f"{out}: peers.json, peers.html")


@app.command()
def validate(
    file: Annotated[Path, typer.Argument(help="A set as JSON lines.")],
    data_dir: DocumentsDir = None,
    language: ToldIn = None,
) -> None:
    """Check a set of your own; with --data-dir also that its evidence stands in the documents there. Exit 1 if something is wrong."""
    from evals.datasets import read_jsonl
    from evals.own_words import language_of, say

    chosen = _chosen(language) if language else None
    with _told(chosen or "en"):
        rows = read_jsonl(file)
        told_in = chosen or language_of(str(row.get("question", "")) for row in rows)
        problems = _own_problems(rows, data_dir, told_in) if rows else [say("no_rows", told_in)]
    for problem in problems:
        typer.echo(problem, err=True)
    if not data_dir:
        typer.echo(say("unchecked", told_in), err=True)
    typer.echo(say("counted", told_in, questions=len(rows), problems=len(problems)))
    raise typer.Exit(_FAILED if problems else 0)


@app.command("import")
def take_in(
    table: Annotated[
        Path,
        typer.Argument(help="A spreadsheet (XLSX, CSV or TSV) with the fields of evals/sets/README.md as columns."),
    ],
    out: Annotated[Path, typer.Argument(help="The .jsonl file to write; it must not exist.")],
    data_dir: DocumentsDir = None,
    language: ToldIn = None,
) -> None:
    """Turn a spreadsheet into a set; nothing is written while something is wrong with a row. Exit 1 then."""
    from evals.own_sets import completed, write_set
    from evals.own_tables import from_table, table_text
    from evals.own_words import say

    chosen = _chosen(language) if language else None
    with _told(chosen or "en"):
        read = from_table(table_text(table), chosen)
        rows = [completed(row) for row in read.rows]
        problems = [*read.problems, *_own_problems(rows, data_dir, read.language, read.places)]
        for problem in problems:
            typer.echo(problem, err=True)
        if problems:
            count = len(rows) + len(read.problems)
            typer.echo(say("not_written", read.language, out=out, questions=count, problems=len(problems)), err=True)
            raise typer.Exit(_FAILED)
        write_set(rows, out)
    if not data_dir:
        typer.echo(say("unchecked", read.language), err=True)
    typer.echo(say("written", read.language, out=out, questions=len(rows)))


def _chosen(name: str) -> Language:
    if name not in ("ko", "en"):
        _stop(f"--language {name}: it is ko or en", _WRONG_USE)
    return cast("Language", name)


def _own_problems(
    rows: list[dict[str, Any]], data_dir: Path | None, language: Language, places: Sequence[str] = ()
) -> list[str]:
    from evals.own_sets import validate as problems_of
    from evals.run import open_stored

    if not data_dir:
        return problems_of(rows, places=places, language=language)
    with open_stored(data_dir) as workspace:
        return problems_of(rows, workspace, places=places, language=language)


@app.command()
def new(
    document: Annotated[str, typer.Argument(help="Name of a stored document's file.")],
    out: Annotated[Path, typer.Argument(help="The .jsonl file to write; it must not exist.")],
    data_dir: DataDir = None,
    language: InLanguage = "en",
) -> None:
    """Draft questions from a document's lines with amounts and dates, to be reworded by a person before they count."""
    from evals.own_sets import drafts, write_set
    from evals.run import open_bench, open_stored

    told_in = _chosen(language)
    with _told(told_in):
        if data_dir:
            with open_stored(data_dir) as workspace:
                rows = _drafted(workspace, document, drafts)
        else:
            with open_bench(say=_noting(told_in)) as bench:
                rows = _drafted(bench.workspace, document, drafts)
        write_set(rows, out)
    _say(f"{out}: {len(rows)} drafts", told_in)


def _drafted(workspace: Any, name: str, drafts: Any) -> list[dict[str, Any]]:
    for stored in workspace.store.documents():
        if name in (stored.source, Path(stored.source).name, Path(stored.source).stem, stored.document_id):
            rows: list[dict[str, Any]] = drafts(workspace, stored)
            return rows
    names = sorted(Path(stored.source).name for stored in workspace.store.documents())
    near = get_close_matches(name, names, n=5, cutoff=0.3) or names[:5]
    raise ValueError(f"{name}: there is no such document; there are {len(names)}, among them {', '.join(near) or '-'}")


def _report(
    made: dict[str, Any],
    earlier: dict[str, Any] | None,
    folder: Path,
    *,
    html: bool,
    peers: dict[str, Any] | None = None,
    judge: str = "rules",
    language: Language,
) -> None:
    from evals.measures import judge_run
    from evals.report import comparison_table, summary_json, summary_table

    deciding = _judge(judge)
    judged = judge_run(made, deciding)
    judged_earlier = judge_run(earlier, deciding) if earlier else None
    _print(summary_table(made, judged), language)
    if earlier and judged_earlier:
        _print(comparison_table(earlier, made, judged_earlier, judged), language)
    folder.mkdir(parents=True, exist_ok=True)
    told = {"judge": deciding.name, **summary_json(made, judged, earlier, judged_earlier)}
    (folder / "summary.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    if html:
        from evals.page import report_page

        page = report_page(made, judged, earlier, judged_earlier, peers, judge=deciding.name)
        (folder / "report.html").write_text(page, encoding="utf-8")
    written = ["run.json", "summary.json", *(["report.html"] if html else [])]
    names = ", ".join(name for name in written if (folder / name).is_file())
    _say(f"{folder}: {names}; digest {made['digest'][:16]}", language)


def _judge(name: str) -> Judge:
    from assistant.settings import load_settings
    from evals.model_judges import open_judge

    return open_judge(name, load_settings())


@contextmanager
def _told(language: Language) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        why = f"{error.filename}: there is no such file or folder" if error.filename else str(error)
        _stop(why, _WRONG_USE, language, error)
    except FileExistsError as error:
        _stop(f"{error.filename}: it is there already and is not written over", _WRONG_USE, language, error)
    except (OSError, ValueError) as error:
        _stop(str(error), _WRONG_USE, language, error)
    except AnnaeError as error:
        _stop(str(error), _FAILED, language, error)


def _stop(why: str, code: int, language: Language = "en", error: BaseException | None = None) -> NoReturn:
    typer.echo(f"annae eval: {_worded(why, language)}", err=True)
    raise typer.Exit(code) from error


def _check_split(split: str, language: Language) -> None:
    if split not in ("dev", "test", "all"):
        _stop(f"--split {split}: it is dev, test or all", _WRONG_USE, language)


def _worded(text: str, language: Language) -> str:
    from evals.terminal_words import in_terminal

    return in_terminal(text, language)


def _say(text: str, language: Language) -> None:
    typer.echo(_worded(text, language))


def _note(text: str, language: Language) -> None:
    typer.echo(_worded(text, language), err=True)


def _noting(language: Language) -> Callable[[str], None]:
    return lambda text: _note(text, language)


def _print(table: tuple[str, list[str], list[list[str]]], language: Language) -> None:
    from evals.report import print_table

    title, columns, rows = table
    # What a row is about stands in its first cell, what is measured perhaps in the second.
    worded = [[*(_worded(cell, language) for cell in row[:2]), *row[2:]] for row in rows]
    print_table(_worded(title, language), [_worded(column, language) for column in columns], worded)


@contextmanager
def _progress(language: Language) -> Iterator[Any]:
    """A bar on a terminal; elsewhere a line every hundred questions."""
    if not sys.stderr.isatty():

        def line(done: int, total: int) -> None:
            if done % 100 == 0 or done == total:
                _note(f"[{done}/{total}] questions asked", language)

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(_worded("asking", language)), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def main(arguments: Sequence[str]) -> None:
    """Run the command with these arguments; ends the process with its exit code."""
    app(args=list(arguments), prog_name="annae eval")


if __name__ == "__main__":
    main(sys.argv[1:])
