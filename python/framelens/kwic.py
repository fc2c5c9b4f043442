"""Keyword in context: where a word or phrase stands, and in whose voice."""

from __future__ import annotations

import fnmatch
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.characters import plain
from framelens.corpus import check_corpus
from framelens.results import Result

if TYPE_CHECKING:
    from framelens.corpus import Corpus, Zones

__all__ = ["Kwic", "kwic"]

# A word, with what stands inside it: don't, U.S., 1,000, far-right.
_WORD = re.compile(r"\w+(?:[’'.,\-]\w+)*")


@dataclass(frozen=True, repr=False, eq=False)
class Kwic(Result):
    """A keyword in its contexts.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row an occurrence: ``doc``, ``source``, ``left``, ``keyword`` (as printed), ``right``,
        ``start``, ``end`` (code points), ``voice`` (own, quoted), ``speaker``, ``zone``.
    """


def kwic(
    corpus: Corpus,
    pattern: str | re.Pattern[str],
    window: int = 8,
    *,
    zones: Zones = "all",
) -> Kwic:
    """Find a word or phrase with the words around it.

    Parameters
    ----------
    corpus : Corpus
        The articles.
    pattern : str or re.Pattern
        Whole words, in any case and with or without accents; ``*`` and ``?`` stand for any
        characters of a word and for one. A compiled regular expression is searched as it is, in
        text whose letters and accents are composed (NFC), whose spaces are U+0020, and which has no
        soft hyphens and other characters that are not seen.
    window : int
        How many words on each side, from the same paragraph.
    zones : tuple of str or "all"
        Which parts of the articles.

    Returns
    -------
    Kwic

    Raises
    ------
    ValueError
        A pattern without a word, a negative window, an unknown zone.

    See Also
    --------
    keyness : The words that are worth looking up.
    Corpus.voice_at : In whose voice a span speaks.

    Examples
    --------
    >>> import framelens as fl
    >>> fl.kwic(fl.demo(), "president", window=3).frame["keyword"].str.lower().unique().tolist()
    ['president']
    """
    check_corpus(corpus, "kwic")
    if window < 0:
        raise ValueError(f"window is at least 0, not {window}")
    find = _finder(pattern)
    pieces = [(i, *span) for i, spans in enumerate(corpus.zone_pieces(zones)) for span in spans]
    texts = _core.PlainTexts([corpus.texts[i][start:end] for i, start, end in pieces])
    # Where the left context, the keyword and the right context stand in each piece.
    places: list[tuple[int, int, int]] = []
    for k, text in enumerate(texts.texts):
        # Paragraphs are searched one by one: neither keyword nor context crosses them.
        for line in re.finditer(r"[^\r\n]+", text):
            for match in find(line.group()):
                first, last = _context(line.group(), match, window)
                edges = [line.start() + edge for edge in (first, *match, last)]
                places += [(k, *span) for span in itertools.pairwise(edges)]
    piece, *spans = np.array(places, dtype=np.int64).reshape(-1, 3).T
    starts, ends = texts.given_spans(piece, *spans)
    return Kwic(frame=_frame(corpus, pieces, piece, starts, ends))


def _finder(pattern: str | re.Pattern[str]) -> Callable[[str], list[tuple[int, int]]]:
    if isinstance(pattern, re.Pattern):
        return lambda line: [m.span() for m in pattern.finditer(line) if m.end() > m.start()]
    parts = re.findall(r"[\w*?]+(?:[’'.,\-][\w*?]+)*", plain(pattern))
    if not parts or not re.search(r"\w", pattern):
        raise ValueError(f"{pattern!r} has no word to look for")
    wanted = [re.compile(fnmatch.translate(part)) for part in _core.fold(parts)]
    folded: dict[str, str] = {}

    def find(line: str) -> list[tuple[int, int]]:
        words = list(_WORD.finditer(line))
        new = [word for word in {word.group() for word in words} if word not in folded]
        folded.update(zip(new, _core.fold(new), strict=True))
        forms = [folded[word.group()] for word in words]
        size = len(wanted)
        return [
            (words[k].start(), words[k + size - 1].end())
            for k in range(len(words) - size + 1)
            if all(rule.match(forms[k + j]) for j, rule in enumerate(wanted))
        ]

    return find


def _context(line: str, match: tuple[int, int], window: int) -> tuple[int, int]:
    if window == 0:
        return match
    before = [word.start() for word in _WORD.finditer(line, 0, match[0])]
    after = [word.end() for word in _WORD.finditer(line, match[1])]
    return (
        before[-window] if len(before) >= window else 0,
        after[window - 1] if len(after) >= window else len(line),
    )


def _zones_by_document(corpus: Corpus) -> list[list[tuple[int, int, str]]]:
    found = corpus.annotations.zones()
    zones: list[list[tuple[int, int, str]]] = [[] for _ in corpus.texts]
    columns = (found["doc"], found["start"], found["end"], found["zone"])
    for doc, start, end, zone in zip(*columns, strict=True):
        zones[int(doc)].append((int(start), int(end), str(zone)))
    return zones


def _frame(
    corpus: Corpus, pieces: list[tuple[int, int, int]], piece: Any, starts: Any, ends: Any
) -> pd.DataFrame:
    # Three spans an occurrence, each within its piece.
    of_piece = [pieces[k] for k in piece.tolist()]
    spans = [
        (doc, first + int(start), first + int(end))
        for (doc, first, _), start, end in zip(of_piece, starts, ends, strict=True)
    ]
    shown = [corpus.texts[doc][start:end] for doc, start, end in spans]
    found = spans[1::3]
    zone_of = _zones_by_document(corpus)

    def zone(doc: int, start: int) -> str:
        around = (name for first, last, name in zone_of[doc] if first <= start < last)
        return next(around, "body")

    voices = [corpus.voice_at(corpus.ids[doc], start, end) for doc, start, end in found]
    texts = {
        "doc": [corpus.ids[doc] for doc, _, _ in found],
        "source": [corpus.source_of[doc] for doc, _, _ in found],
        "left": [text.strip() for text in shown[0::3]],
        "keyword": shown[1::3],
        "right": [text.strip() for text in shown[2::3]],
    }
    frame = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in texts.items()})
    frame["start"] = pd.Series([start for _, start, _ in found], dtype="int64")
    frame["end"] = pd.Series([end for _, _, end in found], dtype="int64")
    frame["voice"] = pd.Series([voice for voice, _ in voices], dtype=object)
    frame["speaker"] = pd.Series([speaker for _, speaker in voices], dtype=object)
    frame["zone"] = pd.Series([zone(doc, start) for doc, start, _ in found], dtype=object)
    return frame
