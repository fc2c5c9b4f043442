"""Reading folders, files and data frames, and what is refused."""

import io
import json
import os
from typing import ClassVar

import pandas as pd
import pytest

import framelens as fl

TEXT = "Rain fell.\r\nNiño — “wet” \U0001f327.\rEnd\n"


def write_folder(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def write_manifest(folder, documents, **more):
    (folder / "manifest.json").write_text(json.dumps({"documents": documents, **more}))
    return folder


def frame(**columns):
    return pd.DataFrame(columns)


class TestFolder:
    def test_names_give_source_and_id(self, tmp_path):
        write_folder(
            tmp_path,
            {"gazette_01.txt": "a", "herald.txt": "b", "Star/2020/x_y.txt": "c", "notes.md": "no"},
        )
        corpus = fl.read(tmp_path)
        assert corpus.ids == ["x_y", "gazette_01", "herald"]
        assert corpus.source_of == ["Star", "gazette", "herald"]
        assert corpus.sources == ["Star", "gazette", "herald"]

    def test_hidden_files_are_passed_over(self, tmp_path):
        write_folder(tmp_path, {".a_1.txt": "a", ".cache/b_1.txt": "b", "c_1.txt": "c"})
        assert fl.read(tmp_path).ids == ["c_1"]

    def test_text_is_kept_to_the_character(self, tmp_path):
        write_folder(tmp_path, {"gazette_1.txt": TEXT})
        assert fl.read(tmp_path).texts == [TEXT]
        assert fl.read(tmp_path / "gazette_1.txt").texts == [TEXT]

    def test_byte_order_mark_is_no_text(self, tmp_path):
        write_folder(tmp_path, {"gazette_1.txt": b"\xef\xbb\xbf\xef\xbb\xbfHi"})
        assert fl.read(str(tmp_path)).texts == ["\ufeffHi"]

    def test_mixed_folder(self, tmp_path):
        line = json.dumps({"body": "b", "outlet": "Herald"})
        write_folder(
            tmp_path,
            {"a_1.txt": "a", "herald.jsonl": line + "\n" + line, "Star/c.csv": "text\nc\n"},
        )
        corpus = fl.read(tmp_path)
        assert corpus.ids == ["c-0", "a_1", "herald-0", "herald-1"]
        assert corpus.source_of == ["Star", "a", "Herald", "Herald"]

    def test_empty_folder(self, tmp_path):
        corpus = fl.read(tmp_path)
        assert len(corpus) == 0
        columns = ["id", "source", "title", "date", "event", "words", "text_start"]
        assert list(corpus.documents) == columns
        assert list(corpus.zones) == ["doc", "source", "zone", "start", "end", "duplicate"]
        assert corpus.documents.dtypes["words"] == "int64"

    def test_empty_document(self, tmp_path):
        write_folder(tmp_path, {"a_1.txt": "", "b_1.txt": " \n"})
        corpus = fl.read(tmp_path)
        assert corpus.texts == ["", " \n"]
        assert list(corpus.documents["words"]) == [0, 0]

    def test_no_such_path(self, tmp_path):
        with pytest.raises(FileNotFoundError, match=r"gone\.txt"):
            fl.read(tmp_path / "gone.txt")

    def test_unknown_suffix(self, tmp_path):
        write_folder(tmp_path, {"a.docx": "a"})
        with pytest.raises(ValueError, match=r"a\.docx: reads \.txt"):
            fl.read(tmp_path / "a.docx")

    def test_columns_of_text_files(self, tmp_path):
        write_folder(tmp_path, {"a_1.txt": "a"})
        with pytest.raises(ValueError, match="no columns, so text='body'"):
            fl.read(tmp_path, text="body")

    def test_ids_twice(self, tmp_path):
        rows = "id,text\n1,a\n"
        write_folder(tmp_path, {"A/x.csv": rows, "B/y.csv": rows})
        with pytest.raises(ValueError, match=r"more than once: '1' \(A/x\.csv .*, B/y\.csv .*\)"):
            fl.read(tmp_path)

    def test_link_that_leaves_the_folder(self, tmp_path):
        write_folder(tmp_path, {"secret.txt": "s", "in/a_1.txt": "a"})
        os.symlink(tmp_path / "secret.txt", tmp_path / "in" / "b_1.txt")
        with pytest.raises(ValueError, match=r"b_1\.txt is a link that leaves in"):
            fl.read(tmp_path / "in")


class TestManifest:
    def test_lists_the_documents(self, tmp_path):
        write_folder(tmp_path, {"a.txt": "a", "sub/b.txt": "b", "c.txt": "c"})
        write_manifest(
            tmp_path,
            [
                {"id": "2", "file": "sub/b.txt", "source": "Herald", "date": "2026-01-02"},
                {"id": "1", "file": "a.txt", "source": "Gazette", "title": "T", "event": "other"},
            ],
            event="flood",
        )
        documents = fl.read(tmp_path).documents
        assert list(documents["id"]) == ["2", "1"]
        assert list(documents["event"]) == ["flood", "other"]
        assert documents["date"][0] == pd.Timestamp("2026-01-02")
        assert pd.isna(documents["date"][1])
        assert documents["title"][0] is None
        assert documents["title"][1] == "T"

    @pytest.mark.parametrize("file", ["../out.txt", "link.txt", "{absolute}"])
    def test_paths_outside_the_folder(self, tmp_path, file):
        (tmp_path / "out.txt").write_text("secret")
        inside = tmp_path / "in"
        inside.mkdir()
        os.symlink(tmp_path / "out.txt", inside / "link.txt")
        file = file.format(absolute=tmp_path / "out.txt")
        write_manifest(inside, [{"id": "1", "file": file, "source": "A"}])
        with pytest.raises(fl.SchemaError, match="outside the folder") as error:
            fl.read(inside)
        assert error.value.pointer == "/documents/0/file"

    def test_missing_file(self, tmp_path):
        write_folder(tmp_path, {"a.txt": "a"})
        write_manifest(
            tmp_path,
            [
                {"id": "1", "file": "a.txt", "source": "A"},
                {"id": "2", "file": "gone.txt", "source": "A"},
            ],
        )
        with pytest.raises(ValueError, match=r"/documents/1/file: 'gone\.txt' is not in") as error:
            fl.read(tmp_path)
        assert isinstance(error.value, fl.SchemaError)

    @pytest.mark.parametrize(
        ("documents", "pointer"),
        [
            ([{"file": "a.txt", "source": "A"}], "/documents/0/id"),
            ([{"id": "1", "file": "a.txt"}], "/documents/0/source"),
            ([{"id": "1", "file": "a.txt", "source": " "}], "/documents/0/source"),
            ([{"id": 1, "file": "a.txt", "source": "A"}], "/documents/0/id"),
            (["a.txt"], "/documents/0"),
            ({"id": "1"}, ""),
        ],
    )
    def test_wrong_shape(self, tmp_path, documents, pointer):
        write_folder(tmp_path, {"a.txt": "a"})
        write_manifest(tmp_path, documents)
        with pytest.raises(fl.SchemaError) as error:
            fl.read(tmp_path)
        assert error.value.pointer == pointer

    def test_wrong_json(self, tmp_path):
        (tmp_path / "manifest.json").write_text('{"documents": [')
        with pytest.raises(fl.SchemaError, match=r"manifest\.json is no JSON"):
            fl.read(tmp_path)

    def test_ids_twice(self, tmp_path):
        write_folder(tmp_path, {"a.txt": "a"})
        write_manifest(tmp_path, [{"id": "1", "file": "a.txt", "source": "A"}] * 2)
        with pytest.raises(ValueError, match=r"'1' \(manifest\.json /documents/0, "):
            fl.read(tmp_path)


class TestEncoding:
    BAD = b"caf\xc3\xa9 \xff end"

    def test_bytes_in_a_text_file(self, tmp_path):
        write_folder(tmp_path, {"a_1.txt": "fine", "b_1.txt": self.BAD})
        with pytest.raises(fl.EncodingError, match=r"b_1\.txt: not UTF-8 .*0xFF at byte 6") as e:
            fl.read(tmp_path)
        assert isinstance(e.value, ValueError)
        assert (e.value.document, e.value.offset) == (1, 6)

    def test_offset_counts_the_byte_order_mark(self, tmp_path):
        write_folder(tmp_path, {"b_1.txt": b"\xef\xbb\xbf\xff"})
        with pytest.raises(fl.EncodingError) as error:
            fl.read(tmp_path / "b_1.txt")
        assert error.value.offset == 3

    def test_replace_goes_on(self, tmp_path):
        write_folder(tmp_path, {"a_1.txt": self.BAD})
        assert fl.read(tmp_path, errors="replace").texts == ["café \ufffd end"]

    def test_bytes_in_a_manifest_folder(self, tmp_path):
        write_folder(tmp_path, {"a.txt": "a", "b.txt": self.BAD})
        documents = [{"id": x, "file": f"{x}.txt", "source": "S"} for x in "ab"]
        write_manifest(tmp_path, documents)
        with pytest.raises(fl.EncodingError, match=r"b\.txt") as error:
            fl.read(tmp_path)
        assert (error.value.document, error.value.offset) == (1, 6)
        assert fl.read(tmp_path, errors="replace").texts[1] == "café \ufffd end"

    def test_bytes_in_json_lines(self, tmp_path):
        good = b'{"text": "a", "source": "S"}\n'
        write_folder(tmp_path, {"a.jsonl": good + b"\n" + b'{"text": "\xff", "source": "S"}\n'})
        with pytest.raises(fl.EncodingError, match=r"a\.jsonl line 3") as error:
            fl.read(tmp_path / "a.jsonl")
        assert (error.value.document, error.value.offset) == (1, len(good) + 1 + 10)
        assert fl.read(tmp_path / "a.jsonl", errors="replace").texts == ["a", "\ufffd"]

    def test_bytes_in_csv(self, tmp_path):
        write_folder(tmp_path, {"a.csv": b"text,source\n\xe9,S\n"})
        with pytest.raises(fl.EncodingError, match=r"a\.csv") as error:
            fl.read(tmp_path / "a.csv")
        assert error.value.offset == 12
        assert fl.read(tmp_path / "a.csv", errors="replace").texts == ["\ufffd"]

    def test_bytes_in_parquet(self, tmp_path):
        pa = pytest.importorskip("pyarrow")
        import pyarrow.parquet as pq

        bad = pa.array([b"fine", b"a\xff"]).cast(pa.string(), safe=False)
        pq.write_table(pa.table({"text": bad, "source": ["S", "T"]}), tmp_path / "a.parquet")
        with pytest.raises(fl.EncodingError, match=r"a\.parquet row 1") as error:
            fl.read(tmp_path / "a.parquet")
        assert (error.value.document, error.value.offset) == (1, 1)
        assert fl.read(tmp_path / "a.parquet", errors="replace").texts == ["fine", "a\ufffd"]

    @pytest.mark.parametrize("column", ["text", "source", "title", "id", "event"])
    def test_lone_surrogate(self, column):
        rows = [{"text": "a", "source": "S", "id": "1"}, {"text": "b", "source": "S", "id": "2"}]
        rows[1][column] = "\U0001f327\ud83c x"
        with pytest.raises(fl.EncodingError, match=r"row 1: .*U\+D83C\) at code point 1") as error:
            fl.read(rows)
        assert (error.value.document, error.value.offset) == (1, 1)
        corpus = fl.read(rows, errors="replace")
        assert len(corpus) == 2
        if column == "text":
            assert corpus.texts[1] == "\U0001f327\ufffd x"

    def test_escaped_lone_surrogate_in_json(self, tmp_path):
        write_folder(tmp_path, {"a.jsonl": r'{"text": "x\ud800", "source": "S"}'})
        with pytest.raises(fl.EncodingError):
            fl.read(tmp_path / "a.jsonl")

    def test_unknown_way(self):
        with pytest.raises(ValueError, match="errors is 'strict' or 'replace'"):
            fl.read([], errors="ignore")


class TestTables:
    ROWS: ClassVar = {
        "text": ["a", "b"],
        "source": ["S", "T"],
        "id": ["1", "2"],
        "date": ["2026-01-02", None],
        "title": ["T", None],
    }

    @pytest.mark.parametrize("library", ["pandas", "polars", "lazy", "pyarrow", "rows"])
    def test_any_data_frame(self, library):
        if library == "pandas":
            source = pd.DataFrame(self.ROWS)
        elif library == "rows":
            source = pd.DataFrame(self.ROWS).to_dict("records")
        elif library == "pyarrow":
            source = pytest.importorskip("pyarrow").table(self.ROWS)
        else:
            polars = pytest.importorskip("polars")
            source = (polars.LazyFrame if library == "lazy" else polars.DataFrame)(self.ROWS)
        corpus = fl.read(source)
        assert corpus.texts == ["T\n\na", "b"]
        assert (corpus.source_of, corpus.ids) == (["S", "T"], ["1", "2"])
        assert list(corpus.documents["title"]) == ["T", None]
        assert list(corpus.documents["date"].isna()) == [False, True]

    def test_names_are_guessed(self):
        corpus = fl.read(frame(Body=["a"], OUTLET=["S"], Headline=["H"], published=["2020-05-01"]))
        assert corpus.texts == ["H\n\na"]
        assert corpus.source_of == ["S"]
        assert corpus.ids == ["0"]
        assert list(corpus.documents["title"]) == ["H"]

    def test_names_are_given(self):
        table = frame(x=["a"], text=["wrong"], y=["S"], z=[7], w=["E"])
        corpus = fl.read(table, text="x", source="y", id="z", event="w")
        assert (corpus.texts, corpus.source_of, corpus.ids) == (["a"], ["S"], ["7"])
        assert list(corpus.documents["event"]) == ["E"]

    def test_a_given_name_is_not_guessed_for_another_field(self):
        corpus = fl.read(frame(text=["a"], source=["S"], title=["U"]), event="title")
        assert list(corpus.documents["event"]) == ["U"]
        assert corpus.documents["title"][0] is None

    @pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, 3.5, b"bytes"])
    def test_missing_text(self, missing):
        table = frame(text=pd.Series(["a", missing, "c", missing], dtype=object), source=["S"] * 4)
        with pytest.raises(ValueError, match=r"text is missing or no str: row 1, row 3$"):
            fl.read(table)

    @pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, "", "  "])
    def test_missing_source(self, missing):
        table = frame(text=["a", "b"], source=pd.Series(["S", missing], dtype=object))
        with pytest.raises(ValueError, match=r"source is missing: row 1$"):
            fl.read(table)

    def test_many_rows_are_cut_short(self):
        with pytest.raises(ValueError, match=r"row 9 and 40 more$"):
            fl.read(frame(text=pd.Series([None] * 50, dtype=object), source=["S"] * 50))

    def test_ids_twice(self):
        with pytest.raises(ValueError, match=r"'1' \(row 0, row 2\)"):
            fl.read(frame(text=["a"] * 3, source=["S"] * 3, id=["1", "2", "1"]))

    def test_unknown_column(self):
        with pytest.raises(ValueError, match=r"called 'bodi' \(columns: text, source\)"):
            fl.read(frame(text=["a"], source=["S"]), text="bodi")

    @pytest.mark.parametrize("field", ["text", "source"])
    def test_no_column(self, field):
        table = frame(text=["a"], source=["S"]).rename(columns={field: "unusual"})
        with pytest.raises(ValueError, match=f"no column for {field}; name it with {field}="):
            fl.read(table)

    def test_empty_table(self):
        assert len(fl.read(frame(text=[], source=[]))) == 0
        assert len(fl.read([])) == 0

    @pytest.mark.parametrize("wrong", [7, {1, 2}, None])
    def test_no_table(self, wrong):
        with pytest.raises(TypeError, match="reads a path, a data frame or a list of dicts"):
            fl.read(wrong)

    def test_no_thread(self):
        with pytest.raises(ValueError, match="n_jobs"):
            fl.read([], n_jobs=0)


