"""Read articles from folders, files and data frames."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from framelens.base import languages
from framelens.base.progress import ProgressBar
from framelens.corpus.access import language_of
from framelens.corpus.characters import composed, plain
from framelens.corpus.corpus import DOCUMENT_COLUMNS, Corpus
from framelens.corpus.inputs.contents import check_encoding
from framelens.corpus.inputs.date_columns import ColumnDates, read_dates
from framelens.corpus.inputs.files import records_of_path
from framelens.corpus.inputs.places import path_of
from framelens.corpus.inputs.run import Errors, OnBad, Run, encoding_error
from framelens.corpus.misread import repair as repair_text
from framelens.corpus.misread import warn_of_language, warn_of_undecoded
from framelens.corpus.records import Record, frame_as_table, listed, records_of, rows_as_table
from framelens.corpus.titles import put_before, warn_of_unequal_titles

__all__ = ["read"]

_MAX_BYTES = 2**31
_MAX_SHOWN = 5
_LONGEST_SHOWN = 60
# Bits; a number of more digits than Python writes has more.
_LONGEST_NUMBER = 4096


def read(
    src: Any,
    *,
    text: str | None = None,
    source: str | None = None,
    id: str | None = None,
    title: str | None = None,
    date: str | None = None,
    event: str | None = None,
    language: str | os.PathLike[str] | Mapping[str, Any] = "en",
    errors: Errors = "strict",
    repair: bool = False,
    encoding: str | None = None,
    sep: str | None = None,
    dayfirst: bool | None = None,
    on_bad: OnBad = "raise",
    max_bytes: int | None = _MAX_BYTES,
    n_jobs: int | None = None,
    progress: bool = False,
) -> Corpus:
    """Read articles with a source each.

    A text file is kept as it is, line ends included: spans of results point into it. Only a
    byte order mark at the start of a file is dropped, since it is no part of the text.

    A title given beside a text (a column, a manifest's) is the document's first line, with a blank
    line behind it, unless the text begins with it; white space in it becomes one space each. Spans
    point into `corpus.texts`, which has it, and ``corpus.documents["text_start"]`` tells where the
    text itself begins.

    Parameters
    ----------
    src : path, data frame or list of dicts
        A folder or a file, any data frame that narwhals knows (pandas, polars, pyarrow, ...), or a
        list of dicts, one a document. ``~`` is the home folder.

        Files are known by their suffix, and may be packed once more as ``.gz``:

        - ``.txt``: an article.
        - ``.html``: the article of a page, its title and its date, without menus and comments
          (with trafilatura: ``pip install 'framelens[html]'``); spans point into that text. The
          date is what the page states, or prints at its headline.
        - ``.csv``, ``.tsv``: the header tells commas from semicolons and tabs.
        - ``.jsonl``, ``.ndjson``: an object a line. ``.json``: an array of objects, an object of
          columns, or one with an array of objects, as NewsAPI sends.
        - ``.parquet`` (``pip install 'framelens[arrow]'``), ``.xlsx``: its first sheet
          (``pip install 'framelens[excel]'``).
        - ``.zip``: read as the folder that it packs.

        A folder with a ``manifest.json`` holds what that lists: ``documents`` (each with ``id``,
        ``file``, ``source`` and, where known, ``title``, ``date`` and ``event``) and ``event``,
        which is that of all documents without one of their own.

        Any other folder is read whole, with its subfolders and with folders that it links to (each
        once), in the order of the paths. The source of a file is the subfolder it lies in, else the
        file's name up to the first ``_``. Its id is its name without the suffix; if two files of
        the folder share a name, the ids of all are their paths in the folder, without the suffix.
    text, source, id, title, date, event : str, optional
        Names of columns. Those not given are guessed from usual names (``body``, ``outlet``,
        ``headline``, ``publishedAt``, ...). A table without ids numbers its rows; one without
        sources takes them from the file's place in its folder. All other columns (and what else a
        manifest says of a document) stand in ``corpus.documents`` under their names, for ``by=``
        and ``filter``; one that is called as a column of framelens's own gives way to it.
    language : str, path or dict
        Language of the articles: ``"en"``, or ``"es"`` and ``"de"``, which know enough for direct
        quotations, their speakers and verbs; see
        :func:`framelens.base.languages.available`. Or one's own: the path of a folder with a
        file a part (``cues.json``, ``roles.json``, ...) or of one ``.json`` file, or a dict of
        the same shape. With a ``base`` it adds to a shipped language,
        as ``{"base": "en", "roles": {"honorific": ["Cllr"]}}`` does; the page on languages tells
        the parts. The corpus keeps it as it was read.
    errors : {"strict", "replace"}
        Whether text that is no Unicode is refused, or read with U+FFFD in its place.
    repair : bool
        Whether to decode what was not decoded, or in another encoding than its own: character
        references of HTML (``&quot;``, ``&#8217;``) and UTF-8 that was read as Windows-1252 and the
        like (``â€œ``), in texts, titles, sources and events. Spans then point into the repaired
        texts, which ``corpus.texts`` holds.
    encoding : str, optional
        Of the files; a byte order mark goes before it. By default UTF-8, and for a page what it
        states.
    sep : str, optional
        What separates the cells of a ``.csv`` or ``.tsv``; by default the header tells.
    dayfirst : bool, optional
        Whether 3/4/2026 is 3 April. By default a column's other dates tell, if some can be read in
        one order only, and all of those in the same; else such dates are missing.
    on_bad : {"raise", "skip"}
        Whether a file, line or row that cannot be read is an error, or is passed over with a
        warning.
    max_bytes : int or None
        How much the files may hold in all, unpacked: 2 GiB. A packed file of some kilobytes can
        hold more than a machine has room for. None sets no bound.
    n_jobs : int, optional
        Threads for the work on the texts: None is one, -1 all. Results do not depend on it.
    progress : bool
        Whether to show a progress bar while files are read and worked on, and during the
        permutations of :func:`framelens.keyness`.

    Returns
    -------
    Corpus
        All of the documents; when one is wrong, nothing is read. Dates are times of day as
        written: a zone or an offset from UTC is dropped; seconds since 1970 are read in UTC.

    Raises
    ------
    EncodingError
        Bytes that are not in the file's encoding (`offset` is the byte in the file) or a lone
        surrogate (`offset` is the code point in the text); `document` is the position among the
        documents.
    SchemaError
        A manifest of another shape, that names a missing file or one outside its folder. A language
        of one's own that breaks a rule; the message says in which file, and where.
    ValueError
        A missing text or source, an id used twice, an unknown column, a file that cannot be read,
        is no regular file, or holds more than `max_bytes`. The message names file, line or row. A
        language that is not shipped; a URL or a text in the place of a path.
    FileNotFoundError
        No such file or folder.

    Warns
    -----
    UserWarning
        Files of a folder that are passed over; with ``on_bad="skip"``, what was bad. Dates that are
        none, could be two, or have no day: they are left missing (``by="month"`` takes the month of
        "May 2026"). Characters that were never decoded. Texts of 50 words and more with so few
        function words of `language` that they seem to be in another. Sources of which one has
        titles for more of its documents than another, by more than a tenth.

    Examples
    --------
    >>> import framelens as fl
    >>> fl.read([{"outlet": "Gazette", "body": "Rain."}, {"outlet": "Herald", "body": "Sun."}])
    Corpus(2 documents, 2 sources)

    A verb of saying that English lacks:

    >>> skeet = {"stance": "neutral", "forms": ["skeet", "skeets", "skeeted"], "participles": []}
    >>> rows = [{"source": "Gazette", "text": "“We won,” skeeted Ada Moore."}]
    >>> corpus = fl.read(rows, language={"base": "en", "cues": {"verbs": {"skeet": skeet}}})
    >>> fl.quotes(corpus).frame[["speaker", "cue"]]
         speaker      cue
    0  Ada Moore  skeeted
    """
    given = {"text": text, "source": source, "id": id, "title": title, "date": date, "event": event}
    run = Run(
        columns={field: name for field, name in given.items() if name is not None},
        errors=errors,
        encoding=encoding,
        sep=sep,
        on_bad=on_bad,
        max_bytes=max_bytes,
    )
    _check(run, dayfirst, n_jobs)
    written = languages.written_down(language)
    bar = ProgressBar(progress)
    run.moved = bar.add
    with bar, run.open:
        found = _found(src, run)
        records = _usable([_repaired(record) for record in found] if repair else found, run)
    dates = read_dates([r.date for r in records], [r.column for r in records], dayfirst)
    corpus = _checked(records, dates, errors, written, n_jobs, progress)
    for note in (*run.notes, *_skipped(run), *_without_day(records, dates)):
        warnings.warn(note, stacklevel=2)
    warn_of_undecoded(
        corpus.texts, corpus.ids, repaired=repair, lost=errors == "strict", stacklevel=2
    )
    read_in = language_of(corpus).language
    warn_of_language(corpus.texts, corpus.ids, read_in, stacklevel=2)
    return corpus


def _check(run: Run, dayfirst: bool | None, n_jobs: int | None) -> None:
    if run.errors not in ("strict", "replace"):
        raise ValueError(f"errors is 'strict' or 'replace', not {run.errors!r}")
    if run.on_bad not in ("raise", "skip"):
        raise ValueError(f"on_bad is 'raise' or 'skip', not {run.on_bad!r}")
    if run.sep is not None and (
        not isinstance(run.sep, str) or len(run.sep) != 1 or run.sep in '"\r\n'
    ):
        raise ValueError(f"sep is one character, such as ';' or '\\t', not {run.sep!r}")
    if dayfirst not in (None, True, False):
        raise ValueError(f"dayfirst is True, False or None, not {dayfirst!r}")
    if run.max_bytes is not None and run.max_bytes < 0:
        raise ValueError(f"max_bytes is a number of bytes or None, not {run.max_bytes!r}")
    if n_jobs == 0:
        raise ValueError("n_jobs is None, a number of threads, or negative; not 0")
    check_encoding(run.encoding)


def _found(src: Any, run: Run) -> list[Record]:
    if isinstance(src, str | os.PathLike):
        return records_of_path(path_of(src), run)
    table = rows_as_table(src) if isinstance(src, list | tuple) else frame_as_table(src, run.notes)
    return records_of(table, run.columns)


def _repaired(record: Record) -> Record:
    def cell(value: object) -> object:
        return repair_text(value) if isinstance(value, str) else value

    return replace(
        record,
        text=cell(record.text),
        source=cell(record.source),
        title=cell(record.title),
        event=cell(record.event),
    )


def _usable(records: list[Record], run: Run) -> list[Record]:
    """Refuse documents that lack what each needs, or leave them out where those are skipped."""
    faults = [(record, fault) for record in records if (fault := _fault(record, run)) is not None]
    if not faults:
        return records
    if run.on_bad == "raise":
        first = faults[0][1]
        places = [record.place for record, fault in faults if fault == first]
        raise ValueError(
            "every document needs a text, a source and an id (mend these or leave them out, as "
            f"on_bad='skip' does): {first}: {listed(places)}"
        )
    run.skipped.extend(f"{record.place}: {fault}" for record, fault in faults)
    bad = {id(record) for record, _ in faults}
    return [record for record in records if id(record) not in bad]


def _fault(record: Record, run: Run) -> str | None:
    """Return the first thing that is wrong with a document, if any."""
    if not isinstance(record.text, str):
        return "text is missing or no str"
    for field, value in (
        ("source", record.source),
        ("id", record.id),
        ("title", record.title),
        ("event", record.event),
    ):
        if value is None or isinstance(value, str | bytes):
            continue
        if isinstance(value, Iterable):
            return f"{field} is a {type(value).__name__}, not a single name"
        if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
            return f"{field} is a number too long for a name"
    if _name(record.id) is None:
        return "id is missing"
    source = _name(record.source)
    if source is None or (_is_unicode(source) and not plain(source).strip()):
        return "source is missing"
    if run.on_bad == "skip" and run.errors == "strict":
        names = (_name(value) for value in (record.source, record.id, record.title, record.event))
        if not all(map(_is_unicode, (record.text, *filter(None, names)))):
            return "a lone surrogate"
    return None


def _checked(
    records: list[Record],
    dates: ColumnDates,
    errors: Errors,
    language: tuple[str, str | None],
    n_jobs: int | None,
    progress: bool,
) -> Corpus:
    ids = [_unicode(str(_name(r.id)), i, r, errors) for i, r in enumerate(records)]
    _refuse_twice(ids, records)
    sources = [str(_label(r.source, i, r, errors)) for i, r in enumerate(records)]
    texts = [_unicode(str(r.text), i, r, errors) for i, r in enumerate(records)]
    titles = [_optional(r.title, i, r, errors) for i, r in enumerate(records)]
    warn_of_unequal_titles(sources, texts, titles)
    placed = [put_before(text, title) for text, title in zip(texts, titles, strict=True)]
    return Corpus(
        texts=[text for text, _ in placed],
        ids=ids,
        source_of=sources,
        _titles=titles,
        _heads=[head for _, head in placed],
        _dates=dates.days,
        _months=dates.months,
        _events=[_label(r.event, i, r, errors) for i, r in enumerate(records)],
        _more=_more_columns(records),
        _n_jobs=n_jobs,
        _progress=progress,
        language=language[0],
        _own_language=language[1],
    )


def _more_columns(records: list[Record]) -> dict[str, list[object]]:
    names = dict.fromkeys(name for record in records for name in record.more)
    return {
        name: [record.more.get(name) for record in records]
        for name in names
        if name not in DOCUMENT_COLUMNS
    }


def _refuse_twice(ids: list[str], records: list[Record]) -> None:
    places: dict[str, list[str]] = {}
    for id_, record in zip(ids, records, strict=True):
        places.setdefault(composed(id_), []).append(record.place)
    twice = [f"{id_!r} ({listed(at)})" for id_, at in places.items() if len(at) > 1]
    if twice:
        raise ValueError(
            f"ids used more than once: {listed(twice)}; give each document its own, or name "
            "another column with id="
        )


def _is_missing(value: object) -> bool:
    nan = isinstance(value, float) and value != value
    return nan or value is None or value is pd.NaT or value is pd.NA


def _name(value: object) -> str | None:
    # Numbers are fine as ids and sources; an empty name is none.
    if isinstance(value, str):
        return value.strip() or None
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


def _is_unicode(text: str) -> bool:
    return text.isascii() or re.search("[\ud800-\udfff]", text) is None


def _unicode(text: str, position: int, record: Record, errors: Errors) -> str:
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError as error:
        if errors == "replace":
            return re.sub("[\ud800-\udfff]", "\ufffd", text)
        raise encoding_error(
            f"{record.place}: a lone surrogate (U+{ord(text[error.start]):04X}) at code point "
            f"{error.start}; errors='replace' reads on, on_bad='skip' passes it over",
            position,
            error.start,
        ) from None
    return text


def _skipped(run: Run) -> Iterator[str]:
    if run.skipped:
        more = len(run.skipped) - _MAX_SHOWN
        shown = "; ".join(run.skipped[:_MAX_SHOWN]) + (f"; and {more} more" if more > 0 else "")
        yield f"passed over {len(run.skipped)} that could not be read: {shown}"


def _without_day(records: list[Record], dates: ColumnDates) -> Iterator[str]:
    for positions, why in (
        (
            dates.unclear,
            "no date, or one that could be two (dayfirst= tells which number is the day; write "
            "2025-11-12)",
        ),
        (dates.dayless, "no day is written (by='month' takes the month where there is one)"),
    ):
        if positions:
            rows = [f"{records[i].place} {_shown(records[i].date)}" for i in positions]
            yield f"left missing: {why}: {listed(rows)}"


def _shown(value: object) -> str:
    if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER:
        return "(a very long number)"
    # A timestamp behind the year 9999 is printed by pandas only without its time zone.
    text = repr(value.tz_localize(None) if isinstance(value, pd.Timestamp) else value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
