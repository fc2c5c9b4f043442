"""Languages: the word classes that names, quotations, labels, figures and dates are found by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from framelens._core import FactLanguage, Language
from framelens.base import _own_language

if TYPE_CHECKING:
    from framelens.base._own_language import Content, Source

__all__ = ["available", "load", "stop_words"]

SPEAKER_KINDS: Final = _own_language.SPEAKER_KINDS

_FOLDER: Final = files("framelens") / "resources" / "languages"


@dataclass(frozen=True)
class Parts:
    """A language as it is used: word classes, words of figures and dates, stop words, speakers.

    All but the first are None in a language that has none.
    """

    language: Language
    facts: FactLanguage | None
    stop_words: frozenset[str] | None
    speaker_kinds: dict[str, frozenset[str]] | None


def available() -> list[str]:
    """Codes of the shipped languages, sorted.

    Examples
    --------
    >>> from framelens import languages
    >>> languages.available()
    ['de', 'en', 'es']
    """
    return sorted(
        folder.name
        for folder in _FOLDER.iterdir()
        if folder.is_dir() and (folder / "language.json").is_file()
    )


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
    return _shipped(code).language


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
    return _shipped(code).stop_words or frozenset()


def facts(code: str) -> FactLanguage:
    """Return the words of figures and dates of a shipped language, or of one with no more."""
    if code in available():
        return _some(_shipped(code).facts)
    return _facts_alone(code)


def written_down(given: Source) -> tuple[str, str | None]:
    """Return the code of a language, and of one's own its whole content as JSON.

    Raises
    ------
    ValueError
        If no such language is shipped.
    SchemaError
        If the content breaks a rule; the message says in which file, and where.
    FileNotFoundError
        If there is no folder or file of that path.
    TypeError
        If it is no code, path or mapping.
    """
    if isinstance(given, str) and not _own_language.is_path(given):
        if given not in available():
            raise ValueError(
                f"no language {given!r}; there is {', '.join(available())}, and the path of a "
                "folder or a .json file, or a dict, of one's own"
            )
        return given, None
    content, blame = _own_language.read(given, _content)
    written = json.dumps(content, ensure_ascii=False)
    with blame:
        _written(written)  # kept for the corpus
    return content["code"], written


def parts(code: str, content: str | None) -> Parts:
    """Return a shipped language, or one's own from its whole content as JSON."""
    return _shipped(code) if content is None else _written(content)


@cache
def _content(code: str) -> Content:
    """Read the files of a shipped language.

    Raises
    ------
    ValueError
        If none is shipped; the message lists those that are.
    """
    known = available()
    if code not in known:
        raise ValueError(f"no language {code!r}; there is {', '.join(known)}")
    return _own_language.folder_content(_FOLDER / code)


@cache
def _shipped(code: str) -> Parts:
    return _parts(_content(code))


@lru_cache(maxsize=8)
def _written(content: str) -> Parts:
    return _parts(json.loads(content))


def _parts(content: Content) -> Parts:
    apart = ("facts", "stop_words", "speaker_kinds")
    words = {key: part for key, part in content.items() if key not in apart}
    # How much a clue weighs says nothing of words: it serves every language.
    words.setdefault("references", _reference_weights())
    language = Language.from_json(
        json.dumps(words, ensure_ascii=False), _tagger(content["code"].split("-")[0])
    )
    facts, listed, kinds = (content.get(part) for part in apart)
    return Parts(
        language,
        None if facts is None else _own_language.facts_of(facts, language.code),
        None if listed is None else _own_language.stop_words_of(listed),
        None if kinds is None else _own_language.speaker_kinds_of(kinds),
    )


@cache
def _tagger(code: str) -> bytes | None:
    # Parts of speech belong to the natural language, whoever lists its words.
    weights = _FOLDER / code / "tagger.bin"
    return weights.read_bytes() if code in available() and weights.is_file() else None


@cache
def _reference_weights() -> Any:
    return json.loads((_FOLDER / "en" / "references.json").read_text(encoding="utf-8"))


@cache
def _facts_alone(code: str) -> FactLanguage:
    return FactLanguage.from_json((_FOLDER / code / "facts.json").read_text(encoding="utf-8"))


def _some(facts: FactLanguage | None) -> FactLanguage:
    assert facts is not None  # every language that is shipped has them
    return facts
