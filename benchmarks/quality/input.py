"""What becomes of the rows of every table when a text prints the same and is stored otherwise.

Run: python benchmarks/quality/input.py [--shared ../shared] [--articles N] [--json OUT]
     [--before IN]
`--json` keeps the figures; `--before` prints those that another version kept beside them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import textwrap
import time
import unicodedata
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

import framelens as fl

Row = tuple[str, ...]
Figures = dict[str, dict[str, dict[str, int]]]

WIDTHS = (60, 65, 72, 80)
KEYWORDS = ("president", "new york")
# What tells a row of a table from the others of its article; what else it has may change.
IDENTITY = {
    "quotes": ("text",),
    "namings": ("target", "label"),
    "mentions": ("target", "text"),
    "figures": ("text",),
    "dates": ("text",),
    "kwic": ("keyword", "left"),
    "zones": ("zone", "text"),
}
MUST = re.compile(r"NFD|NBSP|soft|zero|wrapped")
STRAIGHT = str.maketrans("“”„‘’‚", "\"\"\"'''")


def wrapped(width: int, indent: str) -> Callable[[str], str]:
    def transform(text: str) -> str:
        paragraphs = [line for line in text.splitlines() if line.strip()]
        return "\n\n".join(
            textwrap.fill(
                paragraph,
                width,
                initial_indent=indent,
                break_on_hyphens=False,
                break_long_words=False,
            )
            for paragraph in paragraphs
        )

    return transform


def in_long_words(text: str, sign: str) -> str:
    return re.sub(r"\w{7,}", lambda m: f"{m[0][:3]}{sign}{m[0][3:5]}{sign}{m[0][5:]}", text)


TRANSFORMS: dict[str, Callable[[str], str]] = {
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "NBSP before capitals": lambda text: re.sub(r" (?=[A-Z])", "\u00a0", text),
    "soft hyphens": lambda text: in_long_words(text, "\u00ad"),
    "zero-width spaces": lambda text: in_long_words(text, "\u200b"),
    **{f"wrapped at {w}": wrapped(w, "") for w in WIDTHS},
    **{f"wrapped at {w}, indented": wrapped(w, "    ") for w in WIDTHS},
    "CRLF": lambda text: re.sub(r"\r?\n", "\r\n", text),
    "straight quotes": lambda text: text.translate(STRAIGHT),
}


def canonical(value: object) -> str:
    """What is compared: NFC, no ignorables, one space for a run, one form of quotation marks."""
    if not isinstance(value, str):
        return "" if pd.isna(value) else str(value)
    kept = "".join(c for c in value if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFC", kept).translate(STRAIGHT).split())


def rows_of(frame: pd.DataFrame, identity: tuple[str, ...]) -> list[Row]:
    """Document, identity and the rest of each row, without spans."""
    rest = [
        str(name)
        for name in frame
        if name not in ("doc", "source", *identity) and not str(name).endswith(("start", "end"))
    ]
    table = frame[["doc", *identity, *rest]]
    return [tuple(map(canonical, row)) for row in table.itertuples(index=False)]


def tables(corpus: fl.Corpus, targets: list[str]) -> dict[str, list[Row]]:
    names = fl.namings(corpus, targets=targets)
    zones = corpus.zones
    text_of = dict(zip(corpus.ids, corpus.texts, strict=True))
    spans = zip(zones["doc"], zones["start"], zones["end"], strict=True)
    frames = {
        "quotes": fl.quotes(corpus).frame,
        "namings": names.frame,
        "mentions": names.mentions,
        "figures": fl.figures(corpus).frame,
        "dates": fl.dates(corpus).frame,
        "kwic": pd.concat([fl.kwic(corpus, word).frame for word in KEYWORDS]),
        "zones": zones.assign(text=[text_of[doc][start:end] for doc, start, end in spans]),
    }
    return {name: rows_of(frame, IDENTITY[name]) for name, frame in frames.items()}


def difference(before: list[Row], after: list[Row], width: int) -> dict[str, int]:
    """Count rows that are lost, new, and there with another value. `width`: of the identity."""
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    of_identity: dict[Row, int] = defaultdict(int)
    for row in come.elements():
        of_identity[row[: 1 + width]] += 1
    changed = 0
    for row in gone.elements():
        if of_identity[row[: 1 + width]] > 0:
            of_identity[row[: 1 + width]] -= 1
            changed += 1
    return {
        "rows": len(before),
        "lost": gone.total() - changed,
        "new": come.total() - changed,
        "changed": changed,
    }


def chosen(shared: Path, articles: int) -> pd.DataFrame:
    with (shared / "data" / "articles.jsonl").open(encoding="utf-8") as lines:
        records = list(map(json.loads, lines))
    records.sort(key=lambda r: hashlib.sha256(r["id"].encode()).digest())
    return pd.DataFrame(records[:articles])[["id", "source", "date", "text"]]


def most_named(corpus: fl.Corpus, count: int = 20) -> list[str]:
    """The persons named most, by full names; of those with one surname, the first."""
    names = pd.DataFrame(corpus.annotations.names())
    persons = names[(names["kind"] == "person") & names["name"].str.contains(" ")]
    persons = persons.sort_values(["count", "name"], ascending=[False, True])
    surname = persons["name"].str.split().str[-1]
    return [str(name) for name in persons["name"][~surname.duplicated()].head(count)]


def compare(frame: pd.DataFrame) -> Figures:
    corpus = fl.read(frame)
    targets = most_named(corpus)
    plain = tables(corpus, targets)
    found: Figures = {}
    for name, transform in TRANSFORMS.items():
        other = fl.read(frame.assign(text=[transform(text) for text in frame["text"]]))
        changed = tables(other, targets)
        found[name] = {
            table: difference(rows, changed[table], len(IDENTITY[table]))
            for table, rows in plain.items()
        }
    return found


def seconds(work: Callable[[], Any], times: int) -> float:
    """The least processor time of some runs: other programs of the machine do not count."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def speed(shared: Path, times: int) -> dict[str, float]:
    path = shared / "data" / "articles.jsonl"

    def annotate() -> None:
        # Each corpus annotates its texts once.
        _ = corpora.pop().annotations

    read = seconds(lambda: fl.read(path), times)
    corpora = [fl.read(path) for _ in range(times)]
    return {"fl.read": read, "annotations": seconds(annotate, times)}


