"""Time the vectorizers against their peers: one table, results compared before anything is timed.

Run ``python benchmarks/bench_tfidf.py [--repeat N] [--rows TEXT] [--part NAME]``; the parts
``counts`` and ``arrow`` need polars, pyarrow, bm25s, gensim and tantivy. Texts are in memory as
``list[str]``. The two sides take turns and the best of N runs of each counts. Memory is the peak of
a process of its own above what it held with the texts read.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import text as peer

import framelens as fl

DATA = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[2] / "shared")) / "data"


WORDS = r"(?u)\b\w\w+\b"  # scikit-learn's default pattern


@dataclass(frozen=True)
class Row:
    """One line of the table: a class, its parameters, its texts and the ratios to reach."""

    label: str
    target: str
    texts: str = "articles"
    name: str = "TfidfVectorizer"
    parameters: dict[str, Any] = field(default_factory=dict)


ROWS = [
    Row("words, defaults", "25x / 45x"),
    Row("words, Spanish", "20x / 38x", "es"),
    Row("words, German", "20x / 38x", "de"),
    Row("words, Arabic", "15x", "ar"),
    Row("words, Chinese", "10x", "zh"),
    Row("words, Japanese", "10x", "ja"),
    Row("words, Thai", "10x", "th"),
    Row("words, all scripts", "12x", "scripts"),
    Row("1-2-grams", "18x / 32x", parameters={"ngram_range": (1, 2)}),
    Row("char_wb 3-5", "30x / 50x", parameters={"analyzer": "char_wb", "ngram_range": (3, 5)}),
    Row("hashing", "25x / 45x", name="HashingVectorizer"),
    Row("counts", "", name="CountVectorizer"),
]
MEMORY = [
    ("defaults float64", "1.3", {}),
    ("float32", "1.0", {"dtype": np.float32}),
    ("1-2-grams", "7", {"ngram_range": (1, 2)}),
    ("char_wb 3-5", "16", {"analyzer": "char_wb", "ngram_range": (3, 5)}),
]


def read(name: str) -> list[str]:
    """Return the texts of a file, or those of one language in ``scripts.jsonl``."""
    path = DATA / f"{name if name in ('articles', 'scripts') else 'scripts'}.jsonl"
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    known = {row.get("language") for row in rows}
    return [row["text"] for row in rows if name not in known or row["language"] == name]


def megabytes(texts: Sequence[str]) -> float:
    """Return the size of texts in UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6


