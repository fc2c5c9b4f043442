"""How alike sources write: similarity of their articles' words, with intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from framelens import _core
from framelens._groups import (
    By,
    GroupedCounts,
    Voice,
    check_choice,
    check_interval,
    count_groups,
    grouped_documents,
    texts_of,
)
from framelens.alike import DocumentRows, Explanation, SourceMap, pool, tfidf
from framelens.characters import plain
from framelens.corpus import check_corpus
from framelens.neighbours import DISTANCES, MEASURES, Measure
from framelens.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus import Corpus, Zones

__all__ = ["Similarity", "similarity"]

_AGGREGATES = ("centroid", "pooled", "mean_pairwise", "event_matched")
_COLUMNS = ("a", "b", "similarity", "adjusted", "low", "high", "n_a", "n_b")
_NAMES = {name: name.replace("_", " ") for name in MEASURES} | {
    "dot": "product",
    "ejaccard": "extended Jaccard",
    "edice": "extended Dice",
    "jaccard": "Jaccard",
    "dice": "Dice",
    "hamann": "Hamann",
    "jensen_shannon": "Jensen–Shannon",
    "hellinger": "Hellinger",
    "euclidean": "Euclidean",
    "manhattan": "Manhattan",
    "canberra": "Canberra",
}
_MIXES = {
    "centroid": "mean TF-IDF rows: mixes topic and style",
    "pooled": "all articles of a source as one text: mixes topic and style",
    "mean_pairwise": "mean over pairs of articles: mixes topic and style",
    "event_matched": "mean over articles of the same event: compares treatment, not topics",
}


@dataclass(frozen=True, repr=False, eq=False)
class Similarity(Result):
    """How alike sources write.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a pair of sources, ``a`` before ``b``. ``similarity`` is what was asked for (a
        distance where the measure is one); ``adjusted`` does not grow with the number of articles,
        and ``low`` and ``high`` are its interval, missing where a source has too few articles (5,
        or 20 when centred), or the two have fewer than 5 events to match.
    matrix : pandas.DataFrame
        ``similarity``, sources by sources.
    order : list of str
        The sources in the order of a dendrogram: alike beside alike.
    centre : bool
        Whether the mean of the sources was subtracted: signs are then relative.
    aggregate, measure : str
        How articles became sources, and how these were compared.
    """

    matrix: pd.DataFrame
    order: list[str]
    centre: bool = False
    aggregate: str = "centroid"
    measure: str = "cosine"
    _rows: DocumentRows | None = field(default=None)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw a heat map of the matrix, alike beside alike."""
        from framelens.plots import heat_map

        relative = "; signs are relative to the sources' mean" if self.centre else ""
        distance = self.measure in DISTANCES
        small = "; small is alike" if distance else ""
        return heat_map(
            self.matrix,
            ax=ax,
            order=self.order,
            label=f"{_NAMES[self.measure]} {'distance' if distance else 'similarity'}",
            note=_MIXES[self.aggregate] + relative + small,
            signed=self.centre,
            distance=distance,
        )

    def map(self) -> SourceMap:
        """Place the sources in the plane, alike near alike (classical scaling)."""
        from framelens.alike import to_plane

        return to_plane(_distances(self.matrix, self.measure))

    def network(self, ax: Axes | None = None, *, neighbours: int = 2) -> Axes:
        """Draw each source tied to those most alike to it, `neighbours` at least.

        Places are those of the map; a thicker line is a greater similarity.
        """
        from framelens.plots import source_network

        if neighbours < 1:
            raise ValueError(f"neighbours is at least 1, not {neighbours}")
        return source_network(
            self.map().frame, _distances(self.matrix, self.measure), ax=ax, neighbours=neighbours
        )

    def explain(self, a: str, b: str) -> Explanation:
        """Take the similarity of two sources apart into terms, and find their nearest documents.

        Raises
        ------
        ValueError
            An unknown source, or another measure than ``cosine``, which has no parts.
        """
        from framelens.alike import explain

        if self.measure != "cosine":
            raise ValueError(f"explain needs measure='cosine': {self.measure} has no parts")
        names = (plain(a), plain(b))
        return explain(self._known_rows(), self.aggregate, self.centre, *names)

    def baseline(self, *, splits: int = 20, seed: int = 0) -> pd.DataFrame:
        """Compare random halves of each source: how alike a source is to itself.

        Halves have half the articles, and the cosine of centroids grows with their number: read a
        source's ``similarity`` here as what the same source reaches, less that.

        Returns
        -------
        pandas.DataFrame
            ``source``, ``similarity`` (cosine of the halves' centroids, mean of the splits; missing
            under 4 articles), ``n``.
        """
        from framelens.alike import split_half

        if splits < 1:
            raise ValueError(f"splits is at least 1, not {splits}")
        return split_half(self._known_rows(), self.centre, splits, seed)

    def _known_rows(self) -> DocumentRows:
        if self._rows is None:
            raise ValueError("this similarity was made without its documents")
        return self._rows


