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


def units_of(cell: MiscodedCell, random: np.random.Generator) -> tuple[pd.DataFrame, StubCorpus]:
    """Return one row a unit: target, source, doc, start, pole (the tool's, or missing), truth."""
    recalls, precisions = ERRORS[cell.errors]
    tables = []
    for outlet, (recall, precision) in enumerate(zip(recalls, precisions, strict=True)):
        size = 1 / CORRELATION - 1
        share = random.beta(cell.share * size, (1 - cell.share) * size, cell.documents)
        doc = np.repeat(np.arange(cell.documents), random.poisson(2, cell.documents))
        truth = np.where(random.random(len(doc)) < share[doc], 0, 1)
        tool = np.where(random.random(len(doc)) < np.array(recall)[truth], truth, 2)
        rows = [(doc, tool, truth)]
        for pole in (0, 1):
            right = int((tool == pole).sum())
            wrong = (1 - precision[pole]) / precision[pole] / 2
            turned = np.flatnonzero((truth == 1 - pole) & (tool == 1 - pole))
            turned = turned[
                random.random(len(turned)) < min(1, wrong * right / max(len(turned), 1))
            ]
            rows[0][1][turned] = pole
            none = random.poisson(wrong * right)
            rows.append(_rows(random.integers(0, cell.documents, none), pole, 2))
        sentences = np.repeat(np.arange(cell.documents), random.poisson(4, cell.documents))
        rows.append(_rows(sentences, 2, 2))
        columns = [np.concatenate(parts) for parts in zip(*rows, strict=True)]
        tables.append(_table(f"outlet {outlet}", *columns))
    units = pd.concat(tables, ignore_index=True)
    return units, StubCorpus(["outlet 0", "outlet 1"], cell.documents)


def _rows(doc: np.ndarray, tool: int, truth: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return doc, np.full(len(doc), tool), np.full(len(doc), truth)


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
    from framelens import coding

    labels, sentences = units[units["pole"].notna()], units[units["pole"].isna()]
    drawn = coding.Drawn(labels, sentences, None, POLES)
    strata = coding._units(drawn, ["source"])
    key = coding._drawn(strata, coded, np.random.default_rng(seed))
    return key.assign(poles='["good", "bad"]', coder_1=key["truth"], coder_2=key["truth"])


def corrected_coverage(
    cell: MiscodedCell, *, studies: int, seed: int, pool: bool = False
) -> tuple[float, float, float]:
    """Return how often corrected and uncorrected 95% intervals hold the true score; known share."""
    from framelens.coding import Agreement
    from framelens.corrections import corrected_scores

    random = np.random.default_rng(seed)
    truth = 2 * cell.share - 1
    held: list[bool] = []
    naive: list[bool] = []
    for study in range(studies):
        units, corpus = units_of(cell, random)
        labels = units[units["pole"].notna()].reset_index(drop=True)
        if labels["source"].nunique() < 2:
            continue
        found = Agreement(frame=pd.DataFrame(), codes=coded_sheet(units, cell.coded, study))
        frame = corrected_scores(labels, corpus, POLES, found, pool=pool).frame
        for kept, low, high in ((held, "low", "high"), (naive, "tool_low", "tool_high")):
            known = frame.dropna(subset=[low])
            kept += ((known[low] <= truth) & (truth <= known[high])).tolist()
    return float(np.mean(held)), float(np.mean(naive)), len(held) / (2 * studies)
