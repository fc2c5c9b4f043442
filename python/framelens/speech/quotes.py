"""Whom each source quotes, with which verb, in which kind of quotation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens.base.results import Result, columns_to_frame
from framelens.corpus.corpus import Corpus, Zones, check_corpus, check_zones
from framelens.corpus.groups import check_choice
from framelens.corpus.rates import add_rates, word_counts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.speech.speakers import SpeakerBy, Speakers
    from framelens.speech.variants import Variants

__all__ = ["Quotes", "quotes"]

STANCES = ("neutral", "assertive", "doubting", "denying", "hostile")
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
    cue), cue (as printed), lemma, stance (``neutral``, ``doubting``, ``assertive``, ``hostile``,
    ``denying``), cue_start, cue_end, zone, nested (depth inside other quotations).
    """

    sources: list[str] = field(default_factory=list)
    _words: pd.DataFrame = field(default_factory=pd.DataFrame)
    _corpus: Corpus | None = None
    # All quotations of the corpus, and which of them `frame` has.
    _found: pd.DataFrame | None = None
    _rows: IntArray | None = None

    @property
    def spans(self) -> pd.DataFrame:
        """Where the quotations stand: doc, source, start, end, kind."""
        return self.frame[["doc", "source", "start", "end", "kind"]]

    def verbs(self, *, by: By = "source") -> pd.DataFrame:
        """Count the verbs that attribute, each printed one once.

        Verbs inside a quotation are its speaker's and left out.

        Parameters
        ----------
        by : {"source", "speaker"}
            Whose verbs to count together.

        Returns
        -------
        pandas.DataFrame
            `by`, lemma, stance, count, share (of the attributions of that source or speaker), rate
            (per 1,000 words of the source; of the corpus, by speaker), low and high, its interval,
            missing where there are fewer than five documents (events, where five or more are
            known); for each source or speaker the most frequent first.

        Examples
        --------
        >>> import framelens as fl
        >>> verbs = fl.quotes(fl.demo()).verbs()
        >>> list(verbs.columns)
        ['source', 'lemma', 'stance', 'count', 'share', 'rate', 'low', 'high']
        """
        check_choice("by", by, ("source", "speaker"))
        own = self.frame[self.frame["lemma"].notna() & (self.frame["nested"] == 0)]
        cued = own.drop_duplicates(["doc", "cue_start"]).dropna(subset=[by])
        keys = [by, "lemma", "stance"]
        table = cued[keys].drop_duplicates().sort_values(keys).reset_index(drop=True)
        counts = add_rates(table, cued, self._words, family=["lemma", "stance"])
        share = counts["count"] / counts.groupby(by)["count"].transform("sum")
        counts.insert(list(counts.columns).index("rate"), "share", share)
        order = counts.sort_values([by, "count", "lemma"], ascending=[True, False, True])
        return order.reset_index(drop=True)

    def speakers(self, *, by: SpeakerBy = "kind") -> Speakers:
        """Tell who gets to speak: the share of quotations and of quoted words by source.

        Direct and partial quotations count, those inside others do not. Somebody with a name is of
        the kind that their titles and descriptions tell most often; others are of the
        kind of their noun ("police", "the report").

        Parameters
        ----------
        by : {"kind", "pronoun", "speaker"}
            Kinds are ``office``, ``party``, ``expert``, ``private person``, ``document``,
            ``unnamed official``, ``organisation``, ``other person`` (a name without such a role),
            ``group`` (any other noun) and ``unknown``; pronouns those that are printed of the
            speaker most often.

        Returns
        -------
        Speakers

        Raises
        ------
        ValueError
            An unknown choice; by kind, a language that has no ``speaker_kinds``.

        Examples
        --------
        >>> import framelens as fl
        >>> text = "“We won,” Mayor Ada Moore said. “They lost,” she added. “No,” police said."
        >>> shares = fl.quotes(fl.read([{"source": "Gazette", "text": text}])).speakers().frame
        >>> shares[["kind", "quotations", "words"]]
                       kind  quotations  words
        0            office           2      4
        1  unnamed official           1      1
        """
        from framelens.speech.speakers import speaker_shares

        check_choice("by", by, ("kind", "pronoun", "speaker"))
        if self._corpus is None:
            raise ValueError(
                "speakers() needs a result with its corpus: call it on that of fl.quotes(corpus)"
            )
        return speaker_shares(self.frame, self._corpus, by)

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
        from framelens.speech.variants import find_variants

        if self._corpus is None or self._found is None or self._rows is None:
            raise ValueError(
                "variants() needs a result with its corpus: call it on that of fl.quotes(corpus)"
            )
        return find_variants(self._corpus, self._found, self._rows, n_jobs=n_jobs)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw one bar a source: its attributions, cut by the stance of their verb."""
        from framelens.plots import naming_bars

        counts = self.verbs().groupby(["stance", "source"])["count"].sum().unstack(fill_value=0)
        known = [stance for stance in STANCES if stance in counts.index]
        table = counts.reindex(index=known, columns=self.sources, fill_value=0)
        title = "How each source attributes, by stance of the verb"
        return naming_bars(table, ax=ax, title=title, unit="attributions")


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

    See Also
    --------
    distancing : Doubting verbs, hedges and scare quotes.
    figures : Numbers that reports disagree on.

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.demo()
    >>> first = fl.quotes(corpus).frame.iloc[0]
    >>> corpus.texts[0][first.start : first.end] == first.text
    True
    """
    check_corpus(corpus, "quotes")
    wanted = check_zones(zones)
    frame = columns_to_frame(corpus.annotations.quotes(), corpus)
    inside = frame["zone"].isin(wanted).to_numpy()
    kept = frame.loc[inside, list(COLUMNS)].reset_index(drop=True)
    words = word_counts(corpus, wanted)
    return Quotes(kept, corpus.sources, words, corpus, frame, np.flatnonzero(inside))
