"""Quotations, speakers, cues and indirect speech against PolNeAR and BASIL, whole and per outlet.

Run: python benchmarks/quality/quotes.py [--shared ../shared] [--sample N] [--part tune|report|all]
Articles are split by the hash of their id: rules are tuned on one half, both are reported.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

import framelens as fl

Span = tuple[int, int]
# The marks of the English-language press; a segment is what stands between a pair on one line.
SEGMENTS = re.compile(r"“([^“”\n]+)”|\"([^\"\n]+)\"|''([^'\n]+)''")


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def overlaps_any(span: Span, others: Iterable[Iterable[int]]) -> bool:
    return any(overlap(span, (start, end)) for start, end in others)


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def in_part(id_: str, part: str) -> bool:
    tuned = zlib.crc32(id_.encode()) % 2 == 0
    return part == "all" or (part == "tune") == tuned


def corpus_of(
    records: list[dict[str, Any]], source: str | None, language: str | dict[str, Any] = "en"
) -> fl.Corpus:
    """Return the records as a corpus, of one source where no key tells it."""
    frame = pd.DataFrame(
        {
            "id": [r["id"] for r in records],
            "source": [r[source] if source else "news" for r in records],
            "text": [r["text"] for r in records],
        }
    )
    return fl.read(frame, language=language)


def gold_segments(record: dict[str, Any]) -> list[Span]:
    """Quoted segments that lie in gold Content, without their marks."""
    contents = [tuple(span) for a in record["attributions"] for span in a["content"]]
    found = []
    for match in SEGMENTS.finditer(record["text"]):
        group = next(i for i in (1, 2, 3) if match.group(i) is not None)
        start, end = match.span(group)
        if any(a - 1 <= start and end <= b + 1 for a, b in contents):
            found.append((start, end))
    return found


class Counts(dict[str, list[int]]):
    """Hits and trials by name of a measure."""

    def add(self, name: str, hit: bool) -> None:
        counts = self.setdefault(name, [0, 0])
        counts[0] += hit
        counts[1] += 1

    def share(self, name: str) -> float:
        hits, trials = self.get(name, [0, 0])
        return hits / trials if trials else float("nan")


def score_article(record: dict[str, Any], quotes: pd.DataFrame, counts: Counts) -> None:
    marked = quotes[quotes["kind"] != "indirect"]
    spans = list(zip(marked["start"], marked["end"], strict=True))
    for start, end in gold_segments(record):
        counts.add("recall", any(abs(s - start) <= 2 and abs(e - end) <= 2 for s, e in spans))
    for row in marked.itertuples():
        if row.nested or len(row.text.split()) < 5:
            continue
        span = (row.start, row.end)
        golds = [a for a in record["attributions"] if overlaps_any(span, a["content"])]
        counts.add("precision", bool(golds))
        if row.kind in ("direct", "partial"):
            counts.add("precision, said", bool(golds))
        score_attribution(row, golds, record["text"], counts)
    score_all(record, quotes, counts)


def score_attribution(row: Any, golds: list[dict[str, Any]], text: str, counts: Counts) -> None:
    sources = [span for a in golds for span in a["source"]]
    cues = [span for a in golds for span in a["cue"]]
    if sources:
        right = names_source(row, sources)
        counts.add("speaker", right)
        counts.add("speaker, or his name", right or has_name(row, sources, text))
    half = [a for a in golds if covered((row.start, row.end), a["content"]) >= 0.5]
    if of_half := [span for a in half for span in a["source"]]:
        counts.add("speaker, half", names_source(row, of_half))
    if cues:
        known = not pd.isna(row.cue_start)
        counts.add("cue", known and overlaps_any((row.cue_start, row.cue_end), cues))


def names_source(row: Any, sources: list[Span]) -> bool:
    known = not pd.isna(row.speaker_start)
    return known and overlaps_any((row.speaker_start, row.speaker_end), sources)


def has_name(row: Any, sources: list[Span], text: str) -> bool:
    """Tell whether a source prints the last name of the speaker, who is named elsewhere."""
    if not isinstance(row.speaker, str) or not row.speaker[:1].isupper():
        return False
    last = row.speaker.split()[-1]
    return any(last in re.findall(r"\w+", text[start:end]) for start, end in sources)


def covered(span: Span, contents: list[Span]) -> float:
    """How much of a span the contents cover."""
    common = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in contents)
    return common / max(1, span[1] - span[0])


def score_all(record: dict[str, Any], quotes: pd.DataFrame, counts: Counts) -> None:
    """Attributions of all kinds: source, cue and content each overlap."""
    golds = [a for a in record["attributions"] if a["source"] and a["cue"] and a["content"]]
    rows = quotes.dropna(subset=["speaker_start", "cue_start"])
    found = {
        ((r.speaker_start, r.speaker_end), (r.cue_start, r.cue_end)): [] for r in rows.itertuples()
    }
    for r in rows.itertuples():
        key = ((r.speaker_start, r.speaker_end), (r.cue_start, r.cue_end))
        found[key].append((r.start, r.end))
    hit_golds = set()
    for (speaker, cue), contents in found.items():
        hits = [
            i
            for i, a in enumerate(golds)
            if overlaps_any(speaker, a["source"])
            and overlaps_any(cue, a["cue"])
            and any(overlaps_any(span, a["content"]) for span in contents)
        ]
        hit_golds.update(hits)
        counts.add("attribution precision", bool(hits))
    for i in range(len(golds)):
        counts.add("attribution recall", i in hit_golds)


MARKS = re.compile("[“”\"]|''")


def share_of(span: Span, contents: Iterable[Span]) -> float:
    """How much of the contents a span covers."""
    contents = list(contents)
    covered = sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in contents)
    size = sum(b - a for a, b in contents)
    return covered / size if size else 0.0


def score_own_voice(record: dict[str, Any], quotes: pd.DataFrame, counts: Counts) -> None:
    """Of spans of five words that end a sentence and are somebody's words: left as own voice."""
    contents = [span for a in record["attributions"] for span in a["content"]]
    for row in quotes[quotes["kind"] != "indirect"].itertuples():
        closed = row.text.rstrip()[-1:] in ",.?!"
        if len(row.text.split()) < 5 or not closed:
            continue
        if overlaps_any((row.start, row.end), contents):
            counts.add("left as own voice", row.kind == "scare")


