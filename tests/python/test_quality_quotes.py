"""The quality benchmark of quotations on a sample: floors that a change of rules must not break."""

import importlib.util
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def bench(root):
    """The script as a module."""
    path = root / "benchmarks" / "quality" / "quotes.py"
    spec = importlib.util.spec_from_file_location("quality_quotes", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def table(bench, shared):
    """PolNeAR, one article in six."""
    records = list(bench.read_jsonl(shared / "data" / "polnear.jsonl"))[::6]
    assert len(records) >= 50
    return bench.polnear_table(bench.polnear(records))


# A little below what is reached; what is aimed at stands in the issue and is higher.
FLOORS = {
    "recall": 0.985,
    "precision, said": 0.97,
    "speaker": 0.85,
    "cue": 0.86,
    "attribution F1": 0.55,
}


@pytest.mark.parametrize("measure", FLOORS)
def test_floors(table, measure):
    assert table.loc["whole", measure] >= FLOORS[measure]


def test_no_outlet_is_read_much_worse(table):
    enough = table[table["quotations"] >= 20]
    assert len(enough) >= 3
    assert enough["recall"].min() >= 0.95
    assert enough["speaker"].min() >= 0.70


def test_voice(bench, shared):
    records = list(bench.read_jsonl(shared / "data" / "basil.jsonl"))
    counts = bench.basil(records)
    assert counts.share("voice") >= 0.94
    assert counts.share("voice, lexical") >= 0.86


def test_the_scores_can_fail(bench, shared):
    record = next(bench.read_jsonl(shared / "data" / "polnear.jsonl"))
    nothing = bench.fl.quotes(bench.corpus_of([record], "publisher")).frame.iloc[:0]
    counts = bench.Counts()
    bench.score_article(record, nothing, counts)
    assert counts.share("recall") == 0
    assert counts.share("attribution recall") == 0


def test_the_script_prints_its_tables(root, shared):
    done = subprocess.run(
        [
            *(sys.executable, root / "benchmarks" / "quality" / "quotes.py"),
            *("--shared", shared, "--sample", "4", "--part", "report"),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "PolNeAR, part: report (4 articles)" in done.stdout
    assert "BASIL: voice" in done.stdout
