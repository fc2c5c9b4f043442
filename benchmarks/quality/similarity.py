"""What similarity and keyness find on known ground.

Run ``python benchmarks/quality/similarity.py [--seeds N] [--runs N]``: whether a source's half is
nearest to its other half, whether articles of one event find each other, whether sources of one
leaning are alike, how often intervals hold the true value, and what random halves make keyness say.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

import framelens as fl
from framelens.contrast.keyness import contrast_texts
from framelens.contrast.similarity import Similarity, compare_texts

SHARED = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[3] / "shared"))
Rows = list[dict[str, Any]]


def read(name: str) -> Rows:
    with (SHARED / "data" / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def large(articles: Rows, least: int = 40) -> Rows:
    count = Counter(row["source"] for row in articles)
    left_out = ("Guest Writer - Right", "The Flip Side")
    return [r for r in articles if count[r["source"]] >= least and r["source"] not in left_out]


def halves(labels: list[str], seed: int) -> list[str]:
    rng = np.random.default_rng(seed)
    found = list(labels)
    for name in sorted(set(labels)):
        places = np.flatnonzero(np.array(labels) == name)
        rng.shuffle(places)
        for half, part in enumerate(np.array_split(places, 2)):
            for place in part:
                found[place] = f"{name}|{half}"
    return found


def square(found: Similarity, column: str) -> tuple[np.ndarray, list[str]]:
    names = list(found.matrix.index)
    matrix = pd.DataFrame(-np.inf, index=names, columns=names)
    for row in found.frame.itertuples():
        matrix.loc[row.a, row.b] = matrix.loc[row.b, row.a] = getattr(row, column)
    return matrix.to_numpy(), names


def identity(articles: Rows, seeds: int) -> None:
    kept = large(articles)
    fox = ("Fox News", "Fox Online News")
    sources = ["Fox" if row["source"] in fox else row["source"] for row in kept]
    corpus = fl.read(
        pd.DataFrame(
            {"id": [r["id"] for r in kept], "source": sources, "text": [r["text"] for r in kept]}
        )
    )
    texts = {"whole text": corpus.texts, "headline, subhead, body": corpus.text_of_zones()}
    by_hand = []
    rows = TfidfVectorizer().fit_transform(corpus.texts)
    for seed in range(seeds):
        group = pd.Categorical(halves(sources, seed))
        means = np.array(
            [rows[group.codes == k].mean(axis=0).A1 for k in range(len(group.categories))]
        )
        means -= means.mean(axis=0)
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        by_hand.append(found_itself(means @ means.T, list(group.categories)))
    print(
        f"\nA half's nearest is its other half, {len(set(sources))} sources, centred, {seeds} seeds"
    )
    print(f"  {'by hand in scikit-learn, cosine of centroids':60}{np.mean(by_hand):.3f}")
    for (what, of), sublinear in itertools.product(texts.items(), (False, True)):
        shares: dict[str, list[float]] = {"similarity": [], "adjusted": []}
        for seed in range(seeds):
            found = compare_texts(of, halves(sources, seed), centre=True, sublinear_tf=sublinear)
            for column, values in shares.items():
                values.append(found_itself(*square(found, column)))
        for column, values in shares.items():
            label = f"{column}, {what}{', sublinear' if sublinear else ''}"
            parts = f"even seeds {np.mean(values[::2]):.3f}, odd {np.mean(values[1::2]):.3f}"
            print(f"  {label:60}{np.mean(values):.3f}  ({parts}; chosen on the even)", flush=True)
    whole, labels = [r["text"] for r in kept], [r["source"] for r in kept]
    for sublinear in (False, True):
        apart = compare_texts(whole, labels, centre=True, sublinear_tf=sublinear)
        for column in ("similarity", "adjusted"):
            values_, names = square(apart, column)
            ranks = []
            for one, other in (fox, fox[::-1]):
                ranked = [names[k] for k in np.argsort(-values_[names.index(one)])]
                ranks.append(ranked.index(other) + 1)
            setting = f"{column}{', sublinear' if sublinear else ''}"
            print(f"  the two Fox among each other's nearest, {setting}: {ranks} (reach 3)")


def found_itself(values: np.ndarray, names: list[str]) -> float:
    values = values.copy()
    np.fill_diagonal(values, -np.inf)
    best = [names[k] for k in values.argmax(axis=1)]
    return float(
        np.mean([a.split("|")[0] == b.split("|")[0] for a, b in zip(names, best, strict=True)])
    )


def leaning(articles: Rows, figure: Path | None) -> None:
    kept = large(articles)
    leans = {row["source"]: row["lean"] for row in kept}
    found = compare_texts([r["text"] for r in kept], [r["source"] for r in kept], centre=True).frame
    same = found["a"].map(leans) == found["b"].map(leans)
    values = found["adjusted"].to_numpy()
    wins = (values[same.to_numpy()][:, None] > values[~same.to_numpy()][None, :]).mean()
    print(f"\nPairs of one leaning are more alike than others (AUC, centred, adjusted): {wins:.2f}")
    if figure is not None:
        draw_leaning(values, same.to_numpy(), wins, figure)


def draw_leaning(values: np.ndarray, same: np.ndarray, wins: float, path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.0, 2.6), layout="constrained")
    ax = figure.subplots()
    rng = np.random.default_rng(0)
    for y, (chosen, colour) in enumerate(((same, "#0072B2"), (~same, "#D55E00"))):
        jitter = y + rng.uniform(-0.28, 0.28, int(chosen.sum()))
        ax.scatter(values[chosen], jitter, s=9, color=colour, alpha=0.6, linewidths=0)
        ax.plot([np.median(values[chosen])] * 2, [y - 0.38, y + 0.38], color="black")
    ax.set_yticks([0, 1], ["one leaning", "different leanings"])
    ax.set_ylim(1.5, -0.5)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.set_xlabel("adjusted similarity of two outlets, centred (line: median)")
    ax.set_title(f"Outlets of one leaning are hardly more alike: AUC {wins:.2f}", loc="left")
    figure.savefig(path, dpi=110)


def events(articles: Rows) -> None:
    event_of = {id_: k for k, event in enumerate(read("events.jsonl")) for id_ in event["ids"]}
    rows = [row for row in articles if row["id"] in event_of]
    columns = ("id", "source", "title", "date", "text")
    corpus = fl.read(pd.DataFrame({name: [r[name] or None for r in rows] for name in columns}))
    peer = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(corpus.texts)
    products = (peer @ peer.T).toarray()
    np.fill_diagonal(products, -1.0)
    event = np.array([event_of[id_] for id_ in corpus.ids])
    by_peer = event[products.argmax(axis=1)] == event
    found = corpus.same_event()
    first = found.frame[found.frame["rank"] == 1].set_index("doc")["candidate"].map(event_of)
    ours = first.reindex(corpus.ids).to_numpy() == event
    print(f"\nThe nearest reports the same event, {len(rows)} articles (reach 0.875)")
    for name, same in (("scikit-learn, text only", by_peer), ("same_event", ours)):
        halves_ = f"even {same[event % 2 == 0].mean():.3f}, odd {same[event % 2 == 1].mean():.3f}"
        print(f"  {name:30}{same.mean():.3f}  ({halves_}; constants chosen on the even events)")
    pairs = {
        p
        for _, ids in found.groups.groupby(found.groups)
        for p in itertools.combinations(ids.index, 2)
    }
    true = sum(event_of[a] == event_of[b] for a, b in pairs)
    known = sum(n * (n - 1) // 2 for n in Counter(event.tolist()).values())
    print(f"  groups: precision {true / len(pairs):.2f}, recall {true / known:.2f} of pairs")


def coverage(articles: Rows, runs: int) -> None:
    # A population of articles, of which small samples are drawn.
    names = [name for name, _ in Counter(row["source"] for row in articles).most_common(2)]
    texts = {name: [r["text"] for r in articles if r["source"] == name] for name in names}
    labels = [name for name in names for _ in texts[name]]
    everything = [text for name in names for text in texts[name]]
    truth = compare_texts(everything, labels).frame["adjusted"].iloc[0]
    # The prior draws scores to 0, the more the smaller the sample: it is worth as large a part of
    # the population's words as of the sample's.
    size = 500.0 * len(everything) / 60
    whole = contrast_texts(everything, labels, only=names[0], permutations=0, prior=size).frame
    # Terms are chosen by the population: those that are common in a sample are so by chance too.
    corpus_count = Counter(
        word for text in everything for word in re.findall(r"\b\w\w+\b", text.lower())
    )
    common = [w for w in whole["term"] if corpus_count[w] * 60 >= 20 * len(everything)]
    true_score = whole.set_index("term")["score"].loc[common]
    held, held_terms = [], []
    for run in range(runs):
        rng = random.Random(run)
        drawn = [text for name in names for text in rng.choices(texts[name], k=30)]
        sources = [name for name in names for _ in range(30)]
        row = compare_texts(drawn, sources).frame.iloc[0]
        held.append(row["low"] <= truth <= row["high"])
        if run < 40:
            scores = contrast_texts(
                drawn, sources, only=names[0], permutations=0, min_count=20, prior=500
            ).frame
            expected = scores["term"].map(true_score)
            inside = (scores["low"] <= expected) & (expected <= scores["high"])
            held_terms.append(inside[expected.notna()].mean())
    print(
        f"\nCoverage of 95% intervals, {names[0]} and {names[1]}, 30 articles each drawn from all"
    )
    print(f"  adjusted, {runs} runs: {np.mean(held):.3f} (reach 0.92 to 0.98)")
    print(
        f"  keyness, terms that 60 articles have 20 times: {np.mean(held_terms):.3f} (same reach)"
    )


def random_halves(articles: Rows) -> None:
    texts = {
        name: [row["text"] for row in articles if row["source"].startswith(name)]
        for name in ("Washington Times", "CNN")
    }
    flagged = 0
    for seed in range(20):
        own = list(texts["Washington Times" if seed % 2 else "CNN"])
        random.Random(seed).shuffle(own)
        labels = ["a"] * (len(own) // 2) + ["b"] * (len(own) - len(own) // 2)
        found = contrast_texts(own, labels, only="a", min_count=2, seed=seed).frame
        flagged += bool((found["q"] < 0.05).any())
    print(f"\nKeyness of random halves: {flagged} of 20 runs with any q < .05 (reach at most 2)")
    pair = [text for name in texts for text in texts[name]]
    labels = [name for name in texts for _ in texts[name]]
    found = contrast_texts(pair, labels, only="Washington Times", min_count=2).frame
    print(f"Washington Times against CNN: {(found['q'] < 0.05).sum()} terms (reach 100)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--figure", type=Path, help="where to draw similarity by leaning")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", message="left missing")
    articles = read("articles.jsonl")
    random_halves(articles)
    events(articles)
    leaning(articles, options.figure)
    coverage(articles, options.runs)
    identity(articles, options.seeds)


if __name__ == "__main__":
    main()
