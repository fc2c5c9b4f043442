"""The order of documents decides nothing: every column of every table, in several orders.

Rows of one document keep their order; documents are put in that of their ids.
"""

from __future__ import annotations

import json
import random
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

import framelens as fl

Rows = list[dict[str, Any]]

PEOPLE = ("Ada Moore", "Bo Lind", "Carla Venn")
SAID = (
    "We are ready for serious talks about the harbour",
    "We are ready for talks about the harbour, and soon",
    "Nobody in Nordell will sign this treaty before winter",
    "Nobody in Nordell will ever sign that treaty before the winter",
    "The ferry was late again and the mayor knew it",
    "Thank you",
)
SIGNS = ("“{}”", '"{}"', "“{},”", "“{}!”", "“{} ...”")
OWN = (
    "President Ada Moore of Nordell met the dictator Bo Lind on {day}.",
    "The alleged plot killed {number} people in Nordell, officials said.",
    "At least {number} people died in the Nordell storm, the mayor claimed.",
    "The treaty was signed in Nordell on {day}.",
    "Her government denied it. The Nordell leader, Ada Moore, left on {day}.",
    "Bo Lind called Ada Moore a strongman, and his regime paid ${number} million.",
    "Carla Venn, the minister, said that the so-called president had {number} ferries.",
    "He spoke first. Then the president told reporters that she agreed.",
)
COPY = (
    "The harbour of Nordell was closed for three days after the storm sank two boats, "
    "and the crews of both were taken ashore by a ferry that had left late.",
    "Share this article\nSubscribe to our newsletter",
)
DAYS = ("12 May", "May 21, 2020", "Monday", "yesterday", "Friday, May 15", "June")


def invented(seed: int, documents: int = 40) -> Rows:
    """Documents that tie wherever they can: few sentences, one quotation in other signs, copies."""
    rng = random.Random(seed)
    rows: Rows = []
    for number in range(documents):
        paragraphs = []
        for _ in range(rng.randint(2, 6)):
            quotation = rng.choice(SIGNS).format(rng.choice(SAID))
            speaker = rng.choice((*PEOPLE, "she", "officials", "the president"))
            verb = rng.choice(("said", "claimed", "insisted"))
            fact = rng.choice(OWN).format(day=rng.choice(DAYS), number=rng.randint(3, 6))
            paragraphs.append(f"{fact} {quotation} {speaker} {verb}.")
        paragraphs += rng.choices(COPY, k=rng.randint(0, 2))
        text = "\n\n".join(paragraphs)
        if rows and rng.random() < 0.25:
            text = rng.choice(rows)["text"]
        rows.append(
            {
                "id": f"{rng.choice('abc')}{number}",
                "source": rng.choice(("Gazette", "Herald", "Review", "Wire")),
                "title": rng.choice((None, "Storm over Nordell", "Talks in Nordell")),
                "date": rng.choice((None, "2020-05-14", "2020-05-20", "2020-06-02")),
                "text": text,
            }
        )
    return rows


def with_events(rows: Rows) -> Rows:
    return [{**row, "event": f"e{i % 7}" if i % 9 else None} for i, row in enumerate(rows)]


def rows_of(corpus: fl.Corpus) -> Rows:
    columns = zip(corpus.ids, corpus.source_of, corpus.texts, corpus.titles, strict=True)
    return [{"id": i, "source": s, "text": t, "title": title} for i, s, t, title in columns]


