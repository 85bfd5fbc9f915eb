"""Whether a question is about a fund, a program, a body or a place that nothing found names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean

from assistant.generation.quoting.asked_thing import untold_words
from assistant.generation.quoting.coverage import concepts_said
from assistant.text.language import has_hangul
from assistant.text.morphemes import analyze
from assistant.text.places import HOME, find_places
from assistant.types import Concept, ScoredChunk

# What a name ends with that is no general word for a thing: 미래희망펀드, the Green Bridge Fund.
_KOREAN = re.compile(
    r"(?<![가-힣A-Za-z])(?P<stem>[가-힣A-Za-z0-9]{2,})\s?(?P<sort>펀드|기금|지원사업|프로그램|바우처|재단|공사|공단|진흥원|연구원|협회|은행|센터|엑스포|박람회)"
)
_ENGLISH = re.compile(
    r"(?P<stem>(?:\b[A-Z][\w-]*\s){1,3})(?P<sort>Fund|Program(?:me)?|Voucher|Foundation|Corporation|Agency|Institute|Association|Bank|Cent(?:er|re)|Expo"
    r"|Initiative|Scheme|Account)\b"
)
# A word before the sort that only describes it is no part of a name.
_DESCRIBES = re.compile(
    r"(?:[은는한할된될의을를이가도로와과만]|하는|이라는|라는|어떤|무슨|어느|다른|모든|우리|저희|이런|그런"
    r"|옛날|예전|기존|이전|종전|신규|최근|해당|전체|나머지"
    r"|빠른|이른|늦은|가까운|쉬운|새로운|어려운|저렴한|큰|이번|금번|저번|지난번|다음|올해|내년|작년|지난해|국내|해외|외국|현지)$"
)
# What was heard of a place may be wrong; that is for the sources to put right.
_HEARD = re.compile(
    r"[다라자](?:던데|는데|면서|며요|고\s?(?:하|들었|알고|해서))|잖아|맞(?:나|죠|지|습니까|는지|아)|아닌가|아니에요"
    r"|^(?:since|because|given|now that)\b|\bI(?:'ve)? (?:heard|read|thought|was told)\b|\b(?:right|correct|isn't it)\?|\bis it true\b",
    re.IGNORECASE,
)
# "We are a company in …": the asker's own place is no subject.
_OWN_AFTER = re.compile(
    r"(?:시|도|군|구)?(?:에\s?(?:있는|본사|공장|사무실|사는)|의?\s?(?:소재|회사|기업|업체|중소|스타트업|본사|공장|사무실)"
    r"|인데|이고|에서\s?왔)"
)
_OWN_BEFORE = re.compile(
    r"(?:\b(?:we|I|our|us)\b[^.?]{0,40}|본사[는가]\s|\b(?:based|located|registered|headquartered)\s)"
    r"(?:in|at|from|near)?\s?$",
    re.IGNORECASE,
)
_NAMED = 0.5
_JOINED = 0.75


def names_unknown(question: str, concepts: Sequence[Concept], hits: Sequence[ScoredChunk]) -> bool:
    """Whether the question names a fund, program or body of which none of the hits says the telling part, see ``unknown_name``."""
    return _unknown_body(question, concepts, _texts(hits)) is not None


def unknown_name(question: str, concepts: Sequence[Concept], hits: Sequence[ScoredChunk]) -> str | None:
    """The fund, program, body or place in the question that none of the hits says, in neither language: they are about others.

    Of a name its telling part counts. A place is said too by one that lies in it, and does not count where it is only the asker's own or is
    hearsay, for the sources to put right. Where there are no hits, nothing is known of any name, and none is called unknown.
    """
    texts = _texts(hits)
    return _unknown_body(question, concepts, texts) or _unknown_place(question, concepts, texts)


def _texts(hits: Sequence[ScoredChunk]) -> list[str]:
    return [" ".join((hit.document.title, *hit.chunk.section, hit.chunk.text)) for hit in hits]


def _unknown_body(question: str, concepts: Sequence[Concept], texts: Sequence[str]) -> str | None:
    plain = [re.sub(r"\W", "", text).casefold() for text in texts]
    for match in (*_KOREAN.finditer(question), *_ENGLISH.finditer(question)):
        stem = match["stem"].strip()
        # What stands in brackets says once more what stands before them.
        if question[: match.start()].rstrip().endswith("("):
            continue
        apart = question[match.end("stem")].isspace()
        if apart and (_DESCRIBES.search(stem) or (has_hangul(stem) and not _ends_word(question, match.end("stem")))):
            continue
        telling = [concept for concept in concepts if concept.emphasis == 1.0 and _is_of(concept, stem, match.group())]
        known = any(re.sub(r"\W", "", stem).casefold() in text for text in plain)
        shares = [concepts_said(telling, text) for text in texts]
        # Of parts written as one word hardly one may lack; of a name in several words one may stand for it.
        joined = " " not in match.group()
        said = any(mean(share) >= _JOINED if joined else max(share) >= _NAMED for share in shares if share)
        if texts and telling and not known and not said:
            return match.group().strip()
    return None


def _unknown_place(question: str, concepts: Sequence[Concept], texts: Sequence[str]) -> str | None:
    if not texts or _HEARD.search(question):
        return None
    for place in find_places(question):
        name = question[place.start : place.end]
        if place.key == HOME or _OWN_AFTER.match(question, place.end) or _OWN_BEFORE.search(question[: place.start]):
            continue
        own = [concept for concept in concepts if name in concept.text or concept.text in name]
        untold = bool(own) and len(untold_words(own, texts)) == len(own)
        if untold and not any(place.covers(other) for other in find_places("\n".join(texts))):
            return name
    return None


def _ends_word(question: str, end: int) -> bool:
    """Whether a word without particle or ending ends there: 새싹 공사, but not 몇 집이고 공사."""
    return any(token.end == end for token in analyze(question))


def _is_of(concept: Concept, stem: str, name: str) -> bool:
    """Whether a concept is the name or a part of it, and not just the sort of thing it is."""
    return concept.text in stem or (stem in concept.text and concept.text in name)
