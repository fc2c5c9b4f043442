"""Keyword in context: where a word or phrase stands, and in whose voice."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from framelens import _core
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
        characters of a word and for one. A compiled regular expression is searched as it is.
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
    zone_of = _zones_by_document(corpus)
    rows = []
    for i, pieces in enumerate(corpus.zone_pieces(zones)):
        text = corpus.texts[i]
        for piece_start, piece_end in pieces:
            # Paragraphs are searched one by one: neither keyword nor context crosses them.
            for line in re.finditer(r"[^\r\n]+", text[piece_start:piece_end]):
                start = piece_start + line.start()
                for match in find(line.group()):
                    left, right = _context(line.group(), match, window)
                    at = (start + match[0], start + match[1])
                    rows.append((i, left, text[slice(*at)], right, *at))
    return Kwic(frame=_frame(corpus, rows, zone_of))


def _finder(pattern: str | re.Pattern[str]) -> Callable[[str], list[tuple[int, int]]]:
    if isinstance(pattern, re.Pattern):
        return lambda line: [m.span() for m in pattern.finditer(line) if m.end() > m.start()]
    parts = re.findall(r"[\w*?]+(?:[’'.,\-][\w*?]+)*", pattern)
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


def _context(line: str, match: tuple[int, int], window: int) -> tuple[str, str]:
    before = [word.start() for word in _WORD.finditer(line, 0, match[0])]
    after = [word.end() for word in _WORD.finditer(line, match[1])]
    start = before[-window] if len(before) >= window > 0 else 0
    end = after[window - 1] if len(after) >= window > 0 else len(line)
    if window == 0:
        return "", ""
    return line[start : match[0]].strip(), line[match[1] : end].strip()


def _zones_by_document(corpus: Corpus) -> list[list[tuple[int, int, str]]]:
    found = corpus.annotations.zones()
    zones: list[list[tuple[int, int, str]]] = [[] for _ in corpus.texts]
    columns = (found["doc"], found["start"], found["end"], found["zone"])
    for doc, start, end, zone in zip(*columns, strict=True):
        zones[int(doc)].append((int(start), int(end), str(zone)))
    return zones


def _frame(
    corpus: Corpus,
    rows: list[tuple[int, str, str, str, int, int]],
    zone_of: list[list[tuple[int, int, str]]],
) -> pd.DataFrame:
    def zone(doc: int, start: int) -> str:
        around = (name for first, last, name in zone_of[doc] if first <= start < last)
        return next(around, "body")

    voices = [corpus.voice_at(corpus.ids[doc], start, end) for doc, *_, start, end in rows]
    texts = {
        "doc": [corpus.ids[row[0]] for row in rows],
        "source": [corpus.source_of[row[0]] for row in rows],
        "left": [row[1] for row in rows],
        "keyword": [row[2] for row in rows],
        "right": [row[3] for row in rows],
    }
    frame = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in texts.items()})
    frame["start"] = pd.Series([row[4] for row in rows], dtype="int64")
    frame["end"] = pd.Series([row[5] for row in rows], dtype="int64")
    frame["voice"] = pd.Series([voice for voice, _ in voices], dtype=object)
    frame["speaker"] = pd.Series([speaker for _, speaker in voices], dtype=object)
    frame["zone"] = pd.Series([zone(row[0], row[4]) for row in rows], dtype=object)
    return frame
