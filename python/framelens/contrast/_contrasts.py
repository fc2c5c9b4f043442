"""Contrasts of groups of documents: which documents, the engine's scores, and the table of them."""

from __future__ import annotations

import itertools
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.progress import ProgressBar
from framelens.contrast._contrasting import Contrasted, listed_terms
from framelens.corpus.characters import plain
from framelens.corpus.groups import check_choice, check_interval, numbered

__all__ = ["MEASURES", "Settings", "contrast", "one_side"]

MEASURES = (
    "log_odds", "g2", "chi2", "fisher", "pmi", "log_ratio", "percent_diff", "jensen_shannon",
)  # fmt: skip
_LINE = 0.05  # of q

# A table, and the groups of it that are contrasted with all its other documents; None is all.
Contrast = tuple[Contrasted, list[str] | None]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How groups are contrasted: see :func:`framelens.keyness`."""

    measure: str = "log_odds"
    stop_words: Collection[str] = ()
    own_names: bool = True  # are listed
    min_count: int = 2
    min_documents: int = 10
    prior: float = 0.1
    prior_counts: Mapping[str, float] | None = None
    interval: float = 0.95
    permutations: int = 1000
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        check_choice("measure", self.measure, MEASURES)
        check_interval(self.interval)
        for name, least in (
            ("min_count", 1), ("min_documents", 1), ("permutations", 0), ("seed", 0),
        ):  # fmt: skip
            if getattr(self, name) < least:
                raise ValueError(f"{name} must be at least {least}, not {getattr(self, name)}")
        if isinstance(self.prior, Mapping):
            raise ValueError(
                "prior is a mapping but must be a number, the weight of the prior: pass counts as "
                "prior_counts="
            )
        if not (self.prior > 0 and np.isfinite(self.prior)):
            raise ValueError(f"prior must be a finite number above 0, not {self.prior!r}")

    def prior_size(self, words: float) -> float:
        """Return how many occurrences the prior is worth, given how many there are."""
        return self.prior * words if self.prior <= 1 else self.prior


def contrast(
    table: Contrasted,
    settings: Settings,
    *,
    a: str | Sequence[str] | None = None,
    b: str | None = None,
    matched: bool = False,
    n_jobs: int | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Contrast the groups of a table, each with all others or `b`; a row a group and term."""
    frames = [
        _contrast(part.merged(), wanted, settings, n_jobs, progress)
        for part, wanted in _contrasts(table, a, b, matched)
    ]
    if len(frames) == 1:
        return frames[0]
    return pd.concat(frames, ignore_index=True)


def one_side(a: str | Sequence[str] | None) -> list[str] | None:
    """Return the groups that are asked for, None for all.

    Examples
    --------
    >>> from framelens.contrast._contrasts import one_side
    >>> one_side("Gazette"), one_side(["Herald", "Gazette", "Herald"]), one_side(None)
    (['Gazette'], ['Gazette', 'Herald'], None)
    """
    if a is None:
        return None
    return sorted({plain(name) for name in ([a] if isinstance(a, str) else a)})


def _contrasts(
    table: Contrasted, a: str | Sequence[str] | None, b: str | None, matched: bool
) -> Iterable[Contrast]:
    known = sorted(set(table.labels))
    chosen = one_side(a)
    if b is not None:
        if chosen is None:
            raise ValueError("b was given without a: name as a what is contrasted with b")
        b = plain(b)
        check_choice("b", b, known)
    if chosen is not None and not chosen:
        raise ValueError("a is empty: name at least one group, or pass None for all")
    for group in chosen or ():
        check_choice("a", group, known)
        if group == b:
            raise ValueError(f"a and b are both {b!r}: name two different groups")
    everything = range(len(table.labels))
    if matched:
        if not table.strata.any():
            raise ValueError("no document has an event: give an event column, or call same_event()")
        return [_matched(table, group, b) for group in chosen or known]
    if b is not None:
        return [
            (_unmatched(table, [i for i in everything if table.labels[i] in (group, b)]), [group])
            for group in chosen or ()
        ]
    return [(_unmatched(table, everything), chosen)]


def _unmatched(table: Contrasted, kept: Sequence[int]) -> Contrasted:
    return table.take(list(kept), [0] * len(kept))


def _matched(table: Contrasted, group: str, b: str | None) -> Contrast:
    # The documents of events that both sides report.
    sides: dict[int, set[bool]] = defaultdict(set)
    pairs = list(zip(table.labels, table.strata.tolist(), strict=True))
    eligible = [b is None or label in (group, b) for label, _ in pairs]
    for (label, event), use in zip(pairs, eligible, strict=True):
        if use and event:
            sides[event].add(label == group)
    kept = [
        i
        for i, ((_, event), use) in enumerate(zip(pairs, eligible, strict=True))
        if use and len(sides[event]) == 2
    ]
    return table.take(kept, [pairs[i][1] for i in kept]), [group]


