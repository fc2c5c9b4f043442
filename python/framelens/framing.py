"""Framing scores: which pole of an axis a source's labels lean to, by target, voice and object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core, lexicons
from framelens.corpus import Corpus, Zones, check_zones
from framelens.namings import (
    VOICES,
    Target,
    Voice,
    as_targets,
    in_zones,
    mention_rows,
    naming_rows,
    voice_of,
    voice_rows,
    warn_of_unnamed,
)
from framelens.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

__all__ = ["Framing", "framing"]

OBJECTS = ("person", "institution", "all")
NEUTRAL = "neutral"
LEVEL = 0.95
# Phrases and exclusions of a lexicon reach no farther than this, in code points.
CONTEXT = 100
# With so many events known, they are the units of the intervals; below, documents are.
MIN_EVENTS = 5
_KEYS = ["target", "axis", "source", "voice", "object"]


@dataclass(frozen=True, repr=False, eq=False)
class Framing(Result):
    """Scores of the targets' labels on one axis.

    Attributes
    ----------
    frame, scores : pandas.DataFrame
        One row a target, axis, source, voice (``own``, ``reported``, ``quoted``, ``all``) and
        object (``person``, ``institution``, ``all``). ``own`` leaves out what is reported.
        ``n_<pole>`` and ``n_neutral`` count labels; ``mentions`` are all mentions of the target
        but pronouns, ``bare`` those that name it without a label; ``rate_<pole>`` is labels per
        mention; ``score`` is (a - b) / (a + b) with a and b the weights of the first and the second
        pole, missing without labels; ``low`` and ``high`` its interval, missing where there are too
        few documents to say; ``clusters`` the documents (events, where five or more are known) with
        labels of a pole, ``design_effect`` what their likeness costs.
    evidence : pandas.DataFrame
        One row a label that the axis knows: the columns of :class:`framelens.namings.Namings` with
        axis, pole and weight. The weight is 0 where a label counts for no pole: neutral ones, and
        those with a `distance`.
    axis : str
        The lexicon's name.
    poles : tuple of str
        Its poles: a score of +1 is all first, -1 all second.
    """

    evidence: pd.DataFrame = field(default_factory=pd.DataFrame)
    axis: str = ""
    poles: tuple[str, ...] = ()

    @property
    def scores(self) -> pd.DataFrame:
        """The scores: the same table as `frame`."""
        return self.frame

    def plot(self, ax: Axes | None = None, *, object: str = "all") -> Axes:
        """Draw scores by source, own voice beside reported and quoted voice.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
        object : {"all", "person", "institution"}
            What the labels name.

        Raises
        ------
        ValueError
            An axis of one pole, which has no score.
        """
        from framelens.plots import forest

        if object not in OBJECTS:
            raise ValueError(f"object is one of {', '.join(OBJECTS)}, not {object!r}")
        if len(self.poles) < 2:
            raise ValueError(f"the axis {self.axis!r} has one pole, so it gives rates and no score")
        scores = self.frame[self.frame["object"] == object]
        title = f"{self.axis.capitalize()}: from {self.poles[1]} to {self.poles[0]}"
        return forest(scores, poles=(self.poles[0], self.poles[1]), ax=ax, title=title)


def framing(
    corpus: Corpus,
    *,
    targets: Target | str | Iterable[Target | str] | None,
    axis: lexicons.Source = "legitimacy",
    voice: Voice | None = None,
    zones: Zones = ("headline", "subhead", "body"),
) -> Framing:
    """Score which pole of an axis the labels of each target lean to, by source and voice.

    Parameters
    ----------
    corpus : Corpus
    targets : str, Target, or an iterable of them
        Whose labels to score. Scores of different targets are not to be compared.
    axis : str, path or dict
        A shipped lexicon's name, or a lexicon of your own.
    voice : {"own", "reported", "quoted", "all"}, optional
        Keep the rows of one voice; by default all four are given.
    zones : tuple of str or "all"
        Where labels and mentions count. Captions are mostly an agency's words: left out by default.

    Returns
    -------
    Framing

    Raises
    ------
    ValueError
        A target that is empty, a name that belongs to two targets, an unknown axis or zone.
    SchemaError
        A lexicon of the wrong shape.

    Warns
    -----
    UserWarning
        A target that the corpus does not name: it has no rows.

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.read(pd.DataFrame({
    ...     "id": ["1", "2"], "source": ["Gazette", "Herald"],
    ...     "text": ["President Ada Moore spoke on Monday.", "The dictator Ada Moore spoke."],
    ... }))
    >>> result = fl.framing(corpus, targets=["Ada Moore"], voice="own")
    >>> result.evidence[["source", "label", "pole", "weight"]]
        source      label          pole  weight
    0  Gazette  President    legitimate     1.0
    1   Herald   dictator  illegitimate     1.0
    """
    if targets is None:
        raise ValueError(
            "targets is None: name the people or institutions whose labels to score "
            "(scores of whole documents, without a target, are not available yet)"
        )
    wanted = as_targets(targets)
    check_zones(zones)
    lexicon = lexicons.load(axis)
    rows = naming_rows(corpus, wanted, lexicon.terms_for_matching())
    mentions = mention_rows(corpus, wanted, lexicon.terms_for_matching())
    warn_of_unnamed(corpus, wanted, rows, mentions)
    mentions = mentions[mentions["form"] != "pronoun"]
    named = {*rows["target"], *mentions["target"]}
    names = [target.name for target in wanted if target.name in named]
    rows, mentions = in_zones(rows, zones), in_zones(mentions, zones)
    evidence = _evidence(corpus, rows, lexicon)
    scores = _scores(corpus, evidence, mentions, names, lexicon)
    if voice is not None:
        evidence = evidence[voice_rows(evidence, voice)].reset_index(drop=True)
        scores = scores[scores["voice"] == voice].reset_index(drop=True)
    return Framing(frame=scores, evidence=evidence, axis=lexicon.axis, poles=lexicon.poles)


def jeffreys_interval(
    first: NDArray[np.float64], second: NDArray[np.float64], level: float = LEVEL
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return low and high of the score of `first` against `second` independent labels.

    Jeffreys' interval of the first pole's share, mapped to [-1, 1]; an end is kept where there are
    no labels of a pole. NaN where a count is NaN.

    Source: Brown, Cai and DasGupta, Statistical Science 16 (2001), section 4.1.1.

    Examples
    --------
    >>> import numpy as np
    >>> from framelens.framing import jeffreys_interval
    >>> low, high = jeffreys_interval(np.array([9.0]), np.array([0.0]))
    >>> round(float(low[0]), 3), float(high[0])
    (0.525, 1.0)
    """
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = 2 * betaincinv(first + 0.5, second + 0.5, tail) - 1
    high = 1 - 2 * betaincinv(second + 0.5, first + 0.5, tail)
    return np.where(first == 0, -1.0, low), np.where(second == 0, 1.0, high)


