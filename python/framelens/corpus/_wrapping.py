"""Texts without the line ends that a fixed width put inside paragraphs."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

__all__ = ["join_lines"]

LEFT_OUT = "\u200b"  # plain texts leave it out


def join_lines(texts: list[str], breaks: dict[str, Any]) -> list[str]:
    r"""Return the texts with as many blanks for each break, so that spans stay the same.

    Within a word that was cut at its hyphen it is signs that plain texts leave out. `breaks` is
    what ``Annotations.soft_breaks`` returns.

    Examples
    --------
    >>> from framelens.corpus._wrapping import join_lines
    >>> breaks = {"doc": [0], "start": [4], "end": [5], "joins_word": [False]}
    >>> join_lines(["Rain\nfell.", "It rained."], breaks)
    ['Rain fell.', 'It rained.']
    """
    of_text: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    columns = (breaks[name] for name in ("doc", "start", "end", "joins_word"))
    for doc, start, end, joins in zip(*columns, strict=True):
        of_text[int(doc)].append((int(start), int(end), bool(joins)))
    joined = list(texts)
    for doc, found in of_text.items():
        pieces, kept = [], 0
        for start, end, joins in found:
            pieces += [texts[doc][kept:start], (LEFT_OUT if joins else " ") * (end - start)]
            kept = end
        joined[doc] = "".join([*pieces, texts[doc][kept:]])
    return joined
