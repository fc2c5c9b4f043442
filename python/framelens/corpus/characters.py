"""Characters that print the same and are stored in several ways: one form to compare and count."""

from __future__ import annotations

import unicodedata

from framelens._core import PlainTexts

__all__ = ["composed", "plain"]


def plain(text: str) -> str:
    """Return `text` in NFC, without what is not seen, and with U+0020 for every space.

    Examples
    --------
    >>> from framelens.corpus.characters import plain
    >>> plain("Bela\u0301\u00adriz\u00a0left")
    'Beláriz left'
    """
    return text if text.isascii() else PlainTexts.of([text]).texts[0]


def composed(text: str) -> str:
    """Return `text` in NFC.

    Examples
    --------
    >>> from framelens.corpus.characters import composed
    >>> composed("Bela\u0301riz") == "Beláriz"
    True
    """
    return unicodedata.normalize("NFC", text)
