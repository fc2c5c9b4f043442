"""Tables written as text: lines of JSON, JSON, and cells between separators (CSV, TSV)."""

from __future__ import annotations

import codecs
import csv
import io
import json
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from framelens import _strict_json
from framelens.records import NoColumnError, columns_of_rows, is_usual

from .contents import decoded, encoding_of, misfit, text_of
from .run import Run

# Cells by column, and where each row stands.
Cells = tuple[dict[str, list[object]], list[str]]

_SEPARATORS = (",", ";", "\t", "|")
# The first row is looked for in so many characters.
_HEAD = 1 << 16
_lock = threading.Lock()
_long_cells_wanted = 0
_usual_limit = 0


def json_lines(data: bytes, name: str, run: Run) -> Cells:
    """Read one JSON object a line."""
    places: list[str] = []
    rows: list[Mapping[str, object]] = []
    for number, line in enumerate(_lines(data, name, run), 1):
        place = f"{name} line {number}"
        if line is None or not line.strip():
            continue
        try:
            row = _strict_json.loads(line)
        except ValueError as error:
            run.bad(f"{place}: no JSON: {error}", "mend the line")
            continue
        if not isinstance(row, dict):
            run.bad(f"{place}: must be an object", "write one {...} a line")
            continue
        places.append(place)
        rows.append(row)
        run.found()
    return columns_of_rows(rows), places


def _lines(data: bytes, name: str, run: Run) -> Iterator[str | None]:
    # Without those ends of lines that JSON allows inside a text. None stands for a bad one.
    encoding, at = encoding_of(data, run)
    if codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")):
        text = text_of(data, name, run)
        yield from () if text is None else text.split("\n")
        return
    for number, line in enumerate(data[at:].split(b"\n"), 1):
        try:
            yield line.decode(encoding, run.errors)
        except UnicodeDecodeError as error:
            error.start += at
            what = f"{name} line {number}: {misfit(error, data, encoding)}"
            run.bad_bytes(what, run.documents, error.start)
            yield None
        at += len(line) + 1


def json_rows(data: bytes, name: str, run: Run) -> Cells:
    """Read an array of objects, an object of columns, or one that holds an array of objects.

    Any other object is one row, whose place is the file.

    Raises
    ------
    NoColumnError
        It is JSON, but neither.
    """
    text = text_of(data, name, run)
    if text is None or not text.strip():
        return {}, []
    try:
        content = _strict_json.loads(text)
    except ValueError as error:
        lines = isinstance(error, json.JSONDecodeError) and error.msg == "Extra data"
        hint = "name files of one object a line .jsonl" if lines else "mend the file"
        run.bad(f"{name}: no JSON: {error}", hint)
        return {}, []
    columns = _columns_of_json(content) if isinstance(content, dict) else None
    if columns is not None and not any(map(is_usual, columns)):
        # {"0": {"text": "...", ...}, ...}
        keys = next((value for value in content.values() if isinstance(value, dict)), {})
        if any(map(is_usual, keys)):
            return _rows_of_json(list(content.values()), name, run)
    if columns is not None:
        places = [f"{name} row {row}" for row in range(len(next(iter(columns.values()), [])))]
        run.found(len(places))
        return columns, places
    return _rows_of_json(content, name, run)


def _rows_of_json(content: object, name: str, run: Run) -> Cells:
    if isinstance(content, dict):
        lists = [value for value in content.values() if _is_list_of_objects(value)]
        if len(lists) != 1:
            run.found()
            return columns_of_rows([content]), [name]
        content = lists[0]
    if not isinstance(content, list):
        raise NoColumnError(f"{name}: no table; write an array of objects, one a document")
    rows: list[Mapping[str, object]] = []
    places = []
    for number, row in enumerate(content):
        place = f"{name} row {number}"
        if not isinstance(row, dict):
            run.bad(f"{place}: must be an object", "write an array of {...}")
            continue
        rows.append(row)
        places.append(place)
        run.found()
    return columns_of_rows(rows), places


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _columns_of_json(content: Mapping[str, object]) -> dict[str, list[object]] | None:
    # {"text": ["...", ...]} or, as pandas writes it, {"text": {"0": "...", ...}}.
    values = list(content.values())
    if values and all(isinstance(value, list) for value in values):
        columns = {name: list(value) for name, value in content.items() if isinstance(value, list)}
        lengths = {len(cells) for cells in columns.values()}
        fits = len(lengths) == 1 and not all(map(_is_list_of_objects, values))
        return columns if fits else None
    keys = [list(value) for value in values if isinstance(value, dict)]
    if not values or len(keys) < len(values) or any(other != keys[0] for other in keys):
        return None
    return {
        name: list(value.values()) for name, value in content.items() if isinstance(value, dict)
    }


