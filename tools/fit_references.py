"""Fit how much each clue weighs when the engine decides whom a pronoun means.

Run: python tools/fit_references.py [--shared ../shared] [--output FILE]
Builds ``benchmarks/print_references.cpp``, which prints the clues of everybody whom a pronoun may
mean. Gold are the names of GAP (Apache-2.0) and the chains of persons of GUM's documents whose
licence permits to redistribute weights derived from them. Prints both halves by the weights of the
other, then writes what all documents give.

A conditional logit: of those whom a pronoun may mean, and nobody, one is meant. Where gold leaves
open who, anyone whom it does not rule out is right. Clues hang on whom earlier pronouns mean, so
that the weights are fitted in rounds. Source: Denis and Baldridge 2008, ranking for coreference.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks" / "quality"))
import treebank
from gap import part_of
from persons import chains_of, forms, gold_kinds, named_chains, own_chains
from programs import ROOT, build, write_texts
from quotes import overlap, read_jsonl

ENGLISH = ROOT / "python/framelens/resources/languages/en"
ROUNDS = 4
PRIOR = 1.0  # precision of a weight
LEAST = 0.45  # share of one who is meant
LEAST_ALONE = 0.3  # the same, where everybody else who is near is of the other sex
# A biography has one hero whom most pronouns mean; news is what is read most.
GENRES = {"bio": 0.3, "news": 2.0}
NEWS_WEIGHT = 0.5
# Clues that tell of which sex somebody is.
OF_ONE_SEX = (
    *("given_name_agrees", "given_name_differs", "pronoun_agrees", "pronoun_differs"),
    *("title_agrees", "noun_agrees", "noun_differs", "only_fits"),
    *("last_pronoun", "last_pronoun_subject", "last_pronoun_same", "pronoun_here"),
)
THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8)

Span = tuple[int, int]
Row = dict[str, Any]
Weights = dict[str, Any]


@dataclass
class Pronoun:
    """One decision. `clues` has a row for each who may be meant, and nobody's at the end."""

    clues: np.ndarray
    right: np.ndarray  # whether gold allows each
    entities: list[int]
    row: Row
    named: tuple[set[int], set[int]] | None  # of GAP: whom its names A and B mean
    weight: float


@dataclass
class Text:
    """What the engine found in a text."""

    names: list[tuple[Span, int]]
    pronouns: list[tuple[Span, list[tuple[int, int]]]]


