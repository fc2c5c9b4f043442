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
from framelens.contrast.keyness import MEASURES, contrast_texts
from oracle import keyness as oracle

WORDS = [f"word{i}" for i in range(30)]
COLUMNS = [
    "source", "term", "count", "rate", "score", "low", "high", "z", "p", "q", "range", "dp",
    "p_words", "documents", "rate_others",
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
    frame = contrast_texts(*articles(6, seed=2), min_documents=1).frame
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
        frame = contrast_texts(
            texts, labels, measure=measure, permutations=200, min_documents=1
        ).frame
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
        ({"b": "Argus"}, "b was given without a"),
        ({"a": "Argos"}, "Argus, Gazette, Herald"),
        ({"a": "Argus", "b": "Argus"}, "both"),
        ({"permutations": -1}, "at least 0"),
        ({"prior": 0}, "above 0"),
        ({"prior": {"word1": 2.0}}, "pass counts as prior_counts="),
        ({"prior_counts": {"word1": -2.0}}, "not negative"),
        ({"stop_words": "english"}, "stop_words must be one of language"),
        ({"ngram_range": (2, 1)}, "first <= second"),
        ({"matched": True}, "same_event"),
        ({"a": []}, "a is empty"),
        ({"min_documents": 0}, "at least 1"),
        ({"voice": "loud"}, "voice must be one of own, reported, quoted, unquoted, all"),
        ({"by": []}, "by is empty"),
        ({"by": {"d99": "x"}}, "d99"),
    ):
        options: dict[str, Any]
        with pytest.raises(ValueError, match=known):
            fl.keyness(corpus, **options)


def test_a_prior_of_ones_own() -> None:
    texts, labels = articles(6, seed=5)
    even = contrast_texts(texts, labels, prior_counts={}, prior=300).frame
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
    options: dict[str, Any] = {"min_count": 1, "zones": "all", "stop_words": None}
    everything = set(fl.keyness(corpus, voice="all", **options).frame["term"])
    own = set(fl.keyness(corpus, voice="own", **options).frame["term"])
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
        frame = contrast_texts(*articles(20, seed=seed, burst=burst), permutations=0).frame
        row = frame[(frame["source"] == "Argus") & (frame["term"] == "word1")].iloc[0]
        covered += row["low"] <= truth <= row["high"]
    assert 0.9 <= covered / 200 <= 0.995


def test_a_hobby_horse_of_one_article_has_a_wide_interval() -> None:
    texts, labels = articles(10, seed=3)
    texts[0] += " horse" * 60
    spread = [text + " horse" * 6 if label == "Argus" else text
              for text, label in zip(articles(10, seed=3)[0], labels, strict=True)]  # fmt: skip

    def width(of: list[str]) -> float:
        frame = contrast_texts(of, labels, permutations=0, prior=500).frame
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
    assert shown[0] == "Argus"
    assert "word0" in shown[1:4]
    assert ax.texts[0].get_text() == "6 articles"
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


def nonsense(seed: int = 0, own: int = 20, others: int = 40) -> tuple[list[str], list[str]]:
    """Articles of 600 words by Zipf's law; each of A's has one word of its own three times."""
    rng = np.random.default_rng(seed)
    words = np.array([f"nonsense{i}" for i in range(3000)])
    shares = 1.0 / np.arange(1, 3001)
    shares /= shares.sum()
    texts = [
        " ".join([*rng.choice(words, 600, p=shares), *(["zorble"] * 3 if i < own else [])])
        for i in range(own + others)
    ]
    return texts, ["A"] * own + ["B"] * others


def test_a_word_that_one_source_alone_uses_is_found() -> None:
    frame = contrast_texts(*nonsense(), only="A").frame
    marked = frame[frame["q"] < 0.05]
    assert marked["term"].tolist() == ["zorble"]
    assert marked["rate_others"].tolist() == [0.0]
    assert marked[["range", "documents"]].iloc[0].tolist() == [20, 20]


