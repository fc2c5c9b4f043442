"""Tables in files: JSON, separated cells, Excel and Parquet; encodings; rows that are bad."""

import csv
import datetime
import gzip
import io
import json
import warnings
import zlib

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reading import write_folder

import framelens as fl
from framelens.corpus.inputs.separated import rows_of

ROWS = [{"text": "Rain, “wet”.", "source": "Públic"}, {"text": "Sun\nshone.", "source": "Herald"}]


def read(folder, name, content, **options):
    write_folder(folder, {name: content})
    return fl.read(folder / name, **options)


class TestJson:
    @pytest.mark.parametrize(
        "content",
        [
            ROWS,
            {"articles": ROWS, "status": "ok", "totalResults": 2},
            {"schema": {"fields": [{"name": "text"}]}, "data": ROWS},
            {"text": [r["text"] for r in ROWS], "source": [r["source"] for r in ROWS]},
            {
                "text": {"0": ROWS[0]["text"], "1": ROWS[1]["text"]},
                "source": {"0": "Públic", "1": "Herald"},
            },
            {"x": ROWS[0], "y": ROWS[1]},
        ],
    )
    def test_shapes(self, tmp_path, content):
        corpus = read(tmp_path, "a.json", json.dumps(content, indent=1))
        assert corpus.texts == [row["text"] for row in ROWS]
        assert corpus.source_of == ["Públic", "Herald"]
        assert corpus.ids == ["0", "1"]

    @pytest.mark.parametrize("orient", ["records", "columns", "index", "table"])
    def test_as_pandas_writes_it(self, tmp_path, orient):
        pd.DataFrame(ROWS).to_json(tmp_path / "a.json", orient=orient)
        assert fl.read(tmp_path / "a.json").texts == [row["text"] for row in ROWS]

    def test_one_document(self, tmp_path):
        content = json.dumps({"title": "T", "authors": ["A. Lund"], "text": "Rain."})
        corpus = read(tmp_path, "gazette_7.json", content)
        assert (corpus.ids, corpus.source_of, corpus.titles) == (["gazette_7"], ["gazette"], ["T"])

    @pytest.mark.parametrize("name", ["a.ndjson", "a.JSONL", "a.ndjson.gz"])
    def test_lines(self, tmp_path, name):
        lines = "\n".join(json.dumps(row) for row in ROWS).encode()
        content = gzip.compress(lines) if name.endswith("gz") else lines
        assert read(tmp_path, name, content).texts == [row["text"] for row in ROWS]

    @pytest.mark.parametrize("content", ["", " \n", "[]"])
    def test_nothing(self, tmp_path, content):
        assert len(read(tmp_path, "a.json", content)) == 0

    def test_news_api(self, tmp_path):
        article = {
            "source": {"id": None, "name": "The Gazette"},
            "author": "A. Lund",
            "title": "Port shut",
            "url": "https://example.org/1",
            "publishedAt": "2026-03-04T10:15:00Z",
            "content": "The port was shut.",
        }
        for corpus in (
            read(tmp_path, "a.json", json.dumps({"status": "ok", "articles": [article]})),
            fl.read([article]),
            fl.read(pd.DataFrame([article])),
            fl.read(pd.json_normalize([article])),
        ):
            assert corpus.source_of == ["The Gazette"]
            assert corpus.texts == ["Port shut\n\nThe port was shut."]
            assert corpus.titles == ["Port shut"]
            assert list(corpus.documents["date"]) == [pd.Timestamp("2026-03-04 10:15")]
            assert "url" in corpus.documents

    def test_news_api_without_a_name(self):
        assert fl.read([{"text": "a", "source": {"id": "gazette", "name": None}}]).sources == [
            "gazette"
        ]

    @pytest.mark.parametrize(
        "names",
        [
            ("media_name", "publish_date", "headline"),
            ("site", "publishedAt", "Title"),
            ("Outlet Name", "pub-date", "HEADLINE"),
            ("source.name", "date_published", "title"),
        ],
    )
    def test_known_columns(self, names):
        cells = ("Gazette", "2026-03-04", "Port shut", "Rain.")
        corpus = fl.read([dict(zip((*names, "content"), cells, strict=True))])
        assert (corpus.sources, corpus.titles) == (["Gazette"], ["Port shut"])
        assert corpus.texts[0].endswith("Rain.")
        assert list(corpus.documents["date"]) == [pd.Timestamp("2026-03-04")]

    def test_the_first_known_name_is_taken(self):
        row = {"site": "example.org", "source": "Gazette", "content": "cut [+99]", "text": "Rain."}
        corpus = fl.read([row])
        assert (corpus.sources, corpus.texts) == (["Gazette"], ["Rain."])
        assert list(corpus.documents["site"]) == ["example.org"]


