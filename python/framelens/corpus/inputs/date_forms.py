"""One date as people and programs write it: in ISO, numbers or words, with clock and zone."""

from __future__ import annotations

import calendar
import datetime
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_LANGUAGES = Path(__file__).parents[2] / "resources" / "languages"
_SHORTEST_MONTH = 3
_SHORTEST_WEEKDAY = 2

# What may stand around a day, in the languages whose months are known.
_FILLERS = frozenset(
    ("at", "on", "the", "of", "um", "den", "der", "am", "de", "del", "el", "a", "las", "le", "les",
     "il", "alle", "ore", "om", "van", "op", "uhr", "h", "kl", "y")
)  # fmt: skip
# Words of zones that are written out; those in capitals are known by that.
_ZONES = frozenset(
    ("eastern", "central", "mountain", "pacific", "standard", "daylight", "summer", "time",
     "european")
)  # fmt: skip
_LONGEST = 200
_ISO_WEEK = re.compile(r"\d{4}-?W\d\d", re.I)
_CLOCK = re.compile(
    r"""(?:(?<=\d)t|(?<![\d:.]))
    (?:(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<part>\d+))?)?
       (?:\s*(?P<half>[ap])\.?\s?m\b\.?)?
      |(?P<hour5>\d{1,2})\.(?P<minute5>\d\d)
       (?:\s?(?P<half5>[ap])\.?\s?m\b\.?|(?=\s?(?:gmt|utc|[a-z]{2,4}t)\b))
      |(?P<hour2>\d{1,2})\s*(?P<half2>[ap])\.?\s?m\b\.?
      |(?P<hour3>\d{1,2})\s?h(?:\s?(?P<minute3>\d\d))?\b
      |(?P<hour4>\d{1,2})(?:\.(?P<minute4>\d\d))?\s?uhr\b)
    \s*(?P<zone>z\b|(?:gmt|utc)?\s?[+-]\d\d?(?::?\d\d)?\b|)""",
    re.X,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_REGION = re.compile(r"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+\b")
_CAPITALS = re.compile(r"\b[A-Z]{1,5}\b")
_ISO_DAY = len("2026-03-04")
_XML_ZONE = re.compile(r"\d{4}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)")
_AROUND_MARKS = re.compile(r"(?<=\d)\s*([./-])\s*(?=\d)")
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})(?:\2(\d{4}|\d{1,2}))?")
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
_YEAR = re.compile(r"\d{4}")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|de|ste|o|a|°)?\.?")
_SHORT_YEAR = re.compile(r"(\d{1,2})[- ]([^\W\d]+)\.?[- ](?:'|’)?(\d\d)")


class Written(NamedTuple):
    """A date as far as it is written: a day may be missing, or stand in either of two places.

    Where `pair` is given, it has the two numbers of which one is the day and one the month, in the
    order in which they are written.
    """

    year: int
    month: int | None = None
    day: int | None = None
    pair: tuple[int, int] | None = None
    clock: datetime.time | None = None

    @property
    def day_first(self) -> bool | None:
        """Whether the day comes first, where only one of the orders makes a date."""
        if self.pair is None or self.pair[0] == self.pair[1]:
            return None
        first = _is_day(self.year, self.pair[1], self.pair[0])
        second = _is_day(self.year, self.pair[0], self.pair[1])
        return first if first != second else None

    def ordered(self, day_first: bool | None) -> Written:
        """Return the date with its day and month told apart; ValueError if that cannot be."""
        if self.pair is None:
            return self
        known = self.day_first
        if known is None:
            known = True if self.pair[0] == self.pair[1] else day_first
        if known is None:
            raise ValueError("it could be two dates")
        day, month = self.pair if known else self.pair[::-1]
        _check_day(self.year, month, day)
        return Written(self.year, month, day, clock=self.clock)


