"""Keyness: Monroe's formula by a slow twin, intervals by simulation, bad input."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import framelens as fl
from framelens import _core
from framelens.keyness import MEASURES, contrast_texts
from oracle import keyness as oracle

WORDS = [f"word{i}" for i in range(30)]
COLUMNS = [
    "source", "term", "count", "rate", "score", "low", "high", "z", "p", "q", "range", "dp",
    "p_words",
]  # fmt: skip


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


@pytest.mark.parametrize("measure", MEASURES[1:])
def test_other_measures_equal_scipy(measure: str) -> None:
    texts, labels = articles(7, seed=1, sources=("Argus", "Gazette", "Herald"), burst=3)
    texts[0] += " only only once"
    frame = contrast_texts(texts, labels, measure=measure, permutations=0).frame
    lengths = {name: sum(len(oracle.words(text)) for text, label in zip(texts, labels, strict=True)
                         if label == name) for name in set(labels)}  # fmt: skip
    totals = frame.groupby("term")["count"].sum()
    assert len(frame) == 3 * len(totals)
    for row in frame.itertuples():
        own, everything = lengths[row.source], sum(lengths.values())
        rest = totals[row.term] - row.count
        expected = oracle.contrast(measure, row.count, rest, own, everything - own)
        np.testing.assert_allclose(row.score, expected, rtol=1e-10, atol=1e-10)
        if measure in ("g2", "chi2"):
            assert row.p_words == pytest.approx(stats.chi2.sf(abs(row.score), 1), rel=1e-10)
        if measure == "fisher":
            assert row.p_words == pytest.approx(10 ** -abs(row.score), rel=1e-10)


@pytest.mark.parametrize("seed", range(40))
def test_fisher_equals_scipy_on_any_table(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n, m = rng.integers(1, 10 ** rng.integers(1, 6), 2)
    a, b = rng.integers(0, n + 1), rng.integers(0, m + 1)
    if a + b in (0, n + m):
        return
    counts = np.array([a, n - a, b, m - b])
    kept = counts > 0
    indptr = np.array([0, kept[:2].sum(), kept.sum()])
    indices = np.array([0, 1, 0, 1], dtype=np.int32)[kept]
    found = _core.keyness(
        indptr, indices, counts[kept].astype(np.int32), np.array([0, 1], dtype=np.int32),
        columns=2, groups=2, measure="fisher",
    )  # fmt: skip
    expected = stats.fisher_exact([[a, b], [n - a, m - b]])[1]
    assert found["p_words"][0] == pytest.approx(expected, rel=1e-9)


def test_far_tails_do_not_underflow() -> None:
    texts = ["yes " * 3000 + "no", "no " * 3000 + "yes"]
    frame = contrast_texts(texts, ["a", "b"], measure="fisher").frame
    assert np.isfinite(frame["score"]).all()
    assert frame["score"].abs().min() > 1500
    assert (frame["p_words"] == 0).all()


def test_dispersion_tells_a_hobby_horse() -> None:
    texts, labels = articles(8, seed=3)
    texts[0] += " horse" * 6
    frame = contrast_texts(texts, labels, permutations=0).frame
    own = [text for text, label in zip(texts, labels, strict=True) if label == "Argus"]
    for row in frame[frame["source"] == "Argus"].itertuples():
        documents, deviation = oracle.dispersion(own, row.term)
        assert row.range == documents
        assert row.dp == pytest.approx(deviation, abs=1e-12)
    horse = frame[frame["term"] == "horse"].set_index("source")
    assert horse.loc["Argus", "range"] == 1
    assert horse.loc["Argus", "dp"] > 0.8
    assert horse.loc["Gazette", "range"] == 0
    assert np.isnan(horse.loc["Gazette", "dp"])
    assert frame["term"].iloc[0] == "word0"


def test_rows_are_by_source_then_by_score_over_error() -> None:
    frame = contrast_texts(*articles(6, seed=2)).frame
    assert frame["source"].is_monotonic_increasing
    few = contrast_texts(*articles(3, seed=2)).frame
    for _, rows in few.groupby("source"):
        assert rows["z"].is_monotonic_decreasing
    assert frame["term"].iloc[0] == "word0"
    first = frame.iloc[0]
    assert first["low"] < first["score"] < first["high"]
    assert first["rate"] == pytest.approx(1000 * first["count"] / 360)
    assert frame[["p", "q"]].notna().all(axis=None)
    assert first["q"] < 0.05
    assert (
        contrast_texts(*articles(6, seed=2), permutations=0).frame[["p", "q"]].isna().all(axis=None)
    )
    assert few[["p", "q"]].isna().all(axis=None)


def test_permutations_are_the_same_at_any_number_of_threads() -> None:
    texts, labels = articles(9, seed=4, sources=("Argus", "Gazette", "Herald"))
    found = [contrast_texts(texts, labels, n_jobs=n).frame for n in (1, 2, 5)]
    for other in found[1:]:
        pd.testing.assert_frame_equal(found[0], other, check_exact=True)
    other_seed = contrast_texts(texts, labels, seed=1).frame
    assert not other_seed["p"].equals(found[0]["p"])


@pytest.mark.parametrize("measure", ["log_odds", "chi2"])
def test_p_is_even_where_nothing_differs(measure: str) -> None:
    p = []
    for seed in range(30):
        texts, _ = articles(20, seed=seed, sources=("Gazette",), burst=4)
        labels = ["Argus", "Gazette"] * 10
        frame = contrast_texts(texts, labels, measure=measure).frame
        p.extend(frame.loc[frame["source"] == "Argus", "p"])
    assert 0.03 < np.mean(np.array(p) < 0.05) < 0.07
    assert 0.45 < np.mean(p) < 0.55


def test_two_groups_alone() -> None:
    texts, labels = articles(6, seed=5, sources=("Argus", "Gazette", "Herald"))
    ids = [f"d{i:02}" for i in range(len(texts))]
    corpus = fl.read(pd.DataFrame({"id": ids, "source": labels, "text": texts}))
    pair = fl.keyness(corpus, a="Argus", b="Herald").frame
    assert set(pair["source"]) == {"Argus"}
    alone = fl.keyness(corpus.filter(source=["Argus", "Herald"])).frame
    expected = alone[alone["source"] == "Argus"].reset_index(drop=True)
    same = ["term", "count", "rate", "score", "low", "high", "z", "range", "dp"]
    pd.testing.assert_frame_equal(pair[same], expected[same])
    rest = fl.keyness(corpus, a="Argus").frame
    whole = fl.keyness(corpus).frame
    pd.testing.assert_frame_equal(
        rest[same], whole.loc[whole["source"] == "Argus", same].reset_index(drop=True)
    )
    for options, known in (
        ({"b": "Argus"}, "b needs a"),
        ({"a": "Argos"}, "Argus, Gazette, Herald"),
        ({"a": "Argus", "b": "Argus"}, "both"),
        ({"permutations": -1}, "at least 0"),
        ({"prior_size": 0}, "positive"),
        ({"prior": {"word1": -2.0}}, "not negative"),
        ({"voice": "loud"}, "voice is one of own, reported, quoted, unquoted, all"),
        ({"by": []}, "no column"),
        ({"by": {"d99": "x"}}, "d99"),
    ):
        options: dict[str, Any]
        with pytest.raises(ValueError, match=known):
            fl.keyness(corpus, **options)


def test_a_prior_of_ones_own() -> None:
    texts, labels = articles(6, seed=5)
    even = contrast_texts(texts, labels, prior={}, prior_size=300.0).frame
    row = even[(even["source"] == "Argus") & (even["term"] == "word0")].iloc[0]
    total = int(even.loc[even["term"] == "word0", "count"].sum())
    y, x = row["count"] + 10.0, total - row["count"] + 10.0
    assert row["score"] == pytest.approx(np.log(y / (660 - y)) - np.log(x / (660 - x)))


def test_own_voice_leaves_quotations_out() -> None:
    text = "The minister spoke. “We reject this tyranny,” she said. The crowd left."
    frame = pd.DataFrame(
        {"id": ["a", "b"], "source": ["A", "B"], "text": [text, "The crowd came."]}
    )
    corpus = fl.read(frame)
    everything = set(fl.keyness(corpus, min_count=1, zones="all").frame["term"])
    own = set(fl.keyness(corpus, min_count=1, zones="all", voice="own").frame["term"])
    assert everything - own == {"we", "reject", "this", "tyranny"}


def test_by_two_columns_month_and_values() -> None:
    texts, labels = articles(4, seed=5)
    frame = pd.DataFrame(
        {
            "id": [f"d{i}" for i in range(8)], "source": labels, "text": texts,
            "date": ["2020-01-05", "2020-02-05"] * 4, "event": ["vote", None] * 4,
        }
    )  # fmt: skip
    corpus = fl.read(frame)
    both = fl.keyness(corpus, by=["source", "month"]).frame
    assert list(dict.fromkeys(both["source"])) == [
        "Argus · 2020-01", "Argus · 2020-02", "Gazette · 2020-01", "Gazette · 2020-02",
    ]  # fmt: skip
    assert fl.keyness(corpus, by=["source", "event"]).frame["source"].nunique() == 2
    lean = pd.Series({f"d{i}": "left" if i < 3 else "right" for i in range(7)})
    assert set(fl.keyness(corpus, by=lean).frame["source"]) == {"left", "right"}
    assert set(fl.similarity(corpus, by=lean.to_dict()).matrix.index) == {"left", "right"}


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


def test_scatter_has_names_that_do_not_overlap() -> None:
    found = contrast_texts(*articles(20, seed=6))
    ax = found.plot(kind="scatter", source="Gazette", terms=30)
    figure = ax.get_figure()
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in ax.texts if text.get_text()]
    assert len(boxes) >= 10
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert "Gazette" in ax.get_title(loc="left")
    with pytest.raises(ValueError, match="Argus, Gazette"):
        found.plot(source="Herald")
    with pytest.raises(ValueError, match="bars, scatter"):
        found.plot(kind="pie")
    for measure in MEASURES:
        other = contrast_texts(*articles(3, seed=6), measure=measure)
        other.plot()
        other.plot(kind="scatter")


def test_a_corpus_that_shows_progress_shows_that_of_permutations(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bars = []

    class Bar:
        n = 0

        def __init__(self, **options: object) -> None:
            self.options, self.moves = options, []
            bars.append(self)

        def refresh(self) -> None:
            self.moves.append(self.n)

        def close(self) -> None:
            self.moves.append("closed")

    monkeypatch.setattr("tqdm.auto.tqdm", Bar)
    texts, labels = articles(12, seed=1)
    rows = [{"source": s, "text": t} for t, s in zip(texts, labels, strict=True)]
    fl.keyness(fl.read(rows, progress=True), permutations=5)
    bar = bars[-1]
    assert bar.options["unit"] == "permutation"
    assert bar.options["total"] == 5 * len(set(labels))
    assert bar.moves[-2:] == [bar.options["total"], "closed"]
    assert bar.moves[:-1] == sorted(bar.moves[:-1])
    shown = len(bars)
    fl.keyness(fl.read(rows), permutations=5)
    assert len(bars) == shown
