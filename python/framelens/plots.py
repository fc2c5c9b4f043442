"""Figures: pure functions from tables to Axes. Colours are Okabe and Ito's, safe for all eyes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "differences",
    "discrepancy_points",
    "document_rates",
    "figure_size",
    "forest",
    "heat_map",
    "keyness_bars",
    "keyness_scatter",
    "naming_bars",
    "new_figure",
    "part_bars",
    "rate_dots",
    "score_map",
    "source_map",
    "source_network",
]

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

# Voices differ by shape and place as well as by colour.
VOICES = {"own": (BLUE, "o"), "reported": (GREEN, "D"), "quoted": (VERMILLION, "s")}
_SHAPES = ((BLUE, "o"), (VERMILLION, "s"), (GREEN, "D"))
_SEGMENTS = (BLUE, ORANGE, GREEN, SKY, VERMILLION, PURPLE, YELLOW)
_NAME_WIDTH = 20
_MOST_NUMBERED = 30  # sources in a heat map that writes its numbers
_NAME_LINES = 2
# Rows of the forest plot: between the voices of a source, between sources, between targets.
_VOICE_STEP, _SOURCE_STEP, _TARGET_STEP = 0.6, 0.6, 0.5


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure (inches) that belongs to no window and no notebook."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def figure_size(kind: str, frame: pd.DataFrame) -> tuple[float, float]:
    """Return width and height (inches) that give each row and label of `frame` its room."""
    if kind == "heat_map":
        cell = 0.2 if len(frame) > _MOST_NUMBERED else 0.85
        side = 2.6 + cell * max(len(frame), 2)
        return side + 0.9, side
    if kind == "forest":
        return 8.0, 1.9 + 0.32 * _forest_lines(frame)
    if kind == "naming_bars":
        legend = 0.9 + 0.22 * min(len(frame), len(_SEGMENTS) + 1)
        return 8.0, 1.4 + max(0.5 * max(len(frame.columns), 1), legend)
    if kind == "keyness_bars":
        return 8.0, 1.9 + 0.24 * len(frame) + 0.45 * frame["source"].nunique()
    raise ValueError(f"no figure is called {kind!r}")


def heat_map(
    matrix: pd.DataFrame,
    *,
    ax: Axes | None = None,
    order: Sequence[str] | None = None,
    title: str = "How alike the sources write",
    label: str = "cosine similarity",
    note: str | None = None,
    signed: bool = False,
    distance: bool = False,
) -> Axes:
    """Draw a square matrix of similarities with its numbers, of up to 30 sources.

    More of them have smaller cells that tell by their colours alone.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Sources by sources; a missing cell stays blank. The diagonal is not coloured, so that the
        colours spread over what differs.
    order : sequence of str, optional
        Order of the sources, as from a dendrogram.
    title, label : str
        The heading, and the name of the number beside its colours.
    note : str, optional
        A line below the heading, such as what the measure mixes.
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
    ax = _axes(ax, figure_size("heat_map", matrix))
    low, high = _colour_range(values, signed)
    colours = "PuOr" if signed else "cividis_r" if distance else "cividis"
    image = ax.imshow(values, cmap=colours, vmin=low, vmax=high)
    if len(names) > _MOST_NUMBERED:
        small = [_wrapped(name, lines=1) for name in names]
        ax.set_xticks(range(len(names)), small, rotation=90, fontsize=8)
        ax.set_yticks(range(len(names)), small, fontsize=8)
    else:
        for row, column in np.ndindex(values.shape):
            _write_cell(ax, image, values, row, column)
        shown = [_wrapped(name) for name in names]
        ax.set_xticks(range(len(names)), shown, rotation=35, ha="right", rotation_mode="anchor")
        ax.set_yticks(range(len(names)), shown)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    figure = ax.get_figure()
    if figure is not None and len(names) > 0:
        bar = figure.colorbar(image, ax=ax, shrink=0.75, pad=0.02)
        bar.set_label(label)
        bar.ax.spines["outline"].set_visible(False)
    _heading(ax, title, note)
    return ax


