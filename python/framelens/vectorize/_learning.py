"""What a vectorizer has learned of its texts, term by term: it can go on, be joined and be kept."""

from __future__ import annotations

import copyreg
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from numbers import Integral
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from framelens import _core
from framelens.base.saving import read_count, read_numbers, schema_error


def _terms_of(parts: tuple[bytes, bytes]) -> _core.TermList:
    return _core.TermList.of_parts(parts)


def _reduced(terms: _core.TermList) -> tuple[Any, ...]:
    return _terms_of, (terms.parts(),)


# So that `copy` and every protocol of `pickle` make terms anew from their parts.
copyreg.pickle(_core.TermList, _reduced)


class Statistics:
    """Terms in order of first occurrence, with their document frequencies and totals.

    Of counted texts the strings are made when asked for: a million takes as long as counting them.
    """

    def __init__(
        self,
        terms: _core.TermList | _core.CountedTexts,
        frequencies: NDArray[np.int64],
        totals: NDArray[np.int64],
        documents: int,
        *,
        order: NDArray[np.int32] | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self._source = terms
        self.frequencies = frequencies
        self.totals = totals
        self.documents = documents
        self._n_jobs = n_jobs
        if order is not None:
            self.order = order

    @classmethod
    def of(
        cls, counted: _core.CountedTexts, *, binary: bool, n_jobs: int | None = None
    ) -> Statistics:
        """Return the statistics of counted texts; `binary` counts a term once a text.

        `n_jobs` threads will sort them.
        """
        frequencies = counted.take_frequencies()
        totals = frequencies if binary else counted.take_totals()
        return cls(counted, frequencies, totals, counted.documents, n_jobs=n_jobs)

    @classmethod
    def of_terms(cls, documents: Iterable[Iterable[str]], *, binary: bool) -> Statistics:
        """Return the statistics of documents that somebody else's analyzer has cut."""
        frequencies: Counter[str] = Counter()
        totals: Counter[str] = Counter()
        count = 0
        for document in documents:
            tally = Counter(document)
            frequencies.update(tally.keys())
            totals.update(tally)
            count += 1
        times = frequencies if binary else totals
        return cls(
            _core.TermList.of(frequencies),
            np.array(list(frequencies.values()), dtype=np.int64),
            np.array(list(times.values()), dtype=np.int64),
            count,
        )

    @property
    def terms(self) -> _core.TermList:
        """The terms."""
        if not isinstance(self._source, _core.TermList):
            self._source = self._source.terms(n_jobs=self._n_jobs)
        return self._source

    @cached_property
    def order(self) -> NDArray[np.int32]:
        """Numbers of the terms in the order of their code points."""
        return self._source.sorted(n_jobs=self._n_jobs)

    def join(self, other: Statistics) -> Statistics:
        """Return the statistics of these texts followed by the other's."""
        terms, numbers = self.terms.join(other.terms)
        frequencies = np.zeros(terms.size, dtype=np.int64)
        totals = np.zeros(terms.size, dtype=np.int64)
        for sums, mine, others in (
            (frequencies, self.frequencies, other.frequencies),
            (totals, self.totals, other.totals),
        ):
            sums[: len(mine)] = mine
            sums[numbers] += others
        documents = self.documents + other.documents
        return Statistics(terms, frequencies, totals, documents, n_jobs=self._n_jobs)

    def columns(
        self, high: float | None, low: float | None, most: int | None, dtype: np.dtype[Any]
    ) -> NDArray[np.int32]:
        """Return a column for each term of a document frequency in [low, high], -1 for the others.

        Of these at most the `most` frequent stay.

        Raises
        ------
        ValueError
            If none does.
        """
        # Only the most frequent are chosen among sorted terms, as in scikit-learn.
        kept = np.ones(len(self.frequencies), dtype=bool)
        if high is not None:
            kept &= self.frequencies <= high
        if low is not None:
            kept &= self.frequencies >= low
        if most is not None and kept.sum() > most:
            chosen = self.order[kept[self.order]]
            # In the type of scikit-learn's sums, which decides between terms of equal frequency.
            sums = self.totals.astype(sp.csr_array((1, 1), dtype=dtype).sum(axis=0).dtype)[chosen]
            kept = np.zeros(len(kept), dtype=bool)
            kept[chosen[(-sums).argsort()[:most]]] = True
        if not kept.any():
            raise ValueError(
                "After pruning, no terms remain. Try a lower min_df or a higher max_df."
            )
        columns = np.full(len(kept), -1, dtype=np.int32)
        sorted_terms = self.order if kept.all() else self.order[kept[self.order]]
        columns[sorted_terms] = np.arange(len(sorted_terms), dtype=np.int32)
        return columns

    def __getstate__(self) -> dict[str, Any]:
        return {
            "_source": self.terms,
            "frequencies": self.frequencies,
            "totals": self.totals,
            "documents": self.documents,
            "_n_jobs": self._n_jobs,
        }


class Growing:
    """Statistics of texts that come in parts.

    Parts of like size are joined, so that the time for all is linear but for a logarithm.
    """

    def __init__(self) -> None:
        self._parts: list[Statistics] = []

    def add(self, new: Statistics) -> None:
        """Add the next texts."""
        self._parts.append(new)
        while len(self._parts) > 1 and self._parts[-2].terms.size <= 2 * new.terms.size:
            new = self._join_last()

    def whole(self) -> Statistics | None:
        """Return the statistics of all; None if there was nothing."""
        while len(self._parts) > 1:
            self._join_last()
        return self._parts[0] if self._parts else None

    def _join_last(self) -> Statistics:
        last = self._parts.pop()
        self._parts[-1] = self._parts[-1].join(last)
        return self._parts[-1]


def bounds(max_df: float, min_df: float, documents: int) -> tuple[float, float]:
    """Return the highest and the lowest document frequency, shares of the documents resolved.

    Raises
    ------
    ValueError
        If the highest is below the lowest.
    """
    high = max_df if isinstance(max_df, Integral) else max_df * documents
    low = min_df if isinstance(min_df, Integral) else min_df * documents
    if high < low:
        raise ValueError("max_df corresponds to < documents than min_df")
    return high, low


def statistics_from(fitted: dict[str, Any]) -> Statistics:
    """Read what was learned.

    Raises
    ------
    SchemaError
        If the parts do not fit each other.
    """
    documents, terms = read_count(fitted, "documents"), fitted.get("terms")
    if not (
        isinstance(terms, list)
        and all(isinstance(term, str) for term in terms)
        and len(set(terms)) == len(terms)
    ):
        raise schema_error("/fitted/terms", "must be strings, each once")
    frequencies, totals = (
        np.array(read_numbers(fitted, name, len(terms), int), dtype=np.int64)
        for name in ("frequencies", "totals")
    )
    if (frequencies < 1).any() or (frequencies > documents).any() or (totals < frequencies).any():
        raise schema_error("/fitted", "must have 0 < frequencies <= documents, and totals not less")
    return Statistics(_core.TermList.of(terms), frequencies, totals, documents)


def statistics_to(learned: Statistics) -> dict[str, Any]:
    """Write down what was learned."""
    return {
        "documents": learned.documents,
        "terms": learned.terms.to_list(),
        "frequencies": learned.frequencies.tolist(),
        "totals": learned.totals.tolist(),
    }
