"""Errors as problem details (RFC 9457)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field


class InvalidPart(BaseModel):
    """One thing that is wrong with a request."""

    where: Annotated[str, Field(description="The field, such as body.filters.language.")]
    problem: str


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: Annotated[list[InvalidPart], Field(description="For 422: everything that is wrong, field by field.")] = []
    version: Annotated[int | None, Field(description="For 409 at the desk: the version now; else left out.")] = None

    def members(self) -> dict[str, Any]:
        """As JSON, without the members that this problem has nothing to say in."""
        unsaid = {name for name, said in (("errors", self.errors), ("version", self.version)) if not said}
        return self.model_dump(mode="json", exclude=unsaid)
