"""Documents as they are found, not yet checked, and the columns of tables that hold them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from framelens.base.cells import lost_cells, values_of

# Compared without case, spaces and marks: "publishedAt" is "published_at". The first that a table
# has is taken.
_USUAL_NAMES = {
    "text": ("text", "body", "content", "article", "fulltext", "articletext", "articlebody",
             "maintext"),
    "source": ("source", "sourcename", "outlet", "outletname", "publisher", "publication",
               "newspaper", "media", "medianame", "site", "sitename", "domain", "sourcedomain"),
    "id": ("id", "docid", "documentid", "articleid", "doc", "uid", "uuid"),
    "title": ("title", "headline"),
    "date": ("date", "published", "publishedat", "publicationdate", "publishdate", "pubdate",
             "datepublished", "datepublish", "datetime"),
    "event": ("event", "eventid", "story", "storyid"),
}  # fmt: skip
_MAX_NAMED = 10
_LONG = 40


@dataclass(frozen=True, slots=True)
class Record:
    """One document as found, before it is checked.

    `place` says where, for messages; `more` has what else is known of it, by name; `column` tells
    which dates were written by one hand: those of one table, or of one source's pages.
    """

    place: str
    text: object
    source: object
    id: object
    title: object = None
    date: object = None
    event: object = None
    more: Mapping[str, object] = field(default_factory=dict)
    column: str = ""


@dataclass(frozen=True)
class Table:
    """Cells by column, with a place for each row.

    `name` is the file's, for messages; `source` and `ids` are those of rows which name none.
    """

    cells: Mapping[str, list[object]]
    places: list[str]
    name: str = ""
    source: str | None = None
    ids: list[str] | None = None


class NoColumnError(ValueError):
    """A table lacks a column that every document needs, or one that the caller names."""


def rows_as_table(rows: Iterable[Any]) -> Table:
    """Return a table of dicts, one a row."""
    given = list(rows)
    for number, row in enumerate(given):
        if not isinstance(row, Mapping):
            raise TypeError(
                f"row {number} is no dict but a {type(row).__name__}; write a text as "
                "{'text': ..., 'source': ...}, and read files one by one or as a folder"
            )
    return Table(columns_of_rows(given), [f"row {i}" for i in range(len(given))])


def columns_of_rows(rows: list[Mapping[str, object]]) -> dict[str, list[object]]:
    """Return the cells by column; None where a row lacks it."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns: dict[str, list[object]] = {}
    for name in names:
        if str(name) in columns:
            raise ValueError(f"two columns are called {str(name)!r}; rename one")
        columns[str(name)] = [row.get(name) for row in rows]
    return columns


def frame_as_table(src: Any, notes: list[str]) -> Table:
    """Return a table of a data frame of any library; cells that Python has not are noted."""
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
        values, lost = values_of(cells.to_list, cells.__getitem__, len(cells))
        if lost:
            notes.append(lost_cells(str(name), lost))
        table[str(name)] = values
    return Table(table, [f"row {row}" for row in range(len(frame))])


def records_of(table: Table, columns: Mapping[str, str]) -> list[Record]:
    """Return a document for each row; `columns` names those whose names are not usual.

    Raises
    ------
    NoColumnError
        The table has none for the text or the source, or none of a given name.
    """
    at = f"{table.name}: " if table.name else ""
    chosen = _chosen(table.cells, columns, at)
    if not table.places and not table.cells:
        return []
    if "text" not in chosen or ("source" not in chosen and table.source is None):
        missing = "text" if "text" not in chosen else "source"
        raise NoColumnError(
            f"{at}no column for {missing}; name it with {missing}= "
            f"(columns: {_columns(table.cells)})"
        )
    length = len(table.places)
    nothing: list[object] = [None] * length
    cells = {field: table.cells[name] for field, name in chosen.items()}
    sources = map(_name_of_outlet, cells.get("source", [table.source] * length))
    ids = cells.get("id", list(table.ids or map(str, range(length))))
    others = {name: cells for name, cells in table.cells.items() if name not in chosen.values()}
    rows = zip(
        table.places, cells["text"], sources, ids, cells.get("title", nothing),
        cells.get("date", nothing), cells.get("event", nothing), _rows(others, length),
        [table.name] * length, strict=True,
    )  # fmt: skip
    return [Record(*row) for row in rows]


def _name_of_outlet(cell: object) -> object:
    # NewsAPI's rows have {"id": "gazette", "name": "The Gazette"}; the id is often missing.
    if not isinstance(cell, Mapping):
        return cell
    return next((cell[key] for key in ("name", "id") if isinstance(cell.get(key), str)), cell)


def _rows(cells: Mapping[str, list[object]], length: int) -> Iterable[dict[str, object]]:
    if not cells:
        return [{}] * length
    return (dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True))


def _chosen(
    table: Mapping[str, list[object]], columns: Mapping[str, str], at: str
) -> dict[str, str]:
    unknown = [name for name in columns.values() if name not in table]
    if unknown:
        near = difflib.get_close_matches(unknown[0], list(table), n=1)
        hint = f"; {near[0]!r} is near" if near else ""
        raise NoColumnError(
            f"{at}no column is called {listed([repr(name) for name in unknown])} "
            f"(columns: {_columns(table)}); give a name that it has{hint}"
        )
    taken = set(columns.values())
    by_fold = {folded(name): name for name in reversed(list(table)) if name not in taken}
    chosen = dict(columns)
    for key, usual in _USUAL_NAMES.items():
        found = next((by_fold[name] for name in usual if name in by_fold), None)
        if key not in chosen and found is not None:
            chosen[key] = found
    return chosen


def _columns(table: Mapping[str, list[object]]) -> str:
    # Without a header, the first article stands in its place.
    return listed([name if len(name) <= _LONG else f"{name[:_LONG]}..." for name in table])


def folded(name: str) -> str:
    """Return a column's name as usual names are compared: letters and digits, without case."""
    return "".join(c for c in name.casefold() if c.isalnum())


def is_usual(name: str) -> bool:
    """Tell whether a column of this name is taken without being named."""
    return any(folded(name) in usual for usual in _USUAL_NAMES.values())


def listed(names: list[str]) -> str:
    """Join names, the first few of many."""
    shown = ", ".join(names[:_MAX_NAMED])
    more = len(names) - _MAX_NAMED
    return shown if more <= 0 else f"{shown} and {more} more"
