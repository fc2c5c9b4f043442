"""Figures of what is counted or printed: labels, rates, discrepancies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .canvas import (
    BAND,
    BLUE,
    GREY,
    LINE_STEP,
    RULE,
    SEGMENTS,
    SHAPES,
    SOURCE_STEP,
    VERMILLION,
    axes_of,
    draw_point,
    heading,
    ink_on,
    legend,
    literal,
    name_rows,
    point_legend,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Between the thin bars below a source's, as rows are 1 apart.
_THIN_STEP = 0.28


def naming_bars(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str = "What each source calls the target",
    unit: str = "labels",
    max_terms: int = 7,
    beside: Mapping[str, pd.DataFrame] | pd.DataFrame | None = None,
) -> Axes:
    """Draw one bar a source, cut by the labels that it uses.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts, labels by sources.
    unit : str
        What is counted.
    max_terms : int
        The commonest labels have a colour each, the others share one.
    beside : pandas.DataFrame or mapping of str to pandas.DataFrame, optional
        The same of headlines or other voices, by name: thin bars below each source's. A table alone
        is of headlines.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import naming_bars
    >>> ax = naming_bars(pd.DataFrame({"Gazette": [2, 1]}, index=["leader", "president"]))
    >>> ax.get_xlabel()
    'labels'
    """
    from matplotlib.ticker import MaxNLocator

    if not 1 <= max_terms <= len(SEGMENTS):
        raise ValueError(f"max_terms is 1 to {len(SEGMENTS)}, not {max_terms}")
    if isinstance(beside, pd.DataFrame):
        beside = {"headlines": beside}
    names = list(beside or {})
    tables = _by_size([table, *(beside or {}).values()], unit, max_terms)
    counts = tables[0]
    thin = {name: t for name, t in zip(names, tables[1:], strict=True) if t.to_numpy().any()}
    ax = axes_of(ax, naming_bars_size(table, len(thin)))
    sources = list(counts.columns)
    colours = [*SEGMENTS[: min(len(counts), max_terms)], RULE]
    named: dict[Any, Any] = {}
    places = [place * (1 + _THIN_STEP * len(thin)) for place in range(len(sources))]
    for line, (name, others) in enumerate(thin.items()):
        _thin_bars(ax, others, name, [y + 0.46 + _THIN_STEP * line for y in places], colours)
    left = np.zeros(len(sources))
    counted: list[tuple[Any, Any]] = []
    for (term, row), colour in zip(counts.iterrows(), colours, strict=False):
        widths = row.to_numpy(dtype=float)
        bars = ax.barh(places, widths, left=left, color=colour, edgecolor="white", height=0.68)
        named[term] = bars
        labels = [f"{width:g}" if width else "" for width in widths]
        texts = ax.bar_label(bars, labels, label_type="center", fontsize=9, color=ink_on(colour))
        counted.extend(zip(bars, texts, strict=True))
        left += widths
    ax.invert_yaxis()
    longest = max([1.0, *left, *(total for others in thin.values() for total in others.sum())])
    ax.set_xlim(0, longest * (1.2 if thin else 1.02))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    name_rows(ax, sources, unit, places=places)
    if len(counts):
        legend(
            ax, list(named.values()), list(named), loc="upper left", bbox_to_anchor=(1.0, 1.0),
            frameon=False, fontsize=9,
        )  # fmt: skip
    heading(ax, title, None)
    _hide_wide(counted, ax)
    return ax


def _by_size(tables: Sequence[pd.DataFrame], unit: str, max_terms: int) -> list[pd.DataFrame]:
    # All tables by the same terms, the commonest first, the others as one.
    filled = [frame.reindex(columns=tables[0].columns).fillna(0) for frame in tables]
    size = pd.concat(filled).sum(axis=1).groupby(level=0, sort=False).sum()
    order = size.sort_values(ascending=False, kind="stable").index
    shown = []
    for frame in filled:
        counts = frame.reindex(order, fill_value=0)
        if len(counts) > max_terms:
            rest = counts.iloc[max_terms:].sum().to_frame(f"other {unit}").T
            counts = pd.concat([counts.iloc[:max_terms], rest])
        shown.append(counts.astype("float64"))
    return shown


def _thin_bars(
    ax: Axes, counts: pd.DataFrame, name: str, places: Sequence[float], colours: Sequence[Any]
) -> None:
    left = np.zeros(len(counts.columns))
    for (_, row), colour in zip(counts.iterrows(), colours, strict=False):
        widths = row.to_numpy(dtype=float)
        ax.barh(places, widths, left=left, color=colour, edgecolor="white", height=0.14)
        left += widths
    for place, width in zip(places, left, strict=True):
        if width:
            ax.annotate(
                f"{name}: {width:g}", (width, place), xytext=(4, 0), va="center", fontsize=7,
                textcoords="offset points", color=GREY,
            )  # fmt: skip


def _hide_wide(counted: Sequence[tuple[Any, Any]], ax: Axes) -> None:
    # `counted`: bars and the texts on them. A count that is wider than its bar would run into the
    # next one's; the axis tells it still.
    figure = ax.get_figure()
    if figure is None or not counted:
        return
    # The layout moves the axes: widths are known after it has.
    figure.draw_without_rendering()  # type: ignore[union-attr]
    for bar, text in counted:
        room = bar.get_window_extent().width
        text.set_visible(text.get_window_extent().width < room)


def naming_bars_size(table: pd.DataFrame, thin: int = 3) -> tuple[float, float]:
    """Return width and height (inches) for a row a source and a line a label of the legend.

    `thin` bars may stand below each source's.
    """
    legend = 0.9 + 0.22 * min(len(table), len(SEGMENTS) + 1)
    of_source = 0.5 + 0.17 * thin
    return 8.0, 1.4 + max(of_source * max(len(table.columns), 1), legend)


def rate_dots(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str = "How each source keeps its distance",
) -> Axes:
    """Draw rates as one point a source and kind, with intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns source, kind, count, rate, low and high, one row a source and kind. With a column
        part, the rows of its ``text`` are drawn, and the rates of its ``headline`` beside them.

    Returns
    -------
    matplotlib.axes.Axes
        A filled marker has an interval (whiskers); an open one has none, since there are too few
        documents to say.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import rate_dots
    >>> row = {"source": "Gazette", "kind": "hedge", "count": 3, "rate": 1.5, "low": 1, "high": 2}
    >>> rate_dots(pd.DataFrame([row])).get_xlabel()
    'per 1,000 words of the source'
    """
    split = "part" in table
    beside = table[table["part"] == "headline"] if split else table.head(0)
    table = table[table["part"] == "text"] if split else table
    sources = list(dict.fromkeys(table["source"]))
    kinds = list(dict.fromkeys(table["kind"]))
    step = LINE_STEP * len(kinds) + SOURCE_STEP
    ax = axes_of(ax, (8.0, 1.6 + 0.3 * step * max(len(sources), 1)))
    for place, source in enumerate(sources):
        if place % 2 == 0:
            top = place * step - LINE_STEP * 0.75
            ax.axhspan(top, top + step, color=BAND, zorder=0, linewidth=0)
        for line, kind in enumerate(kinds):
            rows = table[(table["source"] == source) & (table["kind"] == kind)]
            for row in rows.to_dict("records"):
                _draw_rate(ax, row, place * step + line * LINE_STEP, SHAPES[line % 3])
            rows = beside[(beside["source"] == source) & (beside["kind"] == kind)]
            _draw_headlines(ax, rows[rows["count"] > 0], place * step + line * LINE_STEP)
    middle = LINE_STEP * (len(kinds) - 1) / 2
    places = [place * step + middle for place in range(len(sources))]
    words = "per 1,000 words of the source's text" if split else "per 1,000 words of the source"
    name_rows(ax, sources, words, places=places)
    ax.set_ylim(max(len(sources), 1) * step - LINE_STEP * 0.75, -LINE_STEP * 0.75)
    rates = [table["rate"], table["high"], beside["rate"]]
    reach = float(pd.concat(rates).max()) if len(table) else 0.0
    ax.set_xlim(0, 1.1 * reach if reach > 0 else 1.0)
    ax.grid(axis="x", color=RULE, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", pad=10)
    _rate_legend(ax, kinds, bool(table["low"].isna().any()), bool((beside["count"] > 0).any()))
    heading(ax, title, None)
    return ax


def discrepancy_points(frame: pd.DataFrame, *, ax: Axes | None = None, max_rows: int = 12) -> Axes:
    """Draw what sources print for one quantity or event: a line each, a point a printed value.

    Parameters
    ----------
    frame : pandas.DataFrame
        Discrepancies: quantity, verdict, values.
    max_rows : int
        How many, the first of the table.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import discrepancy_points
    >>> values = [{"source": "Gazette", "value": ">=12"}, {"source": "Review", "value": "15"}]
    >>> row = {"quantity": "killed: storm", "verdict": "compatible", "values": values}
    >>> [text.get_text() for text in discrepancy_points(pd.DataFrame([row])).texts]
    ['15', 'Review', '≥12', 'Gazette', 'square: cannot all be true; circle: bounds that overlap']
    """
    rows = frame.head(max_rows).to_dict("records")
    ax = axes_of(ax, (8.0, 1.2 + 0.85 * max(len(rows), 1)))
    for y, row in enumerate(rows):
        sources: dict[str, list[str]] = {}
        for value in row["values"]:
            sources.setdefault(value["value"], []).append(str(value["source"]))
        conflict = row["verdict"] == "conflict"
        colour = VERMILLION if conflict else BLUE
        ax.plot([0, len(sources) - 1], [y, y], color=RULE, zorder=1)
        for x, printed in enumerate(sorted(sources)):
            marker = "s" if conflict else "o"
            ax.plot(x, y, marker, color=colour, markersize=8, zorder=2)
            shown = printed.replace(">=", "≥").replace("<=", "≤")
            ax.annotate(literal(shown), (x, y), (0, 9), textcoords="offset points", ha="center")
            names = ", ".join(dict.fromkeys(sources[printed]))
            ax.annotate(
                literal(wrapped(names)), (x, y), (0, -9), textcoords="offset points",
                ha="center", va="top", fontsize="x-small",
            )  # fmt: skip
    ax.set_yticks(range(len(rows)))
    ax.set_yticklabels([_short_quantity(str(row["quantity"])) for row in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.margins(x=0.2)
    ax.set_xticks([])
    ax.spines[["left", "right", "top", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    note = "square: cannot all be true; circle: bounds that overlap" if rows else "none found"
    heading(ax, "What the sources print, where they differ", note)
    return ax


def _draw_rate(ax: Axes, row: dict[Any, Any], y: float, style: tuple[str, str]) -> None:
    if pd.isna(row["rate"]):
        return
    known = not pd.isna(row["low"])
    if known:
        ax.plot([row["low"], row["high"]], [y, y], color=style[0], linewidth=2.2, zorder=2)
    draw_point(ax, row["rate"], y, style, known)
    reach = max(float(row["rate"]), float(row["high"]) if known else 0.0)
    ax.annotate(
        f"{row['count']:g}", (reach, y), xytext=(8, 0), textcoords="offset points", va="center",
        fontsize=9, color=GREY,
    )  # fmt: skip


def _draw_headlines(ax: Axes, rows: pd.DataFrame, y: float) -> None:
    ax.plot(
        rows["rate"].to_numpy(dtype=float), np.full(len(rows), y), "^", color=GREY, markersize=6,
        markerfacecolor="white", zorder=3,
    )  # fmt: skip


def _rate_legend(
    ax: Axes, kinds: Sequence[str], some_missing: bool, some_in_headlines: bool
) -> None:
    names = {"hedge": "hedges", "scare": "scare quotes", "doubting": "doubting verbs"}
    shown = [names.get(kind, kind) for kind in kinds]
    styles = list(SHAPES[: len(shown)])
    if some_in_headlines:
        shown, styles = [*shown, "in headlines"], [*styles, (GREY, "^")]
    handles = point_legend(shown, styles, some_missing)
    ax.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9,
        title="numbers: how many", title_fontsize=9, alignment="left",
    )  # fmt: skip


def _short_quantity(quantity: str) -> str:
    """Return what is counted and the two nearest words around it."""
    noun, _, words = quantity.partition(": ")
    return literal(wrapped(", ".join([noun, *words.split(", ")[:2]]) if words else noun))
