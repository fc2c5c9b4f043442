"""Whether two sources frame a target differently: difference, interval and p of pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import Result
from framelens.corpus.characters import plain
from framelens.labels.namings import VOICES, voice_of
from framelens.labels.scores import LEVEL, jeffreys_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["Against", "Comparison", "Unit", "compare_sources", "mover_interval"]

Unit: TypeAlias = Literal["label", "document", "event"]
Against: TypeAlias = Literal["each", "rest"]

UNITS = ("label", "document", "event")
AGAINST = ("each", "rest")
# Exchanges of units: all where there are fewer, else so many at random.
ROUNDS = 9999
MIN_UNITS = 5
# From so many sources on, each is compared with the others as one: pairs grow with the square.
MANY_SOURCES = 12
# Comparisons keep to shared events where that leaves out little.
KNOWN_SHARE, SHARED_SHARE = 0.8, 0.5
COLUMNS = (
    "target", "axis", "voice", "object", "a", "b", "score_a", "score_b", "difference", "low",
    "high", "p", "q", "documents_a", "documents_b", "events", "matched", "n_matched",
)  # fmt: skip
PairOfSources: TypeAlias = "tuple[str, str | None]"


@dataclass(frozen=True, repr=False, eq=False)
class Comparison(Result):
    """Differences between sources, one row a target, voice and pair.

    Attributes
    ----------
    frame : pandas.DataFrame
        target, axis, voice, object, a, b (missing: all other sources as one), score_a, score_b,
        difference (of a from b), low and high (95%), p (permutation of the interval's clusters,
        within events where matched), q (Benjamini-Hochberg over the pairs of a target and voice),
        documents_a, documents_b (compared, with labels), events (that both label; missing where no
        events are known), matched (only the documents of these events were compared), n_matched
        (documents of both that stand in them). What too few clusters cannot tell is missing.
        unresolved_a and unresolved_b are the shares of labels that are nobody's and may be the
        target's, unresolved_difference and unresolved_p tell whether they differ; robust is true
        where sign and verdict (q < .05) stay whether these are left out or given to the target,
        and over the labels alone for which nobody had to be resolved.
    omnibus : pandas.DataFrame
        Whether there is any difference between the sources, one row a target and voice: target,
        axis, voice, object, sources (with labels), clusters, p. Read it before the pairs. Without
        rows where one source was asked for.
    """

    poles: tuple[str, ...] = field(default_factory=tuple)
    omnibus: pd.DataFrame = field(default_factory=pd.DataFrame)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the differences with their intervals; the p of any difference stands above them."""
        from framelens.plots import differences

        poles = (self.poles[0], self.poles[1])
        return differences(self.frame, poles=poles, ax=ax, omnibus=self.omnibus)


@dataclass(frozen=True)
class Design:
    """How sources are compared: what counts as one, which labels, and on which documents."""

    weight: Unit
    object: str
    matched: bool | None


