"""Files that are sent, onto the disk under names of our own."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import Any, BinaryIO

import anyio
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from assistant.desk.documents import Upload, file_name

MAX_FILES = 200
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}


async def received(request: Request, folder: Path, max_files: int = MAX_FILES) -> list[Upload]:
    """The files of a form, copied into ``folder``; what they are called there has nothing to do with what they were called.

    The body is read only here, after the route knows who sends it; ``create_app`` limits its size as it arrives.
    """
    uploads: list[Upload] = []
    try:
        async with request.form(max_files=max_files, max_fields=10, max_part_size=10_000) as form:
            sent: list[Any] = form.getlist("files")
            files = [file for file in sent if isinstance(file, UploadFile)]
            if not files:
                raise _invalid("it is required: one file or several")
            for number, file in enumerate(files, start=1):
                target = folder / secrets.token_hex(16)
                uploads.append(Upload(target, file_name(file.filename, number)))
                await anyio.to_thread.run_sync(_copy, file.file, target)
    except HTTPException as error:
        drop(uploads)
        if error.status_code != 400:
            raise
        raise _invalid(str(error.detail)) from error
    except BaseException:
        drop(uploads)
        raise
    return uploads


def drop(uploads: list[Upload]) -> None:
    """Delete files that nobody takes in."""
    for upload in uploads:
        upload.path.unlink(missing_ok=True)


def _copy(source: BinaryIO, target: Path) -> None:
    with target.open("xb") as file:
        shutil.copyfileobj(source, file)


def _invalid(problem: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", "files"), "type": "files", "msg": problem}])
