"""Hedges, scare quotes and doubting verbs: whose they are, and rates with their intervals."""

import itertools

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens.corpus.rates import add_rates

TEXT = (
    "The alleged plot failed, officials said. “It was an alleged plot,” said Ada Moore. "
    "Ada Moore claimed that the so-called front had reportedly won. "
    "The “miracle” cost two million."
)


def corpus_of(*texts, source="Gazette"):
    return fl.read([{"id": str(i), "source": source, "text": text} for i, text in enumerate(texts)])


def found(corpus, **options):
    return list(fl.distancing(corpus, **options).evidence[["kind", "text"]].itertuples(index=False))


def test_what_counts_is_in_the_sources_own_voice():
    assert found(corpus_of(TEXT)) == [
        ("hedge", "alleged"),
        ("doubting", "claimed"),
        ("hedge", "so-called"),
        ("hedge", "reportedly"),
        ("scare", "miracle"),
    ]


def test_evidence_is_the_text_and_names_whose_words():
    corpus = corpus_of(TEXT)
    evidence = fl.distancing(corpus).evidence
    for row in evidence.itertuples():
        assert corpus.texts[0][row.start : row.end] == row.text
        assert corpus.voice_at(row.doc, row.start, row.end) == ("own", None)
    by_text = evidence.set_index("text")
    assert by_text.loc["claimed", "speaker"] == "Ada Moore"
    assert by_text.loc["claimed", "term"] == "claim"
    assert by_text.loc["so-called", "speaker"] == "Ada Moore"  # in what she claimed
    assert by_text.loc["miracle", "term"] is None


def test_a_verb_of_two_quotations_counts_once():
    text = "“We have won,” Ada Moore claimed, “and they have lost the whole of the north.”"
    assert found(corpus_of(text)) == [("doubting", "claimed")]


def test_a_doubting_verb_is_no_hedge():
    # "alleged" is in both lists.
    text = "Ada Moore alleged that the alleged ship was sunk."
    assert found(corpus_of(text)) == [("doubting", "alleged"), ("hedge", "alleged")]


def test_rates_are_per_thousand_words_of_the_zones():
    corpus = corpus_of(TEXT, "Rain fell on the town all day.")
    result = fl.distancing(corpus)
    words = corpus.documents["words"].sum()
    hedges = result.frame.set_index(["part", "kind"]).loc["all", "hedge"]
    assert hedges["count"] == 3
    assert hedges["rate"] == pytest.approx(3000 / words)
    assert np.isnan(hedges["low"])
    assert np.isnan(hedges["high"])
    assert list(result.frame) == ["source", "kind", "part", "count", "rate", "low", "high"]


def test_targets_are_those_doubted_and_those_named_beside_it():
    text = (
        "Ada Moore claimed that it rained. The alleged spy met Ada Moore. "
        "Bo Lind arrived in the so-called capital."
    )
    result = fl.distancing(corpus_of(text), targets=["Ada Moore", "Bo Lind"])
    rows = result.evidence[["target", "text"]]
    assert list(rows.itertuples(index=False, name=None)) == [
        ("Ada Moore", "claimed"),
        ("Ada Moore", "alleged"),
        ("Bo Lind", "so-called"),
    ]
    pooled = result.frame[result.frame["part"] == "all"]
    counts = pooled.set_index(["target", "source", "kind"])["count"]
    assert counts["Ada Moore", "Gazette", "doubting"] == 1
    assert counts["Ada Moore", "Gazette", "hedge"] == 1
    assert counts["Bo Lind", "Gazette", "hedge"] == 1
    by_target = result.rates(by="target").set_index(["source", "target", "kind", "part"])["count"]
    assert by_target["Gazette", "Bo Lind", "hedge", "text"] == 1
    assert by_target["Gazette", "Bo Lind", "hedge", "headline"] == 0


def test_by_speaker():
    rates = fl.distancing(corpus_of(TEXT)).rates(by="speaker")
    rates = rates[rates["part"] == "text"]
    counts = rates.set_index(["speaker", "kind"])["count"].to_dict()
    assert counts == {
        ("Ada Moore", "doubting"): 1,
        ("Ada Moore", "hedge"): 2,
        ("officials", "hedge"): 1,
    }


def test_nothing_is_found_in_nothing():
    for corpus in (corpus_of("Rain."), corpus_of("")):
        result = fl.distancing(corpus)
        assert len(result.evidence) == 0
        assert list(result.frame["count"]) == [0] * 9
        assert result.rates(by="speaker").empty
        result.plot()
    empty = fl.distancing(fl.read(pd.DataFrame({"source": [], "text": []}, dtype=object)))
    assert empty.frame.empty
    assert list(empty.frame) == ["source", "kind", "part", "count", "rate", "low", "high"]


