"""The command line: what it prints, what it writes, how it refuses."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import framelens as fl
from framelens.face.cli import main


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return stopped.value.code, out, err


def refused(capsys, *arguments):
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("framelens: ")
    assert err.count("\n") == 1
    return err


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "gazette_1.txt").write_text("President Ada Moore spoke on Monday.")
    (tmp_path / "in" / "herald_1.txt").write_text("The dictator Ada Moore spoke.")
    return tmp_path / "in"


def test_version(capsys):
    assert run(capsys, "--version") == (0, f"framelens {fl.__version__}\n", "")


def test_demo(capsys, tmp_path):
    path = tmp_path / "new" / "report.html"
    code, out, err = run(capsys, "demo", "-o", path)
    assert (code, err) == (0, "")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert f"report: {path}" in out
    lines = [line for line in out.splitlines() if "report: " not in line]
    assert max(map(len, lines)) <= 100
    corpus = fl.demo()
    value = fl.similarity(corpus).matrix.iloc[0, 1]
    row = next(line for line in lines if line.startswith(corpus.sources[0]))
    assert f"{value:.2f}" in row.split()
    assert any("own" in line.split() for line in lines)
    assert any("quoted" in line.split() for line in lines)


def test_report(capsys, tmp_path, folder):
    path = tmp_path / "out.html"
    code, out, err = run(
        capsys, "report", folder, "-o", path, "--target", "Ada Moore", "--axis", "legitimacy"
    )
    assert (code, out, err) == (0, f"report: {path}\n", "")
    page = path.read_text(encoding="utf-8")
    assert "illegitimate" in page
    assert page.count("<mark") == 2


def test_a_target_that_nobody_names_is_one_line(capsys, tmp_path, folder):
    code, _, err = run(capsys, "report", folder, "-o", tmp_path / "o.html", "--target", "Vera Lind")
    assert code == 0
    assert set(err.splitlines()) == {"framelens: no document names the target 'Vera Lind'"}


def test_refusals_are_one_line(capsys, tmp_path, folder):
    out = tmp_path / "out.html"
    assert "no such file or folder" in refused(capsys, "report", tmp_path / "gone", "-o", out)
    assert "axis" in refused(
        capsys, "report", folder, "-o", out, "--target", "Ada Moore", "--axis", "nonsense"
    )
    (folder / "bad_1.txt").write_bytes(b"\xff")
    assert "bad_1.txt: not UTF-8" in refused(capsys, "report", folder, "-o", out)
    (tmp_path / "empty").mkdir()
    code, stdout, err = run(capsys, "report", tmp_path / "empty", "-o", out)
    assert (code, stdout) == (2, "")
    assert [line.split(": ")[-1] for line in err.splitlines()] == [
        "no document is read",
        "the corpus has no documents to report on",
    ]
    assert not out.exists()


def test_a_place_that_cannot_be_written(capsys, tmp_path, folder):
    assert "gazette_1.txt" in refused(
        capsys, "report", folder, "-o", folder / "gazette_1.txt" / "out.html"
    )
    refused(capsys, "report", folder, "-o", tmp_path)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["report"], "framelens report"),
        (["report", "x"], "framelens report"),
        (["tables", "x"], "framelens tables"),
        (["show", "x"], "framelens show"),
        (["lexicon", "check"], "framelens lexicon check"),
        (["nonsense"], "framelens"),
        (["demo", "--nonsense"], "framelens demo"),
        (["report", "x", "-o", "y.html", "--max-articles", "-1"], "framelens report"),
        (["tables", "x", "-o", "y", "--format", "xlsx"], "framelens tables"),
    ],
)
def test_a_wrong_call_tells_the_usage(capsys, arguments, command):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    told, usage, hint = err.splitlines()
    assert told.startswith("framelens: ")
    assert usage.startswith(f"Usage: {command} ")
    assert hint == f"Try '{command} --help'."


@pytest.mark.parametrize("arguments", [[], ["lexicon"]])
def test_a_command_that_needs_another_prints_its_help(capsys, arguments):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err == run(capsys, *arguments, "--help")[1]


def test_help(capsys):
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert "demo" in out
    assert "report" in out


def test_interrupt(capsys, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("framelens.demo", stop)
    code, _, err = run(capsys, "demo")
    assert code == 130
    assert "Traceback" not in err


def test_the_installed_command(tmp_path):
    command = shutil.which("framelens", path=str(Path(sys.executable).parent))
    if command is None:
        pytest.skip("the command framelens is not installed beside this Python")
    done = subprocess.run(
        [command, "report", "gone", "-o", "x.html"], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "framelens: no such file or folder: gone\n"


def test_as_a_module(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "framelens", "--version"],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, f"framelens {fl.__version__}\n")


def test_a_terminal_without_the_letters(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "framelens", "demo", "-o", "x.html"],
        capture_output=True, cwd=tmp_path, env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == 0
    assert b"What each source calls Tom?s Bel?riz" in done.stdout
    assert done.stdout.endswith(b"report: x.html\n")
    assert "Tomás" in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_a_page_is_no_pdf(capsys, tmp_path, folder):
    assert "not .pdf" in refused(capsys, "report", folder, "-o", tmp_path / "x.pdf")
    assert "not .pdf" in refused(capsys, "show", folder, "gazette_1", "-o", tmp_path / "x.pdf")


def test_tables(capsys, tmp_path, folder):
    code, out, err = run(capsys, "tables", folder, "-o", tmp_path / "out", "--target", "Ada Moore")
    assert (code, err) == (0, "")
    assert f"{tmp_path / 'out' / 'namings.csv'}: 2 rows" in out.splitlines()
    assert (tmp_path / "out" / "keyness.csv").is_file()


def test_show(capsys, tmp_path, folder):
    code, out, err = run(capsys, "show", folder, "herald_1", "--target", "Ada Moore")
    assert (code, err) == (0, "")
    assert "body        The dictator Ada Moore spoke." in out.splitlines()
    assert "illegitimate Ada Moore: dictator (own, title)" in out.splitlines()
    page = tmp_path / "new" / "page.html"
    assert run(capsys, "show", folder, "herald_1", "-o", page) == (0, f"article: {page}\n", "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "no document has the id" in refused(capsys, "show", folder, "herald_9")


def test_an_article_cannot_steer_the_terminal(capsys, tmp_path):
    (tmp_path / "gazette_1.txt").write_text("Ada Moore \x1b[2J left.")
    assert "\x1b" not in run(capsys, "show", tmp_path, "gazette_1")[1]


def test_columns_and_language(capsys, tmp_path):
    table = tmp_path / "articles.csv"
    table.write_text(
        "source,text,head,day,story\n"
        "Gazette,La presidenta Ana Ruiz habló del puerto.,Puerto,2024-03-01,a\n"
        "Herald,La ministra Ana Ruiz habló del puerto.,Puerto,2024-03-01,a\n"
    )
    named = ["--title", "head", "--date", "day", "--event", "story", "--language", "es"]
    assert run(capsys, "tables", table, "-o", tmp_path / "out", *named)[0] == 0
    documents = (tmp_path / "out" / "documents.csv").read_text().splitlines()
    assert documents[1].startswith("0,Gazette,Puerto,2024-03-01,a,")
    page = tmp_path / "page.html"
    assert run(capsys, "report", table, "-o", page, "--max-articles", "1", *named)[0] == 0
    assert "no language 'xx'" in refused(capsys, "report", table, "-o", page, "--language", "xx")


def test_actors_are_listed(tmp_path, capsys):
    (tmp_path / "gazette_1.txt").write_text("President Ada Moore spoke. She left.", "utf-8")
    code, out, _ = run(capsys, "actors", str(tmp_path))
    assert code == 0
    assert out.splitlines()[0].split()[0] == "name"
    assert out.splitlines()[-1].split()[:2] == ["Ada", "Moore"]
    assert "she 1" in out
