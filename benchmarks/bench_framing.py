"""Print the speed of `framing` on one thread: 20 targets, 3 axes, quotations included.

Run: python benchmarks/bench_framing.py [--shared ../shared] [--articles N]
Reading (zones, names, quotations) is timed apart from the three axes that share it.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from pathlib import Path

import pandas as pd

import framelens as fl

TARGETS = [
    "Donald Trump", "Hillary Clinton", "Barack Obama", "Bernie Sanders", "Ted Cruz",
    "Nancy Pelosi", "Mitch McConnell", "Joe Biden", "Mike Pence", "Vladimir Putin",
    "Kim Jong Un", "Robert Mueller", "James Comey", "Paul Ryan", "Jeff Sessions",
    "Brett Kavanaugh", "Marco Rubio", "Mitt Romney", "Chris Christie", "John Kerry",
]  # fmt: skip
AXES = ("legitimacy", "conflict", "loaded")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=None)
    options = parser.parse_args()
    with (options.shared / "data/articles.jsonl").open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][: options.articles]
    frame = pd.DataFrame({name: [r[name] for r in records] for name in ("id", "source", "text")})
    size = sum(len(text.encode()) for text in frame["text"]) / 1e6
    warnings.simplefilter("ignore")
    # What is loaded once, whatever the size: the language, the lexicons, parts of SciPy.
    fl.framing(fl.read(frame.head(3)), targets=TARGETS, axis=AXES[0])
    corpus = fl.read(frame)
    times = {}
    start = time.process_time()
    corpus.annotations  # noqa: B018
    times["reading"] = time.process_time() - start
    for axis in AXES:
        start = time.process_time()
        fl.framing(corpus, targets=TARGETS, axis=axis)
        times[axis] = time.process_time() - start
    start = time.process_time()
    fl.framing(corpus, targets=TARGETS[:1], axis=AXES[0])
    one = time.process_time() - start
    print(f"{len(frame)} articles, {size:.1f} MB, {len(TARGETS)} targets, one thread")
    for name, seconds in times.items():
        print(f"  {name:<12} {seconds:>6.2f} s")
    total = sum(times.values())
    print(f"  {'all':<12} {total:>6.2f} s  {size / total:.1f} MB/s (reach: 25)")
    print(f"  one target instead of {len(TARGETS)}, {AXES[0]}: {one:.2f} s")


if __name__ == "__main__":
    main()
