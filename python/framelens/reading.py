"""Read articles from folders, files and data frames."""

from __future__ import annotations

import datetime
import io
import json
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import narwhals as nw
import pandas as pd

from framelens import languages
from framelens._core import EncodingError, SchemaError
from framelens.corpus import Corpus

__all__ = ["read"]

Errors: TypeAlias = Literal["strict", "replace"]

MANIFEST = "manifest.json"
_USUAL_NAMES = {
    "text": ("text", "body", "content", "article", "full_text", "article_text"),
    "source": ("source", "outlet", "publisher", "publication", "newspaper", "media", "domain"),
    "id": ("id", "doc_id", "document_id", "article_id", "doc", "uid", "uuid"),
    "title": ("title", "headline"),
    "date": ("date", "published", "published_at", "publication_date", "pub_date", "datetime"),
    "event": ("event", "event_id", "story", "story_id"),
}
_SUFFIXES = (".txt", ".jsonl", ".csv", ".parquet")
_YEAR = re.compile(r"(?<!\d)\d{4}(\d{4})?(?!\d)")
_DAY_OR_MONTH_FIRST = re.compile(
    r"(?P<first>\d{1,2})([./-])(?P<second>\d{1,2})\2(?P<year>\d{4}|\d{2})(?P<rest>\D.*)?"
)
_MAX_NAMED = 10


@dataclass(frozen=True)
class _Record:
    # One document as found, before it is checked. `place` says where, for messages.
    place: str
    text: object
    source: object
    id: object
    title: object = None
    date: object = None
    event: object = None


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

    A file's text is kept as it is, line ends included: spans of results point into it. Only a
    UTF-8 byte order mark at the start of a file is dropped, since it is no part of the text.

    Parameters
    ----------
    src : path, data frame or list of dicts
        A folder, a ``.txt``, ``.jsonl``, ``.csv`` or ``.parquet`` file, any data frame that
        narwhals knows (pandas, polars, pyarrow, ...), or a list of dicts, one a document.

        A folder with a ``manifest.json`` holds what that lists: ``documents`` (each with ``id``,
        ``file``, ``source`` and, where known, ``title``, ``date`` and ``event``) and ``event``,
        which is that of all documents without one of their own. Any other folder is read whole,
        with its subfolders, in the order of the paths: the source of a file is the subfolder it
        lies in, else the file's name up to the first ``_``; its id is the name without the suffix.
    text, source, id, title, date, event : str, optional
        Names of columns. Those not given are guessed from usual names (``body``, ``outlet``,
        ``headline``, ...). A table without ids numbers its rows; one without sources takes them
        from the file's place in its folder.
    language : str
        Language of the articles: ``"en"``, or ``"es"`` and ``"de"``, which know enough for direct
        quotations, their speakers and verbs; see :func:`framelens.languages.available`.
    errors : {"strict", "replace"}
        Whether text that is no Unicode is refused, or read with U+FFFD in its place.
    n_jobs : int, optional
        Threads for the work on the texts: None is one, -1 all. Results do not depend on it.
    progress : bool
        Whether to show a progress bar during that work.

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
        records = _of_path(Path(src), columns, errors)
    elif isinstance(src, list | tuple):
        records = _of_rows(src, columns)
    else:
        records = _of_frame(src, columns)
    return _checked(records, errors, language, n_jobs, progress)


def _checked(
    records: list[_Record], errors: Errors, language: str, n_jobs: int | None, progress: bool
) -> Corpus:
    _refuse_rows(
        "text is missing or no str", (r.place for r in records if not isinstance(r.text, str))
    )
    _refuse_rows("source is missing", (r.place for r in records if _name(r.source) is None))
    _refuse_rows("id is missing", (r.place for r in records if _name(r.id) is None))
    ids = [_unicode(str(_name(r.id)), i, r, errors) for i, r in enumerate(records)]
    _refuse_twice(ids, records)
    return Corpus(
        texts=[_unicode(str(r.text), i, r, errors) for i, r in enumerate(records)],
        ids=ids,
        source_of=[_unicode(str(_name(r.source)), i, r, errors) for i, r in enumerate(records)],
        _titles=[_optional(r.title, i, r, errors) for i, r in enumerate(records)],
        _dates=_dates(records),
        _events=[_optional(r.event, i, r, errors) for i, r in enumerate(records)],
        _n_jobs=n_jobs,
        _progress=progress,
        language=language,
    )


