"""Options that several commands share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder for everything stored; else ANNAE_DATA_DIR, else ./data.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print exactly the HTTP object.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The date that counts as today."),
]
