"""Sheets with strata, precision and recall, corrected and shrunk scores: what they cover."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import framelens as fl
from framelens.labels._coded import code_shares
from framelens.labels._shrinkage import shrunk_scores
from framelens.labels.coding import Agreement, items_needed
from framelens.labels.corrections import corrected_scores
from oracle.miscoded import (
    POLES,
    MiscodedCell,
    coded_sheet,
    corrected_coverage,
    units_of,
)

DOCKER = "President Ada Moore spoke. The dictator left. {} Rain fell on Monday."
SENTENCES = (
    "Ada Moore waved.",
    "Moore slept.",
    "Nobody is a dictator here.",
    "Critics met the president of the club.",
)


def framed(sources=("Argus", "Beacon", "Courier"), each=4):
    rows = [
        {"source": source, "text": DOCKER.format(" ".join(SENTENCES[: 1 + number % 4]))}
        for source in sources
        for number in range(each)
    ]
    return fl.framing(fl.read(rows), targets=["Ada Moore"])


def read_back(result, path, codes):
    """The agreement of a sheet whose both coders give the codes that `codes` makes of the key."""
    sheet = pd.read_csv(path)
    key = pd.read_csv(path.with_suffix(".key.csv"), keep_default_na=False, na_values=[""])
    sheet["coder_1"] = sheet["coder_2"] = codes(key)
    sheet.to_csv(path, index=False)
    return fl.agreement(path), key


def test_a_sheet_draws_labels_and_sentences_without_one_by_strata(tmp_path):
    result = framed()
    path = result.sample(tmp_path / "sheet.csv", n=500, seed=1)
    key = pd.read_csv(tmp_path / "sheet.key.csv")
    sheet = pd.read_csv(path)
    assert (key["stratum_size"] == key["stratum_drawn"]).all()
    assert (key["undrawn"] == 0).all()
    labels = key[key["tool"].notna()]
    assert len(labels) == len(result.evidence)
    shown = sheet.loc[key["tool"].isna(), "text"].str.extract(r"\[\[(.*)\]\]")[0]
    # Neither names her nor has a term of the axis.
    assert not shown.str.contains("Rain fell").any()
    assert {"Ada Moore waved.", "Moore slept."} <= set(shown)
    assert not key.duplicated(["doc", "start", "end"]).any()


@pytest.mark.parametrize("n", [3, 9, 12, 20])
def test_probabilities_are_those_of_the_strata(tmp_path, n):
    result = framed()
    result.sample(tmp_path / "sheet.csv", n=n, seed=2)
    key = pd.read_csv(tmp_path / "sheet.key.csv")
    assert len(key) == n
    assert (key.groupby("stratum").size() == key.groupby("stratum")["stratum_drawn"].first()).all()
    assert set(key["source"]) == {"Argus", "Beacon", "Courier"}
    strata = key.drop_duplicates("stratum")
    whole = (
        strata.groupby("source")["stratum_size"].sum() + key.groupby("source")["undrawn"].first()
    )
    result.sample(tmp_path / "all.csv", n=500, seed=2)
    every = pd.read_csv(tmp_path / "all.key.csv")
    assert whole.to_dict() == every.groupby("source").size().to_dict()


def test_without_sentences_the_sheet_is_of_labels(tmp_path):
    result = framed()
    path = result.sample(tmp_path / "sheet.csv", n=500, seed=1, unlabelled=False)
    found, key = read_back(result, path, lambda key: key["tool"])
    assert key["tool"].notna().all()
    assert found.frame["recall"].isna().all()
    with pytest.raises(ValueError, match="unlabelled=True"):
        result.corrected(found)


def test_one_voice_is_said_in_the_sheet(tmp_path):
    rows = [{"source": "Argus", "text": "President Ada Moore spoke. “The dictator lies,” he said."}]
    result = fl.framing(fl.read(rows), targets=["Ada Moore"], voice="own")
    sheet = pd.read_csv(result.sample(tmp_path / "sheet.csv", seed=1))
    assert set(sheet["voice"]) == {"own"}


def test_ties_are_halves():
    codes = pd.DataFrame(
        [["good", "bad"], ["good", "good"], ["bad", "none"], [None, "bad"], [None, None]]
    )
    shares = code_shares(codes, ["Good", "Bad"]).to_numpy()
    expected = [[0.5, 0.5, 0], [1, 0, 0], [0, 0.5, 0.5], [0, 1, 0], [np.nan] * 3]
    np.testing.assert_array_equal(shares, expected)


def test_what_was_missed_lowers_recall_and_what_was_wrong_precision(tmp_path):
    result = framed()
    path = result.sample(tmp_path / "sheet.csv", n=500, seed=1)

    def codes(key):
        said = key["tool"].fillna("none")
        in_argus = key["source"] == "Argus"
        first_missed = (in_argus & key["tool"].isna()).idxmax()
        wrong = (in_argus & (key["tool"] == "legitimate")).idxmax()
        said[first_missed], said[wrong] = "illegitimate", "none"
        return said

    found, key = read_back(result, path, codes)
    of = found.frame.set_index(["source", "pole"])
    n = ((key["source"] == "Argus") & (key["tool"] == "illegitimate")).sum()
    assert of.loc[("Argus", "illegitimate"), "recall"] == pytest.approx(n / (n + 1))
    m = ((key["source"] == "Argus") & (key["tool"] == "legitimate")).sum()
    assert of.loc[("Argus", "legitimate"), "precision"] == pytest.approx((m - 1) / m)
    assert of.loc[("Argus", "legitimate"), "recall"] == 1
    assert of.loc[("Beacon", "illegitimate"), "recall"] == 1
    known = found.frame.dropna(subset=["recall"])
    assert (known["recall_low"] <= known["recall"]).all()
    assert (known["recall"] <= known["recall_high"]).all()
    assert "140" in repr(found)
    assert "434" in repr(found)
    row = result.corrected(found).frame.set_index("source").loc["Argus"]
    assert (row["true_illegitimate"], row["true_legitimate"]) == (n + 1, m - 1)
    assert row["low"] < row["score"] < row["high"]
    whole = result.corrected(found, pool=True)
    assert "assumes equal errors" in repr(whole)
    assert set(whole.compare()["assumes"]) == {"equal errors"}
    assert result.corrected(found).compare()["assumes"].isna().all()
    assert len(result.corrected(found).compare("Argus", "Beacon")) == 1


def test_none_and_na_are_codes(tmp_path):
    result = framed()
    path = result.sample(tmp_path / "sheet.csv", n=500, seed=1)
    found, key = read_back(result, path, lambda key: key["tool"].fillna("None"))
    assert found.frame.iloc[-1]["sentences"] == key["tool"].isna().sum()


def test_alpha_has_an_interval_from_a_hundred_items(tmp_path):
    result = framed(each=12)
    path = result.sample(tmp_path / "sheet.csv", n=120, seed=1)
    found, _ = read_back(result, path, lambda key: key["tool"].fillna("none"))
    assert found.alpha_interval == (1.0, 1.0)
    sheet = pd.read_csv(path)
    sheet.loc[::4, "coder_2"] = "none"
    sheet.to_csv(path, index=False)
    found = fl.agreement(path)
    low, high = found.alpha_interval
    assert low < found.alpha < high
    assert high - low < 0.4
    few = framed().sample(tmp_path / "few.csv", n=20, seed=1)
    assert read_back(result, few, lambda key: key["tool"].fillna("none"))[0].alpha_interval is None


def test_items_needed_are_those_of_the_arcsine_approximation():
    for one, other in [(0.05, 0.15), (0.1, 0.3), (0.5, 0.6)]:
        size = 2 * abs(np.arcsin(np.sqrt(one)) - np.arcsin(np.sqrt(other)))
        expected = 2 * ((stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) / size) ** 2
        assert items_needed(one, other) == pytest.approx(expected, rel=0.06)


def test_the_numbers_that_the_text_gives():
    assert (items_needed(0.05, 0.15), items_needed(0.05, 0.10)) == (140, 434)
    with pytest.raises(ValueError, match="the two shares must differ"):
        items_needed(0.1, 0.1)


@pytest.mark.parametrize("seed", range(4))
def test_the_estimate_is_the_slow_sum_over_documents(seed):
    cell = MiscodedCell(20, 0.3, "poles differ", 60)
    units, corpus = units_of(cell, np.random.default_rng(seed))
    key = coded_sheet(units, cell.coded, seed)
    labels = units[units["pole"].notna()].reset_index(drop=True)
    found = Agreement(frame=pd.DataFrame(), codes=key)
    frame = corrected_scores(labels, corpus, POLES, found, pool=False).frame
    for row in frame.to_dict("records"):
        by_doc = {}
        for unit in labels[labels["source"] == row["source"]].to_dict("records"):
            z = by_doc.setdefault(unit["doc"], [0.0, 0.0])
            z[POLES.index(unit["pole"])] += 1
        for item in key[key["source"] == row["source"]].to_dict("records"):
            z = by_doc.setdefault(item["doc"], [0.0, 0.0])
            weight = item["stratum_size"] / item["stratum_drawn"]
            for k, pole in enumerate(POLES):
                z[k] += weight * ((item["truth"] == pole) - (item["tool"] == pole))
        a, b = np.sum(list(by_doc.values()), axis=0)
        assert (row["true_good"], row["true_bad"]) == pytest.approx((a, b))
        assert row["score"] == pytest.approx((a - b) / (a + b))
        share, n = a / (a + b), len(by_doc)
        z = [(x * (1 - share) - y * share) / (a + b) for x, y in by_doc.values()]
        assert row["error"] == pytest.approx(2 * np.sqrt(np.sum(np.square(z)) * n / (n - 1)))


def test_the_estimate_is_unbiased_by_design():
    cell = MiscodedCell(20, 0.3, "poles differ", 40)
    units, corpus = units_of(cell, np.random.default_rng(3))
    labels = units[units["pole"].notna()].reset_index(drop=True)
    drawn = []
    for seed in range(40):
        found = Agreement(frame=pd.DataFrame(), codes=coded_sheet(units, cell.coded, seed))
        frame = corrected_scores(labels, corpus, POLES, found, pool=False).frame
        drawn.append(frame[["true_good", "true_bad"]].to_numpy())
    truth = units.groupby("source")["truth"].value_counts().unstack()[list(POLES)].to_numpy()
    error = np.std(drawn, axis=0) / np.sqrt(len(drawn))
    assert (np.abs(np.mean(drawn, axis=0) - truth) < 4 * error + 1e-9).all()


@pytest.mark.parametrize(
    "cell",
    [
        MiscodedCell(10, 0.5, "poles differ", 100),
        MiscodedCell(30, 0.02, "outlets differ", 100),
        MiscodedCell(100, 0.5, "poles differ", 300),
    ],
    ids=str,
)
def test_corrected_intervals_cover(cell):
    studies = 100
    found = corrected_coverage(cell, studies=studies, seed=7)
    assert found.known > 0.95
    assert found.corrected >= 0.92 - 2 * np.sqrt(0.92 * 0.08 / (2 * studies))


def test_uncorrected_intervals_do_not():
    cell = MiscodedCell(100, 0.2, "outlets differ", 300)
    found = corrected_coverage(cell, studies=60, seed=7)
    assert found.counted < 0.85 < found.corrected


def test_a_sheet_of_other_labels_is_refused(tmp_path):
    few, many = framed(each=2), framed(each=6)
    path = many.sample(tmp_path / "sheet.csv", n=500, seed=1)
    found, _ = read_back(many, path, lambda key: key["tool"].fillna("none"))
    with pytest.raises(ValueError, match="more labels than this result has"):
        few.corrected(found)
    old = Agreement(frame=found.frame, codes=found.codes.drop(columns="stratum_size"))
    with pytest.raises(ValueError, match="the sheet has no strata"):
        many.corrected(old)


def test_a_source_with_an_undrawn_stratum_is_missing(tmp_path):
    result = framed()
    path = result.sample(tmp_path / "sheet.csv", n=4, seed=1)
    found, key = read_back(result, path, lambda key: key["tool"].fillna("none"))
    incomplete = key.loc[key["undrawn"] > 0, "source"]
    frame = result.corrected(found).frame.set_index("source")
    assert len(incomplete)
    assert frame.loc[incomplete, "score"].isna().all()
    assert frame.loc[incomplete, "tool_score"].notna().all()


def test_the_forest_marks_corrected_scores(tmp_path):
    result = framed()
    path = result.sample(tmp_path / "sheet.csv", n=500, seed=1)
    found, _ = read_back(result, path, lambda key: key["tool"].fillna("none"))
    ax = result.corrected(found).plot()
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert "corrected for its errors" in names
    assert [line for line in ax.lines if line.get_marker() == "*"]


def scores_of(share, n, sources, seed):
    random = np.random.default_rng(seed)
    true = random.beta(*share, sources)
    first = random.binomial(n, true)
    return true, first, n - first


def test_shrunk_scores_lie_between_the_score_and_the_mean():
    _, first, second = scores_of((2, 2), np.arange(4, 44, 4), 10, 1)
    found = shrunk_scores(first, second, np.zeros(10))
    score = (first - second) / (first + second)
    mean = (first.sum() - second.sum()) / (first + second).sum()
    moved = found["shrunk"].to_numpy() - score
    assert (np.sign(moved) == np.sign(mean - score))[np.abs(mean - score) > 0.1].all()
    assert (found["shrunk_low"] < found["shrunk"]).all()
    assert (found["shrunk"] < found["shrunk_high"]).all()


def test_intervals_of_shrunk_scores_and_ranks_cover():
    held, ranks = [], []
    for seed in range(150):
        sizes = np.random.default_rng(seed).integers(5, 60, 12)
        true, first, second = scores_of((3, 2), sizes, 12, seed)
        found = shrunk_scores(first, second, np.zeros(12))
        score = 2 * true - 1
        held.append((found["shrunk_low"] <= score) & (score <= found["shrunk_high"]))
        rank = 12 - np.argsort(np.argsort(true))
        ranks.append((found["rank_low"] <= rank) & (rank <= found["rank_high"]))
    assert 0.92 <= np.mean(held) <= 0.98
    assert np.mean(ranks.copy()) >= 0.92


def test_sources_that_do_not_differ_have_one_score_and_every_rank():
    found = shrunk_scores([3, 5, 7, 4], [3, 5, 7, 4], [0, 0, 0, 0])
    assert found["shrunk"].nunique() == 1
    assert found["rank_low"].tolist() == [1] * 4
    assert found["rank_high"].tolist() == [4] * 4
    unanimous = shrunk_scores([3.0, 5.0], [0.0, 0.0], [0, 0])
    assert unanimous["shrunk"].nunique() == 1
    assert unanimous["shrunk"].iloc[0] < 1


def test_one_source_alone_and_none_have_nothing_to_shrink_to():
    found = shrunk_scores([3, np.nan, 4, 0], [3, np.nan, 2, 0], [0, 0, 1, 1])
    assert found.isna().all(axis=None)


def test_few_labels_or_articles_are_too_few():
    rows = [
        {"source": source, "text": "President Ada Moore spoke. " * labels}
        for source, documents, labels in (("A", 5, 1), ("B", 2, 9), ("C", 3, 1), ("D", 3, 2))
        for _ in range(documents)
    ]
    scores = fl.framing(fl.read(rows), targets=["Ada Moore"]).scores
    own = scores.query("voice == 'own' and object == 'all' and part == 'text'").set_index("source")
    assert own["articles"].to_dict() == {"A": 5, "B": 2, "C": 3, "D": 3}
    assert own["too_few"].to_dict() == {"A": False, "B": True, "C": True, "D": False}
