"""Wrong translations that the product's own lexical search ranks high: what the model is to tell apart beside it.

Sentence frames with other names and figures in their slots are found too, as they share all other words.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.lexical import LexicalEntry, LexicalIndex
from assistant.retrieval.lexical import LexicalRetriever
from assistant.retrieval.query import QueryBuilder
from assistant.retrieval.words import WordMatcher
from assistant.text.lexicon import Lexicon
from assistant.text.morphemes import forms
from assistant.text.spelling import SpellingCorrector
from assistant.text.termbase import Termbase
from assistant.types import Language
from training.pairs import normalised

_LONGEST_QUERY_CHARS = 200


class _BySound(WordMatcher):
    """Leaves spelling out: over this many sentences that look-up costs more than all others together."""

    def spelt_like(self, form: str, language: Language) -> list[tuple[str, float]]:
        """Nothing."""
        return []


def mine(texts: Sequence[tuple[str, str]], count: int) -> NDArray[np.int64]:
    """For each Korean and English text, the numbers of ``count`` other texts whose English the Korean finds best.

    Args:
        texts: Korean and English sides.
        count: how many a text; where fewer are found, the text's own number fills the row.
    """
    first: dict[str, int] = {}
    for number, (_, english) in enumerate(texts):
        first.setdefault(normalised(english), number)
    with tempfile.TemporaryDirectory() as folder:
        index = LexicalIndex(Path(folder))
        index.upsert(LexicalEntry(str(number), "all", "en", forms(texts[number][1])) for number in first.values())
        index.commit()
        termbase = Termbase.load()
        # The texts are no questions: nobody has mistyped them.
        spelling = SpellingCorrector(termbase, known=lambda form: True)
        builder = QueryBuilder(termbase, Lexicon(), _BySound(index), index, spelling)
        retriever = LexicalRetriever(index)
        found = np.tile(np.arange(len(texts))[:, np.newaxis], (1, count))
        for number, (korean, english) in enumerate(texts):
            own = first[normalised(english)]
            hits = retriever.retrieve(builder.build(korean[:_LONGEST_QUERY_CHARS], "ko"), 2 * count + 1)
            others = [int(chunk_id) for chunk_id, _ in hits if int(chunk_id) != own][:count]
            found[number, : len(others)] = others
    return found
