"""How alike rows of any matrix are: all pairs, pairs that reach a threshold, nearest rows."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np

from framelens import _core

__all__ = ["Measure", "nearest", "pairwise"]

Measure: TypeAlias = Literal[
    "dot", "cosine", "jaccard", "dice", "ejaccard", "edice", "correlation", "simple_matching",
    "hamann", "euclidean", "manhattan", "canberra", "jensen_shannon", "hellinger",
]  # fmt: skip

MEASURES = (
    "dot", "cosine", "jaccard", "dice", "ejaccard", "edice", "correlation", "simple_matching",
    "hamann", "euclidean", "manhattan", "canberra", "jensen_shannon", "hellinger",
)  # fmt: skip
DISTANCES = ("euclidean", "manhattan", "canberra", "jensen_shannon", "hellinger")

_Rows: TypeAlias = tuple[Any, Any, Any]


def pairwise(
    X: Any,
    Y: Any = None,
    *,
    measure: Measure = "cosine",
    threshold: float | None = None,
    n_jobs: int | None = None,
) -> Any:
    """Compare every row of `X` with every row of `Y`.

    Parameters
    ----------
    X, Y : sparse matrix or array
        Rows over the same columns; without `Y`, `X` is compared with itself.
    measure : str
        Similarities: ``dot``, ``cosine``, ``ejaccard``, ``edice`` (on weights), ``jaccard``,
        ``dice``, ``simple_matching``, ``hamann`` (on which columns are not zero), ``correlation``
        (over all columns). Distances: ``euclidean``, ``manhattan``, ``canberra``,
        ``jensen_shannon`` (the root of the divergence, natural logarithm) and ``hellinger``, the
        last two on rows divided by their sums. Formulas are those of quanteda.textstats and scipy.
    threshold : float, optional
        Give only the pairs that are at least this alike: at least this similarity, or at most
        this distance.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Returns
    -------
    numpy.ndarray or sparse matrix
        A dense array, rows of `X` by rows of `Y`; with a threshold compressed sparse rows, in which
        a pair that reaches the threshold is stored even where its value is 0. ``float32`` if `X`
        and `Y` are, else ``float64``; computed as ``float64`` either way.

    Raises
    ------
    ValueError
        Other columns, a weight that is not finite, or a negative one with ``jensen_shannon`` and
        ``hellinger``; an unknown measure.

    Notes
    -----
    A pair is NaN where its measure is undefined: the cosine of an empty row, the correlation of a
    constant one. NaN reaches no threshold. (scikit-learn's ``cosine_similarity`` says 0.)

    Examples
    --------
    >>> import framelens as fl
    >>> fl.pairwise([[1, 1, 0], [0, 1, 1], [0, 1, 0]], measure="jaccard")
    array([[1.        , 0.33333333, 0.5       ],
           [0.33333333, 1.        , 0.5       ],
           [0.5       , 0.5       , 1.        ]])
    >>> fl.pairwise([[1, 1, 0], [0, 1, 1], [0, 1, 0]], threshold=0.6).nnz
    7
    """
    _check_measure(measure)
    left, right, columns, dtype = _pair(X, Y)
    if threshold is None:
        values = _core.pairwise(left, right, columns=columns, measure=measure, n_jobs=n_jobs)
        return values.astype(dtype, copy=False)
    found = _core.pairwise_above(
        left, right, columns=columns, measure=measure, threshold=_number(threshold), n_jobs=n_jobs
    )
    return _to_sparse(found, _count(right, left), dtype, X)


def nearest(
    X: Any,
    Y: Any = None,
    *,
    n: int = 10,
    threshold: float | None = None,
    include_self: bool = False,
    measure: Measure = "dot",
    n_jobs: int | None = None,
) -> Any:
    """Find the rows of `Y` that are most alike to each row of `X`.

    Parameters
    ----------
    X, Y : sparse matrix or array
        Rows over the same columns; without `Y`, `X` is searched itself.
    n : int
        How many neighbours a row has at most; more than there are rows gives all of them.
    threshold : float, optional
        Leave out what is less alike: a smaller similarity, or a larger distance.
    include_self : bool
        Without `Y`, whether a row may be its own neighbour.
    measure : str
        As in :func:`pairwise`.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Returns
    -------
    sparse matrix
        Compressed sparse rows; those of each row stand best first, equals by position. What is
        stored reached the threshold and is among the `n` best, even where its value is 0; what is
        not stored did not.

    Raises
    ------
    ValueError
        As :func:`pairwise`, and for a negative `n`.

    Notes
    -----
    The result is exact: ``dot`` and ``cosine`` are first computed in ``float32`` with a bound on
    the error, and again in ``float64`` for each row that the bound does not rule out.

    Examples
    --------
    >>> import framelens as fl
    >>> found = fl.nearest([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]], n=1)
    >>> found.indices.tolist(), found.data.tolist()
    ([1, 2, 1], [0.6, 0.8, 0.8])
    """
    _check_measure(measure)
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 0:
        raise ValueError(f"n must be a whole number from 0 on, not {n!r}")
    left, right, columns, dtype = _pair(X, Y)
    found = _core.nearest(
        left,
        right,
        columns=columns,
        measure=measure,
        n=int(n),
        threshold=None if threshold is None else _number(threshold),
        include_self=include_self,
        n_jobs=n_jobs,
    )
    return _to_sparse(found, _count(right, left), dtype, X)


def _check_measure(measure: str) -> None:
    if measure not in MEASURES:
        raise ValueError(f"measure must be one of {', '.join(MEASURES)}, not {measure!r}")


def _number(threshold: float) -> float:
    value = float(threshold)
    if np.isnan(value):
        raise ValueError("threshold must be a number, not NaN")
    return value


def _pair(X: Any, Y: Any) -> tuple[_Rows, _Rows | None, int, Any]:
    first = _as_rows(X, "X")
    second = None if Y is None else _as_rows(Y, "Y")
    if second is not None and first.shape[1] != second.shape[1]:
        raise ValueError(
            f"X has {first.shape[1]} columns and Y has {second.shape[1]}: they must have the same"
        )
    single = all(m.dtype == np.float32 for m in (first, second) if m is not None)
    dtype = np.float32 if single else np.float64
    return _parts(first), None if second is None else _parts(second), first.shape[1], dtype


def _as_rows(matrix: Any, name: str) -> Any:
    # Rows whose columns ascend, each once and none zero; the caller's matrix stays as it is.
    from scipy import sparse

    rows: Any
    given: Any = matrix
    if sparse.issparse(matrix):
        rows = sparse.csr_array(given)
    else:
        dense = np.asarray(matrix)
        if dense.ndim != 2 or dense.dtype.kind not in "biuf":
            raise ValueError(f"{name} must be a matrix of numbers with two dimensions")
        rows = sparse.csr_array(dense)
    if rows.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, not {rows.dtype}")
    if not rows.has_canonical_format:
        rows = rows.copy()
        rows.sum_duplicates()
    if np.count_nonzero(rows.data) != rows.nnz:
        rows = rows.copy()
        rows.eliminate_zeros()
    return rows


def _parts(rows: Any) -> _Rows:
    if rows.shape[0] > np.iinfo(np.int32).max or rows.shape[1] > np.iinfo(np.int32).max:
        raise ValueError(
            f"a matrix of {rows.shape} is too large: at most 2^31 - 1 rows and columns are allowed"
        )
    return (
        rows.indptr.astype(np.int64, copy=False),
        rows.indices.astype(np.int32, copy=False),
        rows.data.astype(np.float64, copy=False),
    )


def _count(right: _Rows | None, left: _Rows) -> tuple[int, int]:
    other = left if right is None else right
    return len(left[0]) - 1, len(other[0]) - 1


def _to_sparse(found: _Rows, shape: tuple[int, int], dtype: Any, like: Any) -> Any:
    from scipy import sparse

    indptr, indices, data = found
    if indptr[-1] <= np.iinfo(np.int32).max:
        indptr = indptr.astype(np.int32)
    # A matrix for a matrix; an array for everything else, as scipy recommends.
    kind: Any = sparse.csr_matrix if sparse.isspmatrix(like) else sparse.csr_array
    return kind((data.astype(dtype, copy=False), indices, indptr), shape=shape)
