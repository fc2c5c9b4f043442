"""What `same_tables.py` calls: the corpora, the public calls, and the methods of their results.

A first word is the public name that is called; further words tell one call of it from another.
"""

from __future__ import annotations

import itertools
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import framelens as fl
from framelens._core import Annotations
from framelens.base.results import Result
from framelens.face.tables import write_tables

SHARED = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[2] / "shared"))
# People whom many of the shared articles name; rulers, candidates and a woman among them.
LEADERS = ["Donald Trump", "Hillary Clinton", "Barack Obama", "Nicolás Maduro", "Kim Jong Un"]
Ask = tuple[fl.Corpus, list[str], int]  # corpus, targets, threads


def few(corpus: fl.Corpus) -> bool:
    """Tell whether a corpus is small enough for files and slow calls."""
    return len(corpus) <= 20


def lines(name: str, count: int | None = None, **equal: str) -> list[dict[str, Any]]:
    """Return the first documents of a shared file for which all of `equal` holds."""
    known = ("id", "text", "title", "date", "event")
    with (SHARED / "data" / f"{name}.jsonl").open(encoding="utf-8") as file:
        read = (row for row in map(json.loads, file) if equal.items() <= row.items())
        return [
            {key: row[key] for key in known if key in row}
            # Data without outlets is dealt to three, so that there is a contrast.
            | {"source": row.get("source") or row.get("publisher") or f"{name} {i % 3}"}
            for i, row in enumerate(itertools.islice(read, count))
        ]


def scripts() -> list[dict[str, Any]]:
    """Return documents of every script, each cut to a length that keeps the run short."""
    rows = [lines("scripts", 25, language=code) for code in ("ar", "de", "es", "ja", "th", "zh")]
    return [row | {"text": row["text"][:4000]} for part in rows for row in part]


CORPORA: dict[str, tuple[Callable[[], Any], str, list[str]]] = {
    "articles": (lambda: lines("articles", 1000), "en", LEADERS),
    "polnear": (lambda: lines("polnear"), "en", LEADERS),
    "scripts": (scripts, "en", LEADERS),
    "meantime": (lambda: lines("meantime", language="en"), "en", LEADERS),
    "meantime, es": (lambda: lines("meantime", language="es"), "es", LEADERS),
    "german": (lambda: lines("german_quotes", 100), "de", LEADERS),
    "seeds": (lambda: SHARED / "seeds", "en", ["Nicolás Maduro", "Donald Trump"]),
    "demo": (lambda: None, "en", ["Tomás Beláriz", "Maren Sólvik"]),
}

