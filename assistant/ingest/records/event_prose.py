"""Events told in sentences: "오는 12월 초 … 웨비나를 개최한다", "Indonesia Business Consulting (October 12-23, Online)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.ingest.records.draft import Draft, evidence
from assistant.ingest.records.labels import part_of
from assistant.ingest.records.notice_parts import read_online
from assistant.ingest.records.outline import Entry, Outline
from assistant.ingest.records.patterns import any_case
from assistant.ingest.records.periods import When, anchor_of, read_deadline, read_when, says_plan, says_tentative
from assistant.ingest.records.titles import (
    ANY,
    ENGLISH_NAME_WORD,
    ENGLISH_STRONG_WORD,
    KOREAN_NAME_END,
    STRONG,
    bare,
    event_name,
)
from assistant.text.dates import find_dates
from assistant.text.language import has_hangul
from assistant.text.sentences import split_sentences
from assistant.types import BlockKind, Precision, RecordType

_KOREAN_HOLD = re.compile(
    r"개최|열(?:고|어|며|기로|릴|립니다|린다|렸|었|계획|예정|\s?예정)|연다|여는|엽니다|열린|진행(?:한|하|된|될|했)|마련(?:한|하|했)|개막|막을\s?올|파견|실시(?:한|하)"
)
_ENGLISH_HOLD = any_case(
    r"\b(?:hold|holds|held|holding|host|hosts|hosted|hosting|organi[sz]e[sd]?|take[s]? place|took place|taking place|kick(?:s|ed)? off|stage[sd]?"
    r"|convene[sd]?|scheduled (?:for|on|to)|slated|runs?(?= from)|opens? (?:its|their) doors|will open (?:on|in)|will run|will be (?:a|an|the)|there will be|invites? you|join us|are invited)\b"
)
_NOT_HELD = any_case(
    r"취소|방안을?\s?(?:검토|논의|협의|모색)|검토(?:하기로|한다|할|\s?중)|하지\s?않|않습니다|연기(?:하|되|됐|했)|cancel|postpone|no longer|will not|under consideration|이라면|경우|매년|매월|해마다|every year|each year"
)
_HELD = any_case(
    r"개최(?:했|하였)|열렸|열었|진행(?:했|됐)|(?:was|were|been) held|\bheld\b|took place|hosted|organi[sz]ed"
)
_APPLYING = any_case(
    r"(?:registration|applications?|booking|sign-?up|ticket sales?)s?\s(?:will\s)?(?:open|close|start|begin|end)s?\b"
)
_NAME_AND_DAYS = any_case(rf"{ENGLISH_STRONG_WORD}s?\s(?:from|on)\s")
_PAREN = re.compile(r"\((?P<inner>[^()]{2,60})\)")
_QUOTES = {"」": "「", "』": "『", "”": "“", "’": "‘", "》": "《", "〉": "〈", '"': '"', "'": "'"}
_LEFT_STOP = re.compile(
    r"(?:[은는을를]|열린|열리는|개최된|보낸|에서|에게|께서|으로|부터|까지|하는|하여|해|위한|위해|대한|통해|따라|따른|함께|등|등을|및|또는|그리고|이번|오는|지난|다음|올해|내년|먼저|우선|이어|또|또한|처음|모두|약"
    r"|(?<![국평하이전문상두])[이가]|(?<![성효학결])[와과]|(?<![속제지인태용정수철강원경기])도|(?<![도통진경])로|에|의|된|한|할|인)$"
)
_KEPT_WORD = re.compile(
    r"^(?:국가|평가|하노이|전문가|투자가|상하이|두바이|인도|철도|경기도|강원도|성과|효과|도로|한|인|수은|지하철도|녹색도로|스마트도로|미디어|아시아|러시아|제\d+회|가|온라인|개인|한인|신한|국제|여성기업인|경제인|기업인|상공인|소상공인|외국인|디자인|메인|체인|블록체인|라인)$"
)
_CASED = r"(?:[A-Z0-9][\w’'&./-]*)"
_SMALL = r"(?:of|for|and|the|in|on|&|to|with|–|-)"
_RUN = re.compile(rf"{_CASED}:?(?:\s(?:{_SMALL}\s){{0,2}}{_CASED}:?)*")
_ENGLISH_NOUN = any_case(rf"(?<![A-Za-z]){ENGLISH_NAME_WORD}s?(?![A-Za-z])")
_LOWER_NAME = any_case(
    rf"\b(?:a|an|the|its|their|another|this)\s(?P<name>(?:[\w’'-]+\s){{1,6}}?{ENGLISH_STRONG_WORD})(?![A-Za-z])"
)
_BARE_EVENT = re.compile(
    r"^(?:이번|본|동)?\s?(?:행사|설명회|상담회|세미나|웨비나|로드쇼|박람회|포럼|[컨콘]퍼런스|엑스포|교육|워크[숍샵])$"
)
_BARE_ENGLISH = any_case(rf"\b(?:the|this|our)\s(?:event|{ENGLISH_STRONG_WORD}|day|conference)\b")
_MONTH_OR_DAY = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\d{1,4})$"
)
_OPENERS = re.compile(
    r"^(?:The|This|These|A|An|On|In|At|From|For|It|Its|Our|We|Please|Join|Welcome|During|After|Before|Following|And|Both|To|Visit|Next|Register|Registration)\s"
)


# No sentence that announces an event is longer; a list run together may be, and names are looked for in it again and again.
_MAX_SENTENCE_CHARS = 1500
_LINE_NAME = any_case(
    r"(?:(?:a\s)?(?P<kind>webinar|seminar|workshop|웨비나|세미나|설명회)\s?)?[“\"‘「『](?P<quoted>[^”\"’」』]+)[”\"’」』]|(?P<plain>[^,.;(]{4,80})"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A name at ``text[begin:finish]``; ``around`` is where its days are looked for."""

    name: str
    begin: int
    finish: int


