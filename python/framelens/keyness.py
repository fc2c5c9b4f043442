"""Which words set sources apart: contrasts of word counts, with intervals by document."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    grouped_texts,
)
from framelens._progress import ProgressBar
from framelens.characters import plain
from framelens.corpus import check_corpus
from framelens.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus import Corpus, Zones

__all__ = ["Keyness", "keyness"]

MEASURES = (
    "log_odds", "g2", "chi2", "fisher", "pmi", "log_ratio", "percent_diff", "jensen_shannon",
)  # fmt: skip
_PERMUTATIONS = 200


@dataclass(frozen=True, repr=False, eq=False)
class Keyness(Result):
    """Which words set sources apart.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a source and term, the term that marks the source most first. ``count`` and
        ``rate`` (per 1,000 words) are the source's; ``score`` contrasts it with all others.
        ``low`` and ``high`` (of ``log_odds``) are missing with fewer than 5 documents on a side;
        ``z`` is Monroe's. ``p`` and ``q`` come from dealing the documents out anew. ``range`` is
        the number of the source's documents that have the term and ``dp`` Gries' deviation of
        proportions over them: 0 is even, near 1 is one article's own word. ``p_words`` takes words
        for independent, and so claims too much.
    measure : str
        What ``score`` is.
    """

    measure: str = "log_odds"

    def plot(
        self,
        ax: Axes | None = None,
        *,
        kind: Literal["bars", "scatter"] = "bars",
        terms: int = 8,
        source: str | None = None,
    ) -> Axes:
        """Draw the terms that mark the sources most.

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
        if kind == "scatter":
            chosen = source if source is not None or not sources else sources[0]
            rows = self.frame[self.frame["source"] == chosen]
            return keyness_scatter(rows, ax=ax, terms=terms, measure=self.measure)
        rows = self.frame if source is None else self.frame[self.frame["source"] == source]
        return keyness_bars(rows, ax=ax, terms=terms, measure=self.measure)


