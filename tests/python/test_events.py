"""Articles of the same event: candidates, groups, bad input; known events where there are any."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framelens as fl

STORIES = {
    "quake": "An earthquake of magnitude seven shook the coast of Tarvia and buried a harbour",
    "vote": "Parliament in Nordell voted to raise the pension age after a long night of debate",
    "match": "The goalkeeper saved two penalties and Ostermark won the final in extra time",
}
FILLER = ["Witnesses spoke of panic.", "Officials gave no comment.", "It was a long day for many."]


def corpus(**columns: list[Any]) -> fl.Corpus:
    rows = [
        {
            "id": f"{story}{k}",
            "source": f"S{k}",
            "text": f"{text}. {FILLER[k]} {text.lower()} again.",
        }
        for story, text in STORIES.items()
        for k in range(3)
    ]
    return fl.read(pd.DataFrame(rows).assign(**columns))


def test_groups_are_the_stories() -> None:
    found = corpus().same_event()
    assert found.groups.groupby(found.groups).size().tolist() == [3, 3, 3]
    assert all(
        len({id_[:-1] for id_ in ids}) == 1
        for ids in found.groups.groupby(found.groups).groups.values()
    )
    first = found.frame[found.frame["rank"] == 1]
    assert (first["doc"].str[:-1] == first["candidate"].str[:-1]).all()
    assert found.frame["score"].between(0, 1).all()
    assert list(found.frame.columns) == [
        "doc", "source", "candidate", "candidate_source", "rank", "score", "days",
    ]  # fmt: skip
    assert found.frame["days"].isna().all()
    assert set(found.corpus.event_of) == set(found.groups)
    matched = fl.similarity(found.corpus, aggregate="event_matched", zones="all")
    assert matched.frame["similarity"].notna().all()


def test_dates_tell_the_same_words_apart() -> None:
    texts = ["The council met and passed the budget of the city."] * 4
    frame = pd.DataFrame(
        {
            "id": list("abcd"), "source": list("wxyz"), "text": texts,
            "date": ["2020-01-01", "2021-06-01", "2020-01-02", "2021-06-01"],
        }
    )  # fmt: skip
    found = fl.read(frame).same_event(n=1).frame.set_index("doc")
    assert found["candidate"].to_dict() == {"a": "c", "b": "d", "c": "a", "d": "b"}
    assert found["days"].tolist() == [1.0, 0.0, 1.0, 0.0]


def test_known_events_stay() -> None:
    events = [None] * 9
    events[0] = "known"
    found = corpus(event=events).same_event()
    assert found.corpus.event_of[0] == "known"
    assert found.corpus.event_of[1] == "known"
    assert found.corpus.texts == corpus().texts


@pytest.mark.parametrize("texts", [[], ["One story."], ["One story.", "!"], ["!", "?"]])
def test_nothing_to_compare(texts: list[str]) -> None:
    frame = pd.DataFrame(
        {"id": [str(i) for i in range(len(texts))], "source": ["s"] * len(texts), "text": texts}
    )
    found = fl.read(frame).same_event()
    assert found.frame.empty
    assert len(found.groups) == 0


def test_bad_options() -> None:
    for options, known in (
        ({"n": 0}, "n must be"),
        ({"threshold": 0.0}, "threshold"),
        ({"threshold": 2.0}, "threshold"),
    ):
        with pytest.raises(ValueError, match=known):
            corpus().same_event(**options)


def test_threads_do_not_matter() -> None:
    one, three = corpus().same_event(), corpus().same_event(n_jobs=3)
    pd.testing.assert_frame_equal(one.frame, three.frame, check_exact=True)


def test_documents_are_described_as_often_in_a_large_corpus(monkeypatch) -> None:
    # A table of documents for each group took 12 s of 5,000 articles.
    calls = []
    documents = fl.Corpus.documents.fget

    def counted(corpus: fl.Corpus) -> pd.DataFrame:
        calls.append(len(corpus))
        return documents(corpus)

    monkeypatch.setattr(fl.Corpus, "documents", property(counted))
    for stories in (3, 60):
        texts = [
            " ".join(word(20 * story + k) for k in (*range(8), 8 + copy))
            for story in range(stories)
            for copy in range(3)
        ]
        rows = [{"source": f"S{i % 3}", "text": text} for i, text in enumerate(texts)]
        assert fl.read(rows).same_event().groups.nunique() == stories
    assert calls.count(3 * 3) == calls.count(3 * 60) > 0


def word(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number * 7919 + 10**6}")


@pytest.mark.filterwarnings("ignore:left missing")
def test_known_events_of_real_news(shared: Path) -> None:
    folder = shared / "data"
    with (folder / "events.jsonl").open(encoding="utf-8") as lines:
        event_of = {id_: k for k, line in enumerate(lines) for id_ in json.loads(line)["ids"]}
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["id"] in event_of]
    columns = ("id", "source", "title", "date", "text")
    news = fl.read(pd.DataFrame({name: [row[name] or None for row in rows] for name in columns}))
    first = news.same_event(n=1).frame
    same = first["doc"].map(event_of) == first["candidate"].map(event_of)
    # Constants were chosen on the even events.
    other = first["doc"].map(event_of) % 2 == 1
    assert same[other].mean() >= 0.9
    assert np.sum(same) / len(event_of) >= 0.9


def copies(count: int, *, title: bool = False, date: str | None = "2021-04-05") -> fl.Corpus:
    texts = [
        f"{text}. {FILLER[k]} {text.lower()} again." for k, text in enumerate(STORIES.values())
    ]
    frame = pd.DataFrame(
        {
            "id": [f"{story}{k}" for story in STORIES for k in range(count)],
            "source": [f"S{k}" for _ in STORIES for k in range(count)],
            "text": [text for text in texts for _ in range(count)],
        }
    )
    if title:
        frame["title"] = [text.split(" and ")[0] for text in frame["text"]]
    if date is not None:
        frame["date"] = date
    return fl.read(frame)


@pytest.mark.parametrize("count", [2, 3, 4, 9])
@pytest.mark.parametrize("title", [False, True])
@pytest.mark.parametrize("date", ["2021-04-05", None])
def test_copies_of_a_report_are_one_event(count: int, title: bool, date: str | None) -> None:
    for threshold in (0.2, 0.5, *((1.0,) if date else ())):
        found = copies(count, title=title, date=date).same_event(threshold=threshold)
        assert found.groups.groupby(found.groups).size().tolist() == [count] * 3
        assert found.frame["score"].between(0, 1).all()
    if date:
        assert (found.frame.loc[found.frame["rank"] < count, "score"] == 1.0).all()


def test_analyses_take_copies_of_a_report(tmp_path: Path) -> None:
    demo = fl.demo()
    rows = [
        {"id": f"{id_}{k}", "source": f"{source}{k}", "text": text, "date": "2021-04-05"}
        for id_, source, text in zip(demo.ids, demo.source_of, demo.texts, strict=True)
        for k in range(3)
    ]
    corpus = fl.read(rows)
    grouped = corpus.same_event()
    # Copies of one report are never parted.
    assert grouped.groups.groupby(lambda id_: id_[:-1]).nunique().eq(1).all()
    assert isinstance(fl.figures(corpus).discrepancies(), pd.DataFrame)
    assert isinstance(fl.dates(corpus).discrepancies(), pd.DataFrame)
    assert fl.report(corpus, tmp_path / "report.html").exists()
