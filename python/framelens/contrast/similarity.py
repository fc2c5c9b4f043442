"""How alike sources write: similarity of their articles' words, with intervals."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from framelens.base.results import Result
from framelens.contrast._likeness import compare, distances_of, leaf_order, other_measure
from framelens.contrast.alike import DocumentRows, Explanation, SourceMap, Weighing, document_rows
from framelens.corpus.access import copy_clusters, language_of
from framelens.corpus.characters import plain
from framelens.corpus.corpus import check_corpus
from framelens.corpus.groups import (
    By,
    check_choice,
    check_interval,
    chosen_stop_words,
    grouped_documents,
    pieces_of,
    plain_pieces,
)
from framelens.corpus.neighbours import DISTANCES, MEASURES, Measure
from framelens.corpus.voices import Span, Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus.corpus import Corpus, Zones

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
_HOW = {
    "centroid": "all articles of one source against all of the other",
    "pooled": "all articles of a source as one text",
    "mean_pairwise": "mean over pairs of articles",
    "event_matched": "articles of the same event alone",
}
# A source with fewer articles is hatched: chance alone moves its numbers by .03 and more.
FEW_ARTICLES = 10
_LEAST_KEPT = 0.2  # of the text of a source that is not warned of


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
        What the figure shows, sources by sources, of the cosine: ``adjusted``, the diagonal blank.
        ``similarity`` where each source has one article (the cosine of the two), with another
        measure, and where ``pooled`` or ``mean_pairwise`` asks for it.
    raw : pandas.DataFrame
        ``similarity``, sources by sources. The cosine of centroids grows with the number of
        articles.
    documents : pandas.Series
        Articles of each source.
    order : list of str
        The sources in the order of a dendrogram: alike beside alike.
    centre : bool
        Whether the mean of the sources was subtracted: signs are then relative.
    aggregate, measure : str
        How articles became sources, and how these were compared.
    """

    matrix: pd.DataFrame
    raw: pd.DataFrame
    documents: pd.Series[int]
    order: list[str]
    centre: bool = False
    aggregate: str = "centroid"
    measure: str = "cosine"
    _rows: DocumentRows | None = field(default=None)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw a heat map of the matrix, alike beside alike.

        A source with fewer than 10 articles is hatched; a pair that has an interval shows it there.
        Grey is what cannot be computed.
        """
        from framelens.plots import heat_map

        distance = self.measure in DISTANCES
        adjusted = self._shows_adjusted()
        kind = "distance" if distance else "similarity"
        return heat_map(
            self.matrix,
            ax=ax,
            order=self.order,
            label=f"{_NAMES[self.measure]} {kind}{', adjusted' if adjusted else ''}",
            note=self._note(),
            words=self.words(),
            intervals=self.frame if adjusted else None,
            few=[str(name) for name in self.documents.index[self.documents < FEW_ARTICLES]],
            signed=self.centre,
            distance=distance,
        )

    def words(self) -> str:
        """Say what the numbers of the matrix mean, and what they do not."""
        said = ["Likeness of wording, style included, not of stance."]
        if self._shows_adjusted():
            said.append("1 is as alike as two articles of the same outlet.")
            reach = ((self.frame["high"] - self.frame["low"]) / 2.0).median()
            if np.isfinite(reach):
                said.append(f"The interval is ± {reach:.2f} at this number of articles (median).")
        elif self._single():
            said.append("One article a source: the cosine of the two articles.")
        if len(self.documents) and self.documents.max() < FEW_ARTICLES:
            said.append(f"No source has {FEW_ARTICLES} articles: chance is large.")
        said.append("Outlets that cover the same topics are more alike.")
        return " ".join(said)

    def _single(self) -> bool:
        return bool((self.documents == 1).all())

    def _shows_adjusted(self) -> bool:
        return _shows_adjusted(self.measure, self.aggregate, self.documents.to_numpy())

    def _note(self) -> str:
        said = [_HOW[self.aggregate]]
        if self.centre:
            said.append("signs are relative to the sources' mean")
        if self.measure in DISTANCES:
            said.append("small is alike")
        return "; ".join(said)

    def map(self) -> SourceMap:
        """Place the sources in the plane, alike near alike (classical scaling)."""
        from framelens.contrast.alike import to_plane

        return to_plane(self._distances())

    def network(self, ax: Axes | None = None, *, neighbours: int = 2) -> Axes:
        """Draw each source tied to those most alike to it, `neighbours` at least.

        Places are those of the map; a thicker line is a greater similarity.
        """
        from framelens.plots import source_network

        if neighbours < 1:
            raise ValueError(f"neighbours must be at least 1, not {neighbours}")
        return source_network(self.map().frame, self._distances(), ax=ax, neighbours=neighbours)

    def _distances(self) -> pd.DataFrame:
        return distances_of(self.matrix, self.measure)

    def explain(self, a: str, b: str) -> Explanation:
        """Take the likeness of two sources apart into terms, and find their nearest documents.

        The parts add up to the matrix's number; of a centred matrix to ``similarity``. The
        language's stop words stand in one row, ``(function words)``.

        Raises
        ------
        ValueError
            An unknown source, or another measure than ``cosine``, which has no parts.
        """
        from framelens.contrast.alike import explain

        if self.measure != "cosine":
            raise ValueError(
                f"explain() needs measure='cosine': {self.measure} is no sum over terms"
            )
        names = (plain(a), plain(b))
        adjusted = self._shows_adjusted() and not self.centre
        rows = self._known_rows()
        return explain(rows, self.aggregate, self.centre, *names, adjusted=adjusted)

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
        from framelens.contrast.alike import split_half

        if splits < 1:
            raise ValueError(f"splits must be at least 1, not {splits}")
        return split_half(self._known_rows(), self.centre, splits, seed)

    def _known_rows(self) -> DocumentRows:
        if self._rows is None:
            raise ValueError(
                "this result has no documents: call the method on what fl.similarity() returned"
            )
        return self._rows


def similarity(
    corpus: Corpus,
    *,
    by: By = "source",
    measure: Measure = "cosine",
    aggregate: Literal["centroid", "pooled", "mean_pairwise", "event_matched"] = "centroid",
    centre: bool = False,
    sublinear_tf: bool = True,
    interval: float = 0.95,
    zones: Zones = ("subhead", "body"),
    voice: Voice = "unquoted",
    stop_words: Literal["language"] | Sequence[str] | None = None,
    vectorizer: Any = None,
    mask: bool = True,
    min_documents: int = 1,
    drop_shared: bool = False,
    n_jobs: int | None = None,
) -> Similarity:
    """Compare how sources write.

    Each article is a unit vector of TF-IDF weights, as scikit-learn's ``TfidfVectorizer`` gives it
    with ``sublinear_tf=True``.

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
        Weigh a term by 1 + ln of its count in an article, so that what an article is about and the
        commonest words count for less.
    interval : float
        Coverage of ``low`` and ``high``: t-intervals of ``adjusted`` from leaving out each article
        (each event, when matched) in turn; near-duplicates of one another are left out together.
    zones : tuple of str or "all"
        Which parts of the articles. Headlines are a desk's, and not every source gives them: they
        are left out by default.
    voice : {"own", "reported", "quoted", "unquoted", "all"}
        Which words: ``own`` (neither quoted nor reported), ``reported`` (indirect speech),
        ``quoted``, ``unquoted`` (own and reported) or ``all``. Whom one quotes is framing too:
        ``quoted`` can stand beside the default.
    stop_words : {"language"} or list of str, optional
        Leave out the language's stop words, or these. They tell sources apart: leaving them out
        makes likeness of topic count for more.
    vectorizer : object, optional
        Any of framelens's or scikit-learn's vectorizers, which is fitted to the articles and gives
        their rows instead; ``sublinear_tf`` and ``stop_words`` are then its own.
    mask : bool
        Leave out furniture: passages that a source puts into many articles, and no other source
        does, as in :func:`framelens.keyness`.
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
        An unknown column, measure, aggregate, zone or voice; the message lists those there are. A
        corpus without events cannot be matched by them: see :meth:`Corpus.same_event`. A vectorizer
        together with stop words.

    Warns
    -----
    UserWarning
        Sources of whose text the voice and the mask leave less than a fifth.

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
        raise ValueError(f"min_documents must be at least 1, not {min_documents}")
    positions, labels = grouped_documents(corpus, by)
    if aggregate == "event_matched":
        positions, labels = _with_events(corpus, positions, labels)
    sizes = Counter(labels)
    kept = [i for i, label in enumerate(labels) if sizes[label] >= min_documents]
    pieces = pieces_of(corpus, zones, voice, drop_shared=drop_shared, mask=mask)
    _warn_of_little(corpus, zones, pieces, [positions[i] for i in kept], [labels[i] for i in kept])
    texts = plain_pieces(corpus, pieces)
    return compare_texts(
        [texts[positions[i]] for i in kept],
        [labels[i] for i in kept],
        docs=[corpus.ids[positions[i]] for i in kept],
        events=[corpus.event_of[positions[i]] for i in kept],
        clusters=[int(copy_clusters(corpus)[positions[i]]) for i in kept],
        measure=measure,
        aggregate=aggregate,
        centre=centre,
        sublinear_tf=sublinear_tf,
        vectorizer=vectorizer,
        stop_words=chosen_stop_words(corpus, stop_words),
        function_words=language_of(corpus).stop_words or frozenset(),
        interval=interval,
        n_jobs=n_jobs,
    )


