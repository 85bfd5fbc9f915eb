"""One normalisation for every text that enters the system.

It runs once, in ingest, before any offset is counted; stored pages hold its result and citations quote it.
"""

from __future__ import annotations

import re
import unicodedata

# Hancom's word processor stores its own symbols in the private use area; these are the ones that carry meaning.
_HANCOM = {
    0xF53A: "한글",
    0xF000: " ",  # an empty list mark
    0xF0A0: " ",
    0xF06C: "●",
    0xF06E: "■",
    0xF0A7: "▪",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0FC: "✓",
}
_DASHES_AND_DOTS = {
    0x00A0: " ",  # no-break space
    0x2007: " ",
    0x202F: " ",
    0x3000: " ",  # ideographic space
    0x2800: " ",  # the empty Braille pattern
    0xFF65: "·",  # the halfwidth, one-dot and hyphenation-point variants that Korean papers use as a middle dot
    0x2024: "·",
    0x2027: "·",
    0x2219: "·",
    0x22C5: "·",
    0x318D: "·",
    0x30FB: "·",
    0x119E: "·",
}
# Invisible characters say nothing to a reader, and an attacker hides words with them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_TABLE = _HANCOM | _DASHES_AND_DOTS
_BLANKS = re.compile(r"[ \t]+")
_NEWLINES = re.compile(r"\r\n?|\u2028|\u2029|\u0085")


def normalize_text(text: str) -> str:
    """Return ``text`` in the one form that is stored, searched and quoted.

    NFC; line ends as ``\\n``; runs of blanks as one space, none around line ends; middle-dot variants as ``·``;
    Hancom's private symbols as Unicode; invisible and control characters removed. Normalising twice changes nothing.
    """
    text = _NEWLINES.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text.translate(_TABLE)))
    # Composition can only happen across what was removed above, so it comes last.
    text = unicodedata.normalize("NFC", text)
    text = _BLANKS.sub(" ", text)
    return "\n".join(line.strip(" ") for line in text.split("\n"))
