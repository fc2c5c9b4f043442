"""What the weightings of counts share: that these are counts, and how often terms occur in them."""

from __future__ import annotations

from numbers import Integral
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from framelens.base.saving import Saved
from framelens.vectorize._counting import LARGEST_INDEX, as_configured


def as_counts(estimator: Any, X: Any, *, force: bool, copy: bool, reset: bool) -> Any:
    """Return `X` as sparse rows of counts.

    Raises
    ------
    ValueError
        If a value is below 0, or none that counts: it has been weighed before, as far as one can
        see. `force` lets the latter pass.
    """
    X = validate_data(
        estimator, X, accept_sparse="csr", dtype=[np.float64, np.float32], copy=copy, reset=reset
    )
    if not sp.issparse(X):
        X = sp.csr_array(X)
    if X.shape[1] > LARGEST_INDEX:
        raise ValueError(f"X has {X.shape[1]} columns; at most {LARGEST_INDEX} are allowed")
    wrong = X.data < 0
    if wrong.any():
        raise ValueError(f"{_place(X, wrong)}: Negative values in data passed to weighting")
    if not force:
        wrong = X.data != np.floor(X.data)
        if wrong.any():
            raise ValueError(
                f"{_place(X, wrong)}, which is no count: {type(estimator).__name__} weighs counts, "
                "and refuses to weigh twice; force=True weighs what is there"
            )
    if X.has_canonical_format:
        return X
    # One entry a term: what a count becomes is not the sum of what its parts become.
    merged = X if copy else X.copy()
    merged.sum_duplicates()
    return merged


def _place(X: Any, wrong: NDArray[np.bool_]) -> str:
    entry = int(wrong.argmax())
    row = int(np.searchsorted(X.indptr, entry, side="right")) - 1
    return f"row {row}, column {X.indices[entry]} holds {X.data[entry]:g}"


def frequencies_of(counts: Any, threshold: float = 0) -> NDArray[np.int64]:
    """Return the number of documents in which each term occurs more often than `threshold`."""
    columns = counts.indices[counts.data > threshold]
    return np.bincount(columns, minlength=counts.shape[1]).astype(np.int64)


def engine_rows(counts: Any) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[Any]]:
    """Return the parts of sparse rows in the types that the engine takes."""
    return (
        counts.indptr.astype(np.int64, copy=False),
        counts.indices.astype(np.int32, copy=False),
        counts.data,
    )


class CountWeights(  # type: ignore[call-arg]
    Saved, OneToOneFeatureMixin, TransformerMixin, BaseEstimator, auto_wrap_output_keys=None
):
    """A transformer of counts with one factor a column, which depends on document frequency."""

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        "force": ["boolean"],
        "n_jobs": [Integral, None],
    }
    force: bool
    n_jobs: int | None
    n_features_in_: int

    def fit(self, X: Any, y: object = None) -> Self:
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
            If `X` has values that are no counts, unless forced.
        """
        self._validate_params()
        self._learn(as_counts(self, X, force=self.force, copy=False, reset=True))
        return self

    def transform(self, X: Any, copy: bool = True) -> Any:
        """Return counts as weights.

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
            If `X` has values that are no counts, unless forced.
        """
        check_is_fitted(self)
        counts = as_counts(self, X, force=self.force, copy=copy, reset=False)
        counts.data[:] = self._weigh(counts)
        return as_configured(counts)

    def _validate_params(self) -> None:
        super()._validate_params()
        self._check_options()

    def _check_options(self) -> None:
        raise NotImplementedError

    def _learn(self, counts: Any) -> None:
        raise NotImplementedError

    def _weigh(self, counts: Any) -> NDArray[Any]:
        raise NotImplementedError

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags

    if TYPE_CHECKING:

        def get_params(self, deep: bool = True) -> dict[str, Any]: ...
