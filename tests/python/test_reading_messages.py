"""What fl.read says of bad input: which file, row or line it is, and what to do."""

import _thread
import gzip
import json
import os
import re
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from test_reading import write_folder

import framelens as fl

GOOD = {"text": "a", "source": "S"}


class TestPaths:
    @pytest.mark.parametrize("path", ["", " ", "\n"])
    def test_empty(self, path):
        with pytest.raises(
            ValueError, match=r"the path is empty; '\.' is the folder that the program"
        ):
            fl.read(path)

    @pytest.mark.parametrize(
        "url",
        ["https://example.org/a.csv", "http://example.org", "s3://bucket/a.parquet", "file:///a"],
    )
    def test_url(self, url):
        with pytest.raises(ValueError, match="is a URL; download what it holds"):
            fl.read(url)

    @pytest.mark.parametrize(
        "text",
        ["Rain fell.\nThe port was shut.", "Rain fell on the port. " * 30, "word" * 2000, "a\0b"],
    )
    def test_text(self, text):
        with pytest.raises(
            ValueError, match=r"is a text, not a path; give a text as fl\.read\(\["
        ) as e:
            fl.read(text)
        assert len(str(e.value)) < 200

    def test_what_may_be_a_text(self):
        with pytest.raises(FileNotFoundError, match=r"Rain fell\.; give a text as fl\.read\(\["):
            fl.read("Rain fell.")

    @pytest.mark.parametrize("kind", [str, Path])
    def test_home(self, tmp_path, monkeypatch, kind):
        monkeypatch.setenv("HOME", str(tmp_path))
        write_folder(tmp_path, {"news/a_1.txt": "a"})
        assert fl.read(kind("~/news")).texts == ["a"]
        with pytest.raises(FileNotFoundError, match=r"no such file or folder: .*gone"):
            fl.read("~/gone")
        with pytest.raises(ValueError, match="write the path in full"):
            fl.read("~no-such-user-here/news")

    def test_a_link_to_nothing(self, tmp_path):
        os.symlink(tmp_path / "gone.txt", tmp_path / "a.txt")
        with pytest.raises(FileNotFoundError, match=r"a\.txt is a link to what is not there"):
            fl.read(tmp_path / "a.txt")

    @pytest.mark.parametrize("rows", [["a text"], ["a.txt", "b.txt"], [Path("a.txt")], [None]])
    def test_lists_of_other_things(self, rows):
        with pytest.raises(
            TypeError, match=r"row 0 is no dict but a \w+; write a text as \{'text'"
        ):
            fl.read(rows)


class TestValues:
    @pytest.mark.parametrize("value", [["S", "T"], {"x": 1}, {"S"}, np.array(["S"]), (1, 2), {}])
    @pytest.mark.parametrize("column", ["source", "id", "title", "event"])
    def test_several_in_one_cell(self, column, value):
        rows = [GOOD, {**GOOD, column: value}]
        if column == "id":
            rows[0] = {**GOOD, "id": 1}
        kind = type(value).__name__
        with pytest.raises(
            ValueError, match=rf"on_bad='skip' does\): {column} is a {kind}, .*: row 1$"
        ):
            fl.read(rows)

    @pytest.mark.parametrize("column", ["source", "id"])
    def test_a_very_long_number(self, column):
        with pytest.raises(ValueError, match=rf"{column} is a number too long for a name: row 0$"):
            fl.read([{**GOOD, column: 10**5000}])

    def test_what_names_can_be(self):
        rows = [
            {
                "text": "a",
                "source": 7,
                "id": 2.5,
                "title": True,
                "event": pd.Timestamp("2026-03-04"),
            }
        ]
        corpus = fl.read(rows)
        assert (corpus.sources, corpus.ids, corpus.titles) == (["7"], ["2.5"], ["True"])

    def test_numbers_of_columns(self):
        with pytest.raises(ValueError, match="no column for text; name it with text="):
            fl.read([{1: "a", 2: "S"}])
        with pytest.raises(ValueError, match="two columns are called '1'; rename one"):
            fl.read([{1: "a", "1": "S"}])


