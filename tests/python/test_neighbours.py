"""Similarity of rows: every measure by its formula, nearest rows by sorting, bad input."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import numpy as np
import pytest
from scipy import sparse
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import cosine_similarity

import framelens as fl
from framelens.corpus.neighbours import DISTANCES, MEASURES
from oracle import pairs as oracle

SHARES = ("jensen_shannon", "hellinger")


def rows(count: int, columns: int = 90, *, seed: int, signed: bool = False) -> sparse.csr_array:
    """Rows with common and rare columns, an empty row and two equal ones."""
    rng = np.random.default_rng(seed)
    share = 1.0 / np.arange(1, columns + 1) ** 0.7
    values = rng.gamma(1.0, 1.0, (count, columns)) * (rng.random((count, columns)) < share)
    if signed:
        values *= rng.choice([-1.0, 1.0], values.shape)
    if count > 3:
        values[1] = 0.0
        values[2] = values[0]
    return sparse.csr_array(values)


def counted(count: int, *, seed: int) -> sparse.csr_array:
    """Rows of small whole numbers: many equal values."""
    found = rows(count, 40, seed=seed)
    found.data = np.ceil(found.data)
    return found


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("signed", [False, True])
def test_measures_equal_their_formulas(measure: str, seed: int, signed: bool) -> None:
    if signed and measure in SHARES:
        return
    X, Y = rows(25, seed=seed, signed=signed), rows(19, seed=seed + 10, signed=signed)
    for first, second in ((X, None), (X, Y), (X[:3], Y[:1])):
        found = fl.pairwise(first, second, measure=measure)
        other = first if second is None else second
        expected = oracle.pairwise(first.toarray(), other.toarray(), measure)
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("measure", "peer"),
    [
        ("euclidean", "euclidean"), ("manhattan", "cityblock"), ("canberra", "canberra"),
        ("jensen_shannon", "jensenshannon"),
    ],
)  # fmt: skip
def test_distances_equal_scipy(measure: str, peer: str) -> None:
    X = rows(40, 300, seed=4)[3:]
    found = fl.pairwise(X, measure=measure)
    np.testing.assert_allclose(found, cdist(X.toarray(), X.toarray(), peer), rtol=1e-12, atol=1e-12)


def test_cosine_and_correlation_equal_their_peers() -> None:
    X = rows(40, 300, seed=4)[3:]
    np.testing.assert_allclose(fl.pairwise(X), cosine_similarity(X), atol=1e-12)
    np.testing.assert_allclose(
        fl.pairwise(X, measure="correlation"), np.corrcoef(X.toarray()), atol=1e-12
    )
    steady = X.toarray() + 1000.0
    np.testing.assert_allclose(
        fl.pairwise(steady, measure="correlation"), np.corrcoef(steady), atol=1e-9
    )


@pytest.mark.parametrize("measure", DISTANCES)
def test_distances_of_rows_nearly_equal_are_exact(measure: str) -> None:
    base = rows(12, 60, seed=7)[3:].toarray()
    near = base * (1 + 1e-9 * np.random.default_rng(1).random(base.shape))
    found = fl.pairwise(base, near, measure=measure)
    expected = oracle.pairwise(base, near, measure)
    np.testing.assert_allclose(np.diag(found), np.diag(expected), rtol=1e-6)
    assert not np.diag(fl.pairwise(base, measure=measure)).any()


@pytest.mark.parametrize("measure", MEASURES)
def test_threads_and_ways_give_the_same_bytes(measure: str) -> None:
    X = rows(61, 120, seed=5)
    alone = fl.pairwise(X, measure=measure)
    for n_jobs in (2, 3, 7):
        assert fl.pairwise(X, measure=measure, n_jobs=n_jobs).tobytes() == alone.tobytes()
    assert np.array_equal(alone, alone.T, equal_nan=True)
    assert np.array_equal(alone, fl.pairwise(X, X.copy(), measure=measure), equal_nan=True)
    threshold = float(np.nanmedian(alone))
    few = fl.pairwise(X, measure=measure, threshold=threshold, n_jobs=4)
    reached = alone <= threshold if measure in DISTANCES else alone >= threshold
    assert few.nnz == reached.sum()
    assert np.array_equal(few.data, alone[reached])
    assert np.array_equal(few.indices, np.nonzero(reached)[1])
    near = fl.nearest(X, measure=measure, n=5)
    assert np.array_equal(
        near.data, alone[np.repeat(range(61), np.diff(near.indptr)), near.indices]
    )
    other = fl.nearest(X, measure=measure, n=5, n_jobs=3)
    assert near.data.tobytes() == other.data.tobytes()
    assert near.indices.tobytes() == other.indices.tobytes()


def check_nearest(X: Any, Y: Any, **options: Any) -> None:
    measure = options.get("measure", "dot")
    # Not the formula: equals must be equal to the bit to be ordered by position.
    values = fl.pairwise(X, Y, measure=measure)
    expected = oracle.nearest(
        values,
        n=options.get("n", 10),
        threshold=options.get("threshold"),
        skip_self=Y is None and not options.get("include_self", False),
        distance=measure in DISTANCES,
    )
    found = fl.nearest(X, Y, **options)
    assert found.shape == values.shape
    assert [part.tolist() for part in np.split(found.indices, found.indptr[1:-1])] == expected
    at = np.repeat(np.arange(X.shape[0]), np.diff(found.indptr))
    assert np.array_equal(found.data, values[at, found.indices])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("measure", ["dot", "cosine", "jaccard", "euclidean"])
@pytest.mark.parametrize("kind", ["positive", "signed", "counts"])
def test_nearest_equals_sorting(seed: int, measure: str, kind: str) -> None:
    def make(count: int, salt: int) -> sparse.csr_array:
        if kind == "counts":
            return counted(count, seed=seed + salt)
        return rows(count, 40, seed=seed + salt, signed=kind == "signed")

    X, Y = make(70, 0), make(45, 50)
    for second in (None, Y):
        for options in (
            {"n": 3}, {"n": 10, "include_self": True}, {"n": 200}, {"n": 4, "threshold": 0.3},
            {"n": 4, "threshold": 0.0}, {"n": 50, "threshold": -0.2}, {"n": 0},
            {"n": 5, "threshold": 1e9},
        ):  # fmt: skip
            check_nearest(X, second, measure=measure, **options)


@pytest.mark.parametrize("scale", [1e-160, 1e-30, 1e30, 1e150])
def test_nearest_at_any_scale(scale: float) -> None:
    X = rows(50, 40, seed=8)
    check_nearest(X * scale, None, n=5)
    uneven = sparse.csr_array(X.multiply(np.logspace(-12, 3, 50)[:, None]))
    check_nearest(uneven, None, n=5)
    check_nearest(uneven, None, n=5, measure="cosine")


def test_tiny_weights_are_not_lost() -> None:
    X = np.eye(30) + 0.0
    X[0, 29] = 1e-25
    X[29, 0] = 1e-25
    check_nearest(X, None, n=1)
    found = fl.nearest(X, n=1)
    assert found.indices[0] == 29
    assert found.data[0] == 2e-25


def test_zero_is_told_from_below_the_threshold() -> None:
    X = [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]
    without = fl.nearest(X, n=3)
    assert without.indices.tolist() == [1, 2, 0, 2, 1, 0]
    assert without.data.tolist() == [0.0, -1.0, 0.0, 0.0, 0.0, -1.0]
    reached = fl.nearest(X, n=3, threshold=0.0)
    assert np.diff(reached.indptr).tolist() == [1, 2, 1]
    assert fl.nearest(X, n=3, threshold=0.1).nnz == 0
    assert fl.pairwise(X, threshold=0.0).nnz == 7


def test_types_of_the_result() -> None:
    X = rows(9, seed=1)
    assert isinstance(fl.nearest(sparse.csr_matrix(X)), sparse.csr_matrix)
    assert isinstance(fl.nearest(X), sparse.csr_array)
    single = X.astype(np.float32)
    assert fl.nearest(single).dtype == fl.pairwise(single).dtype == np.float32
    assert fl.nearest(X).dtype == np.float64
    np.testing.assert_array_equal(
        fl.pairwise(single), fl.pairwise(single.astype(np.float64)).astype(np.float32)
    )
    unsorted = X.copy()
    unsorted.indices = unsorted.indices.copy()
    before = unsorted.indices.tobytes()
    fl.nearest(sparse.csc_array(X))
    fl.nearest(unsorted)
    assert unsorted.indices.tobytes() == before


def test_entries_in_any_order_and_twice() -> None:
    X = sparse.csr_array(([2.0, 1.0, 3.0, 0.0], [3, 0, 3, 1], [0, 4]), shape=(1, 5))
    assert fl.pairwise(X, measure="manhattan", Y=[[0, 0, 0, 0, 1]]).item() == 7.0
    assert X.nnz == 4


@pytest.mark.parametrize("measure", MEASURES)
def test_edges(measure: str) -> None:
    assert fl.pairwise(np.zeros((0, 4)), measure=measure).shape == (0, 0)
    assert fl.nearest(np.zeros((0, 4)), measure=measure).shape == (0, 0)
    assert fl.pairwise(np.ones((3, 4)), np.zeros((0, 4)), measure=measure).shape == (3, 0)
    assert fl.nearest(np.ones((3, 4)), np.zeros((0, 4)), measure=measure).nnz == 0
    one = fl.nearest([[1.0, 2.0]], measure=measure)
    assert one.shape == (1, 1)
    assert one.nnz == 0
    equal = np.tile([1.0, 2.0, 0.0], (5, 1))
    found = fl.nearest(equal, n=2, measure=measure)
    assert found.indices.tolist() == [1, 2, 0, 2, 0, 1, 0, 1, 0, 1]
    assert fl.nearest(equal, n=10**12, measure=measure).nnz == 20
    nothing = fl.pairwise(np.zeros((2, 3)), measure=measure)
    np.testing.assert_array_equal(
        nothing, oracle.pairwise(np.zeros((2, 3)), np.zeros((2, 3)), measure)
    )


def test_more_results_than_32_bits_can_count() -> None:
    # Wrapped to 32 bits, the array would have a size that can be had.
    with pytest.raises(MemoryError):
        fl.pairwise(sparse.csr_array((6_000_000, 3)))
    assert fl.nearest(sparse.csr_array((70_000, 3)), n=40_000, threshold=1.0).nnz == 0
    X = sparse.csr_array(([2.0, 2.0], ([0, 69_999], [1, 1])), shape=(70_000, 3))
    found = fl.nearest(X, n=70_000, threshold=0.5)
    assert found.nnz == 2
    assert found[69_999, 0] == 4.0


@pytest.mark.parametrize("measure", ["dot", "cosine"])
def test_many_short_rows(measure: str) -> None:
    # Several panels of columns, and first bounds from the rows that share rare terms.
    rng = np.random.default_rng(4)
    terms = np.minimum(rng.zipf(1.4, (20_000, 6)) - 1, 4_999)
    weights = rng.gamma(1.0, 1.0, terms.shape) + 0.01
    indptr = np.arange(0, terms.size + 1, 6)
    X = sparse.csr_array((weights.ravel(), terms.ravel(), indptr), shape=(20_000, 5_000))
    found = fl.nearest(X, n=5, measure=measure, n_jobs=2)
    # Both sides apart: each product is made twice, and nothing is known beforehand of the other.
    picked = np.arange(0, 20_000, 501)
    values = fl.pairwise(X[picked], X, measure=measure)
    expected = oracle.nearest(values, n=6, threshold=None, skip_self=False, distance=False)
    for row, order in zip(picked, expected, strict=True):
        best = [other for other in order if other != row][:5]
        assert found.indices[found.indptr[row] : found.indptr[row + 1]].tolist() == best


def test_bad_input_is_named() -> None:
    X = np.ones((2, 3))
    for arguments, options, known in (
        ((X, np.ones((2, 4))), {}, "X has 3 columns and Y has 4"),
        (([1.0, 2.0],), {}, "two dimensions"),
        ((np.array([["a"]]),), {}, "matrix of numbers"),
        ((sparse.csr_array(X * 1j),), {}, "real numbers"),
        (([[1.0, np.nan]],), {}, "row 0, column 1 is not finite"),
        (([[1.0, np.inf]],), {}, "not finite"),
        ((X,), {"measure": "cosin"}, "measure must be one of dot, cosine"),
        ((X,), {"threshold": np.nan}, "NaN"),
        (([[1.0, -1.0]],), {"measure": "hellinger"}, "row 0, column 1 is negative"),
        (([[1.0, -1.0]],), {"measure": "jensen_shannon"}, "negative"),
        ((X,), {"n_jobs": 0}, "n_jobs"),
    ):
        arguments: Any
        for function in (fl.pairwise, fl.nearest):
            with pytest.raises(ValueError, match=known):
                function(*arguments, **options)
    for n in (-1, 1.5, True):
        with pytest.raises(ValueError, match="n must be a whole number"):
            fl.nearest(X, n=n)  # type: ignore[arg-type]


@pytest.mark.parametrize("measure", ["dot", "jaccard", "canberra"])
def test_an_interrupt_stops_it(measure: str) -> None:
    X = sparse.random_array((30_000, 3_000), density=0.05, rng=1, format="csr")

    def late() -> float:
        sent = []

        def interrupt() -> None:
            time.sleep(0.6)
            sent.append(time.perf_counter())
            os.kill(os.getpid(), signal.SIGINT)

        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            fl.nearest(X, measure=measure)
        thread.join()
        return time.perf_counter() - sent[0]

    # 0.2 on a machine that does nothing else.
    assert any(late() < 0.4 for _ in range(3))


@pytest.mark.parametrize("weights", [[1e170, 1.0, 3.0, 2.0], [1e-170, 3e-170, 2e-170, 0.0]])
def test_weights_whose_squares_no_double_holds(weights: list[float]) -> None:
    X = sparse.csr_array(np.array(weights)[:, None])
    Y = sparse.csr_array(np.array([[1.0], [3.0], [2.0]]))
    expected = np.sort(fl.pairwise(X, Y, measure="dot"), axis=1)[:, ::-1][:, :2]
    assert np.array_equal(fl.nearest(X, Y, n=2).data.reshape(-1, 2), expected)


def kinds_of_rows() -> dict[str, Any]:
    """Rows without empty or constant ones, whose numbers round in many ways."""
    rng = np.random.default_rng(11)
    dense = rng.random((300, 40))
    few = rng.gamma(1.0, 1.0, (300, 900)) * (rng.random((300, 900)) < 0.03)
    few[:, 0] += 0.1
    counts = rng.integers(0, 4, (300, 60)).astype(float)
    counts[:, 0] += 1
    tfidf = np.log1p(counts) * rng.random(60)
    return {
        "dense": dense,
        "few terms": few,
        "counts": counts,
        "unit": tfidf / np.linalg.norm(tfidf, axis=1, keepdims=True),
        "signed": rng.standard_normal((300, 50)),
        "nearly constant": 1e3 + rng.random((300, 30)),
        "float32": rng.random((300, 40)).astype(np.float32),
        "huge": dense * 1e200,
        "tiny": few * 1e-200,
        "of many sizes": dense * np.logspace(-290, 290, 300)[:, None],
    }


@pytest.mark.parametrize("kind", kinds_of_rows())
@pytest.mark.parametrize("measure", ["cosine", "correlation"])
def test_equal_rows_are_as_alike_as_can_be(kind: str, measure: Any) -> None:
    given = kinds_of_rows()[kind]
    count = len(given)
    twice = np.vstack([given, given])
    other = (np.arange(2 * count) + count) % (2 * count)
    for X, Y in ((twice, None), (twice, twice), (sparse.csr_array(twice), None)):
        values = fl.pairwise(X, Y, measure=measure)
        assert values.dtype == given.dtype
        assert values.max() == 1.0
        assert values.min() >= -1.0
        assert (values[np.arange(2 * count), other] == 1.0).all()
        assert (np.diag(values) == 1.0).all()
        if Y is None:
            np.testing.assert_array_equal(values, values.T)
        above = fl.pairwise(X, Y, measure=measure, threshold=1.0)
        assert (above.toarray()[np.arange(2 * count), other] == 1.0).all()
        near = fl.nearest(X, Y, n=4, measure=measure, threshold=1.0, include_self=True)
        assert near.data.tolist() == [1.0] * near.nnz
        assert (near.toarray()[np.arange(2 * count), other] == 1.0).all()
    opposite = fl.pairwise(given, -given, measure=measure)
    assert (np.diag(opposite) == -1.0).all()
    assert opposite.min() == -1.0


@pytest.mark.parametrize("kind", kinds_of_rows())
def test_multiples_of_a_row_are_not_beyond_it(kind: str) -> None:
    given = kinds_of_rows()[kind]
    for factor in (3.0, 0.1, 7 / 11):
        for measure in ("cosine", "correlation"):
            values = fl.pairwise(given, given * given.dtype.type(factor), measure=measure)
            assert np.abs(values).max() <= 1.0
            tolerance = 1e-6 if given.dtype == np.float32 else 1e-9
            np.testing.assert_allclose(np.diag(values), 1.0, rtol=0, atol=tolerance)


@pytest.mark.parametrize("measure", MEASURES)
def test_bounded_measures_keep_their_bounds(measure: Any) -> None:
    most = {
        **dict.fromkeys(MEASURES, np.inf),
        **dict.fromkeys(
            ("cosine", "jaccard", "dice", "ejaccard", "edice", "correlation", "simple_matching",
             "hamann", "hellinger"), 1.0,
        ),
        "jensen_shannon": np.sqrt(np.log(2)),
    }  # fmt: skip
    for seed in range(4):
        X = rows(60, seed=seed).toarray()
        X[10:20] = X[20:30]
        X[30:40] *= 0  # shares nothing with
        X[30:40, -3:] = 0.1 + X[20:30, :3]
        X[40:50, -3:] = 0
        values = fl.pairwise(X, measure=measure)
        known = values[~np.isnan(values)]
        assert known.max() <= most[measure]
        assert known.min() >= (0.0 if measure in DISTANCES else -most[measure])


def test_weights_of_any_size_have_the_same_nearest_cosines() -> None:
    X = rows(80, seed=5)
    for power in (-1000, -700, -300, 300, 700, 1000):
        scaled = X.copy()
        scaled.data = np.ldexp(scaled.data, power)
        for measure in ("cosine", "correlation"):
            plain = fl.nearest(X, n=5, measure=measure)
            found = fl.nearest(scaled, n=5, measure=measure)
            np.testing.assert_array_equal(found.indices, plain.indices)
            np.testing.assert_array_equal(found.data, plain.data)
            np.testing.assert_array_equal(
                fl.pairwise(scaled, measure=measure), fl.pairwise(X, measure=measure)
            )