def line(found: dict[str, dict[str, int]]) -> str:
    sums: Counter[str] = Counter()
    for counts in found.values():
        sums.update(counts)
    return f"{sums['lost']:6} {sums['new']:6} {sums['changed']:6}"


def show(now: dict[str, Any], before: dict[str, Any] | None) -> bool:
    """Print both; tell whether what must stay stays."""
    head = f"{'lost':>6} {'new':>6} {'changed':>6}"
    rows = sum(counts["rows"] for counts in next(iter(now["rows"].values())).values())
    print(f"{now['articles']} articles, {rows:,} rows of {', '.join(IDENTITY)}")
    print(f"{'':24} {head if before is None else f'{head}   before: {head}'}")
    stays = True
    for name, found in now["rows"].items():
        past = (before or {}).get("rows", {}).get(name)
        text = f"{name:24} {line(found)}"
        print(text if past is None else f"{text}           {line(past)}")
        wrong = {
            table: f"{counts['lost']} lost, {counts['changed']} changed, {counts['new']} new"
            for table, counts in found.items()
            if counts["lost"] + counts["changed"] + counts["new"]
        }
        for table, what in wrong.items():
            print(f"    {table}: {what}")
        if MUST.match(name):
            stays = stays and not any(c["lost"] + c["changed"] for c in found.values())
    for name, value in now["speed"].items():
        past = (before or {}).get("speed", {}).get(name)
        slower = "" if past is None else f"   before: {past:.2f} s ({value / past - 1:+.1%})"
        print(f"{name} of articles.jsonl: {value:.2f} s{slower}")
    print("none lost or changed of those that must stay" if stays else "ROWS LOST OR CHANGED")
    return stays


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("--shared", type=Path, default=root.parent / "shared")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--times", type=int, default=5, help="runs of each timing")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--before", type=Path)
    options = parser.parse_args()
    # A transform may hide a target, and the rows tell.
    warnings.filterwarnings("ignore", message="no document names")
    now: dict[str, Any] = {
        "articles": options.articles,
        "rows": compare(chosen(options.shared, options.articles)),
        "speed": speed(options.shared, options.times),
    }
    if options.json:
        options.json.write_text(json.dumps(now, indent=1), encoding="utf-8")
    before = json.loads(options.before.read_text(encoding="utf-8")) if options.before else None
    stays = show(now, before)
    titles = Path(__file__).with_name("titles.py")
    if titles.exists():
        print(flush=True)
        subprocess.run([sys.executable, titles, "--shared", options.shared], check=True)
    return 0 if stays else 1


if __name__ == "__main__":
    sys.exit(main())
