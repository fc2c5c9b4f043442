"""Universal Dependencies documents beside the engine's tokens.

A document is left out of training where the CRC-32 of its id is divisible by ``FOLDS``; figures are
measured on those alone.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDS = 5
# Licences that permit to redistribute weights derived from a document.
LICENCES = ("CC BY-SA 4.0", "CC BY-SA", "CC BY", "public domain")

Span = tuple[int, int]


def is_left_out(document: str) -> bool:
    return zlib.crc32(document.encode()) % FOLDS == 0


@dataclass(frozen=True)
class Word:
    """A word of the treebank; `head` is an index into the document's words, or None."""

    span: Span
    part: str
    features: str
    head: int | None
    relation: str
    sentence: int


@dataclass
class Document:
    """One document of the treebank."""

    id: str
    genre: str
    licence: str
    text: str
    words: list[Word]
    mentions: list[tuple[str, Span]] = field(default_factory=list)

    @cached_property
    def children(self) -> list[list[int]]:
        """Dependents of each word, in text order."""
        found: list[list[int]] = [[] for _ in self.words]
        for index, word in enumerate(self.words):
            if word.head is not None:
                found[word.head].append(index)
        return found

    def has_child(self, index: int, relation: str) -> bool:
        return any(self.words[c].relation == relation for c in self.children[index])

    def align(self, spans: Sequence[Span]) -> list[list[int]]:
        """Words that each of the spans shares characters with; both in text order."""
        found: list[list[int]] = []
        first = 0
        for start, end in spans:
            while first < len(self.words) and self.words[first].span[1] <= start:
                first += 1
            last = first
            while last < len(self.words) and self.words[last].span[0] < end:
                last += 1
            found.append(list(range(first, last)))
        return found

    def head_of(self, words: Sequence[int]) -> int:
        """The first of some words that depends on none of the others."""
        inside = set(words)
        return next((w for w in words if self.words[w].head not in inside), words[0])


def read(path: Path) -> Iterator[Document]:
    """Documents of a file as ``shared/data/README.md`` describes it."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _document(json.loads(line))


def _document(record: dict[str, Any]) -> Document:
    words: list[Word] = []
    for number, sentence in enumerate(record["sentences"]):
        first = len(words)
        for start, end, part, features, head, relation in sentence:
            above = first + head - 1 if head else None
            words.append(Word((start, end), part, features, above, relation, number))
    mentions = [(kind, (start, end)) for _, kind, start, end in record.get("mentions") or []]
    return Document(
        record["id"], record["genre"], record["licence"], record["text"], words, mentions
    )


def whole_language(folder: Path) -> str:
    """Return the parts of a shipped language as one JSON text, as the engine reads it."""
    whole = json.loads((folder / "language.json").read_text(encoding="utf-8"))
    for path in sorted(folder.glob("*.json")):
        if path.stem not in ("language", "facts", "stop_words", "speaker_kinds"):
            whole[path.stem] = json.loads(path.read_text(encoding="utf-8"))
    return json.dumps(whole, ensure_ascii=False)
