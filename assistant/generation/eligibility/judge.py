"""Whether a company may take part in a program: decided by rules from the program's stated conditions, never by a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.generation.eligibility.profile import Profile
from assistant.generation.eligibility.words import word
from assistant.text.company import CITY_SECTORS, SIZES, find_sectors, sector_name, size_name
from assistant.text.countries import (
    SANCTIONED,
    country_name,
    find_countries,
    income_name,
    income_of,
    may_be_sanctioned,
)
from assistant.text.language import detect_language
from assistant.text.regions import PROVINCES, find_regions, region_name
from assistant.types import Criterion, Evidence, Language, ProfileField, Record, RecordStatus

State = Literal["met", "not_met", "ask", "not_stated"]
Verdict = Literal["eligible", "not_eligible", "more_needed"]

MAX_QUESTIONS = 3
# Trades that may well have a product for a city's transport, water or energy: their name alone settles nothing.
_BROAD_SECTORS = frozenset({"ict", "smart_city", "engineering", "manufacturing", "telecom", "construction", "planning"})
_QUESTION_ORDER: tuple[ProfileField, ...] = (
    "size", "region", "years_in_business", "export_record", "consortium_with_large", "target_country", "country_income",
    "sector", "other",
)  # fmt: skip
_MARK = re.compile(r"^(?:[□■◆◇○●◦•ㅇ▪▶▸·*※-]+|\d{1,2}[.)]|[①-⑳])\s*")


@dataclass(frozen=True, slots=True)
class JudgedCriterion:
    """One condition (or a group of alternatives) and how the company stands to it.

    ``text`` is in the asker's language; ``evidence`` is empty only for ``not_stated``.
    """

    text: str
    state: State
    fields: tuple[ProfileField, ...]
    evidence: tuple[Evidence, ...] = ()
    is_exclusion: bool = False

    @property
    def field(self) -> ProfileField:
        """What the condition is about, first of all."""
        return self.fields[0]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one program for one company.

    ``criteria`` come in the document's order, ``not_stated`` last. ``questions`` are at most three, the most decisive first, each with
    the condition it would settle in ``asked``, there with the one field that the question is about; ``changes`` say what alone would
    turn "not eligible" round. ``status`` tells whether one can still apply.
    """

    record: Record
    verdict: Verdict
    criteria: tuple[JudgedCriterion, ...]
    questions: tuple[str, ...]
    changes: tuple[str, ...]
    status: RecordStatus
    asked: tuple[JudgedCriterion, ...] = ()


class EligibilityJudge:
    """Sets a company's profile against the criteria of records."""

    def judge(self, record: Record, profile: Profile, as_of: date, language: Language) -> Judgement:
        """Judge one record. A closed one is judged like an open one; its ``status`` says that it is closed.

        Not eligible: a condition is not met. More needed: some condition is open, or the document states none. An exclusion that no
        profile settles, such as tax arrears, is asked about but does not keep the verdict open.
        """
        groups = _groups(record.criteria, profile)
        judged = tuple(_judged(group, profile, language) for group in groups)
        verdict = _verdict(judged)
        status = record.status(as_of)
        changes = tuple(_changes(record, profile, language)) if verdict == "not_eligible" else ()
        if status is RecordStatus.CLOSED:
            changes = (*changes, word(language, "change_open"))
        questions = _questions(groups, judged, profile, language)
        return Judgement(
            record,
            verdict,
            (*judged, *_silent(record.criteria, profile, language)),
            tuple(questions),
            changes,
            status,
            tuple(questions.values()),
        )

    def judge_all(
        self, records: Sequence[Record], profile: Profile, as_of: date, language: Language
    ) -> list[Judgement]:
        """Judge many: programs before events and tenders, those that state conditions first, then by verdict."""
        judged = [self.judge(record, profile, as_of, language) for record in records]
        order = {"eligible": 0, "more_needed": 1, "not_eligible": 2}
        types = {"program": 0, "tender": 1, "event": 2, "task": 3}
        return sorted(
            judged,
            key=lambda j: (
                types[j.record.type.value],
                not j.record.criteria,
                order[j.verdict],
                j.status is RecordStatus.CLOSED,
            ),
        )