def _evidence(corpus: Corpus, rows: pd.DataFrame, lexicon: lexicons.Lexicon) -> pd.DataFrame:
    before, after = _context(corpus, rows)
    labels = {name: list(rows[name]) for name in ("term", "label", "object")}
    position, missing = _core.match_labels(lexicon, {**labels, "before": before, "after": after})
    known = ~missing
    terms = lexicon.terms
    matched = [terms[i] for i in position[known]]
    evidence = rows[known].reset_index(drop=True)
    evidence.insert(1, "axis", pd.Series([lexicon.axis] * len(evidence), dtype=object))
    poles = pd.Series([term["pole"] for term in matched], dtype=object)
    weights = pd.Series([term["weight"] for term in matched], dtype="float64")
    counts = (poles != NEUTRAL) & evidence["distance"].isna()
    evidence.insert(4, "pole", poles)
    evidence.insert(5, "weight", weights.where(counts, 0.0))
    return evidence


def _context(corpus: Corpus, rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    before, after = [], []
    for doc, start, end in zip(rows["doc"], rows["start"], rows["end"], strict=True):
        text = corpus.texts[corpus.position_of(doc)]
        before.append(text[max(0, start - CONTEXT) : start])
        after.append(text[end : end + CONTEXT])
    return before, after


def _scores(
    corpus: Corpus,
    evidence: pd.DataFrame,
    mentions: pd.DataFrame,
    targets: list[str],
    lexicon: lexicons.Lexicon,
) -> pd.DataFrame:
    poles = list(lexicon.poles)
    grid = pd.MultiIndex.from_product(
        [targets, [lexicon.axis], corpus.sources, list(VOICES), list(OBJECTS)], names=_KEYS
    )
    scored = _score_rows(corpus, evidence, grid, poles)
    seen = _count_mentions(mentions, grid)
    frame = grid.to_frame(index=False)
    for column, pole in enumerate([*poles, NEUTRAL]):
        frame[f"n_{pole}"] = scored["counts"][:, column]
    frame["mentions"], frame["bare"] = seen["mentions"], seen["bare"]
    for column, pole in enumerate(poles):
        frame[f"rate_{pole}"] = scored["counts"][:, column] / frame["mentions"].replace(0, np.nan)
    frame["score"] = scored["score"]
    frame["low"], frame["high"] = jeffreys_interval(
        scored["effective_first"], scored["effective_second"]
    )
    for name in ("log_odds", "clusters", "design_effect"):
        frame[name] = scored[name]
    return frame


def _score_rows(
    corpus: Corpus, evidence: pd.DataFrame, grid: pd.MultiIndex, poles: list[str]
) -> dict[str, NDArray[Any]]:
    counted = evidence[evidence["distance"].isna()]
    rows = counted.assign(
        voice=voice_of(counted),
        cluster=_clusters(corpus, counted["doc"]),
        pole=pd.Categorical(counted["pole"], [*poles, NEUTRAL]).codes,
    )
    # A label counts in the row of its voice and object and in those that pool either.
    rows = pd.concat([rows, rows.assign(voice="all")])
    rows = pd.concat([rows, rows.assign(object="all")])
    labels = {name: rows[name].to_numpy() for name in ("cluster", "pole", "weight")}
    labels["group"] = grid.get_indexer(pd.MultiIndex.from_frame(rows[_KEYS]))
    # Sources share one intraclass correlation, as each alone has too few documents to tell it.
    family, _ = pd.factorize(grid.droplevel("source"))
    return _core.score_labels(labels, family.tolist(), len(poles))


def _clusters(corpus: Corpus, docs: pd.Series[Any]) -> NDArray[np.int64]:
    events = corpus.documents.set_index("id")["event"]
    if events.nunique() < MIN_EVENTS:
        events = events.mask(events.notna())
    units = [
        (True, event) if isinstance(event, str) else (False, doc)
        for doc, event in zip(docs, events.reindex(docs), strict=True)
    ]
    number = {unit: position for position, unit in enumerate(dict.fromkeys(units))}
    return np.array([number[unit] for unit in units], dtype=np.int64)


def _count_mentions(mentions: pd.DataFrame, grid: pd.MultiIndex) -> pd.DataFrame:
    # Mentions are of the target: the rates of person and institution have one denominator.
    rows = mentions.assign(voice=voice_of(mentions), bare=~mentions["labelled"].astype(bool))
    rows = pd.concat([rows, rows.assign(voice="all")])
    by_voice = rows.groupby(["target", "source", "voice"])["bare"].agg(["size", "sum"])
    counts = by_voice.reindex(grid.droplevel(["axis", "object"]), fill_value=0).astype("int64")
    return counts.set_axis(["mentions", "bare"], axis=1).reset_index(drop=True)
