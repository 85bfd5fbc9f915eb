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
_MAX_PASSWORD_CHARS = 200
_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
_PASSWORD = {
    "type": "string",
    "format": "password",
    "maxLength": _MAX_PASSWORD_CHARS,
    "description": "Opens HWP, HWPX and PDF files that need one; it is kept nowhere.",
}


def _form(**properties: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "required": ["files"], "properties": properties}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


FORM = _form(files=_FILES)
LOCKABLE_FORM = _form(files=_FILES, password=_PASSWORD)


async def received(request: Request, folder: Path, max_files: int = MAX_FILES) -> list[Upload]:
    """The files of a form, copied into ``folder``; what they are called there has nothing to do with what they were called.

    The body is read only here, after the route knows who sends it; ``create_app`` limits its size as it arrives.
    """
    uploads: list[Upload] = []
    try:
        async with request.form(max_files=max_files, max_fields=10, max_part_size=10_000) as form:
            sent: list[Any] = form.getlist("files")
            files = [file for file in sent if isinstance(file, UploadFile)]
            password = _password(form.get("password"))
            if not files:
                raise _invalid("it is required: one file or several")
            for number, file in enumerate(files, start=1):
                target = folder / secrets.token_hex(16)
                uploads.append(Upload(target, file_name(file.filename, number), password))
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


def _password(sent: UploadFile | str | None) -> str | None:
    """The password sent along, if one is; a mistyped one is told by the file."""
    if sent is None or sent == "":
        return None
    if not isinstance(sent, str) or len(sent) > _MAX_PASSWORD_CHARS:
        raise _invalid(f"it is text of at most {_MAX_PASSWORD_CHARS} characters", field="password")
    return sent


def drop(uploads: list[Upload]) -> None:
    """Delete files that nobody takes in."""
    for upload in uploads:
        upload.path.unlink(missing_ok=True)


def _copy(source: BinaryIO, target: Path) -> None:
    with target.open("xb") as file:
        shutil.copyfileobj(source, file)


def _invalid(problem: str, field: str = "files") -> RequestValidationError:
    return RequestValidationError([{"loc": ("body", field), "type": field, "msg": problem}])
