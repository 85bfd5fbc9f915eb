"""What can go wrong, split by what the caller can do about it.

::

    AnnaeError
    ├── ConfigurationError      a setting is wrong: change it and start again
    ├── IngestError             one input was not taken in; the others are untouched
    │   ├── UnreadableFileError     damaged, of an unknown kind, or not what its name says
    │   ├── EncryptedFileError      needs a password
    │   ├── NoTextError             readable, but holds no text (a scan, an empty file)
    │   └── TooLargeError           over a limit on size, pages or nesting
    ├── IndexMismatchError      the index was built with another embedder: rebuild it
    ├── DataFolderBusyError     another process writes to the data folder
    ├── NotFoundError           no such document or page
    └── GenerationError         the language model failed (``retryable`` says if a retry may help)

A message names the thing, what is wrong, and what to do. Messages are for operators and developers and are in English;
readers' sentences live in ``messages.py`` in both languages.
"""


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


class ConfigurationError(AnnaeError):
    """A setting is missing, unknown or out of range."""


class IngestError(AnnaeError):
    """One input was not taken in."""


class UnreadableFileError(IngestError):
    """The file is damaged, of an unknown kind, or not what its name says."""


class EncryptedFileError(IngestError):
    """The file needs a password."""


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


class GenerationError(AnnaeError):
    """The language model gave no usable answer."""

    def __init__(self, subject: object, problem: str, remedy: str, *, retryable: bool) -> None:
        self.retryable = retryable
        super().__init__(subject, problem, remedy)
