"""Whom pronouns and descriptions mean, against the chains of persons in GUM.

Run: python benchmarks/quality/persons.py [--shared ../shared] [--part tuned|held|all] [--errors]
Gold is every chain of type person that has a name. A pronoun or description that is answered is
right if the names of whom it means stand in its own chain; what stands in no such chain is wrong.
Rules are tuned on half of the documents, `tuned`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

from gap import options, part_of
from quotes import Span, overlap

import framelens as fl
from framelens import _core

# Chain, form, span and head.
Mention = tuple[int, str, Span, Span]
THIRD = set(
    "he him his himself she her hers herself they them their theirs themselves".split()  # noqa: SIM905
)


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    chosen = parser.parse_args()
    with (chosen.shared / "data" / "treebank.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("mentions")]
    rows = part_of(rows, chosen.part)
    judged = [item for row in rows for item in judge(row)]
    wanted = Counter(kind for row in rows for kind in gold_kinds(row))
    print(f"GUM, {chosen.part}: {len(rows)} documents")
    print(f"{'':<16}{'gold':>6}{'answered':>10}{'precision':>11}{'recall':>8}")
    kinds = ("third person", "description", "first, second")
    for name, some in (*((kind, (kind,)) for kind in kinds), ("third, described", kinds[:2]),
                       ("all", kinds)):  # fmt: skip
        print_row(name, sum(wanted[kind] for kind in some), [j for j in judged if j[0] in some])
    if chosen.errors:
        for kind, right, shown in judged:
            if not right:
                print(f"{kind}: {shown}")


def print_row(name: str, gold: int, judged: list[tuple[str, bool, str]]) -> None:
    right = sum(j[1] for j in judged)
    print(f"{name:<16}{gold:>6}{len(judged):>10}{right / max(1, len(judged)):>11.3f}"
          f"{right / max(1, gold):>8.3f}")  # fmt: skip


def forms(row: dict[str, Any]) -> list[Mention]:
    """Return chain, form, span and head of every mention of a person."""
    out = []
    tokens = [(sentence, i) for sentence in row["sentences"] for i in range(len(sentence))]
    for chain, kind, start, end in row["mentions"]:
        if kind != "person":
            continue
        inside = [(s, i) for s, i in tokens if start <= s[i][0] < end]
        own = {i + 1 for _, i in inside}
        heads = [(s, i) for s, i in inside if s[i][4] not in own]
        if not heads:
            continue
        sentence, i = heads[0]
        tag = sentence[i][2]
        form = "name" if tag == "PROPN" else "pronoun" if tag in ("PRON", "DET") else "description"
        out.append((chain, form, (start, end), (sentence[i][0], sentence[i][1])))
    return out


def named_chains(row: dict[str, Any]) -> set[int]:
    return {chain for chain, form, _, _ in forms(row) if form == "name"}


def kind_of(row: dict[str, Any], form: str, head: Span) -> str:
    if form == "description":
        return form
    third = row["text"][head[0] : head[1]].lower() in THIRD
    return "third person" if third else "first, second"


def gold_kinds(row: dict[str, Any]) -> list[str]:
    named = named_chains(row)
    return [kind_of(row, form, head) for chain, form, _, head in forms(row)
            if chain in named and form != "name"]  # fmt: skip


def chains_of(gold: list[Mention], names: list[tuple[Span, int]]) -> dict[int, int]:
    """Return for each bearer of names the chain in which most of them stand."""
    chains: dict[int, Counter[int]] = defaultdict(Counter)
    for span, bearer in names:
        for chain, form, _, head in gold:
            if form == "name" and overlap(head, span):
                chains[bearer][chain] += 1
    return {bearer: counts.most_common(1)[0][0] for bearer, counts in chains.items()}


def own_chains(gold: list[Mention], named: set[int], span: Span) -> set[int]:
    """Return the chains that have a name and a mention whose head a span covers."""
    return {chain for chain, _, _, head in gold if overlap(head, span) and chain in named}


def judge(row: dict[str, Any]) -> list[tuple[str, bool, str]]:
    """Return kind, whether it is right, and words of each answer."""
    corpus = fl.read([{"source": "gum", "text": row["text"]}])
    _, places = _core.find_actors(corpus.annotations, [0])
    gold, named = forms(row), named_chains(row)
    bearers, missing = places["actor"]
    names, answers = [], []
    for i, form in enumerate(places["form"]):
        if missing[i] or places["kind"][i] != "person":
            continue
        span = int(places["start"][i]), int(places["end"][i])
        if form in ("name", "title"):
            names.append((span, int(bearers[i])))
        else:
            answers.append((i, form, span))
    chain_of = chains_of(gold, names)
    out = []
    for i, form, span in answers:
        right = chain_of.get(int(bearers[i])) in own_chains(gold, named, span)
        kind = kind_of(row, form, span)
        around = row["text"][max(0, span[0] - 90) : span[1] + 40].replace("\n", " / ")
        shown = f"[{places['text'][i]} = {places['name'][i]}] {around}"
        out.append((kind, right, shown))
    return out


if __name__ == "__main__":
    main()