def forest(
    scores: pd.DataFrame,
    *,
    poles: tuple[str, str],
    ax: Axes | None = None,
    title: str | None = None,
    voices: Sequence[str] = ("own", "reported", "quoted"),
) -> Axes:
    """Draw one row a source and target: scores of its voices beside each other, with intervals.

    Parameters
    ----------
    scores : pandas.DataFrame
        Columns target, source, voice, score, low, high and the counts ``n_<pole>``, one row a
        target, source and voice. Filter by object first.
    poles : tuple of str
        First and second pole: a score of +1 is all first, -1 all second.
    voices : sequence of str
        Which voices to draw. One that has no labels anywhere is left out.

    Returns
    -------
    matplotlib.axes.Axes
        A filled marker has an interval (whiskers); an open one has none, since there are too few
        documents to say. A voice without labels of either pole has a count and no marker.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import forest
    >>> ax = forest(
    ...     pd.DataFrame(
    ...         {"target": ["Ada"], "source": ["Gazette"], "voice": ["own"], "score": [0.5],
    ...          "low": [0.1], "high": [0.8], "n_good": [3], "n_bad": [1]}
    ...     ),
    ...     poles=("good", "bad"),
    ... )
    >>> [text.get_text() for text in ax.texts if "→" in text.get_text()]
    ['all good →']
    """
    ax = _axes(ax, figure_size("forest", scores))
    drawn = [voice for voice in voices if _has_labels(scores, voice, poles)]
    ticks: list[tuple[float, str, bool]] = []
    bands: list[tuple[float, float]] = []
    y = 0.0
    for target, of_target in scores.groupby("target", sort=False, dropna=False):
        ticks.append((y, str(target), True))
        y += 1
        for source, rows in of_target.groupby("source", sort=False):
            last = y + _VOICE_STEP * (max(len(drawn), 1) - 1)
            ticks.append(((y + last) / 2, _wrapped(str(source)), False))
            bands.append((y - _VOICE_STEP * 0.75, last + _VOICE_STEP * 0.75))
            for position, voice in enumerate(drawn):
                of_voice = rows[rows["voice"] == voice]
                _draw_score(ax, of_voice, voice, y + _VOICE_STEP * position, poles)
            y = last + _VOICE_STEP + _SOURCE_STEP
        y += _TARGET_STEP
    for top, end in bands[::2]:
        ax.axhspan(top, end, color=BAND, zorder=0, linewidth=0)
    _forest_frame(ax, ticks, max(y, 1.0), poles)
    _forest_legend(ax, drawn)
    _heading(ax, title or f"Labels, from {poles[1]} to {poles[0]}", None)
    return ax


def score_map(
    table: pd.DataFrame, *, poles: tuple[str, str], voice: str, ax: Axes | None = None
) -> Axes:
    """Draw scores, targets by sources, with their numbers; a missing score stays blank.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import score_map
    >>> table = pd.DataFrame({"Gazette": [0.5], "Herald": [-1.0]}, index=["Ada Moore"])
    >>> score_map(table, poles=("hostile", "kind"), voice="own").get_title(loc="left")
    'Scores of labels, own voice'
    """
    size = 3.4 + 0.8 * max(len(table.columns), 2), 2.2 + 0.45 * max(len(table), 1)
    ax = _axes(ax, size)
    values = table.to_numpy(dtype=float)
    image = ax.imshow(values, cmap="PuOr_r", vmin=-1, vmax=1, aspect="auto")
    for row, column in np.ndindex(values.shape):
        if not np.isnan(values[row, column]):
            ink = _ink_on(image.cmap(image.norm(values[row, column])))
            ax.text(column, row, f"{values[row, column]:.2f}", ha="center", va="center", color=ink)
    names = [_wrapped(str(name)) for name in table.columns]
    ax.set_xticks(range(len(names)), names, rotation=35, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(len(table)), [_wrapped(str(name)) for name in table.index])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    figure = ax.get_figure()
    if figure is not None and values.size > 0:
        bar = figure.colorbar(image, ax=ax, shrink=0.9, ticks=[-1, 0, 1])
        bar.ax.set_yticklabels([f"all {poles[1]}", "even", f"all {poles[0]}"])
    _heading(ax, f"Scores of labels, {voice} voice", "Compare along a row, not down a column")
    return ax


