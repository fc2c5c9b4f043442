"""Train the tagger of English on the documents of the treebank that are not left out.

Run: python tools/train_tagger.py PROGRAM LANGUAGE TREEBANK OUTPUT
PROGRAM is ``print_grammar`` of the benchmarks, LANGUAGE the folder of English, TREEBANK
``treebank.jsonl`` as ``shared/data/README.md`` describes it. Weights are whole numbers until they
are scaled, so that the same input gives the same bytes.

Source: Collins 2002, the averaged perceptron, which tags from left to right and learns from the
tags that it gave itself.
"""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks" / "quality"))
import treebank
from programs import write_texts

# The order of framelens::Part.
PARTS = (
    *("other", "NOUN", "PROPN", "PRON", "DET", "ADJ", "ADV", "ADP", "AUX"),
    *("finite", "base", "participle", "ing", "NUM", "CCONJ", "SCONJ", "PART", "PUNCT"),
)
PUNCT = PARTS.index("PUNCT")
BUCKETS = 1 << 17
FIXED = 16
ROW = 4 + FIXED + 3  # start, end, sentence, whether a mark; features; what goes with tags
FEWEST = 2  # of a feature's occurrences
ROUNDS = 8
WEIGHTS = 60_000
MASK = 0xFFFFFFFF

Sentence = tuple[np.ndarray, list[tuple[int, int, int]], np.ndarray, np.ndarray]


def mix(hashed: int, value: int) -> int:
    """Join two hashes as the engine does."""
    hashed ^= (value + 0x9E3779B9 + ((hashed << 6) & MASK) + (hashed >> 2)) & MASK
    hashed = (hashed * 0x85EBCA6B) & MASK
    return hashed ^ (hashed >> 15)


def tag_seeds(before: int, second: int) -> tuple[int, int, int, int, int]:
    """Return the hashes of two tags that words are mixed into."""
    two = before * len(PARTS) + second
    return mix(101, before), mix(102, two), mix(103, before), mix(104, two), mix(105, before)


SEEDS = [[tag_seeds(b, s) for s in range(len(PARTS))] for b in range(len(PARTS))]


def tagged_features(row: tuple[int, int, int], before: int, second: int) -> list[int]:
    """Return the buckets of the features that go with the two tags before."""
    seeds = SEEDS[before][second]
    word, ending, following = row
    features = (
        seeds[0],
        seeds[1],
        mix(seeds[2], word),
        mix(seeds[3], ending),
        mix(seeds[4], following),
    )
    return [f % BUCKETS for f in features]


def part_of(word: treebank.Word) -> int:
    """Return the part of a word of the treebank."""
    part = word.part
    if part == "VERB":
        part = "finite"
        if "VerbForm=Inf" in word.features:
            part = "base"
        elif "VerbForm=Ger" in word.features or "Tense=Pres|VerbForm=Part" in word.features:
            part = "ing"
        elif "VerbForm=Part" in word.features:
            part = "participle"
    return PARTS.index(part) if part in PARTS else 0


