"""Short passages in the manner of many newspapers: who speaks, and what each person is called.

All are written for framelens, in wire, tabloid, British, Indian, African and Latin American style;
tests/data/passages.json holds them with what a careful reader finds.
"""

import json
from pathlib import Path

import pandas as pd
import pytest

import framelens as fl

DATA = Path(__file__).parents[1] / "data/passages.json"
PASSAGES = json.loads(DATA.read_text(encoding="utf-8"))


def by_id(name):
    return [pytest.param(p, id=p["id"]) for p in PASSAGES if name in p]


def read(passage):
    return fl.read([{"id": passage["id"], "source": "Gazette", "text": passage["text"]}])


def known(value):
    return None if pd.isna(value) else value


@pytest.mark.parametrize("passage", by_id("quotes"))
def test_quotations(passage):
    frame = fl.quotes(read(passage), zones="all").frame
    marked = frame[frame["kind"] != "indirect"]
    found = [
        [row.text, row.kind, known(row.speaker), known(row.lemma)] for row in marked.itertuples()
    ]
    assert found == passage["quotes"]


@pytest.mark.parametrize("passage", by_id("labels"))
def test_labels(passage):
    frame = fl.namings(read(passage), targets=list(passage["labels"])).frame
    for target, expected in passage["labels"].items():
        rows = frame[frame["target"] == target]
        found = [
            [row.label, "reported" if row.reported else row.voice, known(row.distance)]
            for row in rows.itertuples()
        ]
        assert found == expected, target
