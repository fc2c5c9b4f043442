"""Figures of scores: forest, map, differences, rates of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from .canvas import (
    BAND,
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE_STEP,
    PURPLE,
    SOURCE_STEP,
    VERMILLION,
    axes_of,
    draw_point,
    heading,
    ink_on,
    legend,
    literal,
    name_groups,
    name_rows,
    open_frame,
    point_legend,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

# Voices differ by shape and place as well as by colour; headlines stand beside the text's.
VOICES = {
    "own": (BLUE, "o"), "reported": (GREEN, "D"), "quoted": (VERMILLION, "s"),
    "headline": (BLUE, "^"), "tool": (GREY, "o"), "corrected": (PURPLE, "*"),
}  # fmt: skip
_NAMES = {
    "own": "own voice", "reported": "reported speech", "quoted": "quoted voice",
    "headline": "headlines, own voice", "tool": "as the tool counts",
    "corrected": "corrected for its errors",
}  # fmt: skip

# Between targets, as lines are between voices and sources.
TARGET_STEP = 0.5


def forest(
    scores: pd.DataFrame,
    *,
    poles: tuple[str, str],
    ax: Axes | None = None,
    title: str | None = None,
    voices: Sequence[str] = ("own", "reported", "quoted", "headline"),
) -> Axes:
    """Draw one row a source and target: shares of the first pole by voice, with intervals.

    Parameters
    ----------
    scores : pandas.DataFrame
        Columns target, source, voice, score, low, high and the counts ``n_<pole>``, one row a
        target, source and voice. Filter by object first. With a column part, the rows of its
        ``text`` are drawn, and the own voice of its ``headline`` beside them. With a column
        shrunk, the sources are in its order, those of too few labels (column too_few) last; with a
        column articles, these stand beside the labels.
    poles : tuple of str
        First and second pole: a score of +1 is all first, -1 all second.
    voices : sequence of str
        Which voices to draw, ``headline`` for that of headlines; ``tool`` and ``corrected`` are
        scores before and after :meth:`~framelens.labels.framing.Framing.corrected`. One that has
        no labels anywhere is left out.

    Returns
    -------
    matplotlib.axes.Axes
        A filled marker has an interval (whiskers); an open one has none, or too few labels or
        articles to speak of a source. A voice without labels of either pole has a count and no
        marker. The last row has the mean of all sources, those with too few left out.

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
    ax = axes_of(ax, forest_size(scores))
    scores = _text_and_headlines(scores)
    drawn = [voice for voice in voices if _has_labels(scores, voice, poles)]
    ticks: list[tuple[float, str, bool]] = []
    bands: list[tuple[float, float]] = []
    y = 0.0
    for target, of_target in scores.groupby("target", sort=False, dropna=False):
        ordered = sources_in_order(of_target, drawn)
        note = "\nsources are not told apart: by name" if ordered.not_told_apart else ""
        # The heading's row is empty beside its name.
        ax.text(0, y, _note(of_target) or "", va="center", fontsize=9, color=GREY)
        ticks.append((y, f"{target}{note}", True))
        y += 1 + (0.5 if note else 0)
        for source in ordered.names:
            rows = of_target[of_target["source"] == source]
            last = y + LINE_STEP * (max(len(drawn), 1) - 1)
            ticks.append(((y + last) / 2, wrapped(str(source)), False))
            bands.append((y - LINE_STEP * 0.75, last + LINE_STEP * 0.75))
            for position, voice in enumerate(drawn):
                of_voice = rows[rows["voice"] == voice]
                _draw_score(ax, of_voice, voice, y + LINE_STEP * position, poles)
            y = last + LINE_STEP + SOURCE_STEP
        if len(ordered.names) > 1 and _draw_means(ax, of_target, drawn, y):
            ticks.append((y, "mean of all", False))
            y += LINE_STEP + SOURCE_STEP
        y += TARGET_STEP
    for top, end in bands[::2]:
        ax.axhspan(top, end, color=BAND, zorder=0, linewidth=0)
    _forest_frame(ax, ticks, y, poles, with_articles="articles" in scores)
    _forest_legend(ax, drawn)
    heading(ax, title or f"Labels, from {poles[1]} to {poles[0]}", None)
    return ax


def forest_size(scores: pd.DataFrame) -> tuple[float, float]:
    """Return width and height (inches) for a line a voice and room between sources."""
    return 8.0, 1.9 + 0.32 * _forest_lines(scores)