def seconds(run: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def best(runs: Sequence[Callable[[], object]], repeat: int) -> list[float]:
    """Return the shortest time of each, taking turns, so that a busy moment hits all."""
    times = [[seconds(run) for run in runs] for _ in range(repeat)]
    return [min(column) for column in zip(*times, strict=True)]


def check_equal(ours: Any, theirs: Any) -> None:
    """Refuse to time what is not equal, to the bit and in the same order."""
    for name in ("indptr", "indices", "data"):
        if not np.array_equal(getattr(ours, name), getattr(theirs, name)):
            raise SystemExit(f"not equal to scikit-learn: {name}")


def fit(name: str, parameters: dict[str, Any], texts: Sequence[str], n_jobs: int) -> Any:
    """Fit ours and return the matrix."""
    return getattr(fl, name)(**parameters, n_jobs=n_jobs).fit_transform(texts)


def time_rows(rows: Sequence[Row], repeat: int) -> None:
    """Print the ratios to scikit-learn on one and two threads."""
    print(f"{'':22}{'MB':>6}{'peer s':>8}{'1 s':>8}{'2 s':>8}{'MB/s':>6}{'':>4}ratios (must)")
    for row in rows:
        texts = read(row.texts)
        size = megabytes(texts)
        theirs = getattr(peer, row.name)(**row.parameters)
        expected = theirs.fit_transform(texts)
        for n_jobs in (1, 2):
            check_equal(fit(row.name, row.parameters, texts, n_jobs), expected)
        del expected
        peer_s, one, two = best(
            [
                partial(theirs.fit_transform, texts),
                *(partial(fit, row.name, row.parameters, texts, n) for n in (1, 2)),
            ],
            repeat,
        )
        print(
            f"{row.label:22}{size:6.1f}{peer_s:8.2f}{one:8.3f}{two:8.3f}{size / one:6.0f}"
            f"{'':4}{peer_s / one:.1f}x / {peer_s / two:.1f}x ({row.target or '-'})",
            flush=True,
        )


def count_polars(texts: Sequence[str]) -> tuple[int, int]:
    """Count terms in polars; return the number of tokens and of distinct (text, token)."""
    import polars as pl

    counts = (
        pl.DataFrame({"text": texts})
        .with_row_index("row")
        .select("row", pl.col("text").str.to_lowercase().str.extract_all(WORDS).alias("term"))
        .explode("term")
        .drop_nulls()
        .group_by("row", "term")
        .len()
    )
    return int(counts["len"].sum()), counts.height


def count_bm25s(texts: Sequence[str]) -> tuple[int, int]:
    """Cut and number words in bm25s, which counts them only when it indexes."""
    import bm25s

    tokens = bm25s.tokenize(
        list(texts), token_pattern=WORDS, stopwords=None, stemmer=None, show_progress=False
    )
    return sum(map(len, tokens.ids)), 0


def count_gensim(texts: Sequence[str]) -> tuple[int, int]:
    """Count terms with gensim's Dictionary, of words that ``re`` finds."""
    from gensim.corpora import Dictionary

    find = re.compile(WORDS).findall
    dictionary = Dictionary()
    rows = [dictionary.doc2bow(find(text.lower()), allow_update=True) for text in texts]
    return sum(count for row in rows for _, count in row), sum(map(len, rows))


def count_tantivy(texts: Sequence[str]) -> tuple[int, int]:
    """Index texts in memory with tantivy, on one thread; its words are its own."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    writer = index.writer(1 << 30, 1)
    for text in texts:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()
    return 0, 0


def time_counts(repeat: int) -> None:
    """Print how long the fastest counters of other kinds take, on one thread."""
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    texts = read("articles")
    counts = fit("CountVectorizer", {}, texts, 1)
    expected = int(counts.sum()), counts.nnz
    print("\ncounts on one thread against others (the best of them: 5x)")
    for name, count in (
        ("polars group-by", count_polars),
        ("bm25s tokenize", count_bm25s),
        ("gensim doc2bow", count_gensim),
        ("tantivy index", count_tantivy),
    ):
        found = count(texts)
        same = [f == e for f, e in zip(found, expected, strict=True) if f > 0]
        verdict = "same numbers" if same and all(same) else f"other words: {found} for {expected}"
        theirs, mine = best(
            [partial(count, texts), partial(fit, "CountVectorizer", {}, texts, 1)], repeat
        )
        print(f"{name:22}{theirs:8.3f} s{theirs / mine:8.1f}x  {verdict}", flush=True)


def time_arrow(repeat: int) -> None:
    """Print the time of a fit from Arrow strings against that from a list of the same texts."""
    import polars as pl
    import pyarrow as pa

    texts = read("articles")
    kinds = {
        "pyarrow string": pa.array(texts),
        "pyarrow large_string": pa.array(texts, type=pa.large_string()),
        "polars Series": pl.Series(texts),
    }
    print("\nfrom Arrow strings, against a list (not slower)")
    for n_jobs in (1, 2):
        expected = fit("TfidfVectorizer", {}, texts, n_jobs)
        for given in kinds.values():
            check_equal(fit("TfidfVectorizer", {}, given, n_jobs), expected)
        times = best(
            [partial(fit, "TfidfVectorizer", {}, g, n_jobs) for g in (texts, *kinds.values())],
            repeat,
        )
        for label, time_of in zip(kinds, times[1:], strict=True):
            print(
                f"{label:22}{n_jobs} threads{time_of:8.3f} s, list {times[0]:.3f} s: "
                f"{times[0] / time_of:.2f}x",
                flush=True,
            )


def _peak(parameters: dict[str, Any], ours: bool, answer: Any) -> None:
    texts = read("articles")
    vectorizer = (fl if ours else peer).TfidfVectorizer(**parameters)
    vectorizer.fit_transform(texts[:2])  # imports what it needs
    before = _status("VmRSS")
    # Writing 5 sets the peak back to what is held now (Linux, proc(5)).
    Path("/proc/self/clear_refs").write_text("5")
    matrix = vectorizer.fit_transform(texts)
    answer.send((_status("VmHWM") - before) / (megabytes(texts) * 1e6))
    del matrix


def _status(name: str) -> int:
    with Path("/proc/self/status").open() as lines:
        return next(1024 * int(line.split()[1]) for line in lines if line.startswith(name))


def measure_memory(_: int) -> None:
    """Print peak bytes per byte of input above the caller's strings, of ours and the peer's."""
    print("\npeak memory, bytes per input byte: ours, scikit-learn's (must)")
    context = multiprocessing.get_context("spawn")
    for label, target, parameters in MEMORY:
        peaks = []
        for ours in (True, False):
            receive, send = context.Pipe(duplex=False)
            process = context.Process(target=_peak, args=(parameters, ours, send))
            process.start()
            peaks.append(receive.recv())
            process.join()
        print(f"{label:22}{peaks[0]:8.2f}{peaks[1]:8.2f}    ({target})", flush=True)


def measure_growth(repeat: int) -> None:
    """Print how time grows with the number of articles, and what a second thread gives."""
    texts = read("articles")
    more = texts * 8
    random.Random(0).shuffle(more)
    sets = (texts[:700], texts, more)
    runs = [partial(fit, "TfidfVectorizer", {}, chosen, n) for chosen in sets for n in (1, 2)]
    times = best(runs, repeat)
    sizes = [megabytes(chosen) for chosen in sets]
    print("\ngrowth of the first row")
    for i, size in enumerate(sizes):
        one, two = times[2 * i], times[2 * i + 1]
        exponent = ""
        if i > 0:
            power = log(one / times[2 * i - 2]) / log(size / sizes[i - 1])
            exponent = f"  exponent {power:.3f} (1.05)"
        print(f"{size:8.1f} MB{one:8.3f} s{two:8.3f} s  two threads {one / two:.2f}x{exponent}")


PARTS = {
    "counts": time_counts,
    "arrow": time_arrow,
    "growth": measure_growth,
    "memory": measure_memory,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--rows", default="", help="only rows whose label has this text")
    parser.add_argument("--part", choices=PARTS, help="only one of the tables behind the first")
    options = parser.parse_args()
    if options.part:
        PARTS[options.part](options.repeat)
        return
    rows = [row for row in ROWS if options.rows in row.label]
    time_rows(rows, options.repeat)
    if rows == ROWS:
        for measure in PARTS.values():
            measure(options.repeat)


if __name__ == "__main__":
    main()
