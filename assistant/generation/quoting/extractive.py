"""Answers without a language model: the clauses that answer, quoted, in a frame of the asker's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.generation.answer_kind import AnswerKind, asked_kinds
from assistant.generation.draft import Draft
from assistant.generation.quoting.clause_ranker import ClauseRanker
from assistant.generation.quoting.clauses import Clause, clauses
from assistant.generation.quoting.evidence import EvidenceJudge
from assistant.generation.quoting.named_subject import of_named
from assistant.generation.quoting.nearest import nearest, searched_for, shown
from assistant.generation.quoting.notices import notices_on
from assistant.generation.quoting.premise import Correction, PremiseChecker
from assistant.generation.quoting.selection import missing_kinds, select
from assistant.generation.quoting.unknown_name import unknown_name
from assistant.generation.quoting.wording import CitationList, ClaimWriter
from assistant.generation.scope.classifier import is_instruction
from assistant.messages import message
from assistant.text.termbase import TermFinder
from assistant.types import AnswerStatus, Claim, Language, Notice, Query, Question, ScoredChunk

# A question in a list of questions and answers is no answer.
_QUESTION = re.compile(r"\?\s*$")
_WORD = re.compile(r"[^\W\d_]{2}")
# A heading in title case that stands among the lines: no figure, no mark, every longer word with a capital.
_HEADING = re.compile(r"(?:(?:[A-Z][\w’'-]*|[a-z]{1,4})\s){2,8}[A-Z][\w’'-]*")
_MAX_HEADING_CHARS = 70
_PASSAGE_CHARS = 200
# Parts of a question whose lack is worth saying.
_NAMED_PARTS = frozenset({AnswerKind.AMOUNT, AnswerKind.RATE, AnswerKind.DATE, AnswerKind.CONTACT})


class ExtractiveComposer:
    """Compose an answer from retrieved chunks.

    Args:
        ranker: puts the clauses first that answer.
        judge: decides whether the best ones are evidence.
        writer: says them in the asker's language.
        premises: finds what says otherwise than the question takes for granted.
        terms: official names in both languages.
    """

    def __init__(
        self,
        ranker: ClauseRanker,
        judge: EvidenceJudge,
        writer: ClaimWriter,
        premises: PremiseChecker,
        terms: TermFinder,
    ) -> None:
        self._terms = terms
        self._premises = premises
        self._ranker = ranker
        self._judge = judge
        self._writer = writer

    def stream(
        self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]
    ) -> Iterator[Draft]:
        """The whole draft at once, where a language model's composer gives its claims one by one."""
        yield self.compose(question, language, query, hits)

    def compose(self, question: Question, language: Language, query: Query, hits: Sequence[ScoredChunk]) -> Draft:
        """Answer ``question`` from ``hits`` (best first) in ``language``; ``no_evidence`` with the nearest passages if nothing fits."""
        if not hits:
            return Draft(AnswerStatus.NO_EVIDENCE, text=message(language, "no_documents"))
        kinds = asked_kinds(question.text)
        candidates = [clause for clause in clauses(hits) if is_candidate(clause)]
        own = of_named(candidates, query.concepts, self._terms)
        ranked = self._ranker.rank(query, kinds[0], own)
        if not ranked:
            return no_evidence(language, query, candidates)
        chosen = select(ranked, kinds)
        correction = self._premises.correction(query, own)
        is_evidence = self._judge.is_evidence(query, ranked)
        if correction is not None:
            known = [item.clause for item in correction.items]
            chosen = [*correction.items, *(item for item in chosen if is_evidence and item.clause not in known)]
        else:
            unknown = unknown_name(question.text, query.concepts, hits)
            if unknown is not None or not is_evidence:
                return no_evidence(language, query, candidates, unknown)
        citations = CitationList()
        claims, notices = self._writer.write(chosen, language, citations)
        lacking = [kind for kind in missing_kinds(chosen, kinds) if kind in _NAMED_PARTS]
        return Draft(
            AnswerStatus.PARTIAL if lacking else AnswerStatus.ANSWERED,
            tuple(_corrected(claims, correction, language)),
            citations.all(),
            (
                *_lacking(language, lacking),
                *notices_on([c.clause for c in chosen], language, question.as_of),
                *notices,
            ),
        )


def is_candidate(clause: Clause) -> bool:
    """Whether a clause may be quoted as an answer: it says something, is no heading and no question, and does not speak to an assistant."""
    is_heading = len(clause.text) <= _MAX_HEADING_CHARS and _HEADING.fullmatch(clause.text) is not None
    no_answer = is_heading or _QUESTION.search(clause.text) or is_instruction(clause.text)
    return bool(_WORD.search(clause.text)) and not no_answer


def _corrected(claims: Sequence[Claim], correction: Correction | None, language: Language) -> list[Claim]:
    """The claims, the first saying so where the sources say otherwise than the question takes for granted."""
    if correction is None:
        return list(claims)
    first = replace(claims[0], text=message(language, f"not_that_{correction.kind}", claim=claims[0].text))
    return [first, *claims[1:]]


def _lacking(language: Language, kinds: Sequence[AnswerKind]) -> list[Notice]:
    if not kinds:
        return []
    parts = ", ".join(message(language, f"kind_{kind.value}") for kind in kinds)
    return [Notice("partial", message(language, "partial", parts=parts))]


def no_evidence(language: Language, query: Query, candidates: Sequence[Clause], unknown: str | None = None) -> Draft:
    """Say what was looked for, which name (``unknown``) nothing found says, and show the passages that come nearest."""
    citations = CitationList()
    notices = []
    for clause in nearest(query.concepts, candidates):
        number = citations.cite(clause.hit, clause.span, clause.text)
        quote = shown(clause)[:_PASSAGE_CHARS]
        notices.append(Notice("passage", message(language, "passage", quote=quote, number=number)))
    text = message(language, "no_evidence", terms=searched_for(query))
    if unknown is not None:
        text = f"{text} {message(language, 'unknown_name', name=unknown)}"
    return Draft(AnswerStatus.NO_EVIDENCE, (), citations.all(), tuple(notices), text)
