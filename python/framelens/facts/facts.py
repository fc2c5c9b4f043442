"""Figures and dates as each source prints them, and where they differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base import languages
from framelens.base.results import Result, columns_to_frame
from framelens.base.spans import Parts
from framelens.corpus.access import language_of, likely_events
from framelens.corpus.corpus import Corpus, Zones, check_corpus, check_zones
from framelens.facts._dated import orders_of, resolve_rows
from framelens.facts._verdicts import (
    is_conflict_of_dates,
    is_conflict_of_figures,
    shown_figure,
    verdict_of_dates,
    verdict_of_figures,
)
from framelens.facts.discrepancies import (
    Contexts,
    Mention,
    frame_of,
    governor_of,
    in_compared,
    is_beside,
    match_mentions,
    shared_words,
    weigh_words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Dates", "Figures", "dates", "figures"]

FactLanguage: TypeAlias = Literal["en", "es", "de", "fr", "it", "nl"]

_LANGUAGES = ("en", "es", "de", "fr", "it", "nl")
# How alike the words around two mentions must be, from 0 to 1.
_SAME_FIGURE, _SAME_DATE = 0.15, 0.2
_PERSONS = frozenset({"person", "man", "woman", "child", "civilian", "other"})


@dataclass(frozen=True, repr=False, eq=False)
class Figures(Result):
    """Numbers with what they count. `frame` has one row each, in document, then text order.

    Columns: doc, source, start, end, text, comparator (``=``, ``>``, ``>=``, ``<``, ``<=``,
    ``~``), value, upper (of a range), unit (ISO 4217, ``percent``, ``share`` of 1, or the singular
    of the noun), noun (as printed), zone.
    """

    corpus: Corpus
    language: str = "en"

    def discrepancies(self) -> pd.DataFrame:
        """Find the quantities that sources print differently.

        Only articles of one event are compared: of the event that was read, else of a group that
        :meth:`Corpus.same_event` proposes.

        Returns
        -------
        pandas.DataFrame
            One row a quantity, what matters most first: kind (``figure``), quantity (what is
            counted, and the words that its mentions share), verdict (``conflict``, ``compatible``
            where the bounds overlap, ``agree`` where they say the same in other words), values (a
            list of dicts: doc, source, value with its comparator, start, end).

        Examples
        --------
        >>> import framelens as fl
        >>> rows = [
        ...     {"source": "Gazette", "text": "The storm killed at least 12 people in Nordell."},
        ...     {"source": "Review", "text": "The storm left 15 people dead in Nordell."},
        ... ]
        >>> found = fl.figures(fl.read(rows)).discrepancies()
        >>> [value["value"] for value in found["values"][0]], found["verdict"][0]
        (['>=12', '15'], 'compatible')
        """
        synonyms, events = _words(self.corpus, self.language).synonyms, likely_events(self.corpus)
        frame = in_compared(self.corpus, self.frame, events)
        contexts = Contexts(self.corpus, frame, synonyms)
        mentions = _figure_mentions(contexts, frame, synonyms, events)
        groups = match_mentions(mentions, threshold=_SAME_FIGURE, comparable=_near_in_size)
        figures = frame.to_dict("records")
        rows = []
        for group, alike in groups:
            printed = [figures[mention.row] for mention in group]
            verdict = verdict_of_figures(printed)
            if len({shown_figure(figure) for figure in printed}) == 1:
                continue
            # What differs and is told in other words is more often two quantities than one.
            if verdict == "conflict" and not is_conflict_of_figures(contexts, printed, alike):
                continue
            rows.append(
                {
                    "kind": "figure",
                    "quantity": _quantity(contexts, group, printed),
                    "verdict": verdict,
                    "values": [_value(figure, shown_figure(figure)) for figure in printed],
                    "gap": _gap([float(figure["value"]) for figure in printed]),
                }
            )
        return frame_of(rows)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the quantities that differ: a line each, a point for what each source prints."""
        from framelens.plots import discrepancy_points

        return discrepancy_points(self.discrepancies(), ax=ax)


