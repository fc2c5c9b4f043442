"""What keyness finds on known ground, and what it lists.

Run ``python benchmarks/quality/keyness.py``: of words taken out of one of two random halves of an
outlet how many are found; in how many random halves any word is said to differ; the known answer of
one invented word; how many large outlets have a word of q < .05, and their ten best words, for
reading; the time of all sources. Words are printed, no text of an article.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import time
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

import framelens as fl
from framelens.base.languages import stop_words
from framelens.contrast.keyness import contrast_texts

SHARED = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[3] / "shared"))
Rows = list[dict[str, Any]]
STOPS = stop_words("en")
PLANTED = 40


def halves(texts: list[str], seed: int) -> tuple[list[str], list[str]]:
    """Return the texts in random order and the side of each."""
    own = list(texts)
    random.Random(seed).shuffle(own)
    return own, ["a"] * (len(own) // 2) + ["b"] * (len(own) - len(own) // 2)


def planted(outlets: dict[str, list[str]], prior: float) -> tuple[int, int, int]:
    """Return how many of the words taken out of side b are found, of how many, and others.

    They are drawn from the words that a tenth of the articles and more have.
    """
    found = others = 0
    for seed, texts in enumerate(outlets.values()):
        own, labels = halves(texts, seed)
        frequency = Counter(
            word for text in own for word in set(re.findall(r"\b\w\w+\b", text.lower()))
        )
        common = [w for w, n in frequency.items() if n >= len(own) / 10 and w not in STOPS]
        chosen = set(random.Random(seed).sample(sorted(common), PLANTED))
        pattern = re.compile(rf"\b(?:{'|'.join(sorted(chosen))})\b", re.IGNORECASE)
        texts_b = [
            pattern.sub("", text) if side == "b" else text
            for text, side in zip(own, labels, strict=True)
        ]
        frame = contrast_texts(texts_b, labels, only="a", stop_words=STOPS, prior=prior).frame
        marked = set(frame.loc[frame["q"] < 0.05, "term"])
        found += len(marked & chosen)
        others += len(marked - chosen)
    return found, PLANTED * len(outlets), others


def false_alarms(outlets: dict[str, list[str]], splits: int) -> tuple[int, int]:
    """Return in how many random halves any word has q < .05, and how many words."""
    flagged = words = 0
    names = list(outlets)
    for seed in range(splits):
        own, labels = halves(outlets[names[seed % len(names)]], 100 + seed)
        frame = contrast_texts(own, labels, only="a", stop_words=STOPS, seed=seed).frame
        below = int((frame["q"] < 0.05).sum())
        flagged += below > 0
        words += below
    return flagged, words


def known_answer() -> float:
    """Return the q of a word of one's own, three times in each of 20 of 60 random articles."""
    rng = np.random.default_rng(0)
    words = np.array([f"nonsense{i}" for i in range(3000)])
    shares = 1.0 / np.arange(1, 3001)
    shares /= shares.sum()
    texts = [
        " ".join([*rng.choice(words, 600, p=shares), *(["own"] * 3 if i < 20 else [])])
        for i in range(60)
    ]
    frame = contrast_texts(texts, ["a"] * 20 + ["b"] * 40, only="a").frame
    return float(frame.loc[frame["term"] == "own", "q"].iloc[0])


def best_words(found: Any, sources: list[str], terms: int = 10) -> dict[str, list[str]]:
    """Return the best words of each source, those that the plot may show."""
    frame = found.frame
    enough = np.maximum(5, 0.05 * frame["documents"])
    shown = frame[(frame["range"] >= enough) & (frame["score"] > 0)]
    return {
        source: [
            f"{row.term}{'' if row.q < 0.05 else '°'}"
            for row in shown[shown["source"] == source].head(terms).itertuples()
        ]
        for source in sources
    }


def main() -> None:
    """Print all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--splits", type=int, default=20)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    with (SHARED / "data" / "articles.jsonl").open(encoding="utf-8") as lines:
        articles: Rows = [json.loads(line) for line in lines]
    largest = [name for name, _ in Counter(row["source"] for row in articles).most_common(30)]
    outlets = {
        name: [row["text"] for row in articles if row["source"] == name] for name in largest[:3]
    }
    print(f"known answer, q of a word of one's own: {known_answer():.4f} (reach < 0.05)")
    for prior in (500.0, 0.1):
        found, of, others = planted(outlets, prior)
        print(
            f"planted words, prior={prior:g}: {found} of {of}, others {others} (reach 110 of 120)"
        )
    flagged, words = false_alarms(outlets, options.splits)
    print(
        f"random halves with any q < .05: {flagged} of {options.splits} (reach 2), {words} words",
        flush=True,
    )
    corpus = fl.read([{name: row[name] for name in ("id", "source", "text")} for row in articles])
    corpus.annotations.words()
    start = time.process_time()
    result = fl.keyness(corpus)
    seconds = time.process_time() - start
    print(f"keyness of {len(corpus.sources)} sources: {seconds:.1f} s of one core (reach 60)")
    q = result.frame.groupby("source")["q"].min()
    marked = sum(q[name] < 0.05 for name in largest)
    print(f"of the 30 largest outlets with a word of q < .05: {marked} (reach 28)")
    shares = result.masked_share[result.masked_share > 0].sort_values(ascending=False)
    print("masked: " + ", ".join(f"{name} {share:.1%}" for name, share in shares.items()))
    print("\nThe ten best words of the 30 largest (° q >= .05)")
    for name, shown in best_words(result, largest).items():
        print(f"{name}: {', '.join(shown)}")


if __name__ == "__main__":
    main()