def _length(pieces: list[Span]) -> int:
    return sum(end - start for start, end in pieces)


def _warn_of_little(
    corpus: Corpus,
    zones: Zones,
    pieces: list[list[Span]],
    positions: list[int],
    labels: list[str],
) -> None:
    """Warn of groups of whose text little is left."""
    left, whole = Counter[str](), Counter[str]()
    all_pieces = corpus.zone_pieces(zones)
    for i, label in zip(positions, labels, strict=True):
        left[label] += _length(pieces[i])
        whole[label] += _length(all_pieces[i])
    shares = {
        name: left[name] / n for name, n in whole.items() if n and left[name] / n < _LEAST_KEPT
    }
    if not shares:
        return
    least = sorted(shares, key=lambda name: (shares[name], name))[:3]
    shown = ", ".join(f"{name!r} ({shares[name]:.0%})" for name in least)
    warnings.warn(
        f"of {len(shares)} of {len(whole)} sources less than {_LEAST_KEPT:.0%} of the text is "
        f"compared, as {shown}: the rest is in another voice, or masked",
        stacklevel=3,
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
    sublinear_tf: bool = True,
    vectorizer: Any = None,
    stop_words: Collection[str] = (),
    function_words: frozenset[str] = frozenset(),
    interval: float = 0.95,
    n_jobs: int | None = None,
) -> Similarity:
    """Compare groups of texts; `labels` are their groups. See :func:`similarity`."""
    if centre and (measure != "cosine" or aggregate == "event_matched"):
        raise ValueError(
            "centre=True needs measure='cosine' and an aggregate other than 'event_matched'"
        )
    if aggregate == "event_matched" and measure != "cosine":
        raise ValueError(f"aggregate='event_matched' needs measure='cosine', not {measure!r}")
    weighing = Weighing(sublinear_tf, vectorizer, stop_words)
    rows = document_rows(
        texts, labels, weighing, docs=docs, events=events, clusters=clusters, n_jobs=n_jobs
    )
    rows = replace(rows, function_words=function_words)
    found = compare(rows, aggregate, centre, n_jobs)
    if measure != "cosine":
        found["similarity"] = other_measure(rows, measure, aggregate, n_jobs)
        for name in ("adjusted", "error", "degrees"):
            found[name] = np.full_like(found["similarity"], np.nan)
    names = rows.groups
    documents = np.bincount(rows.group_of, minlength=len(names))
    raw = pd.DataFrame(found["similarity"], index=names, columns=names)
    matrix = _shown(found, names, measure, aggregate, documents)
    return Similarity(
        frame=_pairs(names, documents, found, interval),
        matrix=matrix,
        raw=raw,
        documents=pd.Series(documents, index=names, name="documents"),
        order=leaf_order(distances_of(matrix, measure)),
        centre=centre,
        aggregate=aggregate,
        measure=measure,
        _rows=rows,
    )


def _shows_adjusted(measure: str, aggregate: str, documents: Any) -> bool:
    asked = measure == "cosine" and aggregate in ("centroid", "event_matched")
    return asked and not bool((documents == 1).all())


def _shown(
    found: dict[str, Any], names: list[str], measure: str, aggregate: str, documents: Any
) -> pd.DataFrame:
    column = "adjusted" if _shows_adjusted(measure, aggregate, documents) else "similarity"
    values = np.array(found[column])
    if measure == "cosine":
        np.fill_diagonal(values, np.nan)
    return pd.DataFrame(values, index=names, columns=names)


def _with_events(
    corpus: Corpus, positions: list[int], labels: list[str]
) -> tuple[list[int], list[str]]:
    kept = [k for k, i in enumerate(positions) if corpus.event_of[i] is not None]
    if positions and not kept:
        raise ValueError("no document has an event: give an event column, or call same_event()")
    return [positions[k] for k in kept], [labels[k] for k in kept]


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
