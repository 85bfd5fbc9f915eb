"""The answer to "are we eligible?": the verdict of the rules, condition by condition, each with its quotation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from assistant.generation.draft import Draft
from assistant.generation.eligibility.judge import EligibilityJudge, JudgedCriterion, Judgement, bare, field_label
from assistant.generation.eligibility.profile import Profile, ProfileReader
from assistant.generation.eligibility.words import word
from assistant.generation.quoting.clauses import CELL
from assistant.text.company import find_sizes
from assistant.text.morphemes import analyze
from assistant.text.regions import find_regions
from assistant.text.termbase import TermFinder
from assistant.types import (
    LANGUAGES,
    AnswerStatus,
    Citation,
    Claim,
    Document,
    Evidence,
    Language,
    Notice,
    ProfileField,
    Question,
    Record,
    RecordStatus,
    RecordType,
    ScoredChunk,
)

MAX_CHARS = 600
"""The most characters an answer has, its citations not counted."""
_MAX_QUOTE_CHARS = 90
_MAX_TITLES = 3
# The share of a title's words that names it.
_NAMED = 0.5
_ORDER = {"not_met": 0, "ask": 1, "met": 2}
# Words of many titles that tell no program from another.
_COMMON = frozenset(
    (
        "지원 사업 안내 공고 모집 해외 스마트 도시 스마트도시 스마트시티 기업 신청 support program call company smart city "
        "abroad notice 수출 스타트업 중소기업 중견기업 대기업 startup export exports 상반기 하반기 년 자격 조건 대상 컨소시엄 consortium contract 계약 round 온라인 online"
    ).split()
)
_ABOUT_US = re.compile(
    r"(?:우리|저희|당사|저|제|그럼|그러면|혹시|현재|지금|정확히|올해)(?:는|은|도|가|의)?(?:\s|$)|(?:회사|기업|업체|스타트업)(?:는|은|도|가|인데|이고|입니다|인데요)?|(?:신청|지원|참여|참가|이용|응모)(?:을|를|도|이)?\s?(?:할|받을|하면|해도|가능|되|자격|대상)?|"
    r"자격(?:이|은|도)?|대상(?:이|은|도|에)?|업력(?:이|은)?|창업|설립|수출|실적(?:이|은|도)?|본사(?:가|는)?|소재|사업자등록|\d+\s?년\s?(?:차|된|째)?|(?:수\s)?(?:있|없)[가-힣]*|(?:됩|되|될|돼|가능|해당|받)[가-힣]*|(?:인데|이고|이며|입니다|에|인|한)(?:요)?|"
    r"\b(?:we|are|is|our|us|a|an|the|can|could|may|apply|eligible|qualify|company|firm|business|with|no|and|in|for|of|export|exports|record|years?|old|do|have|based|if|so|then|that|this|it|exported|never|to|I|my|would|be)\b|\d+",
    re.IGNORECASE,
)
_REQUIREMENT = re.compile(
    r"\b(?:have|need)\sto\b|\bmust\b|\bneed(?:ed)?\b|\brequired?\b|\bnecessary\b|(?:해|내|어|아)야|필요|필수",
    re.IGNORECASE,
)
# What was before, or is beside, is no criterion of a profile: who had it already, wants it again, or wants two things at once.
_BEFORE_OR_BESIDE = re.compile(
    r"(?<!\S)(?:또|다시|재차|거듭)(?=\s)|재신청|재지원|재참여|재참가|중복|동시에|두\s?번|둘\s?다|두\s?가지\s?다"
    r"|(?<!\S)이미\s[^?]*(?:받|썼|쓰고|신청했|참여했|참가했|이용했|대출)"
    r"|\b(?:apply|join|borrow|come|sign up|register|take part) again\b|\bre-?apply\b|\ba second time\b|\btwice\b|\bat the same time\b|\bboth of (?:them|these)\b"
    r"|\balready (?:had|got|received|borrowed|used|took|applied|joined|taken)\b",
    re.IGNORECASE,
)
# "We are a city office": who asks is no company, and no criterion of a company's profile decides.
_NO_COMPANY = re.compile(
    r"공무원|지자체|지방자치단체|시청|도청|구청|군청|대학(?!원생)|교수|학생|연구원|연구소|협회|비영리|공공기관|개인(?:인데|이고|입니다|도|은)"
    r"|\b(?:city|town|county|district|provincial|local) (?:hall|office|government|officials?)\b|\bcivil servants?\b|\bpublic (?:body|institution|agency)\b"
    r"|\buniversit\w+|\bprofessors?\b|\bstudents?\b|\bresearch institutes?\b|\bassociations?\b|\bnon-?profit\b|\bas an individual\b",
    re.IGNORECASE,
)
_ASKED: tuple[tuple[ProfileField, re.Pattern[str]], ...] = (
    ("consortium_with_large", re.compile(r"컨소시엄|혼자|단독|함께|공동|consorti|alone|on our own|together", re.IGNORECASE)),
    ("region", re.compile(r"지역|소재|위치|본사|공장|region|located|location|based|head\s?(?:office|quarter)", re.IGNORECASE)),
    ("years_in_business", re.compile(r"업력|창업|설립|사업자등록|오래|old\b|years|founded|trading", re.IGNORECASE)),
    ("export_record", re.compile(r"수출|export", re.IGNORECASE)),
    ("size", re.compile(r"규모|중소|중견|대기업|스타트업|\bsize|SME|mid-?size|large|small|start-?up|borrow|빌리|빌릴|혼자|단독", re.IGNORECASE)),
    ("sector", re.compile(r"분야|업종|솔루션|sector|industry|field|product", re.IGNORECASE)),
    ("country_income", re.compile(r"국가|나라|countr", re.IGNORECASE)),
    ("target_country", re.compile(r"국가|나라|countr|abroad", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EligibilityAnswer:
    """A draft for the verifier, and the judgements that it tells."""

    draft: Draft
    judgements: tuple[Judgement, ...] = ()


@dataclass(slots=True)
class _Sources:
    """Citations as they are numbered: one for each place."""

    documents: Mapping[str, Document]
    document_id: str
    numbers: dict[tuple[int, int, int], int] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)

    def cite(self, evidence: Sequence[Evidence]) -> tuple[int, ...]:
        cited = []
        for item in evidence:
            place = item.page, item.start, item.end
            if place not in self.numbers:
                self.numbers[place] = number = len(self.citations) + 1
                self.citations.append(
                    Citation(
                        number,
                        self.documents[self.document_id],
                        item.chunk_id,
                        item.page,
                        item.section,
                        item.quote,
                        item.start,
                        item.end,
                    )
                )
            cited.append(self.numbers[place])
        return tuple(dict.fromkeys(cited))


class EligibilityComposer:
    """Answers questions about eligibility; every other question is somebody else's.

    Args:
        terms: official names in both languages, by which a question may name a program whose notice is in the other one.
    """

    def __init__(self, terms: TermFinder | None = None) -> None:
        self._terms = terms
        self._reader = ProfileReader()
        self._judge = EligibilityJudge()

    def compose(
        self,
        question: Question,
        language: Language,
        records: Sequence[Record],
        documents: Mapping[str, Document],
        hits: Sequence[ScoredChunk],
        context: str = "",
        topic: Sequence[str] = (),
    ) -> EligibilityAnswer | None:
        """The answer, or ``None`` where the question is not about eligibility or no record states conditions.

        "May companies of this kind apply?" is answered as if the asker were one, if it names one program.

        Args:
            question: its ``profile`` is taken over what its words tell, where both tell a field.
            language: of the answer.
            records: all records; those with criteria are candidates.
            documents: by id, those of the records.
            hits: what was retrieved for the question, best first; they decide where its words name no program.
            context: earlier turns that the question goes on from; their program is meant where the question names none.
            topic: ids of the documents that these turns are about; what is of none of them is not meant.
        """
        reading = self._reader.read(question.text, question.as_of)
        if reading.asks == "no":
            return None
        profile = Profile.of(reading.profile.told | (question.profile or {}))
        candidates = [
            record
            for record in records
            if record.document_id in documents and any(c.field != "other" for c in record.criteria)
        ]
        named = self._named_otherwise(question.text, candidates) or meant(question.text, candidates)
        if reading.asks == "general" and len(named) != 1:
            return None
        chosen = named or _talked_of(topic, candidates, documents, context)
        if not topic:
            chosen = chosen or meant(context, candidates) or _retrieved(question.text, candidates, hits)
        if not chosen:
            return None
        if len(chosen) > 1:
            titles = " / ".join(f"「{record.title}」" for record in chosen[:_MAX_TITLES])
            return EligibilityAnswer(
                Draft(AnswerStatus.CLARIFY, text=word(language, "chat_which", titles=titles)),
                tuple(self._judge.judge(record, profile, question.as_of, language) for record in chosen[:_MAX_TITLES]),
            )
        judgement = self._judge.judge(chosen[0], profile, question.as_of, language)
        asked = _asked(question.text, chosen[0]) | set(profile.told)
        requires = not asked and _REQUIREMENT.search(question.text)
        is_no_company = not profile.told and _NO_COMPANY.search(question.text)
        if requires or is_no_company or _BEFORE_OR_BESIDE.search(question.text):
            # What else is required, and who may come again, no rule over a company's profile tells.
            return None
        if not asked & {c.field for c in chosen[0].criteria} and (asked or reading.asks == "general"):
            # It asks about something that only the paper's own words tell.
            return None
        return EligibilityAnswer(_draft(judgement, documents, language, asked), (judgement,))

    def _named_otherwise(self, text: str, records: Sequence[Record]) -> list[Record]:
        """The one record whose title the terms of a text say in the other language, for the most part; empty if none or several."""
        terms = self._terms.find(text) if self._terms is not None else ()
        said = " ".join(form for match in terms for language in LANGUAGES for form in match.term.forms(language))
        words = {token.form for token in analyze(said)}
        named = [r for r in meant(said, records) if len(_title_words(r) & words) > _NAMED * len(_title_words(r))]
        return named if len(named) == 1 else []


def _talked_of(
    topic: Sequence[str], records: Sequence[Record], documents: Mapping[str, Document], context: str
) -> list[Record]:
    """The records of the first of these documents that has any; of a paper on many things, those that the talk names."""

    def is_meant(record: Record) -> bool:
        said = {token.form for token in analyze(f"{documents[record.document_id].title} {context}")}
        words = _title_words(record)
        return len(words & said) >= _NAMED * len(words)

    of_each = ([r for r in records if r.document_id == document_id and is_meant(r)] for document_id in topic)
    return next((own for own in of_each if own), [])


def meant(text: str, records: Sequence[Record]) -> list[Record]:
    """The records whose titles the text names best, all of them if they tie; none if it names none.

    A title is named by words that few other titles have; the fewer, the more they say.
    """
    words = {token.form for token in analyze(text)} - _common_forms()
    titles = {record.record_id or str(number): _title_words(record) for number, record in enumerate(records)}
    rarity = Counter(form for forms in titles.values() for form in forms)
    scored = [
        (sum(1 / rarity[form] for form in words & forms), record)
        for record, forms in zip(records, titles.values(), strict=True)
    ]
    best = max((score for score, _ in scored), default=0.0)
    if best < 0.5:
        return []
    return _same_once([record for score, record in scored if score >= best * 0.75])


def _same_once(records: Sequence[Record]) -> list[Record]:
    """Of records of one program in several papers, the one that states most conditions."""
    kept: list[Record] = []
    for record in sorted(records, key=lambda record: -len(record.criteria)):
        name = re.sub(r"\W", "", record.title).casefold()
        others = [re.sub(r"\W", "", other.title).casefold() for other in kept]
        if not any(name in other or other in name for other in others):
            kept.append(record)
    return kept


def _asked(text: str, record: Record) -> set[str]:
    """The fields that a question speaks of, the program's own name aside."""
    plain = re.sub(
        "|".join(re.escape(part) for part in record.title.split() if len(part) > 2) or "$^",
        " ",
        text,
        flags=re.IGNORECASE,
    )
    return {name for name, pattern in _ASKED if pattern.search(plain)}


