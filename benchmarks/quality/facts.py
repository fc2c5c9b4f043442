"""Figures, dates and conflicts of articles.jsonl, read by hand by the protocol of DESIGN.md, 8.

    python benchmarks/quality/facts.py draw --figures 290 --dates 230 --conflicts 200 --seed 1
    python benchmarks/quality/facts.py score verdicts.jsonl

``draw`` prints what a reader sees: the document, the span in brackets, the words around it and the
article's date; not what was read in it. At most one item an article (of conflicts: one an event).
The reader writes one line of JSON an item: kind, seed, doc, span and his answer. Of a figure it is
``[[value, upper or null], unit]``, of a date ISO 8601 (both ends of a range joined by a slash), of
a conflict ``true`` where the sources do differ on one quantity; null where the span is no figure or
date. ``score`` runs the package and compares; a file holds no text of an article.
A row with ``right`` instead of an answer was judged as it was printed: verdicts/facts.jsonl.
Of verdicts/facts_second.jsonl, ``was_right`` is what was printed when the row was read.

An item stands for all those of its article, so that the shares are also weighted back to the
population by the number of items in the article.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

import framelens as fl

AROUND = 160  # code points on each side of a span
KINDS = ("figures", "dates", "conflicts")


def wilson(right: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    if n == 0:
        return math.nan, math.nan
    share = right / n
    middle = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def read_articles(shared: Path, n: int | None = None) -> fl.Corpus:
    with (shared / "data" / "articles.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return fl.read(pd.DataFrame(rows[:n])[["id", "source", "title", "date", "text"]], n_jobs=2)


def items_of(corpus: fl.Corpus, kind: str) -> dict[str, list[dict[str, Any]]]:
    """The items of each article, or of each event: what is found, in text order."""
    items: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if kind == "conflicts":
        found = fl.figures(corpus).discrepancies()
        for row in found[found["verdict"] == "conflict"].to_dict("records"):
            items[row["values"][0]["doc"]].append(row)
    else:
        frame = fl.figures(corpus).frame if kind == "figures" else fl.dates(corpus).frame
        if kind == "dates":
            frame = frame[frame["resolved"].notna()]
        for row in frame.to_dict("records"):
            items[row["doc"]].append(row)
    return items


def shown(corpus: fl.Corpus, doc: str, start: int, end: int) -> str:
    text = corpus.texts[corpus.position_of(doc)]
    left, right = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return f"{left}[[{text[start:end]}]]{right}".replace("\n", " / ")


def draw(corpus: fl.Corpus, kind: str, seed: int, n: int) -> None:
    if n == 0:
        return
    items = items_of(corpus, kind)
    random_ = random.Random(seed)
    chosen = random_.sample(sorted(items), min(n, len(items)))
    dates = dict(zip(corpus.ids, corpus.documents["date"], strict=True))
    for number, doc in enumerate(chosen):
        row = random_.choice(items[doc])
        values = row["values"] if kind == "conflicts" else [row]
        for value in values:
            date = dates[value["doc"]]
            day = "" if pd.isna(date) else f"{date:%a %Y-%m-%d}"
            place = f"{value['doc']} {value['start']}-{value['end']}"
            print(f"{kind} #{number} {place} {day} | ", end="")
            print(shown(corpus, value["doc"], value["start"], value["end"]))


def answer_of(row: dict[str, Any], kind: str) -> Any:
    if kind == "dates":
        return row["resolved"]
    upper = None if pd.isna(row["upper"]) else row["upper"]
    return [[row["value"], upper], row["unit"]]


def is_same(answer: Any, wanted: Any, kind: str) -> bool:
    if answer is None or wanted is None or kind == "dates":
        return bool(answer == wanted)
    (values, unit), (wanted_values, wanted_unit) = answer, wanted
    near = all(
        (a is None) == (b is None) and (a is None or math.isclose(a, b, rel_tol=0.01))
        for a, b in zip(values, wanted_values, strict=True)
    )
    return near and (unit or "") == (wanted_unit or "")


def score(corpus: fl.Corpus, verdicts: Iterable[dict[str, Any]], errors: bool) -> None:
    read: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for verdict in verdicts:
        read[verdict["kind"]].append(verdict)
    for kind in KINDS:
        if read[kind]:
            score_kind(items_of(corpus, kind), read[kind], kind, errors)


def score_kind(
    items: dict[str, list[dict[str, Any]]], rows: list[dict[str, Any]], kind: str, errors: bool
) -> None:
    right, weights, weighted, gone = 0, 0.0, 0.0, 0
    for row in rows:
        of_article = items.get(row["doc"], [])
        if "right" in row:
            good = row["right"]
        elif kind == "conflicts":
            good = bool(row["answer"])
        else:
            spans = {(item["start"], item["end"]): item for item in of_article}
            item = spans.get(tuple(row["span"]))
            gone += item is None
            good = is_same(None if item is None else answer_of(item, kind), row["answer"], kind)
            if errors and not good:
                print("  ", row, None if item is None else answer_of(item, kind))
        weight = max(len(of_article), 1)
        right, weights, weighted = right + good, weights + weight, weighted + weight * good
    low, high = wilson(right, len(rows))
    print(
        f"{kind}: {right} of {len(rows)} right = {right / len(rows):.3f} [{low:.3f}, {high:.3f}], "
        f"weighted {weighted / weights:.3f}, no longer found {gone}"
    )


def measure(shared: Path, sizes: Iterable[int]) -> None:
    """CPU seconds of the annotation and of `discrepancies`, and how they grow."""
    points = []
    for n in sizes:
        start = time.process_time()
        corpus = read_articles(shared, n)
        _ = corpus.annotations
        read = time.process_time()
        corpus._likely_events  # noqa: B018
        known = time.process_time()
        figures, dates = fl.figures(corpus), fl.dates(corpus)
        found = time.process_time()
        rows = len(figures.discrepancies()) + len(dates.discrepancies())
        end = time.process_time()
        points.append((n, end - found))
        print(
            f"{n} articles: read {read - start:.1f} s, events {known - read:.1f} s, "
            f"find {found - known:.1f} s, discrepancies {end - found:.1f} s, {rows} rows"
        )
    (n, first), (m, last) = points[0], points[-1]
    print(f"discrepancies grow with n^{math.log(last / first) / math.log(m / n):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("draw", "score", "measure"))
    parser.add_argument("verdicts", nargs="?", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--seed", type=int, default=1)
    for kind in KINDS:
        parser.add_argument(f"--{kind}", type=int, default=0)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if options.task == "measure":
        measure(options.shared, (1250, 2500, 5000))
    elif options.task == "draw":
        corpus = read_articles(options.shared)
        for kind in KINDS:
            draw(corpus, kind, options.seed, getattr(options, kind))
    else:
        lines = options.verdicts.read_text(encoding="utf-8").splitlines()
        verdicts = [json.loads(line) for line in lines if line]
        score(read_articles(options.shared), verdicts, options.errors)


if __name__ == "__main__":
    main()
