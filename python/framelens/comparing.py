"""Whether two sources frame a target differently: difference, interval and p of pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens import _core
from framelens.characters import plain
from framelens.namings import VOICES, voice_of
from framelens.results import Result
from framelens.scores import LEVEL, jeffreys_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["Comparison", "Unit", "compare_sources", "mover_interval"]

Unit: TypeAlias = Literal["label", "document", "event"]

UNITS = ("label", "document", "event")
# Exchanges of documents: all where there are fewer, else so many at random.
ROUNDS = 9999
MIN_UNITS = 5
COLUMNS = (
    "target", "axis", "voice", "object", "a", "b", "score_a", "score_b", "difference", "low",
    "high", "p", "q", "documents_a", "documents_b", "events",
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class Comparison(Result):
    """Differences between sources, one row a target, voice and pair.

    Columns: target, axis, voice, object, a, b, score_a, score_b, difference (of a from b), low and
    high (95%), p (permutation of documents within events), q (Benjamini-Hochberg over the pairs of
    a target and voice), documents_a, documents_b (with labels), events (that both label; missing
    where no events are known). What too few documents cannot tell is missing.
    """

    poles: tuple[str, ...] = field(default_factory=tuple)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the differences with their intervals."""
        from framelens.plots import differences

        return differences(self.frame, poles=(self.poles[0], self.poles[1]), ax=ax)


@dataclass(frozen=True)
class Pair:
    """Two sources, what their documents count as, and the object of the labels."""

    a: str
    b: str
    weight: Unit
    object: str


def compare_sources(
    labels: pd.DataFrame, pairs: list[tuple[str, str]], weight: Unit, object: str
) -> pd.DataFrame:
    """Compare `pairs` of sources on `labels`.

    `labels` has one row a label of either pole: target, axis, voice, reported, source, doc, event
    (None where unknown), cluster, first (bool), weight.
    """
    rows = []
    for keys, own in _families(labels):
        for a, b in pairs:
            rows.append({**keys, "object": object, **_compared(own, Pair(a, b, weight, object))})
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in ("score_a", "score_b", "difference", "low", "high", "p", "q"):
        frame[name] = frame[name].astype("float64")
    frame["events"] = frame["events"].astype("Int64")
    families = frame.groupby(["target", "axis", "voice"], sort=False)["p"]
    frame["q"] = families.transform(_adjusted) if len(frame) else frame["q"]
    return frame


