"""Hash every table of every call, so that a change of meaning shows where it changes what.

Run ``python benchmarks/same_tables.py [--jobs N ...] [--save FOLDER] [--against FOLDER]``.

Prints a line a corpus and table: rows, and a hash of all their values. ``--save`` keeps the tables;
``--against`` names the rows that differ from kept ones, over the columns that both have. The shared
data is looked for in FRAMELENS_SHARED, else beside the tree; what is missing is said and left out.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import pickle
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import framelens as fl

SHARED = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[2] / "shared"))
# Rulers, candidates and a woman among them: people whom many of the shared articles name.
TARGETS = ["Donald Trump", "Hillary Clinton", "Barack Obama", "Nicolás Maduro", "Kim Jong Un"]
SHOWN = 5

Table = pd.DataFrame | pd.Series | np.ndarray


def lines(name: str, count: int | None = None) -> list[dict[str, Any]]:
    """Return the first `count` objects of a shared file."""
    with (SHARED / "data" / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in itertools.islice(file, count)]


def rows(name: str, source: str | None, count: int | None = None) -> list[dict[str, Any]]:
    """Return id, source, text, and what else `fl.read` knows, of a shared file."""
    known = ("id", "text", "title", "date", "event")
    return [
        {key: row[key] for key in known if key in row} | {"source": row[source] if source else name}
        for row in lines(name, count)
    ]


def of_language(name: str, language: str, bound: int) -> list[dict[str, Any]]:
    """Return the documents of one language, each cut after `bound` characters."""
    chosen = [row for row in lines(name) if row["language"] == language]
    return [{"id": row["id"], "source": name, "text": row["text"][:bound]} for row in chosen]


def corpora(n_jobs: int) -> Iterator[tuple[str, fl.Corpus, list[str]]]:
    """Read each corpus when its turn comes: name, corpus, targets."""
    read: dict[str, tuple[Callable[[], Any], str, list[str]]] = {
        "seeds": (lambda: SHARED / "seeds", "en", ["Nicolás Maduro", "Donald Trump"]),
        "articles": (lambda: rows("articles", "source", 1000), "en", TARGETS),
        "polnear": (lambda: rows("polnear", "publisher"), "en", TARGETS),
        "meantime": (lambda: of_language("meantime", "en", 10**6), "en", TARGETS),
        "meantime, es": (lambda: of_language("meantime", "es", 10**6), "es", TARGETS),
        "german": (lambda: rows("german_quotes", None, 300), "de", TARGETS),
        "scripts, es": (lambda: of_language("scripts", "es", 20_000), "es", TARGETS),
    }
    yield "demo", fl.demo(), ["Tomás Beláriz", "Maren Sólvik"]
    for name, (source, language, targets) in read.items():
        try:
            data = source()
            yield name, fl.read(data, language=language, n_jobs=n_jobs), targets
        except FileNotFoundError as error:
            print(f"{name}: left out, no {error.filename}")


def tables(corpus: fl.Corpus, targets: list[str]) -> Iterator[tuple[str, Callable[[], Table]]]:
    """Name every table of every call, and how to make it."""
    english = corpus.language == "en"
    quotes = fl.quotes(corpus)
    yield "documents", lambda: corpus.documents
    yield "zones", lambda: corpus.zones
    yield "near_duplicates", lambda: corpus.near_duplicates().frame
    yield "quotes", lambda: quotes.frame
    yield "quotes.verbs", quotes.verbs
    yield "quotes.variants", lambda: quotes.variants().frame
    yield "distancing", lambda: fl.distancing(corpus).frame
    for name, call in (("figures", fl.figures), ("dates", fl.dates)):
        facts = call(corpus)
        yield name, lambda facts=facts: facts.frame
        yield f"{name}.discrepancies", facts.discrepancies
    yield "kwic", lambda: fl.kwic(corpus, "president").frame
    yield "similarity", lambda: fl.similarity(corpus).frame
    yield "keyness", lambda: fl.keyness(corpus, permutations=20).frame
    yield "counts", lambda: sparse(fl.TfidfVectorizer(), corpus.texts)
    yield "counts, unicode", lambda: sparse(fl.CountVectorizer(tokenizer="unicode"), corpus.texts)
    if english:
        names = fl.namings(corpus, targets=targets)
        scores = fl.framing(corpus, targets=targets, axis="legitimacy")
        yield "namings", lambda: names.frame
        yield "namings.mentions", lambda: names.mentions
        yield "framing.scores", lambda: scores.scores
        yield "framing.evidence", lambda: scores.evidence
        yield "framing, documents", lambda: fl.framing(corpus, targets=None, axis="loaded").scores


def sparse(vectorizer: Any, texts: list[str]) -> pd.DataFrame:
    """Return the entries of a document-term matrix as a table."""
    matrix = vectorizer.fit_transform(texts)
    terms = vectorizer.get_feature_names_out()[matrix.indices]
    doc = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return pd.DataFrame({"doc": doc, "term": terms, "value": matrix.data})


def digest(table: Table) -> str:
    """Hash every value of a table as it is printed in full."""
    return hashlib.sha256(json.dumps(cells(table), ensure_ascii=False).encode()).hexdigest()[:12]


def cells(table: Table) -> list[list[str]]:
    """Return the table's names and values as text; a float keeps all its digits."""
    frame = pd.DataFrame(table)
    return [list(map(str, frame.columns)), *([*map(repr, row)] for row in frame.to_numpy(object))]


def differences(old: Table, new: Table) -> tuple[list[str], list[str]]:
    """Return the rows that only the old and only the new table has, over their common columns."""
    frames = [pd.DataFrame(old), pd.DataFrame(new)]
    common = [name for name in frames[0].columns if name in set(frames[1].columns)]
    counted = [Counter(" | ".join(row) for row in cells(frame[common])[1:]) for frame in frames]
    return list((counted[0] - counted[1]).elements()), list((counted[1] - counted[0]).elements())


def report(name: str, table: Table, kept: Path | None, shown: int) -> None:
    """Print what differs from the kept table."""
    if kept is None or not kept.exists():
        return
    lost, more = differences(pickle.loads(kept.read_bytes()), table)
    if lost or more:
        print(f"    {name}: {len(lost)} rows only before, {len(more)} only now")
        for sign, differing in (("-", lost), ("+", more)):
            for row in differing[:shown]:
                print(f"      {sign} {row[:300]}")


def main() -> None:
    """Hash the tables of every corpus, for each number of threads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--corpus", nargs="*", help="only these corpora")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--rows", type=int, default=SHOWN, help="differing rows that are printed")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    seen: dict[tuple[str, str], str] = {}
    for n_jobs in options.jobs:
        for corpus_name, corpus, targets in corpora(n_jobs):
            if options.corpus and corpus_name not in options.corpus:
                continue
            for name, make in tables(corpus, targets):
                table = make()
                key = (corpus_name, name)
                known = seen.setdefault(key, digest(table))
                if n_jobs != options.jobs[0]:
                    if digest(table) != known:
                        print(f"{corpus_name}: {name} differs with {n_jobs} threads")
                    continue
                print(f"{corpus_name:<14} {name:<24} {len(table):>8} {known}")
                file = f"{corpus_name}.{name}.pickle".replace(" ", "_")
                report(name, table, options.against and options.against / file, options.rows)
                if options.save:
                    options.save.mkdir(parents=True, exist_ok=True)
                    (options.save / file).write_bytes(pickle.dumps(table))


if __name__ == "__main__":
    main()
