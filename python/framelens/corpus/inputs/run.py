"""What one call of ``fl.read`` keeps in mind while it goes through its files."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from framelens._core import EncodingError

# The cells of a table by column, and where each of its rows stands.
Cells: TypeAlias = tuple[dict[str, list[object]], list[str]]
Errors: TypeAlias = Literal["strict", "replace"]
OnBad: TypeAlias = Literal["raise", "skip"]


class DamagedError(ValueError):
    """A packed file that cannot be unpacked."""

    def __init__(self, name: str, why: object) -> None:
        self.what = f"{name}: cannot be unpacked: {why}"
        self.advice = "pack it anew"
        super().__init__(f"{self.what}; {self.advice}")


@dataclass
class Run:
    """The options of one call, how much it has read, and what it could not read.

    `documents` counts those found so far, `skipped` says what was bad, and `notes` is what the
    caller is warned of.
    """

    columns: dict[str, str] = field(default_factory=dict)
    errors: Errors = "strict"
    encoding: str | None = None
    sep: str | None = None
    on_bad: OnBad = "raise"
    max_bytes: int | None = None
    moved: Callable[[int], object] = lambda documents: None
    documents: int = 0
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    open: ExitStack = field(default_factory=ExitStack)
    _bytes: int = 0

    def bad(self, what: str, advice: str) -> None:
        """Refuse a file, line or row; or note it, where those are to be passed over."""
        if self.on_bad == "raise":
            raise ValueError(f"{what}; {advice}, or on_bad='skip' passes over it")
        self.skipped.append(what)

    def bad_bytes(self, what: str, document: int, offset: int) -> None:
        """Refuse bytes or code points that are no text, as `bad` does."""
        if self.on_bad == "raise":
            raise encoding_error(
                f"{what}; errors='replace' reads on, encoding= names another encoding, "
                "on_bad='skip' passes over it",
                document,
                offset,
            )
        self.skipped.append(what)

    def take(self, size: int, name: str) -> None:
        """Count bytes that were, or are about to be, unpacked into memory."""
        self._bytes += size
        self.check(0, name)

    def check(self, size: int, name: str) -> None:
        """Refuse a file that would take so many bytes more than are allowed."""
        if self.max_bytes is not None and self._bytes + size > self.max_bytes:
            raise ValueError(
                f"{name}: more than {self.max_bytes:,} bytes, once unpacked and with the files "
                "before it; max_bytes= sets another bound, None sets none"
            )

    def found(self, documents: int = 1) -> None:
        """Count documents, for the progress bar and for errors that say which one."""
        self.documents += documents
        self.moved(documents)


def encoding_error(message: str, document: int, offset: int) -> EncodingError:
    """Make an error that knows its document and place."""
    error = EncodingError(message)
    error.document = document
    error.offset = offset
    return error
