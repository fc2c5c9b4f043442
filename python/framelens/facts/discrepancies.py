"""Where reports of one quantity or event differ: mentions matched by what stands around them."""

from __future__ import annotations

import math
import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core

if TYPE_CHECKING:
    from framelens.corpus.corpus import Corpus

__all__ = ["Contexts", "Mention", "frame_of", "in_compared", "match_mentions", "told_alike"]

_WORD = re.compile(r"[^\W\d_]{2,}")
_DEFAULT_STOPS = frozenset(
    {
        "the", "and", "for", "with", "that", "this", "from", "was", "were", "has", "have",
        "had", "been", "are", "its", "his", "her", "their", "they", "them", "which", "who",
        "whom", "into", "than", "then", "when", "where", "while", "will", "would", "could",
        "should", "about", "after", "before", "not", "but", "also", "said", "says", "mr", "mrs",
        "in", "on", "at", "of", "to", "by", "as", "is", "it", "he", "she", "we", "an", "or",
        "be", "since", "during", "until", "between", "through",
    }
)  # fmt: skip
_VERDICTS = ("conflict", "compatible", "agree")
# Words farther from a mention than this, in code points, tell nothing: a sentence without an end
# would be read anew for each mention in it.
_REACH = 1000
# Words on each side of a mention that tell what it is said of.
_CLAUSE = 8
# A governor that is one of so many words before a date is told of it.
_BESIDE = 3
# Of a group that differs, so many values, and mentions of each, are looked at.
_VALUES, _MENTIONS = 20, 3
# Up to so many mentions, all pairs are compared.
_SMALL_BLOCK = 400


@dataclass(frozen=True)
class Mention:
    """One figure or date: where it stands, what it counts, and the words around it.

    One without an event is compared with none.
    """

    row: int
    doc: str
    source: str
    event: str | None
    family: str
    governor: str
    words: dict[str, float]
    size: float | None = None
    governor_is_beside: bool = False


def stem(word: str) -> str:
    """Cut the commonest endings of English words."""
    if word.endswith(("shes", "ches", "xes", "sses", "zes")):
        return word[:-2]
    for ending in ("ations", "ation", "ings", "ing", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True)
class Context:
    """The words around a span, nearest first: stems, or the first of their synonyms."""

    left: list[str]
    right: list[str]