LONG = "7" * 5000
BAD_FILES = {
    "bytes.txt": (b"fine\xff", "byte 4", "errors='replace' reads on, encoding= names another"),
    "cut.txt.gz": (gzip.compress(b"rain" * 99)[:-9], "unpacked", "pack it anew"),
    "no.gz.csv.gz": (b"text,source", "unpacked", "pack it anew"),
    "a.zip": (b"PK no", "no zip file", "pack it anew"),
    "a.parquet": (b"PAR1....PAR1", "no Parquet", "write the file anew"),
    "a.xlsx": (b"PK no", "no Excel file", "save the file anew, without a password"),
    "empty.html": (b"<html></html>", "no article found in the page", "remove the page"),
    "bytes.jsonl": (b'{"text": "a"}\n{"text": "\xff"}', "line 2", "encoding= names another"),
    "syntax.jsonl": (b'{"text": "a"}\n\n{"text"', "line 3: no JSON", "mend the line"),
    "deep.jsonl": (b"[" * 99_999, "line 1: no JSON: it is nested too deeply", "mend the line"),
    "twice.jsonl": (
        b'{"text": "a", "text": "b"}',
        "line 1: .*'text' stands twice",
        "mend the line",
    ),
    "long.jsonl": (
        f'{{"id": {LONG}}}'.encode(),
        "line 1: .*more than 4,300 digits",
        "mend the line",
    ),
    "list.jsonl": (b"[1]", "line 1: must be an object", r"write one \{\.\.\.\} a line"),
    "syntax.json": (b'[{"text"', "no JSON", "mend the file"),
    "lines.json": (
        b'{"text": "a"}\n{"text": "b"}',
        "no JSON: Extra data",
        "name files of .* .jsonl",
    ),
    "deep.json": (b'{"a":' * 99_999, "no JSON: it is nested too deeply", "mend the file"),
    "twice.json": (b'[{"text": "a", "text": "b"}]', "'text' stands twice", "mend the file"),
    "long.json": (f"[{LONG}]".encode(), "more than 4,300 digits", "mend the file"),
    "row.json": (
        b'[{"text": "a"}, 7]',
        "row 1: must be an object",
        r"write an array of \{\.\.\.\}",
    ),
    "number.json": (b"7", "no table", "write an array of objects, one a document"),
    "else.json": (b'{"url": "x"}', r"no column for text", r"name it with text= \(columns: url\)"),
    "long_cell.csv": (b"text,source\na,S,x\n", "line 2: 3 cells", "name another with sep="),
    "short.csv": (b"text,source\na\n", "line 2: 1 cell ", "name another with sep="),
    "open.csv": (b'text,source\n"a,S\n', "line 2: a quotation mark", "double the quotation marks"),
    "marks.csv": (b'text,source\n"a"b,S\n', "line 2: ", "double the quotation marks"),
    "bytes.csv": (b"text,source\n\xe9,S\n", "byte 12", "encoding= names another"),
    "twice.tsv": (b"text\ttext\na\tb\n", "line 1: two columns are called 'text'", "rename one"),
    "else.csv": (
        b"url;lead\nx;y\n",
        "no column for text",
        r"name it with text= \(columns: url, lead",
    ),
    "empty_cell.csv": (b'text,source\n"",S\n', "text is missing or no str", "mend these or leave"),
    "no_source.csv": (b"text,source\na,\n", "source is missing", "mend these or leave them out"),
    "number.jsonl": (
        b'{"text": 7}',
        "text is missing or no str: number.jsonl line 1",
        "mend these",
    ),
    "list_source.jsonl": (b'{"text": "a", "source": ["S"]}', "source is a list", "mend these"),
    "surrogate.jsonl": (
        rb'{"text": "\ud800"}',
        "line 1: a lone surrogate",
        "errors='replace' reads on",
    ),
    "ids.csv": (b"id,text\n1,a\n1,b\n", "line 2, ids.csv line 3", "give each document its own"),
    "a.docx": (b"PK", "reads .txt", "save it as one of these"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_are_named_with_what_to_do(tmp_path, name):
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    elif name.endswith(".xlsx"):
        pytest.importorskip("openpyxl")
    elif name.endswith(".html"):
        pytest.importorskip("trafilatura")
    content, what, advice = BAD_FILES[name]
    write_folder(tmp_path, {name: content})
    with pytest.raises(ValueError, match=f"(?s){what}") as error:
        fl.read(tmp_path / name)
    message = str(error.value)
    assert name in message
    assert re.search(advice, message), message
    assert len(message) < 500


@pytest.mark.parametrize("name", sorted(set(BAD_FILES) - {"ids.csv", "twice.tsv", "a.docx"}))
def test_bad_files_can_be_passed_over(tmp_path, name):
    write_folder(tmp_path, {name: BAD_FILES[name][0], "good_1.txt": "good"})
    with pytest.warns(UserWarning, match=f"passed over 1 .*{name}"):
        corpus = fl.read(tmp_path, on_bad="skip")
    assert "good" in corpus.texts


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"text": "bodi"},
            r"'bodi' \(columns: body, outlet\); give a name that it has; 'body' is near",
        ),
        ({"source": "x"}, r"called 'x' \(columns: body, outlet\); give a name that it has$"),
        ({"errors": "ignore"}, "errors is 'strict' or 'replace'"),
        ({"encoding": "utf-88"}, "encoding is the name of a text encoding such as 'cp1252'"),
        ({"sep": ", "}, "sep is one character, such as"),
        ({"on_bad": "warn"}, "on_bad is 'raise' or 'skip'"),
        ({"dayfirst": "no"}, "dayfirst is True, False or None"),
        ({"max_bytes": -1}, "max_bytes is a number of bytes or None"),
        ({"language": "xx"}, "no language 'xx'; there is "),
        ({"n_jobs": 0}, "n_jobs is None, a number of threads, or negative"),
    ],
)
def test_bad_options(options, message):
    with pytest.raises(ValueError, match=message):
        fl.read([{"body": "a", "outlet": "S"}], **options)