def similarity(
    corpus: Corpus,
    *,
    by: By = "source",
    measure: Measure = "cosine",
    aggregate: Literal["centroid", "pooled", "mean_pairwise", "event_matched"] = "centroid",
    centre: bool = False,
    sublinear_tf: bool = False,
    interval: float = 0.95,
    zones: Zones = ("subhead", "body"),
    voice: Voice | None = None,
    min_documents: int = 1,
    drop_shared: bool = False,
    n_jobs: int | None = None,
) -> Similarity:
    """Compare how sources write.

    Each article is a unit vector of TF-IDF weights, as scikit-learn's ``TfidfVectorizer`` gives it.

    Parameters
    ----------
    corpus : Corpus
        The articles.
    by : str, mapping or sequence
        A column of ``corpus.documents`` whose values are compared, ``"month"``, values by document
        id (a mapping or a series), or several of these, whose combinations are compared. Articles
        without a value are left out.
    measure : str
        ``cosine``, or any other of :func:`framelens.pairwise`; ``adjusted`` and its interval belong
        to the cosine.
    aggregate : {"centroid", "pooled", "mean_pairwise", "event_matched"}
        ``centroid``: cosine of the mean vectors. ``pooled``: cosine of the TF-IDF vectors of all
        articles of a source taken as one text (counts for ``jensen_shannon`` and ``hellinger``).
        ``mean_pairwise``: mean cosine of an article of one source and one of the other; on the
        diagonal, of two articles of the source. ``event_matched``: the same, of articles of one
        event only, every event counting alike.
    centre : bool
        Subtract the mean of the sources' vectors first. This tells sources apart better, but a
        negative number then means less alike than most, never opposition.
    sublinear_tf : bool
        Weigh a term by 1 + ln of its count in an article, so that what an article is about counts
        for less. With ``centre=True``, sources are told apart best in this way.
    interval : float
        Coverage of ``low`` and ``high``: t-intervals of ``adjusted`` from leaving out each article
        (each event, when matched) in turn; near-duplicates of one another are left out together.
    zones : tuple of str or "all"
        Which parts of the articles. Headlines are a desk's, and not every source gives them: they
        are left out by default.
    voice : {"own"}, optional
        Leave out what stands inside quotations.
    min_documents : int
        Leave out sources with fewer articles.
    drop_shared : bool
        Leave out copy that articles of other sources have too (:meth:`Corpus.near_duplicates`):
        what two sources took from one agency is no evidence that they write alike.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Returns
    -------
    Similarity

    Raises
    ------
    ValueError
        An unknown column, measure, aggregate or zone; the message lists those there are. A corpus
        without events cannot be matched by them: see :meth:`Corpus.same_event`.

    See Also
    --------
    keyness : The words that set the same sources apart.
    pairwise : The measures on any matrix.

    Notes
    -----
    The cosine of mean vectors grows with the number of articles. ``adjusted`` is the mean product
    of an article of one source and an article of the other, divided by the root of both sources'
    mean products of two different articles; it is missing where a source has one article. Matched
    by event, it can exceed 1: reports of one event are more alike than two of a source.

    Examples
    --------
    >>> import framelens as fl
    >>> alike = fl.similarity(fl.demo())
    >>> alike.matrix.shape
    (5, 5)
    >>> len(alike.frame)
    10
    """
    check_corpus(corpus, "similarity")
    check_choice("measure", measure, MEASURES)
    check_choice("aggregate", aggregate, _AGGREGATES)
    check_interval(interval)
    if min_documents < 1:
        raise ValueError(f"min_documents is at least 1, not {min_documents}")
    positions, labels = grouped_documents(corpus, by)
    if aggregate == "event_matched":
        positions, labels = _with_events(corpus, positions, labels)
    sizes = Counter(labels)
    kept = [i for i, label in enumerate(labels) if sizes[label] >= min_documents]
    texts = texts_of(corpus, zones, voice, drop_shared=drop_shared)
    return compare_texts(
        [texts[positions[i]] for i in kept],
        [labels[i] for i in kept],
        docs=[corpus.ids[positions[i]] for i in kept],
        events=[corpus.event_of[positions[i]] for i in kept],
        clusters=[int(corpus._copy_clusters[positions[i]]) for i in kept],
        measure=measure,
        aggregate=aggregate,
        centre=centre,
        sublinear_tf=sublinear_tf,
        interval=interval,
        n_jobs=n_jobs,
    )