def told_events(outline: Outline, *, strict: bool) -> Iterator[Draft]:
    """The events that sentences announce, in reading order.

    Args:
        strict: only names that can be nothing else, in a sentence that says that they are held: for papers on something else.
    """
    for entry in outline.entries:
        if entry.kind in (BlockKind.HEADING, BlockKind.TABLE_HEADER) or part_of(entry.label):
            continue
        if (draft := _headed(outline, entry) or _dated_line(outline, entry)) is not None:
            yield draft
            continue
        for start, end in split_sentences(entry.text):
            sentence = entry.text[start:end]
            if len(sentence) > _MAX_SENTENCE_CHARS or _NOT_HELD.search(sentence):
                continue
            listed = list(_listed(outline, entry, start, sentence))
            yield from listed
            if not listed and entry.kind is not BlockKind.TABLE_ROW:
                yield from _announced(outline, entry, start, sentence, strict=strict)


def _headed(outline: Outline, entry: Entry) -> Draft | None:
    """A line that begins with the event's name: "Smart City Fair: Busan, November 2019"."""
    label, value = bare(entry.label or ""), entry.value or ""
    name = next(iter(STRONG.finditer(label)), None)
    if (
        name is None
        or entry.cells
        or not re.match(r"s?(?:\s?\([^)]*\)|\s20\d\d)?$", label[name.end() :])
        or len(label[: name.start()].strip()) < 2
    ):
        return None
    when = read_when(value, anchor_of(outline.document))
    if (
        when is None
        or when.start is None
        or when.precision in (None, Precision.YEAR)
        or when.begin > 60
        or _NOT_HELD.search(value)
    ):
        return None
    draft = Draft(RecordType.EVENT, outline.document.document_id, event_name(label), [entry.evidence("title")])
    draft.put_when(when, entry.evidence("start"))
    pieces = [piece.strip() for piece in value[: when.begin].rstrip(" ,").split(",")]
    if 1 < len(pieces[-1]) <= 30 and not re.match("[a-z]", pieces[-1]):
        draft.put("place", pieces[-1], entry.evidence("place"))
    return draft


