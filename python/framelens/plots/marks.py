"""Figures of the words that set sources apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .canvas import (
    BLUE,
    GREY,
    INK,
    RULE,
    VERMILLION,
    axes_of,
    heading,
    name_groups,
    name_points,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CONTRASTS = {
    "log_odds": "log odds",
    "g2": "signed G²",
    "chi2": "signed χ²",
    "fisher": "signed −log10 p",
    "pmi": "pointwise mutual information",
    "log_ratio": "log2 ratio",
    "percent_diff": "% difference",
    "jensen_shannon": "part of the divergence (bits)",
}


def keyness_bars(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    terms: int = 8,
    measure: str = "log_odds",
    title: str = "Words that set the sources apart",
) -> Axes:
    """Draw the terms that mark each source most, either way: to the right used more.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns source, term, score, low, high and z, one row a source and term.
    terms : int
        How many of each source.
    measure : str
        What the score is.

    Returns
    -------
    matplotlib.axes.Axes
        A bar is the score; whiskers are its interval where there is one.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import keyness_bars
    >>> row = {"source": "Gazette", "term": "leader", "score": 1.5, "low": 1, "high": 2, "z": 4}
    >>> ax = keyness_bars(pd.DataFrame([row]))
    >>> ax.get_xlabel()
    'log odds, source against all others'
    """
    if terms < 1:
        raise ValueError(f"terms is at least 1, not {terms}")
    chosen = most_marked(table, terms)
    ax = axes_of(ax, keyness_bars_size(chosen))
    y = 0.0
    ticks: list[tuple[float, str, bool]] = []
    for source, rows in chosen.groupby("source", sort=False):
        name = wrapped(str(source))
        ticks.append((y, name, True))
        y += 1 + 0.4 * name.count("\n")
        for row in rows.to_dict("records"):
            score = float(row["score"])
            ax.barh(y, score, height=0.75, color=BLUE if score > 0 else VERMILLION)
            if not (pd.isna(row["low"]) or pd.isna(row["high"])):
                ax.plot([row["low"], row["high"]], [y, y], color=INK, linewidth=1)
            ticks.append((y, wrapped(str(row["term"])), False))
            y += 1
        y += 0.6
    ax.axvline(0, color=GREY, linewidth=1)
    name_groups(ax, ticks, y, fontsize=9)
    ax.set_xlabel(f"{_CONTRASTS[measure]}, source against all others")
    known = bool(len(chosen) and chosen["low"].notna().any())
    note = "right: used more than by the others, left: less; "
    note += "in order of score / error" if known else "too few articles for intervals"
    heading(ax, title, note)
    return ax


def keyness_bars_size(chosen: pd.DataFrame) -> tuple[float, float]:
    """Return width and height (inches) for a row a term and room between sources."""
    return 8.0, 1.9 + 0.24 * len(chosen) + 0.45 * chosen["source"].nunique()


def keyness_scatter(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    terms: int = 30,
    measure: str = "log_odds",
    title: str | None = None,
) -> Axes:
    """Draw each term of one source, score against frequency, the most marked with their names.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns source, term, rate, score, low, high and z, the rows of one source.
    terms : int
        How many names at most; one that would cover another is left out.
    measure : str
        What the score is.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import keyness_scatter
    >>> row = {"source": "Gazette", "term": "leader", "rate": 2.0, "score": 1.5}
    >>> ax = keyness_scatter(pd.DataFrame([row | {"low": 1, "high": 2, "z": 4}]))
    >>> ax.get_xlabel()
    'per 1,000 words of the source'
    """
    if terms < 1:
        raise ValueError(f"terms is at least 1, not {terms}")
    ax = axes_of(ax, (8.0, 6.0))
    from matplotlib.ticker import FuncFormatter

    # A term that the source never prints has no place on a logarithmic axis.
    shown = table[(table["rate"] > 0) & np.isfinite(table["score"].astype(float))]
    marked = shown.assign(size=_marks(shown).abs()).sort_values(
        "size", ascending=False, kind="stable"
    )
    named = marked.head(terms)
    quiet = marked.iloc[terms:]
    ax.scatter(quiet["rate"], quiet["score"], s=6, color=RULE, linewidths=0)
    colours = [BLUE if score > 0 else VERMILLION for score in named["score"]]
    ax.scatter(named["rate"], named["score"], s=14, color=colours, linewidths=0, zorder=3)
    ax.set_xscale("log")
    for which in (ax.xaxis.set_major_formatter, ax.xaxis.set_minor_formatter):
        which(FuncFormatter(_round_number))
    ax.axhline(0, color=GREY, linewidth=1, zorder=1)
    ax.margins(x=0.1, y=0.08)
    ax.set_xlabel("per 1,000 words of the source")
    ax.set_ylabel(f"{_CONTRASTS[measure]}, source against all others")
    ax.spines[["top", "right"]].set_visible(False)
    source = str(table["source"].iloc[0]) if len(table) else "no source"
    heading(ax, title or f"Words that set {wrapped(source)} apart", None)
    name_points(ax, named["term"], named[["rate", "score"]].to_numpy(dtype=float), colours)
    return ax


def _round_number(value: float, position: int | None = None) -> str:
    # 1, 2 and 5 of each power of ten: more names would run into each other.
    digits = f"{value:e}"[0]
    return f"{value:g}" if digits in "125" else ""


def _marks(table: pd.DataFrame) -> pd.Series[Any]:
    # How much a term marks its source: by documents where there are enough, else by words.
    score = table["score"].astype(float)
    error = (table["high"] - table["low"]).astype(float)
    by_words = table["z"].astype(float).fillna(score)
    return (score / error).where(error > 0, by_words)


def most_marked(table: pd.DataFrame, terms: int) -> pd.DataFrame:
    """Return the rows of the `terms` that mark each source most, the most used first."""
    finite = table[np.isfinite(table["score"].astype(float))]
    by_size = finite.assign(mark=_marks(finite)).sort_values(
        "mark", key=lambda mark: mark.abs(), ascending=False, kind="stable"
    )
    kept = by_size.groupby("source", sort=False).head(terms)
    return kept.sort_values(["source", "mark"], ascending=[True, False], kind="stable")
