"""Folding, slowly: Python's own tables, one definition after the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

SINGLE = "`´ʹʻʼʽ՚‘’‚‛′‵‹›"
DOUBLE = "«»“”„‟″‶⹂「」『』〝〞〟"
STRIPPED_SCRIPTS = {
    *("Inherited", "Common", "Latin", "Greek", "Cyrillic", "Arabic", "Hebrew", "Syriac")
}


def plain(char: str) -> str:
    """Return the plain form of a typographic mark, else the character."""
    if char in SINGLE:
        return "'"
    if char in DOUBLE:
        return '"'
    if char == "\u2212" or unicodedata.category(char) == "Pd":
        return "-"
    return " " if unicodedata.category(char) == "Zs" else char


def nfkc_casefold(text: str, ignorable: Callable[[str], bool]) -> str:
    """Return toNFKC_Casefold of the Unicode Standard, section 3.13."""
    previous = None
    while text != previous:
        previous = text
        kept = "".join(char for char in unicodedata.normalize("NFD", text) if not ignorable(char))
        text = unicodedata.normalize("NFKC", kept.casefold())
    return text


def fold(text: str, script: Callable[[str], str], ignorable: Callable[[str], bool]) -> str:
    """Return the form of a text that is used for matching."""

    def is_accent(char: str) -> bool:
        return (
            unicodedata.category(char) == "Mn"
            and char not in "\u3099\u309a"
            and script(char) in STRIPPED_SCRIPTS
        )

    marked = "".join(map(plain, text))
    decomposed = unicodedata.normalize("NFD", nfkc_casefold(marked, ignorable))
    return unicodedata.normalize(
        "NFC", "".join(plain(char) for char in decomposed if not is_accent(char))
    )
