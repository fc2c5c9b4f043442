"""Lexicons: the terms that stand for the poles of an axis, shipped or your own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, TypeAlias

from framelens._core import Lexicon, SchemaError
from framelens.base.regular_files import check_regular

__all__ = ["Lexicon", "Source", "available", "load"]

#: What a lexicon can be given as: a shipped axis, a path, its content, or one already read.
Source: TypeAlias = str | Path | Mapping[str, object] | Lexicon

_FOLDER: Final = files("framelens") / "resources" / "lexicons"


def available() -> list[str]:
    """Axes of the shipped lexicons, sorted.

    Examples
    --------
    >>> from framelens import lexicons
    >>> "legitimacy" in lexicons.available()
    True
    """
    names = (entry.name for entry in _FOLDER.iterdir())
    return sorted(
        name.removesuffix(".json")
        for name in names
        if name.endswith(".json") and not name.endswith(".schema.json")
    )


def load(axis: Source) -> Lexicon:
    """Read a lexicon.

    Parameters
    ----------
    axis
        Name of a shipped axis, path of a JSON file (a ``Path``, or a string that ends in
        ``.json``), or the content of such a file as a mapping. A ``Lexicon`` is returned as it is.

    Raises
    ------
    ValueError
        If no such axis is shipped; the message lists those that are.
    SchemaError
        If the content breaks a rule; ``pointer`` says where.
    FileNotFoundError
        If there is no file of that path.

    Examples
    --------
    >>> from framelens import lexicons
    >>> lexicons.load("legitimacy").poles
    ('illegitimate', 'legitimate')
    >>> tone = lexicons.load(
    ...     {
    ...         "version": "framelens-lexicon/1",
    ...         "axis": "tone",
    ...         "language": "en",
    ...         "poles": ["hostile"],
    ...         "terms": [{"text": "thug", "forms": ["thugs"], "pole": "hostile"}],
    ...     }
    ... )
    >>> tone.find("Thugs")["text"]
    'thug'
    """
    if isinstance(axis, Lexicon):
        return axis
    if isinstance(axis, Path):
        return _read(axis)
    if isinstance(axis, str):
        return _read(Path(axis)) if axis.endswith(".json") else _shipped(axis)
    if isinstance(axis, Mapping):
        return Lexicon.from_json(json.dumps(dict(axis), ensure_ascii=False))
    raise TypeError(
        f"axis must be the name of a lexicon, a path or a mapping, not {type(axis).__name__}"
    )


@cache
def _shipped(axis: str) -> Lexicon:
    known = available()
    if axis not in known:
        raise ValueError(
            f"no lexicon is called {axis!r}; axis must be one of {', '.join(known)}, the path of a "
            ".json file, or a dict"
        )
    return Lexicon.from_json((_FOLDER / f"{axis}.json").read_text(encoding="utf-8"))


def _read(path: Path) -> Lexicon:
    check_regular(path)
    try:
        return Lexicon.from_json(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _named(path, SchemaError(f"/: byte {error.start} is not UTF-8"), "") from None
    except SchemaError as error:
        raise _named(path, error, error.pointer) from None


def _named(path: Path, error: SchemaError, pointer: str | None) -> SchemaError:
    """Return the same error with the file in front."""
    named = SchemaError(f"{path}: {error}")
    named.pointer = pointer
    return named
