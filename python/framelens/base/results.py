"""Result objects: a table that knows its plot, and how it is shown in a notebook."""

from __future__ import annotations

import os
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens.base.writing import write_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus.corpus import Corpus

__all__ = [
    "Result",
    "as_csv",
    "columns_to_frame",
    "counted",
    "flatten",
    "for_spreadsheet",
    "texts_at",
    "to_arrow",
]

# What makes a spreadsheet take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What is shown of a table: notebooks keep every output, so that none grows with the corpus.
MAX_ROWS = 60
_MAX_COLUMNS = 30
_MAX_CHARACTERS = 200  # of a cell
_MAX_HTML = 500_000  # characters of marked-up text
_short = reprlib.Repr()
_short.maxdict, _short.maxstring, _short.maxother = 12, 60, 60


@dataclass(frozen=True, repr=False, eq=False)
class Result:
    """What every analysis returns.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row an item; columns are ``snake_case``; what is missing is missing.
    """

    frame: pd.DataFrame

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the result on `ax`, or on a new figure."""
        raise NotImplementedError(f"{type(self).__name__} has no plot")

    def __repr__(self) -> str:
        """Return one line: the name, the rows and the columns."""
        names = [cut(str(name)) for name in self.frame.columns[:_MAX_COLUMNS]]
        more = len(self.frame.columns) - len(names)
        if more > 0:
            names.append(f"{more} more")
        return f"{type(self).__name__}({len(self.frame)} rows: {', '.join(names)})"

    def _repr_html_(self) -> str:
        return frame_to_html(self.frame)

    def __iter__(self) -> Iterator[Any]:
        """Go through the rows as named tuples, so that ``pd.DataFrame(result)`` is a table, too."""
        return self.frame.itertuples(index=False, name="Row")

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """Write the frame as CSV, nested columns flat; without a path, return the text.

        A row whose cell is a list of dicts (``edits``, ``spans``) becomes a row for each of them,
        and a row without them where the list is empty: see :func:`framelens.base.results.flatten`.

        Parameters
        ----------
        path : path, optional
            A file that is there is replaced.

        Examples
        --------
        >>> import framelens as fl
        >>> corpus = fl.read([{"source": "Gazette", "text": "Moore said: “It rained.”"}])
        >>> fl.quotes(corpus).to_csv().splitlines()[0].split(",")[:4]
        ['doc', 'source', 'start', 'end']
        """
        text = as_csv(self.frame)
        if path is None:
            return text
        write_whole(path, text)
        return None

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the frame to any Arrow consumer (needs the extra ``arrow``)."""
        return to_arrow(self.frame).__arrow_c_stream__(requested_schema)


def to_arrow(frame: pd.DataFrame) -> Any:
    """Return `frame` as a ``pyarrow.Table``; ImportError without the extra ``arrow``."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise ImportError("Arrow needs pyarrow: pip install 'framelens[arrow]'") from error
    # A text column that is missing throughout would become Arrow's null type: the type of a column
    # must not depend on the data.
    fields = [
        pa.field(str(name), pa.string())
        if _holds_text(frame[name])
        else pa.Schema.from_pandas(frame[[name]], preserve_index=False).field(0)
        for name in frame.columns
    ]
    return pa.Table.from_pandas(frame, pa.schema(fields), preserve_index=False)


def _holds_text(column: pd.Series[Any]) -> bool:
    return column.dtype == object and all(
        isinstance(value, str) or value is None for value in column
    )


def columns_to_frame(columns: Mapping[str, Any], corpus: Corpus) -> pd.DataFrame:
    """Turn columns of the engine into a table.

    Parameters
    ----------
    columns : mapping of str to column
        A column is a NumPy array, a list (text, with None where missing), or a pair of an int64
        array and a bool array that is true where the integer is missing. The column ``doc`` holds
        positions in `corpus`.
    corpus : Corpus
        Gives the documents their ids and sources.

    Returns
    -------
    pandas.DataFrame
        ``doc`` is the document's id, ``source`` (put after it) its source; integers that may be
        missing are ``Int64``; texts are ``object`` with None.

    Examples
    --------
    >>> import pandas as pd
    >>> import framelens as fl
    >>> from framelens.base.results import columns_to_frame
    >>> corpus = fl.read(pd.DataFrame({"id": ["a"], "source": ["Gazette"], "text": ["Hello."]}))
    >>> columns_to_frame({"doc": [0], "cue": [None]}, corpus)
      doc   source   cue
    0   a  Gazette  None
    """
    frame: dict[str, Any] = {}
    for name, column in columns.items():
        if name == "doc":
            positions = np.asarray(column, dtype=np.int64)
            frame["doc"] = texts_at(corpus.ids, positions)
            frame["source"] = texts_at(corpus.source_of, positions)
        elif isinstance(column, tuple):
            values, missing = column
            frame[name] = pd.arrays.IntegerArray(
                np.array(values, dtype=np.int64), np.array(missing, dtype=np.bool_)
            )
        elif isinstance(column, list):
            # The dtype is named since pandas would infer another from other data.
            frame[name] = pd.Series(column, dtype=object)
        else:
            frame[name] = np.asarray(column)
    return pd.DataFrame(frame)


def texts_at(labels: Sequence[str], positions: np.ndarray[Any, np.dtype[Any]]) -> pd.Series[Any]:
    """Return the label at each position, as a column of ``object``."""
    return pd.Series([labels[position] for position in positions.tolist()], dtype=object)


def as_csv(frame: pd.DataFrame) -> str:
    """Return `frame` as CSV, nested columns flat."""
    text: str = flatten(frame).to_csv(index=False, lineterminator="\n")
    return text


def for_spreadsheet(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` for a spreadsheet: no cell is taken for a formula.

    A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return has an apostrophe
    before it, which a spreadsheet takes for "this is text".

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.base.results import for_spreadsheet
    >>> for_spreadsheet(pd.DataFrame({"text": ["=1+1", "one"], "n": [-1, 2]}))["text"].tolist()
    ["'=1+1", 'one']
    """
    return frame.map(
        lambda cell: f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
    )


