"""Who gets to speak: shares of quotations and of quoted words."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import framelens as fl
from framelens.speech.speakers import Speakers, _interval

TEXT = (
    "“We won the vote,” Mayor Ada Moore said. “They lost,” she added.\n\n"
    "“Nobody knows,” said Olaf Lund, a professor at Nordell. He left.\n\n"
    "“No,” police said. “Costs doubled,” according to the report.\n\n"
    "“I saw smoke,” said Jan Reed. The crowd heard “a long and loud and angry song.”"
)


@pytest.fixture
def quotes() -> fl.Quotes:
    return fl.quotes(fl.read([{"source": "Gazette", "text": TEXT}]))


def counts(found: Speakers) -> dict[str, int]:
    frame = found.frame
    return dict(zip(frame[found.by], frame["quotations"], strict=True))


def test_kinds_by_titles_and_nouns(quotes: fl.Quotes) -> None:
    found = counts(quotes.speakers())
    assert found.pop("unknown", 0) <= 2
    assert {kind: found[kind] for kind in ("office", "expert", "unnamed official")} == {
        "office": 2,
        "expert": 1,
        "unnamed official": 1,
    }
    assert found["other person"] == 1


def test_printed_pronouns(quotes: fl.Quotes) -> None:
    found = counts(quotes.speakers(by="pronoun"))
    assert (found["she"], found["he"]) == (2, 1)
    assert found["none printed"] >= 2


def test_names(quotes: fl.Quotes) -> None:
    found = counts(quotes.speakers(by="speaker"))
    assert (found["Ada Moore"], found["Olaf Lund"], found["Jan Reed"]) == (2, 1, 1)


def test_shares_are_of_all_quotations(quotes: fl.Quotes) -> None:
    frame = quotes.speakers().frame
    assert math.isclose(frame["share"].sum(), 1.0)
    assert math.isclose(frame["word_share"].sum(), 1.0)
    assert frame[["low", "high", "word_low", "word_high"]].isna().all(axis=None)  # one article


def test_intervals_take_articles_as_units() -> None:
    alone = (
        "“We won in {0},” Mayor Ada Moore said in {0}. “We lost {0},” said Olaf Lund, a professor."
    )
    places = ["Nordell", "Kessport", "Harrow", "Lindt", "Carsa", "Moraby", "Ostend", "Velt"]
    rows = [
        {"source": "Gazette", "text": alone.format(place) + f" {place} " * 30} for place in places
    ]
    frame = fl.quotes(fl.read(rows)).speakers().frame
    assert ((frame["low"] < frame["share"]) & (frame["share"] < frame["high"])).all()


def test_an_interval_is_wider_where_an_article_has_one_kind() -> None:
    import numpy as np

    mixed = np.tile([[2.0], [2.0]], (1, 10))
    apart = np.array([[4.0, 0.0] * 5, [0.0, 4.0] * 5])
    _, low, high = _interval(mixed)
    _, low_apart, high_apart = _interval(apart)
    assert high_apart[0] - low_apart[0] > high[0] - low[0]


def test_no_quotation() -> None:
    frame = (
        fl.quotes(fl.read([{"source": "Gazette", "text": "Nothing was said."}])).speakers().frame
    )
    assert len(frame) == 0
    assert list(frame.columns)[:3] == ["source", "kind", "quotations"]


def test_order_does_not_matter() -> None:
    rows = [{"source": "ab"[i % 2], "id": str(i), "text": TEXT} for i in range(6)]
    one = fl.quotes(fl.read(rows)).speakers().frame
    other = fl.quotes(fl.read(rows[::-1])).speakers().frame
    pd.testing.assert_frame_equal(one, other)


def test_a_language_without_kinds_is_told() -> None:
    corpus = fl.read([{"source": "a", "text": "„Nein“, sagte Olaf Lund."}], language="de")
    with pytest.raises(ValueError, match="has no speaker_kinds"):
        fl.quotes(corpus).speakers()
    assert len(fl.quotes(corpus).speakers(by="speaker").frame) == 1


def test_kinds_are_the_user_s() -> None:
    own = {"base": "en", "speaker_kinds": {"expert": ["fortune-teller"]}}
    text = "“Rain,” the fortune-teller said."
    corpus = fl.read([{"source": "a", "text": text}], language=own)
    assert "expert" in set(fl.quotes(corpus).speakers().frame["kind"])
    with pytest.raises(fl.SchemaError, match="/speaker_kinds/seer: is no known key"):
        fl.read(
            [{"source": "a", "text": text}], language={"base": "en", "speaker_kinds": {"seer": []}}
        )


def test_plot(quotes: fl.Quotes) -> None:
    ax = quotes.speakers().plot()
    assert ax.get_xlabel() == "quotations"


def test_unknown_choice(quotes: fl.Quotes) -> None:
    with pytest.raises(ValueError, match="by must be one of"):
        quotes.speakers(by="age")  # type: ignore[arg-type]
