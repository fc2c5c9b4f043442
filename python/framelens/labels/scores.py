"""Counts, scores and intervals of labels that have been matched to an axis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base import lexicons
from framelens.corpus.groups import check_single, units_of
from framelens.labels._grid import Grids
from framelens.labels._kinds import with_modifiers
from framelens.labels._phrases import anchored, phrase_columns
from framelens.labels._shrinkage import shrunk_scores
from framelens.labels.namings import PARTS, VOICES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from framelens.corpus.corpus import Corpus

__all__ = ["Axis", "cluster_numbers", "evidence_of", "jeffreys_interval", "score_table"]

OBJECTS = ("person", "institution", "all")
NEUTRAL = "neutral"
LEVEL = 0.95
# A score of fewer is one of these articles and no more.
MIN_LABELS, MIN_ARTICLES = 5, 3
# An axis parts sources that print so many labels of either pole together.
MIN_OF_POLE = 3
# Phrases and exclusions of a lexicon reach no farther than this, in code points.
CONTEXT = 100
KEYS = ("target", "axis", "source", "voice", "object", "part")


@dataclass(frozen=True)
class Found:
    """What was found of targets: all labels, those of the axis that count, and mentions.

    `unresolved` are labels of the axis that are nobody's and may be a target's.
    """

    labels: pd.DataFrame
    evidence: pd.DataFrame
    unresolved: pd.DataFrame
    mentions: pd.DataFrame

    def each(self, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Found:
        """Return the four tables changed alike."""
        return Found(*map(change, (self.labels, self.evidence, self.unresolved, self.mentions)))


@dataclass(frozen=True)
class Axis:
    """What a table of scores is over: targets in order, an axis, its poles, further columns."""

    targets: list[str]
    name: str
    poles: list[str]
    by: tuple[str, ...] = ()


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
    >>> from framelens.labels.scores import jeffreys_interval
    >>> low, high = jeffreys_interval(np.array([9.0]), np.array([0.0]))
    >>> round(float(low[0]), 3), float(high[0])
    (0.525, 1.0)
    """
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low, high = np.full(first.shape, np.nan), np.full(first.shape, np.nan)
    known = ~np.isnan(first) & ~np.isnan(second)
    a, b = first[known], second[known]
    low[known] = 2 * betaincinv(a + 0.5, b + 0.5, tail) - 1
    high[known] = 1 - 2 * betaincinv(b + 0.5, a + 0.5, tail)
    return np.where(first == 0, -1.0, low), np.where(second == 0, 1.0, high)


def evidence_of(corpus: Corpus, rows: pd.DataFrame, lexicon: lexicons.Lexicon) -> pd.DataFrame:
    """Return the rows that the lexicon knows, with axis, pole and weight."""
    before, after = _context(corpus, rows)
    labels = {name: rows[name].tolist() for name in ("term", "label", "object")}
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
    return with_modifiers(evidence, lexicon)