def _dated_line(outline: Outline, entry: Entry) -> Draft | None:
    """A line that begins with the days: "April 7–8: Nordic Forum, Oslo", "3. 18.(목) 수출 웨비나 (온라인)"."""
    if entry.cells or entry.kind is BlockKind.NOTE or len(entry.text) > 240:
        return None
    if entry.label and entry.value:
        said, rest = entry.label, entry.value
        when = read_when(said, anchor_of(outline.document))
    else:
        said = re.sub(r"^[□■◆◇○●◦•ㅇ▪▶·*-]\s?", "", entry.text)
        when = read_when(said, anchor_of(outline.document))
        rest = said[when.finish :] if when else ""
    if when is None or when.begin > 1 or when.start is None or when.precision in (None, Precision.YEAR):
        return None
    rest = rest.lstrip(" :：–—-|,/")
    if re.search(r"^(?:까지|부터|이후|현재|기준)", rest) or _NOT_HELD.search(rest):
        return None
    first = _LINE_NAME.match(rest)
    if first is None:
        return None
    name = (first["quoted"] or first["plain"]).strip()
    noun = next(reversed(list(STRONG.finditer(name))), None)
    if first["quoted"]:
        if noun is None and not first["kind"]:
            return None
    elif noun is None or name[noun.end() :].strip(" s)0123456789") or len(name[: noun.start()].strip()) < 2:
        return None
    located = re.match(r"(?P<place>[가-힣A-Za-z]+)의\s(?=\S+\s)", name)
    name = name[located.end() :] if located else name
    after = rest[first.end() :]
    draft = Draft(RecordType.EVENT, outline.document.document_id, event_name(name), [entry.evidence("title")])
    draft.put_when(when, entry.evidence("start"), beside=after[:16])
    if located:
        draft.put("place", located["place"], entry.evidence("place"))
    draft.put("online", read_online(after.split(".")[0]) or read_online(rest[: first.end()]), entry.evidence("online"))
    place = re.match(r"\s?[,(]\s?(?P<place>[^.;()]{2,40})", after)
    if place and read_online(place["place"]) is None and not re.search(r"\d{2}", place["place"]):
        draft.put("place", place["place"].strip(), entry.evidence("place"))
    if deadline := read_deadline(after, outline.document, draft.fields.get("start"), labelled=False):
        draft.put_deadline(deadline, entry.evidence("deadline"))
    return draft


def _listed(outline: Outline, entry: Entry, offset: int, sentence: str) -> Iterator[Draft]:
    """``Name (days, place)``, as lists in a sentence give events."""
    for paren in _PAREN.finditer(sentence):
        when = read_when(paren["inner"], anchor_of(outline.document))
        if when is None or (when.start and when.precision is not None and when.precision.value == "year"):
            continue
        before = sentence[: paren.start()].rstrip()
        if entry.cells:
            before = before.rpartition(" | ")[2]
        told = _korean_name(before) if has_hangul(before[-12:]) else _english_list_name(before)
        if told is None:
            continue
        draft = _draft(outline, entry, offset, sentence, told)
        later = sentence[paren.end() : paren.end() + 12]
        draft.put_when(when, evidence(entry, "start", offset, offset + len(sentence)), beside=sentence)
        if when.vague and (says_plan(later) or says_plan(paren["inner"])):
            draft.fields["planned"] = True
        if when.start is None and not when.conflict:
            # The year is nowhere: the day cannot be told from one of another year.
            draft.fields["planned"] = True
        rest = re.sub(r"^[\s,·/]+|[\s,·/]+$", "", paren["inner"][: when.begin] + paren["inner"][when.finish :])
        proof = evidence(entry, "place", offset + paren.start(), offset + paren.end())
        online = read_online(rest)
        if online is not None:
            draft.put("online", online, evidence(entry, "online", offset + paren.start(), offset + paren.end()))
        elif 1 < len(rest) <= 40 and not says_plan(rest) and not re.search(r"\d", rest):
            draft.put("place", rest, proof)
        yield draft


