"""Calls that README and docstrings show, as `mypy --strict` reads them (`make lint`) and as run."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import pandas as pd

import framelens as fl
from framelens.labels.comparing import Comparison
from framelens.labels.framing import Framing
from framelens.labels.passages import DocumentFraming

TARGETS = ["Tomás Beláriz", "Maren Sólvik"]
TONE = {
    "version": "framelens-lexicon/1",
    "axis": "distance",
    "language": "en",
    "poles": ["distant", "close"],
    "terms": [
        {"text": "ruler", "forms": ["rulers"], "pole": "distant", "object": "person"},
        {"text": "president", "forms": ["presidents"], "pole": "close", "object": "person"},
        {"text": "strongman", "forms": ["strongmen"], "pole": "distant", "weight": 2},
    ],
}


def test_framing() -> None:
    corpus = fl.demo()
    assert_type(fl.framing(corpus, targets=TARGETS), Framing)
    assert_type(fl.framing(corpus, targets=TARGETS, drop_shared=True), Framing)
    assert_type(fl.framing(corpus, targets=TARGETS, by="zone", voice="own"), Framing)
    assert_type(fl.framing(corpus, targets=TARGETS, by=["source", "month"]), Framing)
    assert_type(fl.framing(corpus, targets=TARGETS, by=("zone", "event")), Framing)
    assert_type(fl.framing(corpus, targets=TARGETS, axis=TONE, zones="all"), Framing)
    assert_type(fl.framing(corpus, targets=TARGETS, zones=["body"], weighting="count"), Framing)
    assert_type(fl.framing(corpus, targets="Tomás Beláriz"), Framing)
    assert_type(fl.framing(corpus, targets=fl.Target("Tomás Beláriz")), Framing)
    assert_type(fl.framing(corpus, targets=(name for name in TARGETS)), Framing)
    assert_type(fl.framing(corpus, targets=None), DocumentFraming)
    assert_type(fl.framing(corpus, targets=None, weighting="tfidf", voice="own"), DocumentFraming)
    wanted: list[str] | None = TARGETS if len(corpus) > 5 else None
    assert_type(fl.framing(corpus, targets=wanted), Framing | DocumentFraming)


def test_results_of_framing(tmp_path: Path) -> None:
    result = fl.framing(fl.demo(), targets=TARGETS)
    assert_type(result.scores, pd.DataFrame)
    assert_type(result.compare("Carsavia Today", weight="document"), Comparison)
    sheet = result.sample(tmp_path / "sheet.csv", n=4, by=["source", "voice"], seed=1)
    assert_type(sheet, Path)
    assert result.sample(str(tmp_path / "other.csv"), n=4, seed=1) != sheet
    assert_type(result.plot(object="person").get_title(), str)
    assert_type(result.heatmap(voice="all").get_title(), str)


def test_corpora(tmp_path: Path) -> None:
    corpus = fl.read([{"outlet": "Gazette", "body": "Rain."}, {"outlet": "Herald", "body": "Sun."}])
    assert_type(corpus, fl.Corpus)
    assert_type(corpus.filter(source="Gazette").filter(where=lambda d: d["id"] == "0"), fl.Corpus)
    assert_type(corpus.filter(source=["Gazette"], ids=corpus.ids[:1]), fl.Corpus)
    assert_type(corpus.same_event(n=1).corpus, fl.Corpus)
    assert_type(corpus.near_duplicates(threshold=0.4).frame, pd.DataFrame)
    assert_type(corpus.show(corpus.ids[0], targets=TARGETS, axis=TONE).html, str)
    assert_type(fl.report(corpus, tmp_path / "r.html", title="Rain", max_articles=1), Path)


def test_sources_and_words() -> None:
    corpus = fl.demo()
    alike = fl.similarity(corpus, by=["source", "month"], drop_shared=True, voice="own")
    assert_type(alike.matrix, pd.DataFrame)
    assert_type(fl.similarity(corpus, zones=("body",), aggregate="pooled").order, list[str])
    by_id = dict.fromkeys(corpus.ids, "north")
    assert_type(fl.keyness(corpus, by=by_id, drop_shared=True).frame, pd.DataFrame)
    assert_type(fl.keyness(corpus, by=pd.Series(by_id), measure="g2").frame, pd.DataFrame)
    assert_type(fl.kwic(corpus, "president", window=3).frame, pd.DataFrame)


def test_speech_and_facts() -> None:
    corpus = fl.demo()
    spoken = fl.quotes(corpus, zones=["body"])
    assert_type(spoken.verbs(by="speaker"), pd.DataFrame)
    assert_type(spoken.variants().drift(), pd.DataFrame)
    assert_type(fl.distancing(corpus, targets=TARGETS).frame, pd.DataFrame)
    assert_type(fl.distancing(corpus).frame, pd.DataFrame)
    named = fl.namings(corpus, targets=TARGETS)
    assert_type(named.table(voice="own", target=TARGETS[0], values="rate"), pd.DataFrame)
    assert_type(fl.figures(corpus, language="en", n_jobs=1).discrepancies(), pd.DataFrame)
    assert_type(fl.dates(corpus, zones="all").discrepancies(), pd.DataFrame)


def test_vectorizers(tmp_path: Path) -> None:
    texts = ["The court heard the case.", "The case went to court."]
    vectorizer = fl.TfidfVectorizer(ngram_range=(1, 2), min_df=1).fit(texts)
    vectorizer.save(tmp_path / "model.json")
    assert_type(fl.TfidfVectorizer.load(tmp_path / "model.json"), fl.TfidfVectorizer)
    assert_type(fl.CountVectorizer.from_json(fl.CountVectorizer().to_json()), fl.CountVectorizer)
    counts = fl.CountVectorizer().partial_fit(texts[:1])
    assert_type(counts.merge(fl.CountVectorizer().partial_fit(texts[1:])), fl.CountVectorizer)
    rows = fl.HashingVectorizer(n_features=16).fit_transform(texts)
    assert fl.nearest(rows, n=1).shape == (2, 2)
    assert fl.pairwise(rows, measure="cosine", threshold=0.1).shape == (2, 2)