class TestFiles:
    def test_json_lines(self, tmp_path):
        # U+2028 and U+0085 end a line for str.splitlines, but not in JSON lines.
        rows = [{"text": "a\u2028b\x85c", "source": "S"}, {"text": TEXT, "source": "T"}]
        lines = "\r\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        write_folder(tmp_path, {"a.jsonl": lines + "\n\n"})
        assert fl.read(tmp_path / "a.jsonl").texts == [row["text"] for row in rows]

    def test_json_lines_that_are_wrong(self, tmp_path):
        write_folder(tmp_path, {"a.jsonl": '{"text": "a", "source": "S"}\n{"text":\n'})
        with pytest.raises(ValueError, match=r"a\.jsonl line 2: no JSON"):
            fl.read(tmp_path / "a.jsonl")
        write_folder(tmp_path, {"a.jsonl": "[1]\n"})
        with pytest.raises(ValueError, match=r"a\.jsonl line 1: must be an object"):
            fl.read(tmp_path / "a.jsonl")

    def test_missing_text_names_the_line(self, tmp_path):
        write_folder(tmp_path, {"a.jsonl": '{"text": "a", "source": "S"}\n\n{"source": "S"}\n'})
        with pytest.raises(ValueError, match=r"text is missing or no str: a\.jsonl line 3"):
            fl.read(tmp_path / "a.jsonl")

    def test_csv(self, tmp_path):
        text = io.StringIO(newline="")
        frame(text=[TEXT, "NA"], source=["S", "null"], title=["", "x"]).to_csv(text, index=False)
        write_folder(tmp_path, {"a.csv": "\ufeff" + text.getvalue()})
        corpus = fl.read(tmp_path / "a.csv")
        assert corpus.texts == [TEXT, "x\n\nNA"]
        assert corpus.source_of == ["S", "null"]
        assert list(corpus.documents["title"]) == [None, "x"]

    @pytest.mark.parametrize("row", ["a,S,more", 'a,"S'])
    def test_csv_that_is_wrong(self, tmp_path, row):
        write_folder(tmp_path, {"a.csv": f"text,source\nb,T\n{row}\n"})
        with pytest.raises(ValueError, match=r"a\.csv: no CSV"):
            fl.read(tmp_path / "a.csv")

    def test_empty_csv(self, tmp_path):
        write_folder(tmp_path, {"a.csv": "", "b.csv": "text,source\n"})
        assert len(fl.read(tmp_path)) == 0

    def test_parquet(self, tmp_path):
        pytest.importorskip("pyarrow")
        frame(text=[TEXT], source=["S"], date=pd.to_datetime(["2026-01-02"])).to_parquet(
            tmp_path / "a.parquet"
        )
        corpus = fl.read(tmp_path / "a.parquet")
        assert corpus.texts == [TEXT]
        assert corpus.documents["date"][0] == pd.Timestamp("2026-01-02")

    def test_parquet_that_is_wrong(self, tmp_path):
        pytest.importorskip("pyarrow")
        write_folder(tmp_path, {"a.parquet": b"no"})
        with pytest.raises(ValueError, match=r"a\.parquet: no Parquet"):
            fl.read(tmp_path / "a.parquet")

    def test_source_from_the_place_of_a_table(self, tmp_path):
        write_folder(tmp_path, {"gazette_2020.csv": "text\na\nb\n"})
        corpus = fl.read(tmp_path / "gazette_2020.csv")
        assert corpus.source_of == ["gazette", "gazette"]
        assert corpus.ids == ["0", "1"]