def _announced(outline: Outline, entry: Entry, offset: int, sentence: str, *, strict: bool) -> Iterator[Draft]:
    """A sentence that says that something is held, and when."""
    korean = has_hangul(sentence)
    held = (_KOREAN_HOLD if korean else _ENGLISH_HOLD).search(sentence) and not _APPLYING.search(sentence)
    if not held and (strict or korean or not _NAME_AND_DAYS.search(sentence)):
        return
    named = [] if korean else _english_names(sentence)
    told = _announced_name(outline, sentence, korean=korean, strict=strict)
    if len(named) > 1 and all(STRONG.search(one.name) for one in named):
        # "a Demo Day on 21 January and a Roadshow on 4 February": each name with the days after it.
        ends = [one.begin for one in named[1:]] + [len(sentence)]
        parts = [
            (one, read_when(sentence[one.finish : end], anchor_of(outline.document)))
            for one, end in zip(named, ends, strict=True)
        ]
        if all(when is not None and when.start for _, when in parts):
            for one, when in parts:
                if when is not None:
                    yield _announcement(outline, entry, offset, sentence, one, when, korean=korean)
            return
    when = _nearest(outline, sentence, told) if told else None
    if told is None or when is None or (when.start is None and not when.conflict and _HELD.search(sentence)):
        return
    yield _announcement(outline, entry, offset, sentence, told, when, korean=korean)


def _english_names(sentence: str) -> list[_Told]:
    return [told for run in _RUN.finditer(sentence) if (told := _cased(run)) is not None]


def _announcement(
    outline: Outline, entry: Entry, offset: int, sentence: str, told: _Told, when: When, *, korean: bool
) -> Draft:
    draft = _draft(outline, entry, offset, sentence, told)
    draft.put_when(
        when, evidence(entry, "start", offset, offset + len(sentence)), beside=sentence[told.finish : told.finish + 16]
    )
    if when.start is None and not when.conflict:
        draft.fields["planned"] = True
    if says_tentative(sentence) or (when.vague and says_plan(sentence)):
        draft.fields["planned"] = True
    proof = evidence(entry, "place", offset, offset + len(sentence))
    draft.put("place", _korean_place(sentence) if korean else _english_place(sentence, told, when), proof)
    draft.put(
        "organiser", _organiser(sentence, korean=korean), evidence(entry, "organiser", offset, offset + len(sentence))
    )
    draft.put("online", read_online(draft.title), evidence(entry, "online", offset, offset + len(sentence)))
    return draft


def _nearest(outline: Outline, sentence: str, told: _Told) -> When | None:
    """The days nearest to the name, deadlines left out; what is coarser than a month only if it is a plan."""
    anchor = anchor_of(outline.document)
    best: tuple[int, When] | None = None
    earlier: date | None = None
    for mention in find_dates(sentence, anchor):
        if mention.kind != "fixed" or mention.is_deadline or (mention.period is None and mention.time is not None):
            continue
        if mention.start < told.finish and told.begin < mention.end:
            continue
        when = read_when(sentence[mention.start :], earlier or anchor)
        if mention.period and not mention.inferred_year and mention.period.precision is not Precision.YEAR:
            # "2026년 10월 29일 … 11월": the year goes on until another is named.
            earlier = mention.period.start
        if when is None or (when.precision is not None and when.precision.value == "year"):
            continue
        distance = mention.start - told.finish if mention.start >= told.finish else told.begin - mention.end
        if best is None or distance < best[0]:
            best = (distance, when)
    return best[1] if best else None


def _draft(outline: Outline, entry: Entry, offset: int, sentence: str, told: _Told) -> Draft:
    proof = evidence(entry, "title", offset, offset + len(sentence))
    return Draft(RecordType.EVENT, outline.document.document_id, told.name, [proof])


