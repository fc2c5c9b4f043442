"""Folders: ids, links, what is passed over, packed files, and what is never opened."""

import gzip
import io
import os
import socket
import warnings
import zipfile

import pytest
from test_reading import write_folder, write_manifest

import framelens as fl


def read(folder, **options):
    # Most of these folders hold something that is passed over.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fl.read(folder, **options)


class TestIds:
    def test_names_that_differ(self, tmp_path):
        write_folder(tmp_path, {"Gazette/001.txt": "a", "Herald/002.txt": "b"})
        assert fl.read(tmp_path).ids == ["001", "002"]

    def test_where_one_name_repeats_all_are_paths(self, tmp_path):
        files = {"Gazette/001.txt": "a", "Herald/2026/001.txt": "b", "Herald/2026/002.txt": "c"}
        corpus = fl.read(write_folder(tmp_path, files))
        assert corpus.ids == ["Gazette/001", "Herald/2026/001", "Herald/2026/002"]
        assert corpus.source_of == ["Gazette", "Herald", "Herald"]

    def test_names_that_differ_by_the_suffix(self, tmp_path):
        write_folder(tmp_path, {"G/1.txt": "a", "G/1.txt.gz": gzip.compress(b"b")})
        assert fl.read(tmp_path).ids == ["G/1.txt", "G/1.txt.gz"]

    def test_names_in_two_normal_forms_are_one(self, tmp_path):
        write_folder(tmp_path, {"A/caf\u00e9.txt": "a", "B/cafe\u0301.txt": "b"})
        assert fl.read(tmp_path).ids == ["A/caf\u00e9", "B/cafe\u0301"]

    def test_rows_of_tables(self, tmp_path):
        rows = '{"text": "a"}\n{"text": "b"}'
        corpus = fl.read(write_folder(tmp_path, {"A/x.jsonl": rows, "B/x.jsonl": rows}))
        assert corpus.ids == ["A/x-0", "A/x-1", "B/x-0", "B/x-1"]
        assert corpus.source_of == ["A", "A", "B", "B"]

    def test_one_object_a_file(self, tmp_path):
        write_folder(tmp_path, {"A/1.json": '{"text": "a"}', "A/2.json": '{"text": "b", "id": 7}'})
        assert fl.read(tmp_path).ids == ["1", "7"]


class TestSpeed:
    @pytest.mark.parametrize("name", ["{i:05}.txt", "report_{i:05}.txt"])
    def test_many_small_files(self, tmp_path, name, cpu_seconds):
        # benchmarks/bench_reading.py measures it; this finds what is slower by its kind.
        text = "The ferry left the harbour of Nordell at dawn.\n" * 20
        folders = [tmp_path / f"outlet{i}" for i in range(20)]
        for folder in folders:
            folder.mkdir()
            for i in range(150):
                (folder / name.format(i=i)).write_text(text)

        def plainly():
            return [path.read_bytes().decode() for path in sorted(tmp_path.rglob("*.txt"))]

        assert cpu_seconds(lambda: fl.read(tmp_path)) < 3 * cpu_seconds(plainly)

    def test_many_files_of_a_manifest(self, tmp_path, cpu_seconds):
        rows = [{"id": str(i), "file": f"a/{i}.txt", "source": "S"} for i in range(3000)]
        write_folder(tmp_path, {row["file"]: "Rain fell.\n" * 50 for row in rows})
        write_manifest(tmp_path, rows)
        paths = sorted((tmp_path / "a").iterdir())
        plain = cpu_seconds(lambda: [p.read_bytes().decode() for p in paths])
        assert cpu_seconds(lambda: fl.read(tmp_path)) < 5 * plain


