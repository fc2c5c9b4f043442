"""Weights of counts that somebody has: scikit-learn's numbers to the bit."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfTransformer as _TfidfTransformer
from sklearn.utils.validation import check_is_fitted, validate_data

from framelens import _core
from framelens._counting import as_configured
from framelens._saving import Saved, schema_error

if TYPE_CHECKING:
    from numpy.typing import DTypeLike


class TfidfTransformer(  # type: ignore[call-arg]
    Saved, _TfidfTransformer, auto_wrap_output_keys=None
):
    """Turn a matrix of counts into TF-IDF weights.

    Parameters
    ----------
    norm, use_idf, smooth_idf, sublinear_tf
        As in :class:`sklearn.feature_extraction.text.TfidfTransformer`.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Attributes
    ----------
    idf_ : numpy.ndarray
        The inverse document frequency of each column.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> from framelens import TfidfTransformer
    >>> weights = TfidfTransformer().fit_transform(sp.csr_array([[1, 0], [1, 1]]))
    >>> weights.toarray().round(3).tolist()
    [[1.0, 0.0], [0.58, 0.815]]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **_TfidfTransformer._parameter_constraints,
        "n_jobs": [Integral, None],
    }

    def __init__(
        self,
        *,
        norm: Literal["l1", "l2"] | None = "l2",
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
        n_jobs: int | None = None,
    ) -> None:
        super().__init__(
            norm=norm, use_idf=use_idf, smooth_idf=smooth_idf, sublinear_tf=sublinear_tf
        )
        self.n_jobs = n_jobs

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
        """
        check_is_fitted(self)
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

    @property
    def formula_(self) -> str:
        """In words, which weighting is in force."""
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
        return {
            "features": self.n_features_in_,
            "idf": None if idf is None else [float(value) for value in idf],
            "dtype": None if idf is None else idf.dtype.name,
        }

    def _restore(self, fitted: dict[str, Any]) -> None:
        self.n_features_in_ = int(fitted["features"])
        if fitted["idf"] is not None:
            if fitted["dtype"] not in ("float32", "float64"):
                raise schema_error("/fitted/dtype", "must be float32 or float64")
            self.idf_ = np.array(fitted["idf"], dtype=fitted["dtype"])
            if self.idf_.shape != (self.n_features_in_,):
                raise schema_error("/fitted/idf", "must have one number for each feature")


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
