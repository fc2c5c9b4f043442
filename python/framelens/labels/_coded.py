"""What coded items of a stratified sheet tell of the labels that were not coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "code_columns",
    "code_shares",
    "error_effect",
    "quantiles",
    "right_share",
    "simulated_counts",
    "strata_of",
    "wilson_interval",
]

DRAWS = 4000
LEVEL = 0.95
# Before the name of a pole, the share of its code; alone, that of all other codes.
CODE = "code_"
_Z = 1.959963984540054


def code_shares(codes: pd.DataFrame, poles: Sequence[str]) -> pd.DataFrame:
    """Return the share of each pole, and of all other codes, in what coders say of each item.

    The commonest code has it all; codes that are as common share it. NaN without a code.
    """
    place = {pole.lower(): i for i, pole in enumerate(poles)}
    shares = np.full((len(codes), len(poles) + 1), np.nan)
    for i, row in enumerate(codes.itertuples(index=False)):
        counts = Counter(code for code in row if isinstance(code, str))
        best = [code for code, count in counts.items() if count == max(counts.values())]
        if best:
            shares[i] = 0
        for code in best:
            shares[i, place.get(code, len(poles))] += 1 / len(best)
    return pd.DataFrame(shares, columns=code_columns(poles), index=codes.index)


def code_columns(poles: Sequence[str]) -> list[str]:
    """Return the names of the columns of shares, that of all other codes last."""
    return [*(f"{CODE}{pole}" for pole in poles), CODE]


def strata_of(items: pd.DataFrame, poles: Sequence[str]) -> pd.DataFrame:
    """Return one row a stratum: target, source, tool, size, undrawn, coded, and sums of shares.

    `items` has one row an item: stratum, stratum_size, undrawn, target, source, tool (missing: no
    label) and the columns of :func:`code_shares`.
    """
    known = items.assign(coded=items[CODE].notna().astype(int))
    columns = {
        "target": "first", "source": "first", "tool": "first", "stratum_size": "first",
        "undrawn": "first", "coded": "sum", **dict.fromkeys(code_columns(poles), "sum"),
    }  # fmt: skip
    return known.groupby("stratum", sort=True).agg(columns).reset_index()


def error_effect(items: pd.DataFrame) -> float:
    """Return how much less coded items tell since errors of one document are alike: 1 or more."""
    coded = items[items[CODE].notna()]
    right = np.array([right_share(row) for row in coded.to_dict("records")])
    group, names = pd.factorize(coded["stratum"], sort=True)
    cluster, _ = pd.factorize(coded["doc"], sort=True)
    labels = {
        "group": group.astype(np.int32), "cluster": cluster.astype(np.int64),
        "pole": np.where(right >= 0.5, 0, 1), "weight": np.ones(len(coded)),
    }  # fmt: skip
    found = _core.score_labels(labels, [0] * len(names), 2)["correlation"]
    known = found[~np.isnan(found)]
    if not len(known):  # no error differs from another
        return 1.0
    sizes = coded.groupby(["stratum", "doc"]).size().to_numpy(dtype=float)
    return float(1 + known[0] * ((sizes**2).sum() / sizes.sum() - 1))


def right_share(row: Mapping[Any, Any]) -> float:
    """Return how far the coders of an item agree with the tool: 0 to 1, NaN without a code."""
    tool = row["tool"]
    name = f"{CODE}{tool}" if isinstance(tool, str) else CODE
    return float(row[name] if name in row else row[CODE])


def simulated_counts(
    strata: pd.DataFrame, poles: Sequence[str], effect: float = 1.0, *, rates: bool = False
) -> NDArray[np.float64]:
    """Draw how many units of each stratum are of each pole: draws x strata x poles.

    What is coded is known; of the others, a draw of the shares from their posterior tells how many
    there are. With `rates` nothing is known but the shares, as of other texts like these. The prior
    is Jeffreys' in strata of labels; where there are none, missed labels are taken to lean as the
    found ones do, with the weight of one item. A stratum without codes is NaN.
    """
    random = np.random.default_rng(0)
    found = [strata.loc[strata["tool"] == pole, "stratum_size"].sum() + 0.5 for pole in poles]
    lean = np.array(found, dtype=float) / sum(found)
    counts = np.full((DRAWS, len(strata), len(poles)), np.nan)
    for place, row in enumerate(strata.to_dict("records")):
        if not row["coded"]:
            continue
        seen = np.array([row[name] for name in code_columns(poles)], dtype=float)
        of_labels = isinstance(row["tool"], str)
        prior = np.full(len(seen), 0.5) if of_labels else np.append(lean, 0.5)
        shares = random.dirichlet(seen / effect + prior, DRAWS)
        if rates:
            counts[:, place] = row["stratum_size"] * shares[:, :-1]
            continue
        rest = max(int(row["stratum_size"]) - int(row["coded"]), 0)
        drawn = random.multinomial(rest, shares)[:, :-1]
        counts[:, place] = seen[:-1] + drawn
    return counts


def wilson_interval(share: float, n: float) -> tuple[float, float]:
    """Return Wilson's interval of a share of `n` items; NaN without items.

    Examples
    --------
    >>> from framelens.labels._coded import wilson_interval
    >>> low, high = wilson_interval(0.5, 10)
    >>> round(low, 3), round(high, 3)
    (0.237, 0.763)
    """
    if not n > 0:
        return float("nan"), float("nan")
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    reach = _Z / (1 + _Z**2 / n) * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, float(middle - reach)), min(1.0, float(middle + reach))


def quantiles(draws: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the middle 95% of `draws`."""
    tails = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    if np.isnan(draws).any():
        return float("nan"), float("nan")
    low, high = np.quantile(draws, tails)
    return float(low), float(high)