def test_bad_arguments():
    corpus = corpus_of(TEXT)
    with pytest.raises(ValueError, match="no zone is called 'margin'"):
        fl.distancing(corpus, zones=("margin",))
    with pytest.raises(ValueError, match="targets is empty"):
        fl.distancing(corpus, targets=[])
    with pytest.raises(ValueError, match="by must be one of"):
        fl.distancing(corpus).rates(by="verb")


def test_order_of_documents_does_not_matter():
    texts = [f"The alleged plot number {i} failed. " * (1 + i % 3) + "Rain. " * i for i in range(9)]
    rows = [{"id": str(i), "source": "AB"[i % 2], "text": t} for i, t in enumerate(texts)]
    once, again = (fl.distancing(fl.read(r)).frame for r in (rows, rows[::-1]))
    pd.testing.assert_frame_equal(once, again, check_exact=True)


def test_events_are_the_units_where_five_are_known():
    def interval(events):
        rows = [
            {"source": "A", "text": f"The alleged plot x{i} failed. " * (i % 4), "event": event}
            for i, event in enumerate(events)
        ]
        frame = fl.distancing(fl.read(rows)).frame
        return frame.set_index(["part", "kind"]).loc[("all", "hedge"), ["low", "high"]]

    assert interval([None] * 12).notna().all()
    assert interval([f"e{i % 4}" for i in range(12)]).equals(interval([None] * 12))
    assert not interval([f"e{i % 6}" for i in range(12)]).equals(interval([None] * 12))


def rates_of(counts, words):
    """Intervals of one kind, from counts and words, sources x documents."""
    sources, documents = counts.shape
    docs = [(f"s{s}", f"{s}-{d}") for s, d in itertools.product(range(sources), range(documents))]
    table = pd.DataFrame({"source": [f"s{s}" for s in range(sources)], "kind": "hedge"})
    base = pd.DataFrame(docs, columns=["source", "doc"])
    base["unit"], base["words"] = base["doc"], words.ravel()
    rows = base.loc[np.repeat(base.index, counts.ravel()), ["doc", "source"]].assign(kind="hedge")
    return add_rates(table, rows, base, family=["kind"])


def test_intervals_by_hand():
    counts, words = np.array([[3, 0, 1, 0, 0, 2]]), np.array([[400, 300, 500, 200, 100, 500]])
    got = rates_of(counts, words).iloc[0]
    from scipy.stats import gamma, norm, t

    rate = 6 / 2000
    square = sum((c - rate * w) ** 2 for c, w in zip(counts[0], words[0], strict=True)) * 6 / 5
    effect = max(1, square / 6) * (t.ppf(0.975, 5) / norm.ppf(0.975)) ** 2
    low, high = gamma.ppf([0.025, 0.975], 6 / effect + 0.5) * effect / 2000
    assert got["count"] == 6
    assert got["rate"] == pytest.approx(1000 * rate)
    assert [got["low"], got["high"]] == pytest.approx([1000 * low, 1000 * high])


def test_a_source_without_any_has_an_upper_end_from_the_others():
    counts = np.array([[2, 0, 1, 0, 3, 1], [0] * 6])
    none = rates_of(counts, np.full((2, 6), 400)).iloc[1]
    assert none["rate"] == 0
    assert none["low"] == 0
    assert 0 < none["high"] < 5


@pytest.mark.parametrize(("documents", "shape"), [(8, 2.0), (30, 2.0), (30, 0.7), (30, None)])
def test_intervals_cover(documents, shape):
    rng = np.random.default_rng(5)
    covered = []
    for _ in range(80):
        words = rng.lognormal(6.3, 0.6, (3, documents)).astype(int) + 50
        burst = rng.gamma(shape, 1 / shape, words.shape) if shape else 1.0
        got = rates_of(rng.poisson(4 / 1000 * words * burst), words)
        covered += list((got["low"] <= 4) & (got["high"] >= 4))
    assert 0.90 <= np.mean(covered) <= 0.99


def test_the_plot_has_one_row_a_source_and_says_what_is_open():
    texts = ["The alleged plot failed.", "The “miracle” was dear.", "She claimed that it rained."]
    rows = [
        {"source": f"The Paper of {name}", "text": texts[i % 3]} for name in "AB" for i in range(6)
    ]
    rows.append({"source": "A paper of one article & <i>", "text": texts[0]})
    ax = fl.distancing(fl.read(rows)).plot()
    assert len(ax.get_yticklabels()) == 3
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend[:3] == ["hedges", "scare quotes", "doubting verbs"]
    assert legend[3].startswith("open: ")
    assert ax.get_xlim()[0] == 0
    ax.figure.clear()
