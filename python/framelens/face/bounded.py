"""Tables of a page that a reader can take in, with a link to all their rows."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from framelens.corpus.corpus import Corpus

MOST_ROWS = 20
MOST_SOURCES = 12


@dataclass(frozen=True)
class Bounded:
    """The rows and columns that are printed; what is left out, and a link to the whole table."""

    frame: pd.DataFrame
    more_rows: int
    more_sources: int
    csv: str | None  # None: nothing is left out

    def __len__(self) -> int:
        """Return how many rows are printed."""
        return len(self.frame)


def bounded(table: pd.DataFrame, words: int) -> Bounded:
    """Return the first rows of a table, and the sources with the largest counts.

    Parameters
    ----------
    table : pandas.DataFrame
        The rows that matter most first; columns of counts by source behind those of words.
    words : int
        How many columns of words.
    """
    sources = list(table.columns[words:])
    kept = _largest(table, sources)
    rows = table
    if len(kept) < len(sources):
        rows = table[(table[kept] != 0).any(axis=1)]
    frame = rows.loc[:, [*table.columns[:words], *kept]].head(MOST_ROWS)
    whole = len(frame) == len(table) and len(kept) == len(sources)
    return Bounded(
        frame=frame,
        more_rows=len(table) - len(frame),
        more_sources=len(sources) - len(kept),
        csv=None if whole else csv_link(_long(table, words)),
    )


def _long(table: pd.DataFrame, words: int) -> pd.DataFrame:
    # A row a count: most sources have none of most things.
    if table.shape[1] - words <= MOST_SOURCES:
        return table
    names = list(table.columns[:words])
    rows = table.melt(id_vars=names, var_name="source", value_name="count")
    return rows[rows["count"] != 0]


def main_sources(corpus: Corpus) -> list[str]:
    """Return the sources with the most articles, in the corpus' order."""
    counts = Counter(corpus.source_of)
    place = {source: i for i, source in enumerate(corpus.sources)}
    largest = sorted(corpus.sources, key=lambda source: (-counts[source], place[source]))
    return sorted(largest[:MOST_SOURCES], key=place.__getitem__)


def _largest(table: pd.DataFrame, sources: list[str]) -> list[str]:
    if len(sources) <= MOST_SOURCES:
        return sources
    sums = table[sources].sum().to_numpy()
    order = sorted(range(len(sources)), key=lambda i: (-sums[i], i))[:MOST_SOURCES]
    return [sources[i] for i in sorted(order)]


def csv_link(table: pd.DataFrame) -> str:
    """Return a table as a link that holds it."""
    data = table.to_csv(index=False, float_format="%.4g").encode("utf-8")
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(data).decode("ascii")


def csv_of_more(table: pd.DataFrame, most: int) -> str | None:
    """Return the same of a table that is not printed whole; None of one that is."""
    return csv_link(table) if len(table) > most else None