class TestDates:
    def read(self, *dates):
        rows = [{"text": "a", "source": "S", "date": date} for date in dates]
        return list(fl.read(rows).documents["date"])

    def test_many_forms(self):
        day = pd.Timestamp("2026-01-02")
        assert (
            self.read("2026-01-02", "January 2, 2026", "2 Jan 2026", day.date(), day) == [day] * 5
        )

    def test_an_offset_is_dropped(self):
        late = pd.Timestamp("2026-01-02T23:30")
        assert self.read("2026-01-02T23:30:00-05:00", late.tz_localize("UTC")) == [late, late]

    @pytest.mark.parametrize("missing", [None, "", float("nan"), pd.NaT])
    def test_missing(self, missing):
        assert pd.isna(self.read("2026-01-02", missing)[1])

    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("3/14/2026", "2026-03-14"),
            ("14.3.2026", "2026-03-14"),
            ("8/29/18", "2018-08-29"),
            ("5/5/2026", "2026-05-05"),
            ("14-03-2026 10:30", "2026-03-14T10:30"),
        ],
    )
    def test_that_can_be_one_day_only(self, written, day):
        assert self.read(written) == [pd.Timestamp(day)]

    @pytest.mark.parametrize(
        "unclear", ["01/02/2026", "3/4/26", "30/14/2026", "soon", "now", "10:30", "January 5", 2026]
    )
    def test_unclear_ones_are_missing_and_named(self, unclear):
        with pytest.warns(UserWarning, match=rf"left missing: .*: row 1 '?{unclear}'?$"):
            dates = self.read("2026-01-02", unclear)
        assert dates[0] == pd.Timestamp("2026-01-02")
        assert pd.isna(dates[1])


