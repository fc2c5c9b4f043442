"""The command line: what it prints, what it writes, how it refuses."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import framelens as fl
from framelens.cli import main


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
    assert "no documents" in refused(capsys, "report", tmp_path / "empty", "-o", out)
    assert not out.exists()


def test_a_place_that_cannot_be_written(capsys, tmp_path, folder):
    assert "gazette_1.txt" in refused(
        capsys, "report", folder, "-o", folder / "gazette_1.txt" / "out.html"
    )
    refused(capsys, "report", folder, "-o", tmp_path)


@pytest.mark.parametrize(
    "arguments", [["report"], ["report", "x"], ["nonsense"], ["demo", "--nonsense"]]
)
def test_wrong_usage_is_one_line(capsys, arguments):
    refused(capsys, *arguments)


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
