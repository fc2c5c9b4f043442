"""Framing scores corrected for the tool's errors, from items coded by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import Result
from framelens.labels._coded import (
    CODE,
    code_columns,
    code_shares,
    error_effect,
    quantiles,
    simulated_counts,
    strata_of,
)
from framelens.labels._pooled_errors import homogeneity_p, pooled_totals
from framelens.labels.coding import Agreement, poles_of, tool_of
from framelens.labels.comparing import mover_interval, pairs_of
from framelens.labels.scores import LEVEL, cluster_numbers, jeffreys_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from framelens.corpus.corpus import Corpus

__all__ = ["Corrected", "corrected_scores", "score_interval", "widened_effects"]

EQUAL_ERRORS = "equal errors"


@dataclass(frozen=True, repr=False, eq=False)
class Corrected(Result):
    """Scores by source and true pole, of labels of every voice that was sampled.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a target and source: target, axis, source, ``n_<pole>`` (labels that the tool
        counts), ``true_<pole>`` (estimated labels of the pole), tool_score, tool_low, tool_high,
        score, error (standard error by documents; missing where rates are pooled), low, high (95%;
        missing where the source's labels stand in one cluster), coded (items of the source).
        Missing for a source of which some stratum has no code.
    poles : tuple of str
    pooled : bool
        Error rates by true pole were pooled over sources, which are taken to have equal ones.
    homogeneity : float or None
        Where they were pooled: p of a test that they are equal. A small one says they are not.
    """

    poles: tuple[str, ...] = ()
    pooled: bool = False
    homogeneity: float | None = None

    def __repr__(self) -> str:
        """Return one line, with the test of equal errors where rates are pooled."""
        known = int(self.frame["score"].notna().sum())
        line = f"{known} of {len(self.frame)} scores corrected"
        if not self.pooled:
            return f"Corrected({line}, each source by its own items)"
        p = "missing" if self.homogeneity is None else f"{self.homogeneity:.2g}"
        return f"Corrected({line}, assumes equal errors: p of equality {p})"

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the corrected scores beside the tool's."""
        from framelens.plots import forest

        poles = (self.poles[0], self.poles[1])
        tool = self.frame[["target", "source", *(f"n_{pole}" for pole in poles)]].assign(
            voice="tool",
            **{name: self.frame[f"tool_{name}"] for name in ("score", "low", "high")},
        )
        counts = {f"n_{pole}": self.frame[f"true_{pole}"].round() for pole in poles}
        rows = pd.concat([tool, self.frame.assign(voice="corrected", **counts)])
        title = "Scores corrected for label errors"
        if self.pooled:
            title += ", which are taken to be equal"
        return forest(rows, poles=poles, ax=ax, title=title, voices=("tool", "corrected"))

    def compare(self, a: str | None = None, b: str | None = None) -> pd.DataFrame:
        """Compare the corrected scores of sources.

        Parameters
        ----------
        a, b : str, optional
            Two sources; without `b`, `a` against each other one; without both, all pairs.

        Returns
        -------
        pandas.DataFrame
            target, axis, a, b, difference (of a from b), low, high (95%, MOVER), assumes (``equal
            errors`` where rates are pooled).
        """
        sources = list(dict.fromkeys(self.frame["source"]))
        rows = []
        for (target, axis), own in self.frame.groupby(["target", "axis"], sort=False):
            known = own.set_index("source")[["score", "low", "high"]].astype("float64")
            estimates = {name: tuple(known.loc[name]) for name in known.index}
            for one, other in pairs_of(sources, a, b, None if b else "each"):
                assert other is not None
                low, high = mover_interval(estimates[one], estimates[other])
                rows.append(
                    {
                        "target": target, "axis": axis, "a": one, "b": other,
                        "difference": estimates[one][0] - estimates[other][0], "low": low,
                        "high": high, "assumes": EQUAL_ERRORS if self.pooled else None,
                    }
                )  # fmt: skip
        names = ["target", "axis", "a", "b", "difference", "low", "high", "assumes"]
        return pd.DataFrame(rows, columns=names)


def corrected_scores(
    evidence: pd.DataFrame, corpus: Corpus, poles: Sequence[str], found: Agreement, *, pool: bool
) -> Corrected:
    """Correct the scores of `evidence` by the coded items of `found`.

    The estimate is design-based: the tool's count of a pole, plus the sum over coded items of
    (coded - the tool's) / probability to be drawn. Its standard error takes documents as clusters,
    of the labels and of the items. The interval draws what was not coded from its posterior within
    each stratum, and the outlet's score from Jeffreys' posterior given the labels that there then
    are, with the design effect of the labels: a normal or t interval misses rare errors that
    no coded item shows.

    Source: Angelopoulos, Bates, Fannjiang, Jordan and Zrnic, Science 382 (2023) (prediction-powered
    inference); Egami, Hinck, Stewart and Wei, Advances in Neural Information Processing Systems 36
    (2023) (design-based supervised learning); Little, Statistical Science 26 (2011) (calibrated
    Bayes).
    """
    items = _items(found, evidence, poles)
    labels = evidence.assign(tool=tool_of(evidence))
    homogeneity = homogeneity_p(items, poles) if pool else None
    rows = []
    for target, own in labels.groupby("target", sort=False):
        of_target = items[items["target"] == target]
        effects = _design_effects(corpus, own, poles)
        effect = error_effect(of_target) if len(of_target) else 1.0
        totals = pooled_totals(of_target, own, poles) if pool else {}
        for source in corpus.sources:
            group = _Group(
                own[own["source"] == source], of_target[of_target["source"] == source], poles
            )
            row = group.tool_row(effects.get(source, float("nan")))
            drawn = totals.get(source) if pool else group.totals(effect)
            row.update(group.corrected_row(drawn, effects.get(source), pooled=pool))
            axis = own["axis"].iloc[0]
            rows.append({"target": target, "axis": axis, "source": source, **row})
    counts = [f"{name}_{pole}" for name in ("n", "true") for pole in poles]
    numbers = ["tool_score", "tool_low", "tool_high", "score", "error", "low", "high", "coded"]
    frame = pd.DataFrame(rows, columns=["target", "axis", "source", *counts, *numbers])
    return Corrected(frame=frame, poles=tuple(poles), pooled=pool, homogeneity=homogeneity)


def _items(found: Agreement, evidence: pd.DataFrame, poles: Sequence[str]) -> pd.DataFrame:
    codes = found.codes
    if "stratum_size" not in codes:
        raise ValueError(
            "the sheet has no strata, which tell how many labels each item stands for: draw "
            "another with Framing.sample"
        )
    if poles_of(codes) != list(poles):
        raise ValueError(
            f"the sheet is of the poles {', '.join(poles_of(codes))}, not of {', '.join(poles)}"
        )
    if codes["tool"].notna().all() and (codes["undrawn"] == 0).all():
        raise ValueError(
            "the sheet has no sentences without a label, which tell what was missed: draw it with "
            "unlabelled=True"
        )
    keys = ["target", "source", "tool"]
    labels = codes[codes["tool"].notna()].drop_duplicates("stratum")
    sizes = labels.groupby(keys)["stratum_size"].sum()
    known = evidence.assign(tool=tool_of(evidence)).groupby(keys).size().reindex(sizes.index)
    if (sizes > known.fillna(0)).any():
        raise ValueError(
            "the sheet counts more labels than this result has: correct the result that it was "
            "drawn from"
        )
    coders = [name for name in codes if str(name).startswith("coder")]
    return pd.concat([codes, code_shares(codes[coders], poles)], axis=1)


def _design_effects(corpus: Corpus, labels: pd.DataFrame, poles: Sequence[str]) -> dict[str, float]:
    """Return each source's design effect, widened for how many clusters tell it."""
    counted = labels[labels["tool"].isin(poles[:2])]
    group, names = pd.factorize(counted["source"])
    cluster = cluster_numbers(corpus, counted["doc"])
    effects = widened_effects(group, cluster, (counted["tool"] == poles[0]).to_numpy())
    found = zip(names.tolist(), effects.tolist(), strict=True)
    return {str(name): effect for name, effect in found if effect == effect}


def widened_effects(
    group: NDArray[Any], cluster: NDArray[Any], first: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the design effect of each group of labels, by how many clusters tell it.

    NaN for a group whose labels stand in one cluster.
    """
    from scipy.special import ndtri, stdtrit

    columns = {
        "group": group.astype(np.int32), "cluster": cluster, "pole": np.where(first, 0, 1),
        "weight": np.ones(len(group)),
    }  # fmt: skip
    groups = int(group.max()) + 1 if len(group) else 0
    scored = _core.score_labels(columns, [0] * groups, 2)
    degrees = int((scored["clusters"] - 1).clip(min=0).sum())
    tail = (1 + LEVEL) / 2
    widening = float(stdtrit(degrees, tail) / ndtri(tail)) ** 2 if degrees else float("nan")
    effects: NDArray[np.float64] = scored["design_effect"] * widening
    return effects


def corrected_effect(effect: float, strata: pd.DataFrame, poles: Sequence[str]) -> float:
    """Return the design effect of the true labels from that of the tool's.

    What the tool missed makes clusters larger; labels that it gives the other pole make those of a
    cluster look less alike, by (1 - 2 e)^2 where a share e of them is so.
    """
    stands_for = (strata["stratum_size"] / strata["coded"]).to_numpy(dtype=float)
    codes = strata[code_columns(poles)[:2]].to_numpy(dtype=float) * stands_for[:, np.newaxis]
    tool = np.column_stack([strata["tool"] == pole for pole in poles[:2]])
    right, turned = float(codes[tool].sum()), float(codes[tool[:, ::-1]].sum())
    counted = float(strata["stratum_size"].to_numpy(dtype=float)[tool.any(axis=1)].sum())
    if not (right + turned > 0 and counted > 0):
        return effect
    alike = max(1 - 2 * turned / (right + turned), 0.5) ** 2
    return 1 + (effect - 1) * float(codes.sum()) / counted / alike


def score_interval(counts: NDArray[np.float64], effect: float) -> tuple[float, float]:
    """Return the interval of a score from draws of the labels of each pole: draws x poles."""
    random = np.random.default_rng(1)
    shares = random.beta(counts[:, 0] / effect + 0.5, counts[:, 1] / effect + 0.5, len(counts))
    return quantiles(2 * shares - 1)


class _Group:
    """The labels of one source for one target, and the items that were coded of them."""

    def __init__(self, labels: pd.DataFrame, items: pd.DataFrame, poles: Sequence[str]) -> None:
        self._labels, self._items, self._poles = labels, items, list(poles)
        self._strata = strata_of(items, poles)
        self._counts = [int((labels["tool"] == pole).sum()) for pole in poles]

    def tool_row(self, effect: float) -> dict[str, Any]:
        first, second = (float(count) for count in self._counts[:2])
        row: dict[str, Any] = {
            f"n_{pole}": count for pole, count in zip(self._poles, self._counts, strict=True)
        }
        total = first + second
        low, high = jeffreys_interval(np.array([first / effect]), np.array([second / effect]))
        known = total > 0
        row["tool_score"] = (first - second) / total if known else float("nan")
        row["tool_low"] = float(low[0]) if known else float("nan")
        row["tool_high"] = float(high[0]) if known else float("nan")
        row["coded"] = int(self._items[CODE].notna().sum())
        return row

    def totals(self, effect: float) -> tuple[list[float], NDArray[np.float64]] | None:
        """Return the estimated labels of each pole, and draws of them; None: not all are known."""
        if not self._is_whole():
            return None
        means = self._strata[code_columns(self._poles)[:-1]].div(self._strata["coded"], axis=0)
        estimate = means.mul(self._strata["stratum_size"], axis=0).sum().tolist()
        drawn = simulated_counts(self._strata, self._poles, effect).sum(axis=1)
        return estimate, drawn

    def corrected_row(
        self,
        totals: tuple[list[float], NDArray[np.float64]] | None,
        effect: float | None,
        *,
        pooled: bool,
    ) -> dict[str, float]:
        row = {f"true_{pole}": float("nan") for pole in self._poles}
        row |= dict.fromkeys(("score", "error", "low", "high"), float("nan"))
        if totals is None:
            return row
        estimate, drawn = totals
        row |= {f"true_{pole}": n for pole, n in zip(self._poles, estimate, strict=True)}
        first, second = estimate[:2]
        if not first + second > 0:
            return row
        row["score"] = (first - second) / (first + second)
        if not pooled:
            row["error"] = self._error(first, second)
        if effect is None:  # one cluster: nothing tells how much another would differ
            return row
        if not pooled:
            effect = corrected_effect(effect, self._strata, self._poles)
        low, high = score_interval(drawn, effect)
        row["low"], row["high"] = min(low, row["score"]), max(high, row["score"])
        return row

    def _is_whole(self) -> bool:
        """Tell whether every stratum of the source has a code, and all labels are in one."""
        strata = self._strata
        if not len(strata) or (strata["coded"] == 0).any() or (strata["undrawn"] > 0).any():
            return False
        sizes = strata[strata["tool"].notna()]["stratum_size"].sum()
        return bool(sizes == len(self._labels))

    def _error(self, first: float, second: float) -> float:
        """Return the standard error of the score, documents taken as clusters."""
        total = first + second
        share = first / total
        pull = np.array([1 - share, -share]) / total
        of_labels = self._labels["tool"].map(dict(zip(self._poles[:2], pull, strict=True)))
        parts = [pd.Series(of_labels.fillna(0.0).to_numpy(dtype=float), self._labels["doc"])]
        items = self._items[self._items[CODE].notna()]
        coded = items.groupby("stratum")[CODE].transform("size")
        codes = items[code_columns(self._poles)[:2]].to_numpy(dtype=float)
        tool = np.column_stack([items["tool"] == pole for pole in self._poles[:2]])
        moved = (codes - tool.astype(float)) @ pull * (items["stratum_size"] / coded).to_numpy()
        parts.append(pd.Series(moved, items["doc"]))
        by_doc = pd.concat(parts).groupby(level=0, sort=True).sum().to_numpy()
        n = len(by_doc)
        if n < 2:
            return float("nan")
        return float(2 * np.sqrt((by_doc**2).sum() * n / (n - 1)))
