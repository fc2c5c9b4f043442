"""Keyword in context: spans, folding, windows, voice, zones, bad input."""

from __future__ import annotations

import re
import time

import pandas as pd
import pytest

import framelens as fl

TEXT = (
    "The migrants reached Nordell on Monday. "
    "“These migrants are our neighbours,” said Maren Sólvik.\n\n"
    "A migrant’s tale: the mayor, Sólvik, met MIGRANT workers."
)


def corpus(text: str = TEXT) -> fl.Corpus:
    return fl.read(pd.DataFrame({"id": ["a"], "source": ["Gazette"], "text": [text]}))


def test_spans_are_evidence_and_have_a_voice() -> None:
    frame = fl.kwic(corpus(), "migrants", window=2).frame
    assert list(frame.columns) == [
        "doc", "source", "left", "keyword", "right", "start", "end", "voice", "speaker", "zone",
    ]  # fmt: skip
    for row in frame.itertuples():
        assert TEXT[row.start : row.end] == row.keyword
    assert frame["voice"].tolist() == ["own", "quoted"]
    assert frame["left"].tolist() == ["The", "Monday. “These"]
    assert frame["right"].tolist() == ["reached Nordell", "are our"]


def test_patterns() -> None:
    def keywords(pattern: str | re.Pattern[str]) -> list[str]:
        return fl.kwic(corpus(), pattern).frame["keyword"].tolist()

    assert keywords("solvik") == ["Sólvik", "Sólvik"]
    assert keywords("migrant*") == ["migrants", "migrants", "migrant’s", "MIGRANT"]
    assert keywords("migrant?") == ["migrants", "migrants"]
    assert keywords("maren sólvik") == ["Maren Sólvik"]
    assert keywords("the mayor") == ["the mayor"]
    assert keywords("neighbours said") == ["neighbours,” said"]
    assert keywords(re.compile(r"M[A-Z]+")) == ["MIGRANT"]
    assert keywords("[a-z]*x") == []
    assert keywords("a.b*") == []
    assert keywords("border") == []


def test_windows_do_not_leave_the_paragraph() -> None:
    rows = fl.kwic(corpus(), "migrant*", window=50).frame
    assert rows["left"].iloc[2] == "A"
    assert rows["right"].iloc[1].endswith("Sólvik.")
    none = fl.kwic(corpus(), "migrant*", window=0).frame
    assert (none[["left", "right"]] == "").all(axis=None)


def test_zones() -> None:
    demo = fl.demo()
    everything = fl.kwic(demo, "president").frame
    headlines = fl.kwic(demo, "president", zones=("headline",)).frame
    assert 0 < len(headlines) < len(everything)
    assert set(headlines["zone"]) == {"headline"}
    assert set(everything["zone"]) >= {"headline", "body"}


def test_nothing_found_has_its_columns() -> None:
    frame = fl.kwic(corpus("!"), "x").frame
    assert frame.empty
    assert frame["start"].dtype == "int64"
    for pattern in ("", "…", "*"):
        with pytest.raises(ValueError, match="no word"):
            fl.kwic(corpus(), pattern)
    with pytest.raises(ValueError, match="window"):
        fl.kwic(corpus(), "x", window=-1)
    with pytest.raises(ValueError, match="zone"):
        fl.kwic(corpus(), "x", zones=("title",))


def test_long_texts_are_quick() -> None:
    text = "word " * 200_000
    assert len(fl.kwic(corpus(text), "other").frame) == 0


def test_many_different_words_take_linear_time() -> None:
    # A pass over all words so far for each line took 150 s of 5,000 articles.
    def seconds(lines: int) -> float:
        article = corpus("\n".join(f"one{i} of{i} many{i} words{i}" for i in range(lines)))
        assert article.zones is not None
        start = time.process_time()
        assert fl.kwic(article, "other").frame.empty
        return time.process_time() - start

    seconds(100)
    assert seconds(20_000) < 8 * seconds(5_000) + 0.1