class TestLinks:
    def test_linked_folders_are_read(self, tmp_path):
        write_folder(tmp_path, {"disk/h/1.txt": "b", "in/Gazette/2.txt": "a"})
        os.symlink(tmp_path / "disk" / "h", tmp_path / "in" / "Herald")
        corpus = fl.read(tmp_path / "in")
        assert corpus.source_of == ["Gazette", "Herald"]
        assert corpus.ids == ["2", "1"]
        assert fl.read(tmp_path / "in" / "Herald").texts == ["b"]

    def test_links_within_a_linked_folder(self, tmp_path):
        write_folder(tmp_path, {"disk/1.txt": "a", "other/2.txt": "b"})
        os.symlink(tmp_path / "other", tmp_path / "disk" / "more")
        (tmp_path / "in").mkdir()
        os.symlink(tmp_path / "disk", tmp_path / "in" / "Herald")
        corpus = fl.read(tmp_path / "in")
        assert corpus.source_of == ["Herald", "Herald"]
        assert sorted(corpus.texts) == ["a", "b"]

    @pytest.mark.parametrize("target", [".", "..", "A", "../..", "A/deeper"])
    def test_what_is_read_anyway_is_read_once(self, tmp_path, target):
        folder = tmp_path / "in"
        write_folder(folder, {"A/1.txt": "a", "A/deeper/2.txt": "b", "B/3.txt": "c"})
        os.symlink(target, folder / "B" / "loop" if ".." in target else folder / "loop")
        with pytest.warns(UserWarning, match=r"passed over 1 link to a folder that is read anyway"):
            assert sorted(fl.read(folder).texts) == ["a", "b", "c"]

    def test_two_links_to_one_folder(self, tmp_path):
        write_folder(tmp_path, {"disk/1.txt": "a", "in/0.txt": "b"})
        for name in ("X", "Y"):
            os.symlink(tmp_path / "disk", tmp_path / "in" / name)
        with pytest.warns(UserWarning, match=r"read anyway \(Y\)"):
            assert fl.read(tmp_path / "in").source_of == ["0", "X"]

    def test_links_to_files(self, tmp_path):
        write_folder(tmp_path, {"in/A/1.txt": "a", "in/.store/x.txt": "b", "out.md": "m"})
        folder = tmp_path / "in"
        os.symlink(folder / "A" / "1.txt", folder / "A" / "latest.txt")
        os.symlink(folder / ".store" / "x.txt", folder / "A" / "2.txt")
        os.symlink(tmp_path / "gone.txt", folder / "A" / "3.txt")
        os.symlink(tmp_path / "out.md", folder / "README.md")
        with pytest.warns(UserWarning) as caught:
            assert fl.read(folder).ids == ["1", "2"]
        (message,) = (str(warning.message) for warning in caught)
        assert "1 .md" in message
        assert "1 link to a file that is read anyway" in message
        assert "1 link to what is not there" in message


class TestPassedOver:
    def test_one_warning_counts_them(self, tmp_path):
        write_folder(
            tmp_path, {"A/1.txt": "a", "A/x.md": "", "B/y.docx": "", "z.MD": "", "LICENSE": ""}
        )
        expected = r"^passed over 1 \.docx, 2 \.md, 1 without a suffix \(A/x\.md, B/y\.docx, "
        with pytest.warns(UserWarning, match=expected) as caught:
            fl.read(tmp_path)
        assert len(caught) == 1
        assert caught[0].filename == __file__

    def test_nothing_to_read(self, tmp_path):
        write_folder(tmp_path, {"x.md": "", "B/y.docx": ""})
        with pytest.raises(
            ValueError, match=r"holds nothing to read: 1 \.docx, 1 \.md \(B/y\.docx, x"
        ):
            fl.read(tmp_path)

    def test_an_empty_folder_says_so(self, tmp_path):
        with pytest.warns(UserWarning, match="is empty: no document is read"):
            assert len(fl.read(tmp_path)) == 0

    def test_many_are_cut_short(self, tmp_path):
        write_folder(tmp_path, {"1.txt": "a"} | {f"{i:03}.md": "" for i in range(50)})
        with pytest.warns(UserWarning, match=r"50 \.md \(000\.md, .*, 009\.md and 40 more\)"):
            fl.read(tmp_path)

    def test_json_about_something_else(self, tmp_path):
        write_folder(tmp_path, {"1.txt": "a", "1.json": '{"url": "x"}', "settings.json": "{}"})
        with pytest.warns(UserWarning, match=r"2 \.json without a column for text \(1\.json, sett"):
            assert fl.read(tmp_path).texts == ["a"]
        (tmp_path / "1.txt").unlink()
        with pytest.raises(ValueError, match=r"settings\.json: no column for text"):
            fl.read(tmp_path)

    def test_a_manifest_further_down(self, tmp_path):
        write_folder(tmp_path, {"A/1.txt": "a"})
        write_manifest(tmp_path / "A", [{"id": "x", "file": "1.txt", "source": "S"}])
        with pytest.warns(UserWarning, match=r"1 manifest\.json of a subfolder"):
            assert fl.read(tmp_path).ids == ["1"]
        assert fl.read(tmp_path / "A" / "manifest.json").ids == ["x"]


