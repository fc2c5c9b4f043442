"""Word shifts: which words carry the difference between a source and others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.base.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["WordShift", "shift_words"]


@dataclass(frozen=True, repr=False, eq=False)
class WordShift(Result):
    """Which words carry the difference between a source and what it is contrasted with.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a term, the largest part first: ``rate`` and ``rate_others`` (per 1,000 words),
        their ``difference`` (the proportion shift), ``log_odds`` (of the two rates, plain; missing
        where one side has none), and ``part``: the term's share of all differences, positive where
        the source uses it more; without their signs the parts add up to 1.
    source, other : str
        What is contrasted with what.
    """

    source: str = ""
    other: str = "all others"

    def plot(self, ax: Axes | None = None, *, terms: int = 30) -> Axes:
        """Draw the terms with the largest parts, in the order of the parts."""
        from framelens.plots import shift_bars

        return shift_bars(self.frame, ax=ax, terms=terms, source=self.source, other=self.other)


def shift_words(rows: pd.DataFrame, source: str, other: str) -> WordShift:
    """Take the difference of two rates of words apart; `rows` are a source's of ``Keyness.frame``.

    Source: Gallagher and others (2021), Generalized word shift graphs, EPJ Data Science 10.
    """
    rate, others = rows["rate"].to_numpy(dtype=float), rows["rate_others"].to_numpy(dtype=float)
    difference = rate - others
    total = np.abs(difference).sum()
    a, b = rate / 1000.0, others / 1000.0
    known = (a > 0) & (b > 0) & (a < 1) & (b < 1)
    safe_a, safe_b = np.where(known, a, 0.5), np.where(known, b, 0.5)
    odds = np.log(safe_a / (1.0 - safe_a)) - np.log(safe_b / (1.0 - safe_b))
    frame = pd.DataFrame(
        {
            "term": rows["term"].to_numpy(dtype=object),
            "rate": rate,
            "rate_others": others,
            "difference": difference,
            "log_odds": np.where(known, odds, np.nan),
            "part": difference / total if total > 0 else difference,
        }
    )
    order = np.lexsort((frame["term"].to_numpy(dtype=str), -np.abs(difference)))
    return WordShift(frame.iloc[order].reset_index(drop=True), source, other)
