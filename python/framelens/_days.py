"""Days that the words of a date and the article's own date give, within years 1 to 9999."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta

__all__ = ["fits_weekday", "resolve", "years_of_weekday"]

Parts = Mapping[str, int | None]

_YEARS_AROUND = 6


def resolve(parts: Parts, own: date | None) -> str | None:
    """Return partial ISO 8601 of what `parts` mean in an article of the day `own`.

    Parameters
    ----------
    parts : mapping
        year, month, day, weekday (0 is Monday) and offset (in days from `own`); None where nothing
        is printed.
    own : datetime.date, optional
        The article's day.

    Returns
    -------
    str or None
        None where nothing follows, or a day that the calendar does not have: the one before
        0001-01-01, or behind 9999-12-31.

    Examples
    --------
    >>> from datetime import date
    >>> from framelens._days import resolve
    >>> parts = {"year": None, "month": None, "day": None, "weekday": None, "offset": -1}
    >>> resolve(parts, date(2025, 12, 1))
    '2025-11-30'
    >>> resolve(parts, date(1, 1, 1)) is None
    True
    """
    year, month, day, weekday = (parts[name] for name in ("year", "month", "day", "weekday"))
    if year is not None and month is not None and day is not None:
        return f"{year:04}-{month:02}-{day:02}"
    if own is None:
        return None
    if parts["offset"] is not None:
        return _shifted(own, parts["offset"])
    if month is None:
        if year is not None or weekday is None:
            return None
        return _shifted(own, -((own.weekday() - weekday) % 7))
    if year is not None:
        return f"{year:04}-{month:02}"
    if day is None:
        return _nearest_month(month, own)
    around = (_day(near, month, day) for near in _years(own.year - _YEARS_AROUND, own.year + 1))
    days = [found for found in around if found is not None]
    if weekday is not None:
        days = [found for found in days if found.weekday() == weekday] or days
    return min(days, key=lambda found: abs(found - own)).isoformat() if days else None


def years_of_weekday(parts: Parts, near: int | None) -> tuple[int, ...] | None:
    """Return the years around `near` in which the printed weekday falls on the printed day.

    None where a weekday, a day or a year to look around is missing.
    """
    weekday, month, day = parts["weekday"], parts["month"], parts["day"]
    if weekday is None or month is None or day is None or near is None:
        return None
    around = _years(near - _YEARS_AROUND, near + _YEARS_AROUND)
    days = ((year, _day(year, month, day)) for year in around)
    return tuple(year for year, found in days if found is not None and found.weekday() == weekday)


def fits_weekday(parts: Parts) -> bool | None:
    """Tell whether the printed weekday falls on the printed date; None where either is missing."""
    year, month, day, weekday = (parts[name] for name in ("year", "month", "day", "weekday"))
    if year is None or month is None or day is None or weekday is None:
        return None
    found = _day(year, month, day)
    return found is not None and found.weekday() == weekday


def _years(first: int, last: int) -> range:
    return range(max(first, MINYEAR), min(last, MAXYEAR) + 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _shifted(own: date, days: int) -> str | None:
    try:
        return (own + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _nearest_month(month: int, own: date) -> str | None:
    # Half a year ago rather than half a year ahead.
    away = (month - own.month + 6) % 12 - 6
    year = own.year + (own.month + away - 1) // 12
    return f"{year:04}-{month:02}" if MINYEAR <= year <= MAXYEAR else None
