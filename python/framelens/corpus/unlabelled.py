"""Sentences in which a target may be labelled though no label of it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.base.results import texts_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from framelens.corpus.corpus import Corpus

__all__ = ["unlabelled_sentences"]

COLUMNS = ("target", "source", "doc", "start", "end", "zone")


def unlabelled_sentences(
    corpus: Corpus, evidence: pd.DataFrame, mentions: pd.DataFrame, terms: pd.DataFrame
) -> pd.DataFrame:
    """Return the sentences that name a target or have a term of the axis, but no row of `evidence`.

    Columns: target, source, doc, start, end, zone; for each target of the mentions, in text order.
    `terms` are spans of the axis's terms, whomever they name.
    """
    sentences = _Sentences(corpus)
    rows = []
    for target in dict.fromkeys([*mentions["target"], *evidence["target"]]):
        spans = pd.concat([mentions[mentions["target"] == target], terms])
        at = sentences.of(spans)
        known = pd.DataFrame({"at": at, "zone": spans["zone"].to_numpy()}).query("at >= 0")
        labelled = sentences.of(evidence[evidence["target"] == target])
        known = known[~known["at"].isin(labelled)].drop_duplicates("at").sort_values("at")
        rows.append(
            sentences.rows(known["at"].to_numpy()).assign(target=target, zone=known["zone"])
        )
    if not rows:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    return pd.concat(rows, ignore_index=True)[list(COLUMNS)]


class _Sentences:
    def __init__(self, corpus: Corpus) -> None:
        found = corpus.annotations.sentences()
        self._corpus = corpus
        self._doc, self._start, self._end = (
            np.asarray(found[name], dtype=np.int64) for name in ("doc", "start", "end")
        )
        self._longest = max((len(text) for text in corpus.texts), default=0) + 1
        self._keys = self._doc * self._longest + self._start

    def of(self, spans: pd.DataFrame) -> NDArray[np.int64]:
        """Return the sentence in which each span begins, -1 where there is none."""
        doc = np.array([self._corpus.position_of(doc) for doc in spans["doc"]], dtype=np.int64)
        start = spans["start"].to_numpy(dtype=np.int64)
        at = np.searchsorted(self._keys, doc * self._longest + start, side="right") - 1
        if not len(self._keys):
            return np.full(len(doc), -1)
        inside = (at >= 0) & (self._doc[at] == doc) & (start < self._end[at])
        return np.where(inside, at, -1)

    def rows(self, at: NDArray[np.int64]) -> pd.DataFrame:
        doc = self._doc[at]
        columns = {
            "source": texts_at(self._corpus.source_of, doc),
            "doc": texts_at(self._corpus.ids, doc),
            "start": self._start[at],
            "end": self._end[at],
        }
        return pd.DataFrame(columns)
