"""The counts that keyness contrasts: of everything, and of what may be listed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framelens import _core
from framelens.corpus.access import unwrapped_texts
from framelens.corpus.characters import plain
from framelens.corpus.groups import IntArray, plain_pieces
from framelens.corpus.voices import Span

if TYPE_CHECKING:
    from framelens.corpus.corpus import Corpus

__all__ = ["Contrasted", "count_pieces", "count_units", "name_tokens", "of_matrix"]

NgramRange = tuple[int, int]
_TOKEN = re.compile(r"\b\w\w+\b")


@dataclass(frozen=True)
class Contrasted:
    """Documents to contrast, a row each.

    Attributes
    ----------
    listed : sparse array
        Counts, documents x terms, of what may be listed.
    everything : sparse array
        The same with what is masked: totals and the prior are of these.
    words : array
        Words of each document, whatever the terms are.
    labels : list of str
        The group of each document.
    clusters : array
        A number each, equal for near-duplicates.
    sources : list of str
        Of each document: the words of its name are not listed where a group has one source.
    strata : array
        Documents are dealt out within these.
    copies : array
        How many near-duplicates each row stands for.
    """

    terms: list[str]
    listed: Any
    everything: Any
    words: NDArray[np.float64]
    labels: list[str]
    clusters: IntArray
    sources: list[str]
    strata: IntArray
    copies: IntArray

    @classmethod
    def of(
        cls,
        terms: list[str],
        counts: Any,
        words: NDArray[np.float64],
        labels: list[str],
        clusters: Sequence[int] | None = None,
    ) -> Contrasted:
        """Return documents of which no more is known."""
        own = range(len(labels)) if clusters is None else clusters
        return cls(
            terms=terms,
            listed=counts,
            everything=counts,
            words=words,
            labels=labels,
            clusters=np.array(own, dtype=np.int64),
            sources=labels,
            strata=np.zeros(len(labels), dtype=np.int32),
            copies=np.ones(len(labels), dtype=np.int64),
        )

    def take(self, kept: Sequence[int], strata: Sequence[int] | None = None) -> Contrasted:
        """Return some of the documents, in new strata if these are given."""
        rows = np.array(kept, dtype=np.int64)
        whole = self.everything is self.listed
        listed = self.listed[rows]
        return replace(
            self,
            listed=listed,
            everything=listed if whole else self.everything[rows],
            words=self.words[rows],
            labels=[self.labels[i] for i in kept],
            clusters=self.clusters[rows],
            sources=[self.sources[i] for i in kept],
            strata=self.strata[rows] if strata is None else np.array(strata, dtype=np.int32),
            copies=self.copies[rows],
        )

    def merged(self) -> Contrasted:
        """Return near-duplicates of one group as one document.

        What an agency wrote is counted as often as it was printed, and is one unit to intervals and
        permutations.
        """
        number: dict[tuple[str, int, int], int] = {}
        keys = list(zip(self.labels, self.clusters.tolist(), self.strata.tolist(), strict=True))
        row_of = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
        if len(number) == len(keys):
            return self
        first = np.unique(row_of, return_index=True)[1].tolist()
        whole = self.everything is self.listed
        listed = _summed(self.listed, row_of)
        return replace(
            self,
            listed=listed,
            everything=listed if whole else _summed(self.everything, row_of),
            words=np.bincount(row_of, weights=self.words).astype(np.float64),
            labels=[self.labels[i] for i in first],
            clusters=self.clusters[first],
            sources=[self.sources[i] for i in first],
            strata=self.strata[first],
            copies=np.bincount(row_of, weights=self.copies).astype(np.int64),
        )

    def of_names(self) -> dict[str, list[int]]:
        """Return the terms made of words of the source's name, by group that is of one source."""
        sources: dict[str, set[str]] = defaultdict(set)
        for label, source in zip(self.labels, self.sources, strict=True):
            sources[label].add(source)
        by_first: dict[str, list[int]] = defaultdict(list)
        for column, term in enumerate(self.terms):
            by_first[term.split(" ", 1)[0]].append(column)
        found: dict[str, list[int]] = {}
        for label, own in sources.items():
            tokens = name_tokens(next(iter(own))) if len(own) == 1 else frozenset()
            candidates = [k for token in sorted(tokens) for k in by_first.get(token, ())]
            found[label] = [k for k in candidates if tokens.issuperset(self.terms[k].split(" "))]
        return found


def name_tokens(name: str) -> frozenset[str]:
    """Return the words of a name, as texts are cut into words.

    Examples
    --------
    >>> from framelens.contrast._contrasting import name_tokens
    >>> sorted(name_tokens("The Nordell Gazette"))
    ['gazette', 'nordell', 'the']
    """
    return frozenset(_TOKEN.findall(plain(name).lower()))


def listed_terms(terms: Sequence[str], stop_words: Collection[str]) -> NDArray[np.uint8]:
    """Return 1 for each term that may be listed: no phrase begins or ends with a stop word."""
    if not stop_words:
        return np.ones(len(terms), dtype=np.uint8)
    stops = frozenset(stop_words)
    flags = [
        term.split(" ", 1)[0] not in stops and term.rsplit(" ", 1)[-1] not in stops
        for term in terms
    ]
    return np.array(flags, dtype=np.uint8)


