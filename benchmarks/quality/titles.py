"""Names and labels in titles, by outlet: what is found there of what is printed.

Run: python benchmarks/quality/titles.py [--shared ../shared] [--sample N] [--save FILE]
     [--before FILE] [--column] [--errors]
Of every article the title is read as its first line (with --column as a column). Each person
whom the body names in full is looked for in the title: whole words, folded, of the full name or
the surname. Found is what a mention of such a person covers. A person is a name that framelens
takes for one and that begins with a given name of the English list: what framelens takes for a
person elsewhere ("Tax Cut") says nothing of titles; the last line counts those too. --save keeps
the counts, --before prints saved ones of another build beside them.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

import framelens as fl
from framelens import _core

WORD = re.compile(r"\w+")
FEWEST = 20  # occurrences of an outlet that is printed
TARGET = "Donald Trump"

Span = tuple[int, int]


def read_jsonl(path: Path, sample: int | None) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return rows if sample is None else rows[:: max(1, len(rows) // sample)]


def words_of(text: str) -> list[tuple[str, Span]]:
    found = [(match.group(), match.span()) for match in WORD.finditer(text)]
    folded = _core.fold([word for word, _ in found])
    return [(word, span) for word, (_, span) in zip(folded, found, strict=True)]


def given_names() -> set[str]:
    file = resources.files(fl) / "resources/languages/en/names.json"
    listed = json.loads(file.read_text(encoding="utf-8"))["given_names"]
    return {word for names in listed.values() for word in _core.fold(names)}


class Persons:
    """The corpus's persons of two words and more, found by their first two words."""

    def __init__(self, corpus: fl.Corpus) -> None:
        self.given = given_names()
        names = corpus.annotations.names()
        self.by_start: dict[tuple[str, str], list[tuple[str, list[str]]]] = defaultdict(list)
        for name, kind in zip(names["name"], names["kind"], strict=True):
            words = [word for word, _ in words_of(name)]
            if kind == "person" and len(words) > 1:
                self.by_start[words[0], words[1]].append((name, words))

    def named_in(self, text: str) -> dict[str, list[str]]:
        words = [word for word, _ in words_of(text)]
        found: dict[str, list[str]] = {}
        for i, start in enumerate(itertools.pairwise(words)):
            for name, full in self.by_start.get(start, ()):
                if words[i : i + len(full)] == full:
                    found[name] = full
        return found


def occurrences(title: str, persons: dict[str, list[str]]) -> dict[Span, set[str]]:
    """Return spans of full names and surnames in the title, with whom each may mean."""
    words = words_of(title)
    found: dict[Span, set[str]] = defaultdict(set)
    taken: set[int] = set()
    for full in (True, False):
        for name, parts in persons.items():
            wanted = parts if full else parts[-1:]
            for i in range(len(words) - len(wanted) + 1):
                here = range(i, i + len(wanted))
                if [words[k][0] for k in here] != wanted or (not full and taken & set(here)):
                    continue
                found[words[i][1][0], words[here[-1]][1][1]].add(name)
        taken = {
            i for i, (_, (start, end)) in enumerate(words)
            if any(a <= start and end <= b for a, b in found)
        }  # fmt: skip
    return found


def title_mentions(
    corpus: fl.Corpus, names: Iterable[str], titles: dict[str, str]
) -> dict[str, list[Span]]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for name in names:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                mentions = fl.namings(corpus, targets=[name]).mentions
            except ValueError:  # what the name says is no target
                continue
        for doc, start, end in zip(
            mentions["doc"], mentions["start"], mentions["end"], strict=True
        ):
            if start < len(titles[doc]):
                spans[doc].append((start, end))
    return spans


def measure(rows: list[dict[str, Any]], corpus: fl.Corpus, *, errors: bool) -> dict[str, list[int]]:
    """Return by outlet found and printed occurrences, and both of all that is called a person."""
    persons = Persons(corpus)
    printed = {row["id"]: occurrences(row["title"], persons.named_in(row["text"])) for row in rows}
    names = sorted({name for spans in printed.values() for who in spans.values() for name in who})
    mentions = title_mentions(corpus, names, {row["id"]: row["title"] for row in rows})
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows:
        for (start, end), who in printed[row["id"]].items():
            found = any(a < end and start < b for a, b in mentions[row["id"]])
            # A small letter tells that the word is none of the name ("Obama campaign").
            sure = not row["title"][start].islower() and any(
                words_of(name)[0][0] in persons.given for name in who
            )
            for i, one in enumerate((found and sure, sure, found, True)):
                counts[row["source"]][i] += one
            if errors and sure and not found:
                print(f"missed: {row['title'][start:end]!r} in {row['source']}: {row['title']}")
    return dict(counts)


