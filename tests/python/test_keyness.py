"""Keyness: Monroe's formula by a slow twin, intervals by simulation, bad input."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens.keyness import contrast_texts
from oracle import keyness as oracle

WORDS = [f"word{i}" for i in range(30)]
COLUMNS = ["source", "term", "count", "rate", "score", "low", "high", "z", "p", "q"]


def articles(
    count: int, *, seed: int, sources: tuple[str, ...] = ("Argus", "Gazette"), burst: int = 1
) -> tuple[list[str], list[str]]:
    """Articles of 60 words; each word drawn is printed `burst` times. Argus prefers word0."""
    rng = random.Random(seed)
    texts, labels = [], []
    for source in sources:
        weights = [3.0 if source == "Argus" and word == "word0" else 1.0 for word in WORDS]
        for _ in range(count):
            drawn = rng.choices(WORDS, weights, k=60 // burst)
            texts.append(" ".join(word for word in drawn for _ in range(burst)))
            labels.append(source)
    return texts, labels


def test_equals_the_slow_twin() -> None:
    texts, labels = articles(7, seed=1, sources=("Argus", "Gazette", "Herald"))
    frame = contrast_texts(texts, labels).frame
    expected = oracle.log_odds(texts, labels)
    assert list(frame.columns) == COLUMNS
    assert len(frame) == len(expected)
    for row in frame.itertuples():
        count, score, z = expected[row.source, row.term]
        assert row.count == count
        np.testing.assert_allclose([row.score, row.z], [score, z], rtol=1e-10, atol=1e-10)


def test_rows_are_by_source_then_by_z() -> None:
    frame = contrast_texts(*articles(6, seed=2)).frame
    assert frame["source"].is_monotonic_increasing
    for _, rows in frame.groupby("source"):
        assert rows["z"].is_monotonic_decreasing
    assert frame["term"].iloc[0] == "word0"
    first = frame.iloc[0]
    assert first["low"] < first["score"] < first["high"]
    assert first["rate"] == pytest.approx(1000 * first["count"] / 360)
    assert frame[["p", "q"]].isna().all(axis=None)


def test_intervals_need_five_documents_on_both_sides() -> None:
    assert contrast_texts(*articles(4, seed=1)).frame["low"].isna().all()
    assert contrast_texts(*articles(5, seed=1)).frame["low"].notna().all()


@pytest.mark.parametrize("burst", [1, 4])
def test_intervals_cover_the_truth(burst: int) -> None:
    # word1 is as common in both sources: its log odds differ by what word0 takes from it.
    def score(source_weight: float) -> float:
        share = 1.0 / (len(WORDS) - 1 + source_weight)
        return float(np.log(share / (1 - share)))

    truth = score(3.0) - score(1.0)
    covered = 0
    for seed in range(200):
        frame = contrast_texts(*articles(20, seed=seed, burst=burst)).frame
        row = frame[(frame["source"] == "Argus") & (frame["term"] == "word1")].iloc[0]
        covered += row["low"] <= truth <= row["high"]
    assert 0.9 <= covered / 200 <= 0.995


def test_a_hobby_horse_of_one_article_has_a_wide_interval() -> None:
    texts, labels = articles(10, seed=3)
    texts[0] += " horse" * 60
    spread = [text + " horse" * 6 if label == "Argus" else text
              for text, label in zip(articles(10, seed=3)[0], labels, strict=True)]  # fmt: skip

    def width(of: list[str]) -> float:
        frame = contrast_texts(of, labels).frame
        row = frame[(frame["source"] == "Argus") & (frame["term"] == "horse")].iloc[0]
        return float(row["high"] - row["low"])

    assert width(texts) > 3 * width(spread)


def test_order_of_documents_and_threads_do_not_matter() -> None:
    texts, labels = articles(8, seed=4, sources=("Argus", "Gazette", "Herald"))
    found = contrast_texts(texts, labels)
    shuffled = list(zip(texts, labels, strict=True))
    random.Random(5).shuffle(shuffled)
    other = contrast_texts(*zip(*shuffled, strict=True), n_jobs=4)
    pd.testing.assert_frame_equal(found.frame, other.frame, check_exact=True)


def test_of_a_corpus() -> None:
    corpus = fl.demo()
    frame = fl.keyness(corpus).frame
    assert set(frame["source"]) == set(corpus.sources)
    assert frame.groupby("term")["count"].sum().min() >= 2
    more = fl.keyness(corpus, min_count=1, zones="all").frame
    assert len(more) > len(frame)
    for options, known in (
        ({"measure": "chi"}, "log_odds"),
        ({"by": "lean"}, "source"),
        ({"zones": ("title",)}, "headline"),
        ({"min_count": 0}, "at least 1"),
        ({"interval": 0}, "between 0 and 1"),
    ):
        options: dict[str, Any]
        with pytest.raises(ValueError, match=known):
            fl.keyness(corpus, **options)


@pytest.mark.parametrize(
    ("texts", "labels"),
    [([], []), (["one two"], ["Argus"]), (["one two", "!"], ["Argus", "Gazette"])],
)
def test_nothing_to_contrast_is_an_empty_table(texts: list[str], labels: list[str]) -> None:
    found = contrast_texts(texts, labels)
    assert found.frame.empty
    assert list(found.frame.columns) == COLUMNS
    found.plot()


def test_plot_has_the_most_marked_terms_of_each_source() -> None:
    found = contrast_texts(*articles(6, seed=6))
    ax = found.plot(terms=3)
    shown = [label.get_text() for label in ax.get_yticklabels()]
    assert len(shown) == 2 * (3 + 1)
    assert shown[:2] == ["Argus", "word0"]
    with pytest.raises(ValueError, match="at least 1"):
        found.plot(terms=0)
