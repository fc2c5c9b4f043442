"""Hash every table of every public call, and list what differs from an earlier run.

    python benchmarks/same_tables.py --write /tmp/before.json.gz      # before the change
    python benchmarks/same_tables.py --against /tmp/before.json.gz    # after it

A line a table: corpus, table, rows, hash with one thread, hash with two. DIFFERS marks a table that
depends on the number of threads. `--against` counts the rows that left, came and changed and prints
the first of them, for reading: what it prints, and what `--write` keeps, holds text of articles.

Results are taken apart by their public attributes. A call or method that is new belongs in CALLS,
METHODS or NO_TABLE; `uncovered` lists those that are in none, and a test wants that list empty.
The shared data is looked for in FRAMELENS_SHARED, else beside the tree; what is missing is said.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import itertools
import json
import os
import pkgutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import issparse

import framelens as fl
from framelens._core import Annotations
from framelens.results import Result
from framelens.tables import write_tables
from framelens.variants import ShownVariants

SHARED = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[2] / "shared"))
# People whom many of the shared articles name; rulers, candidates and a woman among them.
LEADERS = ["Donald Trump", "Hillary Clinton", "Barack Obama", "Nicolás Maduro", "Kim Jong Un"]
THREADS = (1, 2)
FEW = 20  # documents of a corpus for which files are written and slow options are tried
KEYS = (
    "term", "target", "object", "voice", "part", "source", "utterance", "doc", "start", "source_a",
    "doc_a", "source_b", "doc_b", "a", "b", "candidate", "kind", "quantity",
)  # fmt: skip

OPENED = (Result, fl.Corpus, Annotations, ShownVariants)  # what is taken apart
Table = dict[str, Any]  # rows, hash, and where rows have a key, the cells by column
GONE: Table = {"rows": 0, "hash": "-" * 12, "cells": {}}
Ask = tuple[fl.Corpus, list[str], int]  # corpus, targets, threads


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

# A first word is the public name that is called; further words tell one call of it from another.
CALLS: dict[str, Callable[[fl.Corpus, list[str], int], Any]] = {
    "read": lambda c, t, n: c,
    "demo": lambda c, t, n: fl.demo().texts,
    "quotes": lambda c, t, n: fl.quotes(c),
    "distancing": lambda c, t, n: fl.distancing(c),
    "distancing of targets": lambda c, t, n: fl.distancing(c, targets=t),
    "namings": lambda c, t, n: fl.namings(c, targets=t),
    "framing": lambda c, t, n: fl.framing(c, targets=t, zones="all"),
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
# The same, of small corpora alone: here are files, and what takes long.
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
    ("Corpus", "show"): lambda r, ask: r.show(r.ids[0])._repr_html_(),
    **{("Annotations", name): lambda r, ask, name=name: columns(getattr(r, name)())
       for name in dir(Annotations) if not name.startswith("_")},
    ("Quotes", "verbs"): lambda r, ask: pd.concat([r.verbs(), r.verbs(by="speaker")]),
    ("Quotes", "variants"): lambda r, ask: r.variants(n_jobs=ask[2]),
    ("Variants", "drift"): lambda r, ask: r.drift(),
    ("Variants", "show"): lambda r, ask: r.show(),
    ("Distancing", "rates"): lambda r, ask: pd.concat([r.rates(), r.rates(by="speaker")]),
    ("Namings", "table"): lambda r, ask: r.table(values="rate"),
    ("Framing", "compare"): lambda r, ask: r.compare(),
    ("Framing", "sample"): lambda r, ask: written(
        lambda to: r.sample(to / "sheet.csv", n=20, seed=1)),
    ("Framing", "corrected"): lambda r, ask: r.corrected(agreement(r)),
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
    "corpus", "plot", "heatmap", "network", "to_csv",
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


def public(kind: type) -> list[str]:
    """Name what anybody may ask of a result."""
    fields = getattr(kind, "__dataclass_fields__", ())
    return sorted(name for name in {*dir(kind), *fields} if not name.startswith("_"))


def parts(name: str, value: Any, ask: Ask) -> Iterator[tuple[str, pd.DataFrame]]:
    """Take a result apart into tables: its attributes, and what its methods return."""
    if isinstance(value, OPENED):
        for member in public(type(value)):
            method = METHODS.get((type(value).__name__, member))
            if method is not None:
                yield from asked(f"{name}.{member}", partial(method, value, ask), ask)
            elif member not in NO_TABLE:
                yield from parts(f"{name}.{member}", getattr(value, member), ask)
    elif isinstance(value, dict):
        for part in value:
            yield from parts(f"{name} {part}", value[part], ask)
    elif issparse(value):
        entries = value.tocoo()
        yield name, pd.DataFrame({"row": entries.row, "col": entries.col, "value": entries.data})
    elif isinstance(value, pd.DataFrame | pd.Series):
        index = isinstance(value.index, pd.RangeIndex)
        yield name, pd.DataFrame(value) if index else pd.DataFrame(value).reset_index()
    elif isinstance(value, np.ndarray) and value.ndim == 2:
        yield name, pd.DataFrame(value)
    else:
        many = isinstance(value, list | tuple | np.ndarray)
        yield name, pd.DataFrame({"value": list(value) if many else [value]})


def asked(name: str, call: Callable[[], Any], ask: Ask) -> Iterator[tuple[str, pd.DataFrame]]:
    """Return the tables of a call; a refusal is one, too."""
    try:
        value = call()
    except ValueError as error:
        yield f"{name}, refused", pd.DataFrame({"value": [str(error)]})
    else:
        yield from parts(name, value, ask)


def digest(frame: pd.DataFrame) -> Table:
    """Hash every value of a table, to its last digit; keep the cells where rows have a key."""
    cells = {str(name): json.dumps(frame[name].tolist(), default=repr) for name in frame}
    kinds = [str(kind) for kind in frame.dtypes]
    hashed = hashlib.sha256(json.dumps([cells, kinds]).encode()).hexdigest()[:12]
    kept = cells if {"doc", "doc_a", "term", "source", "source_a", "a"} & set(cells) else {}
    return {"rows": len(frame), "hash": hashed, "cells": kept}


def hashes(corpus_name: str, n_jobs: int) -> dict[str, Table] | str:
    """Hash the tables of a corpus; a string says what is missing."""
    warnings.simplefilter("ignore")
    read, language, targets = CORPORA[corpus_name]
    try:
        data = read()
        corpus = fl.demo() if data is None else fl.read(data, language=language, n_jobs=n_jobs)
    except FileNotFoundError as error:
        return f"no {error.filename} (set FRAMELENS_SHARED)"
    ask = (corpus, targets, n_jobs)
    calls = CALLS | (FILES if len(corpus) <= FEW else {})
    tables = (asked(name, partial(call, *ask), ask) for name, call in calls.items())
    return {name: digest(frame) for some in tables for name, frame in some}


def keyed(table: Table, names: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the rows of a table by their keys, of which equal ones are numbered."""
    seen: Counter[tuple[Any, ...]] = Counter()
    cells = {name: json.loads(table["cells"][name]) for name in names}
    rows = {}
    for values in zip(*cells.values(), strict=True):
        row = dict(zip(cells, values, strict=True))
        key = tuple(str(row[name]) for name in KEYS if name in row)
        seen[key] += 1
        rows[*key, seen[key]] = row
    return rows


