"""What stands behind a similarity: its terms and documents, its baseline, its map."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import Result
from framelens.corpus.groups import document_order, numbered

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DocumentRows", "Explanation", "SourceMap", "Weighing"]

FUNCTION_WORDS = "(function words)"


@dataclass(frozen=True)
class Weighing:
    """How words become weights: TF-IDF without `stop_words`, or whatever a vectorizer gives."""

    sublinear_tf: bool = True
    vectorizer: Any = None
    stop_words: Collection[str] = ()


@dataclass(frozen=True)
class DocumentRows:
    """Rows of length 1 of documents with their groups and names, and the counts behind them.

    `counts` are missing where a vectorizer gave the rows.
    """

    weights: Any
    counts: Any
    terms: list[str]
    groups: list[str]
    group_of: np.ndarray[Any, Any]
    cluster_of: np.ndarray[Any, Any]
    docs: list[str]
    events: list[str | None]
    sublinear_tf: bool = True
    function_words: frozenset[str] = frozenset()

    def of(self, group: str) -> np.ndarray[Any, Any]:
        """Return the positions of a group's documents; ValueError if there is no such group."""
        if group not in self.groups:
            raise ValueError(
                f"no source is called {group!r}; the sources are {', '.join(self.groups)}"
            )
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


def engine_rows(rows: Any) -> tuple[Any, Any, Any]:
    """Return the parts of sparse rows as the engine takes them."""
    return rows.indptr.astype(np.int64), rows.indices.astype(np.int32), rows.data


def document_rows(
    texts: Sequence[str],
    labels: Sequence[str],
    weighing: Weighing,
    *,
    docs: Sequence[str] | None = None,
    events: Sequence[str | None] | None = None,
    clusters: Sequence[int] | None = None,
    n_jobs: int | None = None,
) -> DocumentRows:
    """Weigh the words of `texts`, whose groups are `labels`."""
    if weighing.vectorizer is not None and weighing.stop_words:
        raise ValueError(
            "stop_words cannot be combined with vectorizer: set the stop words of the vectorizer"
        )
    order = document_order(texts, labels, docs=docs, clusters=clusters)
    groups, group_of = numbered([labels[i] for i in order])
    ordered = [texts[i] for i in order]
    own = range(len(texts)) if clusters is None else clusters
    weights, counts, terms = (
        _counted(ordered, weighing, n_jobs)
        if weighing.vectorizer is None
        else _vectorized(ordered, weighing.vectorizer)
    )
    return DocumentRows(
        weights=weights,
        counts=counts,
        terms=terms,
        groups=groups,
        group_of=group_of,
        cluster_of=np.array([own[i] for i in order], dtype=np.int32),
        docs=[str(i) if docs is None else docs[i] for i in order],
        events=[None if events is None else events[i] for i in order],
        sublinear_tf=weighing.sublinear_tf,
    )


def _counted(
    texts: Sequence[str], weighing: Weighing, n_jobs: int | None
) -> tuple[Any, Any, list[str]]:
    from scipy import sparse

    terms, (indptr, indices, data) = _core.count_terms(texts, n_jobs=n_jobs)
    counts = sparse.csr_array((data, indices, indptr), shape=(len(texts), len(terms)))
    if weighing.stop_words:
        stopped = frozenset(weighing.stop_words)
        kept = [k for k, term in enumerate(terms) if term not in stopped]
        counts, terms = counts[:, kept], [terms[k] for k in kept]
        counts.sort_indices()
    return tfidf(counts, weighing.sublinear_tf), counts, terms


def _vectorized(texts: Sequence[str], vectorizer: Any) -> tuple[Any, None, list[str]]:
    """Return the rows that a vectorizer gives, their lengths 1, in the columns that have a word."""
    from scipy import sparse
    from sklearn.base import clone

    fitted = clone(vectorizer)
    rows = sparse.csr_array(fitted.fit_transform(texts), dtype=float)
    rows.sum_duplicates()
    rows.eliminate_zeros()
    used = np.unique(rows.indices)
    if hasattr(fitted, "get_feature_names_out"):
        terms = list(map(str, np.asarray(fitted.get_feature_names_out(), dtype=object)[used]))
    else:
        terms = [f"column {column}" for column in used]
    rows = rows[:, used]
    rows.sort_indices()
    indptr, indices = rows.indptr.astype(np.int64), rows.indices.astype(np.int32)
    ones = np.ones(len(used))
    data = _core.weigh(indptr, indices, rows.data, ones, columns=len(used), norm="l2")
    return sparse.csr_array((data, indices, indptr), shape=rows.shape), None, terms


