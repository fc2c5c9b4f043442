"""A language of one's own: its files or its dict, joined to the shipped language it adds to."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeAlias

from framelens._core import FactLanguage, SchemaError
from framelens.base import strict_json as _strict_json
from framelens.base.regular_files import check_regular

Content: TypeAlias = "dict[str, Any]"
Source: TypeAlias = "str | os.PathLike[str] | Mapping[str, Any]"

VERSION: Final = "framelens-language/2"
_FACTS_VERSION: Final = "framelens-facts/1"
_HEAD: Final = "language"
_HEAD_KEYS: Final = ("version", "code", "base")
_NEEDED: Final = ("cues", "roles", "nations", "names", "function_words", "zones", "grammar")
_PARTS: Final = (*_NEEDED, "references", "speakers", "facts", "stop_words", "speaker_kinds")
SPEAKER_KINDS: Final = (
    "office", "party", "expert", "private person", "document", "unnamed official",
)  # fmt: skip
# Lists in which the place of a value tells what it is: they are replaced, not added to.
_BY_PLACE: Final = frozenset({"/facts/months", "/facts/month_shorts", "/facts/weekdays"})
_DEEPEST: Final = 16


def is_path(given: str) -> bool:
    """Tell a path from the code of a language: it has a separator, or ends in .json."""
    return given.endswith(".json") or "/" in given or os.sep in given


def read(given: Source, shipped: Callable[[str], Content]) -> tuple[Content, Blame]:
    """Return the whole content of a language, with its base, and who is to blame for its errors.

    Parameters
    ----------
    given
        Path of a folder or of a file, or a mapping.
    shipped
        Returns the content of a shipped language by its code.

    Raises
    ------
    SchemaError
        Something that is no JSON, no part of a language, or of another version; an unknown base;
        without a base, a missing part.
    """
    if isinstance(given, Mapping):
        blame = Blame("language", None)
        with blame:
            own = _plain(given, "")
    elif isinstance(given, str | os.PathLike):
        path = Path(given).expanduser()
        folder = not check_regular(path)
        blame = Blame(str(path), path if folder else None)
        own = folder_content(path, _HEAD_KEYS) if folder else _parsed(path, str(path))
    else:
        raise TypeError(
            "language is the code of a shipped language, a path or a dict, not "
            f"{type(given).__name__}"
        )
    with blame:
        return _complete(own, shipped, blame), blame


class Blame:
    """While it is entered, SchemaErrors name the file, and the place in it, where a value stands.

    Their pointers are those of the whole content: of a list that was added to, they count the
    entries of the base, too.
    """

    def __init__(self, where: str, folder: Path | None) -> None:
        self._where = where
        self._folder = folder
        self.added: dict[str, tuple[int, list[int]]] = {}

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Put the place in front of an error."""
        if not isinstance(error, SchemaError):
            return
        rule = str(error).split(": ", 1)[1]
        where, pointer = self._place(self._own_pointer(error.pointer or ""))
        raise schema_error(where, pointer, rule) from None

    def _own_pointer(self, pointer: str) -> str:
        given = ""
        so_far = ""
        for step in pointer.split("/")[1:]:
            if so_far in self.added and step.isdigit():
                size, places = self.added[so_far]
                at = int(step) - size
                given += f"/{places[at]}" if 0 <= at < len(places) else ""
            else:
                given += f"/{step}"
            so_far += f"/{step}"
        return given

    def _place(self, pointer: str) -> tuple[str, str]:
        if self._folder is None:
            return self._where, pointer
        _, part, *rest = pointer.split("/") if pointer else ("", "")
        if not part:
            return self._where, ""
        if part in _HEAD_KEYS:
            return str(self._folder / f"{_HEAD}.json"), pointer
        return str(self._folder / f"{part}.json"), "".join(f"/{step}" for step in rest)


def folder_content(folder: Traversable, head_keys: tuple[str, ...] = _HEAD_KEYS) -> Content:
    """Read a folder: the value of each key stands in the file of its name, but for the head's.

    Raises
    ------
    SchemaError
        A file that is no part of a language, or no JSON; no language.json.
    """
    content: Content = {}
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    for name in names:
        part = name.removesuffix(".json")
        file = folder / name
        if part == _HEAD:
            head = _parsed(file, str(file))
            if unknown := sorted(set(head) - set(head_keys)):
                raise schema_error(str(file), f"/{unknown[0]}", "is no known key")
            content |= head
        elif part in _PARTS:
            content[part] = _parsed(file, str(file))
        else:
            known = ", ".join(f"{part}.json" for part in (_HEAD, *_PARTS))
            raise schema_error(str(file), "", f"is no file of a language; those are {known}")
    if f"{_HEAD}.json" not in names:
        raise schema_error(
            str(folder),
            "",
            f'lacks {_HEAD}.json, such as {{"version": "{VERSION}", "code": "xx"}}; '
            '"base": "en" beside them adds to a shipped language',
        )
    return content


def facts_of(part: Content, code: str) -> FactLanguage:
    """Read the words of figures and dates; they need no version and code of their own."""
    head = {"version": _FACTS_VERSION} if isinstance(part, dict) else {}
    with _below("/facts"):
        whole = {**head, **part, "code": code} if isinstance(part, dict) else part
        return FactLanguage.from_json(json.dumps(whole, ensure_ascii=False))


