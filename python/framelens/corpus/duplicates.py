"""Copy that documents share: near-duplicates, and what both took from one agency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import Result, counted, texts_at
from framelens.base.spans import merge_spans

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus.corpus import Corpus

__all__ = ["NearDuplicates", "copy_clusters", "near_duplicates", "outside", "shared_spans"]

_RUN = 5
_NEAR = 0.5
# Fewer words that two texts share are a phrase: short headlines and sentences are no copies.
_LEAST_WORDS = 12
# Copy worth leaving out: a quotation that two outlets print is shorter than this share.
_SHARED = 0.2
_COLUMNS = ("a", "b", "source_a", "source_b", "share", "share_a", "share_b", "words", "spans")


@dataclass(frozen=True, repr=False, eq=False)
class NearDuplicates(Result):
    """Pairs of documents that share copy.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a pair, most shared first: a, b (ids, the smaller one first), source_a, source_b,
        share (of the words of the shorter document that stand in a passage that both have),
        share_a, share_b (of each document's), words (shared, of the shorter), spans (the passages,
        a list of dicts: start_a, end_a, start_b, end_b). A passage begins with a run of 5 words or
        more, and goes on over edits of at most 3 words. Pairs share 12 words or more.

        Not every pair of a cluster is among them. A passage that more than 48 documents have ties
        each of them to four others, so that the pairs grow with the documents and not with their
        square: the pairs are a sample of the cluster's.
    clusters : pandas.Series
        A number for each document of the corpus, by id: equal for documents that pairs connect,
        over however many others. Clusters are whole, and numbered in the order of their smallest
        ids.
    """

    clusters: pd.Series[Any]

    def __repr__(self) -> str:
        """Return one line: how many of the pairs within how many clusters `frame` has."""
        sizes = self.clusters.value_counts()
        tied = sizes[sizes > 1]
        pairs = int((tied * (tied - 1) // 2).sum())
        listed = "" if len(self.frame) == pairs else f"{len(self.frame):,} of the "
        return (
            f"NearDuplicates({listed}{counted(pairs, 'pair')} within "
            f"{counted(len(tied), 'cluster')} of {counted(int(tied.sum()), 'document')})"
        )

    def _repr_html_(self) -> str:
        note = "Pairs are a sample of each cluster's; <code>.clusters</code> is whole."
        return f"<p>{self!r}</p><p>{note}</p>{super()._repr_html_()}"

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw how many pairs of documents each two sources share."""
        from framelens.plots import naming_bars

        table = pd.concat(
            [
                self.frame[["source_a", "source_b"]],
                self.frame[["source_b", "source_a"]].set_axis(["source_a", "source_b"], axis=1),
            ]
        )
        counts = pd.crosstab(table["source_b"], table["source_a"])
        return naming_bars(
            counts, ax=ax, title="Documents that share copy, by source", unit="pairs"
        )


def near_duplicates(
    corpus: Corpus, *, threshold: float = 0.5, n_jobs: int | None = None
) -> NearDuplicates:
    """Find the documents of a corpus that share copy. See :meth:`Corpus.near_duplicates`."""
    if not 0.0 < threshold <= 1.0:
        raise ValueError(f"threshold must be above 0 and at most 1, not {threshold!r}")
    pairs, spans = _near(corpus, threshold, n_jobs)
    a, b = pairs["a"], pairs["b"]
    shorter = pairs["words_a"] <= pairs["words_b"]
    words = np.where(shorter, pairs["shared_a"], pairs["shared_b"])
    stretches: list[list[dict[str, int]]] = [[] for _ in a]
    for i, pair in enumerate(spans["pair"]):
        names = ("start_a", "end_a", "start_b", "end_b")
        stretches[int(pair)].append({name: int(spans[name][i]) for name in names})
    frame = pd.DataFrame(
        {
            "a": texts_at(corpus.ids, a),
            "b": texts_at(corpus.ids, b),
            "source_a": texts_at(corpus.source_of, a),
            "source_b": texts_at(corpus.source_of, b),
            "share": words / np.where(shorter, pairs["words_a"], pairs["words_b"]),
            "share_a": pairs["shared_a"] / pairs["words_a"],
            "share_b": pairs["shared_b"] / pairs["words_b"],
            "words": words,
            "spans": pd.Series(stretches, dtype=object),
        },
        columns=list(_COLUMNS),
    )
    # The engine's order, by the ids, decides between equals.
    order = np.argsort(-frame["share"].to_numpy(), kind="stable")
    clusters = pd.Series(_components(corpus, a, b), index=corpus.ids)
    return NearDuplicates(frame.iloc[order].reset_index(drop=True), clusters)


