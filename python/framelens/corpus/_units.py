"""The words by which articles are searched: UAX #29's, with what is written onto them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framelens import _core
from framelens.corpus.characters import plain
from framelens.corpus.corpus import Corpus

__all__ = ["Units", "find_units", "pattern_units", "units_of_word"]

Numbers = NDArray[np.int64]

# Letters that stand for the wildcards of a pattern while it is cut into words: Deseret, in which
# nothing is printed.
_MANY, _ONE = "\U00010428", "\U00010429"
_WILDCARDS = {_MANY: ".*", _ONE: "."}
# Words that lose their vowel before another: l'Europe, qu'elle, dell'arte.
_ELIDED = re.compile(
    "(?:c|d|j|l|m|n|s|t|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|all|coll|dall|dell|nell|sull|gl"
    r"|un|quell|quest)['’ʼ](?=\w)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ][sS]$")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_HAN = r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_PIECE = re.compile(rf"{_HAN}|(?:(?!{_HAN})[^.])+")
_SELDOM = re.compile(rf"['’ʼ.]|{_HAN}")


@dataclass(frozen=True)
class Units:
    """The search words of texts, in text order.

    Shapes: `text`, `start`, `end` and `key` have an entry a search word; `word` says which word of
    UAX #29 it belongs to. `keys` are the folded words, each once.
    """

    text: Numbers
    start: Numbers
    end: Numbers
    key: Numbers
    word: Numbers
    keys: list[str]


def units_of_word(word: str) -> list[tuple[int, int]]:
    """Return the spans of the search words of a word of UAX #29.

    The possessive and what is elided stand apart, a full stop between letters joins abbreviations
    only, and each ideograph is a word, since a dictionary cuts them otherwise in another context.

    Examples
    --------
    >>> from framelens.corpus._units import units_of_word
    >>> words = "Ruiz’s", "l'Europe", "said.Ruiz"
    >>> [[word[a:b] for a, b in units_of_word(word)] for word in words]
    [['Ruiz', '’s'], ["l'", 'Europe'], ['said', 'Ruiz']]
    >>> [len(units_of_word(word)) for word in ("U.S", "don't", "O'Brien", "1,000.5", "总统")]
    [1, 1, 1, 1, 2]
    """
    if not _SELDOM.search(word) or _ABBREVIATED.fullmatch(word) or word[0].isdigit():
        return [(0, len(word))]
    elided = _ELIDED.match(word)
    first = elided.end() if elided else 0
    possessive = _POSSESSIVE.search(word, first)
    last = possessive.start() if possessive else len(word)
    spans = [(0, first)] if first else []
    spans += [piece.span() for piece in _PIECE.finditer(word, first, last)]
    return spans + ([(last, len(word))] if possessive else [])


def find_units(corpus: Corpus) -> Units:
    """Return the search words of all texts; spans point into the texts as they were given."""
    texts = _core.PlainTexts.of(corpus.texts)
    words, forms = _core.find_words(texts.texts, n_jobs=corpus._n_jobs)
    spans = [units_of_word(form) for form in forms]
    parts = [form[a:b] for form, cut in zip(forms, spans, strict=True) for a, b in cut]
    number: dict[str, int] = {}
    keys = [number.setdefault(part, len(number)) for part in _core.fold(parts)]
    # Where each form's parts stand in the list of all parts; then a row a part of every word.
    counts = np.array([len(cut) for cut in spans], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(counts)])
    of_word = counts[words["form"]]
    word = np.repeat(np.arange(len(of_word), dtype=np.int64), of_word)
    within = np.arange(len(word)) - np.repeat(np.cumsum(of_word) - of_word, of_word)
    part = first[words["form"]][word] + within
    edges = np.array([edge for cut in spans for edge in cut], dtype=np.int64).reshape(-1, 2)
    start = words["start"][word] + edges[part, 0]
    end = words["start"][word] + edges[part, 1]
    text = words["text"][word]
    start, end = texts.given_spans(text, start, end)
    return Units(text, start, end, np.array(keys, dtype=np.int64)[part], word, list(number))


def pattern_units(pattern: str) -> list[str | re.Pattern[str]]:
    """Return what each search word of a pattern has to be: a folded word, or a rule for one.

    Raises
    ------
    ValueError
        A pattern without a word.
    """
    stand_in = plain(pattern).replace("*", _MANY).replace("?", _ONE)
    words = _core.unicode_words(stand_in)
    parts = _core.fold(word[a:b] for word in words for a, b in units_of_word(word))
    if not parts or not re.search(r"\w", plain(pattern)):
        raise ValueError(f"the pattern {pattern!r} has no word: give at least one")
    return [_rule(part) if set(part) & set(_WILDCARDS) else part for part in parts]


def _rule(part: str) -> re.Pattern[str]:
    return re.compile("".join(_WILDCARDS.get(c) or re.escape(c) for c in part), re.DOTALL)


def matches(units: Units, wanted: Sequence[str | re.Pattern[str]], part_of: Any) -> Numbers:
    """Return where `wanted` begins in `units`, all in one of the parts that `part_of` numbers."""
    size = len(wanted)
    starts = np.arange(max(len(units.key) - size + 1, 0))
    for k, rule in enumerate(wanted):
        if isinstance(rule, str):
            fits = np.array([key == rule for key in units.keys], dtype=bool)
        else:
            fits = np.array([rule.fullmatch(key) is not None for key in units.keys], dtype=bool)
        starts = starts[fits[units.key[starts + k]]]
    same = part_of[starts] == part_of[starts + size - 1]
    found: Numbers = starts[same & (part_of[starts] >= 0)].astype(np.int64)
    return found