def features(program: str, language: str, documents: list[treebank.Document]) -> np.ndarray:
    """Return what the engine prints: a number of tokens and their rows, document by document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts"
        with path.open("wb") as file:
            write_texts((document.text for document in documents), file)
        whole = Path(folder) / "language"
        whole.write_text(treebank.whole_language(Path(language)), encoding="utf-8")
        command = [program, str(whole), "-", str(path), "features"]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return np.frombuffer(printed, dtype=np.uint32)


def sentences(document: treebank.Document, rows: np.ndarray) -> list[Sentence]:
    """Return features, which tokens are marks, and gold of each sentence."""
    units = np.frombuffer(document.text.encode(), dtype=np.uint8)
    at = np.concatenate([[0], np.cumsum((units & 0xC0) != 0x80)])
    spans = [(int(at[start]), int(at[end])) for start, end in rows[:, :2]]
    gold = np.array(
        [
            part_of(document.words[document.head_of(words)]) if words else 0
            for words in document.align(spans)
        ],
        dtype=np.int64,
    )
    found = []
    for number in np.unique(rows[:, 2]):
        i = np.nonzero(rows[:, 2] == number)[0]
        fixed = rows[i, 4 : 4 + FIXED].astype(np.int64) % BUCKETS
        with_tags = [tuple(map(int, row)) for row in rows[i, 4 + FIXED :]]
        found.append((fixed, with_tags, rows[i, 3].astype(np.int64), gold[i]))
    return found


class Perceptron:
    """Weights by bucket and part, and their sums over time."""

    def __init__(self, kept: np.ndarray) -> None:
        self.kept = kept
        self.weights = np.zeros((BUCKETS, len(PARTS)), dtype=np.int64)
        self.late = np.zeros_like(self.weights)
        self.step = 0

    def learn(self, sentence: Sentence) -> None:
        """Tag a sentence and correct the weights where a tag is wrong."""
        fixed, with_tags, marks, gold = sentence
        before = second = 0
        for i, row in enumerate(with_tags):
            part = PUNCT
            if not marks[i]:
                buckets = np.concatenate([fixed[i], tagged_features(row, before, second)])
                buckets = buckets[self.kept[buckets]]
                part = int(self.weights[buckets].sum(0)[:PUNCT].argmax())
                self._correct(buckets, part, int(gold[i]))
            before, second = part, before

    def _correct(self, buckets: np.ndarray, part: int, gold: int) -> None:
        self.step += 1
        if gold in (part, PUNCT):
            return
        for right, by in ((gold, 1), (part, -1)):
            self.weights[buckets, right] += by
            self.late[buckets, right] += by * self.step

    def averaged(self) -> np.ndarray:
        """Return the sums of the weights over all steps."""
        return self.weights * self.step - self.late


def kept_features(found: list[Sentence]) -> np.ndarray:
    """Return which buckets are used often enough, with the right tags before."""
    counts = np.zeros(BUCKETS, dtype=np.int64)
    for fixed, with_tags, _, gold in found:
        np.add.at(counts, fixed.ravel(), 1)
        before = second = 0
        for row, part in zip(with_tags, map(int, gold), strict=True):
            for bucket in tagged_features(row, before, second):
                counts[bucket] += 1
            before, second = part, before
    return counts >= FEWEST


def pack(averaged: np.ndarray) -> bytes:
    """Return the file of the largest weights, a signed byte each."""
    flat = averaged.ravel()
    least = np.sort(np.abs(flat))[-WEIGHTS]
    flat = np.where(np.abs(flat) >= least, flat, 0)
    top = int(np.sort(np.abs(flat))[-WEIGHTS // 1000])
    scaled = np.clip((np.abs(flat) * 127 + top // 2) // top, 0, 127) * np.sign(flat)
    places = np.nonzero(scaled)[0]
    gaps = bytearray()
    for gap in map(int, np.diff(places, prepend=0)):
        rest = gap
        while rest >= 0x80:
            gaps.append(0x80 | (rest & 0x7F))
            rest >>= 7
        gaps.append(rest)
    values = scaled[places].astype(np.int8).tobytes()
    return b"framelens-tagger/1\n" + struct.pack("<I", len(places)) + bytes(gaps) + values


def main(program: str, language: str, path: str, output: str) -> None:
    """Train on the documents of `path` and write the weights to `output`."""
    documents = [
        d
        for d in treebank.read(Path(path))
        if not treebank.is_left_out(d.id) and d.licence in treebank.LICENCES
    ]
    numbers = features(program, language, documents)
    found: list[Sentence] = []
    position = 0
    for document in documents:
        count = int(numbers[position])
        end = position + 1 + count * ROW
        found += sentences(document, numbers[position + 1 : end].reshape(count, ROW))
        position = end
    tagger: Any = Perceptron(kept_features(found))
    order = random.Random(1)
    for _ in range(ROUNDS):
        order.shuffle(found)
        for sentence in found:
            tagger.learn(sentence)
    Path(output).write_bytes(pack(tagger.averaged()))


if __name__ == "__main__":
    main(*sys.argv[1:])
