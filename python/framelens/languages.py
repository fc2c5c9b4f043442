"""Languages that are shipped: the word classes that names, quotations and labels are found by."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Final

from framelens._core import Language

__all__ = ["available", "load", "stop_words"]

_FOLDER: Final = files("framelens") / "resources" / "languages"
_STOP_WORDS: Final = files("framelens") / "resources" / "stop_words"


def available() -> list[str]:
    """Codes of the shipped languages, sorted.

    Examples
    --------
    >>> from framelens import languages
    >>> languages.available()
    ['de', 'en', 'es']
    """
    names = (entry.name for entry in _FOLDER.iterdir())
    return sorted(
        name.removesuffix(".json")
        for name in names
        if name.endswith(".json") and not name.endswith(".schema.json")
    )


@cache
def load(code: str) -> Language:
    """Read a shipped language; the second time it is the same object.

    Parameters
    ----------
    code
        BCP 47 code, such as ``"en"``.

    Raises
    ------
    ValueError
        If no such language is shipped; the message lists those that are.

    Examples
    --------
    >>> from framelens import languages
    >>> languages.load("en").code
    'en'
    """
    known = available()
    if code not in known:
        raise ValueError(f"no language {code!r}; there is {', '.join(known)}")
    weights = _FOLDER / code / "tagger.bin"
    return Language.from_json(
        (_FOLDER / f"{code}.json").read_text(encoding="utf-8"),
        weights.read_bytes() if weights.is_file() else None,
    )


@cache
def stop_words(code: str) -> frozenset[str]:
    """Return the stop words of a shipped language: articles, pronouns, auxiliaries and the like.

    They are in small letters, and cut as scikit-learn's pattern cuts words.

    Parameters
    ----------
    code
        BCP 47 code, such as ``"en"``.

    Raises
    ------
    ValueError
        If no such language is shipped; the message lists those that are.

    Examples
    --------
    >>> from framelens import languages
    >>> sorted({"the", "don", "regime"} & languages.stop_words("en"))
    ['don', 'the']
    """
    load(code)
    listed = json.loads((_STOP_WORDS / f"{code}.json").read_text(encoding="utf-8"))["words"]
    return frozenset(word for words in listed.values() for word in words)
