"""Result objects and the tables behind them."""

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens.base.results import Result, columns_to_frame, frame_to_html


@pytest.fixture
def corpus():
    return fl.read(
        [{"id": x, "source": s, "text": "Rain."} for x, s in [("a", "Gazette"), ("b", "<i>")]]
    )


def test_columns_to_frame(corpus):
    frame = columns_to_frame(
        {
            "doc": np.array([1, 0], dtype=np.int32),
            "start": np.array([3, 4]),
            "speaker": [None, "Ada"],
            "at": (np.array([7, 0]), np.array([False, True])),
            "nested": np.array([True, False]),
        },
        corpus,
    )
    assert list(frame) == ["doc", "source", "start", "speaker", "at", "nested"]
    assert list(frame["doc"]) == ["b", "a"]
    assert list(frame["source"]) == ["<i>", "Gazette"]
    assert frame["speaker"][0] is None
    assert frame["at"].dtype == "Int64"
    assert frame["at"][0] == 7
    assert frame["at"][1] is pd.NA
    assert frame["nested"].dtype == bool


def test_dtypes_do_not_depend_on_the_data(corpus):
    columns = {
        "doc": np.array([0]),
        "cue": [None],
        "at": (np.array([0]), np.array([True])),
    }
    empty = {
        "doc": np.array([], dtype=np.int32),
        "cue": [],
        "at": (np.array([], dtype=np.int64), np.array([], dtype=bool)),
    }
    one, none = columns_to_frame(columns, corpus), columns_to_frame(empty, corpus)
    assert list(one.dtypes) == list(none.dtypes)
    assert list(none) == ["doc", "source", "cue", "at"]


def test_the_frame_owns_its_numbers(corpus):
    values = np.array([1, 2])
    missing = np.array([False, False])
    frame = columns_to_frame({"at": (values, missing)}, corpus)
    values[0] = 9
    missing[1] = True
    assert list(frame["at"]) == [1, 2]


def test_repr_is_one_line():
    assert repr(Result(pd.DataFrame({"a": [1, 2], "b": [1, 2]}))) == "Result(2 rows: a, b)"


def test_plot_needs_a_subclass():
    with pytest.raises(NotImplementedError, match="Result has no plot"):
        Result(pd.DataFrame()).plot()


def test_html_is_escaped_and_cut():
    frame = pd.DataFrame({"<b>": ["<script>alert(1)</script>"] * 70, "x": [None] * 70})
    html = Result(frame)._repr_html_()
    assert "<script" not in html
    assert "<b>" not in html
    assert html.count("&lt;script&gt;") == 60
    assert "10 more of 70 rows" in html
    assert "None" not in frame_to_html(frame)


def test_arrow(corpus):
    pa = pytest.importorskip("pyarrow")
    frame = columns_to_frame(
        {
            "doc": np.array([0, 1]),
            "cue": [None, None],
            "at": (np.array([7, 0]), np.array([False, True])),
            "words": [["a", "b"], []],
        },
        corpus,
    )
    table = pa.table(Result(frame))
    assert table.schema.field("cue").type == pa.string()
    assert table["cue"].null_count == 2
    assert table["at"].to_pylist() == [7, None]
    assert table["words"].to_pylist() == [["a", "b"], []]
    assert table["source"].to_pylist() == ["Gazette", "<i>"]


def test_polars_takes_a_result(corpus):
    polars = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    frame = columns_to_frame({"doc": np.array([1]), "cue": [None]}, corpus)
    assert polars.DataFrame(Result(frame)).to_dicts() == [
        {"doc": "b", "source": "<i>", "cue": None}
    ]