class TestPacked:
    def test_gzip(self, tmp_path):
        rows = b"text,source\na,S\n"
        two = gzip.compress(rows[:5]) + gzip.compress(rows[5:])
        files = {"a.CSV.GZ": two, "b_1.txt.gz": gzip.compress("é".encode("utf-16"))}
        corpus = fl.read(write_folder(tmp_path, files))
        assert corpus.texts == ["a", "é"]
        assert corpus.source_of == ["S", "b"]
        assert fl.read(tmp_path / "b_1.txt.gz").ids == ["b_1"]

    @pytest.mark.parametrize("damage", [slice(0, 20), slice(2, None), slice(0, 3)])
    def test_damaged_gzip(self, tmp_path, damage):
        data = gzip.compress(b"text,source\n" + os.urandom(100).hex().encode() + b",S\n")[damage]
        write_folder(tmp_path, {"a.csv.gz": data})
        with pytest.raises(
            ValueError, match=r"^a\.csv\.gz: cannot be unpacked: .*; pack it anew, or on_bad="
        ):
            fl.read(tmp_path / "a.csv.gz")

    def zipped(self, folder, name, files):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in files.items():
                archive.writestr(member, content)
        return write_folder(folder, {name: data.getvalue()}) / name

    def test_zip_is_read_as_a_folder(self, tmp_path):
        files = {
            "news/Gazette/1.txt": "a",
            "news/Herald/1.txt": "b",
            "news/Herald/t.jsonl": '{"text": "c"}',
            "__MACOSX/news/Herald/._1.txt": "no",
        }
        path = self.zipped(tmp_path, "news.zip", files)
        corpus = fl.read(path)
        assert corpus.texts == ["a", "b", "c"]
        assert corpus.source_of == ["Gazette", "Herald", "Herald"]
        assert corpus.ids == ["news.zip/Gazette/1", "news.zip/Herald/1", "news.zip/Herald/t-0"]

    def test_one_table_in_a_zip(self, tmp_path):
        path = self.zipped(tmp_path, "t.csv.zip", {"t.csv": "text;source\na;S\n"})
        assert fl.read(path).source_of == ["S"]
        assert fl.read(tmp_path).texts == ["a"]

    def test_zip_beside_files(self, tmp_path):
        self.zipped(tmp_path, "Star/old.zip", {"2025/9.txt": "b", "x.md": "m"})
        write_folder(tmp_path, {"Gazette/1.txt": "a"})
        with pytest.warns(UserWarning, match=r"passed over 1 \.md \(Star/old\.zip/x\.md\)"):
            corpus = fl.read(tmp_path)
        assert corpus.source_of == ["Gazette", "Star"]

    def test_zip_that_is_wrong(self, tmp_path):
        write_folder(tmp_path, {"a.zip": b"no"})
        with pytest.raises(ValueError, match=r"^a\.zip: no zip file: .*; pack it anew"):
            fl.read(tmp_path / "a.zip")
        with pytest.raises(ValueError, match=r"^b\.zip holds nothing to read: 1 \.md"):
            fl.read(self.zipped(tmp_path, "b.zip", {"x.md": ""}))
        path = self.zipped(tmp_path, "c.zip", {"x.txt": "rain " * 100})
        data = bytearray(path.read_bytes())
        data[40] ^= 0xFF
        path.write_bytes(data)
        with pytest.raises(
            ValueError, match=r"^c\.zip/x\.txt: cannot be unpacked: .*; pack it anew, or on_bad="
        ):
            fl.read(path)


