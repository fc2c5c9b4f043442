"""Read articles from folders, files and data frames."""

from __future__ import annotations

import datetime
import os
import re
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from framelens import languages
from framelens.characters import composed, plain
from framelens.corpus import DOCUMENT_COLUMNS, Corpus
from framelens.records import Errors, Record, encoding_error, listed, of_frame, of_path, of_rows

__all__ = ["read"]

_YEAR = re.compile(r"(?<!\d)\d{4}(\d{4})?(?!\d)")
_DAY_OR_MONTH_FIRST = re.compile(
    r"(?P<first>\d{1,2})([./-])(?P<second>\d{1,2})\2(?P<year>\d{4}|\d{2})(?P<rest>\D.*)?"
)


def read(
    src: Any,
    *,
    text: str | None = None,
    source: str | None = None,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    event: str | None = None,
    language: str = "en",
    errors: Errors = "strict",
    n_jobs: int | None = None,
    progress: bool = False,
) -> Corpus:
    """Read articles with a source each.

    A text file is kept as it is, line ends included: spans of results point into it. Only a
    UTF-8 byte order mark at the start of a file is dropped, since it is no part of the text.

    Parameters
    ----------
    src : path, data frame or list of dicts
        A folder, a ``.txt``, ``.html``, ``.jsonl``, ``.csv`` or ``.parquet`` file, any data frame
        that narwhals knows (pandas, polars, pyarrow, ...), or a list of dicts, one a document.
        Of a page, the article's text is read, its title and its date, without menus and comments
        (with trafilatura: ``pip install 'framelens[html]'``); spans point into that text.

        A folder with a ``manifest.json`` holds what that lists: ``documents`` (each with ``id``,
        ``file``, ``source`` and, where known, ``title``, ``date`` and ``event``) and ``event``,
        which is that of all documents without one of their own. Any other folder is read whole,
        with its subfolders, in the order of the paths: the source of a file is the subfolder it
        lies in, else the file's name up to the first ``_``; its id is the name without the suffix.
    text, source, id, title, date, event : str, optional
        Names of columns. Those not given are guessed from usual names (``body``, ``outlet``,
        ``headline``, ...). A table without ids numbers its rows; one without sources takes them
        from the file's place in its folder. All other columns (and what else a manifest says of a
        document) stand in ``corpus.documents`` under their names, for ``by=`` and ``filter``; one
        that is called as a column of framelens's own gives way to it.
    language : str
        Language of the articles: ``"en"``, or ``"es"`` and ``"de"``, which know enough for direct
        quotations, their speakers and verbs; see :func:`framelens.languages.available`.
    errors : {"strict", "replace"}
        Whether text that is no Unicode is refused, or read with U+FFFD in its place.
    n_jobs : int, optional
        Threads for the work on the texts: None is one, -1 all. Results do not depend on it.
    progress : bool
        Whether to show a progress bar during that work, and during the permutations of
        :func:`framelens.keyness`.

    Returns
    -------
    Corpus
        All of the documents; when one is wrong, nothing is read. Dates are times of day as
        written: an offset from UTC is dropped.

    Raises
    ------
    EncodingError
        Bytes that are not UTF-8 (`offset` is the byte in the file) or a lone surrogate (`offset`
        is the code point in the text); `document` is the position among the documents.
    SchemaError
        A manifest of another shape, that names a missing file or one outside its folder.
    ValueError
        A missing text or source, an id used twice, an unknown column, a table that cannot be read.
        The message names the rows. A language that is not shipped.
    FileNotFoundError
        No such file or folder.

    Warns
    -----
    UserWarning
        Dates that are none or, like 3/4/2026, could be two: they are left missing.

    Examples
    --------
    >>> import framelens as fl
    >>> fl.read([{"outlet": "Gazette", "body": "Rain."}, {"outlet": "Herald", "body": "Sun."}])
    Corpus(2 documents, 2 sources)
    """
    if errors not in ("strict", "replace"):
        raise ValueError(f"errors is 'strict' or 'replace', not {errors!r}")
    if n_jobs == 0:
        raise ValueError("n_jobs is None, a number of threads, or negative; not 0")
    if language not in languages.available():
        known = ", ".join(languages.available())
        raise ValueError(f"no language {language!r}; there is {known}")
    given = {"text": text, "source": source, "id": id, "title": title, "date": date, "event": event}
    columns = {field: name for field, name in given.items() if name is not None}
    if isinstance(src, str | os.PathLike):
        records = of_path(Path(src), columns, errors)
    elif isinstance(src, list | tuple):
        records = of_rows(src, columns)
    else:
        records = of_frame(src, columns)
    return _checked(records, errors, language, n_jobs, progress)


