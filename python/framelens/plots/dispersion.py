"""Where in each article keywords stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from .canvas import GREY, RULE, SEGMENTS, axes_of, heading, legend, name_groups

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["dispersion"]

_MAX_ROWS = 40
_DRAWN = ("source", "doc", "start", "voice", "pattern")
_STYLES = tuple(zip(SEGMENTS, "osD^vPX", strict=True))
_OTHER = (GREY, "d")


def dispersion(
    frame: pd.DataFrame, lengths: pd.Series[int] | None, *, ax: Axes | None = None
) -> Axes:
    """Draw a line an article and a mark an occurrence, filled in the outlet's own voice.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame of :func:`framelens.kwic`.
    lengths : pandas.Series
        Code points of each document, by id.
    ax : matplotlib.axes.Axes, optional

    Notes
    -----
    Of more than 40 articles those with most occurrences are drawn, and the note says so.
    """
    counts = frame.groupby(["source", "doc"], sort=True).size()
    chosen = counts.sort_values(ascending=False, kind="stable").head(_MAX_ROWS)
    rows = sorted(chosen.index)
    sources = sorted({source for source, _ in rows})
    ax = axes_of(ax, (8, 1.7 + 0.24 * (len(rows) + len(sources))))
    if not rows:
        heading(ax, "Where the keywords stand", None)
        ax.text(0.5, 0.5, "no occurrence", ha="center", transform=ax.transAxes, color=GREY)
        ax.set_axis_off()
        return ax
    place_of = _name_rows(ax, rows, sources)
    patterns = list(dict.fromkeys(frame["pattern"]))
    style_of = dict(zip(patterns, _STYLES, strict=False))
    for place in place_of.values():
        ax.plot([0, 1], [place, place], color=RULE, linewidth=1, zorder=1)
    rows_of = zip(*(frame[name] for name in _DRAWN), strict=True)
    for source, doc, start, voice, pattern in rows_of:
        if (source, doc) not in place_of or lengths is None:
            continue
        colour, marker = style_of.get(pattern, _OTHER)
        ax.plot(
            int(start) / max(int(lengths[doc]), 1), place_of[source, doc], marker, color=colour,
            markerfacecolor=colour if voice == "own" else "white", markersize=6, linestyle="none",
            zorder=2,
        )  # fmt: skip
    ax.set_xlim(-0.02, 1.02)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["start", "", "middle", "", "end"])
    ax.set_xlabel("place in the article")
    left_out = len(counts) - len(rows)
    note = f"occurrences: {len(frame)}; articles: {len(counts)}"
    if left_out:
        note += f", of which {len(rows)} with most are drawn"
    heading(ax, "Where the keywords stand", note)
    _explain(ax, patterns, style_of)
    return ax


def _name_rows(
    ax: Axes, rows: list[tuple[str, str]], sources: list[str]
) -> dict[tuple[str, str], float]:
    ticks: list[tuple[float, str, bool]] = []
    place_of: dict[tuple[str, str], float] = {}
    place = 0.0
    for source in sources:
        ticks.append((place, source, True))
        for row in rows:
            if row[0] == source:
                place += 1
                ticks.append((place, str(row[1]), False))
                place_of[row] = place
        place += 1
    name_groups(ax, ticks, place, fontsize=8)
    return place_of


def _explain(ax: Axes, patterns: list[str], style_of: dict[str, tuple[str, str]]) -> None:
    from matplotlib.lines import Line2D

    def mark(style: tuple[str, str], filled: bool) -> Any:
        colour, marker = style
        return Line2D(
            [], [], color=colour, marker=marker, linestyle="none",
            markerfacecolor=colour if filled else "white",
        )  # fmt: skip

    named = [(mark(style_of[name], True), name) for name in patterns if name in style_of]
    others = [name for name in patterns if name not in style_of]
    if others:
        named.append((mark(_OTHER, True), "other patterns"))
    voices = [(mark((GREY, "o"), True), "own voice"), (mark((GREY, "o"), False), "quoted")]
    handles, names = zip(*named, *voices, strict=True)
    legend(
        ax, handles, names, loc="upper left",
        bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8,
    )  # fmt: skip