@pytest.mark.parametrize(
    "text",
    [
        "a\0b",
        "\u202eright to left\u202c \u2066open",
        "x" * 1_000_000,
        "“" * 10_000,
        "e\u0301\U0001f468\u200d\U0001f469",
        "\ufffe\uffff\U0010ffff",
    ],
    ids=["nul", "bidi", "long token", "open quotes", "combining", "noncharacters"],
)
def test_odd_text_is_fine(text):
    corpus = fl.read([{"text": text, "source": "S"}])
    assert corpus.texts == [text]
    assert corpus.documents["words"][0] >= 0
    assert corpus.text_of_zones("all")[0].strip() == text.strip()
    assert "<article" in corpus.show("0").html


def test_html_is_escaped_wherever_it_is_shown():
    evil = "<script>alert(1)</script>"
    corpus = fl.read(
        [{"text": f"{evil} and “{evil}”, said {evil}.", "source": evil, "title": evil, "id": evil}]
    )
    for shown in (corpus._repr_html_(), corpus.show(evil).html, fl.quotes(corpus)._repr_html_()):
        assert "<script" not in shown
    assert "&lt;script&gt;" in corpus._repr_html_()


PAGE = """<!DOCTYPE html><html><head><meta charset="{encoding}"><title>Council closes café</title>
<meta property="article:published_time" content="2026-03-04T07:15:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Council closes café</h1>
<p>The council met on the quay for two hours and went home without a vote, the mayor said.</p>
<p>Nobody slept. The ships wait outside &amp; the café is closed until Wednesday evening.</p>
</article><footer>Subscribe to our newsletter</footer></body></html>"""