def _groups(criteria: Sequence[Criterion], profile: Profile) -> list[list[Criterion]]:
    """The criteria that are for this company, alternatives together, in the order of their first."""
    groups: dict[object, list[Criterion]] = {}
    for number, criterion in enumerate(criteria):
        if criterion.sizes and profile.size and not _is_one_of(profile.size, criterion.sizes):
            continue
        key: object = ("or", criterion.alternative) if criterion.alternative is not None else number
        groups.setdefault(key, []).append(criterion)
    return list(groups.values())


def _is_one_of(size: str, sizes: Sequence[str]) -> bool:
    # A start-up is a small company too, unless the text tells the two apart.
    return size in sizes or (size == "startup" and "sme" in sizes)


def _judged(group: Sequence[Criterion], profile: Profile, language: Language) -> JudgedCriterion:
    states = [_state(criterion, profile) for criterion in group]
    state: State = "met" if "met" in states else "ask" if "ask" in states else "not_met"
    texts = [describe(criterion, language) for criterion in group]
    exclusion = all(c.field == "other" and "true" in c.excluded for c in group)
    evidence = tuple(dict.fromkeys(criterion.evidence for criterion in group))
    return JudgedCriterion(
        word(language, "or").join(texts), state, tuple(dict.fromkeys(c.field for c in group)), evidence, exclusion
    )


def _verdict(judged: Sequence[JudgedCriterion]) -> Verdict:
    if any(item.state == "not_met" for item in judged):
        return "not_eligible"
    if any(item.state == "ask" and not item.is_exclusion for item in judged):
        return "more_needed"
    return "eligible" if any(item.state == "met" for item in judged) else "more_needed"


# --- One condition -------------------------------------------------------------------------------


def _state(criterion: Criterion, profile: Profile) -> State:
    if criterion.allowed == ("any",):
        return "met"
    state = _field_state(criterion, profile)
    if criterion.sizes and profile.size is None and (state != "met" or criterion.alternative is not None):
        return "ask"
    return state


def _field_state(criterion: Criterion, profile: Profile) -> State:
    match criterion.field:
        case "size":
            return _size_state(criterion, profile.size)
        case "region":
            return _region_state(criterion, profile.region)
        case "sector":
            return _sector_state(criterion, profile.sector)
        case "years_in_business":
            return _bounded(criterion, profile.years_in_business)
        case "export_record":
            return _export_state(criterion, profile.export_record)
        case "consortium_with_large":
            return _flag_state(criterion, profile.consortium_with_large)
        case "target_country" | "country_income":
            return _country_state(criterion, profile)
        case _:
            # Of an exclusion it says that it does not apply.
            return _flag_state(criterion, profile.other)


def _size_state(criterion: Criterion, size: str | None) -> State:
    if size is None:
        return "ask"
    if size in criterion.excluded or (criterion.allowed and not _is_one_of(size, criterion.allowed)):
        return "not_met"
    return "met"


def _region_state(criterion: Criterion, region: str | None) -> State:
    if not region:
        return "ask"
    keys = {key for mention in find_regions(region) for key in mention.keys}
    places = [place for place in (*criterion.allowed, *criterion.excluded) if place not in PROVINCES]
    named = next((place for place in places if place.rstrip("시군구도") in region), None)
    if named:
        return "met" if named in criterion.allowed else "not_met"
    if not keys:
        return "ask"
    inside = {key for key in keys if _allows(criterion, key)}
    if inside == keys:
        return "met"
    # A town may lie in the company's province.
    return "ask" if inside or (criterion.allowed and places) else "not_met"


def _allows(criterion: Criterion, key: str) -> bool:
    return key not in criterion.excluded and (not criterion.allowed or key in criterion.allowed)


def _sector_state(criterion: Criterion, sector: str | None) -> State:
    if not sector:
        return "ask"
    allowed = {key for key in criterion.allowed if key != "open"}
    if "smart_city" in allowed:
        allowed |= set(CITY_SECTORS)
    plain = re.sub(r"\W", "", sector).casefold()
    quoted = re.sub(r"\W", "", criterion.evidence.quote).casefold()
    keys = set(find_sectors(sector))
    if criterion.excluded:
        if keys & set(criterion.excluded):
            return "not_met"
        return "met" if keys else "ask"
    if keys & allowed or (plain and plain in quoted) or ("smart_city" in keys and allowed & set(CITY_SECTORS)):
        return "met"
    if "open" in criterion.allowed or not keys or keys & _BROAD_SECTORS:
        return "ask"
    return "not_met" if allowed & set(find_sectors(criterion.evidence.quote)) else "ask"


