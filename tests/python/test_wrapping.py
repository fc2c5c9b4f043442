"""Hard-wrapped texts give the rows of the same texts with a paragraph a line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import framelens as fl

WIDTHS = (60, 65, 72, 80)
INDENTS = (("", ""), ("    ", "    "), ("    ", ""), ("", "    "))
PLACES = re.compile(r"start|end$|^words$|^dates$")
ARTICLE = [
    "Strike Closes the Port of Nordell",
    "By Ana Lund",
    "NORDELL — Carsavian President Karol Varga shut the port of Nordell on Monday after three days "
    "of strikes, and told the pilots “to go home and stay there until they have learned to work.” "
    "Nobody went. More than 1,200 people stayed on the quay through the night of 3 March 2024.",
    "“The dictator is afraid of us,” said Olga Rem, a crane operator who has worked there for "
    "twenty-two years. “He has shut the port because he cannot shut our mouths; he never will.”",
    "A long night",
    "His minister of labour, Señora Maria Ruiz, accused the crews of treason and claimed that his "
    "self-proclaimed friends abroad had paid them. Varga, a former pilot and now the strongman of "
    "Carsavia, has ruled since 2011; his regime holds some 300 of his critics in two prisons.",
    "“We have kept every promise that we could,” the president wrote in a letter to the crews. “We "
    "shall not keep those that nobody could.",
    "“Whoever wants more should go to the north, where there is more of everything but money.”",
    "The ships wait.",
]


def wrapped(paragraphs: list[str], width: int, first: str, rest: str) -> str:
    return "\n\n".join(
        textwrap.fill(
            paragraph,
            width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
            break_long_words=False,
        )
        for paragraph in paragraphs
    )


def tables(
    texts: list[str], person: str = "Karol Varga", describes: tuple[str, ...] = ("Carsavian",)
) -> dict[str, pd.DataFrame]:
    rows = [{"id": str(i), "source": "AB"[i % 2], "text": text} for i, text in enumerate(texts)]
    corpus = fl.read(rows)
    target = fl.Target(person, describes=describes)
    names = fl.namings(corpus, targets=[target])
    frame = fl.framing(corpus, targets=[target], axis="legitimacy")
    return {
        "overview": corpus.overview(),
        "zones": corpus.zones,
        "quotes": fl.quotes(corpus).frame,
        "namings": names.frame,
        "mentions": names.mentions,
        "scores": frame.scores,
        "evidence": frame.evidence,
        "distancing": fl.distancing(corpus).evidence,
        "figures": fl.figures(corpus).frame,
        "dates": fl.dates(corpus).frame,
        "kwic": fl.kwic(corpus, "Varga").frame,
        "keyness": fl.keyness(corpus, permutations=0).frame,
    }


def same(value: object) -> object:
    return re.sub(r"\s+", " ", value) if isinstance(value, str) else value


def comparable(frame: pd.DataFrame) -> pd.DataFrame:
    kept = frame[[name for name in frame.columns if not PLACES.search(str(name))]]
    return kept.map(same)


def assert_same_rows(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame]) -> None:
    for name, frame in before.items():
        pd.testing.assert_frame_equal(comparable(frame), comparable(after[name]), obj=name)


@pytest.fixture(scope="module")
def plain() -> dict[str, pd.DataFrame]:
    return tables(["\n\n".join(ARTICLE), "\n\n".join(ARTICLE[2:5])])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("first", "rest"), INDENTS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_wrapped_lines_give_the_rows_of_their_paragraphs(
    plain: dict[str, pd.DataFrame], width: int, first: str, rest: str, line_end: str
) -> None:
    texts = [wrapped(part, width, first, rest) for part in (ARTICLE, ARTICLE[2:5])]
    assert len(plain["quotes"]) > 5
    assert len(plain["evidence"]) > 3
    assert_same_rows(plain, tables([text.replace("\n", line_end) for text in texts]))


def test_spans_point_into_the_wrapped_text() -> None:
    text = wrapped(ARTICLE, 65, "    ", "")
    corpus = fl.read([{"source": "A", "text": text}])
    quotes = fl.quotes(corpus).frame
    assert any("\n" in quote for quote in quotes["text"])
    for quote in quotes.itertuples():
        assert text[quote.start : quote.end] == quote.text
    for zone in corpus.zones.itertuples():
        assert text[zone.start : zone.end].split() == text[zone.start : zone.end].strip().split()


def test_words_cut_at_their_hyphens_are_one() -> None:
    paragraph = (
        "The self-proclaimed reformer and so-called president told the well-paid pilots of the "
        "long-haul ships to go home."
    )
    texts = {width: textwrap.fill(paragraph, width) for width in range(50, 75)}
    cut = [text for text in texts.values() if re.search(r"\w-\n\w", text)]
    assert cut
    for text in cut:
        found = fl.kwic(fl.read([{"source": "A", "text": f"{text}\n\n{text}"}]), "self-proclaimed")
        assert len(found.frame) >= 1


@pytest.mark.parametrize(
    "lines",
    [
        ["The harbour sleeps, the lamps are low,", "the tide is at the door,"],
        ["Whoever sails tonight beyond the bay", "will hear the bells that nobody has rung", "and"],
        ["What does the president of Carsavia want,", "and who is to pay for it in the end?"],
        ["- opened the port of Nordell to ships of all nations", "- raised the wages of pilots"],
        ["Apples from the southern farms", "Pears", "Eleven kinds of smoked fish", "Salt"],
        ["GRANT: Who shut the port?", "REM: The president did.", "GRANT: Who told you?"],
    ],
)
def test_verses_lists_and_turns_keep_their_lines(lines: list[str]) -> None:
    corpus = fl.read([{"source": "A", "text": "\n".join(lines)}])
    assert len(corpus.annotations.soft_breaks()["doc"]) == 0
    assert len(corpus.annotations.sentences()["doc"]) >= len(lines)


@pytest.mark.parametrize(("width", "indent"), [(60, ""), (65, "    "), (72, ""), (80, "    ")])
def test_real_articles_wrapped_give_the_same_rows(
    shared: Path, read_jsonl: Callable[[Path], list[dict[str, Any]]], width: int, indent: str
) -> None:
    articles = read_jsonl(shared / "data" / "articles.jsonl")[::300]
    paragraphs = [[line for line in row["text"].splitlines() if line.strip()] for row in articles]
    person: dict[str, Any] = {"person": "Donald Trump", "describes": ()}
    before = tables(["\n\n".join(lines) for lines in paragraphs], **person)
    after = tables([wrapped(lines, width, indent, "") for lines in paragraphs], **person)
    assert_same_rows(before, after)
