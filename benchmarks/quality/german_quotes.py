"""Quotations, speakers and cues of German news against gold, whole and by half.

Run: python benchmarks/quality/german_quotes.py [--shared ../shared] [--part PART] [--errors N]
Rules are tuned on one half of the articles, by the hash of their ids. A direct quotation is found
where a quotation covers half of it; its speaker and cue are right where they share a character
with gold's. Indirect speech is right where cue, speaker and half of the content are.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import pandas as pd
from quotes import (
    Counts,
    Span,
    corpus_of,
    in_part,
    judge_indirect,
    overlaps_any,
    read_jsonl,
    score_indirect,
    share_of,
)

import framelens as fl

Record = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--part", choices=("tune", "report", "all"), default=None)
    parser.add_argument("--errors", type=int, default=0, help="print as many of each kind")
    chosen = parser.parse_args()
    records = list(read_jsonl(chosen.shared / "data" / "german_quotes.jsonl"))
    rows, errors = {}, []
    for part in (chosen.part,) if chosen.part else ("tune", "report", "all"):
        some = [record for record in records if in_part(record["id"], part)]
        counts, errors = score(some)
        rows[part] = {name: counts.share(name) for name in NAMES}
        rows[part]["direct"] = counts["found"][1]
        rows[part]["indirect"] = counts["indirect recall"][1]
    print(pd.DataFrame.from_dict(rows, orient="index").round(3).to_string())
    random.Random(0).shuffle(errors)
    for kind in ("speaker", "cue", "indirect"):
        for shown in [line for which, line in errors if which == kind][: chosen.errors]:
            print(f"{kind}: {shown}")


NAMES = ("found", "speaker", "cue", "indirect precision", "indirect recall")


def score(records: list[Record]) -> tuple[Counts, list[tuple[str, str]]]:
    quotes = fl.quotes(corpus_of(records, None, "de"), zones="all").frame
    by_document = dict(tuple(quotes.groupby("doc")))
    counts, errors = Counts(), []
    for record in records:
        own = by_document.get(record["id"], quotes.iloc[:0])
        for annotation in record["annotations"]:
            if annotation["type"] == "Direct" and not annotation["nested"]:
                errors += score_direct(record, annotation, own, counts)
        golds = [
            {"source": a["speaker"], "cue": a["cue"], "content": a["quote"]}
            for a in record["annotations"]
        ]
        score_indirect({"text": record["text"], "attributions": golds}, own, counts)
        errors += wrong_indirect(record, golds, own)
    return counts, errors


def score_direct(
    record: Record, gold: Record, quotes: pd.DataFrame, counts: Counts
) -> list[tuple[str, str]]:
    contents = [tuple(span) for span in gold["quote"]]
    rows = [
        row
        for row in quotes[quotes["kind"] != "indirect"].itertuples()
        if share_of((row.start, row.end), contents) >= 0.5 / len(contents)
    ]
    counts.add("found", bool(rows))
    if not rows:
        return []
    row = rows[0]
    errors = []
    for name, start, end in (
        ("speaker", row.speaker_start, row.speaker_end),
        ("cue", row.cue_start, row.cue_end),
    ):
        if not gold[name]:
            continue
        right = not pd.isna(start) and overlaps_any((start, end), gold[name])
        counts.add(name, right)
        if not right:
            said = None if pd.isna(start) else record["text"][int(start) : int(end)]
            wanted = " … ".join(record["text"][a:b] for a, b in gold[name])
            errors.append((name, f"{said!r} for {wanted!r}: {around(record, contents[0])}"))
    return errors


def wrong_indirect(
    record: Record, golds: list[Record], quotes: pd.DataFrame
) -> list[tuple[str, str]]:
    errors = []
    for row in quotes[quotes["kind"] == "indirect"].dropna(subset=["cue_start"]).itertuples():
        named, hits = judge_indirect(row, golds)
        if hits:
            continue
        why = "no cue" if not named else "speaker or content"
        errors.append(
            ("indirect", f"{why}: {row.speaker} {row.cue}: {around(record, (row.start, row.end))}")
        )
    return errors


def around(record: Record, span: Span) -> str:
    text = record["text"]
    start, end = int(span[0]), int(span[1])
    shown = f"{text[max(0, start - 130) : start]}⟦{text[start:end][:160]}⟧{text[end : end + 100]}"
    return shown.replace("\n", " / ")


if __name__ == "__main__":
    main()
