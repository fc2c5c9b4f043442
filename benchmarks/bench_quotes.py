"""Time the whole annotation of articles on one and two threads, beside spaCy's blank pipeline.

Annotation is zones, sentences, tokens, names, quotations, speakers, cues and indirect speech;
spaCy's blank English pipeline with its sentencizer does tokens and sentences alone.

Run ``python benchmarks/bench_quotes.py [FILE.jsonl] [--repeat N] [--peer-share K]``. Texts are in
memory as ``list[str]``. Runs are interleaved and the best of N counts; the results on one and two
threads are compared first. Peak memory is that of a fresh process, beyond the texts themselves.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from framelens import _core, languages

SHARED = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[2] / "shared"))
English = languages.load("en")


def read(file: Path) -> tuple[list[str], list[str]]:
    """Return texts and sources."""
    with file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row["text"] for row in rows], [row["source"] for row in rows]


def annotate(texts: list[str], sources: list[str], n_jobs: int) -> _core.Annotations:
    """Annotate with the engine, without Python's tables."""
    return _core.annotate(texts, sources, English, n_jobs)


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Return seconds by the clock and of the processors."""
    start, start_cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - start, time.process_time() - start_cpu


def check_equal(one: _core.Annotations, two: _core.Annotations) -> int:
    """Refuse to time results that differ by threads; return how many quotations there are."""
    for name in ("zones", "sentences", "quotes", "voice"):
        first, second = getattr(one, name)(), getattr(two, name)()
        for column, values in first.items():
            pairs = zip(values, second[column], strict=True) if isinstance(values, tuple) else None
            same = (
                all(np.array_equal(a, b) for a, b in pairs)
                if pairs is not None
                else np.array_equal(values, second[column])
                if isinstance(values, np.ndarray)
                else values == second[column]
            )
            if not same:
                raise SystemExit(f"one and two threads differ: {name}, {column}")
    return len(one.quotes()["kind"])


def peer_pipeline() -> Callable[[list[str]], int] | None:
    """Return a function that runs spaCy over texts and counts tokens; None where it is missing."""
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 10**9
    return lambda texts: sum(len(doc) for doc in pipeline.pipe(texts))


def memory(field: str) -> float:
    """Return a field of this process's status, in megabytes (Linux)."""
    with Path("/proc/self/status").open(encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def print_memory(file: Path, n_jobs: int) -> None:
    """Print the memory that one annotation adds at its peak, in megabytes."""
    texts, sources = read(file)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
    before = memory("VmRSS")
    annotate(texts, sources, n_jobs)
    print(round(memory("VmHWM") - before))


def peak(file: Path, n_jobs: int) -> int:
    """Return what `print_memory` prints in a process of its own."""
    command = [sys.executable, __file__, str(file), "--memory", str(n_jobs)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def row(name: str, times: list[tuple[float, float]], size: float) -> str:
    """Return a line of the table, from the best run by the clock and by the processors."""
    seconds, cpu = min(wall for wall, _ in times), min(spent for _, spent in times)
    return f"{name:34}{seconds:9.2f}{size / seconds:8.1f}{cpu:8.2f}{size / cpu:10.1f}"


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=SHARED / "data" / "articles.jsonl")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--peer-share", type=int, default=10, help="spaCy reads one text in K")
    parser.add_argument("--memory", type=int, metavar="THREADS", help="print peak memory alone")
    options = parser.parse_args()
    if options.memory is not None:
        print_memory(options.file, options.memory)
        return
    texts, sources = read(options.file)
    size = sum(len(text.encode()) for text in texts) / 1e6
    found = check_equal(annotate(texts, sources, 1), annotate(texts, sources, 2))
    fewer = texts[:: options.peer_share]
    fewer_size = sum(len(text.encode()) for text in fewer) / 1e6
    peer = peer_pipeline()
    times: dict[str, list[tuple[float, float]]] = {"1": [], "2": [], "peer": []}
    for _ in range(options.repeat):
        times["1"].append(timed(lambda: annotate(texts, sources, 1)))
        times["2"].append(timed(lambda: annotate(texts, sources, 2)))
        if peer is not None:
            times["peer"].append(timed(lambda: peer(fewer)))
    print(f"{options.file.name}: {len(texts)} texts, {size:.1f} MB, {found} quotations")
    print(f"{'':34}{'seconds':>9}{'MB/s':>8}{'CPU s':>8}{'MB/CPU s':>10}{'peak MB':>9}")
    for n_jobs in (1, 2):
        name = f"framelens, all, {n_jobs} thread{'s' if n_jobs > 1 else ''}"
        print(row(name, times[str(n_jobs)], size) + f"{peak(options.file, n_jobs):9d}")
    if peer is not None:
        print(row(f"spaCy, tokens (1 in {options.peer_share} texts)", times["peer"], fewer_size))
    else:
        print("spaCy is not installed: pip install spacy")
    print("CPU seconds are those of all threads")
    largest = max(len(text.encode()) for text in texts) / 1e6
    print(f"largest document {largest:.2f} MB; memory holds the annotations of all documents")


if __name__ == "__main__":
    main()
