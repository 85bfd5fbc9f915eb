"""Pages for people, from the folder of templates."""

from __future__ import annotations

import json
from functools import partial
from importlib.resources import files
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.contract.problems import Problem
from assistant.messages import MESSAGES
from assistant.routes.headers import PAGE_HEADERS
from assistant.routes.interface_language import interface_language
from assistant.routes.record_dates import day, period
from assistant.routes.whole_words import pieces
from assistant.text.dates.written import written_date
from assistant.types import Language


class PageTemplates:
    """Renders pages with every value escaped, under a policy that allows no scripts."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(str(files("assistant") / "templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"day": day, "period": period, "written": written_date, "pieces": pieces}
        self._environment.filters["pretty"] = partial(json.dumps, ensure_ascii=False, indent=2)

    def render(self, name: str, language: Language, status: int = 200, **values: Any) -> HTMLResponse:
        """The page ``name`` with its own words in ``language``."""
        html = self._environment.get_template(name).render(interface=language, text=MESSAGES[language], **values)
        return HTMLResponse(html, status_code=status, headers=PAGE_HEADERS)

    def problem(self, request: Request, problem: Problem) -> HTMLResponse:
        """The page that tells of an error."""
        language = interface_language(request)
        return self.render("error.html", language, problem.status, title=problem.title, problem=problem)