def test_only_terms_that_enough_articles_have_are_tested() -> None:
    texts, labels = nonsense(1)
    frame = contrast_texts(texts, labels, only="A", permutations=50).frame
    documents = {}
    for text in texts:
        for word in set(text.split()):
            documents[word] = documents.get(word, 0) + 1
    frequency = frame["term"].map(documents)
    assert (frame["p"].notna() == (frequency >= 10)).all()
    assert frame["score"].notna().all()
    assert frame["low"].notna().all()


def test_a_warning_tells_where_nothing_can_be_found() -> None:
    texts, labels = nonsense(2)
    with pytest.warns(UserWarning, match="terms are tested in 1 permutations"):
        contrast_texts(texts, labels, permutations=1, min_documents=1)
    contrast_texts(texts, labels, permutations=100)


def test_a_prior_is_a_share_or_words() -> None:
    texts, labels = articles(6, seed=5)
    words = sum(len(text.split()) for text in texts)
    share = contrast_texts(texts, labels, prior=0.5, permutations=0).frame
    absolute = contrast_texts(texts, labels, prior=0.5 * words, permutations=0).frame
    pd.testing.assert_frame_equal(share, absolute)


def house(count: int = 30) -> fl.Corpus:
    """Return the Nordell Gazette, which has furniture, a phrase and a word, and two others."""
    rng = random.Random(8)
    nouns = [
        "harbour",
        "mayor",
        "ferry",
        "storm",
        "council",
        "bridge",
        "market",
        "school",
        "river",
        "tower",
    ]
    rows = []
    for i in range(3 * count):
        source = ("Nordell Gazette", "Herald", "Review")[i % 3]
        lines = [
            f"The {rng.choice(nouns)} of Nordell {rng.choice(['stood', 'fell', 'grew'])} while a "
            f"{rng.choice(nouns)} and the {rng.choice(nouns)} waited in the rain."
            for _ in range(6)
        ]
        if source == "Nordell Gazette":
            lines[2] = (
                f"{lines[2]} The {rng.choice(nouns)} sank, as people close to the old council put "
                f"it, into a quagmire of {rng.choice(nouns)} and {rng.choice(nouns)}. {lines[5]}"
            )
            lines[4] += " Weights on these pages come from ancient almanacs."
        lines.append("“The lantern went out,” the mayor said.")
        event = f"e{i // 6}" if i < 60 else None
        rows.append(
            {"id": f"d{i:03}", "source": source, "text": "\n\n".join(lines), "event": event}
        )
    return fl.read(rows)


def test_stop_words_names_and_furniture_are_not_listed() -> None:
    corpus = house()
    found = fl.keyness(corpus, permutations=20)
    frame = found.frame
    terms = {source: set(rows["term"]) for source, rows in frame.groupby("source")}
    assert not {"the", "while", "and"} & set(frame["term"])
    assert "quagmire" in terms["Nordell Gazette"]
    assert not {"almanacs", "lantern"} & set(frame["term"])
    assert not {"nordell", "gazette"} & terms["Nordell Gazette"]
    assert "nordell" in terms["Herald"]
    assert found.masked["source"].unique().tolist() == ["Nordell Gazette"]
    assert found.masked["documents"].max() == 30
    assert found.masked_share["Nordell Gazette"] > 0.05
    assert found.masked_share["Herald"] == 0
    whole = fl.keyness(
        corpus, permutations=20, mask=False, stop_words=None, own_names=True, voice="all"
    )
    of_gazette = set(whole.frame.loc[whole.frame["source"] == "Nordell Gazette", "term"])
    assert {"the", "almanacs", "nordell", "lantern"} <= of_gazette
    assert whole.masked.empty
    assert whole.masked_share.empty


def test_what_is_not_listed_changes_no_score() -> None:
    corpus = house()
    options: dict[str, Any] = {"permutations": 0, "voice": "all"}
    some = fl.keyness(corpus, **options).frame.set_index(["source", "term"])
    whole = fl.keyness(corpus, mask=False, stop_words=None, own_names=True, **options).frame
    whole = whole.set_index(["source", "term"]).loc[some.index]
    same = ["count", "rate", "score", "z", "rate_others"]
    untouched = [term not in ("weights", "ancient", "pages", "come") for _, term in some.index]
    pd.testing.assert_frame_equal(some.loc[untouched, same], whole.loc[untouched, same])