class TestSeparated:
    def text(self, sep, **options):
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=sep, **options)
        writer.writerows(
            [["text", "source", "note"], ["a, b; c\td", "S", ""], ["x\r\ny", "T", "|"]]
        )
        return out.getvalue()

    @pytest.mark.parametrize("sep", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("suffix", ["csv", "tsv"])
    def test_the_header_tells(self, tmp_path, sep, suffix):
        corpus = read(tmp_path, f"a.{suffix}", self.text(sep))
        assert corpus.texts == ["a, b; c\td", "x\r\ny"]
        assert list(corpus.documents["note"]) == [pd.NA, "|"]

    @pytest.mark.parametrize(
        ("header", "sep"),
        [
            ('"title, subtitle, kicker";text;source', ";"),
            ("a,b,c;text;source", ";"),
            ("text", ","),
            ("Text ; Source", ";"),
        ],
    )
    def test_headers_with_several_separators(self, tmp_path, header, sep):
        names = next(csv.reader([header], delimiter=sep))
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=sep).writerow(["a,b;c"] * len(names))
        corpus = read(tmp_path, "gazette_1.csv", f"{header}\n{out.getvalue()}")
        assert corpus.texts == ["a,b;c"]

    def test_names_given_by_the_caller_count(self, tmp_path):
        content = "a,b;Inhalt;Zeitung\nx;y;z\n"
        assert read(tmp_path, "a.csv", content, text="Inhalt", source="Zeitung").texts == ["y"]

    def test_the_hint_of_excel(self, tmp_path):
        assert read(tmp_path, "a.csv", "\ufeffsep=;\r\ntext;source\r\na,b;S\r\n").texts == ["a,b"]

    def test_the_caller_decides(self, tmp_path):
        assert read(tmp_path, "a.csv", "text:source\na,b:S\n", sep=":").texts == ["a,b"]

    @pytest.mark.parametrize("sep", ["", ";;", "\n", '"', 1])
    def test_other_separators_are_refused(self, tmp_path, sep):
        with pytest.raises(ValueError, match="sep is one character, such as"):
            read(tmp_path, "a.csv", "text,source\n", sep=sep)

    def test_long_cells(self, tmp_path):
        long = "x" * 1_000_000
        assert read(tmp_path, "a.csv", f"text,source\n{long},S\n").texts == [long]

    def test_lines_without_cells(self, tmp_path):
        corpus = read(tmp_path, "a.csv", "\n\ntext,source\n\na,S\n  \n\nb,T\n\n")
        assert corpus.texts == ["a", "b"]

    def test_columns_without_names_and_names_that_repeat(self, tmp_path):
        corpus = read(tmp_path, "a.csv", ",text,url,source,url\n0,a,x,S,y\n")
        documents = corpus.documents
        assert list(documents)[-3:] == ["Unnamed: 0", "url", "url.1"]
        with pytest.raises(
            ValueError, match=r"a\.csv line 1: two columns are called 'text'; rename"
        ):
            read(tmp_path, "a.csv", "text,text,source\n")

    @pytest.mark.parametrize(
        ("row", "found"),
        [("a,S,more", "3 cells where the header has 2"), ("a", "1 cell where the header has 2")],
    )
    def test_a_ragged_row_is_named_by_its_line(self, tmp_path, row, found):
        content = f'text,source\n"two\nlines",S\n\n{row}\nb,T\n'
        with pytest.raises(ValueError, match=rf"^a\.csv: no CSV in line 5: {found}.*sep=.*on_bad="):
            read(tmp_path, "a.csv", content)
        with pytest.warns(
            UserWarning, match=r"passed over 1 that could not be read: a\.csv: no CSV in l"
        ):
            assert read(tmp_path, "a.csv", content, on_bad="skip").texts == ["two\nlines", "b"]

    @pytest.mark.parametrize("row", ['a,"S', '"He said "go", she",S', '"a" b,S'])
    def test_quotation_marks_that_do_not_fit(self, tmp_path, row):
        content = f"text,source\nb,T\n{row}\n"
        with pytest.raises(
            ValueError, match=r"^a\.csv: no CSV in line 3: .*; double the quotation marks"
        ):
            read(tmp_path, "a.csv", content)
        with pytest.warns(UserWarning, match="passed over 1 that"):
            assert read(tmp_path, "a.csv", content, on_bad="skip").texts == ["b"]

    def test_missing_text_is_named_by_its_line(self, tmp_path):
        with pytest.raises(ValueError, match=r"text is missing or no str: a\.csv line 4$"):
            read(tmp_path, "a.csv", 'text,source\n"a\nb",S\n,T\n')