def _checked(
    records: list[Record], errors: Errors, language: str, n_jobs: int | None, progress: bool
) -> Corpus:
    _refuse_rows(
        "text is missing or no str", (r.place for r in records if not isinstance(r.text, str))
    )
    sources = [_label(r.source, i, r, errors) for i, r in enumerate(records)]
    places = (r.place for r, source in zip(records, sources, strict=True) if source is None)
    _refuse_rows("source is missing", places)
    _refuse_rows("id is missing", (r.place for r in records if _name(r.id) is None))
    ids = [_unicode(str(_name(r.id)), i, r, errors) for i, r in enumerate(records)]
    _refuse_twice(ids, records)
    return Corpus(
        texts=[_unicode(str(r.text), i, r, errors) for i, r in enumerate(records)],
        ids=ids,
        source_of=[str(source) for source in sources],
        _titles=[_optional(r.title, i, r, errors) for i, r in enumerate(records)],
        _dates=_dates(records),
        _events=[_label(r.event, i, r, errors) for i, r in enumerate(records)],
        _more=_more_columns(records),
        _n_jobs=n_jobs,
        _progress=progress,
        language=language,
    )


def _more_columns(records: list[Record]) -> dict[str, list[object]]:
    names = dict.fromkeys(name for record in records for name in record.more)
    return {
        name: [record.more.get(name) for record in records]
        for name in names
        if name not in DOCUMENT_COLUMNS
    }


def _refuse_rows(what: str, places: Iterable[str]) -> None:
    found = list(places)
    if found:
        raise ValueError(f"{what}: {listed(found)}")


def _refuse_twice(ids: list[str], records: list[Record]) -> None:
    places: dict[str, list[str]] = {}
    for id_, record in zip(ids, records, strict=True):
        places.setdefault(composed(id_), []).append(record.place)
    twice = [f"{id_!r} ({listed(at)})" for id_, at in places.items() if len(at) > 1]
    if twice:
        raise ValueError(f"ids used more than once: {listed(twice)}")


def _is_missing(value: object) -> bool:
    nan = isinstance(value, float) and value != value
    return nan or value is None or value is pd.NaT or value is pd.NA


def _name(value: object) -> str | None:
    # Numbers are fine as ids and sources; an empty name is none.
    if _is_missing(value) or isinstance(value, bytes):
        return None
    return str(value).strip() or None


def _optional(value: object, position: int, record: Record, errors: Errors) -> str | None:
    name = _name(value)
    return None if name is None else _unicode(name, position, record, errors)


def _label(value: object, position: int, record: Record, errors: Errors) -> str | None:
    # What groups documents is one group however its letters are stored.
    name = _optional(value, position, record, errors)
    return None if name is None else plain(name).strip() or None


def _unicode(text: str, position: int, record: Record, errors: Errors) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        if errors == "replace":
            return re.sub("[\ud800-\udfff]", "\ufffd", text)
        raise encoding_error(
            f"{record.place}: a lone surrogate (U+{ord(text[error.start]):04X}) at code point "
            f"{error.start}; errors='replace' reads on",
            position,
            error.start,
        ) from None
    return text


def _dates(records: list[Record]) -> list[pd.Timestamp | None]:
    dates: list[pd.Timestamp | None] = []
    unclear = []
    for record in records:
        try:
            dates.append(_date(record.date))
        except (ValueError, OverflowError):
            dates.append(None)
            unclear.append(f"{record.place} {_printed(record.date)}")
    if unclear:
        warnings.warn(
            f"left missing: no date, or one that could be two (write 2025-11-12): "
            f"{listed(unclear)}",
            stacklevel=4,
        )
    return dates


def _date(value: object) -> pd.Timestamp | None:
    if _is_missing(value) or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        value = _year_first(value)
    elif not isinstance(value, datetime.date):
        raise ValueError("no date")
    stamp = pd.Timestamp(value)
    if pd.isna(stamp) or not datetime.MINYEAR <= stamp.year <= datetime.MAXYEAR:
        raise ValueError("no date")
    return stamp.tz_localize(None)


def _printed(value: object) -> str:
    # A timestamp behind the year 9999 is printed by pandas only without its time zone.
    return repr(value.tz_localize(None) if isinstance(value, pd.Timestamp) else value)


def _year_first(text: str) -> str:
    # Of 3/14/2026 and 14/3/2026 each can be one date only; 3/4/2026 could be two. What lacks its
    # year would be completed with today's.
    numbers = _DAY_OR_MONTH_FIRST.fullmatch(text.strip())
    if numbers is None:
        if not _YEAR.search(text):
            raise ValueError("no year")
        return text
    first, second = int(numbers["first"]), int(numbers["second"])
    if first != second and max(first, second) <= 12:
        raise ValueError("could be two dates")
    month, day = sorted((first, second))
    form = "%y" if len(numbers["year"]) == 2 else "%Y"
    year = datetime.datetime.strptime(numbers["year"], form).year
    return f"{year:04}-{month:02}-{day:02}{numbers['rest'] or ''}"