def differences(
    frame: pd.DataFrame, *, poles: tuple[str, str], ax: Axes | None = None, limit: int = 30
) -> Axes:
    """Draw differences of pairs with their intervals, the largest `limit` of them.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import differences
    >>> row = {"target": "Ada Moore", "voice": "own", "a": "Gazette", "b": "Herald",
    ...        "difference": 0.5, "low": 0.1, "high": 0.8, "q": 0.04}
    >>> differences(pd.DataFrame([row]), poles=("hostile", "kind")).get_title(loc="left")
    'Differences between sources'
    """
    rows = frame.dropna(subset=["difference"])
    rows = rows.loc[rows["difference"].abs().sort_values(ascending=False, kind="stable").index]
    rows = rows.head(limit)
    ax = _axes(ax, (8.0, 1.9 + 0.36 * max(len(rows), 1)))
    ax.axvline(0, color=GREY, linewidth=1)
    numbers = rows[["difference", "low", "high", "q"]].to_numpy(dtype=float)
    for y, (difference, low, high, q) in enumerate(numbers):
        ax.plot([low, high], [y, y], color=BLUE, linewidth=1.5)
        ax.plot([difference], [y], "o", color=BLUE, markerfacecolor=BLUE if q < 0.05 else "white")
    shown = [f"{r.a} − {r.b}\n{r.target}, {r.voice}" for r in rows.itertuples()]
    ax.set_yticks(range(len(rows)), shown, fontsize="small")
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlabel(f"difference of scores (right: more {poles[0]}); filled: q < .05")
    _open_frame(ax)
    _heading(ax, "Differences between sources", None)
    return ax


def document_rates(
    frame: pd.DataFrame, *, poles: Sequence[str], title: str, ax: Axes | None = None
) -> Axes:
    """Draw rates per 1,000 words by source: a dot a document and pole, a line at the mean.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import document_rates
    >>> rates = pd.DataFrame({"source": ["Gazette"], "rate_hostile": [2.0], "rate_kind": [1.0]})
    >>> document_rates(rates, poles=("hostile", "kind"), title="Tone").get_xlabel()
    'terms per 1,000 words'
    """
    sources = sorted(frame["source"].unique())
    ax = _axes(ax, (8.0, 1.8 + 0.6 * max(len(sources), 1)))
    colours = (VERMILLION, BLUE)
    for shift, pole, colour in zip((-0.15, 0.15), poles, colours, strict=False):
        for y, source in enumerate(sources):
            rates = frame.loc[frame["source"] == source, f"rate_{pole}"].dropna().to_numpy(float)
            label = pole if y == 0 else None
            ax.plot(
                rates, np.full(len(rates), y + shift), "o", color=colour, alpha=0.5, label=label,
                markersize=4,
            )  # fmt: skip
            if len(rates):
                ends = [y + shift - 0.13, y + shift + 0.13]
                ax.plot([rates.mean()] * 2, ends, color=INK, linewidth=2)
    ax.set_yticks(range(len(sources)), [_wrapped(name) for name in sources])
    ax.set_ylim(len(sources) - 0.5, -0.5)
    ax.set_xlabel("terms per 1,000 words")
    _open_frame(ax)
    if len(frame):
        ax.legend(frameon=False, fontsize="small")
    _heading(ax, title, "A dot is a document, a bar the mean of a source")
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
    ax = _axes(ax, (8.0, 1.2 + 0.85 * max(len(rows), 1)))
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
            ax.annotate(shown, (x, y), (0, 9), textcoords="offset points", ha="center")
            names = ", ".join(dict.fromkeys(sources[printed]))
            ax.annotate(
                _wrapped(names), (x, y), (0, -9), textcoords="offset points",
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
    _heading(ax, "What the sources print, where they differ", note)
    return ax


def _short_quantity(quantity: str) -> str:
    """Return what is counted and the two nearest words around it."""
    noun, _, words = quantity.partition(": ")
    return _wrapped(", ".join([noun, *words.split(", ")[:2]]) if words else noun)


def naming_bars(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    title: str = "What each source calls the target",
    unit: str = "labels",
    max_terms: int = 7,
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

    if not 1 <= max_terms <= len(_SEGMENTS):
        raise ValueError(f"max_terms is 1 to {len(_SEGMENTS)}, not {max_terms}")
    ax = _axes(ax, figure_size("naming_bars", table))
    counts = table.fillna(0)
    by_size = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    counts = counts.loc[by_size]
    if len(counts) > max_terms:
        rest = counts.iloc[max_terms:].sum().to_frame(f"other {unit}").T
        counts = pd.concat([counts.iloc[:max_terms], rest])
    sources = list(counts.columns)
    left = np.zeros(len(sources))
    counted: list[tuple[Any, Any]] = []
    colours = [*_SEGMENTS[: min(len(counts), max_terms)], RULE]
    for (term, row), colour in zip(counts.iterrows(), colours, strict=False):
        widths = row.to_numpy(dtype=float)
        bars = ax.barh(
            range(len(sources)), widths, left=left, color=colour, edgecolor="white", height=0.68,
            label=str(term),
        )  # fmt: skip
        labels = [f"{width:g}" if width else "" for width in widths]
        texts = ax.bar_label(bars, labels, label_type="center", fontsize=9, color=_ink_on(colour))
        counted.extend(zip(bars, texts, strict=True))
        left += widths
    ax.set_yticks(range(len(sources)), [_wrapped(str(source)) for source in sources])
    ax.invert_yaxis()
    ax.set_xlim(0, max(1.0, float(left.max()) if len(left) else 1.0) * 1.02)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(unit)
    _open_frame(ax)
    if len(counts):
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9)
    _heading(ax, title, None)
    _hide_wide(counted, ax)
    return ax


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


def _axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=size, layout="constrained")[1]


