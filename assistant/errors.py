"""What can go wrong, split by what the caller can do about it.

::

    AnnaeError
    ├── ConfigurationError      a setting is wrong: change it and start again
    ├── IngestError             one input was not taken in; the others are untouched
    │   ├── UnreadableFileError     damaged, of an unknown kind, or not what its name says
    │   ├── EncryptedFileError      encrypted (``opens_with_password`` says if a password may help)
    │   ├── NoTextError             readable, but holds no text (a scan, an empty file)
    │   └── TooLargeError           over a limit on size, pages or nesting
    ├── IndexMismatchError      the index was built with another embedder: rebuild it
    ├── DataFolderBusyError     another process writes to the data folder
    ├── NotFoundError           no such document or page
    ├── DeskError               the officers' desk refuses a request
    │   ├── SignInError             nobody is signed in, or name and password don't belong together
    │   ├── ForbiddenError          this account may not do that
    │   ├── ConflictError           somebody else changed it meanwhile: read it again
    │   ├── RefusedError            as things stand this cannot be done
    │   └── TooManyAttemptsError    wait before the next attempt
    └── GenerationError         the language model failed (``retryable`` says if a retry may help)

A message names the thing, what is wrong, and what to do. It is written in English, as operators and developers meet it; where a person
reads it on a page or at the desk, ``error_messages.py`` says it in Korean.
Readers' other sentences live in ``messages.py`` in both languages.
"""

from __future__ import annotations

from typing import Any


class AnnaeError(Exception):
    """Base of everything this package raises on purpose.

    Args:
        subject: the thing the error is about, such as a file's name.
        problem: what is wrong with it.
        remedy: what to do about it.
    """

    def __init__(self, subject: object, problem: str, remedy: str) -> None:
        self.subject = str(subject)
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{self.subject}: {problem}. {remedy}.")

    def __reduce__(self) -> tuple[Any, ...]:
        # Parser processes send their errors home; the standard way would call __init__ with the whole message.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[AnnaeError], args: tuple[Any, ...], state: dict[str, Any]) -> AnnaeError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class ConfigurationError(AnnaeError):
    """A setting is missing, unknown or out of range."""


class IngestError(AnnaeError):
    """One input was not taken in."""


class UnreadableFileError(IngestError):
    """The file is damaged, of an unknown kind, or not what its name says."""


class EncryptedFileError(IngestError):
    """The file is encrypted; ``opens_with_password`` says if the right password, given when it is taken in, opens it."""

    def __init__(self, subject: object, problem: str, remedy: str, *, opens_with_password: bool = False) -> None:
        self.opens_with_password = opens_with_password
        super().__init__(subject, problem, remedy)


class NoTextError(IngestError):
    """The file can be read but holds no text."""


class TooLargeError(IngestError):
    """The file is over a limit on size, pages or nesting."""


class IndexMismatchError(AnnaeError):
    """The index was built with another embedder than the one in use."""


class DataFolderBusyError(AnnaeError):
    """Another process is writing to the data folder."""


class NotFoundError(AnnaeError):
    """There is no such document, page or conversation."""


class DeskError(AnnaeError):
    """The officers' desk refuses a request."""


class SignInError(DeskError):
    """Nobody is signed in, or name and password don't belong together."""


class ForbiddenError(DeskError):
    """This account may not do that, or the request did not come from the desk's own page."""


class ConflictError(DeskError):
    """Somebody else changed it meanwhile; ``version`` is the one now, where there is one."""

    def __init__(self, subject: object, problem: str, remedy: str, *, version: int | None = None) -> None:
        self.version = version
        super().__init__(subject, problem, remedy)


class RefusedError(DeskError):
    """As things stand this cannot be done; ``parts`` names each thing in the way as ``(where, problem)``."""

    def __init__(self, subject: object, problem: str, remedy: str, *, parts: tuple[tuple[str, str], ...] = ()) -> None:
        self.parts = parts
        super().__init__(subject, problem, remedy)


class TooManyAttemptsError(DeskError):
    """Too many attempts; the next one may follow after ``seconds``."""

    def __init__(self, subject: object, problem: str, remedy: str, *, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(subject, problem, remedy)


class GenerationError(AnnaeError):
    """The language model gave no usable answer."""

    def __init__(self, subject: object, problem: str, remedy: str, *, retryable: bool) -> None:
        self.retryable = retryable
        super().__init__(subject, problem, remedy)