def main() -> None:
    """Fit and write the weights, and print what each half gives on the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--output", type=Path, default=ENGLISH / "references.json")
    chosen = parser.parse_args()
    data = chosen.shared / "data"
    gap = list(read_jsonl(data / "gap.jsonl"))
    gum = [row for row in read_jsonl(data / "treebank.jsonl") if row.get("mentions")]
    news = list(read_jsonl(data / "polnear.jsonl"))
    program = build("print_references")
    for measured, learned in (("held", "tuned"), ("tuned", "held")):
        weights = fit(program, part_of(gap, learned), may_learn(part_of(gum, learned)), news)
        print(f"{measured}, by the weights of {learned}")
        print_curve(program, weights, part_of(gap, measured), part_of(gum, measured))
    weights = fit(program, gap, may_learn(gum), news)
    chosen.output.write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")


def may_learn(rows: list[Row]) -> list[Row]:
    """Return the rows whose licence permits it."""
    return [row for row in rows if row["licence"] in treebank.LICENCES]


def fit(program: Path, gap: list[Row], gum: list[Row], news: list[Row]) -> Weights:
    """Return the weights by which gold is most likely."""
    found: dict[str, float] = {}
    for _ in range(ROUNDS):
        clues, pronouns = decisions(program, as_part(found), gap, gum)
        pronouns += of_news(program, as_part(found), news)
        found = dict(zip(clues, logit(pronouns), strict=True))
    return as_part(found)


def as_part(weights: dict[str, float]) -> Weights:
    """Return weights as ``references.json`` has them."""
    return {"least": LEAST, "least_alone": LEAST_ALONE, "weights": weights}


def of_news(program: Path, weights: Weights, rows: list[Row]) -> list[Pronoun]:
    """Return pronouns that say something ("she said") of articles that have no gold.

    Of those whose sex is known, whoever is of the pronoun's is right; the others, what is no person
    and nobody are wrong. What tells the sex is hidden, so that only place and speech can tell them
    apart. There are as many of "she" as of "he".
    """
    clues, texts = run(program, weights, [row["text"] for row in rows])
    place = {clue: i for i, clue in enumerate(clues)}
    hidden = [place[clue] for clue in OF_ONE_SEX]
    found: dict[bool, list[Pronoun]] = {True: [], False: []}
    for row, text in zip(rows, texts, strict=True):
        for span, rated in text.pronouns:
            x = matrix(rated, len(clues))
            if not x[-1, place["nobody_said"]]:
                continue
            other = x[:, place["given_name_differs"]] > 0
            same = x[:, [place["given_name_agrees"], place["title_agrees"]]].any(axis=1) & ~other
            if not same.any() or not other.any():
                continue
            known = same | other | (x[:, place["unknown_kind"]] > 0)
            known[-1] = True
            x[:, hidden] = 0
            she = row["text"][slice(*span)].lower().startswith(("she", "her"))
            found[she].append(Pronoun(x[known], same[known], [], row, None, NEWS_WEIGHT))
    fewer = min(map(len, found.values()))
    return [p for some in found.values() for p in some[:: max(1, len(some) // fewer)]]


def logit(pronouns: list[Pronoun]) -> list[float]:
    """Return the weights, in hundredths, that gold is most likely by."""
    x = np.vstack([p.clues for p in pronouns])
    right = np.concatenate([p.right for p in pronouns])
    sizes = np.array([len(p.clues) for p in pronouns])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weight = np.array([p.weight for p in pronouns])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ weights
        score -= np.repeat(np.maximum.reduceat(score, starts), sizes)
        likely = np.exp(score)
        allowed = likely * right
        total, good = (np.add.reduceat(part, starts) for part in (likely, allowed))
        good = np.maximum(good, 1e-30)
        slope = likely / np.repeat(total, sizes) - allowed / np.repeat(good, sizes)
        value = weight @ (np.log(total) - np.log(good)) + PRIOR * (weights @ weights) / 2
        return float(value), x.T @ (slope * np.repeat(weight, sizes)) + PRIOR * weights

    found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B",
                     options={"maxiter": 1000, "ftol": 1e-12, "gtol": 1e-7})  # fmt: skip
    return [round(float(weight), 2) for weight in found.x]


def decisions(
    program: Path, weights: Weights, gap: list[Row], gum: list[Row]
) -> tuple[list[str], list[Pronoun]]:
    """Return the names of the clues, and the pronouns of GAP and of GUM."""
    clues, texts = run(program, weights, [row["text"] for row in (*gap, *gum)])
    found = []
    for row, text in zip(gap, texts, strict=False):
        found += of_gap(row, text, len(clues))
    for row, text in zip(gum, texts[len(gap) :], strict=True):
        found += of_gum(row, text, len(clues))
    return clues, found


def run(program: Path, weights: Weights, texts: Sequence[str]) -> tuple[list[str], list[Text]]:
    """Return the names of the clues, and what the engine finds in the texts."""
    language = {**json.loads(treebank.whole_language(ENGLISH)), "references": weights}
    with tempfile.TemporaryDirectory() as folder:
        whole, path = Path(folder) / "language", Path(folder) / "texts"
        whole.write_text(json.dumps(language), encoding="utf-8")
        with path.open("wb") as file:
            write_texts(texts, file)
        command = [str(program), str(whole), str(path)]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    head, *parts = printed.split("\ntext")
    return head.split(), [parse(text, part) for text, part in zip(texts, parts, strict=True)]


def parse(text: str, printed: str) -> Text:
    """Read lines of names and pronouns; the program counts bytes."""
    sizes = accumulate((len(character.encode()) for character in text), initial=0)
    place = {size: index for index, size in enumerate(sizes)}
    found = Text([], [])
    for line in printed.split("\n"):
        if not line:
            continue
        kind, start, end, entity, *rated = line.split("\t")
        span = place[int(start)], place[int(end)]
        if kind == "name":
            found.names.append((span, int(entity)))
            continue
        parts = [tuple(map(int, one.split(":"))) for one in rated]
        found.pronouns.append((span, [(who, low | high << 64) for who, low, high in parts]))
    return found


def matrix(rated: list[tuple[int, int]], size: int) -> np.ndarray:
    """Return clues as numbers, a row for each who may be meant."""
    return np.array([[bits >> i & 1 for i in range(size)] for _, bits in rated], dtype=np.float64)


def of_gap(row: Row, text: Text, size: int) -> list[Pronoun]:
    """Return the pronoun of a row, or none where the engine sees none."""
    a, b = ({who for span, who in text.names if overlap(span, row[n])} for n in ("a", "b"))
    for span, rated in text.pronouns:
        if not overlap(span, row["pronoun"]):
            continue
        entities = [who for who, _ in rated[:-1]]
        if row["a_is"] or row["b_is"]:
            meant = a - b if row["a_is"] else b - a
            right = [who in meant for who in entities]
            right.append(not any(right))
        else:
            right = [who not in a | b for who in entities] + [True]
        return [Pronoun(matrix(rated, size), np.array(right), entities, row, (a, b), 1.0)]
    return []


def of_gum(row: Row, text: Text, size: int) -> list[Pronoun]:
    """Return the pronouns of a document."""
    gold, named = forms(row), named_chains(row)
    chain_of = chains_of(gold, text.names)
    found = []
    for span, rated in text.pronouns:
        own = own_chains(gold, named, span)
        entities = [who for who, _ in rated[:-1]]
        right = [chain_of.get(who) in own for who in entities]
        right.append(not any(right))
        weight = GENRES.get(row["genre"], 1.0)
        found.append(Pronoun(matrix(rated, size), np.array(right), entities, row, None, weight))
    return found


def print_curve(program: Path, weights: Weights, gap: list[Row], gum: list[Row]) -> None:
    """Print what is right and wrong by the least share of one who is meant."""
    clues, pronouns = decisions(program, weights, gap, gum)
    by = np.array([weights["weights"][clue] for clue in clues])
    wanted = sum(gold_kinds(row).count("third person") for row in gum)
    print(f"{'at least':>8} {'GAP F1':>7} {'precision':>10} {'recall':>7} {'unanswered':>11}"
          f" {'GUM precision':>14} {'recall':>7}")  # fmt: skip
    for least in THRESHOLDS:
        hits = alarms = misses = silent = answered = good = 0
        for p in pronouns:
            share = np.exp(p.clues @ by)
            best = int(np.argmax(share[:-1])) if p.entities else None
            if best is not None and share[best] < least * share.sum():
                best = None
            if p.named is None:
                answered += best is not None
                good += best is not None and bool(p.right[best])
                continue
            meant = None if best is None else p.entities[best]
            silent += meant is None
            for is_meant, who in zip((p.row["a_is"], p.row["b_is"]), p.named, strict=True):
                hits += is_meant and meant in who
                alarms += not is_meant and meant in who
                misses += is_meant and meant not in who
        print(f"{least:>8} {2 * hits / (2 * hits + alarms + misses):>7.3f} "
              f"{hits / (hits + alarms):>10.3f} {hits / (hits + misses):>7.3f} "
              f"{silent / len(gap):>11.3f} {good / answered:>14.3f} "
              f"{good / wanted:>7.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
