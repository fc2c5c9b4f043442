"""Weights of counts by quanteda's schemes of term and document frequency."""

from __future__ import annotations

from numbers import Real
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.utils._param_validation import Interval, StrOptions

from framelens import _core
from framelens.base.saving import read_count, read_numbers
from framelens.vectorize._count_weights import CountWeights, engine_rows, frequencies_of

# What each scheme is, and the options that it takes.
_TERM = {
    "count": ("count", ()),
    "prop": ("count / sum of the document's counts", ()),
    "propmax": ("count / largest count of the document", ()),
    "logcount": ("1 + log{base}(count)", ("base",)),
    "boolean": ("1", ()),
    "augmented": ("{k_tf} + (1 - {k_tf}) * count / largest count of the document", ("k_tf",)),
    "logave": ("(1 + log{base}(count)) / (1 + log{base}(mean count of the document))", ("base",)),
    "logsmooth": ("log{base}(count + {smoothing_tf})", ("base", "smoothing_tf")),
}
_DOCUMENT = {
    "count": ("df", ("threshold",)),
    "inverse": (
        "log{base}({smoothing_df} + documents / ({k_df} + df))",
        ("base", "k_df", "smoothing_df", "threshold"),
    ),
    "inversemax": (
        "log{base}({smoothing_df} + largest df / ({k_df} + df))",
        ("base", "k_df", "smoothing_df", "threshold"),
    ),
    "inverseprob": (
        "max(0, log{base}((documents - df) / ({k_df} + df)))",
        ("base", "k_df", "threshold"),
    ),
    "unary": ("1", ()),
}
_DEFAULTS = {
    "base": 10.0,
    "k_tf": 0.5,
    "smoothing_tf": 0.5,
    "k_df": 0.0,
    "smoothing_df": 0.0,
    "threshold": 0.0,
}


