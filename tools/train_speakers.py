"""Learn how much each feature speaks for who says a quotation, where the rules are unsure.

Run: python tools/train_speakers.py [--shared ../shared] [--output FILE] [--left-out FILE]
Gold are the sources of PolNeAR's attributions. The engine itself tells who may speak, and what is
seen of each: where he stands, never which words. Writes the weights of all publishers, and, for
``benchmarks/quality/quotes.py``, those of all but each one.

A conditional logit: of those who may speak, and nobody, one is right. Weights are rounded to whole
numbers. How far somebody must be ahead of whom the rules found is chosen on the folds, publisher by
publisher: where most answers are right. Both are the same to the byte wherever the same versions of
NumPy and SciPy run. Source: O'Keefe et al. 2012.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.sparse import csr_array, vstack

import framelens as fl
from framelens import _core
from framelens.base import languages

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks" / "quality"))
from quotes import overlaps_any, read_jsonl

ROOT = Path(__file__).resolve().parents[1]
RESOURCES = ROOT / "python/framelens/resources/languages/en"
PRIOR = 4.0  # precision of a weight
SURE_WEIGHT = 0.4  # of a quotation that the rules are sure of
LEAST = range(0, 33, 4)  # what is tried
TRAINED = "tools/train_speakers.py, PolNeAR (840 articles of 7 publishers), a conditional logit"

Row = dict[str, Any]
Weights = dict[str, Any]


@dataclass
class Choice:
    """A quotation. `seen` has a row for each who may speak, the last for nobody."""

    publisher: str
    sure: bool  # the rules are
    seen: csr_array
    right: np.ndarray
    by_rule: np.ndarray  # whom the rules found


def main() -> None:
    """Learn and write the weights, and print what each publisher gets by the others' weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--output", type=Path, default=RESOURCES / "speakers.json")
    parser.add_argument("--left-out", type=Path, default=ROOT / "build/speakers_left_out.json")
    chosen = parser.parse_args()
    choices, unit = read_choices(list(read_jsonl(chosen.shared / "data/polnear.jsonl")))
    publishers = sorted({choice.publisher for choice in choices})
    left_out = {}
    print(f"{'left out':14} {'quotations':>10} {'rules':>6} {'ranked':>7} {'least':>6}")
    for publisher in publishers:
        others = [choice for choice in choices if choice.publisher != publisher]
        own = [c for c in choices if c.publisher == publisher and not c.sure]
        left_out[publisher] = learn(others, unit)
        print_measured(publisher, left_out[publisher], own)
    write(chosen.left_out, left_out)
    write(chosen.output, learn(choices, unit))


def write(path: Path, content: Any) -> None:
    """Write JSON."""
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def read_choices(records: list[Row]) -> tuple[list[Choice], int]:
    """Return the quotations, and how many whole numbers a unit of the logit has."""
    frame = pd.DataFrame(
        {
            "id": [r["id"] for r in records],
            "source": [r["publisher"] for r in records],
            "text": [r["text"] for r in records],
        }
    )
    rules = {**languages._content("en")}
    rules.pop("speakers", None)
    corpus = fl.read(frame, language=rules)
    found = _core.possible_speakers(corpus.annotations)
    features = found.pop("features")
    count, none, unit = (found.pop(key) for key in ("feature_count", "no_feature", "unit"))
    table = pd.DataFrame(found)
    choices = []
    for (doc, start, end), rows in table.groupby(["doc", "quotation_start", "quotation_end"]):
        record = records[doc]
        sources = [
            span
            for a in record["attributions"]
            if overlaps_any((start, end), a["content"])
            for span in a["source"]
        ]
        spans = zip(rows["start"], rows["end"], strict=True)
        right = np.array([overlaps_any(span, sources) for span in spans])
        right[-1] = not right.any()  # nobody
        choices.append(
            Choice(
                record["publisher"],
                bool(rows["sure"].iloc[0]),
                matrix(features[rows.index], count, none),
                right,
                rows["by_rule"].to_numpy().astype(bool),
            )
        )
    return choices, unit


def matrix(features: np.ndarray, count: int, none: int) -> csr_array:
    """Return indicators, a row for each who may speak."""
    given = features != none
    ends = np.concatenate([[0], np.cumsum(given.sum(axis=1))])
    shape = (len(features), count)
    return csr_array((np.ones(ends[-1]), features[given], ends), shape=shape)


def learn(choices: list[Choice], unit: int) -> Weights:
    """Return weights, with how far the best must be ahead as each publisher's others tell."""
    right = np.zeros(len(LEAST))
    for publisher in sorted({choice.publisher for choice in choices}):
        weights = fit([choice for choice in choices if choice.publisher != publisher], unit)
        own = [c for c in choices if c.publisher == publisher and not c.sure]
        right += [sum(is_right(weights, least, choice) for choice in own) for least in LEAST]
    weights = fit(choices, unit).astype(np.int8).tobytes()
    return {
        "trained": TRAINED,
        "least": LEAST[int(np.argmax(right))],
        "weights": weights.hex(),
        "checksum": zlib.crc32(weights),
    }


def fit(choices: list[Choice], unit: int) -> np.ndarray:
    """Return the weights, as whole numbers, by which gold is most likely."""
    usable = [choice for choice in choices if choice.right.any()]
    seen = vstack([choice.seen for choice in usable], format="csr")
    right = np.concatenate([choice.right for choice in usable])
    sizes = np.array([len(choice.right) for choice in usable])
    trust = np.array([SURE_WEIGHT if choice.sure else 1.0 for choice in usable])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = seen @ weights
        score -= np.repeat(np.maximum.reduceat(score, starts), sizes)
        likely = np.exp(score)
        allowed = likely * right
        total = np.add.reduceat(likely, starts)
        good = np.maximum(np.add.reduceat(allowed, starts), 1e-30)
        slope = likely / np.repeat(total, sizes) - allowed / np.repeat(good, sizes)
        slope *= np.repeat(trust, sizes)
        value = float(trust @ (np.log(total) - np.log(good))) + PRIOR * (weights @ weights) / 2
        return value, seen.T @ slope + PRIOR * weights

    found = minimize(loss, np.zeros(seen.shape[1]), jac=True, method="L-BFGS-B",
                     options={"maxiter": 300})  # fmt: skip
    return np.clip(np.rint(unit * found.x), -127, 127)


def is_right(weights: np.ndarray, least: int, choice: Choice) -> bool:
    """Tell whether the answer is right: whom the rules found, if nobody is far enough ahead."""
    score = choice.seen @ weights
    best = int(np.argmax(score))
    found = np.flatnonzero(choice.by_rule[:-1])
    if len(found):
        by_rule = int(found[np.argmax(score[found])])
        if score[best] - score[by_rule] < least:
            best = by_rule
    return bool(choice.right[best])


def print_measured(publisher: str, weights: Weights, choices: list[Choice]) -> None:
    """Print what a publisher's quotations get."""
    by = np.frombuffer(bytes.fromhex(weights["weights"]), np.int8).astype(float)
    right = np.mean([is_right(by, weights["least"], choice) for choice in choices])
    rules = np.mean([choice.right[choice.by_rule].any() for choice in choices])
    print(f"{publisher:14} {len(choices):>10} {rules:>6.3f} {right:>7.3f} {weights['least']:>6}")


if __name__ == "__main__":
    main()