def _refuse_rows(what: str, places: Iterable[str]) -> None:
    found = list(places)
    if found:
        raise ValueError(f"{what}: {_listed(found)}")


def _refuse_twice(ids: list[str], records: list[_Record]) -> None:
    places: dict[str, list[str]] = {}
    for id_, record in zip(ids, records, strict=True):
        places.setdefault(id_, []).append(record.place)
    twice = [f"{id_!r} ({_listed(at)})" for id_, at in places.items() if len(at) > 1]
    if twice:
        raise ValueError(f"ids used more than once: {_listed(twice)}")


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_MAX_NAMED])
    more = len(names) - _MAX_NAMED
    return shown if more <= 0 else f"{shown} and {more} more"


def _is_missing(value: object) -> bool:
    nan = isinstance(value, float) and value != value
    return nan or value is None or value is pd.NaT or value is pd.NA


def _name(value: object) -> str | None:
    # Numbers are fine as ids and sources; an empty name is none.
    if _is_missing(value) or isinstance(value, bytes):
        return None
    return str(value).strip() or None


def _optional(value: object, position: int, record: _Record, errors: Errors) -> str | None:
    name = _name(value)
    return None if name is None else _unicode(name, position, record, errors)


def _unicode(text: str, position: int, record: _Record, errors: Errors) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        if errors == "replace":
            return re.sub("[\ud800-\udfff]", "\ufffd", text)
        raise _encoding_error(
            f"{record.place}: a lone surrogate (U+{ord(text[error.start]):04X}) at code point "
            f"{error.start}; errors='replace' reads on",
            position,
            error.start,
        ) from None
    return text


def _encoding_error(message: str, document: int, offset: int) -> EncodingError:
    error = EncodingError(message)
    error.document = document
    error.offset = offset
    return error


