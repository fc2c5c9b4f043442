"""The rows of a table of scores, found by whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.labels.namings import part_of, voice_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALL = "all"


class Grid:
    """Keys of a table of scores, or of some of its columns, each combination once.

    Attributes
    ----------
    of_rows : numpy.ndarray
        The combination that each row of the table has.
    size : int
        How many combinations there are.
    """

    def __init__(self, index: pd.MultiIndex, without: Sequence[str] = ()) -> None:
        names = [str(name) for name in index.names]
        kept = [i for i, name in enumerate(names) if name not in without]
        self._names = [names[i] for i in kept]
        self._levels = [index.levels[i] for i in kept]
        keys = self._keys([np.asarray(index.codes[i], dtype=np.int64) for i in kept])
        self._known, self.of_rows = np.unique(keys, return_inverse=True)
        self.size = len(self._known)

    def places(
        self, rows: pd.DataFrame, pooled: Iterable[str]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return positions in `rows` and the combination that each of them counts in.

        A row counts in the combination of its voice, object and part, and where `pooled` has these
        columns in those that pool any of them. Rows of no combination are left out.
        """
        rows = rows.assign(voice=voice_of(rows), part=part_of(rows))
        own = [
            np.asarray(level.get_indexer(pd.Index(rows[name])), dtype=np.int64)
            for name, level in zip(self._names, self._levels, strict=True)
        ]
        choices = [(True, False) if name in pooled else (False,) for name in self._names]
        positions, combinations = [], []
        for chosen in product(*choices):
            codes = [
                np.full(len(rows), level.get_indexer(pd.Index([ALL]))[0]) if pools else code
                for code, level, pools in zip(own, self._levels, chosen, strict=True)
            ]
            at, of = self._found(codes)
            positions.append(at)
            combinations.append(of)
        return np.concatenate(positions), np.concatenate(combinations)

    def _keys(self, codes: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
        key = np.zeros(len(codes[0]), dtype=np.int64)
        for code, level in zip(codes, self._levels, strict=True):
            key = key * len(level) + code
        return key

    def _found(
        self, codes: Sequence[NDArray[np.int64]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        known = np.flatnonzero(np.all([code >= 0 for code in codes], axis=0))
        keys = self._keys(codes)[known]
        at = np.minimum(np.searchsorted(self._known, keys), max(self.size - 1, 0))
        hit = self._known[at] == keys if self.size else np.zeros(len(keys), dtype=bool)
        return known[hit], at[hit]


class Grids:
    """The keys of one table of scores, as its columns need them."""

    def __init__(self, index: pd.MultiIndex) -> None:
        self.names = [str(name) for name in index.names]
        self.of_labels = Grid(index)
        self.of_mentions = Grid(index, without=("axis", "object"))
        self.of_families = Grid(index, without=("source",))
