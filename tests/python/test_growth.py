"""Time grows with the input, not with its square; what a notebook shows does not grow."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import framelens as fl
from framelens.base.results import Result

Rows = list[dict[str, Any]]
Timer = Callable[[Callable[[], object]], float]

SENTENCE = "The storm killed at least {} people in Nordell on {} May 2020."
# The same without an end: all of it is one sentence.
ENDLESS = "the storm killed at least {} people in Nordell on {} May 2020, and"


def one_document(sentence: str, n: int) -> Rows:
    text = " ".join(sentence.format(12, 12) for _ in range(n))
    other = " ".join(sentence.format(15, 21) for _ in range(3))
    return [{"source": "A", "text": text}, {"source": "B", "text": other}]


def other_words(n: int) -> Rows:
    """One noun with another number each time, among other words."""
    parts = (
        f"On {1 + i % 28} May harbour{i % 97} counted {i} people in quay{i}." for i in range(n)
    )
    return [
        {"source": "A", "text": " ".join(parts)},
        {"source": "B", "text": "Then 7 people left."},
    ]


def other_nouns(n: int) -> Rows:
    """One number with another noun each time."""
    parts = (f"The storm sank 12 boat{i}s of Nordell in May {1900 + i % 120}." for i in range(n))
    return [{"source": "A", "text": " ".join(parts)}, {"source": "B", "text": "It sank 13 boats."}]


def many_documents(n: int) -> Rows:
    return [
        {"source": f"S{i % 40}", "event": "storm", "text": SENTENCE.format(10 + i % 7, 12 + i % 3)}
        for i in range(n)
    ]


def many_sources(n: int) -> Rows:
    """All different, so that nothing agrees."""
    return [
        {"source": f"S{i}", "event": "storm", "text": SENTENCE.format(10 + i, 1 + i % 28)}
        for i in range(n)
    ]


def many_figures(n: int) -> Rows:
    """Many figures of one event, in few documents."""
    rng = random.Random(1)
    texts = [
        " ".join(
            f"The storm {rng.choice(('killed', 'hurt', 'freed'))} {rng.randint(2, 90)} people at "
            f"quay{rng.randint(0, 300)} on {rng.randint(1, 28)} May."
            for _ in range(n // 20)
        )
        for _ in range(20)
    ]
    return [{"source": f"S{i}", "event": "storm", "text": text} for i, text in enumerate(texts)]


def many_lines(n: int) -> Rows:
    """Zones as many as figures: captions, and lines that a source repeats."""
    text = "\n\n".join(f"Photo: {SENTENCE.format(i, 1 + i % 28)}" for i in range(n))
    return [{"source": "A", "text": text} for _ in range(2)]


KINDS: dict[str, Callable[[int], Rows]] = {
    "one sentence": lambda n: one_document(SENTENCE, n),
    "one sentence without an end": lambda n: one_document(ENDLESS, n),
    "one noun": other_words,
    "one number": other_nouns,
    "many documents": many_documents,
    "many sources": many_sources,
    "many figures": many_figures,
    "many lines": many_lines,
}


@pytest.mark.parametrize("find", [fl.figures, fl.dates], ids=["figures", "dates"])
@pytest.mark.parametrize("kind", KINDS)
def test_discrepancies_take_linear_time(
    kind: str, find: Callable[[fl.Corpus], Any], cpu_seconds: Timer
) -> None:
    def read(n: int) -> fl.Corpus:
        corpus = fl.read(KINDS[kind](n))
        corpus.annotations  # noqa: B018
        return corpus

    small, large = read(600), read(2400)
    find(small).discrepancies()
    once = cpu_seconds(lambda: find(small).discrepancies())
    often = cpu_seconds(lambda: find(large).discrepancies())
    # Four times as much; a square would be sixteen times.
    assert often < 8 * once + 0.1


def sources_of(n: int) -> Rows:
    return [{"source": f"S{i}", "date": "2020-05-12", "text": "It rained."} for i in range(n)]


def test_an_overview_takes_linear_time(cpu_seconds: Timer) -> None:
    small, large = fl.read(sources_of(800)), fl.read(sources_of(3200))
    for corpus in (small, large):
        corpus._repr_html_()
    assert cpu_seconds(large._repr_html_) < 8 * cpu_seconds(small._repr_html_) + 0.1


@pytest.fixture(scope="module")
def wide() -> fl.Corpus:
    """6,400 sources, and one of them prints a text that is long in every way."""
    rng = random.Random(2)
    said = "“We are ready for talks about {},” Ada Moore said, and 12 people left on 12 May."
    rows = [
        {
            "id": f"d{i}" * (1 if i else 9000),
            "source": f"S{i}",
            "date": "2020-05-12",
            "text": f"The dictator Ada Moore spoke. {said.format(rng.choice(('it', 'all')))}",
        }
        for i in range(6400)
    ]
    long = "\n\n".join(said.format("word " * 200) for _ in range(600))
    rows[1]["text"] = long
    rows[2]["text"] = long.replace("word word", "word")
    return fl.read(rows)


def shown(corpus: fl.Corpus) -> dict[str, Callable[[], Any]]:
    """Calls that give what a notebook shows."""
    targets = ["Ada Moore"]
    few = corpus.filter(ids=corpus.ids[:12])
    return {
        "corpus": lambda: corpus,
        "quotes": lambda: fl.quotes(corpus),
        "variants": lambda: fl.quotes(corpus).variants(),
        "variants shown": lambda: fl.quotes(corpus).variants().show(),
        "article": lambda: corpus.show(corpus.ids[1]),
        "namings": lambda: fl.namings(corpus, targets=targets),
        "framing": lambda: fl.framing(corpus, targets=targets),
        "framing of documents": lambda: fl.framing(corpus, targets=None),
        "comparison": lambda: fl.framing(few, targets=targets).compare(),
        "distancing": lambda: fl.distancing(corpus),
        "figures": lambda: fl.figures(corpus),
        "dates": lambda: fl.dates(corpus),
        "kwic": lambda: fl.kwic(corpus, "talks"),
        "near-duplicates": lambda: corpus.near_duplicates(),
        "same event": lambda: few.same_event(),
        "similarity": lambda: fl.similarity(few),
        "explanation": lambda: fl.similarity(few).explain("S1", "S2"),
        "map": lambda: fl.similarity(few).map(),
        "keyness": lambda: fl.keyness(few, permutations=0),
        "any table": lambda: Result(
            pd.DataFrame({f"column {i}" * 50: ["x" * 10_000] * 100 for i in range(60)})
        ),
    }


SHOWN = list(shown(fl.read([{"source": "A", "text": "It rained."}])))


@pytest.mark.parametrize("name", SHOWN)
def test_what_is_shown_is_bounded(name: str, wide: fl.Corpus, cpu_seconds: Timer) -> None:
    result = shown(wide)[name]()
    repr(result), result._repr_html_()
    assert any(cpu_seconds(lambda: repr(result)) < 0.2 for _ in range(3))
    assert any(cpu_seconds(lambda: result._repr_html_()) < 0.2 for _ in range(3))
    assert len(repr(result)) < 10_000
    assert len(result._repr_html_()) < 1_000_000
    if isinstance(result, Result):
        rows, columns = result.frame.shape
        assert (rows > 60) == (f"more of {rows:,} row" in result._repr_html_())
        assert (columns > 40) == (f"more of {columns:,} column" in result._repr_html_())


def test_what_is_left_out_of_a_page_is_said(wide: fl.Corpus) -> None:
    assert "6,340 more of 6,400 sources" in wide._repr_html_()
    article = wide.show(wide.ids[1])
    assert len(article.html) > 600_000
    assert f"more of {len(article.html):,} characters: see .html" in article._repr_html_()
    assert article._repr_html_().count("<p") == article._repr_html_().count("</p>")
