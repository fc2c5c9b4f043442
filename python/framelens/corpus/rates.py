"""Rates per 1,000 words with intervals that take documents, or events, as their units."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens import _core
from framelens.corpus.groups import units_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from framelens.corpus.corpus import Corpus

__all__ = ["MIN_UNITS", "add_rates", "widening", "word_counts"]

PER = 1000
LEVEL = 0.95
# Below this an interval says nothing.
MIN_UNITS = 5


def word_counts(corpus: Corpus, zones: Collection[str]) -> pd.DataFrame:
    """Return doc, source, unit and words (in the zones) of each document."""
    return pd.DataFrame(
        {
            "doc": pd.Series(corpus.ids, dtype=object),
            "source": pd.Series(corpus.source_of, dtype=object),
            "unit": pd.Series(units_of(corpus), dtype=object),
            "words": _core.count_words(corpus.annotations, sorted(zones)),
        }
    )


def add_rates(
    table: pd.DataFrame, rows: pd.DataFrame, words: pd.DataFrame, *, family: Sequence[str]
) -> pd.DataFrame:
    """Add count, rate, low and high to `table`, whose columns are the keys of its groups.

    `rows` has one row an event, with doc and the keys; `words` is of :func:`word_counts`. A rate is
    per 1,000 words of the group's source, or of the corpus where the keys name no source. Groups
    that share the keys in `family` share one design effect.

    The design effect is the variance of the rate as a ratio over units, divided by what it would be
    if each event came alone, at least 1; the interval is Jeffreys' for a Poisson count that is
    smaller by it, the design effect first raised by (t / z)^2 for its degrees of freedom. Missing
    with fewer than 5 units, and where no group of the family has an event.

    Source: Cochran, Sampling Techniques, 1977, section 6.4 (ratio); Brown, Cai and DasGupta,
    Journal of Statistical Planning and Inference 131 (2005) (Jeffreys' interval).
    """
    keys = list(table.columns)
    sums = _sums(table, rows, words, keys)
    count, total, n = sums["count"], sums["total"], sums["units"]
    rate = count / total.where(total > 0)
    square = sums["squares"] - 2 * rate * sums["products"] + rate**2 * sums["total_squares"]
    estimable = (n >= 2) & (count > 0)
    parts = pd.DataFrame(
        {
            "square": (square * n / (n - 1).clip(lower=1)).where(estimable, 0.0),
            "count": count.where(estimable, 0),
            "degrees": (n - 1).where(estimable, 0),
        }
    )
    pooled = parts.groupby([table[key] for key in family], sort=False).transform("sum")
    effect = (pooled["square"] / pooled["count"].where(pooled["count"] > 0)).clip(lower=1.0)
    effect = (effect * widening(pooled["degrees"].to_numpy())).where(n >= MIN_UNITS)
    low, high = _jeffreys(count / effect)
    out = table.assign(count=count.astype("int64"), rate=PER * rate)
    out["low"] = PER * (low * effect / total).where(count > 0, effect * 0.0)
    out["high"] = PER * high * effect / total
    return out


def _sums(
    table: pd.DataFrame, rows: pd.DataFrame, words: pd.DataFrame, keys: list[str]
) -> pd.DataFrame:
    base = words if "source" in keys else words.assign(source="")
    per_unit = base.groupby(["source", "unit"], sort=False)["words"].sum()
    units = per_unit[per_unit > 0].reset_index()
    units["square"] = units["words"].astype("float64") ** 2
    by_base = units.groupby("source").agg(
        units=("words", "size"), total=("words", "sum"), total_squares=("square", "sum")
    )
    placed = rows[["doc", *keys]].merge(base[["doc", "unit"]], on="doc")
    cells = placed.groupby([*keys, "unit"], sort=False).size().reset_index(name="count")
    cells = cells.assign(source=cells["source"] if "source" in keys else "")
    cells = cells.merge(units[["source", "unit", "words"]], on=["source", "unit"])
    cells["squares"] = cells["count"].astype("float64") ** 2
    cells["products"] = cells["count"].astype("float64") * cells["words"]
    by_group = cells.groupby(keys)[["count", "squares", "products"]].sum()
    index = pd.MultiIndex.from_frame(table) if len(keys) > 1 else pd.Index(table[keys[0]])
    found = by_group.reindex(index, fill_value=0).reset_index(drop=True)
    of_base = table["source"] if "source" in keys else pd.Series([""] * len(table), dtype=object)
    known = by_base.reindex(of_base).fillna(0).reset_index(drop=True)
    return pd.concat([found, known], axis=1).set_index(table.index).astype("float64")


def widening(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (t / z)^2 by degrees of freedom: how much wider an interval is for few units.

    Missing without a degree of freedom.
    """
    from scipy.stats import norm, t

    tail = (1 + LEVEL) / 2
    known = np.where(degrees > 0, degrees, np.nan)
    return np.asarray((t.ppf(tail, known) / norm.ppf(tail)) ** 2)


def _jeffreys(count: pd.Series[float]) -> tuple[pd.Series[float], pd.Series[float]]:
    from scipy.special import gammaincinv

    tail = (1 - LEVEL) / 2
    shape = count.to_numpy() + 0.5
    low, high = gammaincinv(shape, tail), gammaincinv(shape, 1 - tail)
    return pd.Series(low, count.index), pd.Series(np.asarray(high), count.index)
