"""How alike sources write: similarity of their articles' TF-IDF, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from framelens import _core
from framelens._groups import By, check_choice, check_interval, count_groups, grouped_texts
from framelens.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus import Corpus, Zones

__all__ = ["Similarity", "similarity"]

_MEASURES = ("cosine",)
_AGGREGATES = ("centroid", "pooled", "mean_pairwise")
_COLUMNS = ("a", "b", "similarity", "adjusted", "low", "high", "n_a", "n_b")
_MIXES = {
    "centroid": "mean TF-IDF rows: mixes topic and style",
    "pooled": "all articles of a source as one text: mixes topic and style",
    "mean_pairwise": "mean over pairs of articles: mixes topic and style",
}


@dataclass(frozen=True, repr=False, eq=False)
class Similarity(Result):
    """How alike sources write.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a pair of sources, ``a`` before ``b``. ``similarity`` is what was asked for;
        ``adjusted`` does not grow with the number of articles, and ``low`` and ``high`` are its
        interval, missing where a source has too few articles (5, or 20 when centred).
    matrix : pandas.DataFrame
        ``similarity``, sources by sources.
    order : list of str
        The sources in the order of a dendrogram: alike beside alike.
    centre : bool
        Whether the mean of the sources was subtracted: signs are then relative.
    aggregate : str
        How articles became sources.
    """

    matrix: pd.DataFrame
    order: list[str]
    centre: bool = False
    aggregate: str = "centroid"

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw a heat map of the matrix, alike beside alike."""
        from framelens.plots import heat_map

        relative = "; signs are relative to the sources' mean" if self.centre else ""
        return heat_map(
            self.matrix,
            ax=ax,
            order=self.order,
            note=_MIXES[self.aggregate] + relative,
            signed=self.centre,
        )


def similarity(
    corpus: Corpus,
    *,
    by: By = "source",
    measure: Literal["cosine"] = "cosine",
    aggregate: Literal["centroid", "pooled", "mean_pairwise"] = "centroid",
    centre: bool = False,
    interval: float = 0.95,
    zones: Zones = ("headline", "subhead", "body"),
    drop_shared: bool = False,
    n_jobs: int | None = None,
) -> Similarity:
    """Compare how sources write.

    Each article is a unit vector of TF-IDF weights, as scikit-learn's ``TfidfVectorizer`` gives it.

    Parameters
    ----------
    corpus : Corpus
        The articles.
    by : str
        A column of ``corpus.documents`` whose values are compared. Articles without a value are
        left out.
    measure : {"cosine"}
        The measure.
    aggregate : {"centroid", "pooled", "mean_pairwise"}
        ``centroid``: cosine of the mean vectors. ``pooled``: cosine of the TF-IDF vectors of all
        articles of a source taken as one text. ``mean_pairwise``: mean cosine of an article of one
        source and one of the other; on the diagonal, of two articles of the source.
    centre : bool
        Subtract the mean of the sources' vectors first. This tells sources apart better, but a
        negative number then means less alike than most, never opposition.
    interval : float
        Coverage of ``low`` and ``high``: t-intervals of ``adjusted`` from leaving out each article
        in turn.
    zones : tuple of str or "all"
        Which parts of the articles.
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
        An unknown column, measure, aggregate or zone; the message lists those there are.

    Notes
    -----
    The cosine of mean vectors grows with the number of articles. ``adjusted`` is the mean product
    of an article of one source and an article of the other, divided by the root of both sources'
    mean products of two different articles; it is missing where a source has one article.

    Examples
    --------
    >>> import framelens as fl
    >>> alike = fl.similarity(fl.demo())
    >>> alike.matrix.shape
    (5, 5)
    >>> len(alike.frame)
    10
    """
    check_choice("measure", measure, _MEASURES)
    check_choice("aggregate", aggregate, _AGGREGATES)
    check_interval(interval)
    texts, labels = grouped_texts(corpus, by, zones, drop_shared=drop_shared)
    return compare_texts(
        texts, labels, aggregate=aggregate, centre=centre, interval=interval, n_jobs=n_jobs
    )


def compare_texts(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    aggregate: str = "centroid",
    centre: bool = False,
    interval: float = 0.95,
    n_jobs: int | None = None,
) -> Similarity:
    """Compare groups of texts; `labels` are their groups. See :func:`similarity`."""
    counts = count_groups(texts, labels, n_jobs=n_jobs)
    found = _core.compare_groups(
        *counts.rows,
        counts.group_of,
        columns=len(counts.terms),
        groups=len(counts.groups),
        aggregate=aggregate,
        centre=centre,
        n_jobs=n_jobs,
    )
    names = counts.groups
    matrix = pd.DataFrame(found["similarity"], index=names, columns=names)
    return Similarity(
        frame=_pairs(names, counts.documents, found, interval),
        matrix=matrix,
        order=_leaf_order(matrix),
        centre=centre,
        aggregate=aggregate,
    )


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


def _leaf_order(matrix: pd.DataFrame) -> list[str]:
    names = [str(name) for name in matrix.index]
    if len(names) < 3:
        return names
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    # A missing similarity is as far as the farthest known one.
    distance = 1.0 - matrix.to_numpy()
    known = distance[np.isfinite(distance)]
    distance[~np.isfinite(distance)] = known.max() if len(known) else 1.0
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(np.maximum(distance, 0.0), checks=False), method="average")
    return [names[leaf] for leaf in leaves_list(tree)]