class TestNeverOpened:
    @pytest.fixture
    def special(self, tmp_path, request):
        path = tmp_path / f"a.{request.param[1]}"
        if request.param[0] == "pipe":
            os.mkfifo(path)
        elif request.param[0] == "socket":
            self.kept = socket.socket(socket.AF_UNIX)
            self.kept.bind(str(path))
        else:
            os.symlink("/dev/zero", path)
        return path

    @pytest.mark.parametrize(
        "special",
        [(k, s) for k in ("pipe", "socket", "device") for s in ("txt", "csv")],
        indirect=True,
    )
    def test_a_file_is_refused(self, special):
        with pytest.raises(
            ValueError, match=r"a\.\w+ is a (pipe|socket|device), not a file; write"
        ):
            fl.read(special)

    @pytest.mark.parametrize("special", [("pipe", "txt"), ("socket", "jsonl")], indirect=True)
    def test_in_a_folder_it_is_counted(self, special):
        (special.parent / "b.txt").write_text("b")
        with pytest.warns(UserWarning, match="passed over 1 pipe, socket or device"):
            assert fl.read(special.parent).texts == ["b"]

    def test_as_a_manifest(self, tmp_path):
        os.mkfifo(tmp_path / "manifest.json")
        with pytest.raises(ValueError, match=r"manifest\.json is a pipe, not a file"):
            fl.read(tmp_path)

    def test_in_a_manifest(self, tmp_path):
        os.mkfifo(tmp_path / "a.txt")
        write_manifest(tmp_path, [{"id": "1", "file": "a.txt", "source": "S"}])
        with pytest.raises(fl.SchemaError, match=r"/documents/0/file: .*a\.txt is a pipe") as error:
            fl.read(tmp_path)
        assert error.value.pointer == "/documents/0/file"

    def test_a_lexicon_and_a_saved_vectorizer(self, tmp_path):
        os.mkfifo(tmp_path / "a.json")
        from framelens import lexicons

        with pytest.raises(ValueError, match="is a pipe, not a file"):
            lexicons.load(tmp_path / "a.json")
        with pytest.raises(ValueError, match="is a pipe, not a file"):
            fl.CountVectorizer.load(tmp_path / "a.json")


class TestManifestOfBadJson:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ('{"documents": ' + "[" * 100_000, "it is nested too deeply"),
            ('{"documents": [' + '{"a":' * 100_000, "it is nested too deeply"),
            ('{"documents": [], "documents": []}', "the key 'documents' stands twice"),
            ('{"documents": [{"id": "1", "id": "2"}]}', "the key 'id' stands twice"),
            ('{"documents": [{"n": %s}]}' % ("7" * 5000), "an integer of more than 4,300 digits"),
            ('{"documents": [}', "Expecting value"),
        ],
        ids=["deep lists", "deep objects", "twice", "twice below", "long integer", "syntax"],
    )
    def test_is_refused(self, tmp_path, text, why):
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(fl.SchemaError, match=f"^manifest.json is no JSON: .*{why}") as error:
            fl.read(tmp_path)
        assert error.value.pointer == ""

    def test_a_path_with_a_nul(self, tmp_path):
        write_manifest(tmp_path, [{"id": "1", "file": "a\0.txt", "source": "S"}])
        with pytest.raises(fl.SchemaError, match="outside the folder"):
            fl.read(tmp_path)

    def test_a_folder_as_a_file(self, tmp_path):
        (tmp_path / "a.txt").mkdir()
        write_manifest(tmp_path, [{"id": "1", "file": "a.txt", "source": "S"}])
        with pytest.raises(fl.SchemaError, match="is a folder, not a file"):
            fl.read(tmp_path)
