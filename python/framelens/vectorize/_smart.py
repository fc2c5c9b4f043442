"""SMART's letters for weights, in gensim's reading of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Of each letter, the engine's name and what it makes of a count.
_TERM = {
    "n": ("count", "count"),
    "t": ("count", "count"),
    "b": ("boolean", "1"),
    "l": ("logcount", "1 + log2(count)"),
    "d": ("doublelog", "1 + log2(1 + log2(count))"),
    "a": ("augmented", "0.5 + 0.5 * count / largest count of the document"),
    "L": ("logave", "(1 + log2(count)) / (1 + log2(mean count of the document))"),
}
_DOCUMENT = {
    "n": "1",
    "x": "1",
    "f": "log2(documents / df)",
    "t": "log2((documents + 1) / df)",
    "p": "max(0, log2((documents - df) / df))",
}
_LENGTH = {
    "n": ("none", ""),
    "x": ("none", ""),
    "c": ("euclidean", "Euclidean length"),
    "u": ("unique", "number of distinct terms"),
    "b": ("characters", "length in characters"),
}


@dataclass(frozen=True)
class Smart:
    """Three letters: of term frequency, document frequency and the length of a document."""

    term: str
    document: str
    length: str

    @classmethod
    def of(cls, letters: str) -> Smart:
        """Read three letters.

        Raises
        ------
        ValueError
            If they are not three, or one of them is unknown.
        """
        if len(letters) != 3:
            raise ValueError(f"smartirs must be three letters such as 'ltc', not {letters!r}")
        _check(letters[0], tuple(_TERM), "term frequency")
        _check(letters[1], tuple(_DOCUMENT), "document frequency")
        _check(letters[2], tuple(_LENGTH), "length")
        return cls(*letters)

    @property
    def frequency(self) -> str:
        """The engine's name of the term frequency."""
        return _TERM[self.term][0]

    @property
    def row(self) -> str:
        """The engine's name of the length."""
        return _LENGTH[self.length][0]

    @property
    def is_pivoted(self) -> bool:
        """Whether the length is pivoted."""
        return self.length in "ub"

    def factors(self, frequencies: NDArray[np.int64], documents: int) -> NDArray[np.float64]:
        """Return the factor of each term; 0 for those that no document has."""
        factors = np.zeros(len(frequencies))
        some = frequencies > 0
        df = frequencies[some].astype(np.float64)
        if self.document == "f":
            factors[some] = np.log2(documents / df)
        elif self.document == "t":
            factors[some] = np.log2((documents + 1.0) / df)
        elif self.document == "p":
            with np.errstate(divide="ignore"):
                factors[some] = np.maximum(0, np.log2((documents - df) / df))
        else:
            factors[some] = 1.0
        return factors

    def formula(self, pivot: float | None, slope: float) -> str:
        """Say in words what a weight is."""
        term, document = _TERM[self.term][1], _DOCUMENT[self.document]
        weight = term if document == "1" else f"({term}) * ({document})"
        length = _LENGTH[self.length][1]
        if not length:
            return weight
        if self.is_pivoted:
            at = f"mean {length}" if pivot is None else f"{pivot:g}"
            length = f"{slope:g} * {length} + {1 - slope:g} * {at}"
            return f"{weight}, each document divided by {length}"
        return f"{weight}, each document divided by its {length}"


def _check(letter: str, known: tuple[str, ...], what: str) -> None:
    if letter not in known:
        raise ValueError(
            f"smartirs: the letter of the {what} must be one of {' '.join(known)}, not {letter!r}"
        )
