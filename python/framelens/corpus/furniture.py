"""Furniture: passages that a source puts into many of its articles, and no other source does."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens import _core
from framelens.base.spans import Parts
from framelens.corpus.voices import Span, without

if TYPE_CHECKING:
    from framelens.corpus.corpus import Corpus, Zones

__all__ = ["Furniture", "find_furniture"]

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

_WORDS = 4  # of a passage, at least
_LEAST_ARTICLES = 4
_LEAST_SHARE = 0.04  # of the source's articles
_RARER = 10.0  # the share of the other sources' articles, times this, is no larger
_LEAST_FIXED = (
    0.8  # of the uses of a passage that is furniture: at an edge, or the sentence repeats
)
_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_COLUMNS: dict[str, Any] = {
    "source": object,
    "passage": object,
    "documents": "int64",
    "words": "int64",
}


@dataclass(frozen=True)
class Furniture:
    """What is furniture in a corpus.

    Attributes
    ----------
    spans : list of list of (int, int)
        Of each document, ascending and apart; code points in ``corpus.texts``.
    passages : pandas.DataFrame
        One row a source and passage: source, passage (folded words), documents (of the source that
        have it), words (taken in all of them), the most words first.
    shares : pandas.Series
        By source, the share of the words of the zones that is furniture.
    """

    spans: list[list[Span]]
    passages: pd.DataFrame
    shares: pd.Series[float]

    def taken_out_of(self, pieces: Sequence[Sequence[Span]]) -> list[list[Span]]:
        """Return what is left of the pieces of each document."""
        return [without(own, holes) for own, holes in zip(pieces, self.spans, strict=True)]


def find_furniture(corpus: Corpus, zones: Zones) -> Furniture:
    """Find the repeated passages of each source that are no wording of its own.

    Furniture is made of runs of four words (folded) that stand in at least 4 and 4% of a source's
    articles and in a share of the other sources' articles that is ten times smaller. Four fifths
    of their uses begin or end a line or paragraph, or stand in sentences that the source repeats
    word for word in another article: a house phrase, which stands in another sentence each time, is
    none.

    The result does not depend on the order of documents; it is kept with the corpus.
    """
    wanted = "all" if isinstance(zones, str) else tuple(sorted(zones))
    # Beside what the corpus itself keeps of what it found.
    known: dict[object, Furniture] = vars(corpus).setdefault("_furniture", {})
    if wanted not in known:
        known[wanted] = _find(corpus, zones)
    return known[wanted]


@dataclass(frozen=True)
class _Words:
    """The words of the zones, in text order. Shapes: all have an entry a word."""

    doc: Numbers
    start: Numbers
    end: Numbers
    form: Numbers  # index into `forms`
    line: Numbers  # a number a line of the corpus
    sentence: Numbers  # a number a sentence of the corpus
    forms: list[str]

    def __len__(self) -> int:
        return len(self.doc)


def _find(corpus: Corpus, zones: Zones) -> Furniture:
    sources = sorted(set(corpus.source_of))
    number = {source: k for k, source in enumerate(sources)}
    source_of = np.array([number[source] for source in corpus.source_of], dtype=np.int64)
    words = _words_of(corpus, zones)
    taken = _taken(words, source_of, np.bincount(source_of, minlength=len(sources)))
    spans: list[list[Span]] = [[] for _ in corpus.texts]
    uses: dict[tuple[str, tuple[int, ...]], list[int]] = {}
    for first, last in _runs(words, taken):
        doc = int(words.doc[first])
        spans[doc].append((int(words.start[first]), int(words.end[last])))
        passage = tuple(words.form[first : last + 1].tolist())
        uses.setdefault((corpus.source_of[doc], passage), []).append(doc)
    all_words = np.bincount(source_of[words.doc], minlength=len(sources))
    own_words = np.bincount(source_of[words.doc[taken]], minlength=len(sources))
    shares = own_words / np.maximum(all_words, 1)
    return Furniture(spans, _passages(words, uses), pd.Series(shares, sources, dtype=float))


def _words_of(corpus: Corpus, zones: Zones) -> _Words:
    texts = _core.PlainTexts.of(corpus._unwrapped)
    found, printed = _core.find_words(texts.texts, n_jobs=corpus._n_jobs)
    number: dict[str, int] = {}
    folded = _core.fold(printed)
    form_of = np.array([number.setdefault(form, len(number)) for form in folded], dtype=np.int64)
    doc = found["text"].astype(np.int64)
    start, end = texts.given_spans(doc, found["start"], found["end"])
    pieces = _parts(corpus.zone_pieces(zones))
    piece = pieces.at(doc, start)
    kept = piece >= 0
    doc, start, end, piece = doc[kept], start[kept], end[kept], piece[kept]
    sentences = corpus.annotations.sentences()
    parts = Parts(*(sentences[name].astype(np.int64) for name in ("doc", "start", "end")))
    form = form_of[found["form"].astype(np.int64)[kept]]
    line = _lines(corpus, doc, start, piece)
    sentence = parts.at(doc, start)
    sentence = np.where(sentence < 0, -1 - line, sentence)
    return _Words(doc, start, end, form, line, sentence, list(number))


def _parts(pieces: list[list[Span]]) -> Parts:
    rows = [(doc, start, end) for doc, own in enumerate(pieces) for start, end in own]
    return Parts(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def _lines(corpus: Corpus, doc: Numbers, start: Numbers, piece: Numbers) -> Numbers:
    # A line begins with a piece, or where a line end stands between a word and the one before.
    stride = max((len(text) for text in corpus.texts), default=0) + 1
    places = np.array(
        [
            i * stride + found.start()
            for i, text in enumerate(corpus._unwrapped)
            for found in _LINE_END.finditer(text)
        ],
        dtype=np.int64,
    )
    before = np.searchsorted(places, doc * stride + start)
    return np.cumsum(_first_of(piece) | _first_of(before)).astype(np.int64)


def _first_of(numbers: Numbers) -> Flags:
    """Return which of the numbers differ from the one before."""
    return np.append(np.ones(min(len(numbers), 1), dtype=np.bool_), numbers[1:] != numbers[:-1])


def _taken(words: _Words, source_of: Numbers, sizes: Numbers) -> Flags:
    """Return which words are furniture."""
    taken = np.zeros(len(words), dtype=np.bool_)
    first = np.flatnonzero(words.line[: -_WORDS + 1] == words.line[_WORDS - 1 :])
    gram = _numbered(words.form, first)
    # A passage that stands nowhere else needs no further look.
    often = np.bincount(gram)[gram] >= _LEAST_ARTICLES if len(gram) else np.zeros(0, dtype=bool)
    first, gram = first[often], gram[often]
    if not len(first):
        return taken
    pair = _factors(gram) * len(sizes) + source_of[words.doc[first]]
    pairs, own = _own(pair, words.doc[first], source_of, sizes)
    of_use = np.searchsorted(pairs, pair)
    first, of_use = first[own[of_use]], of_use[own[of_use]]
    fixed = np.bincount(of_use, weights=_fixed(words, first, source_of), minlength=len(pairs))
    furniture = fixed >= _LEAST_FIXED * np.bincount(of_use, minlength=len(pairs))
    return _covered(len(words), first[furniture[of_use]])


def _own(pair: Numbers, doc: Numbers, source_of: Numbers, sizes: Numbers) -> tuple[Numbers, Flags]:
    """Return each run of words and source, and whether it is frequent there and there alone."""
    printed = np.unique(pair * len(source_of) + doc) // len(source_of)
    pairs, articles = np.unique(printed, return_counts=True)
    of_gram, of_source = pairs // len(sizes), pairs % len(sizes)
    elsewhere = np.bincount(of_gram, weights=articles)[of_gram] - articles
    share = articles / sizes[of_source]
    others = np.maximum(len(source_of) - sizes[of_source], 1)
    frequent = (articles >= _LEAST_ARTICLES) & (share >= _LEAST_SHARE)
    return pairs, frequent & (_RARER * elsewhere / others <= share)


def _covered(size: int, first: Numbers) -> Flags:
    covered = np.zeros(size, dtype=np.bool_)
    for step in range(_WORDS):
        covered[first + step] = True
    return covered


def _numbered(form: Numbers, first: Numbers) -> Numbers:
    """Return a number for the words from each of `first` on, equal where these are equal."""
    if not len(first):
        return first
    pair = _factors(form[:-1] * (form.max() + 1) + form[1:])
    return _factors(pair[first] * (pair.max() + 1) + pair[first + 2])


def _factors(values: Numbers) -> Numbers:
    """Return a number for each value, from 0 on. Cost: linear."""
    return np.asarray(pd.factorize(values)[0], dtype=np.int64)


def _fixed(words: _Words, first: Numbers, source_of: Numbers) -> Flags:
    """Return which uses begin or end a line, or stand in sentences that repeat word for word."""
    starts = _first_of(words.line)
    ends = np.append(starts[1:], True)
    repeated = _repeated(words, source_of)
    whole = np.logical_and.reduce([repeated[first + step] for step in range(_WORDS)])
    return np.asarray(starts[first] | ends[first + _WORDS - 1] | whole, dtype=np.bool_)


def _repeated(words: _Words, source_of: Numbers) -> Flags:
    """Return which words stand in a sentence that another article of the source has."""
    edges = np.append(np.flatnonzero(_first_of(words.sentence)), len(words))
    docs = words.doc[edges[:-1]]
    texts = [words.form[a:b].tobytes() for a, b in itertools.pairwise(edges.tolist())]
    keys = list(zip(source_of[docs].tolist(), texts, strict=True))
    articles = Counter(key for key, _ in set(zip(keys, docs.tolist(), strict=True)))
    known = np.array([articles[key] > 1 for key in keys], dtype=np.bool_)
    return np.repeat(known, np.diff(edges))


def _runs(words: _Words, taken: Flags) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of the words that are taken one behind the other in a line."""
    place = np.flatnonzero(taken)
    firsts = np.flatnonzero((np.diff(place, prepend=-2) != 1) | _first_of(words.line[place]))
    lasts = np.append(firsts[1:], len(place)) - 1 if len(firsts) else firsts
    yield from zip(place[firsts].tolist(), place[lasts].tolist(), strict=True)


def _passages(words: _Words, uses: dict[tuple[str, tuple[int, ...]], list[int]]) -> pd.DataFrame:
    rows = [
        (
            source,
            " ".join(words.forms[k] for k in passage),
            len(set(docs)),
            len(passage) * len(docs),
        )
        for (source, passage), docs in uses.items()
    ]
    rows.sort(key=lambda row: (row[0], -row[3], row[1]))
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
