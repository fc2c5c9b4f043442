"""Grammar of English against Universal Dependencies: parts of speech, phrases, verbs, clauses.

Run: python benchmarks/quality/grammar.py [--shared ../shared] [--program PROGRAM]
Builds ``benchmarks/print_grammar.cpp``, which prints what the engine answers of each token, and
scores it on the documents that ``treebank.is_left_out`` keeps from training. A noun phrase is the
noun with what stands before it and the words of its name: no prepositional phrase, no clause.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import treebank
from treebank import Document, Span

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from programs import ROOT, build, write_texts

LANGUAGE = ROOT / "python/framelens/resources/languages/en"
NOUNS = ("NOUN", "PROPN")
# Dependents of a noun that belong to its phrase.
INSIDE = {
    *("det", "det:predet", "amod", "nummod", "compound", "nmod:poss", "flat", "goeswith"),
    *("nmod:unmarked", "nmod:desc", "fixed"),
}  # fmt: skip
PERSON = "person"
# Columns that say yes or no.
FLAGS = ("passive", "participle", "predicate")
# A noun that hangs on another one like this heads no phrase.
OF_A_NAME = ("compound", "flat", "goeswith", "fixed", "nmod:desc")


def answers(program: Path, documents: list[Document]) -> Iterator[dict[str, list[int]]]:
    """Yield columns of each document: a value a token; -1 where there is no answer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts"
        with path.open("wb") as file:
            write_texts((document.text for document in documents), file)
        language = Path(folder) / "language"
        language.write_text(treebank.whole_language(LANGUAGE), encoding="utf-8")
        weights = LANGUAGE / "tagger.bin"
        command = [str(program), str(language), str(weights), str(path), "answers"]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    names, *parts = printed.removesuffix("\n\n").split("\n\n")
    for part in parts:
        rows = [list(map(int, line.split("\t"))) for line in part.splitlines()]
        columns = zip(*rows, strict=True) if rows else ([] for _ in names.split("\t"))
        yield dict(zip(names.split("\t"), map(list, columns), strict=True))


def code_points(text: str, columns: dict[str, list[int]]) -> list[Span]:
    """Return the spans of the tokens, which the program gives in bytes."""
    at: dict[int, int] = {}
    position = 0
    for index, character in enumerate(text):
        at[position] = index
        position += len(character.encode())
    at[position] = len(text)
    return [(at[s], at[e]) for s, e in zip(columns["start"], columns["end"], strict=True)]


class Tokens:
    """One document's gold, told of the engine's tokens."""

    def __init__(self, document: Document, spans: list[Span]) -> None:
        self.document = document
        self.spans = spans
        self.words = document.align(spans)
        self.heads = [document.head_of(words) if words else None for words in self.words]
        self.token_of: dict[int, int] = {}
        for token, words in enumerate(self.words):
            for word in words:
                self.token_of.setdefault(word, token)

    def head(self, token: int) -> int:
        """Return the token of a name's first word for the others, which depend on it."""
        index = self.heads[token] if token >= 0 else None
        words = self.document.words
        while index is not None and words[index].relation in ("flat", "goeswith"):
            index = words[index].head
        return token if index is None else self.token_of.get(index, token)

    def pairs(self, relations: Iterable[str], part: str | None = None) -> set[tuple[int, int]]:
        """Return governor and dependent, as tokens, of some relations."""
        found = set()
        for index, word in enumerate(self.document.words):
            if word.relation not in relations or word.head is None:
                continue
            if part is not None and self.document.words[word.head].part != part:
                continue
            if word.head not in self.token_of or index not in self.token_of:
                continue
            pair = self.head(self.token_of[word.head]), self.head(self.token_of[index])
            if pair[0] != pair[1]:
                found.add(pair)
        return found

    def passives(self) -> set[tuple[int, int]]:
        """Return verbs with an auxiliary of the passive."""
        document = self.document
        return {
            (self.token_of[i], 1)
            for i, word in enumerate(document.words)
            if i in self.token_of
            and (document.has_child(i, "aux:pass"))
            and word.part in ("VERB", "ADJ")
        }

    def bare_passives(self) -> set[tuple[int, int]]:
        """Return participles with passive meaning, with or without their auxiliary."""
        return {
            (self.token_of[i], 1)
            for i, word in enumerate(self.document.words)
            if i in self.token_of and "Voice=Pass" in word.features
        }

    def predicates(self) -> set[tuple[int, int]]:
        """Return nouns that a copula joins to their subject, without a preposition."""
        document = self.document
        return {
            (self.token_of[i], 1)
            for i, word in enumerate(document.words)
            if i in self.token_of
            and word.part in NOUNS
            and document.has_child(i, "cop")
            and not document.has_child(i, "case")
        }

    def appositions(self) -> set[tuple[int, int]]:
        """Return the pairs of which one is the name of a person, the first first."""
        words, is_person = self.document.words, self._is_person
        found = set()
        for index, word in enumerate(words):
            if word.relation != "appos" or word.head is None:
                continue
            if not (is_person(index) or is_person(word.head)):
                continue
            if word.part not in NOUNS or words[word.head].part not in NOUNS:
                continue
            if word.head in self.token_of and index in self.token_of:
                found.add((self.head(self.token_of[word.head]), self.head(self.token_of[index])))
        return found

    def _is_person(self, index: int) -> bool:
        start, end = self.document.words[index].span
        named = self.document.words[index].part == "PROPN"
        persons = (span for kind, span in self.document.mentions if kind == PERSON)
        return named and any(s <= start and end <= e for s, e in persons)

    def names_person(self, pair: tuple[int, int]) -> bool:
        """Return whether one of two tokens is a word of a person's name."""
        return any(self._is_person(h) for t in pair if (h := self.heads[t]) is not None)

    def phrases(self) -> dict[int, Span]:
        """Return the tokens of each noun's phrase by its head; of heads only."""
        words = self.document.words
        found = {}
        for index, word in enumerate(words):
            if word.part not in NOUNS or word.relation in OF_A_NAME:
                continue
            inside = self._inside(index)
            if any(w not in self.token_of for w in inside):
                continue
            tokens = [self.token_of[w] for w in inside]
            head = self.token_of[index]
            if self.heads[head] == index:
                found[head] = (min(tokens), max(tokens) + 1)
        return found

    def _inside(self, index: int) -> list[int]:
        words, children = self.document.words, self.document.children
        found = [index]
        for child in children[index]:
            left = child < index
            relation = words[child].relation
            if relation not in INSIDE or (relation.startswith("nmod:") and not left):
                continue
            if left:
                found += [w for w in self._subtree(child) if words[w].part != "PUNCT"]
            elif relation in ("flat", "goeswith", "fixed", "compound"):
                found += self._inside(child)
        return found

    def _subtree(self, index: int) -> list[int]:
        found = [index]
        for child in self.document.children[index]:
            found += self._subtree(child)
        return found


