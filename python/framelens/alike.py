"""What stands behind a similarity: its terms and documents, its baseline, its map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DocumentRows", "Explanation", "SourceMap"]


@dataclass(frozen=True)
class DocumentRows:
    """TF-IDF rows of documents with their groups and names, and the counts behind them."""

    weights: Any
    counts: Any
    terms: list[str]
    groups: list[str]
    group_of: np.ndarray[Any, Any]
    docs: list[str]
    events: list[str | None]
    sublinear_tf: bool = False

    def of(self, group: str) -> np.ndarray[Any, Any]:
        """Return the positions of a group's documents; ValueError if there is no such group."""
        if group not in self.groups:
            raise ValueError(f"no source is called {group!r}; there are {', '.join(self.groups)}")
        return np.flatnonzero(self.group_of == self.groups.index(group))

    def means(self) -> Any:
        """Return groups x terms: the mean row of each."""
        from scipy import sparse

        n = np.bincount(self.group_of, minlength=len(self.groups)).astype(float)
        one = sparse.csr_array(
            (1.0 / n[self.group_of], (self.group_of, np.arange(len(self.group_of)))),
            shape=(len(self.groups), len(self.group_of)),
        )
        return (one @ self.weights).tocsr()


def tfidf(counts: Any, sublinear_tf: bool = False) -> Any:
    """Return unit TF-IDF rows of counts, as scikit-learn weighs them."""
    from scipy import sparse

    documents, columns = counts.shape
    frequency = np.bincount(counts.indices, minlength=columns)
    idf = np.log((documents + 1.0) / (frequency + 1.0)) + 1.0
    parts = counts.indptr.astype(np.int64), counts.indices.astype(np.int32)
    tf = counts.data.astype(float)
    if sublinear_tf:
        tf = np.log(tf) + 1.0
    data = _core.weigh(*parts, tf, idf, columns=columns, norm="l2")
    return sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)


@dataclass(frozen=True, repr=False, eq=False)
class Explanation(Result):
    """The terms that carry the similarity of two sources.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a term that both use (any term, when centred), the largest part first: ``term``,
        ``part`` of the similarity, ``a`` and ``b``, the term's weight in each source.
    pairs : pandas.DataFrame
        The nearest documents of the two: ``doc_a``, ``doc_b``, ``similarity`` (cosine).
    similarity : float
        The sum of the parts, to rounding.
    a, b : str
        The sources.
    """

    pairs: pd.DataFrame
    similarity: float
    a: str
    b: str

    def plot(self, ax: Axes | None = None, *, terms: int = 20) -> Axes:
        """Draw the largest parts as bars."""
        from framelens.plots import part_bars

        title = f"What makes {self.a} and {self.b} alike"
        return part_bars(self.frame, ax=ax, terms=terms, total=self.similarity, title=title)


def explain(rows: DocumentRows, aggregate: str, centre: bool, a: str, b: str) -> Explanation:
    """Take the similarity of two groups apart."""
    left, right = _vectors(rows, aggregate, centre, a, b)
    parts = left * right
    if aggregate == "event_matched":
        parts = _matched_parts(rows, a, b)
    kept = np.flatnonzero(parts)
    kept = kept[np.argsort(-parts[kept], kind="stable")]
    frame = pd.DataFrame(
        {
            "term": np.array(rows.terms, dtype=object)[kept],
            "part": parts[kept],
            "a": left[kept],
            "b": right[kept],
        }
    )
    similarity = float(parts.sum())
    if not (centre and aggregate == "mean_pairwise"):
        # A cosine, or a mean of some.
        similarity = min(max(similarity, -1.0), 1.0)
    return Explanation(frame, _nearest_pairs(rows, a, b), similarity, a, b)