@dataclass(frozen=True, repr=False, eq=False)
class Dates(Result):
    """Dates as printed. `frame` has one row each, in document, then text order.

    Columns: doc, source, start, end, text, value (partial ISO 8601; missing of a bare weekday, a
    relative day, and numbers whose order is not known), resolved (what the article's own date adds;
    missing where the month has no such day), candidates (the days that 03/04/2024 can mean, where
    nothing tells which), weekday (as printed, in English),
    years (those near the article's year in which the weekday falls on that day; missing where no
    weekday, or no year to look around, is known), fits (whether the weekday falls on the date where
    the year is printed), zone.
    """

    corpus: Corpus
    language: str = "en"

    def discrepancies(self) -> pd.DataFrame:
        """Find what sources give different dates for, in articles of one event.

        Returns
        -------
        pandas.DataFrame
            As of :meth:`Figures.discrepancies`, with kind ``date``. ``agree`` is one day in other
            words ("New Year's Eve" and "Dec. 31", or with and without the year that the article's
            date gives), ``compatible`` where one of the days that 03/04/2024 can mean is the other
            article's. Dates that only differ in how much they say ("December" and "December 10")
            are no discrepancy.

        Examples
        --------
        >>> import framelens as fl
        >>> rows = [
        ...     {"source": "Gazette", "text": "The treaty was signed in Nordell on 12 May 2020."},
        ...     {"source": "Review", "text": "The treaty, signed in Nordell on May 21, holds."},
        ... ]
        >>> found = fl.dates(fl.read(rows)).discrepancies()
        >>> [value["value"] for value in found["values"][0]], found["verdict"][0]
        (['2020-05-12', '05-21'], 'conflict')
        """
        is_known = self.frame["value"].notna() | self.frame["candidates"].notna()
        known = self.frame[is_known].reset_index(drop=True)
        synonyms, events = _words(self.corpus, self.language).synonyms, likely_events(self.corpus)
        known = in_compared(self.corpus, known, events)
        contexts = Contexts(self.corpus, known, synonyms)
        mentions = _date_mentions(contexts, known, synonyms, events)
        groups = match_mentions(mentions, threshold=_SAME_DATE, comparable=lambda a, b: 1.0)
        dates = known.to_dict("records")
        rows = []
        for group, alike in groups:
            printed = [dates[mention.row] for mention in group]
            values = [date["candidates"] or (str(date["value"]),) for date in printed]
            verdict = verdict_of_dates(values, printed)
            if verdict is None:
                continue
            if verdict == "conflict" and not is_conflict_of_dates(
                contexts, group, values, printed, alike
            ):
                continue
            shown = [" or ".join(days) for days in values]
            rows.append(
                {
                    "kind": "date",
                    "quantity": ", ".join(
                        contexts.shown(group, shared_words(group) or [group[0].governor])
                    ),
                    "verdict": verdict,
                    "values": [_value(*row) for row in zip(printed, shown, strict=True)],
                    "gap": float(len(set(shown))),
                }
            )
        return frame_of(rows)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the events whose dates differ: a line each, a point for what each source prints."""
        from framelens.plots import discrepancy_points

        return discrepancy_points(self.discrepancies(), ax=ax)


def figures(
    corpus: Corpus,
    *,
    zones: Zones = "all",
    language: FactLanguage | None = None,
    n_jobs: int | None = None,
) -> Figures:
    """Find the numbers of a corpus with what they count.

    Parameters
    ----------
    corpus : Corpus
    zones : tuple of str or "all"
        Where to look; ``"all"`` is all but boilerplate.
    language : {"en", "es", "de", "fr", "it", "nl"}, optional
        Whose numbers, comparators and signs; the corpus's by default.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Returns
    -------
    Figures

    Raises
    ------
    ValueError
        An unknown zone or language.

    See Also
    --------
    dates : The same for dates.

    Examples
    --------
    >>> import framelens as fl
    >>> text = "At least 114 people were killed, and $50 million is offered."
    >>> found = fl.figures(fl.read([{"source": "Gazette", "text": text}])).frame
    >>> found[["text", "comparator", "value", "unit"]]
                      text comparator       value    unit
    0  At least 114 people         >=       114.0  person
    1          $50 million          =  50000000.0     USD
    """
    check_corpus(corpus, "figures")
    wanted = check_zones(zones)
    code = _language_of(corpus, language)
    columns = _core.find_figures(corpus.annotations, _words(corpus, code), n_jobs)
    return Figures(_in_zones(columns_to_frame(columns, corpus), corpus, wanted), corpus, code)


def dates(
    corpus: Corpus,
    *,
    zones: Zones = "all",
    language: FactLanguage | None = None,
    dayfirst: bool | None = None,
    n_jobs: int | None = None,
) -> Dates:
    """Find the dates of a corpus.

    Parameters
    ----------
    corpus : Corpus
    zones : tuple of str or "all"
        Where to look; ``"all"`` is all but boilerplate.
    language : {"en", "es", "de", "fr", "it", "nl"}, optional
        Whose names of months and weekdays, and which order of day and month; the corpus's by
        default.
    dayfirst : bool, optional
        What 03/04/2024 means: True is 3 April. By default what the language says (all but English
        begin with the day), else the order that the source's other dates have (25/12/2023); where
        nothing tells, the date has no `value` but two `candidates`.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Returns
    -------
    Dates
        Bare weekdays and relative days ("yesterday") have a row where the article's date is known,
        and where the day that they mean lies in the years 1 to 9999. Which Friday is meant follows
        from the words beside it ("next", "last"), else from the tense of the nearest verb: the
        coming one in "will meet on Friday", the last one in "met on Friday". Names such as Good
        Friday and the Sunday Times are no days.

    Raises
    ------
    ValueError
        An unknown zone or language.

    See Also
    --------
    figures : The same for numbers.

    Examples
    --------
    >>> import framelens as fl
    >>> row = {"source": "Gazette", "date": "2025-12-01", "text": "He called on Friday, Nov. 21."}
    >>> fl.dates(fl.read([row])).frame[["text", "value", "resolved", "weekday"]]
                  text  value    resolved weekday
    0  Friday, Nov. 21  11-21  2025-11-21  Friday
    """
    check_corpus(corpus, "dates")
    wanted = check_zones(zones)
    code = _language_of(corpus, language)
    words = _words(corpus, code)
    columns = _core.find_dates(corpus.annotations, words, n_jobs)
    frame = _in_zones(columns_to_frame(columns, corpus), corpus, wanted)
    order = orders_of(frame, words, dayfirst)
    return Dates(resolve_rows(frame, corpus, order), corpus, code)


def _language_of(corpus: Corpus, language: str | None) -> str:
    code = corpus.language if language is None else language
    if code not in (*_LANGUAGES, corpus.language):
        raise ValueError(f"language must be one of {', '.join(_LANGUAGES)}, not {code!r}")
    return code


def _words(corpus: Corpus, code: str) -> _core.FactLanguage:
    """Return the corpus's own words of figures and dates if the code is its own."""
    if code != corpus.language:
        return languages.facts(code)
    found = language_of(corpus).facts
    if found is None:
        known = ", ".join(repr(known) for known in _LANGUAGES)
        raise ValueError(
            f"the corpus's language {code!r} has no facts; add them to it, or give language= as "
            f"one of {known}"
        )
    return found


