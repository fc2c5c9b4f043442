"""Every table that a corpus gives, as files: what ``framelens tables`` writes."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from framelens.base.results import as_csv, to_arrow
from framelens.base.writing import check_output, write_whole
from framelens.contrast.keyness import keyness
from framelens.contrast.similarity import similarity
from framelens.corpus.corpus import Corpus, check_corpus
from framelens.facts.facts import dates, figures
from framelens.labels.framing import framing
from framelens.labels.namings import namings
from framelens.speech.distancing import distancing
from framelens.speech.quotes import quotes

__all__ = ["Format", "all_tables", "write_tables"]

Format = Literal["csv", "parquet"]


def write_tables(
    corpus: Corpus,
    folder: str | os.PathLike[str],
    *,
    format: Format = "csv",
    targets: Iterable[Any] | None = None,
    axis: Any = "legitimacy",
) -> Iterator[tuple[Path, int]]:
    """Write every table of a corpus into a folder; yield each file and its rows once it is there.

    Parameters
    ----------
    corpus : Corpus
    folder : path
        It is made if it is missing; tables of the same names in it are replaced.
    format : {"csv", "parquet"}
        In CSV a row with nested values becomes a row for each of them. Parquet needs pyarrow
        (``pip install 'framelens[arrow]'``) and keeps them nested.
    targets : iterable of str or Target, optional
        Whose labels to count. Without any there are no tables of labels.
    axis : str, path or dict
        The lexicon that gives labels their poles.

    Raises
    ------
    ValueError
        Another format; what :func:`framelens.framing` refuses.
    OSError
        A folder that cannot be written to.
    ImportError
        Parquet without pyarrow.

    Examples
    --------
    >>> import tempfile
    >>> import framelens as fl
    >>> from framelens.face.tables import write_tables
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = dict(write_tables(fl.demo(), folder))
    >>> sorted(path.name for path in written)[:2]
    ['dates.csv', 'dates_discrepancies.csv']
    """
    if format not in get_args(Format):
        raise ValueError(f"format must be csv or parquet, not {format!r}")
    content = as_csv if format == "csv" else _as_parquet
    content(pd.DataFrame({"empty": []}))  # without pyarrow, fails before the work
    check_output(Path(folder) / f"documents.{format}", make_folders=True)
    Path(folder).mkdir(parents=True, exist_ok=True)
    for name, make in all_tables(corpus, targets=targets, axis=axis):
        table, path = make(), Path(folder) / f"{name}.{format}"
        write_whole(path, content(table))
        yield path, len(table)


def all_tables(
    corpus: Corpus, *, targets: Iterable[Any] | None = None, axis: Any = "legitimacy"
) -> Iterator[tuple[str, Callable[[], pd.DataFrame]]]:
    """Name every table, each with the function that makes it.

    Parameters
    ----------
    corpus, targets, axis
        As in :func:`write_tables`.
    """
    check_corpus(corpus, "all_tables")
    if targets is not None:
        # First, since a wrong target or axis is told before the rest is computed.
        scored = framing(corpus, targets=list(targets), axis=axis)
        named = namings(corpus, targets=list(targets))
        yield "namings", lambda: named.frame
        yield "mentions", lambda: named.mentions
        yield "framing_scores", lambda: scored.scores
        yield "framing_evidence", lambda: scored.evidence
    said, kept_away = quotes(corpus), distancing(corpus)
    numbers, days = figures(corpus), dates(corpus)
    yield "documents", lambda: corpus.documents
    yield "zones", lambda: corpus.zones
    yield "quotes", lambda: said.frame
    yield "quotes_verbs", said.verbs
    yield "quotes_variants", lambda: said.variants().frame
    yield "distancing", lambda: kept_away.frame
    yield "distancing_evidence", lambda: kept_away.evidence
    yield "figures", lambda: numbers.frame
    yield "figures_discrepancies", numbers.discrepancies
    yield "dates", lambda: days.frame
    yield "dates_discrepancies", days.discrepancies
    yield "near_duplicates", lambda: corpus.near_duplicates().frame
    if len(corpus.sources) > 1:
        yield "similarity", lambda: similarity(corpus).frame
        yield "keyness", lambda: keyness(corpus).frame


def _as_parquet(table: pd.DataFrame) -> bytes:
    arrow = to_arrow(table)
    import pyarrow.parquet

    stream = io.BytesIO()
    pyarrow.parquet.write_table(arrow, stream)
    return stream.getvalue()
