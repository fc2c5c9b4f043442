"""The dates of a column: which order its numbers have, which days they are, and what stays open."""

from __future__ import annotations

import datetime
import numbers
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .date_forms import Written, read_date

# Seconds since 1970 have nine or ten digits for any day of news; programs also count in parts.
_UNIX = ((1e8, 1e10, 1.0), (1e11, 1e13, 1e3), (1e14, 1e16, 1e6), (1e17, 1e19, 1e9))


# "05.2026" is none, but a month.
_NUMBER = re.compile(r"\s*[0-9]{5,19}(?:\.[0-9]*)?\s*")


@dataclass
class ColumnDates:
    """What a column says: a day for each row, or a month ("2026-05") where only that is written.

    `unclear` and `dayless` are positions of rows without a day: those that say none or could say
    two, and those that leave it out.
    """

    days: list[pd.Timestamp | None] = field(default_factory=list)
    months: list[str | None] = field(default_factory=list)
    unclear: list[int] = field(default_factory=list)
    dayless: list[int] = field(default_factory=list)


def read_dates(
    values: Sequence[object], columns: Sequence[Hashable], day_first: bool | None
) -> ColumnDates:
    """Read dates, each as one of the column that `columns` names.

    Without `day_first`, a column's order is the one that all its dates have which allow one order
    only; without such dates, or with some of both orders, 3/4/2026 stays open.
    """
    found = ColumnDates([None] * len(values), [None] * len(values))
    written: list[tuple[int, Written, Hashable]] = []
    orders: dict[Hashable, set[bool]] = {}
    for position, (value, column) in enumerate(zip(values, columns, strict=True)):
        if _is_missing(value):
            continue
        try:
            date = _of_value(value)
        except (ValueError, OverflowError, TypeError):
            found.unclear.append(position)
            continue
        written.append((position, date, column))
        if date.day_first is not None:
            orders.setdefault(column, set()).add(date.day_first)
    for position, date, column in written:
        known = orders.get(column, set())
        first = day_first if day_first is not None or len(known) != 1 else next(iter(known))
        _add(found, position, date, first)
    found.unclear.sort()
    return found


def _add(found: ColumnDates, position: int, date: Written, day_first: bool | None) -> None:
    if date.pair is not None:
        try:
            date = date.ordered(day_first)
        except ValueError:
            found.unclear.append(position)
            return
    if date.month is not None:
        found.months[position] = f"{date.year:04}-{date.month:02}"
    if date.month is None or date.day is None:
        found.dayless.append(position)
        return
    day = datetime.date(date.year, date.month, date.day)
    moment = datetime.datetime.combine(day, date.clock or datetime.time.min)
    found.days[position] = pd.Timestamp(moment)


def _of_value(value: object) -> Written:
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            return _of_number(float(value) if "." in value else int(value))
        return read_date(value)
    if isinstance(value, bool | np.bool_):
        raise ValueError("no date")
    if isinstance(value, numbers.Real | numbers.Number):
        return _of_number(value)
    if isinstance(value, np.datetime64):
        return _of_span(pd.Timestamp(value), pd.Timestamp(value + 1))
    if isinstance(value, pd.Period):
        return _of_span(value.start_time, (value + 1).start_time)
    if isinstance(value, datetime.datetime):
        return _of_stamp(value)
    if isinstance(value, datetime.date):
        return Written(value.year, value.month, value.day)
    raise ValueError("no date")


def _of_span(first: pd.Timestamp, end: pd.Timestamp) -> Written:
    # What is known of a month, a quarter or a year is what all its days share.
    last = end - pd.Timedelta(microseconds=1)
    if first.date() == last.date():
        return _of_stamp(first)
    if first.year != last.year:
        raise ValueError("no date")
    return Written(first.year, first.month if first.month == last.month else None)


def _of_stamp(stamp: datetime.datetime) -> Written:
    if not datetime.MINYEAR <= stamp.year <= datetime.MAXYEAR:
        raise ValueError("no date")
    return Written(stamp.year, stamp.month, stamp.day, clock=stamp.time())


def _of_number(value: object) -> Written:
    # Of 12 digits, 202603041015 could be a minute or, in milliseconds, a day of the 1970s.
    number = float(value)  # type: ignore[arg-type]
    whole = int(number) if number == int(number) else None
    if whole is not None and whole == value and len(str(whole)) in (4, 8, 12, 14):
        try:
            written = read_date(str(whole))
        except ValueError:
            written = None
        if written is not None:
            if len(str(whole)) == 12:
                raise ValueError("it could be two dates")
            return written
    for low, high, parts in _UNIX:
        if low <= number < high:
            moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=number / parts)
            return Written(moment.year, moment.month, moment.day, clock=moment.time())
    raise ValueError("no date")


def _is_missing(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, float | np.floating):
        return bool(value != value)
    if isinstance(value, np.datetime64):
        return bool(np.isnat(value))
    return value is None or value is pd.NaT or value is pd.NA