def _vectors(
    rows: DocumentRows, aggregate: str, centre: bool, a: str, b: str
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    rows.of(a), rows.of(b)
    means = tfidf(pool(rows), rows.sublinear_tf) if aggregate == "pooled" else rows.means()
    both = means[[rows.groups.index(a), rows.groups.index(b)]].toarray()
    if centre:
        both = both - means.mean(axis=0)
    if aggregate in ("centroid", "pooled"):
        norms = np.linalg.norm(both, axis=1, keepdims=True)
        both = np.divide(both, norms, out=np.zeros_like(both), where=norms > 0)
    return both[0], both[1]


def _matched_parts(rows: DocumentRows, a: str, b: str) -> np.ndarray[Any, Any]:
    of_a, of_b = rows.of(a), rows.of(b)
    events = sorted(
        {rows.events[i] for i in of_a} & {rows.events[i] for i in of_b} - {None}, key=str
    )
    total = np.zeros(rows.weights.shape[1])
    for event in events:
        left, right = (
            rows.weights[[i for i in own if rows.events[i] == event]].mean(axis=0)
            for own in (of_a, of_b)
        )
        total += left * right / len(events)
    return total


def pool(rows: DocumentRows) -> Any:
    """Return groups x terms: the summed counts of each group."""
    from scipy import sparse

    shape = (len(rows.groups), len(rows.group_of))
    ones = np.ones(len(rows.group_of), dtype=rows.counts.dtype)
    one = sparse.csr_array((ones, (rows.group_of, np.arange(shape[1]))), shape=shape)
    summed = (one @ rows.counts).tocsr()
    summed.sort_indices()
    return summed


def _nearest_pairs(rows: DocumentRows, a: str, b: str, n: int = 10) -> pd.DataFrame:
    from framelens.neighbours import nearest

    of_a, of_b = rows.of(a), rows.of(b)
    found = nearest(rows.weights[of_a], rows.weights[of_b], n=n, measure="cosine").tocoo()
    pairs = pd.DataFrame(
        {
            "doc_a": [rows.docs[of_a[i]] for i in found.row],
            "doc_b": [rows.docs[of_b[j]] for j in found.col],
            "similarity": found.data,
        }
    )
    if a == b:
        pairs = pairs[pairs["doc_a"] < pairs["doc_b"]]
    best = pairs.sort_values(
        ["similarity", "doc_a", "doc_b"], ascending=[False, True, True], kind="stable"
    )
    return best.head(n).reset_index(drop=True)


def split_half(rows: DocumentRows, centre: bool, splits: int, seed: int) -> pd.DataFrame:
    """Return the cosine of the mean rows of random halves of each group."""
    random = np.random.default_rng(seed)
    mean = rows.means().mean(axis=0) if centre else np.zeros(rows.weights.shape[1])
    found = []
    for group in rows.groups:
        own = rows.weights[rows.of(group)]
        n = own.shape[0]
        values = np.full(splits, np.nan)
        if n >= 4:
            shift = own @ mean
            gram = (own @ own.T).toarray() - shift[:, None] - shift[None, :] + mean @ mean
            for split in range(splits):
                first = np.zeros(n)
                first[random.permutation(n)[: n // 2]] = 1.0
                second = 1.0 - first
                squares = first @ gram @ first, second @ gram @ second
                if min(squares) > 0:
                    cosine = (first @ gram @ second) / np.sqrt(squares[0] * squares[1])
                    values[split] = np.clip(cosine, -1.0, 1.0)
        known = values[~np.isnan(values)]
        found.append((group, known.mean() if len(known) else np.nan, n))
    return pd.DataFrame(found, columns=["source", "similarity", "n"])


@dataclass(frozen=True, repr=False, eq=False)
class SourceMap(Result):
    """Sources in the plane: near is alike.

    Attributes
    ----------
    frame : pandas.DataFrame
        ``source``, ``x``, ``y``; missing where a similarity is.
    share : float
        Share of the variance that the plane shows: far below 1, distances mislead.
    """

    share: float

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the map."""
        from framelens.plots import source_map

        return source_map(self.frame, ax=ax, share=self.share)


def to_plane(distances: pd.DataFrame) -> SourceMap:
    """Place sources by classical scaling of their distances."""
    values = distances.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(values, 0.0)
    # The sources without which every distance is known.
    tied = np.flatnonzero(np.isfinite(values).sum(axis=1) > 1)
    known = np.array([i for i in tied if np.isfinite(values[i, tied]).all()], dtype=int)
    inner = np.ascontiguousarray(values[np.ix_(known, known)])
    places, share = _core.map_to_plane(inner.ravel(), points=len(known))
    coordinates = np.full((len(values), 2), np.nan)
    coordinates[known] = places
    frame = pd.DataFrame(
        {"source": list(distances.index), "x": coordinates[:, 0], "y": coordinates[:, 1]}
    )
    return SourceMap(frame=frame, share=share)