CELLS = st.lists(st.text("ab\"',;\t\r\n |é\u2028", max_size=6), min_size=2, max_size=4)


@given(st.lists(CELLS, max_size=6), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]))
@settings(max_examples=80, deadline=None)
def test_rows_are_those_that_the_module_csv_wrote(rows, sep, end):
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=sep, lineterminator=end, quoting=quoting).writerows(rows)
        for text in (out.getvalue(), out.getvalue().removesuffix(end)):
            found = [row for _, row in rows_of(text, sep)]
            read = csv.reader(io.StringIO(text, newline=""), delimiter=sep)
            assert found == [row or [""] for row in read]
            assert found == rows or quoting == csv.QUOTE_MINIMAL


@given(st.text('ab",\r\n ', max_size=30))
@settings(max_examples=80, deadline=None)
def test_any_text_has_rows(text):
    found = list(rows_of(text, ","))
    begins = [at for at, _ in found]
    assert begins == sorted(set(begins))
    assert not text or begins[0] == 0
    if not any(isinstance(row, str) for _, row in found):
        read = csv.reader(io.StringIO(text, newline=""), strict=True)
        # The module csv tells lines without anything from those with an empty cell.
        assert [row for _, row in found] == [row or [""] for row in read]


def test_rows_in_linear_time(cpu_seconds):
    def seconds(text):
        return cpu_seconds(lambda: list(rows_of(text, ",")))

    for piece in ('a,"b""c"\n', '"a"b\n', '"a""', "\r\n", "a,", '""'):
        small = seconds(piece * 5_000)
        assert seconds(piece * 40_000) < 40 * small + 0.1


