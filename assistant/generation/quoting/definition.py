"""Whether a line says what a thing is: it opens with the thing ("KSP는 …", "The PIS fund is …"), writes its name out
("KSP(경제발전경험공유사업)"), or opens a paper on the thing or the part of it that says what it is (개요, What it is)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.generation.quoting.clauses import Clause
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.disclaimer import is_on_itself
from assistant.types import Concept

# Shares: of the weight of the most telling concept, and of the weight of all.
_TELLING = 0.5
_MOST = 0.5
_WRITTEN = frozenset({"word", "compound", "termbase"})
_OPENING = r"(?:[^:|]{1,20}:\s|[“\"(]|the\s|an?\s)*"
_SAYS = r"(?:은|는|이란|란|의\s약)|,?\s(?:is|are|was|refers|stands|means)\b|:|\s-\s"
_OVERVIEW = re.compile(
    r"^\W*(?:\d+[.)]?\s*)?(?:사업\s?|행사\s?|기금\s?|제도\s?)?(?:개요|소개|목적|취지|정의|한눈에\s?(?:보기|보는)[^(]{0,12})\W*(?:\([^)]*\)\W*)?$"
    r"|^\W*(?:\d+[.)]?\s*)?(?:what it is|about|overview|purpose|in short|introduction|at a glance|key facts)\b",
    re.IGNORECASE,
)


class Definition:
    """Recognises lines that define one of the things that a question names.

    Args:
        concepts: the question's; what was only said before does not count.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._asked = [concept for concept in concepts if concept.emphasis == 1.0]
        most = max((concept.weight for concept in self._asked), default=0.0)
        names = {
            way.text
            for concept in self._asked
            # "City" names nothing in a question for the "traditional new city type".
            if concept.weight >= _TELLING * most
            for ways in concept.alternatives.values()
            for way in ways
            if way.origin in _WRITTEN and len(way.text) > 1
        }
        name = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        self._opens = re.compile(rf"{_OPENING}(?:{name})[”\")]?\s?(?:\([^)]*\)\s?)?(?:{_SAYS})", re.IGNORECASE)
        self._expands = re.compile(rf"(?:{name})[”\"]?\s?\(", re.IGNORECASE)
        self._names_any = bool(names)

    def is_in(self, clause: Clause) -> bool:
        """Whether a clause says what one of the things is."""
        line = clause.bare
        if not self._names_any:
            return False
        return bool(self._opens.match(line) or self._expands.search(line)) or self._opens_paper(clause)

    def _opens_paper(self, clause: Clause) -> bool:
        chunk = clause.hit.chunk
        is_first = chunk.ordinal == 0 and clause.line <= 1
        is_overview = bool(chunk.section) and _OVERVIEW.search(chunk.section[-1]) is not None
        is_opening = (is_first or is_overview) and not is_on_itself(clause.text)
        return is_opening and self._is_on(clause.hit.document.title)

    def _is_on(self, title: str) -> bool:
        """Whether a title says most of what the question names."""
        weights = [concept.weight for concept in self._asked]
        said = concepts_said(self._asked, title)
        return sum(w * s for w, s in zip(weights, said, strict=True)) >= _MOST * sum(weights)
