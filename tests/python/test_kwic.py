"""Keyword in context: spans, folding, windows, voice, zones, bad input."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import framelens as fl

Timer = Callable[[Callable[[], object]], float]

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
        "pattern",
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
    assert keywords("migrant*") == ["migrants", "migrants", "migrant", "MIGRANT"]
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


def test_many_different_words_take_linear_time(cpu_seconds: Timer) -> None:
    # A pass over all words so far for each line took 150 s of 5,000 articles.
    def seconds(lines: int) -> float:
        article = corpus("\n".join(f"one{i} of{i} many{i} words{i}" for i in range(lines)))
        assert article.zones is not None
        return cpu_seconds(lambda: fl.kwic(article, "other").frame)

    seconds(100)
    assert seconds(20_000) < 8 * seconds(5_000) + 0.1


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("Brandão left. Brandão's aides stayed. Brandão’s car too.", "Brandão", 3),
        ("BRANDAO'S and Brandaoʼs", "Brandão", 2),
        ("Brandão’s car", "Brandão’s", 1),
        ("“Wait,” said.Regent left, the port,regent", "regent", 2),
        ("l'Europe, L’Europe, d’Europe, qu'Europe, dell’Europe", "Europe", 5),
        ("Miles O'Brien and Brien", "Brien", 1),
        ("Miles O’Brien", "O'Brien", 1),
        ("They don't; don’t", "don't", 2),
        ("the U.S. port, the U.S.A.", "U.S.", 1),
        ("1,000 men, 10,000 men, 1.5", "1,000", 1),
        ("a far-right party", "right", 1),
        ("a far-right party", "far-right", 1),
        ("a far-right party", "far right", 1),
        ("example.com left", "example.com", 1),
        ("布兰登总统昨天离开了港口。", "总统", 1),
        ("前总统与副总统", "总统", 2),
        ("राष्ट्रपति ने कहा", "राष्ट्रपति", 1),
        ("ประธานาธิบดีเดินทาง", "ประธานาธิบดี", 1),
        ("大統領は港を離れた。", "大統領", 1),
        ("Presi\u00addent Var\u00adga", "president varga", 1),
        ("Bela\u0301riz left", "Beláriz", 1),
    ],
)
def test_words_are_found_as_they_are_written(text: str, pattern: str, found: int) -> None:
    frame = fl.kwic(corpus(text), pattern).frame
    assert len(frame) == found
    for row in frame.itertuples():
        assert text[row.start : row.end] == row.keyword


def test_marks_of_a_word_stay_with_it() -> None:
    for word in ("राष्ट्रपति", "ประธานาธิบดี", "총통은"):
        text = f"{word} 123"
        assert fl.kwic(corpus(text), word).frame["keyword"].tolist() == [word]


def test_several_patterns() -> None:
    frame = fl.kwic(corpus(), ["sólvik", re.compile("M[A-Z]+"), "the migrants"]).frame
    assert frame["pattern"].tolist() == ["the migrants", "sólvik", "sólvik", "M[A-Z]+"]
    assert frame["start"].is_monotonic_increasing
    with pytest.raises(ValueError, match="pattern is empty"):
        fl.kwic(corpus(), [])
    with pytest.raises(ValueError, match="'…' has no word"):
        fl.kwic(corpus(), ["port", "…"])


def test_sentences_as_context() -> None:
    frame = fl.kwic(corpus(), "migrants", window="sentence").frame
    assert (frame["left"] + "|" + frame["right"]).tolist() == [
        "The|reached Nordell on Monday.",
        "“These|are our neighbours,” said Maren Sólvik.",
    ]
    with pytest.raises(ValueError, match="'line'"):
        fl.kwic(corpus(), "migrants", window="line")  # type: ignore[arg-type]


def test_paragraphs_that_are_wrapped_are_one() -> None:
    line = "The regent spoke to the port and to the town, and the port heard what the regent said."
    wrapped = fl.kwic(corpus(f"{line}\n\nIn May {line}"), re.compile("regent said"), window=3).frame
    assert len(wrapped) == 2


def test_as_a_slow_search_finds() -> None:
    rng = random.Random(0)
    words = ["port", "Port’s", "the", "regent", "U.S.", "l’eau", "x-y", "3,000"]
    for _ in range(50):
        text = "\n".join(
            " ".join(rng.choice(words) + rng.choice(["", ",", ".", "”"]) for _ in range(12))
            for _ in range(4)
        )
        frame = fl.kwic(corpus(text), "port", window=2).frame
        slow = [match.start() for match in re.finditer(r"(?i)\bport\b", text)]
        assert frame["start"].tolist() == slow


def test_one_line_takes_linear_time(cpu_seconds: Timer) -> None:
    def seconds(times: int) -> float:
        article = corpus("the regent spoke to the port. " * times)
        assert article.zones is not None
        assert len(fl.kwic(article, "regent").frame) == times
        return cpu_seconds(lambda: fl.kwic(article, "regent").frame)

    seconds(100)
    assert seconds(16_000) < 8 * seconds(4_000) + 0.2


def test_many_quotations_take_linear_time(cpu_seconds: Timer) -> None:
    def seconds(times: int) -> float:
        article = corpus("“The regent left,” said Ada Moore. " * times)
        assert len(fl.quotes(article).frame) == times
        assert set(fl.kwic(article, "regent").frame["voice"]) == {"quoted"}
        return cpu_seconds(lambda: fl.kwic(article, "regent").frame["voice"])

    seconds(100)
    assert seconds(8_000) < 8 * seconds(2_000) + 0.2


def test_plot(tmp_path: Path) -> None:
    import matplotlib.pyplot as plt

    demo = fl.demo()
    ax = fl.kwic(demo, ["president", "dictator", "port*", "sólvik", "$x_1$"]).plot()
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    assert {*demo.sources, *demo.ids} == set(names)
    ax.figure.savefig(tmp_path / "dispersion.png")
    assert "no occurrence" in [text.get_text() for text in fl.kwic(demo, "xyz").plot().texts]
    plt.close("all")
