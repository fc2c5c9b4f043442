"""Precision and recall of labels by source and pole, from coded items of a stratified sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from framelens.labels._coded import (
    CODE,
    error_effect,
    quantiles,
    right_share,
    simulated_counts,
    strata_of,
    wilson_interval,
)

__all__ = ["agreement_frame"]

COLUMNS = (
    "source", "pole", "items", "coded", "right", "precision", "low", "high", "sentences", "recall",
    "recall_low", "recall_high",
)  # fmt: skip


def agreement_frame(items: pd.DataFrame, poles: Sequence[str]) -> pd.DataFrame:
    """Return one row a source and pole; see :class:`framelens.labels.coding.Agreement`.

    `items` has one row an item: the key, and the shares of its codes.
    """
    items = _with_strata(items)
    items = items.assign(right=[right_share(row) for row in items.to_dict("records")])
    recall = _Recall(items, poles)
    rows = []
    for source, own in items.groupby("source", sort=True):
        rows += [_row(own, source, pole, recall) for pole in (*poles, None)]
    rows += [_row(items, None, pole, recall) for pole in (None, *poles)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _with_strata(items: pd.DataFrame) -> pd.DataFrame:
    # A key without strata has labels only, of which nobody knows how many there were.
    if "stratum" in items:
        coded = items.groupby("stratum")[CODE].transform("count").where(items[CODE].notna())
        return items.assign(share=items["stratum_size"] / coded)
    return items.assign(tool=items["pole"], share=1.0)


def _row(items: pd.DataFrame, source: Any, pole: str | None, recall: _Recall) -> dict[str, object]:
    is_label = items["tool"].notna()
    labels = items[is_label & (items["tool"] == pole)] if pole else items[is_label]
    coded = labels[labels[CODE].notna()]
    weights = coded["share"].to_numpy(dtype=float)
    right = coded["right"].to_numpy(dtype=float)
    precision = float(np.average(right, weights=weights)) if len(coded) else float("nan")
    effective = weights.sum() ** 2 / (weights**2).sum() if len(coded) else 0.0
    low, high = wilson_interval(precision, effective)
    return {
        "source": source, "pole": pole, "items": len(labels), "coded": len(coded),
        "right": float(right.sum()), "precision": precision, "low": low, "high": high,
        "sentences": int(items[~is_label][CODE].notna().sum()), **recall.of(source, pole),
    }  # fmt: skip


class _Recall:
    """Of the labels that the coders give a pole, how many the tool has."""

    def __init__(self, items: pd.DataFrame, poles: Sequence[str]) -> None:
        self._poles = list(poles)
        self._strata = pd.DataFrame()
        if "stratum" not in items:
            return
        strata = strata_of(items, poles)
        effect = error_effect(items)
        places, counts, means = [], [], []
        for _, own in strata.groupby(["target", "source"], sort=False):
            if (own["undrawn"] > 0).any() or (own["coded"] == 0).any() or own["tool"].notna().all():
                own = own.assign(known=False)
            else:
                own = own.assign(known=True)
            places.append(own)
            counts.append(simulated_counts(own, poles, effect, rates=True))
            codes = own[[f"{CODE}{pole}" for pole in poles]].to_numpy(dtype=float)
            share = (own["stratum_size"] / own["coded"].replace(0, np.nan)).to_numpy(dtype=float)
            means.append(codes * share[:, np.newaxis])
        self._strata = pd.concat(places, ignore_index=True)
        self._counts, self._means = np.concatenate(counts, axis=1), np.concatenate(means)

    def of(self, source: Any, pole: str | None) -> dict[str, float]:
        nothing = dict.fromkeys(("recall", "recall_low", "recall_high"), float("nan"))
        if not len(self._strata):
            return nothing
        own = np.ones(len(self._strata), dtype=bool)
        if source is not None:
            own = (self._strata["source"] == source).to_numpy()
        if not self._strata["known"].to_numpy()[own].all():
            return nothing
        tool = self._strata["tool"].to_numpy(dtype=object)
        wanted = [pole] if pole else self._poles
        found = np.sum([self._of(own & (tool == name), name) for name in wanted], axis=0)
        every = np.sum([self._of(own, name) for name in wanted], axis=0)
        share = np.divide(found, every, out=np.full(len(every), np.nan), where=every > 0)
        recall = float(share[0])
        low, high = quantiles(share[1:])
        if np.isnan(recall):
            return nothing
        return {
            "recall": recall, "recall_low": min(low, recall), "recall_high": max(high, recall)
        }  # fmt: skip

    def _of(self, strata: np.ndarray[Any, Any], pole: str) -> np.ndarray[Any, Any]:
        # The estimate, then the draws.
        place = self._poles.index(pole)
        estimate = self._means[strata, place].sum()
        return np.append(estimate, self._counts[:, strata, place].sum(axis=1))
