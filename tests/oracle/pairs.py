"""Measures between two dense rows, as quanteda.textstats and scipy.spatial.distance define them."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

Row = np.ndarray


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else math.nan


def _sets(x: Row, y: Row) -> tuple[int, int, int, int]:
    """In both, in x alone, in y alone, in neither."""
    a, b = x != 0, y != 0
    return int((a & b).sum()), int((a & ~b).sum()), int((~a & b).sum()), int((~a & ~b).sum())


def _correlation(x: Row, y: Row) -> float:
    if len(set(x.tolist())) < 2 or len(set(y.tolist())) < 2:
        return math.nan
    u, v = x - x.mean(), y - y.mean()
    return float(u @ v / (np.linalg.norm(u) * np.linalg.norm(v)))


def _divergence(p: Row, m: Row) -> float:
    return sum(a * math.log(a / b) for a, b in zip(p, m, strict=True) if a > 0)


def _jensen_shannon(x: Row, y: Row) -> float:
    if not x.any() or not y.any():
        return math.nan
    p, q = x / x.sum(), y / y.sum()
    if np.allclose(p, q, rtol=1e-6, atol=0):  # the first term of the series
        both = p + q > 0
        return math.sqrt(((p - q)[both] ** 2 / (p + q)[both]).sum() / 4)
    middle = (p + q) / 2
    return math.sqrt(max(_divergence(p, middle) / 2 + _divergence(q, middle) / 2, 0.0))


def _hellinger(x: Row, y: Row) -> float:
    if not x.any() or not y.any():
        return math.nan
    gap = np.sqrt(x / x.sum()) - np.sqrt(y / y.sum())
    return math.sqrt(gap @ gap / 2)


def _canberra(x: Row, y: Row) -> float:
    pairs = zip(x, y, strict=True)
    return sum(abs(a - b) / (abs(a) + abs(b)) for a, b in pairs if a != 0 or b != 0)


def _jaccard(x: Row, y: Row) -> float:
    both, left, right, _ = _sets(x, y)
    return _ratio(both, both + left + right)


def _dice(x: Row, y: Row) -> float:
    both, left, right, _ = _sets(x, y)
    return _ratio(2 * both, 2 * both + left + right)


def _matching(x: Row, y: Row) -> float:
    both, _, _, neither = _sets(x, y)
    return _ratio(both + neither, len(x))


MEASURES: dict[str, Callable[[Row, Row], float]] = {
    "dot": lambda x, y: float(x @ y),
    "cosine": lambda x, y: _ratio(float(x @ y), math.sqrt(x @ x) * math.sqrt(y @ y)),
    "jaccard": _jaccard,
    "dice": _dice,
    "ejaccard": lambda x, y: _ratio(float(x @ y), float(x @ x + y @ y - x @ y)),
    "edice": lambda x, y: _ratio(float(2 * x @ y), float(x @ x + y @ y)),
    "correlation": _correlation,
    "simple_matching": _matching,
    "hamann": lambda x, y: 2 * _matching(x, y) - 1,
    "euclidean": lambda x, y: float(np.linalg.norm(x - y)),
    "manhattan": lambda x, y: float(np.abs(x - y).sum()),
    "canberra": _canberra,
    "jensen_shannon": _jensen_shannon,
    "hellinger": _hellinger,
}


def pairwise(X: Row, Y: Row, measure: str) -> Row:
    """Every row of X against every row of Y."""
    return np.array([[MEASURES[measure](x, y) for y in Y] for x in X]).reshape(len(X), len(Y))


def nearest(
    values: Row, *, n: int, threshold: float | None, skip_self: bool, distance: bool
) -> list[list[int]]:
    """Positions of the n best values of each row, best first, equals by position."""
    sign = -1 if distance else 1
    found = []
    for i, row in enumerate(values):
        ranked = sorted(
            (-sign * value, j)
            for j, value in enumerate(row)
            if not math.isnan(value)
            and not (skip_self and i == j)
            and (threshold is None or sign * value >= sign * threshold)
        )
        found.append([j for _, j in ranked[:n]])
    return found
