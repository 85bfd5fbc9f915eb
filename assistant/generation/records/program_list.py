"""Which support programs there are for a company of a given kind: several at once, each with how it stands to its conditions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.generation.draft import Draft
from assistant.generation.eligibility.judge import EligibilityJudge, JudgedCriterion, Judgement, field_label
from assistant.generation.eligibility.profile import Profile, ProfileReader
from assistant.generation.eligibility.words import word
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.match import RecordMatcher
from assistant.generation.records.request import record_named, telling_concepts
from assistant.generation.records.same_thing import SameThing
from assistant.generation.records.wording import RecordWriter, short_title
from assistant.messages import message
from assistant.text.places import HOME, find_places
from assistant.text.termbase import TermFinder
from assistant.types import (
    AnswerStatus,
    Claim,
    Document,
    Language,
    Query,
    Question,
    Record,
    RecordStatus,
    RecordType,
)

_MAX_CHARS = 600
_MAX_LINES = 5
_NAMED = 0.75
# Of loans, vouchers and funds a question that says no more is one of that sort, not of one program.
_PROGRAM = re.compile(
    r"지원|사업|프로그램|보조금|자금|대출|바우처|혜택|제도|공고|\bprogram(?:me)?s?\b|\bgrants?\b|\bschemes?\b|\bvouchers?\b"
    r"|\bloans?\b|\bsupport\b|\bfunding\b|\bhelp\b|\banything for\b"
    r"|(?:받을|신청할|지원할) 수 있는\s?(?:거|것|게|건)|\bapply (?:for|to)\s*\?",
    re.IGNORECASE,
)
_WHICH = re.compile(
    r"(?:뭐|뭔|무엇|무슨|어떤|어느)(?!\s?(?:기업|회사|업체|나라|국가|기관|서류|조건|요건|자격))|(?:지원\S{0,3}"
    r"|사업[은이도]?|프로그램\S?|자금\S?|제도\S?|공고\S?|혜택\S?|대출\S?|융자\S?|바우처\S?|보조금\S?|[것거게]\S?)\s?(?:좀\s?)?(?:있|알려|추천|찾|없|목록|보여)|(?:지원\S{0,3}|사업|프로그램|공고)[은는]\s?[?？]?\s*$"
    r"|\bwhich (?:support |open |public )?(?:program|grant|scheme|loan|voucher|fund)"
    r"|\bwhat (?:kinds? of )?(?:\w+ )?(?:support|program|grant|scheme|loan|fund|help|voucher)"
    r"|\b(?:any|are there|list|show|find)\b[^?]{0,40}\b(?:support|program|grant|scheme|loan|fund|help|voucher)|\banything for\b"
    r"|\bwhat (?:can|could|may|might) [\w\s'-]{1,50}\bapply (?:for|to)\s*\?",
    re.IGNORECASE,
)
_FOR_US = re.compile(
    r"받|신청|이용|쓸\s?수|해당|맞는|가능|지원\s?(?:뭐|어떤)|뭐\s?있|있(?:나|어|습|을까|는지)|알려|추천|대상"
    r"|\bcan\b|\bcould\b|\bmay\b|\bfor (?:us|me|our|an?|small|start-?ups?|smes?|mid-?size\w*|large|compan)|\bopen to\b"
    r"|\bavailable\b|\beligible\b|\bfits?\b|\bsuit",
    re.IGNORECASE,
)
_TO_GET = re.compile(
    r"받을\s?수|받는|\b(?:can|could|may) (?:we|I|a company|companies) (?:get|receive|use)\b|\bfor us\b",
    re.IGNORECASE,
)
# What asks for one detail asks of one program.
_DETAIL = re.compile(
    r"얼마|언제|한도|금리|비율|서류|마감|기한|조건[은이]|요건[은이]|자격[은이]|절차|방법|어떻게|어디|누가|몇\s|왜\s"
    r"|\bhow (?:much|long|many|do|can|is|are)\b|\bwhen\b|\bwhere\b|\bwho\b|\bdocuments?\b|\bdeadlines?\b|\brates?\b"
    r"|\bconditions?\b|\brequirements?\b|\bdoes\b|\bdid\b",
    re.IGNORECASE,
)
_RANK = {"eligible": 0, "more_needed": 1, "not_eligible": 2}


class ProgramLister:
    """Sets a company's profile against all programs that can still be applied for.

    Args:
        records: all of them, as later notices leave them.
        documents: by id.
        terms: official names in both languages.
    """

    def __init__(
        self, records: Sequence[Record], documents: Mapping[str, Document], terms: TermFinder | None = None
    ) -> None:
        self._records = records
        self._documents = documents
        self._terms = terms
        self._matcher = RecordMatcher(documents, terms)
        self._reader = ProfileReader()
        self._judge = EligibilityJudge()

    def compose(self, question: Question, language: Language, query: Query) -> Draft | None:
        """The programs that fit first, then those that more must be known for, then by name what does not fit.

        ``None`` where the question does not ask which programs there are or names one of them, and where it tells nothing of a company but
        something of what it is about.
        """
        text = question.text
        if not (_PROGRAM.search(text) and _WHICH.search(text) and _FOR_US.search(text)) or _DETAIL.search(text):
            return None
        told = self._reader.read(question.text, question.as_of).profile.told | (question.profile or {})
        if not told and not _is_for_anybody(question, query):
            return None
        open_now = self._of_sort(self._open(question), question, query)
        if not open_now or _names_one(text, query, [r for r in self._records if r.type is RecordType.PROGRAM]):
            return None
        profile = _with_country(told, text)
        known = set(profile.told)
        judged = [self._judge.judge(record, profile, question.as_of, language) for record in open_now]
        judged.sort(
            key=lambda j: (_RANK[j.verdict], -len(_met(j, known)), j.record.deadline is None, j.record.deadline)
        )
        return self._draft(judged, known, question, language)

    def _of_sort(self, records: list[Record], question: Question, query: Query) -> list[Record]:
        """Those of the sort that the question names (loans, vouchers); all where none is, or it names none."""
        request = record_named(question.text, question.as_of, query)
        if request is None or not request.sorts:
            return records
        sort = replace(request, about=(), places=())
        return [record for record in records if self._matcher.fits(record, sort)] or records

    def _open(self, question: Question) -> list[Record]:
        """Programs with conditions and a last day that is not past, each once."""
        same = SameThing(self._terms)
        kept: list[Record] = []
        for record in self._records:
            is_open = record.status(question.as_of) in (RecordStatus.OPEN, RecordStatus.UPCOMING)
            states = any(c.field != "other" for c in record.criteria)
            known = record.type is RecordType.PROGRAM and record.document_id in self._documents
            if not (known and is_open and states) or record.deadline is None:
                continue
            if not any(same.are(record, one) for one in kept):
                kept.append(record)
        return kept

    def _draft(self, judged: Sequence[Judgement], told: set[str], question: Question, language: Language) -> Draft:
        citations = CitationList()
        writer = RecordWriter(self._documents)
        claims: list[Claim] = []
        fit = [j for j in judged if j.verdict != "not_eligible"]
        out = [j for j in judged if j.verdict == "not_eligible"]
        asking = self._asking(fit, language) or ""
        left_out = [self._left_out(out, language, citations, alone=not fit)] if out else []
        lines = [self._line(judgement, told, language, question, writer, citations) for judgement in fit[:_MAX_LINES]]
        for count in range(len(lines), 0, -1):
            rest = [judgement.record for judgement in fit[count:]]
            also = [self._also(rest[:_MAX_LINES], language, citations)] if rest else []
            claims = [*lines[:count], *also, *left_out]
            if sum(len(claim.text) for claim in claims) + len(asking) <= _MAX_CHARS:
                break
        claims = claims or left_out
        if asking:
            told_by = tuple(dict.fromkeys(number for claim in claims for number in claim.citations))
            claims.append(Claim(asking, told_by[:3]))
        shown = tuple(judgement.record for judgement in fit[:_MAX_LINES])
        return Draft(AnswerStatus.ANSWERED, tuple(claims), citations.all(), records=shown)

    def _line(
        self,
        judgement: Judgement,
        told: set[str],
        language: Language,
        question: Question,
        writer: RecordWriter,
        citations: CitationList,
    ) -> Claim:
        record = judgement.record
        document = self._documents[record.document_id]
        met = _met(judgement, told)
        numbers = [citations.cite_evidence(document, evidence) for item in met for evidence in item.evidence]
        facts = [word(language, "list_met", fields=_labels(met, record, language))] if met else []
        open_items = [c for c in judgement.criteria if c.state == "ask" and c.evidence and not c.is_exclusion]
        if open_items:
            facts.append(word(language, "list_ask", fields=_labels(open_items, record, language)))
        line = writer.line(record, language, question.as_of, citations, is_brief=True)
        facts.append(line.text.rpartition(short_title(record.title))[2].lstrip("」”: "))
        text = message(language, "record_line", title=short_title(record.title), facts="; ".join(facts))
        return Claim(text, tuple(dict.fromkeys((*line.citations, *numbers))))

    def _also(self, records: Sequence[Record], language: Language, citations: CitationList) -> Claim:
        """Those for which there was no room, by name."""
        numbers = [
            citations.cite_evidence(self._documents[record.document_id], evidence)
            for record in records
            for evidence in record.proofs("title")
        ]
        titles = ", ".join(word(language, "list_title", title=short_title(record.title)) for record in records)
        return Claim(word(language, "chat_list_also", titles=titles), tuple(numbers))

    def _left_out(
        self, judged: Sequence[Judgement], language: Language, citations: CitationList, *, alone: bool
    ) -> Claim:
        """By name, those that one condition keeps out, and which."""
        parts, numbers = [], []
        for judgement in judged[:_MAX_LINES]:
            record = judgement.record
            failed = [item for item in judgement.criteria if item.state == "not_met"]
            label = _labels(failed, record, language)
            parts.append(word(language, "list_out", title=short_title(record.title), field=label))
            proof = record.proofs("title")
            document = self._documents[record.document_id]
            numbers += [
                citations.cite_evidence(document, evidence)
                for evidence in (*proof, *(item.evidence[0] for item in failed))
            ]
        key = "chat_list_none" if alone else "chat_list_out"
        return Claim(word(language, key, titles=", ".join(parts)), tuple(dict.fromkeys(numbers)))

    def _asking(self, judged: Sequence[Judgement], language: Language) -> str | None:
        """The question that would settle most of them; none that only one paper's words put."""
        asked = Counter(text for judgement in judged for text in judgement.questions if "“" not in text)
        best = [text for text, count in asked.most_common(2) if count > 1]
        return word(language, "chat_list_asks", questions=" ".join(best)) if best else None