def keyness(
    corpus: Corpus,
    *,
    by: By = "source",
    measure: Literal[
        "log_odds", "g2", "chi2", "fisher", "pmi", "log_ratio", "percent_diff", "jensen_shannon"
    ] = "log_odds",
    a: str | None = None,
    b: str | None = None,
    zones: Zones = ("subhead", "body"),
    voice: Voice | None = None,
    min_count: int = 2,
    prior: Mapping[str, float] | None = None,
    prior_size: float = 500.0,
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
        Contrast only `a`, with all others or with `b`.
    zones : tuple of str or "all"
        Which parts of the articles. Headlines are a desk's, and not every source gives them: they
        are left out by default.
    voice : {"own"}, optional
        Leave out what stands inside quotations.
    min_count : int
        Leave out terms that occur less often in all articles that are compared.
    prior : mapping of str to float, optional
        Counts of terms in some larger corpus, which give the prior its shares (1 is added to each,
        since no term may have none). The articles themselves by default.
    prior_size : float
        How many words the prior is worth.
    interval : float
        Coverage of ``low`` and ``high``, which use the larger of Monroe's variance and the variance
        between documents.
    permutations : int
        How often the documents are dealt out anew for ``p`` and ``q``; 0 leaves them missing.
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
        An unknown column, measure, source or zone; the message lists those there are.

    See Also
    --------
    similarity : How alike the same sources write.
    kwic : Where a word stands, in its context.

    Notes
    -----
    ``p`` is the share of the permuted ``|score| / error`` (``|score|`` for other measures than
    ``log_odds``) that are as large, over all permutations and the terms of similar document
    frequency together; ``q`` is Benjamini and Hochberg's within a contrast. Both are missing with
    fewer than 5 documents on a side. Near-duplicates within a side count as one document to
    intervals, permutations, ``range`` and ``dp``.

    Examples
    --------
    >>> import framelens as fl
    >>> words = fl.keyness(fl.demo())
    >>> list(words.frame.columns[:6])
    ['source', 'term', 'count', 'rate', 'score', 'low']
    """
    check_corpus(corpus, "keyness")
    check_choice("measure", measure, MEASURES)
    check_interval(interval)
    for name, number, least in (
        ("min_count", min_count, 1),
        ("permutations", permutations, 0),
        ("seed", seed, 0),
    ):
        if number < least:
            raise ValueError(f"{name} is at least {least}, not {number}")
    if not (prior_size > 0 and np.isfinite(prior_size)):
        raise ValueError(f"prior_size is a positive number, not {prior_size!r}")
    texts, labels, clusters = grouped_texts(corpus, by, zones, voice, drop_shared=drop_shared)
    kept = _chosen(labels, a, b)
    return contrast_texts(
        [texts[i] for i in kept],
        [labels[i] for i in kept],
        clusters=[clusters[i] for i in kept],
        measure=measure,
        only=a,
        min_count=min_count,
        prior=prior,
        prior_size=prior_size,
        interval=interval,
        permutations=permutations,
        seed=seed,
        n_jobs=n_jobs,
        progress=corpus._progress,
    )


def contrast_texts(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    clusters: Sequence[int] | None = None,
    measure: str = "log_odds",
    only: str | None = None,
    min_count: int = 1,
    prior: Mapping[str, float] | None = None,
    prior_size: float = 500.0,
    interval: float = 0.95,
    permutations: int = _PERMUTATIONS,
    seed: int = 0,
    n_jobs: int | None = None,
    progress: bool = False,
) -> Keyness:
    """Contrast groups of texts; `labels` are their groups. See :func:`keyness`."""
    if only is not None:
        # One contrast: the others need no groups of their own, and no permutations.
        rest = max(set(labels)) + "\0"
        labels = [label if label == only else rest for label in labels]
    counts = count_groups(texts, labels, clusters=clusters, n_jobs=n_jobs)
    rows, group_of = _merged(counts)
    groups = len(counts.groups)
    bar = ProgressBar(progress and permutations > 0, groups * permutations, unit="permutation")
    with bar as report:
        found = _core.keyness(
            *rows,
            group_of,
            columns=len(counts.terms),
            groups=groups,
            measure=measure,
            prior_size=prior_size,
            prior=_shares(prior, counts.terms),
            min_count=min_count,
            permutations=permutations,
            seed=seed,
            n_jobs=n_jobs,
            progress=report,
        )
    frame = _frame(counts, found, interval)
    if only is not None:
        frame = frame[frame["source"] == only].reset_index(drop=True)
    return Keyness(frame=frame, measure=measure)


def _merged(counts: GroupedCounts) -> tuple[tuple[Any, Any, Any], Any]:
    # Near-duplicates of one group are one row: what an agency wrote is counted as often as it was
    # printed, and is one unit to intervals and permutations.
    from scipy import sparse

    keys = zip(counts.group_of.tolist(), counts.cluster_of.tolist(), strict=True)
    number: dict[tuple[int, int], int] = {}
    row_of = np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
    if len(number) == len(row_of):
        return counts.rows, counts.group_of
    indptr, indices, data = counts.rows
    shape = (len(row_of), len(counts.terms))
    documents = sparse.csr_array((data.astype(np.int64), indices, indptr), shape=shape)
    ones = np.ones(len(row_of), dtype=np.int64)
    places = (row_of, np.arange(len(row_of)))
    merged = sparse.csr_array((ones, places), shape=(len(number), len(row_of))) @ documents
    merged.sort_indices()
    rows = (
        merged.indptr.astype(indptr.dtype),
        merged.indices.astype(indices.dtype),
        merged.data.astype(data.dtype),
    )
    return rows, np.array([group for group, _ in number], dtype=np.int32)


def _chosen(labels: list[str], a: str | None, b: str | None) -> list[int]:
    if b is not None and a is None:
        raise ValueError("b needs a: b is what a is contrasted with")
    a, b = (None if group is None else plain(group) for group in (a, b))
    known = sorted(set(labels))
    for name, group in (("a", a), ("b", b)):
        if group is not None:
            check_choice(name, group, known)
    if a is not None and a == b:
        raise ValueError(f"a and b are both {a!r}")
    return [i for i, label in enumerate(labels) if b is None or label in (a, b)]


def _shares(prior: Mapping[str, float] | None, terms: list[str]) -> np.ndarray[Any, Any]:
    if prior is None:
        return np.empty(0)
    counts = {plain(term): count for term, count in prior.items()}
    shares = np.array([float(counts.get(term, 0.0)) for term in terms]) + 1.0
    if not (np.isfinite(shares) & (shares >= 1.0)).all():
        raise ValueError("the counts of prior are finite and not negative")
    return shares


def _frame(counts: GroupedCounts, found: dict[str, Any], interval: float) -> pd.DataFrame:
    # Group by group: a step over the rows of all groups would be deaf to Ctrl-C for seconds. Rows
    # of one group lie together.
    edges = np.flatnonzero(np.diff(found["group"], prepend=-1, append=-1)).tolist()
    groups, terms = pd.Index(counts.groups), pd.Index(counts.terms)
    source, term = [groups[:0]], [terms[:0]]
    parts: dict[str, list[Any]] = {name: [] for name in _NUMBERS}
    for start, end in itertools.pairwise(edges):
        columns = _of_group({name: own[start:end] for name, own in found.items()}, interval)
        source.append(groups[[found["group"][start]]].repeat(end - start))
        term.append(terms.take(columns.pop("term")))
        for name, values in columns.items():
            parts[name].append(values)
    numbers = {
        name: np.concatenate(own) if own else found[same][:0]
        for (name, own), same in zip(parts.items(), _NUMBERS.values(), strict=True)
    }
    return pd.DataFrame(
        {"source": source[0].append(source[1:]), "term": term[0].append(term[1:]), **numbers},
        copy=False,  # whole corpora have millions of rows
    )


# The columns of numbers, and a column of the engine that has their type.
_NUMBERS = {
    "count": "count", "rate": "rate", "score": "score", "low": "score", "high": "score", "z": "z",
    "p": "p", "q": "p", "range": "range", "dp": "dispersion", "p_words": "p_words",
}  # fmt: skip


def _of_group(found: dict[str, Any], interval: float) -> dict[str, Any]:
    # By what the documents support, else by what the words would.
    order = np.where(np.isnan(found["z"]), found["score"], found["z"])
    order = np.where(np.isnan(found["error"]), order, found["score"] / found["error"])
    # The engine's order (by code point) decides between equals.
    best_first = np.argsort(-order, kind="stable")
    columns = {name: values[best_first] for name, values in found.items() if name != "group"}
    reach = _quantiles((1.0 + interval) / 2.0, columns.pop("degrees")) * columns.pop("error")
    columns["low"], columns["high"] = columns["score"] - reach, columns["score"] + reach
    columns["q"] = _false_discovery_rates(columns["p"])
    columns["dp"] = columns.pop("dispersion")
    return columns


def _quantiles(share: float, degrees: Any) -> Any:
    # Of Student's t; most rows have the same degrees of freedom.
    from scipy.stats import t

    known, place = np.unique(degrees, return_inverse=True)
    return np.asarray(t.ppf(share, known))[place]


def _false_discovery_rates(p: Any) -> Any:
    # Either all rows of a group have a p or none.
    from scipy.stats import false_discovery_control

    return p if np.isnan(p[0]) else false_discovery_control(p)