def _announced_name(outline: Outline, sentence: str, *, korean: bool, strict: bool) -> _Told | None:
    whole = event_name(outline.document.title)
    if korean:
        for match in re.finditer(rf"{KOREAN_NAME_END}(?:\s?\([^()]*\))?(?=[을를이가은는도의」』”’\"'\s,]|$)", sentence):
            if not _KOREAN_HOLD.search(sentence, match.end()):
                continue
            told = _korean_name(sentence[: match.end()])
            if told is None:
                if (
                    not strict
                    and STRONG.search(whole)
                    and _BARE_EVENT.match(match[0])
                    and match[0][-2:] in whole + "행사"
                ):
                    return _Told(whole, match.start(), match.end())
                continue
            if STRONG.search(told.name) or (not strict and re.search(r"제\s?\d|\d+차|\d+회", told.name)):
                return told
        return None
    told = _english_name(sentence, strict=strict)
    if told is None and not strict and ANY.search(whole) and (bare_name := _BARE_ENGLISH.search(sentence)):
        return _Told(whole, bare_name.start(), bare_name.end())
    return told


def _korean_name(before: str) -> _Told | None:
    """The name that ends where ``before`` ends; ``None`` where the event word stands alone or there is none."""
    end = len(before)
    plain = re.sub(r"\s?\([^()]*\)$", "", before)
    closing = plain[-1:] if plain else ""
    if closing in _QUOTES:
        opening = plain.rfind(_QUOTES[closing], 0, len(plain) - 1)
        inner = plain[opening + 1 : -1] if opening >= 0 else ""
        return _Told(inner.strip(), opening, end) if opening >= 0 and ANY.search(inner) else None
    # An open quotation mark before the word: the name began there.
    for opener in ("「", "『", "“", "‘", "《"):
        position = plain.rfind(opener)
        if position >= 0 and not any(mark in plain[position:] for mark in "」』”’》") and ANY.search(plain[position:]):
            return _Told(plain[position + 1 :].strip(), position, end)
    if not re.search(rf"{KOREAN_NAME_END}$", plain):
        return None
    words = list(re.finditer(r"\S+", plain))
    first = len(words) - 1
    while first > 0 and not _stops(words[first - 1][0]):
        first -= 1
        if len(words) - first >= 8:
            break
    begin = words[first].start()
    dates = [
        mention.end
        for mention in find_dates(plain)
        if mention.end > begin and mention.start < end and mention.kind == "fixed"
    ]
    year_first = re.match(r"(?:20\d\d|제\s?\d+회)\s", plain[begin:])
    if dates and not year_first:
        begin = max(dates)
    name = bare(plain[begin:].strip(" ,·:)")).strip()
    if len(re.sub(rf"{KOREAN_NAME_END}$", "", name).strip()) < 2:
        return None
    return _Told(name, begin, end)


def _stops(word: str) -> bool:
    if word[-1] in ",;:.)」』”’·" or word in ("□", "ㅇ", "○", "-", "※", "*", "·"):
        return True
    return not _KEPT_WORD.match(word) and bool(_LEFT_STOP.search(word)) and bool(re.search("[가-힣]$", word))


def _english_list_name(before: str) -> _Told | None:
    runs = list(_RUN.finditer(before))
    if not runs or runs[-1].end() < len(before) - 1:
        return None
    return _cased(runs[-1])


def _english_name(sentence: str, *, strict: bool) -> _Told | None:
    for quoted in re.finditer(r"[“\"‘'「](?P<inner>[^”\"’'」]{6,90})[”\"’'」]", sentence):
        if ANY.search(quoted["inner"]):
            return _Told(quoted["inner"].strip(" ,."), quoted.start(), quoted.end())
    for run in _RUN.finditer(sentence):
        told = _cased(run)
        if told:
            return told
    lower = _LOWER_NAME.search(sentence)
    if lower and (not strict or _ENGLISH_HOLD.search(sentence)):
        name = lower["name"]
        if (
            len(name.split()) >= 2
            and not re.search(r"\s(?:at|in|on|from)\s", name)
            and not re.match(r"(?:first|next|last|same|following|annual|previous)\s\w+$", name)
        ):
            return _Told(name, lower.start("name"), lower.end("name"))
    return None


