"""Result objects: a table that knows its plot, and how it is shown in a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus import Corpus

__all__ = ["Result", "columns_to_frame", "texts_at"]

_MAX_ROWS = 60


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
        columns = ", ".join(map(str, self.frame.columns))
        return f"{type(self).__name__}({len(self.frame)} rows: {columns})"

    def _repr_html_(self) -> str:
        return frame_to_html(self.frame)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the frame to any Arrow consumer (needs the extra ``arrow``)."""
        try:
            import pyarrow as pa
        except ImportError as error:
            raise ImportError("Arrow needs pyarrow: pip install 'framelens[arrow]'") from error
        # A text column that is missing throughout would become Arrow's null type: the type of a
        # column must not depend on the data.
        fields = [
            pa.field(str(name), pa.string())
            if _holds_text(self.frame[name])
            else pa.Schema.from_pandas(self.frame[[name]], preserve_index=False).field(0)
            for name in self.frame.columns
        ]
        table = pa.Table.from_pandas(self.frame, pa.schema(fields), preserve_index=False)
        return table.__arrow_c_stream__(requested_schema)


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
    >>> from framelens.results import columns_to_frame
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


def frame_to_html(frame: pd.DataFrame, *, max_rows: int = _MAX_ROWS) -> str:
    """Return `frame` as an escaped HTML table without its index, cut after `max_rows` rows."""
    head = frame.head(max_rows).astype(object)
    html: str = head.where(head.notna(), "").to_html(
        escape=True, index=False, border=0, float_format="{:.3f}".format
    )
    if len(frame) > max_rows:
        html += f"<p>{len(frame) - max_rows} more of {len(frame)} rows</p>"
    return html