class TestPages:
    @pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
    def test_the_article_is_read(self, tmp_path, encoding):
        page = PAGE.replace("{encoding}", encoding).encode(encoding)
        write_folder(tmp_path, {"Gazette/1.html": page, "Herald/2.txt": "Rain."})
        corpus = fl.read(tmp_path)
        assert corpus.ids == ["1", "2"]
        assert corpus.source_of == ["Gazette", "Herald"]
        assert corpus.titles == ["Council closes café", None]
        assert corpus.documents["date"][0] == pd.Timestamp("2026-03-04")
        assert "ships wait outside & the café is closed" in corpus.texts[0]
        assert "Subscribe" not in corpus.texts[0]
        assert fl.read(tmp_path / "Gazette" / "1.html").texts == corpus.texts[:1]

    def test_a_manifest_lists_pages_too(self, tmp_path):
        write_folder(tmp_path, {"1.html": PAGE.replace("{encoding}", "utf-8")})
        write_manifest(tmp_path, [{"id": "x", "file": "1.html", "source": "Gazette"}])
        corpus = fl.read(tmp_path)
        assert corpus.texts[0].startswith("Council closes café\nThe council met")
        assert (corpus.ids, corpus.titles) == (["x"], ["Council closes café"])
        given = {"id": "x", "file": "1.html", "source": "Gazette", "title": "Given"}
        assert fl.read(write_manifest(tmp_path, [given])).titles == ["Given"]

    def test_what_a_browser_saves_beside_a_page_is_passed_over(self, tmp_path):
        page = PAGE.replace("{encoding}", "utf-8")
        files = {"G/a.html": page, "G/a_files/frame.html": "<html></html>", "b_files/c.html": page}
        assert fl.read(write_folder(tmp_path, files)).ids == ["a", "c"]

    def test_a_page_without_an_article_is_refused(self, tmp_path):
        write_folder(tmp_path, {"1.html": "<html><body></body></html>"})
        with pytest.raises(ValueError, match=r"1\.html: no article found in the page"):
            fl.read(tmp_path)

    def test_pages_have_no_columns(self, tmp_path):
        write_folder(tmp_path, {"1.html": PAGE})
        with pytest.raises(ValueError, match=r"1\.html has no columns"):
            fl.read(tmp_path / "1.html", text="body")


