"""Whom each source quotes, with which verb, in which kind of quotation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens.corpus import Corpus, Zones, check_zones
from framelens.results import Result, columns_to_frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.variants import Variants

__all__ = ["Quotes", "quotes"]

STANCES = ("neutral", "assertive", "doubting", "hostile")
IntArray: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"
By: TypeAlias = Literal["source", "speaker"]

COLUMNS = (
    "doc", "source", "start", "end", "text", "kind", "speaker", "speaker_start", "speaker_end",
    "cue", "lemma", "stance", "cue_start", "cue_end", "zone", "nested",
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class Quotes(Result):
    """Quotations and indirect speech. `frame` has one row each, in document, then text order.

    Columns: doc, source, start, end (without the marks), text, kind (``direct``, ``partial``,
    ``scare``, ``name``, ``indirect``), speaker, speaker_start, speaker_end (the words next to the
    cue), cue (as printed), lemma, stance (``neutral``, ``doubting``, ``assertive``, ``hostile``),
    cue_start, cue_end, zone, nested (depth inside other quotations).
    """

    sources: list[str] = field(default_factory=list)
    _corpus: Corpus | None = None
    # All quotations of the corpus, and which of them `frame` has.
    _found: pd.DataFrame | None = None
    _rows: IntArray | None = None

    @property
    def spans(self) -> pd.DataFrame:
        """Where the quotations stand: doc, source, start, end, kind."""
        return self.frame[["doc", "source", "start", "end", "kind"]]

    def verbs(self, *, by: By = "source") -> pd.DataFrame:
        """Count the verbs that attribute.

        Parameters
        ----------
        by : {"source", "speaker"}
            Whose verbs to count together.

        Returns
        -------
        pandas.DataFrame
            `by`, lemma, stance, count and share (of the attributions of that source or speaker);
            for each the most frequent first.

        Examples
        --------
        >>> import framelens as fl
        >>> verbs = fl.quotes(fl.demo()).verbs()
        >>> list(verbs.columns)
        ['source', 'lemma', 'stance', 'count', 'share']
        """
        if by not in ("source", "speaker"):
            raise ValueError(f"by is 'source' or 'speaker', not {by!r}")
        cued = self.frame[self.frame["lemma"].notna() & self.frame[by].notna()]
        counts = cued.groupby([by, "lemma", "stance"], sort=True).size().reset_index(name="count")
        counts["share"] = counts["count"] / counts.groupby(by)["count"].transform("sum")
        order = counts.sort_values([by, "count", "lemma"], ascending=[True, False, True])
        return order.reset_index(drop=True)

    def variants(self, *, n_jobs: int | None = None) -> Variants:
        """Find utterances that several documents print, with what each changed.

        Quotations of different events are not compared. Indirect speech and scare quotes are left
        out; names and slogans are compared among themselves.

        Parameters
        ----------
        n_jobs : int, optional
            Threads: None is one, -1 all. The result does not depend on it.

        Returns
        -------
        Variants

        Examples
        --------
        >>> import framelens as fl
        >>> rows = [
        ...     {"source": "Gazette", "text": "“We are ready for serious talks,” Ada Moore said."},
        ...     {"source": "Review", "text": "“We are ready for talks,” Ada Moore said."},
        ... ]
        >>> variants = fl.quotes(fl.read(rows)).variants().frame
        >>> [(edit["type"], edit["base_text"]) for edit in variants["edits"][1]]
        [('cut', 'serious')]
        """
        from framelens.variants import find_variants

        if self._corpus is None or self._found is None or self._rows is None:
            raise ValueError("variants() needs the quotations of fl.quotes(corpus)")
        return find_variants(self._corpus, self._found, self._rows, n_jobs=n_jobs)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw one bar a source: its attributions, cut by the stance of their verb."""
        from framelens.plots import naming_bars

        counts = self.verbs().groupby(["stance", "source"])["count"].sum().unstack(fill_value=0)
        known = [stance for stance in STANCES if stance in counts.index]
        table = counts.reindex(index=known, columns=self.sources, fill_value=0)
        return naming_bars(table, ax=ax, title="How each source attributes, by stance of the verb")


def quotes(corpus: Corpus, *, zones: Zones = "all") -> Quotes:
    """Find the quotations of a corpus, their speakers and cues.

    Parameters
    ----------
    corpus : Corpus
    zones : tuple of str or "all"
        Where to look; ``"all"`` is all but boilerplate.

    Returns
    -------
    Quotes

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.demo()
    >>> first = fl.quotes(corpus).frame.iloc[0]
    >>> corpus.texts[0][first.start : first.end] == first.text
    True
    """
    wanted = check_zones(zones)
    frame = columns_to_frame(corpus.annotations.quotes(), corpus)
    inside = frame["zone"].isin(wanted).to_numpy()
    kept = frame.loc[inside, list(COLUMNS)].reset_index(drop=True)
    return Quotes(kept, corpus.sources, corpus, frame, np.flatnonzero(inside))