class WeightTransformer(CountWeights):
    """Turn counts into weights by quanteda's schemes; by default those of its ``dfm_tfidf``.

    A weight is the term frequency times a factor of the term, which depends on how many documents
    of the fit have it; a term that none of them has weighs 0, unless `scheme_df` is "unary".

    Parameters
    ----------
    scheme_tf : {"count", "prop", "propmax", "logcount", "boolean", "augmented", "logave", \
"logsmooth"}
        Of term frequency, as in ``dfm_weight``.
    scheme_df : {"count", "inverse", "inversemax", "inverseprob", "unary"}
        Of document frequency, as in ``docfreq``. "unary" leaves it out.
    base : float, optional
        Of all logarithms; 10.
    k_tf : float, optional
        The `k` of ``dfm_weight``: what "augmented" gives any term that occurs; 0.5.
    smoothing_tf : float, optional
        Added to counts by "logsmooth"; 0.5.
    k_df : float, optional
        The `k` of ``docfreq``: added to the document frequency; 0.
    smoothing_df : float, optional
        Added to the quotient, before the logarithm; 0.
    threshold : float, optional
        A document has a term if it occurs more often than this; 0.
    force : bool
        Whether to weigh values that are no counts, which have been weighed before.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Attributes
    ----------
    df_ : numpy.ndarray
        The factor of each column.
    formula_ : str
        In words, which weighting is in force.

    Raises
    ------
    ValueError
        On `fit`, if an option is given that neither scheme takes.

    Notes
    -----
    Zeros stay zeros: "logsmooth" takes counts above 0 alone.

    References
    ----------
    Benoit et al. (2018), quanteda: An R package for the quantitative analysis of textual data.
    Journal of Open Source Software 3(30), 774.

    Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, 6.4.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> from framelens import WeightTransformer
    >>> counts = sp.csr_array([[3, 1], [2, 0]])
    >>> weights = WeightTransformer(scheme_tf="prop", scheme_df="inverse", base=2)
    >>> weights.fit_transform(counts).toarray().tolist()
    [[0.0, 0.25], [0.0, 0.0]]
    >>> weights.formula_
    "(count / sum of the document's counts) * (log2(0 + documents / (0 + df)))"
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **CountWeights._parameter_constraints,
        "scheme_tf": [StrOptions(set(_TERM))],
        "scheme_df": [StrOptions(set(_DOCUMENT))],
        "base": [Interval(Real, 0, None, closed="neither"), None],
        "k_tf": [Interval(Real, 0, 1, closed="both"), None],
        "smoothing_tf": [Interval(Real, 0, None, closed="left"), None],
        "k_df": [Interval(Real, 0, None, closed="left"), None],
        "smoothing_df": [Interval(Real, 0, None, closed="left"), None],
        "threshold": [Interval(Real, 0, None, closed="left"), None],
    }

    def __init__(
        self,
        *,
        scheme_tf: Literal[
            "count", "prop", "propmax", "logcount", "boolean", "augmented", "logave", "logsmooth"
        ] = "count",
        scheme_df: Literal["count", "inverse", "inversemax", "inverseprob", "unary"] = "inverse",
        base: float | None = None,
        k_tf: float | None = None,
        smoothing_tf: float | None = None,
        k_df: float | None = None,
        smoothing_df: float | None = None,
        threshold: float | None = None,
        force: bool = False,
        n_jobs: int | None = None,
    ) -> None:
        self.scheme_tf = scheme_tf
        self.scheme_df = scheme_df
        self.base = base
        self.k_tf = k_tf
        self.smoothing_tf = smoothing_tf
        self.k_df = k_df
        self.smoothing_df = smoothing_df
        self.threshold = threshold
        self.force = force
        self.n_jobs = n_jobs

    @property
    def formula_(self) -> str:
        """In words, which weighting is in force."""
        values = {name: f"{self._value(name):g}" for name in _DEFAULTS}
        term = _TERM[self.scheme_tf][0].format(**values)
        document = _DOCUMENT[self.scheme_df][0].format(**values)
        formula = term if self.scheme_df == "unary" else f"({term}) * ({document})"
        if self._value("threshold") > 0:
            formula += f", df of counts above {values['threshold']}"
        return formula

    def _value(self, name: str) -> float:
        given = getattr(self, name)
        return _DEFAULTS[name] if given is None else float(given)

    def _check_options(self) -> None:
        taken = {*_TERM[self.scheme_tf][1], *_DOCUMENT[self.scheme_df][1]}
        for name in _DEFAULTS:
            if getattr(self, name) is not None and name not in taken:
                raise ValueError(
                    f"{name} is not used by scheme_tf={self.scheme_tf!r} with "
                    f"scheme_df={self.scheme_df!r}: leave it out"
                )
        if self.base == 1:
            raise ValueError("base must not be 1")

    def _learn(self, counts: Any) -> None:
        frequencies = frequencies_of(counts, self._value("threshold"))
        self.df_ = self._factors(frequencies, counts.shape[0])

    def _factors(self, frequencies: NDArray[np.int64], documents: int) -> NDArray[np.float64]:
        if self.scheme_df == "unary":
            return np.ones(len(frequencies))
        factors = np.zeros(len(frequencies))
        some = frequencies > 0
        df = frequencies[some].astype(np.float64)
        if self.scheme_df == "count":
            factors[some] = df
            return factors
        over = self._value("k_df") + df
        if self.scheme_df == "inverse":
            quotient = self._value("smoothing_df") + documents / over
        elif self.scheme_df == "inversemax":
            quotient = self._value("smoothing_df") + df.max(initial=0) / over
        else:
            quotient = (documents - df) / over
        with np.errstate(divide="ignore"):
            logs = _log(quotient, self._value("base"))
        factors[some] = np.maximum(0, logs) if self.scheme_df == "inverseprob" else logs
        return factors

    def _weigh(self, counts: Any) -> NDArray[Any]:
        return _core.weigh_counts(
            *engine_rows(counts),
            self.df_,
            frequency=self.scheme_tf,
            base=self._value("base"),
            k=self._value("k_tf"),
            smoothing=self._value("smoothing_tf"),
            length="none",
            pivot=0.0,
            slope=1.0,
            characters=np.empty(0, dtype=np.int32),
            n_jobs=self.n_jobs,
        )

    def _fitted(self) -> dict[str, Any] | None:
        if not hasattr(self, "df_"):
            return None
        return {"features": self.n_features_in_, "df": self.df_.tolist()}

    def _restore(self, fitted: dict[str, Any]) -> None:
        self.n_features_in_ = read_count(fitted, "features")
        self.df_ = np.array(read_numbers(fitted, "df", self.n_features_in_, float), dtype=float)


def _log(values: NDArray[np.float64], base: float) -> NDArray[np.float64]:
    # As in R, which knows these two bases exactly.
    logs: NDArray[np.float64] = (
        np.log2(values)
        if base == 2
        else np.log10(values)
        if base == 10
        else np.log(values) / np.log(base)
    )
    return logs
