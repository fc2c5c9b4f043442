"""Variants, figures, dates and discrepancies against what careful readers found.

Run ``python benchmarks/quality/variants.py [SHARED]`` with the folder of shared data.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pandas as pd

import framelens as fl


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def variants(corpus: fl.Corpus, gold: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Return rows of the table: clusters found, wrong joins, the slogan."""
    frame = fl.quotes(corpus).variants().frame
    cluster_at = {
        (row.doc, row.start, row.end): row.utterance for row in frame.itertuples(index=False)
    }
    spans = [[(row["doc"], *row["span"]) for row in cluster["variants"]] for cluster in gold]
    found = [{cluster_at.get(span) for span in cluster} for cluster in spans]
    whole = [next(iter(numbers)) for numbers in found if len(numbers) == 1 and None not in numbers]
    known = {span for cluster in spans for span in cluster}
    extra = frame[[key not in known for key in cluster_at]]
    slogan = extra[extra["kind"] == "name"]
    edits = [edit["type"] for edits in slogan["edits"] for edit in edits]
    wrong = len(extra) - len(slogan) + len(whole) - len(set(whole))
    return [
        ("clusters of variants, spans exact", "11", f"{len(whole)} of {len(gold)}"),
        ("wrong joins", "0", str(wrong)),
        ("slogan", "kind name, edit typed", f"{len(slogan)} forms, {', '.join(edits)}"),
    ]


def facts(name: str, frame: pd.DataFrame, gold: list[dict[str, Any]]) -> tuple[str, str, str]:
    """Return a row of the table: how many of the gold are found, and how many are not in it."""
    columns = ["comparator", "value", "unit"] if name == "figures" else ["value"]
    found = {(row["doc"], row["start"], row["end"]): row for row in frame.to_dict("records")}
    right = sum(
        key in found and all(found[key][column] == row[column] for column in columns)
        for row in gold
        for key in ((row["doc"], *row["span"]),)
    )
    extra = len(found) - sum((row["doc"], *row["span"]) in found for row in gold)
    return (name, "all, at most 3 more", f"{right} of {len(gold)}, {extra} more")


def discrepancies(corpus: fl.Corpus, gold: list[dict[str, Any]]) -> tuple[str, str, str]:
    """Return a row of the table: discrepancies with the same values and verdict."""
    found = pd.concat([fl.figures(corpus).discrepancies(), fl.dates(corpus).discrepancies()])
    printed = [
        (row["kind"], row["verdict"], {value["doc"]: value["value"] for value in row["values"]})
        for row in found.to_dict("records")
    ]
    wanted = [row for row in gold if row["kind"] in ("figure", "date")]
    right = sum(
        any(
            kind == row["kind"] and row["verdict"].startswith(verdict) and values == row["values"]
            for kind, verdict, values in printed
        )
        for row in wanted
    )
    more = len(printed) - right
    return ("discrepancies", "3, at most 2 more", f"{right} of {len(wanted)}, {more} more")


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("FRAMELENS_SHARED", "."))
    corpus = fl.read(folder / "seeds")
    gold = {
        name: read_jsonl(folder / "gold" / f"{name}.jsonl")
        for name in ("quote_variants", "figures", "dates", "discrepancies")
    }
    rows = variants(corpus, gold["quote_variants"])
    rows.append(facts("figures", fl.figures(corpus).frame, gold["figures"]))
    rows.append(facts("dates", fl.dates(corpus).frame, gold["dates"]))
    rows.append(discrepancies(corpus, gold["discrepancies"]))
    print("| what | reach | measured |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