def test_columns_of_a_file_without_a_header(tmp_path):
    write_folder(tmp_path, {"a.csv": "Rain fell on the port. " * 50 + ",S\nb,T\n"})
    with pytest.raises(
        ValueError, match=r"a\.csv: no column for text; .*Rain fell.*\.\.\., S\)"
    ) as e:
        fl.read(tmp_path / "a.csv")
    assert len(str(e.value)) < 300


class TestLongReading:
    def write(self, folder, name):
        row = "Rain fell on the port. " * 4
        if name.endswith("parquet"):
            pa = pytest.importorskip("pyarrow")
            import pyarrow.parquet as pq

            pq.write_table(
                pa.table({"text": [row] * 400_000, "source": ["S"] * 400_000}), folder / name
            )
        elif name.endswith("csv.gz"):
            data = gzip.compress(b"text,source\n" + f"{row},S\n".encode() * 400_000, 1)
            (folder / name).write_bytes(data)
        elif name.endswith("json"):
            (folder / name).write_text(json.dumps([{"text": row, "source": "S"}] * 400_000))
        else:
            (folder / name).write_text(json.dumps({"text": row, "source": "S"}) + "\n")
            line = (folder / name).read_bytes()
            (folder / name).write_bytes(line * 400_000)
        return folder / name

    @pytest.mark.parametrize("name", ["a.parquet", "a.csv.gz", "a.json", "a.jsonl"])
    def test_an_interrupt_is_heard(self, tmp_path, name):
        path = self.write(tmp_path, name)
        waited = []

        def interrupt():
            waited.append(time.process_time())
            _thread.interrupt_main()

        timer = threading.Timer(0.3, interrupt)
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            fl.read(path)
        assert time.process_time() - waited[0] < 0.5

    def test_progress_is_shown(self, tmp_path, monkeypatch):
        moves = []

        class Bar:
            def __init__(self, **options):
                assert options["unit"] == "document"

            def update(self, documents):
                moves.append(documents)

            def close(self):
                moves.append("closed")

        monkeypatch.setattr("tqdm.auto.tqdm", Bar)
        rows = '{"text": "b", "source": "S"}\n' * 5
        write_folder(tmp_path, {"a_1.txt": "x", "a_2.txt": "x", "b.jsonl": rows})
        fl.read(tmp_path)
        assert moves == []
        fl.read(tmp_path, progress=True)
        assert moves == [1] * 7 + ["closed"]
