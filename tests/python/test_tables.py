"""Every table of a corpus as files, and results as tables of other tools."""

import os

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens.base.results import Result, as_csv, flatten, for_spreadsheet
from framelens.face.tables import all_tables, write_tables

TARGETS = ["Tomás Beláriz", "Maren Sólvik"]


@pytest.fixture(scope="module")
def corpus():
    return fl.demo()


def test_every_table_is_a_file_with_its_rows(corpus, tmp_path):
    written = dict(write_tables(corpus, tmp_path / "new" / "out", targets=TARGETS))
    assert sorted(os.listdir(tmp_path / "new" / "out")) == sorted(path.name for path in written)
    for name, make in all_tables(corpus, targets=TARGETS):
        path = tmp_path / "new" / "out" / f"{name}.csv"
        assert written[path] == len(make())
        read = pd.read_csv(path)
        assert len(read) == len(flatten(make()))
    spans = pd.read_csv(tmp_path / "new" / "out" / "quotes.csv")
    texts = dict(zip(corpus.ids, corpus.texts, strict=True))
    for row in spans.itertuples():
        assert texts[row.doc][row.start : row.end] == row.text


def test_parquet_keeps_the_types(corpus, tmp_path):
    pytest.importorskip("pyarrow")
    list(write_tables(corpus, tmp_path, format="parquet", targets=TARGETS))
    read = pd.read_parquet(tmp_path / "quotes.parquet")
    assert len(read) == len(fl.quotes(corpus).frame)
    values = pd.read_parquet(tmp_path / "figures_discrepancies.parquet")["values"]
    assert {"doc", "source", "value", "start", "end"} <= set(values[0][0])


def test_wrong_words_are_refused_before_the_work(corpus, tmp_path):
    with pytest.raises(ValueError, match="format must be csv or parquet, not 'xlsx'"):
        next(write_tables(corpus, tmp_path, format="xlsx"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file"):
        next(write_tables(corpus, tmp_path / "file"))
    with pytest.raises(ValueError, match="axis"):
        next(write_tables(corpus, tmp_path, targets=TARGETS, axis="nonsense"))
    assert os.listdir(tmp_path) == ["file"]


def test_a_source_alone_has_no_contrast(tmp_path):
    corpus = fl.read([{"source": "Gazette", "text": "It rained."}])
    names = {name for name, _ in all_tables(corpus)}
    assert "quotes" in names
    assert not {"similarity", "keyness"} & names


def test_nested_rows_are_flat(corpus):
    variants = fl.quotes(corpus).variants()
    flat = flatten(variants.frame)
    edits = variants.frame["edits"]
    assert len(flat) == sum(max(len(cell), 1) for cell in edits)
    assert "edits" not in flat
    assert {"type", "edit_start", "edit_end", "edit_text"} <= set(flat.columns)
    assert flat["type"].notna().sum() == sum(map(len, edits))
    assert variants.to_csv() == as_csv(variants.frame)


def test_flat_tables_stay_as_they_are(corpus):
    frame = fl.quotes(corpus).frame
    assert flatten(frame) is frame
    empty = fl.quotes(corpus).variants().frame.head(0)
    assert len(flatten(empty)) == 0


def test_csv_is_written_or_returned(corpus, tmp_path):
    result = fl.quotes(corpus)
    assert result.to_csv(tmp_path / "quotes.csv") is None
    assert (tmp_path / "quotes.csv").read_text(encoding="utf-8") == result.to_csv()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@now", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text):
    frame = pd.DataFrame({"text": [text, "a=1"], "n": [-1, 2], "none": [None, np.nan]})
    made = for_spreadsheet(frame)
    assert made["text"].tolist() == [f"'{text}", "a=1"]
    assert made["n"].tolist() == [-1, 2]


def test_a_sheet_for_coders_has_no_formula(tmp_path):
    text = "=HYPERLINK President Ada Moore spoke."
    corpus = fl.read([{"source": "Gazette", "text": text}])
    result = fl.framing(corpus, targets=["Ada Moore"])
    sheet = result.sample(tmp_path / "sheet.csv", n=1, seed=1)
    assert pd.read_csv(sheet)["text"][0].startswith("'=HYPERLINK")


def test_a_result_is_a_table(corpus):
    result = fl.quotes(corpus)
    table = pd.DataFrame(result)
    assert list(table.columns) == list(result.frame.columns)
    assert table["text"].tolist() == result.frame["text"].tolist()
    assert table["start"].tolist() == result.frame["start"].tolist()
    assert [row.doc for row in result] == result.frame["doc"].tolist()
    assert list(Result(pd.DataFrame({"a": []}))) == []
