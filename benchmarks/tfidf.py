"""Time the vectorizers against scikit-learn's, on the same texts and after comparing the results.

Run ``python benchmarks/tfidf.py [FILE.jsonl] [--repeat N]``. Texts are in memory as ``list[str]``;
the best of N runs counts.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import text as peer

import framelens as fl

SHARED = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[2] / "shared"))
ROWS: list[tuple[str, str, dict[str, Any]]] = [
    ("words, defaults", "TfidfVectorizer", {}),
    ("words, counts", "CountVectorizer", {}),
    ("words, min_df=5, float32", "TfidfVectorizer", {"min_df": 5, "dtype": np.float32}),
    ("1-2-grams", "TfidfVectorizer", {"ngram_range": (1, 2)}),
]


def best(run: Callable[[], object], repeat: int) -> float:
    """Return the shortest of `repeat` times, in seconds."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def check_equal(ours: Any, theirs: Any) -> None:
    """Refuse to time what is not equal, to the bit and in the same order."""
    for name in ("indptr", "indices", "data"):
        if not np.array_equal(getattr(ours, name), getattr(theirs, name)):
            raise SystemExit(f"not equal to scikit-learn: {name}")


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=SHARED / "data" / "articles.jsonl")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with options.file.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{options.file.name}: {len(texts)} texts, {size:.1f} MB; seconds and ratios")
    print(f"{'':26}{'scikit-learn':>13}{'1 thread':>10}{'':>8}{'2 threads':>10}{'':>8}{'MB/s':>8}")
    for label, name, parameters in ROWS:
        theirs = getattr(peer, name)(**parameters)
        check_equal(
            getattr(fl, name)(**parameters, n_jobs=2).fit_transform(texts),
            theirs.fit_transform(texts),
        )
        reference = best(lambda: theirs.fit_transform(texts), options.repeat)  # noqa: B023
        row = f"{label:26}{reference:13.3f}"
        for n_jobs in (1, 2):
            ours = getattr(fl, name)(**parameters, n_jobs=n_jobs)
            seconds = best(lambda: ours.fit_transform(texts), options.repeat)  # noqa: B023
            row += f"{seconds:10.3f}{reference / seconds:7.1f}x"
        print(f"{row}{size / seconds:8.0f}")


if __name__ == "__main__":
    main()
