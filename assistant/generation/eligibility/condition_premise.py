"""What a question has heard of a program's conditions, and where the program's own paper says otherwise."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from assistant.generation.draft import Draft
from assistant.generation.eligibility.composer import meant
from assistant.generation.eligibility.judge import EligibilityJudge, JudgedCriterion, bare
from assistant.generation.eligibility.profile import Profile, ProfileReader
from assistant.generation.quoting.clauses import CELL
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.premise import taken_for_granted
from assistant.generation.quoting.wording import CitationList
from assistant.messages import message
from assistant.types import (
    AnswerStatus,
    Claim,
    Concept,
    Document,
    Language,
    Notice,
    ProfileField,
    Query,
    Question,
    Record,
    ScoredChunk,
)

Polarity = Literal["may", "may_not", "must", "only"]

_I = re.IGNORECASE
# How the part that was heard ends (Korean) or is built (English): who may, who may not, what must be, who alone may.
_ONLY = re.compile(
    r"전용|에\s?한(?:정|해|하)|만\s?(?:신청|지원|참여|참가|이용|받|되|된|가능|대상|해당)|\bonly\b|\bexclusive", _I
)
_MUST = re.compile(
    r"야만?\s?(?:\S{1,6}\s?)?(?:수\s?있|되|된|돼|하|한|해|가능|신청|받)|필수|의무"
    r"|\bmust\b|\bha(?:ve|s) to\b|\bneeds? to\b|\brequired\b|\bmandatory\b",
    _I,
)
_MAY_NOT = re.compile(
    r"(?:안\s?(?:되|된|돼|됨|받)|못\s?(?:\S{1,3})|수\s?없|불가|제외|대상이?\s?아니|해당(?:이|\s)?\s?(?:안|없))\S{0,4}\s*$"
    r"|\b(?:can't|cannot|can not|may not|mustn't|aren't|isn't|are not|is not|not (?:eligible|open|allowed)|excluded|ineligible|barred)\b",
    _I,
)
_MAY = re.compile(
    r"(?:되|된|돼|됨|수\s?있|가능(?:하|한|함)?|대상이?|대상에\s?(?:들|포함)\S*|받|빌리|빌린|해당(?:되|된|하)?|포함(?:되|된)?|낄\s?수\s?있)\S{0,3}\s*$"
    r"|\b(?:can|may|could|are eligible|is eligible|qualify|qualifies|are allowed|is allowed|open to|counts?|borrow)\b",
    _I,
)
_ALONE = re.compile(
    r"단독|혼자|컨소시엄\s?없이|\balone\b|\bon (?:its|their|our) own\b|\bwithout (?:a )?(?:consorti|partner)", _I
)
_TOGETHER = re.compile(r"컨소시엄|공동\s?(?:신청|수급)|대기업과|\bconsorti|\bwith a (?:large|big) ", _I)
_EXPORTS = re.compile(r"수출\s?(?:실적|경험|이력)|\bexport(?:s|ed|ing)?\b", _I)
_OPTIONAL = re.compile(
    r"필수(?:\s?요건)?(?:은|는|이|가)?\s?아니|없어도|선택\s?사항"
    r"|not (?:required|necessary|needed|mandatory|a condition)|optional|None is fine",
    _I,
)
_FIELDS: tuple[ProfileField, ...] = ("size", "region", "export_record", "years_in_business", "consortium_with_large")
# Words for any program, which happen to stand in the title of some.
_SORTS = re.compile(r"\b(?:grants?|schemes?|programs?|programmes?|costs?|funding|applications?)\b", _I)
_MAX_QUOTE_CHARS = 160
_SAID = 0.5
# A title in the other language is named by two of its words; one may be there by chance.
_NAMED_BY = 2


class ConditionPremise:
    """Corrects what a question takes for granted of who may take part; decided by the rules that judge eligibility."""

    def __init__(self) -> None:
        self._reader = ProfileReader()
        self._judge = EligibilityJudge()

    def correction(
        self,
        question: Question,
        language: Language,
        query: Query,
        records: Sequence[Record],
        documents: Mapping[str, Document],
        hits: Sequence[ScoredChunk],
    ) -> Draft | None:
        """The condition that says otherwise, quoted; ``None`` where nothing was taken for granted of one program's conditions, where it
        is not clear which program is meant, and wherever its paper does not plainly contradict."""
        heard = taken_for_granted(question.text)
        polarity = _polarity(heard) if heard else None
        if heard is None or polarity is None:
            return None
        record = _meant(question, query, records, documents, hits)
        if record is None:
            return None
        item = self._contradiction(heard, polarity, record, question, language)
        return None if item is None else _draft(item, record, documents[record.document_id], language)

    def _contradiction(
        self, heard: str, polarity: Polarity, record: Record, question: Question, language: Language
    ) -> JudgedCriterion | None:
        told = self._reader.read(heard, question.as_of).profile.told
        fields = [field for field in _FIELDS if field in told]
        if polarity == "must":
            # Heard that a partner or exports are a must: then a company without them would not do.
            needed: ProfileField | None = _needed(heard)
            if needed is None:
                return None
            told, fields = {needed: False}, [needed]
        elif _ALONE.search(heard) and "consortium_with_large" not in fields:
            told, fields = {**told, "consortium_with_large": False}, [*fields, "consortium_with_large"]
        judged = self._judge.judge(record, Profile.of(told), question.as_of, language).criteria
        about = [item for item in judged if item.evidence and set(item.fields) & set(fields)]
        met = [item for item in about if item.state == "met"]
        failed = [item for item in about if item.state == "not_met"]
        match polarity:
            case "may" | "only" if failed:
                return failed[0]
            case "only" if "size" in fields and met:
                return next((item for item in met if _others_too(item, record, told["size"])), None)
            case "may_not" if len(fields) == 1 and met and not failed:
                return met[0]
            case "must" if met and not failed:
                return next((item for item in met if _says_optional(item)), None)
            case _:
                return None


def _polarity(heard: str) -> Polarity | None:
    said: tuple[tuple[Polarity, re.Pattern[str]], ...] = (
        ("only", _ONLY),
        ("must", _MUST),
        ("may_not", _MAY_NOT),
        ("may", _MAY),
    )
    return next((polarity for polarity, pattern in said if pattern.search(heard)), None)


def _needed(heard: str) -> ProfileField | None:
    if _TOGETHER.search(heard):
        return "consortium_with_large"
    return "export_record" if _EXPORTS.search(heard) else None


def _meant(
    question: Question,
    query: Query,
    records: Sequence[Record],
    documents: Mapping[str, Document],
    hits: Sequence[ScoredChunk],
) -> Record | None:
    """The one record with conditions that the question names, in either language: by its title; else by two words of it that stand side
    by side (엑스포트 스타터) or lead to its paper first."""
    candidates = [
        record
        for record in records
        if record.document_id in documents and any(c.field != "other" for c in record.criteria)
    ]
    named = meant(_SORTS.sub(" ", question.text), candidates)
    if named:
        return named[0] if len(named) == 1 else None
    own = [concept for concept in query.concepts if concept.emphasis == 1.0 and not _SORTS.fullmatch(concept.text)]
    said = [[share >= _SAID for share in concepts_said(own, record.title)] for record in candidates]
    best = max(map(sum, said), default=0)
    first = hits[0].document.document_id if hits else None
    likeliest = [
        record
        for record, told in zip(candidates, said, strict=True)
        if sum(told) == best and (record.document_id == first or _side_by_side(question.text, own, told))
    ]
    return likeliest[0] if best >= _NAMED_BY and len(likeliest) == 1 else None


def _side_by_side(question: str, concepts: Sequence[Concept], told: Sequence[bool]) -> bool:
    """Whether two words that a title says follow one another in the question."""
    words = [concept.text for concept in concepts]
    pairs = zip(itertools.pairwise(words), itertools.pairwise(told), strict=True)
    return any(all(both) and re.search(rf"{re.escape(a)}\s{re.escape(b)}", question, _I) for (a, b), both in pairs)


def _others_too(item: JudgedCriterion, record: Record, size: str) -> bool:
    """Whether a condition on size lets in others than ``size``."""
    allowed = {one for c in record.criteria if c.evidence in item.evidence and c.field == "size" for one in c.allowed}
    smaller = {"startup"} if size == "sme" else set()
    return bool(allowed - {size} - smaller)


def _says_optional(item: JudgedCriterion) -> bool:
    return any(_OPTIONAL.search(evidence.quote) for evidence in item.evidence)


def _draft(item: JudgedCriterion, record: Record, document: Document, language: Language) -> Draft:
    citations = CitationList()
    titles = record.proofs("title")
    numbers = [citations.cite_evidence(document, proof) for proof in (*item.evidence, *titles)]
    quotes = [bare(evidence.quote).replace(CELL, ": ", 1).replace(CELL, ", ") for evidence in item.evidence[:2]]
    quote = "” / “".join(
        q if len(q) <= _MAX_QUOTE_CHARS else q[:_MAX_QUOTE_CHARS].rsplit(" ", 1)[0] + " …" for q in quotes
    )
    text = message(language, "not_that_condition", title=record.title, quote=quote)
    notices = (Notice("plan", message(language, "plan")),) if record.planned else ()
    return Draft(AnswerStatus.ANSWERED, (Claim(text, tuple(dict.fromkeys(numbers))),), citations.all(), notices)