def differences(old: Table, new: Table, shown: int) -> Iterator[str]:
    """Say which columns and how many rows differ, and how the first of them do."""
    names = [name for name in new["cells"] if name in old["cells"]]
    for sign, one, other in (("-", old, new), ("+", new, old)):
        if lone := [name for name in one["cells"] if name not in other["cells"]]:
            yield f"{sign} columns {', '.join(lone)}"
    before, now = keyed(old, names), keyed(new, names)
    left = [row for key, row in before.items() if key not in now]
    came = [row for key, row in now.items() if key not in before]
    pairs = [(before[key], row) for key, row in now.items() if key in before]
    # As text, since a missing number equals no other.
    changed = [pair for pair in pairs if str(pair[0]) != str(pair[1])]
    if names:
        yield f"{len(left)} rows left, {len(came)} came, {len(changed)} changed"
    for sign, rows in (("-", left), ("+", came)):
        for row in rows[:shown]:
            yield f"{sign} " + " | ".join(f"{name}={cell}" for name, cell in row.items())[:400]
    for was, row in changed[:shown]:
        key = " | ".join(f"{name}={row[name]}" for name in KEYS if name in row)
        cells = [f"{n}: {was[n]!r} -> {row[n]!r}" for n in names if str(was[n]) != str(row[n])]
        yield f"* {key} | {'; '.join(cells)}"[:600]


