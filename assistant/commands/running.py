"""How a command runs: over a workspace, ending with an exit code and a line instead of a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from assistant.errors import AnnaeError, ConfigurationError

if TYPE_CHECKING:
    from pydantic import ValidationError

    from assistant.workspace import Workspace

DONE, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


@contextmanager
def open_workspace(data_dir: Path | None) -> Iterator[Workspace]:
    """The workspace in use; what goes wrong in it is told as ``errors_told`` says."""
    with errors_told():
        from assistant.settings import load_settings
        from assistant.workspace import Workspace

        with Workspace(load_settings(data_dir=data_dir)) as workspace:
            yield workspace


@contextmanager
def errors_told() -> Iterator[None]:
    """What goes wrong inside is told in a line and an exit code, never with a traceback."""
    try:
        yield
    except ConfigurationError as error:
        stop(str(error), WRONG_USE, error)
    except AnnaeError as error:
        stop(str(error), FAILED, error)
    except KeyboardInterrupt as error:
        stop("stopped; everything acknowledged so far is kept", INTERRUPTED, error)


def stop(why: str, code: int, error: BaseException | None = None) -> NoReturn:
    """End the command with a line on standard error and an exit code."""
    typer.echo(f"annae: {why}", err=True)
    raise typer.Exit(code) from error


def reason(error: ValidationError) -> str:
    """The first thing that is wrong with what was given, and where."""
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
