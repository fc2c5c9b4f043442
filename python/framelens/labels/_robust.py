"""Whether a difference between sources hangs on labels for which somebody had to be resolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from framelens.labels.comparing import Design, PairOfSources

_KEYS = ["target", "axis", "voice", "a", "b"]
_SURE = 0.05


def with_robustness(
    frame: pd.DataFrame,
    labels: pd.DataFrame,
    unresolved: pd.DataFrame,
    pairs: Sequence[PairOfSources],
    design: Design,
) -> pd.DataFrame:
    """Add the shares of unresolved labels, and whether `frame` holds whatever they mean.

    Parameters
    ----------
    frame : pandas.DataFrame
        What :func:`framelens.labels.comparing.compare_sources` made of `labels`.
    labels, unresolved : pandas.DataFrame
        Labels of either pole, as it takes them, with `anchored`; those that are nobody's.
    pairs : sequence of pair
    design : Design

    Returns
    -------
    pandas.DataFrame
        With unresolved_a, unresolved_b (shares among the labels of a pole), unresolved_difference,
        unresolved_p and robust: sign and verdict (q < .05) are those of the anchored labels, too,
        and of all labels with the unresolved ones; missing without a difference.
    """
    from framelens.labels.comparing import compare_sources

    every = pd.concat([labels, unresolved], ignore_index=True)
    is_open = np.arange(len(every)) >= len(labels)
    shares = _beside(frame, compare_sources(every.assign(first=is_open), pairs, design))
    found = frame.copy()
    for side in ("a", "b"):
        found[f"unresolved_{side}"] = (1 + shares[f"score_{side}"]) / 2
    found["unresolved_difference"] = shares["difference"] / 2
    found["unresolved_p"] = shares["p"]
    others = [labels[labels["anchored"].astype(bool)], *([every] if len(unresolved) else [])]
    agrees = pd.Series(True, index=frame.index)
    for other in others:
        beside = _beside(frame, compare_sources(other, pairs, design))
        agrees &= np.sign(beside["difference"]) == np.sign(frame["difference"])
        agrees &= (beside["q"] < _SURE) == (frame["q"] < _SURE)
    found["robust"] = agrees.astype("boolean").mask(frame["difference"].isna())
    return found


def _beside(frame: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `other` for those of `frame`, missing where it has none."""
    keys = [table[_KEYS].fillna("").agg("\0".join, axis=1) for table in (frame, other)]
    if not len(frame) or not len(other):
        return other.reindex(frame.index)
    return other.set_axis(keys[1]).reindex(keys[0]).set_axis(frame.index)