def _bounded(criterion: Criterion, value: float | None) -> State:
    if value is None:
        return "ask"
    low = criterion.minimum is not None and value < criterion.minimum
    high = criterion.maximum is not None and value > criterion.maximum
    return "not_met" if low or high else "met"


def _export_state(criterion: Criterion, record: bool | float | None) -> State:
    if record is None:
        return "ask"
    if criterion.allowed:
        return "met" if str(bool(record)).lower() in criterion.allowed else "not_met"
    if record is True:
        # Some exports, nobody said how many: more than nothing, and no more can be said.
        return "met" if criterion.maximum is None and not criterion.minimum else "ask"
    return _bounded(criterion, float(record))


def _flag_state(criterion: Criterion, value: bool | None) -> State:
    if value is None:
        return "ask"
    if criterion.field == "other":
        return "met" if value else "not_met"
    return "met" if str(value).lower() in criterion.allowed else "not_met"


def _country_state(criterion: Criterion, profile: Profile) -> State:
    countries = find_countries(profile.target_country) if profile.target_country else ()
    country = countries[0] if countries else None
    if criterion.field == "target_country":
        if country is None:
            return "ask"
        if SANCTIONED in criterion.excluded:
            return "ask" if may_be_sanctioned(country) else "met"
        return "met" if _allows(criterion, country) else "not_met"
    income = profile.country_income or (income_of(country) if country else None)
    if income is None:
        return "ask"
    return "met" if _allows(criterion, income) else "not_met"


# --- Words ---------------------------------------------------------------------------------------


def describe(criterion: Criterion, language: Language) -> str:
    """A condition in one line: in its document's words where that is the asker's language, else by its values."""
    label = field_label(criterion, language)
    quote = bare(criterion.evidence.quote)
    # A row of a table that compares programs says more than this one's condition.
    is_shared = quote.count(" | ") > 1 and _values(criterion, language)
    if detect_language(quote) == language and not is_shared:
        return quote if _names_itself(quote, label) else f"{label}: {quote}"
    return f"{label}: {_values(criterion, language) or f'“{quote}”'}"


def field_label(criterion: Criterion, language: Language) -> str:
    """What a condition is about, in ``language``."""
    if criterion.field == "other" and criterion.excluded:
        return word(language, "field_exclusion")
    return word(language, f"field_{criterion.field}")


def bare(quote: str) -> str:
    """A quotation without its bullet and on one line."""
    return _MARK.sub("", " ".join(quote.split())).strip()


def _names_itself(quote: str, label: str) -> bool:
    return bool(re.match(r"\(|[^:|]{1,24}(?::| \|)", quote)) or quote.startswith(label)


def _values(criterion: Criterion, language: Language) -> str:
    """A condition's values in words; empty where only its own words say it."""
    if criterion.allowed == ("any",):
        return word(language, "any")
    match criterion.field:
        case "size":
            text = _listed(criterion, lambda key: size_name(key, language), language)
        case "region":
            text = _listed(criterion, lambda key: region_name(key, language), language)
        case "sector":
            keys = [key for key in (*criterion.allowed, *criterion.excluded) if key != "open"]
            known = all(sector_name(key, "en") != key or key == "energy" for key in keys)
            text = _listed(criterion, lambda key: sector_name(key, language), language) if known else ""
        case "target_country":
            text = _listed(
                criterion,
                lambda key: word(language, "sanctioned") if key == SANCTIONED else country_name(key, language),
                language,
            )
        case "country_income":
            text = _listed(criterion, lambda key: income_name(key, language), language)
        case "years_in_business":
            text = _range(criterion, "years", language)
        case "export_record" if criterion.allowed:
            text = word(language, "needed" if "true" in criterion.allowed else "none_only")
        case "export_record":
            text = _range(criterion, "dollars", language)
        case "consortium_with_large":
            text = _consortium(criterion, language)
        case _:
            text = ""
    if text and criterion.sizes and criterion.field != "consortium_with_large":
        return f"{text} ({word(language, 'for_sizes', names=_sizes(criterion.sizes, language))})"
    return text


def _consortium(criterion: Criterion, language: Language) -> str:
    if criterion.sizes and "large" in criterion.sizes:
        return word(language, "consortium_for", names=_sizes(criterion.sizes, language))
    return word(language, "consortium_needed" if "true" in criterion.allowed else "alone_only")


