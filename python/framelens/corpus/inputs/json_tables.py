"""Tables of JSON: an object a line, an array of objects, or an object of columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from framelens.base import strict_json as _strict_json
from framelens.corpus.records import NoColumnError, columns_of_rows, is_usual

from .contents import encoding_of, is_wide, misfit, text_of
from .run import Cells, Run


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
    if is_wide(encoding):
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
