"""A folder whose manifest lists its documents."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from framelens._core import SchemaError
from framelens.base import strict_json as _strict_json
from framelens.base.regular_files import check_regular
from framelens.corpus.records import Record

from .contents import data_of_file, text_of
from .pages import record_of_page
from .places import MANIFEST, PAGES, Found, kind_of
from .run import DamagedError, Run

_OF_MANIFEST = ("id", "file", "source", "title", "date", "event")


def has_manifest(folder: Path) -> bool:
    """Tell whether a folder has a manifest; ValueError where that is a pipe or a device."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        return False
    return check_regular(manifest)


def records_of_manifest(folder: Path, run: Run) -> list[Record]:
    """Return the documents that a manifest lists, each with an id and a source.

    Raises
    ------
    SchemaError
        It is no such list, or names a file that is missing or outside the folder. The message
        begins with the manifest's path; `pointer` says where in it.
    """
    manifest = folder / MANIFEST
    content = _content(manifest, run)
    if not isinstance(content, dict) or not isinstance(content.get("documents"), list):
        raise schema_error("", "has no list of documents")
    root = _Root(folder)
    common = _text_at(content, "event", "", required=False)
    records = []
    for position, entry in enumerate(content["documents"]):
        pointer = f"/documents/{position}"
        if not isinstance(entry, dict):
            raise schema_error(pointer, "must be an object with id, file and source")
        record = _document(root, entry, pointer, common, run)
        run.found()
        if record is not None:
            records.append(record)
    return records


def _content(manifest: Path, run: Run) -> object:
    # A manifest is UTF-8, whatever its files are.
    data = data_of_file(manifest, str(manifest), Run(max_bytes=run.max_bytes))
    text = text_of(data, str(manifest), Run())
    try:
        return _strict_json.loads(text or "")
    except ValueError as error:
        raise schema_error("", f"is no JSON: {error}") from None


def _document(
    root: _Root, entry: Mapping[str, object], pointer: str, event: str | None, run: Run
) -> Record | None:
    file = str(_text_at(entry, "file", pointer))
    path = root.path_of(file, f"{pointer}/file")
    source, id_ = _text_at(entry, "source", pointer), _text_at(entry, "id", pointer)
    stem, kind = kind_of(os.path.basename(file))
    try:
        data = data_of_file(path, file, run, known=True)
    except DamagedError as error:
        run.bad(f"{MANIFEST} {pointer}: {error.what}", error.advice)
        return None
    if kind in PAGES:
        page = record_of_page(data, Found(file, kind, stem, path, source), str(id_), run)
    else:
        text = text_of(data, file, run)
        page = None if text is None else Record(file, text, source, id_)
    if page is None:
        return None
    date = _text_at(entry, "date", pointer, required=False)
    return Record(
        place=f"{MANIFEST} {pointer}",
        text=page.text,
        source=source,
        id=id_,
        title=_text_at(entry, "title", pointer, required=False) or page.title,
        date=date or page.date,
        event=_text_at(entry, "event", pointer, required=False) or event,
        more={key: value for key, value in entry.items() if key not in _OF_MANIFEST},
        column=MANIFEST if date else page.column,
    )


class _Root:
    """A folder that the files of a manifest must not leave, not even by a link."""

    def __init__(self, folder: Path) -> None:
        self._real = os.path.realpath(folder)
        self._inside = os.path.join(self._real, "")
        self._folders: dict[str, str] = {}

    def path_of(self, file: str, pointer: str) -> str:
        """Return the real path of a file; SchemaError if it is outside, missing or no file."""
        path = self._real_path(file)
        if not path.startswith(self._inside):
            raise schema_error(pointer, f"{file!r} is outside the folder; put it inside")
        try:
            is_file = check_regular(path)
        except OSError:
            raise schema_error(pointer, f"{file!r} is not in the folder; put it there") from None
        except ValueError as error:
            raise schema_error(pointer, str(error)) from None
        if not is_file:
            raise schema_error(pointer, f"{file!r} is a folder, not a file")
        return path

    def _real_path(self, file: str) -> str:
        # Most files share their folder with others.
        if "\0" in file:
            return ""
        above, name = os.path.split(file)
        if above not in self._folders:
            self._folders[above] = os.path.realpath(os.path.join(self._real, above))
        path = os.path.join(self._folders[above], name)
        plain = name not in ("", ".", "..") and not os.path.islink(path)
        return path if plain else os.path.realpath(path)


def _text_at(
    entry: Mapping[str, object], key: str, pointer: str, *, required: bool = True
) -> str | None:
    value = entry.get(key)
    if value is None and not required:
        return None
    if not isinstance(value, str) or (required and not value.strip()):
        raise schema_error(f"{pointer}/{key}", "must be a text" if key in entry else "is missing")
    return value


def schema_error(pointer: str, rule: str) -> SchemaError:
    """Make an error that knows where in the manifest it belongs."""
    error = SchemaError(f"{MANIFEST} {pointer}: {rule}" if pointer else f"{MANIFEST} {rule}")
    error.pointer = pointer
    return error
