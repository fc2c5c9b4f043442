"""Mentions that count once, modifiers and predications, and labels that are nobody's."""

import pandas as pd
import pytest

import framelens as fl

BELARIZ = "Tomás Beláriz"
FIRST = "Carsavian President Tomás Beláriz spoke on Monday. "


def framed(text, target=BELARIZ, **options):
    corpus = fl.read(pd.DataFrame({"id": ["0"], "source": ["Gazette"], "text": [text]}))
    return fl.framing(corpus, targets=target, **options)


def pooled(result):
    scores = result.scores
    every = (scores["voice"] == "all") & (scores["object"] == "all") & (scores["part"] == "all")
    return scores[every].iloc[0]


@pytest.mark.parametrize(
    "text",
    [
        "Karol Varga, the dictator, left.",
        "Dictator Karol Varga left.",
        "Karol Varga is a dictator.",
        "The dictator, Karol Varga, left.",
    ],
)
def test_a_mention_and_its_label_are_one(text):
    row = pooled(framed(text, "Karol Varga"))
    assert (row["mentions"], row["bare"], row["n_illegitimate"]) == (1, 0, 1)
    assert (row["rate_illegitimate"], row["labels_per_mention"]) == (1.0, 1.0)
    assert (row["first_illegitimate"], row["first_legitimate"]) == (1, 0)


def test_rates_are_shares():
    row = pooled(framed("Dictator and tyrant Karol Varga left. Varga came.", "Karol Varga"))
    assert 0 <= row["rate_illegitimate"] <= 1
    assert row["share_illegitimate"] == 1 - row["share_legitimate"] == 1


@pytest.mark.parametrize(
    ("phrase", "pole", "weight", "distance"),
    [
        ("democratically elected dictator", "illegitimate", 1, None),
        ("illegitimate president", "illegitimate", 1, None),
        ("self-declared president", "legitimate", 0, "so-called"),
        ("acting president", "neutral", 0, None),
    ],
)
def test_what_a_modifier_does_to_its_noun(phrase, pole, weight, distance):
    evidence = framed(f"Karol Varga left. The {phrase} Karol Varga came.", "Karol Varga").evidence
    assert evidence["pole"].tolist() == [pole]
    assert evidence["weight"].tolist() == [weight]
    assert pd.isna(evidence["distance"][0]) == (distance is None)


def test_predicates_count_once_for_their_phrase():
    evidence = framed(FIRST + "Beláriz is brutal, corrupt and cruel.", axis="loaded").evidence
    assert evidence["kind"].tolist() == ["predication"] * 3
    assert evidence["weight"].tolist() == [1, 0, 0]
    assert evidence["distance"].tolist() == [None, "same phrase", "same phrase"]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Kell has criticized Beláriz.",
        "Angry Beláriz supporters left.",
        "The vote was absurd, Beláriz said.",
    ],
)
def test_what_is_said_of_others(text):
    assert framed(FIRST + text, axis="loaded").evidence.empty


def test_an_axis_without_a_label_says_so():
    assert pooled(framed(FIRST, axis="conflict"))["note"] == "no label of this axis"
    assert "does not part" in pooled(framed(FIRST))["note"]


def test_no_ruler_is_the_rebel_of_his_country():
    text = FIRST + "A Carsavian rebel left. The Carsavian rebel came back."
    assert framed(text, axis="conflict").evidence.empty


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="kind must be one of"):
        framed(FIRST, kind="verb")
