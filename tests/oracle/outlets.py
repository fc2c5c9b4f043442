"""Simulated outlets whose score is known: labels that are beta-binomial within documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

DOCUMENTS = (5, 10, 20, 30)
SHARES = (0.02, 0.05, 0.1, 0.2, 0.35, 0.5)
CORRELATIONS = (0.0, 0.2, 0.4, 0.6)


@dataclass(frozen=True)
class Cell:
    """One set-up: how many documents, the first pole's share, the intraclass correlation."""

    documents: int
    share: float
    correlation: float


def cells() -> Iterator[Cell]:
    for documents in DOCUMENTS:
        for share in SHARES:
            for correlation in CORRELATIONS:
                yield Cell(documents, share, correlation)


def draw(cell: Cell, *, studies: int, outlets: int, seed: int) -> dict[str, np.ndarray]:
    """Draw the labels of `studies` comparisons of `outlets` outlets each, Poisson(2) a document.

    Columns group (an outlet of a study), cluster (a document), pole and weight, one row a label.
    """
    random = np.random.default_rng(seed)
    shape = (studies * outlets, cell.documents)
    share = np.full(shape, cell.share)
    if cell.correlation > 0:
        size = 1 / cell.correlation - 1
        share = random.beta(cell.share * size, (1 - cell.share) * size, shape)
    counts = random.poisson(2, shape).ravel()
    cluster = np.repeat(np.arange(counts.size), counts)
    first = random.random(cluster.size) < share.ravel()[cluster]
    return {
        "group": (cluster // cell.documents).astype(np.int32),
        "cluster": cluster.astype(np.int64),
        "pole": np.where(first, 0, 1).astype(np.int32),
        "weight": np.ones(cluster.size),
    }


@dataclass(frozen=True)
class Coverage:
    """Share of the intervals that hold the true score, and of the outlets that have an interval."""

    covered: float
    known: float


def coverage(cell: Cell, *, studies: int, seed: int, outlets: int = 10) -> Coverage:
    """Return how the package's own 95% intervals do on simulated outlets."""
    from framelens import _core
    from framelens.labels.framing import jeffreys_interval

    labels = draw(cell, studies=studies, outlets=outlets, seed=seed)
    family = np.repeat(np.arange(studies), outlets)
    found = _core.score_labels(labels, family.tolist(), 2)
    low, high = jeffreys_interval(found["effective_first"], found["effective_second"])
    known = ~np.isnan(low)
    true_score = 2 * cell.share - 1
    held = (low <= true_score) & (true_score <= high)
    return Coverage(covered=float(held[known].mean()), known=float(known.mean()))