CALLS: dict[str, Callable[[fl.Corpus, list[str], int], Any]] = {
    "read": lambda c, t, n: c,
    "demo": lambda c, t, n: fl.demo().texts,
    "quotes": lambda c, t, n: fl.quotes(c),
    "distancing": lambda c, t, n: fl.distancing(c),
    "distancing of targets": lambda c, t, n: fl.distancing(c, targets=t),
    "actors": lambda c, t, n: fl.actors(c, n_jobs=n),
    "actors of every kind": lambda c, t, n: fl.actors(c, kind="all", n_jobs=n).frame,
    "namings": lambda c, t, n: fl.namings(c, targets=t),
    "framing": lambda c, t, n: fl.framing(c, targets=t, zones="all"),
    "framing compared": lambda c, t, n: fl.framing(c, targets=t[:1]).compare(),
    "framing by zone": lambda c, t, n: fl.framing(c, targets=t, by="zone").frame,
    "framing without copy": lambda c, t, n: fl.framing(c, targets=t, drop_shared=True).frame,
    "framing of documents": lambda c, t, n: fl.framing(c, targets=None, axis="loaded"),
    "framing tfidf": lambda c, t, n: fl.framing(c, targets=None, weighting="tfidf"),
    "figures": lambda c, t, n: fl.figures(c, n_jobs=n),
    "dates": lambda c, t, n: fl.dates(c, n_jobs=n),
    "kwic": lambda c, t, n: fl.kwic(c, ["president", "said that"]),
    "similarity": lambda c, t, n: fl.similarity(c, n_jobs=n),
    "similarity pooled": lambda c, t, n: fl.similarity(c, aggregate="pooled", n_jobs=n),
    "similarity mean": lambda c, t, n: fl.similarity(c, aggregate="mean_pairwise", n_jobs=n),
    "similarity matched": lambda c, t, n: matched(c, n),
    "similarity jaccard": lambda c, t, n: fl.similarity(c, measure="jaccard", n_jobs=n).frame,
    "similarity centred": lambda c, t, n: fl.similarity(c, centre=True, n_jobs=n).frame,
    "keyness": lambda c, t, n: keyness(c, n),
    "keyness g2": lambda c, t, n: keyness(c, n, measure="g2", own_names=True),
    "keyness_of_counts": lambda c, t, n: keyness_of_counts(c),
    "CountVectorizer": lambda c, t, n: matrix(fl.CountVectorizer(n_jobs=n), c.texts),
    "CountVectorizer unicode": lambda c, t, n: matrix(
        fl.CountVectorizer(tokenizer="unicode", n_jobs=n), c.texts
    ),
    "TfidfVectorizer": lambda c, t, n: matrix(fl.TfidfVectorizer(n_jobs=n), c.texts),
    "HashingVectorizer": lambda c, t, n: fl.HashingVectorizer(n_jobs=n).transform(c.texts),
    "TfidfTransformer": lambda c, t, n: weighed(fl.TfidfTransformer(n_jobs=n), c),
    "BM25Transformer": lambda c, t, n: weighed(fl.BM25Transformer(n_jobs=n), c),
    "WeightTransformer": lambda c, t, n: weighed(fl.WeightTransformer(n_jobs=n), c),
    "nearest": lambda c, t, n: fl.nearest(tfidf(c), n=3, n_jobs=n),
    "pairwise": lambda c, t, n: fl.pairwise(tfidf(c)[:100], n_jobs=n),
}
# Of small corpora alone: files, and what takes long.
FILES: dict[str, Callable[[fl.Corpus, list[str], int], Any]] = {
    "tables": lambda c, t, n: written(lambda to: list(write_tables(c, to, targets=t))),
    "report": lambda c, t, n: written(lambda to: fl.report(c, to / "report.html", targets=t)),
    "agreement": lambda c, t, n: agreement(fl.framing(c, targets=t)),
}
METHODS: dict[tuple[str, str], Callable[[Any, Ask], Any]] = {
    ("Corpus", "overview"): lambda r, ask: r.overview(),
    ("Corpus", "near_duplicates"): lambda r, ask: r.near_duplicates(threshold=0.3, n_jobs=ask[2]),
    ("Corpus", "same_event"): lambda r, ask: r.same_event(n_jobs=ask[2]),
    ("Corpus", "sample"): lambda r, ask: r.sample(3, seed=1).ids,
    ("Corpus", "text_of_zones"): lambda r, ask: r.text_of_zones(),
    ("Corpus", "explain"): lambda r, ask: r.explain(r.ids[0], 0, 40, targets=ask[1]).frame,
    ("Corpus", "show"): lambda r, ask: r.show(r.ids[0])._repr_html_(),
    **{("Annotations", name): lambda r, ask, name=name: columns(getattr(r, name)())
       for name in dir(Annotations) if not name.startswith("_")},
    ("Quotes", "verbs"): lambda r, ask: pd.concat([r.verbs(), r.verbs(by="speaker")]),
    ("Quotes", "speakers"): lambda r, ask: pd.concat(
        [r.speakers().frame, r.speakers(by="pronoun").frame, r.speakers(by="speaker").frame]
    ),
    ("Quotes", "variants"): lambda r, ask: r.variants(n_jobs=ask[2]),
    ("Variants", "drift"): lambda r, ask: r.drift(),
    ("Variants", "show"): lambda r, ask: r.show(),
    ("Distancing", "rates"): lambda r, ask: pd.concat([r.rates(), r.rates(by="speaker")]),
    ("Namings", "table"): lambda r, ask: r.table(values="rate"),
    ("Framing", "compare"): lambda r, ask: r.compare(r.corpus.sources[0]),
    ("Framing", "sample"): lambda r, ask: written(
        lambda to: r.sample(to / "sheet.csv", n=20, seed=1)),
    ("Framing", "corrected"): lambda r, ask: r.corrected(agreement(r)) if few(r.corpus) else None,
    ("Corrected", "compare"): lambda r, ask: r.compare(),
    ("Similarity", "map"): lambda r, ask: r.map(),
    ("Similarity", "words"): lambda r, ask: r.words(),
    ("Similarity", "explain"): lambda r, ask: r.explain(*r.documents.index[:2]),
    ("Similarity", "baseline"): lambda r, ask: r.baseline(splits=2),
    ("Keyness", "shift"): lambda r, ask: r.shift(),
    ("Figures", "discrepancies"): lambda r, ask: r.discrepancies(),
    ("Dates", "discrepancies"): lambda r, ask: r.discrepancies(),
}  # fmt: skip
NO_TABLE = {
    "Corpus", "EncodingError", "SchemaError", "Target", "__version__",
    "corpus", "scores", "spans", "plot", "heatmap", "network", "to_csv",
    "filter", "head", "labels_of", "position_of", "voice_at", "zone_pieces",
}  # fmt: skip