def _heading(ax: Axes, title: str, note: str | None) -> None:
    ax.set_title(title, loc="left", fontsize=12, fontweight="bold", pad=24 if note else 10)
    if note:
        ax.annotate(
            note, (0, 1), xycoords="axes fraction", xytext=(0, 7), textcoords="offset points",
            fontsize=9, color=GREY,
        )  # fmt: skip


def _open_frame(ax: Axes) -> None:
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(GREY)
    ax.tick_params(axis="y", length=0)


def _wrapped(name: str, lines: int = _NAME_LINES) -> str:
    import textwrap

    # matplotlib reads text between dollar signs as mathematics.
    wrapped = textwrap.wrap(name, _NAME_WIDTH, max_lines=lines, placeholder="…")
    return "\n".join(wrapped).replace("$", r"\$")


def _ink_on(colour: Any) -> str:
    # Black or white, whichever has more contrast by WCAG's relative luminance.
    from matplotlib.colors import to_rgb

    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return BLACK if luminance > 0.179 else "white"


def _colour_range(values: np.ndarray[Any, Any], signed: bool) -> tuple[float, float]:
    known = values[np.isfinite(values)]
    if not len(known):
        return (-1.0, 1.0) if signed else (0.0, 1.0)
    if signed:
        reach = float(np.abs(known).max()) or 1.0
        return -reach, reach
    low, high = float(known.min()), float(known.max())
    return (low, high) if high - low > 1e-9 else (low - 0.05, high + 0.05)


def _write_cell(ax: Axes, image: Any, values: np.ndarray[Any, Any], row: int, column: int) -> None:
    value = values[row, column]
    if row == column or not math.isfinite(value):
        ax.text(column, row, "–" if row == column else "", ha="center", va="center", color=GREY)
        return
    colour = _ink_on(image.cmap(image.norm(value)))
    ax.text(column, row, f"{value:.2f}", ha="center", va="center", color=colour, fontsize=10)


