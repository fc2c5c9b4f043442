"""Cue verbs by source and speaker: counts, shares, rates."""

import numpy as np
import pytest

import framelens as fl

TEXT = (
    "“We have won the war,” Ada Moore claimed, “and they have lost it for good.” "
    "Bo Lind said that it rained. Ada Moore said: “He told me, ‘I insisted on it myself,’ twice.”"
)


def corpus_of(copies=1, text=TEXT):
    return fl.read([{"id": str(i), "source": "Gazette", "text": text} for i in range(copies)])


def test_each_printed_verb_counts_once():
    verbs = fl.quotes(corpus_of()).verbs().set_index("lemma")
    assert verbs["count"].to_dict() == {"say": 2, "claim": 1}
    assert verbs.loc["claim", "stance"] == "doubting"
    assert verbs["share"].to_dict() == {"say": pytest.approx(2 / 3), "claim": pytest.approx(1 / 3)}


def test_rates_are_per_thousand_words():
    corpus = corpus_of()
    words = corpus.documents["words"].sum()
    verbs = fl.quotes(corpus).verbs().set_index("lemma")
    assert verbs.loc["say", "rate"] == pytest.approx(2000 / words)
    by_speaker = fl.quotes(corpus).verbs(by="speaker").set_index(["speaker", "lemma"])
    assert by_speaker["count"].to_dict() == {
        ("Ada Moore", "claim"): 1,
        ("Ada Moore", "say"): 1,
        ("Bo Lind", "say"): 1,
    }
    assert by_speaker.loc[("Bo Lind", "say"), "rate"] == pytest.approx(1000 / words)


def test_intervals_need_five_documents_that_are_no_copies():
    def of_own_words(documents):
        # Equal articles would be one unit.
        rows = [
            {"source": "Gazette", "text": TEXT + " " + " ".join(f"w{i}x{j}" for j in range(60))}
            for i in range(documents)
        ]
        return fl.quotes(fl.read(rows)).verbs()

    few, enough = of_own_words(4), of_own_words(5)
    assert fl.quotes(corpus_of(5)).verbs()[["low", "high"]].isna().all(axis=None)
    assert few[["low", "high"]].isna().all(axis=None)
    assert (enough["low"] < enough["rate"]).all()
    assert (enough["rate"] < enough["high"]).all()


def test_zones_change_what_rates_are_per():
    corpus = corpus_of(text="By Jo Writer\n\n" + TEXT)
    everywhere, body = fl.quotes(corpus).verbs(), fl.quotes(corpus, zones=("body",)).verbs()
    assert list(everywhere["count"]) == list(body["count"])
    assert (everywhere["rate"] < body["rate"]).all()


def test_nothing_said():
    verbs = fl.quotes(corpus_of(text="Rain fell.")).verbs()
    assert list(verbs) == ["source", "lemma", "stance", "count", "share", "rate", "low", "high"]
    assert verbs.empty
    with pytest.raises(ValueError, match="by must be one of source, speaker"):
        fl.quotes(corpus_of()).verbs(by="verb")


def test_missing_is_nan():
    assert np.isnan(fl.quotes(corpus_of()).verbs()["low"]).all()
