"""Answers without a language model: the clauses that answer, quoted, in a frame of the asker's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.generation.answer_kind import AnswerKind, asked_kinds
from assistant.generation.clause_ranker import ClauseRanker, RankedClause
from assistant.generation.clauses import Clause, bare, clauses
from assistant.generation.draft import Draft
from assistant.generation.evidence import EvidenceJudge
from assistant.generation.notices import notices_on, over
from assistant.generation.premise import contradicted
from assistant.generation.scope import is_instruction
from assistant.generation.selection import missing_kinds, select
from assistant.generation.wording import CitationList, ClaimWriter
from assistant.messages import message
from assistant.text.dates import format_period
from assistant.types import AnswerStatus, Claim, Language, Notice, Query, Question, ScoredChunk, Span

# A question in a list of questions and answers is no answer.
_QUESTION = re.compile(r"\?\s*$")
# Syllables that end a verb's past stem (열렸-, 했-, 갔-): those on ㅆ, save 있- and 겠-.
_PAST = "".join(chr(code) for code in range(ord("갔"), ord("힣") + 1, 28) if chr(code) not in "있겠")
# Who asks what happened knows that it is past.
_LOOKS_BACK = re.compile(
    rf"[{_PAST}](?:나요|습니까|어요|죠|지요|는지|던|는가|을까)|\b(?:did|was|were|had)\b", re.IGNORECASE
)
_NEAREST = 2
_PASSAGE_CHARS = 200
# Parts of a question whose lack is worth saying.
_NAMED_PARTS = frozenset({AnswerKind.AMOUNT, AnswerKind.RATE, AnswerKind.DATE, AnswerKind.CONTACT})


class ExtractiveComposer:
    """Compose an answer from retrieved chunks.

    Args:
        ranker: puts the clauses first that answer.
        judge: decides whether the best ones are evidence.
        writer: says them in the asker's language.
    """

    def __init__(self, ranker: ClauseRanker, judge: EvidenceJudge, writer: ClaimWriter) -> None:
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
        ranked = self._ranker.rank(query, kinds[0], candidates)
        if not ranked:
            return no_evidence(language, query, hits)
        chosen = select(ranked, kinds)
        if not self._judge.is_evidence(query, kinds[0], ranked, chosen):
            return no_evidence(language, query, hits)
        citations = CitationList()
        claims, notices = self._writer.write(chosen, language, citations)
        claims, past = _with_past(claims, chosen[0].clause, language, question)
        lacking = [kind for kind in missing_kinds(chosen, kinds) if kind in _NAMED_PARTS]
        return Draft(
            AnswerStatus.PARTIAL if lacking else AnswerStatus.ANSWERED,
            tuple(_corrected(question, language, chosen, claims)),
            citations.all(),
            (
                *past,
                *_lacking(language, lacking),
                *notices_on([c.clause for c in chosen], language, question.as_of),
                *notices,
            ),
        )


def is_candidate(clause: Clause) -> bool:
    """Whether a clause may be quoted as an answer: it is no question, and does not speak to an assistant."""
    return not (_QUESTION.search(clause.text) or is_instruction(clause.text))


def _with_past(
    claims: Sequence[Claim], best: Clause, language: Language, question: Question
) -> tuple[list[Claim], list[Notice]]:
    """The claims, after the first of which stands that what it announces is over, if it is."""
    latest = None if _LOOKS_BACK.search(question.text) else over(best, question.as_of)
    if latest is None:
        return list(claims), []
    told = message(language, "past_event", date=format_period(latest, language))
    return [claims[0], Claim(told, claims[0].citations), *claims[1:]], [
        Notice("past_event", message(language, "past_advice"))
    ]


def _corrected(
    question: Question, language: Language, chosen: Sequence[RankedClause], claims: Sequence[Claim]
) -> list[Claim]:
    """The claims, the first saying so where the question takes another figure for granted."""
    passages = [f"{item.clause.text} {item.clause.companion_text}" for item in chosen]
    published = chosen[0].clause.hit.document.published
    wrong = contradicted(question.text, passages, published.start if published else None)
    if wrong is None:
        return list(claims)
    first = replace(claims[0], text=message(language, f"not_that_{wrong}", claim=claims[0].text))
    return [first, *claims[1:]]


def _lacking(language: Language, kinds: Sequence[AnswerKind]) -> list[Notice]:
    if not kinds:
        return []
    parts = ", ".join(message(language, f"kind_{kind.value}") for kind in kinds)
    return [Notice("partial", message(language, "partial", parts=parts))]


def no_evidence(language: Language, query: Query, hits: Sequence[ScoredChunk]) -> Draft:
    """Say what was looked for, and show the two nearest passages."""
    citations = CitationList()
    notices = []
    for hit in hits[:_NEAREST]:
        quote, span = hit.chunk.text.split("\n")[0], hit.chunk.spans[0]
        number = citations.cite(hit, Span(span.page, span.start, span.end), quote)
        shown = bare(quote)[:_PASSAGE_CHARS]
        notices.append(Notice("passage", message(language, "passage", quote=shown, number=number)))
    terms = ", ".join(dict.fromkeys(concept.text for concept in query.concepts)) or query.text
    return Draft(
        AnswerStatus.NO_EVIDENCE, (), citations.all(), tuple(notices), message(language, "no_evidence", terms=terms)
    )