def _met(judgement: Judgement, told: set[str]) -> list[JudgedCriterion]:
    """The conditions that what was told of the company meets."""
    return [item for item in judgement.criteria if item.state == "met" and item.evidence and told & set(item.fields)]


def _labels(items: Sequence[JudgedCriterion], record: Record, language: Language) -> str:
    """What conditions are about, each once."""
    stated = {(c.evidence, c.field): c for c in record.criteria}
    labels = dict.fromkeys(field_label(stated[item.evidence[0], item.field], language) for item in items)
    return ", ".join(label[:1].lower() + label[1:] for label in labels)


def _is_for_anybody(question: Question, query: Query) -> bool:
    """Whether it asks what a company can get, and says neither what about nor from whom."""
    told = telling_concepts(question.text, query) or question.history
    return not told and _TO_GET.search(question.text) is not None


def _with_country(told: Mapping[str, Any], text: str) -> Profile:
    """The profile with the one country abroad that the question names, if it tells none."""
    abroad = {place.country for place in find_places(text)} - {HOME, None}
    return Profile.of({**({"target_country": next(iter(abroad))} if len(abroad) == 1 else {}), **told})


def _names_one(text: str, query: Query, programs: Sequence[Record]) -> bool:
    """Whether a telling word of the question, or a proper name in it, is of some program's name."""
    names = [c for c in query.concepts if c.is_name and not find_places(c.text)]
    words = (*names, *telling_concepts(text, query))
    return any(share >= _NAMED for record in programs for share in concepts_said(words, record.title))