def _cased(run: re.Match[str]) -> _Told | None:
    name, begin = run[0].rstrip(":"), run.start()
    while (opener := _OPENERS.match(name)) and len(name.split()) > 2:
        begin += opener.end()
        name = name[opener.end() :]
    words = name.split()
    while words and (_MONTH_OR_DAY.match(words[0]) and not re.fullmatch(r"20\d\d", words[0])):
        begin += len(words[0]) + 1
        words = words[1:]
    while words and (
        (_MONTH_OR_DAY.match(words[-1]) and not re.fullmatch(r"20\d\d", words[-1])) or re.fullmatch(_SMALL, words[-1])
    ):
        words = words[:-1]
    name = _trimmed(" ".join(words))
    words = name.split()
    nouns = [match[0] for match in _ENGLISH_NOUN.finditer(name) if match[0][0].isupper()]
    if not nouns or len(words) < 2:
        return None
    return _Told(name, begin, begin + len(name))


def _trimmed(name: str) -> str:
    """The name without the place or day after it: "Smart Grid Meeting in Lima"; "Conference on Cities" is all name."""
    last = next(reversed(list(_ENGLISH_NOUN.finditer(name))), None)
    after = re.search(r"\s(?:in|at|from|with|to)\s|\son\s(?=\w+\s\d)", name[last.end() :]) if last else None
    return name[: last.end() + after.start()] if last and after else name


def _korean_place(sentence: str) -> str | None:
    found = re.search(
        r"(?:^|[\s,)])(?P<place>[가-힣A-Za-z0-9·]+(?:\s[가-힣A-Za-z0-9·]+(?:센터|호텔|홀|전시장|회의실|관|빌딩|타워|층|호))?)(?:\([^()]*\))?에서",
        sentence,
    )
    place = found["place"] if found else None
    return None if place is None or re.search(r"온라인|행사|회의$|자리$|가운데|분야$|단계$|기업$", place) else place


def _english_place(sentence: str, told: _Told, when: When) -> str | None:
    """The place that follows the name, the days or the word "held"; any other "in China" may be about something else."""
    for found in re.finditer(
        r"\b(?:at|in)\s(?:the\s)?(?P<place>[A-Z][\w’'-]+(?:,?\s(?:of\s|the\s)?[A-Z][\w’'-]+){0,6})", sentence
    ):
        before = sentence[: found.start()].rstrip(" ,")
        dated = any(mention.end == len(before) for mention in find_dates(sentence) if mention.kind == "fixed")
        if not (
            dated or len(before) == told.finish or re.search(r"\b(?:held|places?|hosted|hold|online and)$", before)
        ):
            continue
        words = found["place"].split()
        while words and _MONTH_OR_DAY.match(words[-1].strip(",")):
            words = words[:-1]
        if words and not _MONTH_OR_DAY.match(words[0].strip(",")):
            return " ".join(words).strip(",")
    return None


def _organiser(sentence: str, *, korean: bool) -> str | None:
    if korean:
        found = re.match(
            r"(?:[□ㅇ○\-*·※]\s?)?(?P<who>[가-힣A-Za-z·\s]{2,30}?(?:부|처|청|시|도|원|공사|협회|센터|재단|공단|은행|기금|공단|코트라|KOTRA|KIND|K-SURE))(?:\([^()]*\))?[은는이가]\s",
            sentence,
        )
        return found["who"].strip() if found else None
    found = re.match(
        r"(?:On [^,]+, [^,]*?,?\s?)?(?P<who>(?:The\s)?[A-Z][\w’'&.-]*(?:\s(?:of|for|and|the|&|[A-Z(][\w’'&.)-]*))*)\s(?:will|plans to|is to|are to)?\s?(?:hold|host|organi[sz]e|stage)",
        sentence,
    )
    return None if found is None or found["who"] in ("It", "They", "We", "He", "She", "This") else found["who"].strip()
