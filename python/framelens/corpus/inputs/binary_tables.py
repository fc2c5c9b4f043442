"""Tables that are no text: Parquet and the sheets of Excel."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from framelens.base.cells import lost_cells, values_of

from .contents import misfit
from .run import Cells, Run

# Rows of Parquet that are unpacked at a time, so that the bound and an interrupt are seen between.
_ROWS = 1024
_FEWEST_ROWS = 16
# Texts take a third to a tenth of their size; what takes less than this is no text.
_PACKED = 50
_BYTES_AT_A_TIME = 1 << 28


def parquet(source: Path | bytes, name: str, run: Run) -> Cells:
    """Read a Parquet file, a few rows at a time."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ImportError(
            f"{name}: Parquet needs pyarrow: pip install 'framelens[arrow]'"
        ) from error
    before = run.documents
    try:
        file = pq.ParquetFile(source if isinstance(source, Path) else io.BytesIO(source))
        return _rows_of_parquet(file, name, run)
    except (pa.ArrowException, OSError, EOFError, OverflowError, UnicodeDecodeError) as error:
        why = " ".join(str(error).split())
    run.documents = before
    run.bad(f"{name}: no Parquet: {why}", "write the file anew")
    return {}, []


def _rows_of_parquet(file: Any, name: str, run: Run) -> Cells:
    import pyarrow as pa

    columns: dict[str, list[object]] = {column: [] for column in file.schema_arrow.names}
    places: list[str] = []
    if len(columns) < len(file.schema_arrow.names):
        raise ValueError(f"{name}: two columns have one name; rename one")
    rows = _rows_at_a_time(file.metadata, name, run)
    lost: dict[str, list[int]] = {}
    for batch in file.iter_batches(batch_size=rows):
        first = len(places)
        places.extend(f"{name} row {first + row}" for row in range(batch.num_rows))
        for column, cells in zip(columns, batch.columns, strict=True):
            values, missing = _values(cells, name, first, run)
            coded = pa.types.is_dictionary(cells.type)
            texts = (value for value in values if isinstance(value, str | bytes))
            run.take(sum(map(len, texts)) if coded else cells.nbytes, name)
            columns[column].extend(values)
            if missing:
                lost.setdefault(column, []).extend(first + row for row in missing)
        run.found(batch.num_rows)
    run.notes.extend(lost_cells(column, rows) for column, rows in lost.items())
    return columns, places


def _rows_at_a_time(metadata: Any, name: str, run: Run) -> int:
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    chunks = [group.column(i) for group in groups for i in range(group.num_columns)]
    run.check(sum(chunk.total_uncompressed_size for chunk in chunks), name)
    # A value that many rows repeat stands once in its chunk, and is no larger than that. Where a
    # small file holds a large one, few rows of it fit into memory.
    packed: list[int] = [
        chunk.total_uncompressed_size
        for chunk in chunks
        if chunk.total_uncompressed_size > _PACKED * max(1, chunk.total_compressed_size)
    ]
    return max(_FEWEST_ROWS, min(_ROWS, _BYTES_AT_A_TIME // max([1, *packed])))


def _values(cells: Any, name: str, first: int, run: Run) -> tuple[list[Any], list[int]]:
    import pyarrow as pa

    try:
        return values_of(cells.to_pylist, lambda row: cells[row].as_py(), len(cells))
    except UnicodeDecodeError:
        pass
    texts: list[object] = []
    for row, cell in enumerate(cells.cast(pa.large_binary()).to_pylist()):
        try:
            texts.append(None if cell is None else cell.decode("utf-8", run.errors))
        except UnicodeDecodeError as error:
            what = f"{name} row {first + row}: {misfit(error, cell, 'utf-8')}"
            run.bad_bytes(what, run.documents + row, error.start)
            texts.append(cell)
    return texts, []


def workbook(data: bytes, name: str, run: Run) -> Cells:
    """Read the first sheet of an Excel file that has cells; its first row names the columns."""
    try:
        import openpyxl
    except ImportError as error:
        raise ImportError(
            f"{name}: Excel files need openpyxl: pip install 'framelens[excel]'"
        ) from error
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            run.take(sum(part.file_size for part in packed.infolist()), name)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return _rows_of_sheets(book, name, run)
    except (BadZipFile, zlib.error, KeyError, OSError, EOFError, SyntaxError, TypeError) as error:
        why = " ".join(str(error).split())
    run.bad(f"{name}: no Excel file: {why}", "save the file anew, without a password")
    return {}, []


def _rows_of_sheets(book: Any, name: str, run: Run) -> Cells:
    found: Cells | None = None
    for sheet in book.worksheets:
        # The size that a sheet states can be that of the whole grid.
        sheet.reset_dimensions()
        rows = (
            (number, [_cell(value) for value in row])
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1)
        )
        filled = ((number, row) for number, row in rows if any(cell is not None for cell in row))
        header = next(filled, None)
        if header is None:
            continue
        if found is not None:
            run.notes.append(f"{name}: only the first sheet is read, not {sheet.title!r}")
            continue
        found = _columns_of_sheet(header[1], list(filled), name, run)
    return found or ({}, [])


def _columns_of_sheet(
    header: list[object], rows: list[tuple[int, list[object]]], name: str, run: Run
) -> Cells:
    columns: dict[str, list[object]] = {}
    for position in range(max(len(header), *(len(row) for _, row in rows), 0)):
        cells = [row[position] if position < len(row) else None for _, row in rows]
        title = header[position] if position < len(header) else None
        if title is None and all(cell is None for cell in cells):
            continue
        column = f"Unnamed: {position}" if title is None else str(title).strip()
        if column in columns:
            raise ValueError(f"{name} row 1: two columns are called {column!r}; rename one")
        columns[column] = cells
    run.found(len(rows))
    return columns, [f"{name} row {number}" for number, _ in rows]


def _cell(value: object) -> object:
    # What Excel calls text has ends of lines as codes.
    if isinstance(value, str):
        return value.replace("_x000D_", "\r") or None
    return value
