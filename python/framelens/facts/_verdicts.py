"""What figures and dates that sources print for one thing are to each other."""

from __future__ import annotations

import datetime
import math
from collections.abc import Hashable
from typing import Any

from framelens.facts.discrepancies import Contexts, Mention, told_alike

__all__ = [
    "is_conflict_of_dates",
    "is_conflict_of_figures",
    "shown_figure",
    "verdict_of_dates",
    "verdict_of_figures",
]

# How alike the words around mentions must be, from 0 to 1, that differ. Of rates a text has many
# that are told in the same words.
_SAME_COUNT, _SAME_RATE, _SAME_DAY = 0.5, 0.7, 0.3
# Which share of the words in their sentences they must have in common to differ.
_CLAUSE_OF_COUNTS, _CLAUSE_OF_OTHERS = 0.15, 0.5
# So many days apart, two days of one verb are told of one deed.
_NEAR_DAYS = 31
_RATES = frozenset({"percent", "share", "point", "punto", "punkt"})
# From this on, noughts at the end tell that a number is rounded.
_ROUND = 1000


def _bounds(figure: dict[Hashable, Any], strict: bool = True) -> tuple[float, float]:
    value, upper, sign = float(figure["value"]), float(figure["upper"]), figure["comparator"]
    whole = strict and value.is_integer() and figure["unit"] not in ("percent", "share")
    step = 1.0 if whole else 0.0
    low, high = value, value if math.isnan(upper) else upper
    if sign in (">", ">="):
        return (low + step if sign == ">" else low), math.inf
    if sign in ("<", "<="):
        return (0.0 if high >= 0 else -math.inf), (high - step if sign == "<" else high)
    if sign == "~":
        return low - 0.1 * abs(low), high + 0.1 * abs(high)
    if not strict and math.isnan(upper):
        return low - _rounding(figure), high + _rounding(figure)
    return low, high


def verdict_of_figures(printed: list[dict[Hashable, Any]]) -> str:
    """Return what the figures of one quantity are to each other: agree, compatible, conflict."""
    if len({_bounds(figure) for figure in printed}) == 1:
        return "agree"
    # "More than 20" and "20" meet in 20: where bounds touch, one of them is loosely put.
    bounds = [_bounds(figure, strict=False) for figure in printed]
    overlap = max(low for low, _ in bounds) <= min(high for _, high in bounds)
    return "compatible" if overlap else "conflict"


def _rounding(figure: dict[Hashable, Any]) -> float:
    # Half of the last place that a large round number tells: 350 billion may be 349.
    value = abs(float(figure["value"]))
    if value < _ROUND or not value.is_integer():
        return 0.0
    digits = f"{value:.0f}"
    zeros = len(digits) - len(digits.rstrip("0"))
    return 0.5 * 10.0**zeros if zeros > 1 else 0.0


def is_conflict_of_figures(
    contexts: Contexts, printed: list[dict[Hashable, Any]], alike: float
) -> bool:
    """Return whether mentions so much alike tell different figures of one quantity."""
    rates = printed[0]["unit"] in _RATES
    if alike < (_SAME_RATE if rates else _SAME_COUNT):
        return False
    share = _CLAUSE_OF_OTHERS if rates else _CLAUSE_OF_COUNTS

    def needed(i: int, j: int) -> float | None:
        return share if verdict_of_figures([printed[i], printed[j]]) == "conflict" else None

    return told_alike(contexts, printed, [shown_figure(figure) for figure in printed], needed)


def is_conflict_of_dates(
    contexts: Contexts,
    group: list[Mention],
    values: list[tuple[str, ...]],
    printed: list[dict[Hashable, Any]],
    alike: float,
) -> bool:
    """Return whether the mentions of one day tell different days of one deed."""
    if alike < _SAME_DAY:
        return False

    def needed(i: int, j: int) -> float | None:
        one, other = values[i], values[j]
        if verdict_of_dates([one, other], [printed[i], printed[j]]) != "conflict":
            return None
        first, second = _parts(one[0]), _parts(other[0])
        # "In April" and "on June 12" tell of two deeds more often than of one.
        if first.keys() - {"year"} != second.keys() - {"year"}:
            return None
        beside = group[i].governor_is_beside and group[j].governor_is_beside
        same = beside and group[i].governor == group[j].governor
        return 0.0 if same and _are_near(first, second) else _CLAUSE_OF_OTHERS

    return told_alike(contexts, printed, [" or ".join(days) for days in values], needed)


def _are_near(first: dict[str, int], second: dict[str, int]) -> bool:
    # Whatever the years: a wrong one is a discrepancy too.
    if "day" not in first or "day" not in second:
        return False
    days = [
        datetime.date(2000, parts["month"], parts["day"]).toordinal() for parts in (first, second)
    ]
    apart = abs(days[0] - days[1])
    return min(apart, 366 - apart) <= _NEAR_DAYS


def shown_figure(figure: dict[Hashable, Any]) -> str:
    """Return the value with its comparator and upper end."""
    value = f"{float(figure['value']):.12g}"
    if not math.isnan(figure["upper"]):
        value += f"-{float(figure['upper']):.12g}"
    return value if figure["comparator"] == "=" else f"{figure['comparator']}{value}"


def _parts(value: str) -> dict[str, int]:
    first = value.split("/")[0].split("-")
    parts = {}
    if len(first[0]) == 4:
        parts["year"] = int(first.pop(0))
    for name, number in zip(("month", "day"), first, strict=False):
        parts[name] = int(number)
    return parts


def verdict_of_dates(
    values: list[tuple[str, ...]], printed: list[dict[Hashable, Any]]
) -> str | None:
    """Return the same of dates; None where they only say more or less."""
    certain = [days[0] for days in values if len(days) == 1]
    doubtful = [days for days in values if len(days) > 1]
    if _contradict(certain) or any(
        all(_contradict([*certain, day]) for day in days) for days in doubtful
    ):
        return "conflict"
    if doubtful:
        return "compatible" if len(set(values)) > 1 else None
    return "agree" if _same_day_in_other_words(printed) else None


def _same_day_in_other_words(printed: list[dict[Hashable, Any]]) -> bool:
    days = {date["resolved"] or date["value"] for date in printed}
    if len(days) != 1 or "day" not in _parts(str(printed[0]["value"])):
        return False
    in_words = {not any(c.isdigit() for c in str(date["text"])) for date in printed}
    return len({date["value"] for date in printed}) > 1 or len(in_words) > 1


def _contradict(values: list[str]) -> bool:
    # Two days that both say the month say another one; periods contradict nothing.
    said: dict[str, set[int]] = {}
    for value in set(values):
        if "/" not in value:
            for name, number in _parts(value).items():
                said.setdefault(name, set()).add(number)
    return any(len(numbers) > 1 for numbers in said.values())