def _in_zones(frame: pd.DataFrame, corpus: Corpus, wanted: frozenset[str]) -> pd.DataFrame:
    # A caption that repeats another gives no evidence.
    found = corpus.annotations.zones()
    zones = Parts(*(found[name].astype(np.int64) for name in ("doc", "start", "end")))
    documents = np.array([corpus.position_of(doc) for doc in frame["doc"]], dtype=np.int64)
    zone = zones.at(documents, frame["start"].to_numpy(np.int64))
    names = [str(found["zone"][k]) if k >= 0 else "body" for k in zone.tolist()]
    kept = [
        name in wanted and not (k >= 0 and found["duplicate"][k])
        for name, k in zip(names, zone.tolist(), strict=True)
    ]
    frame["zone"] = pd.Series(names, dtype=object)
    return frame[np.array(kept, dtype=bool)].reset_index(drop=True)


def _figure_mentions(
    contexts: Contexts, frame: pd.DataFrame, synonyms: dict[str, str], events: dict[str, str]
) -> list[Mention]:
    groups = frozenset(synonyms.values())
    mentions = []
    nouns = dict(zip(frame["noun"].unique(), map(_folded, frame["noun"].unique()), strict=True))
    for row, figure in enumerate(frame.to_dict("records")):
        unit = figure["unit"] if isinstance(figure["unit"], str) else ""
        noun = nouns[figure["noun"]]
        family = synonyms.get(noun or unit, unit)
        context = contexts.around(figure["doc"], figure["start"], figure["end"])
        governor = ""
        if not unit or unit in _PERSONS:
            sides = (context.left, context.right)
            near = (words[i] for i in range(5) for words in sides if i < len(words))
            governor = next((word for word in near if word in groups), "")
            family = governor or unit
        elif noun and unit.isupper():
            governor = noun
        if not family:
            continue
        mentions.append(
            Mention(
                row=row,
                doc=figure["doc"],
                source=figure["source"],
                event=events[figure["doc"]],
                family=family,
                governor=governor or family,
                words=weigh_words(context.left, context.right),
                size=float(figure["value"]),
            )
        )
    return mentions


def _date_mentions(
    contexts: Contexts, frame: pd.DataFrame, synonyms: dict[str, str], events: dict[str, str]
) -> list[Mention]:
    groups = frozenset(synonyms.values())
    mentions = []
    for row, date in enumerate(frame.to_dict("records")):
        context = contexts.around(date["doc"], date["start"], date["end"])
        governor = governor_of(context.left, groups)
        mentions.append(
            Mention(
                row=row,
                doc=date["doc"],
                source=date["source"],
                event=events[date["doc"]],
                family="date",
                governor=governor,
                governor_is_beside=governor in groups and is_beside(context.left, governor),
                words=weigh_words(context.left, context.right),
            )
        )
    return mentions


def _quantity(contexts: Contexts, group: list[Mention], printed: list[dict[Hashable, Any]]) -> str:
    # What most mentions print as the thing that is counted, and the words that they share.
    named = Counter(str(figure["noun"] or figure["unit"]) for figure in printed)
    noun = min(named.items(), key=lambda item: (-item[1], item[0]))[0]
    return f"{noun}: {', '.join(contexts.shown(group, shared_words(group)))}"


def _folded(text: Any) -> str:
    return _core.fold([text])[0] if isinstance(text, str) else ""


def _near_in_size(a: Mention, b: Mention) -> float:
    if not a.size or not b.size or (a.size < 0) != (b.size < 0):
        return 1.0 if a.size == b.size else 0.2
    return 1.0 / (1.0 + abs(math.log(a.size / b.size)))


def _value(row: Any, value: str) -> dict[str, Any]:
    return {
        "doc": row["doc"],
        "source": row["source"],
        "value": value,
        "start": int(row["start"]),
        "end": int(row["end"]),
    }


def _gap(values: list[float]) -> float:
    low, high = min(values), max(values)
    return math.log(high / low) if low > 0 else high - low