def compare_sources(
    labels: pd.DataFrame, pairs: Sequence[PairOfSources], design: Design
) -> pd.DataFrame:
    """Compare `pairs` of sources on `labels`.

    `labels` has one row a label of either pole: target, axis, voice, reported, source, doc, start,
    event (None where unknown), cluster, first (bool), weight.
    """
    rows = [
        {**keys, "object": design.object, **_compared(own, pair, design)}
        for keys, own in families(labels)
        for pair in pairs
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in ("score_a", "score_b", "difference", "low", "high", "p", "q"):
        frame[name] = frame[name].astype("float64")
    for name in ("events", "n_matched"):
        frame[name] = frame[name].astype("Int64")
    frame["matched"] = frame["matched"].astype(bool)
    by_family = frame.groupby(["target", "axis", "voice"], sort=False)["p"]
    frame["q"] = by_family.transform(_adjusted) if len(frame) else frame["q"]
    return frame


def mover_interval(
    one: tuple[float, float, float], other: tuple[float, float, float]
) -> tuple[float, float]:
    """Return low and high of a difference from two estimates with their intervals.

    Each estimate is (value, low, high). Source: Zou and Donner, Statistics in Medicine 27 (2008).

    Examples
    --------
    >>> from framelens.labels.comparing import mover_interval
    >>> low, high = mover_interval((0.5, 0.2, 0.8), (0.1, -0.3, 0.5))
    >>> round(low, 2), round(high, 2)
    (-0.1, 0.9)
    """
    (x, low_x, high_x), (y, low_y, high_y) = one, other
    below = np.hypot(x - low_x, high_y - y)
    above = np.hypot(high_x - x, y - low_y)
    return float(x - y - below), float(x - y + above)


def families(labels: pd.DataFrame) -> Iterator[tuple[dict[str, Any], pd.DataFrame]]:
    """Go through target, axis and voice (``all`` among them) with the labels of each."""
    for (target, axis), own in labels.groupby(["target", "axis"], sort=False):
        # Sums of doubles depend on their order: the order of documents has no part in this one.
        rows = own.sort_values(["doc", "start"], kind="stable")
        for voice in VOICES:
            spoken = rows if voice == "all" else rows[voice_of(rows) == voice]
            if len(spoken):
                yield {"target": target, "axis": axis, "voice": voice}, spoken


def _compared(labels: pd.DataFrame, pair: PairOfSources, design: Design) -> dict[str, Any]:
    a, b = pair
    sides = [labels[labels["source"] == a]]
    sides.append(labels[labels["source"] != a] if b is None else labels[labels["source"] == b])
    shared = set(sides[0]["event"].dropna()) & set(sides[1]["event"].dropna())
    inside = [side[side["event"].isin(shared)] for side in sides]
    found: dict[str, Any] = {"a": a, "b": b, "events": None, "n_matched": None}
    if labels["event"].notna().any():
        found["events"] = len(shared)
        found["n_matched"] = sum(side["doc"].nunique() for side in inside)
    found["matched"] = _is_matched(sides, shared, design)
    sides = inside if found["matched"] else sides
    found["documents_a"], found["documents_b"] = (side["doc"].nunique() for side in sides)
    if found["documents_a"] and found["documents_b"]:
        units = _units(sides, design, matched=found["matched"])
        found.update(_estimates(labels, sides, units, design))
        exchanged = "event" if design.weight == "event" else "label"
        found["p"] = _core.permutation_p(units, exchanged, ROUNDS, 0)
    return found


def _is_matched(sides: list[pd.DataFrame], shared: set[Any], design: Design) -> bool:
    if design.matched is not None:
        return design.matched
    if design.weight == "event":
        return True
    for side in sides:
        event = side.drop_duplicates("doc")["event"]
        if not len(event) or event.notna().mean() < KNOWN_SHARE:
            return False
        if event.isin(shared).mean() < SHARED_SHARE:
            return False
    return True


def unit_rows(labels: pd.DataFrame, weight: Unit, keys: list[str]) -> pd.DataFrame:
    """Sum `labels` to balance and weight of each combination of `keys`.

    Where documents count, each has the weight 1, and its score as its balance.
    """
    rows = labels.assign(balance=labels["weight"].where(labels["first"], -labels["weight"]))
    if weight == "document":
        rows = rows.groupby([*keys, "doc"], sort=True, dropna=False)[["balance", "weight"]].sum()
        rows = (rows.div(rows["weight"], axis=0)).reset_index()
    sums = rows.groupby(keys, sort=True, dropna=False)[["balance", "weight"]].sum()
    return sums.reset_index()


def _units(sides: list[pd.DataFrame], design: Design, *, matched: bool) -> dict[str, NDArray[Any]]:
    # The clusters of the interval, whole: near-copies of an article do not count as many.
    rows = pd.concat([side.assign(second=i == 1) for i, side in enumerate(sides)])
    event = pd.factorize(rows["event"], sort=True)[0] if matched else 0
    # The numbers of clusters follow the order of documents; the first label of each does not.
    rows = rows.assign(event=event, cluster=pd.factorize(rows["cluster"])[0])
    units = unit_rows(rows, design.weight, ["event", "second", "cluster"])
    columns = {name: units[name].to_numpy() for name in ("second", "balance", "weight")}
    return {"event": units["event"].to_numpy(dtype=np.int32), **columns}


def _estimates(
    labels: pd.DataFrame, sides: list[pd.DataFrame], units: dict[str, NDArray[Any]], design: Design
) -> dict[str, float]:
    if design.weight == "event":
        return _paired(units)
    if design.weight == "document":
        estimates = [
            _mean(units["balance"][kept], units["weight"][kept])
            for kept in (~units["second"], units["second"])
        ]
    else:
        estimates = _pooled_scores(labels, sides)
    low, high = mover_interval(estimates[0], estimates[1])
    return _row(estimates[0][0], estimates[1][0], low, high)


def _row(score_a: float, score_b: float, low: float, high: float) -> dict[str, float]:
    return {
        "score_a": score_a, "score_b": score_b, "difference": score_a - score_b,
        "low": low, "high": high,
    }  # fmt: skip


def _pooled_scores(
    labels: pd.DataFrame, sides: list[pd.DataFrame]
) -> list[tuple[float, float, float]]:
    # The other sources, too, tell how alike the labels of one cluster are.
    compared = {*sides[0]["source"], *sides[1]["source"]}
    rows = pd.concat([*sides, labels[~labels["source"].isin(compared)]])
    group, names = pd.factorize(rows["source"])
    columns = {
        "group": group.astype(np.int32), "cluster": rows["cluster"].to_numpy(),
        "pole": np.where(rows["first"], 0, 1), "weight": rows["weight"].to_numpy(),
    }  # fmt: skip
    known = _core.score_labels(columns, [0] * len(names), 2)["correlation"]
    known = known[~np.isnan(known)]
    return [_pooled_score(side, float(known[0]) if len(known) else 1.0) for side in sides]


def _pooled_score(side: pd.DataFrame, correlation: float) -> tuple[float, float, float]:
    first = math.fsum(side.loc[side["first"], "weight"])
    total = math.fsum(side["weight"])
    sizes = side["cluster"].value_counts().to_numpy(dtype=float)
    score = 2 * first / total - 1
    if len(sizes) < 2:
        return score, float("nan"), float("nan")
    effect = 1 + correlation * ((sizes**2).sum() / sizes.sum() - 1)
    labels = total**2 / math.fsum(side["weight"] ** 2) / effect
    share = first / total * labels
    low, high = jeffreys_interval(np.array([share]), np.array([labels - share]))
    return score, float(low[0]), float(high[0])


def _mean(values: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[float, float, float]:
    # Of a ratio, by linearisation: clusters hold several documents.
    n = len(values)
    mean = float(values.sum() / weights.sum())
    squares = float(((values - mean * weights) ** 2).sum())
    if n < MIN_UNITS or not squares > 0:  # too few, or no sign of how much they vary
        return mean, float("nan"), float("nan")
    from scipy.special import stdtrit

    error = math.sqrt(squares * n / (n - 1)) / float(weights.sum())
    reach = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * error
    return mean, mean - reach, mean + reach


def _paired(units: dict[str, NDArray[Any]]) -> dict[str, float]:
    sums = pd.DataFrame(units).groupby(["event", "second"])[["balance", "weight"]].sum()
    scores = (sums["balance"] / sums["weight"]).unstack("second")
    differences = (scores[False] - scores[True]).to_numpy()
    _, low, high = _mean(differences, np.ones(len(differences)))
    return _row(float(scores[False].mean()), float(scores[True].mean()), low, high)


def _adjusted(p: pd.Series[float]) -> pd.Series[float]:
    from scipy.stats import false_discovery_control

    known = p.notna()
    q = pd.Series(np.nan, index=p.index)
    if known.any():
        q[known] = false_discovery_control(p[known].to_numpy())
    return q


def pairs_of(
    sources: list[str], a: str | None, b: str | None, against: str | None
) -> list[PairOfSources]:
    """Return the pairs that are asked for: one, one against others, or all; b None is the rest."""
    a, b = (None if name is None else plain(name) for name in (a, b))
    for name in (a, b):
        if name is not None and name not in sources:
            raise ValueError(f"no source is called {name!r}; the sources are {', '.join(sources)}")
    if against is not None and against not in AGAINST:
        raise ValueError(f"against must be one of {', '.join(AGAINST)}, not {against!r}")
    if b is not None:
        if a is None:
            raise ValueError("b was given without a: name as a what is compared with b")
        if a == b:
            raise ValueError(f"a and b are both {a!r}: name two different sources")
        if against is not None:
            raise ValueError(
                f"against={against!r} cannot be combined with a and b: leave out one of them"
            )
        return [(a, b)]
    many = a is None and len(sources) >= MANY_SOURCES
    if len(sources) > 1 and (against == "rest" or (against is None and many)):
        return [(name, None) for name in (sources if a is None else [a])]
    if a is None:
        return list(combinations(sources, 2))
    return [(a, other) for other in sources if other != a]
