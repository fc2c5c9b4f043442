"""The documents of a path: a file, a folder, or a folder with a manifest."""

from __future__ import annotations

from pathlib import Path

from framelens.corpus.records import NoColumnError, Record, Table, records_of

from . import binary_tables, json_tables
from .archives import found_in_zip
from .contents import text_of
from .folders import found_in_folder
from .manifest import has_manifest, records_of_manifest
from .pages import record_of_page
from .places import MANIFEST, PAGES, TABLES, ZIP, Found, found_file, ids_of
from .run import Cells, DamagedError, Run
from .separated import separated


def records_of_path(path: Path, run: Run) -> list[Record]:
    """Return what a file or a folder holds."""
    if path.is_dir() and has_manifest(path):
        _refuse_columns(run, MANIFEST)
        return records_of_manifest(path, run)
    if path.is_dir():
        return _of_files(found_in_folder(path, run), run)
    if path.name == MANIFEST:
        return records_of_path(path.parent, run)
    file = found_file(path)
    if file.kind == ZIP:
        return _of_files(found_in_zip(file, run), run)
    return _of_file(file, file.stem, "", run)


def _refuse_columns(run: Run, name: str) -> None:
    if run.columns:
        given = ", ".join(f"{key}={column!r}" for key, column in run.columns.items())
        raise ValueError(f"{name} has no columns, so {given} names none; leave that out")


def _of_files(files: list[Found], run: Run) -> list[Record]:
    if files and not any(file.kind in TABLES for file in files):
        _refuse_columns(run, files[0].name)
    records: list[Record] = []
    without_text: list[str] = []
    for file, id_ in zip(files, ids_of(files), strict=True):
        run.documents = len(records)
        try:
            records.extend(
                _of_file(file, id_, f"{id_}-" if len(files) > 1 else "", run, among=True)
            )
        except NoColumnError as error:
            # Beside articles, JSON is often about something else.
            if file.kind != ".json":
                run.bad(str(error), "or remove the file")
                continue
            without_text.append(file.name)
            last = error
    if without_text and len(without_text) == len(files):
        raise last
    if without_text:
        names = ", ".join(without_text[:5]) + (", ..." if len(without_text) > 5 else "")
        run.notes.append(
            f"passed over {len(without_text)} .json without a column for text ({names})"
        )
    return records


def _of_file(file: Found, id_: str, prefix: str, run: Run, *, among: bool = False) -> list[Record]:
    # Among others, a file without columns is no reason to refuse the names of some.
    if file.kind not in TABLES and not among:
        _refuse_columns(run, file.name)
    try:
        return _of_sound_file(file, id_, prefix, run)
    except DamagedError as error:
        run.bad(error.what, error.advice)
        return []


def _of_sound_file(file: Found, id_: str, prefix: str, run: Run) -> list[Record]:
    if file.kind == ".txt":
        text = text_of(file.data(run), file.name, run)
        run.found()
        return [] if text is None else [Record(file.name, text, file.source, id_)]
    if file.kind in PAGES:
        page = record_of_page(file.data(run), file, id_, run)
        run.found()
        return [] if page is None else [page]
    cells, places = _cells(file, run)
    # An object that is one document has the id of its file.
    whole = places == [file.name]
    ids = [id_] if whole else [f"{prefix}{row}" for row in range(len(places))]
    return records_of(Table(cells, places, file.name, file.source, ids), run.columns)


def _cells(file: Found, run: Run) -> Cells:
    if file.kind == ".parquet":
        plain = file.archive is None and not file.name.lower().endswith(".gz")
        return binary_tables.parquet(Path(file.path) if plain else file.data(run), file.name, run)
    data = file.data(run)
    match file.kind:
        case ".jsonl" | ".ndjson":
            return json_tables.json_lines(data, file.name, run)
        case ".json":
            return json_tables.json_rows(data, file.name, run)
        case ".xlsx":
            return binary_tables.workbook(data, file.name, run)
        case _:
            usual = "\t" if file.kind == ".tsv" else ","
            return separated(data, file.name, run, usual=usual)
