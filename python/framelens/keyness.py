"""Which words set sources apart: log odds with a prior, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from framelens import _core
from framelens._groups import check_choice, check_interval, count_groups, grouped_texts
from framelens.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus import Corpus, Zones

__all__ = ["Keyness", "keyness"]

_MEASURES = ("log_odds",)


@dataclass(frozen=True, repr=False, eq=False)
class Keyness(Result):
    """Which words set sources apart.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a source and term, the term that marks the source most first. ``count`` and
        ``rate`` (per 1,000 words) are the source's; ``score`` is the difference of the log odds
        between the source and all others, ``low`` and ``high`` its interval, missing with fewer
        than 5 documents on a side; ``z`` is Monroe's. ``p`` and ``q`` are missing.
    """

    def plot(self, ax: Axes | None = None, *, terms: int = 8) -> Axes:
        """Draw the terms with the largest absolute ``z`` of each source, `terms` at most."""
        from framelens.plots import keyness_bars

        return keyness_bars(self.frame, ax=ax, terms=terms)


def keyness(
    corpus: Corpus,
    *,
    by: str = "source",
    measure: Literal["log_odds"] = "log_odds",
    zones: Zones = ("headline", "subhead", "body"),
    min_count: int = 2,
    interval: float = 0.95,
    n_jobs: int | None = None,
) -> Keyness:
    """Find the words that set each source apart from the others.

    Parameters
    ----------
    corpus : Corpus
        The articles.
    by : str
        A column of ``corpus.documents`` whose values are compared. Articles without a value are
        left out.
    measure : {"log_odds"}
        Log odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008): 500
        pseudo-words with the shares of the corpus.
    zones : tuple of str or "all"
        Which parts of the articles.
    min_count : int
        Leave out terms that occur less often in the whole corpus.
    interval : float
        Coverage of ``low`` and ``high``, which use the larger of Monroe's variance and the variance
        between documents.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Returns
    -------
    Keyness
        Without rows where there is nothing to compare with, as with one source.

    Raises
    ------
    ValueError
        An unknown column, measure or zone; the message lists those there are.

    Examples
    --------
    >>> import framelens as fl
    >>> words = fl.keyness(fl.demo())
    >>> list(words.frame.columns[:6])
    ['source', 'term', 'count', 'rate', 'score', 'low']
    """
    check_choice("measure", measure, _MEASURES)
    check_interval(interval)
    if min_count < 1:
        raise ValueError(f"min_count is at least 1, not {min_count}")
    texts, labels = grouped_texts(corpus, by, zones)
    return contrast_texts(texts, labels, min_count=min_count, interval=interval, n_jobs=n_jobs)


def contrast_texts(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    min_count: int = 1,
    interval: float = 0.95,
    n_jobs: int | None = None,
) -> Keyness:
    """Contrast groups of texts; `labels` are their groups. See :func:`keyness`."""
    from scipy.stats import t

    counts = count_groups(texts, labels, n_jobs=n_jobs)
    found = _core.log_odds(
        *counts.rows,
        counts.group_of,
        columns=len(counts.terms),
        groups=len(counts.groups),
        min_count=min_count,
        n_jobs=n_jobs,
    )
    # Largest z first; the engine's order (by code point) decides between equals.
    best_first = np.lexsort((-found["z"], found["group"]))
    columns = {name: values[best_first] for name, values in found.items()}
    score = columns["score"]
    reach = t.ppf((1.0 + interval) / 2.0, columns["degrees"]) * columns["error"]
    frame = pd.DataFrame(
        {
            "source": np.array(counts.groups, dtype=object)[columns["group"]],
            "term": np.array(counts.terms, dtype=object)[columns["term"]],
            "count": columns["count"],
            "rate": columns["rate"],
            "score": score,
            "low": score - reach,
            "high": score + reach,
            "z": columns["z"],
            "p": np.full(len(score), np.nan),
            "q": np.full(len(score), np.nan),
        }
    )
    return Keyness(frame=frame)
