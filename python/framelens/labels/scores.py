"""Counts, scores and intervals of labels that have been matched to an axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base import lexicons
from framelens.corpus.groups import check_single, units_of
from framelens.labels._shrinkage import shrunk_scores
from framelens.labels.namings import PARTS, VOICES, part_of, voice_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from framelens.corpus.corpus import Corpus

__all__ = ["Axis", "cluster_numbers", "evidence_of", "jeffreys_interval", "score_table"]

OBJECTS = ("person", "institution", "all")
NEUTRAL = "neutral"
LEVEL = 0.95
# A score of fewer is one of these articles and no more.
MIN_LABELS, MIN_ARTICLES = 5, 3
# Phrases and exclusions of a lexicon reach no farther than this, in code points.
CONTEXT = 100
KEYS = ("target", "axis", "source", "voice", "object", "part")


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
    low = 2 * betaincinv(first + 0.5, second + 0.5, tail) - 1
    high = 1 - 2 * betaincinv(second + 0.5, first + 0.5, tail)
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
    return evidence


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


def score_table(
    corpus: Corpus, evidence: pd.DataFrame, mentions: pd.DataFrame, axis: Axis
) -> pd.DataFrame:
    """Return one row a target, axis, source, voice, object and part, and values of `axis.by`."""
    levels: list[list[str]] = [
        axis.targets, [axis.name], corpus.sources, list(VOICES), list(OBJECTS), list(PARTS),
    ]  # fmt: skip
    grid = pd.MultiIndex.from_product(levels, names=list(KEYS))
    if axis.by:
        grid = _times(grid, pd.concat([evidence[[*axis.by]], mentions[[*axis.by]]]).dropna())
    scored = _score_rows(corpus, evidence, grid, axis.poles)
    seen_mentions = _count_mentions(mentions, grid)
    frame = grid.to_frame(index=False)
    for column, pole in enumerate([*axis.poles, NEUTRAL]):
        frame[f"n_{pole}"] = scored["counts"][:, column]
    frame["mentions"], frame["bare"] = seen_mentions["mentions"], seen_mentions["bare"]
    for column, pole in enumerate(axis.poles):
        frame[f"rate_{pole}"] = scored["counts"][:, column] / frame["mentions"].replace(0, np.nan)
    frame["score"] = scored["score"]
    frame["low"], frame["high"] = jeffreys_interval(
        scored["effective_first"], scored["effective_second"]
    )
    for name in ("log_odds", "clusters", "design_effect", "articles"):
        frame[name] = scored[name]
    labels = scored["counts"][:, : min(len(axis.poles), 2)].sum(axis=1)
    frame["too_few"] = (labels < MIN_LABELS) | (frame["articles"] < MIN_ARTICLES)
    family, _ = pd.factorize(grid.droplevel("source"))
    shrunk = shrunk_scores(scored["effective_first"], scored["effective_second"], family)
    return pd.concat([frame, shrunk], axis=1)


def _score_rows(
    corpus: Corpus, evidence: pd.DataFrame, grid: pd.MultiIndex, poles: list[str]
) -> dict[str, NDArray[Any]]:
    counted = evidence[evidence["distance"].isna()]
    rows = counted.assign(
        voice=voice_of(counted),
        part=part_of(counted),
        cluster=cluster_numbers(corpus, counted["doc"]),
        pole=pd.Categorical(counted["pole"], [*poles, NEUTRAL]).codes,
    )
    # A label counts in the row of its voice, object and part and in those that pool any.
    for pooled in ("voice", "object", "part"):
        rows = pd.concat([rows, rows.assign(**{pooled: "all"})])
    group = grid.get_indexer(pd.MultiIndex.from_frame(rows[list(grid.names)]))
    rows, group = rows[group >= 0], group[group >= 0]
    labels = {name: rows[name].to_numpy() for name in ("cluster", "pole", "weight")}
    # Most rows of a large grid have no label: one more group, which is empty, stands for them all.
    seen, labels["group"] = np.unique(group, return_inverse=True)
    # Sources share one intraclass correlation, as each alone has too few documents to tell it.
    family, _ = pd.factorize(grid[seen].droplevel("source"))
    scored = _core.score_labels(labels, [*family.tolist(), len(seen)], len(poles))
    for_score = (rows["weight"] > 0).to_numpy() & (labels["pole"] < min(len(poles), 2))
    articles = pd.DataFrame({"group": labels["group"], "doc": rows["doc"].to_numpy()})[for_score]
    of_groups = articles.drop_duplicates()["group"].to_numpy()
    scored["articles"] = np.bincount(of_groups, minlength=len(seen) + 1)
    position = np.full(len(grid), len(seen))
    position[seen] = np.arange(len(seen))
    return {name: values[position] for name, values in scored.items()}


def cluster_numbers(corpus: Corpus, docs: pd.Series[Any]) -> NDArray[np.int64]:
    """Return the number of the unit that each document is in intervals."""
    units = dict(zip(corpus.ids, units_of(corpus), strict=True))
    found = [units[doc] for doc in docs.tolist()]
    number = {unit: position for position, unit in enumerate(dict.fromkeys(found))}
    return np.array([number[unit] for unit in found], dtype=np.int64)


def _count_mentions(mentions: pd.DataFrame, grid: pd.MultiIndex) -> pd.DataFrame:
    # Mentions are of the target: the rates of person and institution have one denominator.
    bare = ~mentions["labelled"].astype(bool)
    rows = mentions.assign(voice=voice_of(mentions), part=part_of(mentions), bare=bare)
    for pooled in ("voice", "part"):
        rows = pd.concat([rows, rows.assign(**{pooled: "all"})])
    keys = [name for name in grid.names if name not in ("axis", "object")]
    counts = rows.groupby(keys)["bare"].agg(["size", "sum"])
    counts = counts.reindex(grid.droplevel(["axis", "object"]), fill_value=0).astype("int64")
    return counts.set_axis(["mentions", "bare"], axis=1).reset_index(drop=True)
