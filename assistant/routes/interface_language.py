"""In which language the service speaks to a caller, where no question says it."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from assistant.types import Language


def interface_language(request: HTTPConnection, default: Language | None = None) -> Language:
    """The language of a page's own words, and of errors: as asked for in the address, else ``default``, else the browser's first choice."""
    asked = request.query_params.get("lang")
    if asked in ("ko", "en"):
        return "ko" if asked == "ko" else "en"
    if default:
        return default
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "ko"