def tfidf(counts: Any, sublinear_tf: bool) -> Any:
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
        ``part`` of the similarity, ``a`` and ``b``, the term's weight in each source. The
        language's stop words are one row, ``(function words)``, without weights.
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


def explain(
    rows: DocumentRows, aggregate: str, centre: bool, a: str, b: str, *, adjusted: bool
) -> Explanation:
    """Take the similarity of two groups apart, or their adjusted one."""
    if adjusted:
        left, right, parts = _adjusted_parts(rows, a, b)
    else:
        left, right = _vectors(rows, aggregate, centre, a, b)
        parts = left * right
    if aggregate == "event_matched":
        parts = _matched_parts(rows, a, b)
        if adjusted:
            parts = parts / np.sqrt(_within(rows, a).sum() * _within(rows, b).sum())
    similarity = float(parts.sum())
    if not adjusted and not (centre and aggregate == "mean_pairwise"):
        # A cosine, or a mean of some.
        similarity = min(max(similarity, -1.0), 1.0)
    frame = _pool_function_words(_terms(rows, parts, left, right), rows.function_words)
    return Explanation(frame, _nearest_pairs(rows, a, b), similarity, a, b)


def _terms(rows: DocumentRows, parts: Any, left: Any, right: Any) -> pd.DataFrame:
    kept = np.flatnonzero(parts)
    return pd.DataFrame(
        {
            "term": np.array(rows.terms, dtype=object)[kept],
            "part": parts[kept],
            "a": left[kept],
            "b": right[kept],
        }
    )


def _pool_function_words(frame: pd.DataFrame, words: frozenset[str]) -> pd.DataFrame:
    """Put terms that are made of function words alone into one row; the largest part is first."""
    pooled = np.array([words.issuperset(term.split()) for term in frame["term"]], dtype=bool)
    if pooled.any():
        together = {"term": FUNCTION_WORDS, "part": frame["part"][pooled].sum()}
        frame = pd.concat([frame[~pooled], pd.DataFrame([together])], ignore_index=True)
    return frame.sort_values("part", ascending=False, kind="stable", ignore_index=True)


def _adjusted_parts(
    rows: DocumentRows, a: str, b: str
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return mean rows over the roots of the groups' own mean products, and their products.

    Of a group and itself, products of two different documents.
    """
    within = {group: _within(rows, group) for group in (a, b)}
    left, right = (
        np.asarray(rows.weights[rows.of(group)].mean(axis=0)).ravel() / np.sqrt(within[group].sum())
        for group in (a, b)
    )
    return left, right, within[a] / within[a].sum() if a == b else left * right


def _within(rows: DocumentRows, group: str) -> np.ndarray[Any, Any]:
    """Return by term the mean product of two different documents of a group."""
    own = rows.weights[rows.of(group)]
    n = own.shape[0]
    sums = np.asarray(own.sum(axis=0)).ravel()
    squares = np.asarray(own.multiply(own).sum(axis=0)).ravel()
    products = (sums**2 - squares) / (n * (n - 1.0)) if n > 1 else np.full(len(sums), np.nan)
    return np.asarray(products)


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

    if rows.counts is None:
        raise ValueError("aggregate='pooled' counts the articles itself: leave vectorizer out")
    shape = (len(rows.groups), len(rows.group_of))
    ones = np.ones(len(rows.group_of), dtype=np.int64)
    one = sparse.csr_array((ones, (rows.group_of, np.arange(shape[1]))), shape=shape)
    summed = (one @ rows.counts).tocsr()
    summed.sort_indices()
    return summed


def _nearest_pairs(rows: DocumentRows, a: str, b: str, n: int = 10) -> pd.DataFrame:
    from framelens.corpus.neighbours import nearest

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
