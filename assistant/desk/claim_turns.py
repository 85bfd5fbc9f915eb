"""Whether a sentence turns its source round with the source's own words: an opposite, another's figure, another's role.

Each rule compares what stands *around* a word or a figure in the sentence with what stands around its counterpart in the source, for
sentences and sources in one language. Where nothing stands around it that can be compared, nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.dates import find_dates
from assistant.text.morphemes import forms

# Words as far away as this belong to what they stand beside.
_NEAR_WORDS = 3
# So many more words must speak for the figure's place in the source being another's.
_CLEARLY_MORE = 2

_WORD = re.compile(r"[^\s,;:·/|()\[\]“”\"「」]+")
_DIGIT = re.compile(r"\d")
_FIGURED = re.compile(r"\S*\d\S*")
_VALUE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PIECE = re.compile(
    r"(?<!\d)[;,/·](?!\d)|[;,/](?=\s)|[()]|\.\s|\s(?:and|or|but|while)\s|(?<=[가-힣])(?:하며|이며|이고|지만)\s"
)
_LINE = re.compile(r"\n|\s/\s|;\s")
_LABELLED = re.compile(r"^(?:[ㅇ□○]\s|[^\w(])*(?:\(([^()]{1,30})\)\s*)?(?:([^|:：()]{1,40}?)\s*(?:\||:|：)\s*)?(.+)$")
_TIME = re.compile(r"\d{1,2}:\d{2}")

# Either side of a pair, in both languages. Each is compared only where the same words stand beside it.
_OPPOSITES: tuple[tuple[str, str], ...] = (
    (r"국내", r"해외|국외"),
    (r"주는|제공하는|지급하는", r"받는|제공받는|지급받는"),
    (r"전|이전|전에|전까지", r"뒤|후|이후|뒤에|후에|뒤로"),
    (r"안|안에|안의|안에서|내|내에", r"밖|밖에|밖의|밖에서|외"),
    (r"첫|처음|먼저|우선", r"마지막|나중|끝으로"),
    (r"더|많이|늘려|높게", r"덜|적게|줄여|낮게"),
    (r"많은|높은|큰|긴", r"적은|낮은|작은|짧은"),
    (r"단독\w*|혼자|홀로", r"공동\w*|함께|같이"),
    (r"before|prior", r"after|following"),
    (r"inside|within", r"outside|beyond"),
    (r"more|higher|longer|larger", r"less|fewer|lower|shorter|smaller"),
    (r"first", r"last"),
    (r"with", r"without"),
    (r"alone", r"together|jointly"),
    (r"earlier", r"later"),
    (r"domestic", r"overseas|foreign"),
    (r"least", r"most"),
    (r"gives?|lends?|pays?", r"receives?|borrows?"),
)
_PAIRS = tuple((re.compile(rf"(?:{one})$", re.I), re.compile(rf"(?:{two})$", re.I)) for one, two in _OPPOSITES)
_KOREAN_MODAL = re.compile(r"([가-힣]+)\s수(?:는|도)?\s(있|없)")
_ENGLISH_MODAL = re.compile(r"\b(?:can|may|could)(not|n['’]t|['’]t|\s+not)?\s+(?:also\s+|only\s+)?(be\s+\w+|\w+)", re.I)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been)\s+(?:\w+ly\s+)?(\w+)\s+by\s+(?:the\s+|an?\s+)?(\w+)", re.I)
_IRREGULAR = {
    "paid": "pay", "held": "hold", "led": "lead", "given": "give", "made": "make", "chosen": "choose", "run": "run", "borne": "bear",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """A word or figure with the content words around it."""

    word: str
    around: frozenset[str]


def turned_round(text: str, statements: Sequence[str]) -> str | None:
    """How ``text`` turns ``statements`` round, or ``None``.

    Args:
        text: a sentence.
        statements: the sentences and lines of its source, in the same language.

    Returns:
        ``opposite``: it says the opposite of a word. ``polarity``: what may be done there may not be done here, or the other way round.
        ``role``: a figure, a name or an act is another's there.
    """
    source = "\n".join(statements)
    if _turns_modal(text, source):
        return "polarity"
    if _says_opposite(text, statements):
        return "opposite"
    if _takes_anothers_figure(text, source) or _takes_anothers_value(text, source) or _takes_anothers_act(text, source):
        return "role"
    return None


def _says_opposite(text: str, statements: Sequence[str]) -> bool:
    words = _WORD.findall(text)
    said = {word.lower() for statement in statements for word in _WORD.findall(statement)}
    for one, two in (*_PAIRS, *((two, one) for one, two in _PAIRS)):
        # Both sides in one sentence, or this side in the source too: which belongs where cannot be told here.
        if any(two.match(word) for word in words) or any(one.match(word) for word in said):
            continue
        mine = [place for place in _places(words) if one.match(place.word)]
        theirs = (
            [place for s in statements for place in _places(_WORD.findall(s)) if two.match(place.word)] if mine else []
        )
        if any(a.around & b.around for a in mine for b in theirs):
            return True
    return False


def _turns_modal(text: str, source: str) -> bool:
    """Whether what may be done there may not be done here, or the other way round; of one verb, wherever else something is denied."""
    for modals in (_korean_modals, _english_modals):
        mine, theirs = modals(text), modals(source)
        for verb, can in mine.items():
            if verb in theirs and can.isdisjoint(theirs[verb]):
                return True
    return False


def _korean_modals(text: str) -> dict[str, set[bool]]:
    found: dict[str, set[bool]] = {}
    for verb, said in _KOREAN_MODAL.findall(text):
        found.setdefault(verb, set()).add(said == "있")
    return found


def _english_modals(text: str) -> dict[str, set[bool]]:
    found: dict[str, set[bool]] = {}
    for denial, verb in _ENGLISH_MODAL.findall(text):
        found.setdefault(" ".join(verb.lower().split()), set()).add(not denial)
    return found


def _takes_anothers_figure(text: str, source: str) -> bool:
    """Whether what stands around a figure stands in the source around another figure of its kind, and not around this one."""
    pieces = [(piece, frozenset(_content(piece))) for piece in _pieces(_without_days(source))]
    for place in _places(_WORD.findall(_without_days(text))):
        value = _VALUE.search(place.word)
        if value is None or not place.around:
            continue
        own = [words for piece, words in pieces if value.group() in _VALUE.findall(piece)]
        others = [
            words
            for piece, words in pieces
            if value.group() not in (told := _VALUE.findall(piece))
            and any(_same_kind(place.word, other, piece) for other in told)
        ]
        if not own or not others:
            continue
        mine = max(len(place.around & words) for words in own)
        best = max(len(place.around & words) for words in others)
        if (mine == 0 and best >= 1) or best - mine >= _CLEARLY_MORE:
            return True
    return False


def _pieces(source: str) -> Iterator[str]:
    """The stretches of a source that speak of one thing each; the head of a row is the head of each of its cells."""
    for line in source.split("\n"):
        head, *cells = line.split(" | ")
        for cell in cells or [""]:
            yield from filter(str.strip, _PIECE.split(f"{head} {cell}"))


def _without_days(text: str) -> str:
    """The text without dates and times: what happens then is asked elsewhere."""
    for mention in reversed(find_dates(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return _TIME.sub(" ", text)


def _same_kind(word: str, other: str, piece: str) -> bool:
    """Whether another figure counts the same as the one in ``word``, as far as its unit tells."""
    unit = _VALUE.sub("", word)
    after = piece[piece.find(other) + len(other) :][:2]
    return not unit.strip(".,") or after.strip().startswith(unit.strip(".,")[:1]) or not after.strip()


def _takes_anothers_value(text: str, source: str) -> bool:
    """Whether a sentence about one of several labelled things says what stands behind another's label."""
    lines = [matched for line in _LINE.split(source) if (matched := _LABELLED.match(line.strip()))]
    labelled = [(line[2] or line[1], line[3]) for line in lines if line[2] or line[1]]
    rows = [(frozenset(_content(head)), frozenset(_content(told))) for head, told in labelled]
    said = frozenset(_content(text))
    named = [(label, value) for label, value in rows if label and label <= said]
    if len(rows) < 2 or len(named) != 1:
        return False
    label, value = named[0]
    figures = {
        figure for head, told in labelled if frozenset(_content(head)) == label for figure in _VALUE.findall(told)
    }
    if figures & set(_VALUE.findall(text)):
        return False
    others = frozenset().union(*(theirs for mine, theirs in rows if mine != label))
    rest = said - label
    return not rest & (value - others) and bool(rest & (others - value))


