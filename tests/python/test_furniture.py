"""What a page puts beside and into an article: it is marked, and no evidence."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

import framelens as fl

INSERT = "Ada Jane MooreRiver crossing closes Senator: 'never again' MORE"
WHOLE = "President Moore on Monday signed the bill. The president said: “We open the crossing.”"
WITH_INSERT = WHOLE.replace("Moore", f"Moore {INSERT}", 1)


def read(*texts: str) -> fl.Corpus:
    return fl.read([{"id": str(i), "source": "A", "text": text} for i, text in enumerate(texts)])


def labels(corpus: fl.Corpus, target: str) -> list[tuple[str, str]]:
    frame = fl.namings(corpus, targets=[target]).frame
    return list(zip(frame["label"], frame["rule"], strict=True))


def test_a_sentence_around_an_insert_is_whole() -> None:
    corpus = read(WITH_INSERT)
    expected = [("President", "title"), ("president", "description")]
    assert labels(read(WHOLE.replace("Moore", "Ada Moore", 1)), "Ada Moore") == expected
    assert labels(corpus, fl.Target("Ada Moore", aliases=["Moore"])) == expected
    quotes = fl.quotes(corpus).frame
    assert quotes["speaker"].tolist() == ["Moore"]
    assert quotes["text"].tolist() == ["We open the crossing."]
    for quote in quotes.itertuples():
        assert WITH_INSERT[quote.start : quote.end] == quote.text


def test_an_insert_is_boilerplate_within_its_line() -> None:
    corpus = read(f"A Bill Signed\n\n{WITH_INSERT}")
    zones = corpus.zones
    marked = zones[zones["zone"] == "boilerplate"]
    text = corpus.texts[0]
    assert [text[z.start : z.end] for z in marked.itertuples()] == [INSERT]
    assert "crossing closes" not in corpus.text_of_zones()[0]
    assert fl.kwic(corpus, "Senator").frame.empty
    assert "closes" not in set(fl.keyness(read(WITH_INSERT, WHOLE), permutations=0).frame["term"])


def test_a_zone_around_an_insert_is_cut_in_two() -> None:
    line = f"Image caption, Ana Lund and Ada Moore {INSERT} on the quay"
    corpus = read(f"{WHOLE}\n\n{line}\n\n{WHOLE.replace('We', 'They')}")
    text = corpus.texts[0]
    assert [(z.zone, text[z.start : z.end]) for z in corpus.zones.itertuples()] == [
        ("caption", "Image caption, Ana Lund and Ada Moore"),
        ("boilerplate", INSERT),
        ("caption", "on the quay"),
    ]


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        (
            "Moore Ada Jane MooreShips wait MORE’s aides met Sen. Olga Rem Olga (Olly) Maria "
            "Rem“Never,” says chief 2020 race begins MORE (N.D.).",
            "Moore’s aides met Sen. Olga Rem (N.D.).",
        ),
        (
            "The bill went to Moore Ada J. Moore2024 hopefuls gather MORE.",
            "The bill went to Moore.",
        ),
        ("Moore Ada MooreShips (and crews) wait: 'no' MORE said: “No.”", "Moore said: “No.”"),
    ],
)
def test_inserts_of_many_forms(printed: str, whole: str) -> None:
    corpus, plain = read(printed), read(whole)
    assert corpus.documents["words"].tolist() == plain.documents["words"].tolist()
    found = [fl.quotes(c).frame[["text", "kind", "speaker"]] for c in (corpus, plain)]
    assert found[0].equals(found[1])
    names = [pd.DataFrame(c.annotations.names())["name"].tolist() for c in (corpus, plain)]
    assert names[0] == names[1]


def test_a_correction_is_no_evidence() -> None:
    text = (
        "President Ada Moore signed the bill on Monday.\n\n"
        "Correction: An earlier version called Ada Moore a dictator."
    )
    assert labels(read(text), "Ada Moore") == [("President", "title")]


def test_a_passage_printed_twice_counts_once() -> None:
    passage = "“The dictator Ada Moore is a coward who fears us all,” said Olga Rem of the crews."
    typed = passage.replace("“", '"').replace("”", '"').upper().replace("OLGA REM", "Olga Rem")
    lede = "President Ada Moore shut the port of Nordell on Monday after nine days of talks."
    corpus = read(f"{lede}\n\n{passage}\n\nIt rained.\n\n{passage}\n\nYes.\n\nYes.")
    assert [label for label, _ in labels(corpus, "Ada Moore")] == [
        "President",
        "dictator",
        "coward",
    ]
    assert len(fl.quotes(corpus).frame) == 1
    zones = corpus.zones
    assert zones[["zone", "duplicate"]].values.tolist() == [["body", True]]
    assert corpus.text_of_zones()[0].count("coward") == 1
    assert read(f"{lede}\n\n{passage}\n\nIt rained.\n\n{typed}").zones["duplicate"].tolist() == [
        True
    ]


STORY = "“The dictator Ada Moore is a coward who fears us,” said Olga Rem. The crews went home."


@pytest.mark.parametrize(
    "paragraphs",
    [
        [STORY, "The story so far", STORY],
        [STORY.split(". ")[0] + ".", "It rained.", STORY],  # a pull quote
        [STORY, "It rained.", f"Nobody came. {STORY}"],
        [f"Image caption, {STORY}", STORY, "It rained.", STORY],
        [f"Image caption\n{STORY}", STORY],
    ],
)
def test_what_stands_in_another_passage_counts_once(paragraphs: list[str]) -> None:
    corpus = read("\n\n".join(["President Ada Moore shut the port of Nordell.", *paragraphs]))
    found = fl.namings(corpus, targets=["Ada Moore"]).frame
    body = found[found["zone"] == "body"]
    assert body["label"].tolist() == ["President", "dictator", "coward"]
    quotes = fl.quotes(corpus).frame
    assert (quotes["zone"] == "body").sum() == 1


def test_what_is_said_again_in_short_sentences_is_no_copy() -> None:
    chant = "“No. Never. Yes. No. Yes. Never. No. Go home. Never,” the crews sang. “Go home. No.”"
    corpus = read(f"{STORY}\n\n{chant}\n\n“Never. Yes. No. Go home. Yes. No. Never. No. No. No.”")
    assert not corpus.zones["duplicate"].any()


FURNITURE = [
    "Image caption, Ada Moore at the port",
    "Image copyright Getty Images",
    "Last Updated: 3 March 2024, 11:02 IST",
    "Last updated on Tue 5 Mar 2024 09.14 GMT",
    "[MORE: The dictator closes a second port]",
    "READ MORE: The dictator closes a second port",
    "READ MORE The dictator closes a second port",
    "Watch: The dictator speaks",
    "Correction (March 4): This story gave a wrong date for the vote. It was Monday.",
    "Editor’s note: This article was updated after publication.",
    "Getty Images",
    "Olga Rem/AFP via Getty Images",
    "Olga Rem / The Nordell Gazette",
    "(Olga Rem for The Nordell Gazette)",
    "toggle caption",
    "The ships on Monday. Olga Rem/AP hide caption",
]
SENTENCES = [
    "Watch the port, he told the crews on Monday.",
    "Correction came late for the crews of the Nordell ferry.",
    "More ships came on Tuesday, and nobody met them.",
    "“Correction: she is a dictator,” said Olga Rem.",
    "A Caption War",
    "What the Dictator Wants",
    "Listen to the Crews",
    "3 days. That is how long the strike was to last.",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_neither_subhead_nor_body(line: str) -> None:
    zones = zones_between_paragraphs(line)
    assert len(zones) == 1
    assert zones[0] in {"boilerplate", "byline", "caption", "dateline"}


@pytest.mark.parametrize("line", SENTENCES)
def test_what_looks_like_furniture_is_text(line: str) -> None:
    assert set(zones_between_paragraphs(line)) <= {"subhead"}


def zones_between_paragraphs(line: str) -> list[str]:
    before = "President Ada Moore shut the port of Nordell on Monday after three days of strikes."
    behind = "The crews went home and said that they would not come back before the summer."
    text = f"Port shut\n\n{before}\n\n{behind}\n\n{line}\n\n{behind.replace('summer', 'winter')}"
    zones = read(text).zones
    start = text.index(line)
    inside = (zones["start"] >= start) & (zones["end"] <= start + len(line))
    return zones.loc[inside, "zone"].tolist()


def test_the_ten_words_of_each_large_outlet_are_printed(root: Path, shared: Path) -> None:
    sys.path.insert(0, str(root / "benchmarks" / "quality"))
    import furniture

    text = "The mayor of Nordell shut the port, and the crews went home on Monday."
    rows = [
        {"id": str(i), "source": "AB"[i % 2], "text": text + " Ships wait." * (i % 2)}
        for i in range(8)
    ]
    table = furniture.ten_words(fl.read(rows), fewest=4)
    assert set(table) <= {"A", "B"}