def _forest_lines(scores: pd.DataFrame) -> float:
    rows = scores.loc[scores["voice"].isin(list(VOICES)), ["target", "source", "voice"]]
    sources = rows[["target", "source"]].drop_duplicates()
    targets = rows["target"].nunique(dropna=False)
    lines = _VOICE_STEP * len(rows.drop_duplicates()) + _SOURCE_STEP * len(sources)
    return lines + (1 + _TARGET_STEP) * targets


def _counts(rows: pd.DataFrame, poles: tuple[str, str]) -> tuple[int, int]:
    first, second = (int(rows[f"n_{pole}"].fillna(0).sum()) for pole in poles)
    return first, second


def _has_labels(scores: pd.DataFrame, voice: str, poles: tuple[str, str]) -> bool:
    return sum(_counts(scores[scores["voice"] == voice], poles)) > 0


def _draw_score(ax: Axes, rows: pd.DataFrame, voice: str, y: float, poles: tuple[str, str]) -> None:
    colour, marker = VOICES[voice]
    first, second = _counts(rows, poles)
    counts = f"{second} : {first}" if first + second else "none"
    ax.annotate(
        counts, (1.0, y), xycoords=("axes fraction", "data"), xytext=(10, 0),
        textcoords="offset points", va="center", fontsize=9,
        color=INK if first + second else GREY,
    )  # fmt: skip
    if not len(rows) or pd.isna(rows["score"].iloc[0]):
        return
    score, low, high = (rows[name].iloc[0] for name in ("score", "low", "high"))
    known = not (pd.isna(low) or pd.isna(high))
    if known:
        ax.plot([low, high], [y, y], color=colour, linewidth=2.2, solid_capstyle="butt", zorder=2)
        ax.plot([low, high], [y, y], "|", color=colour, markersize=8, markeredgewidth=2.0)
    ax.plot(
        score, y, marker, markersize=8, markeredgecolor=colour, markeredgewidth=1.8, zorder=3,
        markerfacecolor=colour if known else "white", clip_on=False, linestyle="none",
    )  # fmt: skip


def _forest_frame(
    ax: Axes, ticks: list[tuple[float, str, bool]], bottom: float, poles: tuple[str, str]
) -> None:
    ax.axvline(0, color=GREY, linewidth=1, zorder=1)
    ax.set_xlim(-1.08, 1.08)
    ax.set_ylim(bottom - 0.4, -0.7)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"])
    ax.set_yticks([y for y, _, _ in ticks], [name for _, name, _ in ticks])
    for tick, (_, _, is_target) in zip(ax.get_yticklabels(), ticks, strict=True):
        tick.set_fontweight("bold" if is_target else "normal")
    ax.grid(axis="x", color=RULE, linewidth=0.8)
    ax.set_axisbelow(True)
    _open_frame(ax)
    ax.set_xlabel(f"score = (a − b) / (a + b), a = {poles[0]}, b = {poles[1]}")
    for x, text, align in (
        (0.0, f"← all {poles[1]}", "left"),
        (1.0, f"all {poles[0]} →", "right"),
    ):
        ax.annotate(
            text, (x, 0), xycoords="axes fraction", xytext=(0, -34), textcoords="offset points",
            ha=align, va="top", fontsize=10, fontweight="bold",
        )  # fmt: skip
    ax.annotate(
        f"labels\n{poles[1]} : {poles[0]}", (1.0, 1.0), xycoords="axes fraction", xytext=(10, 2),
        textcoords="offset points", va="bottom", fontsize=8, color=GREY,
    )  # fmt: skip


