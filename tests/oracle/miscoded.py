"""Simulated outlets that a tool reads with known errors, and coders who see some of them.

Labels are Poisson(2) a document and beta-binomial within it (intraclass correlation .2). The tool
finds a label of each pole with the recall of that pole; of what it gives a pole, `1 - precision` is
wrong: half of that a label of the other pole, half none. Beside them stand sentences without a
label, Poisson(4) a document. Two outlets share one sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

POLES = ("good", "bad")
TARGET, AXIS = "Ada Moore", "rule"
DOCUMENTS, SHARES, CODED = (10, 30, 100), (0.02, 0.2, 0.5), (100, 300)
CORRELATION = 0.2
Rates = tuple[float, float]
# Recall and precision of the poles, in one outlet and in the other.
ERRORS: dict[str, tuple[tuple[Rates, Rates], tuple[Rates, Rates]]] = {
    "outlets differ": (((0.8, 0.8), (0.6, 0.6)), ((0.95, 0.95), (0.85, 0.85))),
    "poles differ": (((0.8, 0.6), (0.6, 0.8)), ((0.95, 0.85), (0.85, 0.95))),
}


@dataclass(frozen=True)
class MiscodedCell:
    """One set-up: documents an outlet, share of the first pole, errors, items coded in all."""

    documents: int
    share: float
    errors: str
    coded: int


def miscoded_cells() -> Iterator[MiscodedCell]:
    for errors in ERRORS:
        for documents in DOCUMENTS:
            for share in SHARES:
                for coded in CODED:
                    yield MiscodedCell(documents, share, errors, coded)


class StubCorpus:
    """What corrections ask of a corpus: documents without events and without near-copies."""

    def __init__(self, sources: list[str], documents: int) -> None:
        self.sources = sources
        self.ids = [f"{source} {doc:03}" for source in sources for doc in range(documents)]
        self._events = [None] * len(self.ids)
        self._copy_clusters = np.arange(len(self.ids))

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Outlet:
    """Units of one outlet: documents, what the tool says (0, 1: a pole, 2: no label), and truth."""

    doc: np.ndarray
    tool: np.ndarray
    truth: np.ndarray


def _outlet(cell: MiscodedCell, outlet: int, random: np.random.Generator) -> Outlet:
    recall, precision = (rates[outlet] for rates in ERRORS[cell.errors])
    size = 1 / CORRELATION - 1
    share = random.beta(cell.share * size, (1 - cell.share) * size, cell.documents)
    doc = np.repeat(np.arange(cell.documents), random.poisson(2, cell.documents))
    truth = np.where(random.random(len(doc)) < share[doc], 0, 1)
    found = np.where(random.random(len(doc)) < np.array(recall)[truth], truth, 2)
    tool = found.copy()
    parts = []
    for pole in (0, 1):
        right = int((found == pole).sum())
        wrong = (1 - precision[pole]) / precision[pole] / 2
        turned = np.flatnonzero(found == 1 - pole)
        often = min(1, wrong * right / max(len(turned), 1))
        tool[turned[random.random(len(turned)) < often]] = pole
        none = random.integers(0, cell.documents, random.poisson(wrong * right))
        parts.append((none, np.full(len(none), pole), np.full(len(none), 2)))
    empty = np.repeat(np.arange(cell.documents), random.poisson(4, cell.documents))
    parts += [(empty, np.full(len(empty), 2), np.full(len(empty), 2)), (doc, tool, truth)]
    return Outlet(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def units_of(cell: MiscodedCell, random: np.random.Generator) -> tuple[pd.DataFrame, StubCorpus]:
    """Return one row a unit: target, source, doc, start, pole (the tool's, or missing), truth."""
    outlets = [_outlet(cell, outlet, random) for outlet in (0, 1)]
    tables = [_table(f"outlet {i}", o.doc, o.tool, o.truth) for i, o in enumerate(outlets)]
    corpus = StubCorpus(["outlet 0", "outlet 1"], cell.documents)
    return pd.concat(tables, ignore_index=True), corpus


def _table(source: str, doc: np.ndarray, tool: np.ndarray, truth: np.ndarray) -> pd.DataFrame:
    start = np.arange(len(doc))
    return pd.DataFrame(
        {
            "target": TARGET,
            "axis": AXIS,
            "source": source,
            "doc": [f"{source} {d:03}" for d in doc],
            "start": start,
            "end": start + 1,
            "pole": pd.Series([[*POLES, None][t] for t in tool], dtype=object),
            "weight": 1.0,
            "truth": pd.Series([[*POLES, "none"][t] for t in truth], dtype=object),
        }
    )


def coded_sheet(units: pd.DataFrame, coded: int, seed: int) -> pd.DataFrame:
    """Return the key of a sheet that the package draws, with the truth as both coders' code."""
    from framelens.labels import coding

    labels, sentences = units[units["pole"].notna()], units[units["pole"].isna()]
    drawn = coding.Drawn(labels, sentences, None, POLES)
    strata = coding._units(drawn, ["source"])
    key = coding._drawn(strata, coded, np.random.default_rng(seed))
    return key.assign(poles='["good", "bad"]', coder_1=key["truth"], coder_2=key["truth"])


@dataclass(frozen=True)
class CorrectedCoverage:
    """Share of the intervals that hold the true score, corrected and not, and of those known."""

    corrected: float
    counted: float
    known: float


def corrected_coverage(cell: MiscodedCell, *, studies: int, seed: int) -> CorrectedCoverage:
    """Return how the package's intervals do on sheets that this module draws.

    Errors here are independent of each other, so the design effect of errors is left at 1.
    """
    from framelens.labels._coded import simulated_counts
    from framelens.labels.corrections import corrected_effect, score_interval, widened_effects
    from framelens.labels.framing import jeffreys_interval

    random = np.random.default_rng(seed)
    truth = 2 * cell.share - 1
    held: list[bool] = []
    naive: list[bool] = []
    for _ in range(studies):
        outlets = [_outlet(cell, outlet, random) for outlet in (0, 1)]
        group = np.concatenate([np.full((o.tool < 2).sum(), i) for i, o in enumerate(outlets)])
        doc = np.concatenate([1000 * i + o.doc[o.tool < 2] for i, o in enumerate(outlets)])
        tool = np.concatenate([o.tool[o.tool < 2] for o in outlets])
        if len(set(group.tolist())) < 2:
            continue
        effects = widened_effects(group, doc, tool == 0)
        drawn = _drawn(outlets, cell.coded, random)
        for outlet, codes, effect in zip(outlets, drawn, effects, strict=True):
            if np.isnan(effect):
                continue
            strata = _strata(outlet, codes)
            counts = simulated_counts(strata, POLES).sum(axis=1)
            low, high = score_interval(counts, corrected_effect(effect, strata, POLES))
            held.append(bool(low <= truth <= high))
            first, second = (np.array([(outlet.tool == k).sum() / effect]) for k in (0, 1))
            low, high = (float(end[0]) for end in jeffreys_interval(first, second))
            naive.append(bool(low <= truth <= high))
    known = len(held) / (2 * studies)
    return CorrectedCoverage(float(np.mean(held)), float(np.mean(naive)), known)


def _drawn(outlets: list[Outlet], coded: int, random: np.random.Generator) -> list[np.ndarray]:
    """Draw one unit of each stratum in turn until `coded` are; return those of each outlet."""
    strata = [
        (place, random.permutation(np.flatnonzero(outlet.tool == tool)))
        for tool in (0, 1, 2)
        for place, outlet in enumerate(outlets)
    ]
    sizes = np.array([len(units) for _, units in strata])
    taken = np.zeros(len(strata), dtype=int)
    while taken.sum() < coded and (taken < sizes).any():
        for i in np.flatnonzero(taken < sizes):
            if taken.sum() < coded:
                taken[i] += 1
    parts = [(place, units[:n]) for (place, units), n in zip(strata, taken, strict=True)]
    return [np.concatenate([units for p, units in parts if p == place]) for place in (0, 1)]


def _strata(outlet: Outlet, codes: np.ndarray) -> pd.DataFrame:
    """Return the coded units of an outlet by stratum, as the package has them."""
    from framelens.labels._coded import code_columns

    rows = []
    for tool in (0, 1, 2):
        size = int((outlet.tool == tool).sum())
        seen = outlet.truth[codes[outlet.tool[codes] == tool]]
        if size:
            shares = [(seen == k).sum() for k in (0, 1, 2)]
            rows.append([[*POLES, None][tool], size, len(seen), *shares])
    names = ["tool", "stratum_size", "coded", *code_columns(POLES)]
    return pd.DataFrame(rows, columns=names).astype({"tool": object})
