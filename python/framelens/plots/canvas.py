"""What figures share: axes, frames, names, and Okabe and Ito's colours, safe for all eyes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

BLACK = "#000000"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#767676"
RULE = "#D9D9D9"
BAND = "#F5F5F5"
INK = "#1A1A1A"
SHAPES = ((BLUE, "o"), (VERMILLION, "s"), (GREEN, "D"))
SEGMENTS = (BLUE, ORANGE, GREEN, SKY, VERMILLION, PURPLE, YELLOW)
NAME_WIDTH = 20
NAME_LINES = 2
_PLACES = (
    (5, 0, "left", "center"), (-5, 0, "right", "center"), (0, 5, "center", "bottom"),
    (0, -5, "center", "top"), (4, 4, "left", "bottom"), (-4, 4, "right", "bottom"),
    (4, -4, "left", "top"), (-4, -4, "right", "top"),
)  # fmt: skip
# Between the lines of a source, and between sources.
LINE_STEP, SOURCE_STEP = 0.6, 0.6


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure (inches) that belongs to no window and no notebook."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def axes_of(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Return `ax`, or the axes of a new figure of a size in inches."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=size, layout="constrained")[1]


def heading(ax: Axes, title: str, note: str | None) -> None:
    """Write the title, and a note below it."""
    ax.set_title(literal(title), loc="left", fontsize=12, fontweight="bold", pad=24 if note else 10)
    if note:
        ax.annotate(
            literal(note), (0, 1), xycoords="axes fraction", xytext=(0, 7),
            textcoords="offset points", fontsize=9, color=GREY,
        )  # fmt: skip


def open_frame(ax: Axes) -> None:
    """Leave of the frame only the line below."""
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(GREY)
    ax.tick_params(axis="y", length=0)


def wrapped(name: str, lines: int = NAME_LINES) -> str:
    """Return a name on so many lines at the most."""
    import textwrap

    return "\n".join(textwrap.wrap(name, NAME_WIDTH, max_lines=lines, placeholder="…"))


def literal(text: object) -> str:
    """Return what makes matplotlib print `text` as it is.

    It reads what stands between two dollar signs as mathematics, and stops where that is none.
    """
    from matplotlib import rcParams

    return str(text).replace("$", r"\$") if rcParams["text.parse_math"] else str(text)


def ink_on(colour: Any) -> str:
    """Return black or white, whichever is read better on a colour."""
    # Contrast by WCAG's relative luminance.
    from matplotlib.colors import to_rgb

    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return BLACK if luminance > 0.179 else "white"


def name_rows(
    ax: Axes,
    names: Sequence[str],
    label: str,
    *,
    places: Sequence[float] | None = None,
    **font: Any,
) -> None:
    """Name rows from top to bottom, and their numbers, in an open frame."""
    shown = [literal(wrapped(str(name))) for name in names]
    ax.set_yticks(range(len(shown)) if places is None else places, shown, **font)
    ax.set_xlabel(literal(label))
    open_frame(ax)


def name_groups(
    ax: Axes, ticks: Sequence[tuple[float, str, bool]], bottom: float, **font: Any
) -> None:
    """Name rows that stand below headings: place, name and whether it is a heading."""
    ax.set_yticks([y for y, _, _ in ticks], [literal(name) for _, name, _ in ticks], **font)
    for tick, (_, _, is_heading) in zip(ax.get_yticklabels(), ticks, strict=True):
        tick.set_fontweight("bold" if is_heading else "normal")
    ax.set_ylim(max(bottom, 1.0) - 0.4, -0.7)
    ax.grid(axis="x", color=RULE, linewidth=0.8)
    ax.set_axisbelow(True)
    open_frame(ax)


def draw_point(ax: Axes, x: float, y: float, style: tuple[str, str], known: bool) -> None:
    """Draw a marker, filled if its interval is known."""
    colour, marker = style
    ax.plot(
        x, y, marker, markersize=8, markeredgecolor=colour, markeredgewidth=1.8, zorder=3,
        markerfacecolor=colour if known else "white", clip_on=False, linestyle="none",
    )  # fmt: skip


def legend(ax: Axes, handles: Sequence[Any], names: Sequence[object], **options: Any) -> None:
    """Name artists in a legend, also those whose name begins with an underscore."""
    ax.legend(handles, [literal(name) for name in names], **options)


def point_legend(
    names: Sequence[str], styles: Sequence[tuple[str, str]], some_open: bool
) -> list[Line2D]:
    """Return what a legend shows of markers, and of open ones where there are any."""
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], color=colour, marker=marker, label=literal(name))
        for name, (colour, marker) in zip(names, styles, strict=False)
    ]
    if some_open:
        handles.append(
            Line2D(
                [], [], color=GREY, marker="o", markerfacecolor="white", linestyle="none",
                label="open: too little for an interval",
            )
        )  # fmt: skip
    return handles


def plane_frame(ax: Axes, title: str, note: str | None) -> None:
    """Frame a plane whose axes mean nothing by themselves."""
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.18)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_color(RULE)
    heading(ax, title, note)


def name_points(
    ax: Axes, names: pd.Series[Any], places: np.ndarray[Any, Any], colours: Sequence[str]
) -> None:
    """Name points, the first names first, where no name covers another or a point."""
    # Each tries eight places around its point and takes the first that is free, or none.
    figure = ax.get_figure()
    if figure is None or not len(names):
        return
    # The layout moves the axes: places are sought after it has.
    figure.draw_without_rendering()  # type: ignore[union-attr]
    frame = ax.get_window_extent()
    points = ax.transData.transform(places)
    taken: list[Any] = []
    for place, name, colour in zip(places, names, colours, strict=True):
        for dx, dy, ha, va in _PLACES:
            text = ax.annotate(
                literal(name), place, xytext=(dx, dy),
                textcoords="offset points", ha=ha, va=va, fontsize=9, color=colour,
            )  # fmt: skip
            box = text.get_window_extent().padded(1.0)
            free = not any(box.overlaps(other) for other in taken)
            covers = any(box.contains(x, y) for x, y in points)
            if free and not covers and frame.contains(*box.min) and frame.contains(*box.max):
                taken.append(box)
                break
            text.remove()