def _title_words(record: Record) -> set[str]:
    return {
        token.form for token in analyze(record.title) if len(token.form) > 1 and not token.form.isdigit()
    } - _common_forms()


@cache
def _common_forms() -> frozenset[str]:
    """The common words as a text's words are compared: ``citi`` for city."""
    return _COMMON | {token.form for word in _COMMON for token in analyze(word)}


def _retrieved(text: str, records: Sequence[Record], hits: Sequence[ScoredChunk]) -> list[Record]:
    """The record of the document that was found first. A question that names nothing but the company may mean any that was found."""
    ranks: dict[str, int] = {}
    for rank, hit in enumerate(hits):
        ranks.setdefault(hit.document.document_id, rank)
    found = sorted((r for r in records if r.document_id in ranks), key=lambda r: ranks[r.document_id])
    if names_nothing(text):
        programs = [record for record in records if record.type is RecordType.PROGRAM] or list(records)
        first = [record for record in found if record in programs]
        return (first + [record for record in programs if record not in first])[:_MAX_TITLES]
    return [record for record in found if ranks[record.document_id] == 0][:1]


def names_nothing(text: str) -> bool:
    """Whether a question speaks of the asking company only, and of no program, event or subject."""
    plain = text
    named = [(m.start, m.end) for m in find_sizes(text)] + [(m.start, m.end) for m in find_regions(text)]
    for start, end in named:
        plain = plain[:start] + " " * (end - start) + plain[end:]
    plain = _ABOUT_US.sub(" ", plain)
    return not re.search(r"[가-힣]{2,}|[A-Za-z]{4,}|[A-Z]{2,}", plain)


