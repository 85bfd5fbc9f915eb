"""What a notice changes, row by row: "정정공고에서 무엇이 바뀌었나요?", "What did the corrected notice change?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.generation.corrected import is_before_and_after
from assistant.generation.draft import Draft
from assistant.generation.quoting.clauses import CELL, clauses
from assistant.generation.whole_list import Item, WholeList, sections
from assistant.types import Chunk, Language, Question, Record, ScoredChunk

_ASKS = re.compile(
    r"(?:바뀐|변경된|정정된|달라진|고친)\s?(?:것|게|거|건|점|내용|사항|부분|항목)|(?:정정|변경)\s?(?:내용|사항)"
    r"|(?:뭐|뭘|무엇|무슨\s?내용|어떤\s?(?:것|점|내용|부분|항목))[이가을를]?\s?(?:바뀌|바꾸|변경|정정|달라|고치|고쳤)"
    r"|\bwhat\b[^?]*\b(?:chang\w+|correct(?:ed|s|ion)?|amend\w*|differen\w+)\b[^?]*\?*$"
    r"|\bwhich (?:\w+ ){0,3}(?:changed|were corrected|was corrected)\b",
    re.IGNORECASE,
)
# One value that changed is asked of the calendar.
_ASKS_ONE = re.compile(r"언제|얼마|며칠|어디|누가|\bwhen\b|\bhow\b|\bwhere\b|\bwho\b|deadline|마감", re.IGNORECASE)


class ChangeListComposer:
    """Answers what a later notice changes, from its table of old and new.

    Args:
        chunks: the chunks of the document with an id, in order.
        lists: writes a heading with all that stands below it.
    """

    def __init__(self, chunks: Callable[[str], Sequence[Chunk]], lists: WholeList) -> None:
        self._chunks = chunks
        self._lists = lists

    def compose(
        self, question: Question, language: Language, hits: Sequence[ScoredChunk], records: Sequence[Record]
    ) -> Draft | None:
        """The heading of the table and each of its rows, of the notice that was found first, or of the one that changes what was.

        ``None`` where the question does not ask for what changed, and where no notice with such a table was found.
        """
        if not _ASKS.search(question.text) or _ASKS_ONE.search(question.text):
            return None
        notices = {change.document_id for record in records for change in record.changes}
        changed = {record.document_id for record in records if record.changes}
        found = {hit.document.document_id: hit.document for hit in hits}
        if next(iter(found), None) not in notices | changed:
            return None
        for document in (found[key] for key in found if key in notices):
            for path, chunks in sections(self._chunks(document.document_id)):
                lines = list(clauses([ScoredChunk(chunk, document, 0.0, {}) for chunk in chunks]))
                rows = [c for c in lines if CELL in c.text and is_before_and_after(c.header_text)]
                heading = self._lists.heading(document, chunks[0], path)
                if rows and heading is not None:
                    return self._lists.write(heading, [Item.of_row(row) for row in rows], language, question)
        return None
