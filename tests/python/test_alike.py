"""Similarity beyond the cosine of centroids: measures, events, maps, explanations, baselines."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import pdist, squareform
from scipy.stats import t
from test_similarity import articles, corpus_of

import framelens as fl
from framelens import _core
from framelens.contrast.similarity import compare_texts
from framelens.corpus.neighbours import MEASURES
from oracle import pairs
from oracle import similarity as oracle

SOURCES = {"Argus": 7, "Gazette": 8, "Herald": 6}


def with_events(seed: int = 1) -> tuple[list[str], list[str], list[str]]:
    texts, labels = articles({"Argus": 16, "Gazette": 15, "Herald": 3}, seed=seed)
    events = [f"e{(3 * i + len(label)) % 8}" for i, label in enumerate(labels)]
    return (
        [text + f" {event} {event}" for text, event in zip(texts, events, strict=True)],
        labels,
        events,
    )


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("aggregate", ["centroid", "pooled", "mean_pairwise"])
def test_any_measure_on_any_aggregate(measure: str, aggregate: str) -> None:
    texts, labels = articles(SOURCES)
    found = compare_texts(texts, labels, measure=measure, aggregate=aggregate)
    rows = oracle.weights(texts)
    members = [np.flatnonzero(np.array(labels) == name) for name in SOURCES]
    if aggregate == "mean_pairwise":
        values = pairs.pairwise(rows, rows, measure)
        np.fill_diagonal(values, np.nan)
        expected = np.array([[np.nanmean(values[np.ix_(a, b)]) for b in members] for a in members])
    elif aggregate == "pooled":
        joined = ["\n".join(texts[i] for i in own) for own in members]
        pooled = oracle.weights(joined)
        if measure in ("jensen_shannon", "hellinger"):
            from sklearn.feature_extraction.text import CountVectorizer

            pooled = CountVectorizer().fit_transform(joined).toarray().astype(float)
        expected = pairs.pairwise(pooled, pooled, measure)
    else:
        means = np.array([rows[own].mean(axis=0) for own in members])
        expected = pairs.pairwise(means, means, measure)
    np.testing.assert_allclose(found.raw, expected, atol=1e-11)
    if measure != "cosine":
        assert found.frame[["adjusted", "low", "high"]].isna().all(axis=None)
    assert sorted(found.order) == sorted(SOURCES)
    found.plot()


@pytest.mark.parametrize("seed", [1, 2])
def test_matched_by_event_equals_the_slow_twin(seed: int) -> None:
    texts, labels, events = with_events(seed)
    found = compare_texts(texts, labels, events=events, aggregate="event_matched")
    for row in found.frame.itertuples():
        similarity, adjusted, error = oracle.matched(texts, labels, events, row.a, row.b)
        assert row.similarity == pytest.approx(similarity, rel=1e-10)
        assert row.adjusted == pytest.approx(adjusted, rel=1e-10)
        shared = len(
            {e for e, x in zip(events, labels, strict=True) if x == row.a}
            & {e for e, x in zip(events, labels, strict=True) if x == row.b}
        )
        if shared < 5:
            assert np.isnan(row.low)
            continue
        reach = t.ppf(0.975, shared - 1) * error
        assert row.high - row.adjusted == pytest.approx(reach, rel=1e-8)
    assert found.frame["low"].notna().any()
    other = compare_texts(texts, labels, events=events, aggregate="event_matched", n_jobs=3)
    pd.testing.assert_frame_equal(found.frame, other.frame, check_exact=True)
    explained = found.explain("Argus", "Gazette")
    assert explained.similarity == pytest.approx(found.matrix.loc["Argus", "Gazette"], rel=1e-10)


def test_events_are_needed_to_match_by_them() -> None:
    texts, labels, events = with_events()
    with pytest.raises(ValueError, match="no document has an event"):
        fl.similarity(corpus_of(texts, labels), aggregate="event_matched")
    corpus = corpus_of(texts, labels, event=[*events[:-1], None])
    found = fl.similarity(corpus, aggregate="event_matched", zones="all")
    assert found.frame["n_b"].tolist() == [15, 2, 2]
    assert "articles of the same event" in " ".join(text.get_text() for text in found.plot().texts)
    for options in ({"centre": True}, {"measure": "dice"}):
        with pytest.raises(ValueError, match="event_matched"):
            fl.similarity(corpus, aggregate="event_matched", **options)
    with pytest.raises(ValueError, match="centre=True needs"):
        fl.similarity(corpus, measure="dice", centre=True)


@pytest.mark.parametrize("aggregate", ["centroid", "pooled"])
@pytest.mark.parametrize("centre", [False, True])
def test_parts_add_up_to_the_similarity(aggregate: str, centre: bool) -> None:
    texts, labels = articles(SOURCES)
    found = compare_texts(texts, labels, aggregate=aggregate, centre=centre)
    explained = found.explain("Herald", "Argus")
    shown = found.raw if centre else found.matrix
    assert explained.similarity == pytest.approx(shown.loc["Herald", "Argus"], rel=1e-10)
    assert explained.frame["part"].sum() == pytest.approx(explained.similarity)
    assert explained.frame["part"].is_monotonic_decreasing
    assert len(explained.pairs) == 10
    assert explained.pairs["similarity"].is_monotonic_decreasing
    explained.plot(terms=5)
    with pytest.raises(ValueError, match="Argus, Gazette, Herald"):
        found.explain("Argus", "Post")
    with pytest.raises(ValueError, match="no sum over terms"):
        compare_texts(texts, labels, measure="dice").explain("Argus", "Herald")


def test_nearest_pairs_are_the_nearest() -> None:
    texts, labels = articles(SOURCES)
    docs = [f"d{i}" for i in range(len(texts))]
    found = compare_texts(texts, labels, docs=docs).explain("Argus", "Gazette").pairs
    rows = oracle.weights(texts)
    products = {(f"d{i}", f"d{j}"): rows[i] @ rows[j] for i in range(7) for j in range(7, 15)}
    best = sorted(products.values(), reverse=True)[:10]
    np.testing.assert_allclose(found["similarity"], best, atol=1e-12)
    own = compare_texts(texts, labels, docs=docs).explain("Argus", "Argus").pairs
    assert (own["doc_a"] != own["doc_b"]).all()


def test_map_keeps_distances_of_points_in_the_plane() -> None:
    points = np.random.default_rng(1).normal(size=(9, 2))
    distances = squareform(pdist(points))
    places, share = _core.map_to_plane(distances.ravel(), points=9)
    np.testing.assert_allclose(squareform(pdist(places)), distances, atol=1e-12)
    assert share == pytest.approx(1.0)
    assert np.isnan(_core.map_to_plane(np.empty(0), points=0)[1])
    for bad in (np.array([0.0, np.nan, 0.0, 0.0]), np.zeros(3)):
        with pytest.raises(ValueError, match="distance"):
            _core.map_to_plane(bad, points=2)


def test_map_and_network_of_sources() -> None:
    texts, labels = articles({**SOURCES, "Post": 4})
    texts.append("!")
    labels.append("Wordless")
    found = compare_texts(texts, labels)
    places = found.map()
    assert 0 < places.share <= 1
    assert places.frame.set_index("source").loc["Wordless"].isna().all()
    assert places.frame["x"].notna().sum() == 4
    shown = {text.get_text() for text in places.plot().texts}
    assert {"Argus", "Gazette", "Herald", "Post"} <= shown
    assert len(found.network(neighbours=1).lines) >= 2
    with pytest.raises(ValueError, match="at least 1"):
        found.network(neighbours=0)
    for measure in ("euclidean", "dot", "jaccard"):
        compare_texts(texts[:-1], labels[:-1], measure=measure).map().plot()
    empty = compare_texts([], [])
    empty.map().plot()
    empty.network()


@pytest.mark.parametrize("centre", [False, True])
def test_baseline_is_the_cosine_of_halves(centre: bool) -> None:
    texts, labels = articles({"Argus": 4, "Gazette": 3})
    found = compare_texts(texts, labels, centre=centre).baseline(splits=60)
    rows = oracle.weights(texts)
    mean = (rows[:4].mean(axis=0) + rows[4:].mean(axis=0)) / 2 if centre else 0.0
    halves = []
    for second in (1, 2, 3):
        rest = [i for i in (1, 2, 3) if i != second]
        a, b = rows[[0, second]].mean(axis=0) - mean, rows[rest].mean(axis=0) - mean
        halves.append(a @ b / np.sqrt(a @ a * (b @ b)))
    assert min(halves) <= found["similarity"].iloc[0] <= max(halves)
    assert abs(found["similarity"].iloc[0] - np.mean(halves)) < 0.05
    assert np.isnan(found["similarity"].iloc[1])
    again = compare_texts(texts, labels, centre=centre).baseline(splits=60)
    pd.testing.assert_frame_equal(found, again, check_exact=True)


def test_small_sources_can_be_left_out() -> None:
    corpus = corpus_of(*articles({"Argus": 5, "Gazette": 2, "Herald": 6}))
    assert list(fl.similarity(corpus, min_documents=5).matrix.index) == ["Argus", "Herald"]
    assert fl.similarity(corpus, min_documents=50).frame.empty
    with pytest.raises(ValueError, match="min_documents"):
        fl.similarity(corpus, min_documents=0)
