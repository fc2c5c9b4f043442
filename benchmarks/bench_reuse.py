"""Variants of quotations and near-duplicates: speed, growth, recall and precision, beside peers.

Run ``python benchmarks/bench_reuse.py [SHARED]`` with the folder of shared data. Needs rapidfuzz,
datasketch and rensa. Times are of one thread (process time), the least of several runs.
"""

from __future__ import annotations

import json
import math
import os
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import datasketch
import numpy as np
import rensa
from rapidfuzz import fuzz, process

import framelens as fl
from framelens import _core

WORDS = re.compile(r"[^\W_]+")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
SEED = 8
RUN = 5
PLANTED = 500


def least_time(work: Callable[[], Any], runs: int = 3) -> tuple[float, Any]:
    """Return the least process time of several runs, and the last result."""
    best, result = math.inf, None
    for _ in range(runs):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


def exponent(work: Callable[[int], Any], sizes: list[int]) -> tuple[float, list[float]]:
    """Return the slope of log time over log size, and the times."""
    times = [least_time(lambda size=size: work(size), 2)[0] for size in sizes]
    return float(np.polyfit(np.log(sizes), np.log(times), 1)[0]), times


def with_copies(
    texts: list[str], kind: str = "contiguous", seed: int = SEED
) -> tuple[list[str], dict[tuple[int, int], float]]:
    """Append copies that take 20 to 100% of an article's words, and the rest from another.

    `contiguous` copies take one stretch; `typeset` ones change its case and marks; `sentences` are
    drawn one by one, with those of the other article in between; in `edited` ones every twelfth
    word is another.
    """
    rng = random.Random(seed)
    long = [i for i, text in enumerate(texts) if len(text.split()) > 200]
    rows, planted = list(texts), {}
    for k, i in enumerate(rng.sample(long, PLANTED)):
        wanted, other = 0.2 + 0.8 * k / (PLANTED - 1), texts[rng.choice(long)]
        copy, kept = (
            of_sentences(texts[i], other, wanted, rng)
            if kind == "sentences"
            else of_a_stretch(texts[i].split(), other.split(), wanted, kind, rng)
        )
        shorter = min(len(copy.split()), len(texts[i].split()))
        planted[i, len(rows)] = min(kept / shorter, 1.0)
        rows.append(copy)
    return rows, planted


def of_a_stretch(
    words: list[str], other: list[str], share: float, kind: str, rng: random.Random
) -> tuple[str, int]:
    """Return a copy, and how many of its words are the article's."""
    size = int(len(words) * share)
    start = rng.randrange(len(words) - size + 1)
    part = words[start : start + size]
    edits = [i for i in range(size) if kind == "edited" and rng.random() < 1 / 12]
    for i in edits:
        part[i] = rng.choice(other)
    if kind == "typeset":
        signs = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2019": "'", "\u2014": "-"})
        part = [word.upper().translate(signs) for word in part]
    return " ".join([*part, *other[: len(words) - size]]), size - len(edits)


def of_sentences(text: str, other: str, share: float, rng: random.Random) -> tuple[str, int]:
    """Return a copy of some sentences, and how many of its words are the article's."""
    own = [s for s in SENTENCE.split(text) if s]
    wanted, kept, taken = share * len(text.split()), 0, []
    for i in rng.sample(range(len(own)), len(own)):
        if kept < wanted:
            taken.append((i, own[i]))
            kept += len(own[i].split())
    missing = len(text.split()) - kept
    for sentence in SENTENCE.split(other):
        if missing > 0 and sentence:
            taken.append((rng.randrange(len(own)), sentence))
            missing -= len(sentence.split())
    return " ".join(sentence for _, sentence in sorted(taken, key=lambda pair: pair[0])), kept


def shared_words(a: str, b: str) -> float:
    """The share of the shorter text's words in runs of 5 that both have, counted the slow way."""
    one, other = (WORDS.findall(text.lower()) for text in (a, b))
    if len(one) > len(other):
        one, other = other, one
    runs = {tuple(other[i : i + RUN]) for i in range(len(other) - RUN + 1)}
    inside: set[int] = set()
    for i in range(len(one) - RUN + 1):
        if tuple(one[i : i + RUN]) in runs:
            inside.update(range(i, i + RUN))
    return len(inside) / len(one) if one else 0.0


def shingles(text: str) -> list[str]:
    words = WORDS.findall(text.lower())
    return [" ".join(words[i : i + 5]) for i in range(max(len(words) - 4, 1))]


def by_framelens(texts: list[str]) -> set[tuple[int, int]]:
    pairs, _ = _core.find_shared(texts, threshold=0.5, run=RUN)
    return set(zip(pairs["a"].tolist(), pairs["b"].tolist(), strict=True))


def by_rensa(texts: list[str]) -> set[tuple[int, int]]:
    """MinHash and LSH as its readme shows; 128 permutations, 32 bands: pairs from about 0.33."""
    index = rensa.RMinHashLSH(threshold=0.33, num_perm=128, num_bands=32)
    hashes = []
    for i, text in enumerate(texts):
        sketch = rensa.RMinHash(num_perm=128, seed=42)
        sketch.update(shingles(text))
        hashes.append(sketch)
        index.insert(i, sketch)
    return {
        (i, j)
        for i, sketch in enumerate(hashes)
        for j in index.query(sketch)
        if i < j and sketch.jaccard(hashes[j]) >= 0.33
    }


