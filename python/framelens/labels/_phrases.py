"""What counts once: a mention of a target with its title, apposition or predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from framelens.labels._grid import Grids

_PLACE = ["target", "doc", "phrase"]
_COLUMNS = ["target", "source", "voice", "reported", "zone", "doc", "phrase", "start"]


def phrase_columns(
    labels: pd.DataFrame,
    evidence: pd.DataFrame,
    mentions: pd.DataFrame,
    grids: Grids,
    poles: Sequence[str],
) -> dict[str, NDArray[np.int64]]:
    """Count phrases by row of a table of scores.

    Parameters
    ----------
    labels : pandas.DataFrame
        All labels of the targets, whatever the axis knows of them.
    evidence : pandas.DataFrame
        Those that count.
    mentions : pandas.DataFrame
        Names and descriptions; a pronoun counts where a label stands with it.
    grids : Grids
        The keys of the table.
    poles : sequence of str

    Returns
    -------
    dict of str to numpy.ndarray
        ``mentions`` (a voice has those in it, and those with a label in it), ``bare`` (without any
        label), ``articles_named``, and for each pole ``labelled_<pole>`` (phrases with such a
        label) and ``first_<pole>`` (articles whose first phrase has one, which is its first).
    """
    columns = [*dict.fromkeys([*_COLUMNS, *(n for n in grids.names if n in mentions.columns)])]
    spoken = [frame[columns].assign(labelled=True) for frame in (labels, evidence)]
    seen = pd.concat([mentions[[*columns, "labelled"]], *spoken], ignore_index=True)
    seen = seen.sort_values("start", kind="stable")
    docs = pd.Index(seen["doc"]).unique()
    wide, grid = grids.of_mentions, grids.of_labels
    at, group = wide.places(seen, ("voice", "part"))
    phrases = _Phrases(docs, seen.iloc[at], group)
    known = evidence[evidence["pole"].isin(list(poles))]
    where, row = grid.places(known, ("voice", "object", "part"))
    # The combination of each row without its object: where its phrase was counted.
    group_of = np.zeros(grid.size, dtype=np.int64)
    group_of[grid.of_rows] = wide.of_rows
    rows = known.iloc[where]
    of = phrases.numbers(docs, rows, group_of[row])
    is_first = phrases.first[of]
    pole = pd.Categorical(rows["pole"], list(poles)).codes.astype(np.int64)
    counts = {
        "mentions": np.bincount(phrases.group, minlength=wide.size)[wide.of_rows],
        "bare": np.bincount(phrases.group[~phrases.labelled], minlength=wide.size)[wide.of_rows],
        "articles_named": np.bincount(phrases.group[phrases.first], minlength=wide.size)[
            wide.of_rows
        ],
    }
    # One number a row and phrase: sorting pairs takes ten times as long.
    place = row.astype(np.int64) * phrases.size + of
    order = np.lexsort((rows["start"].to_numpy(), place))
    order = order[is_first[order]]
    opening = order[_opens_run(place[order])]
    for i, name in enumerate(poles):
        labelled = np.unique(place[pole == i]) // phrases.size
        counts[f"labelled_{name}"] = np.bincount(labelled, minlength=grid.size)[grid.of_rows]
        first = row[opening][pole[opening] == i]
        counts[f"first_{name}"] = np.bincount(first, minlength=grid.size)[grid.of_rows]
    return counts


def _opens_run(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which values differ from the one before them."""
    opens = np.ones(len(values), dtype=bool)
    opens[1:] = values[1:] != values[:-1]
    return opens


class _Phrases:
    """Phrases of groups: by group, document and number, each once."""

    def __init__(self, docs: pd.Index, rows: pd.DataFrame, groups: NDArray[np.int64]) -> None:
        self._stride = int(rows["phrase"].max()) + 1 if len(rows) else 1
        self._docs = max(len(docs), 1)
        # Rows of one group are in text order: the first one of a phrase opens it.
        self._known, opens_at, of = np.unique(
            self._keys(docs, rows, groups), return_index=True, return_inverse=True
        )
        size = len(self._known)
        self.size = max(size, 1)
        labelled = rows["labelled"].to_numpy(dtype=bool)
        self.labelled = np.bincount(of[labelled], minlength=size) > 0
        start = rows["start"].to_numpy(dtype=np.int64)[opens_at]
        article = self._known // self._stride
        self.group = article // self._docs
        self.first = np.zeros(size, dtype=bool)
        order = np.lexsort((start, article))
        self.first[order[_opens_run(article[order])]] = True

    def numbers(
        self, docs: pd.Index, rows: pd.DataFrame, groups: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return the phrases that rows stand in; they are among those counted."""
        return np.searchsorted(self._known, self._keys(docs, rows, groups))

    def _keys(
        self, docs: pd.Index, rows: pd.DataFrame, groups: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        doc = docs.get_indexer(pd.Index(rows["doc"]))
        phrase = rows["phrase"].to_numpy(dtype=np.int64)
        keys: NDArray[np.int64] = (groups * self._docs + doc) * self._stride + phrase
        return keys


def anchored(labels: pd.DataFrame, mentions: pd.DataFrame) -> pd.Series[bool]:
    """Tell which labels need no reference.

    Titles, appositions and compounds do not, nor does a predicate of a printed name.
    """
    beside = labels["rule"].isin(["title", "apposition", "compound"])
    said = labels[labels["rule"] == "copula"]
    named = mentions.loc[mentions["form"] == "named", _PLACE]
    printed = pd.MultiIndex.from_frame(said[_PLACE]).isin(pd.MultiIndex.from_frame(named))
    return beside | pd.Series(printed, index=said.index).reindex(labels.index, fill_value=False)