def uncovered() -> list[str]:
    """Name the public calls and methods that no table comes from and NO_TABLE does not list."""
    for module in pkgutil.iter_modules(fl.__path__, "framelens."):
        if module.name != "framelens.__main__":
            importlib.import_module(module.name)
    covered = {name.split()[0] for name in CALLS | FILES} | NO_TABLE
    calls = [name for name in fl.__all__ if name not in covered]
    methods = [
        f"{kind.__name__}.{name}"
        for kind in (*OPENED, *Result.__subclasses__())
        for name in public(kind)
        if callable(getattr(kind, name, None))
        and name not in NO_TABLE
        and (kind.__name__, name) not in METHODS
    ]
    return [*calls, *methods]


def report(corpus_name: str, runs: Sequence[dict[str, Table]], known: Any, shown: int) -> int:
    """Print a line a table, and how it differs from the one known; return how many differ."""
    differing = 0
    for name in dict.fromkeys([*runs[0], *runs[1], *known]):
        one, two = (run.get(name, GONE) for run in runs)
        old = known.get(name, GONE) if known else one
        threads = "" if one["hash"] == two["hash"] else "  DIFFERS by threads"
        line = f"{corpus_name:<13}{name:<40}{one['rows']:>8} {one['hash']} {two['hash']}{threads}"
        print(line, flush=True)
        if old["hash"] != one["hash"]:
            print(f"    was {old['rows']} rows, {old['hash']}")
            for line in differences(old, one, shown):
                print(f"    {line}")
        differing += bool(threads) or old["hash"] != one["hash"]
    return differing


def main(arguments: Sequence[str] | None = None) -> int:
    """Hash the tables of every corpus; return 1 if threads or an earlier run differ."""
    parser = argparse.ArgumentParser(description="Hash every table of every public call.")
    parser.add_argument("--corpus", nargs="*", default=list(CORPORA), choices=list(CORPORA))
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--against", type=Path, metavar="FILE")
    parser.add_argument("--rows", type=int, default=5, help="differing rows that are printed")
    options = parser.parse_args(arguments)
    for name in uncovered():
        print(f"not covered: {name}")
    earlier = json.loads(gzip.decompress(options.against.read_bytes())) if options.against else {}
    kept: dict[str, dict[str, Table]] = {}
    differing = 0
    with ProcessPoolExecutor(len(THREADS)) as pool:
        runs = {c: [pool.submit(hashes, c, n) for n in THREADS] for c in options.corpus}
        for corpus_name, run in runs.items():
            one, two = (part.result() for part in run)
            if isinstance(one, str) or isinstance(two, str):
                print(f"{corpus_name}: left out, {one}")
                continue
            kept[corpus_name] = one
            known = earlier.get(corpus_name, {})
            differing += report(corpus_name, (one, two), known, options.rows)
    if options.write:
        options.write.write_bytes(gzip.compress(json.dumps(kept).encode(), mtime=0))
    print(f"{differing} tables differ")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
