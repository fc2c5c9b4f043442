"""Error rates by true pole that sources are taken to share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.labels._coded import CODE, DRAWS, code_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["homogeneity_p", "pooled_totals"]


def pooled_totals(
    items: pd.DataFrame, labels: pd.DataFrame, poles: Sequence[str]
) -> dict[str, tuple[list[float], NDArray[np.float64]]]:
    """Return the estimated labels of each pole by source, and draws of them.

    What the tool counts for each pole is what each true pole adds by its rates: solved for the true
    counts, none below 0. `items` and `labels` are of one target. Source: Rogan and Gladen, American
    Journal of Epidemiology 107 (1978), for more classes than two.
    """
    if not len(items):
        return {}
    table, effective = _rates(_weighted(items), poles)
    rates = table / np.maximum(table.sum(axis=1, keepdims=True), 1e-300)
    random = np.random.default_rng(0)
    drawn = np.stack(
        [
            random.dirichlet(share * n + 0.5, DRAWS)
            for share, n in zip(rates, effective, strict=True)
        ],
        axis=1,
    )
    found = {}
    for source, own in items.groupby("source", sort=True):
        strata = own.drop_duplicates("stratum")
        missed = strata[strata["tool"].isna()]["stratum_size"].sum()
        missed += int(strata["undrawn"].iloc[0])
        of_source = labels[labels["source"] == source]
        counts = [float((of_source["tool"] == pole).sum()) for pole in poles]
        counts.append(len(of_source) - sum(counts) + float(missed))
        estimate = _solved(rates[np.newaxis], np.array(counts))[0]
        found[str(source)] = (estimate.tolist(), _solved(drawn, np.array(counts)))
    return found


def homogeneity_p(items: pd.DataFrame, poles: Sequence[str]) -> float | None:
    """Return p of a chi-squared test that sources have equal error rates by true pole.

    First-order corrected for weights (Rao and Scott, Annals of Statistics 12, 1984). None where no
    two sources can be compared.
    """
    from scipy.special import chdtrc

    weighted = _weighted(items)
    statistic, degrees = 0.0, 0
    by_source = [_rates(own, poles) for _, own in weighted.groupby("source", sort=True)]
    for pole in range(len(poles) + 1):
        shares = [(table[pole], n[pole]) for table, n in by_source if n[pole] > 0]
        observed = np.array([row / row.sum() * n for row, n in shares])
        if len(observed) < 2:
            continue
        observed = observed[:, observed.sum(axis=0) > 0]
        expected = np.outer(observed.sum(axis=1), observed.sum(axis=0)) / observed.sum()
        statistic += float(((observed - expected) ** 2 / expected).sum())
        degrees += (observed.shape[0] - 1) * (observed.shape[1] - 1)
    return float(chdtrc(degrees, statistic)) if degrees else None


def _weighted(items: pd.DataFrame) -> pd.DataFrame:
    coded = items[items[CODE].notna()]
    return coded.assign(
        stands_for=coded["stratum_size"] / coded.groupby("stratum")[CODE].transform("size")
    )


def _rates(
    items: pd.DataFrame, poles: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights, true class by the tool's, none of the poles last, and items of each class."""
    place = {pole: i for i, pole in enumerate(poles)}
    tool = np.array([place.get(name, len(poles)) for name in items["tool"]], dtype=int)
    weights = items["stands_for"].to_numpy(dtype=float)
    codes = items[code_columns(poles)].to_numpy(dtype=float) * weights[:, np.newaxis]
    table = np.zeros((len(poles) + 1, len(poles) + 1))
    for true in range(len(poles) + 1):
        table[true] = np.bincount(tool, codes[:, true], minlength=len(poles) + 1)
    squares = (codes**2).sum(axis=0)
    effective = np.divide(
        codes.sum(axis=0) ** 2, squares, out=np.zeros(len(squares)), where=squares > 0
    )
    return table, effective


def _solved(rates: NDArray[np.float64], counts: NDArray[np.float64]) -> NDArray[np.float64]:
    # counts = true counts @ rates, for each draw of the rates; the last class is of no pole.
    turned = np.swapaxes(rates, 1, 2)
    true = np.linalg.pinv(turned) @ counts
    solved: NDArray[np.float64] = np.maximum(true[:, :-1], 0.0)
    return solved