class TestOtherColumns:
    ROWS: ClassVar = [
        {"outlet": "Gazette", "body": "Rain fell.", "lean": "left", "year": 2020, "tags": ["a"]},
        {"outlet": "Herald", "body": "The sun shone.", "lean": None, "year": None, "words": "many"},
    ]

    def test_they_stand_in_documents(self):
        documents = fl.read(self.ROWS).documents
        assert list(documents) == [*fl.demo().documents, "lean", "year", "tags"]
        assert documents["lean"].tolist() == ["left", pd.NA]
        assert documents["year"].dtype == "Int64"
        assert documents["words"].tolist() == [2, 3]

    def test_of_every_kind_of_table(self, tmp_path):
        table = pd.DataFrame(self.ROWS)[["outlet", "body", "lean"]]
        table.to_csv(tmp_path / "t.csv", index=False)
        for source in (table, tmp_path / "t.csv"):
            assert fl.read(source).documents["lean"].tolist() == ["left", pd.NA]

    def test_of_a_manifest(self, tmp_path):
        write_folder(tmp_path, {"a.txt": "a", "b.txt": "b"})
        write_manifest(
            tmp_path,
            [
                {"id": "1", "file": "a.txt", "source": "A", "lean": "left"},
                {"id": "2", "file": "b.txt", "source": "B"},
            ],
        )
        assert fl.read(tmp_path).documents["lean"].tolist() == ["left", pd.NA]

    def test_they_go_with_their_documents(self):
        corpus = fl.read(self.ROWS)
        kept = corpus.filter(where=lambda d: d["year"].isna())
        assert kept.ids == ["1"]
        assert kept.documents["lean"].isna().all()

    def test_groups_go_by_them(self):
        rows = [{**self.ROWS[0], "lean": lean} for lean in ("left", "right", "left", None)]
        matrix = fl.similarity(fl.read(rows), by="lean").matrix
        assert list(matrix) == ["left", "right"]

    def test_scores_go_by_them(self):
        text = "President Ada Moore spoke on Monday."
        rows = [{"source": "A", "text": text, "lean": lean, "label": "x"} for lean in ("l", "r")]
        scores = fl.framing(fl.read(rows), targets=["Ada Moore"], by="lean").scores
        assert set(scores["lean"].dropna()) == {"l", "r"}
        with pytest.raises(ValueError, match=r"by must be one of zone, .*lean.*, not 'label'"):
            fl.framing(fl.read(rows), targets=["Ada Moore"], by="label")

    def test_groups_by_documents_and_by_mixed_values(self):
        rows = [{"source": "A", "text": "President Ada Moore spoke.", "mix": m} for m in (1, "a")]
        corpus = fl.read(rows)
        matrix = fl.similarity(corpus, by=pd.Series(["x", "y"])).matrix
        assert list(matrix) == ["x", "y"]
        with pytest.raises(ValueError, match="a document id more than once"):
            fl.similarity(corpus, by=pd.Series(["x", "y"], index=["0", "0"]))
        scores = fl.framing(corpus, targets=["Ada Moore"], by="mix").scores
        assert set(scores["mix"]) == {1, "a"}
        with pytest.raises(ValueError, match="by must give one value for each document"):
            fl.framing(
                fl.read([{**r, "tags": ["x"]} for r in rows]), targets="Ada Moore", by="tags"
            )

    def test_columns_without_a_name_of_letters(self):
        with pytest.raises(ValueError, match="no column for text"):
            fl.read(pd.DataFrame([["a", "b"]]))

    def test_lists_make_no_groups(self):
        with pytest.raises(
            ValueError, match=r"by must give one value for each document, not \['a'\]"
        ):
            fl.similarity(fl.read(self.ROWS), by="tags")
