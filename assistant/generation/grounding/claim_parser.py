"""A model's output, piece by piece, into proposed claims."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.errors import GenerationError

_MARKER = re.compile(r"[\[［【]([^\[\]［］【】]{0,24})[\]］】]")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_THOUGHT = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>\s*", re.DOTALL)
_JSON_FENCE = re.compile(r"^\s*```(?:json)?\s*(?=[\[{])", re.IGNORECASE)
_NOTHING = re.compile(r"^\W*(?:none|없음)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """A sentence as the model gave it, and the source numbers it named, which may name nothing. Not verified."""

    text: str
    sources: tuple[int, ...]


@dataclass
class ClaimParser:
    """Turns streamed text into claims, each as soon as it is complete.

    The output is either a JSON object with ``claims`` or marked lines (``- sentence [1][3]``); which of them is seen from its first
    character, because not every server honours the format that was asked for.

    Args:
        max_chars: a longer answer is refused unread.
    """

    max_chars: int = 20_000
    _buffer: str = ""
    _seen: int = 0
    _form: Literal["unknown", "json", "lines"] = "unknown"
    _position: int = 0
    _open: list[tuple[str, int]] = field(default_factory=list)
    _in_string: bool = False
    _escaped: bool = False
    _closed: bool = False

    def feed(self, text: str) -> list[ProposedClaim]:
        """Take the next piece; return the claims it completes.

        Raises:
            GenerationError: the answer is too long or not the JSON it began as.
        """
        self._seen += len(text)
        if self._seen > self.max_chars:
            raise _unusable(f"its answer is longer than {self.max_chars} characters", retryable=False)
        self._buffer += text
        if self._form == "unknown" and not self._recognised():
            return []
        return self._objects() if self._form == "json" else self._lines()

    def close(self, *, ended: bool | None) -> list[ProposedClaim]:
        """Say that no more comes; return the last claim where it is complete.

        Args:
            ended: whether the model said that it had finished; ``None`` if it did not say.

        Raises:
            GenerationError: the answer was cut off.
        """
        if self._form == "unknown" and self._buffer.strip():
            self._form = "lines"
        if ended is False or (self._form == "json" and not self._closed) or (self._form != "json" and ended is None):
            raise _unusable("its answer was cut off", retryable=True)
        if self._form != "lines":
            return []
        self._buffer += "\n"
        return self._lines()

    def _recognised(self) -> bool:
        start = self._buffer.lstrip()
        if not start or (start[0] in "<`" and len(start) < 10):
            return False
        if start.startswith("<think"):
            self._buffer = _THOUGHT.sub("", self._buffer)
            return not self._buffer.lstrip().startswith("<think") and self._recognised()
        self._buffer = _JSON_FENCE.sub("", self._buffer)
        self._form = "json" if self._buffer.lstrip().startswith("{") else "lines"
        return True

    def _lines(self) -> list[ProposedClaim]:
        *complete, self._buffer = self._buffer.split("\n")
        return [claim for line in complete if (claim := _claim_of_line(line))]

    def _objects(self) -> list[ProposedClaim]:
        """Objects with a text that closed in what came last, found by counting brackets outside strings."""
        claims: list[ProposedClaim] = []
        while self._position < len(self._buffer) and not self._closed:
            character = self._buffer[self._position]
            self._position += 1
            if self._escaped:
                self._escaped = False
            elif self._in_string:
                self._escaped = character == "\\"
                self._in_string = character != '"'
            elif character == '"':
                self._in_string = True
            elif character in "{[":
                self._open.append((character, self._position - 1))
            elif character in "}]":
                claims += self._close_bracket(character)
        return claims

    def _close_bracket(self, character: str) -> list[ProposedClaim]:
        if not self._open or self._open[-1][0] != {"}": "{", "]": "["}[character]:
            raise _unusable("its answer is malformed JSON", retryable=True)
        _, start = self._open.pop()
        self._closed = not self._open
        depth = len(self._open)
        if character == "]" or depth not in (0, 2):
            return []
        try:
            value = json.loads(self._buffer[start : self._position])
        except (ValueError, RecursionError) as error:
            raise _unusable("its answer is malformed JSON", retryable=True) from error
        if depth == 0:
            if not isinstance(value.get("claims"), list):
                raise _unusable("its JSON has no list of claims", retryable=True)
            return []
        return [claim] if (claim := _claim_of_object(value)) else []


def _claim_of_line(line: str) -> ProposedClaim | None:
    sources = tuple(
        int(number) for marker in _MARKER.findall(line) for number in re.findall(r"(?<![\d.])\d{1,3}(?![\d.])", marker)
    )
    is_claim = bool(_BULLET.match(line)) or bool(_MARKER.search(line))
    text = _sentence(_BULLET.sub("", line))
    return ProposedClaim(text, sources) if is_claim and text and not _NOTHING.match(text) else None


def _claim_of_object(value: dict[str, Any]) -> ProposedClaim | None:
    text, sources = value.get("text"), value.get("sources")
    if not isinstance(text, str) or not isinstance(sources, list):
        raise _unusable("a claim in its JSON has no text or no sources", retryable=True)
    numbers = tuple(number for number in sources if isinstance(number, int) and not isinstance(number, bool))
    return ProposedClaim(sentence, numbers) if (sentence := _sentence(text)) else None


def _sentence(text: str) -> str:
    """One line without markers, escapes or doubled blanks."""
    plain = _MARKER.sub("", html.unescape(text))
    return re.sub(r"\s+([.,;:!?])", r"\1", " ".join(plain.split())).strip()


def _unusable(problem: str, *, retryable: bool) -> GenerationError:
    return GenerationError("the language model", problem, "Ask again, or use another model", retryable=retryable)
