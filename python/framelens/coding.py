"""Hand-coding: blinded samples of evidence, and how far coders agree with each other and the tool.

A sample is two files: one for the coders, without source or pole, and its key.
"""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._blinding import SourceNames
from framelens._writing import check_output, write_whole
from framelens.results import Result, for_spreadsheet

if TYPE_CHECKING:
    from framelens.corpus import Corpus

__all__ = ["Agreement", "agreement", "krippendorff_alpha", "write_sample"]

CONTEXT = 200
CODERS = ("coder_1", "coder_2")
_KEY = ("target", "axis", "pole", "voice", "source", "doc", "start", "end")
_Z = 1.959963984540054


@dataclass(frozen=True, repr=False, eq=False)
class Agreement(Result):
    """What coders made of a sample.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a source, then one for all (source missing): items, coded, right (the coders'
        commonest code is the tool's pole), precision, low, high (Wilson's, 95%).
    alpha : float or None
        Krippendorff's alpha of the coders, nominal; None with fewer than two of them.
    codes : pandas.DataFrame
        One row an item: the key and the codes.
    """

    alpha: float | None = None
    codes: pd.DataFrame = field(default_factory=pd.DataFrame)

    def __repr__(self) -> str:
        """Return one line with alpha."""
        alpha = "missing" if self.alpha is None else f"{self.alpha:.3f}"
        return f"Agreement({len(self.codes)} items, alpha {alpha})"


def write_sample(
    evidence: pd.DataFrame,
    corpus: Corpus,
    path: str | Path,
    *,
    n: int,
    by: str | Sequence[str],
    seed: int,
) -> Path:
    """Write `n` rows of `evidence`, as many of each value of `by` as there are; see Framing."""
    columns = [by] if isinstance(by, str) else list(by)
    unknown = [name for name in columns if name not in evidence]
    if unknown or not columns:
        raise ValueError(f"by is a column of the evidence, or several, not {by!r}")
    if n < 1:
        raise ValueError(f"n is 1 or more, not {n}")
    path = Path(path)
    _check_new(path)
    # What is drawn does not depend on the order of documents.
    order = [name for name in ("doc", "start", "end", "target") if name in evidence]
    ordered = evidence.sort_values(order, kind="stable", ignore_index=True)
    chosen = _drawn(ordered, n, columns, np.random.default_rng(seed))
    item = pd.Series(range(1, len(chosen) + 1), name="item")
    sources = SourceNames(corpus.sources)
    texts = [_blinded(corpus, sources, row) for row in chosen.itertuples()]
    sheet = pd.DataFrame({"item": item, "target": chosen.get("target"), "text": texts})
    for coder in CODERS:
        sheet[coder] = ""
    key = chosen[[name for name in _KEY if name in chosen]]
    key.insert(0, "item", item)
    _write_both(path, for_spreadsheet(sheet).to_csv(index=False), key.to_csv(index=False))
    return path


def _check_new(path: Path) -> None:
    if path.suffix.lower() != ".csv":
        raise ValueError(f"{path}: a sheet is a table of text; name it .csv, not {path.suffix}")
    for file in (path, _key_of(path)):
        check_output(file)
        if os.path.lexists(file):
            raise FileExistsError(
                errno.EEXIST, "is there, and may hold codes: name another, or move it", str(file)
            )


def _write_both(path: Path, sheet: str, key: str) -> None:
    # A sheet without its key is worth nothing: both are there, or neither.
    write_whole(_key_of(path), key)
    try:
        write_whole(path, sheet)
    except BaseException:
        _key_of(path).unlink(missing_ok=True)
        raise


