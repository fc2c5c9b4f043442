"""Similarity of sources: scikit-learn's numbers, the slow twin, intervals, bad input."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

import framelens as fl
from framelens.contrast.similarity import compare_texts
from oracle import similarity as oracle

WORDS = [
    "state", "leader", "court", "vote", "bill", "party", "house", "law", "border", "tax", "win",
    "war", "deal", "plan", "aide",
]  # fmt: skip
AGGREGATES = ("centroid", "pooled", "mean_pairwise")


def articles(
    sources: dict[str, int], seed: int = 1, length: int = 20
) -> tuple[list[str], list[str]]:
    """Random articles; every source prefers some words."""
    rng = random.Random(seed)
    texts, labels = [], []
    for position, (source, count) in enumerate(sources.items()):
        favour = WORDS[2 * position : 2 * position + 4]
        for _ in range(count):
            words = rng.choices(WORDS, k=length) + rng.choices(favour, k=length // 2)
            texts.append(" ".join(words) + f" only{rng.randrange(50)}")
            labels.append(source)
    return texts, labels


def corpus_of(texts: list[str], labels: list[str], **columns: list[Any]) -> fl.Corpus:
    ids = [f"d{i:03}" for i in range(len(texts))]
    return fl.read(pd.DataFrame({"id": ids, "source": labels, "text": texts, **columns}))


def test_five_reports_equal_scikit_learn(seeds: Path) -> None:
    corpus = fl.read(seeds)
    for zones in ("all", ("headline", "subhead", "body")):
        found = fl.similarity(corpus, zones=zones, voice="all", sublinear_tf=False)
        rows = TfidfVectorizer().fit_transform(corpus.text_of_zones(zones))
        order = [corpus.source_of.index(name) for name in found.matrix.index]
        expected = cosine_similarity(rows)[np.ix_(order, order)]
        assert found.matrix.shape == (5, 5)
        np.testing.assert_allclose(found.raw, expected, rtol=0, atol=1e-12)
        assert found.frame[["low", "high", "adjusted"]].isna().all(axis=None)
        assert (found.frame[["n_a", "n_b"]] == 1).all(axis=None)


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_sublinear_weights_are_scikit_learns(aggregate: str) -> None:
    texts, labels = articles({"Argus": 3, "Gazette": 4})
    found = compare_texts(texts, labels, aggregate=aggregate, sublinear_tf=True)
    if aggregate == "pooled":
        texts = [" ".join(texts[:3]), " ".join(texts[3:])]
    rows = TfidfVectorizer(sublinear_tf=True).fit_transform(texts).toarray()
    if aggregate == "centroid":
        rows = np.array([rows[:3].mean(axis=0), rows[3:].mean(axis=0)])
    products = rows @ rows.T if aggregate == "mean_pairwise" else cosine_similarity(rows)
    expected = products[:3, 3:].mean() if aggregate == "mean_pairwise" else products[0, 1]
    assert found.raw.loc["Argus", "Gazette"] == pytest.approx(expected, abs=1e-12)
    if aggregate == "pooled":
        assert found.explain("Argus", "Gazette").similarity == pytest.approx(expected, abs=1e-12)


def test_sublinear_weights_of_matched_events() -> None:
    texts, labels = articles({"Argus": 3, "Gazette": 3})
    events = ["vote", "war", "tax"] * 2
    found = compare_texts(
        texts, labels, events=events, aggregate="event_matched", sublinear_tf=True
    )
    rows = TfidfVectorizer(sublinear_tf=True).fit_transform(texts).toarray()
    expected = np.mean([rows[i] @ rows[i + 3] for i in range(3)])
    assert found.raw.loc["Argus", "Gazette"] == pytest.approx(expected, abs=1e-12)


def test_frame_has_a_row_a_pair() -> None:
    texts, labels = articles({"Gazette": 6, "Herald": 7, "Argus": 1})
    found = compare_texts(texts, labels)
    assert list(found.frame.columns) == [
        "a", "b", "similarity", "adjusted", "low", "high", "n_a", "n_b",
    ]  # fmt: skip
    assert found.frame[["a", "b", "n_a", "n_b"]].to_numpy().tolist() == [
        ["Argus", "Gazette", 1, 6],
        ["Argus", "Herald", 1, 7],
        ["Gazette", "Herald", 6, 7],
    ]
    assert found.frame["low"].isna().tolist() == [True, True, False]
    last = found.frame.iloc[2]
    assert last["low"] < last["adjusted"] < last["high"]
    assert last["similarity"] == found.raw.loc["Gazette", "Herald"]
    assert last["adjusted"] == found.matrix.loc["Gazette", "Herald"]
    assert found.raw.loc["Argus", "Argus"] == 1.0
    assert np.isnan(np.diag(found.matrix)).all()
    assert found.documents.to_dict() == {"Argus": 1, "Gazette": 6, "Herald": 7}
    narrow = compare_texts(texts, labels, interval=0.5).frame.iloc[2]
    assert narrow["high"] - narrow["low"] < (last["high"] - last["low"]) / 2


@pytest.mark.parametrize("centre", [False, True])
def test_equals_the_slow_twin(centre: bool) -> None:
    texts, labels = articles({"Argus": 20, "Gazette": 21, "Herald": 23})
    found = compare_texts(texts, labels, centre=centre)
    expected = oracle.centroid(texts, labels, centre=centre)
    np.testing.assert_allclose(found.raw, expected, atol=1e-10)
    rows = oracle.weights(texts)
    members = [range(20), range(20, 41), range(41, 64)]
    adjusted = oracle.adjusted(rows, members, centre=centre)
    upper = np.triu_indices(3, k=1)
    np.testing.assert_allclose(found.frame["adjusted"], adjusted[upper], atol=1e-10)
    wide = (found.frame["high"] - found.frame["low"]) / 2
    error = oracle.standard_errors(texts, labels, centre=centre)[upper]
    ratio = wide / error
    # t quantiles: 1.96 for many degrees of freedom, 2.1 for the fewest there can be.
    assert ((ratio > 1.96) & (ratio < 2.1)).all()


def test_pooled_is_one_text_a_source() -> None:
    texts, labels = articles({"Argus": 3, "Gazette": 4, "Herald": 2})
    found = compare_texts(texts, labels, aggregate="pooled").raw
    np.testing.assert_allclose(found, oracle.pooled(texts, labels), atol=1e-12)


@pytest.mark.parametrize("aggregate", AGGREGATES)
@pytest.mark.parametrize("centre", [False, True])
def test_order_of_documents_and_threads_do_not_matter(aggregate: str, centre: bool) -> None:
    texts, labels = articles({"Argus": 22, "Gazette": 25, "Herald": 30})
    options: dict[str, Any] = {"aggregate": aggregate, "centre": centre}
    found = compare_texts(texts, labels, **options)
    shuffled = list(zip(texts, labels, strict=True))
    random.Random(2).shuffle(shuffled)
    other = compare_texts(*zip(*shuffled, strict=True), **options, n_jobs=3)
    pd.testing.assert_frame_equal(found.frame, other.frame, check_exact=True)
    pd.testing.assert_frame_equal(found.matrix, other.matrix, check_exact=True)


def test_adjusted_does_not_grow_with_the_number_of_articles() -> None:
    def mean_of(count: int, studies: int) -> pd.Series:
        frames = [
            compare_texts(*articles({"Argus": count, "Gazette": count}, seed, length=4)).frame
            for seed in range(studies)
        ]
        return pd.concat(frames)[["similarity", "adjusted"]].mean()

    few, many = mean_of(8, 40), mean_of(200, 2)
    assert many["similarity"] - few["similarity"] > 0.1
    assert abs(many["adjusted"] - few["adjusted"]) < 0.02


def test_intervals_cover_the_truth() -> None:
    truth = compare_texts(*articles({"Argus": 4000, "Gazette": 4000}, seed=0)).frame
    expected = truth["adjusted"].iloc[0]
    covered = 0
    for seed in range(1, 201):
        row = compare_texts(*articles({"Argus": 12, "Gazette": 15}, seed=seed)).frame.iloc[0]
        covered += row["low"] <= expected <= row["high"]
    # TF-IDF weights depend a little on the sample, so this is a check against gross error.
    assert 0.88 <= covered / 200 <= 0.99


def test_by_any_column() -> None:
    texts, labels = articles({"Argus": 6, "Gazette": 6})
    events = ["vote"] * 4 + ["war"] * 6 + [None] * 2
    corpus = corpus_of(texts, labels, event=events)
    found = fl.similarity(corpus, by="event", zones="all")
    assert found.frame[["a", "b", "n_a", "n_b"]].to_numpy().tolist() == [["vote", "war", 4, 6]]


def test_order_puts_alike_beside_alike() -> None:
    texts = ["vote bill law", "war border", "vote bill law tax", "war border deal"]
    assert {
        frozenset(pair)
        for pair in zip(*[iter(compare_texts(texts, ["a", "b", "c", "d"]).order)] * 2, strict=True)
    } == {frozenset("ac"), frozenset("bd")}


def test_unknown_choices_name_what_there_is() -> None:
    corpus = corpus_of(*articles({"Argus": 2, "Gazette": 2}))
    for options, known in (
        ({"measure": "jacard"}, "cosine"),
        ({"aggregate": "sum"}, "centroid, pooled, mean_pairwise"),
        ({"by": "lean"}, "source"),
        ({"zones": ("title",)}, "headline"),
        ({"interval": 95}, "between 0 and 1"),
    ):
        with pytest.raises(ValueError, match=known):
            fl.similarity(corpus, **options)


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_little_to_compare(aggregate: str) -> None:
    empty = compare_texts([], [], aggregate=aggregate)
    assert empty.frame.empty
    assert len(empty.frame.columns) == 8
    assert empty.matrix.shape == (0, 0)
    assert empty.order == []
    one = compare_texts(["vote bill"], ["Argus"], aggregate=aggregate)
    assert one.matrix.shape == (1, 1)
    assert one.frame.empty
    wordless = compare_texts(["vote bill", "!"], ["Argus", "Gazette"], aggregate=aggregate)
    if aggregate != "mean_pairwise":
        assert np.isnan(wordless.matrix.loc["Argus", "Gazette"])
    nothing = compare_texts(["!", ""], ["Argus", "Gazette"], aggregate=aggregate)
    assert not (nothing.matrix > 0).any(axis=None)


def test_plot_is_a_heat_map_that_says_what_is_compared() -> None:
    found = compare_texts(*articles({"Argus": 3, "Gazette": 4, "Herald": 2}), centre=True)
    ax = found.plot()
    assert [label.get_text() for label in ax.get_yticklabels()] == found.order
    shown = " ".join(text.get_text() for text in ax.texts)
    assert "all articles of one source against all of the other" in shown
    assert "relative" in shown
    assert "not of stance" in ax.get_xlabel()


@pytest.mark.parametrize("aggregate", [*AGGREGATES, "event_matched"])
@pytest.mark.parametrize("seed", range(12))
def test_sources_that_print_the_same_are_no_more_than_equal(aggregate: Any, seed: int) -> None:
    texts, _ = articles({"A": 3 + seed % 3}, seed=seed)
    sources = ["A", "B", "C"]
    events = [f"e{k}" for k in range(len(texts))]
    corpus = corpus_of(texts * 3, [source for source in sources for _ in texts], event=events * 3)
    for options in ({}, {"sublinear_tf": False}):
        found = fl.similarity(corpus, aggregate=aggregate, **options)
        known = found.raw.to_numpy()[~np.isnan(found.raw.to_numpy())]
        assert known.max() <= 1.0
        if aggregate in ("centroid", "pooled"):
            assert (found.raw == 1.0).all(axis=None)
        explained = found.explain("A", "B")
        assert explained.similarity == pytest.approx(found.matrix.loc["A", "B"])
        assert explained.pairs["similarity"].max() == 1.0
        assert len(found.order) == 3
        assert found.map().frame[["x", "y"]].notna().all(axis=None)
    if aggregate != "event_matched":
        centred = fl.similarity(corpus, aggregate=aggregate, centre=True)
        assert len(centred.order) == 3


@pytest.mark.parametrize("measure", ["cosine", "correlation"])
@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_similarities_stay_in_their_range(measure: Any, aggregate: Any) -> None:
    for seed in range(8):
        texts, labels = articles({"A": 2, "B": 2, "C": 3}, seed=seed, length=3)
        found = compare_texts(texts + texts[:2], [*labels, "D", "D"], measure=measure,
                              aggregate=aggregate)  # fmt: skip
        known = found.frame["similarity"].dropna()
        assert known.between(-1, 1).all()


def test_halves_of_equal_articles_are_equal() -> None:
    for seed in range(6):
        texts, _ = articles({"A": 1}, seed=seed)
        found = compare_texts(texts * 4 + ["state leader"], ["A"] * 4 + ["B"])
        baseline = found.baseline()
        assert baseline["similarity"].dropna().le(1.0).all()
        assert baseline.set_index("source").loc["A", "similarity"] == pytest.approx(1.0)
