"""Two programs, tenders or events that a question names, side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.generation.draft import Draft
from assistant.generation.quoting.clauses import bare
from assistant.generation.quoting.coverage import concepts_said
from assistant.generation.quoting.notices import stale
from assistant.generation.quoting.wording import CitationList
from assistant.generation.records.list_words import listed
from assistant.generation.records.request import telling_concepts
from assistant.generation.records.same_thing import SameThing
from assistant.generation.records.value import Value, sort_of_sum, value_of
from assistant.generation.records.wording import short_title
from assistant.messages import message
from assistant.text.amounts import find_amounts
from assistant.text.particles import with_particle
from assistant.text.termbase import TermFinder
from assistant.types import AnswerStatus, Claim, Document, Language, Query, Question, Record, RecordType

_I = re.IGNORECASE
_COMPARES = re.compile(
    r"비교|차이|다른\s?점|다른가|달라|다르|(?:중에?|가운데)\s[^?]*(?:더\s|뭐|어느|어떤|무엇)|더\s?(?:많|크|큰|높|낮|싸|적|작|빠|빨|늦|길|먼저)"
    r"|\bcompar\w+|\bdifferen\w+|\bversus\b|\bvs\b|\b(?:more|less|larg|bigg|high|low|soon|earli|lat|small)(?:er)?\b[^?]*\bor\b"
    r"|\bthan\b|\bwhich (?:of|one)?\b[^?]*\bor\b",
    _I,
)
# By what they are compared; where a question does not say, by all of it.
_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("deadline", re.compile(r"마감|기한|닫|먼저\s?끝|\bclos\w*|\bdeadlines?\b|\bdue\b", _I)),
    ("rate", re.compile(r"금리|이자|이율|\binterest\b", _I)),
    ("share", re.compile(r"비율|보조율|지원율|몇\s?%|\bshares?\b|\bpercent(?:age)?s?\b|\bportion\b", _I)),
    (
        "amount",
        re.compile(
            r"한도|지원금|금액|지원액|예산|사업비|돈|얼마|많이\s?(?:줘|주|받)|\bcaps?\b|\blimits?\b|\bamounts?\b|\bbudgets?\b|\bmoney\b"
            r"|\b(?:gives?|pays?|offers?|lends?)\b",
            _I,
        ),
    ),
)  # fmt: skip
_LESS = re.compile(
    r"더\s?(?:작|적|낮|싸|싼|이른)|먼저|빠른|빨리|일찍|\b(?:less|smaller|lower|cheaper|sooner|earlier|first)\b", _I
)
_MORE = re.compile(r"더\s?(?:많|크|큰|높|늦|나중)|\b(?:more|larger|bigger|higher|later|last|most)\b", _I)
_HOW = re.compile(
    r"(?:차이|비교|다르|다른|달라|빠르|빠른|빨리|높|낮|크|큰|많|적|작|싸|싼|먼저|나중|늦|유리|좋)[가-힣]{0,2}"
    r"|compar\w+|differen\w+|versus|vs|more|less|most|high|low|(?:larg|bigg|high|low|soon|earli|lat|small|cheap|bett)er",
    _I,
)
_TYPES = frozenset({RecordType.PROGRAM, RecordType.TENDER, RecordType.EVENT})
# What is lent is not given.
_LENT = re.compile(r"대출|융자|\bloans?\b|\blend|\bborrow", _I)
_MAX_QUOTE_CHARS = 60
_SAID = 0.75
# A word that more titles than this have tells none of them.
_MOST_TITLES = 3


@dataclass(frozen=True, slots=True)
class _Side:
    """A thing that is compared, with what it says of each field."""

    record: Record
    values: Mapping[str, Value]


class RecordComparer:
    """Compares two things by what their records say.

    Args:
        records: all of them, as later notices leave them.
        documents: by id.
        terms: official names in both languages.
    """

    def __init__(
        self, records: Sequence[Record], documents: Mapping[str, Document], terms: TermFinder | None = None
    ) -> None:
        # What a plan will give needs more words than a value: what it was so far, and since when.
        self._records = [
            record
            for record in records
            if record.type in _TYPES and record.document_id in documents and not (record.cancelled or record.planned)
        ]
        self._documents = documents
        self._same = SameThing(terms)

    def compose(self, question: Question, language: Language, query: Query) -> Draft | None:
        """One line for each of the two; where the question asks for one measure, that which has more (or less) of it first.

        ``None`` where the question compares nothing, does not name two things, or one of them says nothing that the other says too.
        """
        if not _COMPARES.search(question.text):
            return None
        asked = [name for name, pattern in _FIELDS if pattern.search(question.text)]
        fields = asked or [name for name, _ in reversed(_FIELDS)]
        sides = self._sides(question, query, fields, language)
        shared = [name for name in fields if len(sides) == 2 and all(name in side.values for side in sides)]
        if not shared or (asked and shared != asked):
            return None
        key = None
        if len(asked) == 1 and (_MORE.search(question.text) or _LESS.search(question.text)):
            wants_less = _LESS.search(question.text) is not None
            sides, key = _ordered(sides, asked[0], wants_less=wants_less)
        citations = CitationList()
        claims = [self._line(side, fields, language, citations) for side in sides]
        if key is not None:
            noun = listed(language, f"measure_{asked[0]}" + ("_program" if asked[0] == "amount" else ""))
            lead = listed(language, key, noun=noun, subject=with_particle(noun, "이"), line=claims[0].text)
            claims[0] = Claim(lead, claims[0].citations)
        records = tuple(side.record for side in sides)
        papers = [self._documents[record.document_id] for record in records]
        notices = tuple(stale(papers, language, question.as_of))
        return Draft(AnswerStatus.ANSWERED, tuple(claims), citations.all(), notices, records=records)

    def _sides(self, question: Question, query: Query, fields: Sequence[str], language: Language) -> list[_Side]:
        """The two things that words of the question name, each by a word that only its titles have, in the order of the question."""
        concepts = [c for c in query.concepts if c.emphasis == 1.0 and not _is_of_comparing(c.text)]
        said = [[share >= _SAID for share in concepts_said(concepts, record.title)] for record in self._records]
        titles = [sum(row[place] for row in said) for place in range(len(concepts))]
        left = {place for place, count in enumerate(titles) if 0 < count <= _MOST_TITLES}
        telling = [c for c in telling_concepts(question.text, query) if not _is_of_comparing(c.text)]
        sides: list[tuple[int, _Side]] = []
        while left and len(sides) < 2:
            scored = [
                (
                    sum(1 / titles[place] for place in left if row[place]),
                    bool(self._values(record, fields, language)),
                    -n,
                )
                for n, (record, row) in enumerate(zip(self._records, said, strict=True))
            ]
            score, has_values, place = max(scored)
            if not score or not has_values:
                break
            record, row = self._records[-place], said[-place]
            first = min(one for one in left if row[one])
            left -= {one for one in left if row[one]}
            if all(not self._same.are(record, side.record) for _, side in sides):
                sides.append((first, _Side(record, self._values(record, fields, language))))
        titles_said = [concepts_said(telling, side.record.title) for _, side in sides]
        if not all(max(shares) >= _SAID for shares in zip(*titles_said, strict=True)):
            # It names something else.
            return []
        return [side for _, side in sorted(sides, key=lambda item: item[0])]

    def _values(self, record: Record, fields: Sequence[str], language: Language) -> dict[str, Value]:
        found = {name: value_of(record, name, language) for name in fields}
        return {name: value for name, value in found.items() if value is not None}

    def _line(self, side: _Side, fields: Sequence[str], language: Language, citations: CitationList) -> Claim:
        record, document = side.record, self._documents[side.record.document_id]
        values = [side.values[name] for name in fields if name in side.values]
        proofs = [*record.proofs("title"), *(proof for value in values for proof in value.evidence)]
        numbers = [citations.cite_evidence(document, proof) for proof in proofs]
        kind = "tender" if record.type is RecordType.TENDER else "program"
        nouns = {"amount": f"measure_amount_{kind}"}
        facts = [
            f"{listed(language, nouns.get(v.field, f'measure_{v.field}'))} {v.text}{_as_written(v)}" for v in values
        ]
        text = message(language, "record_line", title=short_title(record.title), facts=", ".join(facts))
        return Claim(text, tuple(dict.fromkeys(numbers)))


def _as_written(value: Value) -> str:
    """A sum or share in its paper's words: for whom it is, and of what, no value tells."""
    if value.field == "deadline":
        return ""
    quote = bare(value.evidence[0].quote)
    if len(quote) > _MAX_QUOTE_CHARS:
        quote = quote[:_MAX_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"
    return f" (“{quote}”)"


def _is_of_comparing(words: str) -> bool:
    """Whether words only say what is compared, or how."""
    return bool(_HOW.fullmatch(words)) or any(pattern.search(words) for _, pattern in _FIELDS)


def _ordered(sides: Sequence[_Side], field: str, *, wants_less: bool) -> tuple[list[_Side], str | None]:
    """The two with the one asked for first, and how that is said; ``None`` for two that do not compare, or are equal."""
    keys = [_comparable(side, field) for side in sides]
    if keys[0] is None or keys[1] is None or keys[0][1:] != keys[1][1:] or keys[0] == keys[1]:
        return list(sides), None
    is_first = (keys[0][0] < keys[1][0]) == wants_less
    return list(sides if is_first else reversed(sides)), f"rank_than_{field}_{'less' if wants_less else 'more'}"


def _comparable(side: _Side, field: str) -> tuple[float, str, str] | None:
    """A number with its unit and the sort of sum that it is."""
    if field == "deadline":
        day = side.record.deadline
        return (day.toordinal(), "day", "") if day is not None else None
    written = getattr(side.record, field)
    amounts = find_amounts(written) if written else []
    quotes = " ".join(dict.fromkeys(proof.quote for proof in side.values[field].evidence))
    # "SMEs 150 million, mid-sized companies 100 million" is no one sum.
    alike = [amount for amount in find_amounts(quotes) if amounts and amount.unit is amounts[0].unit]
    if len(amounts) != 1 or len({(amount.lower, amount.upper) for amount in alike}) != 1:
        return None
    sort = sort_of_sum(side.record, field) if field == "amount" else ""
    return float(amounts[0].upper), amounts[0].unit.value, f"{sort}{bool(_LENT.search(quotes))}"