def score_map(
    table: pd.DataFrame,
    *,
    poles: tuple[str, str],
    voice: str,
    ax: Axes | None = None,
    beside: pd.DataFrame | None = None,
) -> Axes:
    """Draw scores as shares of the first pole, targets by sources; a missing score stays blank.

    `beside` has the scores of headlines, written below those of the text.

    Examples
    --------
    >>> import pandas as pd
    >>> from framelens.plots import score_map
    >>> table = pd.DataFrame({"Gazette": [0.5], "Herald": [-1.0]}, index=["Ada Moore"])
    >>> score_map(table, poles=("hostile", "kind"), voice="own").get_title(loc="left")
    'Scores of labels, own voice'
    """
    size = 3.4 + 0.8 * max(len(table.columns), 2), 2.2 + 0.45 * max(len(table), 1)
    ax = axes_of(ax, size)
    values = (1 + table.to_numpy(dtype=float)) / 2
    image = ax.imshow(values, cmap="PuOr_r", vmin=0, vmax=1, aspect="auto")
    for row, column in np.ndindex(values.shape):
        if not np.isnan(values[row, column]):
            ink = ink_on(image.cmap(image.norm(values[row, column])))
            ax.text(column, row, f"{values[row, column]:.2f}", ha="center", va="center", color=ink)
        if beside is not None and not np.isnan(beside.to_numpy(dtype=float)[row, column]):
            known = not np.isnan(values[row, column])
            headline = f"headlines {_share(beside.to_numpy(dtype=float)[row, column]):.2f}"
            ax.text(
                column, row + 0.36, headline, ha="center", va="center", fontsize=7,
                color=ink_on(image.cmap(image.norm(values[row, column]))) if known else INK,
            )  # fmt: skip
    names = [literal(wrapped(str(name))) for name in table.columns]
    ax.set_xticks(range(len(names)), names, rotation=35, ha="right", rotation_mode="anchor")
    ax.set_yticks(range(len(table)), [literal(wrapped(str(name))) for name in table.index])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    figure = ax.get_figure()
    if figure is not None and values.size > 0:
        bar = figure.colorbar(image, ax=ax, shrink=0.9, ticks=[0, 0.5, 1])
        ends = [literal(f"all {pole}") for pole in poles]
        bar.ax.set_yticklabels([ends[1], "even", ends[0]])
    # Short, as the narrowest map leaves room for: the bar names both poles.
    heading(ax, f"Scores of labels, {voice} voice", f"Share of {poles[0]} labels; compare in rows")
    return ax


def differences(
    frame: pd.DataFrame,
    *,
    poles: tuple[str, str],
    ax: Axes | None = None,
    limit: int = 30,
    omnibus: pd.DataFrame | None = None,
) -> Axes:
    """Draw differences of pairs with their intervals, the largest `limit` of them.

    `omnibus` has the p of any difference between all sources, one row a target and voice.

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
    ax = axes_of(ax, (8.0, 1.9 + 0.36 * max(len(rows), 1)))
    ax.axvline(0, color=GREY, linewidth=1)
    numbers = rows[["difference", "low", "high", "q"]].to_numpy(dtype=float) / [2, 2, 2, 1]
    robust = rows["robust"].fillna(False) if "robust" in rows else pd.Series(True, rows.index)
    for y, ((difference, low, high, q), holds) in enumerate(zip(numbers, robust, strict=True)):
        ax.plot([low, high], [y, y], color=BLUE, linewidth=1.5)
        ax.plot(
            [difference],
            [y],
            "o",
            color=BLUE,
            markerfacecolor=BLUE if q < 0.05 and holds else "white",
        )
    shown = []
    for row in rows.to_dict("records"):
        other = row["b"] if isinstance(row["b"], str) else "all others"
        shown.append(literal(f"{row['a']} − {other}\n{row['target']}, {row['voice']}"))
    ax.set_yticks(range(len(rows)), shown, fontsize="small")
    ax.set_ylim(len(rows) - 0.4, -0.6)
    what = f"difference of the share of {poles[0]} labels (left: more {poles[1]})"
    ax.set_xlabel(literal(f"{what}\nfilled: q < .05, and the same whatever unresolved labels mean"))
    open_frame(ax)
    heading(ax, "Differences between sources", _any_difference(omnibus))
    return ax


def _any_difference(omnibus: pd.DataFrame | None) -> str | None:
    """Return a line with the p of any difference, by voice where there is one target."""
    if omnibus is None or not len(omnibus):
        return None
    several = omnibus["target"].nunique() > 1
    rows = omnibus[omnibus["voice"] == "all"] if several else omnibus
    column = "target" if several else "voice"
    rows = rows.dropna(subset=["p"]).head(4)
    known = [f"{row[column]} {row['p']:.2g}" for row in rows.to_dict("records")]
    return f"p of any difference: {', '.join(known)}" if known else None


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
    'terms per 1,000 words of the document'
    """
    sources = sorted(frame["source"].unique())
    ax = axes_of(ax, (8.0, 1.8 + 0.6 * max(len(sources), 1)))
    colours = (VERMILLION, BLUE)
    named: dict[str, Line2D] = {}
    for shift, pole, colour in zip((-0.15, 0.15), poles, colours, strict=False):
        for y, source in enumerate(sources):
            rates = frame.loc[frame["source"] == source, f"rate_{pole}"].dropna().to_numpy(float)
            (points,) = ax.plot(
                rates, np.full(len(rates), y + shift), "o", color=colour, alpha=0.5, markersize=4
            )
            if y == 0:
                named[pole] = points
            if len(rates):
                ends = [y + shift - 0.13, y + shift + 0.13]
                ax.plot([rates.mean()] * 2, ends, color=INK, linewidth=2)
    name_rows(ax, sources, "terms per 1,000 words of the document")
    ax.set_ylim(len(sources) - 0.5, -0.5)
    if len(frame):
        legend(ax, list(named.values()), list(named), frameon=False, fontsize="small")
    heading(ax, title, "A dot is a document, a bar the mean of a source")
    return ax


