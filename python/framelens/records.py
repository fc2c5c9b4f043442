"""Documents as they are found: in folders, files, data frames and lists, not yet checked."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

import narwhals as nw
import pandas as pd

from framelens._cells import values_of
from framelens._core import EncodingError, SchemaError

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
_OF_MANIFEST = ("id", "file", "source", "title", "date", "event")
_PAGES = (".html", ".htm")
_SUFFIXES = (".txt", ".jsonl", ".csv", ".parquet", *_PAGES)
_MAX_NAMED = 10


@dataclass(frozen=True)
class Record:
    """One document as found, before it is checked.

    `place` says where, for messages; `more` has what else is known of it, by name.
    """

    place: str
    text: object
    source: object
    id: object
    title: object = None
    date: object = None
    event: object = None
    more: Mapping[str, object] = field(default_factory=dict)


def of_path(path: Path, columns: dict[str, str], errors: Errors) -> list[Record]:
    """Return what a file or a folder holds."""
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
        names = ", ".join(f"{key}={name!r}" for key, name in columns.items())
        raise ValueError(f"{path.name} has no columns, so {names} names none")


def _of_folder(folder: Path, columns: dict[str, str], errors: Errors) -> list[Record]:
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not _belongs_to_page(path, folder)
    )
    tables = [path for path in files if path.suffix.lower() not in (".txt", *_PAGES)]
    if files and not tables:
        _refuse_columns(columns, files[0])
    records: list[Record] = []
    for path in files:
        if not _is_inside(path, folder):
            raise ValueError(f"{path.relative_to(folder)} is a link that leaves {folder.name}")
        of_table = columns if path in tables else {}
        many = _of_file(path, folder, of_table, errors, len(records), numbered=len(files) > 1)
        records.extend(many)
    return records


def _belongs_to_page(path: Path, folder: Path) -> bool:
    # Browsers save what a page shows in a folder beside it: "story.html" and "story_files".
    return any(
        parent.name.endswith("_files")
        and any(parent.with_name(parent.name[:-6] + suffix).is_file() for suffix in _PAGES)
        for parent in path.parents
        if parent != folder and parent.is_relative_to(folder)
    )


def _is_inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _of_manifest(folder: Path, manifest: Path, errors: Errors) -> list[Record]:
    try:
        content = json.loads(_decoded(manifest.read_bytes(), manifest.name, 0, "strict"))
    except json.JSONDecodeError as error:
        raise _schema_error("", f"{manifest.name} is no JSON: {error}") from None
    if not isinstance(content, dict) or not isinstance(content.get("documents"), list):
        raise _schema_error("", f"{manifest.name} has no list of documents")
    common = _text_at(content, "event", "", required=False)
    records = []
    for position, entry in enumerate(content["documents"]):
        pointer = f"/documents/{position}"
        if not isinstance(entry, dict):
            raise _schema_error(pointer, "must be an object with id, file and source")
        file = str(_text_at(entry, "file", pointer))
        path = folder / file
        if not _is_inside(path, folder):
            raise _schema_error(f"{pointer}/file", f"{file!r} is outside the folder")
        if not path.is_file():
            raise _schema_error(f"{pointer}/file", f"{file!r} is not in the folder")
        source, id_ = _text_at(entry, "source", pointer), _text_at(entry, "id", pointer)
        if path.suffix.lower() in _PAGES:
            read = _of_page(path.read_bytes(), file, source, id_)
        else:
            read = Record(file, _decoded(path.read_bytes(), file, position, errors), source, id_)
        records.append(
            replace(
                read,
                place=f"{manifest.name} {pointer}",
                title=_text_at(entry, "title", pointer, required=False) or read.title,
                date=_text_at(entry, "date", pointer, required=False) or read.date,
                event=_text_at(entry, "event", pointer, required=False) or common,
                more={key: value for key, value in entry.items() if key not in _OF_MANIFEST},
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
) -> list[Record]:
    # `position` is that of the file's first document among all documents.
    parts = path.relative_to(folder).parts
    name = "/".join(parts)
    source = parts[0] if len(parts) > 1 else path.stem.split("_", 1)[0]
    suffix = path.suffix.lower()
    if suffix == ".txt":
        _refuse_columns(columns, path)
        text = _decoded(path.read_bytes(), name, position, errors)
        return [Record(place=name, text=text, source=source, id=path.stem)]
    if suffix in _PAGES:
        _refuse_columns(columns, path)
        return [_of_page(path.read_bytes(), name, source, path.stem)]
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


def _of_page(data: bytes, name: str, source: object, id_: object) -> Record:
    # The page says in which encoding it is.
    try:
        import trafilatura
    except ImportError as error:
        raise ImportError("HTML pages need trafilatura: pip install 'framelens[html]'") from error
    page: Any = trafilatura.bare_extraction(data, include_comments=False, with_metadata=True)
    if page is None or not page.text:
        raise ValueError(f"{name}: no article found in the page")
    return Record(
        place=name, text=page.text, source=source, id=id_, title=page.title, date=page.date
    )


def _decoded(data: bytes, name: str, position: int, errors: Errors) -> str:
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    try:
        return data[mark:].decode("utf-8", errors)
    except UnicodeDecodeError as error:
        offset = error.start + mark
        raise encoding_error(
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
            raise encoding_error(str(error), position + len(rows), in_file) from None
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
            columns[column] = values_of(column, cells.to_pylist, _cell_of(cells), len(cells))
        except UnicodeDecodeError:
            columns[column] = [
                None
                if cell is None
                else _decoded(cell, f"{name} row {row}", position + row, errors)
                for row, cell in enumerate(cells.cast(pa.large_binary()).to_pylist())
            ]
    return columns


def _cell_of(cells: Any) -> Callable[[int], Any]:
    return lambda row: cells[row].as_py()


def of_rows(rows: Iterable[Any], columns: dict[str, str]) -> list[Record]:
    """Return a document for each dict."""
    given = list(rows)
    for number, row in enumerate(given):
        if not isinstance(row, Mapping):
            raise TypeError(f"row {number} is no dict but a {type(row).__name__}")
    table = _columns_of_rows(given)
    return _of_table(table, columns, [f"row {i}" for i in range(len(given))])


def _columns_of_rows(rows: list[Mapping[str, object]]) -> dict[str, list[object]]:
    names = dict.fromkeys(str(name) for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


def of_frame(src: Any, columns: dict[str, str]) -> list[Record]:
    """Return a document for each row of a data frame of any library."""
    try:
        frame = nw.from_native(src)
    except TypeError:
        raise TypeError(
            f"reads a path, a data frame or a list of dicts, not a {type(src).__name__}"
        ) from None
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    table: dict[str, list[object]] = {}
    for name in frame.columns:
        cells = frame.get_column(name)
        table[str(name)] = values_of(str(name), cells.to_list, cells.__getitem__, len(cells))
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
) -> list[Record]:
    chosen = _chosen(table, columns)
    if not places and not table:
        return []
    if "text" not in chosen or ("source" not in chosen and source is None):
        missing = "text" if "text" not in chosen else "source"
        raise ValueError(
            f"no column for {missing}; name it with {missing}= (columns: {listed(list(table))})"
        )
    length = len(places)
    cells = {key: table[name] for key, name in chosen.items()}
    cells.setdefault("source", [source] * length)
    cells.setdefault("id", [f"{prefix}{row}" for row in range(length)])
    others = {name: cells for name, cells in table.items() if name not in chosen.values()}
    return [
        Record(place=place, **row, more=more)
        for place, row, more in zip(
            places, _rows(cells, length), _rows(others, length), strict=True
        )
    ]


def _rows(cells: dict[str, list[object]], length: int) -> Iterator[dict[str, object]]:
    for row in range(length):
        yield {name: column[row] for name, column in cells.items()}


def _chosen(table: dict[str, list[object]], columns: dict[str, str]) -> dict[str, str]:
    unknown = [name for name in columns.values() if name not in table]
    if unknown:
        raise ValueError(
            f"no column is called {listed([repr(name) for name in unknown])} "
            f"(columns: {listed(list(table))})"
        )
    taken = set(columns.values())
    by_fold = {name.casefold(): name for name in reversed(table) if name not in taken}
    chosen = dict(columns)
    for key, usual in _USUAL_NAMES.items():
        found = next((by_fold[name] for name in usual if name in by_fold), None)
        if key not in chosen and found is not None:
            chosen[key] = found
    return chosen


def encoding_error(message: str, document: int, offset: int) -> EncodingError:
    """Make an error that knows its document and place."""
    error = EncodingError(message)
    error.document = document
    error.offset = offset
    return error


def listed(names: list[str]) -> str:
    """Join names, the first few of many."""
    shown = ", ".join(names[:_MAX_NAMED])
    more = len(names) - _MAX_NAMED
    return shown if more <= 0 else f"{shown} and {more} more"
