"""Labels and mentions of persons against NewsWCL50, polarity against NewsMTSC, voice on BASIL.

Run: python benchmarks/quality/namings.py [--shared ../shared] [--sample N] [--errors]
Rules are tuned on all but the last event of NewsWCL50 and on every other sentence and event of the
rest; both parts are printed. The misses of the last event were read once, for the rule of surnames
that a family shares. Gold marks are incomplete, so a label is counted right where it touches a gold
mention of its person, or stands as a title right before one; what touches no mark of anything is
counted wrong, and apart.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from quotes import Span, overlap

import framelens as fl

TUNED = ("0", "1", "2", "3")
# The persons of the gold's chains, by the end of the concept's name.
PERSONS = {
    "Jong_Un": "Kim Jong Un", "Kim": "Kim Jong Un", "Trump": "Donald Trump",
    "Pompeo": "Mike Pompeo", "Abe": "Shinzo Abe", "Moon_Jae": "Moon Jae-in",
    "Moon": "Moon Jae-in", "Jinping": "Xi Jinping", "Xi": "Xi Jinping",
    "Comey": "James Comey", "Flynn": "Michael Flynn", "Putin": "Vladimir Putin",
    "Clinton": "Hillary Clinton", "Macron": "Emmanuel Macron", "Rouhani": "Hassan Rouhani",
    "Obama": "Barack Obama",
}  # fmt: skip
ROLES = (
    "president", "leader", "dictator", "director", "minister", "chairman", "candidate", "nominee",
    "adviser", "advisor", "secretary", "chief", "ruler", "head", "counterpart", "tyrant",
    "strongman", "commander", "official", "premier", "host", "emissary", "predecessor",
)  # fmt: skip
PRONOUNS = (
    "i me my mine myself we us our you your he him his himself she her hers herself it its they "
    "them their who whom whose that this"
)


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def in_first_half(text: str) -> bool:
    return zlib.crc32(text.encode()) % 2 == 0


def corpus_of(records: list[dict[str, Any]], **columns: Any) -> fl.Corpus:
    return fl.read(pd.DataFrame({name: [get(r) for r in records] for name, get in columns.items()}))


# NewsWCL50


def person_of(concept: str) -> str | None:
    """The person of a gold chain of one bearer; None for groups, countries and mixed chains."""
    if not concept.endswith("_ACTOR"):
        return None
    name = concept.removesuffix("_ACTOR")
    ends = [end for end in PERSONS if name.endswith("_" + end)]
    return PERSONS[max(ends, key=len)] if ends else None


def head_of(mention: str) -> str:
    """The head noun: the last word before a preposition, a comma or a relative clause."""
    words = mention.replace(",", " ,").split()
    for stop, word in enumerate(words):
        if stop and word.lower() in {",", "of", "to", "for", "in", "at", "who", "from", "he"}:
            return words[stop - 1]
    return words[-1] if words else ""


def is_role(mention: str) -> bool:
    return head_of(mention).strip("\"'.").lower() in ROLES


def is_pronoun(mention: str) -> bool:
    return mention.strip("\"'., ").lower() in PRONOUNS.split()


class Counts:
    """What was found right and wrong, and what was missed."""

    def __init__(self) -> None:
        self.right = self.wrong = self.hit = self.missed = self.unmarked = 0
        self.errors: list[str] = []

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.hit / max(1, self.hit + self.missed)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __str__(self) -> str:
        judged = self.right / max(1, self.right + self.wrong - self.unmarked)
        return (
            f"precision {self.precision:.3f} ({self.right}/{self.right + self.wrong}; "
            f"{judged:.3f} but for {self.unmarked} that no coder marked)  "
            f"recall {self.recall:.3f} ({self.hit}/{self.hit + self.missed})  F1 {self.f1:.3f}"
        )


def around(text: str, span: Span) -> str:
    start, end = span
    line = f"{text[max(0, start - 60) : start]}[{text[start:end]}]{text[end : end + 60]}"
    return " ".join(line.split())


def is_right(text: str, span: Span, golds: Iterable[Span]) -> bool:
    """Touches a gold mention, or only words of a title stand between it and one."""
    for gold in golds:
        if overlap(span, gold):
            return True
        between = text[span[1] : gold[0]]
        if span[1] <= gold[0] and len(between) <= 30 and not between.strip(" -,"):
            return True
    return False


def compare(
    record: dict[str, Any], found: list[tuple[str, Span]], golds: list[tuple[str, Span]],
    every: list[tuple[str, Span]], counts: Counts,
) -> None:  # fmt: skip
    """Precision against all gold mentions `every`, recall of those in `golds`."""
    text = record["text"]
    persons = {person for person, _ in every}
    for person, span in found:
        if person not in persons:
            continue
        if is_right(text, span, [g for p, g in every if p == person]):
            counts.right += 1
        else:
            counts.wrong += 1
            counts.unmarked += not any(overlap(span, tuple(m["span"])) for m in record["mentions"])
            counts.errors.append(f"{record['id']} wrong {person}: {around(text, span)}")
    for person, span in golds:
        if any(p == person and overlap(s, span) for p, s in found):
            counts.hit += 1
        else:
            counts.missed += 1
            counts.errors.append(f"{record['id']} missed {person}: {around(text, span)}")


def spans_by_doc(frame: pd.DataFrame) -> dict[str, list[tuple[str, Span]]]:
    found: dict[str, list[tuple[str, Span]]] = defaultdict(list)
    for row in frame.itertuples():
        found[row.doc].append((row.target, (row.start, row.end)))
    return found


def newswcl50(records: list[dict[str, Any]], errors: bool) -> None:
    for part, wanted in (("tuned on", True), ("held out", False)):
        chosen = [r for r in records if (r["event"] in TUNED) == wanted]
        roles, mentions, writers = Counts(), Counts(), []
        for event in sorted({r["event"] for r in chosen}):
            articles = [r for r in chosen if r["event"] == event]
            writers += score_event(articles, roles, mentions)
        events = ", ".join(sorted({r["event"] for r in chosen}))
        print(f"NewsWCL50, {part} events {events} ({len(chosen)} articles)")
        print(f"  role-noun labels      {roles}")
        print(f"  all mentions          {mentions}")
        print(f"  who writes 'North Korean dictator': {', '.join(writers) or 'nobody'}")
        if errors and wanted:
            print("\n".join(["-- labels", *roles.errors, "-- mentions", *mentions.errors]))


def score_event(articles: list[dict[str, Any]], roles: Counts, mentions: Counts) -> list[str]:
    corpus = corpus_of(
        articles, id=lambda r: r["id"], source=lambda r: r["source"], text=lambda r: r["text"]
    )
    every = {
        r["id"]: [
            (person, (m["span"][0], m["span"][1]))
            for m in r["mentions"]
            if (person := person_of(m["concept"])) and not is_pronoun(m["text"])
        ]
        for r in articles
    }
    persons = sorted({person for spans in every.values() for person, _ in spans})
    named = fl.namings(corpus, targets=persons)
    labels = spans_by_doc(named.frame[named.frame["object"] == "person"])
    kept = named.mentions[named.mentions["form"] != "pronoun"]
    found = spans_by_doc(kept)
    for r in articles:
        golds = every[r["id"]]
        role_golds = [(p, s) for p, s in golds if is_role(r["text"][s[0] : s[1]])]
        compare(r, labels[r["id"]], role_golds, golds, roles)
        compare(r, found[r["id"]], golds, golds, mentions)
    rows = named.frame[
        (named.frame["term"] == "dictator")
        & named.frame["modifiers"].fillna("").str.contains("North Korean")
    ]
    return [f"{s} ({articles[0]['event']})" for s in sorted(set(rows["source"]))]


# NewsMTSC: the loaded words attached to a mention tell its polarity


def sentences_corpus(records: list[dict[str, Any]]) -> fl.Corpus:
    numbered = [{**r, "id": str(i)} for i, r in enumerate(records)]
    return corpus_of(
        numbered, id=lambda r: r["id"], source=lambda r: r["id"], text=lambda r: r["text"]
    )


def attached(text: str, mention: Span, term: Span) -> int | None:
    """Words between a mention and a term of its clause; None where a clause ends between them."""
    start, end = sorted((mention, term))
    if overlap(mention, term):
        return 0
    between = text[start[1] : end[0]]
    if any(mark in between for mark in '.;:?!—–"“”') or between.count(",") > 1:
        return None
    return len(between.split())


def polarity(text: str, mention: Span, rows: pd.DataFrame) -> float:
    """Sum of signs of the loaded terms attached to a mention, nearer ones count more."""
    total = 0.0
    for row in rows.itertuples():
        words = attached(text, mention, (row.start, row.end))
        if words is None:
            continue
        sign = -1.0 if row.pole == "negative" else 1.0
        total += sign * (-0.5 if row.distance == "negated" else 1.0) / (1 + words)
    return total


def newsmtsc(records: list[dict[str, Any]]) -> None:
    for part, first in (("tuned on", True), ("held out", False)):
        chosen = [r for r in records if in_first_half(r["text"]) == first]
        evidence = fl.framing(sentences_corpus(chosen), targets=None, axis="loaded", zones="all")
        by_doc = dict(tuple(evidence.evidence.groupby("doc")))
        empty = evidence.evidence.iloc[:0]
        answers = [
            (polarity(r["text"], tuple(t["span"]), by_doc.get(str(i), empty)), t["polarity"])
            for i, r in enumerate(chosen)
            for t in r["targets"]
        ]
        print(f"NewsMTSC, {part} half ({len(answers)} mentions)")
        print("  at least  coverage  sign precision  without neutral gold")
        for threshold in (0.5, 0.34, 0.25, 0.2, 0.14, 0.1, 0.0):
            given = [(a, g) for a, g in answers if abs(a) > 0 and abs(a) >= threshold]
            right = sum(a * g > 0 for a, g in given)
            polar = sum(g != 0 for _, g in given)
            share = len(given) / max(1, len(answers))
            print(
                f"  {threshold:>8.2f}  {share:>8.3f}  {right / max(1, len(given)):>14.3f}"
                f"  {right / max(1, polar):>20.3f}"
            )


# BASIL: what an outlet says itself


def basil(records: list[dict[str, Any]]) -> None:
    corpus = corpus_of(
        records, id=lambda r: r["id"], source=lambda r: r["source"], text=lambda r: r["text"]
    )
    words = corpus.documents.groupby("source")["words"].sum()
    counts = {name: dict.fromkeys(words.index, 0) for name in ("pooled", "tool", "gold")}
    for r in records:
        for span in r["spans"]:
            if span["polarity"] != "neg":
                continue
            counts["pooled"][r["source"]] += 1
            counts["gold"][r["source"]] += not span["quoted"]
            voice, _ = corpus.voice_at(r["id"], *span["span"])
            counts["tool"][r["source"]] += voice == "own"
    table = pd.DataFrame(counts).div(words, axis=0) * 1000
    table.columns = ["pooled", "outside quotations (tool)", "outside quotations (gold)"]
    print(f"BASIL, negative evaluative spans per 1,000 words ({len(records)} articles)")
    print("  " + table.round(2).to_string().replace("\n", "\n  "))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--sample", type=int, default=None, help="records of each data set")
    parser.add_argument("--errors", action="store_true", help="print the errors of the tuned part")
    options = parser.parse_args()
    data = options.shared / "data"
    newswcl50(list(read_jsonl(data / "newswcl50.jsonl"))[: options.sample], options.errors)
    newsmtsc(list(read_jsonl(data / "newsmtsc_train.jsonl"))[: options.sample])
    basil(list(read_jsonl(data / "basil.jsonl"))[: options.sample])


if __name__ == "__main__":
    main()
