"""What was said in conversations, and what readers said of answers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, delete, func, insert, literal_column, select

from assistant.errors import NotFoundError
from assistant.index import schema
from assistant.index.database import talk


class Conversations:
    """Conversations by id, each a list of ``(role, content)`` turns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = talk(engine)

    def append(self, conversation_id: str, turns: Sequence[tuple[str, str]]) -> None:
        """Add turns to the end of a conversation."""
        table = schema.conversations
        with self._engine.begin() as connection:
            last = connection.execute(
                select(func.max(table.c.position)).where(table.c.conversation_id == conversation_id)
            ).scalar_one()
            first = 0 if last is None else last + 1
            connection.execute(
                insert(table),
                [
                    {"conversation_id": conversation_id, "position": first + n, "role": role, "content": content}
                    for n, (role, content) in enumerate(turns)
                ],
            )

    def turns(self, conversation_id: str) -> list[tuple[str, str]]:
        """A conversation's turns, oldest first; empty if unknown."""
        table = schema.conversations
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table).where(table.c.conversation_id == conversation_id).order_by(table.c.position)
            ).all()
        return [(row.role, row.content) for row in rows]

    def first_questions(self) -> list[tuple[str, str]]:
        """Every conversation's id and its first question, the latest begun first."""
        table = schema.conversations
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(table.c.conversation_id, table.c.content)
                .where(table.c.position == 0)
                .order_by(
                    literal_column("rowid").desc() if self._engine.dialect.name == "sqlite" else table.c.conversation_id
                )
            ).all()
        return [(row.conversation_id, row.content) for row in rows]

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation for good. Raises NotFoundError."""
        table = schema.conversations
        with self._engine.begin() as connection:
            gone = connection.execute(delete(table).where(table.c.conversation_id == conversation_id)).rowcount
        if not gone:
            raise NotFoundError(conversation_id, "no such conversation", "It may have been deleted already")


class Feedback:
    """Whether answers helped."""

    def __init__(self, engine: Engine) -> None:
        self._engine = talk(engine)

    def add(self, answer_id: str, *, helpful: bool, reason: str | None) -> None:
        """Keep what a reader said of an answer."""
        with self._engine.begin() as connection:
            connection.execute(insert(schema.feedback).values(answer_id=answer_id, helpful=helpful, reason=reason))
