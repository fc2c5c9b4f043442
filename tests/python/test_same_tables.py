"""The hashes of every table: each public call has some, and a change of one is listed."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def same_tables(root: Path) -> ModuleType:
    sys.path.insert(0, str(root / "benchmarks"))
    import same_tables

    return same_tables


def changed(kept: dict, name: str) -> tuple[dict, str]:
    """Take the first row of a table away and give the second another cue."""
    table = kept["demo"][name]
    cells = {column: json.loads(text) for column, text in table["cells"].items()}
    doc = cells["doc"][1]
    cells = {column: values[1:] for column, values in cells.items()}
    cells["cue"][0] = "shouted"
    table["cells"] = {column: json.dumps(values) for column, values in cells.items()}
    table["rows"], table["hash"] = table["rows"] - 1, "0" * 12
    return kept, doc


def test_what_differs_from_kept_tables_is_listed(same_tables, tmp_path, capsys):
    part = ["--corpus", "demo", "--calls", "quotes", "kwic"]
    file = tmp_path / "before.json.gz"
    assert same_tables.main([*part, "--write", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "0 tables differ"
    assert not [line for line in lines if "DIFFERS" in line or "not covered" in line]

    kept, doc = changed(json.loads(gzip.decompress(file.read_bytes())), "quotes.frame")
    file.write_bytes(gzip.compress(json.dumps(kept).encode()))
    assert same_tables.main([*part, "--against", str(file)]) == 1
    out = capsys.readouterr().out
    assert "1 tables differ" in out
    assert "0 rows left, 1 came, 1 changed" in out
    assert f"doc={doc}" in out
    assert "cue: 'shouted' -> " in out


def test_every_public_call_has_a_table(same_tables, monkeypatch):
    assert same_tables.uncovered() == []
    monkeypatch.setattr(same_tables, "CALLS", {"read": None})
    assert "quotes" in same_tables.uncovered()
    monkeypatch.setattr(same_tables, "METHODS", {})
    assert "Quotes.verbs" in same_tables.uncovered()


def test_missing_data_is_said(same_tables, monkeypatch):
    def missing() -> None:
        raise FileNotFoundError(2, "No such file", "/nowhere/articles.jsonl")

    monkeypatch.setitem(same_tables.CORPORA, "articles", (missing, "en", []))
    found = same_tables.hashes("articles", 1, [])
    assert found == "no /nowhere/articles.jsonl (set FRAMELENS_SHARED)"
