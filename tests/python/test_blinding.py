"""Sources' names are blotted out of samples: whole words only, the longest name first."""

from __future__ import annotations

import pandas as pd
import pytest

import framelens as fl
from framelens.labels._blinding import SourceNames


def blotted(text, *sources):
    return SourceNames(sources).blotted(text, 0, len(text))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Sun", "On Sunday the Suns sunk, unsung; a Sun_day."),
        ("Sun", "The sun rose over the sunny coast."),
        ("Time", "Sometimes Timely, at that time; Timer."),
        ("A.P.", "An APP, a map, an apt chap."),
        ("Le Monde", "Le Mondel, dans le monde; El Le. Monday"),
        ("Post", "Postal workers posted a post."),
        ("20 Minutes", "It took 20 minutes."),
        ("The Hill", "Uphill, Hillary, the hill."),
    ],
)
def test_words_that_only_hold_a_name_stay(source, text):
    assert blotted(text, source) == text


@pytest.mark.parametrize(
    ("source", "text", "shown"),
    [
        ("Sun", "The Sun's man and the Sun’s.", "The [source]'s man and the [source]’s."),
        ("Times", "The Times' man. TIMES!", "The [source]' man. [source]!"),
        ("The Sun", "the Sun, THE SUN, Sun-like", "[source], [source], [source]-like"),
        ("A.P.", "The A.P. said, A.P.'s", "The [source] said, [source]'s"),
        ("A.P.", "A. P., AP", "[source], [source]"),
        ("Le Monde", "Le Monde’s, LE MONDE, Le\u00a0Monde", "[source]’s, [source], [source]"),
        ("L'Équipe", "l’Équipe, L'EQUIPE", "[source], [source]"),
        ("El País", "El Pais; El\n País", "[source]; [source]"),
        ("fox", "Fox and fox, not foxes", "[source] and [source], not foxes"),
        ("Gazette", "www.gazette.example, @gazette", "www.[source].example, @[source]"),
        ("The Coast News", "thecoastnews.example", "[source].example"),
        ("新海日报", "据新海日报报道。", "据[source]报道。"),
        ("صحيفة", "في الصحيفة", "في ال[source]"),
        ("Ya!", "Ya! says so", "[source] says so"),
        ("(a|b)* [x", "(A|B)* [X", "([source]"),
    ],
)  # fmt: skip
def test_a_name_in_any_spelling_goes(source, text, shown):
    assert blotted(text, source) == shown


def test_the_longest_name_goes_first():
    names = ("Sun", "Sun Herald", "The Sun Herald on Sunday")
    text = "The Sun, the Sun Herald and The Sun Herald on Sunday."
    for order in (names, names[::-1]):
        assert blotted(text, *order) == "The [source], the [source] and [source]."


def test_a_piece_is_blotted_as_the_whole_is():
    text = "Le Monde and the Sun on Sunday"
    names = SourceNames(["Le Monde", "Sun"])
    assert names.blotted(text, 3, 20) == "[source] and the [source]"
    assert names.blotted(text, 17, 27) == "[source] on Sun"
    assert names.blotted(text, 9, 12) == "and"


def test_long_texts_take_linear_time(cpu_seconds):
    def text(times):
        return "the Sun Herald on Sunday " * times

    assert blotted(text(20_000), "Sun", "Sun Herald").count("[source]") == 20_000
    once = cpu_seconds(lambda: blotted(text(5_000), "Sun", "Sun Herald"))
    assert cpu_seconds(lambda: blotted(text(20_000), "Sun", "Sun Herald")) < 8 * once + 0.1


def test_samples_of_sources_that_are_words(tmp_path):
    sources = ["Sun", "Time", "A.P.", "Le Monde", "Sun Herald"]
    said = "On Sunday the Sun's man, an A.P. writer and the Sun Herald met for some time."
    rows = [
        {"source": source, "text": f"{source} reports. President Ada Moore spoke. {said}"}
        for source in sources
    ]
    result = fl.framing(fl.read(rows), targets=["Ada Moore"])
    sheet = pd.read_csv(result.sample(tmp_path / "sheet.csv", seed=1))
    assert set(sheet["text"]) == {
        "[source] reports. [[President]] Ada Moore spoke. On Sunday the [source]'s man, "
        "an [source] writer and the [source] met for some time."
    }


def test_a_label_is_shown_whatever_the_sources_are_called(tmp_path):
    rows = [{"source": "President", "text": "President Ada Moore spoke. The President’s man."}]
    result = fl.framing(fl.read(rows), targets=["Ada Moore"])
    sheet = pd.read_csv(result.sample(tmp_path / "sheet.csv", n=1, seed=1))
    assert "[[President]]" in sheet["text"][0]


def test_samples_by_several_columns(tmp_path):
    result = fl.framing(fl.demo(), targets=["Tomás Beláriz"])
    path = result.sample(tmp_path / "sheet.csv", n=9, by=["source", "distance"], seed=1)
    key = pd.read_csv(tmp_path / "sheet.key.csv")
    assert len(pd.read_csv(path)) == 9
    assert set(key["source"]) == set(result.evidence["source"])
    for by in ([], ["colour"], ["source", "colour"]):
        with pytest.raises(ValueError, match=r"columns? of the evidence"):
            result.sample(tmp_path / "other.csv", by=by, seed=1)
