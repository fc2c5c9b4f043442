"""Hand-coding: blinded samples of evidence, and how far coders agree with each other and the tool.

A sample is two files: one for the coders, without source or pole, and its key.
"""

from __future__ import annotations

import errno
import json
import math
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens.base.results import Result, for_spreadsheet
from framelens.base.writing import check_output, write_whole
from framelens.labels._agreement import agreement_frame
from framelens.labels._blinding import SourceNames
from framelens.labels._coded import code_shares

if TYPE_CHECKING:
    from framelens.corpus.corpus import Corpus

__all__ = ["Agreement", "agreement", "items_needed", "krippendorff_alpha", "write_sample"]

CONTEXT = 200
CODERS = ("coder_1", "coder_2")
NEUTRAL = "neutral"
_KEY = (
    "target", "axis", "poles", "pole", "tool", "voice", "source", "doc", "start", "end", "stratum",
    "stratum_size", "stratum_drawn", "undrawn",
)  # fmt: skip
_MIN_FOR_ALPHA = 100
_ALPHA_DRAWS = 2000
_Z, _Z_POWER = 1.959963984540054, 0.8416212335729143  # of 95% confidence, of 80% power


@dataclass(frozen=True, repr=False, eq=False)
class Agreement(Result):
    """What coders made of a sample.

    Where coders differ and none of their codes is commonest, the commonest share the item: of two,
    each has one half. Shares of several strata are weighted by the strata's sizes.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a source and pole, then the source's labels of every pole (pole missing); last the
        same of all sources (source missing), the labels of every pole first. items (labels in the
        sheet, of this pole by the tool), coded, right (the coders' code is the tool's), precision,
        low, high (Wilson's, 95%), sentences (coded, without a label by the tool), recall (share of
        the labels that the coders give the pole which the tool has), recall_low, recall_high
        (posterior, 95%). Recall is missing where no sentence without a label was coded.
    alpha : float or None
        Krippendorff's alpha of the coders, nominal; None with fewer than two of them.
    alpha_interval : tuple of float or None
        Its 95% interval, from resampled items; None under 100 items with two codes.
    codes : pandas.DataFrame
        One row an item: the key and the codes.
    """

    alpha: float | None = None
    codes: pd.DataFrame = field(default_factory=pd.DataFrame)
    alpha_interval: tuple[float, float] | None = None

    def __repr__(self) -> str:
        """Return alpha, and how many items show a difference."""
        alpha = "missing" if self.alpha is None else f"{self.alpha:.3f}"
        if self.alpha_interval is not None:
            alpha += f" ({self.alpha_interval[0]:.3f} to {self.alpha_interval[1]:.3f})"
        per_source = self.frame.loc[self.frame["pole"].isna() & self.frame["source"].notna()]
        most = int(per_source["coded"].max()) if len(per_source) else 0
        return (
            f"Agreement({len(self.codes)} items, alpha {alpha}; up to {most} coded labels a "
            f"source, and errors of .05 against .15 show with {items_needed(0.05, 0.15)}, of .05 "
            f"against .10 with {items_needed(0.05, 0.10)})"
        )


def items_needed(one: float, other: float) -> int:
    """Return how many items of each of two sources show that their shares of errors differ.

    At 95% confidence, two-sided, with 80% power. Source: Fleiss, Levin and Paik, Statistical
    Methods for Rates and Proportions, 2003, section 4.3, without continuity correction.

    Examples
    --------
    >>> from framelens.labels.coding import items_needed
    >>> items_needed(0.05, 0.15), items_needed(0.05, 0.10)
    (140, 434)
    """
    if not (0 <= one <= 1 and 0 <= other <= 1) or one == other:
        raise ValueError(f"the two shares must differ and be from 0 to 1, not {one} and {other}")
    mean = (one + other) / 2
    apart = _Z * math.sqrt(2 * mean * (1 - mean))
    apart += _Z_POWER * math.sqrt(one * (1 - one) + other * (1 - other))
    return round((apart / (one - other)) ** 2)


@dataclass(frozen=True)
class Drawn:
    """What a sheet is drawn from: labels, sentences without one, and what they are of."""

    labels: pd.DataFrame
    sentences: pd.DataFrame
    corpus: Corpus
    poles: tuple[str, ...]
    voice: str | None = None