def _sizes(sizes: Sequence[str], language: Language) -> str:
    return ", ".join(size_name(size, language) for size in SIZES if size in sizes)


def _listed(criterion: Criterion, name: object, language: Language) -> str:
    assert callable(name)
    parts = []
    if kept := [key for key in criterion.allowed if key != "open"]:
        parts.append(word(language, "only", names=", ".join(name(key) for key in kept[:12])))
    if criterion.excluded:
        parts.append(word(language, "not", names=", ".join(name(key) for key in criterion.excluded[:12])))
    return "; ".join(parts)


def _range(criterion: Criterion, unit: str, language: Language) -> str:
    parts = []
    for value, loose, strict in (
        (criterion.minimum, "at_least", "more_than"),
        (criterion.maximum, "at_most", "less_than"),
    ):
        if value is not None:
            rounded = round(value, 6)
            shown = word(language, unit, value=f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:g}")
            parts.append(word(language, loose if rounded == value else strict, value=shown))
    return ", ".join(parts)


# --- What would settle or change it ----------------------------------------------------------------


def _questions(
    groups: Sequence[Sequence[Criterion]], judged: Sequence[JudgedCriterion], profile: Profile, language: Language
) -> dict[str, JudgedCriterion]:
    """The questions that would settle what is open, with what they settle; none where a condition that is not met has settled it."""
    if any(item.state == "not_met" for item in judged):
        return {}
    asked: list[tuple[int, str, JudgedCriterion]] = []
    for group, item in zip(groups, judged, strict=True):
        if item.state != "ask":
            continue
        for criterion in group:
            if _state(criterion, profile) == "ask":
                name: ProfileField = (
                    "size" if criterion.sizes and profile.size is None and criterion.field != "size" and len(group) == 1
                    else criterion.field
                )  # fmt: skip
                key = "exclusion" if item.is_exclusion else name
                condition = _values(criterion, language) or bare(criterion.evidence.quote)
                order = 99 if item.is_exclusion else _QUESTION_ORDER.index(name)
                asked.append((order, word(language, f"ask_{key}", condition=condition), replace(item, fields=(name,))))
    found: dict[str, JudgedCriterion] = {}
    for _, text, item in sorted(asked, key=lambda entry: entry[0]):
        if len(found) < MAX_QUESTIONS:
            found.setdefault(text, item)
    return found


def _changes(record: Record, profile: Profile, language: Language) -> Iterator[str]:
    """What alone would make a company that is not eligible pass every condition that is settled."""
    groups = _groups(record.criteria, profile)
    failed = {c.field: c for group in groups for c in group if _state(c, profile) == "not_met"}
    tried: list[tuple[str, Profile, Criterion | None]] = []
    if not profile.consortium_with_large:
        tried.append(("consortium_with_large", replace(profile, consortium_with_large=True), None))
    else:
        tried.append(("alone", replace(profile, consortium_with_large=False), None))
    if (years := failed.get("years_in_business")) and years.minimum is not None:
        tried.append(("years_in_business", replace(profile, years_in_business=years.minimum), years))
    if (export := failed.get("export_record")) and (export.minimum is not None or "true" in export.allowed):
        tried.append(("export_record", replace(profile, export_record=export.minimum or True), export))
    elsewhere = replace(profile, target_country=None, country_income=None)
    places: tuple[ProfileField, ...] = ("target_country", "country_income")
    tried.extend((name, elsewhere, failed[name]) for name in places if name in failed)
    for name, changed, criterion in tried:
        if (
            _verdict([_judged(group, changed, language) for group in _groups(record.criteria, changed)])
            != "not_eligible"
        ):
            condition = _values(criterion, language) if criterion else ""
            yield word(language, f"change_{name}", condition=condition)


def _silent(criteria: Sequence[Criterion], profile: Profile, language: Language) -> Iterator[JudgedCriterion]:
    """The fields that the company told us and the document says nothing about."""
    stated = {criterion.field for criterion in criteria}
    if "country_income" in stated or "target_country" in stated:
        stated |= {"country_income", "target_country"}
    for name in _QUESTION_ORDER:
        if name != "other" and name not in stated and getattr(profile, name) is not None:
            yield JudgedCriterion(
                word(language, "not_stated", field=word(language, f"field_{name}")), "not_stated", (name,)
            )
