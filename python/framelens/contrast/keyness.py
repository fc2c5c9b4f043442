"""Which words set sources apart: contrasts of word counts, with intervals by document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens.base.results import Result
from framelens.contrast._contrasting import (
    Contrasted,
    NgramRange,
    count_pieces,
    count_units,
    of_matrix,
)
from framelens.contrast._contrasts import MEASURES as MEASURES
from framelens.contrast._contrasts import Settings, contrast
from framelens.corpus.access import copy_clusters, shows_progress
from framelens.corpus.characters import plain
from framelens.corpus.corpus import check_corpus
from framelens.corpus.furniture import Furniture, find_furniture
from framelens.corpus.groups import (
    By,
    check_choice,
    chosen_stop_words,
    document_order,
    grouped_documents,
    pieces_of,
)
from framelens.corpus.voices import Span, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.contrast.shifts import WordShift
    from framelens.corpus.corpus import Corpus, Zones

__all__ = ["Keyness", "keyness", "keyness_of_counts"]

Measure: TypeAlias = Literal[
    "log_odds", "g2", "chi2", "fisher", "pmi", "log_ratio", "percent_diff", "jensen_shannon"
]
_PERMUTATIONS = 1000
_PRIOR = 0.1
_TESTED = 10  # documents that have a term
_NO_PASSAGES = pd.DataFrame(
    {
        name: pd.Series(dtype=kind)
        for name, kind in (
            ("source", object), ("passage", object), ("documents", "int64"), ("words", "int64"),
        )
    }
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class Keyness(Result):
    """Which words set sources apart.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a source and term, the term that marks the source most first. ``count`` and
        ``rate`` (per 1,000 words) are the source's, ``rate_others`` that of what it is contrasted
        with; ``score`` contrasts the two. ``low`` and ``high`` (of ``log_odds``) are missing with
        fewer than 5 documents on a side; ``z`` is Monroe's. ``p`` and ``q`` come from dealing the
        documents out anew, and are missing for terms that too few documents have. ``range`` is the
        number of the source's ``documents`` that have the term and ``dp`` Gries' deviation of
        proportions over them: 0 is even, near 1 is one article's own word. ``p_words`` takes words
        for independent, and so claims too much.
    measure : str
        What ``score`` is.
    masked : pandas.DataFrame
        The repeated passages that were taken out of what is listed: source, passage, documents that
        have it, words taken.
    masked_share : pandas.Series
        By source, the share of its words that was.
    """

    measure: str = "log_odds"
    masked: pd.DataFrame = field(default_factory=_NO_PASSAGES.copy)
    masked_share: pd.Series[float] = field(default_factory=lambda: pd.Series(dtype=float))
    _other: str = "all others"

    def plot(
        self,
        ax: Axes | None = None,
        *,
        kind: Literal["bars", "scatter"] = "bars",
        terms: int = 8,
        source: str | None = None,
    ) -> Axes:
        """Draw the terms that mark the sources most.

        Bars are of terms that stand in 5 and in 5% of a source's articles; filled where q < 0.05.
        Sources with fewer than 5 articles are left out, unless all have fewer.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw.
        kind : {"bars", "scatter"}
            Bars of the scores of each source's terms, or all terms of one source, score against
            frequency, with labels that do not overlap.
        terms : int
            How many terms of each source have a bar, or a label.
        source : str, optional
            Draw this one only; a scatter takes the first by default.
        """
        from framelens.plots import keyness_bars, keyness_scatter

        check_choice("kind", kind, ("bars", "scatter"))
        sources = list(dict.fromkeys(self.frame["source"]))
        if source is not None:
            source = plain(source)
            check_choice("source", source, sources)
        options: dict[str, Any] = {"measure": self.measure, "other": self._other, "terms": terms}
        if kind == "scatter":
            chosen = source if source is not None or not sources else sources[0]
            rows = self.frame[self.frame["source"] == chosen]
            return keyness_scatter(rows, ax=ax, **options)
        rows = self.frame if source is None else self.frame[self.frame["source"] == source]
        return keyness_bars(rows, ax=ax, masked=self.masked_share, **options)

    def shift(self, source: str | None = None) -> WordShift:
        """Take the difference between a source and what it is contrasted with apart into words.

        Parameters
        ----------
        source : str, optional
            The first one by default.

        Returns
        -------
        WordShift
            One row a listed term, the largest part of the difference first.

        Raises
        ------
        ValueError
            An unknown source, or nothing was contrasted.

        Examples
        --------
        >>> import framelens as fl
        >>> shift = fl.keyness(fl.demo()).shift()
        >>> list(shift.frame.columns)
        ['term', 'rate', 'rate_others', 'difference', 'log_odds', 'part']
        """
        from framelens.contrast.shifts import shift_words

        sources = list(dict.fromkeys(self.frame["source"]))
        if not sources:
            raise ValueError("the result has no contrast: there is no difference to take apart")
        chosen = sources[0] if source is None else plain(source)
        check_choice("source", chosen, sources)
        rows = self.frame[self.frame["source"] == chosen]
        return shift_words(rows, chosen, self._other)


def keyness(
    corpus: Corpus,
    *,
    by: By = "source",
    measure: Measure = "log_odds",
    a: str | Sequence[str] | None = None,
    b: str | None = None,
    zones: Zones = ("subhead", "body"),
    voice: Voice = "unquoted",
    stop_words: Literal["language"] | Collection[str] | None = "language",
    own_names: bool = False,
    mask: bool = True,
    ngram_range: NgramRange = (1, 1),
    min_count: int = 2,
    min_documents: int = _TESTED,
    prior: float = _PRIOR,
    prior_counts: Mapping[str, float] | None = None,
    matched: bool = False,
    interval: float = 0.95,
    permutations: int = _PERMUTATIONS,
    seed: int = 0,
    drop_shared: bool = False,
    n_jobs: int | None = None,
) -> Keyness:
    """Find the words that set each source apart from the others.

    Parameters
    ----------
    corpus : Corpus
        The articles.
    by : str, mapping or sequence
        A column of ``corpus.documents`` whose values are compared, ``"month"``, values by document
        id (a mapping or a series), or several of these, whose combinations are compared. Articles
        without a value are left out.
    measure : str
        ``log_odds`` with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008); ``g2``
        and ``chi2`` (no Yates correction), negative where the source uses the term less;
        ``fisher``, the signed -log10 of the exact p; ``pmi`` (natural logarithm); ``log_ratio``
        (base 2); ``percent_diff``; ``jensen_shannon``, the signed part of the divergence in bits.
    a, b : str, optional
        Contrast only `a` (or each of several), with all others or with `b`.
    zones : tuple of str or "all"
        Which parts of the articles. Headlines are a desk's, and not every source gives them: they
        are left out by default.
    voice : {"own", "reported", "quoted", "unquoted", "all"}
        ``quoted`` is what stands inside quotations, ``reported`` is indirect speech, ``own`` is
        neither, ``unquoted`` is own and reported.
    stop_words : "language", collection of str or None
        Words that are not listed: those of the corpus's language, of one's own, or none. A phrase
        is not listed where it begins or ends with one.
    own_names : bool
        List the words of a source's own name among its words, too.
    mask : bool
        Take repeated passages that are furniture out of what is listed: runs of four words that
        stand in at least 4 and 4% of a source's articles, ten times less often in those of others,
        and mostly at the edge of a line or in sentences that repeat word for word.
    ngram_range : tuple of int
        Lengths of the terms in words, from and to: ``(1, 3)`` are words and phrases of two and
        three, which do not reach beyond a sentence.
    min_count : int
        Leave out terms that occur less often in all articles that are compared.
    min_documents : int
        Test only terms that so many articles have: of rarer ones `p` and `q` are missing.
    prior : float
        How much the prior is worth: up to 1 as a share of the words that are compared (of
        near-duplicates once), above 1 in words.
    prior_counts : mapping of str to float, optional
        Counts of terms in some larger corpus, which give the prior its shares (1 is added to each,
        since no term may have none). The articles themselves by default.
    matched : bool
        Contrast a source with others only in events that both report, and deal documents out
        within events: how an event is told, not which ones are.
    interval : float
        Coverage of ``low`` and ``high``, which use the larger of Monroe's variance and the variance
        between documents.
    permutations : int
        How often the documents are dealt out anew for ``p`` and ``q``: up to 8 times as often
        where it is open whether q is below 0.05, a quarter as often where it is clearly above; 0
        leaves them missing.
    seed : int
        Of the permutations.
    drop_shared : bool
        Leave out copy that articles of other sources have too (:meth:`Corpus.near_duplicates`):
        what two sources took from one agency is no evidence that they write alike.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Returns
    -------
    Keyness
        Without rows where there is nothing to compare with, as with one source.

    Raises
    ------
    ValueError
        An unknown column, measure, source, voice or zone; the message lists those there are.

    Warns
    -----
    UserWarning
        So many terms are tested in so few permutations that no q could be below 0.05.

    See Also
    --------
    keyness_of_counts : The same of a document-term matrix.
    similarity : How alike the same sources write.
    kwic : Where a word stands, in its context.

    Notes
    -----
    Stop words, names and masks change what is listed and tested, never how many words a source has
    nor the prior. ``p`` is the share of the permuted ``|score| / error`` (``|score|`` for other
    measures than ``log_odds``) that are as large, over all permutations and the terms of similar
    document frequency together; ``q`` is Benjamini and Hochberg's within a contrast. Both are
    missing with fewer than 5 documents on a side. Near-duplicates within a side count as one
    document to intervals, permutations, ``documents``, ``range`` and ``dp``.

    Examples
    --------
    >>> import framelens as fl
    >>> words = fl.keyness(fl.demo())
    >>> list(words.frame.columns[:6])
    ['source', 'term', 'count', 'rate', 'score', 'low']
    """
    check_corpus(corpus, "keyness")
    low, high = ngram_range
    if not 1 <= low <= high:
        raise ValueError(
            f"ngram_range must be two whole numbers with 1 <= first <= second, not {ngram_range!r}"
        )
    settings = Settings(
        measure=measure,
        stop_words=chosen_stop_words(corpus, stop_words),
        own_names=own_names,
        min_count=min_count,
        min_documents=min_documents,
        prior=prior,
        prior_counts=prior_counts,
        interval=interval,
        permutations=permutations,
        seed=seed,
    )
    grouped = grouped_documents(corpus, by)
    pieces = pieces_of(corpus, zones, voice, drop_shared=drop_shared)
    furniture = find_furniture(corpus, zones) if mask else None
    table = _of_corpus(corpus, grouped, pieces, furniture, (low, high), n_jobs)
    progress = shows_progress(corpus)
    frame = contrast(table, settings, a=a, b=b, matched=matched, n_jobs=n_jobs, progress=progress)
    other = "all others" if b is None else plain(b)
    if matched:
        other += " on the same events"
    if furniture is None:
        return Keyness(frame, measure, _other=other)
    return Keyness(frame, measure, furniture.passages.copy(), furniture.shares.copy(), other)


def keyness_of_counts(
    counts: Any,
    labels: Sequence[Any],
    terms: Sequence[str] | None = None,
    *,
    measure: Measure = "log_odds",
    a: str | Sequence[str] | None = None,
    b: str | None = None,
    stop_words: Collection[str] | None = None,
    min_count: int = 2,
    min_documents: int = _TESTED,
    prior: float = _PRIOR,
    prior_counts: Mapping[str, float] | None = None,
    interval: float = 0.95,
    permutations: int = _PERMUTATIONS,
    seed: int = 0,
    n_jobs: int | None = None,
) -> Keyness:
    """Find the terms that set groups apart, from a document-term matrix.

    Parameters
    ----------
    counts : array, sparse matrix or data frame
        Documents x terms, whole numbers: what a ``CountVectorizer`` returns.
    labels : sequence
        The group of each document.
    terms : sequence of str, optional
        The terms; a data frame's columns by default.
    stop_words : collection of str, optional
        Terms that are not listed.
    measure, a, b, min_count, min_documents, prior, prior_counts
        As in :func:`keyness`.
    interval, permutations, seed, n_jobs
        As in :func:`keyness`.

    Returns
    -------
    Keyness

    Raises
    ------
    ValueError
        Labels or terms of another number, a term twice, or counts that are no whole numbers.

    Examples
    --------
    >>> import framelens as fl
    >>> counts = [[3, 0, 1], [0, 2, 2]]
    >>> words = fl.keyness_of_counts(counts, ["Gazette", "Herald"], ["leader", "despot", "said"])
    >>> words.frame.loc[0, ["source", "term"]].tolist()
    ['Gazette', 'leader']
    """
    settings = Settings(
        measure=measure,
        stop_words=frozenset(stop_words or ()),
        min_count=min_count,
        min_documents=min_documents,
        prior=prior,
        prior_counts=prior_counts,
        interval=interval,
        permutations=permutations,
        seed=seed,
    )
    if terms is None:
        if not isinstance(counts, pd.DataFrame):
            raise ValueError("counts without column names need terms=, the term of each column")
        terms = [str(name) for name in counts.columns]
    rows = of_matrix(counts.to_numpy() if isinstance(counts, pd.DataFrame) else counts)
    names, groups = [plain(str(term)) for term in terms], [plain(str(label)) for label in labels]
    for what, given, expected in (("label", groups, rows.shape[0]), ("term", names, rows.shape[1])):
        if len(given) != expected:
            raise ValueError(
                f"there must be {expected} {what}s for counts of {rows.shape}, not {len(given)}"
            )
    if len(set(names)) < len(names):
        raise ValueError("terms has a term more than once: merge its columns")
    columns = sorted(range(len(names)), key=names.__getitem__)
    rows = rows[:, columns]
    rows.sort_indices()
    keys = [
        (groups[i], rows[[i]].indices.tobytes(), rows[[i]].data.tobytes())
        for i in range(len(groups))
    ]
    order = sorted(range(len(groups)), key=keys.__getitem__)
    rows = rows[order]
    words = np.asarray(rows.sum(axis=1), dtype=float)
    table = Contrasted.of([names[k] for k in columns], rows, words, [groups[i] for i in order])
    frame = contrast(table, settings, a=a, b=b, n_jobs=n_jobs)
    return Keyness(frame, measure, _other="all others" if b is None else plain(b))


def contrast_texts(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    clusters: Sequence[int] | None = None,
    only: str | None = None,
    measure: str = "log_odds",
    min_count: int = 1,
    n_jobs: int | None = None,
    **options: Any,
) -> Keyness:
    """Contrast groups of texts as they are; `labels` are their groups. See :func:`keyness`."""
    own = range(len(texts)) if clusters is None else clusters
    order = document_order(texts, labels, clusters=clusters)
    units = np.arange(len(texts))
    terms, counts, words = count_units([texts[i] for i in order], units, len(texts), (1, 1), n_jobs)
    table = Contrasted.of(terms, counts, words, [labels[i] for i in order], [own[i] for i in order])
    settings = Settings(measure=measure, min_count=min_count, **options)
    return Keyness(contrast(table, settings, a=only, n_jobs=n_jobs), measure)


def _of_corpus(
    corpus: Corpus,
    grouped: tuple[list[int], list[str]],
    pieces: list[list[Span]],
    furniture: Furniture | None,
    ngram_range: NgramRange,
    n_jobs: int | None,
) -> Contrasted:
    positions, labels = grouped
    masked = pieces if furniture is None else furniture.taken_out_of(pieces)
    # In the order of their texts, as sums and draws then do not depend on that of the corpus.
    order = sorted(
        range(len(positions)),
        key=lambda k: (corpus.texts[positions[k]], labels[k], corpus.ids[positions[k]]),
    )
    chosen = [positions[k] for k in order]
    terms, listed, everything, words = count_pieces(
        corpus, chosen, pieces, masked, ngram_range, n_jobs
    )
    events = corpus.event_of
    known = sorted({str(event) for event in events if event is not None})
    number = {event: k for k, event in enumerate(known, 1)}
    return Contrasted(
        terms=terms,
        listed=listed,
        everything=everything,
        words=words,
        labels=[labels[k] for k in order],
        clusters=copy_clusters(corpus)[chosen],
        sources=[corpus.source_of[i] for i in chosen],
        copies=np.ones(len(chosen), dtype=np.int64),
        strata=np.array([number.get(str(events[i]), 0) for i in chosen], dtype=np.int32),
    )