class TestEncodings:
    MARKED = ("utf-8-sig", "utf-16", "utf-32")

    @pytest.mark.parametrize("encoding", [*MARKED, "utf-16-be"])
    @pytest.mark.parametrize("suffix", ["txt", "csv", "jsonl", "json", "tsv.gz"])
    def test_a_mark_tells(self, tmp_path, encoding, suffix):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
        content = {
            "txt": ROWS[0]["text"],
            "csv": "text;source\n“Rain”;Públic\n",
            "tsv.gz": "text\tsource\n“Rain”\tPúblic\n",
            "jsonl": lines,
            "json": f"[{lines.replace(chr(10), ',')}]",
        }[suffix]
        mark = "\ufeff" if encoding.endswith("be") else ""
        data = (mark + content).encode(encoding)
        # The mark goes before what the caller says, which serves for files without one.
        data = gzip.compress(data) if suffix.endswith("gz") else data
        corpus = read(tmp_path, f"a.{suffix}", data, encoding="cp1252")
        assert corpus.texts[0] in (ROWS[0]["text"], "“Rain”")
        assert suffix == "txt" or corpus.source_of[0] == "Públic"

    @pytest.mark.parametrize(
        "encoding", ["cp1252", "mac-roman", "utf-16-le", "gb18030", "shift-jis"]
    )
    @pytest.mark.parametrize("suffix", ["txt", "csv", "jsonl"])
    def test_the_caller_tells(self, tmp_path, encoding, suffix):
        text = "雨が降った" if encoding in ("gb18030", "shift-jis") else "“Niño”"
        content = {
            "txt": text,
            "csv": f"text,source\n{text},S\n",
            "jsonl": json.dumps({"text": text, "source": "S"}, ensure_ascii=False),
        }[suffix]
        corpus = read(tmp_path, f"a.{suffix}", content.encode(encoding), encoding=encoding)
        assert corpus.texts == [text]

    def test_what_does_not_fit_is_named(self, tmp_path):
        with pytest.raises(fl.EncodingError, match=r"^a\.txt: not CP1252 \(byte 0x81 at byte 2\)"):
            read(tmp_path, "a.txt", b"ab\x81", encoding="cp1252")
        with pytest.raises(fl.EncodingError, match=r"^a\.txt: not UTF-16 .*at byte 4") as error:
            read(tmp_path, "a.txt", b"\xff\xfea\0\x00\xd8")
        assert error.value.offset == 4
        advice = "errors='replace' reads on, encoding= names another encoding, on_bad='skip'"
        with pytest.raises(fl.EncodingError, match=advice):
            read(tmp_path, "a.txt", b"\xff")

    def test_in_large_files(self, tmp_path):
        long = "é" * 9_000_000
        assert read(tmp_path, "a.txt", long).texts == [long]
        with pytest.raises(fl.EncodingError) as error:
            read(tmp_path, "a.txt", long.encode() + b"\xff")
        assert error.value.offset == 18_000_000

    @pytest.mark.parametrize("encoding", ["no-such", "hex", "rot13", ""])
    def test_other_names_are_refused(self, encoding):
        with pytest.raises(ValueError, match=f"encoding is the name of a text .*not '{encoding}'"):
            fl.read([], encoding=encoding)

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.csv", b"text,source\nfine,S\ncaf\xe9,S\n"),
            ("a.jsonl", b'{"text": "fine", "source": "S"}\n{"text": "\xe9", "source": "S"}\n'),
        ],
    )
    def test_bad_lines_are_passed_over(self, tmp_path, name, content):
        with pytest.warns(
            UserWarning, match=rf"passed over 1 that .*{name} line \d: not in|not UTF-8"
        ):
            assert read(tmp_path, name, content, on_bad="skip").texts == ["fine"]


