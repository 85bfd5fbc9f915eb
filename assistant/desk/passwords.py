"""Passwords as Argon2id hashes (RFC 9106)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


class Passwords:
    """Hashes and verifies with the library's own parameters, which follow RFC 9106; loaded on first use."""

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher()

    @cached_property
    def _nobodys(self) -> str:
        # Verified against where there is no account, so that the time taken does not tell names from others.
        return self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """The hash to keep, with its salt and parameters."""
        return self._hasher.hash(password)

    def is_right(self, password: str, kept: str | None) -> bool:
        """Whether ``kept`` is the password's hash; takes as long where there is none."""
        from argon2.exceptions import InvalidHashError, VerifyMismatchError

        try:
            return self._hasher.verify(kept or self._nobodys, password) and kept is not None
        except (VerifyMismatchError, InvalidHashError):
            return False
