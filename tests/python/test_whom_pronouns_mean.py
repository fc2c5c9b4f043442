"""Whom a pronoun means, or nobody: invented texts of each kind, and the weights as data."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import framelens as fl

MEET = "Ada Moore met Olaf Lund in Nordell on Monday. "


def meant(text: str, pronoun: str, language: Any = "en") -> str | None:
    """Return whom the last such pronoun of a text means."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = fl.read([{"source": "Gazette", "text": text}], language=language)
    rows = fl.actors(corpus, kind="all").mentions
    found = rows[(rows["form"] == "pronoun") & (rows["text"].str.lower() == pronoun)]
    name = found["name"].iloc[-1]
    return name if isinstance(name, str) else None


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        (MEET + "He praised the harbour.", "he", "Olaf Lund"),
        (MEET + "She praised the harbour.", "she", "Ada Moore"),
        ("Olaf Lund spoke on Monday. He left early.", "he", "Olaf Lund"),
        ("Olaf Lund said he would leave.", "he", "Olaf Lund"),
        ("Olaf Lund thanked Ada Moore for her letter.", "her", "Ada Moore"),
        ("In his speech, Olaf Lund praised the harbour.", "his", "Olaf Lund"),
        # What others say between two sentences of the writer's is passed over.
        (
            "Ada Moore recalled her envoy. “It was no accident. It was a crime. They knew it,” "
            "she said. “We will wait.” Her office sent a letter.",
            "her",
            "Ada Moore",
        ),
        # Whoever is quoted is not the "he" of his own quotation.
        (
            "Karol Varga spoke about Tom Bray. “He is a liar,” Varga said.",
            "he",
            "Tom Bray",
        ),
    ],
)
def test_somebody(text: str, pronoun: str, name: str) -> None:
    assert meant(text, pronoun) == name


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("The port was shut on Monday. He left early.", "he"),
        ("Ada Moore spoke on Monday. A sailor slept on the pier. He woke late.", "he"),
        ("The boats in Nordell are blue. His boat lay in the harbour.", "his"),
    ],
)
def test_nobody(text: str, pronoun: str) -> None:
    assert meant(text, pronoun) is None


def test_several_who_fit_are_candidates_of_nobody() -> None:
    text = (
        "Karol Varga, Tom Bray and Olaf Lund met in Nordell on Monday with Peter Reed. "
        "The ferry was late. The town was quiet. His boat sank."
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = fl.actors(fl.read([{"source": "Gazette", "text": text}]), kind="all").mentions
    row = rows[rows["text"] == "His"].iloc[0]
    assert row["why"] == "several fit"
    assert len(row["candidates"].split("; ")) >= 2
    assert not isinstance(row["name"], str)


@pytest.mark.parametrize(
    ("he", "she"),
    [
        ("Olaf Lund met Karol Varga. He left.", "Ada Moore met Olga Rem. She left."),
        ("Mr. Lund spoke. The hall was full. His aide left.",
         "Ms. Lund spoke. The hall was full. Her aide left."),
        ("Olaf Lund told Karol Varga that he was late.",
         "Ada Moore told Olga Rem that she was late."),
    ],
)  # fmt: skip
def test_men_and_women_are_decided_alike(he: str, she: str) -> None:
    def places(text: str) -> list[tuple[str, bool, int]]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = fl.actors(fl.read([{"source": "Gazette", "text": text}]), kind="all").mentions
        names = list(dict.fromkeys(rows.loc[rows["form"] != "pronoun", "name"]))
        return [
            (row.why, isinstance(row.name_, str), names.index(row.name_))
            if isinstance(row.name_, str)
            else (row.why, False, -1)
            for row in rows.rename(columns={"name": "name_"}).itertuples()
            if row.form == "pronoun"
        ]

    assert places(he) == places(she)


def test_a_language_may_ask_for_more() -> None:
    own = {"base": "en", "references": {"least": 0.99, "least_alone": 0.99}}
    text = "Olaf Lund met Karol Varga. He left."
    assert meant(text, "he", own) is None


def test_unknown_clues_are_refused() -> None:
    own = {"base": "en", "references": {"weights": {"wears_a_hat": 1.0}}}
    with pytest.raises(fl.SchemaError, match="/references/weights/wears_a_hat: is no known clue"):
        fl.read([{"source": "Gazette", "text": "Olaf Lund left."}], language=own)


@pytest.mark.parametrize("least", [0, 1, -1, "much"])
def test_shares_are_between_0_and_1(least: object) -> None:
    own = {"base": "en", "references": {"least": least}}
    with pytest.raises(fl.SchemaError, match="/references/least"):
        fl.read([{"source": "Gazette", "text": "Olaf Lund left."}], language=own)