def write_sample(
    drawn: Drawn, path: str | Path, *, n: int, by: str | Sequence[str], seed: int
) -> Path:
    """Write `n` items, as many of each stratum as there are; see :meth:`Framing.sample`."""
    columns = [by] if isinstance(by, str) else list(by)
    unknown = [name for name in columns if name not in drawn.labels]
    if unknown or not columns:
        raise ValueError(f"by must be one or more columns of the evidence, not {by!r}")
    if n < 1:
        raise ValueError(f"n must be at least 1, not {n}")
    path = Path(path)
    _check_new(path)
    chosen = _drawn(_units(drawn, columns), n, np.random.default_rng(seed))
    item = pd.Series(range(1, len(chosen) + 1), name="item")
    sources = SourceNames(drawn.corpus.sources)
    texts = [_blinded(drawn.corpus, sources, row) for row in chosen.itertuples()]
    sheet = pd.DataFrame({"item": item, "target": chosen["target"], "text": texts})
    if drawn.voice is not None:
        sheet["voice"] = drawn.voice
    for coder in CODERS:
        sheet[coder] = ""
    key = chosen.assign(poles=json.dumps(drawn.poles))
    key = key[[name for name in _KEY if name in key]]
    key.insert(0, "item", item)
    _write_both(path, for_spreadsheet(sheet).to_csv(index=False), key.to_csv(index=False))
    return path


def tool_of(labels: pd.DataFrame) -> pd.Series[Any]:
    """Return what the tool counts each label for: a pole, or ``neutral`` where it counts none."""
    return labels["pole"].where(labels["weight"] > 0, NEUTRAL)


def _units(drawn: Drawn, by: list[str]) -> pd.DataFrame:
    """Return every unit that may be drawn, with its stratum and the stratum's size."""
    labels = drawn.labels.assign(tool=tool_of(drawn.labels))
    none = pd.Series([None] * len(drawn.sentences), dtype=object)
    sentences = drawn.sentences.assign(
        tool=none, axis=labels["axis"].iloc[0] if len(labels) else None
    )
    units = pd.concat([labels, sentences], ignore_index=True)
    # What is drawn does not depend on the order of documents.
    units = units.sort_values(["doc", "start", "end", "target"], kind="stable", ignore_index=True)
    strata = [*dict.fromkeys(["target", "source", *by])]
    outer = units.groupby(strata, dropna=False, sort=True)
    within = units.groupby([*strata, "tool"], dropna=False, sort=True)
    # A stratum of each target and source comes before the second of any.
    order = pd.DataFrame({"outer": outer.ngroup(), "stratum": within.ngroup()}).drop_duplicates()
    order = order.sort_values("stratum")
    turn = order.groupby("outer").cumcount()
    places = order.assign(turn=turn).sort_values(["turn", "stratum"])["stratum"]
    rank = {stratum: place for place, stratum in enumerate(places.tolist(), 1)}
    units["stratum"] = within.ngroup().map(rank)
    return units.assign(stratum_size=within["doc"].transform("size"))


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
        other word where the label is none, or where a sentence has none. Its key lies beside it. A
        column a coder, each named ``coder_...``; an empty cell is no code.

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
    sheet = _read(path)
    key = _read(_key_of(path))
    coders = [name for name in sheet if str(name).startswith("coder")]
    if not coders:
        raise ValueError(f"{path} has no column of codes: its name must begin with 'coder'")
    items, known = (pd.to_numeric(table["item"]) for table in (sheet, key))
    if sorted(items) != sorted(known):
        raise ValueError(f"the items of {path} and of its key differ: keep every row of the sheet")
    codes = sheet.assign(item=items).set_index("item")[coders]
    codes = codes.map(_code)
    if not codes.notna().any(axis=None):
        raise ValueError(f"{path} has no codes: fill in a column that begins with 'coder'")
    merged = _with_numbers(key.assign(item=known)).join(codes, on="item")
    rows = [list(row.dropna()) for _, row in codes.iterrows()]
    alpha = krippendorff_alpha(rows) if len(coders) > 1 else None
    poles = poles_of(merged)
    shares = code_shares(merged[coders], poles)
    return Agreement(
        frame=agreement_frame(pd.concat([merged, shares], axis=1), poles),
        alpha=alpha,
        alpha_interval=None if alpha is None else _alpha_interval(rows),
        codes=merged,
    )