class Contexts:
    """The words around spans of a corpus; each document's words are read once."""

    def __init__(self, corpus: Corpus, frame: pd.DataFrame, synonyms: dict[str, str]) -> None:
        documents = sorted({corpus.position_of(doc) for doc in frame["doc"].unique()})
        self._corpus = corpus
        self._sentences = _sentences_of(corpus, documents)
        matches = {doc: list(_WORD.finditer(corpus.texts[doc])) for doc in documents}
        self._starts = {doc: [word.start() for word in matches[doc]] for doc in documents}
        self._printed = {doc: [word.group() for word in matches[doc]] for doc in documents}
        words = sorted({word for printed in self._printed.values() for word in printed})
        self._keys = {
            word: synonyms.get(folded) or stem(folded)
            for word, folded in zip(words, _core.fold(words), strict=True)
        }

    def around(self, id_: str, start: int, end: int) -> Context:
        """Return the words of the span's sentence, the one before and the one behind it.

        Of very long sentences the words nearby.
        """
        doc = self._corpus.position_of(id_)
        spans = self._sentences[doc]
        at = bisect_right(spans, (start, sys.maxsize)) - 1
        first = spans[max(at - 1, 0)][0] if spans else 0
        last = max(spans[min(at + 1, len(spans) - 1)][1] if spans else 0, end)
        starts, printed = self._starts[doc], self._printed[doc]
        before = bisect_left(starts, max(first, start - _REACH)), bisect_left(starts, start)
        behind = bisect_left(starts, end), bisect_left(starts, min(last, end + _REACH))
        left = [self._keys[word] for word in printed[slice(*before)]]
        return Context(left[::-1], [self._keys[word] for word in printed[slice(*behind)]])

    def clause(self, id_: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
        """Return the nearest words of the span's own sentence, and those with a capital letter.

        Function words are left out, and of the names the first word of the sentence.
        """
        doc = self._corpus.position_of(id_)
        spans = self._sentences[doc]
        at = bisect_right(spans, (start, sys.maxsize)) - 1
        first, last = spans[at] if at >= 0 else (start, end)
        starts, printed = self._starts[doc], self._printed[doc]
        opening = bisect_left(starts, max(first, start - _REACH))
        before = range(opening, bisect_left(starts, start))[::-1]
        behind = range(bisect_left(starts, end), bisect_left(starts, min(last, end + _REACH)))
        words: set[str] = set()
        names: set[str] = set()
        for side in (before, behind):
            told = (i for i in side if self._keys[printed[i]] not in _DEFAULT_STOPS)
            for i in islice(told, _CLAUSE):
                words.add(self._keys[printed[i]])
                if i > opening and printed[i][0].isupper():
                    names.add(self._keys[printed[i]])
        return frozenset(words), frozenset(names)

    def shown(self, group: Sequence[Mention], words: Sequence[str]) -> list[str]:
        """Return `words` as most mentions of the group print them."""
        wanted = set(words)
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for doc in sorted({mention.doc for mention in group}):
            for word in self._printed[self._corpus.position_of(doc)]:
                if self._keys[word] in wanted:
                    counts[self._keys[word]][word] += 1
        ranked = (sorted(counts[word].items(), key=_most_first) for word in words)
        return [forms[0][0] for forms in ranked if forms]


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _sentences_of(corpus: Corpus, documents: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    found = corpus.annotations.sentences()
    docs, starts, ends = (np.asarray(found[name]) for name in ("doc", "start", "end"))
    spans = {}
    for doc in documents:
        first, last = np.searchsorted(docs, [doc, doc + 1])
        spans[doc] = list(zip(starts[first:last].tolist(), ends[first:last].tolist(), strict=True))
    return spans


def in_compared(corpus: Corpus, frame: pd.DataFrame, events: dict[str, str]) -> pd.DataFrame:
    """Return the rows of documents whose event has a document of another source, renumbered."""
    sources: dict[str, set[str]] = defaultdict(set)
    for id_, source in zip(corpus.ids, corpus.documents["source"], strict=True):
        if id_ in events:
            sources[events[id_]].add(source)
    kept = {id_ for id_, event in events.items() if len(sources[event]) > 1}
    return frame[frame["doc"].isin(kept)].reset_index(drop=True)


def weigh_words(left: Sequence[str], right: Sequence[str]) -> dict[str, float]:
    """Weigh the words around a mention by their distance; what follows it counts half."""
    weights: dict[str, float] = {}
    for words, share in ((left, 1.0), (right, 0.5)):
        for distance, word in enumerate(words):
            if word not in _DEFAULT_STOPS:
                weight = share / (1.0 + distance / 8.0)
                weights[word] = max(weights.get(word, 0.0), weight)
    return weights


def is_beside(words: Sequence[str], governor: str) -> bool:
    """Return whether the governor is one of the nearest words, which come first."""
    return governor in words[:_BESIDE]


def governor_of(words: Iterable[str], groups: frozenset[str]) -> str:
    """Return the nearest word that has synonyms, else the nearest that is no function word."""
    nearest = ""
    for distance, word in enumerate(words):
        if word in groups and distance < 15:
            return word
        if not nearest and word not in _DEFAULT_STOPS and len(word) > 3:
            nearest = word
    return nearest


def match_mentions(
    mentions: Sequence[Mention],
    *,
    threshold: float,
    comparable: Callable[[Mention, Mention], float],
) -> list[tuple[list[Mention], float]]:
    """Group the mentions of different documents that speak of the same thing.

    With each group comes how alike its least alike link is, from 0 to 1.

    Two mentions are linked where each is the other's best in its document, of one family and
    event, and their words are alike. Mentions of one document come in text order; the order of the
    documents changes nothing.
    """
    mentions = sorted(mentions, key=lambda mention: mention.doc)
    rarity = _rarity(mentions)
    vectors = [_vector(mention, rarity) for mention in mentions]
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for i, j in _candidates(mentions, vectors):
        a, b = vectors[i], vectors[j]
        if len(b) < len(a):
            a, b = b, a
        score = sum(weight * b[word] for word, weight in a.items() if word in b)
        score *= comparable(mentions[i], mentions[j])
        if score < threshold:
            continue
        for one, other in ((i, j), (j, i)):
            key = (one, mentions[other].doc)
            best[key] = max(best.get(key, (0.0, -1)), (score, -other))
    links = [
        (score, i, -other)
        for (i, _), (score, other) in best.items()
        if i < -other and -best.get((-other, mentions[i].doc), (0.0, 1))[1] == i
    ]
    return _grouped(mentions, sorted(links, key=lambda link: (-link[0], link[1], link[2])))


def told_alike(
    contexts: Contexts,
    printed: Sequence[dict[Hashable, Any]],
    values: Sequence[str],
    needed: Callable[[int, int], float | None],
) -> bool:
    """Return whether two mentions that contradict each other stand among the same words.

    `printed` are the rows of the mentions, `values` what they say. `needed` takes the places of two
    of them and returns which share of all words near either, within its sentence, both must have;
    None where they do not contradict each other. Of the names of the one with fewer, half must be
    the other's.
    """
    chosen: list[int] = []
    counts: Counter[str] = Counter()
    for place, value in enumerate(values):
        if (value in counts or len(counts) < _VALUES) and counts[value] < _MENTIONS:
            counts[value] += 1
            chosen.append(place)
    clauses = {
        place: contexts.clause(*(printed[place][name] for name in ("doc", "start", "end")))
        for place in chosen
    }
    for i, j in combinations(chosen, 2):
        if values[i] == values[j]:
            continue
        (one, names), (other, other_names) = clauses[i], clauses[j]
        bar = needed(i, j)
        if bar is None or len(one & other) < bar * len(one | other):
            continue
        fewer = min(len(names), len(other_names))
        if not bar or len(names & other_names) >= 0.5 * fewer:
            return True
    return False


def _rarity(mentions: Sequence[Mention]) -> dict[str, float]:
    documents: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        for word in mention.words:
            documents[word].add(mention.doc)
    count = len({mention.doc for mention in mentions})
    return {word: math.log((1 + count) / len(docs)) for word, docs in documents.items()}


def _vector(mention: Mention, rarity: dict[str, float]) -> dict[str, float]:
    vector = {word: weight * rarity[word] for word, weight in mention.words.items()}
    if mention.governor:
        # What happened on that day, or to those counted, decides more than any word nearby.
        vector["\0" + mention.governor] = 1.5 * max(vector.values(), default=1.0)
    norm = math.sqrt(sum(value * value for value in vector.values()))
    return {word: value / norm for word, value in vector.items()} if norm else {}


def _candidates(
    mentions: Sequence[Mention], vectors: Sequence[dict[str, float]]
) -> Iterable[tuple[int, int]]:
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        if mention.event is not None:
            blocks[mention.event, mention.family].append(i)
    for block in blocks.values():
        pairs: Iterable[tuple[int, int]] = combinations(block, 2)
        if len(block) > _SMALL_BLOCK:
            pairs = sorted(_sharing(block, mentions, vectors))
        for i, j in pairs:
            if mentions[i].doc != mentions[j].doc and mentions[i].source != mentions[j].source:
                yield i, j


def _sharing(
    block: list[int], mentions: Sequence[Mention], vectors: Sequence[dict[str, float]]
) -> set[tuple[int, int]]:
    # In a large block, mentions that share one of the words that weigh most in each; a word that
    # many have links each to the next few of other documents, so that the pairs grow with the
    # mentions.
    holders: dict[str, list[int]] = defaultdict(list)
    for i in block:
        strongest = sorted(vectors[i].items(), key=lambda item: (-item[1], item[0]))[:3]
        for word, _ in strongest:
            holders[word].append(i)
    pairs: set[tuple[int, int]] = set()
    for rows in holders.values():
        after = len(rows)  # where the next document's mentions begin
        for at in range(len(rows) - 1, -1, -1):
            if at + 1 < len(rows) and mentions[rows[at]].doc != mentions[rows[at + 1]].doc:
                after = at + 1
            pairs.update((rows[at], other) for other in rows[after : after + 9])
    return pairs


def _grouped(
    mentions: Sequence[Mention], links: Iterable[tuple[float, int, int]]
) -> list[tuple[list[Mention], float]]:
    # Strongest link first; a group never takes two mentions of one document. The smaller group
    # joins the larger one, so that a group of very many costs little more than their number.
    group_of: dict[int, int] = {}
    groups: dict[int, list[int]] = {}
    documents: dict[int, set[str]] = {}
    weakest: dict[int, float] = {}
    for score, *pair in links:
        for i in pair:
            if i not in group_of:
                group_of[i], groups[i], documents[i] = i, [i], {mentions[i].doc}
        small, large = sorted((group_of[i] for i in pair), key=lambda name: len(groups[name]))
        if small == large or not documents[large].isdisjoint(documents[small]):
            continue
        documents[large] |= documents.pop(small)
        for member in groups.pop(small):
            group_of[member] = large
            groups[large].append(member)
        weakest[large] = score
    found = [(sorted(group), weakest[name]) for name, group in groups.items() if len(group) > 1]
    return [([mentions[i] for i in group], score) for group, score in sorted(found)]


def shared_words(group: Sequence[Mention], limit: int = 4) -> list[str]:
    """Return the words that most mentions of the group have around them, commonest first."""
    counts = Counter(word for mention in group for word in mention.words)
    weight = {
        word: sum(mention.words.get(word, 0.0) for mention in group)
        for word, count in counts.items()
        if count > len(group) / 2
    }
    return sorted(weight, key=lambda word: (-weight[word], word))[:limit]


def frame_of(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Return the table of discrepancies, what matters most first.

    Conflicts come before bounds that overlap, more sources before fewer, then wider gaps.
    """
    ordered = sorted(
        rows,
        key=lambda row: (
            _VERDICTS.index(row["verdict"]),
            -len({value["source"] for value in row["values"]}),
            -row["gap"],
            row["quantity"],
        ),
    )
    columns = ["kind", "quantity", "verdict", "values"]
    return pd.DataFrame(
        {name: pd.Series([row[name] for row in ordered], dtype=object) for name in columns}
    )
