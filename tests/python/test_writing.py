"""Files that framelens writes: replaced as a whole or not at all, bad paths refused first."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

import framelens as fl
from framelens.base import writing as _writing
from framelens.base.saving import Saved
from framelens.base.writing import check_output, write_whole
from framelens.face.cli import main
from framelens.labels import coding

# The package's name `report` is the function.
report_module = import_module("framelens.face.report")

OLD = "old\n"
FITTED = fl.CountVectorizer().fit(["one two", "two three"])
RESULT = fl.framing(fl.demo(), targets=["Tomás Beláriz"])
SMALL = fl.read(
    [
        {"source": "Gazette", "text": "President Ada Moore spoke on Monday."},
        {"source": "Herald", "text": "The dictator Ada Moore spoke."},
    ]
)

Writer = Callable[[Path], object]
WRITERS: list[tuple[str, Writer]] = [
    ("text.txt", lambda path: write_whole(path, "new\n")),
    ("page.html", lambda path: fl.report(SMALL, path)),
    ("counts.json", FITTED.save),
    ("hashed.json", fl.HashingVectorizer().save),
    ("tfidf.json", fl.TfidfVectorizer().fit(["one two"]).save),
    ("weights.json", fl.TfidfTransformer().fit(FITTED.transform(["one two"])).save),
    ("bm25.json", fl.BM25Transformer().fit(FITTED.transform(["one two"])).save),
]
every_writer = pytest.mark.parametrize(("name", "write"), WRITERS, ids=[n for n, _ in WRITERS])


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def old_file(folder, name, mode=0o644):
    path = folder / name
    path.write_text(OLD)
    path.chmod(mode)
    return path


@every_writer
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o777])
def test_a_file_that_is_replaced_keeps_its_mode(tmp_path, name, write, mode):
    path = old_file(tmp_path, name, mode)
    write(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_text() != OLD
    assert names_in(tmp_path) == [name]


def test_a_new_file_has_the_mode_that_the_user_wants(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "new.txt", "new\n")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(tmp_path):
    path = old_file(tmp_path, "old.txt")
    os.chown(path, 65534, 65534)
    write_whole(path, "new\n")
    assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65534)


def test_nobody_reads_a_private_file_while_it_is_written(tmp_path, monkeypatch):
    path = old_file(tmp_path, "secret.txt", 0o600)
    seen = []
    fsync = os.fsync

    def look(opened):
        seen.append(stat.S_IMODE(os.fstat(opened).st_mode))
        fsync(opened)

    monkeypatch.setattr(os, "fsync", look)
    write_whole(path, "new\n")
    assert seen == [0o600]


@every_writer
@pytest.mark.parametrize("kind", ["absolute", "relative", "of a link", "dangling"])
def test_a_link_stays_and_what_it_leads_to_changes(tmp_path, name, write, kind):
    (tmp_path / "far").mkdir()
    target = tmp_path / "far" / name
    if kind != "dangling":
        target.write_text(OLD)
    link = tmp_path / name
    if kind == "of a link":
        (tmp_path / "between").symlink_to(target)
        link.symlink_to("between")
    else:
        link.symlink_to(Path("far") / name if kind == "relative" else target)
    write(link)
    assert link.is_symlink()
    assert not target.is_symlink()
    assert target.read_text() not in ("", OLD)
    assert names_in(tmp_path / "far") == [name]


FAILURES = [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), MemoryError()]


@every_writer
@pytest.mark.parametrize("error", FAILURES, ids=["full", "interrupt", "memory"])
@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_what_fails_leaves_the_old_file_and_no_part(
    tmp_path, monkeypatch, name, write, error, where
):
    path = old_file(tmp_path, name)

    def fail(*_):
        raise error

    monkeypatch.setattr(*((os, "fsync") if where == "fsync" else (Path, "replace")), fail)
    with pytest.raises(type(error)):
        write(path)
    monkeypatch.undo()
    assert path.read_text() == OLD
    assert names_in(tmp_path) == [name]


FULL_DISK = """
import resource, signal, sys
import framelens as fl
folder = sys.argv[1]
model = fl.CountVectorizer().fit([" ".join(f"word{i}" for i in range(2000))])
result = fl.framing(fl.demo(), targets=["Tomás Beláriz"])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (900, 900))
writes = {
    "page.html": lambda path: fl.report(fl.demo(), path),
    "model.json": model.save,
    "sheet.csv": lambda path: result.sample(path, seed=1),
}
for name, write in writes.items():
    try:
        write(folder + "/" + name)
    except OSError as error:
        print(name, error.errno)