def flatten(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` without nested cells, for CSV and spreadsheets.

    A row whose cell is a list of dicts becomes a row for each of them, and one where the list is
    empty. The dicts' keys are columns behind the row's own; where a name is taken, the nested
    column's name in the singular stands before it.

    Parameters
    ----------
    frame : pandas.DataFrame
        At most one column holds lists of dicts.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.base.results import flatten
    >>> values = [[{"doc": "a", "value": "3"}, {"doc": "b", "value": "4"}], []]
    >>> flatten(pd.DataFrame({"quantity": ["killed", "hurt"], "values": values}))
      quantity   doc value
    0   killed     a     3
    1   killed     b     4
    2     hurt  None  None
    """
    nested = [name for name in frame.columns if _holds_dicts(frame[name])]
    if not nested:
        return frame
    (name,) = nested
    lists = [cell if isinstance(cell, list) else [] for cell in frame[name]]
    rows = np.repeat(np.arange(len(frame)), [max(len(cell), 1) for cell in lists])
    items: list[dict[str, Any]] = [item for cell in lists for item in cell or [{}]]
    flat = frame.drop(columns=name).iloc[rows].reset_index(drop=True)
    for key in dict.fromkeys(key for item in items for key in item):
        label = f"{name.removesuffix('s')}_{key}" if key in flat else key
        flat[label] = _column([item.get(key) for item in items])
    return flat


def _holds_dicts(column: pd.Series[Any]) -> bool:
    return column.dtype == object and any(
        isinstance(cell, list) and (not cell or isinstance(cell[0], dict)) for cell in column
    )


def _column(cells: list[Any]) -> pd.Series[Any]:
    # Whole numbers stay whole where some are missing.
    if all(cell is None or isinstance(cell, int) for cell in cells):
        return pd.Series(cells, dtype="Int64")
    return pd.Series(cells, dtype=object)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 pair", "1,990 pairs", "2 boilerplate"."""
    return f"{number:,} {noun}" if number == 1 or noun == "boilerplate" else f"{number:,} {noun}s"


def left_out(number: int, noun: str) -> str:
    """Return a line of HTML that says how many of `number` are not shown, if any."""
    more = number - MAX_ROWS
    return f"<p>{more:,} more of {counted(number, noun)}</p>" if more > 0 else ""


def cut(text: str) -> str:
    """Leave out the end of a very long text."""
    return text if len(text) <= _MAX_CHARACTERS else f"{text[:_MAX_CHARACTERS]}…"


def frame_to_html(frame: pd.DataFrame) -> str:
    """Return `frame` as an escaped HTML table without its index, no larger than can be read."""
    head = frame.iloc[:MAX_ROWS, :_MAX_COLUMNS].astype(object)
    head = head.where(head.notna(), "").map(_shown).rename(columns=lambda name: cut(str(name)))
    shown: str = head.to_html(escape=True, index=False, border=0, float_format="{:.3f}".format)
    more = frame.shape[1] - _MAX_COLUMNS
    columns = f"<p>{more:,} more of {counted(frame.shape[1], 'column')}</p>" if more > 0 else ""
    return shown + left_out(len(frame), "row") + columns


def _shown(cell: object) -> object:
    if isinstance(cell, str):
        return cut(cell)
    return cut(_short.repr(cell)) if isinstance(cell, (list, tuple, dict)) else cell


def bounded_html(page: str, end: str) -> str:
    """Return marked-up paragraphs as far as a notebook should keep them; `end` closes them."""
    if len(page) <= _MAX_HTML:
        return page
    last = page.rfind("</p>", 0, _MAX_HTML)
    kept = page[: last + len("</p>")] + end if last >= 0 else ""
    more = len(page) - len(kept)
    return f"{kept}<p>{more:,} more of {len(page):,} characters: see .html</p>"