def _find_shared(
    corpus: Corpus, threshold: float, n_jobs: int | None
) -> tuple[dict[str, np.ndarray[Any, Any]], dict[str, np.ndarray[Any, Any]]]:
    # Documents in the order of their ids: which pairs are compared, and which way round, depends on
    # the order in which the engine takes them.
    order, texts = corpus._by_id, corpus._plain
    in_order = [texts.texts[i] for i in order]
    pairs, spans = _core.find_shared(in_order, threshold=threshold, run=_RUN, n_jobs=n_jobs)
    for side in ("a", "b"):
        pairs[side] = order[pairs[side]]
        doc = pairs[side][spans["pair"]]
        start, end = f"start_{side}", f"end_{side}"
        spans[start], spans[end] = texts.given_spans(doc, spans[start], spans[end])
    return pairs, spans


def _near(
    corpus: Corpus, threshold: float, n_jobs: int | None
) -> tuple[dict[str, np.ndarray[Any, Any]], dict[str, np.ndarray[Any, Any]]]:
    # The pairs that share more than a phrase.
    pairs, spans = _find_shared(corpus, threshold, n_jobs)
    kept = np.minimum(pairs["shared_a"], pairs["shared_b"]) >= _LEAST_WORDS
    number = np.cumsum(kept) - 1
    within = kept[spans["pair"]]
    spans = {name: values[within] for name, values in spans.items()}
    return (
        {name: values[kept] for name, values in pairs.items()},
        {**spans, "pair": number[spans["pair"]]},
    )


def _components(
    corpus: Corpus, a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    # A number for each document, in the order of the smallest id of those that pairs connect.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    shape = (len(corpus), len(corpus))
    links = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=shape)
    found = connected_components(links, directed=False)[1]
    _, first, number = np.unique(found[corpus._by_id], return_index=True, return_inverse=True)
    labels = np.empty(len(corpus), dtype=np.int32)
    labels[corpus._by_id] = np.argsort(np.argsort(first))[number]
    return labels


def copy_clusters(corpus: Corpus, *, n_jobs: int | None = None) -> np.ndarray[Any, Any]:
    """Return a number for each document, equal for near-duplicates: one unit in intervals."""
    pairs, _ = _near(corpus, _NEAR, n_jobs)
    return _components(corpus, pairs["a"], pairs["b"])


def shared_spans(corpus: Corpus, *, n_jobs: int | None = None) -> list[list[tuple[int, int]]]:
    """Return the spans of each document that a document of another source has too."""
    groups = corpus.source_of
    pairs, spans = _find_shared(corpus, _SHARED, n_jobs)
    found: list[list[tuple[int, int]]] = [[] for _ in corpus.texts]
    for i, pair in enumerate(spans["pair"]):
        a, b = int(pairs["a"][pair]), int(pairs["b"][pair])
        if groups[a] != groups[b]:
            found[a].append((int(spans["start_a"][i]), int(spans["end_a"][i])))
            found[b].append((int(spans["start_b"][i]), int(spans["end_b"][i])))
    return [merge_spans(pieces) for pieces in found]


def outside(
    corpus: Corpus, rows: pd.DataFrame, spans: Sequence[Sequence[tuple[int, int]]]
) -> pd.DataFrame:
    """Return the rows (doc, start, end) that do not touch the `spans` of their document."""
    kept = [
        not any(start < last and first < end for start, end in spans[corpus.position_of(doc)])
        for doc, first, last in zip(rows["doc"], rows["start"], rows["end"], strict=True)
    ]
    return rows[np.array(kept, dtype=bool)].reset_index(drop=True)
