"""Keyword in context: where a word or phrase stands, and in whose voice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framelens import _core
from framelens.base.results import Result
from framelens.base.spans import Parts
from framelens.corpus._units import Units, find_units, matches, pattern_units
from framelens.corpus.corpus import check_corpus

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus.corpus import Corpus, Zones

__all__ = ["Kwic", "kwic"]

# White space, and what a font shows nothing of: soft hyphens, joiners, marks of direction.
_UNSEEN = (
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)

Pattern: TypeAlias = "str | re.Pattern[str]"
Window: TypeAlias = "int | Literal['sentence']"
Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, repr=False, eq=False)
class Kwic(Result):
    """Keywords in their contexts.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row an occurrence, in text order: ``doc``, ``source``, ``left``, ``keyword`` (as
        printed), ``right``, ``start``, ``end`` (code points), ``voice`` (own, quoted), ``speaker``,
        ``zone``, ``pattern`` (as given).
    lengths : pandas.Series
        Code points of each document, by id.
    """

    lengths: pd.Series[int] | None = None

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw where in each article the keywords stand, and in whose voice.

        A line an article that has one, from its first character to its last; a mark an occurrence,
        filled in the outlet's own voice, open in a quotation; a colour a pattern.
        """
        from framelens.plots import dispersion

        return dispersion(self.frame, self.lengths, ax=ax)


def kwic(
    corpus: Corpus,
    pattern: Pattern | Iterable[Pattern],
    window: Window = 8,
    *,
    zones: Zones = "all",
) -> Kwic:
    """Find words or phrases with the words around them.

    Parameters
    ----------
    corpus : Corpus
        The articles.
    pattern : str or re.Pattern, or an iterable of them
        Whole words, in any case and with or without accents; ``*`` and ``?`` stand for any
        characters of a word and for one. Words are UAX #29's; a possessive (``Ruiz's``) and an
        elided article (``l'Europe``) are words of their own, and of Chinese each character is. A
        compiled regular expression is searched as it is, paragraph by paragraph, in text whose
        letters and accents are composed (NFC), whose spaces and line breaks are U+0020, and which
        has no soft hyphens and other characters that are not seen.
    window : int or "sentence"
        How many words on each side, from the same paragraph; or the sentence.
    zones : tuple of str or "all"
        Which parts of the articles.

    Returns
    -------
    Kwic

    Raises
    ------
    ValueError
        A pattern without a word, none at all, a negative window, an unknown zone.

    See Also
    --------
    keyness : The words that are worth looking up.
    Corpus.voice_at : In whose voice a span speaks.

    Examples
    --------
    >>> import framelens as fl
    >>> fl.kwic(fl.demo(), "president", window=3).frame["keyword"].str.lower().unique().tolist()
    ['president']
    >>> found = fl.kwic(fl.demo(), ["dictator*", "strongm?n"], window="sentence").frame
    >>> sorted(found["pattern"].unique())
    ['dictator*', 'strongm?n']
    """
    check_corpus(corpus, "kwic")
    if window != "sentence" and (not isinstance(window, int) or window < 0):
        raise ValueError(f"window must be a number from 0 on, or 'sentence', not {window!r}")
    patterns = [pattern] if isinstance(pattern, str | re.Pattern) else list(pattern)
    if not patterns:
        raise ValueError("pattern is empty: give at least one")
    wanted = [p if isinstance(p, re.Pattern) else pattern_units(p) for p in patterns]
    paragraphs = _paragraphs(corpus, zones)
    units = find_units(corpus)
    found = [
        _by_expression(corpus, paragraphs, rule)
        if isinstance(rule, re.Pattern)
        else _by_words(paragraphs, units, rule)
        for rule in wanted
    ]
    spans = np.concatenate(found)
    which = np.repeat(np.arange(len(found)), [len(rows) for rows in found])
    order = np.lexsort((which, spans[:, 2], spans[:, 1], spans[:, 0]))
    spans, which = spans[order], which[order]
    contexts = (
        _sentences_around(corpus, paragraphs, spans)
        if window == "sentence"
        else _words_around(paragraphs, units, spans, int(window))
    )
    frame = _frame(corpus, spans, contexts)
    names = [p.pattern if isinstance(p, re.Pattern) else p for p in patterns]
    frame["pattern"] = pd.Series([names[k] for k in which.tolist()], dtype=object)
    lengths = pd.Series([len(text) for text in corpus.texts], corpus.ids, dtype="int64")
    return Kwic(frame=frame, lengths=lengths)


