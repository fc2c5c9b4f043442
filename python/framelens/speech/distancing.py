"""How each source keeps away from what it prints: hedges, scare quotes, doubting verbs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import Result, columns_to_frame
from framelens.corpus.corpus import Corpus, Zones, check_corpus, check_zones
from framelens.corpus.groups import check_choice
from framelens.corpus.rates import add_rates, word_counts
from framelens.labels.namings import PARTS, Target, as_targets, for_engine, mention_rows, part_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Distancing", "distancing"]

By: TypeAlias = Literal["source", "speaker", "target"]

KINDS = ("hedge", "scare", "doubting")
EVIDENCE = (
    "source", "doc", "kind", "text", "term", "speaker", "target", "start", "end", "zone",
)  # fmt: skip


@dataclass(frozen=True, repr=False, eq=False)
class Distancing(Result):
    """Rates of hedges, scare quotes and doubting verbs in the sources' own voice.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a source, kind and part, of each target where targets were given: target, source,
        kind (``hedge``, ``scare``, ``doubting``), part (``headline``, ``text``, ``all``), count,
        rate (per 1,000 words of the source in that part), low and high, its interval, missing where
        the source has fewer than five documents (events, where five or more are known).
    evidence : pandas.DataFrame
        One row a device, of each target that it bears on: source, doc, kind, text (as printed),
        term (of a hedge folded, of a verb its base form), speaker (whose words are kept away from,
        if known), target, start, end, zone.
    """

    evidence: pd.DataFrame = field(default_factory=pd.DataFrame)
    sources: list[str] = field(default_factory=list)
    _words: dict[str, pd.DataFrame] = field(default_factory=dict)

    def rates(self, *, by: By = "source") -> pd.DataFrame:
        """Count by source and part and, within them, by speaker or target.

        Parameters
        ----------
        by : {"source", "speaker", "target"}
            ``speaker`` and ``target`` give one row a source, speaker or target, and kind that the
            evidence has; what has none is left out.

        Returns
        -------
        pandas.DataFrame
            source, the speaker or target, kind, part, count, rate, low, high; rates are per 1,000
            words of the source in that part.

        Examples
        --------
        >>> import framelens as fl
        >>> rates = fl.distancing(fl.demo()).rates(by="speaker")
        >>> list(rates.columns)
        ['source', 'speaker', 'kind', 'part', 'count', 'rate', 'low', 'high']
        """
        check_choice("by", by, ("source", "speaker", "target"))
        devices = self.evidence.drop_duplicates(["doc", "start", "end", "kind"])
        if by == "source":
            return _by_source(devices, self.sources, self._words)
        known = (self.evidence if by == "target" else devices).dropna(subset=[by])
        keys = ["source", by, "kind"]
        table = known[keys].drop_duplicates().sort_values(keys).reset_index(drop=True)
        return _by_part(table, known, self._words)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the rates of each kind in the text, one point a source, with intervals.

        Those of its headlines stand beside them.
        """
        from framelens.plots import rate_dots

        targets = list(dict.fromkeys(self.frame.get("target", [])))
        table = self.rates() if targets else self.frame
        about = f" where {_listed(targets)} is named" if targets else ""
        return rate_dots(table, ax=ax, title=f"How each source keeps its distance{about}")


def distancing(
    corpus: Corpus,
    *,
    targets: Target | str | Iterable[Target | str] | None = None,
    zones: Zones = ("headline", "subhead", "body"),
) -> Distancing:
    """Count by how much each source keeps away from what it prints.

    Hedges are words that leave open whether it is so ("alleged", "reportedly") or take a label back
    ("so-called"); scare quotes are marks that quote nobody; doubting verbs give another's words as
    doubtful ("claimed"). Only the sources' own voice counts: what stands inside direct and partial
    quotations is the speaker's.

    Parameters
    ----------
    corpus : Corpus
    targets : str, Target, or an iterable of them, optional
        Count for each target what bears on it: its own words are doubted, or the sentence names it.
        By default everything counts.
    zones : tuple of str or "all"
        Where to look, and whose words rates are per.

    Returns
    -------
    Distancing

    Raises
    ------
    ValueError
        A target that is empty, a name that belongs to two targets, an unknown zone.

    See Also
    --------
    quotes : Every quotation with its verb.
    framing : Labels by voice.

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.read([{"source": "Gazette", "text": "The alleged plot failed, she claimed."}])
    >>> fl.distancing(corpus).evidence[["kind", "text"]]
           kind     text
    0     hedge  alleged
    1  doubting  claimed
    """
    check_corpus(corpus, "distancing")
    wanted = None if targets is None else as_targets(targets)
    inside = check_zones(zones)
    columns = _core.find_distancing(corpus.annotations, for_engine(wanted or []))
    devices = columns_to_frame(columns, corpus)
    devices = devices[devices["zone"].isin(inside)].reset_index(drop=True)
    words = {
        "headline": word_counts(corpus, inside & {"headline"}),
        "text": word_counts(corpus, inside - {"headline"}),
        "all": word_counts(corpus, inside),
    }
    if wanted is None:
        devices["target"] = pd.Series([None] * len(devices), dtype=object)
    else:
        devices = _of_targets(corpus, devices, wanted)
    evidence = devices[list(EVIDENCE)]
    names = [None] if wanted is None else [target.name for target in wanted]
    tables = [
        _by_source(evidence[_is(evidence["target"], name)], corpus.sources, words).assign(
            target=pd.Series([name] * len(corpus.sources) * len(KINDS) * len(PARTS), dtype=object)
        )
        for name in names
    ]
    frame = pd.concat(tables, ignore_index=True)
    first = [] if wanted is None else ["target"]
    return Distancing(
        frame=frame[[*first, *frame.columns.drop("target")]],
        evidence=evidence,
        sources=list(corpus.sources),
        _words=words,
    )


def _by_source(
    rows: pd.DataFrame, sources: list[str], words: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    cells = pd.DataFrame(list(product(sources, KINDS)), columns=["source", "kind"], dtype=object)
    return _by_part(cells, rows, words)


def _by_part(
    table: pd.DataFrame, rows: pd.DataFrame, words: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return the rates of each part, those of one row of `table` beside each other."""
    place = len(table.columns)
    parts = []
    for part in PARTS:
        rates = add_rates(table, rows[part_rows(rows, part)], words[part], family=["kind"])
        rates.insert(place, "part", pd.Series([part] * len(rates), dtype=object))
        parts.append(rates)
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def _is(targets: pd.Series[Any], name: str | None) -> pd.Series[bool]:
    return targets.isna() if name is None else targets == name


def _of_targets(corpus: Corpus, devices: pd.DataFrame, targets: list[Target]) -> pd.DataFrame:
    """Return the devices that bear on a target, once for each."""
    mentions = mention_rows(corpus, targets)
    named = {str(doc): rows for doc, rows in mentions.groupby("doc", sort=False)}
    rows: list[int] = []
    found: list[str] = []
    for row, device in enumerate(devices.itertuples(index=False)):
        in_sentence = set()
        of_doc = named.get(str(device.doc))
        if of_doc is not None:
            starts = of_doc["start"].to_numpy()
            inside = (device.sentence_start <= starts) & (starts < device.sentence_end)
            in_sentence = set(of_doc["target"].to_numpy()[np.asarray(inside, dtype=bool)])
        for target in targets:
            if target.name in in_sentence or target.name == device.speaker:
                rows.append(row)
                found.append(target.name)
    kept = devices.iloc[rows].reset_index(drop=True)
    kept["target"] = pd.Series(found, dtype=object)
    return kept


def _listed(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