def _read(path: Path) -> pd.DataFrame:
    # "None" and "NA" are codes, or names, of somebody's: only an empty cell is missing.
    return pd.read_csv(path, dtype=object, keep_default_na=False, na_values=[""])


def _with_numbers(key: pd.DataFrame) -> pd.DataFrame:
    numbers = ("start", "end", "stratum", "stratum_size", "stratum_drawn", "undrawn")
    return key.assign(
        **{name: pd.to_numeric(key[name]).astype("int64") for name in numbers if name in key}
    )


def poles_of(key: pd.DataFrame) -> list[str]:
    """Return the poles of the axis that a key is of."""
    if "poles" in key and len(key):
        return [str(pole) for pole in json.loads(key["poles"].iloc[0])]
    return sorted({*key["pole"].dropna()} - {NEUTRAL})


def krippendorff_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """Return Krippendorff's alpha of nominal codes, one sequence of codes a unit.

    None where no unit has two codes, or all codes are one. Source: Krippendorff, Content Analysis,
    2004, ch. 11.

    Examples
    --------
    >>> from framelens.labels.coding import krippendorff_alpha
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


def _alpha_interval(units: list[list[str]]) -> tuple[float, float] | None:
    """Return the ends of the middle 95% of alpha over resampled units; None where they are few."""
    counts = [Counter(codes) for codes in units if len(codes) > 1]
    if len(counts) < _MIN_FOR_ALPHA:
        return None
    names = sorted({code for count in counts for code in count})
    table = np.array([[count[name] for name in names] for count in counts], dtype=float)
    size = table.sum(axis=1)
    differing = (size**2 - (table**2).sum(axis=1)) / (size - 1)
    random = np.random.default_rng(0)
    drawn = random.multinomial(len(table), np.full(len(table), 1 / len(table)), _ALPHA_DRAWS)
    n, totals = drawn @ size, drawn @ table
    expected = n**2 - (totals**2).sum(axis=1)
    known = expected > 0
    if not known.any():
        return None
    alpha = 1 - (n - 1)[known] * (drawn @ differing)[known] / expected[known]
    low, high = np.quantile(alpha, [0.025, 0.975])
    return float(low), float(high)


def _code(cell: object) -> str | None:
    return (cell.strip().lower() or None) if isinstance(cell, str) else None


def _drawn(units: pd.DataFrame, n: int, random: np.random.Generator) -> pd.DataFrame:
    # One unit of each stratum in turn, so that small strata are not drowned; of strata of equal
    # size, and within a stratum, each unit is as likely as the others.
    groups = [list(random.permutation(own.index)) for _, own in units.groupby("stratum")]
    taken: list[Any] = []
    while len(taken) < n and any(groups):
        for group in groups:
            if group and len(taken) < n:
                taken.append(group.pop())
    chosen = units.loc[random.permutation(taken)].reset_index(drop=True)
    drawn = chosen.groupby("stratum")["doc"].transform("size")
    left_out = units[~units["stratum"].isin(chosen["stratum"])]
    undrawn = left_out.groupby(["target", "source"]).size()
    places = zip(chosen["target"], chosen["source"], strict=True)
    return chosen.assign(
        stratum_drawn=drawn, undrawn=[int(undrawn.get(place, 0)) for place in places]
    )


def _blinded(corpus: Corpus, sources: SourceNames, row: Any) -> str:
    text = corpus.texts[corpus.position_of(row.doc)]
    before = sources.blotted(text, max(0, row.start - CONTEXT), row.start)
    after = sources.blotted(text, row.end, min(len(text), row.end + CONTEXT))
    # A label is shown whatever the sources are called; a sentence has their names in it.
    is_label = isinstance(row.tool, str)
    shown = text[row.start : row.end] if is_label else sources.blotted(text, row.start, row.end)
    return " ".join(f"{before}[[{shown}]]{after}".split())


def _key_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.key.csv")