def real_rows(shared: Any, count: int, *, events: bool) -> Rows:
    with (shared / "data" / "events.jsonl").open(encoding="utf-8") as lines:
        event_of = {id_: row["event"] for row in map(json.loads, lines) for id_ in row["ids"]}
    with (shared / "data" / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [row for row in map(json.loads, lines) if row["id"] in event_of]
    kept = [{name: row[name] for name in ("id", "source", "title", "date", "text")}
            for row in sorted(articles, key=lambda row: event_of[row["id"]])[:count]]  # fmt: skip
    return [{**row, "event": event_of[row["id"]]} if events else row for row in kept]


def tables(corpus: fl.Corpus, targets: list[str], path: Any) -> Iterator[tuple[str, pd.DataFrame]]:
    """Every table of every public call."""
    yield from _of_corpus(corpus)
    yield from _of_labels(corpus, targets, path)
    yield from _of_speech(corpus, targets)
    yield from _of_contrasts(corpus)


def _of_corpus(corpus: fl.Corpus) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "documents", corpus.documents.rename(columns={"id": "doc"})
    yield "zones", corpus.zones
    yield "overview", corpus.overview()
    near = corpus.near_duplicates(threshold=0.3)
    yield "near_duplicates", near.frame
    yield "near_duplicates.clusters", _by_id(near.clusters)
    event = corpus.same_event()
    yield "same_event", event.frame
    yield "same_event.groups", _by_id(event.groups)
    actors = fl.actors(corpus, kind="all")
    yield "actors", actors.frame
    yield "actors.mentions", actors.mentions
    for pattern in ("president", "the *"):
        yield f"kwic {pattern}", fl.kwic(corpus, pattern).frame
    for name, found in (("figures", fl.figures(corpus)), ("dates", fl.dates(corpus))):
        yield name, found.frame
        yield f"{name}.discrepancies", found.discrepancies()


def _of_labels(
    corpus: fl.Corpus, targets: list[str], path: Any
) -> Iterator[tuple[str, pd.DataFrame]]:
    namings = fl.namings(corpus, targets=targets)
    yield "namings", namings.frame
    yield "namings.mentions", namings.mentions
    yield "namings.table", namings.table().reset_index()
    yield "namings.table rate", namings.table(values="rate").reset_index()
    framing = fl.framing(corpus, targets=targets, zones="all")
    yield "framing", framing.scores
    yield "framing.evidence", framing.evidence
    for weight in ("label", "document"):
        yield f"framing.compare {weight}", framing.compare(weight=weight).frame
    if len(framing.evidence):
        sheet = framing.sample(path / "sheet.csv", n=10, seed=3)
        yield "framing.sample", pd.read_csv(sheet)
        yield (
            "framing.sample key",
            pd.read_csv(path / "sheet.key.csv").rename(columns={"doc": "of"}),
        )
    shared = fl.framing(corpus, targets=targets, drop_shared=True)
    yield "framing drop_shared", shared.scores
    by_zone = fl.framing(corpus, targets=targets, by="zone")
    yield "framing by zone", by_zone.scores
    for weighting in ("count", "tfidf"):
        whole = fl.framing(corpus, targets=None, weighting=weighting)
        yield f"framing of documents {weighting}", whole.scores
        yield f"framing of documents {weighting} evidence", whole.evidence


def _of_speech(corpus: fl.Corpus, targets: list[str]) -> Iterator[tuple[str, pd.DataFrame]]:
    quotes = fl.quotes(corpus)
    yield "quotes", quotes.frame
    yield "quotes.verbs", quotes.verbs()
    yield "quotes.verbs speaker", quotes.verbs(by="speaker")
    yield "quotes.speakers", quotes.speakers().frame
    variants = quotes.variants()
    yield "variants", variants.frame
    yield "variants.drift", variants.drift()
    for wanted in (None, targets):
        distancing = fl.distancing(corpus, targets=wanted)
        yield "distancing", distancing.frame
        yield "distancing.evidence", distancing.evidence
        yield "distancing.rates", distancing.rates(by="speaker")


def _of_contrasts(corpus: fl.Corpus) -> Iterator[tuple[str, pd.DataFrame]]:
    matched = {"event_matched"} if corpus.documents["event"].notna().any() else set()
    for aggregate in ("centroid", "pooled", "mean_pairwise", *matched):
        alike = fl.similarity(corpus, aggregate=aggregate, sublinear_tf=True)
        yield f"similarity {aggregate}", alike.frame
        yield f"similarity.matrix {aggregate}", alike.matrix.reset_index()
        yield f"similarity.order {aggregate}", pd.DataFrame({"source": alike.order})
        yield f"similarity.map {aggregate}", alike.map().frame
        explained = alike.explain(*corpus.sources[:2])
        yield f"similarity.explain {aggregate}", explained.frame
        yield f"similarity.explain pairs {aggregate}", explained.pairs
        if aggregate == "centroid":
            yield "similarity.baseline", alike.baseline(splits=3)
    for measure in ("jaccard", "manhattan", "jensen_shannon"):
        yield f"similarity {measure}", fl.similarity(corpus, measure=measure).frame
    yield "similarity centred", fl.similarity(corpus, centre=True, drop_shared=True).frame
    for measure in ("log_odds", "g2", "fisher"):
        words = fl.keyness(corpus, measure=measure, permutations=20)
        yield f"keyness {measure}", words.frame
    a, b = corpus.sources[:2]
    yield "keyness a b", fl.keyness(corpus, a=a, b=b, voice="own", permutations=20).frame


def _by_id(values: Any) -> pd.DataFrame:
    return pd.DataFrame({"doc": list(values.index), "value": list(values)})


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Put the documents in the order of their ids; nothing else moves."""
    keys = [name for name in ("utterance", "doc") if name in frame]
    frame = frame.sort_values(keys, kind="stable") if keys else frame
    lists = {name: frame[name].map(repr) for name in ("edits", "spans", "values") if name in frame}
    return frame.assign(**lists).reset_index(drop=True)


def difference(one: pd.DataFrame, other: pd.DataFrame) -> str | None:
    """Say which columns differ, and the first rows that do; None if nothing does."""
    one, other = in_order(one), in_order(other)
    try:
        pd.testing.assert_frame_equal(one, other, check_exact=True)
    except AssertionError as error:
        if one.shape != other.shape or list(one) != list(other):
            return f"{one.shape} and {other.shape}: {str(error)[:300]}"
        return "\n".join(
            f"{name}: {list(a[rows].head(2))} and {list(b[rows].head(2))}"
            for name, a, b in ((name, one[name], other[name]) for name in one)
            if (rows := ((a != b) & ~(a.isna() & b.isna())).fillna(True).astype(bool)).any()
        ) or str(error)
    return None


def check(rows: Rows, targets: list[str], path: Any, shuffles: int) -> None:
    """Compare the tables of `rows` in several orders, at one thread and two."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        expected = list(tables(fl.read(rows), targets, path))
        for seed in range(shuffles):
            moved = rows[::-1] if seed == 0 else random.Random(seed).sample(rows, len(rows))
            (path / str(seed)).mkdir()
            found = tables(fl.read(moved, n_jobs=1 + seed % 2), targets, path / str(seed))
            wrong = {}
            for (name, one), (_, other) in zip(expected, found, strict=True):
                said = difference(one, other)
                if said is not None:
                    wrong[name] = said
            assert not wrong, "\n\n".join(f"{name}:\n{said}" for name, said in wrong.items())


TARGETS = ["Ada Moore", "Bo Lind"]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("known", [False, True], ids=["no events", "events"])
def test_invented_documents_that_tie(seed: int, known: bool, tmp_path: Any) -> None:
    rows = invented(seed)
    check(with_events(rows) if known else rows, TARGETS, tmp_path, 2)


def test_the_demo_corpus(tmp_path: Any) -> None:
    from framelens.face.demo import TARGETS as targets

    check(rows_of(fl.demo()), list(targets), tmp_path, 2)


def test_the_seeds(shared: Any, tmp_path: Any) -> None:
    rows = rows_of(fl.read(shared / "seeds"))
    check(rows, ["Nicolás Maduro", "Donald Trump"], tmp_path, 2)


@pytest.mark.parametrize("known", [False, True], ids=["no events", "events"])
def test_real_articles(shared: Any, known: bool, tmp_path: Any) -> None:
    check(real_rows(shared, 30, events=known), ["Donald Trump", "Barack Obama"], tmp_path, 1)


Compare = Callable[[fl.Corpus], pd.DataFrame]
