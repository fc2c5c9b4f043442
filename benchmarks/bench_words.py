"""Words of UAX #29 (``tokenizer="unicode"``) beside ICU's BreakIterator in C++.

Run ``python benchmarks/bench_words.py [--rounds N]``: builds ``bench_words.cpp``, which compares
both cuts of every text and then times them on the same bytes, on one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from programs import ROOT, build, write_texts

DATA = Path(os.environ.get("FRAMELENS_SHARED", ROOT.parent / "shared")) / "data"
# Ratios that are promised: what must be reached.
MUST = {"English": 20, "es": 8}


def texts_by_language() -> Iterator[tuple[str, str, list[str]]]:
    """Yield name, locale and texts of each row."""
    articles = [json.loads(line)["text"] for line in (DATA / "articles.jsonl").open()]
    yield "English", "en", articles
    scripts: dict[str, list[str]] = {}
    for line in (DATA / "scripts.jsonl").open():
        row = json.loads(line)
        scripts.setdefault(row["language"], []).append(row["text"])
    for language, texts in scripts.items():
        yield language, "", texts
    wiki = [json.loads(line)["text"] for line in (DATA / "meantime.jsonl").open()]
    yield "WikiNews, 4 languages", "", wiki
    yield "all scripts mixed", "", [text for texts in scripts.values() for text in texts]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    if not DATA.exists():
        print(f"no data in {DATA}: set FRAMELENS_SHARED")
        return 0
    program = build("bench_words")
    print(f"{'':22}   MB  words/M   ICU MB/s  ours MB/s   ratio  portable  (must)")
    for name, locale, texts in texts_by_language():
        with tempfile.NamedTemporaryFile(suffix=".texts") as file:
            write_texts(texts, file)
            command = [program, file.name, locale, str(max(2, rounds // 3)), str(rounds)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
        size, words, icu, ours, portable = map(float, done.stdout.split())
        must = f"({MUST[name]}x)" if name in MUST else ""
        print(
            f"{name:22} {size / 1e6:4.1f} {words / 1e6:8.2f} {size / icu / 1e6:10.0f} "
            f"{size / ours / 1e6:10.0f} {icu / ours:6.1f}x {icu / portable:8.1f}x  {must}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
