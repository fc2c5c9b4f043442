"""Dates at the ends of the calendar: no document stops a call over a corpus."""

from __future__ import annotations

import json
import warnings
from datetime import date, datetime, timedelta, timezone
from importlib.resources import files

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framelens as fl
from framelens.base.days import resolve

LANGUAGES = ("en", "es", "de", "fr", "it", "nl")
ENDS = [date.min, date(1, 1, 2), date(4, 2, 29), date(2024, 2, 29), date(9999, 12, 30), date.max]
LAST, FIRST = date.max.toordinal(), date.min.toordinal()
RELATIVE = "He came yesterday, on Monday and 52 weeks ago, in May, on Feb. 29 and leaves tomorrow."


def words_of(language):
    folder = files("framelens") / "resources" / "languages" / language
    return json.loads((folder / "facts.json").read_text(encoding="utf-8"))


def phrases_of(language):
    """Relative expressions: texts with the days that each adds to the article's own."""
    words = words_of(language)
    phrases = [(phrase, days) for phrase, days in words["relative_days"].items()]
    for count in (1, 3, 60, 366):
        for unit, days in words["day_units"].items():
            phrases += [(f"{count} {unit} {ago}", -count * days) for ago in words["ago"]]
    return phrases


def others_of(language):
    """Expressions that the calendar resolves by its years: months, weekdays, days."""
    words = words_of(language)
    months = words["months"]
    days = [name for names in words["weekdays"] for name in names]
    return [*months, *days, *words["holidays"], f"29 {months[1]}", f"{days[0]} 29 {months[1]}"]


def shifted(own, days):
    ordinal = own.toordinal() + days
    return date.fromordinal(ordinal).isoformat() if FIRST <= ordinal <= LAST else None


def is_iso(value):
    year, month, *day = map(int, value.split("-"))
    return len(value.split("-")[0]) == 4 and bool(date(year, month, *(day or [1])))


near_ends = st.one_of(
    st.dates(),
    st.dates(max_value=date(3, 1, 1)),
    st.dates(min_value=date(9997, 12, 1)),
    st.sampled_from(ENDS),
)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_every_day_of_the_calendar_resolves_or_is_missing(language, data):
    phrase = st.sampled_from(phrases_of(language))
    drawn = data.draw(st.lists(st.tuples(near_ends, phrase), min_size=20, max_size=20))
    other = data.draw(st.lists(st.sampled_from(others_of(language)), min_size=20, max_size=20))
    rows = [
        {"id": str(i), "source": "Gazette", "date": own, "text": f"X: {phrase}. In {more}."}
        for i, ((own, (phrase, _)), more) in enumerate(zip(drawn, other, strict=True))
    ]
    frame = fl.dates(fl.read(rows), language=language).frame
    assert all(is_iso(value) for value in frame["resolved"].dropna())
    for i, (own, (phrase, days)) in enumerate(drawn):
        found = frame[(frame["doc"] == str(i)) & (frame["text"].str.lower() == phrase.lower())]
        wanted = shifted(own, days)
        assert found["resolved"].tolist() == ([] if wanted is None else [wanted]), (own, phrase)


@given(own=st.dates(), weekday=st.integers(0, 6))
def test_a_bare_weekday_is_the_last_one(own, weekday):
    parts = dict.fromkeys(("year", "month", "day", "offset")) | {"weekday": weekday}
    found = resolve(parts, own)
    if found is None:
        assert own < date(1, 1, 7)
    else:
        assert 0 <= (own - date.fromisoformat(found)).days < 7
        assert date.fromisoformat(found).weekday() == weekday


def corpus_of(dates, text=RELATIVE):
    return fl.read(
        [
            {"id": f"{source} {i}", "source": source, "date": own, "text": f"{text} {more}"}
            for i, own in enumerate(dates)
            for source, more in (("Gazette", "Ada Moore spoke."), ("Review", "Nobody spoke."))
        ]
    )


@pytest.mark.parametrize("own", ENDS)
def test_a_report_over_any_day(own, tmp_path):
    page = fl.report(corpus_of([own, date(2025, 5, 1)]), tmp_path / "r.html").read_text("utf-8")
    assert own.isoformat() in page
    assert "2025-05-01" in page


