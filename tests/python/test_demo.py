"""The demo corpus holds what it promises, and the engine reads it as a careful reader does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import framelens as fl
from framelens import lexicons
from framelens.corpus.corpus import Corpus
from framelens.face.demo import TARGETS

Gold = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The demo corpus."""
    return fl.demo()


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> dict[str, str]:
    """Its texts by document."""
    return dict(zip(corpus.documents["id"], corpus.texts, strict=True))


@pytest.fixture(scope="module")
def demo_gold(root: Path, read_jsonl: Callable[[Path], Any]) -> Gold:
    """What was read by hand: zones, quotes, labels, label_traps."""
    return lambda name: read_jsonl(root / "tests" / "data" / "demo" / f"{name}.jsonl")


def missing_to_none(value: Any) -> Any:
    return None if pd.isna(value) else value


def test_five_sources_report_one_event(corpus: Corpus) -> None:
    documents = corpus.documents
    assert len(documents) == 5
    assert documents["source"].nunique() == 5
    assert documents["event"].nunique() == 1
    assert documents["date"].notna().all()
    assert all(2_500 <= len(text) <= 4_500 for text in corpus.texts)


@pytest.mark.parametrize(
    "pattern",
    [
        r"Tomas Belariz",  # a name without its accents
        r"“[^”]*$",  # a quotation that goes on in the next paragraph
        r"'[^'\n]+'[^'\n]*\"",  # marks inside marks
        r"(?i)regime change",
        r"(?i)former president",
        r"(?i)leader of the Black Lanterns",
        r"Swiss government",
        r"so-called",
        r"self-proclaimed",
        r"is not a president",
        r"the slogan “",
        r"“president”",
        r"The Sólvik administration",
        r"(?m)^  • ",
    ],
)
def test_every_difficulty_is_there(corpus: Corpus, pattern: str) -> None:
    assert any(re.search(pattern, text, re.MULTILINE) for text in corpus.texts)


@pytest.mark.parametrize(
    ("name", "field"),
    [("zones", "text"), ("quotes", "text"), ("labels", "label"), ("label_traps", "label")],
)
def test_gold_spans_are_the_words_they_say(
    texts: dict[str, str], demo_gold: Gold, name: str, field: str
) -> None:
    rows = demo_gold(name)
    assert rows
    for row in rows:
        start, end = row["span"]
        assert texts[row["doc"]][start:end] == row[field]


def test_gold_knows_every_word_of_the_lexicon(texts: dict[str, str], demo_gold: Gold) -> None:
    terms = [t for t in lexicons.load("legitimacy").terms if " " not in t["text"]]
    words = sorted({word for term in terms for word in [term["text"], *term["forms"]]})
    judged = {
        (r["doc"], r["span"][0]) for name in ("labels", "label_traps") for r in demo_gold(name)
    }
    for doc, text in texts.items():
        for found in re.finditer(rf"(?i)\b({'|'.join(map(re.escape, words))})\b", text):
            assert (doc, found.start()) in judged, text[found.start() - 30 : found.end() + 30]


def test_zones(corpus: Corpus, demo_gold: Gold) -> None:
    expected = {(r["doc"], r["zone"], *r["span"], r["duplicate"]) for r in demo_gold("zones")}
    columns = ["doc", "zone", "start", "end", "duplicate"]
    assert set(corpus.zones[columns].itertuples(index=False, name=None)) == expected


def test_quotations(corpus: Corpus, demo_gold: Gold) -> None:
    frame = fl.quotes(corpus).frame
    found = {
        (row.doc, row.start, row.end): row
        for row in frame[frame["kind"] != "indirect"].itertuples()
    }
    gold = demo_gold("quotes")
    assert {(r["doc"], *r["span"]) for r in gold} == set(found)
    for expected in gold:
        row = found[expected["doc"], *expected["span"]]
        assert row.kind == expected["kind"], expected
        assert missing_to_none(row.speaker) == expected["speaker"], expected
        assert missing_to_none(row.cue) == expected["cue"], expected


def test_labels(corpus: Corpus, demo_gold: Gold) -> None:
    evidence = fl.framing(corpus, targets=TARGETS, axis="legitimacy", zones="all").evidence
    fields = ["target", "pole", "object", "voice", "speaker", "zone", "rule"]
    columns = ["doc", "start", "end", *fields]
    found = {
        tuple(missing_to_none(value) for value in row)
        for row in evidence[columns].itertuples(index=False, name=None)
    }
    expected = {(r["doc"], *r["span"], *(r[key] for key in fields)) for r in demo_gold("labels")}
    assert found == expected
    assert len(evidence) == len(expected)


def test_traps_do_not_count(corpus: Corpus, demo_gold: Gold) -> None:
    evidence = fl.framing(corpus, targets=TARGETS, zones="all").evidence
    found = set(evidence[["doc", "start"]].itertuples(index=False, name=None))
    for trap in demo_gold("label_traps"):
        assert (trap["doc"], trap["span"][0]) not in found, trap["why"]


def test_reported_and_distanced_labels(corpus: Corpus, demo_gold: Gold) -> None:
    evidence = fl.framing(corpus, targets=TARGETS, zones="all").evidence
    rows = {(row.doc, row.start): row for row in evidence.itertuples()}
    for expected in demo_gold("labels"):
        row = rows[expected["doc"], expected["span"][0]]
        assert bool(row.reported) == (expected["reported_by"] is not None), expected
        assert missing_to_none(row.reported_by) == expected["reported_by"], expected
        assert missing_to_none(row.distance) == expected["distance"], expected
        assert (row.weight == 0) == (
            expected["distance"] is not None or expected["pole"] == "neutral"
        ), expected


def test_sources_differ_in_framing(demo_gold: Gold) -> None:
    own = Counter(
        (r["doc"], r["pole"])
        for r in demo_gold("labels")
        if r["target"] == TARGETS[0]
        and r["voice"] == "own"
        and r["zone"] != "caption"
        and r["reported_by"] is None
        and r["distance"] is None
    )
    for hostile in ("gazette", "sentinel"):
        assert own[hostile, "illegitimate"] > own[hostile, "legitimate"]
    for friendly in ("today", "wire"):
        assert own[friendly, "illegitimate"] == 0