def _forest_legend(ax: Axes, drawn: Sequence[str]) -> None:
    from matplotlib.lines import Line2D

    names = {"own": "own voice", "reported": "reported speech", "quoted": "quoted voice"}
    handles = [
        Line2D([], [], color=VOICES[voice][0], marker=VOICES[voice][1], label=names[voice])
        for voice in drawn
    ]
    handles.append(
        Line2D(
            [], [], color=GREY, marker="o", markerfacecolor="white", linestyle="none",
            label="open: too little for an interval",
        )
    )  # fmt: skip
    ax.legend(
        handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.02), ncols=2, frameon=False,
        fontsize=9, borderaxespad=4.5,
    )  # fmt: skip


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
    ax = _axes(ax, figure_size("keyness_bars", chosen))
    y = 0.0
    ticks: list[tuple[float, str, bool]] = []
    for source, rows in chosen.groupby("source", sort=False):
        name = _wrapped(str(source))
        ticks.append((y, name, True))
        y += 1 + 0.4 * name.count("\n")
        for row in rows.to_dict("records"):
            score = float(row["score"])
            ax.barh(y, score, height=0.75, color=BLUE if score > 0 else VERMILLION)
            if not (pd.isna(row["low"]) or pd.isna(row["high"])):
                ax.plot([row["low"], row["high"]], [y, y], color=INK, linewidth=1)
            ticks.append((y, _wrapped(str(row["term"])), False))
            y += 1
        y += 0.6
    ax.axvline(0, color=GREY, linewidth=1)
    ax.set_yticks([place for place, _, _ in ticks], [name for _, name, _ in ticks], fontsize=9)
    for tick, (_, _, is_source) in zip(ax.get_yticklabels(), ticks, strict=True):
        tick.set_fontweight("bold" if is_source else "normal")
    ax.set_ylim(max(y, 1.0) - 0.4, -0.7)
    ax.grid(axis="x", color=RULE, linewidth=0.8)
    ax.set_axisbelow(True)
    _open_frame(ax)
    ax.set_xlabel(f"{_CONTRASTS[measure]}, source against all others")
    known = bool(len(chosen) and chosen["low"].notna().any())
    note = "right: used more than by the others, left: less; "
    note += "in order of score / error" if known else "too few articles for intervals"
    _heading(ax, title, note)
    return ax


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
    ax = _axes(ax, (7.0, 1.6 + 0.26 * max(len(shown), 1)))
    ax.barh(range(len(shown)), shown["part"], height=0.72, color=BLUE)
    ax.set_yticks(range(len(shown)), [_wrapped(str(term)) for term in shown["term"]], fontsize=9)
    ax.invert_yaxis()
    ax.axvline(0, color=GREY, linewidth=1)
    ax.set_xlabel("part of the similarity")
    _open_frame(ax)
    shown_sum = float(shown["part"].sum())
    _heading(ax, title, f"these {len(shown)} terms carry {shown_sum:.2f} of {total:.2f}")
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
    ax = _axes(ax, (7.0, 6.0))
    known = places.dropna(subset=["x", "y"])
    ax.scatter(known["x"], known["y"], s=42, color=BLUE, zorder=3)
    note = None if math.isnan(share) else f"the plane shows {share:.0%} of the variance"
    _plane_frame(ax, title, note)
    _name_points(ax, known["source"], known[["x", "y"]].to_numpy(dtype=float), [INK] * len(known))
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
    ax = _axes(ax, (7.0, 6.0))
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
    _plane_frame(ax, title, f"thicker is more alike; {neighbours} ties a source at least")
    _name_points(ax, known["source"], known[["x", "y"]].to_numpy(dtype=float), [INK] * len(known))
    return ax


def _plane_frame(ax: Axes, title: str, note: str | None) -> None:
    ax.set_aspect("equal", adjustable="datalim")
    ax.margins(0.18)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_color(RULE)
    _heading(ax, title, note)


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
    ax = _axes(ax, (8.0, 6.0))
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
    _heading(ax, title or f"Words that set {_wrapped(source)} apart", None)
    _name_points(ax, named["term"], named[["rate", "score"]].to_numpy(dtype=float), colours)
    return ax


def _name_points(
    ax: Axes, names: pd.Series[Any], places: np.ndarray[Any, Any], colours: Sequence[str]
) -> None:
    # The first names first; each tries eight places around its point and takes the first that is
    # free of other names and points, or none.
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
                str(name).replace("$", r"\$"), place, xytext=(dx, dy),
                textcoords="offset points", ha=ha, va=va, fontsize=9, color=colour,
            )  # fmt: skip
            box = text.get_window_extent().padded(1.0)
            free = not any(box.overlaps(other) for other in taken)
            covers = any(box.contains(x, y) for x, y in points)
            if free and not covers and frame.contains(*box.min) and frame.contains(*box.max):
                taken.append(box)
                break
            text.remove()


