"""Who gets to speak: the shares of quotations and of quoted words by source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens.base.languages import SPEAKER_KINDS
from framelens.base.results import Result
from framelens.corpus.access import language_of
from framelens.corpus.groups import units_of
from framelens.corpus.rates import MIN_UNITS, widening
from framelens.labels.actors import actors
from framelens.labels.scores import jeffreys_interval

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from framelens.corpus.corpus import Corpus

__all__ = ["SpeakerBy", "Speakers", "speaker_shares"]

SpeakerBy: TypeAlias = Literal["kind", "pronoun", "speaker"]

UNKNOWN: Final = "unknown"
NOT_PRINTED: Final = "none printed"
_COUNTED = re.compile(r"(.+?) (\d+)(?:, |$)")
COLUMNS: Final = (
    "quotations", "share", "low", "high", "words", "word_share", "word_low", "word_high",
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class Speakers(Result):
    """Who gets to speak in each source. `frame` has one row a source and kind of speaker.

    Columns: source, then kind, pronoun or speaker, quotations (direct and partial, outside others),
    share (of the source's), low, high, words (inside the marks), word_share, word_low, word_high.
    Shares are of all quotations: those of nobody known are a row of their own, ``unknown``.
    Intervals are Jeffreys', with documents (events, where five or more are known) as their units;
    missing for a source with fewer than five units with quotations.
    """

    by: str = "kind"
    sources: list[str] = field(default_factory=list)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw one bar a source: its quotations, cut by kind of speaker."""
        from framelens.plots import naming_bars

        counts = self.frame.pivot(index=self.by, columns="source", values="quotations")
        table = counts.reindex(columns=self.sources).fillna(0)
        title = f"Who gets to speak in each source, by {self.by}"
        return naming_bars(table, ax=ax, title=title, unit="quotations")


def speaker_shares(quotations: pd.DataFrame, corpus: Corpus, by: SpeakerBy) -> Speakers:
    """Count the quotations of each source by `by`: see :meth:`Quotes.speakers`."""
    said = quotations[quotations["kind"].isin(["direct", "partial"]) & (quotations["nested"] == 0)]
    said = said.assign(words=[len(text.split()) for text in said["text"]])
    told = {"kind": _kinds, "pronoun": _pronouns, "speaker": _names}[by](said["speaker"], corpus)
    units = dict(zip(corpus.ids, units_of(corpus), strict=True))
    said = said.assign(told=told, unit=said["doc"].map(units))
    tables = [
        _shares(said[said["source"] == source]).assign(source=source) for source in corpus.sources
    ]
    frame = pd.concat(tables, ignore_index=True).rename(columns={"told": by})
    return Speakers(frame[["source", by, *COLUMNS]], by, list(corpus.sources))


def _names(speakers: pd.Series[Any], corpus: Corpus) -> list[str]:
    return [UNKNOWN if pd.isna(name) else name for name in speakers]


def _kinds(speakers: pd.Series[Any], corpus: Corpus) -> list[str]:
    nouns = language_of(corpus).speaker_kinds
    if nouns is None:
        raise ValueError(
            f"the corpus's language {corpus.language!r} has no speaker_kinds; add them to it, or "
            "count by speaker or pronoun"
        )
    known = _by_name(corpus)
    kinds = {name: _kind(name, known, nouns) for name in speakers.dropna().unique()}
    return [UNKNOWN if pd.isna(name) else kinds[name] for name in speakers]


def _kind(
    name: str, known: Mapping[str, dict[str, Any]], nouns: Mapping[str, frozenset[str]]
) -> str:
    actor = known.get(name)
    if actor is None or actor["kind"] not in ("person", "organisation"):
        # "two officials" and "the police": by the noun, of which an unnamed one holds no office
        return _listed(name, nouns, (*SPEAKER_KINDS[1:], "office")) or "group"
    if actor["kind"] == "organisation":  # its titles are those of its people
        return _listed(name, nouns, ("party", "document", "unnamed official")) or "organisation"
    counts = dict.fromkeys(SPEAKER_KINDS, 0)
    for role, count in _counts_in(actor["roles"]):
        kind = _listed(role, nouns, SPEAKER_KINDS)
        if kind is not None:
            counts[kind] += count
    best = max(SPEAKER_KINDS, key=lambda kind: counts[kind])
    if not counts[best]:
        return "other person"
    return "office" if best == "unnamed official" else best


def _listed(words: str, nouns: Mapping[str, frozenset[str]], kinds: tuple[str, ...]) -> str | None:
    """Return the first kind that lists the words, their last two or their last one."""
    parts = words.lower().split()
    for tail in (parts, parts[-2:], parts[-1:]):
        phrase = " ".join(tail)
        forms = {phrase, phrase.removesuffix("s"), re.sub("ies$", "y", phrase)}
        for kind in kinds:
            if forms & nouns[kind]:
                return kind
    return None


def _pronouns(speakers: pd.Series[Any], corpus: Corpus) -> list[str]:
    known = _by_name(corpus)
    found = {}
    for name in speakers.dropna().unique():
        counts = dict(_counts_in(known.get(name, {}).get("pronouns")))
        found[name] = max(sorted(counts), key=lambda of: counts[of]) if counts else NOT_PRINTED
    return [UNKNOWN if pd.isna(name) else found[name] for name in speakers]


def _by_name(corpus: Corpus) -> dict[str, dict[str, Any]]:
    """Return the actors by name; of several of one name the one with most mentions."""
    frame = actors(corpus, kind="all").frame.sort_values("mentions", kind="stable")
    rows = frame[["name", "kind", "roles", "pronouns"]].to_dict("records")
    return {str(row["name"]): {str(key): value for key, value in row.items()} for row in rows}


def _counts_in(printed: Any) -> list[tuple[str, int]]:
    if not isinstance(printed, str):
        return []
    return [(word, int(count)) for word, count in _COUNTED.findall(printed)]


def _shares(said: pd.DataFrame) -> pd.DataFrame:
    """Return one row a value of `told` of one source's quotations, the most quotations first."""
    kinds = sorted(said["told"].unique())
    units = said["unit"].unique()
    place = pd.MultiIndex.from_product([kinds, units], names=["told", "unit"])
    cells = said.groupby(["told", "unit"])["words"].agg(["size", "sum"])
    cells = cells.reindex(place, fill_value=0)
    out = pd.DataFrame({"told": pd.Series(kinds, dtype=object)})
    for size, count, names in (
        ("size", "quotations", ("share", "low", "high")),
        ("sum", "words", ("word_share", "word_low", "word_high")),
    ):
        table = cells[size].to_numpy(dtype=np.float64).reshape(len(kinds), len(units))
        out[count] = table.sum(axis=1).astype(np.int64)
        for name, values in zip(names, _interval(table), strict=True):
            out[name] = values
    order = out.sort_values(["quotations", "told"], ascending=[False, True], kind="stable")
    return order.reset_index(drop=True)


def _interval(table: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Return the share of each row, and the interval's ends; columns are units.

    The design effect is the variance of the shares as ratios over units, divided by what it would
    be if each quotation (or word) came alone, pooled over the rows, at least 1.

    Source: Cochran, Sampling Techniques, 1977, section 6.4; Brown, Cai and DasGupta, Statistical
    Science 16 (2001), section 4.1.1.
    """
    rows, n = table.shape
    total = table.sum()
    share = table.sum(axis=1) / total if total else np.full(rows, np.nan)
    if n < MIN_UNITS or not total:
        return share, np.full(rows, np.nan), np.full(rows, np.nan)
    # Sums of whole numbers: the order of the units does not matter.
    of_unit = table.sum(axis=0)
    squares, products = (table**2).sum(axis=1), (table * of_unit).sum(axis=1)
    square = (squares - 2 * share * products + share**2 * (of_unit**2).sum()).sum() * n / (n - 1)
    alone = (total * share * (1 - share)).sum()
    effect = max(1.0, square / alone) if alone else 1.0
    effect *= widening(np.array([n - 1.0]))[0]
    low, high = jeffreys_interval(share * total / effect, (1 - share) * total / effect)
    return share, (1 + low) / 2, (1 + high) / 2
