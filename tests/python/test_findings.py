"""What a report says of a corpus, word by word, and when it says nothing."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

import framelens as fl
from framelens.face.findings import Findings, findings

Row = dict[str, Any]


def found(rows: list[Row], *targets: str) -> Findings:
    corpus = fl.read(rows)
    said = fl.quotes(corpus)
    scored = fl.framing(corpus, targets=list(targets)) if targets else None
    differing = {
        "figures": fl.figures(corpus).discrepancies(),
        "dates": fl.dates(corpus).discrepancies(),
    }
    return findings(scored, said, said.variants(), differing)


def stated(found: Findings) -> list[str]:
    return list(found.frame.loc[found.frame["stated"].astype(bool), "sentence"])


# fmt: off
WORDS = [
    "harbour", "rain", "cold", "market", "bridge", "winter", "ferry", "council",
    "river", "snow", "garden", "lamp", "street", "school", "bread", "train",
    "field", "stone", "window", "paper", "forest", "music", "ladder", "valley",
    "engine", "cotton", "silver", "mountain", "kitchen",
]
# fmt: on


def articles(source: str, *texts: str, seed: int = 0) -> list[Row]:
    """Articles that are no reprints of each other."""
    rows = []
    for i, text in enumerate(texts):
        words = random.Random(f"{source}{i}{seed}").sample(WORDS, 12)
        filler = f"There was a {words[0]} and {' '.join(words[1:])}."
        rows.append({"id": f"{source}{seed}{i}", "source": source, "text": f"{text} {filler}"})
    return rows


APART = [
    *articles("Gazette", *["Dictator Ada Moore spoke to the town."] * 12),
    *articles("Herald", *["President Ada Moore spoke to the town."] * 12),
]


def test_sources_that_differ_in_their_labels() -> None:
    result = found(APART, "Ada Moore")
    (sentence,) = stated(result)
    assert re.fullmatch(
        r"Gazette gives Ada Moore illegitimate labels in 12 of 12, Herald in 0 of 12: \+100 points "
        r"\(95% interval \+\d+ to \+\d+\)\.",
        sentence,
    )
    assert list(result.of("Ada Moore")["sentence"]) == [sentence]
    assert result.tested == 1
    assert result.note == (
        "1 comparison of labels tested; a difference is stated where q is below 0.05 and it does "
        "not hang on whom a pronoun or description means."
    )


def test_sources_that_do_not_differ() -> None:
    rows = [
        *articles("Gazette", *["President Ada Moore spoke.", "Dictator Ada Moore left."] * 6),
        *articles("Herald", *["Dictator Ada Moore left.", "President Ada Moore spoke."] * 6),
    ]
    result = found(rows, "Ada Moore")
    assert stated(result) == []
    assert result.of("Ada Moore").empty
    assert result.tested == 1


def test_a_word_that_one_source_only_quotes() -> None:
    quoted = "Ada Moore spoke. “Dictator Ada Moore is going to leave the town,” Olaf Lund said."
    rows = [*APART[:12], *articles("Herald", *[quoted] * 12)]
    assert (
        "Gazette itself calls Ada Moore “dictator” in 12 of 12 articles, Herald in none of 12: it "
        "prints it 12 times in the words of others."
    ) in stated(found(rows, "Ada Moore"))


SMALL = [
    *articles("Gazette", "Dictator Ada Moore spoke to the town."),
    *articles("Herald", "Ada Moore spoke. “Dictator Ada Moore is here,” Olaf Lund said."),
    *articles("Review", "Ada Moore spoke to the town."),
]


def test_a_word_in_too_few_articles() -> None:
    result = found(SMALL, "Ada Moore")
    assert stated(result) == [
        "Only Gazette calls Ada Moore “dictator” in its own voice (once); Herald prints it in the "
        "words of others (once). Too few articles to say that it is a habit."
    ]
    assert result.note == "The articles are too few to tell the sources apart by their labels."


def test_an_institution_is_the_targets() -> None:
    rows = [
        *articles("Gazette", "Ada Moore spoke. The Moore regime has fallen."),
        *articles("Herald", "Ada Moore spoke to the town."),
    ]
    (sentence,) = stated(found(rows, "Ada Moore"))
    assert sentence.startswith(
        "Only Gazette writes of Ada Moore’s “regime” in its own voice (once)"
    )


@pytest.mark.parametrize(
    "rows",
    [
        # others use it too, though not beside the name
        articles("Gazette", "Dictator Ada Moore left.")
        + articles("Herald", "Ada Moore left. Ada Moore is a dictator. Moore was tired.")
        + articles("Review", "Ada Moore left. Later, the dictator was tired."),
        # what most print is nobody's own
        articles("Gazette", "Dictator Ada Moore left.") + articles("Herald", "Dictator Ada Moore."),
        # a description may be somebody else's
        articles("Gazette", "Ada Moore left. The dictator was tired.")
        + articles("Herald", "Ada Moore left.")
        + articles("Review", "Ada Moore left."),
        # kept at a distance
        articles("Gazette", "Ada Moore is not a dictator.")
        + articles("Herald", "Ada Moore left.")
        + articles("Review", "Ada Moore left."),
    ],
)
def test_words_that_carry_no_sentence(rows: list[Row]) -> None:
    assert stated(found(rows, "Ada Moore")) == []


def test_figures_that_cannot_both_be_right() -> None:
    told = "A fire in the port of Nordell killed {} dockers on Monday, the police said."
    rows = [
        {"source": source, "event": "fire", "text": told.format(dead)}
        for source, dead in (("Gazette", 12), ("Herald", 31))
    ]
    sentences = stated(found(rows))
    assert len(sentences) == 1
    assert re.fullmatch(
        r"The figures disagree \(.*dockers.*\): Gazette has 12, Herald 31\.", sentences[0]
    )


def test_quotations_that_one_source_alone_prints() -> None:
    shared = "“We are going to leave the town by the sea tonight,” Ada Moore said."
    own = "“Nobody here has ever seen a winter like this one before,” Olaf Lund said."
    rows = [*articles("Gazette", f"{shared} {own}"), *articles("Herald", shared)]
    assert stated(found(rows)) == [
        "Gazette prints 1 of its 2 direct quotations alone, the most of all sources; 2 of 3 stand "
        "in two articles or more."
    ]


def test_unrelated_articles_say_nothing_of_quotations() -> None:
    rows = [
        *articles("Gazette", "“We are going to leave the town by the sea,” Ada Moore said."),
        *articles("Herald", "“Nobody has ever seen a winter like this one,” Olaf Lund said."),
    ]
    result = found(rows)
    assert stated(result) == []
    assert result.note is None


def test_at_most_five_sentences_and_the_same_in_any_order() -> None:
    names = ["Ada Moore", "Olga Rem", "Karol Varga", "Maria Kell", "Tom Bray", "Rosa Lind"]
    rows = []
    for seed, name in enumerate(names):
        for source, title in (("Gazette", "Dictator"), ("Herald", "President")):
            rows += articles(source, *[f"{title} {name} spoke to the town."] * 12, seed=seed)
    first = found(rows, *names)
    assert len(stated(first)) == 5
    assert first.tested == len(names)
    assert stated(found(rows[::-1], *names)) == stated(first)
