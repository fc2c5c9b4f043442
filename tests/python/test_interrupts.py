"""Ctrl-C is heard within 0.2 s of CPU time, wherever a long call is."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framelens as fl

SOON = 0.2
# Whatever else is on the machine may hold one run up, hardly three.
TRIES = range(3)
TARGETS = ["Ada Moore", "Bo Lind"]
PEOPLE = ("Ada Moore", "Bo Lind", "Carla Venn", "Dan Oris", "Eva Thule")
TITLES = ("President", "the dictator", "Nordell leader", "the strongman", "Mr.")


def article(rng: random.Random, words: list[str]) -> str:
    """Some 300 words with people, quotations, figures and dates."""
    said = " ".join(rng.choices(words[:60], k=rng.randint(6, 30)))
    parts = [f"Talks in {rng.choice(words).title()}", ""]
    for _ in range(6):
        name, number = rng.choice(PEOPLE), rng.randint(2, 900)
        text = " ".join(rng.choices(words, k=rng.randint(15, 40)))
        parts.append(
            f"{rng.choice(TITLES)} {name} {text}, and at least {number} people left on "
            f"{rng.randint(1, 28)} May. “{said.capitalize()} {rng.choice(words)},” {name} said."
        )
        name = f"{rng.choice(words).title()} {rng.choice(words).title()}"
        parts.append(f"The alleged illegal alien {name} claimed that {text}.")
    return "\n\n".join(parts)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    rng = random.Random(7)
    words = ["".join(rng.choices("abdeilmnorstu", k=rng.randint(3, 9))) for _ in range(12_000)]
    return [
        {
            "id": f"{i:05}",
            "source": f"S{i % 60}",
            "date": f"2020-05-{1 + i % 28:02}",
            "event": f"e{i // 4}" if i % 3 else None,
            "text": article(rng, words),
        }
        for i in range(1000)
    ]


@pytest.fixture(scope="module")
def corpus(rows: list[dict[str, Any]]) -> fl.Corpus:
    corpus = fl.read(rows)
    corpus.annotations  # noqa: B018
    return corpus


@pytest.fixture(scope="module")
def counts(corpus: fl.Corpus) -> Any:
    return fl.CountVectorizer().fit_transform(corpus.texts)


def fresh(corpus: fl.Corpus) -> fl.Corpus:
    """The same corpus, which knows no more than its annotations."""
    again = dataclasses.replace(corpus)
    again.__dict__["annotations"] = corpus.annotations
    return again


Calls = dict[str, Callable[[fl.Corpus], object]]

READINGS: Calls = {
    "documents": lambda c: c.documents,
    "zones": lambda c: c.zones,
    "shown": lambda c: c._repr_html_(),
    "filter": lambda c: c.filter(where=lambda d: d["event"].notna()),
    "voice": lambda c: c.voice_at("00000", 0, 1),
    "text of zones": lambda c: c.text_of_zones("all"),
    "show": lambda c: c.show("00000", targets=TARGETS),
    "near duplicates": lambda c: c.near_duplicates(),
    "same event": lambda c: c.same_event(),
    "quotes": lambda c: fl.quotes(c),
    "verbs": lambda c: fl.quotes(c).verbs(by="speaker"),
    "variants": lambda c: fl.quotes(c).variants(),
    "drift": lambda c: fl.quotes(c).variants().drift(),
    "namings": lambda c: fl.namings(c, targets=TARGETS).table(values="rate"),
    "framing": lambda c: fl.framing(c, targets=TARGETS),
    "framing by date": lambda c: fl.framing(c, targets=TARGETS, by="date"),
    "framing without copy": lambda c: fl.framing(c, targets=TARGETS, drop_shared=True),
    "framing of documents": lambda c: fl.framing(c, targets=None, axis="migration"),
    "compare": lambda c: fl.framing(c, targets=TARGETS).compare("S1", weight="document"),
    "distancing": lambda c: fl.distancing(c, targets=TARGETS),
    "figures": lambda c: fl.figures(c).discrepancies(),
    "dates": lambda c: fl.dates(c).discrepancies(),
}
CONTRASTS: Calls = {
    "similarity": lambda c: fl.similarity(c).map(),
    "similarity in pairs": lambda c: fl.similarity(c, aggregate="mean_pairwise"),
    "similarity by event": lambda c: fl.similarity(c, aggregate="event_matched"),
    "similarity of counts": lambda c: fl.similarity(c, measure="jensen_shannon"),
    "explain": lambda c: fl.similarity(c).explain("S1", "S2"),
    "baseline": lambda c: fl.similarity(c).baseline(),
    "keyness": lambda c: fl.keyness(c, permutations=20),
    "keyness of one": lambda c: fl.keyness(c, a="S1", measure="g2"),
}
MATRICES: dict[str, Callable[[list[str], Any], object]] = {
    "count": lambda texts, x: fl.CountVectorizer(ngram_range=(1, 2)).fit_transform(texts),
    "vocabulary": lambda texts, x: fl.CountVectorizer().fit(texts).vocabulary_,
    "characters": lambda texts, x: fl.CountVectorizer(
        analyzer="char_wb", ngram_range=(2, 4)
    ).fit_transform(texts[:1000]),
    "TF-IDF": lambda texts, x: fl.TfidfVectorizer().fit_transform(texts),
    "hashing": lambda texts, x: fl.HashingVectorizer(ngram_range=(1, 2)).fit_transform(texts),
    "JSON": lambda texts, x: fl.CountVectorizer.from_json(
        fl.CountVectorizer().fit(texts).to_json()
    ),
    "weights": lambda texts, x: fl.TfidfTransformer(sublinear_tf=True).fit_transform(x),
    "BM25": lambda texts, x: fl.BM25Transformer().fit_transform(x),
    "nearest": lambda texts, x: fl.nearest(x.astype(float), n=5),
    "pairwise": lambda texts, x: fl.pairwise(x.astype(float)),
    "pairs above": lambda texts, x: fl.pairwise(x.astype(float), threshold=0.4),
    "Jaccard": lambda texts, x: fl.pairwise(x, measure="jaccard"),
}


def test_reading_hears_an_interrupt_soon(
    rows: list[dict[str, Any]], silence: Callable[[Callable[[], object]], float]
) -> None:
    assert any(silence(lambda: fl.read(rows)) < SOON for _ in TRIES)
    assert any(silence(lambda: fl.read(pd.DataFrame(rows)).annotations) < SOON for _ in TRIES)


@pytest.mark.parametrize("name", [*READINGS, *CONTRASTS])
def test_every_call_hears_an_interrupt_soon(
    name: str, corpus: fl.Corpus, silence: Callable[[Callable[[], object]], float]
) -> None:
    call = {**READINGS, **CONTRASTS}[name]
    assert any(silence(lambda: call(fresh(corpus))) < SOON for _ in TRIES)


@pytest.mark.parametrize("name", MATRICES)
def test_matrices_hear_an_interrupt_soon(
    name: str, corpus: fl.Corpus, counts: Any, silence: Callable[[Callable[[], object]], float]
) -> None:
    assert any(silence(lambda: MATRICES[name](corpus.texts, counts)) < SOON for _ in TRIES)


def test_a_report_hears_an_interrupt_soon(
    corpus: fl.Corpus, tmp_path: Path, silence: Callable[[Callable[[], object]], float]
) -> None:
    few = corpus.filter(ids=corpus.ids[:30])
    fl.report(few, tmp_path / "warm.html", targets=TARGETS)
    # Matplotlib draws and packs one image in one call, which takes 0.3 s.
    assert any(
        silence(lambda: fl.report(few, tmp_path / "page.html", targets=TARGETS)) < 3 * SOON
        for _ in TRIES
    )


@pytest.mark.parametrize("after", [0.01, 0.1, 0.3, 0.6])
@pytest.mark.parametrize("name", ["variants", "framing of documents", "framing", "keyness"])
def test_an_interrupt_stops_a_call_and_breaks_nothing(
    name: str,
    after: float,
    corpus: fl.Corpus,
    late: Callable[[Callable[[], object], float], float | None],
) -> None:
    call = {**READINGS, **CONTRASTS}[name]
    once = fresh(corpus)
    assert any((late(lambda: call(once), after) or 0) < SOON for _ in TRIES)
    found, wanted = call(once), call(fresh(corpus))
    pd.testing.assert_frame_equal(found.frame, wanted.frame)  # type: ignore[attr-defined]


def test_annotating_can_be_interrupted_anywhere(
    rows: list[dict[str, Any]], late: Callable[[Callable[[], object], float], float | None]
) -> None:
    def once(after: float) -> float | None:
        corpus = fl.read(rows)
        return late(lambda: corpus.annotations, after)

    assert once(0.05) is not None
    for after in np.linspace(0.05, 4.0, 12):
        assert any((once(float(after)) or 0) < SOON for _ in TRIES)