class TestExcel:
    @pytest.fixture(autouse=True)
    def _openpyxl(self):
        self.openpyxl = pytest.importorskip("openpyxl")

    def write(self, path, *sheets):
        book = self.openpyxl.Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets):
            sheet = book.create_sheet(f"S{number}")
            for row in rows:
                sheet.append(row)
        book.save(path)
        return path

    def test_the_first_sheet_with_cells(self, tmp_path):
        day = datetime.datetime(2026, 3, 4)
        rows = [
            [],
            ["id", "text", "source", "date", None],
            [7, "Rain\nfell.", "S", day],
            [],
            [8, "Sun.", "T", None],
        ]
        path = self.write(tmp_path / "a.xlsx", [], rows)
        corpus = fl.read(path)
        assert corpus.ids == ["7", "8"]
        assert corpus.texts == ["Rain\nfell.", "Sun."]
        assert corpus.documents["date"][0] == pd.Timestamp(day)
        assert list(corpus.documents) == list(fl.demo().documents)

    def test_of_pandas(self, tmp_path):
        pd.DataFrame(ROWS).to_excel(tmp_path / "a.xlsx")
        assert fl.read(tmp_path / "a.xlsx").texts == [row["text"] for row in ROWS]

    def test_further_sheets_are_named(self, tmp_path):
        path = self.write(tmp_path / "a.xlsx", [["text", "source"], ["a", "S"]], [["text"], ["b"]])
        with pytest.warns(UserWarning, match=r"a\.xlsx: only the first sheet is read, not 'S1'"):
            assert fl.read(path).texts == ["a"]

    def test_rows_are_those_of_the_sheet(self, tmp_path):
        path = self.write(
            tmp_path / "a.xlsx", [[], ["text", "source"], ["a", "S"], [], [None, "T"]]
        )
        with pytest.raises(ValueError, match=r"text is missing or no str: a\.xlsx row 5$"):
            fl.read(path)

    def test_a_cell_far_off_costs_nothing(self, tmp_path):
        book = self.openpyxl.Workbook()
        book.active.append(["text", "source"])
        book.active.append(["a", "S"])
        book.active.cell(row=1_000_000, column=2, value="S")
        book.active.cell(row=1_000_000, column=1, value="b")
        book.save(tmp_path / "a.xlsx")
        assert fl.read(tmp_path / "a.xlsx").texts == ["a", "b"]

    @pytest.mark.parametrize("keep", [0, 100, -30])
    def test_damaged(self, tmp_path, keep):
        path = self.write(tmp_path / "a.xlsx", [["text", "source"], ["a", "S"]])
        path.write_bytes(path.read_bytes()[:keep])
        with pytest.raises(ValueError, match=r"^a\.xlsx: no Excel file: .*; save the file anew"):
            fl.read(path)


class TestParquet:
    @pytest.fixture(autouse=True)
    def _pyarrow(self):
        self.pa = pytest.importorskip("pyarrow")
        self.pq = pytest.importorskip("pyarrow.parquet")

    def test_many_rows(self, tmp_path):
        rows = 5000
        table = self.pa.table({"text": ["a"] * rows, "source": ["S"] * rows, "n": range(rows)})
        self.pq.write_table(table, tmp_path / "a.parquet", row_group_size=1500)
        assert list(fl.read(tmp_path / "a.parquet").documents["n"]) == list(range(rows))

    def test_packed(self, tmp_path):
        data = io.BytesIO()
        self.pq.write_table(self.pa.table({"text": ["a"], "source": ["S"]}), data)
        assert read(tmp_path, "a.parquet.gz", gzip.compress(data.getvalue())).texts == ["a"]

    def test_damage_of_every_kind_is_named(self, tmp_path):
        data = io.BytesIO()
        table = self.pa.table(
            {
                "text": [f"Rain {i} " * 9 for i in range(200)],
                "source": ["S", "T"] * 100,
                "date": pd.date_range("2026-01-01", periods=200),
                "more": [[i, None] for i in range(200)],
            }
        )
        self.pq.write_table(table, data, compression="snappy")
        whole = data.getvalue()
        path = tmp_path / "a.parquet"
        refused = 0
        for at in range(0, len(whole), 23):
            for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]):
                path.write_bytes(damaged)
                try:
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        fl.read(path)
                except ValueError as error:
                    refused += 1
                    assert "a.parquet" in str(error), error
        assert refused > len(whole) // 23

    def test_damaged_ones_are_passed_over(self, tmp_path):
        write_folder(tmp_path, {"a.parquet": b"PAR1 no PAR1", "b_1.txt": "b"})
        with pytest.warns(UserWarning, match=r"passed over 1 that .*a\.parquet: no Parquet"):
            assert fl.read(tmp_path, on_bad="skip").texts == ["b"]