def ambiguous(documents: Iterable[Document]) -> set[str]:
    """Return the forms that are a noun one time in twenty at least, and a verb."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for word in document.words:
            if word.part in ("NOUN", "VERB"):
                counts[document.text[slice(*word.span)].lower()][word.part] += 1
    return {w for w, c in counts.items() if min(c["NOUN"], c["VERB"]) >= max(2, c.total() / 20)}


class Score:
    """Right answers, answers given and answers wanted."""

    def __init__(self) -> None:
        self.right = self.given = self.wanted = 0

    def add(self, given: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> None:
        self.right += len(given & wanted)
        self.given += len(given)
        self.wanted += len(wanted)

    def __str__(self) -> str:
        precision = self.right / max(1, self.given)
        recall = self.right / max(1, self.wanted)
        f1 = 2 * self.right / max(1, self.given + self.wanted)
        return f"{f1:.3f} (p {precision:.3f} r {recall:.3f}, {self.wanted})"


Scores = dict[str, Score]


def given_pairs(tokens: Tokens, columns: dict[str, list[int]], name: str) -> set[tuple[int, int]]:
    given = {(t, value) for t, value in enumerate(columns[name]) if value >= 0}
    if name.split(".")[0] in FLAGS:
        return {(tokens.head(t), value) for t, value in given}
    return {(tokens.head(t), tokens.head(value)) for t, value in given}


def score(tokens: Tokens, columns: dict[str, list[int]], both: set[str], scores: Scores) -> None:
    """Add what the columns of one document get right; a column is named ``kind.who``."""
    document = tokens.document
    sought = {
        "passive": tokens.passives(),
        "participle": tokens.bare_passives(),
        "subject": tokens.pairs(("nsubj", "nsubj:pass"), "VERB"),
        "agent": tokens.pairs(("obl:agent",)),
        "predicate": tokens.predicates(),
        "apposition": tokens.appositions() if document.mentions else set(),
    }
    phrases = tokens.phrases()
    for name in columns:
        kind, _, who = name.partition(".")
        if kind == "apposition" and document.mentions:
            given = filter(tokens.names_person, given_pairs(tokens, columns, name))
            scores[name].add(set(given), sought[kind])
        elif kind in sought and kind != "apposition":
            scores[name].add(given_pairs(tokens, columns, name), sought[kind])
        elif kind == "part":
            _score_parts(tokens, columns[name], both, scores[name])
        elif kind == "first":
            last = columns[f"last.{who}" if who else "last"]
            edges = {(t, columns[name][t]) for t in phrases}
            scores["left edge" + name[5:]].add(edges, {(t, s) for t, (s, _) in phrases.items()})
            spans = {(t, columns[name][t] << 20 | last[t]) for t in phrases}
            wanted = {(t, s << 20 | e) for t, (s, e) in phrases.items()}
            scores["span" + name[5:]].add(spans, wanted)


def _score_parts(tokens: Tokens, parts: list[int], both: set[str], found: Score) -> None:
    text = tokens.document.text
    for token, head in enumerate(tokens.heads):
        if head is None or text[slice(*tokens.spans[token])].lower() not in both:
            continue
        part = tokens.document.words[head].part
        if part in ("NOUN", "VERB"):
            found.add({(token, parts[token])}, {(token, 0 if part == "NOUN" else 1)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    shared = Path(os.environ.get("FRAMELENS_SHARED", ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=shared)
    parser.add_argument("--program", type=Path, default=None, help="built already")
    options = parser.parse_args()
    documents = list(treebank.read(options.shared / "data" / "treebank.jsonl"))
    both = ambiguous(d for d in documents if not treebank.is_left_out(d.id))
    chosen = [d for d in documents if treebank.is_left_out(d.id)]
    tables: dict[str, Scores] = defaultdict(lambda: defaultdict(Score))
    program = options.program or build("print_grammar")
    for document, columns in zip(chosen, answers(program, chosen), strict=True):
        tokens = Tokens(document, code_points(document.text, columns))
        for group in ("all", document.genre):
            score(tokens, columns, both, tables[group])
    print(f"{len(chosen)} documents left out of {len(documents)}; F1 (precision, recall, wanted)")
    for group in ("all", "news", *sorted(tables.keys() - {"all", "news"})):
        for name, found in tables[group].items():
            print(f"{group:10} {name:24} {found}")


if __name__ == "__main__":
    main()
