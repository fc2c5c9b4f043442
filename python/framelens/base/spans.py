"""Which span a position is in: of those that part a document, and of those that nest."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["Nested", "Parts", "check_span", "merge_spans", "pieces_of"]

Numbers = NDArray[np.int64]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Parts:
    """Spans of documents in text order that do not overlap. Shapes: an entry a span each."""

    doc: Numbers
    start: Numbers
    end: Numbers

    def at(self, doc: Numbers, position: Numbers) -> Numbers:
        """Return which span each position is in, -1 for none. Cost: a binary search each.

        Examples
        --------
        >>> import numpy as np
        >>> from framelens.base.spans import Parts
        >>> parts = Parts(np.array([0, 0, 1]), np.array([0, 5, 0]), np.array([4, 9, 2]))
        >>> parts.at(np.array([0, 0, 0, 1, 2]), np.array([3, 4, 5, 1, 0])).tolist()
        [0, -1, 1, 2, -1]
        """
        if not len(self.doc):
            return np.full(len(doc), -1, dtype=np.int64)
        stride = int(max(self.end.max(), position.max(initial=0))) + 1
        keys = self.doc * stride + self.start
        part = np.searchsorted(keys, doc * stride + position, side="right") - 1
        inside = (part >= 0) & (self.doc[part] == doc) & (position < self.end[part])
        return np.where(inside, part, -1)


class Nested(Generic[Value]):
    """Spans of one text that may nest or overlap, each with a value.

    Examples
    --------
    >>> from framelens.base.spans import Nested
    >>> spans = Nested([(0, 10, "outer"), (2, 5, "inner")])
    >>> spans.innermost(3, 5), spans.innermost(3, 6), spans.innermost(9, 11)
    ((2, 5, 'inner'), (0, 10, 'outer'), None)
    """

    def __init__(self, spans: Iterable[tuple[int, int, Value]]) -> None:
        self._spans = sorted(spans, key=lambda span: (span[0], -span[1]))
        self._starts = [start for start, _, _ in self._spans]
        # The nearest span before each that ends behind it: what covers more begins there.
        self._wider: list[int] = []
        open_spans: list[int] = []
        for k, (_, end, _) in enumerate(self._spans):
            while open_spans and self._spans[open_spans[-1]][1] <= end:
                open_spans.pop()
            self._wider.append(open_spans[-1] if open_spans else -1)
            open_spans.append(k)

    def innermost(self, start: int, end: int) -> tuple[int, int, Value] | None:
        """Return the span that covers ``[start, end)`` as a whole and begins last, or None.

        Of spans that begin together it is the shortest: where spans nest, the innermost.

        Cost: a binary search, and a step for each span that nests there.
        """
        k = bisect.bisect_right(self._starts, start) - 1
        while k >= 0 and self._spans[k][1] < end:
            k = self._wider[k]
        return self._spans[k] if k >= 0 else None


def pieces_of(
    text: str, marked: list[tuple[int, int, str, bool]], wanted: frozenset[str]
) -> list[tuple[int, int]]:
    """Return the spans of a text's wanted zones, without white space around them.

    `marked` are its zones: start, end, name, and whether it repeats an earlier one.
    """
    spans = []
    last = 0
    for start, end, zone, duplicate in marked:
        if "body" in wanted:
            spans.append((last, start))
        if zone in wanted and not duplicate:
            spans.append((start, end))
        last = end
    if "body" in wanted:
        spans.append((last, len(text)))
    trimmed = (_trim(text, start, end) for start, end in spans)
    return [(start, end) for start, end in trimmed if start < end]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what the spans cover, ascending and apart.

    Examples
    --------
    >>> from framelens.base.spans import merge_spans
    >>> merge_spans([(4, 6), (0, 2), (2, 3), (5, 9)])
    [(0, 3), (4, 9)]
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def check_span(doc: str, start: int, end: int, length: int) -> None:
    """Refuse what is no span of a document of `length` code points; ValueError."""
    if not 0 <= start <= end <= length:
        raise ValueError(
            f"[{start}, {end}) is no span of document {doc!r}, which has {length} code points"
        )
