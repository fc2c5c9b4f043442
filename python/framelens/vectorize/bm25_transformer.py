"""BM25 weights of counts, in the variants of bm25s."""

from __future__ import annotations

from numbers import Real
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.utils._param_validation import Interval, StrOptions

from framelens import _core
from framelens.base.saving import read_count, read_numbers, read_positive
from framelens.vectorize._count_weights import CountWeights, engine_rows, frequencies_of

_LENGTH = "({k1} * (1 - {b} + {b} * length / mean length) + count)"
# Term frequency and idf of each variant.
_METHODS = {
    "lucene": ("count / " + _LENGTH, "ln(1 + (documents - df + 0.5) / (df + 0.5))"),
    "robertson": ("count / " + _LENGTH, "ln(max(1, (documents - df + 0.5) / (df + 0.5)))"),
    "atire": ("({k1} + 1) * count / " + _LENGTH, "ln(documents / df)"),
    "bm25l": (
        "({k1} + 1) * (c + {delta}) / ({k1} + c + {delta})",
        "ln((documents + 1) / (df + 0.5))",
    ),
    "bm25+": ("({k1} + 1) * count / " + _LENGTH + " + {delta}", "ln((documents + 1) / df)"),
}


class BM25Transformer(CountWeights):
    """Turn counts into BM25 weights: a query scores a document by the sum of its terms' weights.

    A term that no document of the fit has weighs 0.

    Parameters
    ----------
    method : {"lucene", "robertson", "atire", "bm25l", "bm25+"}
        The variant, as in bm25s.
    k1 : float
        How slowly a term's weight saturates with its count.
    b : float
        How much long documents are marked down, from 0 to 1.
    delta : float, optional
        What "bm25l" and "bm25+" add for a term that occurs at all; 0.5.
    force : bool
        Whether to weigh values that are no counts, which have been weighed before.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Attributes
    ----------
    idf_ : numpy.ndarray
        The inverse document frequency of each column.
    mean_length_ : float
        Mean sum of counts of the documents of the fit.
    nonoccurrence_ : numpy.ndarray
        By "bm25l" and "bm25+" a query's term scores in documents too that lack it. As in bm25s,
        this is taken off the weights, which stay sparse and rank alike; a score is the sum of
        weights and of these. By the other methods it is 0.
    formula_ : str
        In words, which weighting is in force.

    Raises
    ------
    ValueError
        On `fit`, if `delta` is given to a method without one.

    References
    ----------
    Robertson et al. (1994), Okapi at TREC-3. Trotman, Jia and Crane (2012), Towards an efficient
    and effective search engine (ATIRE). Lv and Zhai (2011), When documents are very long, BM25
    fails! (BM25L), and Lower-bounding term frequency normalization (BM25+). Kamphuis et al. (2020),
    Which BM25 do you mean? Lù (2024), BM25S, arXiv:2407.03618.

    Examples
    --------
    >>> from framelens import BM25Transformer, CountVectorizer
    >>> vectorizer, bm25 = CountVectorizer(), BM25Transformer()
    >>> counts = vectorizer.fit_transform(["the leader spoke", "the aide", "the leader's leader"])
    >>> weights = bm25.fit_transform(counts)
    >>> query = vectorizer.transform(["leader"])
    >>> (weights @ query.T).toarray().round(3).tolist()
    [[0.178], [0.0], [0.258]]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **CountWeights._parameter_constraints,
        "method": [StrOptions(set(_METHODS))],
        "k1": [Interval(Real, 0, None, closed="left")],
        "b": [Interval(Real, 0, 1, closed="both")],
        "delta": [Interval(Real, 0, None, closed="left"), None],
    }

    def __init__(
        self,
        *,
        method: Literal["lucene", "robertson", "atire", "bm25l", "bm25+"] = "lucene",
        k1: float = 1.5,
        b: float = 0.75,
        delta: float | None = None,
        force: bool = False,
        n_jobs: int | None = None,
    ) -> None:
        self.method = method
        self.k1 = k1
        self.b = b
        self.delta = delta
        self.force = force
        self.n_jobs = n_jobs

    @property
    def formula_(self) -> str:
        """In words, which weighting is in force."""
        options = {name: f"{value:g}" for name, value in self._options().items()}
        term, idf = (part.format(**options) for part in _METHODS[self.method])
        formula = f"({term}) * ({idf})"
        if self.method == "bm25l":
            formula += ", c = count / (1 - {b} + {b} * length / mean length)".format(**options)
        if self.method in ("bm25l", "bm25+"):
            formula += ", less what a term scores that is absent"
        return formula

    @property
    def nonoccurrence_(self) -> NDArray[np.float64]:
        """What a query's term scores in a document that lacks it."""
        return self.idf_ * _core.bm25_of_absent(self.method, **self._options())

    def _options(self) -> dict[str, float]:
        delta = 0.5 if self.delta is None else float(self.delta)
        return {"k1": float(self.k1), "b": float(self.b), "delta": delta}

    def _check_options(self) -> None:
        if self.delta is not None and self.method not in ("bm25l", "bm25+"):
            raise ValueError(
                f"delta is used by 'bm25l' and 'bm25+' only, not by "
                f"method={self.method!r}: leave it out"
            )

    def _learn(self, counts: Any) -> None:
        frequencies = frequencies_of(counts)
        self.idf_ = self._idf(frequencies, counts.shape[0])
        # 1 where all documents are empty: then nothing weighs anything.
        self.mean_length_ = float(counts.data.sum(dtype=np.float64)) / counts.shape[0] or 1.0

    def _idf(self, frequencies: NDArray[np.int64], documents: int) -> NDArray[np.float64]:
        idf = np.zeros(len(frequencies))
        some = frequencies > 0
        df = frequencies[some].astype(np.float64)
        rest = (documents - df + 0.5) / (df + 0.5)
        idf[some] = np.log(
            {
                "lucene": 1 + rest,
                "robertson": np.maximum(1, rest),
                "atire": documents / df,
                "bm25l": (documents + 1) / (df + 0.5),
                "bm25+": (documents + 1) / df,
            }[self.method]
        )
        return idf

    def _weigh(self, counts: Any) -> NDArray[Any]:
        indptr, indices, data = engine_rows(counts)
        options = self._options()
        return _core.weigh_bm25(
            indptr,
            indices,
            data,
            self.idf_,
            method=self.method,
            k1=options["k1"],
            b=options["b"],
            delta=options["delta"],
            mean_length=self.mean_length_,
            n_jobs=self.n_jobs,
        )

    def _fitted(self) -> dict[str, Any] | None:
        if not hasattr(self, "idf_"):
            return None
        return {
            "features": self.n_features_in_,
            "idf": self.idf_.tolist(),
            "mean_length": self.mean_length_,
        }

    def _restore(self, fitted: dict[str, Any]) -> None:
        self.n_features_in_ = read_count(fitted, "features")
        self.idf_ = np.array(read_numbers(fitted, "idf", self.n_features_in_, float), dtype=float)
        self.mean_length_ = read_positive(fitted, "mean_length")