def judge_indirect(row: Any, golds: list[dict[str, Any]]) -> tuple[list[int], list[int]]:
    """Return which gold has the row's cue, and of these which half of the content and speaker."""
    cue = (row.cue_start, row.cue_end)
    named = [i for i, a in enumerate(golds) if overlaps_any(cue, a["cue"])]
    hits = [
        i
        for i in named
        if share_of((row.start, row.end), golds[i]["content"]) >= 0.5
        and not pd.isna(row.speaker_start)
        and overlaps_any((row.speaker_start, row.speaker_end), golds[i]["source"])
    ]
    return named, hits


def score_indirect(record: dict[str, Any], quotes: pd.DataFrame, counts: Counts) -> None:
    """Indirect speech: cue, half of the content and speaker; cues by stance."""
    golds = [a for a in record["attributions"] if a["cue"]]
    found = set()
    rows = quotes[quotes["kind"] == "indirect"].dropna(subset=["cue_start"])
    for row in rows.itertuples():
        named, hits = judge_indirect(row, golds)
        counts.add(f"cues, {row.stance}", bool(named))
        counts.add("indirect precision", bool(hits))
        found.update(hits)
    for i, a in enumerate(golds):
        content = " ".join(record["text"][start:end] for start, end in a["content"])
        if a["source"] and content and not MARKS.search(content):
            counts.add("indirect recall", i in found)


def quotes_of(records: list[dict[str, Any]], left_out: dict[str, Any] | None) -> pd.DataFrame:
    """Return the quotations: each publisher's by weights that were learned without it, if given."""
    if left_out is None:
        return fl.quotes(corpus_of(records, "publisher"), zones="all").frame
    frames = []
    for publisher, weights in left_out.items():
        own = [r for r in records if r["publisher"] == publisher]
        language = {"base": "en", "speakers": weights}
        frames.append(fl.quotes(corpus_of(own, "publisher", language), zones="all").frame)
    return pd.concat(frames, ignore_index=True)


