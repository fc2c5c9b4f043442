"""Time fl.read on many small files, against reading and decoding them with pathlib.

Run ``python benchmarks/bench_reading.py [FILES]``. CPU time in seconds, the best of five turns
taken in alternation; what is read is compared first.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import framelens as fl

FOLDERS = 40
TURNS = 5


def write(folder: Path, files: int) -> None:
    for number in range(files):
        path = folder / f"outlet{number % FOLDERS:02}" / f"{number:06}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Report {number}. The ferry left the harbour of Nordell — at dawn.\n" * 20)


def plainly(folder: Path) -> list[str]:
    return [path.read_bytes().decode() for path in sorted(folder.rglob("*.txt"))]


def seconds(work: Callable[[], Any]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def main(files: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, files)
        corpus = fl.read(folder)
        assert corpus.texts == plainly(folder)
        turns = [
            (seconds(lambda: plainly(folder)), seconds(lambda: fl.read(folder)))
            for _ in range(TURNS)
        ]
    plain, read = (min(times) for times in zip(*turns, strict=True))
    print(
        f"{files} files of {len(corpus.texts[0])} characters: plain reading {plain:.2f} s,", end=" "
    )
    print(f"fl.read {read:.2f} s, {read / plain:.2f} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