def matched(corpus: fl.Corpus, n_jobs: int) -> Result:
    """Match by the events that are proposed, where none are known."""
    return fl.similarity(corpus.same_event().corpus, aggregate="event_matched", n_jobs=n_jobs)


def keyness(corpus: fl.Corpus, n_jobs: int, **options: Any) -> Result:
    """Contrast the two sources with the most documents, so that the table stays short."""
    (a, _), (b, _) = Counter(sorted(corpus.source_of)).most_common(2)
    few: dict[str, Any] = {"permutations": 20, "min_documents": 3, "n_jobs": n_jobs}
    return fl.keyness(corpus, a=a, b=b, **few, **options)


def keyness_of_counts(corpus: fl.Corpus) -> Result:
    """Contrast counts of one's own."""
    vectorizer = fl.CountVectorizer(min_df=2)
    counts = vectorizer.fit_transform(corpus.texts[:300])
    labels = [f"group {i % 2}" for i in range(counts.shape[0])]
    terms = vectorizer.get_feature_names_out()
    return fl.keyness_of_counts(counts, labels, terms, min_documents=2, permutations=20)


def tfidf(corpus: fl.Corpus) -> Any:
    """Return the weights of the first documents."""
    return fl.TfidfVectorizer().fit_transform(corpus.texts[:300])


def weighed(transformer: Any, corpus: fl.Corpus) -> Any:
    """Return the counts of the first documents as a transformer weighs them."""
    return transformer.fit_transform(fl.CountVectorizer().fit_transform(corpus.texts[:300]))


def matrix(vectorizer: Any, texts: list[str]) -> dict[str, Any]:
    """Return a vectorizer's matrix, and the terms of its columns."""
    return {"matrix": vectorizer.fit_transform(texts), "terms": vectorizer.get_feature_names_out()}


def written(write: Callable[[Path], object]) -> dict[str, list[str]]:
    """Return the lines of every file that is written into a folder."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        files = sorted(Path(folder).iterdir())
        return {path.name: path.read_text("utf-8").split("\n") for path in files}


def agreement(framing: Any) -> Result:
    """Draw a sheet, let two coders fill it who differ at every fifth item, and read it back."""
    with tempfile.TemporaryDirectory() as folder:
        path = framing.sample(Path(folder) / "sheet.csv", n=200, seed=1)
        sheet, key = pd.read_csv(path), pd.read_csv(path.with_suffix(".key.csv"))
        sheet["coder_1"] = sheet["coder_2"] = key["tool"].fillna("none")
        sheet.loc[::5, "coder_2"] = "none"
        sheet.to_csv(path, index=False)
        return fl.agreement(path)


def columns(found: Any) -> Any:
    """Return the engine's columns as a table; whole numbers that may be missing are two arrays."""
    if not isinstance(found, dict):
        return found
    pairs = {name: np.where(column[1], None, column[0])
             for name, column in found.items() if isinstance(column, tuple)}  # fmt: skip
    return pd.DataFrame({**found, **pairs})