def by_datasketch(texts: list[str]) -> set[tuple[int, int]]:
    index = datasketch.MinHashLSH(threshold=0.33, num_perm=128)
    hashes = []
    for i, text in enumerate(texts):
        sketch = datasketch.MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        hashes.append(sketch)
        index.insert(i, sketch)
    return {
        (i, j)
        for i, sketch in enumerate(hashes)
        for j in index.query(sketch)
        if i < j and sketch.jaccard(hashes[j]) >= 0.33
    }


def near_duplicates(texts: list[str]) -> None:
    rows, planted = with_copies(texts)
    wanted = {pair for pair, share in planted.items() if share >= 0.5}
    # rapidfuzz compares all pairs: it only gets as many articles as it can do in this time.
    print(f"\nnear-duplicates: {len(texts)} articles and {PLANTED} planted copies, one thread")
    print("| by | articles | seconds | recall at 50% and more | precision |")
    print("|---|---|---|---|---|")
    ours, _ = print_row("framelens", lambda: by_framelens(rows), rows, wanted, 3)
    peer, _ = print_row("rensa", lambda: by_rensa(rows), rows, wanted, 1)
    print_row("datasketch", lambda: by_datasketch(rows), rows, wanted, 1)
    print(f"rensa / framelens: {peer / ours:.1f} times")
    kinds_of_copies(texts)
    slope, times = exponent(lambda size: by_framelens(texts[:size]), sizes_of(len(texts)))
    print(f"growth of near-duplicates: n^{slope:.2f} ({', '.join(f'{t:.2f} s' for t in times)})")


def kinds_of_copies(texts: list[str]) -> None:
    print("\n| planted copies | seed | recall at 50% and more | recall at 55% and more |")
    print("|---|---|---|---|")
    for kind in ("contiguous", "typeset", "sentences", "edited"):
        for seed in (1, 2, 3):
            rows, planted = with_copies(texts, kind, seed)
            found = by_framelens(rows)
            recalls = [
                sum(pair in found for pair, share in planted.items() if share >= least)
                / sum(share >= least for share in planted.values())
                for least in (0.5, 0.55)
            ]
            print(f"| {kind} | {seed} | {recalls[0]:.3f} | {recalls[1]:.3f} |")


def print_row(
    name: str, work: Callable[[], Any], rows: list[str], wanted: set[Any], runs: int
) -> tuple[float, float]:
    seconds, found = least_time(work, runs)
    recall = len(found & wanted) / len(wanted)
    true = sum(shared_words(rows[i], rows[j]) >= 0.49 for i, j in found)
    precision = true / len(found) if found else math.nan
    print(f"| {name} | {len(rows)} | {seconds:.2f} | {recall:.3f} | {precision:.3f} |")
    return seconds, recall


def sizes_of(count: int) -> list[int]:
    return [count // 4, count // 2, count]


def variants(articles: list[dict[str, Any]]) -> None:
    corpora = {}
    for size in sizes_of(len(articles)):
        rows = [{key: row[key] for key in ("id", "source", "text")} for row in articles[:size]]
        corpora[size] = fl.quotes(fl.read(rows))
    slope, times = exponent(lambda size: corpora[size].variants(), list(corpora))
    quotes = corpora[len(articles)]
    frame = quotes.variants().frame
    said = quotes.frame[quotes.frame["kind"].isin(["direct", "partial", "name"])]
    print(f"\nvariants: {len(said)} quotations of {len(articles)} articles, one thread")
    print("| by | quotations | seconds | utterances |")
    print("|---|---|---|---|")
    print(f"| framelens | {len(said)} | {times[-1]:.2f} | {frame['utterance'].nunique()} |")
    few = said["text"].head(5000).tolist()
    seconds, pairs = least_time(lambda: all_pairs(few), 1)
    print(f"| rapidfuzz, all pairs | {len(few)} | {seconds:.2f} | ({pairs} pairs over 85) |")
    whole = seconds * (len(said) / len(few)) ** 2
    print(f"| rapidfuzz, all pairs, n^2 from {len(few)} | {len(said)} | {whole:.0f} | |")
    print(f"growth of variants: n^{slope:.2f} ({', '.join(f'{t:.2f} s' for t in times)})")


def all_pairs(texts: list[str]) -> int:
    found = 0
    for start in range(0, len(texts), 1000):
        scores = process.cdist(
            texts[start : start + 1000], texts, scorer=fuzz.ratio, score_cutoff=85, workers=1
        )
        found += int((scores > 0).sum())
    return (found - len(texts)) // 2


def main() -> None:
    """Print both tables."""
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("FRAMELENS_SHARED", "../shared")
    path = Path(folder) / "data" / "articles.jsonl"
    with path.open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    random.Random(SEED).shuffle(articles)
    near_duplicates([row["text"] for row in articles])
    variants(articles)


if __name__ == "__main__":
    main()
