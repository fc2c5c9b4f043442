"""Similarity of sources the long way: every pair of articles, and every article left out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

Matrix = np.ndarray


def weights(texts: Sequence[str]) -> Matrix:
    """Dense unit TF-IDF rows."""
    return TfidfVectorizer(sublinear_tf=True).fit_transform(texts).toarray()


def _members(labels: Sequence[str]) -> dict[str, list[int]]:
    return {
        label: [i for i, other in enumerate(labels) if other == label]
        for label in sorted(set(labels))
    }


def centroid(texts: Sequence[str], labels: Sequence[str], *, centre: bool) -> Matrix:
    """Cosine of the sources' mean rows."""
    rows = weights(texts)
    means = np.array([rows[members].mean(axis=0) for members in _members(labels).values()])
    if centre:
        means = means - means.mean(axis=0)
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return means @ means.T


def pooled(texts: Sequence[str], labels: Sequence[str]) -> Matrix:
    """Cosine of the sources' joined texts."""
    rows = weights(["\n".join(texts[i] for i in own) for own in _members(labels).values()])
    return rows @ rows.T


def _mean_product(rows: Matrix, a: Sequence[int], b: Sequence[int]) -> float:
    pairs = [(i, j) for i, j in itertools.product(a, b) if i != j]
    if not pairs:  # one article compared with itself
        pairs = [(a[0], b[0])]
    return float(np.mean([rows[i] @ rows[j] for i, j in pairs]))


def adjusted(rows: Matrix, members: Sequence[Sequence[int]], *, centre: bool) -> Matrix:
    """Mean cross-products over the root of both within-source means."""
    cross = np.array([[_mean_product(rows, a, b) for b in members] for a in members])
    if centre:
        cross = cross - cross.mean(axis=0) - cross.mean(axis=1, keepdims=True) + cross.mean()
    scale = np.sqrt(np.diag(cross))
    return cross / np.outer(scale, scale)


def standard_errors(texts: Sequence[str], labels: Sequence[str], *, centre: bool) -> Matrix:
    """Jackknife: each article of a pair of sources left out in turn."""
    rows = weights(texts)
    members = list(_members(labels).values())
    size = len(members)
    variance = np.zeros((size, size))
    for a, own in enumerate(members):
        left_out = []
        for document in own:
            rest = [[i for i in group if i != document] for group in members]
            left_out.append(adjusted(rows, rest, centre=centre)[a])
        n = len(own)
        variance[a] = (n - 1) / n * ((left_out - np.mean(left_out, axis=0)) ** 2).sum(axis=0)
    return np.sqrt(variance + variance.T)


def matched(
    texts: Sequence[str], labels: Sequence[str], events: Sequence[str], a: str, b: str
) -> tuple[float, float, float]:
    """Similarity, adjusted and its standard error, of articles of the same events."""
    rows = weights(texts)

    def of(group: str, event: str | None, without: str | None) -> list[int]:
        return [
            i
            for i, label in enumerate(labels)
            if label == group and events[i] != without and event in (None, events[i])
        ]

    def both(without: str | None) -> tuple[float, float]:
        shared = sorted(
            {events[i] for i in of(a, None, without)} & {events[i] for i in of(b, None, without)}
        )
        means = [_mean_product(rows, of(a, e, without), of(b, e, without)) for e in shared]
        inside = [_mean_product(rows, of(g, None, without), of(g, None, without)) for g in (a, b)]
        return float(np.mean(means)), float(np.mean(means) / np.sqrt(inside[0] * inside[1]))

    shared = sorted({events[i] for i in of(a, None, None)} & {events[i] for i in of(b, None, None)})
    left_out = np.array([both(event)[1] for event in shared])
    n = len(shared)
    variance = (n - 1) / n * ((left_out - left_out.mean()) ** 2).sum()
    return (*both(None), float(np.sqrt(variance)))
