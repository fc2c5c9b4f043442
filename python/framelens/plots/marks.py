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
    literal,
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

_LINE = 0.05  # of q
# Of a source's articles, in which a word that is shown stands.
_LEAST_ARTICLES = 5
_LEAST_SHARE = 0.05


def keyness_bars(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    terms: int = 8,
    measure: str = "log_odds",
    title: str = "Words that set the sources apart",
    other: str = "all others",
    masked: pd.Series[float] | None = None,
) -> Axes:
    """Draw the terms that mark each source most, either way: to the right used more.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns source, term, rate, rate_others, score, low, high, z, q, range and documents, one
        row a source and term.
    terms : int
        How many of each source: see :func:`most_marked`.
    measure : str
        What the score is.
    other : str
        What sources are contrasted with.
    masked : pandas.Series, optional
        The share of each source's words that was taken out as furniture.

    Returns
    -------
    matplotlib.axes.Axes
        A bar is the score, filled where q is below 0.05; whiskers are its interval where there is
        one. Bars of a source are in the order of their scores.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import keyness_bars
    >>> row = {"source": "Gazette", "term": "leader", "score": 1.5, "low": 1, "high": 2, "z": 4}
    >>> more = {"rate": 2.0, "rate_others": 0.4, "q": 0.01, "range": 9, "documents": 12}
    >>> ax = keyness_bars(pd.DataFrame([row | more]))
    >>> ax.get_xlabel()
    'log odds, source against all others'
    """
    if terms < 1:
        raise ValueError(f"terms is at least 1, not {terms}")
    chosen = most_marked(table, terms)
    ax = axes_of(ax, keyness_bars_size(chosen))
    y = 0.0
    ticks: list[tuple[float, str, bool]] = []
    beside: list[tuple[float, str]] = []
    for source, rows in chosen.groupby("source", sort=False):
        name = wrapped(str(source))
        ticks.append((y, name, True))
        beside.append((y, _size(str(source), int(rows["documents"].iloc[0]), masked)))
        y += 1 + 0.4 * name.count("\n")
        for row in rows.to_dict("records"):
            _draw_bar(ax, row, y)
            ticks.append((y, wrapped(str(row["term"])), False))
            beside.append((y, _in_articles(row)))
            y += 1
        y += 0.6
    ax.axvline(0, color=GREY, linewidth=1)
    name_groups(ax, ticks, y, fontsize=9)
    for place, text in beside:
        ax.annotate(
            text, (1, place), xycoords=("axes fraction", "data"), xytext=(6, 0), fontsize=8,
            textcoords="offset points", va="center", color=GREY, annotation_clip=False,
        )  # fmt: skip
    ax.set_xlabel(f"{_CONTRASTS[measure]}, source against {literal(other)}")
    heading(ax, title, _note(table, chosen))
    return ax


def keyness_bars_size(chosen: pd.DataFrame) -> tuple[float, float]:
    """Return width and height (inches) for a row a term and room between sources."""
    return 10.0, 1.9 + 0.24 * len(chosen) + 0.45 * chosen["source"].nunique()


def _draw_bar(ax: Axes, row: dict[Any, Any], y: float) -> None:
    score = float(row["score"])
    colour = BLUE if score > 0 else VERMILLION
    found = not pd.isna(row["q"]) and row["q"] < _LINE
    ax.barh(y, score, height=0.7, color=colour if found else "white", edgecolor=colour, linewidth=1)
    if not (pd.isna(row["low"]) or pd.isna(row["high"])):
        ax.plot([row["low"], row["high"]], [y, y], color=INK, linewidth=1)


def _size(source: str, documents: int, masked: pd.Series[float] | None) -> str:
    share = 0.0 if masked is None else float(masked.get(source, 0.0))
    articles = "1 article" if documents == 1 else f"{documents:,} articles"
    return articles + (f", {share:.1%} of the words masked" if share >= 0.0005 else "")


def _in_articles(row: dict[Any, Any]) -> str:
    noun = "article" if row["documents"] == 1 else "articles"
    articles = f"in {row['range']:,} of {row['documents']:,} {noun}"
    return f"{articles}, {row['rate']:.2g} per 1,000 words against {row['rate_others']:.2g}"


def _note(table: pd.DataFrame, chosen: pd.DataFrame) -> str:
    note = "right: used more than by the others, left: less"
    if table["q"].isna().all():
        return f"{note}; open: too few articles to test"
    left_out = table["source"].nunique() - chosen["source"].nunique()
    more = ""
    if left_out:
        more = f"; {left_out:,} source{'s' if left_out > 1 else ''} without such words left out"
    return f"{note}; filled: q < 0.05, open: not shown to differ{more}"