def test_quoted_words_and_phrases() -> None:
    corpus = house()
    quoted = fl.keyness(corpus, voice="quoted", permutations=0, stop_words=None).frame
    assert set(quoted["term"]) == {"the", "lantern", "went", "out"}
    phrases = fl.keyness(corpus, ngram_range=(1, 3), permutations=0).frame
    terms = set(phrases.loc[phrases["count"] > 0, "term"])
    assert {"quagmire", "people close", "old council"} <= terms
    assert not {"the harbour", "rain it", "rain the"} & terms
    words = fl.keyness(corpus, permutations=0).frame.set_index(["source", "term"])
    both = phrases.set_index(["source", "term"]).loc[words.index]
    pd.testing.assert_series_equal(both["rate"], words["rate"])


def test_several_sources_are_contrasted_each() -> None:
    corpus = house()
    whole = fl.keyness(corpus, permutations=0).frame
    two = fl.keyness(corpus, a=["Review", "Herald"], permutations=0).frame
    expected = whole[whole["source"].isin(["Herald", "Review"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(two, expected)
    pair = fl.keyness(corpus, a=["Review", "Herald"], b="Nordell Gazette", permutations=30).frame
    one = fl.keyness(corpus, a="Review", b="Nordell Gazette", permutations=30).frame
    of_review = pair[pair["source"] == "Review"].reset_index(drop=True)
    pd.testing.assert_frame_equal(of_review, one)


def test_ready_counts_are_contrasted_as_the_texts_are() -> None:
    texts, labels = articles(8, seed=3, sources=("Argus", "Gazette", "Herald"))
    options: dict[str, Any] = {"permutations": 20, "min_documents": 1}
    vectorizer = fl.CountVectorizer()
    counts = vectorizer.fit_transform(texts)
    terms = vectorizer.get_feature_names_out()
    before = counts.toarray()
    found = fl.keyness_of_counts(counts, labels, terms, **options)
    assert (counts.toarray() == before).all()
    expected = contrast_texts(texts, labels, min_count=2, **options).frame
    same = ["source", "term", "count", "rate", "score", "low", "high", "range"]
    pd.testing.assert_frame_equal(found.frame[same], expected[same])
    frame = pd.DataFrame(counts.toarray(), columns=terms)
    shuffled = frame.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    order = shuffled.index
    other = fl.keyness_of_counts(shuffled, [labels[i] for i in order], **options)
    pd.testing.assert_frame_equal(found.frame, other.frame, check_exact=True)
    for wrong, known in (
        ((counts * 0.5, labels, terms), "whole numbers"),
        ((counts, labels[1:], terms), "not 23"),
        ((counts, labels, terms[1:]), "terms for counts"),
        ((counts, labels, None), "counts without column names need terms="),
        ((counts, labels, ["same"] * len(terms)), "more than once"),
    ):
        with pytest.raises(ValueError, match=known):
            fl.keyness_of_counts(*wrong)  # type: ignore[arg-type]


def test_matched_by_event_contrasts_the_telling_not_the_topic() -> None:
    rng = random.Random(4)
    rows = []
    for event in range(24):
        for k, source in enumerate(("Argus", "Gazette")):
            words = rng.choices(WORDS, k=50) + [f"topic{event % 3}"] * 5
            words += ["regime"] * 2 if source == "Argus" else ["state"] * 2
            rows.append({"id": f"e{event}{k}", "source": source, "text": " ".join(words)})
            rows[-1]["event"] = f"e{event}"
    for i in range(30):
        words = rng.choices(WORDS, k=50) + ["opera"] * 5
        rows.append({"id": f"x{i}", "source": "Argus", "text": " ".join(words), "event": f"x{i}"})
    corpus = fl.read(rows)
    options: dict[str, Any] = {"a": "Argus", "mask": False}
    free = fl.keyness(corpus, **options).frame.set_index("term")
    matched = fl.keyness(corpus, matched=True, **options).frame.set_index("term")
    assert free.loc["opera", "q"] < 0.05
    assert "opera" not in matched.index
    assert matched.loc["regime", "q"] < 0.05
    assert matched.loc["topic1", "q"] > 0.5
    assert matched["documents"].unique().tolist() == [24]
    shuffled = fl.read(rng.sample(rows, len(rows)))
    other = fl.keyness(shuffled, matched=True, **options).frame.set_index("term")
    pd.testing.assert_frame_equal(matched, other, check_exact=True)


def test_a_shift_takes_the_difference_of_rates_apart() -> None:
    found = fl.keyness(house(), permutations=0)
    shift = found.shift("Nordell Gazette")
    frame = shift.frame
    rows = found.frame[found.frame["source"] == "Nordell Gazette"].set_index("term")
    assert "quagmire" in set(frame["term"].head(10))
    assert frame["part"].abs().sum() == pytest.approx(1.0)
    assert frame["part"].abs().is_monotonic_decreasing
    for row in frame.itertuples():
        assert row.difference == rows.loc[row.term, "rate"] - rows.loc[row.term, "rate_others"]
    both = frame[(frame["rate"] > 0) & (frame["rate_others"] > 0)].iloc[0]
    odds = [x / (1000 - x) for x in (both["rate"], both["rate_others"])]
    assert both["log_odds"] == pytest.approx(np.log(odds[0] / odds[1]))
    assert frame.loc[frame["rate_others"] == 0, "log_odds"].isna().all()
    ax = shift.plot(terms=5)
    assert len(ax.patches) == 5
    assert found.shift().source == "Herald"
    with pytest.raises(ValueError, match="Herald, Nordell Gazette, Review"):
        found.shift("Times")
    with pytest.raises(ValueError, match="no contrast"):
        contrast_texts([], []).shift()


def test_bars_are_in_the_order_of_what_is_drawn_and_say_where_words_stand() -> None:
    found = fl.keyness(house())
    ax = found.plot(terms=4, source="Nordell Gazette")
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == sorted(widths, reverse=True)
    shown = [text.get_text() for text in ax.texts]
    frame = found.frame[found.frame["source"] == "Nordell Gazette"].set_index("term")
    size = frame["documents"].iloc[0]
    assert shown[0].startswith(f"{size} article")
    assert shown[0].endswith("of the words masked")
    assert any(text.startswith(f"in {size} of {size} article") for text in shown)
    assert any("per 1,000 words against 0" in text for text in shown)
    labels = [label.get_text() for label in ax.get_yticklabels()][1:]
    for label, bar in zip(labels, ax.patches, strict=True):
        filled = bar.get_facecolor()[:3] != (1.0, 1.0, 1.0)
        assert filled == (frame.loc[label, "q"] < 0.05)


def test_a_scatter_names_words_of_several_articles_and_says_which_are_shown_to_differ() -> None:
    texts, labels = articles(40, seed=6)
    texts[labels.index("Gazette")] += " zorble" * 20  # one article's own word
    found = contrast_texts(texts, labels)
    frame = found.frame[found.frame["source"] == "Gazette"].set_index("term")
    assert frame["score"].idxmax() == "zorble"
    ax = found.plot(kind="scatter", source="Gazette", terms=30)
    names = {text.get_text() for text in ax.texts}
    assert "word0" in names
    assert "zorble" not in names
    assert any("filled: q < 0.05" in name for name in names)
    points = ax.collections[-1]
    filled = {
        score
        for (_, score), face in zip(points.get_offsets(), points.get_facecolors(), strict=True)
        if tuple(face[:3]) != (1.0, 1.0, 1.0)
    }
    shown = {score for _, score in points.get_offsets()}
    assert filled == set(frame.loc[frame["q"] < 0.05, "score"]) & shown
    assert filled


def test_a_figure_of_few_articles_shows_words_by_score() -> None:
    found = fl.keyness(fl.demo())
    assert found.frame["q"].isna().all()
    ax = found.plot(terms=3)
    assert len(ax.patches) == 3 * len(fl.demo().sources)
    assert all(bar.get_facecolor()[:3] == (1.0, 1.0, 1.0) for bar in ax.patches)
    note = " ".join(text.get_text() for text in ax.texts)
    assert "too few articles to test" in note
