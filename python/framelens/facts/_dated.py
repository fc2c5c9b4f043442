"""Rows of dates: the day that each means, and the order of day and month in numbers."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from framelens import _core
from framelens.base.days import fits_weekday, resolve, years_of_weekday
from framelens.corpus.corpus import Corpus

__all__ = ["orders_of", "resolve_rows"]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = (
    "year", "month", "day", "last", "last_month", "last_year", "weekday", "offset", "year_shift",
)  # fmt: skip
_RESOLVED = ("value", "resolved", "candidates", "weekday", "years", "fits")


def resolve_rows(
    frame: pd.DataFrame, corpus: Corpus, dayfirst: dict[str, bool | None]
) -> pd.DataFrame:
    """Return the rows of the engine with what each article's own date adds to them."""
    described = dict(zip(corpus.ids, corpus.documents["date"], strict=True))
    printed = Counter(int(year) for year in frame["year"].dropna())
    usual = max(printed, key=lambda year: (printed[year], year)) if printed else None
    columns: dict[str, list[Any]] = {name: [] for name in _RESOLVED}
    for row in frame.to_dict("records"):
        own = described[row["doc"]]
        known = None if pd.isna(own) else own.date()
        parts: dict[str, Any] = {
            name: None if pd.isna(row[name]) else int(row[name]) for name in _PARTS
        }
        parts |= {"sense": row["sense"], "impossible": row["impossible"]}
        value, candidates = row["value"], None
        if row["order"] == "either":
            value, candidates = _ordered(parts, value, dayfirst[row["source"]])
        columns["value"].append(value)
        columns["candidates"].append(candidates)
        columns["resolved"].append(None if candidates else resolve(parts, known))
        weekday = parts["weekday"]
        columns["weekday"].append(None if weekday is None else _WEEKDAYS[weekday])
        near = known.year if known is not None else usual
        columns["years"].append(years_of_weekday(parts, near))
        columns["fits"].append(fits_weekday(parts))
    shown = frame[["doc", "source", "start", "end", "text"]].copy()
    for name in _RESOLVED:
        shown[name] = pd.Series(columns[name], dtype=object)
    shown["fits"] = shown["fits"].astype("boolean")
    shown["zone"] = frame["zone"]
    kept = shown["value"].notna() | shown["resolved"].notna() | shown["candidates"].notna()
    return shown[kept].reset_index(drop=True)


def _ordered(
    parts: dict[str, Any], value: str | None, dayfirst: bool | None
) -> tuple[str | None, tuple[str, ...] | None]:
    # Days of numbers that fit both orders: the engine took them in the language's order, and the
    # month first where it has none.
    days = sorted(
        f"{parts['year']:04}-{month:02}-{day:02}"
        for month, day in ((parts["month"], parts["day"]), (parts["day"], parts["month"]))
    )
    if dayfirst is None:
        return None, tuple(days)
    if dayfirst != (value is not None):
        parts["month"], parts["day"] = parts["day"], parts["month"]
    return f"{parts['year']:04}-{parts['month']:02}-{parts['day']:02}", None


def orders_of(
    frame: pd.DataFrame, words: _core.FactLanguage, dayfirst: bool | None
) -> dict[str, bool | None]:
    """Return by source whether 3/4/2024 begins with the day; None where nothing tells."""
    # The order that was given, else the language's, else the one that all other dates of the
    # source tell.
    orders: dict[str, bool | None] = {}
    for source, rows in frame.groupby("source", sort=False):
        told = set(rows["order"].dropna()) - {"either"}
        settled = dayfirst
        if settled is None and words.order != "either":
            settled = words.order == "day_first"
        if settled is None and len(told) == 1:
            settled = told == {"day_first"}
        orders[str(source)] = settled
    return orders