def agreement(path: str | Path) -> Agreement:
    """Read the codes of a sample back.

    Parameters
    ----------
    path : path
        The sheet that :meth:`Framing.sample` wrote, filled in: a code is a pole's name, or any
        other word where the label is none. Its key lies beside it. A column a coder, each named
        ``coder_...``; an empty cell is no code.

    Returns
    -------
    Agreement

    Raises
    ------
    FileNotFoundError
        No sheet, or no key beside it.
    ValueError
        A sheet without coders or codes, or with other items than its key.

    Examples
    --------
    >>> import tempfile
    >>> import framelens as fl
    >>> result = fl.framing(fl.demo(), targets=["Tomás Beláriz"])
    >>> path = result.sample(tempfile.mkdtemp() + "/sheet.csv", n=4, seed=1)
    >>> sheet = pd.read_csv(path)
    >>> sheet["coder_1"] = sheet["coder_2"] = "legitimate"
    >>> sheet.to_csv(path, index=False)
    >>> len(fl.agreement(path).codes)
    4
    """
    path = Path(path)
    sheet = pd.read_csv(path, dtype=object)
    key = pd.read_csv(_key_of(path), dtype={"doc": object, "source": object, "target": object})
    coders = [name for name in sheet if str(name).startswith("coder")]
    if not coders:
        raise ValueError(f"{path} has no column that begins with 'coder'")
    items = pd.to_numeric(sheet["item"])
    if sorted(items) != sorted(key["item"]):
        raise ValueError(f"{path} has other items than its key")
    codes = sheet.assign(item=items).set_index("item")[coders]
    codes = codes.map(_code)
    if not codes.notna().any(axis=None):
        raise ValueError(f"{path} has no codes")
    merged = key.join(codes, on="item")
    rows = [list(row.dropna()) for _, row in codes.iterrows()]
    alpha = krippendorff_alpha(rows) if len(coders) > 1 else None
    return Agreement(frame=_precision(merged, coders), alpha=alpha, codes=merged)


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Return Krippendorff's alpha of nominal codes, one sequence of codes a unit.

    None where no unit has two codes, or all codes are one. Source: Krippendorff, Content Analysis,
    2004, ch. 11.

    Examples
    --------
    >>> from framelens.coding import krippendorff_alpha
    >>> round(krippendorff_alpha([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]]), 3)
    0.533
    """
    pairable = [codes for codes in units if len(codes) > 1]
    totals = Counter(code for codes in pairable for code in codes)
    n = sum(totals.values())
    expected = n * n - sum(count * count for count in totals.values())
    if expected == 0:
        return None
    observed = 0.0
    for codes in pairable:
        counts = Counter(codes)
        differing = len(codes) ** 2 - sum(count * count for count in counts.values())
        observed += differing / (len(codes) - 1)
    return 1 - (n - 1) * observed / expected


def _code(cell: object) -> str | None:
    return (cell.strip().lower() or None) if isinstance(cell, str) else None


def _drawn(rows: pd.DataFrame, n: int, by: list[str], random: np.random.Generator) -> pd.DataFrame:
    # One row of each group in turn, so that small groups are not drowned.
    groups = [list(random.permutation(own.index)) for _, own in rows.groupby(by, dropna=False)]
    taken: list[Any] = []
    while len(taken) < n and any(groups):
        for group in groups:
            if group and len(taken) < n:
                taken.append(group.pop())
    return rows.loc[random.permutation(taken)].reset_index(drop=True)


def _blinded(corpus: Corpus, sources: SourceNames, row: Any) -> str:
    text = corpus.texts[corpus.position_of(row.doc)]
    before = sources.blotted(text, max(0, row.start - CONTEXT), row.start)
    after = sources.blotted(text, row.end, min(len(text), row.end + CONTEXT))
    return " ".join(f"{before}[[{text[row.start : row.end]}]]{after}".split())


def _key_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.key.csv")


def _precision(merged: pd.DataFrame, coders: list[Any]) -> pd.DataFrame:
    commonest = [_commonest(row) for row in merged[coders].itertuples(index=False)]
    right = [code == pole.lower() for code, pole in zip(commonest, merged["pole"], strict=True)]
    table = merged.assign(coded=[code is not None for code in commonest], right=right)
    rows = [_share(name, own) for name, own in table.groupby("source")] + [_share(None, table)]
    return pd.DataFrame(rows)


def _commonest(codes: Sequence[Any]) -> str | None:
    """Return the code that most coders gave; None without a code or where two are as common."""
    counts = Counter(code for code in codes if isinstance(code, str)).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]


def _share(source: Any, rows: pd.DataFrame) -> dict[str, Any]:
    n, right = int(rows["coded"].sum()), int(rows["right"].sum())
    share = right / n if n else float("nan")
    middle = (right + _Z**2 / 2) / (n + _Z**2)
    reach = _Z / (n + _Z**2) * np.sqrt(right * (n - right) / max(n, 1) + _Z**2 / 4)
    low, high = (middle - reach, middle + reach) if n else (float("nan"), float("nan"))
    return {
        "source": source, "items": len(rows), "coded": n, "right": right, "precision": share,
        "low": max(0.0, low) if n else low, "high": min(1.0, high) if n else high,
    }  # fmt: skip
