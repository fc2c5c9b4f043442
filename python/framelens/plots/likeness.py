"""Figures of likeness: a heat map, parts of a similarity, sources in a plane."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .canvas import (
    BLUE,
    GREY,
    INK,
    RULE,
    SKY,
    axes_of,
    heading,
    ink_on,
    literal,
    name_points,
    name_rows,
    plane_frame,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes


MOST_NUMBERED = 30  # sources in a heat map that writes its numbers
HATCH = (1.0, 1.0, 1.0, 0.45)  # on dark and on bright cells


def heat_map(
    matrix: pd.DataFrame,
    *,
    ax: Axes | None = None,
    order: Sequence[str] | None = None,
    title: str = "How alike the sources write",
    label: str = "cosine similarity",
    note: str | None = None,
    words: str | None = None,
    intervals: pd.DataFrame | None = None,
    few: Collection[str] = (),
    signed: bool = False,
    distance: bool = False,
) -> Axes:
    """Draw a square matrix of similarities with its numbers, of up to 30 sources.

    More of them have smaller cells that tell by their colours alone. A missing cell is grey.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Sources by sources. The diagonal stays blank, so that the colours spread over what differs.
    order : sequence of str, optional
        Order of the sources, as from a dendrogram.
    title, label : str
        The heading, and the name of the number beside its colours.
    note : str, optional
        A line below the heading, such as what is compared.
    words : str, optional
        What the numbers mean, below the figure.
    intervals : pandas.DataFrame, optional
        Columns a, b, low, high: written in the cell of the pair where they are known.
    few : collection of str
        Sources of too few articles, whose cells are hatched.
    signed : bool
        Whether zero is the middle of the colours.
    distance : bool
        Whether less is more alike: what is alike is bright either way.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import heat_map
    >>> names = ["Gazette", "Herald"]
    >>> ax = heat_map(pd.DataFrame([[1, 0.4], [0.4, 1]], index=names, columns=names))
    >>> ax.get_title(loc="left")
    'How alike the sources write'
    """
    names = list(matrix.index) if order is None else list(order)
    values = matrix.loc[names, names].to_numpy(dtype=float, copy=True)
    np.fill_diagonal(values, np.nan)
    ax = axes_of(ax, heat_map_size(matrix))
    low, high = _colour_range(values, signed)
    colours = "PuOr" if signed else "cividis_r" if distance else "cividis"
    image = ax.imshow(values, cmap=colours, vmin=low, vmax=high)
    _grey_missing(ax, values)
    of_few = [k for k, name in enumerate(names) if name in few]
    _hatch(ax, values, of_few)
    if len(names) > MOST_NUMBERED:
        small = [literal(wrapped(name, lines=1)) for name in names]
        ax.set_xticks(range(len(names)), small, rotation=90, fontsize=8)
        ax.set_yticks(range(len(names)), small, fontsize=8)
    else:
        ranges = _ranges(intervals, names)
        for row, column in np.ndindex(values.shape):
            _write_cell(ax, image, values, (row, column), ranges)
        shown = [literal(wrapped(name)) for name in names]
        ax.set_xticks(range(len(names)), shown, rotation=35, ha="right", rotation_mode="anchor")
        ax.set_yticks(range(len(names)), shown)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    figure = ax.get_figure()
    if figure is not None and len(names) > 0:
        bar = figure.colorbar(image, ax=ax, shrink=0.75, pad=0.02)
        bar.set_label(literal(label))
        bar.ax.spines["outline"].set_visible(False)
    heading(ax, title, note)
    _write_below(ax, " ".join([words or "", *_signs(values, of_few)]).strip())
    return ax


def heat_map_size(matrix: pd.DataFrame) -> tuple[float, float]:
    """Return width and height (inches) for a cell a pair and the bar of colours."""
    cell = 0.2 if len(matrix) > MOST_NUMBERED else 0.85
    side = 2.6 + cell * max(len(matrix), 2)
    return side + 0.9, side + 0.5


def part_bars(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    terms: int = 20,
    total: float = math.nan,
    title: str = "What makes two sources alike",
) -> Axes:
    """Draw the terms that carry a similarity.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns term and part, the largest part first.
    terms : int
        How many.
    total : float
        The similarity that the parts add up to.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import part_bars
    >>> part_bars(pd.DataFrame({"term": ["court"], "part": [0.2]}), total=0.6).get_xlabel()
    'part of the similarity'
    """
    if terms < 1:
        raise ValueError(f"terms is at least 1, not {terms}")
    shown = table.head(terms)
    ax = axes_of(ax, (7.0, 1.6 + 0.26 * max(len(shown), 1)))
    ax.barh(range(len(shown)), shown["part"], height=0.72, color=BLUE)
    ax.invert_yaxis()
    ax.axvline(0, color=GREY, linewidth=1)
    name_rows(ax, list(shown["term"]), "part of the similarity", fontsize=9)
    shown_sum = float(shown["part"].sum())
    heading(ax, title, f"these {len(shown)} terms carry {shown_sum:.2f} of {total:.2f}")
    return ax


def source_map(
    places: pd.DataFrame,
    *,
    ax: Axes | None = None,
    share: float = math.nan,
    title: str = "Sources that write alike are near",
) -> Axes:
    """Draw sources at their places.

    Parameters
    ----------
    places : pandas.DataFrame
        Columns source, x, y; a source without a place is left out.
    share : float
        How much of the variance the plane shows.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import source_map
    >>> ax = source_map(pd.DataFrame({"source": ["Gazette"], "x": [0.0], "y": [0.0]}), share=1.0)
    >>> [text.get_text() for text in ax.texts if text.get_text() == "Gazette"]
    ['Gazette']
    """
    ax = axes_of(ax, (7.0, 6.0))
    known = places.dropna(subset=["x", "y"])
    ax.scatter(known["x"], known["y"], s=42, color=BLUE, zorder=3)
    note = None if math.isnan(share) else f"the plane shows {share:.0%} of the variance"
    plane_frame(ax, title, note)
    name_points(ax, known["source"], known[["x", "y"]].to_numpy(dtype=float), [INK] * len(known))
    return ax


def source_network(
    places: pd.DataFrame,
    distances: pd.DataFrame,
    *,
    ax: Axes | None = None,
    neighbours: int = 2,
    title: str = "Each source and those most alike to it",
) -> Axes:
    """Draw sources at their places, each tied to its nearest.

    Parameters
    ----------
    places : pandas.DataFrame
        Columns source, x, y; a source without a place is left out.
    distances : pandas.DataFrame
        Sources by sources.
    neighbours : int
        How many ties a source has at least.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import source_network
    >>> places = pd.DataFrame({"source": ["A", "B"], "x": [0.0, 1.0], "y": [0.0, 0.0]})
    >>> near = pd.DataFrame([[0, 1], [1, 0]], index=["A", "B"], columns=["A", "B"])
    >>> len(source_network(places, near).lines)
    1
    """
    ax = axes_of(ax, (7.0, 6.0))
    known = places.dropna(subset=["x", "y"])
    at = {row["source"]: (row["x"], row["y"]) for row in known.to_dict("records")}
    ties: dict[tuple[str, str], float] = {}
    for source in at:
        others = distances.loc[source, [name for name in at if name != source]].dropna()
        for other, distance in others.sort_values(kind="stable").head(neighbours).items():
            first, second = sorted((source, str(other)))
            ties[first, second] = float(distance)
    widest, narrowest = 4.0, 0.8
    near, far = (min(ties.values()), max(ties.values())) if ties else (0.0, 1.0)
    for (first, second), distance in ties.items():
        closeness = (far - distance) / (far - near) if far > near else 1.0
        (x0, y0), (x1, y1) = at[first], at[second]
        width = narrowest + (widest - narrowest) * closeness
        ax.plot([x0, x1], [y0, y1], color=SKY, linewidth=width, zorder=1, solid_capstyle="round")
    ax.scatter(known["x"], known["y"], s=42, color=BLUE, zorder=3)
    plane_frame(ax, title, f"thicker is more alike; {neighbours} ties a source at least")
    name_points(ax, known["source"], known[["x", "y"]].to_numpy(dtype=float), [INK] * len(known))
    return ax


def _colour_range(values: np.ndarray[Any, Any], signed: bool) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    if not len(known):
        return (-1.0, 1.0) if signed else (0.0, 1.0)
    if signed:
        reach = float(np.abs(known).max()) or 1.0
        return -reach, reach
    low, high = float(known.min()), float(known.max())
    return (low, high) if high - low > 1e-9 else (low - 0.05, high + 0.05)


def _write_cell(
    ax: Axes,
    image: Any,
    values: np.ndarray[Any, Any],
    cell: tuple[int, int],
    ranges: dict[tuple[int, int], str],
) -> None:
    value = values[cell]
    if not math.isfinite(value):
        return
    row, column = cell
    colour = ink_on(image.cmap(image.norm(value)))
    known = ranges.get(cell)
    rise = -0.12 if known else 0.0
    ax.text(column, row + rise, f"{value:.2f}", ha="center", va="center", color=colour, fontsize=10)
    if known:
        ax.text(column, row + 0.22, known, ha="center", va="center", color=colour, fontsize=7)


def _ranges(intervals: pd.DataFrame | None, names: Sequence[str]) -> dict[tuple[int, int], str]:
    """Return by cell what its interval is written as."""
    if intervals is None:
        return {}
    place = {name: k for k, name in enumerate(names)}
    found = {}
    for row in intervals.dropna(subset=["low", "high"]).to_dict("records"):
        a, b = place[row["a"]], place[row["b"]]
        found[a, b] = found[b, a] = f"{row['low']:.2f} to {row['high']:.2f}"
    return found


def _grey_missing(ax: Axes, values: np.ndarray[Any, Any]) -> None:
    from matplotlib.colors import ListedColormap

    missing = np.where(np.isfinite(values), np.nan, 1.0)
    np.fill_diagonal(missing, np.nan)
    ax.imshow(missing, cmap=ListedColormap([RULE]), vmin=0.0, vmax=1.0)


def _hatch(ax: Axes, values: np.ndarray[Any, Any], few: Sequence[int]) -> None:
    """Hatch the known cells of sources of few articles."""
    from matplotlib.patches import Rectangle

    cells = {
        (row, column) for k in few for n in range(len(values)) for row, column in ((k, n), (n, k))
    }
    for row, column in sorted(cells):
        if math.isfinite(values[row, column]):
            ax.add_patch(
                Rectangle(
                    (column - 0.5, row - 0.5), 1.0, 1.0, fill=False, hatch="////",
                    edgecolor=HATCH, linewidth=0.0,
                )
            )  # fmt: skip


def _signs(values: np.ndarray[Any, Any], few: Sequence[int]) -> list[str]:
    """Say what hatched and grey cells are, where there are some."""
    known = np.isfinite(values)
    grey = ~known
    np.fill_diagonal(grey, False)
    said = []
    if known[few].any():
        said.append("Hatched: a source of too few articles.")
    if grey.any():
        said.append("Grey: cannot be computed.")
    return said


def _write_below(ax: Axes, words: str) -> None:
    """Write words below the figure, as wide as the axes."""
    import textwrap

    figure = ax.get_figure(root=True)
    width = ax.get_position().width * (figure.get_figwidth() if figure is not None else 6.0)
    letters = max(40, round(width * 15))
    ax.set_xlabel(
        literal("\n".join(textwrap.wrap(words, letters))), loc="left", fontsize=8, color=GREY,
        labelpad=10,
    )  # fmt: skip
