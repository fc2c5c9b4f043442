"""Texts without the names of the sources that print them, for coders who should not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from framelens import _core

__all__ = ["SourceNames"]

_WORD = re.compile(r"\w+")
_ENDING = re.compile(r"\.\w")
_BLOT = "[source]"
# What may stand between the words of one name: "A. P.", "Sun - Herald".
_BETWEEN = 3


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    folded: str


class SourceNames:
    """The names of sources as whole words, in any spelling that folds to the same.

    A name in small letters is an ordinary word ("at that time") unless a source is called so, or it
    stands in an address ("www.gazette.example"). The article of "The Gazette" may be missing.

    Parameters
    ----------
    sources : iterable of str

    Examples
    --------
    >>> from framelens.labels._blinding import SourceNames
    >>> text = "On Sunday the Sun's man told the Sun Herald."
    >>> SourceNames(["Sun", "Sun Herald"]).blotted(text, 0, len(text))
    "On Sunday the [source]'s man told the [source]."
    """

    def __init__(self, sources: Iterable[str]) -> None:
        """Index the sources by their folded words, written as one."""
        self._as_given = set(sources)
        # With the marks that end a name: "A.P.", "Ya!".
        self._names: dict[str, str] = {}
        self._unspaced: list[str] = []
        self._between = _BETWEEN
        for source in sorted(self._as_given):
            words = _words(source)
            folded = [word.folded for word in words]
            if not words:
                continue
            gaps = (b.start - a.end for a, b in pairwise(words))
            self._between = max(self._between, *gaps, 0)
            marks = source[words[-1].end :]
            self._names["".join(folded)] = marks
            if len(words) > 1 and folded[0] == "the":
                self._names.setdefault("".join(folded[1:]), marks)
            # Scripts without spaces have no whole words to go by.
            if any(unicodedata.category(letter) == "Lo" for letter in source):
                self._unspaced.append(source)
        self._longest = max(map(len, self._names), default=0)
        self._known: tuple[str, list[tuple[int, int]]] = ("", [])

    def blotted(self, text: str, start: int, end: int) -> str:
        """Return ``text[start:end]`` with ``[source]`` for each name, longest first."""
        shown, last = [], start
        for first, behind in self._spans(text):
            if behind > start and first < end:
                shown += [text[last : max(first, start)], _BLOT]
                last = min(behind, end)
        return "".join([*shown, text[last:end]])

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if self._known[0] != text:
            spans = [*self._of_words(text), *self._of_letters(text)]
            spans.sort(key=lambda span: (span[0], -span[1]))
            apart: list[tuple[int, int]] = []
            for span in spans:
                if not apart or span[0] >= apart[-1][1]:
                    apart.append(span)
            self._known = (text, apart)
        return self._known[1]

    def _of_words(self, text: str) -> Iterable[tuple[int, int]]:
        words = _words(text)
        at = 0
        while at < len(words):
            size, marks = self._longest_at(text, words, at)
            if size:
                end = words[at + size - 1].end
                yield words[at].start, end + (len(marks) if text.startswith(marks, end) else 0)
            at += max(size, 1)

    def _longest_at(self, text: str, words: list[_Word], at: int) -> tuple[int, str]:
        joined, found = "", (0, "")
        for size in range(1, len(words) - at + 1):
            word = words[at + size - 1]
            if size > 1 and word.start - words[at + size - 2].end > self._between:
                break
            joined += word.folded
            if len(joined) > self._longest:
                break
            if joined in self._names and self._is_name(text, words[at].start, word.end):
                found = size, self._names[joined]
        return found

    def _is_name(self, text: str, start: int, end: int) -> bool:
        printed = text[start:end]
        if printed in self._as_given or printed != printed.lower():
            return True
        in_address = text[start - 1 : start] in ("@", "/", ".") or _ENDING.match(text, end)
        return bool(in_address) or printed == printed.upper()

    def _of_letters(self, text: str) -> Iterable[tuple[int, int]]:
        for name in sorted(self._unspaced, key=len, reverse=True):
            for match in re.finditer(re.escape(name), text):
                yield match.span()


def _words(text: str) -> list[_Word]:
    found = list(_WORD.finditer(text))
    folded = _core.fold([match.group() for match in found])
    return [_Word(*match.span(), word) for match, word in zip(found, folded, strict=True)]
