"""A corpus whose labels are given, not read, to test what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import framelens as fl

WORD = 12  # every label stands in a text of blanks, one each so many code points


@dataclass(frozen=True)
class Given:
    """A label (or, without a term, a bare mention) of a target in a document."""

    doc: int
    term: str | None
    target: int = 0
    object: str = "person"
    voice: str = "own"
    reported: bool = False
    distance: str | None = None
    zone: str = "body"


class FakeAnnotations:
    """What `corpus.annotations` and its labels of any targets offer, made from a list."""

    def __init__(self, given: list[Given], documents: int) -> None:
        seen = [0] * documents
        self._documents = documents
        self._rows: list[tuple[Given, int]] = []
        for label in sorted(given, key=lambda label: label.doc):
            self._rows.append((label, WORD * seen[label.doc]))
            seen[label.doc] += 1

    def words(self) -> np.ndarray:
        return np.ones(self._documents, dtype=np.int64)

    def namings(self, lexicon_terms: list[str]) -> dict[str, Any]:
        rows = [row for row in self._rows if row[0].term is not None]
        return {
            "target": np.array([label.target for label, _ in rows], dtype=np.int32),
            "term": [label.term for label, _ in rows],
            "label": [label.term for label, _ in rows],
            "modifiers": [None for _ in rows],
            "object": [label.object for label, _ in rows],
            "rule": ["title" for _ in rows],
            "rule_id": ["title.before-name" for _ in rows],
            "voice": [label.voice for label, _ in rows],
            "speaker": [None for _ in rows],
            "reported": np.array([label.reported for label, _ in rows], dtype=bool),
            "reported_by": [None for _ in rows],
            "self_reported": np.zeros(len(rows), dtype=bool),
            "scope": [None for _ in rows],
            "distance": [label.distance for label, _ in rows],
            **self._spans(rows),
        }

    def unresolved(self, lexicon_terms: list[str]) -> dict[str, Any]:
        none = {name: column[:0] for name, column in self.namings(lexicon_terms).items()}
        return {**none, "candidates": [], "nobody": 0}

    def mentions(self, lexicon_terms: list[str]) -> dict[str, Any]:
        labels = [label for label, _ in self._rows]
        return {
            "target": np.array([label.target for label in labels], dtype=np.int32),
            "form": ["named" for _ in labels],
            "voice": [label.voice for label in labels],
            "reported": np.array([label.reported for label in labels], dtype=bool),
            "labelled": np.array([label.term is not None for label in labels], dtype=bool),
            **self._spans(self._rows),
        }

    def names(self) -> dict[str, Any]:
        return {"name": [], "kind": [], "count": np.array([], dtype=np.int64)}

    def _spans(self, rows: list[tuple[Given, int]]) -> dict[str, Any]:
        return {
            "doc": np.array([label.doc for label, _ in rows], dtype=np.int32),
            "start": np.array([start for _, start in rows], dtype=np.int64),
            "end": np.array([start + WORD - 1 for _, start in rows], dtype=np.int64),
            "zone": [label.zone for label, _ in rows],
            "phrase": np.array([start // WORD for _, start in rows], dtype=np.int32),
        }


def corpus_of(
    given: list[Given],
    source_of: Callable[[int], str],
    documents: int,
    event_of: Callable[[int], str | None] = lambda doc: None,
) -> fl.Corpus:
    """Return a corpus of blank documents that has just these labels."""
    text = " " * WORD * (1 + len(given))
    corpus = fl.read(
        [
            {"id": str(doc), "source": source_of(doc), "text": text, "event": event_of(doc)}
            for doc in range(documents)
        ]
    )
    fake = FakeAnnotations(given, documents)
    corpus.__dict__["annotations"] = fake
    corpus.__dict__["labels_of"] = lambda targets, rules: fake
    return corpus