def compare_texts(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    docs: Sequence[str] | None = None,
    events: Sequence[str | None] | None = None,
    clusters: Sequence[int] | None = None,
    measure: str = "cosine",
    aggregate: str = "centroid",
    centre: bool = False,
    sublinear_tf: bool = False,
    interval: float = 0.95,
    n_jobs: int | None = None,
) -> Similarity:
    """Compare groups of texts; `labels` are their groups. See :func:`similarity`."""
    if centre and (measure != "cosine" or aggregate == "event_matched"):
        raise ValueError("centre needs measure='cosine' and another aggregate than event_matched")
    if aggregate == "event_matched" and measure != "cosine":
        raise ValueError("event_matched needs measure='cosine'")
    counts = count_groups(texts, labels, docs=docs, clusters=clusters, n_jobs=n_jobs)
    rows = _document_rows(counts, docs, events, sublinear_tf)
    if aggregate == "event_matched":
        found = _matched(counts, rows, n_jobs)
    else:
        found = _core.compare_groups(
            *counts.rows,
            counts.group_of,
            counts.cluster_of,
            columns=len(counts.terms),
            groups=len(counts.groups),
            aggregate=aggregate,
            centre=centre,
            sublinear_tf=sublinear_tf,
            n_jobs=n_jobs,
        )
    if measure != "cosine":
        found["similarity"] = _other_measure(rows, measure, aggregate, n_jobs)
        for name in ("adjusted", "error", "degrees"):
            found[name] = np.full_like(found["similarity"], np.nan)
    names = counts.groups
    matrix = pd.DataFrame(found["similarity"], index=names, columns=names)
    return Similarity(
        frame=_pairs(names, counts.documents, found, interval),
        matrix=matrix,
        order=_leaf_order(_distances(matrix, measure)),
        centre=centre,
        aggregate=aggregate,
        measure=measure,
        _rows=rows,
    )


def _with_events(
    corpus: Corpus, positions: list[int], labels: list[str]
) -> tuple[list[int], list[str]]:
    kept = [k for k, i in enumerate(positions) if corpus.event_of[i] is not None]
    if positions and not kept:
        raise ValueError("no document has an event; corpus.same_event() proposes some")
    return [positions[k] for k in kept], [labels[k] for k in kept]