class TestBound:
    def test_of_a_small_parquet_file(self, tmp_path):
        pa = pytest.importorskip("pyarrow")
        import pyarrow.parquet as pq

        rows = 100_000
        text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), ["x" * 10_000])
        source = pa.array(["S"] * rows)
        path = tmp_path / "a.parquet"
        expected = r"^a\.parquet: more than 50,000,000 bytes.*max_bytes= sets another bound"
        for cells in (text, text[:50_000].dictionary_decode()):
            table = pa.table({"text": cells, "source": source[: len(cells)]})
            pq.write_table(table, path, compression="zstd")
            assert path.stat().st_size < 30_000
            with pytest.raises(ValueError, match=expected):
                fl.read(path, max_bytes=50_000_000)

    @pytest.mark.parametrize("name", ["a.csv.gz", "a.txt.gz", "a.jsonl.gz"])
    def test_of_gzip(self, tmp_path, name):
        data = gzip.compress(b"text\n" + b"x" * 50_000_000)
        with pytest.raises(
            ValueError, match=rf"^{name}: more than 30,000,000 bytes, once unpacked"
        ):
            read(tmp_path, name, data, max_bytes=30_000_000)

    def test_of_zip_and_excel(self, tmp_path):
        import zipfile

        for name, member in (("a.zip", "x.txt"), ("a.xlsx", "xl/workbook.xml")):
            with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(member, b"x" * 1_000_000)
            with pytest.raises(ValueError, match=rf"^{name}.*: more than 500,000 bytes, once"):
                fl.read(tmp_path / name, max_bytes=500_000)

    def test_counts_all_files_of_a_folder(self, tmp_path):
        write_folder(tmp_path, {f"a_{i}.txt": "x" * 100 for i in range(10)})
        assert len(fl.read(tmp_path, max_bytes=1000)) == 10
        assert len(fl.read(tmp_path, max_bytes=None)) == 10
        with pytest.raises(ValueError, match=r"a_9\.txt: more than 999 bytes"):
            fl.read(tmp_path, max_bytes=999)

    def test_is_no_negative_number(self):
        with pytest.raises(ValueError, match="max_bytes is a number of bytes or None, not -1"):
            fl.read([], max_bytes=-1)


class TestOnBad:
    def test_files_rows_and_lines_are_listed(self, tmp_path):
        write_folder(
            tmp_path,
            {
                "a_1.txt": b"\xff",
                "b.jsonl": '{"text": "b"}\n{"text":\n[1]\n{"text": 7}\n{"url": "x"}',
                "c.csv": "text,source\nd,S\ne\n,T\nf,\n",
                "d.csv.gz": zlib.compress(b"no gzip"),
                "e.json": '[{"text": "g", "source": "S"}, 7]',
                "f.csv": "url\nx\n",
            },
        )
        expected = [
            r"^passed over 11 that could not be read: a_1\.txt: not UTF-8 \(byte 0xFF at ",
            r"b\.jsonl line 2: no JSON",
            r"b\.jsonl line 3: must be an object",
            r"and 6 more$",
        ]
        with pytest.warns(UserWarning, match=".*".join(expected)) as caught:
            corpus = fl.read(tmp_path, on_bad="skip")
        assert len(caught) == 1
        assert corpus.texts == ["b", "d", "g"]

    def test_rows_of_a_frame(self):
        rows = [
            {"text": "a", "source": "S", "id": "x"},
            {"text": None, "source": "S", "id": "y"},
            {"text": "c", "source": ["S", "T"], "id": "z"},
            {"text": "d\ud800", "source": "S", "id": "v"},
        ]
        expected = (
            r"row 1: text is missing or no str; row 2: source is a list, .*; row 3: a lone surr"
        )
        with pytest.warns(UserWarning, match=f"passed over 3 that could not be read: {expected}"):
            assert fl.read(rows, on_bad="skip").ids == ["x"]

    def test_ids_twice_are_not_passed_over(self):
        with pytest.raises(ValueError, match="ids used more than once"):
            fl.read([{"text": "a", "source": "S", "id": "x"}] * 2, on_bad="skip")

    def test_other_values_are_refused(self):
        with pytest.raises(ValueError, match="on_bad is 'raise' or 'skip', not 'ignore'"):
            fl.read([], on_bad="ignore")
