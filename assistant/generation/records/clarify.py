"""Which one is meant? Asked where a question fits several programs or events that answer it differently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.generation.draft import Draft
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.list_words import listed
from assistant.generation.records.same_thing import SameThing
from assistant.generation.records.value import Value, asked_field, value_of
from assistant.messages import message
from assistant.text.termbase import TermFinder
from assistant.types import (
    AnswerStatus,
    Claim,
    Concept,
    DeadlineKind,
    Document,
    Language,
    Query,
    Question,
    Record,
    RecordStatus,
    RecordType,
    ScoredChunk,
)

_MAX_CHOICES = 4
# Half of a compound (수출상담회) may be no more than the sort of thing.
_SAID = 0.75
_AHEAD = (RecordStatus.UPCOMING, RecordStatus.OPEN, RecordStatus.PLANNED)
# Sorts of things that a question names without saying which one: the types it may be of, and how titles call it.
_SORTS: tuple[tuple[str, RecordType], ...] = (
    (r"펀드|\bfunds?\b(?!ing)", RecordType.PROGRAM),
    (r"특별\s?계정|\bspecial accounts?\b", RecordType.PROGRAM),
    (r"대출|융자|\bloans?\b", RecordType.PROGRAM),
    (r"바우처|\bvouchers?\b", RecordType.PROGRAM),
    (r"포럼|\bforums?\b", RecordType.EVENT),
    (r"설명회|\bbriefings?\b|\binfo(?:rmation)? sessions?\b", RecordType.EVENT),
    (r"웨비나|\bwebinars?\b", RecordType.EVENT),
    (r"로드쇼|\broad\s?shows?\b", RecordType.EVENT),
    (r"엑스포|\bexpos?\b", RecordType.EVENT),
    (r"박람회|페어|\bfairs?\b", RecordType.EVENT),
    (r"상담회|\bconsultations?\b", RecordType.EVENT),
    (r"세미나|\bseminars?\b", RecordType.EVENT),
    (r"[컨콘]퍼런스|\bconferences?\b", RecordType.EVENT),
    (r"워크[숍샵]|\bworkshops?\b", RecordType.EVENT),
    (r"클리닉|강좌|\bclinics?\b", RecordType.EVENT),
)
# The type itself, whatever its titles say.
_TYPES: tuple[tuple[str, RecordType], ...] = (
    (r"행사|\bevents?\b", RecordType.EVENT),
    # "The bid cost support program" is no tender.
    (r"지원\s?사업|\b(?:support|grant|funding) (?:program(?:me)?|scheme)s?\b", RecordType.PROGRAM),
    (r"입찰|\btenders?\b|\bbids?\b", RecordType.TENDER),
    (
        r"지원|사업|프로그램|보조금|\bprogram(?:me)?s?\b|\bgrants?\b|\bschemes?\b|\bsupport\b|\bfunding\b",
        RecordType.PROGRAM,
    ),
)
# Words that ask, and words that every such question may hold: they say nothing of which one is meant.
_GENERAL = re.compile(
    r"지원금?|한도|상한|규모|금액|액수|얼마|최대|최고|총액?|마감일?|기한|기간|접수|신청|제출|모집|언제|날짜|일정|일시|시작"
    r"|개최지?|열[리립려]\w*|장소|어디|위치|알려\w*|말씀|궁금|문의|금리|이자율?|이율|비율|받\w*"
    r"|정도|우리|저희|기업|회사|업체|가능|수\b|있\w*|(?<![가-힣])[되하주](?:나요|는|는지|면|려면|고|기|세요)?(?![가-힣])|입니까|인가\w*|까지|당\b|이번|그\b|해당|사업비|예산"
    r"|참가|참여|행사|사업|프로그램|입찰"
    r"|\b(?:size|big|large|much|money|amount|limit|cap|maximum|max|most|total|worth|deadline|due|date|day|time|apply"
    r"|applications?|submit|submission|close|closes|closing|start|starts|begin|begins|held|hold|take|takes"
    r"|place|venue|location|happen|rate|interest|share|percent|costs?|expenses?|pay|pays|cover|covers|give|gives|get"
    r"|receive|offer|offers|provide|company|companies|firm|sme|smes|we|our|you|your|event|events|program|programme|scheme"
    r"|tender|tenders|bid|bids|support|grant|s)\b",
    re.IGNORECASE,
)
# Who asks across several, or for one to be picked, has said which ones are meant.
_ACROSS = re.compile(
    r"어느|어떤|무슨|각각|각\s|모두|모든|전부|비교|차이|가장|제일|몇\s?개|뭐가|무엇이|합계|합치|둘|중에|다가오|지금|현재|올해|내년"
    r"|\bwhich\b|\beach\b|\ball\b|\bevery\b|\bcompare|\bdifferen|\bbetween\b|\b(?:larg|small|bigg)est\b|\bboth\b|\bany\b"
    r"|\bare there\b|\bhow many\b|\bupcoming\b|\bcurrently\b|\bnow\b|\bnext\b",
    re.IGNORECASE,
)
# "When is the deadline?", "What if we miss it?": of whatever it is.
_DEADLINE = re.compile(
    r"마감일?|기한|신청\s?기간|접수\s?기간|놓치\w*|놓쳤\w*|지나\w*|지났\w*|넘기\w*|늦\w*|어떻게|\bthe deadline\b"
    r"|\bdeadline\b|\bmiss(?:ed|es|ing)?\b|\blate\b|\bhappens?\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[가-힣]{2,}|[A-Za-z]{2,}|\d{2,}")


class ClarifyComposer:
    """Asks back where a question names a sort of program or event, several fit it equally well, and each answers it otherwise.

    Args:
        documents: of the records, by id.
        terms: official names in both languages.
    """

    def __init__(self, documents: Mapping[str, Document], terms: TermFinder | None = None) -> None:
        self._documents = documents
        self._same = SameThing(terms)

    def compose(
        self,
        question: Question,
        language: Language,
        query: Query,
        records: Sequence[Record],
        hits: Sequence[ScoredChunk],
    ) -> Draft | None:
        """The choices, each with what it answers and its citation, those found first first; ``None`` where one reading is meant.

        A reading is meant where the question or the talk so far says a word that only its name has, where only one is still ahead, and
        where nothing but one was found.
        """
        if _ACROSS.search(question.text):
            return None
        pattern, wanted = _sort_asked(question.text)
        if wanted is None and _asks_any_deadline(question, query):
            return self._deadlines(question, language, records)
        field = asked_field(question.text, wanted) if wanted is not None else None
        if wanted is None or field is None:
            return None
        fitting = [
            (record, value)
            for record in records
            if record.type is wanted and record.document_id in self._documents and not record.cancelled
            if pattern is None or pattern.search(record.title)
            if (value := value_of(record, field, language)) is not None
        ]
        fitting = self._once(_still_ahead(_named(fitting, query, pattern), question, field))
        if len({value.key for _, value in fitting}) < 2 or _is_told(fitting, question):
            return None
        found = {hit.document.document_id: rank for rank, hit in reversed(list(enumerate(hits)))}
        # Where the question, or the talk before it, tells more than the sort of thing, what was found must bear out that it means these.
        is_told_more = bool(question.history) or any(_rest(c, pattern) for c in query.concepts if c.emphasis == 1.0)
        if pattern is None and is_told_more and sum(record.document_id in found for record, _ in fitting) < 2:
            return None
        fitting.sort(key=lambda item: found.get(item[0].document_id, len(found)))
        return self._draft(fitting[:_MAX_CHOICES], language)

    def _deadlines(self, question: Question, language: Language, records: Sequence[Record]) -> Draft | None:
        """Whatever can still be applied for, the soonest first; ``None`` where that is one thing at most."""
        dated = [
            (record, value)
            for record in records
            if record.deadline is not None and record.deadline >= question.as_of and not record.cancelled
            if record.deadline_kind is DeadlineKind.FIXED and record.document_id in self._documents
            if (value := value_of(record, "deadline", language)) is not None
        ]
        chosen = sorted(self._once(dated), key=lambda item: (item[0].deadline is None, item[0].deadline))
        if len(chosen) < 2 or _is_told(chosen, question):
            return None
        return self._draft(chosen[:_MAX_CHOICES], language, listed(language, "which_deadline"))

    def _once(self, fitting: Sequence[tuple[Record, Value]]) -> list[tuple[Record, Value]]:
        """Each thing once, however many papers tell of it; a series of one paper ("session 1", "session 2") is one thing."""
        kept: list[tuple[Record, Value]] = []
        for record, value in fitting:
            if not any(
                value.key == other.key or self._same.are(record, one) or _of_one_series(record, one)
                for one, other in kept
            ):
                kept.append((record, value))
        return kept

    def _draft(self, choices: Sequence[tuple[Record, Value]], language: Language, lead_text: str = "") -> Draft:
        citations = CitationList()
        claims = []
        for record, value in choices:
            titles = record.proofs("title")
            document = self._documents[record.document_id]
            changed = [
                change
                for change in record.changes
                if change.field == value.field and change.document_id in self._documents
            ]
            numbers = [
                citations.cite_evidence(self._documents[change.document_id], change.evidence) for change in changed[-1:]
            ]
            numbers += [citations.cite_evidence(document, proof) for proof in (*value.evidence, *titles)]
            text = message(language, "record_line", title=record.title, facts=value.text)
            claims.append(Claim(text, tuple(dict.fromkeys(numbers))))
        cited = tuple(dict.fromkeys(number for claim in claims for number in claim.citations))
        lead = Claim(lead_text or message(language, "clarify_which"), cited)
        shown = tuple(record for record, _ in choices)
        return Draft(AnswerStatus.CLARIFY, (lead, *claims), citations.all(), records=shown)


def _asks_any_deadline(question: Question, query: Query) -> bool:
    """Whether a question asks of "the deadline", or of missing it, and of nothing that has one."""
    if question.history or not re.search(r"마감|기한|\bdeadline\b", question.text, re.IGNORECASE):
        return False
    return not any(_rest(concept, _DEADLINE) for concept in query.concepts if concept.emphasis == 1.0)


def _of_one_series(one: Record, other: Record) -> bool:
    names = [re.sub(r"[\W\d_]+", "", record.title) for record in (one, other)]
    return one.document_id == other.document_id and names[0] == names[1]


def _sort_asked(text: str) -> tuple[re.Pattern[str] | None, RecordType | None]:
    """How titles call the sort of thing asked about (``None``: any title will do), and its type."""
    named = [(re.compile(sort, re.IGNORECASE), kind) for sort, kind in _SORTS if re.search(sort, text, re.IGNORECASE)]
    if len(named) == 1:
        return named[0]
    if named:
        return None, None
    return None, next((kind for pattern, kind in _TYPES if re.search(pattern, text, re.IGNORECASE)), None)


def _named(
    fitting: Sequence[tuple[Record, Value]], query: Query, pattern: re.Pattern[str] | None
) -> list[tuple[Record, Value]]:
    """Those whose names say whatever the question tells besides the sort and what it asks for."""
    telling = [(rest, c) for c in query.concepts if c.emphasis == 1.0 and (rest := _rest(c, pattern))]
    return [(record, value) for record, value in fitting if all(_says(record.title, *told) for told in telling)]


def _rest(concept: Concept, pattern: re.Pattern[str] | None) -> str:
    """What a concept says besides the sort and what is asked for; empty if nothing."""
    rest = _GENERAL.sub(" ", pattern.sub(" ", concept.text) if pattern is not None else concept.text)
    return "".join(_LETTERS.findall(rest)).casefold()


def _says(title: str, rest: str, concept: Concept) -> bool:
    return rest in re.sub(r"\W", "", title).casefold() or concepts_said([concept], title)[0] >= _SAID


def _still_ahead(
    fitting: Sequence[tuple[Record, Value]], question: Question, field: str
) -> Sequence[tuple[Record, Value]]:
    """Of things with days, those that are not over: who asks when means the next one. Where all are over, none is meant more."""
    if field not in ("deadline", "start", "place"):
        return fitting
    ahead = [item for item in fitting if item[0].status(question.as_of) in _AHEAD]
    return ahead if ahead else ()


def _is_told(fitting: Sequence[tuple[Record, Value]], question: Question) -> bool:
    """Whether the turns before name one of them by a word that no other name has."""
    said = " ".join(turn.content for turn in question.history).casefold()
    if not said:
        return False
    words = [{word.casefold() for word in _LETTERS.findall(record.title)} for record, _ in fitting]
    return any(
        word in said
        for place, own in enumerate(words)
        for word in own
        if not any(word in other for number, other in enumerate(words) if number != place)
    )