"""


def test_a_full_disk_destroys_nothing(tmp_path):
    kept = dict.fromkeys(("page.html", "model.json"), "o" * 20_000)
    for name, text in kept.items():
        (tmp_path / name).write_text(text)
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, text=True, check=True
    )
    names = ["page.html", "model.json", "sheet.csv"]
    assert done.stdout.split() == [w for name in names for w in (name, str(errno.EFBIG))]
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == kept


def bad_paths(folder):
    """Each kind of path that cannot be written, with the error that it is refused with."""
    (folder / "file").write_text(OLD)
    (folder / "loop.html").symlink_to("loop.html")
    os.mkfifo(folder / "pipe.html")
    return {
        folder: IsADirectoryError,
        f"{folder}/new/": IsADirectoryError,
        folder / "file" / "new.html": NotADirectoryError,
        folder / "pipe.html": OSError,
        folder / "loop.html": OSError,
        "/dev/null": OSError,
        folder / ("x" * 300 + ".html"): OSError,
        "": OSError,
    }


def not_reached(*_, **__):
    raise AssertionError("worked before it refused")


def test_bad_paths_are_refused_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(report_module, "_context", not_reached)
    monkeypatch.setattr(Saved, "to_json", not_reached)
    monkeypatch.setattr(coding, "_drawn", not_reached)
    monkeypatch.setattr(fl, "read", not_reached)
    kept = None
    for path, error in bad_paths(tmp_path).items():
        kept = kept or names_in(tmp_path)
        with pytest.raises((error, ValueError) if path in ("/dev/null",) else error):
            fl.report(SMALL, path)
        with pytest.raises(error):
            FITTED.save(path)
        with pytest.raises((OSError, ValueError)):
            RESULT.sample(path, seed=1)
        with pytest.raises(SystemExit, match="2"):
            main(["report", str(tmp_path), "-o", str(path)])
    assert names_in(tmp_path) == kept
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_a_missing_folder(tmp_path, monkeypatch):
    assert fl.report(SMALL, tmp_path / "a" / "b" / "r.html").is_file()
    monkeypatch.setattr(Saved, "to_json", not_reached)
    with pytest.raises(FileNotFoundError, match=r"no such folder.*gone"):
        FITTED.save(tmp_path / "gone" / "model.json")
    with pytest.raises(FileNotFoundError, match=r"no such folder.*gone"):
        RESULT.sample(tmp_path / "gone" / "sheet.csv", seed=1)
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_this_user_may_not_write_is_refused_before_the_work(tmp_path, monkeypatch, what):
    path = old_file(tmp_path, "r.html")
    closed = tmp_path if what == "folder" else path
    access = os.access
    monkeypatch.setattr(report_module, "_context", not_reached)
    monkeypatch.setattr(Saved, "to_json", not_reached)
    monkeypatch.setattr(
        _writing.os, "access", lambda place, mode: place != closed and access(place, mode)
    )
    for write in (FITTED.save, lambda path: fl.report(SMALL, path)):
        with pytest.raises(PermissionError, match="no permission"):
            write(path)


@pytest.mark.parametrize("name", ["report.pdf", "report.json", "report.v2"])
def test_a_report_is_a_page(tmp_path, name):
    with pytest.raises(ValueError, match=r"name it \.html"):
        fl.report(SMALL, tmp_path / name)
    assert not names_in(tmp_path)


@pytest.mark.parametrize("name", ["report.html", "REPORT.HTM", "report"])
def test_names_of_pages(tmp_path, name):
    assert fl.report(SMALL, tmp_path / name) == tmp_path / name


def test_check_output_follows_links(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "target")
    assert check_output(tmp_path / "link") == (tmp_path / "target").resolve()


def test_a_sheet_that_is_there_is_not_overwritten(tmp_path):
    path = RESULT.sample(tmp_path / "sheet.csv", n=4, seed=1)
    sheet = pd.read_csv(path)
    sheet["coder_1"] = sheet["coder_2"] = "legitimate"
    sheet.to_csv(path, index=False)
    coded = {name: (tmp_path / name).read_bytes() for name in names_in(tmp_path)}
    for seed in (1, 2):
        with pytest.raises(FileExistsError, match=r"may hold codes.*sheet\.csv"):
            RESULT.sample(path, n=4, seed=seed)
    with pytest.raises(FileExistsError, match=r"may hold codes.*sheet\.csv"):
        RESULT.sample(str(path), n=4, seed=1)
    assert {name: (tmp_path / name).read_bytes() for name in names_in(tmp_path)} == coded
    assert len(fl.agreement(path).codes) == 4


def test_a_key_that_is_there_is_not_overwritten(tmp_path):
    RESULT.sample(tmp_path / "sheet.csv", n=4, seed=1)
    key = (tmp_path / "sheet.key.csv").read_bytes()
    (tmp_path / "sheet.csv").rename(tmp_path / "coded by Ada.csv")
    with pytest.raises(FileExistsError, match=r"sheet\.key\.csv"):
        RESULT.sample(tmp_path / "sheet.csv", n=4, seed=2)
    assert (tmp_path / "sheet.key.csv").read_bytes() == key
    assert names_in(tmp_path) == ["coded by Ada.csv", "sheet.key.csv"]


def test_links_to_a_sheet_are_not_followed_over_it(tmp_path):
    path = RESULT.sample(tmp_path / "sheet.csv", n=4, seed=1)
    (tmp_path / "again.csv").symlink_to(path)
    with pytest.raises(FileExistsError):
        RESULT.sample(tmp_path / "again.csv", n=4, seed=1)


@pytest.mark.parametrize("fails", [1, 2])
def test_a_sheet_and_its_key_are_both_there_or_neither(tmp_path, monkeypatch, fails):
    calls = []

    def write(path, text):
        calls.append(path)
        if len(calls) == fails:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        write_whole(path, text)

    monkeypatch.setattr(coding, "write_whole", write)
    with pytest.raises(OSError, match="No space"):
        RESULT.sample(tmp_path / "sheet.csv", n=4, seed=1)
    assert not names_in(tmp_path)


def test_a_sheet_is_a_csv(tmp_path):
    with pytest.raises(ValueError, match=r"name it \.csv"):
        RESULT.sample(tmp_path / "sheet.xlsx", n=4, seed=1)
    assert not names_in(tmp_path)