def _context(corpus: Corpus, rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    before, after = [], []
    places = (rows[name].tolist() for name in ("doc", "start", "end"))
    for doc, start, end in zip(*places, strict=True):
        text = corpus.texts[corpus.position_of(doc)]
        before.append(text[max(0, start - CONTEXT) : start])
        after.append(text[end : end + CONTEXT])
    return before, after


def _times(grid: pd.MultiIndex, seen: pd.DataFrame) -> pd.MultiIndex:
    # Each row of the grid with each combination of values that is seen.
    ranks = {name: {value: i for i, value in enumerate(_in_order(seen[name]))} for name in seen}
    ordered = seen.drop_duplicates().sort_values(
        [str(name) for name in seen], key=lambda column: column.map(ranks[column.name])
    )
    return pd.MultiIndex.from_frame(grid.to_frame(index=False).merge(ordered, how="cross"))


def _in_order(values: pd.Series[Any]) -> list[Any]:
    check_single(values)
    found = list(values.drop_duplicates())
    try:
        return sorted(found)
    except TypeError:  # numbers beside texts
        return sorted(found, key=str)


def score_table(corpus: Corpus, found: Found, axis: Axis) -> pd.DataFrame:
    """Return one row a target, axis, source, voice, object and part, and values of `axis.by`."""
    levels: list[list[str]] = [
        axis.targets, [axis.name], corpus.sources, list(VOICES), list(OBJECTS), list(PARTS),
    ]  # fmt: skip
    grid = pd.MultiIndex.from_product(levels, names=list(KEYS))
    if axis.by:
        seen = [found.evidence[[*axis.by]], found.mentions[[*axis.by]]]
        grid = _times(grid, pd.concat(seen).dropna())
    clusters = cluster_numbers(corpus, pd.concat([found.evidence["doc"], found.unresolved["doc"]]))
    found = replace(
        found,
        evidence=found.evidence.assign(cluster=clusters[: len(found.evidence)]),
        unresolved=found.unresolved.assign(cluster=clusters[len(found.evidence) :]),
    )
    grids = Grids(grid)
    scored = _score_rows(found.evidence, grids, axis.poles)
    frame = grid.to_frame(index=False)
    for column, pole in enumerate([*axis.poles, NEUTRAL]):
        frame[f"n_{pole}"] = scored["counts"][:, column]
    _add_phrases(frame, found, grids, axis.poles)
    frame["score"] = scored["score"]
    frame["low"], frame["high"] = jeffreys_interval(
        scored["effective_first"], scored["effective_second"]
    )
    _add_shares(frame, axis.poles)
    for name in ("log_odds", "clusters", "design_effect", "articles"):
        frame[name] = scored[name]
    labels = scored["counts"][:, : min(len(axis.poles), 2)].sum(axis=1)
    frame["too_few"] = (labels < MIN_LABELS) | (frame["articles"] < MIN_ARTICLES)
    family = grids.of_families.of_rows
    shrunk = shrunk_scores(scored["effective_first"], scored["effective_second"], family)
    frame = pd.concat([frame, shrunk], axis=1)
    _add_bounds(frame, found, grids, axis.poles)
    frame["note"] = notes_of(frame, axis.poles)
    return frame


def _add_phrases(frame: pd.DataFrame, found: Found, grids: Grids, poles: list[str]) -> None:
    # Mentions are of the target: the rates of person and institution have one denominator.
    counts = found.evidence[found.evidence["distance"].isna()]
    phrases = phrase_columns(found.labels, counts, found.mentions, grids, poles)
    frame["mentions"], frame["bare"] = phrases["mentions"], phrases["bare"]
    seen = frame["mentions"].replace(0, np.nan)
    for pole in poles:
        frame[f"rate_{pole}"] = phrases[f"labelled_{pole}"] / seen
    labels = [f"n_{pole}" for pole in [*poles, NEUTRAL]]
    frame["labels_per_mention"] = frame[labels].sum(axis=1) / seen
    frame["articles_named"] = phrases["articles_named"]
    for pole in poles:
        frame[f"first_{pole}"] = phrases[f"first_{pole}"]


def _add_shares(frame: pd.DataFrame, poles: list[str]) -> None:
    """Add the share of each pole among the labels of both, with its interval."""
    score, low, high = frame["score"], frame["low"], frame["high"]
    for pole, value, least, most in zip(
        poles, (score, -score), (low, -high), (high, -low), strict=False
    ):
        frame[f"share_{pole}"] = (1 + value) / 2
        frame[f"share_{pole}_low"], frame[f"share_{pole}_high"] = (1 + least) / 2, (1 + most) / 2


def _add_bounds(frame: pd.DataFrame, found: Found, grids: Grids, poles: list[str]) -> None:
    """Add what the unresolved labels leave open, and the score without references."""
    open_labels = _score_rows(found.unresolved, grids, poles)
    for column, pole in enumerate(poles):
        frame[f"n_unresolved_{pole}"] = open_labels["counts"][:, column]
    every = pd.concat([found.evidence, found.unresolved], ignore_index=True)
    frame["score_if_none"] = frame["score_if_all"] = frame["score"]
    if len(found.unresolved):
        frame["score_if_all"] = _score_rows(every, grids, poles)["score"]
    sure = found.evidence[anchored(found.evidence, found.mentions)]
    scored = _score_rows(sure, grids, poles)
    frame["score_anchored"] = scored["score"]
    frame["anchored_low"], frame["anchored_high"] = jeffreys_interval(
        scored["effective_first"], scored["effective_second"]
    )
    named = found.mentions[found.mentions["form"] == "named"]
    sure = sure[sure["distance"].isna()]
    phrases = phrase_columns(sure, sure, named, grids, poles)
    for pole in poles:
        frame[f"rate_anchored_{pole}"] = phrases[f"labelled_{pole}"] / np.where(
            phrases["mentions"] > 0, phrases["mentions"], np.nan
        )


def notes_of(frame: pd.DataFrame, poles: Sequence[str]) -> pd.Series[Any]:
    """Return by row what keeps an axis from parting the sources of its target; None if nothing."""
    notes: dict[Any, str | None] = {}
    for target, rows in frame.groupby("target", sort=False):
        pooled = rows[
            (rows["voice"] == "all") & (rows["object"] == "all") & (rows["part"] == "all")
        ]
        pooled = (
            pooled if len(pooled) else rows[(rows["object"] == "all") & (rows["part"] == "all")]
        )
        counts = [int(pooled[f"n_{pole}"].sum()) for pole in poles]
        notes[target] = axis_note(counts, poles)
    return frame["target"].map(notes).astype(object).where(lambda column: column.notna(), None)


def axis_note(counts: Sequence[int], poles: Sequence[str]) -> str | None:
    """Return what labels of each pole over all sources say against an axis."""
    if not sum(counts):
        return "no label of this axis"
    few = [pole for pole, count in zip(poles, counts, strict=True) if count < MIN_OF_POLE]
    if len(poles) < 2 or not few:
        return None
    rare = " and ".join(f"{dict(zip(poles, counts, strict=True))[pole]} {pole}" for pole in few)
    return f"this axis does not part them: {rare} over all sources"


def _score_rows(evidence: pd.DataFrame, grids: Grids, poles: list[str]) -> dict[str, NDArray[Any]]:
    rows = evidence[evidence["distance"].isna()]
    # A label counts in the row of its voice, object and part and in those that pool any.
    keys, relatives = grids.of_labels, grids.of_families
    at, combination = keys.places(rows, ("voice", "object", "part"))
    # Most rows of a large grid have no label: one more group, which is empty, stands for them all.
    seen, group = np.unique(combination, return_inverse=True)
    pole = pd.Categorical(rows["pole"], [*poles, NEUTRAL]).codes
    labels = {
        "group": group, "cluster": rows["cluster"].to_numpy()[at],
        "pole": pole[at], "weight": rows["weight"].to_numpy()[at],
    }  # fmt: skip
    # Sources share one intraclass correlation, as each alone has too few documents to tell it.
    family = np.zeros(keys.size, dtype=np.int64)
    family[keys.of_rows] = relatives.of_rows
    scored = _core.score_labels(labels, [*family[seen].tolist(), relatives.size], len(poles))
    for_score = (labels["weight"] > 0) & (labels["pole"] < min(len(poles), 2))
    codes, names = pd.factorize(rows["doc"])
    # One number a group and article: sorting pairs takes ten times as long.
    articles = np.unique(group[for_score] * max(len(names), 1) + codes[at][for_score])
    of_groups = articles // max(len(names), 1)
    scored["articles"] = np.bincount(of_groups, minlength=len(seen) + 1)
    position = np.full(keys.size, len(seen))
    position[seen] = np.arange(len(seen))
    return {name: values[position[keys.of_rows]] for name, values in scored.items()}


def cluster_numbers(corpus: Corpus, docs: pd.Series[Any]) -> NDArray[np.int64]:
    """Return the number of the unit that each document is in intervals."""
    units = dict(zip(corpus.ids, units_of(corpus), strict=True))
    found = [units[doc] for doc in docs.tolist()]
    number = {unit: position for position, unit in enumerate(dict.fromkeys(found))}
    return np.array([number[unit] for unit in found], dtype=np.int64)
