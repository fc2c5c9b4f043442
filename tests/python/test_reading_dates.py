"""Dates of columns: as programs and people write them, in either order, and without a day."""

import datetime
import warnings
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import framelens as fl

DAY = pd.Timestamp("2026-03-04")


def read(*dates, **options):
    rows = [{"text": "a", "source": "S", "date": date} for date in dates]
    return fl.read(rows, **options)


def days(*dates, **options):
    return list(read(*dates, **options).documents["date"])


class TestForms:
    @pytest.mark.parametrize(
        "written",
        [
            "Wed, 04 Mar 2026 10:15:00 PST",
            "Wed, 4 Mar 2026 10:15:00 GMT",
            "2026-03-04 10:15 CET",
            "2026-03-04T10:15:00-08:00",
            "2026-03-04 10:15:00 +0530 (IST)",
            "2026-03-04 10:15:00 America/New_York",
            "4 March 2026 10:15 BST",
            "4 March 2026, 10.15 GMT",
            "Wed 4 Mar 2026 10.15am EST",
            "March 4, 2026, 10:15 a.m. ET",
            "March 4, 2026 at 10:15 AM Eastern Time",
            "10:15 a.m. ET, March 4, 2026",
            "Wed Mar  4 10:15:00 2026",
            "Wed Mar 04 10:15:00 +0000 2026",
            "Wed Mar 04 10:15:00 PST 2026",
            "Wed Mar 04 2026 10:15:00 GMT+0100 (Central European Standard Time)",
            "Mittwoch, 4. März 2026, 10:15 Uhr",
            "Mittwoch, 4. März 2026, 10.15 Uhr",
            "mercredi 4 mars 2026 à 10h15",
            "4 de marzo de 2026, 10:15 h",
            "4 marzo 2026 ore 10:15",
            "4 mrt. 2026 | 10:15",
            "20260304T101500Z",
            "20260304101500",
            1772619300,
            1772619300.0,
            1772619300000,
            "1772619300",
            np.int64(1772619300),
            np.datetime64("2026-03-04T10:15"),
            np.datetime64("2026-03-04T10:15:00.000000000"),
        ],
    )
    def test_clock_is_kept_and_zone_dropped(self, written):
        assert days(written) == [pd.Timestamp("2026-03-04 10:15")]

    @pytest.mark.parametrize(
        "written",
        [
            20260304,
            20260304.0,
            "20260304",
            "20260304.0",
            np.int32(20260304),
            Decimal(20260304),
            np.datetime64("2026-03-04"),
            datetime.date(2026, 3, 4),
            pd.Period("2026-03-04"),
            "2026-03-04Z",
            "2026-03-04+01:00",
            "2026-03-04T24:00:00",
            "2026-W10-3",
            "2026.03.04",
            "2026/3/4",
            "04-MAR-26",
            "4th of March, 2026",
            "MARCH 4, 2026",
            "Mar. 4 2026",
            "4. Mrz. 2026",
            "4. März 2026",
            "4. ma\u0308rz 2026",
            "4 de marzo de 2026",
            "miércoles, 4 de marzo de 2026",
            "mar. 4 mars 2026",
            "4 maart 2026",
            "4 marzo 2026",
        ],
    )
    def test_day(self, written):
        assert days(written) == [DAY]

    def test_months_of_every_language(self):
        assert days("02. Januar 2025", "1er août 2025", "3 luglio 2025", "4 ene. 2025") == [
            pd.Timestamp(day) for day in ("2025-01-02", "2025-08-01", "2025-07-03", "2025-01-04")
        ]

    @pytest.mark.parametrize(
        "unclear",
        [
            True,
            0,
            -5,
            1e30,
            float("inf"),
            202603041015,
            "2026-02-30",
            "30/2/2026",
            "2026-03-04 25:00",
            "March 4, 2026 or March 5, 2026",
            "4-6 March 2026",
            "the council met on 4 March 2026",
            "tomorrow",
            [2026, 3, 4],
            pytest.param(10**5000, id="long number"),
        ],
    )
    def test_what_is_no_date_is_missing_and_named(self, unclear):
        with pytest.warns(UserWarning, match=r"left missing: no date.*2025-11-12\): row 1 "):
            assert pd.isna(days("2026-03-04", unclear)[1])

    @pytest.mark.parametrize("dtype", ["int64", "float64", "Int64", "datetime64[s]", "object"])
    def test_columns_of_pandas(self, dtype):
        cells = [datetime.datetime(2026, 3, 4)] if "date" in dtype else [20260304]
        table = pd.DataFrame(
            {"text": ["a"], "source": ["S"], "date": pd.Series(cells, dtype=dtype)}
        )
        assert list(fl.read(table).documents["date"]) == [DAY]

    def test_columns_of_parquet(self, tmp_path):
        pa = pytest.importorskip("pyarrow")
        import pyarrow.parquet as pq

        for cells in (
            pa.array([20260304, None]),
            pa.array([20260304, None], pa.decimal128(10)),
            pa.array([datetime.date(2026, 3, 4), None]),
            pa.array([DAY, None], pa.timestamp("ns", "UTC")),
        ):
            table = pa.table({"text": ["a", "b"], "source": ["S", "S"], "date": cells})
            pq.write_table(table, tmp_path / "a.parquet")
            found = fl.read(tmp_path / "a.parquet").documents["date"]
            assert found[0] == DAY
            assert pd.isna(found[1])

    def test_clear_dates_warn_of_nothing(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            days("2026-03-04", None, "", float("nan"), pd.NaT, pd.NA, np.datetime64("NaT"))


class TestOrder:
    def test_one_clear_date_tells_of_the_column(self):
        assert days("3/4/2026", "14/3/2026") == [
            pd.Timestamp("2026-04-03"),
            pd.Timestamp("2026-03-14"),
        ]
        assert days("3/4/2026", "3/14/2026") == [DAY, pd.Timestamp("2026-03-14")]
        assert days("03.04.2026 10:15", "31.12.2025")[0] == pd.Timestamp("2026-04-03 10:15")

    def test_dates_of_both_orders_tell_nothing(self):
        with pytest.warns(UserWarning, match=r"dayfirst= tells.*: row 1 '3/4/2026'$"):
            found = days("14/3/2026", "3/4/2026", "3/14/2026")
        assert pd.isna(found[1])
        assert found[0] == found[2] == pd.Timestamp("2026-03-14")

    @pytest.mark.parametrize(("dayfirst", "day"), [(True, "2026-04-03"), (False, "2026-03-04")])
    def test_the_caller_decides(self, dayfirst, day):
        assert days("3/4/2026", "3.4.26", dayfirst=dayfirst) == [pd.Timestamp(day)] * 2
        # What can be one day only is that day.
        assert days("14/3/2026", dayfirst=dayfirst) == [pd.Timestamp("2026-03-14")]
        assert days("2026-03-04", "5/5/2026", dayfirst=dayfirst)[0] == DAY

    def test_each_table_is_a_column_of_its_own(self, tmp_path):
        (tmp_path / "a.csv").write_text("text,date\na,3/4/2026\nb,14/3/2026\n")
        (tmp_path / "b.csv").write_text("text,date\na,3/4/2026\nb,3/14/2026\n")
        found = fl.read(tmp_path).documents["date"]
        assert list(found.dt.month) == [4, 3, 3, 3]

    def test_other_values_are_refused(self):
        with pytest.raises(ValueError, match="dayfirst is True, False or None, not 'yes'"):
            read("2026-03-04", dayfirst="yes")


class TestWithoutADay:
    @pytest.mark.parametrize(
        ("written", "month"),
        [
            ("2026", None),
            (2026, None),
            ("May 2026", "2026-05"),
            ("Mai 2026", "2026-05"),
            ("mayo de 2026", "2026-05"),
            ("05/2026", "2026-05"),
            ("5.2026", "2026-05"),
            ("2026-05", "2026-05"),
            ("2026/5", "2026-05"),
            (np.datetime64("2026-05"), "2026-05"),
            (np.datetime64("2026"), None),
            (pd.Period("2026-05", "M"), "2026-05"),
            (pd.Period("2026Q2", "Q"), None),
        ],
    )
    def test_has_none_and_says_so(self, written, month):
        with pytest.warns(
            UserWarning, match=r"left missing: no day is written \(by='month'.*row 0"
        ):
            corpus = read(written)
        assert pd.isna(corpus.documents["date"][0])
        assert corpus.months == [month]

    def test_nothing_is_resolved_from_it(self):
        rows = [{"text": "He called on Friday.", "source": "S", "date": "May 2026"}]
        with pytest.warns(UserWarning, match="no day"):
            corpus = fl.read(rows)
        assert fl.dates(corpus).frame.empty

    def test_groups_by_month_take_it(self):
        with pytest.warns(UserWarning, match="no day"):
            corpus = read("May 2026", "2026-05-03", "2026", "2026-06-01")
        assert list(fl.similarity(corpus, by="month").matrix) == ["2026-05", "2026-06"]
        assert corpus.filter(ids=["2", "0"]).months == ["2026-05", None]