def keyness_scatter(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    terms: int = 30,
    measure: str = "log_odds",
    title: str | None = None,
    other: str = "all others",
) -> Axes:
    """Draw each term of one source, score against frequency, the most marked with their names.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns source, term, rate, score, low, high, z, q, range and documents, the rows of one
        source.
    terms : int
        How many names at most, chosen as bars are (:func:`most_marked`); one that would cover
        another is left out.
    measure : str
        What the score is.
    other : str
        What the source is contrasted with.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import keyness_scatter
    >>> row = {"source": "Gazette", "term": "leader", "rate": 2.0, "score": 1.5, "low": 1}
    >>> more = {"high": 2, "z": 4, "q": 0.01, "range": 9, "documents": 12}
    >>> ax = keyness_scatter(pd.DataFrame([row | more]))
    >>> ax.get_xlabel()
    'per 1,000 words of the source'
    """
    if terms < 1:
        raise ValueError(f"terms is at least 1, not {terms}")
    ax = axes_of(ax, (8.0, 6.0))
    from matplotlib.ticker import FuncFormatter

    # A term that the source never prints has no place on a logarithmic axis.
    shown = table[(table["rate"] > 0) & np.isfinite(table["score"].astype(float))]
    named = most_marked(shown, terms)
    named = named.loc[_marks(named).abs().sort_values(ascending=False, kind="stable").index]
    quiet = shown.drop(index=named.index)
    ax.scatter(quiet["rate"], quiet["score"], s=6, color=RULE, linewidths=0)
    colours = [BLUE if score > 0 else VERMILLION for score in named["score"]]
    faces = ["white" if not q < _LINE else c for q, c in zip(named["q"], colours, strict=True)]
    ax.scatter(
        named["rate"], named["score"], s=18, c=faces, edgecolors=colours, linewidths=1, zorder=3
    )
    ax.set_xscale("log")
    for which in (ax.xaxis.set_major_formatter, ax.xaxis.set_minor_formatter):
        which(FuncFormatter(_round_number))
    ax.axhline(0, color=GREY, linewidth=1, zorder=1)
    ax.margins(x=0.1, y=0.08)
    ax.set_xlabel("per 1,000 words of the source")
    ax.set_ylabel(f"{_CONTRASTS[measure]}, source against {literal(other)}")
    ax.spines[["top", "right"]].set_visible(False)
    source = str(table["source"].iloc[0]) if len(table) else "no source"
    heading(ax, title or f"Words that set {wrapped(source)} apart", _scatter_note(table))
    name_points(ax, named["term"], named[["rate", "score"]].to_numpy(dtype=float), colours)
    return ax


def _scatter_note(table: pd.DataFrame) -> str:
    if table["q"].isna().all():
        return "open: too few articles to test"
    return (
        "filled: q < 0.05, open: not shown to differ; named: words in 5 and in 5% of its articles"
    )


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
    """Return the rows of the `terms` that mark each source most, the largest score first.

    These are terms that stand in 5 and in 5% of the source's articles, where any are tested; in a
    table in which no source has articles enough for that, those of the highest scores.
    """
    finite = table[np.isfinite(table["score"].astype(float))]
    if table["q"].notna().any():
        enough = np.maximum(_LEAST_ARTICLES, _LEAST_SHARE * finite["documents"])
        finite = finite[finite["range"] >= enough]
        mark = _marks(finite)
    else:
        finite = finite[finite["range"] > 0]
        mark = finite["score"].astype(float)
    by_size = finite.assign(mark=mark).sort_values(
        "mark", key=lambda mark: mark.abs(), ascending=False, kind="stable"
    )
    kept = by_size.groupby("source", sort=False).head(terms).drop(columns="mark")
    return kept.sort_values(["source", "score"], ascending=[True, False], kind="stable")


def shift_bars(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    terms: int = 30,
    source: str = "the source",
    other: str = "all others",
) -> Axes:
    """Draw the terms that carry most of the difference between a source and others.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns term, rate, rate_others, difference and part, the largest part first.
    terms : int
        How many at most.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import shift_bars
    >>> row = {"term": "leader", "rate": 2.0, "rate_others": 1.0, "difference": 1.0, "part": 1.0}
    >>> shift_bars(pd.DataFrame([row]), source="Gazette").get_xlabel()
    'difference of the rates, per 1,000 words'
    """
    if terms < 1:
        raise ValueError(f"terms is at least 1, not {terms}")
    shown = table.head(terms)
    ax = axes_of(ax, (10.0, 1.9 + 0.24 * max(len(shown), 1)))
    ticks = []
    for y, row in enumerate(shown.to_dict("records")):
        ax.barh(y, row["difference"], 0.7, color=BLUE if row["difference"] > 0 else VERMILLION)
        ticks.append((float(y), wrapped(str(row["term"])), False))
        ax.annotate(
            f"{row['rate']:.2g} against {row['rate_others']:.2g}, {abs(row['part']):.1%}",
            (1, y), xycoords=("axes fraction", "data"), xytext=(6, 0), fontsize=8,
            textcoords="offset points", va="center", color=GREY, annotation_clip=False,
        )  # fmt: skip
    ax.axvline(0, color=GREY, linewidth=1)
    name_groups(ax, ticks, len(shown), fontsize=9)
    ax.set_xlabel("difference of the rates, per 1,000 words")
    carried = f"{shown['part'].abs().sum():.0%}"
    note = f"right: used more; these words are {carried} of all differences between the rates"
    heading(ax, f"What sets {wrapped(source)} apart from {wrapped(other)}", note)
    return ax
