"""Near-duplicates: planted copies against an oracle, and what leaving them out does."""

from __future__ import annotations

import random
import re

import pytest

import framelens as fl


def shared_words(a: str, b: str, run: int = 8) -> float:
    """The share of the shorter text's words that stand in runs both have: slow, obvious twin."""
    one, other = (re.findall(r"[^\W_]+", text.lower()) for text in (a, b))
    if len(one) > len(other):
        one, other = other, one
    runs = {tuple(other[i : i + run]) for i in range(len(other) - run + 1)}
    inside: set[int] = set()
    for i in range(len(one) - run + 1):
        if tuple(one[i : i + run]) in runs:
            inside.update(range(i, i + run))
    return len(inside) / len(one) if one else 0.0


def article(rng, vocabulary, words=200):
    return " ".join(rng.choices(vocabulary, k=words))


@pytest.mark.parametrize("seed", range(3))
def test_planted_copies_are_found_and_nothing_else(seed):
    rng = random.Random(seed)
    vocabulary = [f"word{i}" for i in range(800)]
    rows = [{"id": f"a{i}", "source": "A", "text": article(rng, vocabulary)} for i in range(60)]
    planted = {}
    for i in range(40):
        share = 0.2 + 0.02 * i
        words = rows[i]["text"].split()
        kept = words[: int(len(words) * share)]
        text = " ".join(kept) + " " + article(rng, vocabulary, len(words) - len(kept))
        rows.append({"id": f"b{i}", "source": "B", "text": text.capitalize()})
        planted[f"a{i}", f"b{i}"] = shared_words(rows[i]["text"], text)
    rng.shuffle(rows)
    frame = fl.read(rows).near_duplicates().frame
    found = {tuple(sorted((a, b))): share for a, b, share in zip(frame.a, frame.b, frame.share,
                                                                 strict=True)}  # fmt: skip
    assert found.keys() == {pair for pair, share in planted.items() if share >= 0.5}
    for pair, share in found.items():
        assert share == pytest.approx(planted[pair], abs=0.011)


COPY = "The ferry left the old harbour of Nordell at dawn with forty passengers on board. "


def test_spans_are_the_same_words():
    rows = [
        {"id": "1", "source": "A", "text": "Önce. " + COPY + "Short words end it."},
        {"id": "2", "source": "B", "text": COPY.upper()},
    ]
    corpus = fl.read(rows)
    result = corpus.near_duplicates()
    (span,) = result.frame["spans"][0]
    a = corpus.texts[0][span["start_a"] : span["end_a"]]
    b = corpus.texts[1][span["start_b"] : span["end_b"]]
    assert a.upper() == b == COPY.strip(" .").upper()
    assert result.clusters.nunique() == 1


def test_a_threshold_out_of_range_is_refused():
    with pytest.raises(ValueError, match="threshold"):
        fl.demo().near_duplicates(threshold=0)


def test_shared_copy_can_be_left_out():
    rows = [
        {"source": "A", "text": "President Ada Moore spoke. " + COPY * 3 + "Apples grew."},
        {"source": "B", "text": COPY * 3 + "Pears were sold by President Ada Moore today."},
    ]
    corpus = fl.read(rows)
    with_copy = fl.similarity(corpus).matrix.loc["A", "B"]
    without = fl.similarity(corpus, drop_shared=True).matrix.loc["A", "B"]
    assert without < with_copy
    terms = set(fl.keyness(corpus, drop_shared=True).frame["term"])
    assert "ferry" not in terms
    assert "ferry" in set(fl.keyness(corpus).frame["term"])


def test_labels_in_shared_copy_can_be_left_out():
    copy = "The dictator Ada Moore spoke to the council in the harbour of Nordell at dawn. "
    rows = [{"source": s, "text": copy + end} for s, end in (("A", "Yes."), ("B", "No."))]
    corpus = fl.read(rows)
    assert len(fl.framing(corpus, targets=["Ada Moore"]).evidence) == 2
    assert len(fl.framing(corpus, targets=["Ada Moore"], drop_shared=True).evidence) == 0