def _paragraphs(corpus: Corpus, zones: Zones) -> Parts:
    # The paragraphs, cut where a zone begins or ends.
    found = corpus.annotations.sentences()
    number = found["doc"].astype(np.int64) * (1 << 32) + found["paragraph"]
    first = np.flatnonzero(np.diff(number, prepend=-1))
    last = np.append(first[1:], len(number)) - 1 if len(first) else first
    whole = zip(found["doc"][first], found["start"][first], found["end"][last], strict=True)
    pieces = corpus.zone_pieces(zones)
    next_piece = [0] * len(corpus)
    rows = []
    for doc, start, end in whole:
        of_document = pieces[doc]
        k = next_piece[doc]
        while k < len(of_document) and of_document[k][0] < end:
            left, right = max(start, of_document[k][0]), min(end, of_document[k][1])
            if left < right:
                rows.append((doc, left, right))
            if of_document[k][1] > end:
                break
            k += 1
        next_piece[doc] = k
    return Parts(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def _by_words(paragraphs: Parts, units: Units, wanted: Sequence[str | re.Pattern[str]]) -> Numbers:
    part = paragraphs.at(units.text, units.start)
    first = matches(units, wanted, part)
    last = first + len(wanted) - 1
    return np.stack([units.text[first], units.start[first], units.end[last]], axis=1)


def _by_expression(corpus: Corpus, paragraphs: Parts, rule: re.Pattern[str]) -> Numbers:
    places = list(
        zip(
            paragraphs.doc.tolist(), paragraphs.start.tolist(), paragraphs.end.tolist(), strict=True
        )
    )
    texts = _core.PlainTexts.of([corpus.texts[doc][start:end] for doc, start, end in places])
    rows = [
        (k, *match.span())
        for k, text in enumerate(texts.texts)
        for match in rule.finditer(re.sub(r"[\r\n]", " ", text))
        if match.end() > match.start()
    ]
    part, start, end = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    start, end = texts.given_spans(part, start, end)
    offset = paragraphs.start[part]
    return np.stack([paragraphs.doc[part], offset + start, offset + end], axis=1)


def _words_around(paragraphs: Parts, units: Units, spans: Numbers, window: int) -> Numbers:
    """Return where the left context begins and the right one ends, a row a span."""
    doc, start, end = spans.T
    part = paragraphs.at(doc, start)
    low, high = paragraphs.start[part], paragraphs.end[part]
    if window == 0:
        return np.stack([start, end], axis=1)
    # The words, a row each: a word begins with its first search word.
    first = np.flatnonzero(np.diff(units.word, prepend=-1))
    last = np.append(first[1:], len(units.word)) - 1 if len(first) else first
    text, begin, finish = units.text[first], units.start[first], units.end[last]
    stride = int(max(finish.max(initial=0), high.max(initial=0))) + 1
    key = text * stride
    before = np.searchsorted(key + begin, doc * stride + start)
    after = np.searchsorted(key + finish, doc * stride + end, side="right")
    left = _at(begin, text, before - window, doc, low)
    right = _at(finish, text, after + window - 1, doc, high)
    return np.stack([np.maximum(left, low), np.minimum(right, high)], axis=1)


def _at(values: Numbers, text: Numbers, at: Numbers, doc: Numbers, otherwise: Numbers) -> Numbers:
    # The value at a position, where it is one of the same document.
    known = (at >= 0) & (at < len(values))
    safe = np.where(known, at, 0)
    if not len(values):
        return otherwise
    return np.where(known & (text[safe] == doc), values[safe], otherwise)


def _sentences_around(corpus: Corpus, paragraphs: Parts, spans: Numbers) -> Numbers:
    doc, start, end = spans.T
    found = corpus.annotations.sentences()
    columns = (found[name].astype(np.int64) for name in ("doc", "start", "end"))
    sentences = Parts(*columns)
    part = paragraphs.at(doc, start)
    first, last = sentences.at(doc, start), sentences.at(doc, np.maximum(end - 1, start))
    left = np.where(first < 0, paragraphs.start[part], sentences.start[first])
    right = np.where(last < 0, paragraphs.end[part], sentences.end[last])
    low, high = paragraphs.start[part], paragraphs.end[part]
    return np.stack([np.maximum(left, low), np.minimum(right, high)], axis=1)


def _zones_at(corpus: Corpus, doc: Numbers, start: Numbers) -> list[str]:
    found = corpus.annotations.zones()
    zones = Parts(*(found[name].astype(np.int64) for name in ("doc", "start", "end")))
    names: Any = found["zone"]
    return [str(names[k]) if k >= 0 else "body" for k in zones.at(doc, start).tolist()]


def _trimmed(text: str) -> str:
    # What is not seen goes with the white space beside it.
    text = text.strip()
    return text if text.isascii() else re.sub(rf"^{_UNSEEN}+|{_UNSEEN}+$", "", text)


def _frame(corpus: Corpus, spans: Numbers, contexts: Numbers) -> pd.DataFrame:
    rows = list(map(tuple, spans.tolist()))
    around = contexts.tolist()
    voices = [corpus.voice_at(corpus.ids[doc], start, end) for doc, start, end in rows]
    texts = [corpus.texts[doc] for doc, _, _ in rows]
    columns: dict[str, list[Any]] = {
        "doc": [corpus.ids[doc] for doc, _, _ in rows],
        "source": [corpus.source_of[doc] for doc, _, _ in rows],
        "left": [
            _trimmed(text[left:start])
            for text, (_, start, _), (left, _) in zip(texts, rows, around, strict=True)
        ],
        "keyword": [text[start:end] for text, (_, start, end) in zip(texts, rows, strict=True)],
        "right": [
            _trimmed(text[end:right])
            for text, (_, _, end), (_, right) in zip(texts, rows, around, strict=True)
        ],
        "start": [start for _, start, _ in rows],
        "end": [end for _, _, end in rows],
        "voice": [voice for voice, _ in voices],
        "speaker": [speaker for _, speaker in voices],
        "zone": _zones_at(corpus, spans[:, 0], spans[:, 1]),
    }
    whole = ("start", "end")
    return pd.DataFrame(
        {
            name: pd.Series(column, dtype="int64" if name in whole else object)
            for name, column in columns.items()
        }
    )