def _round_number(value: float, position: int | None = None) -> str:
    # 1, 2 and 5 of each power of ten: more names would run into each other.
    digits = f"{value:e}"[0]
    return f"{value:g}" if digits in "125" else ""


_PLACES = (
    (5, 0, "left", "center"), (-5, 0, "right", "center"), (0, 5, "center", "bottom"),
    (0, -5, "center", "top"), (4, 4, "left", "bottom"), (-4, 4, "right", "bottom"),
    (4, -4, "left", "top"), (-4, -4, "right", "top"),
)  # fmt: skip
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
        Columns source, kind, count, rate, low and high, one row a source and kind.

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
    'per 1,000 words'
    """
    sources = list(dict.fromkeys(table["source"]))
    kinds = list(dict.fromkeys(table["kind"]))
    step = _VOICE_STEP * len(kinds) + _SOURCE_STEP
    ax = _axes(ax, (8.0, 1.6 + 0.3 * step * max(len(sources), 1)))
    for place, source in enumerate(sources):
        if place % 2 == 0:
            top = place * step - _VOICE_STEP * 0.75
            ax.axhspan(top, top + step, color=BAND, zorder=0, linewidth=0)
        for line, kind in enumerate(kinds):
            rows = table[(table["source"] == source) & (table["kind"] == kind)]
            for row in rows.to_dict("records"):
                _draw_rate(ax, row, place * step + line * _VOICE_STEP, _SHAPES[line % 3])
    middle = _VOICE_STEP * (len(kinds) - 1) / 2
    names = [_wrapped(str(source)) for source in sources]
    ax.set_yticks([place * step + middle for place in range(len(sources))], names)
    ax.set_ylim(max(len(sources), 1) * step - _VOICE_STEP * 0.75, -_VOICE_STEP * 0.75)
    reach = float(table[["rate", "high"]].max().max()) if len(table) else 0.0
    ax.set_xlim(0, 1.1 * reach if reach > 0 else 1.0)
    ax.grid(axis="x", color=RULE, linewidth=0.8)
    ax.set_axisbelow(True)
    _open_frame(ax)
    ax.tick_params(axis="y", pad=10)
    ax.set_xlabel("per 1,000 words")
    _rate_legend(ax, kinds, bool(table["low"].isna().any()))
    _heading(ax, title, None)
    return ax


def _draw_rate(ax: Axes, row: dict[Any, Any], y: float, style: tuple[str, str]) -> None:
    colour, marker = style
    if pd.isna(row["rate"]):
        return
    known = not pd.isna(row["low"])
    if known:
        ax.plot([row["low"], row["high"]], [y, y], color=colour, linewidth=2.2, zorder=2)
    ax.plot(
        row["rate"], y, marker, markersize=8, markeredgecolor=colour, markeredgewidth=1.8, zorder=3,
        markerfacecolor=colour if known else "white", clip_on=False, linestyle="none",
    )  # fmt: skip
    reach = max(float(row["rate"]), float(row["high"]) if known else 0.0)
    ax.annotate(
        f"{row['count']:g}", (reach, y), xytext=(8, 0), textcoords="offset points", va="center",
        fontsize=9, color=GREY,
    )  # fmt: skip


def _rate_legend(ax: Axes, kinds: Sequence[str], some_missing: bool) -> None:
    from matplotlib.lines import Line2D

    names = {"hedge": "hedges", "scare": "scare quotes", "doubting": "doubting verbs"}
    handles = [
        Line2D([], [], color=colour, marker=marker, label=names.get(kind, kind))
        for kind, (colour, marker) in zip(kinds, _SHAPES, strict=False)
    ]
    if some_missing:
        handles.append(
            Line2D(
                [], [], color=GREY, marker="o", markerfacecolor="white", linestyle="none",
                label="open: too little for an interval",
            )
        )  # fmt: skip
    ax.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9,
        title="numbers: how many", title_fontsize=9, alignment="left",
    )  # fmt: skip