def _dates(records: list[_Record]) -> list[pd.Timestamp | None]:
    dates: list[pd.Timestamp | None] = []
    unclear = []
    for record in records:
        try:
            dates.append(_date(record.date))
        except (ValueError, OverflowError):
            dates.append(None)
            unclear.append(f"{record.place} {record.date!r}")
    if unclear:
        warnings.warn(
            f"left missing: no date, or one that could be two (write 2025-11-12): "
            f"{_listed(unclear)}",
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
    if pd.isna(stamp):
        raise ValueError("no date")
    return stamp.tz_localize(None)


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


def _of_path(path: Path, columns: dict[str, str], errors: Errors) -> list[_Record]:
    if path.is_dir():
        manifest = path / MANIFEST
        if manifest.is_file():
            _refuse_columns(columns, manifest)
            return _of_manifest(path, manifest, errors)
        return _of_folder(path, columns, errors)
    if not path.exists():
        raise FileNotFoundError(f"no such file or folder: {path}")
    if path.suffix.lower() not in _SUFFIXES:
        raise ValueError(f"{path.name}: reads {', '.join(_SUFFIXES)} files and folders of them")
    return _of_file(path, path.parent, columns, errors, 0)


def _refuse_columns(columns: dict[str, str], path: Path) -> None:
    if columns:
        names = ", ".join(f"{field}={name!r}" for field, name in columns.items())
        raise ValueError(f"{path.name} has no columns, so {names} names none")


def _of_folder(folder: Path, columns: dict[str, str], errors: Errors) -> list[_Record]:
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    tables = [path for path in files if path.suffix.lower() != ".txt"]
    if files and not tables:
        _refuse_columns(columns, files[0])
    records: list[_Record] = []
    for path in files:
        if not _is_inside(path, folder):
            raise ValueError(f"{path.relative_to(folder)} is a link that leaves {folder.name}")
        of_table = columns if path in tables else {}
        many = _of_file(path, folder, of_table, errors, len(records), numbered=len(files) > 1)
        records.extend(many)
    return records


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _of_manifest(folder: Path, manifest: Path, errors: Errors) -> list[_Record]:
    try:
        listed = json.loads(_decoded(manifest.read_bytes(), manifest.name, 0, "strict"))
    except json.JSONDecodeError as error:
        raise _schema_error("", f"{manifest.name} is no JSON: {error}") from None
    if not isinstance(listed, dict) or not isinstance(listed.get("documents"), list):
        raise _schema_error("", f"{manifest.name} has no list of documents")
    common = _text_at(listed, "event", "", required=False)
    records = []
    for position, entry in enumerate(listed["documents"]):
        pointer = f"/documents/{position}"
        if not isinstance(entry, dict):
            raise _schema_error(pointer, "must be an object with id, file and source")
        file = str(_text_at(entry, "file", pointer))
        path = folder / file
        if not _is_inside(path, folder):
            raise _schema_error(f"{pointer}/file", f"{file!r} is outside the folder")
        if not path.is_file():
            raise _schema_error(f"{pointer}/file", f"{file!r} is not in the folder")
        records.append(
            _Record(
                place=f"{manifest.name} {pointer}",
                text=_decoded(path.read_bytes(), file, position, errors),
                source=_text_at(entry, "source", pointer),
                id=_text_at(entry, "id", pointer),
                title=_text_at(entry, "title", pointer, required=False),
                date=_text_at(entry, "date", pointer, required=False),
                event=_text_at(entry, "event", pointer, required=False) or common,
            )
        )
    return records


def _text_at(
    entry: Mapping[str, object], key: str, pointer: str, *, required: bool = True
) -> str | None:
    value = entry.get(key)
    if value is None and not required:
        return None
    if not isinstance(value, str) or (required and not value.strip()):
        raise _schema_error(f"{pointer}/{key}", "must be a text" if key in entry else "is missing")
    return value


def _schema_error(pointer: str, rule: str) -> SchemaError:
    error = SchemaError(f"{pointer or '/'}: {rule}")
    error.pointer = pointer
    return error


def _of_file(
    path: Path,
    folder: Path,
    columns: dict[str, str],
    errors: Errors,
    position: int,
    *,
    numbered: bool = False,
) -> list[_Record]:
    # `position` is that of the file's first document among all documents.
    parts = path.relative_to(folder).parts
    name = "/".join(parts)
    source = parts[0] if len(parts) > 1 else path.stem.split("_", 1)[0]
    suffix = path.suffix.lower()
    if suffix == ".txt":
        _refuse_columns(columns, path)
        text = _decoded(path.read_bytes(), name, position, errors)
        return [_Record(place=name, text=text, source=source, id=path.stem)]
    if suffix == ".jsonl":
        places, rows = _json_lines(path, name, position, errors)
        table = _columns_of_rows(rows)
    elif suffix == ".csv":
        table = _csv_columns(_decoded(path.read_bytes(), name, position, errors), name)
        places = _places(table, f"{name} ")
    else:
        table = _parquet_columns(path, name, position, errors)
        places = _places(table, f"{name} ")
    prefix = f"{path.stem}-" if numbered else ""
    return _of_table(table, columns, places, source=source, prefix=prefix)


def _decoded(data: bytes, name: str, position: int, errors: Errors) -> str:
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        return data[mark:].decode("utf-8", errors)
    except UnicodeDecodeError as error:
        offset = error.start + mark
        raise _encoding_error(
            f"{name}: not UTF-8 (byte 0x{data[offset]:02X} at byte {offset}); "
            "errors='replace' reads on",
            position,
            offset,
        ) from None


def _json_lines(
    path: Path, name: str, position: int, errors: Errors
) -> tuple[list[str], list[Mapping[str, object]]]:
    places: list[str] = []
    rows: list[Mapping[str, object]] = []
    offset = 0
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        place = f"{name} line {number}"
        try:
            text = _decoded(line, place, position + len(rows), errors)
        except EncodingError as error:
            in_file = offset + (error.offset or 0)
            raise _encoding_error(str(error), position + len(rows), in_file) from None
        offset += len(line) + 1
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise ValueError(f"{place}: no JSON: {error}") from None
        if not isinstance(row, dict):
            raise ValueError(f"{place}: must be an object")
        places.append(place)
        rows.append(row)
    return places, rows


def _csv_columns(text: str, name: str) -> dict[str, list[object]]:
    try:
        with warnings.catch_warnings():
            # pandas drops the cells beyond the header with no more than this warning.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                io.StringIO(text, newline=""), dtype=object, keep_default_na=False, index_col=False
            )
    except pd.errors.EmptyDataError:
        return {}
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        raise ValueError(f"{name}: no CSV: {error}") from None
    return {
        str(column): [None if cell == "" else cell for cell in frame[column]] for column in frame
    }