def _text_and_headlines(scores: pd.DataFrame) -> pd.DataFrame:
    if "part" not in scores:
        return scores
    headlines = scores[(scores["part"] == "headline") & (scores["voice"] == "own")]
    text = scores[scores["part"] == "text"]
    return pd.concat([text, headlines.assign(voice="headline")])


def _forest_lines(scores: pd.DataFrame) -> float:
    scores = _text_and_headlines(scores)
    rows = scores.loc[scores["voice"].isin(list(VOICES)), ["target", "source", "voice"]]
    sources = rows[["target", "source"]].drop_duplicates()
    targets = rows["target"].nunique(dropna=False)
    lines = LINE_STEP * len(rows.drop_duplicates()) + SOURCE_STEP * len(sources)
    # Each target has a heading, and the mean of its sources.
    return lines + (1 + TARGET_STEP + LINE_STEP + SOURCE_STEP) * targets


class SourceOrder(NamedTuple):
    """The sources of a target from top to bottom, and whether their scores say nothing of them."""

    names: list[Any]
    not_told_apart: bool


def sources_in_order(scores: pd.DataFrame, voices: Sequence[str]) -> SourceOrder:
    """Return the sources by shrunk score of the first voice, too few labels last, then by name.

    Without such a column, in the order of the table.
    """
    names = list(dict.fromkeys(scores["source"]))
    if "shrunk" not in scores or not voices:
        return SourceOrder(names, False)
    known = scores[scores["voice"] == voices[0]].drop_duplicates("source").set_index("source")
    shrunk = known["shrunk"].astype("float64").reindex(names)
    few = known["too_few"].reindex(names).fillna(True).astype(bool)
    rank = {
        name: (few[name], 0.0 if np.isnan(shrunk[name]) else -shrunk[name], str(name))
        for name in names
    }
    seen = shrunk.dropna()
    alike = len(seen) > 1 and float(seen.max() - seen.min()) < 1e-12
    return SourceOrder(sorted(names, key=rank.__getitem__), alike)


def _draw_means(ax: Axes, scores: pd.DataFrame, voices: Sequence[str], y: float) -> bool:
    """Draw the mean score of the sources that have enough labels; tell whether there is one."""
    found = False
    for voice in voices:
        rows = scores[(scores["voice"] == voice) & scores["score"].notna()]
        if "too_few" in rows:
            rows = rows[~rows["too_few"].astype(bool)]
        if len(rows) > 1:
            found = True
            ax.plot(
                [_share(rows["score"].astype(float).mean())], [y], "|", color=VOICES[voice][0],
                markersize=13, markeredgewidth=3, zorder=3, clip_on=False,
            )  # fmt: skip
    return found