def _takes_anothers_act(text: str, source: str) -> bool:
    """Whether somebody does in the sentence what is done in the source by somebody else."""
    told = [(match, sentence) for sentence in re.split(r"[.\n]\s", source) for match in _PASSIVE.finditer(sentence)]
    for match, sentence in told:
        participle, agent = match.groups()
        verb = _IRREGULAR.get(participle.lower(), participle.lower().removesuffix("ed").removesuffix("e"))
        active = re.search(rf"(\w+)\s+(?:must\s+|will\s+|also\s+)?{re.escape(verb)}\w{{0,3}}\s+(\w.*)", text, re.I)
        if active is None or " by " in text:
            continue
        subject, rest = (set(_content(words)) for words in active.groups())
        if not subject & set(_content(agent)) and rest & set(_content(sentence[: match.start()])):
            return True
    return False


def _places(words: Sequence[str]) -> Iterator[_Place]:
    contents = [frozenset(_content(word)) for word in words]
    for place, word in enumerate(words):
        near: Iterable[frozenset[str]] = (
            *contents[max(0, place - _NEAR_WORDS) : place],
            *contents[place + 1 : place + 1 + _NEAR_WORDS],
        )
        yield _Place(word, frozenset().union(*near))


@lru_cache(maxsize=4096)
def _content(text: str) -> tuple[str, ...]:
    """Content forms without figures; these are compared for themselves."""
    return tuple(form for form in forms(_FIGURED.sub(" ", text)) if not _DIGIT.search(form))