@lru_cache(maxsize=4096)
def read_date(text: str) -> Written:
    """Return what a text says, if it is nothing but a date.

    Raises
    ------
    ValueError
        It is none, or has something besides.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        raise ValueError("no date")
    if text.isdecimal() and text.isascii():
        return _of_digits(text)
    iso = _of_iso(text)
    if iso is not None:
        return iso
    plain = unicodedata.normalize("NFKC", text)
    clocks = list(_CLOCK.finditer(plain.casefold()))
    if len(clocks) > 1 or len(plain.casefold()) != len(plain):
        raise ValueError("no date")
    clock = None
    if clocks:
        clock = _time(clocks[0])
        plain = _without_zone(f"{plain[: clocks[0].start()]} {plain[clocks[0].end() :]}")
    written = _of_day(" ".join(_fold(plain).replace(",", " ").split()))
    if clock is None or (written.day is None and written.pair is None):
        return written
    return Written(written.year, written.month, written.day, written.pair, clock)


def is_date(text: str) -> bool:
    """Tell whether a text is a date and nothing else; a bare number is none."""
    if text.strip().isdecimal():
        return False
    try:
        read_date(text)
    except ValueError:
        return False
    return True


def _of_digits(text: str) -> Written:
    if len(text) == 4:
        return Written(int(text))
    match = _COMPACT.fullmatch(text)
    if match is None:
        raise ValueError("no date")
    year, month, day, *clock = (int(part or 0) for part in match.groups())
    _check_day(year, month, day)
    return Written(year, month, day, clock=_clock_time(*clock) if match[4] else None)


def _of_iso(text: str) -> Written | None:
    if not text[:4].isdecimal() or not text.isascii() or _ISO_WEEK.fullmatch(text):
        return None
    if len(text) > _ISO_DAY and _XML_ZONE.fullmatch(text):
        text = text[:_ISO_DAY]
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return Written(found.year, found.month, found.day, clock=found.time().replace(tzinfo=None))


def _time(match: re.Match[str]) -> datetime.time:
    # Groups of one pattern differ in name; "hour3" is an hour.
    parts = {name.rstrip("2345"): part for name, part in match.groupdict().items() if part}
    hour, half = int(parts["hour"]), parts.get("half")
    if half and not 1 <= hour <= 12:
        raise ValueError("no time of day")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    microsecond = int(parts.get("part", "").ljust(6, "0")[:6])
    minute, second = int(parts.get("minute", 0)), int(parts.get("second", 0))
    return _clock_time(hour, minute, second, microsecond)


def _clock_time(hour: int, minute: int, second: int = 0, microsecond: int = 0) -> datetime.time:
    # A leap second, and the end of a day, stay within their day.
    if (hour, minute, second) == (24, 0, 0):
        return datetime.time.min
    return datetime.time(hour, minute, min(second, 59) if second == 60 else second, microsecond)


def _without_zone(text: str) -> str:
    # Only where there is a clock: what is left of "10:15 a.m. ET (New York)" is about time.
    text = _REGION.sub(" ", _IN_BRACKETS.sub(" ", text))
    return " ".join(
        word
        for word in text.split()
        if not _CAPITALS.fullmatch(word.strip(",")) or _is_calendar(word.strip(","))
    )


def _is_calendar(word: str) -> bool:
    return _fold(word) in _months() or _is_weekday(_fold(word))


def _of_day(text: str) -> Written:
    text = _AROUND_MARKS.sub(r"\1", text)
    short = _SHORT_YEAR.fullmatch(text)
    if short is not None and short[2] in _months():
        return _checked(_of_two_digits(short[3]), _months()[short[2]], int(short[1]))
    words, numbers = [], []
    for word in text.split():
        number = word.rstrip(".")
        if any(form.fullmatch(number) for form in (_YEAR, _NUMBERS, _MONTH_OF_YEAR)):
            numbers.append(number)
        else:
            words.extend(re.split(r"(?<=[^\W\d])[-/.]|[-/](?=[^\W\d])", word))
    return _of_parts([word for word in words if any(map(str.isalnum, word))], numbers)


def _of_parts(words: list[str], numbers: list[str]) -> Written:
    months, days, years = [], [], [n for n in numbers if _YEAR.fullmatch(n)]
    numbers = [n for n in numbers if not _YEAR.fullmatch(n)]
    for word in words:
        name = word.rstrip(".")
        if name in _months():
            months.append(name)
        elif _YEAR.fullmatch(name):
            years.append(name)
        elif (day := _DAY.fullmatch(word)) is not None:
            days.append(int(day[1]))
        elif name not in _FILLERS and name not in _ZONES and not _is_weekday(name):
            raise ValueError("no date")
    if len(months) == 2 and _is_weekday(months[0]):
        del months[0]  # "mar. 4 mars 2026": mardi
    if len(numbers) == 1 and not (months or days or years):
        return _of_numbers(numbers[0])
    if numbers or len(years) != 1 or len(months) > 1 or len(days) > 1 or (days and not months):
        raise ValueError("no date")
    if not months:
        if words != [] and any(not _YEAR.fullmatch(word) for word in words):
            raise ValueError("no date")
        return Written(int(years[0]))
    return _checked(int(years[0]), _months()[months[0]], *days)


def _of_numbers(text: str) -> Written:
    if (of_year := _MONTH_OF_YEAR.fullmatch(text)) is not None:
        return _checked(int(of_year[2]), int(of_year[1]))
    match = _NUMBERS.fullmatch(text)
    if match is None:
        raise ValueError("no date")
    first, second, third = match[1], int(match[3]), match[4]
    if len(first) == 4:
        return _checked(int(first), second, *([int(third)] if third else []))
    if third is None or len(first) > 2 or len(third) not in (2, 4):
        raise ValueError("no date")
    year = int(third) if len(third) == 4 else _of_two_digits(third)
    pair = (int(first), second)
    if not _is_day(year, *pair) and not _is_day(year, *pair[::-1]):
        raise ValueError("no date")
    return Written(year, pair=pair)


def _of_two_digits(year: str) -> int:
    return datetime.datetime.strptime(year, "%y").year


def _checked(year: int, month: int, day: int | None = None) -> Written:
    if not 1 <= month <= 12 or year < 1:
        raise ValueError("no date")
    if day is not None:
        _check_day(year, month, day)
    return Written(year, month, day)


def _is_day(year: int, month: int, day: int) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _check_day(year: int, month: int, day: int) -> None:
    if not _is_day(year, month, day):
        raise ValueError("no date")


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


@cache
def _calendars() -> tuple[list[list[list[str]]], list[list[str]]]:
    # Months and weekdays of each language whose facts are known, folded.
    months: list[list[list[str]]] = []
    weekdays: list[list[str]] = []
    for path in sorted(_LANGUAGES.glob("*/facts.json")):
        words = json.loads(path.read_text(encoding="utf-8"))
        named = zip(words["months"], words["month_shorts"], strict=True)
        months.append([[_fold(name), *(_fold(s).rstrip(".") for s in shorts)]
                       for name, shorts in named])  # fmt: skip
        weekdays.extend([_fold(name).rstrip(".") for name in names] for names in words["weekdays"])
    return months, weekdays


@cache
def _months() -> dict[str, int]:
    """Names of months with their numbers, whole or shortened where that means one month only."""
    meant: dict[str, set[int]] = {}
    for language in _calendars()[0]:
        for number, names in enumerate(language, 1):
            for name in _shortened(names):
                meant.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in meant.items() if len(numbers) == 1}


def _shortened(names: list[str]) -> Iterator[str]:
    yield from names
    yield from (names[0][:size] for size in range(_SHORTEST_MONTH, len(names[0])))


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        name[:size]
        for names in _calendars()[1]
        for name in names
        for size in range(_SHORTEST_WEEKDAY, len(name) + 1)
    )


def _is_weekday(word: str) -> bool:
    return word in _weekdays()