def stop_words_of(part: Any) -> frozenset[str]:
    """Read the stop words: lists of words, by the name of their group.

    Raises
    ------
    SchemaError
        If they are anything else.
    """
    at = "/stop_words"
    if not isinstance(part, dict):
        raise schema_error("", at, "is an object")
    for key in part:
        if key not in ("notes", "words"):
            raise schema_error("", f"{at}/{key}", "is no known key")
    groups = part.get("words")
    if not isinstance(groups, dict):
        raise schema_error("", f"{at}/words", "is an object of lists of words")
    for name, words in groups.items():
        _check_words(words, f"{at}/words/{_escaped(name)}")
    return frozenset(word for words in groups.values() for word in words)


def speaker_kinds_of(part: Any) -> dict[str, frozenset[str]]:
    """Read the nouns that tell what kind of speaker somebody is, by kind.

    Raises
    ------
    SchemaError
        If they are anything else.
    """
    at = "/speaker_kinds"
    if not isinstance(part, dict):
        raise schema_error("", at, "is an object of lists of words")
    for kind, words in part.items():
        if kind not in SPEAKER_KINDS:
            raise schema_error("", f"{at}/{_escaped(kind)}", "is no known key")
        _check_words(words, f"{at}/{_escaped(kind)}")
    return {kind: frozenset(part.get(kind, ())) for kind in SPEAKER_KINDS}


def _check_words(words: Any, pointer: str) -> None:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise schema_error("", pointer, "is a list of words")


def schema_error(where: str, pointer: str, rule: str) -> SchemaError:
    """Return the error of a value that breaks a rule, with its file in front."""
    place = f"{pointer or '/'}: {rule}"
    error = SchemaError(f"{where}: {place}" if where else place)
    error.pointer = pointer
    return error


def _complete(own: Content, shipped: Callable[[str], Content], blame: Blame) -> Content:
    for key in own:
        if key not in (*_HEAD_KEYS, *_PARTS):
            known = ", ".join((*_HEAD_KEYS, *_PARTS))
            raise schema_error(
                "", f"/{_escaped(key)}", f"is no part of a language; those are {known}"
            )
    version = own.get("version", VERSION)
    if version != VERSION:
        raise schema_error("", "/version", f"is {VERSION!r}, not {version!r}")
    if "base" in own:
        base = _base(own["base"], shipped)
        own = {key: value for key, value in own.items() if key != "base"}
        return {**_joined(base, own, "", blame.added), "version": VERSION}
    lacks = [part for part in ("code", *_NEEDED) if part not in own]
    if lacks:
        raise schema_error(
            "", "", f'lacks {", ".join(lacks)}; "base": "en" takes them from a shipped language'
        )
    return {**own, "version": VERSION}


def _base(given: Any, shipped: Callable[[str], Content]) -> Content:
    if not isinstance(given, str):
        raise schema_error("", "/base", "is the code of a shipped language")
    try:
        return shipped(given)
    except ValueError as error:
        raise schema_error("", "/base", str(error)) from None


def _joined(base: Any, own: Any, at: str, added: dict[str, tuple[int, list[int]]]) -> Any:
    """Add `own` to `base`; `added` keeps where the entries of a list come from."""
    if isinstance(base, dict) and isinstance(own, dict):
        joined = dict(base)
        for key, value in own.items():
            place = f"{at}/{_escaped(key)}"
            joined[key] = _joined(base[key], value, place, added) if key in base else value
        return joined
    if isinstance(base, list) and isinstance(own, list) and at not in _BY_PLACE:
        new = [i for i, value in enumerate(own) if value not in base]
        added[at] = len(base), new
        return [*base, *(own[i] for i in new)]
    return own


def _parsed(file: Traversable, where: str) -> Content:
    if isinstance(file, Path):
        check_regular(file)
    try:
        content = _strict_json.loads(file.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise schema_error(where, "", f"byte {error.start} is not UTF-8") from None
    except ValueError as error:
        raise schema_error(where, "", f"not JSON: {error}") from None
    if not isinstance(content, dict):
        raise schema_error(where, "", "is an object")
    return content


def _plain(value: Any, at: str) -> Any:
    """Return a value as JSON has it."""
    if at.count("/") > _DEEPEST:
        raise schema_error("", at, f"nested deeper than {_DEEPEST} levels")
    if isinstance(value, Mapping):
        if wrong := [key for key in value if not isinstance(key, str)]:
            raise schema_error("", at, f"has a key that is no text: {wrong[0]!r}")
        return {key: _plain(member, f"{at}/{_escaped(key)}") for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, f"{at}/{i}") for i, item in enumerate(value)]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise schema_error("", at, f"is a dict, list, text, number or bool, not {type(value).__name__}")


@contextmanager
def _below(pointer: str) -> Iterator[None]:
    """Put `pointer` before the pointers of errors."""
    try:
        yield
    except SchemaError as error:
        rule = str(error).split(": ", 1)[1]
        raise schema_error("", f"{pointer}{error.pointer or ''}", rule) from None


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
