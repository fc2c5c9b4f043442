"""Time similarity of rows against its peers, after comparing the results.

Run ``python benchmarks/bench_similarity.py [--repeat N] [--part NAME ...]``. Runs of peers stand
between ours, and the shortest of each counts. Paragraphs are compared with the peer that was the
fastest on articles, once.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.spatial.distance import pdist, squareform
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neighbors import NearestNeighbors

import framelens as fl

SHARED = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[2] / "shared"))
PEERS = ("sparse_dot_topn", "sp_matmul_rs")


def shortest(
    runs: dict[str, Callable[[], Any]], repeat: int
) -> tuple[dict[str, float], dict[str, Any]]:
    """Return the shortest time and a result of each run; all take turns."""
    times = dict.fromkeys(runs, np.inf)
    results: dict[str, Any] = {}
    for _ in range(repeat):
        for name, run in runs.items():
            results[name] = None  # room for the next
            start = time.perf_counter()
            results[name] = run()
            times[name] = min(times[name], time.perf_counter() - start)
    return times, results


def require(equal: bool, what: str) -> None:
    """Refuse to print a time of a result that is not equal."""
    if not equal:
        raise SystemExit(f"not equal: {what}")


def show(label: str, times: dict[str, float], reach: str) -> None:
    """Print one row: ours, the fastest peer, how many times as fast."""
    peers = {name: seconds for name, seconds in times.items() if name != "framelens"}
    row = f"{label:38}{times['framelens']:9.3f}"
    if not peers:
        print(f"{row}           reach {reach:8} no peer is installed", flush=True)
        return
    others = ", ".join(f"{name} {seconds:.2f}" for name, seconds in peers.items())
    ratio = min(peers.values()) / times["framelens"]
    print(f"{row}{ratio:8.1f}x  reach {reach:8} {others}", flush=True)


def products() -> dict[str, Any]:
    """Return the functions for sparse products that are installed."""
    found = {}
    for name in PEERS:
        try:
            found[name] = importlib.import_module(name).sp_matmul_topn
        except ImportError:
            print(f"{name} is not installed")
    return found


def same_neighbours(X: Any, ours: Any, theirs: Any, tolerance: float) -> bool:
    """Tell whether every row has the same best values; equals may be different rows."""
    if not np.array_equal(ours.indptr, theirs.indptr):
        return False
    if np.abs(ours.data - theirs.data).max(initial=0.0) > tolerance:
        return False
    swapped = np.flatnonzero(ours.indices != theirs.indices)[:20_000]
    row = np.searchsorted(ours.indptr, swapped, side="right") - 1
    products = np.asarray(X[row].multiply(X[ours.indices[swapped]]).sum(axis=1)).ravel()
    return bool(np.abs(products - ours.data[swapped]).max(initial=0.0) <= tolerance)


def nearest_rows(X: Any, repeat: int) -> None:
    """Time the ten nearest of all articles."""
    for dtype, tolerance, reaches in (
        (np.float64, 1e-12, ("3.5", "3.5")),
        (np.float32, 1e-4, ("5.5", "5.5")),
    ):
        A = X.astype(dtype)
        B = A.T.tocsr()
        for threads, reach in zip((1, 2), reaches, strict=True):
            runs: dict[str, Callable[[], Any]] = {
                name: lambda f=f, A=A, B=B, t=threads: f(A, B, top_n=10, sort=True, n_threads=t)
                for name, f in products().items()
            }
            if threads == 1 and dtype == np.float64:
                model = NearestNeighbors(n_neighbors=10, metric="cosine", algorithm="brute")
                runs["scikit-learn"] = lambda A=A, model=model: model.fit(A).kneighbors(A)
            runs["framelens"] = lambda A=A, t=threads: fl.nearest(
                A, n=10, include_self=True, n_jobs=t
            )
            times, found = shortest(runs, repeat)
            for name in PEERS:
                if name in found:
                    require(same_neighbours(A, found["framelens"], found[name], tolerance), name)
            single = dtype == np.float32
            show(
                f"10 nearest articles{', float32' if single else ''}, {plural(threads)}",
                times,
                reach,
            )


def nearest_paragraphs(texts: list[str]) -> None:
    """Time the ten nearest of all paragraphs, each once."""
    paragraphs = [part for text in texts for part in text.split("\n") if part.strip()]
    P = sparse.csr_matrix(fl.TfidfVectorizer().fit_transform(paragraphs))
    P.sort_indices()
    Q = P.T.tocsr()
    peers = products()
    name = next((name for name in reversed(PEERS) if name in peers), None)
    for threads in (2, 1):
        runs: dict[str, Callable[[], Any]] = {
            # The peers leave out what has nothing in common.
            "framelens": lambda t=threads: fl.nearest(
                P, n=10, include_self=True, threshold=1e-300, n_jobs=t
            )
        }
        if name is not None:
            runs[name] = lambda t=threads: peers[name](P, Q, top_n=10, sort=True, n_threads=t)
        times, found = shortest(runs, 1)
        if name is not None:
            require(same_neighbours(P, found["framelens"], found[name], 1e-12), name)
        show(f"10 nearest of {P.shape[0]} paragraphs, {plural(threads)}", times, "2")


def plural(threads: int) -> str:
    """Say how many threads."""
    return f"{threads} thread{'s' * (threads > 1)}"


def full_matrices(X: Any, repeat: int) -> None:
    """Time whole matrices of several measures."""
    for threads, reach in ((1, "4"), (2, "7")):
        runs = {
            "scikit-learn": lambda: cosine_similarity(X, dense_output=True),
            "framelens": lambda t=threads: fl.pairwise(X, n_jobs=t),
        }
        times, found = shortest(runs, repeat)
        require(np.allclose(found["framelens"], found["scikit-learn"], atol=1e-12), "cosine")
        show(f"cosine matrix, {plural(threads)}", times, reach)
    memory(X)
    ones = sparse.csr_matrix((np.ones(X.nnz), X.indices, X.indptr), shape=X.shape)

    def by_product() -> Any:
        both = (ones @ ones.T).toarray()
        size = np.diff(ones.indptr)
        return both / (size[:, None] + size[None, :] - both)

    times, found = shortest(
        {"scipy product": by_product, "framelens": lambda: fl.pairwise(X, measure="jaccard")},
        repeat,
    )
    require(np.allclose(found["framelens"], found["scipy product"], atol=1e-12), "jaccard")
    show("Jaccard matrix, 1 thread", times, "30")
    some = X[:120]
    dense = some.toarray()
    times, found = shortest(
        {
            "scipy pdist": lambda: squareform(pdist(dense, "jensenshannon")),
            "framelens": lambda: fl.pairwise(some, measure="jensen_shannon"),
        },
        repeat,
    )
    require(np.allclose(found["framelens"], found["scipy pdist"], atol=1e-12), "jensen_shannon")
    show("Jensen-Shannon, 120 rows, 1 thread", times, "50")


def sources(articles: list[dict[str, Any]]) -> None:
    """Time the matrix of the sources with 40 articles and more, texts to intervals."""
    from framelens.contrast.similarity import compare_texts

    names = [row["source"] for row in articles]
    kept = [row for row in articles if names.count(row["source"]) >= 40]
    texts, labels = [row["text"] for row in kept], [row["source"] for row in kept]
    for centre in (False, True):
        start = time.perf_counter()
        compare_texts(texts, labels, centre=centre)
        seconds = time.perf_counter() - start
        label = f"{len(set(labels))} sources{', centred' if centre else ''}, with intervals"
        print(f"{label:38}{seconds:9.3f}           reach 2 s")


def memory(X: Any) -> None:
    """Print how much more than the result the cosine matrix takes, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        sparse.save_npz(f"{folder}/rows.npz", X)
        code = (
            "import framelens as fl; from scipy import sparse;"
            f"X = sparse.load_npz({folder + '/rows.npz'!r}); fl.pairwise(X[:50]);"
            "status = lambda: open('/proc/self/status').read().split();"
            "peak = lambda: int(status()[status().index('VmHWM:') + 1]) * 1024;"
            "before = peak(); found = fl.pairwise(X); print((peak() - before) / found.nbytes)"
        )
        share = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
    print(f"cosine matrix, peak of memory over the result's own size: {float(share.stdout):.2f}")


PARTS = ("articles", "matrices", "sources", "paragraphs")


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--part", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    with (SHARED / "data" / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    texts = [row["text"] for row in articles]
    X = sparse.csr_matrix(fl.TfidfVectorizer().fit_transform(texts))
    X.sort_indices()
    print(f"{X.shape[0]} articles x {X.shape[1]} terms; seconds, times the fastest peer")
    if "articles" in options.part:
        nearest_rows(X, options.repeat)
    if "matrices" in options.part:
        full_matrices(X, options.repeat)
    if "sources" in options.part:
        sources(articles)
    if "paragraphs" in options.part:
        nearest_paragraphs(texts)


if __name__ == "__main__":
    main()
