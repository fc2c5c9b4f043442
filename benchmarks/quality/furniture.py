"""The ten words that set each large outlet apart, to be read: is page furniture among them?

Run: python benchmarks/quality/furniture.py [--shared ../shared] [--fewest 40]
Prints words by outlet, no text of an article; then how many inserts within lines were found behind
names, by outlet.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import framelens as fl


def ten_words(corpus: fl.Corpus, fewest: int = 40) -> dict[str, list[str]]:
    """Return the words with the highest keyness of each source with `fewest` articles and more."""
    articles = Counter(corpus.source_of)
    frame = fl.keyness(corpus, permutations=0).frame
    return {
        source: frame.loc[frame["source"] == source, "term"].head(10).tolist()
        for source in corpus.sources
        if articles[source] >= fewest
    }


def inserts_by_source(corpus: fl.Corpus) -> Counter[str]:
    """Return how many stretches within lines are boilerplate, by source."""
    zones = corpus.zones
    counts: Counter[str] = Counter()
    for zone in zones[zones["zone"] == "boilerplate"].itertuples():
        text = corpus.texts[corpus.position_of(str(zone.doc))]
        start, end = int(zone.start), int(zone.end)
        before = text[text.rfind("\n", 0, start) + 1 : start]
        behind = text[end : text.find("\n", end) if "\n" in text[end:] else len(text)]
        counts[str(zone.source)] += bool(before.strip() or behind.strip())
    return counts


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--fewest", type=int, default=40)
    options = parser.parse_args()
    with (options.shared / "data" / "articles.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    articles = [{name: row[name] for name in ("id", "source", "text")} for row in rows]
    corpus = fl.read(articles)
    for source, words in ten_words(corpus, options.fewest).items():
        print(f"{source}: {', '.join(words)}")
    print("\nboilerplate within lines")
    for source, count in inserts_by_source(corpus).most_common(12):
        print(f"{count:6,} {source}")


if __name__ == "__main__":
    main()