def _document_rows(
    counts: GroupedCounts,
    docs: Sequence[str] | None,
    events: Sequence[str | None] | None,
    sublinear_tf: bool,
) -> DocumentRows:
    from scipy import sparse

    indptr, indices, data = counts.rows
    matrix = sparse.csr_array(
        (data, indices, indptr), shape=(len(counts.group_of), len(counts.terms))
    )
    return DocumentRows(
        weights=tfidf(matrix, sublinear_tf),
        counts=matrix,
        terms=counts.terms,
        groups=counts.groups,
        group_of=counts.group_of,
        docs=[str(i) if docs is None else docs[i] for i in counts.order],
        events=[None if events is None else events[i] for i in counts.order],
        sublinear_tf=sublinear_tf,
    )


def _matched(counts: GroupedCounts, rows: DocumentRows, n_jobs: int | None) -> dict[str, Any]:
    if None in rows.events:
        raise ValueError("event_matched needs an event for every text")
    names = sorted(set(map(str, rows.events)))
    number = {name: position for position, name in enumerate(names)}
    found = _core.compare_matched(
        *counts.rows,
        counts.group_of,
        np.array([number[str(event)] for event in rows.events], dtype=np.int32),
        columns=len(counts.terms),
        groups=len(counts.groups),
        events=len(names),
        sublinear_tf=rows.sublinear_tf,
        n_jobs=n_jobs,
    )
    found["degrees"] = np.maximum(found["events"] - 1.0, 1.0)
    return found


def _other_measure(
    rows: DocumentRows, measure: Any, aggregate: str, n_jobs: int | None
) -> np.ndarray[Any, Any]:
    from framelens.neighbours import pairwise

    if aggregate == "centroid":
        return np.asarray(pairwise(rows.means(), measure=measure, n_jobs=n_jobs))
    if aggregate == "pooled":
        pooled = pool(rows)
        weighed = (
            pooled
            if measure in ("jensen_shannon", "hellinger")
            else tfidf(pooled, rows.sublinear_tf)
        )
        return np.asarray(pairwise(weighed, measure=measure, n_jobs=n_jobs))
    values = np.full((len(rows.groups), len(rows.groups)), np.nan)
    members = [rows.of(group) for group in rows.groups]
    for a, of_a in enumerate(members):
        for b, of_b in enumerate(members[: a + 1]):
            found = pairwise(rows.weights[of_a], rows.weights[of_b], measure=measure, n_jobs=n_jobs)
            if a == b:
                found = found[~np.eye(len(of_a), dtype=bool)]
            # Missing if any is: an empty article is not like anything.
            values[a, b] = values[b, a] = found.mean() if found.size else np.nan
    return values


def _pairs(
    names: list[str], documents: Any, found: dict[str, Any], interval: float
) -> pd.DataFrame:
    from scipy.stats import t

    a, b = np.triu_indices(len(names), k=1)
    adjusted = found["adjusted"][a, b]
    reach = t.ppf((1.0 + interval) / 2.0, found["degrees"][a, b]) * found["error"][a, b]
    labels = np.array(names, dtype=object)
    columns = (
        labels[a],
        labels[b],
        found["similarity"][a, b],
        adjusted,
        adjusted - reach,
        adjusted + reach,
        documents[a],
        documents[b],
    )
    return pd.DataFrame(dict(zip(_COLUMNS, columns, strict=True)))


def _distances(matrix: pd.DataFrame, measure: str) -> pd.DataFrame:
    if measure in DISTANCES:
        return matrix
    # Of unit vectors, and else a similarity whose most is 1; a product has no such most.
    values = matrix.to_numpy(dtype=float)
    size = np.diag(values) if measure == "dot" else np.ones(len(values))
    squares = size[:, None] + size[None, :] - 2.0 * values
    roots = np.sqrt(np.maximum(squares, 0.0))
    return pd.DataFrame(roots, index=matrix.index, columns=matrix.columns)


def _leaf_order(distances: pd.DataFrame) -> list[str]:
    names = [str(name) for name in distances.index]
    if len(names) < 3:
        return names
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    # A missing similarity is as far as the farthest known one.
    distance = distances.to_numpy(dtype=float, copy=True)
    known = distance[np.isfinite(distance)]
    distance[~np.isfinite(distance)] = known.max() if len(known) else 1.0
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), method="average")
    return [names[leaf] for leaf in leaves_list(tree)]
