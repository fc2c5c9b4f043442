"""Whether sources differ at all: one permutation test over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens.labels.comparing import KNOWN_SHARE, Design, families, unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["any_difference"]

ROUNDS = 1999
LEVEL = 0.05
COLUMNS = ("target", "axis", "voice", "object", "sources", "clusters", "p")
_CLOSE = 1e-9
_AT_ONCE = 1_000_000  # numbers that are drawn in one go


def any_difference(labels: pd.DataFrame, design: Design, *, rounds: int = ROUNDS) -> pd.DataFrame:
    """Return one row a target and voice of `labels`, which are as in `compare_sources`.

    The statistic is the variance of the scores between sources, weighted by labels; clusters of
    labels are exchanged between sources, within events where these are known for four fifths of the
    documents. Missing where no exchange could give 0.05.
    """
    rows = [
        {**keys, "object": design.object, **_tested(own, design, rounds)}
        for keys, own in families(labels)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.assign(p=frame["p"].astype("float64"))


def _tested(labels: pd.DataFrame, design: Design, rounds: int) -> dict[str, Any]:
    known = labels["event"].notna()
    by_doc = labels.drop_duplicates("doc")["event"].notna()
    matched = design.matched
    if matched is None:
        matched = design.weight == "event" or bool(by_doc.mean() >= KNOWN_SHARE)
    labels = labels[known] if matched else labels
    event = pd.factorize(labels["event"], sort=True)[0] if matched else 0
    units = unit_rows(
        labels.assign(event=event), design.weight, ["event", "source", "cluster"]
    ).sort_values(["event", "source", "balance", "weight"], kind="stable", ignore_index=True)
    source, names = pd.factorize(units["source"])
    p = _p(units, source, len(names), rounds) if len(names) > 1 else None
    return {"sources": len(names), "clusters": len(units), "p": p}


def _p(units: pd.DataFrame, source: NDArray[np.intp], sources: int, left: int) -> float | None:
    columns = (units[name].to_numpy(dtype=float) for name in ("balance", "weight", "event"))
    balance, weight, event = columns
    observed = _between(source[np.newaxis], balance, weight, sources)[0]
    random = np.random.default_rng(0)
    drawn = [np.array([observed])]
    while left > 0:
        rounds = min(left, max(1, _AT_ONCE // len(event)))
        # Within an event the order is at random, and events stay in theirs.
        order = np.argsort(event + random.random((rounds, len(event))), axis=1)
        drawn.append(_between(source[order], balance, weight, sources))
        left -= rounds
    every = np.concatenate(drawn)
    if np.mean(every >= every.max() - _CLOSE) > LEVEL:
        return None
    return float(np.mean(every >= observed - _CLOSE))


def _between(
    source: NDArray[np.intp], balance: NDArray[np.float64], weight: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    rounds = len(source)
    place = (source + n * np.arange(rounds)[:, np.newaxis]).ravel()
    sums = [
        np.bincount(place, np.tile(values, rounds), n * rounds).reshape(rounds, n)
        for values in (balance, weight)
    ]
    scores = sums[0] / sums[1]
    mean = balance.sum() / weight.sum()
    spread: NDArray[np.float64] = (sums[1] * (scores - mean) ** 2).sum(axis=1)
    return spread
