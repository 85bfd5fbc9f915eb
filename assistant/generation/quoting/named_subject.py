"""Lines of what a question names: "the interest on EDCF loans" is not answered from another fund's lines."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.generation.quoting.clauses import Clause
from assistant.generation.quoting.coverage import concepts_said
from assistant.text.termbase import TermFinder
from assistant.types import Concept

# A place is often said by another that lies in it, and an event by its sort.
_KINDS = frozenset({"body", "fund", "program", "company", "finance"})
# The name itself, or nearly: of a name in several words half is not the name ("cooperation center").
_SAID = 0.75
# Of a concept, what the name may leave: a particle.
_MAX_REST = 2


def of_named(clauses: Sequence[Clause], concepts: Sequence[Concept], terms: TermFinder) -> list[Clause]:
    """The clauses in whose passage, headings or title one of the funds, programs, bodies or companies stands that the question names.

    All of them where the question names none, or where no passage says any: that nothing is known of a name is for others to tell.
    """
    names = [
        concept for concept in concepts if concept.is_name and concept.emphasis == 1.0 and _is_of_kind(concept, terms)
    ]
    said: dict[str, bool] = {}
    for clause in clauses if names else ():
        hit = clause.hit
        if hit.chunk.chunk_id not in said:
            text = " ".join((hit.document.title, *hit.chunk.section, hit.chunk.text))
            said[hit.chunk.chunk_id] = max(concepts_said(names, text)) >= _SAID
    return [clause for clause in clauses if said.get(clause.hit.chunk.chunk_id)] or list(clauses)


def _is_of_kind(concept: Concept, terms: TermFinder) -> bool:
    return any(
        match.term.kind in _KINDS and match.end - match.start >= len(concept.text) - _MAX_REST
        for match in terms.find(concept.text)
    )