@pytest.mark.parametrize("own", ENDS)
def test_an_odd_date_changes_no_other_document(own):
    plain, odd = corpus_of([date(2025, 5, 1)]), corpus_of([date(2025, 5, 1), own])
    frame = fl.dates(odd).frame
    kept = frame[frame["doc"].isin(plain.ids)].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, fl.dates(plain).frame)
    assert list(fl.dates(odd).discrepancies()) == ["kind", "quantity", "verdict", "values"]
    assert len(odd.same_event().frame)


def test_months_at_both_ends():
    corpus = corpus_of([date.min, date(2025, 5, 1), date.max, None])
    months = ["0001-01", "2025-05", "9999-12"]
    assert set(fl.keyness(corpus, by="month").frame["source"]) <= set(months)
    assert list(fl.similarity(corpus, by="month").matrix) == months
    assert corpus.overview()["dates"].tolist() == ["0001-01-01 – 9999-12-31"] * 2
    assert "0001-01-01" in corpus._repr_html_()
    frame = fl.framing(corpus, targets=["Ada Moore"], by="date").scores
    assert frame["date"].nunique() == 3


def test_the_nearest_month_and_day_stay_within_the_calendar():
    text = "It begins in May and ended in August, and on Monday, March 3."
    for own, resolved in (
        (date.max, [None, "9999-08", "9998-03-03"]),
        (date.min, ["0001-05", None, "0003-03-03"]),
    ):
        frame = fl.dates(corpus_of([own], text)).frame
        found = frame[frame["doc"] == "Gazette 0"]["resolved"].tolist()
        assert found[:2] == resolved[:2]
        assert all(value is None or is_iso(value) for value in found)


FAR = pd.Timestamp(np.datetime64("20000-01-01", "s"))
NO_DAYS = ["10000-01-01", "-0001-01-01", "2023-02-29", FAR, 10**400]


@pytest.mark.parametrize("value", NO_DAYS)
def test_days_that_the_calendar_has_not_are_missing(value):
    with pytest.warns(UserWarning, match="left missing"):
        corpus = corpus_of([value, date(2025, 5, 1)])
    assert corpus.documents["date"].isna().tolist() == [True, True, False, False]


@pytest.mark.parametrize("hours", [-14, 14])
@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_offsets_at_both_ends_are_dropped(moment, hours):
    corpus = corpus_of([moment.replace(tzinfo=timezone(timedelta(hours=hours)))])
    assert corpus.documents["date"].dt.date.tolist() == [moment.date()] * 2


def frames_beyond():
    far = {"source": ["Gazette", "Review"], "text": ["Rain.", "Sun."]}
    days = pa.array([20_000, 4_000_000], pa.int32()).cast(pa.date32())
    moments = pd.Series([1.7e9, 253_402_300_799]).astype("datetime64[s]").dt.tz_localize("UTC")
    return [
        pl.DataFrame({**far, "date": pl.Series([20_000, 4_000_000], dtype=pl.Int32).cast(pl.Date)}),
        pa.table({**far, "date": days}),
        pd.DataFrame({**far, "date": moments.dt.tz_convert("Asia/Tokyo")}),
    ]


@pytest.mark.parametrize("table", frames_beyond(), ids=["polars", "arrow", "pandas"])
def test_a_table_with_a_day_that_python_has_not_is_read(table):
    with pytest.warns(UserWarning, match="left missing"):
        corpus = fl.read(table)
    assert corpus.documents["date"].isna().tolist() == [False, True]


def test_a_parquet_file_with_a_day_that_python_has_not_is_read(tmp_path):
    pq.write_table(frames_beyond()[1], tmp_path / "far.parquet")
    with pytest.warns(UserWarning, match="left missing: date in 1 rows"):
        corpus = fl.read(tmp_path / "far.parquet")
    assert corpus.documents["date"].isna().tolist() == [False, True]


def test_ordinary_tables_warn_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(fl.read(frames_beyond()[0].head(1))) == 1
