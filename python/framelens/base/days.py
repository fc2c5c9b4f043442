"""Days that the words of a date and the article's own date give, within years 1 to 9999."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any

__all__ = ["fits_weekday", "resolve", "years_of_weekday"]

Parts = Mapping[str, Any]

_NAMES = ("year", "month", "day", "weekday")
_YEARS_AROUND = 6
# A verb that tells of the past or of what is to come outweighs so many days.
_CLEAR = 45
# "Last" skips a weekday or month that lies fewer days or months back.
_NEAR = 3


def resolve(parts: Parts, own: date | None) -> str | None:
    """Return ISO 8601, whole or partial, of what `parts` mean in an article of the day `own`.

    Parameters
    ----------
    parts : mapping
        year, month, day, weekday (0 is Monday) and offset (in days from `own`), None where nothing
        is printed. Where they are there: last, last_month and last_year of a range's end,
        year_shift (in years from that of `own`), sense (``past``, ``coming``, ``last``,
        ``last_week``, ``next_week``, ``other``: which of its days a weekday or a date without a
        year means; ``past`` of a weekday by default, else the nearest) and impossible (the month
        has not the day that is printed).
    own : datetime.date, optional
        The article's day.

    Returns
    -------
    str or None
        Both ends of a range, joined by a slash. None where nothing follows, or a day that the
        calendar does not have: the one before 0001-01-01, or behind 9999-12-31.

    Examples
    --------
    >>> from datetime import date
    >>> from framelens.base.days import resolve
    >>> parts = {"year": None, "month": None, "day": None, "weekday": None, "offset": -1}
    >>> resolve(parts, date(2025, 12, 1))
    '2025-11-30'
    >>> resolve(parts, date(1, 1, 1)) is None
    True
    >>> resolve({**parts, "offset": None, "weekday": 4, "sense": "coming"}, date(2025, 12, 1))
    '2025-12-05'
    """
    if parts.get("impossible"):
        return None
    first = _resolve_day(parts, own)
    if first is None or parts.get("last") is None:
        return first
    year = parts.get("last_year") or int(first[:4])
    month = parts.get("last_month") or int(first[5:7])
    if parts.get("last_year") is None and month < int(first[5:7]):
        year += 1
    last = _day(year, month, int(parts["last"]))
    return None if last is None else f"{first}/{last.isoformat()}"


def _resolve_day(parts: Parts, own: date | None) -> str | None:
    year, month, day, weekday = (_number(parts, name) for name in _NAMES)
    sense = parts.get("sense")
    if own is not None and year is None and parts.get("year_shift") is not None:
        year = own.year + int(parts["year_shift"])
        if not MINYEAR <= year <= MAXYEAR:
            return None
    if year is not None and month is not None and day is not None:
        return f"{year:04}-{month:02}-{day:02}" if _day(year, month, day) else None
    if own is None or sense == "other":
        return None
    if parts["offset"] is not None:
        return _shifted(own, int(parts["offset"]))
    if month is None:
        if year is not None or weekday is None:
            return None
        return _shifted(own, _days_to(weekday, own, sense))
    if year is not None:
        return f"{year:04}-{month:02}"
    if day is None:
        return _month_by(sense, month, own)
    around = (_day(near, month, day) for near in _years(own.year - _YEARS_AROUND, own.year + 1))
    days = [found for found in around if found is not None]
    if weekday is not None:
        days = [found for found in days if found.weekday() == weekday] or days
    return _day_by(sense, days, own) if days else None


def _number(parts: Parts, name: str) -> int | None:
    value = parts[name]
    return None if value is None else int(value)


def _days_to(weekday: int, own: date, sense: Any) -> int:
    if sense == "coming":
        return (weekday - own.weekday()) % 7
    if sense == "last":
        # Nobody calls yesterday "last Monday".
        days = (own.weekday() - weekday - 1) % 7 + 1
        return -(days + 7 if days < _NEAR else days)
    if sense in ("last_week", "next_week"):
        return weekday - own.weekday() + (7 if sense == "next_week" else -7)
    return -((own.weekday() - weekday) % 7)


def _day_by(sense: Any, days: list[date], own: date) -> str:
    # The verb decides where the nearest day lies clearly on the other side; "had been set for".
    nearest = min(days, key=lambda found: abs(found - own))
    away = (nearest - own).days
    if sense == "coming" and away < -_CLEAR:
        days = [found for found in days if found >= own] or days
    elif sense in ("past", "last") and away > _CLEAR:
        days = [found for found in days if found <= own] or days
    return min(days, key=lambda found: abs(found - own)).isoformat()


def _month_by(sense: Any, month: int, own: date) -> str | None:
    # Half a year ago rather than half a year ahead, unless a word or the verb tells.
    away = (month - own.month + 6) % 12 - 6
    if sense == "last":
        months = (own.month - month - 1) % 12 + 1
        away = -(months + 12 if months < _NEAR else months)
    elif sense == "next_week":
        away = (month - own.month - 1) % 12 + 1
    elif (sense == "coming" and away < -1) or (sense == "past" and away > 0):
        away += 12 if sense == "coming" else -12
    year = own.year + (own.month + away - 1) // 12
    return f"{year:04}-{month:02}" if MINYEAR <= year <= MAXYEAR else None


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
    year, month, day, weekday = (parts[name] for name in _NAMES)
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
