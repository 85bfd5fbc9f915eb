"""Korean or English: by the words that hold a sentence together, and where there are none, by the share of Hangul.

A question may be made of names in the other language: "What is the 시장개척자금 지원한도?" is asked in English, "PIS Fund of Funds의
size는 얼마?" in Korean. Names travel; articles, prepositions and auxiliaries, particles and endings do not.
"""

from __future__ import annotations

import re

from assistant.types import Language

_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
_LATIN = re.compile("[A-Za-z]")
# A Korean paper about "PIS fund" and "K-SURE" is still Korean: particles and endings are few, names are long.
_MIN_HANGUL_RATIO = 0.15
# A text of this length says enough by its letters.
_MAX_SENTENCE_CHARS = 300

_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|(?:https?://|www\.)\S+")
# Words that no name is made of. "of", "and", "the", "in", "on", "for" stand in names too (Fund of Funds) and say less.
_ENGLISH_FRAME = re.compile(
    r"(?<![A-Za-z])(?:what(?:'?s)?|when(?:'?s)?|where(?:'?s)?|who(?:'?s)?|whose|which|how|why|is|isn't|are|aren't|was|were|be|been|does|doesn't|do|don't|did|didn't"
    r"|can|can't|could|should|would|will|won't|may|might|must|has|have|had|I|I'm|we|we're|they|you|it|its|it's|my|our|your|their|this|that|these|those|there|if|please|tell|show|give|list|explain|compare"
    r"|much|many|any|eligible|right|between|about|from|by|until|than|as|or|not|get|gets|apply|me|us)(?![A-Za-z])",
    re.IGNORECASE,
)
_ENGLISH_LINK = re.compile(r"(?<![A-Za-z])(?:the|of|and|in|on|for|to|a|an|with|at)(?![A-Za-z])", re.IGNORECASE)
# How an English question begins, and how it goes on without a question word.
_ENGLISH_OPENING = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|hi|hello|also|then|well)\W+)*(?:what|when|where|who|whose|which|how|why|is|are|was|were|does|do|did|can|could|should|would|will|may|must|has|have"
    r"|please|tell|show|give|list|explain|compare|any|I|we|the|a|an|in|for|under|if|since|as|my|our|and|but|or|not)(?![A-Za-z가-힣])",
    re.IGNORECASE,
)
# A particle after a Latin word, a figure or a bracket: "K-SURE가", "Fund의", "50%까지".
_PARTICLE_ON_NAME = re.compile(
    r"[A-Za-z0-9%)\]\"'’”」]\s?(?:으로부터|로부터|에서는|에서|에게|에는|에도|까지|부터|이랑|하고|으로|로는|이란|이라는|라는|이나|이며|처럼|보다|만|도|와|과|랑|나|로|의|에|은|는|이|가|을|를|란)(?![가-힣])"
)
# Particles that end a Hangul word of at least three syllables; those that nouns end in as well (이, 가, 도, 과, 로) are left out.
_PARTICLE = re.compile(r"[가-힣]{2,}(?:에서|에게|에는|까지|부터|으로|에도|이랑|라는|은|는|을|를|의)(?![가-힣])")
_KOREAN_WORD = re.compile(
    r"(?<![가-힣])(?:언제|얼마|어디|누가|누구|무엇|뭐|뭔|뭘|몇|어떤|어떻게|어느|왜|무슨|그럼|그러면|그리고|혹시|저희|우리|있|없|알려|뭐가|및|또는|대해|대한|관련|중|때|수|좀)"
)
_ENDING = re.compile(
    r"(?:니까|나요|가요|까요|래요|데요|는지요|은지|는지|세요|십시오|시오|어요|아요|에요|예요|해요|돼요|되요|네요|군요|죠|지요|니다|냐|는가|은가|인가|을까|줘|주라|는데|던데|다고|라고|요|다|가능|인지|란|임|함|됨)[\s?!.~…]*$"
)
# English puts its prepositions and articles before a noun, Korean has none: "for 바우처", "the 협력센터".
_ENGLISH_BEFORE_HANGUL = re.compile(
    r"(?<![A-Za-z-])(?:the|of|and|or|in|on|for|to|an?|with|at|about|by|from|under|between)\s[\"'“‘「(]?(?=[가-힣])",
    re.IGNORECASE,
)
# The noun that everything else describes comes last in Korean: "MOU signing 날짜".
_HANGUL_AT_END = re.compile(r"[가-힣][\s?!.~…]*$")
_TOPIC_AT_END = re.compile(r"(?:은|는|이란|란)[\s?!.~…]*$")


def has_hangul(text: str) -> bool:
    """Whether ``text`` holds a Hangul syllable or letter."""
    return _HANGUL.search(text) is not None


def detect_language(text: str, default: Language = "ko") -> Language:
    """The language ``text`` is written in; ``default`` where it holds no letters of either script.

    A text of one script is in its language. Of both, a sentence or two go by their function words, everything else by its letters.
    """
    hangul = len(_HANGUL.findall(text))
    latin = len(_LATIN.findall(text))
    if hangul + latin == 0:
        return default
    if hangul and latin and len(text) <= _MAX_SENTENCE_CHARS:
        said = _ADDRESS.sub(" ", text)
        leaning = _korean_signs(said) - _english_signs(said)
        if leaning:
            return "ko" if leaning > 0 else "en"
    return "ko" if hangul / (hangul + latin) >= _MIN_HANGUL_RATIO else "en"


def _korean_signs(text: str) -> float:
    """How much of the text's frame is Korean: its ending says most, since the verb comes last."""
    ending = 3.0 if _ENDING.search(text) else 0.0
    topic = 2.0 if _TOPIC_AT_END.search(text) else 0.0
    particles = len(_PARTICLE_ON_NAME.findall(text)) * 2.0 + len(_PARTICLE.findall(text))
    last = 1.5 if _HANGUL_AT_END.search(text) else 0.0
    return max(ending, topic, last) + particles + len(_KOREAN_WORD.findall(text))


def _english_signs(text: str) -> float:
    """How much of it is English: the first word says most, since the question word or verb comes first."""
    opening = 2.0 if _ENGLISH_OPENING.search(text) else 0.0
    before = 2.0 * len(_ENGLISH_BEFORE_HANGUL.findall(text))
    return opening + before + len(_ENGLISH_FRAME.findall(text)) + 0.5 * len(_ENGLISH_LINK.findall(text))