def print_column_and_line(column: fl.Corpus, line: fl.Corpus) -> None:
    """Print how many rows a title gives as a column and as a first line without one."""
    print("\nrows of headlines, title as a column and as a first line; documents that differ")
    tables = {"zones": lambda c: c.zones, "quotations": lambda c: fl.quotes(c).frame}
    for name, table in tables.items():
        rows = [table(corpus) for corpus in (column, line)]
        seen = [
            set(frame[["doc", "start", "end", "zone"]].itertuples(index=False)) for frame in rows
        ]
        counts = [int((frame["zone"] == "headline").sum()) for frame in rows]
        print(f"{name:12}{counts[0]:8}{counts[1]:8}{len({r[0] for r in seen[0] ^ seen[1]}):8}")


def scores(corpus: fl.Corpus) -> dict[str, dict[str, int]]:
    """Return the target's mentions and labels in headlines and in the text by outlet."""
    named = fl.namings(corpus, targets=[TARGET])
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    seen = named.mentions[named.mentions["form"] != "pronoun"]
    for what, frame in (("mentions", seen), ("labels", named.frame)):
        for source, zone in zip(frame["source"], frame["zone"], strict=True):
            found[source][f"{what}, {'headline' if zone == 'headline' else 'text'}"] += 1
    return {source: dict(counts) for source, counts in found.items()}


def print_found(now: dict[str, list[int]], before: dict[str, list[int]]) -> None:
    print(f"names in titles found, outlets with {FEWEST} and more")
    print(f"{'outlet':34}{'printed':>8}{'now':>8}{'before':>8}")
    shown = sorted((s for s in now if now[s][1] >= FEWEST), key=lambda s: (-now[s][1], s))
    for source in shown:
        found, printed = now[source][:2]
        earlier = before.get(source)
        was = f"{earlier[0] / earlier[1]:8.3f}" if earlier else ""
        print(f"{source:34}{printed:8}{found / printed:8.3f}{was}")
    total = [sum(counts[i] for counts in now.values()) for i in range(4)]
    print(f"all {total[0]} of {total[1]}: {total[0] / max(total[1], 1):.3f}")
    print(f"whatever is called a person: {total[2]} of {total[3]}")
    if shown:
        print("least", min(f"{now[s][0] / now[s][1]:.3f} {s}" for s in shown))


def print_scores(now: dict[str, dict[str, int]], before: dict[str, dict[str, int]]) -> None:
    print(f"\n{TARGET} by outlet, titles as a column: mentions and labels, text and headline")
    columns = ("mentions, text", "mentions, headline", "labels, text", "labels, headline")
    print(f"{'outlet':34}" + "".join(f"{name:>26}" for name in columns))
    rank = {source: sum(now[source].values()) for source in now}
    for source in sorted(rank, key=lambda s: (-rank[s], s)):
        if now[source].get("mentions, text", 0) < 40:
            continue
        cells = (
            f"{before.get(source, {}).get(name, 0):>12} -> {now[source].get(name, 0)}"
            for name in columns
        )
        print(f"{source:34}" + "".join(f"{cell:>26}" for cell in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--sample", type=int)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--column", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print what is missed")
    given = parser.parse_args()
    rows = [r for r in read_jsonl(given.shared / "data/articles.jsonl", given.sample) if r["title"]]
    for row in rows:
        row["id"], row["title"] = str(row["id"]), " ".join(row["title"].split())
    keys = ("id", "source", "title", "text")
    column = fl.read([{key: row[key] for key in keys} for row in rows], n_jobs=-1)
    lines = [{"id": row["id"], "source": row["source"], "text": text}
             for row, text in zip(rows, column.texts, strict=True)]  # fmt: skip
    corpus = column if given.column else fl.read(lines, n_jobs=-1)
    now = {"found": measure(rows, corpus, errors=given.errors), "scores": scores(column)}
    before = json.loads(given.before.read_text()) if given.before else {"found": {}, "scores": {}}
    print_found(now["found"], before["found"])
    print_column_and_line(column, corpus)
    print_scores(now["scores"], before["scores"])
    if given.save:
        given.save.write_text(json.dumps(now))


if __name__ == "__main__":
    main()