def _parquet_columns(
    path: Path, name: str, position: int, errors: Errors
) -> dict[str, list[object]]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ImportError("Parquet needs pyarrow: pip install 'framelens[arrow]'") from error
    try:
        table = pq.read_table(path)
    except pa.ArrowInvalid as error:
        raise ValueError(f"{name}: no Parquet: {error}") from None
    columns: dict[str, list[object]] = {}
    for column in table.column_names:
        cells = table[column]
        try:
            columns[column] = cells.to_pylist()
        except UnicodeDecodeError:
            columns[column] = [
                None
                if cell is None
                else _decoded(cell, f"{name} row {row}", position + row, errors)
                for row, cell in enumerate(cells.cast(pa.large_binary()).to_pylist())
            ]
    return columns


def _of_rows(rows: Iterable[Any], columns: dict[str, str]) -> list[_Record]:
    listed = list(rows)
    for number, row in enumerate(listed):
        if not isinstance(row, Mapping):
            raise TypeError(f"row {number} is no dict but a {type(row).__name__}")
    table = _columns_of_rows(listed)
    return _of_table(table, columns, [f"row {i}" for i in range(len(listed))])


def _columns_of_rows(rows: list[Mapping[str, object]]) -> dict[str, list[object]]:
    names = dict.fromkeys(str(name) for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def _of_frame(src: Any, columns: dict[str, str]) -> list[_Record]:
    try:
        frame = nw.from_native(src)
    except TypeError:
        raise TypeError(
            f"reads a path, a data frame or a list of dicts, not a {type(src).__name__}"
        ) from None
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    table: dict[str, list[object]] = {str(name): frame[name].to_list() for name in frame.columns}
    return _of_table(table, columns, _places(table))


def _places(table: dict[str, list[object]], prefix: str = "") -> list[str]:
    length = len(next(iter(table.values()), []))
    return [f"{prefix}row {row}" for row in range(length)]


def _of_table(
    table: dict[str, list[object]],
    columns: dict[str, str],
    places: list[str],
    *,
    source: str | None = None,
    prefix: str = "",
) -> list[_Record]:
    chosen = _chosen(table, columns)
    if not places and not table:
        return []
    if "text" not in chosen or ("source" not in chosen and source is None):
        missing = "text" if "text" not in chosen else "source"
        raise ValueError(
            f"no column for {missing}; name it with {missing}= (columns: {_listed(list(table))})"
        )
    length = len(places)
    cells = {field: table[name] for field, name in chosen.items()}
    cells.setdefault("source", [source] * length)
    cells.setdefault("id", [f"{prefix}{row}" for row in range(length)])
    rows = _rows(cells, length)
    return [_Record(place=place, **row) for place, row in zip(places, rows, strict=True)]


def _rows(cells: dict[str, list[object]], length: int) -> Iterator[dict[str, object]]:
    for row in range(length):
        yield {field: column[row] for field, column in cells.items()}


def _chosen(table: dict[str, list[object]], columns: dict[str, str]) -> dict[str, str]:
    unknown = [name for name in columns.values() if name not in table]
    if unknown:
        raise ValueError(
            f"no column is called {_listed([repr(name) for name in unknown])} "
            f"(columns: {_listed(list(table))})"
        )
    taken = set(columns.values())
    by_fold = {name.casefold(): name for name in reversed(table) if name not in taken}
    chosen = dict(columns)
    for field, usual in _USUAL_NAMES.items():
        found = next((by_fold[name] for name in usual if name in by_fold), None)
        if field not in chosen and found is not None:
            chosen[field] = found
    return chosen
