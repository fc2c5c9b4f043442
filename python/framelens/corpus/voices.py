"""In whose voice a stretch of text speaks: one definition for all analyses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from framelens.base.spans import merge_spans

if TYPE_CHECKING:
    from framelens.corpus.corpus import Corpus

__all__ = ["VOICES", "Span", "Voice", "check_voice", "in_voice", "without"]

Voice: TypeAlias = Literal["own", "reported", "quoted", "unquoted", "all"]
VOICES: tuple[Voice, ...] = ("own", "reported", "quoted", "unquoted", "all")
Span: TypeAlias = tuple[int, int]


def check_voice(voice: str) -> None:
    """Refuse what is no voice."""
    if voice not in VOICES:
        raise ValueError(f"voice must be one of {', '.join(VOICES)}, not {voice!r}")


def in_voice(corpus: Corpus, pieces: Sequence[Sequence[Span]], voice: Voice) -> list[list[Span]]:
    """Return the parts of each document's `pieces` (ascending, apart) that speak in `voice`.

    ``quoted`` stands inside direct and partial quotations, marks included; ``reported`` is what
    somebody says in indirect speech, outside those; ``own`` is neither; ``unquoted`` is own and
    reported; ``all`` is everything.

    Raises
    ------
    ValueError
        An unknown voice.
    """
    check_voice(voice)
    if voice == "all":
        return [list(of_document) for of_document in pieces]
    quoted = _spans(corpus, corpus.annotations.voice())
    unquoted = _each_without(pieces, quoted)
    if voice == "unquoted":
        return unquoted
    if voice == "quoted":
        return _each_without(pieces, unquoted)
    own = _each_without(unquoted, _spans(corpus, corpus.annotations.reported()))
    return own if voice == "own" else _each_without(unquoted, own)


def without(pieces: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """Return what is left of `pieces` (ascending, apart) outside of `holes`.

    Examples
    --------
    >>> from framelens.corpus.voices import without
    >>> without([(0, 10), (12, 20)], [(3, 5), (4, 6), (9, 14)])
    [(0, 3), (6, 9), (14, 20)]
    """
    left: list[Span] = []
    merged = merge_spans(holes)
    first = 0
    for start, end in pieces:
        while first < len(merged) and merged[first][1] <= start:
            first += 1
        k = first
        while k < len(merged) and merged[k][0] < end:
            if start < merged[k][0]:
                left.append((start, merged[k][0]))
            start = merged[k][1]
            k += 1
        if start < end:
            left.append((start, end))
    return left


def _each_without(
    pieces: Sequence[Sequence[Span]], holes: Sequence[Sequence[Span]]
) -> list[list[Span]]:
    return [without(own, inside) for own, inside in zip(pieces, holes, strict=True)]


def _spans(corpus: Corpus, found: dict[str, Any]) -> list[list[Span]]:
    spans: list[list[Span]] = [[] for _ in corpus.texts]
    for doc, start, end in zip(found["doc"], found["start"], found["end"], strict=True):
        spans[int(doc)].append((int(start), int(end)))
    return spans
