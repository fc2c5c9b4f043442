"""Which articles report the same event: candidates and groups for a corpus without events."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import Result
from framelens.contrast.alike import tfidf
from framelens.corpus.access import order_by_id
from framelens.corpus.characters import plain
from framelens.corpus.groups import texts_of
from framelens.corpus.neighbours import nearest

if TYPE_CHECKING:
    from framelens.corpus.corpus import Corpus

__all__ = ["SameEvent", "same_event"]

# Chosen on one half of 276 known events and reported on the other: docs/meaning.md.
_TITLE_SHARE = 0.25
_FAR_IN_TIME = 0.6  # what is left of the score of articles that are long apart
_DAYS = 5.0  # in which the rest falls by e
_THRESHOLD = 0.2
_LARGEST_PART = 2000  # articles that linkage groups at once: 32 MB of distances
_EQUAL = 0.95
_POOL = 50  # nearest by words, of which dates then choose


@dataclass(frozen=True, repr=False, eq=False)
class SameEvent(Result):
    """Articles that may report the same event.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a candidate, the best of each article first: ``doc``, ``source``, ``candidate``,
        ``candidate_source``, ``rank`` (from 1), ``score`` in [0, 1], ``days`` between the dates
        (missing where one is).
    groups : pandas.Series
        A name of an event by document id, only for articles that are in a group of two or more.
    corpus : Corpus
        The same corpus; articles without an event have that of their group.
    """

    groups: pd.Series[Any]
    corpus: Corpus


def same_event(
    corpus: Corpus, *, n: int = 5, threshold: float = _THRESHOLD, n_jobs: int | None = None
) -> SameEvent:
    """See :meth:`framelens.corpus.corpus.Corpus.same_event`."""
    if n < 1:
        raise ValueError(f"n must be at least 1, not {n}")
    if not 0.0 < threshold <= 1.0:
        raise ValueError(f"threshold must be above 0 and at most 1, not {threshold}")
    rows = _rows(corpus, n_jobs)
    # Of equals the nearest are those of the smallest ids.
    order = order_by_id(corpus)
    near = nearest(rows[order], n=max(_POOL, n), threshold=1e-9, n_jobs=n_jobs).tocoo()
    first, second = order[near.row], order[near.col]
    day_of = _days_of(corpus)
    days = _apart(day_of, first, second)
    score = _as_cosines(near.data) * _in_time(days)
    frame = _candidates(corpus, first, second, score, days, n)
    groups = _groups(corpus, (rows, day_of), first, second, score, threshold)
    groups = _with_known_events(corpus, groups)
    events = [
        known if known is not None else groups.get(id_)
        for known, id_ in zip(corpus.event_of, corpus.ids, strict=True)
    ]
    return SameEvent(frame, groups, dataclasses.replace(corpus, _events=events))


def _with_known_events(corpus: Corpus, groups: pd.Series[Any]) -> pd.Series[Any]:
    # A group in which one event is known is that event.
    known = pd.Series(corpus.event_of, index=corpus.ids, dtype=object).reindex(groups.index)
    told = known.dropna().groupby(groups).unique()
    names = {group: events[0] for group, events in told.items() if len(events) == 1}
    return groups.map(lambda group: names.get(group, group)).astype(object)


def _rows(corpus: Corpus, n_jobs: int | None) -> Any:
    # Unit rows of text and title, side by side: their product is the weighted mean of both cosines.
    # A document of only one of them is that one.
    from scipy import sparse

    headlines = texts_of(corpus, ("headline",))
    titles = [
        plain(title or "") or line for title, line in zip(corpus.titles, headlines, strict=True)
    ]
    text = _weights(texts_of(corpus, ("subhead", "body")), n_jobs)
    title = _weights(titles, n_jobs)
    has_title, has_text = np.diff(title.indptr) > 0, np.diff(text.indptr) > 0
    share = np.where(has_title, np.where(has_text, _TITLE_SHARE, 1.0), 0.0)
    parts = [
        sparse.diags_array(np.sqrt(1.0 - share)) @ text,
        sparse.diags_array(np.sqrt(share)) @ title,
    ]
    return sparse.hstack(parts, format="csr")


def _weights(texts: list[str], n_jobs: int | None) -> Any:
    from scipy import sparse

    terms, (indptr, indices, data) = _core.count_terms(texts, n_jobs=n_jobs)
    sublinear = 1.0 + np.log(data)
    rows = sparse.csr_array((sublinear, indices, indptr), shape=(len(texts), len(terms)))
    return tfidf(rows, sublinear_tf=False)


def _as_cosines(products: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    # Rounding leaves the product of equal unit rows a few last bits off 1.
    return np.where(products > 1.0 - 1e-12, 1.0, products)


def _days_of(corpus: Corpus) -> np.ndarray[Any, Any]:
    dates = corpus.documents["date"]
    days: Any = dates.to_numpy().astype("datetime64[D]").astype(float)
    days[dates.isna().to_numpy()] = np.nan
    return np.asarray(days)


def _apart(day_of: np.ndarray[Any, Any], first: Any, second: Any) -> np.ndarray[Any, Any]:
    return np.asarray(np.abs(day_of[first] - day_of[second]))


def _in_time(days: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    # Unknown dates stand between the nearest and the farthest.
    near = _FAR_IN_TIME + (1.0 - _FAR_IN_TIME) * np.exp(-np.nan_to_num(days) / _DAYS)
    return np.where(np.isnan(days), (1.0 + _FAR_IN_TIME) / 2.0, near)


def _candidates(
    corpus: Corpus, first: Any, second: Any, score: Any, days: Any, n: int
) -> pd.DataFrame:
    ids, sources = np.array(corpus.ids, dtype=object), np.array(corpus.source_of, dtype=object)
    frame = pd.DataFrame(
        {
            "doc": ids[first],
            "source": sources[first],
            "candidate": ids[second],
            "candidate_source": sources[second],
            "score": score,
            "days": days,
            "order": first,
        }
    ).sort_values(["order", "score", "candidate"], ascending=[True, False, True], kind="stable")
    rank = frame.groupby("order").cumcount() + 1
    frame.insert(4, "rank", rank)
    return frame[rank <= n].drop(columns="order").reset_index(drop=True)


def _groups(
    corpus: Corpus,
    articles: tuple[Any, np.ndarray[Any, Any]],
    first: Any,
    second: Any,
    score: Any,
    threshold: float,
) -> pd.Series[Any]:
    # `articles` are rows of weights, and days.
    # Average linkage, within parts of the corpus that no pair above the threshold ties together.
    # Linkage joins the first of equals: articles are in the order of their ids.
    found: dict[str, str] = {}
    rank = np.argsort(order_by_id(corpus))
    for unordered in _parts(len(corpus), first, second, score, threshold):
        part = unordered[np.argsort(rank[unordered])]
        large = len(part) > _LARGEST_PART
        for members in [part] if large else _clusters(*articles, part, threshold):
            name = f"event of {min(corpus.ids[i] for i in members)}"
            found.update({corpus.ids[i]: name for i in members})
    series = pd.Series(found, dtype=object, name="event")
    return series.reindex([id_ for id_ in corpus.ids if id_ in found])


def _parts(
    size: int, first: Any, second: Any, score: Any, threshold: float
) -> list[np.ndarray[Any, Any]]:
    # Linkage takes memory by the square: what hangs together in a part too large for it is parted
    # by stronger ties, up to articles that are as good as equal.
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    ties = score >= threshold
    graph = sparse.csr_array((score[ties], (first[ties], second[ties])), shape=(size, size))
    _, part_of = connected_components(graph, directed=False)
    order = np.argsort(part_of, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(part_of[order])) + 1)
    fitting = [part for part in parts if 1 < len(part) <= _LARGEST_PART]
    large = [part for part in parts if len(part) > _LARGEST_PART]
    if not large or threshold >= _EQUAL:
        return fitting + large
    inside = np.isin(part_of, part_of[[part[0] for part in large]])[first] & ties
    stronger = min(threshold + 0.05, _EQUAL)
    return fitting + _parts(size, first[inside], second[inside], score[inside], stronger)


def _clusters(
    rows: Any, day_of: np.ndarray[Any, Any], part: np.ndarray[Any, Any], threshold: float
) -> list[np.ndarray[Any, Any]]:
    from scipy.cluster.hierarchy import fcluster, linkage

    upper = np.triu_indices(len(part), k=1)
    products = (rows[part] @ rows[part].T).toarray()[upper]
    score = _as_cosines(products) * _in_time(_apart(day_of, part[upper[0]], part[upper[1]]))
    tree = linkage(1.0 - score, method="average")
    cluster_of = fcluster(tree, 1.0 - threshold, criterion="distance")
    clusters = [part[cluster_of == number] for number in np.unique(cluster_of)]
    return [members for members in clusters if len(members) > 1]
