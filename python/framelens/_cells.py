"""Cells of a column of any library as Python values, also where one of them is none."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["values_of"]


def values_of(
    name: str, whole: Callable[[], Iterable[Any]], single: Callable[[int], Any], size: int
) -> list[Any]:
    """Return the values of a column; one that Python cannot hold is missing.

    Parameters
    ----------
    name : str
        The column's, for the warning.
    whole : callable
        Gives all values at once.
    single : callable
        Gives the value of a row; called where `whole` fails.
    size : int
        How many rows there are.

    Warns
    -----
    UserWarning
        Rows whose value Python has not, such as a day behind the year 9999.
    """
    try:
        return list(whole())
    except UnicodeDecodeError:
        raise
    except (ValueError, OverflowError):
        return _one_by_one(name, single, size)


def _one_by_one(name: str, single: Callable[[int], Any], size: int) -> list[Any]:
    values: list[Any] = []
    lost: list[int] = []
    for row in range(size):
        try:
            values.append(single(row))
        except (ValueError, OverflowError):
            values.append(None)
            lost.append(row)
    warnings.warn(
        f"left missing: {name} in {len(lost)} rows (the first is row {lost[0]}), "
        "since Python holds no such value",
        stacklevel=5,
    )
    return values