def _counts(rows: pd.DataFrame, poles: tuple[str, str]) -> tuple[int, int]:
    first, second = (int(rows[f"n_{pole}"].fillna(0).sum()) for pole in poles)
    return first, second


def _has_labels(scores: pd.DataFrame, voice: str, poles: tuple[str, str]) -> bool:
    return sum(_counts(scores[scores["voice"] == voice], poles)) > 0


def _counted(rows: pd.DataFrame, poles: tuple[str, str]) -> str:
    first, second = _counts(rows, poles)
    if not first + second:
        return "none"
    articles = f" in {int(rows['articles'].sum())}" if "articles" in rows else ""
    return f"{second} : {first}{articles}{', too few' if _is_few(rows) else ''}"


def _is_few(rows: pd.DataFrame) -> bool:
    return "too_few" in rows and bool(rows["too_few"].eq(True).any())


def _draw_score(ax: Axes, rows: pd.DataFrame, voice: str, y: float, poles: tuple[str, str]) -> None:
    colour, _ = VOICES[voice]
    counts = _counted(rows, poles)
    few = _is_few(rows)
    ax.annotate(
        counts, (1.0, y), xycoords=("axes fraction", "data"), xytext=(10, 0),
        textcoords="offset points", va="center", fontsize=9,
        color=GREY if few or counts == "none" else INK,
    )  # fmt: skip
    if not len(rows) or pd.isna(rows["score"].iloc[0]):
        return
    score, low, high = (_share(rows[name].iloc[0]) for name in ("score", "low", "high"))
    _draw_bounds(ax, rows, y, colour)
    known = not (pd.isna(low) or pd.isna(high))
    if known:
        width = 1.0 if few else 2.2
        ax.plot([low, high], [y, y], color=colour, linewidth=width, solid_capstyle="butt", zorder=2)
        ax.plot([low, high], [y, y], "|", color=colour, markersize=8, markeredgewidth=width)
    draw_point(ax, score, y, VOICES[voice], known and not few)


def _share(score: Any) -> Any:
    """Return the share of the first pole."""
    return (1 + score) / 2


def _note(rows: pd.DataFrame) -> str | None:
    notes = rows["note"].dropna().tolist() if "note" in rows else []
    return str(notes[0]) if notes else None


def _draw_bounds(ax: Axes, rows: pd.DataFrame, y: float, colour: str) -> None:
    """Draw where the share lies if unresolved labels are left out or the target's: a thin line."""
    if "score_if_all" not in rows:
        return
    ends = [_share(rows[name].iloc[0]) for name in ("score_if_none", "score_if_all")]
    if ends[0] != ends[1] and not np.isnan(ends).any():
        ax.plot(ends, [y + 0.14] * 2, color=colour, linewidth=0.8, zorder=2)


def _forest_frame(
    ax: Axes,
    ticks: list[tuple[float, str, bool]],
    bottom: float,
    poles: tuple[str, str],
    *,
    with_articles: bool,
) -> None:
    ax.axvline(0.5, color=GREY, linewidth=1, zorder=1)
    ax.set_xlim(-0.04, 1.04)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
    name_groups(ax, ticks, bottom)
    ax.set_xlabel(literal(f"share of {poles[0]} labels among those of both poles"))
    for x, text, align in (
        (0.0, f"← all {poles[1]}", "left"),
        (1.0, f"all {poles[0]} →", "right"),
    ):
        ax.annotate(
            literal(text), (x, 0), xycoords="axes fraction", xytext=(0, -34),
            textcoords="offset points", ha=align, va="top", fontsize=10, fontweight="bold",
        )  # fmt: skip
    counted = "labels in articles" if with_articles else "labels"
    ax.annotate(
        literal(f"{counted}\n{poles[1]} : {poles[0]}"), (1.0, 1.0), xycoords="axes fraction",
        xytext=(10, 2), textcoords="offset points", va="bottom", fontsize=8, color=GREY,
    )  # fmt: skip


def _forest_legend(ax: Axes, drawn: Sequence[str]) -> None:
    styles = [VOICES[voice] for voice in drawn]
    handles = point_legend([_NAMES[voice] for voice in drawn], styles, True)
    handles[-1].set_label("open: too few to speak of a source")
    ax.legend(
        handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.02), ncols=2, frameon=False,
        fontsize=9, borderaxespad=4.5,
    )  # fmt: skip
