"""How well likeness of wording finds what belongs together, with the defaults and step by step.

Run: python benchmarks/quality/likeness.py [--shared ../shared] [--seeds N] [--only NAME]
Printed: how often the nearest article reports the same event; how often a random half of an outlet
is most alike to its other half (adjusted), also among halves that share no topic with it; whether
seeds of one wording family are each other's nearest; the rank correlation of an outlet's mean
likeness with its number of articles, of two and more; the share of function words in the likeness
of two outlets.
"""

from __future__ import annotations

import argparse
import itertools
import json
import warnings
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

import framelens as fl

FEWEST = 20  # articles of an outlet whose halves are compared
FAMILIES = ({"000", "001"}, {"002", "004"})  # the seeds that reword one text

SETTINGS: dict[str, dict[str, Any]] = {
    "counts, all voices, no mask": {"sublinear_tf": False, "voice": "all", "mask": False},
    "sublinear, all voices, no mask": {"voice": "all", "mask": False},
    "sublinear, unquoted, no mask": {"mask": False},
    "the defaults": {},
    "the defaults, without stop words": {"stop_words": "language"},
}


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def random_halves(rows: pd.DataFrame, rng: np.random.Generator) -> dict[str, str]:
    """Return by document its outlet and half."""
    half: dict[str, str] = {}
    for source, ids in rows.groupby("source")["id"]:
        for number, part in enumerate(np.array_split(rng.permutation(ids.to_numpy()), 2)):
            half |= dict.fromkeys(part, f"{source}|{number}")
    return half


def topic_halves(rows: pd.DataFrame, rng: np.random.Generator) -> dict[str, str]:
    """Return the same for halves that share no topic: those of all outlets are split in two."""
    sizes = rows["topic"].value_counts().sort_index()
    count, second = [0, 0], set()
    for topic in rng.permutation(sizes.index.to_numpy()):
        number = int(count[1] < count[0])
        count[number] += sizes[topic]
        if number:
            second.add(topic)
    return {
        id_: f"{source}|{int(topic in second)}"
        for id_, source, topic in zip(rows["id"], rows["source"], rows["topic"], strict=True)
    }


def find_halves(
    corpus: fl.Corpus, half: dict[str, str], given: dict[str, Any], *, disjoint: bool
) -> float:
    """Return how often a half's most alike is its other half, of all halves or of the second's."""
    found = fl.similarity(corpus, by=half, n_jobs=-1, **given).frame
    if disjoint:
        found = found[found["a"].str[-1] != found["b"].str[-1]]
    both = pd.concat([found, found.rename(columns={"a": "b", "b": "a"})])
    best = both.sort_values("adjusted", kind="stable").groupby("a").tail(1)
    return float((best["a"].str[:-2] == best["b"].str[:-2]).mean())


def nearest_event(corpus: fl.Corpus, event_of: dict[str, str], given: dict[str, Any]) -> float:
    alike = fl.similarity(corpus, by={id_: id_ for id_ in corpus.ids}, n_jobs=-1, **given)
    values = alike.matrix.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(values, -1.0)
    event = np.array([event_of[id_] for id_ in alike.matrix.index])
    return float((event[np.nan_to_num(values, nan=-1.0).argmax(axis=1)] == event).mean())


def seeds_right(shared: Path, given: dict[str, Any]) -> int:
    corpus = fl.read(shared / "seeds/manifest.json")
    alike = fl.similarity(corpus, by={id_: id_ for id_ in corpus.ids}, **given).matrix
    values = alike.to_numpy(dtype=float, copy=True)
    np.fill_diagonal(values, -1.0)
    nearest = dict(zip(alike.index, alike.index[values.argmax(axis=1)], strict=True))
    return sum(nearest[a] in family for family in FAMILIES for a in family)


def size_correlation(corpus: fl.Corpus, given: dict[str, Any]) -> float:
    alike = fl.similarity(corpus, n_jobs=-1, **given)
    mean: dict[str, list[float]] = defaultdict(list)
    for row in alike.frame.dropna(subset=["adjusted"]).itertuples():
        mean[row.a].append(row.adjusted)
        mean[row.b].append(row.adjusted)
    names = sorted(mean)
    return float(spearmanr([np.mean(mean[n]) for n in names], alike.documents[names])[0])


def function_share(corpus: fl.Corpus, given: dict[str, Any], pairs: int = 10) -> float:
    alike = fl.similarity(corpus, min_documents=40, n_jobs=-1, **given)
    shares = []
    for a, b in itertools.islice(itertools.combinations(sorted(alike.order), 2), pairs):
        terms = alike.explain(a, b)
        pooled = terms.frame.loc[terms.frame["term"] == "(function words)", "part"].sum()
        shares.append(pooled / terms.similarity)
    return float(np.mean(shares))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--only", choices=SETTINGS)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    articles = pd.DataFrame(read_jsonl(options.shared / "data/articles.jsonl"))
    articles["id"] = articles["id"].astype(str)
    whole = fl.read(articles[["id", "source", "text"]], n_jobs=-1)
    large = articles[articles.groupby("source")["id"].transform("size") >= FEWEST]
    kept = fl.read(large[["id", "source", "text"]], n_jobs=-1)
    events = read_jsonl(options.shared / "data/events.jsonl")
    event_of = {str(id_): event["event"] for event in events for id_ in event["ids"]}
    reports = fl.read(articles[articles["id"].isin(event_of)][["id", "source", "text"]], n_jobs=-1)
    print(f"{len(articles)} articles; {large['source'].nunique()} outlets with {FEWEST} and more; "
          f"{len(reports)} reports of known events; seeds 0 to {options.seeds - 1}")  # fmt: skip
    print(f"{'':34}{'event':>8}{'topics':>8}{'halves':>8}{'seeds':>8}{'size':>8}{'function':>9}")
    print(f"{'must':34}{'.65':>8}{'.80':>8}{'.87':>8}{'4 of 4':>8}{'.15':>8}{'':>9}")
    for name, given in SETTINGS.items():
        if options.only not in (None, name):
            continue
        shares = {
            split: [
                find_halves(
                    kept,
                    split(large, np.random.default_rng(seed)),
                    given,
                    disjoint=split is topic_halves,
                )
                for seed in range(options.seeds)
            ]
            for split in (topic_halves, random_halves)
        }
        print(f"{name:34}{nearest_event(reports, event_of, given):8.3f}"
              f"{np.mean(shares[topic_halves]):8.3f}{np.mean(shares[random_halves]):8.3f}"
              f"{seeds_right(options.shared, given):>3} of 4{size_correlation(whole, given):8.3f}"
              f"{function_share(whole, given):9.3f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
