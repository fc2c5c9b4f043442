"""README's Python examples run in one namespace, beside the demo corpus as a folder."""

import json
import re
import shutil
import subprocess
import sys
import tomllib

import matplotlib as mpl
import pytest

import check_layers
import framelens as fl

mpl.use("Agg")


def blocks(text):
    return re.findall(r"^```python\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with the demo corpus as `articles/`."""
    corpus = fl.demo()
    articles = tmp_path / "articles"
    articles.mkdir()
    listed = []
    for id_, source, text in zip(corpus.ids, corpus.source_of, corpus.texts, strict=True):
        (articles / f"{id_}.txt").write_text(text, encoding="utf-8", newline="")
        listed.append({"id": id_, "file": f"{id_}.txt", "source": source})
    (articles / "manifest.json").write_text(json.dumps({"documents": listed}))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_examples_run(root, folder):
    found = blocks((root / "README.md").read_text(encoding="utf-8"))
    assert found
    namespace = {"__name__": "readme"}
    for number, block in enumerate(found, 1):
        exec(compile(block, f"README.md block {number}", "exec"), namespace)


def test_the_tables_are_those_of_the_demo(root, tmp_path):
    command = [sys.executable, "-c", "from framelens.face.cli import main; main()", "demo"]
    done = subprocess.run(
        [*command, "-o", tmp_path / "r.html"], capture_output=True, text=True, check=True
    )
    tables = done.stdout.partition("\nreport:")[0].rstrip("\n")
    assert "What each source calls" in tables
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert f"```text\n{tables}\n```" in readme  # paste what `framelens demo` prints


@pytest.mark.skipif(shutil.which("make") is None, reason="no make")
def test_commands_exist(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)\b", readme))
    assert {"demo", "test"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


def test_links_lead_from_anywhere_to_what_is_there(root):
    # The README is shown outside the repository, too, where relative links lead nowhere.
    readme = (root / "README.md").read_text(encoding="utf-8")
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    definition = r"^\[([^\]]+)\]: (\S+)$"
    defined = dict(re.findall(definition, readme, flags=re.MULTILINE))
    no_prose = rf"^```.*?^```$|`[^`\n]*`|{definition}"
    prose = re.sub(no_prose, "", readme, flags=re.MULTILINE | re.DOTALL)
    used = {" ".join(name.split()) for name in re.findall(r"\[([^\]]+)\](?!\()", prose)}
    assert used == defined.keys()
    for target in [*defined.values(), *re.findall(r"\]\(([^)]+)\)", prose)]:
        assert target.startswith("https://"), target
        _, own, path = target.rpartition(f"{project['urls']['Homepage']}/")
        if own:
            assert (root / re.sub(r"^(blob|tree)/main/", "", path)).exists(), target


def test_the_rooms_are_those_of_the_engine(root):
    table = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for header in (root / "cpp" / "include" / "framelens").glob("*.hpp"):
        assert f"`{check_layers.room_of(header, root)}`" in table


def test_the_columns_of_scores_are_explained(root):
    meaning = (root / "docs" / "meaning.md").read_text(encoding="utf-8")
    columns = set(fl.framing(fl.demo(), targets=["Beláriz"]).scores)
    assert {"score", "mentions", "bare", "design_effect"} <= columns
    for column in columns - {"target", "axis", "source"}:
        plain = re.sub(r"_(il)?legitimate(?=$|_)", "_<pole>", column)
        assert f"`{plain}`" in meaning, column