def count_pieces(
    corpus: Corpus,
    positions: Sequence[int],
    pieces: Sequence[Sequence[Span]],
    masked: Sequence[Sequence[Span]],
    ngram_range: NgramRange,
    n_jobs: int | None,
) -> tuple[list[str], Any, Any, NDArray[np.float64]]:
    """Count the terms of the documents at `positions`, of the pieces and of the masked ones.

    Returns terms, counts of what is not masked, counts of everything, and words.
    """
    phrases = ngram_range != (1, 1)
    if phrases:
        pieces, masked = (_at_sentences(corpus, spans) for spans in (pieces, masked))
    same = list(masked) == list(pieces)
    kinds = (pieces,) if same else (pieces, masked)
    counted = [
        count_units(*_units(corpus, positions, kind, phrases), len(positions), ngram_range, n_jobs)
        for kind in kinds
    ]
    terms, everything, words = counted[0]
    if same:
        return terms, everything, everything, words
    return terms, _in_columns(*counted[1][:2], terms), everything, words


def count_units(
    texts: Sequence[str],
    unit_of: NDArray[np.int64],
    documents: int,
    ngram_range: NgramRange,
    n_jobs: int | None,
) -> tuple[list[str], Any, NDArray[np.float64]]:
    """Count the terms of texts, which are parts of documents: terms, counts, words."""
    from framelens.vectorize.count_vectorizer import CountVectorizer

    terms, (indptr, indices, data) = _core.count_terms(texts, n_jobs=n_jobs)
    counts: Any = sparse.csr_array((data, indices, indptr), shape=(len(texts), len(terms)))
    sums = np.asarray(counts.sum(axis=1))
    words = np.bincount(unit_of, weights=sums, minlength=documents).astype(np.float64)
    if ngram_range != (1, 1):
        if not terms:
            return terms, sparse.csr_array((documents, 0), dtype=np.int32), words
        vectorizer = CountVectorizer(ngram_range=ngram_range, n_jobs=n_jobs)
        try:
            counts = sparse.csr_array(vectorizer.fit_transform(list(texts)))
        except ValueError:  # no text has so many words
            return [], sparse.csr_array((documents, 0), dtype=np.int32), words
        terms = vectorizer.get_feature_names_out().tolist()
    if len(texts) != documents or not np.array_equal(unit_of, np.arange(documents)):
        counts = _summed(counts, unit_of, documents)
    counts = sparse.csr_array(counts, dtype=np.int32)
    counts.sort_indices()
    return terms, counts, words


def of_matrix(counts: Any) -> Any:
    """Return a matrix of counts as sparse rows; ValueError if it holds anything else."""
    rows: Any = sparse.csr_array(counts, copy=True)
    values = rows.data
    if values.size and not (np.isfinite(values) & (values >= 0) & (values % 1 == 0)).all():
        raise ValueError("counts must be whole numbers from 0 on: pass counts, not weights")
    if values.size and values.max() > np.iinfo(np.int32).max:
        raise ValueError(f"a count of {values.max()} exceeds the largest allowed, 2^31 - 1")
    rows = sparse.csr_array(rows, dtype=np.int32)
    rows.sum_duplicates()
    rows.eliminate_zeros()
    return rows


def _units(
    corpus: Corpus, positions: Sequence[int], pieces: Sequence[Sequence[Span]], phrases: bool
) -> tuple[list[str], NDArray[np.int64]]:
    # Documents; or, so that no phrase reaches beyond one, their sentences.
    if not phrases:
        texts = plain_pieces(corpus, pieces)
        return [texts[i] for i in positions], np.arange(len(positions))
    rows = [(k, span) for k, i in enumerate(positions) for span in pieces[i]]
    of = [unwrapped_texts(corpus)[positions[k]][start:end] for k, (start, end) in rows]
    return _core.PlainTexts.of(of).texts, np.array([k for k, _ in rows], dtype=np.int64)


def _at_sentences(corpus: Corpus, pieces: Sequence[Sequence[Span]]) -> list[list[Span]]:
    found = corpus.annotations.sentences()
    starts: list[list[int]] = [[] for _ in pieces]
    for doc, start in zip(found["doc"].tolist(), found["start"].tolist(), strict=True):
        starts[doc].append(start)
    return [_cut(own, at) for own, at in zip(pieces, starts, strict=True)]


def _cut(pieces: Sequence[Span], at: Sequence[int]) -> list[Span]:
    cut = []
    k = 0
    for piece_start, end in pieces:
        start = piece_start
        while k < len(at) and at[k] < end:
            if at[k] > start:
                cut.append((start, at[k]))
                start = at[k]
            k += 1
        cut.append((start, end))
    return cut


def _in_columns(terms: list[str], counts: Any, wanted: list[str]) -> Any:
    # All terms are among those wanted, and both are sorted.
    column = {term: k for k, term in enumerate(wanted)}
    of_term = np.array([column[term] for term in terms], dtype=np.int32)
    parts = (counts.data, of_term[counts.indices], counts.indptr)
    return sparse.csr_array(parts, shape=(counts.shape[0], len(wanted)))


def _summed(counts: Any, row_of: NDArray[np.int64], rows: int | None = None) -> Any:
    # In 64 bits: what many documents have may exceed 32.
    size = int(row_of.max(initial=-1)) + 1 if rows is None else rows
    ones = np.ones(len(row_of), dtype=np.int64)
    places = (row_of, np.arange(len(row_of)))
    summed = sparse.csr_array((ones, places), shape=(size, len(row_of))) @ counts.astype(np.int64)
    summed = sparse.csr_array(summed, dtype=np.int32)
    summed.sort_indices()
    return summed
