"""Whom the pronouns of GAP mean, by the official rule, and the same texts with genders swapped.

Run: python benchmarks/quality/gap.py [--shared ../shared] [--part tuned|held|all]
A text is read alone. Each of its two names is a decision: is it whom the pronoun means? F1 is over
these, the ratio is F1 of feminine to that of masculine pronouns. Rules are tuned on half of the
texts, `tuned`. Swapped are pronouns, honorifics and the given names that the language's file has; a
decision is equal if the same place of the text, or nobody, is meant.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from quotes import overlap

import framelens as fl
from framelens import _core

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*\.?")
PRONOUNS = {"he": "she", "she": "he", "him": "her", "himself": "herself", "herself": "himself",
            "hers": "his"}  # fmt: skip
HONORIFICS = {"Mr.": "Ms.", "Mr": "Ms", "Mrs.": "Mr.", "Mrs": "Mr", "Ms.": "Mr.", "Ms": "Mr",
              "Miss": "Mr.", "Sir": "Dame", "Dame": "Sir", "Lord": "Lady", "Lady": "Lord",
              "King": "Queen", "Queen": "King", "Prince": "Princess", "Princess": "Prince",
              "actor": "actress", "actress": "actor", "husband": "wife", "wife": "husband",
              "son": "daughter", "daughter": "son", "brother": "sister", "sister": "brother",
              "father": "mother", "mother": "father", "man": "woman", "woman": "man",
              "boy": "girl", "girl": "boy"}  # fmt: skip
# Behind these "her" is no possessive.
AFTER_OBJECT = {
    "to", "in", "on", "at", "for", "from", "with", "by", "as", "of", "into", "about", "over",
    "after", "before", "and", "or", "but", "that", "the", "a", "an", "is", "was", "were", "when",
    "while", "who", "which", "because", "if", "so", "up", "down", "out", "back", "away", "off",
    "again", "not", "until", "during", "through", "his", "their", "there", "then", "than",
}  # fmt: skip


@dataclass
class Answer:
    """Whom a pronoun means: which of the two names, and where that person is first named."""

    a: bool
    b: bool
    first: int | None  # None where nobody is meant


def main() -> None:
    chosen = options(__doc__).parse_args()
    with (chosen.shared / "data" / "gap.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = part_of(rows, chosen.part)
    answers = [answer(row) for row in rows]
    print(f"GAP, {chosen.part}: {len(rows)} pronouns")
    print_scores(rows, answers)
    swap = Swap()
    swapped = [swap.row(row) for row in rows]
    print_swapped(rows, answers, [moved for _, moved in swapped],
                  [answer(row) for row, _ in swapped])  # fmt: skip


def options(doc: str) -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(description=doc.splitlines()[0])
    found.add_argument("--shared", type=Path, default=Path("../shared"))
    found.add_argument("--part", choices=["tuned", "held", "all"], default="all")
    return found


def part_of(rows: list[dict[str, Any]], part: str) -> list[dict[str, Any]]:
    """Return the half that rules are tuned on, the other, or all."""
    halves = {"tuned": [True], "held": [False], "all": [True, False]}[part]
    return [row for row in rows if (zlib.crc32(row["id"].encode()) % 2 == 0) in halves]


def answer(row: dict[str, Any]) -> Answer:
    corpus = fl.read([{"source": "gap", "text": row["text"]}])
    _, places = _core.find_actors(corpus.annotations, [0])
    bearers, missing = places["actor"]
    meant: int | None = None
    named: dict[str, set[int]] = {"a": set(), "b": set()}
    first: dict[int, int] = {}
    for i, form in enumerate(places["form"]):
        if missing[i] or places["kind"][i] != "person":
            continue
        span, bearer = (int(places["start"][i]), int(places["end"][i])), int(bearers[i])
        if form == "pronoun":
            if overlap(span, row["pronoun"]):
                meant = bearer
        elif form in ("name", "title"):
            first.setdefault(bearer, span[0])
            for which in ("a", "b"):
                if overlap(span, row[which]):
                    named[which].add(bearer)
    return Answer(meant in named["a"], meant in named["b"],
                  None if meant is None else first.get(meant, -1))  # fmt: skip


def counts(rows: list[dict[str, Any]], answers: list[Answer]) -> np.ndarray[Any, Any]:
    """Return hits, false alarms and misses of each pronoun's two decisions."""
    out = np.zeros((len(rows), 3))
    for i, (row, found) in enumerate(zip(rows, answers, strict=True)):
        for gold, said in ((row["a_is"], found.a), (row["b_is"], found.b)):
            out[i] += (gold and said, said and not gold, gold and not said)
    return out


def f1(counted: np.ndarray[Any, Any]) -> float:
    hits, alarms, misses = counted.sum(axis=0)
    return float(2 * hits / max(1, 2 * hits + alarms + misses))


