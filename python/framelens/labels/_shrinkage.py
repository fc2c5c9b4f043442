"""Scores drawn towards the mean of all sources, and between which ranks a source stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["COLUMNS", "shrunk_scores"]

COLUMNS = ("shrunk", "shrunk_low", "shrunk_high", "rank_low", "rank_high")
_POINTS = 24
_Z = 1.959963984540054


def shrunk_scores(first: Any, second: Any, family: Any) -> pd.DataFrame:
    """Return shrunk scores, their intervals and intervals of ranks, one row a source.

    `first` and `second` are labels as independent ones (effective numbers, NaN where missing);
    sources of one family have shares of the first pole from one beta distribution. Its mean is
    estimated, and its variance averaged over its posterior (uniform in the correlation of labels
    within a source). Where the moment estimate of the variance is 0, all sources have one score,
    and every rank. Rank 1 leans most to the first pole: a source is above another where the
    posterior says so at 97.5%.

    Missing for a source without an interval, and where no other source has one.

    Source: Kleinman, Journal of the American Statistical Association 68 (1973) (moment estimate);
    Morris, the same 78 (1983) (intervals); Klein, Wright and Wieczorek, Journal of the Royal
    Statistical Society C 69 (2020) (ranks from intervals).
    """
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    columns = {name: np.full(len(first), np.nan) for name in COLUMNS}
    known = np.flatnonzero(first + second > 0)
    codes, _ = pd.factorize(np.asarray(family)[known])
    order = known[np.argsort(codes, kind="stable")]
    for members in np.split(order, np.cumsum(np.bincount(codes))[:-1] if len(codes) else []):
        if len(members) < 2:
            continue
        found = _of_family(first[members], first[members] + second[members])
        for name, values in zip(COLUMNS, found, strict=True):
            columns[name][members] = values
    frame = pd.DataFrame(columns)
    for name in ("rank_low", "rank_high"):
        frame[name] = frame[name].astype("Int64")
    return frame


def _of_family(first: NDArray[np.float64], n: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    from scipy.special import betaincinv

    mean, variance = _posterior(first, n)
    if not _variance_between(first, n) > 0:
        mean = np.full(len(n), (first.sum() + 0.5) / (n.sum() + 1))
    # The posterior as the beta distribution of its mean and variance.
    size = np.maximum(mean * (1 - mean) / variance - 1, 1e-6)
    low = 2 * betaincinv(mean * size, (1 - mean) * size, 0.025) - 1
    high = 2 * betaincinv(mean * size, (1 - mean) * size, 0.975) - 1
    apart = mean[:, np.newaxis] - mean
    surely = apart > _Z * np.sqrt(variance[:, np.newaxis] + variance)
    rank_low = 1.0 + surely.sum(axis=0)
    rank_high = len(n) - surely.sum(axis=1).astype(float)
    return [2 * mean - 1, low, high, rank_low, rank_high]


def _variance_between(first: NDArray[np.float64], n: NDArray[np.float64]) -> float:
    """Return the correlation of labels within a source, by moments; 0 and less: none."""
    total, share = n.sum(), first.sum() / n.sum()
    left = 1 - n / total
    room = (left * (n - 1)).sum()
    if not 0 < share < 1 or not room > 0:
        return 0.0
    squares = (n * (first / n - share) ** 2).sum() / (share * (1 - share))
    return float((squares - left.sum()) / room)


def _posterior(
    first: NDArray[np.float64], n: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean and variance of each source's share."""
    from scipy.special import betaln

    root = (np.arange(_POINTS) + 0.5) / _POINTS
    correlation = root[:, np.newaxis] ** 2
    prior = 1 / correlation - 1  # as so many labels
    weight = n / (1 + correlation * (n - 1))
    sums = weight.sum(axis=1, keepdims=True) + 1
    share = ((weight * (first / n)).sum(axis=1, keepdims=True) + 0.5) / sums
    a, b = share * prior, (1 - share) * prior
    likelihood = (betaln(first + a, n - first + b) - betaln(a, b)).sum(axis=1) + np.log(root)
    points = np.exp(likelihood - likelihood.max())
    points = (points / points.sum())[:, np.newaxis]
    means = (first + a) / (n + prior)
    # What is not known of the mean of all sources adds to what is not known of each.
    of_mean = share * (1 - share) / sums * (prior / (n + prior)) ** 2
    variances = means * (1 - means) / (n + prior + 1) + of_mean
    mean = (points * means).sum(axis=0)
    variance = (points * (variances + means**2)).sum(axis=0) - mean**2
    return mean, np.minimum(np.maximum(variance, 1e-12), 0.999 * mean * (1 - mean))