def _contrast(
    table: Contrasted,
    wanted: list[str] | None,
    settings: Settings,
    n_jobs: int | None,
    progress: bool,
) -> pd.DataFrame:
    groups, group_of = numbered(table.labels)
    flags = np.array([wanted is None or g in wanted for g in groups], dtype=np.uint8)
    totals = np.asarray(table.everything.sum(axis=0), dtype=float)
    lengths = np.asarray(table.everything.sum(axis=1), dtype=float)
    # Copies are no more evidence than what they are copies of.
    distinct = float((lengths / table.copies).sum())
    steps = len(groups) * settings.permutations
    with ProgressBar(progress and steps > 0, steps, unit="permutation") as report:
        found = _core.keyness(
            table.listed.indptr.astype(np.int64),
            table.listed.indices.astype(np.int32),
            table.listed.data.astype(np.int32),
            group_of,
            columns=len(table.terms),
            groups=len(groups),
            measure=settings.measure,
            prior_size=max(settings.prior_size(distinct), 1e-9),
            prior=_shares(settings.prior_counts, table.terms, totals),
            min_count=settings.min_count,
            permutations=settings.permutations,
            seed=settings.seed,
            min_documents=settings.min_documents,
            listed=listed_terms(table.terms, settings.stop_words),
            wanted=flags,
            lengths=lengths,
            strata=table.strata,
            n_jobs=n_jobs,
            progress=report,
        )
    _warn_of_floor(found, settings)
    of_names = {} if settings.own_names else table.of_names()
    names = [of_names.get(group, []) for group in groups]
    words = np.bincount(group_of, weights=table.words, minlength=len(groups))
    documents = np.bincount(group_of, minlength=len(groups))
    return _frame(groups, table.terms, found, names, words, documents, settings.interval)


def _warn_of_floor(found: dict[str, Any], settings: Settings) -> None:
    floor, tested = found.pop("floor"), found.pop("tested")
    if floor * tested > _LINE and not np.isnan(found["p"]).all():
        warnings.warn(
            f"{tested:,} terms are tested in {settings.permutations:,} permutations: the least q "
            f"of a single term is {floor * tested:.2g}; raise permutations= or min_documents=",
            stacklevel=4,
        )


def _shares(
    prior: Mapping[str, float] | None, terms: list[str], totals: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    if prior is None:
        # What does not occur here has no row; the engine wants all priors positive.
        return np.where(totals > 0, totals, 1e-300)
    counts = {plain(term): count for term, count in prior.items()}
    shares = np.array([float(counts.get(term, 0.0)) for term in terms]) + 1.0
    if not (np.isfinite(shares) & (shares >= 1.0)).all():
        raise ValueError("each count in prior_counts must be finite and not negative")
    return shares


def _frame(
    groups: list[str],
    terms: list[str],
    found: dict[str, Any],
    names: Sequence[Sequence[int]],
    words: np.ndarray[Any, Any],
    documents: np.ndarray[Any, Any],
    interval: float,
) -> pd.DataFrame:
    # Group by group: a step over the rows of all groups would be deaf to Ctrl-C for seconds. Rows
    # of one group lie together.
    edges = np.flatnonzero(np.diff(found["group"], prepend=-1, append=-1)).tolist()
    group_index, term_index = pd.Index(groups, dtype=object), pd.Index(terms, dtype=object)
    source, term = [group_index[:0]], [term_index[:0]]
    parts: dict[str, list[Any]] = {name: [] for name in _NUMBERS}
    for start, end in itertools.pairwise(edges):
        group = int(found["group"][start])
        own = {name: values[start:end] for name, values in found.items()}
        if names[group]:
            kept = ~np.isin(own["term"], names[group])
            own = {name: values[kept] for name, values in own.items()}
        columns = _of_group(own, interval)
        others = max(words.sum() - words[group], 1.0)
        columns["rate"] = 1000.0 * columns["count"] / max(words[group], 1.0)
        columns["rate_others"] = 1000.0 * columns.pop("rest") / others
        columns["documents"] = np.full(len(columns["count"]), documents[group])
        source.append(group_index[[group]].repeat(len(columns["count"])))
        term.append(term_index.take(columns.pop("term")))
        for name in _NUMBERS:
            parts[name].append(columns[name])
    numbers = {
        name: np.concatenate([np.empty(0, dtype=found[same].dtype), *own])
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
    "documents": "count", "rate_others": "rate",
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
    # Of the terms that are tested.
    from scipy.stats import false_discovery_control

    q = np.full(len(p), np.nan)
    tested = ~np.isnan(p)
    if tested.any():
        q[tested] = false_discovery_control(p[tested])
    return q