def print_scores(rows: list[dict[str, Any]], answers: list[Answer]) -> None:
    counted = counts(rows, answers)
    feminine = np.array([row["feminine"] for row in rows])
    groups = {"all": np.full(len(rows), True), "masculine": ~feminine, "feminine": feminine}
    rng = np.random.default_rng(20261130)
    draws: dict[str, list[float]] = {name: [] for name in (*groups, "ratio")}
    for _ in range(1000):
        drawn = rng.integers(0, len(rows), len(rows))
        for name, members in groups.items():
            draws[name].append(f1(counted[drawn[members[drawn]]]))
        draws["ratio"].append(draws["feminine"][-1] / max(1e-9, draws["masculine"][-1]))
    print(f"{'':<10}{'n':>5} {'F1':>6} {'95% interval':>16} {'precision':>10} {'recall':>7} "
          f"{'unanswered':>11}")  # fmt: skip
    value = {name: f1(counted[members]) for name, members in groups.items()}
    value["ratio"] = value["feminine"] / value["masculine"]
    for name, members in groups.items():
        hits, alarms, misses = counted[members].sum(axis=0)
        silent = np.mean(
            [found.first is None for found, m in zip(answers, members, strict=True) if m]
        )
        print(f"{name:<10}{members.sum():>5} {value[name]:>6.3f} {interval(draws[name]):>16} "
              f"{hits / max(1, hits + alarms):>10.3f} {hits / max(1, hits + misses):>7.3f} "
              f"{silent:>11.3f}")  # fmt: skip
    print(f"{'ratio':<15} {value['ratio']:>6.3f} {interval(draws['ratio']):>16}")


def interval(values: list[float]) -> str:
    low, high = np.quantile(values, [0.025, 0.975])
    return f"{low:.3f} to {high:.3f}"


class Swap:
    """Swaps genders in a text and keeps its places."""

    def __init__(self) -> None:
        folder = files("framelens") / "resources" / "languages" / "en"
        parts = ("cues", "roles", "nations", "function_words", "names")
        read = {part: json.loads((folder / f"{part}.json").read_text("utf-8")) for part in parts}
        names = read["names"].pop("given_names")
        both = set(names["masculine"]) & set(names["feminine"])
        he, she = (sorted(set(names[kind]) - both) for kind in ("masculine", "feminine"))
        # No names that are words or places as well: "Mark", "Grace", "Florence".
        words = set(WORD.findall(json.dumps(read, ensure_ascii=False).lower()))
        he, she = ([n for n in names if n.lower() not in words] for names in (he, she))
        self.names = {name: pick(she, name) for name in he}
        self.names |= {name: pick(he, name) for name in she}

    def word(self, word: str, rest: str) -> str:
        lower = word.lower()
        if lower == "her":
            follows = WORD.match(rest.lstrip())
            own = follows and rest[:1] == " " and follows.group().lower() not in AFTER_OBJECT
            return like(word, "his" if own else "him")
        if lower == "his":
            return like(word, "her" if WORD.match(rest.lstrip()) and rest[:1] == " " else "hers")
        if lower in PRONOUNS:
            return like(word, PRONOUNS[lower])
        if word in HONORIFICS:
            return HONORIFICS[word]
        bare = word.removesuffix(".")
        for ending in ("", "'s", "’s"):
            name = bare.removesuffix(ending)
            if name in self.names and bare == name + ending:
                return self.names[name] + word[len(name) :]
        return word

    def row(self, row: dict[str, Any]) -> tuple[dict[str, Any], dict[int, int]]:
        """Return the row with its text swapped, and where each place of the text went."""
        text, out, size, moved = row["text"], [], 0, {}
        at = 0
        for found in WORD.finditer(text):
            for place in range(at, found.start()):
                moved[place] = size + place - at
            out.append(text[at : found.start()])
            size += found.start() - at
            word = self.word(found.group(), text[found.end() :])
            for place in range(found.start(), found.end()):
                moved[place] = size + min(place - found.start(), max(len(word) - 1, 0))
            moved[found.start()] = size
            out.append(word)
            size += len(word)
            at = found.end()
        for place in range(at, len(text) + 1):
            moved[place] = size + place - at
        out.append(text[at:])
        spans = {
            key: [moved[row[key][0]], moved[row[key][1] - 1] + 1] for key in ("pronoun", "a", "b")
        }
        return {**row, "text": "".join(out), **spans}, moved


def pick(names: list[str], name: str) -> str:
    return names[zlib.crc32(name.encode()) % len(names)]


def like(word: str, other: str) -> str:
    return other.capitalize() if word[0].isupper() else other


def print_swapped(
    rows: list[dict[str, Any]],
    answers: list[Answer],
    moves: list[dict[int, int]],
    swapped: list[Answer],
) -> None:
    def same(one: Answer, moved: dict[int, int], other: Answer) -> bool:
        if one.first is None or other.first is None:
            return one.first is other.first
        return (one.a, one.b) == (other.a, other.b) and moved.get(one.first, -1) == other.first

    equal = [same(*pair) for pair in zip(answers, moves, swapped, strict=True)]
    print(f"swap test: {np.mean(equal):.3f} of {len(rows)} decisions equal")
    print(f"{'unanswered':<12}{'as printed':>11}{'swapped':>9}")
    for name, wanted in (("masculine", False), ("feminine", True)):
        one = [found.first is None for row, found in zip(rows, answers, strict=True)
               if row["feminine"] == wanted]  # fmt: skip
        other = [found.first is None for row, found in zip(rows, swapped, strict=True)
                 if row["feminine"] != wanted]  # fmt: skip
        print(f"{name:<12}{np.mean(one):>11.3f}{np.mean(other):>9.3f}")
    print("A row is of the printed pronoun; what was swapped stands in the other's column.")


if __name__ == "__main__":
    main()
