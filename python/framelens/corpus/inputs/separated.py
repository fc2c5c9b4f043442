"""Cells between separators, as in RFC 4180: the text of .csv and .tsv."""

from __future__ import annotations

import re
from collections.abc import Iterator

from framelens.corpus.records import is_usual

from .contents import decoded, encoding_of, is_wide, text_of
from .run import Cells, Run

_SEPARATORS = (",", ";", "\t", "|")
# The first row is looked for in so many characters.
_HEAD = 1 << 16
_END_OF_LINE = re.compile(r"\r\n?|\n")
_UNCLOSED = "a quotation mark opens a cell that none closes"
_AFTER_CLOSED = "something follows the quotation mark that closes a cell"


def separated(data: bytes, name: str, run: Run, *, usual: str) -> Cells:
    """Read cells between separators; the header tells which, `usual` where several would do."""
    text = _text_of_rows(data, name, run)
    if text is None:
        return {}, []
    sep, start = _hint_of_excel(text)
    sep = run.sep or sep or _separator(text[start:_HEAD], usual, run)
    header: list[str] | None = None
    rows: list[list[str]] = []
    places: list[str] = []
    line, counted = 1, 0
    for at, row in rows_of(text, sep, start):
        line, counted = line + _lines_between(text, counted, at), at
        if isinstance(row, str):
            advice = "double the quotation marks inside of cells that stand in them"
            run.bad(f"{name}: no CSV in line {line}: {row}", advice)
        elif len(row) == 1 and not row[0].strip():
            continue
        elif header is None:
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


def rows_of(text: str, sep: str, start: int = 0) -> Iterator[tuple[int, list[str] | str]]:
    """Yield where each row begins, and its cells, or what is wrong with it.

    Behind a wrong row, the next line begins another. The time is linear, and for the most part that
    of finding single characters.
    """
    plain_end = re.compile(f"[{re.escape(sep)}\r\n]")
    at = start
    while at < len(text):
        row: list[str] = []
        begin, more = at, True
        while more:
            if text.startswith('"', at):
                close = _closing_mark(text, at)
                if close is None:
                    yield begin, _UNCLOSED
                    return
                row.append(text[at + 1 : close].replace('""', '"'))
                at = close + 1
                if at < len(text) and text[at] not in f"{sep}\r\n":
                    end = _END_OF_LINE.search(text, at)
                    at = end.end() if end else len(text)
                    yield begin, _AFTER_CLOSED
                    break
            else:
                found = plain_end.search(text, at)
                stop = found.start() if found else len(text)
                row.append(text[at:stop])
                at = stop
            more = text.startswith(sep, at)
            at += 2 if text.startswith("\r\n", at) else 1
        else:
            yield begin, row


def _closing_mark(text: str, opening: int) -> int | None:
    at = text.find('"', opening + 1)
    while at >= 0 and text.startswith('"', at + 1):
        at = text.find('"', at + 2)
    return at if at >= 0 else None


def _lines_between(text: str, start: int, end: int) -> int:
    lines = text.count("\n", start, end)
    returns = text.count("\r", start, end)
    return lines + returns - text.count("\r\n", start, end) if returns else lines


def _text_of_rows(data: bytes, name: str, run: Run) -> str | None:
    # Where bad rows are passed over, bytes that are no text are kept for `_is_text` to find.
    encoding, mark = encoding_of(data, run)
    if run.on_bad == "raise" or run.errors == "replace" or is_wide(encoding):
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


def _hint_of_excel(text: str) -> tuple[str | None, int]:
    # Excel writes and reads "sep=;" as a first line.
    hint = re.match(r"sep=(.)(?:\r\n?|\n|$)", text, re.I)
    return (hint[1], hint.end()) if hint else (None, 0)


def _separator(head: str, usual: str, run: Run) -> str:
    # The one that makes most known names out of the header, then the one that makes most names.
    def merit(sep: str) -> tuple[int, int, bool]:
        rows = (row for _, row in rows_of(head, sep) if not isinstance(row, str) and any(row))
        names = next(rows, [])
        known = sum(is_usual(name.strip()) or name in run.columns.values() for name in names)
        return known, len(names), sep == usual

    return max(_SEPARATORS, key=merit)


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