def _draft(judgement: Judgement, documents: Mapping[str, Document], language: Language, asked: set[str]) -> Draft:
    """The verdict first, then what is not met, then what was asked about, then the rest as far as there is room."""
    record = judgement.record
    sources = _Sources(documents, record.document_id)
    proof = record.proofs("title")
    stated = sorted(
        (c for c in judgement.criteria if c.evidence),
        key=lambda c: (c.state != "not_met", not asked & set(c.fields), _ORDER[c.state]),
    )
    decisive = [evidence for c in stated[:3] for evidence in c.evidence[:1]]
    fits = judgement.verdict == "more_needed" and any(c.state == "met" and asked & set(c.fields) for c in stated)
    fits = fits and not any(c.state == "ask" and asked & set(c.fields) for c in stated)
    verdict = word(language, "chat_so_far" if fits else f"chat_{judgement.verdict}", title=record.title)
    claims = [Claim(verdict, sources.cite([*proof, *decisive]))]
    if judgement.status is RecordStatus.CLOSED:
        dated = record.proofs("deadline")[:1]
        claims.append(Claim(word(language, "chat_closed", title=record.title), sources.cite([*proof, *dated])))
    room = MAX_CHARS - sum(len(claim.text) + 1 for claim in claims)
    asking = [(text, item.evidence) for text, item in zip(judgement.questions, judgement.asked, strict=True)][:2]
    failed = [evidence for item in stated if item.state == "not_met" for evidence in item.evidence]
    asking += [(text, tuple(failed) or tuple(proof)) for text in judgement.changes[:1]]
    reserved = sum(len(text) + 1 for text, _ in asking)
    for items in _together(stated):
        label = " · ".join(dict.fromkeys(_label(item, record, language) for item in items))
        text = word(language, f"chat_{items[0].state}", field=label, quote=_quote(items[0]))
        if len(text) + 1 > room - reserved:
            break
        claims.append(Claim(text, sources.cite(items[0].evidence)))
        room -= len(text) + 1
    for text, evidence in asking:
        if len(text) + 1 <= room:
            claims.append(Claim(text, sources.cite(evidence)))
            room -= len(text) + 1
    notices = []
    if judgement.status is RecordStatus.CLOSED:
        notices.append(Notice("past_event", word(language, "chat_closed", title=record.title)))
    if record.planned:
        notices.append(Notice("plan", word(language, "chat_planned", title=record.title)))
    return Draft(AnswerStatus.ANSWERED, tuple(claims), tuple(sources.citations), tuple(notices))


def _together(items: Sequence[JudgedCriterion]) -> list[list[JudgedCriterion]]:
    """Conditions of one sentence that ended alike, side by side."""
    groups: dict[tuple[object, ...], list[JudgedCriterion]] = {}
    for item in items:
        groups.setdefault((item.state, item.evidence), []).append(item)
    return list(groups.values())


def _label(item: JudgedCriterion, record: Record, language: Language) -> str:
    criterion = next(c for c in record.criteria if c.evidence == item.evidence[0] and c.field == item.field)
    return field_label(criterion, language)


def _quote(item: JudgedCriterion) -> str:
    """The condition's words; of alternatives that nothing has met, all of them."""
    met = item.state == "met"
    quotes = [bare(evidence.quote).replace(CELL, ": ", 1).replace(CELL, ", ") for evidence in item.evidence]
    return "” / “".join(_shortened(quote) for quote in (quotes[-1:] if met and len(quotes) > 1 else quotes[:2]))


def _shortened(quote: str) -> str:
    return quote if len(quote) <= _MAX_QUOTE_CHARS else quote[:_MAX_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"
