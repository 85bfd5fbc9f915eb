"""Whether a question is about a fund, a program or a body that nothing found names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean

from assistant.generation.coverage import concepts_said
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
    r"|옛날|예전|기존|이전|종전|신규|최근|해당|전체|나머지)$"
)
_NAMED = 0.5
_JOINED = 0.75


def names_unknown(question: str, concepts: Sequence[Concept], hits: Sequence[ScoredChunk]) -> bool:
    """Whether the telling part of a name in the question is said by none of the hits, in neither language: they are about others.

    Where there are no hits, nothing is known of any name, and none is called unknown.
    """
    texts = [" ".join((hit.document.title, *hit.chunk.section, hit.chunk.text)) for hit in hits]
    plain = [re.sub(r"\W", "", text).casefold() for text in texts]
    for match in (*_KOREAN.finditer(question), *_ENGLISH.finditer(question)):
        stem = match["stem"].strip()
        # What stands in brackets says once more what stands before them.
        if question[: match.start()].rstrip().endswith("("):
            continue
        if _DESCRIBES.search(stem) and question[match.end("stem")].isspace():
            continue
        telling = [concept for concept in concepts if concept.emphasis == 1.0 and _is_of(concept, stem, match.group())]
        known = any(re.sub(r"\W", "", stem).casefold() in text for text in plain)
        shares = [concepts_said(telling, text) for text in texts]
        # Of parts written as one word hardly one may lack; of a name in several words one may stand for it.
        joined = " " not in match.group()
        said = any(mean(share) >= _JOINED if joined else max(share) >= _NAMED for share in shares if share)
        if texts and telling and not known and not said:
            return True
    return False


def _is_of(concept: Concept, stem: str, name: str) -> bool:
    """Whether a concept is the name or a part of it, and not just the sort of thing it is."""
    return concept.text in stem or (stem in concept.text and concept.text in name)