def separated(data: bytes, name: str, run: Run, *, usual: str) -> Cells:
    """Read cells between separators; the header tells which, `usual` where several would do."""
    text = _text_of_rows(data, name, run)
    if text is None:
        return {}, []
    with _long_cells():
        hint, text = _hint_of_excel(text)
        sep = run.sep or hint or _separator(text, usual, run)
        header: list[str] | None = None
        rows: list[list[str]] = []
        places: list[str] = []
        for line, row in _rows_of_text(text, sep, name, run):
            if header is None:
                header = _header(row, f"{name} line {line}", run)
            elif len(row) != len(header):
                run.bad(
                    f"{name}: no CSV in line {line}: {_cells(len(row))} where the header has "
                    f"{_cells(len(header))} (separator {sep!r})",
                    "put cells that hold it in quotation marks, name another with sep=",
                )
            elif _is_text(row, f"{name} line {line}", run):
                rows.append(row)
                places.append(f"{name} line {line}")
                run.found()
    columns = zip(*rows, strict=True) if rows else [[] for _ in header or ()]
    return {
        column: [cell or None for cell in cells]
        for column, cells in zip(header or (), columns, strict=True)
    }, places


def _text_of_rows(data: bytes, name: str, run: Run) -> str | None:
    # Where bad rows are passed over, bytes that are no text are kept for `_is_text` to find.
    encoding, mark = encoding_of(data, run)
    wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    if run.on_bad == "raise" or run.errors == "replace" or wide:
        return text_of(data, name, run)
    return decoded(data, mark, encoding, "surrogateescape")


def _is_text(row: list[str], place: str, run: Run) -> bool:
    if run.on_bad == "raise":
        return True
    try:
        "".join(row).encode()
    except UnicodeEncodeError:
        run.skipped.append(f"{place}: not in its encoding")
        return False
    return True


def _hint_of_excel(text: str) -> tuple[str | None, str]:
    # Excel writes and reads "sep=;" as a first line.
    first = text[:8].splitlines()[:1]
    if not first or len(first[0]) != 5 or not first[0].lower().startswith("sep="):
        return None, text
    return first[0][4], text[5:].removeprefix("\r").removeprefix("\n")


def _separator(text: str, usual: str, run: Run) -> str:
    # The one that makes most known names out of the header, then the one that makes most names.
    def merit(sep: str) -> tuple[int, int, bool]:
        rows = csv.reader(io.StringIO(text[:_HEAD], newline=""), delimiter=sep)
        names = next((row for row in rows if any(row)), [])
        known = sum(is_usual(name) or name in run.columns.values() for name in names)
        return known, len(names), sep == usual

    return max(_SEPARATORS, key=merit)


def _rows_of_text(text: str, sep: str, name: str, run: Run) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sep, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            unclosed = "unexpected end of data" in str(error)
            why = "a quotation mark opens a cell that none closes" if unclosed else str(error)
            run.bad(
                f"{name}: no CSV in line {line}: {why}",
                "double the quotation marks inside of cells that stand in them",
            )
            continue
        if row is None:
            return
        if len(row) > 1 or (row and row[0].strip()):
            yield line, row


def _header(row: list[str], place: str, run: Run) -> list[str]:
    # As pandas does: a column without a name is numbered, one that repeats another's gets a number.
    names: list[str] = []
    for position, given in enumerate(row):
        column = given or f"Unnamed: {position}"
        if column in names:
            if is_usual(column) or column in run.columns.values():
                raise ValueError(f"{place}: two columns are called {column!r}; rename one")
            column = next(c for i in range(1, len(row) + 1) if (c := f"{column}.{i}") not in names)
        names.append(column)
    return names


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"


@contextmanager
def _long_cells() -> Iterator[None]:
    # The module csv refuses cells of 131,072 characters and more, by a limit of the whole process.
    global _long_cells_wanted, _usual_limit
    with _lock:
        if _long_cells_wanted == 0:
            _usual_limit = csv.field_size_limit(sys.maxsize)
        _long_cells_wanted += 1
    try:
        yield
    finally:
        with _lock:
            _long_cells_wanted -= 1
            if _long_cells_wanted == 0:
                csv.field_size_limit(_usual_limit)
