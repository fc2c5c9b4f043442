"""Cells of a column of any library as Python values, also where one of them is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

__all__ = ["lost_cells", "values_of"]


def values_of(
    whole: Callable[[], Iterable[Any]], single: Callable[[int], Any], size: int
) -> tuple[list[Any], list[int]]:
    """Return the values of a column, and the rows whose value is missing since Python has none.

    Parameters
    ----------
    whole : callable
        Gives all values at once.
    single : callable
        Gives the value of a row; called where `whole` fails.
    size : int
        How many rows there are.
    """
    try:
        return list(whole()), []
    except UnicodeDecodeError:
        raise
    except (ValueError, OverflowError):
        return _one_by_one(single, size)


def _one_by_one(single: Callable[[int], Any], size: int) -> tuple[list[Any], list[int]]:
    values: list[Any] = []
    lost: list[int] = []
    for row in range(size):
        try:
            values.append(single(row))
        except (ValueError, OverflowError):
            values.append(None)
            lost.append(row)
    return values, lost


def lost_cells(column: str, rows: Sequence[int]) -> str:
    """Say which rows of a column have a value that Python has not: a day behind the year 9999."""
    return (
        f"left missing: {column} in {len(rows)} rows (the first is row {rows[0]}), "
        "since Python holds no such value"
    )