def mover_interval(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> tuple[float, float]:
    """Return low and high of a difference from two estimates with their intervals.

    Each estimate is (value, low, high). Source: Zou and Donner, Statistics in Medicine 27 (2008).

    Examples
    --------
    >>> from framelens.comparing import mover_interval
    >>> low, high = mover_interval((0.5, 0.2, 0.8), (0.1, -0.3, 0.5))
    >>> round(low, 2), round(high, 2)
    (-0.1, 0.9)
    """
    (x, low_x, high_x), (y, low_y, high_y) = one, other
    below = np.hypot(x - low_x, high_y - y)
    above = np.hypot(high_x - x, y - low_y)
    return float(x - y - below), float(x - y + above)


def _families(labels: pd.DataFrame) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    pooled = pd.concat([labels.assign(voice=voice_of(labels)), labels.assign(voice="all")])
    for (target, axis), own in pooled.groupby(["target", "axis"], sort=False):
        for voice in VOICES:
            rows = own[own["voice"] == voice]
            if len(rows):
                yield {"target": target, "axis": axis, "voice": voice}, rows


def _compared(labels: pd.DataFrame, pair: Pair) -> dict[str, Any]:
    known = bool(labels["event"].notna().any())
    sides = [labels[labels["source"] == name] for name in (pair.a, pair.b)]
    events = None
    if known or pair.weight == "event":
        shared = set(sides[0]["event"].dropna()) & set(sides[1]["event"].dropna())
        sides = [side[side["event"].isin(shared)] for side in sides]
        events = len(shared)
    found: dict[str, Any] = {"a": pair.a, "b": pair.b, "events": events}
    found["documents_a"], found["documents_b"] = (side["doc"].nunique() for side in sides)
    if found["documents_a"] and found["documents_b"]:
        documents = _documents(sides)
        found.update(_estimates(labels, sides, documents, pair))
        found["p"] = _core.permutation_p(documents, pair.weight, ROUNDS, 0)
    return found


def _documents(sides: list[pd.DataFrame]) -> dict[str, NDArray[Any]]:
    rows = pd.concat([side.assign(second=i == 1) for i, side in enumerate(sides)])
    rows = rows.assign(balance=rows["weight"].where(rows["first"], -rows["weight"]))
    by_doc = rows.groupby("doc", sort=True).agg(
        event=("event", "first"), second=("second", "first"),
        balance=("balance", "sum"), weight=("weight", "sum"),
    )  # fmt: skip
    event, _ = pd.factorize(by_doc["event"], sort=True)
    columns = {name: by_doc[name].to_numpy() for name in ("second", "balance", "weight")}
    return {"event": event.astype(np.int32), **columns}


def _estimates(
    labels: pd.DataFrame, sides: list[pd.DataFrame], documents: dict[str, NDArray[Any]], pair: Pair
) -> dict[str, float]:
    if pair.weight == "event":
        return _paired(documents)
    if pair.weight == "document":
        estimates = [_mean_of_documents(documents, second) for second in (False, True)]
    else:
        estimates = _pooled_scores(labels, sides, pair)
    low, high = mover_interval(estimates[0], estimates[1])
    return _row(estimates[0][0], estimates[1][0], low, high)


def _row(score_a: float, score_b: float, low: float, high: float) -> dict[str, float]:
    return {
        "score_a": score_a, "score_b": score_b, "difference": score_a - score_b,
        "low": low, "high": high,
    }  # fmt: skip


def _pooled_scores(
    labels: pd.DataFrame, sides: list[pd.DataFrame], pair: Pair
) -> list[tuple[float, float, float]]:
    # The other sources tell how alike the labels of one cluster are.
    others = labels[~labels["source"].isin([pair.a, pair.b])]
    group, names = pd.factorize(others["source"])
    rows = pd.concat([sides[0], sides[1], others])
    groups = np.concatenate([np.zeros(len(sides[0])), np.ones(len(sides[1])), group + 2])
    columns = {
        "group": groups.astype(np.int32), "cluster": rows["cluster"].to_numpy(),
        "pole": np.where(rows["first"], 0, 1), "weight": rows["weight"].to_numpy(),
    }  # fmt: skip
    found = _core.score_labels(columns, [0] * (2 + len(names)), 2)
    low, high = jeffreys_interval(found["effective_first"], found["effective_second"])
    return [(float(found["score"][i]), float(low[i]), float(high[i])) for i in (0, 1)]


def _mean_of_documents(
    documents: dict[str, NDArray[Any]], second: bool
) -> tuple[float, float, float]:
    kept = documents["second"] == second
    return _mean(documents["balance"][kept] / documents["weight"][kept])


def _mean(values: NDArray[np.float64]) -> tuple[float, float, float]:
    mean = float(values.mean())
    deviation = float(values.std(ddof=1)) if len(values) >= MIN_UNITS else float("nan")
    if not deviation > 0:  # too few, or no sign of how much they vary
        return mean, float("nan"), float("nan")
    from scipy.special import stdtrit

    reach = float(stdtrit(len(values) - 1, (1 + LEVEL) / 2)) * deviation / np.sqrt(len(values))
    return mean, float(mean - reach), float(mean + reach)


def _paired(documents: dict[str, NDArray[Any]]) -> dict[str, float]:
    rows = pd.DataFrame(documents)
    sums = rows.groupby(["event", "second"])[["balance", "weight"]].sum()
    scores = (sums["balance"] / sums["weight"]).unstack("second")
    _, low, high = _mean((scores[False] - scores[True]).to_numpy())
    return _row(float(scores[False].mean()), float(scores[True].mean()), low, high)


def _adjusted(p: pd.Series[float]) -> pd.Series[float]:
    from scipy.stats import false_discovery_control

    known = p.notna()
    q = pd.Series(np.nan, index=p.index)
    if known.any():
        q[known] = false_discovery_control(p[known].to_numpy())
    return q


def pairs_of(sources: list[str], a: str | None, b: str | None) -> list[tuple[str, str]]:
    """Return the pairs that `a` and `b` ask for: one, one against all others, or all."""
    a, b = (None if name is None else plain(name) for name in (a, b))
    for name in (a, b):
        if name is not None and name not in sources:
            raise ValueError(f"no source is {name!r}; sources are {', '.join(sources)}")
    if a is None and b is not None:
        raise ValueError("b is given without a")
    if a is None:
        return list(combinations(sources, 2))
    if a == b:
        raise ValueError(f"a and b are both {a!r}")
    return [(a, other) for other in ([b] if b is not None else sources) if other != a]
