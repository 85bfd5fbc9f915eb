"""An answer to a question that asks several things: which of them a draft tells, and several drafts made into one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.generation.answer_kind import AnswerKind, asked_kind, holds_kind
from assistant.generation.draft import Draft
from assistant.generation.quoting.coverage import concepts_said
from assistant.messages import message
from assistant.types import AnswerStatus, Claim, Concept, Language, Notice

_MAX_CHARS = 600
_SAID = 0.5
_TOLD = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTIAL})
# Whether a line holds one of these can be seen, whatever its words and its language.
_SEEN = frozenset(
    {
        AnswerKind.RATE,
        AnswerKind.AMOUNT,
        AnswerKind.DATE,
        AnswerKind.COUNT,
        AnswerKind.PERSON,
        AnswerKind.CONTACT,
        AnswerKind.PLACE,
        AnswerKind.DEFINITION,
    }
)
# Who and what are told in many ways; that a sum or a day is missing is plain.
_MISSED = frozenset({AnswerKind.RATE, AnswerKind.AMOUNT, AnswerKind.DATE, AnswerKind.COUNT, AnswerKind.CONTACT})
# "The roadshow 2027" tells no date.
_TITLE = re.compile(r"「[^」]*」|^“[^”]*”(?=:)")


def untold(parts: Sequence[str], concepts: Sequence[Concept], draft: Draft) -> list[str]:
    """The parts of a question that ``draft``, an answer to the whole, does not tell.

    A part is told where a claim holds the kind of thing that it asks for. An answer from records says little else than what it was asked
    first: there a claim, or what it cites, must also say most of the words (``concepts``) that only this part of the question has.
    """
    if draft.status not in _TOLD:
        return list(parts)
    return [part for part in parts if not _is_told(part, parts, concepts, draft)]


def is_answer(part: str, draft: Draft) -> bool:
    """Whether a draft tells what a part asks for, as far as that can be seen by the form of what it says."""
    kind = asked_kind(part)
    return draft.status in _TOLD and kind in _SEEN and any(_holds(claim, kind) for claim in draft.claims)


def joined(drafts: Sequence[Draft], whole: Draft, unanswered: Sequence[str], language: Language) -> Draft:
    """One draft of several, in order, each with at least one claim.

    Args:
        drafts: that answer; at least one.
        whole: the one of them that answers the whole question, which has the room that the others leave; none of them where each answers
            a part.
        unanswered: parts of the question that none of them answers, which the reader is told.
        language: of the answer.
    """
    room = _MAX_CHARS // len(drafts)
    short = {id(draft): _shortened(draft, room) for draft in drafts if draft is not whole}
    left = _MAX_CHARS - sum(len(claim.text) for draft in short.values() for claim in draft.claims)
    parts = [short.get(id(draft)) or _shortened(draft, left) for draft in drafts]
    answer = parts[0]
    for draft in parts[1:]:
        known = {claim.text for claim in answer.claims}
        more = replace(draft, claims=tuple(claim for claim in draft.claims if claim.text not in known))
        answer = replace(more.after(answer, _MAX_CHARS * 2), dropped=(*answer.dropped, *draft.dropped))
    notices = list(dict.fromkeys(answer.notices))
    if unanswered:
        named = ", ".join(f"“{part.rstrip('?？ ')}”" for part in unanswered)
        notices.insert(0, Notice("partial", message(language, "partial", parts=named)))
    is_partial = unanswered or any(draft.status is AnswerStatus.PARTIAL for draft in drafts)
    status = AnswerStatus.PARTIAL if is_partial else AnswerStatus.ANSWERED
    return replace(answer, status=status, notices=tuple(notices)).renumbered()


def is_missed(part: str, parts: Sequence[str], concepts: Sequence[Concept], draft: Draft) -> bool:
    """Whether the reader of ``draft``, an answer to the whole, is to be told that nothing was found on this part, which it leaves open."""
    kind = asked_kind(part)
    if draft.status not in _TOLD or kind in _MISSED:
        return True
    own = _own(part, parts, concepts)
    return kind is AnswerKind.PERSON and bool(own) and not any(_says(claim, own, draft) for claim in draft.claims)


def _is_told(part: str, parts: Sequence[str], concepts: Sequence[Concept], draft: Draft) -> bool:
    kind = asked_kind(part)
    if not draft.records:
        return kind not in _SEEN or any(_holds(claim, kind) for claim in draft.claims)
    own = _own(part, parts, concepts)
    return any(_holds(claim, kind) and _says(claim, own, draft) for claim in draft.claims)


def _own(part: str, parts: Sequence[str], concepts: Sequence[Concept]) -> list[Concept]:
    """The concepts that only this part of the question has."""
    others = [other for other in parts if other is not part]
    return [
        c for c in concepts if c.emphasis == 1.0 and c.text in part and not any(c.text in other for other in others)
    ]


def _says(claim: Claim, concepts: Sequence[Concept], draft: Draft) -> bool:
    """Whether a claim, or what it cites with the headings above, says most of the concepts."""
    quoted = (f"{' '.join(citation.section)} {citation.quote}" for citation in draft.cited(claim))
    said = [
        max(shares) for shares in zip(*(concepts_said(concepts, text) for text in (claim.text, *quoted)), strict=True)
    ]
    weight = math.fsum(concept.weight * share for concept, share in zip(concepts, said, strict=True))
    return weight >= _SAID * math.fsum(concept.weight for concept in concepts)


def _holds(claim: Claim, kind: AnswerKind) -> bool:
    return holds_kind(_TITLE.sub(" ", claim.text), kind)


def _shortened(draft: Draft, room: int) -> Draft:
    kept: list[Claim] = []
    for claim in draft.claims:
        if kept and sum(len(one.text) for one in kept) + len(claim.text) > room:
            break
        kept.append(claim)
    return replace(draft, claims=tuple(kept))