def polnear(
    records: list[dict[str, Any]], left_out: dict[str, Any] | None = None
) -> dict[str, Counts]:
    frame = quotes_of(records, left_out)
    by_doc = dict(tuple(frame.groupby("doc")))
    totals: dict[str, Counts] = defaultdict(Counts)
    for record in records:
        quotes = by_doc.get(record["id"], frame.iloc[:0])
        for name in ("whole", record["publisher"]):
            score_article(record, quotes, totals[name])
            score_own_voice(record, quotes, totals[name])
            score_indirect(record, quotes, totals[name])
    return totals


def f1(counts: Counts) -> float:
    p, r = counts.share("attribution precision"), counts.share("attribution recall")
    return 2 * p * r / (p + r) if p + r else 0.0


def polnear_table(totals: dict[str, Counts]) -> pd.DataFrame:
    names = (
        *("recall", "precision", "precision, said", "speaker", "speaker, half"),
        *("speaker, or his name", "cue"),
        *("attribution precision", "attribution recall"),
    )
    rows = {
        outlet: {
            **{name: counts.share(name) for name in names},
            "attribution F1": f1(counts),
            "quotations": counts.get("speaker", [0, 0])[1],
        }
        for outlet, counts in totals.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def indirect_table(totals: dict[str, Counts]) -> pd.DataFrame:
    """Indirect speech, cues by stance, and sentences left as the outlet's own voice."""
    stances = ("neutral", "doubting", "assertive", "hostile", "denying")
    rows = {
        outlet: {
            "precision": counts.share("indirect precision"),
            "recall": counts.share("indirect recall"),
            **{f"cues, {stance}": counts.share(f"cues, {stance}") for stance in stances},
            "left as own voice": counts.get("left as own voice", [0, 0])[0],
            "of": counts.get("left as own voice", [0, 0])[1],
        }
        for outlet, counts in totals.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def speaker_gap(table: pd.DataFrame, fewest: int = 50) -> float:
    """Largest difference of speaker accuracy between two outlets with enough quotations."""
    outlets = table.drop(index="whole")
    shares = outlets.loc[outlets["quotations"] >= fewest, "speaker"]
    return float(shares.max() - shares.min())


def basil(records: list[dict[str, Any]]) -> Counts:
    corpus = corpus_of(records, "source")
    counts = Counts()
    for record in records:
        for span in record["spans"]:
            voice, _ = corpus.voice_at(record["id"], *span["span"])
            right = (voice == "quoted") == bool(span["quoted"])
            counts.add("voice", right)
            if span["bias"] == "lex":
                counts.add("voice, lexical", right)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--sample", type=int, default=None, help="articles of each corpus")
    parser.add_argument("--part", choices=("tune", "report", "all"), default=None)
    parser.add_argument(
        "--left-out", type=Path, help="weights by publisher, as tools/train_speakers.py writes them"
    )
    options = parser.parse_args()
    left_out = json.loads(options.left_out.read_text()) if options.left_out else None
    for part in (options.part,) if options.part else ("tune", "report", "all"):
        records = [
            r for r in read_jsonl(options.shared / "data/polnear.jsonl") if in_part(r["id"], part)
        ]
        totals = polnear(records[: options.sample], left_out)
        table = polnear_table(totals)
        print(f"\nPolNeAR, part: {part} ({len(records[: options.sample])} articles)")
        print(table.round(3).to_string())
        print(f"largest difference of speaker accuracy between outlets: {speaker_gap(table):.3f}")
        print("\nIndirect speech; sentences of somebody's left as own voice")
        print(indirect_table(totals).round(3).to_string())
    records = list(read_jsonl(options.shared / "data/basil.jsonl"))
    counts = basil(records[: options.sample])
    print(
        f"\nBASIL: voice {counts.share('voice'):.3f}, lexical {counts.share('voice, lexical'):.3f}"
    )


if __name__ == "__main__":
    main()
