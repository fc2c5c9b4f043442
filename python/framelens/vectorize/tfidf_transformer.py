"""TF-IDF weights of counts: scikit-learn's numbers to the bit, or gensim's by SMART's letters."""

from __future__ import annotations

from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import scipy.sparse as sp
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import TfidfTransformer as _TfidfTransformer
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import check_is_fitted, validate_data

from framelens import _core
from framelens.base.saving import Saved, read_count, read_numbers, read_positive, schema_error
from framelens.vectorize._count_weights import as_counts, engine_rows, frequencies_of
from framelens.vectorize._counting import as_configured
from framelens.vectorize._smart import Smart

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

SMART_CONSTRAINTS: dict[str, Any] = {
    "smartirs": [str, None],
    "pivot": [Interval(Real, 0, None, closed="neither"), None],
    "slope": [Interval(Real, 0, 1, closed="both")],
}


class TfidfTransformer(  # type: ignore[call-arg]
    Saved, _TfidfTransformer, auto_wrap_output_keys=None
):
    """Turn a matrix of counts into TF-IDF weights.

    Parameters
    ----------
    norm, use_idf, smooth_idf, sublinear_tf
        As in :class:`sklearn.feature_extraction.text.TfidfTransformer`. Any value is weighed, as
        there; only `smartirs` insists on counts.
    smartirs : str, optional
        Three letters, in gensim's reading, instead of these four: of term frequency (``n`` or
        ``t``, ``b``, ``l``, ``d``, ``a``, ``L``), document frequency (``n`` or ``x``, ``f``,
        ``t``, ``p``) and what a document is divided by (``n`` or ``x``, ``c``, ``u``, ``b``);
        `formula_` spells them out. Logarithms are of base 2, and a term that no document of the
        fit has weighs 0. ``b`` needs to know the terms, as :class:`TfidfVectorizer` does.
    pivot : float, optional
        For the lengths ``u`` and ``b``; their mean over the documents of the fit if None.
    slope : float
        For the same: ``slope * length + (1 - slope) * pivot`` divides.
    force : bool
        Whether `smartirs` weighs values that are no counts, which have been weighed before.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Attributes
    ----------
    idf_ : numpy.ndarray
        The inverse document frequency of each column.
    pivot_ : float
        The pivot in force; only for the lengths ``u`` and ``b``.
    formula_ : str
        In words, which weighting is in force.

    References
    ----------
    Salton and Buckley (1988), Term-weighting approaches in automatic text retrieval. Manning,
    Raghavan and Schütze (2008), Introduction to Information Retrieval, 6.4.3. Singhal, Buckley and
    Mitra (1996), Pivoted document length normalization.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> from framelens import TfidfTransformer
    >>> weights = TfidfTransformer().fit_transform(sp.csr_array([[1, 0], [1, 1]]))
    >>> weights.toarray().round(3).tolist()
    [[1.0, 0.0], [0.58, 0.815]]
    >>> TfidfTransformer(smartirs="lfn").fit_transform([[4, 1], [0, 1]]).toarray().tolist()
    [[3.0, 0.0], [0.0, 0.0]]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **_TfidfTransformer._parameter_constraints,
        **SMART_CONSTRAINTS,
        "force": ["boolean"],
        "n_jobs": [Integral, None],
    }

    def __init__(
        self,
        *,
        norm: Literal["l1", "l2"] | None = "l2",
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
        smartirs: str | None = None,
        pivot: float | None = None,
        slope: float = 0.25,
        force: bool = False,
        n_jobs: int | None = None,
    ) -> None:
        super().__init__(
            norm=norm, use_idf=use_idf, smooth_idf=smooth_idf, sublinear_tf=sublinear_tf
        )
        self.smartirs = smartirs
        self.pivot = pivot
        self.slope = slope
        self.force = force
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: object = None) -> TfidfTransformer:
        """Learn document frequencies.

        Parameters
        ----------
        X : sparse matrix or array
            Counts, documents by terms.
        y : None
            Ignored.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            With `smartirs`, if `X` has values that are no counts, unless forced; if options
            contradict each other.
        """
        self._validate_params()
        if self.smartirs is None:
            for name in ("pivot_", "_characters"):
                self.__dict__.pop(name, None)
            super().fit(X, y)
            return self
        if Smart.of(self.smartirs).length == "b":
            raise ValueError(
                f"smartirs={self.smartirs!r} divides by lengths in characters: "
                "TfidfVectorizer knows the terms, TfidfTransformer does not"
            )
        counts = as_counts(self, X, force=self.force, copy=False, reset=True)
        self._learn(frequencies_of(counts), counts.shape[0])
        return self

    def _learn(
        self,
        frequencies: NDArray[np.int64],
        documents: int,
        totals: NDArray[np.int64] | None = None,
        characters: NDArray[np.int32] | None = None,
    ) -> None:
        # What SMART's letters need to know of each column: document frequency, occurrences and the
        # characters of its term.
        smart = Smart.of(self.smartirs or "")
        self.n_features_in_ = len(frequencies)
        self.idf_ = smart.factors(frequencies, documents)
        self.__dict__.pop("pivot_", None)
        self._characters = np.empty(0, dtype=np.int32) if characters is None else characters
        if not smart.is_pivoted:
            return
        lengths = frequencies
        if characters is not None and totals is not None:
            lengths = totals * (characters.astype(np.int64) + 1)
        # Anything divides where there is nothing to divide.
        mean = float(lengths.sum()) / documents if documents else 0.0
        self.pivot_ = (mean or 1.0) if self.pivot is None else float(self.pivot)

    def transform(self, X: Any, copy: bool = True) -> Any:
        """Return `X` as TF-IDF weights.

        Parameters
        ----------
        X : sparse matrix or array
            Counts, documents by terms.
        copy : bool
            Whether to leave `X` as it is.

        Returns
        -------
        sparse matrix

        Raises
        ------
        ValueError
            With `smartirs`, if `X` has values that are no counts, unless forced.
        """
        check_is_fitted(self)
        if self.smartirs is not None:
            counts = as_counts(self, X, force=self.force, copy=copy, reset=False)
            return self._weigh(counts)
        idf = getattr(self, "idf_", None)
        X = validate_data(
            self, X, accept_sparse="csr", dtype=[np.float64, np.float32], copy=copy, reset=False
        )
        if not _weighs_natively(X, idf):
            return super().transform(X, copy=False)
        if self.sublinear_tf:
            np.log(X.data, X.data)
            X.data += 1.0
        # Into the buffer, which with copy=False is the caller's.
        X.data[:] = _core.weigh(
            X.indptr,
            X.indices,
            X.data,
            np.empty(0, dtype=X.dtype) if idf is None else idf,
            columns=X.shape[1],
            norm=self.norm,
            n_jobs=self.n_jobs,
        )
        return as_configured(X)

    def _weigh(self, counts: Any) -> Any:
        # By SMART's letters, into the buffer of the counts.
        if not hasattr(self, "_characters"):
            raise NotFittedError(f"smartirs={self.smartirs!r} was set after fit: call fit again")
        smart = Smart.of(self.smartirs or "")
        counts.data[:] = _core.weigh_counts(
            *engine_rows(counts),
            self.idf_,
            frequency=smart.frequency,
            base=2.0,
            k=0.5,
            smoothing=0.0,
            length=smart.row,
            pivot=getattr(self, "pivot_", 0.0),
            slope=float(self.slope),
            characters=self._characters,
            n_jobs=self.n_jobs,
        )
        return as_configured(counts)

    def _validate_params(self) -> None:
        super()._validate_params()
        smart_of(self)

    @property
    def formula_(self) -> str:
        """In words, which weighting is in force."""
        smart = smart_of(self)
        if smart is not None:
            return smart.formula(self.pivot, self.slope)
        tf = "1 + ln(count)" if self.sublinear_tf else "count"
        smooth = "ln((1 + documents) / (1 + df)) + 1"
        idf = smooth if self.smooth_idf else "ln(documents / df) + 1"
        weight = f"({tf}) * ({idf})" if self.use_idf else tf
        if self.norm is None:
            return weight
        size = "Euclidean length" if self.norm == "l2" else "sum of absolute values"
        return f"{weight}, each row divided by its {size}"

    def _fitted(self) -> dict[str, Any] | None:
        if not hasattr(self, "n_features_in_"):
            return None
        idf = getattr(self, "idf_", None)
        fitted = {
            "features": self.n_features_in_,
            "idf": None if idf is None else [float(value) for value in idf],
            "dtype": None if idf is None else idf.dtype.name,
        }
        if self.smartirs is not None:
            fitted |= {
                "pivot": getattr(self, "pivot_", None),
                "characters": self._characters.tolist(),
            }
        return fitted

    def _restore(self, fitted: dict[str, Any]) -> None:
        features = self.n_features_in_ = read_count(fitted, "features")
        if self.use_idf:
            if fitted.get("dtype") not in ("float32", "float64"):
                raise schema_error("/fitted/dtype", "must be float32 or float64")
            idf = read_numbers(fitted, "idf", features, float)
            self.idf_ = np.array(idf, dtype=fitted["dtype"])
        smart = smart_of(self)
        if smart is None:
            return
        size = features if smart.length == "b" else 0
        self._characters = np.array(read_numbers(fitted, "characters", size, int), dtype=np.int32)
        if smart.is_pivoted:
            self.pivot_ = read_positive(fitted, "pivot")


def smart_of(estimator: Any) -> Smart | None:
    """Return SMART's letters of an estimator, if it has any.

    Raises
    ------
    ValueError
        If they are wrong, or other options contradict them.
    """
    pivots = estimator.pivot is not None or estimator.slope != 0.25
    if estimator.smartirs is None:
        if pivots:
            raise ValueError("pivot and slope need smartirs with the length 'u' or 'b'")
        return None
    smart = Smart.of(estimator.smartirs)
    for name, default in (
        ("norm", "l2"),
        ("use_idf", True),
        ("smooth_idf", True),
        ("sublinear_tf", False),
    ):
        value = getattr(estimator, name)
        if value != default:
            raise ValueError(
                f"smartirs={estimator.smartirs!r} says all of the weighting: "
                f"{name}={value!r} contradicts it"
            )
    if pivots and not smart.is_pivoted:
        raise ValueError(
            f"pivot and slope need the length 'u' or 'b', not smartirs={estimator.smartirs!r}"
        )
    return smart


def _weighs_natively(X: Any, idf: Any) -> bool:
    sparse: bool = sp.issparse(X)
    return (
        sparse
        and X.indices.dtype == np.int32
        and (
            idf is None
            or (idf.dtype == X.dtype and idf.shape == X.shape[1:] and bool(np.isfinite(idf).all()))
        )
    )


def weight_dtype(dtype: DTypeLike) -> np.dtype[Any]:
    """Return what scikit-learn makes of counts of a type before it weighs them."""
    wanted = np.dtype(dtype)
    return wanted if wanted in (np.dtype(np.float32), np.dtype(np.float64)) else np.dtype("float64")
